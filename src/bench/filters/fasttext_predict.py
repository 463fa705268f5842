"""Trains small models of fastText in every combination of options, and says what it predicts.

    fasttext_predict.py DATA OUT [MODEL ...]

DATA is the folder that the tests call shared/data. Writes OUT/sentences.txt (sentences in some
eighty languages, one a line, and hard lines), OUT/*.bin and *.ftz, and for each of these and each
MODEL the five best labels with their probabilities, OUT/NAME.theirs.tsv.
"""

import gzip
import itertools
import random
import shutil
import sys
from pathlib import Path

import fasttext

data, out = Path(sys.argv[1]), Path(sys.argv[2])
out.mkdir(parents=True, exist_ok=True)
random.seed(5)

labelled = []
for path in sorted((data / "multilingual/lingua-sentences").glob("*.txt.gz")):
    for line in gzip.decompress(path.read_bytes()).decode("utf-8").split("\n"):
        line = " ".join(line.split())
        if line:
            labelled.append((path.name[:2], line))
random.shuffle(labelled)
train, test = labelled[:6000], [text for _, text in labelled[6000:14000]]
hard = [
    "", " ", "\t\t", "a", "</s>", "one </s> two", "x</s>", "__label__en", "__label__nothing word",
    "__label__", "a\x0bb\x0cc\rd", "\u00a0", "\u3000全角\u3000空白", "a\x00b", "é e\u0301", "𝒳 😀😀", "<", ">",
    "< >", "w" * 3000, "漢字" * 500, "1 2 3", "the </s>", " leading", "trailing ", "ÿ þ",
]  # fmt: skip
test += hard
(out / "sentences.txt").write_text("\n".join(test) + "\n", encoding="utf-8")
(out / "train.txt").write_text("".join(f"__label__{l} {t}\n" for l, t in train), encoding="utf-8")

options = {
    "loss": ["softmax", "hs", "ova", "ns"],
    "wordNgrams": [1, 3],
    "subwords": [(0, 0), (1, 3), (2, 5)],
    "bucket": [1000, 50000],
    "minCount": [1, 3],
}
models = [Path(name) for name in sys.argv[3:]]
for number, chosen in enumerate(itertools.product(*options.values())):
    given = dict(zip(options, chosen))
    given["minn"], given["maxn"] = given.pop("subwords")
    name = "-".join(str(value) for value in given.values())
    dim = 5 + number % 7
    model = fasttext.train_supervised(
        str(out / "train.txt"), dim=dim, epoch=2, thread=1, lr=0.5, verbose=0, **given
    )
    model.save_model(str(out / f"{name}.bin"))
    models.append(out / f"{name}.bin")
    cut = [0, 300, 2000][number % 3]
    cut = cut if given["maxn"] or given["wordNgrams"] > 1 else 0
    model.quantize(
        input=str(out / "train.txt"), cutoff=cut, retrain=False, qnorm=number % 2 == 0,
        qout=False, dsub=1 + number % 3,
    )  # fmt: skip
    model.save_model(str(out / f"{name}.ftz"))
    models.append(out / f"{name}.ftz")

# The output matrix can be quantized only with 256 labels at least.
many = [f"__label__{i % 300} {text}\n" for i, (_, text) in enumerate(labelled[:6000])]
(out / "many.txt").write_text("".join(many), encoding="utf-8")
for loss in ["softmax", "hs", "ova"]:
    model = fasttext.train_supervised(
        str(out / "many.txt"), dim=9, epoch=2, thread=1, lr=0.5, verbose=0, loss=loss, minn=2,
        maxn=4, bucket=20000,
    )  # fmt: skip
    model.quantize(input=str(out / "many.txt"), retrain=False, qout=True, cutoff=5000)
    model.save_model(str(out / f"qout-{loss}.ftz"))
    models.append(out / f"qout-{loss}.ftz")

for path in models:
    if path.parent != out:
        shutil.copy(path, out / path.name)
    model = fasttext.load_model(str(path))
    with open(out / f"{path.name}.theirs.tsv", "w", encoding="utf-8") as theirs:
        for text in test:
            found = model.f.predict(text + "\n", 5, 0.0, "strict")
            theirs.write("\t".join(f"{label} {p!r}" for p, label in found) + "\n")
print(len(models), "models,", len(test), "lines")
