"""Writes documents of hard words for compare.py: hard_words.py OUT.jsonl [DOCUMENTS [SEED]].

Pieces of spaCy's own rules, addresses, units, marks and letters of many scripts, put together at
random, with all kinds of white space between.
"""

import json
import random
import sys

import spacy
from spacy.lang.char_classes import LIST_CURRENCY, LIST_PUNCT, LIST_QUOTES, LIST_UNITS

chance = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 7)
cases = [c for c in spacy.blank("en").tokenizer.rules if c.strip()]
marks = [p.replace("\\", "") for p in LIST_PUNCT + LIST_QUOTES + LIST_CURRENCY if p]
marks += list(".,;:-—–/'\"’()[]+*^=<>~_°&@#%") + ["..", "...", "…", "--", "---", "——", "://", "'s", "’S"]
words = "a b I US U.S. can don It Mr the end Word NASA étude Ωμ слово 汉字 かな คำ 1 12 2024 3.5 1,000".split()
hosts = "www.example.com example.co.uk a-b.org 8.8.8.8 10.0.0.1 192.168.1.1 x.Y z_.com user@mail.de".split()
ends = [":80", ":8080/x?y=1#z", "/path/to", "?q=a.b", "#top", ":1", ":123456", "/"]
spaces = [" "] * 12 + ["  ", "\n", "\n\n", "\t", " \n", "\u00a0", "\u3000", "\u2028", "\r\n", "\x1c", "\u0085"]
odd = ["\u0301", "ß", "İ", "ǅ", "😀", "𝒳", "\u200b", "\u00ad", "ﬀ", "①", "Ⅳ", "½", "٣", "\ufeff", "\x07"]


def chunk():
    kind = chance.random()
    if kind < 0.25:
        return chance.choice(cases)
    if kind < 0.35:
        scheme = chance.choice(["", "http://", "https://", "x://", "ftp+ssh://", "mailto:"])
        return scheme + chance.choice(hosts) + chance.choice(ends + [""] * 4)
    if kind < 0.45:
        return chance.choice("0123456789") + chance.choice(LIST_UNITS + LIST_CURRENCY).replace("\\", "")
    if kind < 0.75:
        return chance.choice(words)
    return chance.choice(odd) if kind < 0.8 else chance.choice(marks)


with open(sys.argv[1], "w", encoding="utf-8") as out:
    for i in range(int(sys.argv[2]) if len(sys.argv) > 2 else 2000):
        text = ""
        for _ in range(chance.randint(1, 150)):
            text += "".join(chunk() for _ in range(chance.choice([1, 1, 1, 2, 2, 3, 4])))
            text += chance.choice(spaces)
        out.write(json.dumps({"id": f"hard-{i}", "text": text}) + "\n")
