"""From the lengths of the documents in a sequence to what a training step needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

IGNORED = -100
"""The label that a loss must leave out; the default of torch's cross_entropy."""

Ints = NDArray[np.int32]


def boundaries(lengths: Ints, sequence_tokens: int) -> Ints:
    """0, the end of every piece and, if there is padding, the sequence's end."""
    ends = np.cumsum(lengths, dtype=np.int64)
    used = int(ends[-1]) if len(ends) else 0
    if used > sequence_tokens or (len(lengths) and lengths.min() < 1):
        raise ValueError(f"pieces of {lengths.tolist()} tokens in {sequence_tokens}")
    padding = [sequence_tokens] if used < sequence_tokens else []
    return np.concatenate(([0], ends, padding)).astype(np.int32)


def positions(cu_seqlens: Ints) -> Ints:
    """The place of every token in its own segment, from 0; padding is a segment like any other."""
    starts = np.repeat(cu_seqlens[:-1], np.diff(cu_seqlens))
    return np.arange(cu_seqlens[-1], dtype=np.int32) - starts


def labels(input_ids: Ints, lengths: Ints) -> Ints:
    """The next token of the same piece; ``IGNORED`` at a piece's last token and on padding."""
    ends = np.cumsum(lengths, dtype=np.int64)
    following = np.full_like(input_ids, IGNORED)
    used = int(ends[-1]) if len(ends) else 0
    following[: max(0, used - 1)] = input_ids[1:used]
    following[ends - 1] = IGNORED
    return following


def collate_varlen(samples: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Puts sequences one behind the other, as FlashAttention's varlen functions want them.

    ``input_ids``, ``labels``, ``position_ids``: one row of all tokens. ``cu_seqlens``: int32, from
    0 to the number of tokens. ``max_seqlen``: the longest segment. ``document_ids``: all of them.
    """
    if not samples:
        raise ValueError("samples is empty, must be at least one")
    batch: dict[str, Any] = {
        name: np.concatenate([sample[name] for sample in samples])
        for name in ("input_ids", "labels", "position_ids")
    }
    ends, base = [np.zeros(1, np.int32)], 0
    for sample in samples:
        ends.append(np.asarray(sample["cu_seqlens"])[1:] + np.int32(base))
        base += len(sample["input_ids"])
    batch["cu_seqlens"] = np.concatenate(ends)
    batch["max_seqlen"] = int(np.diff(batch["cu_seqlens"]).max())
    batch["document_ids"] = [name for sample in samples for name in sample["document_ids"]]
    return batch


def document_mask(cu_seqlens: ArrayLike) -> NDArray[np.bool_]:
    """True where a token (row) may look: at itself and what is before it in its own segment.

    A square of all tokens, for attention without varlen support and for tests.
    """
    bounds = np.asarray(cu_seqlens)
    segment = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
    same = segment[:, None] == segment[None, :]
    return np.tril(same)
