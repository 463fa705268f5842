#!/usr/bin/env python3
"""Markup left in the articles of a MediaWiki dump, and words kept, beside mwparserfromhell.

    ./gristmill text --source wiki DUMP > ours.jsonl
    src/bench/sources/wiki.py DUMP ours.jsonl

Needs mwparserfromhell==0.7.*. Remnants are counted per 10,000 characters of our texts. The recall is
of the words (\\w+, in Chinese and Japanese runs of letters) of those paragraphs of strip_code() that
are running text: lines of 200 characters and more, in front of the references, without the notes,
tables and files that strip_code() keeps and we do not.
"""
import bz2
import collections
import json
import lzma
import re
import sys

import mwparserfromhell

MARKUP = re.compile(
    r"\[\[|\]\]|\{\{|\}\}|\{\||\|\}|'''|<\/?(?:ref|nowiki|gallery|math|div|span|small|br|table)\b|&(?:lt|gt|amp|nbsp);|__[A-Z]+__|-\{"
)


def pages(dump):
    opened = {"bz2": bz2.open, ".xz": lzma.open}.get(dump[-3:], open)
    data = opened(dump, "rb").read().decode("utf-8", "replace")
    for page in re.findall(r"<page>.*?</page>", data, re.S):
        text = re.search(r"<text[^>]*>(.*?)</text>", page, re.S)
        title = re.search(r"<title>(.*?)</title>", page)
        if text and "<redirect" not in page and re.search(r"<ns>0</ns>", page):
            unescape = lambda s: s.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
            yield unescape(title.group(1)), unescape(text.group(1))


def stripped(text):
    """strip_code() without what is no running text: notes, tables, files with their captions, lists."""
    text = re.sub(r"(?s)<!--.*?-->|<ref[^>/]*/>|<ref.*?</ref>|<(gallery|timeline|math).*?</\1>", "", text)
    text = re.split(r"\n==+ *(?:References|Notes|Bibliography|Sources|Further reading|External links|See also|Footnotes|Citations|脚注|出典|参考文献|関連項目|外部リンク|注釈)", text)[0]
    code = mwparserfromhell.parse(text)
    for tag in code.filter_tags(matches=lambda t: str(t.tag) in ("table", "tr", "td", "th")):
        try:
            code.remove(tag)
        except ValueError:
            pass  # went with the table around it
    for link in code.filter_wikilinks(matches=lambda l: re.match(r"\s*:?\w+:", str(l.title))):
        try:
            code.remove(link)
        except ValueError:
            pass
    return code.strip_code()


def words(text):
    return collections.Counter(re.findall(r"\w+", text.lower()))


def main():
    dump, found = sys.argv[1:3]
    ours = {}
    for line in open(found, encoding="utf-8"):
        row = json.loads(line)
        if "text" in row:
            ours[row["url"]] = row["text"]
    chars = sum(map(len, ours.values()))
    marks = collections.Counter(m for text in ours.values() for m in MARKUP.findall(text))
    print(f"{len(ours)} articles, {chars} characters, {1e4 * sum(marks.values()) / chars:.2f} remnants per 10,000: {marks.most_common(8)}")
    kept = total = missing = 0
    lost = collections.Counter()
    for title, text in pages(dump):
        if title not in ours:
            missing += 1
            continue
        lines = stripped(text).split("\n")
        running = "\n".join(l for l in lines if len(l) >= 200 and not MARKUP.search(l) and "|" not in l)
        reference, mine = words(running), words(ours[title])
        kept += sum((reference & mine).values())
        total += sum(reference.values())
        lost += reference - mine
    print(f"recall {kept / max(1, total):.4f} of {total} words, {missing} articles missing; lost most {lost.most_common(12)}")


if __name__ == "__main__":
    main()
