"""Corpora in the layout that the pipeline writes, made of random documents."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from gristmill.shards import schema_of

END = 50256
VOCABULARY = 50257
NAMES = ["0123456789abcdef", "fedcba9876543210", "00112233445566aa", "ffeeddccbbaa9988"]
"""Of generations, in the order in which they come: not that of the alphabet."""


@dataclass(frozen=True)
class Piece:
    document: str
    start: int
    tokens: list[int]


@dataclass(frozen=True)
class Run:
    """A corpus on disk and the documents it was made of, each with END as its last token."""

    root: Path
    folders: list[Path]
    documents: dict[str, list[int]]
    sequence_tokens: int
    sequences: int

    @property
    def folder(self) -> Path:
        """Of the first generation."""
        return self.folders[0]

    def arrow(self) -> list[Path]:
        return sorted((self.folder / "arrow").glob("*.arrow"))


def make_documents(count: int, longest: int, seed: int = 0) -> dict[str, list[int]]:
    """Random documents; END never stands inside."""
    chance = np.random.default_rng(seed)
    lengths = chance.integers(1, longest, count)
    return {
        f"doc-{i:05}": [*chance.integers(0, END, int(length)).tolist(), END]
        for i, length in enumerate(lengths)
    }


def pack(documents: dict[str, list[int]], sequence_tokens: int) -> list[list[Piece]]:
    """First fit; a document longer than a sequence is cut."""
    sequences: list[list[Piece]] = []
    for name, tokens in documents.items():
        for start in range(0, len(tokens), sequence_tokens):
            piece = Piece(name, start, tokens[start : start + sequence_tokens])
            for sequence in sequences:
                if sum(len(p.tokens) for p in [*sequence, piece]) <= sequence_tokens:
                    sequence.append(piece)
                    break
            else:
                sequences.append([piece])
    return sequences


def write_arrow(file: Path, sequences: list[list[Piece]], sequence_tokens: int, rows: int) -> None:
    schema = schema_of(sequence_tokens)
    tokens = [[t for p in s for t in p.tokens] for s in sequences]
    columns = [
        [t + [END] * (sequence_tokens - len(t)) for t in tokens],
        [[len(p.tokens) for p in s] for s in sequences],
        [[p.document for p in s] for s in sequences],
        [[p.start for p in s] for s in sequences],
    ]
    arrays = [pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)]
    with pa.ipc.new_file(file, schema.with_metadata({"gristmill.format": "arrow-1"})) as out:
        out.write_table(pa.table(arrays, schema=schema), max_chunksize=rows)


def write_megatron(prefix: Path, sequences: list[list[Piece]], sequence_tokens: int) -> None:
    flat = np.full((len(sequences), sequence_tokens), END, "<u2")
    for row, sequence in zip(flat, sequences, strict=True):
        tokens = [t for p in sequence for t in p.tokens]
        row[: len(tokens)] = tokens
    count = len(sequences)
    prefix.with_name(prefix.name + ".bin").write_bytes(flat.tobytes())
    prefix.with_name(prefix.name + ".idx").write_bytes(
        b"MMIDIDX\0\0"
        + np.array([1], "<u8").tobytes()
        + bytes([8])
        + np.array([count, count + 1], "<u8").tobytes()
        + np.full(count, sequence_tokens, "<i4").tobytes()
        + (np.arange(count, dtype="<i8") * 2 * sequence_tokens).tobytes()
        + np.arange(count + 1, dtype="<i8").tobytes()
    )
    lengths = [len(p.tokens) for s in sequences for p in s]
    offsets = np.cumsum([0, *(len(s) for s in sequences)])
    np.save(prefix.with_name(prefix.name + ".document_offsets.npy"), offsets.astype("<i8"))
    np.save(prefix.with_name(prefix.name + ".document_lengths.npy"), np.array(lengths, "<i4"))


def listed(
    folder: Path, file: Path, sequences: list[list[Piece]], group: str = ""
) -> dict[str, object]:
    content = file.read_bytes()
    return {
        "format": file.parent.name,
        "path": str(file.relative_to(folder)),
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "sequences": len(sequences),
        "tokens": sum(len(p.tokens) for s in sequences for p in s),
        **({"group": group} if group else {}),
    }


def write_generation(
    folder: Path, documents: dict[str, list[int]], sequence_tokens: int, shards: int, rows: int
) -> int:
    """Writes shards in both formats and the manifest; returns how many sequences there are.

    A document called ``GROUP/...`` is kept in shards of its group.
    """
    for name in ("arrow", "megatron"):
        (folder / name).mkdir(parents=True)
    parts: list[tuple[str, list[list[Piece]]]] = []
    for group in sorted({name.rpartition("/")[0] for name in documents}):
        its = {name: d for name, d in documents.items() if name.rpartition("/")[0] == group}
        packed = pack(its, sequence_tokens)
        for i in range(shards):
            first, last = i * len(packed) // shards, (i + 1) * len(packed) // shards
            parts.append((group, packed[first:last]))
    files = []
    for i, (group, part) in enumerate(parts):
        name = f"shard-{i:05}-of-{len(parts):05}"
        write_arrow(folder / "arrow" / f"{name}.arrow", part, sequence_tokens, rows)
        write_megatron(folder / "megatron" / name, part, sequence_tokens)
        for file in sorted(folder.glob(f"*/{name}.*")):
            files.append(listed(folder, file, part, group))
    sequences = [sequence for _, part in parts for sequence in part]
    tokens = sum(map(len, documents.values()))
    manifest = {
        "version": 1,
        "generation": folder.name,
        "tokenizer": "r50k_base",
        "vocabulary_size": VOCABULARY,
        "end_of_document": END,
        "sequence_tokens": sequence_tokens,
        "seed": 1,
        "sequences": len(sequences),
        "tokens": tokens,
        "padding": len(sequences) * sequence_tokens - tokens,
        "shards": files,
        "facts": {},
        "inputs": {},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2))
    return len(sequences)


def publish(run: Run) -> Path:
    """Writes the list of the generations; returns the one that later ones leave alone."""
    names = [folder.name for folder in run.folders]
    corpus = hashlib.sha256("\n".join(names).encode()).hexdigest()[:16]
    generations = []
    for folder in run.folders:
        content = (folder / "manifest.json").read_bytes()
        sums = {name: json.loads(content).get(name) for name in ("sequences", "tokens")}
        sha256 = hashlib.sha256(content).hexdigest()
        generations.append({"name": folder.name, "manifest_sha256": sha256, **sums})
    text = json.dumps({"version": 2, "corpus": corpus, "generations": generations}, indent=2)
    pinned = run.root / "shards" / "corpora" / f"{corpus}.json"
    pinned.parent.mkdir(exist_ok=True)
    pinned.write_text(text)
    (run.root / "shards" / "latest.json").write_text(text)
    return pinned


def grow(
    run: Run,
    documents: dict[str, list[int]],
    sequence_tokens: int | None = None,
    shards: int = 3,
    rows: int = 5,
) -> Run:
    """Adds a generation to a corpus."""
    folder = run.root / "shards" / NAMES[len(run.folders)]
    length = sequence_tokens or run.sequence_tokens
    count = run.sequences + write_generation(folder, documents, length, shards, rows)
    folders, together = [*run.folders, folder], run.documents | documents
    grown = replace(run, folders=folders, documents=together, sequences=count)
    publish(grown)
    return grown


def edit_manifest(run: Run, edit: Callable[[dict[str, Any]], object], number: int = 0) -> None:
    """Changes what the manifest of a generation says, and what the corpus says of it."""
    file = run.folders[number] / "manifest.json"
    manifest = json.loads(file.read_text())
    edit(manifest)
    file.write_text(json.dumps(manifest))
    publish(run)


def make_run(
    root: Path, documents: dict[str, list[int]], generations: int = 1, sequence_tokens: int = 64
) -> Run:
    """A corpus of documents that came in so many deliveries."""
    run = Run(root, [], {}, sequence_tokens, 0)
    names = list(documents)
    for i in range(generations):
        part = names[i * len(names) // generations : (i + 1) * len(names) // generations]
        run = grow(run, {name: documents[name] for name in part})
    return run


@pytest.fixture(params=[1, 3], ids=["one", "three"])
def run(tmp_path: Path, request: pytest.FixtureRequest) -> Run:
    """Some sixty sequences, with documents longer than a sequence; three shards a generation."""
    return make_run(tmp_path, make_documents(52, 150), generations=request.param)


@pytest.fixture
def real_run() -> Path:
    """Where a pipeline has written shards."""
    root = os.environ.get("GRISTMILL_SHARDS")
    if not root:
        pytest.skip("GRISTMILL_SHARDS does not name a folder with shards of a pipeline")
    return Path(root)
