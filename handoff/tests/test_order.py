from __future__ import annotations

import pytest

from gristmill import Permutation

GOLDEN_10 = [5, 1, 7, 0, 4, 3, 2, 9, 6, 8]
GOLDEN_BIG = [170980811897, 642124728495, 823765783294]


@pytest.mark.parametrize("size", [0, 1, 2, 3, 4, 5, 16, 17, 63, 64, 65, 1000, 4097])
def test_every_number_occurs_once(size: int) -> None:
    order = Permutation(size, seed=7, epoch=3)
    assert sorted(order[i] for i in range(size)) == list(range(size))


def test_follows_from_seed_and_epoch() -> None:
    def order(seed: int, epoch: int) -> list[int]:
        return list(Permutation(100, seed, epoch))

    assert order(1, 2) == order(1, 2)
    assert len({tuple(order(s, e)) for s in range(-2, 3) for e in range(5)}) == 25


def test_the_order_is_the_same_for_ever() -> None:
    assert list(Permutation(10, seed=0, epoch=0)) == GOLDEN_10
    assert [Permutation(10**12, seed=5, epoch=1)[i] for i in range(3)] == GOLDEN_BIG


def test_looks_uniform() -> None:
    """Where the first of 8 goes over 4000 seeds: chi-square with 7 degrees of freedom."""
    counts = [0] * 8
    for seed in range(4000):
        counts[Permutation(8, seed, 0)[0]] += 1
    assert sum((c - 500) ** 2 / 500 for c in counts) < 24.3  # one in a thousand


def test_neighbours_part() -> None:
    size = 10_000
    order = list(Permutation(size, seed=1, epoch=0))
    near = sum(abs(a - b) < 100 for a, b in zip(order, order[1:], strict=False))
    assert near / size < 0.03  # 0.02 expected


def test_refuses_what_is_outside() -> None:
    for position in (-1, 5):
        with pytest.raises(IndexError, match="must be from 0 to 4"):
            Permutation(5, 0, 0)[position]
