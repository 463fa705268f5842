"""Reads the packed, checksummed token shards that Gristmill writes.

``gristmill.torch`` is imported only by those who have torch.
"""

from gristmill.dataset import Lineage, PackedDataset, Piece, Sample, State
from gristmill.manifest import Generation, Manifest, ShardError, ShardFile
from gristmill.megatron import MegatronShard
from gristmill.mixed import Draw, MixedDataset, MixedState
from gristmill.objectives import (
    backward_labels,
    dynamic_masks,
    encoder_decoder,
    prefix_labels,
)
from gristmill.order import Permutation
from gristmill.origins import Origin, origins
from gristmill.plan import Interleave, Plan
from gristmill.varlen import (
    IGNORED,
    collate_rows,
    collate_varlen,
    document_mask,
    segment_ids,
)

__all__ = [
    "IGNORED",
    "Draw",
    "Generation",
    "Interleave",
    "Lineage",
    "Manifest",
    "MegatronShard",
    "MixedDataset",
    "MixedState",
    "Origin",
    "PackedDataset",
    "Permutation",
    "Piece",
    "Plan",
    "Sample",
    "ShardError",
    "ShardFile",
    "State",
    "backward_labels",
    "collate_rows",
    "collate_varlen",
    "document_mask",
    "dynamic_masks",
    "encoder_decoder",
    "origins",
    "prefix_labels",
    "segment_ids",
]
