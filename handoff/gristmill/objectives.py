"""What a trainer makes of samples itself, because it changes with every epoch or is one line.

Objectives that are fixed when shards are written come with the samples: see ``Sample``.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from gristmill.dataset import Sample
from gristmill.varlen import IGNORED, Ints


def dynamic_masks(
    sample: Sample,
    mask_id: int,
    vocabulary_size: int,
    special_ids: Collection[int],
    key: tuple[int, int, int],
    rate: float = 0.15,
) -> Sample:
    """A sample with some tokens hidden, for a masked language model, as RoBERTa draws them.

    Of the tokens that are not special, ``rate`` of them, rounded up or down by chance so that the
    mean is right, are to be predicted; of these 80 % become the mask, 10 % any token, 10 % stay
    (Liu et al. 2019, RoBERTa, section 4.1; fairseq's ``MaskTokensDataset``). ``labels`` are what
    was there, ``IGNORED`` elsewhere. Padding is never hidden.

    Args:
        sample: left as it is.
        mask_id: the mask.
        vocabulary_size: any token is one of so many.
        special_ids: tokens that are never hidden, those at a piece's beginning and end for example.
        key: seed, epoch and number of the sequence: the same key draws the same masks anywhere.
        rate: share of the tokens that are to be predicted.
    """
    if not 0 <= rate <= 1:
        raise ValueError(f"rate is {rate}, must be from 0 to 1")
    ids = sample["input_ids"]
    used = int(sample["cu_seqlens"][len(sample["document_ids"])])
    able = np.flatnonzero(~np.isin(ids[:used], list(special_ids)))
    chance = _uniform(key, 1 + 3 * len(ids))
    count = min(len(able), int(rate * len(able) + chance[0]))
    order = np.argsort(chance[1 : 1 + len(able)], kind="stable")
    chosen = np.sort(able[order[:count]])
    how, which = chance[1 + len(ids) + chosen], chance[1 + 2 * len(ids) + chosen]
    shown = ids.copy()
    anything = np.minimum(which * vocabulary_size, vocabulary_size - 1).astype(np.int32)
    shown[chosen] = np.where(
        how < 0.8, np.int32(mask_id), np.where(how < 0.9, anything, ids[chosen])
    )
    labels = np.full_like(ids, IGNORED)
    labels[chosen] = ids[chosen]
    return {**sample, "input_ids": shown, "labels": labels}  # type: ignore[typeddict-item]


def _uniform(key: tuple[int, int, int], count: int) -> NDArray[np.float64]:
    """Numbers from 0 to below 1 that follow from the key.

    From the raw bits of Philox, a stream that NumPy keeps as it is, unlike that of a Generator.
    """
    digest = hashlib.sha256(struct.pack("<qqq", *key)).digest()
    bits = np.random.Philox(key=int.from_bytes(digest[:16], "little")).random_raw(count)
    return (bits >> np.uint64(11)) * 2.0**-53


def backward_labels(sample: Sample) -> Ints:
    """For a language model in both directions: the token before, in the same segment.

    ``IGNORED`` at a segment's first token and on padding (Peters et al. 2018, section 3.1); give it
    to the model that reads from the end, and ``labels`` to the one that reads from the beginning.
    """
    before = np.full_like(sample["input_ids"], IGNORED)
    before[1:] = sample["input_ids"][:-1]
    bounds, pieces = sample["cu_seqlens"], len(sample["document_ids"])
    before[bounds[:pieces]] = IGNORED
    before[int(bounds[pieces]) :] = IGNORED
    return before


def prefix_labels(sample: Sample) -> Ints:
    """For a prefix language model: ``labels`` where what is to be predicted is of type 1."""
    following = np.zeros(len(sample["labels"]), bool)
    following[:-1] = sample["token_types"][1:] == 1
    return np.where(following, sample["labels"], np.int32(IGNORED))


def encoder_decoder(samples: Sequence[Sample], padding: int, start: int) -> dict[str, NDArray]:
    """The pieces of some samples as rows for an encoder and a decoder, by their types.

    ``input_ids``: what is of type 0, filled up with ``padding``, and ``attention_mask``, 1 where
    there is a token. ``labels``: what is of type 1, filled up with ``IGNORED``, and
    ``decoder_input_ids``, the same one place later behind ``start``, filled up with ``padding``.
    """
    inputs, targets = [], []
    for sample in samples:
        bounds = sample["cu_seqlens"].tolist()
        for begin, end in zip(bounds[: len(sample["document_ids"])], bounds[1:], strict=False):
            types = sample["token_types"][begin:end]
            inputs.append(sample["input_ids"][begin:end][types == 0])
            targets.append(sample["input_ids"][begin:end][types == 1])
    labels = _rows(targets, IGNORED)
    shifted = _rows([np.concatenate(([start], row[:-1])) for row in targets], padding)
    return {
        "input_ids": _rows(inputs, padding),
        "attention_mask": _rows([np.ones_like(row) for row in inputs], 0),
        "decoder_input_ids": shifted,
        "labels": labels,
    }


def _rows(rows: Sequence[NDArray], filling: int) -> Ints:
    filled = np.full((len(rows), max(map(len, rows))), filling, np.int32)
    for to, row in zip(filled, rows, strict=True):
        to[: len(row)] = row
    return filled
