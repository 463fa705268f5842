"""Reads the packed, checksummed token shards that Gristmill writes.

``gristmill.torch`` is imported only by those who have torch.
"""

from gristmill.dataset import PackedDataset, Sample, State
from gristmill.manifest import Generation, Manifest, ShardError, ShardFile
from gristmill.megatron import MegatronShard
from gristmill.order import Permutation
from gristmill.varlen import IGNORED, collate_varlen, document_mask

__all__ = [
    "IGNORED",
    "Generation",
    "Manifest",
    "MegatronShard",
    "PackedDataset",
    "Permutation",
    "Sample",
    "ShardError",
    "ShardFile",
    "State",
    "collate_varlen",
    "document_mask",
]
