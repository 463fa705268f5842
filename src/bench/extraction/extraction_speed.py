#!/usr/bin/env python3
"""How fast the extractor is beside resiliparse and trafilatura, and its parser beside jsoup.

    pip install resiliparse==2.0.1 trafilatura==2.3.1 lxml_html_clean
    mvn -q test-compile -pl sources -am
    mvn -q dependency:build-classpath -pl sources -Dmdep.outputFile=cp.txt
    extraction_speed.py DATA cp.txt [STEP [ROUNDS [FOLDER_OF_CLASSES...]]]

DATA is the folder of real files that tests read; of its saved pages every STEP-th (default 40) is
taken, in UTF-8. One thread works through all of them, from bytes to the main content; the programs
take turns. The figure is the least CPU time of the thread over the rounds (default 5), which other
work on the machine disturbs less than the clock; Java has three rounds before, which do not
count. Ratios are ours to theirs, in speed.
"""
import glob
import gzip
import os
import re
import struct
import subprocess
import sys
import tempfile
import time

import trafilatura
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.encoding import detect_encoding
from resiliparse.parse.html import HTMLTree

WARM_UP = 3
HOME = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))


def pages(data, step):
    names = sorted(glob.glob(f"{data}/web/extraction/**/*.html*", recursive=True))
    for name in names[::step]:
        with gzip.open(name) if name.endswith(".gz") else open(name, "rb") as file:
            page = file.read()
        try:
            yield page.decode()
        except UnicodeDecodeError:
            yield page.decode(detect_encoding(page), "replace")


class Java:
    def __init__(self, folder, texts, classpath, classes):
        path = os.path.join(folder, "pages")
        with open(path, "wb") as file:
            for text in texts:
                file.write(struct.pack(">i", len(text)) + text)
        parts = classes or [f"{HOME}/sources/target/classes", f"{HOME}/core/target/classes"]
        self.process = subprocess.Popen(
            ["java", "-Xmx2g", "-XX:+UseSerialGC", "-cp", ":".join(parts + [classpath]),
             f"{HOME}/src/bench/extraction/ExtractionSpeed.java", path],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.sums = {}

    def ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        nanos, total = self.process.stdout.readline().split()
        if self.sums.setdefault(line, total) != total:
            sys.exit(f"{line} says something else the second time")
        return int(nanos)


def timed(work, texts):
    def run():
        start = time.thread_time_ns()
        for text in texts:
            work(text)
        return time.thread_time_ns() - start
    return run


def main():
    data, classpath = sys.argv[1], open(sys.argv[2]).read().strip()
    step = int(sys.argv[3]) if len(sys.argv) > 3 else 40
    rounds = int(sys.argv[4]) if len(sys.argv) > 4 else 5
    texts = [re.sub("[\ud800-\udfff]", "", p).encode() for p in pages(data, step)]
    size = sum(map(len, texts))
    with tempfile.TemporaryDirectory() as folder:
        java = Java(folder, texts, classpath, sys.argv[5:])
        runs = {
            "ours": lambda: java.ask("extract"),
            "resiliparse": timed(lambda t: extract_plain_text(
                HTMLTree.parse_from_bytes(t, "utf-8"), main_content=True), texts),
            "trafilatura": timed(lambda t: trafilatura.extract(t.decode()), texts),
            "our parser": lambda: java.ask("parse"),
            "jsoup": lambda: java.ask("jsoup"),
            "resiliparse's parser": timed(lambda t: HTMLTree.parse_from_bytes(t, "utf-8"), texts),
        }
        for work in ("extract", "parse", "jsoup"):
            for _ in range(WARM_UP):
                java.ask(work)
        best = {}
        for _ in range(rounds):
            for name, run in runs.items():
                best[name] = min(best.get(name, 1 << 62), run())
        print(f"{len(texts)} pages, {size / 1e6:.1f} MB, least CPU time of {rounds} rounds")
        for name, nanos in best.items():
            of = "our parser" if "parser" in name or name == "jsoup" else "ours"
            print(f"{name:21} {size / nanos * 1e3:7.1f} MB/s  "
                  f"{of} is {nanos / best[of]:.2f} times as fast")


if __name__ == "__main__":
    main()
