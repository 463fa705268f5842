"""Sequences of several groups in the shares and phases of a plan."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any, Literal, TypedDict

from gristmill.dataset import PackedDataset, Sample
from gristmill.manifest import Manifest, ShardError
from gristmill.order import mixed_bits, permutation
from gristmill.plan import Plan

_GOLDEN = 0x9E3779B97F4A7C15


class GroupState(TypedDict):
    """Where a group stands: ``sequences`` of it were drawn in all.

    Of its ``epoch``, ``taken`` says how many were drawn while the group had which size:
    ``[size, drawn]``, with a further entry where the corpus grew within the epoch.
    """

    sequences: int
    epoch: int
    taken: list[list[int]]


class MixedState(TypedDict):
    """Where training stands: ``position`` sequences of the run are consumed, by all ranks.

    Plain values, for JSON as well. ``generations`` and ``lineage`` say which generations the
    groups' sequences are numbered by: how many, and the sha256 of their names.
    """

    plan: str
    seed: int
    position: int
    generations: int
    lineage: str
    groups: dict[str, GroupState]


@dataclass(frozen=True)
class Draw:
    """What stands at a position: the sequence of that number, in that epoch of its group."""

    group: str
    epoch: int
    number: int


class MixedDataset(PackedDataset):
    """The sequences of a corpus in the mixture of a plan: see ``gristmill mix``.

    What stands at a position of the run follows from (seed, plan, position), and from the state
    that was adopted if there was one. Each group is drawn in epochs of its own: every epoch an
    order of all its sequences that follows from (seed, group, epoch). Ranks share the positions
    as in ``PackedDataset``, but for one thing: within a step, who takes which of its ``world_size``
    positions changes from step to step, so that no rank sees one group alone.

    There are no epochs of the whole: ``iterate()`` goes on to the plan's end. Load or adopt a
    state before workers of a DataLoader start.

    Args:
        path: the pipeline's root, or what else ``PackedDataset`` takes. If the corpus has grown
            since the plan was made, the corpus that the plan names is opened.
        plan: the file that ``gristmill mix`` wrote.
        rank: from 0 to ``world_size - 1``.
        world_size: number of ranks.
        seed: of the order in the groups; the same on all ranks.
        verify: see ``PackedDataset``.

    Raises:
        ShardError: a shard or the plan is not what it should be, or they do not belong together.
        ValueError: a setting is out of bounds.
    """

    def __init__(
        self,
        path: str | Path,
        plan: str | Path,
        rank: int = 0,
        world_size: int = 1,
        seed: int = 0,
        verify: Literal["sha256", "size"] = "sha256",
    ) -> None:
        self.plan = Plan.open(plan)
        super().__init__(_corpus(path, self.plan), rank, world_size, seed, verify=verify)
        self._members: dict[str, tuple[list[int], list[int]]] = {}
        for name, group in self.plan.groups.items():
            which = [i for i, file in enumerate(self._files) if file.group == name]
            starts = list(accumulate((self._files[i].sequences for i in which), initial=0))
            if starts[-1] != group.sequences or not which:
                found = f"{starts[-1]} in {self.manifest.file}"
                raise ShardError(self.plan.file, f"{group.sequences} sequences of {name}", found)
            self._members[name] = ([self._starts[i] for i in which], starts)
        self.position = self.plan.begin
        self._base, self._standing = self.plan.begin, self._fresh()
        self._drawn, self._loaded = self.plan.before(self._base), not self.plan.drawn

    def _fresh(self) -> dict[str, GroupState]:
        return {
            name: GroupState(sequences=0, epoch=0, taken=[[group.sequences, 0]])
            for name, group in self.plan.groups.items()
        }

    def draw(self, position: int) -> Draw:
        """What stands at a position of the run, from where the state was loaded to the end."""
        if position < self._base:
            raise IndexError(f"position is {position}, must be at least {self._base}")
        if not self._loaded:
            raise ValueError(f"{self.plan.file} goes on after a state: adopt(state) first")
        name, before = self.plan.at(position)
        group = _advanced(self._standing[name], self._size(name), before - self._drawn[name])
        index = _member(self.seed, name, group["epoch"], group["taken"])
        begins, starts = self._members[name]
        which = bisect_right(starts, index) - 1
        return Draw(name, group["epoch"], begins[which] + index - starts[which])

    def _size(self, name: str) -> int:
        return self.plan.groups[name].sequences

    def take(self, base: int) -> Sample:
        """This rank's sample of the step that begins at a position; it says its ``group``."""
        turn = mixed_bits(self.seed * _GOLDEN + base)
        draw = self.draw(base + (self.rank + turn) % self.world_size)
        sample = self[draw.number]
        sample["group"] = draw.group
        return sample

    def steps(self) -> int:
        """Sequences that every rank still takes of the plan, counted from the position."""
        return max(0, self.plan.end - self.position) // self.world_size

    def set_epoch(self, epoch: int) -> None:
        """There is but one: groups have epochs of their own."""
        if epoch != 0:
            raise ValueError(f"epoch is {epoch}, must be 0: a plan is drawn once")

    def iterate(self, epoch: int | None = None) -> Iterator[Sample]:
        """This rank's samples from the position to the plan's end; each advances the position.

        What does not divide by ``world_size`` is left at the end; a later plan can go on there.
        """
        self.set_epoch(epoch or 0)
        for _ in range(self.steps()):
            base = self.position
            sample = self.take(base)
            self.position = base + self.world_size
            yield sample

    def state_dict(self) -> MixedState:  # type: ignore[override]
        """Where this stands; the same on all ranks that have taken equally many samples."""
        return self.state_at(0, self.position)

    def state_at(self, epoch: int, position: int) -> MixedState:  # type: ignore[override]
        """The state after so many sequences of the run, counted over all ranks."""
        counts = self.plan.before(position)
        groups = {
            name: _advanced(standing, self._size(name), counts[name] - self._drawn[name])
            if name in counts
            else standing
            for name, standing in sorted(self._standing.items())
        }
        return MixedState(
            plan=self.plan.digest,
            seed=self.seed,
            position=position,
            generations=len(self.manifest.generations),
            lineage=self._lineage(len(self.manifest.generations)),
            groups=groups,
        )

    def consumed(self) -> dict[str, int]:
        """Tokens drawn of each group so far, by all ranks: see ``Plan.tokens``."""
        groups = self.state_dict()["groups"]
        return {g: self.plan.tokens(g, groups[g]["sequences"]) for g in self.plan.groups}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Goes on where training stood, whatever its ``world_size`` was; refuses other plans."""
        if state["plan"] != self.plan.digest:
            raise ValueError(
                f"the state's plan is {state['plan']}, this dataset's {self.plan.digest}: "
                "to go on with another plan, adopt(state)"
            )
        self._load(state)

    def adopt(self, state: Mapping[str, Any]) -> None:
        """Goes on with this plan after another one: other weights, a corpus that has grown, both.

        Every group goes on where it stood. If it has grown, its epoch goes on with what was left
        of it and all that is new, in an order of their own: every sequence still comes once in the
        epoch. Groups that are new begin; those that this plan does not know stay in the state.

        A plan that was made after a state takes that state alone, and begins behind it. Any other
        is entered at the state's position, as if the run had followed it from the start: what it
        draws before is left out, and its caps do not know what was drawn.

        Refuses another seed, and a corpus that does not begin with the state's generations.
        """
        begin, drawn = self.plan.begin, self.plan.drawn
        if drawn:
            was = {name: g["sequences"] for name, g in state["groups"].items() if g["sequences"]}
            if (state["position"], was) != (begin, {g: n for g, n in drawn.items() if n}):
                raise ValueError(
                    f"{self.plan.file} goes on at position {begin}, behind {drawn}; the state "
                    f"stands at {state['position']}, behind {was}: make the plan after this state"
                )
        self._load(state)

    def _load(self, state: Mapping[str, Any]) -> None:
        if state["seed"] != self.seed:
            raise ValueError(f"the state's seed is {state['seed']}, this dataset's {self.seed}")
        if state["lineage"] != self._lineage(state["generations"]):
            raise ValueError(
                f"{self.manifest.file} does not begin with the {state['generations']} generations "
                "that the state is of: what was drawn cannot be told"
            )
        position, plan = state["position"], self.plan
        if not plan.begin <= position <= plan.end:
            raise ValueError(
                f"the state's position is {position}, {plan.file} is for {plan.begin} to {plan.end}"
            )
        standing = self._fresh()
        for name, group in state["groups"].items():
            if name in standing:
                group = _grown(group, self._size(name))
            standing[name] = GroupState(
                sequences=group["sequences"],
                epoch=group["epoch"],
                taken=[list(entry) for entry in group["taken"]],
            )
        self._standing, self._base, self.position = standing, position, position
        self._drawn, self._loaded = plan.before(position), True

    def _lineage(self, generations: int) -> str:
        """What the numbers in a group follow from: the generations and the files in them."""
        if not 0 < generations <= len(self.manifest.generations):
            return ""
        digests = [g.digest for g in self.manifest.generations[:generations]]
        return hashlib.sha256("\n".join(digests).encode()).hexdigest()


def _corpus(path: str | Path, plan: Plan) -> Path:
    """The corpus that a plan was made of, beside the one at a path if that is another."""
    manifest = Manifest.open(path)
    if manifest.digest == plan.manifest:
        return manifest.file
    known = manifest.find(plan.manifest)
    if known is None:
        expected = f"corpus {plan.corpus} of {plan.file} (sha256 {plan.manifest})"
        raise ShardError(manifest.file, expected, f"sha256 {manifest.digest}")
    return known


def _pool(taken: list[list[int]]) -> int:
    """Sequences that an epoch still had when its last entry began."""
    return taken[-1][0] - sum(drawn for _, drawn in taken[:-1])


def _advanced(group: GroupState, size: int, sequences: int) -> GroupState:
    """Where a group of a size stands after so many more."""
    *before, (grown, drawn) = group["taken"]
    left = _pool(group["taken"]) - drawn
    total = group["sequences"] + sequences
    if sequences < left:
        taken = [*before, [grown, drawn + sequences]]
        return GroupState(sequences=total, epoch=group["epoch"], taken=taken)
    epochs, within = divmod(sequences - left, size)
    return GroupState(sequences=total, epoch=group["epoch"] + 1 + epochs, taken=[[size, within]])


def _grown(group: GroupState, size: int) -> GroupState:
    """The same with so many sequences in the group; its epoch goes on with the new ones."""
    *before, (was, drawn) = group["taken"]
    if size == was:
        return group
    if size < was:
        raise ValueError(f"a group has {size} sequences, the state knows {was}")
    taken = [*before, [was, drawn], [size, 0]] if drawn else [*before, [size, 0]]
    return GroupState(sequences=group["sequences"], epoch=group["epoch"], taken=taken)


def _member(seed: int, group: str, epoch: int, taken: list[list[int]]) -> int:
    """The next sequence of a group, by its number in it, after what was taken of an epoch.

    An entry's order is one of what the entry before left, in its order, and of what was new then.
    """
    at = taken[-1][1]
    for entry in range(len(taken), 0, -1):
        order = permutation(_pool(taken[:entry]), _seed(seed, group, entry), epoch)
        at = order[at]
        if entry > 1:
            size, drawn = taken[entry - 2]
            old = _pool(taken[: entry - 1]) - drawn
            if at >= old:
                return size + at - old
            at += drawn
    return at


@lru_cache(maxsize=4096)
def _seed(seed: int, group: str, entry: int) -> int:
    digest = hashlib.sha256(f"{seed}\n{entry}\n{group}".encode()).digest()
    return int.from_bytes(digest[:8], "little", signed=True)
