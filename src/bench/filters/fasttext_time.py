"""Times the library of fastText: fasttext_time.py MODEL LINES; the least of ten rounds.

All lines are predicted in one call, inside C++.
"""

import sys
import time

import fasttext

model = fasttext.load_model(sys.argv[1])
with open(sys.argv[2], encoding="utf-8", newline="\n") as file:
    lines = [line + "\n" for line in file.read().split("\n")[:-1]]
least = float("inf")
for _ in range(10):
    start = time.process_time()
    found = model.f.multilinePredict(lines, 1, 0.0, "strict")
    least = min(least, time.process_time() - start)
total = sum(float(p[0]) for p in found[1])
print(f"theirs {len(lines)} lines {least:.4f} s, sum {total:.3f}")
