"""A plain reader of Megatron-LM's IndexedDataset, to check what was written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gristmill.manifest import ShardError

_MAGIC = b"MMIDIDX\x00\x00"
_HEADER = np.dtype([("magic", "S9"), ("version", "<u8"), ("code", "u1"), ("counts", "<u8", (2,))])
_TYPES = {1: "u1", 2: "i1", 3: "<i2", 4: "<i4", 5: "<i8", 8: "<u2"}


class MegatronShard:
    """``PREFIX.bin`` and ``PREFIX.idx``, memory-mapped; with the true document boundaries.

    ``shard[i]`` is a view of sequence ``i``; ``document_lengths(i)`` are the lengths of its pieces,
    from ``PREFIX.document_offsets.npy`` and ``PREFIX.document_lengths.npy``.
    """

    def __init__(self, prefix: str | Path) -> None:
        self.prefix = Path(prefix)
        index = self._part(".idx").read_bytes()
        header = self._header(index)
        count, documents = (int(n) for n in header["counts"])
        at = _HEADER.itemsize
        self._check(".idx", at + 12 * count + 8 * documents, len(index))
        self.dtype = np.dtype(_TYPES[int(header["code"])])
        self.lengths = np.frombuffer(index, "<i4", count, at)
        self.pointers = np.frombuffer(index, "<i8", count, at + 4 * count)
        self.document_indices = np.frombuffer(index, "<i8", documents, at + 12 * count)
        tokens = int(self.lengths.sum(dtype=np.int64))
        self._check(".bin", tokens * self.dtype.itemsize, self._part(".bin").stat().st_size)
        self._tokens = np.memmap(self._part(".bin"), self.dtype, "r")
        self._offsets = np.load(self._part(".document_offsets.npy"), mmap_mode="r")
        self._pieces = np.load(self._part(".document_lengths.npy"), mmap_mode="r")
        self._check(".document_offsets.npy", count + 1, len(self._offsets))
        self._check(".document_lengths.npy", int(self._offsets[-1]), len(self._pieces))

    def __len__(self) -> int:
        return len(self.lengths)

    def __getitem__(self, i: int) -> NDArray[np.integer]:
        start = int(self.pointers[i]) // self.dtype.itemsize
        return self._tokens[start : start + int(self.lengths[i])]

    def document_lengths(self, i: int) -> NDArray[np.int32]:
        """Lengths of the pieces in sequence ``i``; the rest of it is padding."""
        return self._pieces[self._offsets[i] : self._offsets[i + 1]]

    def _part(self, suffix: str) -> Path:
        return self.prefix.with_name(self.prefix.name + suffix)

    def _header(self, index: bytes) -> np.void:
        if index[:9] != _MAGIC or len(index) < _HEADER.itemsize:
            raise ShardError(self._part(".idx"), _MAGIC, index[:9])
        header = np.frombuffer(index, _HEADER, 1)[0]
        if header["version"] != 1 or int(header["code"]) not in _TYPES:
            found = f"version {header['version']}, type {header['code']}"
            raise ShardError(self._part(".idx"), f"version 1 and a type of {list(_TYPES)}", found)
        return header

    def _check(self, suffix: str, expected: int, found: int) -> None:
        if expected != found:
            raise ShardError(self._part(suffix), f"length {expected}", f"length {found}")
