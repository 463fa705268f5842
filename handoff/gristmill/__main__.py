"""``python -m gristmill inspect PATH``, ``verify PATH`` and ``consumed PLAN STATE``."""

from __future__ import annotations

import argparse
import json
import sys
from functools import partial
from pathlib import Path

from gristmill.dataset import PackedDataset
from gristmill.manifest import Manifest, ShardError
from gristmill.plan import Plan

_SHOWN_TOKENS = 8


def inspect(path: str) -> None:
    """Prints what a corpus holds, and the pieces of its first sequence."""
    data = PackedDataset(path, shuffle=False, verify="size")
    manifest = data.manifest
    capacity = max(1, manifest.sequences * manifest.sequence_tokens)
    print(f"corpus     {manifest.name}")
    print(f"tokenizer  {manifest.tokenizer}, {manifest.vocabulary_size:,} ids")
    print(f"sequences  {manifest.sequences:,} of {manifest.sequence_tokens:,} tokens")
    print(f"tokens     {manifest.tokens:,}")
    print(f"padding    {manifest.padding:,} ({manifest.padding / capacity:.2%})")
    for name in manifest.formats():
        files = manifest.of_format(name)
        print(f"{name:<10} {len(files)} files, {sum(f.bytes for f in files):,} bytes")
    print()
    _print_generations(manifest)
    _print_pieces(data)


def _print_generations(manifest: Manifest) -> None:
    print(f"{'generation':<18}{'sequences':>12}{'tokens':>18}")
    for generation in manifest.generations:
        print(f"{generation.name:<18}{generation.sequences:>12,}{generation.tokens:>18,}")


def _print_pieces(data: PackedDataset) -> None:
    sample = data[0]
    bounds = sample["cu_seqlens"]
    print("\nfirst sequence\n   begin  tokens  from  document  ids")
    for piece, (name, start) in enumerate(
        zip(sample["document_ids"], sample["document_starts"], strict=True)
    ):
        begin, end = int(bounds[piece]), int(bounds[piece + 1])
        ids = " ".join(str(i) for i in sample["input_ids"][begin : min(end, begin + _SHOWN_TOKENS)])
        more = " ..." if end - begin > _SHOWN_TOKENS else ""
        print(f"{begin:>8}{end - begin:>8}{start:>6}  {name}  {ids}{more}")
    used = int(bounds[len(sample["document_ids"])])
    print(f"{used:>8}{len(sample['input_ids']) - used:>8}        padding")


def verify(path: str) -> bool:
    """Hashes every listed file of every format; prints what is wrong with which."""
    manifest = Manifest.open(path)
    _print_generations(manifest)
    checks = [shard.check for shard in manifest.shards]
    for generation in manifest.generations:
        checks += [partial(generation.check_unlisted, name) for name in manifest.formats()]
    problems = []
    for check in checks:
        try:
            check()
        except ShardError as e:
            problems.append(e)
    for problem in problems:
        print(problem)
    print(f"{len(manifest.shards)} files checked, {len(problems)} problems")
    return not problems


def consumed(plan_file: str, state_file: str) -> None:
    """Prints what a run had drawn of each group of a plan when it kept a state, as JSON."""
    plan, file = Plan.open(plan_file), Path(state_file)
    try:
        state = json.loads(file.read_text())
        drawn = {name: int(group["sequences"]) for name, group in state["groups"].items()}
        position = int(state["position"])
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as e:
        raise ShardError(file, "the state of a MixedDataset as JSON", repr(e)) from e
    print(f"{'group':<24}{'sequences':>14}{'tokens':>20}{'epochs':>10}")
    total = 0
    for name, count in sorted(drawn.items()):
        if name not in plan.groups:
            print(f"{name:<24}{count:>14,}{'not in this plan':>20}")
            continue
        tokens, there = plan.tokens(name, count), plan.groups[name].sequences
        total += tokens
        print(f"{name:<24}{count:>14,}{tokens:>20,}{count / there:>10.3f}")
    print(f"{'all':<24}{position:>14,}{total:>20,}")


def main(arguments: list[str] | None = None) -> int:
    """Returns the exit status: 0, 1 if something is wrong with the files, 2 for bad usage."""
    parser = argparse.ArgumentParser(prog="gristmill", description="Look at packed shards.")
    commands = parser.add_subparsers(dest="command", required=True)
    for command, help_text in (
        ("inspect", "print a summary and the first sequence's pieces"),
        ("verify", "check every file against the manifest"),
    ):
        commands.add_parser(command, help=help_text).add_argument("path")
    drawn = commands.add_parser("consumed", help="print what a run has drawn of each group")
    drawn.add_argument("plan", help="the file of gristmill mix")
    drawn.add_argument("state", help="the state_dict of a MixedDataset, as JSON")
    options = parser.parse_args(arguments)
    try:
        if options.command == "consumed":
            consumed(options.plan, options.state)
            return 0
        if options.command == "inspect":
            inspect(options.path)
            return 0
        return 0 if verify(options.path) else 1
    except ShardError as e:
        print(e, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
