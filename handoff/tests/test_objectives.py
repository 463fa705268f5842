"""What objectives say of tokens: from the bytes of the Java writers to what a trainer gets."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from gristmill import (
    IGNORED,
    PackedDataset,
    Sample,
    ShardError,
    backward_labels,
    collate_rows,
    collate_varlen,
    document_mask,
    dynamic_masks,
    encoder_decoder,
    prefix_labels,
    segment_ids,
)
from gristmill.formats import rows

GOLDEN = Path(__file__).parent / "formats"
SHARD = "shard-00000-of-00001"
LENGTH = 20


def generation(folder: Path, case: str, tracks: list[str]) -> Path:
    """A generation of one shard, which a Java test holds byte for byte."""
    file = folder / "arrow" / f"{SHARD}.arrow"
    file.parent.mkdir(parents=True)
    shutil.copy(GOLDEN / case / "arrow" / file.name, file)
    content = list(rows("arrow", file.with_suffix(""), LENGTH))
    tokens = sum(int(row.document_lengths.sum()) for row in content)
    shard = {
        "format": "arrow",
        "path": f"arrow/{file.name}",
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "bytes": file.stat().st_size,
        "sequences": len(content),
        "tokens": tokens,
    }
    manifest = {
        "version": 1,
        "generation": folder.name,
        "tokenizer": "r50k_base",
        "vocabulary_size": 50257,
        "end_of_document": 50256,
        "sequence_tokens": LENGTH,
        "seed": 1,
        "sequences": len(content),
        "tokens": tokens,
        "padding": len(content) * LENGTH - tokens,
        "shards": [shard],
    }
    if tracks:
        manifest["tracks"] = tracks
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


ALL = ["labels", "loss_mask", "token_types"]


def test_samples_say_what_the_shards_do(tmp_path: Path) -> None:
    data = PackedDataset(generation(tmp_path / "g", "marked", ALL), shuffle=False)
    for sample, row in zip(data, rows("arrow", GOLDEN / "marked/arrow" / SHARD, 0), strict=True):
        np.testing.assert_array_equal(sample["labels"], row.tracks["labels"])
        np.testing.assert_array_equal(sample["loss_mask"], row.tracks["loss_mask"])
        np.testing.assert_array_equal(sample["token_types"], row.tracks["token_types"])
        np.testing.assert_array_equal(sample["document_labels"], row.document_labels)
        assert sample["token_types"].dtype == np.int32


def test_a_loss_mask_is_of_the_token_that_is_predicted(tmp_path: Path) -> None:
    data = PackedDataset(generation(tmp_path / "g", "loss", ["loss_mask"]), shuffle=False)
    counting = 0
    for sample in data:
        ends = set(sample["cu_seqlens"].tolist())
        used = int(sample["cu_seqlens"][len(sample["document_ids"])])
        for i in range(LENGTH):
            inside = i + 1 < used and i + 1 not in ends
            counts = inside and sample["loss_mask"][i + 1] == 1
            assert sample["labels"][i] == (sample["input_ids"][i + 1] if counts else IGNORED)
            counting += counts
    assert counting > 10


def test_shards_must_have_what_the_manifest_says(tmp_path: Path) -> None:
    with pytest.raises(ShardError, match="token_types"):
        PackedDataset(generation(tmp_path / "a", "marked", []))[0]
    with pytest.raises(ShardError, match="loss_mask"):
        PackedDataset(generation(tmp_path / "b", "small", ["loss_mask"]))[0]


def sample_of(*pieces: list[int], types: list[int] | None = None) -> Sample:
    """Pieces of tokens in a sequence of 12."""
    ids = [t for p in pieces for t in p]
    bounds = [0, *np.cumsum([len(p) for p in pieces]).tolist()] + ([12] if len(ids) < 12 else [])
    sample = {
        "input_ids": np.array(ids + [0] * (12 - len(ids)), np.int32),
        "labels": np.arange(12, dtype=np.int32),
        "position_ids": np.zeros(12, np.int32),
        "cu_seqlens": np.array(bounds, np.int32),
        "document_ids": [f"d{i}" for i in range(len(pieces))],
        "document_starts": np.zeros(len(pieces), np.int32),
    }
    if types:
        sample["token_types"] = np.array(types + [0] * (12 - len(types)), np.int32)
    return sample


def test_both_directions() -> None:
    sample = sample_of([5, 6, 7], [8, 9])
    expected = [IGNORED, 5, 6, IGNORED, 8] + [IGNORED] * 7
    assert backward_labels(sample).tolist() == expected


def test_encoder_and_decoder() -> None:
    sample = sample_of([5, 90, 1, 90, 6, 1], [7, 1, 91, 8], types=[0, 0, 0, 1, 1, 1, 0, 0, 1, 1])
    batch = encoder_decoder([sample], padding=0, start=2)
    assert batch["input_ids"].tolist() == [[5, 90, 1], [7, 1, 0]]
    assert batch["attention_mask"].tolist() == [[1, 1, 1], [1, 1, 0]]
    assert batch["labels"].tolist() == [[90, 6, 1], [91, 8, IGNORED]]
    assert batch["decoder_input_ids"].tolist() == [[2, 90, 6], [2, 91, 0]]
    assert prefix_labels(sample)[:6].tolist() == [IGNORED, IGNORED, 2, 3, 4, IGNORED]


def test_dynamic_masks() -> None:
    shown = {"mask": 0, "same": 0, "other": 0}
    able = 0
    for number in range(3000):
        sample = sample_of([1, 50, 51, 52, 53, 54, 2], [1, 60, 2])
        masked = dynamic_masks(sample, 99, 1000, [1, 2], (7, 0, number))
        hidden = masked["labels"] != IGNORED
        assert not hidden[10:].any()
        np.testing.assert_array_equal(masked["labels"][hidden], sample["input_ids"][hidden])
        np.testing.assert_array_equal(masked["input_ids"][~hidden], sample["input_ids"][~hidden])
        assert not np.isin(masked["labels"][hidden], [1, 2]).any()
        able += 6
        for was, now in zip(masked["labels"][hidden], masked["input_ids"][hidden], strict=True):
            shown["mask" if now == 99 else "same" if now == was else "other"] += 1
    total = sum(shown.values())
    assert total / able == pytest.approx(0.15, abs=0.01)
    assert shown["mask"] / total == pytest.approx(0.8, abs=0.03)
    assert shown["same"] / total == pytest.approx(0.1, abs=0.02)


def test_masks_follow_from_the_key() -> None:
    sample = sample_of([1, *range(50, 59), 2])
    once = dynamic_masks(sample, 99, 1000, [1, 2], (7, 0, 5))
    again = dynamic_masks(sample, 99, 1000, [1, 2], (7, 0, 5))
    np.testing.assert_array_equal(once["input_ids"], again["input_ids"])
    np.testing.assert_array_equal(once["labels"], again["labels"])
    others = [dynamic_masks(sample, 99, 1000, [1, 2], (7, e, 5))["labels"] for e in range(1, 20)]
    assert any((other != once["labels"]).any() for other in others)
    # what a checkpoint relies on: these never change
    assert once["labels"].tolist() == PINNED


PINNED = [IGNORED, 50, *[IGNORED] * 10]


def test_collators() -> None:
    samples = [sample_of([5, 6, 7], [8, 9], types=[0] * 5), sample_of([1] * 12, types=[1] * 12)]
    long = collate_varlen(samples)
    assert long["token_types"].tolist() == [0] * 12 + [1] * 12
    assert segment_ids(samples[0]["cu_seqlens"]).tolist() == [0] * 3 + [1] * 2 + [2] * 7
    batch = collate_rows(samples)
    assert batch["input_ids"].shape == (2, 12)
    assert batch["attention_mask"].shape == (2, 1, 12, 12)
    for i, sample in enumerate(samples):
        np.testing.assert_array_equal(
            batch["attention_mask"][i, 0], document_mask(sample["cu_seqlens"])
        )
    assert not batch["attention_mask"][0, 0, 3, 2]
    assert batch["attention_mask"][0, 0, 4, 3]


def test_lineage(tmp_path: Path) -> None:
    data = PackedDataset(generation(tmp_path / "g", "small", []), shuffle=False)
    for number, sample in enumerate(data):
        lineage = data.lineage(number)
        assert lineage.row == number
        assert lineage.generation == "g"
        assert [p.document for p in lineage.pieces] == sample["document_ids"]
        for i, piece in enumerate(lineage.pieces):
            assert piece.at == sample["cu_seqlens"][i]
            assert piece.at + piece.tokens == sample["cu_seqlens"][i + 1]
            assert piece.start == sample["document_starts"][i]
