#!/usr/bin/env python3
"""Writes the general categories of a version of Unicode as tokenize/ reads them.

    pip install unicodedata2==16.0.0 tiktoken==0.14.0
    unicode_table.py > tokenize/src/main/resources/org/gristmill/tokenize/bpe/unicode-16.0.txt
    unicode_table.py --check   # compares tiktoken's own \\p{..} and \\s over all code points

The first line names the version; each other line is a run: its first code point in hexadecimal
and its category. The categories are those of unicodedata2, which is made from the Unicode
Character Database; White_Space needs no table: Zs, Zl, Zp, U+0009 to U+000D and U+0085.
"""
import sys

import unicodedata2

CODE_POINTS = 0x110000
SURROGATES = range(0xD800, 0xE000)


def write():
    print(f"Unicode {unicodedata2.unidata_version}")
    last = None
    for code in range(CODE_POINTS):
        category = unicodedata2.category(chr(code))
        if category != last:
            print(f"{code:X} {category}")
            last = category


def check():
    import tiktoken

    everything = "".join(chr(c) for c in range(CODE_POINTS) if c not in SURROGATES)
    categories = {}
    for char in everything:
        categories.setdefault(unicodedata2.category(char), set()).add(char)
    white = categories["Zs"] | categories["Zl"] | categories["Zp"] | set("\t\n\v\f\r\x85")
    different = 0
    for pattern, ours in [(r"\p{%s}" % c, s) for c, s in categories.items()] + [(r"\s", white)]:
        # Ordinary encoding leaves out what the pattern does not match.
        encoding = tiktoken.Encoding(
            "bytes",
            pat_str=pattern,
            mergeable_ranks={bytes([b]): b for b in range(256)},
            special_tokens={},
        )
        ids = encoding.encode_ordinary(everything)
        theirs = set(encoding.decode_bytes(ids).decode())
        if theirs != ours:
            different += 1
            print(pattern, sorted(hex(ord(c)) for c in theirs ^ ours)[:10])
    print(f"Unicode {unicodedata2.unidata_version}, tiktoken {tiktoken.__version__}:", end=" ")
    print(f"{len(categories) + 1} classes over all code points, {different} different")
    return different


if __name__ == "__main__":
    if "--check" in sys.argv[1:]:
        sys.exit(1 if check() else 0)
    write()
