#!/usr/bin/env python3
"""How fast the byte-level tokenizers are beside jtokkit, tiktoken and gigatoken.

    pip install tiktoken==0.14.0 gigatoken==0.10.0
    mvn -q -pl tokenize -am package -DskipTests   # or ./gristmill --help, which builds
    tokenizer_speed.py DATA [ROUNDS [ENCODING...]]

DATA is the folder of real files that tests read. English books, code and Chinese novels are cut
at line ends into documents of some 8 KiB, which one thread encodes one by one (gigatoken: in one
batch, without threads). All ids must be equal. The encoders take turns; the figure is the least
CPU time of a thread over the rounds (default 11), which other work on the machine disturbs less
than the clock. Ratios are ours to theirs, in speed.
"""
import glob
import gzip
import hashlib
import os
import struct
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile

import gigatoken
import numpy
import tiktoken

import published

HOME = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
JAR = "com/knuddels/jtokkit/1.1.0/jtokkit-1.1.0.jar"


def documents(texts, size=8192):
    for text in texts:
        lines, used = [], 0
        for line in text.decode("utf-8", "replace").splitlines(keepends=True):
            lines.append(line)
            used += len(line.encode())
            if used >= size:
                yield "".join(lines)
                lines, used = [], 0
        if lines:
            yield "".join(lines)


def english(data):
    for name in ("genesis", "shakespeare", "webtext"):
        with zipfile.ZipFile(f"{data}/books/nltk/{name}.zip") as archive:
            for member in sorted(archive.namelist()):
                text = b"" if member.endswith("/") else archive.read(member)
                if text and sum(b < 128 for b in text) > 0.99 * len(text):
                    yield text
    with open(f"{data}/books/text/botchan.en.txt", "rb") as file:
        yield file.read()
    with gzip.open(f"{data}/books/debian-reference/debian-reference.en.txt.gz") as file:
        yield file.read()


def code(data):
    for path in sorted(glob.glob(f"{data}/code/*.tar.gz")):
        with tarfile.open(path) as archive:
            for member in archive.getmembers():
                if member.isfile():
                    yield archive.extractfile(member).read()


def chinese(data):
    for path in sorted(glob.glob(f"{data}/books/text/zh-classics/*.txt")):
        with open(path, "rb") as file:
            yield file.read()


def digest(lists):
    sha = hashlib.sha256()
    for ids in lists:
        sha.update(numpy.asarray(ids, dtype="<i4").tobytes())
    return sha.hexdigest()


class Java:
    """Ours and jtokkit, in one process that is asked for rounds."""

    def __init__(self, folder, texts):
        path = os.path.join(folder, "texts")
        with open(path, "wb") as file:
            for text in texts:
                file.write(struct.pack(">i", len(text)) + text)
        repository = os.path.expanduser("~/.m2/repository")
        parts = [f"{HOME}/tokenize/target/classes", f"{HOME}/core/target/classes"]
        command = ["java", "-Xmx2g", "-cp", ":".join(parts + [f"{repository}/{JAR}"])]
        self.process = subprocess.Popen(
            command + [f"{HOME}/src/bench/tokenizers/TokenizerSpeed.java", path],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().strip()
        if not answer:
            sys.exit("the Java program has failed")
        return answer

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def measure(kind, strings, name, rounds, data):
    texts = [s.encode() for s in strings]
    ranks, pattern = published.encoding(name, data)
    python = tiktoken.Encoding(
        name, pat_str=pattern, mergeable_ranks=published.ranks(ranks), special_tokens={})
    giga = gigatoken.Tokenizer.from_tiktoken(ranks, pretokenizer=name.split("_")[0])

    def timed(encode):
        def run():
            start = time.thread_time_ns()
            encode()
            return time.thread_time_ns() - start
        return run

    with tempfile.TemporaryDirectory() as folder:
        java = Java(folder, texts)
        hashes = {
            "tiktoken": digest(python.encode_ordinary(s) for s in strings),
            "gigatoken": digest(giga.encode_batch(texts, parallel=False)),
            "jtokkit": java.ask(f"ids jtokkit {name}"),
            "ours": java.ask(f"ids ours {name}"),
        }
        runs = {
            "ours": lambda: int(java.ask(f"ours {name}")),
            "jtokkit": lambda: int(java.ask(f"jtokkit {name}")),
            "tiktoken": timed(lambda: [python.encode_ordinary(s) for s in strings]),
            "gigatoken": timed(lambda: giga.encode_batch(texts, parallel=False)),
        }
        best = {}
        for _ in range(rounds):
            for peer, run in runs.items():
                best[peer] = min(best.get(peer, 1 << 62), run())
        java.close()
    size = sum(map(len, texts))
    speeds = ", ".join(f"{p} {size * 1e3 / n:.1f}" for p, n in best.items())
    ratios = ", ".join(f"{p} {n / best['ours']:.2f}" for p, n in best.items() if p != "ours")
    print(f"{kind}, {size / 1e6:.1f} MB, {name}: MB/s: {speeds}; ratio to {ratios}", flush=True)
    unequal = [p for p, h in hashes.items() if h != hashes["ours"]]
    if unequal:
        print(f"  NOT EQUAL to {', '.join(unequal)}", flush=True)
    return bool(unequal)


def main():
    data = sys.argv[1]
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 11
    names = sys.argv[3:] or ["r50k_base", "cl100k_base", "o200k_base"]
    unequal = 0
    for kind, texts in (("English", english), ("code", code), ("Chinese", chinese)):
        strings = list(documents(texts(data)))
        for name in names:
            unequal += measure(kind, strings, name, rounds, data)
    sys.exit(1 if unequal else 0)


if __name__ == "__main__":
    main()
