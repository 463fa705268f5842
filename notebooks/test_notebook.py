"""Runs the notebook, on made-up tables and on those of a pipeline if there are any."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Collection
from pathlib import Path

import nbformat
import pytest
from deltalake import DeltaTable
from nbclient import NotebookClient

from synthetic_tables import write_tables

NOTEBOOK = Path(__file__).with_name("corpus-statistics.ipynb")
LACKING = {"figure:scores", "figure:clusters", "table:near"}


def execute(root: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, nbformat.NotebookNode]:
    """The code cells by their tag, executed; raises CellExecutionError if one fails."""
    monkeypatch.setenv("GRISTMILL_ROOT", str(root))
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    resources = {"metadata": {"path": str(NOTEBOOK.parent)}}
    NotebookClient(notebook, timeout=600, resources=resources).execute()
    return {c.metadata.tags[0]: c for c in notebook.cells if c.cell_type == "code"}


def shown(cell: nbformat.NotebookNode, kind: str) -> str:
    """What the cell shows of a media type, or ""."""
    return "".join(o.data.get(kind, "") for o in cell.outputs if "data" in o)


def check(cells: dict[str, nbformat.NotebookNode], may_lack: Collection[str] = ()) -> None:
    """Every figure and table is there, but those that a corpus need not have."""
    for tag, cell in cells.items():
        assert not [o for o in cell.outputs if o.get("name") == "stderr"], tag
        if tag.startswith("table:") and tag not in may_lack:
            assert "<table" in shown(cell, "text/html"), tag
        if tag.startswith("figure:") and tag not in may_lack:
            assert len(shown(cell, "image/png")) > 5000, tag
    assert sum(tag.startswith("figure:") for tag in cells) == 6


def totals_of(cells: dict[str, nbformat.NotebookNode]) -> dict[str, str]:
    """The last row of the ledger, by column."""
    table = shown(cells["table:ledger"], "text/html")
    columns = re.findall(r"<th [^>]*>([^<]*)<", table)
    return dict(zip(columns, re.findall(r"<td[^>]*>([^<]*)<", table)[-len(columns) :], strict=True))


def test_is_committed_without_outputs() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert not cell.outputs
            assert cell.execution_count is None


def test_made_up_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    totals = write_tables(tmp_path)
    cells = execute(tmp_path, monkeypatch)
    check(cells)
    expected = {name: f"{n:,}" for name, n in totals.items()}
    assert totals_of(cells) == {"source": "all", **expected, "unaccounted": "0"}
    dropped = shown(cells["table:dropped"], "text/html")
    assert dropped.count("<tr") == 1 + 9, "three of each rule"
    assert "石磨" in dropped
    assert "&lt;b&gt;bold" in dropped, "texts are escaped"
    assert "<ins>另</ins>" in shown(cells["table:near"], "text/html")


@pytest.mark.parametrize("missing", ["", "clusters", "shards"])
def test_nothing_dropped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    totals = write_tables(tmp_path, 100, quiet=True)
    if missing:
        shutil.rmtree(tmp_path / "tables" / missing)
    cells = execute(tmp_path, monkeypatch)
    check(cells, may_lack=LACKING | {"figure:shards"})
    assert totals_of(cells)["tokens"] == f"{totals['tokens']:,}"


def test_a_keeper_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_tables(tmp_path, 600)
    for name in ("documents", "judged", "signatures", "clusters", "tokens"):
        DeltaTable(tmp_path / "tables" / name).delete("batch = 'web-1'")
    cells = execute(tmp_path, monkeypatch)
    check(cells)
    assert totals_of(cells)["unaccounted"] == "0"
    assert "kept in batches that are gone" in shown(cells["table:duplicates"], "text/html")


def test_a_pipelines_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    root = os.environ.get("GRISTMILL_ROOT")
    if not root:
        pytest.skip("GRISTMILL_ROOT does not name the root of a pipeline that has run")
    cells = execute(Path(root).resolve(), monkeypatch)
    check(cells, may_lack=LACKING)
    assert totals_of(cells)["unaccounted"] == "0"
