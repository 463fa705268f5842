from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from conftest import NAMES, Run, edit_manifest, grow, make_documents, make_run, publish

from gristmill import Manifest, ShardError


@pytest.fixture
def three(tmp_path: Path) -> Run:
    return make_run(tmp_path, make_documents(30, 150), generations=3)


def names(manifest: Manifest) -> list[str]:
    return [generation.name for generation in manifest.generations]


@pytest.mark.parametrize("at", ["", "shards", "shards/latest.json"])
def test_opens_the_corpus_as_it_is(run: Run, at: str) -> None:
    manifest = Manifest.open(run.root / at)
    assert manifest == Manifest.open(manifest.file)
    assert names(manifest) == NAMES[: len(run.folders)], "not in the order of the alphabet"
    tokens = sum(map(len, run.documents.values()))
    assert (manifest.sequences, manifest.tokens) == (run.sequences, tokens)
    assert manifest.padding == run.sequences * run.sequence_tokens - tokens


def test_opens_a_corpus_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = make_run(tmp_path, make_documents(10, 150))
    before = Manifest.open(run.root)
    pinned = publish(run)
    grown = grow(run, make_documents(10, 150, seed=1))
    monkeypatch.chdir(pinned.parent)
    for path in (pinned, pinned.name):
        manifest = Manifest.open(path)
        assert (manifest.name, manifest.digest) == (pinned.stem, before.digest)
        assert manifest.generations == before.generations
    after = Manifest.open(run.root)
    assert names(after) == NAMES[:2]
    assert after.digest != before.digest
    assert after.find(before.digest) == pinned
    assert after.find(after.digest) == publish(grown)


def test_opens_one_generation(three: Run) -> None:
    corpus = Manifest.open(three.root)
    for folder, generation in zip(three.folders, corpus.generations, strict=True):
        for path in (folder, folder / "manifest.json"):
            manifest = Manifest.open(path)
            assert manifest.generations == (generation,)
            assert (manifest.name, manifest.digest) == (folder.name, generation.digest)
        assert corpus.find(generation.digest) == folder / "manifest.json"


def test_opens_the_corpus_of_another_table(three: Run) -> None:
    latest = three.root / "shards" / "latest.json"
    other = latest.rename(latest.with_name("latest-short.json"))
    assert names(Manifest.open(other)) == NAMES[:3]


def test_files_come_by_generation_then_path(three: Run) -> None:
    files = [shard.file for shard in Manifest.open(three.root).of_format("arrow")]
    assert files == [file for f in three.folders for file in sorted(f.glob("arrow/*.arrow"))]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_refuses_a_manifest_that_was_changed(three: Run, number: int) -> None:
    file = three.folders[number] / "manifest.json"
    file.write_text(file.read_text() + "\n")
    with pytest.raises(ShardError, match=f"{file}: expected sha256 .*, found sha256"):
        Manifest.open(three.root)


def test_refuses_a_generation_that_is_missing(three: Run) -> None:
    shutil.rmtree(three.folders[1])
    with pytest.raises(ShardError, match=f"{three.folders[1]}/manifest.json: expected a file"):
        Manifest.open(three.root)


@pytest.mark.parametrize(
    ("name", "value"),
    [("tokenizer", "o200k"), ("vocabulary_size", 7), ("end_of_document", 7)],
)
def test_refuses_generations_that_disagree(three: Run, name: str, value: object) -> None:
    edit_manifest(three, lambda m: m.update({name: value}), number=2)
    with pytest.raises(ShardError, match=f"{NAMES[2]}/manifest.json: .*{NAMES[0]}.*{value}"):
        Manifest.open(three.root)
    assert Manifest.open(three.folders[2]).sequences


def test_refuses_generations_with_sequences_of_other_lengths(tmp_path: Path) -> None:
    run = make_run(tmp_path, make_documents(10, 150))
    grow(run, make_documents(10, 150, seed=1), sequence_tokens=128)
    with pytest.raises(ShardError, match=f"{NAMES[1]}/manifest.json: .*64.*{NAMES[0]}.*128"):
        Manifest.open(run.root)


@pytest.mark.parametrize("change", [{"version": 2}, {"tokens": None}, {"shards": [{}]}])
def test_refuses_another_manifest(run: Run, change: dict[str, object]) -> None:
    edit_manifest(
        run, lambda m: [m.pop(k) if v is None else m.update({k: v}) for k, v in change.items()]
    )
    with pytest.raises(ShardError, match=r"manifest.json: expected a manifest of version 1"):
        Manifest.open(run.root)


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        json.dumps({"shards": NAMES[0]}),
        json.dumps({"version": 3, "corpus": "0", "generations": []}),
        json.dumps({"version": 2, "corpus": "0", "generations": [{"name": NAMES[0]}]}),
    ],
)
def test_refuses_another_list(run: Run, content: str) -> None:
    (run.root / "shards" / "latest.json").write_text(content)
    with pytest.raises(ShardError, match=r"latest.json: expected a corpus of version 2"):
        Manifest.open(run.root)


def test_refuses_a_corpus_of_nothing(run: Run) -> None:
    text = json.dumps({"version": 2, "corpus": "0", "generations": []})
    (run.root / "shards" / "latest.json").write_text(text)
    with pytest.raises(ShardError, match="latest.json: expected a generation, found none"):
        Manifest.open(run.root)


@pytest.mark.parametrize("at", ["", "latest.json", "corpora/0.json"])
def test_refuses_what_is_not_there(tmp_path: Path, at: str) -> None:
    with pytest.raises(ShardError, match=f"{at}: expected .*, found none"):
        Manifest.open(tmp_path / at)
