"""Made-up tables in the pipeline's schemas, to test the notebook without running the pipeline."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
from deltalake import write_deltalake

LANGUAGES = {"web": ["en", "en", "zh", "und"], "books": ["en", "zh"], "code": ["und"]}
SEQUENCE_TOKENS = 2048
WORDS = ["mill", "grain", "water", "wheel", "石磨", "谷物", "水车", "<b>bold</b>", "&", "$x$"]

SCHEMAS = {
    "documents": "batch s,source s,kind s,status s,id s,file s,offset l,url s,text s,meta ms,"
    "reason s,detail s",
    "judged": "batch s,source s,kind s,id s,file s,offset l,url s,language s,text s,kept b,rule s,"
    "measured d,limit d,numbers md",
    "signatures": "batch s,source s,id s,contentHash s,bands al,shingles y,bytes l,fingerprint y",
    "clusters": "batch s,source s,id s,keeper s,kind s,similarity d",
    "tokens": "batch s,source s,language s,id s,tokens y,length l",
    "shards": "batch s,number i,shard i,format s,path s,sha256 s,bytes l,sequences l,tokens l,"
    "padding l,documents l,sources parts,madeOf ms",
}
TYPES = {
    "s": pa.string(),
    "l": pa.int64(),
    "i": pa.int32(),
    "d": pa.float64(),
    "b": pa.bool_(),
    "y": pa.binary(),
    "al": pa.list_(pa.int64()),
    "ms": pa.map_(pa.string(), pa.string()),
    "md": pa.map_(pa.string(), pa.float64()),
    "parts": pa.list_(
        pa.struct(
            {
                "source": pa.string(),
                "documents": pa.int64(),
                "tokens": pa.int64(),
                "sequences": pa.int64(),
            }
        )
    ),
}
LIMITS = {"quality.words": 50.0, "quality.symbols": 0.1, "language.score": 0.65}

Row = dict[str, object]


def schema(table: str) -> pa.Schema:
    fields = (field.split(" ") for field in SCHEMAS[table].split(","))
    return pa.schema([(name, TYPES[kind]) for name, kind in fields])


def write(root: Path, table: str, rows: list[Row]) -> None:
    names = schema(table).names
    full = [{name: row.get(name) for name in names} for row in rows]
    data = pa.Table.from_pylist(full, schema(table))
    write_deltalake(root / "tables" / table, data, partition_by=["batch"])


def judge(chance: np.random.Generator, source: str, number: int) -> Row:
    """A document that is dropped by the first of ``LIMITS`` that it breaks."""
    numbers = {
        "quality.words": float(int(chance.lognormal(5.5, 1.2))),
        "quality.symbols": float(chance.exponential(0.03)),
        "language.score": float(chance.beta(8, 1.2)),
        "quality.lines": float(chance.integers(1, 50)),
    }
    rule = ""
    for name, limit in LIMITS.items():
        bad = numbers[name] > limit if name == "quality.symbols" else numbers[name] < limit
        rule = rule or (name if bad else "")
    count = int(numbers["quality.words"])
    return {
        "batch": f"{source}-1",
        "source": source,
        "id": f"{source}-{number:05}",
        "language": str(chance.choice(LANGUAGES[source])),
        "text": " ".join(chance.choice(WORDS, min(count, 400))),
        "kept": not rule,
        "rule": rule,
        "measured": numbers.get(rule, 0.0),
        "limit": LIMITS.get(rule, 0.0),
        "numbers": list(numbers.items()),
    }


def cluster(chance: np.random.Generator, kept: list[Row]) -> list[Row]:
    """All but one of groups of two to nine of the kept documents; near ones differ in a word."""
    rows: list[Row] = []
    left = [kept[i] for i in chance.permutation(len(kept))[: len(kept) // 3]]
    while len(left) > 9:
        size = min(9, 1 + int(chance.zipf(2.0)) or 2)
        group = [left.pop() for _ in range(max(2, size))]
        first, *others = group
        for member in others:
            near = bool(chance.random() < 0.5)
            words = str(first["text"]).split(" ")
            if near:
                words[len(words) // 2] = "另"
            member["text"] = " ".join(words)
            rows.append(
                {
                    **{name: member[name] for name in ("batch", "source", "id")},
                    "keeper": first["id"],
                    "kind": "near" if near else "exact",
                    "similarity": 0.9 if near else 1.0,
                }
            )
    return rows


def shard_rows(generation: str, number: int, tokens: list[Row], shards: int) -> list[Row]:
    made_of = sorted((batch, "1/1") for batch in {str(row["batch"]) for row in tokens})
    rows: list[Row] = []
    for shard in range(shards):
        part = tokens[shard::shards]
        total = sum(int(row["length"]) for row in part)
        sequences = -(-total // SEQUENCE_TOKENS)
        sources = [
            {
                "source": source,
                "documents": sum(row["source"] == source for row in part),
                "tokens": sum(int(row["length"]) for row in part if row["source"] == source),
                "sequences": 0,
            }
            for source in LANGUAGES
        ]
        for suffix in ("arrow/{}.arrow", "megatron/{}.bin", "megatron/{}.idx"):
            rows.append(
                {
                    "batch": generation,
                    "number": number,
                    "shard": shard,
                    "format": suffix.split("/")[0],
                    "path": suffix.format(f"shard-{shard:05}-of-{shards:05}"),
                    "sha256": f"{shard:064x}",
                    "bytes": 4 * sequences * SEQUENCE_TOKENS,
                    "sequences": sequences,
                    "tokens": total,
                    "padding": sequences * SEQUENCE_TOKENS - total,
                    "documents": len(part),
                    "sources": sources,
                    "madeOf": made_of,
                }
            )
    return rows


def write_tables(root: Path, documents: int = 3000, quiet: bool = False) -> dict[str, int]:
    """Writes all tables and returns their totals; ``quiet``: nothing dropped, broken or doubled."""
    chance = np.random.default_rng(1)
    sources = chance.choice(list(LANGUAGES), documents, p=[0.6, 0.1, 0.3])
    judged = [judge(chance, str(source), i) for i, source in enumerate(sources)]
    judged = [row for row in judged if row["kept"]] if quiet else judged
    kept = [row for row in judged if row["kept"]]
    clusters = [] if quiet else cluster(chance, kept)
    gone = {row["id"] for row in clusters}
    broken = 0 if quiet else documents // 50
    tokens = [
        {**row, "length": 1 + int(dict(row["numbers"])["quality.words"] * 1.4)}
        for row in kept
        if row["id"] not in gone
    ]
    found = [{**row, "status": "document"} for row in judged]
    found += [
        {"batch": f"{source}-1", "source": source, "status": "quarantined", "reason": "bad-utf8"}
        for source in chance.choice(list(LANGUAGES), broken)
    ]
    found += [{"batch": f"{s}-1", "source": s, "status": "file", "file": s} for s in LANGUAGES]
    write(root, "documents", found)
    # Every other text as if a filter had rewritten it; where none did, only documents has it.
    verdicts = [{**row, "text": row["text"] if i % 2 else None} for i, row in enumerate(judged)]
    write(root, "judged", verdicts)
    write(root, "signatures", kept)
    write(root, "clusters", clusters)
    write(root, "tokens", tokens)
    half = len(tokens) // 2
    shards = shard_rows("fedcba9876543210", 0, tokens[:half], 4)
    write(root, "shards", shards + shard_rows("0123456789abcdef", 1, tokens[half:], 3))
    return {
        "records": len(judged) + broken,
        "quarantined": broken,
        "dropped": len(judged) - len(kept),
        "duplicates": len(gone),
        "documents": len(tokens),
        "tokens": sum(int(row["length"]) for row in tokens),
    }
