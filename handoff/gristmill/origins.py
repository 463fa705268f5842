"""From the ids of documents to where they came from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import pyarrow.dataset as ds

from gristmill.manifest import ShardError


@dataclass(frozen=True)
class Origin:
    """``url`` is the record's address or name, ``offset`` where it starts in ``file``."""

    document: str
    source: str
    file: str
    offset: int
    url: str


def origins(root: str | Path, documents: Collection[str]) -> dict[str, Origin]:
    """Where documents came from, as the pipeline's table of them says; by id.

    Args:
        root: the pipeline's root, with its ``tables``.
        documents: their ids, of ``data.lineage(i)`` for example.

    Raises:
        ShardError: the table is not there, or does not have one of them.
    """
    table = Path(root) / "tables" / "documents"
    # An id is a hash of what it names: files that the table no longer lists say the same of it.
    files = sorted(str(file) for file in table.rglob("*.parquet") if "_delta_log" not in file.parts)
    if not files:
        raise ShardError(table, "the table of documents", "none")
    columns = ["id", "source", "file", "offset", "url"]
    wanted = ds.field("id").isin(list(documents)) & (ds.field("status") == "document")
    data = ds.dataset(files, format="parquet", partitioning=ds.HivePartitioning.discover())
    rows = data.to_table(columns=columns, filter=wanted).to_pylist()
    found = {
        row["id"]: Origin(row["id"], row["source"], row["file"], row["offset"], row["url"])
        for row in rows
    }
    missing = sorted(set(documents) - set(found))
    if missing:
        raise ShardError(table, f"document {missing[0]}", "none of that id")
    return found
