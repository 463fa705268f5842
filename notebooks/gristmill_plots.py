"""How the notebooks read the tables and what their figures look like."""

from __future__ import annotations

import difflib
import html
import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
from deltalake import DeltaTable
from IPython.display import HTML
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter
from pyarrow import fs

KEPT, DROPPED, DUPLICATE, BROKEN, REST = "#3b6e8f", "#c4622d", "#cdb65a", "#4a4a4a", "#cfcfcf"
SERIES = ["#3b6e8f", "#d08c45", "#6a9a5b", "#8d6a9f", "#b5534c", "#4aa3a2", "#c2a83e", "#7d7d7d"]
INK, FAINT = "#222222", "#767676"
FONTS = ["DejaVu Sans", "Noto Sans CJK SC", "WenQuanYi Micro Hei"]

CSS = """<style>
.gm { border-collapse: collapse; font-size: 13px; }
.gm caption { caption-side: top; text-align: left; font-weight: 600; padding: 4px 0 8px;
              white-space: nowrap; }
.gm th { border-bottom: 1px solid #999; padding: 4px 12px; text-align: right; font-weight: 600; }
.gm td { border-bottom: 1px solid #e4e4e4; padding: 4px 12px; text-align: right;
         font-variant-numeric: tabular-nums; vertical-align: top; }
.gm th.t, .gm td.t { text-align: left; }
.gm td.x { text-align: left; font-family: monospace; white-space: pre-wrap;
           overflow-wrap: anywhere; min-width: 28em; max-width: 52em; }
.gm tr.sum td { font-weight: 600; border-top: 1px solid #999; }
.gm del { background: #f6d5c6; text-decoration: none; }
.gm ins { background: #d3e5ef; text-decoration: none; }
</style>"""


def style() -> HTML:
    """Sets up the figures; returns the tables' style sheet."""
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # fonts without a bold
    installed = set(font_manager.get_font_names())
    plt.rcParams.update(
        {
            "font.family": [font for font in FONTS if font in installed],
            "font.size": 10,
            "text.color": INK,
            "axes.edgecolor": "#999999",
            "axes.labelcolor": FAINT,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.titlelocation": "left",
            "axes.titleweight": "bold",
            "axes.titlesize": 11,
            "axes.titlepad": 12,
            "axes.axisbelow": True,
            "axes.prop_cycle": plt.cycler(color=SERIES),
            "grid.color": "#e6e6e6",
            "xtick.color": FAINT,
            "ytick.color": INK,
            "legend.frameon": False,
            "figure.dpi": 110,
            "figure.constrained_layout.use": True,
        }
    )
    return HTML(CSS)


@dataclass(frozen=True)
class Tables:
    """The committed tables under a pipeline's root; a folder's path or a URL."""

    root: str

    def _delta(self, name: str) -> DeltaTable | None:
        uri = f"{self.root.rstrip('/')}/tables/{name}"
        return DeltaTable(uri) if DeltaTable.is_deltatable(uri) else None

    def open(self, name: str) -> ds.Dataset | None:
        """A table to scan column by column; None if no step of the pipeline has written it."""
        delta = self._delta(name)
        if delta is None:
            return None
        files, path = fs.FileSystem.from_uri(delta.table_uri)
        return delta.to_pyarrow_dataset(filesystem=fs.SubTreeFileSystem(path, files))

    def read(
        self, name: str, columns: Sequence[str], where: ds.Expression | None = None
    ) -> pd.DataFrame:
        """Some columns of some rows; no rows if the table is not there."""
        table = self.open(name)
        if table is None:
            return pd.DataFrame({column: [] for column in columns})
        return table.to_table(columns=list(columns), filter=where).to_pandas()

    def texts(self, ids: Iterable[str]) -> dict[str, str]:
        """The texts of a few documents by id, after rewrites; unchanged ones are documents' own."""
        chosen = ds.field("id").isin(pa.array(list(ids), pa.string()))
        some = self.read("judged", ["id", "text"], chosen)
        unchanged = some.loc[some["text"].isna(), "id"]
        own = self.read(
            "documents", ["id", "text"], ds.field("id").isin(pa.array(list(unchanged), pa.string()))
        )
        rewritten = some.dropna(subset=["text"])
        both = pd.concat([rewritten, own])
        return dict(zip(both["id"], both["text"], strict=True))

    def sources(self, ids: Iterable[str]) -> dict[str, str]:
        """The sources of some documents by id."""
        return self._judged("source", ids)

    def _judged(self, column: str, ids: Iterable[str]) -> dict[str, str]:
        chosen = ds.field("id").isin(pa.array(list(ids), pa.string()))
        some = self.read("judged", ["id", column], chosen)
        return dict(zip(some["id"], some[column], strict=True))

    def numbers(self, names: Sequence[str]) -> pd.DataFrame:
        """Some measurements of all documents: columns name, value, rule (empty if kept)."""
        table = self.open("judged")
        parts = [pd.DataFrame({"name": [], "value": [], "rule": []})]
        for batch in table.to_batches(columns=["rule", "numbers"]) if table else ():
            column = batch.column("numbers")
            offsets = column.offsets.to_numpy()
            entries = slice(offsets[0], offsets[-1])
            part = pd.DataFrame(
                {
                    "name": column.keys[entries].to_pandas(),
                    "value": column.items[entries].to_pandas(),
                    "rule": np.repeat(batch.column("rule").to_pandas(), np.diff(offsets)).values,
                }
            )
            parts.append(part[part["name"].isin(names)])
        return pd.concat(parts[1:] or parts, ignore_index=True)

    def commits(self, names: Sequence[str]) -> pd.DataFrame:
        """Version, rows, files and size of the tables that are there; an error if none is."""
        rows = []
        for name in names:
            delta = self._delta(name)
            if delta is not None:
                files = delta.get_add_actions(flatten=True)
                sizes = np.asarray(files["size_bytes"])
                rows.append((name, delta.version(), self.open(name).count_rows(), *_sum(sizes)))
        if not rows:
            raise FileNotFoundError(f"no tables under {self.root}: set GRISTMILL_ROOT")
        return pd.DataFrame(rows, columns=["table", "version", "rows", "files", "bytes"])


def _sum(sizes: np.ndarray) -> tuple[int, int]:
    return len(sizes), int(sizes.sum())


def cell(value: object) -> str:
    """A number with thousands separated, a text escaped."""
    if isinstance(value, (int, np.integer)) and not isinstance(value, bool):
        return f"{value:,}"
    if isinstance(value, (float, np.floating)):
        return "" if np.isnan(value) else f"{value:,.4g}"
    return value.data if isinstance(value, HTML) else html.escape(str(value))


def show(
    rows: pd.DataFrame,
    caption: str,
    texts: Sequence[str] = (),
    shares: Sequence[str] = (),
    total: bool = False,
) -> HTML:
    """A table; columns in ``texts`` are wide, those in ``shares`` percentages, the last row may
    be a total.
    """
    kinds = {c: "" if pd.api.types.is_numeric_dtype(rows[c]) else "t" for c in rows}
    head = "".join(f'<th class="{kinds[c]}">{html.escape(c)}</th>' for c in rows)
    kinds |= dict.fromkeys(texts, "x")
    body = []
    for i, row in enumerate(rows.itertuples(index=False)):
        shown = (f"{v:.2%}" if c in shares else cell(v) for c, v in zip(rows, row, strict=True))
        cells = (f'<td class="{kinds[c]}">{v}</td>' for c, v in zip(rows, shown, strict=True))
        last = total and i == len(rows) - 1
        body.append(f"<tr{' class=sum' if last else ''}>{''.join(cells)}</tr>")
    title = html.escape(caption)
    return HTML(
        f'<table class="gm"><caption>{title}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(body)}</tbody></table>"
    )


def short(number: float) -> str:
    """1234567 as 1.2M."""
    for unit, size in (("T", 1e12), ("B", 1e9), ("M", 1e6), ("k", 1e3)):
        if abs(number) >= size:
            return f"{number / size:.3g}{unit}"
    return f"{number:.3g}"


SHORT = FuncFormatter(lambda value, _: short(value))


def excerpt(text: str, characters: int = 220) -> str:
    """The beginning of a text, its white space made single, cut with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= characters else line[: characters - 1] + "…"


def top(counts: pd.DataFrame, columns: int, rest: str = "other") -> pd.DataFrame:
    """The columns with the largest sums, the others added up in one."""
    order = counts.sum().sort_values(ascending=False, kind="stable").index
    kept = counts[order[:columns]].copy()
    if len(order) > columns:
        kept[rest] = counts[order[columns:]].sum(axis=1)
    return kept


def stacked(
    axes: Axes, values: pd.DataFrame, colors: Mapping[str, str], notes: Sequence[str]
) -> None:
    """Horizontal bars, one a row, one part a column; a note behind each."""
    left = np.zeros(len(values))
    for name in values.columns:
        axes.barh(
            values.index, values[name], left=left, color=colors[name], label=name, height=0.68
        )
        left += values[name].to_numpy()
    for row, (end, note) in enumerate(zip(left, notes, strict=True)):
        axes.text(end, row, f" {note}", va="center", color=FAINT, fontsize=9)
    axes.invert_yaxis()
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x")
    axes.set_xlim(0, 1.2 * max(left.max(), 1e-9))


def legend_right(axes: Axes) -> None:
    """The legend outside, where it hides nothing."""
    axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.02), fontsize=9, handlelength=1.0)


def shades(names: Sequence[str]) -> dict[str, str]:
    """Reds from dark to light, for the reasons why documents were dropped."""
    dark, light = np.array([0.55, 0.17, 0.09]), np.array([0.96, 0.80, 0.68])
    steps = np.linspace(0, 1, max(2, len(names)))
    return {n: tuple(dark + (light - dark) * s) for n, s in zip(names, steps, strict=False)}


def differences(a: str, b: str) -> tuple[HTML, HTML]:
    """Two texts with what only one of them has marked; words, or single Chinese characters."""
    left, right = (re.findall(r"[^\W\u2e80-\u9fff]+|\s+|.", text) for text in (a, b))
    out_left, out_right = [], []
    for kind, i, j, k, m in difflib.SequenceMatcher(
        None, left, right, autojunk=False
    ).get_opcodes():
        old, new = html.escape("".join(left[i:j])), html.escape("".join(right[k:m]))
        out_left.append(old if kind == "equal" or not old else f"<del>{old}</del>")
        out_right.append(new if kind == "equal" or not new else f"<ins>{new}</ins>")
    return HTML("".join(out_left)), HTML("".join(out_right))
