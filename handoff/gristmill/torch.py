"""Batches for torch's DataLoader; the one module that needs torch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch.utils.data import IterableDataset, get_worker_info

from gristmill import varlen
from gristmill.dataset import PackedDataset, State

Batch = dict[str, Any]


def collate_varlen(samples: Sequence[Mapping[str, Any]]) -> Batch:
    """``gristmill.collate_varlen`` in tensors: int64, but ``cu_seqlens`` int32."""
    return tensors(varlen.collate_varlen(samples))


def document_mask(cu_seqlens: torch.Tensor) -> torch.Tensor:
    """``gristmill.document_mask`` as a tensor on the device of ``cu_seqlens``."""
    mask = varlen.document_mask(cu_seqlens.cpu().numpy())
    return torch.from_numpy(mask).to(cu_seqlens.device)


def collate_rows(samples: Sequence[Mapping[str, Any]]) -> Batch:
    """``gristmill.collate_rows`` in tensors: int64, but ``attention_mask`` bool."""
    return tensors(varlen.collate_rows(samples))


def document_mask_mod(cu_seqlens: torch.Tensor) -> Callable[..., torch.Tensor]:
    """The same as a ``mask_mod`` for FlexAttention's ``create_block_mask``.

    Of one row of tokens, as ``collate_varlen`` makes it; causal, within each segment.
    """
    lengths = cu_seqlens.diff().long()
    numbers = torch.arange(len(lengths), device=cu_seqlens.device)
    segment = torch.repeat_interleave(numbers, lengths)

    def mask_mod(
        batch: torch.Tensor, head: torch.Tensor, query: torch.Tensor, key: torch.Tensor
    ) -> torch.Tensor:
        return (query >= key) & (segment[query] == segment[key])

    return mask_mod


def tensors(batch: Mapping[str, Any]) -> Batch:
    """Turns arrays into tensors of their own memory; token ids, labels and positions to int64."""
    kept = {"cu_seqlens", "attention_mask"}
    return {
        name: torch.from_numpy(value if name in kept else value.astype(np.int64))
        if isinstance(value, np.ndarray)
        else value
        for name, value in batch.items()
    }


class TorchPackedDataset(IterableDataset):
    """One rank's batches of an epoch, in the same order with any number of workers.

    It makes whole batches, so use ``DataLoader(dataset, batch_size=None, num_workers=...)``: the
    workers take turns by batch, as the DataLoader does when it collects them.

    Workers run ahead of training, so the dataset cannot know what has been trained on; the batch
    does: save ``batch["state"]`` of the last one, and give it to ``resume``. It is right for any
    number of ranks and workers and any batch size.

    It also is stateful as torchdata's ``StatefulDataLoader`` wants datasets to be: every worker's
    ``state_dict`` says how many of its batches were taken, and ``load_state_dict`` goes on behind
    them, with as many workers as there were; for any other number, and for other ranks, use
    ``batch["state"]``.

    Args:
        dataset: where the samples come from, with this process's rank.
        batch_size: sequences in a batch; the last of an epoch may have fewer, on all ranks alike.
        collate: makes a batch of the samples.
    """

    def __init__(
        self,
        dataset: PackedDataset,
        batch_size: int = 1,
        collate: Callable[[list[Any]], Batch] = collate_varlen,
    ) -> None:
        if batch_size < 1:
            raise ValueError(f"batch_size is {batch_size}, must be at least 1")
        self.dataset, self.batch_size, self.collate = dataset, batch_size, collate
        # In shared memory, so that workers that live through several epochs see it change.
        self._cursor = torch.tensor([dataset.epoch, dataset.position]).share_memory_()
        self._taken, self._skipped = 0, 0

    @property
    def epoch(self) -> int:
        """The epoch of the next iteration."""
        return int(self._cursor[0])

    def set_epoch(self, epoch: int) -> None:
        """Before each iteration; a resumed epoch goes on, any other begins at its start."""
        self.dataset.set_epoch(epoch)
        self._publish()

    def resume(self, state: State) -> None:
        """Goes on after the batch that ``state`` came with; refuses other data."""
        self.dataset.load_state_dict(state)
        self._publish()

    def adopt(self, state: State) -> None:
        """Goes on with another corpus than ``state`` is of: see ``PackedDataset.adopt``."""
        self.dataset.adopt(state)
        self._publish()

    def state_dict(self) -> dict[str, Any]:
        """Where this copy of the dataset stands, a worker's or the only one."""
        epoch, position = self._cursor.tolist()
        return {
            "data": self.dataset.state_at(epoch, position),
            "batch_size": self.batch_size,
            "world_size": self.dataset.world_size,
            "batches": self._taken,
        }

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Goes on behind the batches that were taken; refuses other data, batches or ranks."""
        for name, mine in (
            ("batch_size", self.batch_size),
            ("world_size", self.dataset.world_size),
        ):
            if state[name] != mine:
                raise ValueError(
                    f"the state's {name} is {state[name]}, this dataset's {mine}: "
                    'resume(batch["state"]) takes any'
                )
        self.dataset.load_state_dict(state["data"])
        self._publish()
        self._skipped = state["batches"]

    def _publish(self) -> None:
        self._cursor[0], self._cursor[1] = self.dataset.epoch, self.dataset.position

    def __len__(self) -> int:
        """Batches of the next iteration, of all workers together."""
        return -(-self.dataset.steps() // self.batch_size)

    def __iter__(self) -> Iterator[Batch]:
        data, worker = self.dataset, get_worker_info()
        data.epoch, data.position = self._cursor.tolist()
        start, steps = data.position, data.steps()
        first, workers = (worker.id, worker.num_workers) if worker else (0, 1)
        begins = range(first * self.batch_size, steps, workers * self.batch_size)
        self._taken, self._skipped = self._skipped, 0
        for begin in begins[self._taken :]:
            end = min(begin + self.batch_size, steps)
            bases = (start + step * data.world_size for step in range(begin, end))
            batch = self.collate([data.take(base) for base in bases])
            batch["state"] = data.state_at(data.epoch, start + end * data.world_size)
            self._taken += 1
            yield batch
        self._taken = 0
