from __future__ import annotations

import json
import pickle
from collections import Counter
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from conftest import Run, grow, make_documents, make_run, publish

from gristmill import Draw, Manifest, MixedDataset, Sample, ShardError, collate_varlen
from gristmill.__main__ import main

Phases = list[dict[str, int]]


def documents(seed: int, **counts: int) -> dict[str, list[int]]:
    """So many documents of each group, called by it."""
    return {
        f"{group}/{seed}-{name}": tokens
        for i, (group, count) in enumerate(sorted(counts.items()))
        for name, tokens in make_documents(count, 60, seed=100 * seed + i).items()
    }


@pytest.fixture
def mixed(tmp_path: Path) -> Run:
    """Groups of some twenty, ten and five sequences, in two generations."""
    run = Run(tmp_path, [], {}, 64, 0)
    run = grow(run, documents(0, web=24, book=12))
    return grow(run, documents(1, web=12, book=6, code=10))


def sizes(run: Run) -> dict[str, tuple[int, int]]:
    """Sequences and tokens by group, from the manifests."""
    found: dict[str, tuple[int, int]] = {}
    for shard in Manifest.open(run.root).of_format("arrow"):
        sequences, tokens = found.get(shard.group, (0, 0))
        found[shard.group] = sequences + shard.sequences, tokens + shard.tokens
    return found


def plan_of(
    run: Run, phases: Phases, start: int = 0, drawn: dict[str, int] | None = None, name: str = "p"
) -> Path:
    """A plan of the corpus as it is, as ``gristmill mix`` writes it."""
    manifest = Manifest.open(run.root)
    begins = [start + sum(sum(p.values()) for p in phases[:i]) for i in range(len(phases) + 1)]
    plan = {
        "version": 1,
        "corpus": manifest.name,
        "manifest": manifest.digest,
        "sequence_tokens": run.sequence_tokens,
        "start": {"position": start, "groups": drawn or {}},
        "end": begins[-1],
        "groups": [
            {"name": g, "sequences": s, "tokens": t} for g, (s, t) in sorted(sizes(run).items())
        ],
        "phases": [
            {"begin": b, "draws": [{"group": g, "sequences": n} for g, n in p.items()]}
            for b, p in zip(begins, phases, strict=False)
        ],
    }
    file = run.root / f"{name}.json"
    file.write_text(json.dumps(plan))
    return file


def draws(data: MixedDataset, end: int | None = None) -> list[Draw]:
    last = data.plan.end if end is None else end
    return [data.draw(position) for position in range(data.position, last)]


def check_epochs(found: list[Draw], run: Run) -> None:
    """In every epoch of a group each sequence comes at most once, and once if it is over."""
    last = {d.group: d.epoch for d in found}
    for group, (size, _) in sizes(run).items():
        for epoch in range(last.get(group, -1) + 1):
            numbers = [d.number for d in found if (d.group, d.epoch) == (group, epoch)]
            assert len(numbers) == len(set(numbers)), (group, epoch)
            assert epoch == last[group] or len(numbers) == size, (group, epoch)


def sequence_of(sample: Sample) -> tuple[tuple[str, int], ...]:
    starts = sample["document_starts"].tolist()
    return tuple(zip(sample["document_ids"], starts, strict=True))


def test_draws_what_is_planned(mixed: Run) -> None:
    phases = [{"web": 30, "book": 10}, {"web": 15, "book": 40, "code": 25}]
    data = MixedDataset(mixed.root, plan_of(mixed, phases), seed=4)
    found = draws(data)
    assert Counter(d.group for d in found[:40]) == phases[0]
    assert Counter(d.group for d in found[40:]) == phases[1]
    check_epochs(found, mixed)
    assert max(d.epoch for d in found) > 2, "the test repeats a group"
    samples = list(data.iterate())
    assert [sequence_of(s) for s in samples] == [sequence_of(data[d.number]) for d in found]
    for sample in samples:
        assert {name.rpartition("/")[0] for name in sample["document_ids"]} == {sample["group"]}
    assert data.position == data.plan.end
    assert data.steps() == 0
    assert list(data.iterate()) == []
    assert collate_varlen(samples[:3])["groups"] == [d.group for d in found[:3]]


def test_orders_differ_by_seed_group_and_epoch(tmp_path: Path) -> None:
    run = make_run(tmp_path, {})
    same = make_documents(30, 60)
    run = Run(tmp_path / "same", [], {}, 64, 0)
    run = grow(run, {f"{g}/{name}": tokens for g in "ab" for name, tokens in same.items()})
    size = sizes(run)["a"][0]
    plan = plan_of(run, [{"a": 2 * size, "b": 2 * size}])
    orders = set()
    for seed in (1, 2):
        found = draws(MixedDataset(run.root, plan, seed=seed))
        for group in "ab":
            first = min(d.number for d in found if d.group == group)
            for epoch in (0, 1):
                its = [d.number - first for d in found if (d.group, d.epoch) == (group, epoch)]
                assert sorted(its) == list(range(size))
                orders.add(tuple(its))
    assert len(orders) == 8


def test_the_order_is_the_same_for_ever(mixed: Run) -> None:
    data = MixedDataset(mixed.root, plan_of(mixed, [{"web": 30, "code": 10}]), seed=1)
    assert [(d.group, d.epoch, d.number) for d in draws(data, 8)] == GOLDEN


GOLDEN = [
    ("web", 0, 16),
    ("code", 0, 29),
    ("web", 0, 30),
    ("web", 0, 11),
    ("web", 0, 9),
    ("code", 0, 26),
    ("web", 0, 36),
    ("web", 0, 35),
]


@pytest.mark.parametrize("worlds", [(8, 6, 12), (1, 7, 3)])
def test_ranks_come_and_go(mixed: Run, worlds: tuple[int, ...]) -> None:
    """Every position once, whatever the number of ranks; what is left at the end is less than W."""
    plan = plan_of(mixed, [{"web": 40, "book": 20}, {"code": 30, "book": 11}])
    whole = MixedDataset(mixed.root, plan, seed=3)
    expected = [sequence_of(whole[d.number]) for d in draws(whole)]
    state, seen = None, []
    for phase, world_size in enumerate(worlds):
        ranks = [MixedDataset(mixed.root, plan, r, world_size, 3) for r in range(world_size)]
        for rank in ranks:
            if state:
                rank.load_state_dict(json.loads(json.dumps(state)))
        steps = ranks[0].steps() if phase == len(worlds) - 1 else 3
        streams = [rank.iterate() for rank in ranks]
        for _ in range(steps):
            step = [sequence_of(next(stream)) for stream in streams]
            assert sorted(step) == sorted(expected[len(seen) : len(seen) + world_size])
            seen += step
        states = [rank.state_dict() for rank in ranks]
        assert all(other == states[0] for other in states)
        state = states[0]
    assert len(expected) - worlds[-1] < len(seen) <= len(expected)


def test_every_rank_sees_every_group(mixed: Run) -> None:
    """Though the order alternates and there are two ranks."""
    plan = plan_of(mixed, [{"web": 100, "book": 100}])
    for rank in range(2):
        groups = Counter(s["group"] for s in MixedDataset(mixed.root, plan, rank, 2).iterate())
        assert min(groups["web"], groups["book"]) > 25


def test_goes_on_where_it_stood(mixed: Run) -> None:
    plan = plan_of(mixed, [{"web": 60, "book": 30}, {"code": 25}])
    data = MixedDataset(mixed.root, plan, seed=9)
    expected = draws(data)
    for at in range(0, data.plan.end + 1, 7):
        again = pickle.loads(pickle.dumps(MixedDataset(mixed.root, plan, seed=9, verify="size")))
        again.load_state_dict(data.state_at(0, at))
        assert draws(again) == expected[at:]
        assert again.state_dict() == data.state_at(0, at)
        so_far = Counter(d.group for d in expected[:at])
        consumed = {g: s["sequences"] for g, s in again.state_dict()["groups"].items()}
        assert consumed == {g: so_far[g] for g in ("web", "book", "code")}
        tokens = {g: so_far[g] * t // s for g, (s, t) in sizes(mixed).items()}
        assert again.consumed() == tokens


@pytest.mark.parametrize("at", [1, 17, 50, 77, 99])
def test_weights_change_in_the_middle(mixed: Run, at: int) -> None:
    """No sequence comes twice in an epoch of its group, and none is left out."""
    first = MixedDataset(mixed.root, plan_of(mixed, [{"web": 80, "book": 20}]), seed=2)
    plan = plan_of(mixed, [{"book": 90, "code": 60, "web": 10}], name="q")
    second = MixedDataset(mixed.root, plan, seed=2)
    before = draws(first, at)
    state = first.state_at(0, at)
    with pytest.raises(ValueError, match=r"the state's plan is .*adopt\(state\)"):
        second.load_state_dict(state)
    second.adopt(state)
    assert second.position == at
    after = draws(second)
    counts = second.plan.before(at)
    rest = {g: n - counts[g] for g, n in {"book": 90, "code": 60, "web": 10}.items()}
    assert Counter(d.group for d in after) == {g: n for g, n in rest.items() if n}
    check_epochs(before + after, mixed)
    later = MixedDataset(mixed.root, plan, seed=2)
    later.load_state_dict(second.state_at(0, at + 20))
    assert draws(later) == after[20:]


def test_a_plan_made_after_a_state_takes_that_alone(mixed: Run) -> None:
    first = MixedDataset(mixed.root, plan_of(mixed, [{"web": 80, "book": 20}]))
    before, state = draws(first, 30), first.state_at(0, 30)
    drawn = {g: s["sequences"] for g, s in state["groups"].items() if s["sequences"]}
    second = MixedDataset(mixed.root, plan_of(mixed, [{"book": 50, "web": 9}], 30, drawn, "q"))
    with pytest.raises(ValueError, match=r"q.json goes on after a state: adopt"):
        next(second.iterate())
    for other in (29, 31):
        with pytest.raises(ValueError, match="make the plan after this state"):
            second.adopt(first.state_at(0, other))
    second.adopt(state)
    after = draws(second)
    assert Counter(d.group for d in after) == {"book": 50, "web": 9}
    check_epochs(before + after, mixed)


@pytest.mark.parametrize("at", [0, 13, 40, 90])
def test_groups_grow_within_their_epochs(mixed: Run, at: int) -> None:
    """What is new comes in the running epoch; what was drawn of it does not come again."""
    phases = [{"web": 60, "book": 60}]
    plan = plan_of(mixed, phases)
    first = MixedDataset(mixed.root, plan, seed=5)
    before, old = draws(first, at), sizes(mixed)
    grown = grow(mixed, documents(2, web=20, book=3, wiki=8))
    pinned = MixedDataset(mixed.root, plan, seed=5)
    assert pinned.manifest.digest == first.manifest.digest, "the corpus of the plan"
    second = MixedDataset(
        grown.root, plan_of(grown, [{"web": 90, "book": 60, "wiki": 20}], name="q"), seed=5
    )
    second.adopt(first.state_at(0, at))
    between, state = draws(second, at + 25), second.state_at(0, at + 25)
    again = grow(grown, documents(3, web=9, book=9), shards=1)  # once more, within the epochs
    third = MixedDataset(again.root, plan_of(again, [{"web": 150, "book": 99}], name="r"), seed=5)
    third.adopt(json.loads(json.dumps(state)))
    found = before + between + draws(third)
    new = sizes(again)
    for group in ("web", "book"):
        epochs = [d.epoch for d in found if d.group == group]
        assert epochs == sorted(epochs)
        seen: Counter[int] = Counter()
        for epoch in range(max(epochs) + 1):
            numbers = [d.number for d in found if (d.group, d.epoch) == (group, epoch)]
            assert len(numbers) == len(set(numbers)), (group, epoch)
            seen.update(numbers)
        assert max(epochs) > 1
        assert len(seen) == new[group][0] > old[group][0], "nothing is lost"
    assert third.state_dict()["groups"]["wiki"]["sequences"] == state["groups"]["wiki"]["sequences"]


def test_refuses_what_does_not_belong_together(mixed: Run) -> None:
    plan = plan_of(mixed, [{"web": 60, "book": 60}])
    data = MixedDataset(mixed.root, plan)
    with pytest.raises(ValueError, match="the state's seed is 0, this dataset's 1"):
        MixedDataset(mixed.root, plan, seed=1).load_state_dict(data.state_dict())
    short = MixedDataset(mixed.root, plan_of(mixed, [{"web": 90}], name="q"))
    with pytest.raises(ValueError, match="position is 110, .* is for 0 to 90"):
        short.adopt(data.state_at(0, 110))
    with pytest.raises(ValueError, match="epoch is 1, must be 0"):
        next(data.iterate(1))
    turned = replace(mixed, folders=mixed.folders[::-1])
    publish(turned)
    other = MixedDataset(turned.root, plan_of(turned, [{"web": 60}], name="q"))
    with pytest.raises(ValueError, match="does not begin with the 2 generations"):
        other.adopt(data.state_dict())
    fields = json.loads(plan.read_text())
    fields["groups"][0]["sequences"] += 1
    plan.write_text(json.dumps(fields))
    with pytest.raises(ShardError, match="p.json: expected .* sequences of book, found"):
        MixedDataset(mixed.root, plan)
    plan.write_text(json.dumps({**fields, "manifest": "0" * 64}))
    with pytest.raises(ShardError, match=r"latest.json: expected corpus .* of .*p.json"):
        MixedDataset(mixed.root, plan)


def test_says_what_was_consumed(mixed: Run, capsys: pytest.CaptureFixture[str]) -> None:
    plan = plan_of(mixed, [{"web": 60, "book": 30}])
    data = MixedDataset(mixed.root, plan)
    state = mixed.root / "state.json"
    state.write_text(json.dumps(data.state_at(0, 45)))
    assert main(["consumed", str(plan), str(state)]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    there = sizes(mixed)
    drawn = {"book": 15, "web": 30}
    for group, count in drawn.items():
        sequences, tokens = there[group]
        row = [group, str(count), f"{count * tokens // sequences:,}", f"{count / sequences:.3f}"]
        assert row in lines
    for text in ("{", "[]", json.dumps({"groups": {"web": 1}})):
        state.write_text(text)
        assert main(["consumed", str(plan), str(state)]) == 1
        assert "state.json: expected the state of a MixedDataset" in capsys.readouterr().err


def test_reads_no_more_than_a_step(mixed: Run) -> None:
    """A position of a long run is found at once."""
    phases = [{"web": 7 * 10**12, "book": 10**12}, {"code": 10**12, "web": 1}]
    data = MixedDataset(mixed.root, plan_of(mixed, phases))
    data.load_state_dict(data.state_at(0, 8 * 10**12 + 77))
    assert len(list(islice(data.iterate(), 5))) == 5
