"""What a sample costs, beside a plain copy of its tokens: python read_speed.py [ROOT].

Without ROOT it makes a corpus of its own: some 260 sequences of 2,048 tokens with eight documents
each, read again and again. All ways are measured in turn, five times over in this one process, and
the fastest round counts. The last column is the share of the speed of the copy, which reads every
token once and writes it once.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[3] / "handoff" / "tests"))
from conftest import Run, grow, make_documents  # noqa: E402
from gristmill import MixedDataset, PackedDataset, collate_varlen  # noqa: E402
from test_mixed import plan_of  # noqa: E402

SEQUENCES, TOKENS, ROUNDS, BATCH = 4096, 2048, 5, 8


def made(root: Path) -> Run:
    """A corpus of two groups."""
    run = Run(root, [], {}, TOKENS, 0)
    half = make_documents(SEQUENCES // 4, 512, seed=1)
    documents = {f"web/{n}": d for n, d in half.items()}
    documents |= {f"book/{n}": d for n, d in make_documents(SEQUENCES // 4, 512, seed=2).items()}
    return grow(run, documents, shards=2, rows=64)


def main() -> None:
    if len(sys.argv) > 1:
        data, mixed = PackedDataset(sys.argv[1], verify="size"), None
    else:
        run = made(Path(tempfile.mkdtemp()))
        data = PackedDataset(run.root)
        mixed = MixedDataset(run.root, plan_of(run, [{"web": SEQUENCES // 2, "book": SEQUENCES}]))
    rows = [np.array(data[i]["input_ids"]) for i in range(len(data))]
    target = np.empty(len(rows[0]), np.int32)

    def copy() -> None:
        for i in range(SEQUENCES):
            np.copyto(target, rows[i % len(rows)])

    def sequences() -> None:
        for i in range(SEQUENCES):
            data[i % len(data)]

    def batches() -> None:
        for i in range(0, SEQUENCES, BATCH):
            collate_varlen([data[j % len(data)] for j in range(i, i + BATCH)])

    def draws() -> None:
        for i in range(SEQUENCES):
            mixed.take(i)

    ways: dict[str, Callable[[], None]] = {
        "copy of the tokens": copy,
        "data[i]": sequences,
        f"data[i], collate_varlen of {BATCH}": batches,
    }
    if mixed:
        ways["MixedDataset"] = draws
    best = dict.fromkeys(ways, float("inf"))
    for _ in range(ROUNDS):
        for name, way in ways.items():
            begin = time.perf_counter()
            way()
            best[name] = min(best[name], time.perf_counter() - begin)
    for name, seconds in best.items():
        share = best["copy of the tokens"] / seconds
        each = 1e6 * seconds / SEQUENCES
        millions = SEQUENCES * len(target) / seconds / 1e6
        print(f"{name:<34}{each:>9.2f} us each{millions:>10,.0f} M tokens/s{share:>9.1%}")


if __name__ == "__main__":
    main()
