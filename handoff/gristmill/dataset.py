"""All sequences of a corpus, by number and in a shuffled order that is shared by all ranks."""

from __future__ import annotations

import bisect
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any, Literal, TypedDict

import numpy as np

from gristmill import varlen
from gristmill.manifest import Manifest, ShardError
from gristmill.order import Permutation, permutation
from gristmill.shards import FORMAT, ArrowShard
from gristmill.varlen import Ints

_OPEN_SHARDS = 256


class _Said(TypedDict, total=False):
    """What an objective says, where it does; and of which group a mixture has drawn."""

    group: str
    loss_mask: Ints
    token_types: Ints
    document_labels: Ints


class Sample(_Said):
    """One sequence; the arrays but the last have one number for each token, all are int32.

    ``input_ids`` is a read-only view of the file. ``labels`` are shifted already: the next token
    of the same piece, ``IGNORED`` at a piece's last token and on padding. ``position_ids`` count
    from 0 in every segment. ``cu_seqlens`` bounds the segments: the pieces, then the padding if
    there is any. ``document_ids`` and ``document_starts`` have one entry for each piece: which
    document it is of and where in it the piece begins, in tokens.

    Objectives add: ``loss_mask``, 1 where a token counts when it is predicted, which ``labels``
    heed; ``token_types``, the part of its piece that a token is in. Where an objective says itself
    what is to be predicted (masked tokens), ``labels`` are its own, each at the place of the token
    that is hidden and not before it; ``document_labels`` are what is to be predicted of each piece.
    """

    input_ids: Ints
    labels: Ints
    position_ids: Ints
    cu_seqlens: Ints
    document_ids: list[str]
    document_starts: Ints


@dataclass(frozen=True)
class Piece:
    """``tokens`` of a document from its ``start``, which stand in a sequence from ``at``."""

    document: str
    start: int
    tokens: int
    at: int


@dataclass(frozen=True)
class Lineage:
    """The row of a shard that a sequence is, and the pieces of documents in it."""

    generation: str
    file: Path
    sha256: str
    row: int
    pieces: list[Piece]


class State(TypedDict):
    """Where training stands: ``position`` sequences of ``epoch`` are consumed, by all ranks."""

    manifest: str
    seed: int
    shuffle: bool
    epoch: int
    position: int


class PackedDataset(Sequence[Sample]):
    """The sequences of a corpus; map-style by global number, or one rank's share by ``iterate``.

    Every epoch has one global order of all generations, which follows from (seed, epoch). Rank
    ``r`` of ``W`` takes the positions ``r, r + W, ...`` of it, so that where training stands is a
    single number and means the same with any number of ranks.

    Args:
        path: the pipeline's root, its ``shards`` folder, or what else ``Manifest.open`` takes; the
            same corpus on all ranks.
        rank: from 0 to ``world_size - 1``.
        world_size: number of ranks that share an epoch.
        seed: of the shuffle; the same on all ranks.
        shuffle: False for the order in the shards, which is a random one of documents already.
        verify: what every file is checked for when opening: ``"sha256"`` reads all of them,
            ``"size"`` looks at their lengths alone and is for shards verified before.
        tail: the sequences left when the epoch does not divide by ``world_size``: ``"drop"`` them,
            or ``"repeat"`` as many of the epoch's first as are missing. All ranks have equally many
            steps either way.

    Raises:
        ShardError: a shard is missing, not listed, or not what the manifest says.
        ValueError: a setting is out of bounds.
    """

    def __init__(
        self,
        path: str | Path,
        rank: int = 0,
        world_size: int = 1,
        seed: int = 0,
        shuffle: bool = True,
        verify: Literal["sha256", "size"] = "sha256",
        tail: Literal["drop", "repeat"] = "drop",
    ) -> None:
        _check_settings(rank, world_size, verify, tail)
        self.manifest = Manifest.open(path)
        self.rank, self.world_size = rank, world_size
        self.seed, self.shuffle, self.tail = seed, shuffle, tail
        self.epoch, self.position = 0, 0
        self._files = self.manifest.of_format(FORMAT)
        self._starts = list(accumulate((s.sequences for s in self._files), initial=0))
        self._open: OrderedDict[int, ArrowShard] = OrderedDict()
        self._verify(verify)
        if tail == "drop" and len(self) < world_size:
            raise ValueError(f"world_size is {world_size}, must be at most {len(self)} sequences")

    def _verify(self, verify: str) -> None:
        for generation in self.manifest.generations:
            generation.check_unlisted(FORMAT)
            files = generation.of_format(FORMAT)
            for shard in files:
                shard.check(sha256=verify == "sha256")
            expected, found = generation.sequences, sum(shard.sequences for shard in files)
            if found != expected or not files:
                raise ShardError(generation.file, f"{expected} sequences in {FORMAT}", found)

    def __len__(self) -> int:
        return self._starts[-1]

    def __getitem__(self, number: int) -> Sample:  # type: ignore[override]
        """The sequence with a global number: by generation, shard, row; growth leaves it alone."""
        if not 0 <= number < len(self):
            raise IndexError(f"sequence is {number}, must be from 0 to {len(self) - 1}")
        which = bisect.bisect_right(self._starts, number) - 1
        shard, row = self._shard(which), number - self._starts[which]
        input_ids, lengths = shard.input_ids(row), shard.document_lengths(row)
        try:
            cu_seqlens = varlen.boundaries(lengths, len(input_ids))
        except ValueError as e:
            raise ShardError(shard.path, f"pieces that fit into row {row}", str(e)) from e
        sample = Sample(
            input_ids=input_ids,
            labels=varlen.labels(input_ids, lengths),
            position_ids=varlen.positions(cu_seqlens),
            cu_seqlens=cu_seqlens,
            document_ids=shard.document_ids(row),
            document_starts=shard.document_starts(row),
        )
        self._add_said(sample, shard, row)
        return sample

    def _add_said(self, sample: Sample, shard: ArrowShard, row: int) -> None:
        """Puts to a sample what its objective says."""
        tracks = self.manifest.tracks
        if "token_types" in tracks:
            sample["token_types"] = shard.track("token_types", row).astype(np.int32)
        if "loss_mask" in tracks:
            sample["loss_mask"] = shard.track("loss_mask", row).astype(np.int32)
            sample["labels"] = varlen.counted(sample["labels"], sample["loss_mask"])
        if "labels" in tracks:
            sample["labels"] = shard.track("labels", row)
            sample["document_labels"] = shard.document_labels(row)

    def lineage(self, number: int) -> Lineage:
        """Where a sequence lies, and what it is made of; ``gristmill.origins`` says from where."""
        sample = self[number]
        which = bisect.bisect_right(self._starts, number) - 1
        shard = self._files[which]
        bounds = sample["cu_seqlens"].tolist()
        documents = [
            Piece(document=name, start=start, tokens=end - begin, at=begin)
            for name, start, begin, end in zip(
                sample["document_ids"],
                sample["document_starts"].tolist(),
                bounds,
                bounds[1:],
                strict=False,
            )
        ]
        return Lineage(
            generation=shard.folder.name,
            file=shard.file,
            sha256=shard.sha256,
            row=number - self._starts[which],
            pieces=documents,
        )

    def _shard(self, which: int) -> ArrowShard:
        """Opens a shard; keeps the last used ones, for a system limits the files open at once."""
        if which in self._open:
            self._open.move_to_end(which)
        else:
            self._open[which] = ArrowShard(
                self._files[which], self.manifest.sequence_tokens, self.manifest.tracks
            )
            if len(self._open) > _OPEN_SHARDS:
                self._open.popitem(last=False)
        return self._open[which]

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_open": OrderedDict()}

    def order(self, epoch: int) -> Sequence[int] | Permutation:
        """The numbers of the sequences in the order of an epoch, computed as they are asked for."""
        return permutation(len(self), self.seed, epoch) if self.shuffle else range(len(self))

    def take(self, base: int) -> Sample:
        """This rank's sample of the step of the current epoch that begins at a position."""
        return self[self.order(self.epoch)[(base + self.rank) % len(self)]]

    def steps(self) -> int:
        """Sequences that every rank still takes in this epoch, counted from the position."""
        left = max(0, len(self) - self.position)
        return (left if self.tail == "drop" else left + self.world_size - 1) // self.world_size

    def set_epoch(self, epoch: int) -> None:
        """Goes to the start of an epoch; stays where it is if this is the current one."""
        if epoch < 0:
            raise ValueError(f"epoch is {epoch}, must be at least 0")
        if epoch != self.epoch:
            self.epoch, self.position = epoch, 0

    def iterate(self, epoch: int | None = None) -> Iterator[Sample]:
        """This rank's samples of an epoch: the current one, or the one that is asked for.

        Goes on from the position, which each sample advances as it is handed out, and moves to the
        next epoch after the last.
        """
        if epoch is not None:
            self.set_epoch(epoch)
        for _ in range(self.steps()):
            base = self.position
            sample = self.take(base)
            self.position = base + self.world_size
            yield sample
        self.set_epoch(self.epoch + 1)

    def state_dict(self) -> State:
        """Where this stands; the same on all ranks that have taken equally many samples."""
        return self.state_at(self.epoch, self.position)

    def state_at(self, epoch: int, position: int) -> State:
        """The state after some sequences of an epoch, counted over all ranks."""
        return State(
            manifest=self.manifest.digest,
            seed=self.seed,
            shuffle=self.shuffle,
            epoch=epoch,
            position=position,
        )

    def load_state_dict(self, state: State) -> None:
        """Goes on where training stood, whatever its ``world_size`` was; refuses other data."""
        mine = self.state_dict()
        for key in ("seed", "shuffle"):
            if state[key] != mine[key]:
                raise ValueError(f"the state's {key} is {state[key]}, this dataset's {mine[key]}")
        if state["manifest"] != mine["manifest"]:
            raise ValueError(self._refusal(state["manifest"]))
        self.epoch, self.position = state["epoch"], state["position"]

    def _refusal(self, manifest: str) -> str:
        known = self.manifest.find(manifest)
        return (
            f"the state's manifest is {manifest}, this dataset's {self.manifest.digest}: to go on "
            f"where it stood, open {known or 'its corpus, which does not lie beside this one'}; "
            "to begin the next epoch with this corpus, adopt(state)"
        )

    def adopt(self, state: State) -> None:
        """Goes on with this corpus after another one, usually this before it grew.

        An epoch is an order of one corpus. So the next epoch begins, with all sequences of this
        corpus, and what was left of the state's epoch is left out; it begins anew only if none of
        it was taken. A state of this very corpus is loaded as it is. Refuses another seed or
        shuffle, but looks at nothing else of what the state is of.
        """
        if state["manifest"] != self.manifest.digest:
            epoch = state["epoch"] + (1 if state["position"] else 0)
            state = {**state, "manifest": self.manifest.digest, "epoch": epoch, "position": 0}
        self.load_state_dict(state)


def _check_settings(rank: int, world_size: int, verify: str, tail: str) -> None:
    if world_size < 1:
        raise ValueError(f"world_size is {world_size}, must be at least 1")
    if not 0 <= rank < world_size:
        raise ValueError(f"rank is {rank}, must be from 0 to {world_size - 1}")
    if verify not in ("sha256", "size"):
        raise ValueError(f"verify is {verify!r}, must be 'sha256' or 'size'")
    if tail not in ("drop", "repeat"):
        raise ValueError(f"tail is {tail!r}, must be 'drop' or 'repeat'")
