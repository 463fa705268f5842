"""What ``gristmill mix`` has planned: which groups of sequences are drawn, how many, in what order.

The plan is the one place where weights, caps and phases are reckoned; here they are only followed.
"""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gristmill.manifest import ShardError, _fields, _read, _sha256

PLAN_VERSION = 1
_MALFORMED = (ValueError, KeyError, TypeError, AttributeError)


class Interleave:
    """So many of each of some groups in one order, evenly: every prefix has their shares.

    The groups are the leaves of a binary tree in which the two smallest are joined again and again
    (Huffman, 1952). Of the first ``k`` sequences of a node of ``n``, the smaller child has
    ``k * its / n``, rounded. So the order is exact, and any place of it is computed from the root
    down, in as many steps as the group is deep: about log2(1 / its share). In every prefix each
    group is less than 2 sequences off its share, however many groups there are: a node has at most
    half of what the node two above it has, so what is rounded above fades.

    Args:
        counts: sequences by group, each at least 0.
    """

    def __init__(self, counts: Mapping[str, int]) -> None:
        self.counts = {group: n for group, n in counts.items() if n}
        self.size = sum(self.counts.values())
        heap: list[Any] = [(n, i, g) for i, (g, n) in enumerate(sorted(self.counts.items()))]
        heapq.heapify(heap)
        while len(heap) > 1:
            small, large = heapq.heappop(heap), heapq.heappop(heap)
            total = small[0] + large[0]
            heapq.heappush(heap, (total, min(small[1], large[1]), (small, large)))
        self._root: Any = heap[0] if heap else None

    def __getitem__(self, position: int) -> tuple[str, int]:
        """The group at a position, and how many of it come before."""
        if not 0 <= position < self.size:
            raise IndexError(f"position is {position}, must be from 0 to {self.size - 1}")
        n, _, node = self._root
        while not isinstance(node, str):
            small, large = node
            before = (position * small[0] + n // 2) // n
            if ((position + 1) * small[0] + n // 2) // n > before:
                position, (n, _, node) = before, small
            else:
                position, (n, _, node) = position - before, large
        return node, position

    def before(self, position: int) -> dict[str, int]:
        """How many of each group come before a position, from 0 to the size."""
        found: dict[str, int] = {}
        todo = [(position, self._root)] if self._root else []
        while todo:
            k, (n, _, node) = todo.pop()
            if isinstance(node, str):
                found[node] = k
            else:
                small, large = node
                its = (k * small[0] + n // 2) // n
                todo += [(its, small), (k - its, large)]
        return found


@dataclass(frozen=True)
class PlanGroup:
    """What there is of a group: ``tokens`` are without padding."""

    name: str
    sequences: int
    tokens: int


@dataclass(frozen=True)
class Plan:
    """A plan of ``gristmill mix``; ``digest`` is the sha256 of its file.

    Positions count the sequences of the whole run. A plan begins at ``begin``: 0, or where the
    state stood that it was made after, which had drawn ``drawn`` of each group. It ends before
    ``end``.
    """

    file: Path
    digest: str
    corpus: str
    manifest: str
    sequence_tokens: int
    begin: int
    drawn: dict[str, int]
    groups: dict[str, PlanGroup]
    begins: list[int]
    phases: list[Interleave]
    sums: list[dict[str, int]]

    @classmethod
    def open(cls, path: str | Path) -> Plan:
        """Reads a plan; raises ``ShardError`` if the file is none or its sums don't come out."""
        file = Path(path).absolute()
        content = _read(file)
        try:
            return cls._parse(file, content)
        except _MALFORMED as e:
            raise ShardError(file, f"a plan of version {PLAN_VERSION}", repr(e)) from e

    @classmethod
    def _parse(cls, file: Path, content: bytes) -> Plan:
        fields = _fields(content, PLAN_VERSION)
        groups = {
            g["name"]: PlanGroup(g["name"], g["sequences"], g["tokens"]) for g in fields["groups"]
        }
        begin = at = fields["start"]["position"]
        begins, phases, sums = [at], [], [dict.fromkeys(groups, 0)]
        for phase in fields["phases"]:
            interleave = Interleave({d["group"]: d["sequences"] for d in phase["draws"]})
            if min(interleave.counts.values(), default=1) < 1 or phase["begin"] != at:
                raise ValueError(f"a phase that begins at {phase['begin']}, not at {at}")
            at += interleave.size
            begins.append(at)
            phases.append(interleave)
            sums.append({g: n + interleave.counts.get(g, 0) for g, n in sums[-1].items()})
            unknown = set(interleave.counts) - set(groups)
            if unknown:
                raise ValueError(f"unknown groups {sorted(unknown)}")
        if at != fields["end"]:
            raise ValueError(f"phases up to {at}, not up to {fields['end']}")
        return cls(
            file=file,
            digest=_sha256(content),
            corpus=fields["corpus"],
            manifest=fields["manifest"],
            sequence_tokens=fields["sequence_tokens"],
            begin=begin,
            drawn=dict(fields["start"]["groups"]),
            groups=groups,
            begins=begins,
            phases=phases,
            sums=sums,
        )

    @property
    def end(self) -> int:
        """The position behind the last sequence."""
        return self.begins[-1]

    def at(self, position: int) -> tuple[str, int]:
        """The group at a position, and how many of it the plan draws before."""
        if not self.begin <= position < self.end:
            raise IndexError(f"position is {position}, must be from {self.begin} to {self.end - 1}")
        phase = bisect_right(self.begins, position) - 1
        group, before = self.phases[phase][position - self.begins[phase]]
        return group, self.sums[phase][group] + before

    def before(self, position: int) -> dict[str, int]:
        """How many of each group the plan draws before a position."""
        if not self.begin <= position <= self.end:
            raise IndexError(f"position is {position}, must be from {self.begin} to {self.end}")
        phase = min(bisect_right(self.begins, position), len(self.begins) - 1) - 1
        if phase < 0:
            return dict(self.sums[0])
        within = self.phases[phase].before(position - self.begins[phase])
        return {g: n + within.get(g, 0) for g, n in self.sums[phase].items()}

    def tokens(self, group: str, sequences: int) -> int:
        """Tokens in so many sequences of a group: exact for whole epochs, else by its mean."""
        its = self.groups[group]
        return sequences * its.tokens // its.sequences
