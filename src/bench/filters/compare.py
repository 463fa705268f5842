"""Compares words and verdicts with those of datatrove from PyPI, document by document.

    compare.py DOCUMENTS.jsonl OURS.tsv [THEIRS.tsv]

OURS.tsv is what the class Verdicts of the tests printed for the same documents. What datatrove
says is written to THEIRS.tsv, and read from there if it is there already.
"""

import hashlib
import json
import os
import sys
from collections import Counter

RULES = {
    "gopher_short_doc": "gopher-quality.words<",
    "gopher_long_doc": "gopher-quality.words>",
    "gopher_below_avg_threshold": "gopher-quality.mean-word-length<",
    "gopher_above_avg_threshold": "gopher-quality.mean-word-length>",
    "gopher_too_many_hashes": "gopher-quality.hash-ratio>",
    "gopher_too_many_ellipsis": "gopher-quality.ellipsis-ratio>",
    "gopher_too_many_bullets": "gopher-quality.bullet-lines>",
    "gopher_too_many_end_ellipsis": "gopher-quality.ellipsis-lines>",
    "gopher_below_alpha_threshold": "gopher-quality.alphabetic-words<",
    "gopher_enough_stop_words": "gopher-quality.stop-words<",
    "dup_para_frac": "gopher-repetition.duplicate-paragraphs>",
    "dup_para_char_frac": "gopher-repetition.duplicate-paragraph-chars>",
    "dup_line_frac": "gopher-repetition.duplicate-lines>",
    "dup_line_char_frac": "gopher-repetition.duplicate-line-chars>",
    "lorem_ipsum": "c4-lines.lorem-ipsum-lines>",
    "curly_bracket": "c4-lines.curly-bracket-lines>",
    "too_few_sentences": "c4-lines.sentences<",
    "empty": "fineweb-quality.lines<",
    "line_punct_ratio": "fineweb-quality.terminal-lines<",
    "short_line_ratio": "fineweb-quality.short-lines>",
    "char_dup_ratio": "fineweb-quality.duplicate-line-chars>",
    "list_ratio": "fineweb-quality.newline-ratio>",
}
for n in range(2, 5):
    RULES[f"top_{n}_gram"] = f"gopher-repetition.top-{n}-gram>"
for n in range(5, 11):
    RULES[f"duplicated_{n}_n_grams"] = f"gopher-repetition.duplicate-{n}-grams>"


def sha(text):
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def theirs(documents):
    from functools import lru_cache

    from datatrove.data import Document
    from datatrove.pipeline import filters
    from datatrove.pipeline.filters import (
        fineweb_quality_filter,
        gopher_quality_filter,
        gopher_repetition_filter,
    )
    from datatrove.utils.text import split_into_words

    once = lru_cache(2)(split_into_words)  # the same answer, found once for three filters
    for module in fineweb_quality_filter, gopher_quality_filter, gopher_repetition_filter:
        module.split_into_words = once
    chain = [
        filters.GopherQualityFilter(),
        filters.GopherRepetitionFilter(),
        filters.C4QualityFilter(),
        filters.FineWebQualityFilter(),
    ]
    for line in documents:
        text = json.loads(line)["text"]
        words = once(text, "eng")
        row = [str(len(words)), sha("".join(w + "\n" for w in words))]
        for judge in chain:
            document = Document(text=text, id="")
            verdict = judge.filter(document)
            row.append("keep " + sha(document.text) if verdict is True else RULES[verdict[1]])
        yield "\t".join(row)


with open(sys.argv[1], encoding="utf-8") as file:
    documents = file.readlines()
if len(sys.argv) < 4 or not os.path.exists(sys.argv[3]):
    rows = list(theirs(documents))
    if len(sys.argv) == 4:
        with open(sys.argv[3], "w") as file:
            file.writelines(row + "\n" for row in rows)
else:
    rows = open(sys.argv[3]).read().splitlines()
ours = open(sys.argv[2]).read().splitlines()
assert len(rows) == len(ours) == len(documents), (len(rows), len(ours), len(documents))

names = ["words", "words", "gopher-quality", "gopher-repetition", "c4-lines", "fineweb-quality"]
same, texts, different = Counter(), Counter(), []
for document, our, their in zip(documents, ours, rows):
    our, their = our.split("\t"), their.split("\t")
    same["words"] += our[:2] == their[:2]
    if our[:2] != their[:2]:
        different.append((json.loads(document)["id"], "words", their[0], our[0]))
    for name, a, b in zip(names[2:], our[2:], their[2:]):
        equal = a.split(" ")[0] == b.split(" ")[0]
        same[name] += equal
        texts[name] += a == b
        if not equal:
            different.append((json.loads(document)["id"], name, b, a))
total = len(documents)
print(f"{total} documents, {sum(len(d) for d in documents)} characters")
for name in names[1:]:
    print(f"{name}: {same[name]} equal, {100 * same[name] / total:.2f} %")
print(f"c4-lines, text left equal too: {texts['c4-lines']}")
for ident, name, their, our in different[:200]:
    print(f"{name}\t{their}\t{our}\t{ident}")
