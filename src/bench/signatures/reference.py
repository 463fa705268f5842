#!/usr/bin/env python3
"""Signatures by datatrove and data-prep-kit's rules, for the tests of org.gristmill.dedup.reference.

  reference.py fixture                writes the lines of the tests' fixture, made by datatrove
                                      itself and, for data-prep-kit, by the rules written down here
  reference.py golden FDEDUP > FILE  checks those rules against data-prep-kit's own expected files
                                      (its transforms/universal/fdedup/.../test-data) and puts out
                                      what they hold, one JSON object a line, for
                                      mvn test -pl dedup -am -Dtest=SignaturesTest -Dfdedup=FILE

Needs: pip install datatrove spacy tokenizers 'xxhash<4' numpy mmh3 pyarrow regex (tried with datatrove 0.10.1)
"""
import glob
import json
import re
import sys
import unicodedata

import mmh3
import numpy as np

TEXTS = [
    "The mill stands by the river. It has been grinding corn since 1,850.75, hasn't it? Yes: it has!",
    "Die Mühle steht am Fluß; sie mahlt seit 12 Jahren Korn, und der Müller (ein Öko-Bauer) hört nicht auf.",
    "ΑΒΓ ΟΔΟΣ ας. Привет, мир 3.5 ٣٫٤ １２ naïve café cafe\u0301 İstanbul \u1e9e ﬁne Ⅷ",
    "水磨在河边。人们在这里磨了很多年的面粉。你见过它吗？ one two three four five six",
    "a b\u00a0c\u2003d\te\r\nf\x07g\x85h — “i” _j_ @k [l] {m} n/o 1|2|3 p",
    "one two three four",
    "",
    "... !",
    "\u0301 five marks \u0301\u0301 and six more words here, 7 ",
]


def simplified(text):
    import datatrove.utils.text as t

    return t.simplify_text(text)


def datatrove(text, fc):
    from datatrove.pipeline.dedup.minhash import MinhashConfig, MinhashDedupSignature
    from datatrove.utils.hashing import HashConfig

    step = MinhashDedupSignature(
        "/tmp/none", MinhashConfig(hash_config=HashConfig(precision=64, hash_fc=fc)), language="eng_Latn"
    )
    shingles = step.get_shingles(text)
    words = step.word_tokenizer.word_tokenize(simplified(text))
    return words, [h for b in step.get_signature(shingles) for h in b] if shingles.size else []


PUNCTUATION = "!/—”:％１〈&(、━\\【#%「」，】；+^]~“《„';’{|∶´[=-`*．（–？！：$～«〉,><》)?）。…@_.\"}►»" + "".join(
    chr(x) for a, b in ((0, 9), (11, 13), (13, 32), (127, 160)) for x in range(a, b)
)


def dpk(text):
    s = re.sub(r"\d+(\.\d+)?", "0", text.lower()).translate(str.maketrans(PUNCTUATION, " " * len(PUNCTUATION)))
    s = re.sub(r"\s+", " ", s.strip())
    s = "".join(c for c in unicodedata.normalize("NFD", s) if unicodedata.category(c) != "Mn").strip()
    w = s.split()
    shingles = [" ".join(w[i : i + 5]) for i in range(max(1, len(w) - 4))]
    gen = np.random.RandomState(42)
    top = np.uint64((1 << 64) - 1)
    factors = np.array([gen.randint(0, top, dtype=np.uint64) for _ in range(112)], dtype=np.uint64)
    factors |= np.uint64(1)
    x = np.array([mmh3.hash(s, signed=False) for s in shingles], dtype=np.uint64)
    with np.errstate(over="ignore"):
        signature = ((x[:, None] * factors[None, :]) >> np.uint64(32)).min(axis=0).astype(np.uint32)
    bands = [mmh3.hash64(signature[i : i + 8].tobytes(), seed=42, signed=False)[0] for i in range(0, 112, 8)]
    return [int(v) for v in signature], bands


def fixture():
    for text in TEXTS:
        words, xx = datatrove(text, "xxhash")
        _, sha = datatrove(text, "sha1")
        signature, bands = dpk(text)
        row = dict(
            text=text, simplified=simplified(text), words=words, xxhash=xx, sha1=sha, fdedup=signature, bands=bands
        )
        print(json.dumps(row))


def golden(folder):
    import pyarrow.parquet as pq

    def rows(pattern):
        for f in sorted(glob.glob(folder + pattern)):
            yield from ((f, r) for r in pq.ParquetFile(f).read().to_pylist())

    texts = {r["int_id_column"]: r["contents"] for _, r in rows("/input/*/*.parquet")}
    signed, bands, signatures, hashes = {}, {}, 0, 0
    for f, r in rows("/expected/signature_calc/bands/*/*/*/*.parquet"):
        band = int(re.search(r"band=(\d+)", f).group(1))
        data = r["document_data"]
        ours, our_bands = dpk(texts[data["int_id_column"]])
        assert [v % 2**32 for v in data["minhashes"]] == ours, data["int_id_column"]
        assert r["band_hash"] % 2**64 == our_bands[band]
        signatures, hashes = signatures + 1, hashes + 1
        signed[data["int_id_column"]] = (ours, data["document_length"])
        bands.setdefault(data["int_id_column"], {})[band] = our_bands[band]
    gone = sorted(r["docs_to_remove"] for _, r in rows("/expected/docs_to_remove_consolidated/*.parquet"))
    for key, text in texts.items():
        signature, length = signed[key]
        of = bands[key]
        print(json.dumps(dict(id=key, text=text, length=length, fdedup=signature, bands=[of[b] for b in sorted(of)], gone=key in gone)))
    print(f"{signatures} signatures and {hashes} band hashes are equal", file=sys.stderr)


if __name__ == "__main__":
    if sys.argv[1:] == ["fixture"]:
        fixture()
    elif sys.argv[1:2] == ["golden"] and len(sys.argv) == 3:
        golden(sys.argv[2])
    else:
        sys.exit(__doc__)
