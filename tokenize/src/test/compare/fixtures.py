"""Makes the small models of the tests, and what the references encode and decode: fixtures.py FOLDER

FOLDER is tokenize/src/test/resources/org/gristmill/tokenize/models. A line of expected.jsonl.gz is a model's
file, its pattern, a text, its ids and the text that they decode to.
"""
import gzip, json, os, sys

import sentencepiece
from tokenizers import (AddedToken, BertWordPieceTokenizer, Regex, Tokenizer, decoders as D, models, normalizers as N,
                        pre_tokenizers as P, trainers)

import documents

folder = sys.argv[1]
os.makedirs(folder, exist_ok=True)
PROSE = [
    "The mill stands by the river. It has been grinding corn since the days of our grandparents, and we don't stop.",
    "Wheat, 3.5 tons; rye, 1,000 bags. The miller's list (kept by the clerk) was written in 1887 and 2026!",
    "Die Mühle steht am Fluß. Der Müller mahlt seit vielen Jahren Korn.", "Le moulin est près de la rivière, n'est-ce pas ?",
    "Мельница стоит у реки. Уже много лет в ней мелют зерно.", "تقع الطاحونة بجانب النهر.", "चक्की नदी के किनारे है।",
    "水磨在河边。人们在这里磨了很多年的面粉。你见过它吗？", "水車小屋は川のそばにあります。もう何年も小麦をひいています。",
    "방앗간은 강가에 있다. 오랫동안 밀을 빻아 왔다.", "โรงสีอยู่ริมแม่น้ำ ที่นี่สีข้าวมาหลายปีแล้ว",
    "def mill(grain):\n    if not grain:\n        return {}\n    return flour[0] * 2\n"]
TRAINING = [word for line in PROSE for word in (line, line.lower(), line.replace(" ", "  "))]
TEXTS = PROSE + list(documents.hard(48, 9))
expected = []


def expect(file, pattern, encode, decode, without=()):
    for text in TEXTS:
        if any(name in text for name in without):
            continue
        ids = list(encode(text))
        decoded = decode(ids) if ids else ""
        expected.append(json.dumps([file, pattern, text, ids, decoded], ensure_ascii=False) + "\n")


with open(os.path.join(folder, "rules.tsv"), "w") as file:
    file.write("41\t61 62\n61 301\tE1\n30\t\n1F600\t3A 29\n20 20\t20\nFB01\t66 69\nD A\t20\n")
with open(os.path.join(folder, "training.txt"), "w") as file:
    file.write("\n".join(TRAINING))
for name, options in {
        "bpe": dict(model_type="bpe", byte_fallback=True, remove_extra_whitespaces=False),
        "bpe-rules": dict(model_type="bpe", user_defined_symbols=["<sep>", "foo", "字"]),
        "unigram": dict(model_type="unigram", byte_fallback=True),
        "unigram-rules": dict(model_type="unigram", user_defined_symbols=["<sep>", "ab", "##"],
                              treat_whitespace_as_suffix=True, pad_id=0, unk_id=3, bos_id=-1, eos_id=1)}.items():
    rules = {"normalization_rule_tsv": os.path.join(folder, "rules.tsv")} if "rules" in name else {
        "normalization_rule_name": "identity"}
    sentencepiece.SentencePieceTrainer.train(
        input=os.path.join(folder, "training.txt"), model_prefix=os.path.join(folder, name), vocab_size=700,
        hard_vocab_limit=False, minloglevel=2, num_threads=1, **rules, **options)
    os.remove(os.path.join(folder, name + ".vocab"))
    processor = sentencepiece.SentencePieceProcessor(model_file=os.path.join(folder, name + ".model"))
    expect(name + ".model", "", processor.encode, processor.decode)
os.remove(os.path.join(folder, "rules.tsv"))
os.remove(os.path.join(folder, "training.txt"))

SPECIAL = ["<unk>", "[UNK]", "</s>", "<pad>"]
GPT4 = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+"
        r"|\s+(?!\S)|\s+")


def json_file(name, model, trainer, normalizer, pre, decoder, added=(), byte_fallback=False, **options):
    tokenizer = Tokenizer(model)
    if normalizer is not None:
        tokenizer.normalizer = normalizer
    if pre is not None:
        tokenizer.pre_tokenizer = pre
    tokenizer.decoder = decoder
    tokenizer.train_from_iterator(TRAINING, trainer(
        vocab_size=600, special_tokens=SPECIAL, show_progress=False, **options))
    tokenizer.add_tokens(list(added))
    data = json.loads(tokenizer.to_str())
    if byte_fallback:
        vocabulary = data["model"]["vocab"]
        for b in range(256):
            vocabulary["<0x%02X>" % b] = len(vocabulary)
        data["model"]["byte_fallback"] = True
    path = os.path.join(folder, name + ".json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(data, file, ensure_ascii=False)
    tokenizer = Tokenizer.from_file(path)
    tokenizer.encode_special_tokens = True
    expect(name + ".json", "", lambda text: tokenizer.encode(text, add_special_tokens=False).ids,
           lambda ids: tokenizer.decode(ids, skip_special_tokens=False), SPECIAL)


alphabet = {"initial_alphabet": P.ByteLevel.alphabet()}
json_file("gpt2", models.BPE(), trainers.BpeTrainer, None, P.ByteLevel(add_prefix_space=False), D.ByteLevel(), **alphabet)
json_file("gpt4", models.BPE(ignore_merges=True), trainers.BpeTrainer, N.NFC(), P.Sequence([
    P.Split(Regex(GPT4), "isolated"), P.Split(Regex(r"\w+?e|(?:ab|ba)+\b"), "merged_with_next"),
    P.ByteLevel(add_prefix_space=False, use_regex=False)]), D.ByteLevel(),
    [AddedToken("<sep>", lstrip=True), AddedToken("tok", single_word=True, normalized=False)], **alphabet)
json_file("llama", models.BPE(unk_token="<unk>", fuse_unk=True), trainers.BpeTrainer,
          N.Sequence([N.Prepend("▁"), N.Replace(" ", "▁")]), None,
          D.Sequence([D.Replace("▁", " "), D.ByteFallback(), D.Fuse(), D.Strip(" ", 1, 0)]), byte_fallback=True)
json_file("words", models.BPE(unk_token="<unk>", fuse_unk=True, end_of_word_suffix="</w>"), trainers.BpeTrainer,
          N.Sequence([N.NFKD(), N.StripAccents(), N.Lowercase(), N.Strip()]),
          P.Sequence([P.Whitespace(), P.Digits(individual_digits=True), P.UnicodeScripts()]), D.BPEDecoder(),
          end_of_word_suffix="</w>")
json_file("bert", models.WordPiece(unk_token="[UNK]", max_input_chars_per_word=12), trainers.WordPieceTrainer,
          N.BertNormalizer(), P.BertPreTokenizer(), D.WordPiece())
json_file("unigram", models.Unigram(), trainers.UnigramTrainer, N.Sequence([N.Nmt(), N.NFKC(), N.Replace(Regex(" {2,}"), " ")]),
          P.Metaspace(prepend_scheme="first"), D.Metaspace(prepend_scheme="first"),
          [AddedToken("foo", rstrip=True), AddedToken("é", normalized=True)], unk_token="<unk>")
json_file("level", models.WordLevel(unk_token="<unk>"), trainers.WordLevelTrainer, N.Replace("''", '"'),
          P.Sequence([P.Split(" ", "removed"), P.Punctuation("contiguous"), P.FixedLength(4)]), D.Fuse())

lines = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + sorted(
    {c for line in PROSE for c in line if not c.isspace()} | {"##" + c for line in PROSE for c in line if not c.isspace()}
    | {w.strip(".,;!()?") for line in PROSE for w in line.lower().split()} - {""})
with open(os.path.join(folder, "vocab.txt"), "w", encoding="utf-8") as file:
    file.write("\n".join(lines) + "\n")
for pattern in ("cased", "uncased"):
    tokenizer = BertWordPieceTokenizer(os.path.join(folder, "vocab.txt"), lowercase=pattern == "uncased")
    tokenizer._tokenizer.encode_special_tokens = True
    expect("vocab.txt", pattern, lambda text: tokenizer.encode(text, add_special_tokens=False).ids,
           lambda ids: tokenizer.decode(ids, skip_special_tokens=False), ["[UNK]", "[CLS]", "[SEP]"])
with gzip.GzipFile(os.path.join(folder, "expected.jsonl.gz"), "wb", mtime=0) as file:
    file.write("".join(expected).encode("utf-8"))
