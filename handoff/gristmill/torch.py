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


def tensors(batch: Mapping[str, Any]) -> Batch:
    """Turns arrays into tensors of their own memory; token ids, labels and positions to int64."""
    kept = {"cu_seqlens"}
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

    def _publish(self) -> None:
        self._cursor[0], self._cursor[1] = self.dataset.epoch, self.dataset.position

    def __len__(self) -> int:
        """Batches of the next iteration, of all workers together."""
        return -(-self.dataset.steps() // self.batch_size)

    def __iter__(self) -> Iterator[Batch]:
        data, worker = self.dataset, get_worker_info()
        data.epoch, data.position = self._cursor.tolist()
        numbers, start, steps = data.order(data.epoch), data.position, data.steps()
        first, workers = (worker.id, worker.num_workers) if worker else (0, 1)
        for begin in range(first * self.batch_size, steps, workers * self.batch_size):
            end = min(begin + self.batch_size, steps)
            places = (start + step * data.world_size + data.rank for step in range(begin, end))
            batch = self.collate([data[numbers[place % len(data)]] for place in places])
            batch["state"] = data.state_at(data.epoch, start + end * data.world_size)
            yield batch
