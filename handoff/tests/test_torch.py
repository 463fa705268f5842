from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from conftest import Run, grow, make_documents, make_run
from test_mixed import plan_of

torch = pytest.importorskip("torch", reason="torch is not installed (requirements-torch.txt)")

from torch.nn import functional  # noqa: E402
from torch.utils.data import DataLoader  # noqa: E402

from gristmill import IGNORED, MixedDataset, PackedDataset  # noqa: E402
from gristmill.torch import (  # noqa: E402
    TorchPackedDataset,
    collate_rows,
    collate_varlen,
    document_mask,
    document_mask_mod,
)

WIDTH, HEADS, LAYERS, IDS = 16, 2, 2, 50257


class Model(torch.nn.Module):
    """A transformer of two layers with random weights in float64 and learned positions."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(1)
        self.tokens = torch.nn.Embedding(IDS, WIDTH)
        self.positions = torch.nn.Embedding(128, WIDTH)
        self.layers = torch.nn.ModuleList(
            torch.nn.ModuleDict(
                {
                    "mix": torch.nn.Linear(WIDTH, 3 * WIDTH),
                    "norm": torch.nn.LayerNorm(WIDTH),
                    "think": torch.nn.Linear(WIDTH, WIDTH),
                }
            )
            for _ in range(LAYERS)
        )
        self.out = torch.nn.Linear(WIDTH, IDS)
        self.double()

    def forward(
        self, ids: torch.Tensor, positions: torch.Tensor, mask: torch.Tensor
    ) -> torch.Tensor:
        x = self.tokens(ids) + self.positions(positions)
        for layer in self.layers:
            heads = layer["mix"](layer["norm"](x)).view(len(ids), 3, HEADS, -1).transpose(0, 2)
            q, k, v = heads.unbind(1)
            seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
            x = x + seen.transpose(0, 1).reshape(len(ids), WIDTH)
            x = x + torch.tanh(layer["think"](x))
        return self.out(x)


def causal(length: int) -> torch.Tensor:
    return torch.ones(length, length, dtype=torch.bool).tril()


def alone(model: Model, tokens: torch.Tensor) -> torch.Tensor:
    return model(tokens, torch.arange(len(tokens)), causal(len(tokens)))


def segments(batch: dict[str, torch.Tensor], values: torch.Tensor) -> list[torch.Tensor]:
    return list(values.split(batch["cu_seqlens"].diff().tolist()))


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Some hundred sequences of three generations."""
    return make_run(tmp_path, make_documents(80, 150), generations=3)


@pytest.fixture
def batch(run: Run) -> dict[str, torch.Tensor]:
    """Two sequences of several documents each, one of them with padding."""
    data = PackedDataset(run.root)
    many = [sample for sample in data if len(sample["document_ids"]) > 2]
    padded = [s for s in many if len(s["document_ids"]) < len(s["cu_seqlens"]) - 1]
    full = [s for s in many if len(s["document_ids"]) == len(s["cu_seqlens"]) - 1]
    return collate_varlen([padded[0], full[0]])


def test_types(batch: dict[str, torch.Tensor]) -> None:
    for name in ("input_ids", "labels", "position_ids"):
        assert batch[name].dtype == torch.int64
        assert batch[name].shape == (128,)
    assert batch["cu_seqlens"].dtype == torch.int32
    assert batch["cu_seqlens"][[0, -1]].tolist() == [0, 128]
    assert 64 in batch["cu_seqlens"], "a segment never spans two sequences"
    assert batch["max_seqlen"] == batch["cu_seqlens"].diff().max()


def test_the_mask_is_block_diagonal_and_causal(batch: dict[str, torch.Tensor]) -> None:
    mask = document_mask(batch["cu_seqlens"])
    blocks = [causal(n) for n in batch["cu_seqlens"].diff().tolist()]
    assert torch.equal(mask, torch.block_diag(*(b.int() for b in blocks)).bool())


@torch.no_grad()
def test_packed_documents_compute_what_each_does_alone(batch: dict[str, torch.Tensor]) -> None:
    model = Model()
    ids, positions = batch["input_ids"], batch["position_ids"]
    packed = model(ids, positions, document_mask(batch["cu_seqlens"]))
    expected = [alone(model, part) for part in segments(batch, ids)]
    for got, want in zip(segments(batch, packed), expected, strict=True):
        torch.testing.assert_close(got, want, rtol=0, atol=1e-9)
    leaky = segments(batch, model(ids, positions, causal(len(ids))))
    torch.testing.assert_close(leaky[0], expected[0], rtol=0, atol=1e-9)
    for got, want in zip(leaky[1:], expected[1:], strict=True):
        assert (got - want).abs().max() > 1e-3, "without the mask documents see each other"
    shifted = model(ids, torch.arange(len(ids)), document_mask(batch["cu_seqlens"]))
    assert (segments(batch, shifted)[1] - expected[1]).abs().max() > 1e-3, "positions matter"


def test_loss_and_gradients_are_the_token_weighted_means(batch: dict[str, torch.Tensor]) -> None:
    model = Model()
    logits = model(batch["input_ids"], batch["position_ids"], document_mask(batch["cu_seqlens"]))
    packed = functional.cross_entropy(logits, batch["labels"], ignore_index=IGNORED)
    of_packed = torch.autograd.grad(packed, list(model.parameters()))

    losses, weights = [], []
    parts = zip(segments(batch, batch["input_ids"]), segments(batch, batch["labels"]), strict=True)
    for part, labels in parts:
        if (labels != IGNORED).any():  # neither padding nor a piece of one token
            losses.append(functional.cross_entropy(alone(model, part)[:-1], part[1:]))
            weights.append(len(part) - 1)
    assert len(losses) > 4
    assert sum(weights) == (batch["labels"] != IGNORED).sum()
    weighted = torch.stack(losses) @ torch.tensor(weights, dtype=torch.float64) / sum(weights)
    of_weighted = torch.autograd.grad(weighted, list(model.parameters()))

    torch.testing.assert_close(packed, weighted, rtol=0, atol=1e-9)
    torch.testing.assert_close(of_packed, of_weighted, rtol=0, atol=1e-9)


def loader(data: PackedDataset, batch_size: int = 1, **settings: object) -> DataLoader:
    return DataLoader(TorchPackedDataset(data, batch_size), batch_size=None, **settings)


def ids_of(batches: object) -> list[tuple[int, ...]]:
    """One tuple for each sequence of 64 tokens, in the order of the batches."""
    return [tuple(row) for b in batches for row in b["input_ids"].view(-1, 64).tolist()]


@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("batch_size", [1, 4])
def test_workers_yield_every_sequence_once_in_order(
    run: Run, workers: int, batch_size: int
) -> None:
    for rank in range(2):
        data = PackedDataset(run.root, rank, 2, seed=5)
        expected = [tuple(s["input_ids"].tolist()) for s in data.iterate(0)]
        assert len(set(expected)) == len(expected) == run.sequences // 2
        fresh = PackedDataset(run.root, rank, 2, seed=5)
        batches = loader(fresh, batch_size, num_workers=workers)
        assert len(batches) == -(-len(expected) // batch_size)
        assert ids_of(batches) == expected


def test_workers_that_were_spawned(run: Run) -> None:
    data = PackedDataset(run.root)
    spawned = loader(data, 4, num_workers=1, multiprocessing_context="spawn")
    assert ids_of(spawned) == ids_of(loader(PackedDataset(run.root), 4))


@pytest.mark.parametrize("persistent", [False, True])
def test_epochs_reach_the_workers(run: Run, persistent: bool) -> None:
    batches = loader(PackedDataset(run.root), 4, num_workers=2, persistent_workers=persistent)
    plain = PackedDataset(run.root)
    for epoch in range(3):
        batches.dataset.set_epoch(epoch)
        assert batches.dataset.epoch == epoch
        assert ids_of(batches) == [tuple(s["input_ids"].tolist()) for s in plain.iterate(epoch)]


def test_a_batch_carries_the_state_to_resume_from(run: Run) -> None:
    whole = ids_of(loader(PackedDataset(run.root, seed=2), 4))
    states = [b["state"] for b in loader(PackedDataset(run.root, seed=2), 4, num_workers=2)]
    for done, state in enumerate(states, start=1):
        resumed = TorchPackedDataset(PackedDataset(run.root, seed=2, verify="size"), 3)
        resumed.resume(state)
        resumed.set_epoch(resumed.epoch)
        rest = ids_of(resumed)
        assert whole[: 4 * done] + rest == whole
        assert len(resumed) == -(-len(rest) // 3)


def test_resumes_with_other_ranks_and_workers(run: Run) -> None:
    whole = ids_of(loader(PackedDataset(run.root, seed=2)))
    state = list(loader(PackedDataset(run.root, 0, 3, seed=2), 2, num_workers=2))[4]["state"]
    assert state["position"] == 5 * 2 * 3
    shares = []
    for rank in range(2):
        resumed = TorchPackedDataset(PackedDataset(run.root, rank, 2, seed=2), 5)
        resumed.resume(state)
        shares.append(ids_of(DataLoader(resumed, batch_size=None, num_workers=1)))
    together = [ids for step in zip(*shares, strict=True) for ids in step]
    assert together == whole[30 : 30 + len(together)]
    assert run.sequences - 30 - len(together) < 2


def test_a_grown_corpus_begins_the_next_epoch(tmp_path: Path) -> None:
    run = make_run(tmp_path, make_documents(20, 150))
    state = next(iter(loader(PackedDataset(run.root), 4)))["state"]
    run = grow(run, make_documents(20, 150, seed=1))
    batches = loader(PackedDataset(run.root), 4, num_workers=2)
    batches.dataset.adopt(state)
    assert batches.dataset.epoch == 1
    expected = [tuple(s["input_ids"].tolist()) for s in PackedDataset(run.root).iterate(1)]
    assert len(expected) == run.sequences
    assert ids_of(batches) == expected


@pytest.mark.parametrize("workers", [0, 2])
def test_mixtures_come_in_the_order_of_their_plan(tmp_path: Path, workers: int) -> None:
    documents = {f"web/{n}": d for n, d in make_documents(60, 150).items()}
    documents |= {f"book/{n}": d for n, d in make_documents(20, 150, seed=1).items()}
    run = make_run(tmp_path, documents, generations=1)
    plan = plan_of(run, [{"web": 30, "book": 15}, {"book": 40}])
    whole = MixedDataset(run.root, plan, seed=3)
    expected = [whole[whole.draw(k).number]["document_ids"] for k in range(85)]
    found, groups, states = [], [], []
    for batch in loader(MixedDataset(run.root, plan, seed=3), 4, num_workers=workers):
        found += batch["document_ids"]
        groups += batch["groups"]
        states.append(batch["state"])
    assert found == [name for names in expected for name in names]
    assert groups == [whole.draw(k).group for k in range(85)]
    assert [state["position"] for state in states] == [*range(4, 85, 4), 85]
    ranks = [TorchPackedDataset(MixedDataset(run.root, plan, r, 3, 3), 2) for r in range(3)]
    rest = []
    for rank in ranks:
        rank.resume(states[9])
        loaded = DataLoader(rank, batch_size=None, num_workers=workers)
        rest += [name for batch in loaded for name in batch["document_ids"]]
    assert sorted(rest) == sorted(name for names in expected[40:] for name in names)


def test_stacks_with_a_collate_of_ones_own(run: Run) -> None:
    def stack(samples: list[dict[str, np.ndarray]]) -> dict[str, torch.Tensor]:
        return {"input_ids": torch.tensor(np.stack([s["input_ids"] for s in samples]))}

    first = next(iter(TorchPackedDataset(PackedDataset(run.root), 4, stack)))
    assert first["input_ids"].shape == (4, 64)
    with pytest.raises(ValueError, match="batch_size"):
        TorchPackedDataset(PackedDataset(run.root), 0)


def test_real_shards(real_run: Path) -> None:
    data = PackedDataset(real_run)
    order = data.order(0)
    batches = loader(data, 8, num_workers=2)
    at = 0
    for batch in batches:
        for ids in batch["input_ids"].split(data.manifest.sequence_tokens):
            assert ids.tolist() == data[order[at]]["input_ids"].tolist()
            at += 1
    assert at == len(data)


@pytest.mark.parametrize("taken", [0, 1, 3])
def test_is_stateful_as_loaders_want_it(run: Run, taken: int) -> None:
    whole = [b["state"] for b in TorchPackedDataset(PackedDataset(run.root, seed=2), 4)]
    dataset = TorchPackedDataset(PackedDataset(run.root, seed=2), 4)
    stream = iter(dataset)
    states = [next(stream)["state"] for _ in range(taken)]
    fresh = TorchPackedDataset(PackedDataset(run.root, seed=2), 4)
    fresh.load_state_dict(dataset.state_dict())
    assert states + [b["state"] for b in fresh] == whole
    assert [b["state"] for b in fresh] == whole  # once skipped, never again
    with pytest.raises(ValueError, match="batch_size"):
        TorchPackedDataset(PackedDataset(run.root, seed=2), 2).load_state_dict(fresh.state_dict())
    two = TorchPackedDataset(PackedDataset(run.root, 0, 2, seed=2), 4)
    with pytest.raises(ValueError, match="world_size"):
        two.load_state_dict(fresh.state_dict())


@pytest.mark.filterwarnings("ignore::UserWarning", "ignore::DeprecationWarning")
@pytest.mark.parametrize("workers", [0, 2])
def test_with_a_stateful_loader(run: Run, workers: int) -> None:
    stateful = pytest.importorskip("torchdata.stateful_dataloader").StatefulDataLoader

    def loader() -> Iterable[dict]:
        dataset = TorchPackedDataset(PackedDataset(run.root, seed=2), 3)
        return stateful(dataset, batch_size=None, num_workers=workers)

    whole = [b["state"] for b in loader()]
    first = loader()
    stream = iter(first)
    seen = [next(stream)["state"] for _ in range(4)]
    second = loader()
    second.load_state_dict(first.state_dict())
    assert seen + [b["state"] for b in second] == whole


def test_masks_for_flex_attention(run: Run) -> None:
    data = PackedDataset(run.root)
    batch = collate_varlen([data[0], data[1]])
    mask_mod = document_mask_mod(batch["cu_seqlens"])
    places = torch.arange(int(batch["cu_seqlens"][-1]))
    zero = torch.zeros((), dtype=torch.long)
    made = mask_mod(zero, zero, places[:, None], places[None, :])
    assert torch.equal(made, document_mask(batch["cu_seqlens"]))
    rows = collate_rows([data[0], data[1]])
    assert rows["attention_mask"].dtype == torch.bool
    assert rows["input_ids"].shape == (2, run.sequence_tokens)
