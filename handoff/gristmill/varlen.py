"""From the lengths of the documents in a sequence to what a training step needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

IGNORED = -100
"""The label that a loss must leave out; the default of torch's cross_entropy."""

Ints = NDArray[np.int32]

_OPTIONAL = ("loss_mask", "token_types", "backward_labels")


def boundaries(lengths: Ints, sequence_tokens: int) -> Ints:
    """0, the end of every piece and, if there is padding, the sequence's end."""
    ends = lengths.cumsum(dtype=np.int64)
    used = int(ends[-1]) if len(ends) else 0
    if used > sequence_tokens or (len(lengths) and lengths.min() < 1):
        raise ValueError(f"pieces of {lengths.tolist()} tokens in {sequence_tokens}")
    bounds = np.empty(len(ends) + (2 if used < sequence_tokens else 1), np.int32)
    bounds[0], bounds[-1] = 0, sequence_tokens
    bounds[1 : len(ends) + 1] = ends
    return bounds


def positions(cu_seqlens: Ints) -> Ints:
    """The place of every token in its own segment, from 0; padding is a segment like any other."""
    starts = cu_seqlens[:-1].repeat(cu_seqlens[1:] - cu_seqlens[:-1])
    return np.subtract(np.arange(cu_seqlens[-1], dtype=np.int32), starts, out=starts)


def labels(input_ids: Ints, lengths: Ints) -> Ints:
    """The next token of the same piece; ``IGNORED`` at a piece's last token and on padding."""
    ends = lengths.cumsum(dtype=np.int64)
    following = np.empty_like(input_ids)
    last = max(0, int(ends[-1]) - 1) if len(ends) else 0
    following[:last] = input_ids[1 : last + 1]
    following[last:] = IGNORED
    following[ends - 1] = IGNORED
    return following


def counted(labels: Ints, loss_mask: ArrayLike) -> Ints:
    """Labels, ``IGNORED`` where the token that is to be predicted does not count in the loss."""
    following = np.zeros(len(labels), bool)
    following[:-1] = np.asarray(loss_mask)[1:] != 0
    return np.where(following, labels, np.int32(IGNORED))


def segment_ids(cu_seqlens: ArrayLike) -> Ints:
    """The number of the segment that each token is in, from 0; tokens of one see each other."""
    bounds = np.asarray(cu_seqlens)
    return np.repeat(np.arange(len(bounds) - 1, dtype=np.int32), np.diff(bounds))


def collate_varlen(samples: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Puts sequences one behind the other, as FlashAttention's varlen functions want them.

    ``input_ids``, ``labels``, ``position_ids`` and what else there is for every token: one row of
    all tokens. ``cu_seqlens``: int32, from 0 to the number of tokens. ``max_seqlen``: the longest
    segment. ``document_ids``: all of them.
    """
    _check_samples(samples)
    batch: dict[str, Any] = {
        name: np.concatenate([sample[name] for sample in samples]) for name in _of_tokens(samples)
    }
    ends, base = [np.zeros(1, np.int32)], 0
    for sample in samples:
        ends.append(np.asarray(sample["cu_seqlens"])[1:] + np.int32(base))
        base += len(sample["input_ids"])
    batch["cu_seqlens"] = np.concatenate(ends)
    batch["max_seqlen"] = int(np.diff(batch["cu_seqlens"]).max())
    batch["document_ids"] = [name for sample in samples for name in sample["document_ids"]]
    _add_groups(batch, samples)
    if "document_labels" in samples[0]:
        batch["document_labels"] = np.concatenate([s["document_labels"] for s in samples])
    return batch


def collate_rows(samples: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Puts sequences one below the other, for attention that takes a mask.

    What there is for every token: arrays of sequences times tokens. ``attention_mask``: sequences
    times 1 times tokens times tokens, True where a token may look: see ``document_mask``.
    """
    _check_samples(samples)
    batch: dict[str, Any] = {
        name: np.stack([sample[name] for sample in samples]) for name in _of_tokens(samples)
    }
    masks = [document_mask(sample["cu_seqlens"]) for sample in samples]
    batch["attention_mask"] = np.stack(masks)[:, None]
    batch["document_ids"] = [sample["document_ids"] for sample in samples]
    _add_groups(batch, samples)
    return batch


def _add_groups(batch: dict[str, Any], samples: Sequence[Mapping[str, Any]]) -> None:
    """``groups``: of each sequence of a mixture the group."""
    if "group" in samples[0]:
        batch["groups"] = [sample["group"] for sample in samples]


def _check_samples(samples: Sequence[Mapping[str, Any]]) -> None:
    if not samples:
        raise ValueError("samples is empty, must be at least one")


def _of_tokens(samples: Sequence[Mapping[str, Any]]) -> list[str]:
    """Names of the arrays with a number for each token."""
    always = ["input_ids", "labels", "position_ids"]
    return always + [name for name in _OPTIONAL if name in samples[0]]


def document_mask(cu_seqlens: ArrayLike) -> NDArray[np.bool_]:
    """True where a token (row) may look: at itself and what is before it in its own segment.

    A square of all tokens, for attention without varlen support and for tests.
    """
    segment = segment_ids(cu_seqlens)
    same = segment[:, None] == segment[None, :]
    return np.tril(same)
