"""One Arrow shard, memory-mapped."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import pyarrow as pa

from gristmill.manifest import ShardError, ShardFile
from gristmill.varlen import Ints

FORMAT = "arrow"
TRACKS = {"labels": pa.int32(), "loss_mask": pa.uint8(), "token_types": pa.uint8()}
"""What an objective may say of every token: column and type, in the order of the columns."""


def schema_of(sequence_tokens: int, tracks: Sequence[str] = ()) -> pa.Schema:
    """The columns of a shard; none of them holds nulls.

    Where tokens have labels, so have pieces: ``document_labels``.
    """
    columns = [
        _column("input_ids", pa.int32(), sequence_tokens),
        _column("document_lengths", pa.int32()),
        _column("document_ids", pa.string()),
        _column("document_starts", pa.int32()),
    ]
    if "labels" in tracks:
        columns.append(_column("document_labels", pa.int32()))
    columns += [_column(name, TRACKS[name], sequence_tokens) for name in TRACKS if name in tracks]
    return pa.schema(columns)


def _column(name: str, item: pa.DataType, length: int = -1) -> pa.Field:
    return pa.field(name, pa.list_(pa.field("item", item, nullable=False), length), nullable=False)


class ArrowShard:
    """Rows of a mapped Arrow IPC file: nothing is read before it is asked for, nothing copied."""

    def __init__(self, shard: ShardFile, sequence_tokens: int, tracks: Sequence[str] = ()) -> None:
        self.path: Path = shard.file
        self._sequence_tokens = sequence_tokens
        try:
            reader = pa.ipc.open_file(pa.memory_map(str(self.path)))
            self._batches = [reader.get_batch(i) for i in range(reader.num_record_batches)]
        except (pa.ArrowInvalid, OSError) as e:
            raise ShardError(self.path, "an Arrow IPC file", str(e)) from e
        self._views: dict[tuple[str, int], tuple[Any, Any]] = {}
        expected = schema_of(sequence_tokens, tracks)
        if not reader.schema.equals(expected):
            raise ShardError(self.path, expected, reader.schema.remove_metadata())
        self._starts = list(accumulate((len(b) for b in self._batches), initial=0))
        if len(self) != shard.sequences:
            raise ShardError(self.path, f"{shard.sequences} sequences", f"{len(self)}")

    def __len__(self) -> int:
        return self._starts[-1]

    def input_ids(self, row: int) -> Ints:
        """The tokens of a row: a read-only view of the mapped file."""
        return self.track("input_ids", row)

    def track(self, name: str, row: int) -> Ints:
        """A number for each token of a row: a read-only view of the mapped file."""
        batch, at = self._find(row)
        return self._column(name, batch)[0][at]

    def document_labels(self, row: int) -> Ints:
        """What is to be predicted of each piece as a whole."""
        return self._ints("document_labels", row)

    def document_lengths(self, row: int) -> Ints:
        """The lengths of a row's pieces."""
        return self._ints("document_lengths", row)

    def document_starts(self, row: int) -> Ints:
        """The first token of each piece within its document."""
        return self._ints("document_starts", row)

    def document_ids(self, row: int) -> list[str]:
        """The documents that a row's pieces are of."""
        batch, at = self._find(row)
        values, bounds = self._column("document_ids", batch)
        return values[bounds[at] : bounds[at + 1]].to_pylist()

    def _ints(self, column: str, row: int) -> Ints:
        batch, at = self._find(row)
        values, bounds = self._column(column, batch)
        return values[bounds[at] : bounds[at + 1]]

    def _column(self, name: str, batch: int) -> tuple[Any, Any]:
        """A column's values, one row of them for each of its own if all are as long, and bounds.

        Views of the mapped file, made once: Arrow takes longer to make them than to read a row.
        """
        found = self._views.get((name, batch))
        if found is None:
            column = self._batches[batch].column(name)
            if pa.types.is_fixed_size_list(column.type):
                values = column.flatten().to_numpy(zero_copy_only=True)
                found = values.reshape(-1, self._sequence_tokens), None
            else:
                values, bounds = column.values, column.offsets.to_numpy(zero_copy_only=True)
                strings = pa.types.is_string(values.type)
                found = values if strings else values.to_numpy(zero_copy_only=True), bounds
            self._views[name, batch] = found
        return found

    def _find(self, row: int) -> tuple[int, int]:
        batch = bisect.bisect_right(self._starts, row) - 1
        return batch, row - self._starts[batch]
