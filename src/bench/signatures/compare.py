#!/usr/bin/env python3
"""Documents to MinHash signatures of 128 slots, one thread each, in turns: ours, datasketch, rensa.

  compare.py FOLDER CLASSPATH [ROUNDS]
      e.g. compare.py DATA/neardup/licenses/text jobs/target/gristmill.jar

All take whole documents and give signatures of word 5-grams. Ours finds words by UAX #29 and folds
them; the others are given `re.findall(r"\\w+", text.lower())`, by whose sets of 5-grams the exact
similarity is counted too. Of each, the least of the rounds (5) counts. Checked: with 300 pairs of
files beside each other by path, estimates differ from the exact similarity by no more than the
sampling error of 128 slots on average (times 2 for ours, whose words are others).

Needs: pip install datasketch rensa numpy (tried with datasketch 2.0.0, rensa 0.5.0)
"""
import math
import os
import re
import subprocess
import sys
import time

os.environ["OMP_NUM_THREADS"] = os.environ["RAYON_NUM_THREADS"] = "1"

import datasketch  # noqa: E402
import numpy as np  # noqa: E402
import rensa  # noqa: E402

SLOTS = 128
WORD = re.compile(r"\w+")


def shingles(text):
    words = WORD.findall(text.lower())
    return {" ".join(words[i : i + 5]) for i in range(max(1, len(words) - 4))}


def by_datasketch(texts):
    out = []
    for text in texts:
        signature = datasketch.MinHash(num_perm=SLOTS, seed=1)
        signature.update_batch([s.encode() for s in shingles(text)])
        out.append(signature.hashvalues)
    return np.array(out)


def by_rensa(texts):
    sets = [list(shingles(text)) for text in texts]
    matrix = rensa.RMinHash.digest_matrix_from_token_sets(sets, SLOTS, 1)
    return matrix


def rows(matrix, n):
    if isinstance(matrix, np.ndarray):
        return matrix
    return np.array(matrix.to_rows() if hasattr(matrix, "to_rows") else [matrix.row(i) for i in range(n)])


def main():
    folder, classpath = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    here = os.path.dirname(os.path.abspath(__file__))
    files = sorted(os.path.join(d, f) for d, _, fs in os.walk(folder) for f in fs)
    raw = [open(f, "rb").read() for f in files]
    java = subprocess.Popen(
        ["java", "-XX:ActiveProcessorCount=1", "--add-modules=jdk.incubator.vector", "-cp", classpath, os.path.join(here, "Signatures.java"), folder],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )

    def ours(line="sign"):
        java.stdin.write(line + "\n")
        java.stdin.flush()
        return float(java.stdout.readline())

    for _ in range(3):
        ours()
    times = {"ours": [], "datasketch": [], "rensa": []}
    signed = {}
    for _ in range(rounds):
        times["ours"].append(ours())
        for name, sign in (("datasketch", by_datasketch), ("rensa", by_rensa)):
            start = time.perf_counter()
            signed[name] = sign([b.decode("utf-8", "replace") for b in raw])
            times[name].append(time.perf_counter() - start)
    signed = {name: rows(matrix, len(files)) for name, matrix in signed.items()}
    sets = [shingles(b.decode("utf-8", "replace")) for b in raw]
    errors, spread, pairs = {name: 0.0 for name in times}, 0.0, 0
    # the files come in the same order on both sides: by path
    for i in range(0, len(files) - 1, max(1, len(files) // 300)):
        exact = len(sets[i] & sets[i + 1]) / max(1, len(sets[i] | sets[i + 1]))
        pairs += 1
        spread += math.sqrt(exact * (1 - exact) / SLOTS)
        errors["ours"] += abs(ours(f"similarity {i} {i + 1}") - exact)
        for name, rows_ in signed.items():
            errors[name] += abs(float((rows_[i] == rows_[i + 1]).mean()) - exact)
    size = sum(map(len, raw)) / 1e6
    for name, of in times.items():
        print(
            f"{name:11} {len(files) / min(of):10,.0f} documents/s {size / min(of):7.1f} MB/s"
            f"  x{min(of) / min(times['ours']):6.2f} of ours' time  error {errors[name] / pairs:.4f}"
        )
        assert errors[name] <= spread * (2 if name == "ours" else 1.2), (name, errors[name], spread)
    java.stdin.close()


if __name__ == "__main__":
    main() if len(sys.argv) > 2 else sys.exit(__doc__)
