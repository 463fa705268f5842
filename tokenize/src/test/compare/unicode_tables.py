"""Measures what the installed tokenizers library takes each code point for: unicode_tables.py OUTPUT

Its parts come with Unicode versions of their own (Rust's, those of three crates), so that no single
version of a table would do. A line is NAME TAB RANGES, a range FIRST-LAST in hexadecimal without zeros
in front, `-LAST` left out for one code point; `lower` has FROM=TO for each code point that changes.
"""
import sys

import tokenizers
from tokenizers import Regex, normalizers, pre_tokenizers

CODES = [c for c in range(0x110000) if not 0xD800 <= c < 0xE000]


def ranges(codes):
    out = []
    for c in codes:
        if out and out[-1][1] == c - 1:
            out[-1][1] = c
        else:
            out.append([c, c])
    return " ".join("%x" % a if a == b else "%x-%x" % (a, b) for a, b in out)


def where(test):
    return ranges(c for c in CODES if test(chr(c)))


def scripts():
    step = pre_tokenizers.UnicodeScripts()
    # A letter of each script known so far; code points that are not cut from it are of its script.
    known = {}
    names = {"any": []}
    for c in CODES:
        ch = chr(c)
        if all(len(step.pre_tokenize_str(letter + ch)) == 1 for letter in "aя"):
            names["any"].append(c)
            continue
        for name, letter in known.items():
            if len(step.pre_tokenize_str(letter + ch)) == 1:
                names.setdefault(name, []).append(c)
                break
        else:
            name = "script%d" % len(known)
            known[name] = ch
            names[name] = [c]
    return {name: ranges(codes) for name, codes in names.items()}


def main():
    lower = normalizers.Lowercase()
    clean = normalizers.BertNormalizer(clean_text=True, handle_chinese_chars=False, strip_accents=False, lowercase=False)
    bare = normalizers.BertNormalizer(clean_text=False, handle_chinese_chars=False, strip_accents=True, lowercase=False)
    strip = normalizers.StripAccents()
    words, space = pre_tokenizers.Whitespace(), pre_tokenizers.WhitespaceSplit()
    digits, punctuation = pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.Punctuation("removed")
    space_set = {c for c in CODES if space.pre_tokenize_str(chr(c)) == []}
    table = {
        "space": ranges(sorted(space_set)),
        "numeric": where(lambda c: len(digits.pre_tokenize_str("a" + c)) == 2),
        "punctuation": where(lambda c: punctuation.pre_tokenize_str(c) == []),
        "control": where(lambda c: c not in "\0\ufffd" and clean.normalize_str(c) == ""),
        "nonspacing": where(lambda c: bare.normalize_str(c) == "" ),
        "combining": where(lambda c: strip.normalize_str(c) == ""),
        "word": where(lambda c: ord(c) not in space_set and len(words.pre_tokenize_str("a" + c)) == 1),
    }
    table.update(scripts())
    with open(sys.argv[1], "w", encoding="ascii") as file:
        file.write("tokenizers\t%s\n" % tokenizers.__version__)
        for name, value in table.items():
            file.write("%s\t%s\n" % (name, value))
        changes = ((c, lower.normalize_str(chr(c))) for c in CODES)
        file.write("lower\t%s\n" % " ".join(
            "%x=%s" % (c, "+".join("%x" % ord(l) for l in to)) for c, to in changes if to != chr(c)))


main()
