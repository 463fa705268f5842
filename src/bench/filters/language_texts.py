"""Collects the texts that the bundled model of languages is trained with.

    language_texts.py MEDIAWIKI CLDR OUT

MEDIAWIKI is a folder into which Debian's package mediawiki (1:1.39) was unpacked (its interface in
some four hundred languages, GPL-2+), CLDR the unpacked npm package cldr-annotations-full 48 (names
of emoji, Unicode-3.0). Writes OUT/CLASS.txt for every class of languages.tsv, a message a line,
without markup; what a translation took over from English is left out.
"""

import collections
import json
import re
import sys
from pathlib import Path

mediawiki, cldr, out = map(Path, sys.argv[1:4])
out.mkdir(parents=True, exist_ok=True)


def clean(text):
    text = re.sub(r"<[^>]*>", " ", text)
    text = re.sub(
        r"\{\{(?:PLURAL|GENDER|GRAMMAR|#\w+):[^|{}]*\|([^{}]*)\}\}",
        lambda m: m.group(1).split("|")[-1],
        text,
    )
    for _ in range(3):
        text = re.sub(r"\{\{[^{}]*\}\}", " ", text)
    text = re.sub(r"\[\[(?:[^\]|]*\|)?([^\]]*)\]\]", r"\1", text)
    text = re.sub(r"\[?https?://\S+", " ", text)
    text = re.sub(r"\$\w+|&\w+;|[\w.-]*[a-z]\.[a-z]{2,}\b|\S*[_/=]\S*|[\[\]{}'\"*#|]+", " ", text)
    return " ".join(text.split())


messages = collections.defaultdict(dict)
for folder in sorted(mediawiki.rglob("i18n")):
    files = {f.stem: json.loads(f.read_text("utf-8")) for f in sorted(folder.glob("*.json"))}
    english = files.get("en", {})
    for code, texts in files.items():
        for key, text in texts.items():
            if isinstance(text, str) and (code == "en" or english.get(key) != text):
                text = clean(text)
                if len(text) >= 3:
                    messages[code][text] = None

for row in Path(__file__).with_name("languages.tsv").read_text("utf-8").splitlines():
    if row.startswith("#"):
        continue
    name, _, _, wiki, locale = (row + "\t\t\t\t").split("\t")[:5]
    lines = {}
    for code in filter(None, wiki.split(" ")):
        lines.update(messages[code])
    for code in filter(None, locale.split(" ")):
        file = cldr / "annotations" / code / "annotations.json"
        names_by_emoji = json.loads(file.read_text("utf-8"))["annotations"].get("annotations", {})
        for names in names_by_emoji.values():
            lines.update(dict.fromkeys(names.get("tts", []) + names.get("default", [])))
    (out / f"{name}.txt").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
