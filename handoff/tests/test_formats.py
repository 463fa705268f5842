"""Every format holds the same sequences: files that the Java tests hold byte for byte."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from gristmill.formats import Row, rows
from gristmill.manifest import Manifest

GOLDEN = Path(__file__).parent / "formats"
SHARD = "shard-00000-of-00001"
LENGTH = 20
CASES = sorted((case.name, folder.name) for case in GOLDEN.iterdir() for folder in case.iterdir())


def assert_same(name: str, expected: list[Row], found: list[Row], sequence_tokens: int) -> None:
    """Compares what the format can hold with what the Arrow files hold."""
    assert len(found) == len(expected)
    for mine, row in zip(expected, found, strict=True):
        np.testing.assert_array_equal(row.input_ids, mine.input_ids)
        assert len(row.input_ids) == sequence_tokens
        lengths = mine.document_lengths.tolist()
        if name == "datatrove" and sum(lengths) < sequence_tokens:
            lengths.append(sequence_tokens - sum(lengths))
        assert row.document_lengths.tolist() == lengths
        assert row.tracks.keys() == mine.tracks.keys()
        for track, values in mine.tracks.items():
            np.testing.assert_array_equal(row.tracks[track], values)
        if row.document_ids is not None:
            assert row.document_ids == mine.document_ids
            np.testing.assert_array_equal(row.document_starts, mine.document_starts)
        if name != "datatrove":
            np.testing.assert_array_equal(row.document_labels, mine.document_labels)


@pytest.mark.parametrize(("case", "name"), CASES)
def test_every_format_holds_what_arrow_holds(case: str, name: str) -> None:
    expected = list(rows("arrow", GOLDEN / case / "arrow" / SHARD, LENGTH))
    found = list(rows(name, GOLDEN / case / name / SHARD, LENGTH))
    assert_same(name, expected, found, LENGTH)


def test_golden_files_are_there() -> None:
    assert len(CASES) == 9 + 8 + 6 + 2
    first = next(rows("arrow", GOLDEN / "large" / "arrow" / SHARD, LENGTH))
    assert first.input_ids.max() > 1 << 16
    marked = next(rows("arrow", GOLDEN / "marked" / "arrow" / SHARD, LENGTH))
    assert set(marked.tracks) == {"labels", "loss_mask", "token_types"}
    assert marked.document_labels is not None


def test_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="format is 'tfrecord'"):
        rows("tfrecord", "shard", 8)


def test_formats_of_a_pipeline_hold_the_same(real_run: Path) -> None:
    manifest = Manifest.open(real_run)
    for generation in manifest.generations:
        expected = _by_shard(generation.of_format("arrow"), "arrow", manifest.sequence_tokens)
        for name in manifest.formats():
            found = _by_shard(generation.of_format(name), name, manifest.sequence_tokens)
            for mine, theirs in zip(expected, found, strict=True):
                assert_same(name, mine, theirs, manifest.sequence_tokens)


def _by_shard(files: list, name: str, length: int) -> list[list[Row]]:
    """The rows of every shard: files of one begin alike, up to a dot or a slash."""
    shards = dict.fromkeys(f.folder / name / Path(f.path).parts[1].split(".")[0] for f in files)
    return [list(rows(name, shard, length)) for shard in shards]
