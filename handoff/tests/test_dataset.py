from __future__ import annotations

import json
import pickle
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from conftest import END, Run, edit_manifest, grow, make_documents, make_run, publish

from gristmill import IGNORED, MegatronShard, PackedDataset, Sample, ShardError
from gristmill.dataset import State


def numbers_of(data: PackedDataset) -> dict[bytes, int]:
    """Global numbers by content: no two sequences of a test are equal."""
    numbers = {data[i]["input_ids"].tobytes(): i for i in range(len(data))}
    assert len(numbers) == len(data)
    return numbers


def taken(data: PackedDataset, samples: list[Sample]) -> list[int]:
    numbers = numbers_of(data)
    return [numbers[sample["input_ids"].tobytes()] for sample in samples]


def pieces(sample: Sample) -> list[np.ndarray]:
    count = len(sample["document_ids"])
    return np.split(sample["input_ids"], sample["cu_seqlens"][1 : count + 1])[:count]


def test_all_documents_come_back_whole(run: Run) -> None:
    found: dict[str, dict[int, list[int]]] = {}
    for sample in PackedDataset(run.root):
        starts = sample["document_starts"].tolist()
        for name, start, tokens in zip(sample["document_ids"], starts, pieces(sample), strict=True):
            found.setdefault(name, {})[start] = tokens.tolist()
    whole = {name: [t for at in sorted(p) for t in p[at]] for name, p in found.items()}
    assert whole == run.documents
    assert max(map(len, found.values())) == 3, "the fixture has documents cut in three"


def test_is_a_sequence(run: Run) -> None:
    data = PackedDataset(run.root)
    assert len(data) == run.sequences > 50
    for number in (-1, len(data)):
        with pytest.raises(IndexError, match=str(len(data) - 1)):
            data[number]


def test_labels_stay_inside_documents_and_off_padding(run: Run) -> None:
    trained = 0
    for sample in PackedDataset(run.root):
        ids, labels, bounds = sample["input_ids"], sample["labels"], sample["cu_seqlens"]
        count = len(sample["document_ids"])
        for begin, end in zip(bounds[:count], bounds[1 : count + 1], strict=True):
            assert labels[begin : end - 1].tolist() == ids[begin + 1 : end].tolist()
            assert labels[end - 1] == IGNORED
        assert (labels[bounds[count] :] == IGNORED).all()
        assert (ids[bounds[count] :] == END).all()
        trained += int((labels != IGNORED).sum())
    cuts = sum(-(-len(d) // run.sequence_tokens) for d in run.documents.values())
    assert trained == sum(map(len, run.documents.values())) - cuts


def test_segments_cover_the_sequence_and_positions_restart(run: Run) -> None:
    padded = 0
    for sample in PackedDataset(run.root):
        bounds, positions = sample["cu_seqlens"], sample["position_ids"]
        assert (bounds[0], bounds[-1]) == (0, run.sequence_tokens)
        assert (np.diff(bounds) > 0).all()
        expected = np.concatenate([np.arange(n) for n in np.diff(bounds)])
        assert positions.tolist() == expected.tolist()
        assert len(bounds) - 1 - len(sample["document_ids"]) in (0, 1)
        padded += len(bounds) - 1 - len(sample["document_ids"])
        for name in ("input_ids", "labels", "position_ids", "cu_seqlens", "document_starts"):
            assert sample[name].dtype == np.int32
    assert 0 < padded < run.sequences, "the fixture has sequences with padding and without"


def test_tokens_are_views_of_the_mapped_file(run: Run) -> None:
    before = pa.total_allocated_bytes()
    data = PackedDataset(run.root)
    first, again, next_row = (data[i]["input_ids"] for i in (0, 0, 1))
    assert np.shares_memory(first, again)
    assert not first.flags.writeable
    assert not first.flags.owndata
    assert next_row.ctypes.data - first.ctypes.data == 4 * run.sequence_tokens
    assert pa.total_allocated_bytes() == before
    maps = Path("/proc/self/maps")
    if maps.exists():
        spans = [line.split() for line in maps.read_text().splitlines() if ".arrow" in line]
        assert any(
            int(low, 16) <= first.ctypes.data < int(high, 16)
            for low, high in (span[0].split("-") for span in spans)
        )


def test_only_some_shards_are_open_at_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gristmill.dataset._OPEN_SHARDS", 2)
    data = PackedDataset(run.root)
    kept = data[0]["input_ids"]
    copy = kept.copy()
    assert len(numbers_of(data)) == run.sequences
    assert len(data._open) == 2
    assert (kept == copy).all(), "a view outlives its shard"


def test_survives_pickling(run: Run) -> None:
    data = PackedDataset(run.root, seed=4)
    for _ in islice(data.iterate(), 5):
        pass
    twin = pickle.loads(pickle.dumps(data))
    assert twin.state_dict() == data.state_dict()
    assert taken(twin, list(twin.iterate())) == taken(data, list(data.iterate()))


@pytest.mark.parametrize("world_size", [1, 2, 3, 7])
@pytest.mark.parametrize("shuffle", [True, False])
def test_ranks_share_an_epoch_without_overlap(run: Run, world_size: int, shuffle: bool) -> None:
    shares = []
    for rank in range(world_size):
        data = PackedDataset(run.root, rank, world_size, seed=3, shuffle=shuffle)
        assert data.steps() == run.sequences // world_size
        shares.append(taken(data, list(data.iterate(0))))
    assert {len(share) for share in shares} == {run.sequences // world_size}
    together = [number for step in zip(*shares, strict=True) for number in step]
    assert len(set(together)) == len(together) == run.sequences // world_size * world_size
    order = PackedDataset(run.root, seed=3, shuffle=shuffle).order(0)
    assert together == list(order)[: len(together)]


def test_the_tail_is_repeated_on_request(run: Run) -> None:
    world_size = 7
    assert run.sequences % world_size
    counts = np.zeros(run.sequences, int)
    for rank in range(world_size):
        data = PackedDataset(run.root, rank, world_size, tail="repeat")
        share = taken(data, list(data.iterate(0)))
        assert len(share) == -(-run.sequences // world_size)
        np.add.at(counts, share, 1)
    assert counts.min() == 1
    first = list(data.order(0))[: -run.sequences % world_size]
    assert sorted(np.flatnonzero(counts == 2)) == sorted(first)


def test_epochs_differ_and_come_one_after_the_other(run: Run) -> None:
    data = PackedDataset(run.root)
    epochs = [taken(data, list(data.iterate())) for _ in range(3)]
    assert data.state_dict()["epoch"] == 3
    assert len({tuple(epoch) for epoch in epochs}) == 3
    assert len({tuple(sorted(epoch)) for epoch in epochs}) == 1
    assert taken(data, list(data.iterate(1))) == epochs[1]


@pytest.mark.parametrize("world_size", [1, 3])
def test_resumes_at_every_step(run: Run, world_size: int) -> None:
    data = PackedDataset(run.root, world_size - 1, world_size, seed=9)
    states, samples = [data.state_dict()], []
    for epoch in range(2):
        for sample in data.iterate(epoch):
            samples.append(sample)
            states.append(data.state_dict())
    whole = taken(data, samples)
    assert len(whole) == run.sequences // world_size * 2
    for done, state in enumerate(states):
        fresh = PackedDataset(run.root, world_size - 1, world_size, seed=9, verify="size")
        fresh.load_state_dict(json.loads(json.dumps(state)))
        rest = [sample for epoch in range(fresh.epoch, 2) for sample in fresh.iterate(epoch)]
        assert taken(data, rest) == whole[done:]


@pytest.mark.parametrize(("before", "after"), [(1, 4), (4, 1), (3, 2), (2, 5)])
def test_resumes_with_another_world_size(run: Run, before: int, after: int) -> None:
    order = list(PackedDataset(run.root).order(0))
    reference = PackedDataset(run.root)
    for steps in range(run.sequences // before + 1):
        ranks = [PackedDataset(run.root, r, before, verify="size") for r in range(before)]
        firsts = [list(islice(rank.iterate(0), steps)) for rank in ranks]
        states: list[State] = [rank.state_dict() for rank in ranks]
        assert all(state == states[0] for state in states), "ranks in step agree"
        rests = []
        for rank in range(after):
            data = PackedDataset(run.root, rank, after, verify="size")
            data.load_state_dict(states[0])
            rests.append(list(data.iterate(0)))
        done = [sample for shares in (firsts, rests) for step in zip(*shares) for sample in step]  # noqa: B905
        numbers = taken(reference, done)
        assert numbers == order[: len(numbers)]
        assert run.sequences - len(numbers) < after


def test_refuses_the_state_of_other_data(run: Run, tmp_path: Path) -> None:
    state = PackedDataset(run.root).state_dict()
    other = make_run(tmp_path / "other", make_documents(50, 100, seed=1))
    with pytest.raises(ValueError, match="manifest is .* does not lie beside"):
        PackedDataset(other.root).load_state_dict(state)
    with pytest.raises(ValueError, match="seed is 0, this dataset's 1"):
        PackedDataset(run.root, seed=1).load_state_dict(state)
    with pytest.raises(ValueError, match="shuffle"):
        PackedDataset(run.root, shuffle=False).load_state_dict(state)


class TestGrowth:
    """A generation is added while training stands in the middle of an epoch."""

    def test_old_sequences_keep_their_numbers(self, tmp_path: Path) -> None:
        one = make_run(tmp_path, make_documents(20, 150))
        before = numbers_of(PackedDataset(one.root))
        for generation in (1, 2):
            one = grow(one, make_documents(20, 150, seed=generation))
            data = PackedDataset(one.root)
            after = numbers_of(data)
            assert len(after) == one.sequences > len(before)
            assert {ids: after[ids] for ids in before} == before
            assert sorted(data.order(0)) == list(range(one.sequences))
            before = after

    def test_a_state_goes_on_with_the_pinned_corpus(self, tmp_path: Path) -> None:
        one = make_run(tmp_path, make_documents(20, 150))
        pinned = publish(one)
        data = PackedDataset(one.root, 1, 2)
        whole = taken(data, list(data.iterate(0)))
        data.set_epoch(0)
        assert taken(data, list(islice(data.iterate(), 4))) == whole[:4]
        grown = PackedDataset(grow(one, make_documents(20, 150, seed=1)).root, 1, 2)
        with pytest.raises(ValueError, match=f"open {pinned}; .*adopt"):
            grown.load_state_dict(data.state_dict())
        again = PackedDataset(pinned, 1, 2)
        again.load_state_dict(data.state_dict())
        assert taken(again, list(again.iterate())) == whole[4:]

    @pytest.mark.parametrize(("taken_before", "epoch"), [(0, 5), (3, 6)])
    def test_a_grown_corpus_begins_the_next_epoch(
        self, tmp_path: Path, taken_before: int, epoch: int
    ) -> None:
        one = make_run(tmp_path, make_documents(20, 150))
        data = PackedDataset(one.root, seed=7)
        data.set_epoch(5)
        for _ in islice(data.iterate(), taken_before):
            pass
        one = grow(one, make_documents(20, 150, seed=1))
        grown = PackedDataset(one.root, seed=7)
        grown.adopt(data.state_dict())
        assert grown.state_dict() == grown.state_at(epoch, 0)
        numbers = taken(grown, list(grown.iterate()))
        assert numbers == list(grown.order(epoch))
        assert sorted(numbers) == list(range(one.sequences))

    def test_adopting_the_same_corpus_loads_its_state(self, run: Run) -> None:
        data = PackedDataset(run.root)
        data.adopt(data.state_at(5, 3))
        assert data.state_dict() == data.state_at(5, 3)

    def test_adopting_refuses_another_order(self, run: Run) -> None:
        state = PackedDataset(run.folder).state_dict()
        with pytest.raises(ValueError, match="seed is 0, this dataset's 1"):
            PackedDataset(run.root, seed=1).adopt(state)


@pytest.mark.parametrize(
    "settings",
    [
        {"rank": 1},
        {"rank": -1},
        {"world_size": 0},
        {"world_size": 1000},
        {"verify": "md5"},
        {"tail": "cut"},
    ],
)
def test_refuses_settings_out_of_bounds(run: Run, settings: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(settings))):
        PackedDataset(run.root, **settings)


class TestDamage:
    """Every way a file can differ from the manifest; the error names file, expected and found."""

    def test_a_flipped_bit(self, run: Run) -> None:
        file = run.arrow()[1]
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.write_bytes(content)
        with pytest.raises(ShardError, match=r"shard-00001-of-00003.arrow: expected sha256 .*foun"):
            PackedDataset(run.root)
        assert len(PackedDataset(run.root, verify="size")) == run.sequences

    @pytest.mark.parametrize("verify", ["size", "sha256"])
    def test_a_cut_file(self, run: Run, verify: str) -> None:
        file = run.arrow()[2]
        size = file.stat().st_size
        file.write_bytes(file.read_bytes()[:-1])
        with pytest.raises(ShardError, match=f"00002-of.*{size} bytes, found {size - 1} bytes"):
            PackedDataset(run.root, verify=verify)

    @pytest.mark.parametrize("verify", ["size", "sha256"])
    def test_a_missing_file(self, run: Run, verify: str) -> None:
        run.arrow()[0].unlink()
        with pytest.raises(ShardError, match="00000-of-00003.arrow: expected a file, found none"):
            PackedDataset(run.root, verify=verify)

    def test_a_file_that_is_not_listed(self, run: Run) -> None:
        first = run.arrow()[0]
        (first.parent / f".{first.name}.crc").write_bytes(b"left by a writer")
        (first.parent / f"_attempt-7-{first.name}").write_bytes(b"left by a writer")
        PackedDataset(run.root)
        stray = first.with_name("shard-00003-of-00004.arrow")
        stray.write_bytes(first.read_bytes())
        with pytest.raises(ShardError, match=f"{stray.name}: .*listed in manifest.json"):
            PackedDataset(run.root)

    def test_another_number_of_sequences(self, run: Run) -> None:
        edit_manifest(
            run, lambda m: m["shards"][0].update(sequences=m["shards"][0]["sequences"] + 1)
        )
        with pytest.raises(ShardError, match="manifest.json: expected .* sequences"):
            PackedDataset(run.root)
        edit_manifest(run, lambda m: m.update(sequences=m["sequences"] + 1))
        with pytest.raises(ShardError, match="00000-of-00003.arrow: expected .* sequences"):
            PackedDataset(run.root)[0]

    def test_another_sequence_length(self, run: Run) -> None:
        for number in range(len(run.folders)):
            edit_manifest(run, lambda m: m.update(sequence_tokens=128), number)
        with pytest.raises(ShardError, match=r"\[128\]"):
            PackedDataset(run.root)[0]

    def test_what_is_no_arrow_file(self, run: Run) -> None:
        file = run.arrow()[0]
        file.write_bytes(b"x" * file.stat().st_size)
        with pytest.raises(ShardError, match="an Arrow IPC file"):
            PackedDataset(run.root, verify="size")[0]

    def test_the_error_crosses_processes(self, tmp_path: Path) -> None:
        error = pickle.loads(pickle.dumps(ShardError(tmp_path, 1, 2)))
        assert (error.file, error.expected, error.found) == (tmp_path, 1, 2)


def check_formats_agree(data: PackedDataset) -> None:
    """The sequences of the Megatron shards are those of the Arrow shards, in the same order."""
    bins = [s for s in data.manifest.of_format("megatron") if s.path.endswith(".bin")]
    shards = [MegatronShard(s.file.with_suffix("")) for s in bins]
    assert sum(map(len, shards)) == len(data)
    rows = ((shard, row) for shard in shards for row in range(len(shard)))
    for sample, (shard, row) in zip(data, rows, strict=True):
        assert shard[row].tolist() == sample["input_ids"].tolist()
        lengths = np.diff(sample["cu_seqlens"])[: len(sample["document_ids"])]
        assert shard.document_lengths(row).tolist() == lengths.tolist()
        assert shard.document_indices[row] == row


def test_formats_agree(run: Run) -> None:
    check_formats_agree(PackedDataset(run.root))


@pytest.mark.parametrize("suffix", [".bin", ".idx", ".document_offsets.npy"])
def test_a_damaged_megatron_shard_is_refused(run: Run, suffix: str) -> None:
    prefix = run.folder / "megatron" / "shard-00000-of-00003"
    file = prefix.with_name(prefix.name + suffix)
    if suffix.endswith(".npy"):
        np.save(file, np.load(file)[:-1])
    else:
        file.write_bytes(file.read_bytes()[:-2])
    with pytest.raises(ShardError, match=suffix):
        MegatronShard(prefix)


def test_real_shards(real_run: Path) -> None:
    data = PackedDataset(real_run)
    lengths: dict[str, dict[int, int]] = {}
    ends: set[str] = set()
    tokens = 0
    for sample in data:
        bounds, ids = sample["cu_seqlens"], sample["input_ids"]
        assert 0 <= ids.min() <= ids.max() < data.manifest.vocabulary_size
        count = len(sample["document_ids"])
        tokens += int(bounds[count])
        assert (ids[bounds[count] :] == data.manifest.end_of_document).all()
        for i, name in enumerate(sample["document_ids"]):
            start = int(sample["document_starts"][i])
            lengths.setdefault(name, {})[start] = int(bounds[i + 1] - bounds[i])
            if ids[bounds[i + 1] - 1] == data.manifest.end_of_document:
                ends.add(name)
    assert tokens == data.manifest.tokens
    assert len(data) * data.manifest.sequence_tokens == tokens + data.manifest.padding
    assert ends == set(lengths), "every document ends"
    for name, parts in lengths.items():
        reached = 0
        for start in sorted(parts):
            assert start == reached, f"{name} is whole"
            reached += parts[start]
    if data.manifest.of_format("megatron"):
        check_formats_agree(data)


@pytest.mark.parametrize("worlds", [(8, 6, 12), (6, 12, 8), (1, 7, 3)])
def test_ranks_come_and_go_in_an_epoch(run: Run, worlds: tuple[int, ...]) -> None:
    """Three numbers of ranks in one epoch: every sequence once, but for what divides by none."""
    state, seen = None, []
    for phase, world_size in enumerate(worlds):
        ranks = [PackedDataset(run.root, r, world_size, seed=3) for r in range(world_size)]
        for rank in ranks:
            if state:
                rank.load_state_dict(state)
        last = phase == len(worlds) - 1
        steps = ranks[0].steps() if last else min(2, ranks[0].steps())
        streams = [rank.iterate() for rank in ranks]
        for _ in range(steps):
            for stream in streams:
                sample = next(stream)
                pieces = zip(sample["document_ids"], sample["document_starts"], strict=True)
                seen.append(tuple((name, int(start)) for name, start in pieces))
        states = [rank.state_dict() for rank in ranks]
        assert all(other == states[0] for other in states)
        state = states[0]
    assert len(seen) == len(set(seen))
    assert run.sequences - worlds[-1] < len(seen) <= run.sequences
    everything = PackedDataset(run.root, tail="repeat", seed=3)
    everything.load_state_dict({**state, "epoch": 0, "position": len(seen)})
    rest = [
        tuple(zip(s["document_ids"], map(int, s["document_starts"]), strict=True))
        for s in everything.iterate()
    ]
    assert len(set(seen) | set(rest)) == run.sequences == len(seen) + len(rest)
