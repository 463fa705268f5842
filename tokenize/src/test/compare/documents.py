"""Documents to compare tokenizers on: every text below a folder, and texts made to be hard."""
import bz2, gzip, io, lzma, os, random, struct, tarfile, zipfile, zlib

WHOLE = 1 << 16  # characters of a document; longer texts are cut


def contents(name, data, depth=0):
    """The texts inside a file, through one layer of packing."""
    if depth > 2:
        return
    if name.endswith((".tar.gz", ".tgz", ".tar")):
        with tarfile.open(fileobj=io.BytesIO(data)) as tar:
            for member in tar:
                if member.isfile():
                    yield from contents(member.name, tar.extractfile(member).read(), depth + 1)
    elif name.endswith((".zip", ".epub", ".docx", ".odt")):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield from contents(member, archive.read(member), depth + 1)
    elif name.endswith(".gz"):
        plain = b""
        try:
            plain = gzip.decompress(data)
        except (OSError, EOFError, zlib.error):
            pass  # cut or broken on purpose
        yield from contents(name[:-3], plain, depth + 1)
    elif name.endswith(".bz2"):
        yield from contents(name[:-4], bz2.decompress(data), depth + 1)
    elif name.endswith(".xz"):
        yield from contents(name[:-3], lzma.decompress(data), depth + 1)
    elif b"\0" not in data[:4096] and not name.endswith((".pdf", ".bin", ".ftz", ".model")):
        yield data.decode("utf-8", errors="replace")


def real(root):
    for folder, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                data = file.read()
            try:
                for text in contents(name, data):
                    for at in range(0, len(text), WHOLE):
                        yield text[at:at + WHOLE]
            except (OSError, EOFError, tarfile.TarError, zipfile.BadZipFile, lzma.LZMAError, zlib.error):
                pass  # broken on purpose; other tests are about those


PIECES = ["the", "and", "Hello", "don't", "I'LL", "we've", "3.5", "1,000", "a_b", "...", "…", "\n", "\n\n",
          " ", " ", "  ", "   ", "\t", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\xa0", "\u3000", "\u200b", ".", "!", "?",
          "'", "\u2019", "[CLS]", "[UNK]", "[SEP]", "<s>", "</s>", "<unk>", "<pad>", "<|endoftext|>", "<0x41>", "##ing",
          "我喜欢", "。", "東京に", "ภาษาไทย", "안녕", "Привет", "שלום", "مرحبا", "\u202e", "\u200d", "e\u0301", "\u0301",
          "\u00ad", "👨‍👩‍👧‍👦", "🇩🇪", "𝒳", "\0", "\x07", "\ufeff", "\ufffd", "İ", "ß", "K", "٣", "𝟗", "①", "ﬁ", "ﾊﾟ", "Ａ",
          "\u2581", "\u2581\u2581", "x" * 40, "字", "क्षि", "Ǆ", "ŉ", "ſ", "ΐ", "ẞ", "\u0345", "\u1e9b\u0323", "\ue000",
          "<sep>", "tok", "TOK", "foo", "Foo bar", "[A]", "ab", "a", "é", "ñ", "#", "##", "-", "–", "café", "naïve",
          "def f(x):\n    return x\n", "http://a.b/c?d=1", "２０２６", "½", "Ⅷ", "ᾳ", "𐐀", "Å", "각", "ᄀ", "\u0c4d"]


def hard(count, seed):
    rng = random.Random(seed)
    fixed = ["", " ", "  ", "\n", "\0", "a", "\u2581", " a", "a ", "  a  b  ", "\u0301", "\ufffd", "a\0b", "\u3000a"]
    yield from fixed
    for n in range(count):
        kind = n % 4
        if kind == 0:
            yield "".join(rng.choice(PIECES) for _ in range(rng.randrange(60)))
        elif kind == 1:
            yield " ".join(rng.choice(PIECES) for _ in range(rng.randrange(60)))
        elif kind == 2:
            out = []
            for _ in range(rng.randrange(120)):
                limit = rng.choice([0x80, 0x80, 0x250, 0x800, 0x3100, 0x10000, 0x20000, 0x110000])
                c = rng.randrange(limit)
                out.append(chr(c) if not 0xD800 <= c < 0xE000 else "\ufffd")
            yield "".join(out)
        else:
            few = [rng.choice(PIECES) for _ in range(3)]
            yield "".join(rng.choice(few) for _ in range(rng.randrange(200)))


def every_code_point():
    """Each code point between letters, in documents of 256."""
    for block in range(0, 0x110000, 256):
        yield "".join("a%sb " % chr(c) for c in range(block, block + 256) if not 0xD800 <= c < 0xE000)


def write(path, texts):
    with open(path, "wb") as file:
        for text in texts:
            data = text.encode("utf-8")
            file.write(struct.pack(">i", len(data)))
            file.write(data)


def read(path):
    with open(path, "rb") as file:
        while head := file.read(4):
            yield file.read(struct.unpack(">i", head)[0])


def main():
    """documents.py DATA WORK: writes the documents that `compare` needs, and lines to train on."""
    import sys
    data, work = sys.argv[1:]
    write(os.path.join(work, "hard.docs"), list(hard(3000, 1)) + list(every_code_point()))
    texts = list(real(data))
    write(os.path.join(work, "real.docs"), texts)
    random.Random(5).shuffle(texts)
    write(os.path.join(work, "sample.docs"), [text[:20000] for text in texts[:150]])
    lines = [line for text in texts[150:1500] for line in text.split("\n")[:60] if 10 < len(line) < 400]
    random.Random(1).shuffle(lines)
    with open(os.path.join(work, "train.txt"), "w", encoding="utf-8") as file:
        file.write("\n".join(lines[:30000]))


if __name__ == "__main__":
    main()
