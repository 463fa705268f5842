"""A plain reader of every format of shards, to check what was written; trainers have their own.

``rows(format, shard, sequence_tokens)`` yields what is in a shard, whatever the format: the same
sequences give equal rows, but for what a format cannot hold.
"""

from __future__ import annotations

import json
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet
from numpy.typing import NDArray

from gristmill.manifest import ShardError
from gristmill.megatron import MegatronShard

Array = NDArray[Any]
TRACKS = ("labels", "loss_mask", "token_types")
"""Arrays that an objective adds, one number for each token."""

_LLMC = {(20240520, 1): "<u2", (20240801, 7): "<u4"}
_TAR_END = 1024


@dataclass(frozen=True)
class Row:
    """A sequence; what the format does not hold is None, tracks that are not there are absent."""

    input_ids: Array
    document_lengths: Array
    document_ids: list[str] | None = None
    document_starts: Array | None = None
    document_labels: Array | None = None
    tracks: dict[str, Array] = field(default_factory=dict)


def rows(name: str, shard: str | Path, sequence_tokens: int) -> Iterator[Row]:
    """The sequences of one shard, in their order.

    Args:
        name: of the format, as in a pipeline.
        shard: the path of its files up to what they all begin with: ``arrow/shard-00000-of-00004``.
        sequence_tokens: length of every sequence, which not all formats say.
    """
    if name not in _READERS:
        raise ValueError(f"format is {name!r}, must be one of {', '.join(sorted(_READERS))}")
    return _READERS[name](Path(shard), sequence_tokens)


def _beside(shard: Path, suffix: str) -> Path:
    return shard.with_name(shard.name + suffix)


def _table(table: pa.Table) -> Iterator[Row]:
    for row in table.to_pylist():
        optional = row.get("document_labels")
        yield Row(
            np.array(row["input_ids"]),
            np.array(row["document_lengths"]),
            row["document_ids"],
            np.array(row["document_starts"]),
            None if optional is None else np.array(optional),
            {name: np.array(row[name]) for name in TRACKS if name in row},
        )


def _arrow(shard: Path, _: int) -> Iterator[Row]:
    with pa.memory_map(str(_beside(shard, ".arrow"))) as file:
        yield from _table(pa.ipc.open_file(file).read_all())


def _parquet(shard: Path, _: int) -> Iterator[Row]:
    yield from _table(pa.parquet.read_table(_beside(shard, ".parquet")))


def _with_boundaries(shard: Path, tokens: Array) -> Iterator[Row]:
    """The rows of an array of sequences, with what lies beside it."""
    offsets = np.load(_beside(shard, ".document_offsets.npy"))
    lengths = np.load(_beside(shard, ".document_lengths.npy"))
    file = _beside(shard, ".document_labels.npy")
    labels = np.load(file) if file.is_file() else None
    tracks = {
        name: np.load(_beside(shard, f".{name}.npy"))
        for name in TRACKS
        if _beside(shard, f".{name}.npy").is_file()
    }
    if len(offsets) != len(tokens) + 1 or offsets[-1] != len(lengths):
        raise ShardError(shard, f"boundaries of {len(tokens)} sequences", len(offsets) - 1)
    for i, row in enumerate(tokens):
        part = slice(offsets[i], offsets[i + 1])
        yield Row(
            row,
            lengths[part],
            document_labels=None if labels is None else labels[part],
            tracks={name: track[i] for name, track in tracks.items()},
        )


def _numpy(shard: Path, _: int) -> Iterator[Row]:
    yield from _with_boundaries(shard, np.load(_beside(shard, ".npy"), mmap_mode="r"))


def _megatron(shard: Path, sequence_tokens: int) -> Iterator[Row]:
    read = MegatronShard(shard)
    tokens = [read[i] for i in range(len(read))]
    if any(len(row) != sequence_tokens for row in tokens):
        raise ShardError(shard, f"sequences of {sequence_tokens}", "others")
    yield from _with_boundaries(shard, np.stack(tokens))


def _nanogpt(shard: Path, sequence_tokens: int) -> Iterator[Row]:
    tokens = np.memmap(_beside(shard, ".bin"), "<u2", "r")
    yield from _with_boundaries(shard, tokens.reshape(-1, sequence_tokens))


def _llmc(shard: Path, sequence_tokens: int) -> Iterator[Row]:
    file = _beside(shard, ".bin")
    header = np.fromfile(file, "<i4", 256)
    dtype = _LLMC.get((int(header[0]), int(header[1])))
    if dtype is None or header[3:].any():
        raise ShardError(file, f"a header that begins with one of {list(_LLMC)}", header[:4])
    tokens = np.memmap(file, dtype, "r", offset=1024)
    if len(tokens) != header[2]:
        raise ShardError(file, f"{header[2]} tokens", len(tokens))
    yield from _with_boundaries(shard, tokens[1:].reshape(-1, sequence_tokens))


def _datatrove(shard: Path, sequence_tokens: int) -> Iterator[Row]:
    """Padding is a document of its own here: nothing tells it from others."""
    file = _beside(shard, ".ds")
    about = _beside(shard, ".ds.metadata").read_text().split("\n")
    width = int(about[0].rsplit("|", 1)[1])
    tokens = np.memmap(file, {2: "<u2", 4: "<u4"}[width], "r")
    if len(tokens) != int(about[1]) or len(tokens) % sequence_tokens:
        raise ShardError(file, f"{about[1]} tokens in sequences of {sequence_tokens}", len(tokens))
    ends = np.fromfile(_beside(shard, ".ds.index"), "<u8").astype(np.int64)
    loss_file = _beside(shard, ".ds.loss")
    loss = np.fromfile(loss_file, "u1") if loss_file.is_file() else None
    for start in range(0, len(tokens), sequence_tokens):
        end = start + sequence_tokens
        inside = ends[(ends > start) & (ends <= end)]
        if not len(inside) or inside[-1] != end:
            raise ShardError(file, f"a document that ends at {end}", inside)
        yield Row(
            tokens[start:end],
            np.diff(inside, prepend=start),
            tracks={} if loss is None else {"loss_mask": loss[start:end]},
        )


def _mds(shard: Path, _: int) -> Iterator[Row]:
    index = json.loads((shard / "index.json").read_text())
    for part in index["shards"]:
        content = (shard / part["raw_data"]["basename"]).read_bytes()
        if len(content) != part["raw_data"]["bytes"]:
            raise ShardError(shard, f"{part['raw_data']['bytes']} bytes", len(content))
        count = int(np.frombuffer(content, "<u4", 1)[0])
        bounds = np.frombuffer(content, "<u4", count + 1, 4)
        if count != part["samples"] or bounds[-1] != len(content):
            raise ShardError(shard, f"{part['samples']} samples", count)
        for begin, end in zip(bounds, bounds[1:], strict=False):
            yield _mds_row(part, content[begin:end])


def _mds_row(part: dict[str, Any], data: bytes) -> Row:
    varying = sum(size is None for size in part["column_sizes"])
    sizes = iter(np.frombuffer(data, "<u4", varying).tolist())
    at, values = 4 * varying, {}
    for name, encoding, fixed in zip(
        part["column_names"], part["column_encodings"], part["column_sizes"], strict=True
    ):
        size = next(sizes) if fixed is None else fixed
        values[name] = _mds_value(encoding, data[at : at + size])
        at += size
    if at != len(data):
        raise ValueError(f"a sample of {len(data)} bytes ends at {at}")
    return Row(
        values["tokens"],
        values["document_lengths"],
        values["document_ids"],
        values["document_starts"],
        values.get("document_labels"),
        {name: values[name] for name in TRACKS if name in values},
    )


def _mds_value(encoding: str, data: bytes) -> list[str] | Array:
    if encoding == "json":
        return json.loads(data)
    kind, dtype, *shape = encoding.split(":")
    if kind != "ndarray":
        raise ValueError(f"encoding is {encoding}")
    if shape:
        return np.frombuffer(data, dtype)
    if data[0] >> 2 != 1:
        raise ValueError(f"an array of {data[0] >> 2} axes")
    head = 1 + (1 << (data[0] & 3))
    values = np.frombuffer(data[head:], dtype)
    if len(values) != int.from_bytes(data[1:head], "little"):
        raise ValueError("an array of another length than it says")
    return values


def _webdataset(shard: Path, _: int) -> Iterator[Row]:
    file = _beside(shard, ".tar")
    samples: dict[str, dict[str, Any]] = {}
    with tarfile.open(file, "r:") as archive:
        for entry in archive:
            stream = archive.extractfile(entry)
            if stream is None:
                raise ShardError(file, "files alone", entry.name)
            key, extension = entry.name.split(".", 1)
            if key not in samples and samples:
                yield _webdataset_row(samples.popitem()[1])
            content = stream.read()
            samples.setdefault(key, {})[extension] = (
                json.loads(content) if extension.endswith(".json") else np.load(BytesIO(content))
            )
    if any(file.read_bytes()[-_TAR_END:]):
        raise ShardError(file, "zeros at its end", "others")
    for sample in samples.values():
        yield _webdataset_row(sample)


def _webdataset_row(sample: dict[str, Any]) -> Row:
    documents = sample["documents.json"]
    return Row(
        sample["input_ids.npy"],
        np.array(documents["lengths"]),
        documents["ids"],
        np.array(documents["starts"]),
        np.array(documents["labels"]) if "labels" in documents else None,
        {name: sample[f"{name}.npy"] for name in TRACKS if f"{name}.npy" in sample},
    )


_READERS: dict[str, Callable[[Path, int], Iterator[Row]]] = {
    "arrow": _arrow,
    "datatrove": _datatrove,
    "llmc": _llmc,
    "mds": _mds,
    "megatron": _megatron,
    "nanogpt": _nanogpt,
    "numpy": _numpy,
    "parquet": _parquet,
    "webdataset": _webdataset,
}
