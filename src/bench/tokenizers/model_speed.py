#!/usr/bin/env python3
"""How fast model files encode, beside Hugging Face tokenizers, with one thread, in one run.

    pip install tokenizers==0.23.3 sentencepiece==0.2.3
    model_speed.py CLASSPATH TEXTS MODEL[=PATTERN] [REFERENCE.json]   ROUNDS=7 for more rounds

TEXTS is a file of tokenize/src/test/compare/documents.py. The reference is REFERENCE.json, else MODEL itself;
for a SentencePiece model without REFERENCE.json it is sentencepiece. Rounds alternate, the least time of each
counts, and the sums of ids must be equal. `--long` encodes one letter 2^20 and 2^21 times instead, and prints
how many times longer the second takes.
"""
import os, struct, subprocess, sys, tempfile, time

os.environ["TOKENIZERS_PARALLELISM"] = "false"


def texts(path):
    with open(path, "rb") as file:
        while head := file.read(4):
            yield file.read(struct.unpack(">i", head)[0]).decode("utf-8")


def reference(path):
    if path.endswith(".model"):
        import sentencepiece
        return sentencepiece.SentencePieceProcessor(model_file=path).encode
    import tokenizers
    if path.endswith(".txt"):
        tokenizer = tokenizers.BertWordPieceTokenizer(path)
        tokenizer._tokenizer.encode_special_tokens = True
    else:
        tokenizer = tokenizers.Tokenizer.from_file(path)
        tokenizer.no_truncation()
        tokenizer.encode_special_tokens = True
    return lambda text: tokenizer.encode(text, add_special_tokens=False).ids


class Ours:
    def __init__(self, classpath, path, pattern, end, docs):
        java = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
        here = os.path.dirname(os.path.abspath(__file__))
        self.process = subprocess.Popen(
            [java, "-Xmx2g", "-cp", classpath, os.path.join(here, "ModelSpeed.java"), path, pattern, end, docs],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.loading = int(self.process.stdout.readline()) / 1e9

    def run(self):
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        nanoseconds, total = self.process.stdout.readline().split()
        return int(nanoseconds) / 1e9, int(total)


def end(path):
    """Any token will do."""
    return {"json": os.environ.get("END", "</s>"), "txt": "[SEP]"}.get(path.rsplit(".", 1)[1], "")


def long(classpath, path, pattern):
    for letter in ("a", "字", " ", "ab", "\u0301"):
        times = []
        for count in (1 << 20, 1 << 21):
            with tempfile.NamedTemporaryFile(suffix=".docs") as file:
                data = (letter * count).encode("utf-8")[:count] if len(letter.encode()) == 1 else (
                    letter * (count // len(letter.encode()))).encode("utf-8")
                file.write(struct.pack(">i", len(data)) + data)
                file.flush()
                ours = Ours(classpath, path, pattern, end(path), file.name)
                times.append(min(ours.run()[0] for _ in range(7)))
        print("%s %r: %.3f s, %.3f s, %.2f times" % (os.path.basename(path), letter, *times, times[1] / times[0]), flush=True)


def main():
    classpath, docs, model, *others = [a for a in sys.argv[1:] if a != "--long"]
    path, _, pattern = model.partition("=")
    if "--long" in sys.argv:
        return long(classpath, path, pattern)
    documents = list(texts(docs))
    size = sum(len(d.encode("utf-8")) for d in documents) / 1e6
    ours = Ours(classpath, path, pattern, end(path), docs)
    theirs = reference(others[0] if others else path)
    best = [float("inf"), float("inf")]
    for _ in range(int(os.environ.get("ROUNDS", "5"))):
        seconds, total = ours.run()
        best[0] = min(best[0], seconds)
        start = time.perf_counter()
        encoded = [theirs(d) for d in documents]
        best[1] = min(best[1], time.perf_counter() - start)
        expected = sum((i + 1) * t for ids in encoded for i, t in enumerate(ids))
        assert total == expected, "the ids differ"
    print("%s on %.1f MB: ours %.1f MB/s, theirs %.1f MB/s, %.1f times; loaded in %.2f s" % (
        os.path.basename(path), size, size / best[0], size / best[1], best[1] / best[0], ours.loading), flush=True)


main()
