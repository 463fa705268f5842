"""Whole documents with the language they are in, from the folder of real files of the tests.

    language_documents.py DATA OUT.jsonl

Each line has a set, a group (site or file; documents of a group are never split), the language
(ISO 639-1, "code" for programs, "table" for numbers, "?NAME" for languages by a file's name), a text.
"""

import bz2
import gzip
import io
import json
import lzma
import re
import sys
import tarfile
import zipfile
from pathlib import Path
from urllib.parse import urlparse

data = Path(sys.argv[1])
out = open(sys.argv[2], "w", encoding="utf-8")
counts = {}


def put(kind, group, language, text):
    if sum(c.isalpha() for c in text) >= 100 or language == "table":
        counts[kind, language[0] == "?" or language] = counts.get((kind, language[0] == "?" or language), 0) + 1
        out.write(json.dumps({"set": kind, "group": group, "language": language, "text": text}, ensure_ascii=False) + "\n")


def site(url):
    return ".".join(urlparse(url).netloc.split(".")[-2:]) or url


for line in gzip.open(data / "web/extraction/wcxb/ground-truth.jsonl.gz", "rt", encoding="utf-8"):
    page = json.loads(line)
    put("wcxb", site(page.get("url") or page["file_id"]), "en", page["ground_truth"].get("main_content") or "")
for file in sorted((data / "web/extraction/wcxb-2026/ground-truth").glob("*.json")):
    page = json.loads(file.read_text("utf-8"))
    put("wcxb-2026", site(page.get("url") or file.stem), "en", page["ground_truth"].get("main_content") or "")
for file in sorted((data / "web/extraction/cleaneval/clean").glob("*.txt.gz")):
    text = gzip.open(file, "rt", encoding="utf-8", errors="replace").read()
    url, _, text = text.partition("\n")
    put("cleaneval", site(url.replace("URL:", "").strip()), "en", re.sub(r"<[phl]>", "", text))
for name, page in json.loads((data / "web/extraction/scrapinghub/ground-truth.json").read_text("utf-8")).items():
    put("scrapinghub", name, "en", page["articleBody"])
for file in sorted((data / "web/text").rglob("*.jsonl")):
    for line in file.read_text("utf-8").splitlines():
        put("web-" + file.stem[:9], file.stem, "en", json.loads(line)["text"])

for file in sorted((data / "encyclopedia").glob("*wiki-*.xml.*")):
    opened = (bz2 if file.suffix == ".bz2" else lzma).open(file)
    dump = b""
    try:
        while block := opened.read(1 << 20):
            dump += block
    except EOFError:
        pass
    dump = dump.decode("utf-8", "replace")
    for i, page in enumerate(re.findall(r"<ns>0</ns>.*?<text[^>]*>(.*?)</text>", dump, re.S)):
        text = page.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
        text = re.sub(r"<!--.*?-->|<ref[^>]*/>|<ref.*?</ref>|<[^>]+>", "", text, flags=re.S)
        for _ in range(5):
            text = re.sub(r"\{\{[^{}]*\}\}|\{\|[^{}]*\|\}", "", text, flags=re.S)
        text = re.sub(r"\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]", r"\1", text)
        text = re.sub(r"\[https?://\S+ ?([^\]]*)\]|'{2,}|^=+ *| *=+$", r"\1", text, flags=re.M)
        if not text.lstrip().lower().startswith("#redirect") and len(text) > 300:
            put(file.name[:6], f"{file.stem}-{i}", file.name[:2], text)

for file in sorted((data / "dialogue/sgd").glob("test_dialogues*.gz")):
    for i, talk in enumerate(json.load(gzip.open(file))):
        put("sgd", f"{file.stem}-{i // 10}", "en", "\n".join(t["speaker"] + ": " + t["utterance"] for t in talk["turns"]))
for file in sorted((data / "dialogue/kdconv-zh").glob("*.gz")):
    for i, talk in enumerate(json.load(gzip.open(file))):
        put("kdconv", f"{file.stem}-{i // 10}", "zh", "\n".join(m["message"] for m in talk["messages"]))
with zipfile.ZipFile(data / "dialogue/crosswoz-zh/val.json.zip") as zip:
    for i, talk in enumerate(json.loads(zip.read(zip.namelist()[0])).values()):
        put("crosswoz", f"{i // 10}", "zh", "\n".join(m["content"] for m in talk["messages"]))
with zipfile.ZipFile(data / "dialogue/nps_chat.zip") as zip:
    for name in zip.namelist():
        if name.endswith(".xml"):
            posts = re.findall(r"<Post [^>]*>\s*([^<]*)<", zip.read(name).decode("utf-8", "replace"))
            for i in range(0, len(posts), 100):
                put("nps-chat", f"{name}", "en", "\n".join(p.strip() for p in posts[i : i + 100]))

book = (data / "books/text/botchan.en.txt").read_text("utf-8")
for i in range(0, len(book), 6000):
    put("book", f"botchan-{i // 30000}", "en", book[i : i + 6000])
for file in sorted((data / "books/text/zh-classics").rglob("*.txt")):
    put("zh-classics", file.stem, "zh", file.read_text("utf-8", "replace"))
for file in sorted((data / "neardup/licenses").rglob("*.txt")):
    put("licences", file.stem, "en", file.read_text("utf-8", "replace"))
for file in sorted((data / "multilingual/zh-manpages").rglob("*")):
    if file.is_file():
        raw = file.read_bytes()
        raw = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
        put("zh-man", file.stem, "zh", raw.decode("utf-8", "replace"))
reference = (data / "encyclopedia/high_quality_wiki_reference.txt").read_text("utf-8")
for i in range(0, len(reference), 5000):
    put("reference", str(i // 20000), "en", reference[i : i + 5000])

for file in sorted((data / "code").glob("*.tar.gz")):
    with tarfile.open(file) as tar:
        for member in tar:
            if member.isfile() and re.search(r"\.(rs|go|py|js|ts|c|cc|h|java|sh|json|toml|yml|css)$", member.name):
                text = tar.extractfile(member).read()[:20000].decode("utf-8", "replace")
                put("code", file.name, "code", text)
with zipfile.ZipFile(data / "multilingual/udhr/udhr2.zip") as zip:
    for name in sorted(zip.namelist()):
        if name.endswith(".txt"):
            stem = Path(name).stem
            put("declaration", stem, "?" + stem, zip.read(name).decode("utf-8", "replace"))
print(counts)
