#!/usr/bin/env python3
"""Reads shards back by the libraries they are for, and compares with what the Arrow files hold.

    python -m venv /tmp/readers && . /tmp/readers/bin/activate
    pip install ./handoff datasets datatrove torch webdataset megatron-core humanize
    python src/bench/formats/read_back.py handoff/tests/formats/* out/demo/shards/GENERATION

    python -m venv /tmp/mds && . /tmp/mds/bin/activate     # wants other versions of what both need
    pip install ./handoff mosaicml-streaming
    python src/bench/formats/read_back.py --only mds handoff/tests/formats/*

A folder is a generation, or any with a folder for each format. Of each shard every token and every
length is compared. Tried with datasets 5.2, datatrove 0.10.1, webdataset 1.0.2, megatron-core
0.16.1, mosaicml-streaming 0.13.0 and numpy 2.4. nanoGPT and llm.c have no package: their files are
read as nanoGPT's get_batch and llm.c's data_common.py say, by numpy.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from gristmill.formats import rows

# A row read back: its tokens, and the lengths of its documents, None if the library has none.
Read = tuple[np.ndarray, "list[int] | None"]


def read_arrow(shard: Path, length: int) -> Iterator[Read]:
    yield from hugging_face("arrow", shard.with_name(shard.name + ".arrow"))


def read_parquet(shard: Path, length: int) -> Iterator[Read]:
    yield from hugging_face("parquet", shard.with_name(shard.name + ".parquet"))


def hugging_face(kind: str, file: Path) -> Iterator[Read]:
    import datasets

    datasets.disable_progress_bars()
    with tempfile.TemporaryDirectory() as cache:
        data = datasets.load_dataset(kind, data_files=str(file), split="train", cache_dir=cache)
        for row in data:
            yield np.array(row["input_ids"]), row["document_lengths"]


def read_numpy(shard: Path, length: int) -> Iterator[Read]:
    tokens = np.load(shard.with_name(shard.name + ".npy"), mmap_mode="r")
    assert tokens.shape[1] == length, tokens.shape
    for i, row in enumerate(tokens):
        yield row, beside(shard, i)


def beside(shard: Path, i: int) -> list[int]:
    offsets = np.load(shard.with_name(shard.name + ".document_offsets.npy"))
    lengths = np.load(shard.with_name(shard.name + ".document_lengths.npy"), mmap_mode="r")
    return lengths[offsets[i] : offsets[i + 1]].tolist()


def read_megatron(shard: Path, length: int) -> Iterator[Read]:
    from megatron.core.datasets.indexed_dataset import IndexedDataset

    data = IndexedDataset(str(shard))
    assert len(data.document_indices) == len(data) + 1
    for i in range(len(data)):
        yield data[i].copy(), beside(shard, i)  # a view that outlives its file crashes


def read_nanogpt(shard: Path, length: int) -> Iterator[Read]:
    data = np.memmap(shard.with_name(shard.name + ".bin"), dtype=np.uint16, mode="r")
    for i in range(len(data) // length):
        yield data[i * length : (i + 1) * length].astype(np.int64), beside(shard, i)


def read_llmc(shard: Path, length: int) -> Iterator[Read]:
    """The targets of every window of one row, stepping by the row's length."""
    file = shard.with_name(shard.name + ".bin")
    header = np.frombuffer(file.read_bytes()[:1024], np.int32)
    width = {20240520: np.uint16, 20240801: np.uint32}[int(header[0])]
    tokens = np.frombuffer(file.read_bytes()[1024:], width)
    assert len(tokens) == header[2], header[:3]
    for i in range((len(tokens) - 1) // length):
        window = tokens[i * length : (i + 1) * length + 1]
        yield window[1:], beside(shard, i)


def read_datatrove(shard: Path, length: int) -> Iterator[Read]:
    from datatrove.utils.dataset import DatatroveFileDataset

    about = shard.with_name(shard.name + ".ds.metadata").read_text().split("\n")
    width = int(about[0].split("|")[1])
    file = str(shard.with_name(shard.name + ".ds"))
    data = DatatroveFileDataset(file, length - 1, width, return_positions=True)
    for i in range(len(data)):
        row = data[i]
        starts = np.flatnonzero(row["positions"].numpy() == 0).tolist()
        yield row["input_ids"].numpy(), np.diff([*starts, length]).tolist()


def read_webdataset(shard: Path, length: int) -> Iterator[Read]:
    import webdataset

    data = webdataset.WebDataset(str(shard) + ".tar", shardshuffle=False).decode()
    for row in data:
        yield row["input_ids.npy"], row["documents.json"]["lengths"]


def read_mds(shard: Path, length: int) -> Iterator[Read]:
    from streaming import StreamingDataset

    data = StreamingDataset(local=str(shard), shuffle=False, batch_size=1)
    for i in range(len(data)):
        yield data[i]["tokens"], data[i]["document_lengths"].tolist()


READERS: dict[str, Callable[[Path, int], Iterator[Read]]] = {
    name.removeprefix("read_"): reader
    for name, reader in list(globals().items())
    if name.startswith("read_")
}


def shards(folder: Path) -> list[Path]:
    """The paths of a format's shards, without what differs between the files of one."""
    return sorted({f.with_name(f.name.split(".")[0]) for f in folder.iterdir() if f.name[0] != "_"})


def compare(folder: Path, name: str) -> int:
    """Compares all shards of a format; returns how many tokens were equal."""
    tokens = 0
    for arrow, shard in zip(shards(folder / "arrow"), shards(folder / name), strict=True):
        expected = list(rows("arrow", arrow, 0))
        length = len(expected[0].input_ids)
        found = list(READERS[name](shard, length))
        assert len(found) == len(expected), f"{len(found)} rows, {len(expected)} expected"
        for mine, (ids, lengths) in zip(expected, found, strict=True):
            np.testing.assert_array_equal(ids, mine.input_ids)
            wanted = mine.document_lengths.tolist()
            if name == "datatrove" and sum(wanted) < length:
                wanted.append(length - sum(wanted))  # there, padding is a document like others
            assert lengths == wanted, (lengths, wanted)
            tokens += length
    return tokens


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--only", nargs="*", default=sorted(set(READERS) - {"mds"}))
    options = parser.parse_args()
    compared = 0
    for folder in options.folders:
        for name in options.only:
            if (folder / name).is_dir():
                tokens = compare(folder, name)
                print(f"{folder.name:<18}{name:<12}{tokens:>12,} tokens equal")
                compared += tokens
    if not compared:
        print("nothing to compare", file=sys.stderr)
    return 0 if compared else 1


if __name__ == "__main__":
    sys.exit(main())
