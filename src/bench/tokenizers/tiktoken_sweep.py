#!/usr/bin/env python3
"""Compares our ids with tiktoken's on all text of a folder and on hard strings.

    pip install tiktoken==0.14.0
    mvn -q -pl tokenize -am test-compile
    tiktoken_sweep.py DATA [ENCODING...]

Every file below DATA, and every member of an archive (gzip, bzip2, xz, zip, tar, in each other),
is decoded as UTF-8, broken sequences becoming U+FFFD, and encoded by both. Then come strings of
all code points and random ones of what the patterns look at. Prints what differs, and the sums;
fails if anything does.
"""
import bz2
import gzip
import hashlib
import io
import lzma
import os
import random
import struct
import subprocess
import sys
import tarfile
import tempfile
import zipfile
import zlib

import tiktoken

import published

HOME = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
PART = 1 << 20
ALPHABET = list(
    "aAbzZsStTdDmMlLvVeErR'''\n\n\r\r   \t\v\f/12.!?-_\u0663\u096f\u216b\u00bd\u4e2d\u5b57\u017f"
    "\u212a\u0301\u0300\u01c5\u02b0\u00aa\u00df\u00e9\u00c0\u0085\u00a0\u3000\u2028\u200d\ufffd"
    "\u0870\u0e01\u0e31\ua7ce\U0001f600\U0001e900\U0001e922")


def unpacked(name, data):
    """The file itself, or the files within it."""
    try:
        if data[:2] == b"\x1f\x8b":
            yield from unpacked(name + "|gz", gzip.decompress(data))
        elif data[:3] == b"BZh":
            yield from unpacked(name + "|bz2", bz2.decompress(data))
        elif data[:6] == b"\xfd7zXZ\0":
            yield from unpacked(name + "|xz", lzma.decompress(data))
        elif data[:4] == b"PK\x03\x04":
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for member in archive.namelist():
                    yield from unpacked(f"{name}|{member}", archive.read(member))
        elif data[257:262] == b"ustar":
            with tarfile.open(fileobj=io.BytesIO(data)) as archive:
                for member in archive:
                    if member.isfile():
                        read = archive.extractfile(member).read()
                        yield from unpacked(f"{name}|{member.name}", read)
        else:
            yield name, data
    except (OSError, EOFError, RuntimeError, zlib.error, lzma.LZMAError,
            zipfile.BadZipFile, tarfile.TarError, NotImplementedError):
        yield name, data  # damaged or encrypted: bytes like any other


def files(data, seen):
    for folder, folders, names in os.walk(data):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                for member, content in unpacked(os.path.relpath(path, data), file.read()):
                    digest = hashlib.sha256(content).digest()
                    if digest not in seen:
                        seen.add(digest)
                        text = content.decode("utf-8", "replace")
                        for at in range(0, len(text), PART):  # so that neither needs much memory
                            yield f"{member}@{at}", text[at:at + PART]


def hard():
    chance = random.Random(1)
    scalars = [chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000]
    for joint in ("", " ", "'", "a", "A", "'s", "1", "\u0301", "\n", "\u4e2d"):
        yield f"all code points joined by {joint!r}", joint.join(scalars)
    for i in range(40_000):
        yield f"random {i}", "".join(chance.choice(ALPHABET) for _ in range(chance.randrange(30)))
    for i in range(4_000):
        yield f"noise {i}", "".join(chance.choice(scalars) for _ in range(chance.randrange(200)))
    for i in range(4_000):
        broken = bytes(chance.choice(b"\x00 a\x80\xbf\xc3\xe4\xb8\xad\xf0\x9f\xff\xed") for _ in range(60))
        yield f"broken {i}", broken.decode("utf-8", "replace")
    for text in ("a" * 200_000, "\u5b57" * 30_000, " " * 1000 + "x", "\n" * 1000, "ab" * 50_000):
        yield "repeated", text
    yield "letters", "".join(chance.choice("ACGT") for _ in range(200_000))


class Ours:
    def __init__(self, ranks, pattern):
        self.folder = tempfile.TemporaryDirectory()
        path = os.path.join(self.folder.name, "pattern")
        with open(path, "w", encoding="utf-8") as file:
            file.write(pattern)
        parts = ("tokenize/target/test-classes", "tokenize/target/classes", "core/target/classes")
        self.process = subprocess.Popen(
            ["java", "-Xmx2g", "-cp", ":".join(f"{HOME}/{p}" for p in parts),
             "org.gristmill.tokenize.bpe.EncodeTexts", ranks, path],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def encode(self, text):
        self.process.stdin.write(struct.pack(">i", len(text)) + text)
        self.process.stdin.flush()
        count = struct.unpack(">i", self.process.stdout.read(4))[0]
        return list(struct.unpack(f">{count}i", self.process.stdout.read(4 * count)))


def sweep(name, data):
    ranks, pattern = published.encoding(name, data)
    theirs = tiktoken.Encoding(
        name, pat_str=pattern, mergeable_ranks=published.ranks(ranks), special_tokens={})
    ours = Ours(ranks, pattern)
    texts = size = tokens = different = 0
    for source in (files(data, set()), hard()):
        for what, text in source:
            ids = ours.encode(text.encode())
            expected = theirs.encode_ordinary(text)
            texts, size, tokens = texts + 1, size + len(text.encode()), tokens + len(ids)
            if ids != expected:
                different += 1
                at = next((i for i, (a, b) in enumerate(zip(ids, expected)) if a != b), -1)
                print(f"{name}: {what} differs at token {at}: {ids[at:at + 5]} for"
                      f" {expected[at:at + 5]}", flush=True)
            if texts % 1000 == 0:
                print(f"{name}: {texts} texts, {size / 1e6:.0f} MB, {different} different",
                      file=sys.stderr, flush=True)
    print(f"{name}: {texts} texts, {size / 1e6:.1f} MB, {tokens} ids: {different} different",
          flush=True)
    return different


if __name__ == "__main__":
    chosen = sys.argv[2:] or list(published.FILES)
    sys.exit(1 if sum(sweep(name, sys.argv[1]) for name in chosen) else 0)
