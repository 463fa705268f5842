"""Collects the English documents of a folder of real files as JSON lines.

    corpus.py DATA OUT.jsonl [PREFIX ...]

DATA is the folder that the tests call shared/data. Books are cut at their chapters, dumps at their
pages, web pages lose their tags. A document has "id", the path below DATA with a number, and
"text". With prefixes, documents in any language of files whose paths begin with one of them.
"""

import bz2
import gzip
import io
import json
import lzma
import re
import sys
import tarfile
import xml.etree.ElementTree as ET
import zipfile
from html import unescape
from pathlib import Path

data, out = Path(sys.argv[1]), open(sys.argv[2], "w", encoding="utf-8")
prefixes = tuple(sys.argv[3:])
count = 0


def put(ident, text):
    global count
    text = text.replace("\x00", "").strip()
    text = text.replace("\r\n", "\n") if prefixes else text
    letters = sum(c.isalpha() for c in text)
    latin = sum("a" <= c.lower() <= "z" for c in text)
    words = re.findall(r"[a-z]+", text.lower())
    known = sum(w in {"the", "of", "and", "to", "in", "is", "a", "for", "you", "it"} for w in words)
    english = latin >= 0.9 * letters and known >= 0.04 * len(words)
    if len(text) < 80 or not (prefixes or english):
        return
    out.write(json.dumps({"id": ident, "text": text}, ensure_ascii=False) + "\n")
    count += 1


def read(path):
    raw = path.read_bytes()
    raw = gzip.decompress(raw) if path.suffix == ".gz" else raw
    return raw.decode("utf-8", "replace")


def chapters(text):
    parts = re.split(r"\n(?=(?:CHAPTER|Chapter|ACT|PART|BOOK)\b|\n[ \u3000]*第[一二三四五六七八九十百零0-9]+[回章卷])", text)
    for part in parts:
        while len(part) > 40000:
            cut = part.find("\n\n", 30000)
            cut = 30000 if cut < 0 else cut
            yield part[:cut]
            part = part[cut:]
        yield part


def strip_tags(html):
    html = re.sub(r"(?is)<(script|style|head)\b.*?</\1>", " ", html)
    html = re.sub(r"(?i)<(p|div|br|li|tr|h\d|td|section|article)\b[^>]*>", "\n", html)
    text = unescape(re.sub(r"(?s)<[^>]*>", "", html))
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def plain_wiki(source):
    source = re.sub(r"(?s)<!--.*?-->|<ref[^>/]*/>|<ref.*?</ref>|\{\|.*?\|\}", "", source)
    for _ in range(5):
        source = re.sub(r"\{\{[^{}]*\}\}", "", source)
    source = re.sub(r"\[\[(?:[^|\]]*\|)?([^\]]*)\]\]", r"\1", source)
    source = re.sub(r"\[https?://\S+ ([^\]]*)\]", r"\1", source)
    return re.sub(r"<[^>]+>", "", source).replace("'''", "").replace("''", "")


def values(node):
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("text", "passage", "answer", "question", "utterance") and isinstance(value, str):
                yield value
            else:
                yield from values(value)
    elif isinstance(node, list):
        for value in node:
            yield from values(value)


for path in sorted(p for p in data.rglob("*") if p.is_file()):
    name = str(path.relative_to(data))
    if prefixes and not name.startswith(prefixes):
        continue
    suffixes = path.name.lower()
    try:
        if name.startswith(("code/", "models/", "tokenizers/", "lists/")):
            if suffixes.endswith(".tar.gz"):
                with tarfile.open(path) as tar:
                    for member in tar:
                        if member.isfile() and re.search(r"(?i)\.(md|rst|txt|html|py|h)$", member.name):
                            text = tar.extractfile(member).read().decode("utf-8", "replace")
                            put(f"{name}/{member.name}", text)
        elif re.search(r"\.jsonl(\.gz)?$", suffixes) or "/documents__" in name:
            for i, line in enumerate(read(path).split("\n")):
                if line.strip():
                    for j, value in enumerate(values(json.loads(line))):
                        put(f"{name}#{i}.{j}", value)
        elif re.search(r"\.json(\.gz)?$", suffixes):
            for i, value in enumerate(values(json.loads(read(path)))):
                put(f"{name}#{i}", value)
        elif suffixes.endswith(".epub") or re.search("/nltk/|udhr2", name) and suffixes.endswith(".zip"):
            with zipfile.ZipFile(path) as book:
                for member in book.namelist():
                    if not re.search(r"(?i)\.(x?html?|txt|xml)$|udhr2/[a-z_0-9]+$", member):
                        continue
                    text = book.read(member).decode("utf-8", "replace")
                    text = strip_tags(text) if re.search("(?i)ml$", member) else text
                    for i, part in enumerate(chapters(text)):
                        put(f"{name}/{member}#{i}", part)
        elif re.search(r"\.html?(\.gz)?$", suffixes):
            put(name, strip_tags(read(path)))
        elif suffixes.endswith(".xml.bz2"):
            raw = bz2.decompress(path.read_bytes())
            for i, (_, page) in enumerate(ET.iterparse(io.BytesIO(raw))):
                if page.tag.endswith("}text") and page.text:
                    put(f"{name}#{i}", plain_wiki(page.text))
        elif suffixes.endswith(".xml.xz"):
            unpack = lzma.LZMADecompressor()
            raw = unpack.decompress(path.read_bytes()).decode("utf-8", "replace")
            for i, page in enumerate(re.findall(r"(?s)<text[^>]*>(.*?)</text>", raw)):
                put(f"{name}#{i}", plain_wiki(unescape(page)))
        elif re.search(r"\.(txt|md|rst|text|copyright|adoc)(\.gz)?$", suffixes) or "." not in path.name:
            for i, part in enumerate(chapters(read(path))):
                put(f"{name}#{i}", part)
        elif "neardup" in name or "manpages" in name:
            put(name, read(path))
    except (ValueError, OSError, zipfile.BadZipFile, ET.ParseError, KeyError, RuntimeError) as e:
        print(f"{name}: {e}", file=sys.stderr)
out.close()
print(count, "documents")
