"""Time of the processor that datatrove's four filters need: datatrove_time.py DOCUMENTS.jsonl.

Gopher quality, Gopher repetition, C4 and FineWeb with their defaults, on one thread; the least of
two rounds.
"""

import json
import sys
import time

from datatrove.data import Document
from datatrove.pipeline import filters

texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
chain = [
    filters.GopherQualityFilter(),
    filters.GopherRepetitionFilter(),
    filters.C4QualityFilter(),
    filters.FineWebQualityFilter(),
]
least = float("inf")
for _ in range(2):
    start, dropped = time.process_time(), 0
    for text in texts:
        dropped += sum(f.filter(Document(text=text, id="")) is not True for f in chain)
    least = min(least, time.process_time() - start)
size = sum(len(text.encode()) for text in texts)
print(f"{len(texts)} documents, {size} bytes, {least:.3f} s, {dropped} verdicts are drops")
