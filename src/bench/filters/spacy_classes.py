"""Writes the character classes and units of spaCy's English splitter.

    spacy_classes.py > filters/src/main/resources/org/gristmill/filters/spacy-en.classes

Run with spaCy 3.8. A line is a name and hexadecimal ranges of code points (FIRST, FIRST-LAST or
FIRST-LAST/STEP), that of the units their strings. What it writes are facts of spaCy's published
language data (MIT licence) and of datatrove's list of punctuation (Apache-2.0).
"""

import re
import sys

from datatrove.utils.text import PUNCTUATION_SET
from spacy.lang import char_classes as c
from spacy.pipeline import Sentencizer


def members(char_class):
    match = re.compile("[" + char_class + "]").match
    return {cp for cp in range(0x110000) if not 0xD800 <= cp < 0xE000 and match(chr(cp))}


def singles(pieces):
    return {ord(p[-1]) for p in pieces if len(p.lstrip("\\")) == 1}


def ranges(points):
    points, out, i = sorted(points), [], 0
    while i < len(points):
        step = points[i + 1] - points[i] if i + 1 < len(points) else 1
        j = i
        while step <= 2 and j + 1 < len(points) and points[j + 1] - points[j] == step:
            j += 1
        if step == 2 and j < i + 2:
            j = i
        last = f"-{points[j]:X}" if j > i else ""
        out.append(f"{points[i]:X}{last}" + ("/2" if j > i and step == 2 else ""))
        i = j + 1
    return " ".join(out)


alpha, lower, upper = members(c.ALPHA), members(c.ALPHA_LOWER), members(c.ALPHA_UPPER)
for name, points in {
    "uncased": lower & upper,
    "lower": lower - upper,
    "upper": upper - lower,
    "other-case": alpha - lower - upper,
    "quote": singles([q for q in c.LIST_QUOTES if q]),
    "punctuation": singles(c.LIST_PUNCT),
    "icon": members(c.CONCAT_ICONS),
    "currency": singles(c.LIST_CURRENCY),
    "ends-sentence": {ord(p) for p in Sentencizer.default_punct_chars},
    "datatrove-symbol": {ord(p) for p in PUNCTUATION_SET},
}.items():
    sys.stdout.write(f"{name} {ranges(points)}\n")
sys.stdout.write("units " + " ".join(c.LIST_UNITS) + "\n")
