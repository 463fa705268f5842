from __future__ import annotations

import json
from collections import Counter
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from gristmill import Interleave, Plan, ShardError


def counted(order: Interleave) -> list[dict[str, int]]:
    """By brute force, after every position: how many of each group, from the groups alone."""
    so_far: Counter[str] = Counter()
    prefixes = [dict(so_far)]
    for position in range(order.size):
        group, before = order[position]
        assert before == so_far[group], "the sequences of a group come one after the other"
        so_far[group] += 1
        prefixes.append(dict(so_far))
    return prefixes


MIXES = [
    {"a": 1},
    {"a": 1, "b": 1},
    {"a": 3, "b": 1},
    {"a": 7, "b": 7, "c": 7},
    {"a": 0, "b": 5},
    {"a": 1000, "b": 1, "c": 1, "d": 1},
    {"a": 1, "b": 2, "c": 4, "d": 8, "e": 16, "f": 32},
    {"a": 377, "b": 233, "c": 144, "d": 89, "e": 55, "f": 34, "g": 21, "h": 13, "i": 8, "j": 5},
    {f"g{i:02}": 10 for i in range(40)},
]


@pytest.mark.parametrize("counts", MIXES)
def test_an_interleave_is_exact_and_even(counts: dict[str, int]) -> None:
    order = Interleave(counts)
    prefixes = counted(order)
    assert prefixes[-1] == {g: n for g, n in counts.items() if n}
    for position, so_far in enumerate(prefixes):
        found = {g: n for g, n in order.before(position).items() if n}
        assert found == so_far
        for group, n in counts.items():
            share = Fraction(position * n, order.size)
            assert abs(so_far.get(group, 0) - share) < 2, (position, group)


def test_an_interleave_of_many_random_groups_is_even() -> None:
    """The bound of 2 holds however the counts are."""
    chance = np.random.default_rng(5)
    worst = Fraction(0)
    for groups in (2, 3, 5, 9, 30):
        for spread in (1, 4):
            counts = {f"g{i}": int(chance.pareto(1 / spread) * 10) % 400 for i in range(groups)}
            if not sum(counts.values()):
                continue
            order = Interleave(counts)
            for position, so_far in enumerate(counted(order)):
                for group, n in counts.items():
                    off = abs(so_far.get(group, 0) - Fraction(position * n, order.size))
                    worst = max(worst, off)
    assert 0 < worst < 2


def test_an_interleave_is_the_same_for_ever() -> None:
    order = Interleave({"web": 5, "book": 2, "code": 1})
    assert [order[i][0] for i in range(8)] == GOLDEN
    big = Interleave({"web": 7 * 10**11, "book": 2 * 10**11, "code": 10**11})
    assert [big[i * 10**11 + 3] for i in range(3)] == GOLDEN_BIG


GOLDEN = ["web", "book", "web", "code", "web", "web", "book", "web"]
GOLDEN_BIG = [("web", 2), ("web", 70000000002), ("web", 140000000002)]


def test_refuses_places_outside() -> None:
    for position in (-1, 3):
        with pytest.raises(IndexError, match="must be from 0 to 2"):
            Interleave({"a": 3})[position]


def write_plan(file: Path, **changes: object) -> Path:
    plan = {
        "version": 1,
        "corpus": "0",
        "manifest": "0",
        "sequence_tokens": 64,
        "start": {"position": 4, "groups": {"a": 4}},
        "end": 16,
        "groups": [
            {"name": "a", "sequences": 10, "tokens": 600},
            {"name": "b", "sequences": 5, "tokens": 320},
        ],
        "phases": [
            {"begin": 4, "draws": [{"group": "a", "sequences": 3}]},
            {
                "begin": 7,
                "draws": [{"group": "a", "sequences": 3}, {"group": "b", "sequences": 6}],
            },
        ],
    }
    file.write_text(json.dumps(plan | changes))
    return file


def test_a_plan_goes_through_its_phases(tmp_path: Path) -> None:
    plan = Plan.open(write_plan(tmp_path / "plan.json"))
    assert (plan.begin, plan.end) == (4, 16)
    so_far: Counter[str] = Counter()
    for position in range(4, 16):
        assert plan.before(position) == {"a": so_far["a"], "b": so_far["b"]}
        group, before = plan.at(position)
        assert before == so_far[group]
        assert group == "a" or position >= 7
        so_far[group] += 1
    assert plan.before(16) == {"a": 6, "b": 6}
    assert plan.tokens("a", 25) == 1500
    for position in (3, 17):
        with pytest.raises(IndexError, match="from 4 to"):
            plan.before(position)
        with pytest.raises(IndexError, match="from 4 to 15"):
            plan.at(position)


def test_reads_what_the_pipeline_writes() -> None:
    """``MixCommandTest`` of the pipeline holds that ``gristmill mix`` writes this very plan."""
    plan = Plan.open(Path(__file__).parent / "mix" / "plan.json")
    assert (plan.begin, plan.end, plan.corpus) == (0, 213, "c0ffee")
    assert plan.before(213) == {"book": 50, "code": 63, "web": 100}
    assert plan.before(100) == {"book": 25, "code": 0, "web": 75}
    assert plan.tokens("code", 63) == 5040
    assert {plan.at(position)[0] for position in range(100)} == {"book", "web"}


@pytest.mark.parametrize(
    "changes",
    [
        {"version": 2},
        {"end": 15},
        {"groups": []},
        {"phases": [{"begin": 5, "draws": []}]},
        {"phases": [{"begin": 4, "draws": [{"group": "a", "sequences": -1}]}], "end": 3},
        {"phases": 3},
    ],
)
def test_refuses_another_plan(tmp_path: Path, changes: dict[str, object]) -> None:
    with pytest.raises(ShardError, match=r"plan.json: expected a plan of version 1"):
        Plan.open(write_plan(tmp_path / "plan.json", **changes))
