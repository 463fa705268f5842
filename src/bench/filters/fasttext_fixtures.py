"""Trains the tiny models of FastTextTest and writes what the library of fastText says of some lines.

    fasttext_fixtures.py OUT        # filters/src/test/resources/org/gristmill/filters/fasttext
"""

import random
import sys
import tempfile
from pathlib import Path

import fasttext

out = Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
random.seed(11)
words = {
    "mill": "mill grain stone water wheel flour miller sack Mühle 水車".split(),
    "sea": "sea ship wave salt sail harbour gull storm море 海".split(),
    "sky": "sky cloud star moon wind bird kite blue नभ فلك".split(),
}
lines = []
for _ in range(240):
    label = random.choices(list(words), [4, 2, 1])[0]
    text = random.choices(words[label] + ["the", "a", "of", "and"], k=random.randint(3, 9))
    lines.append(f"__label__{label} {' '.join(text)}\n")
tests = [
    "the mill of stone", "sail a ship", "blue kites", "", " ", "unknown", "海 水車 फलक", "</s>",
    "moon </s> mill mill mill", "__label__sea star", "__label__new star", "a\tb\x0bc\x0cd\re",
    "salt\u00a0sea", "salt\u3000sea", "𝒳 é e\u0301", "<mill>", "mills millers", "ÿÿÿ",
]  # fmt: skip
(out / "lines.txt").write_text("\n".join(tests) + "\n", encoding="utf-8")
models = {
    "softmax.bin": {"loss": "softmax"},
    "softmax-words.bin": {"loss": "softmax", "wordNgrams": 3},
    "ova.bin": {"loss": "ova", "minn": 1, "maxn": 3},
    "ns.bin": {"loss": "ns", "minn": 2, "maxn": 4, "wordNgrams": 2},
    "hs.bin": {"loss": "hs", "minn": 2, "maxn": 3, "wordNgrams": 2},
    "softmax.ftz": {"loss": "softmax", "minn": 2, "maxn": 4, "wordNgrams": 2},
    "hs-pruned.ftz": {"loss": "hs", "minn": 2, "maxn": 4, "wordNgrams": 2},
    "ova-pruned.ftz": {"loss": "ova", "wordNgrams": 2},
}
with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as train:
    train.writelines(lines)
    train.flush()
    for name, options in models.items():
        buckets = 300 if options.get("maxn") or options.get("wordNgrams") else 0
        model = fasttext.train_supervised(
            train.name, dim=5, epoch=30, lr=0.5, thread=1, bucket=buckets, verbose=0, **options
        )
        if name.endswith("ftz"):
            pruned = 280 if "pruned" in name else 0
            model.quantize(input=train.name, qnorm="pruned" in name, cutoff=pruned, dsub=2)
        model.save_model(str(out / name))
        with open(out / f"{name}.tsv", "w", encoding="utf-8") as expected:
            for text in tests:
                found = model.f.predict(text + "\n", 3, 0.0, "strict")
                expected.write("\t".join(f"{label} {p!r}" for p, label in found) + "\n")
vectors = fasttext.train_unsupervised(
    __file__, dim=2, epoch=1, bucket=10, minCount=5, thread=1, verbose=0
)
vectors.save_model(str(out / "vectors.bin"))
