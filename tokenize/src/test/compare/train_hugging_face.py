"""Trains small tokenizer.json files in combinations of parts: train_hugging_face.py TEXT SENTENCEPIECE FOLDER

SENTENCEPIECE is a model of SentencePiece with normalization rules, whose charsmap is used.
"""
import base64, json, os, sys

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

text, sentencepiece, folder = sys.argv[1:]
os.makedirs(folder, exist_ok=True)
lines = open(text, encoding="utf-8").read().split("\n")[:12000]


def charsmap():
    """Field 2 of field 3 of the model's protocol buffers message."""
    def fields(data):
        at = 0
        while at < len(data):
            key, at = varint(data, at)
            if key & 7 == 2:
                length, at = varint(data, at)
                yield key >> 3, data[at:at + length]
                at += length
            elif key & 7 == 0:
                _, at = varint(data, at)
            else:
                at += 4 if key & 7 == 5 else 8

    def varint(data, at):
        value = shift = 0
        while True:
            value |= (data[at] & 127) << shift
            shift += 7
            at += 1
            if data[at - 1] < 128:
                return value, at

    spec = next(value for number, value in fields(open(sentencepiece, "rb").read()) if number == 3)
    return next(value for number, value in fields(spec) if number == 2)


N, P, D = normalizers, pre_tokenizers, decoders
NORMALIZERS = {
    "none": None, "nfc": N.NFC(), "nfd": N.NFD(), "nfkc": N.NFKC(), "nfkd": N.NFKD(), "lower": N.Lowercase(),
    "nfdaccents": N.Sequence([N.NFD(), N.StripAccents(), N.Lowercase()]), "accents": N.StripAccents(),
    "strip": N.Strip(), "lstrip": N.Strip(left=True, right=False), "rstrip": N.Strip(left=False, right=True),
    "nmt": N.Sequence([N.Nmt(), N.NFKC()]), "prepend": N.Sequence([N.Prepend("▁"), N.Replace(" ", "▁")]),
    "replace": N.Sequence([N.Replace(Regex(r"\s+"), " "), N.Replace("''", '"'), N.Replace(Regex(" {2,}"), "▁")]),
    "remove": N.Replace(Regex(r"[\p{P}\p{S}]"), ""), "digits": N.Replace(Regex(r"(?<=\d)\d"), "#"),
    "bert": N.BertNormalizer(), "bertcased": N.BertNormalizer(lowercase=False),
    "bertkept": N.BertNormalizer(clean_text=False, handle_chinese_chars=False, strip_accents=False, lowercase=True),
    "bertaccents": N.BertNormalizer(clean_text=True, handle_chinese_chars=False, strip_accents=True, lowercase=False),
    "precompiled": N.Precompiled(charsmap()), "bytelevel": N.ByteLevel(),
    "t5": N.Sequence([N.Precompiled(charsmap()), N.Strip(left=False, right=True), N.Replace(Regex(" {2,}"), "▁")])}
GPT4 = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+"
        r"|\s+(?!\S)|\s+")
DEEPSEEK = [r"\p{N}{1,3}", r"[一-龥぀-ゟ゠-ヿ]+",
            "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+"
            "| ?[\\p{P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"]
BLOOM = r" ?[^(\s|[.,!?…。，、।۔،])]+"
PRE_TOKENIZERS = {
    "bytelevel": P.ByteLevel(add_prefix_space=False), "bytelevelspace": P.ByteLevel(add_prefix_space=True),
    "bytes": P.ByteLevel(add_prefix_space=False, use_regex=False), "whitespace": P.Whitespace(),
    "split": P.WhitespaceSplit(), "metaspace": P.Metaspace(), "metafirst": P.Metaspace(prepend_scheme="first"),
    "metanever": P.Metaspace(prepend_scheme="never"), "metawhole": P.Metaspace(split=False),
    "metafirstwhole": P.Metaspace(prepend_scheme="first", split=False), "metaother": P.Metaspace(replacement="_"),
    "bert": P.BertPreTokenizer(), "digits": P.Sequence([P.WhitespaceSplit(), P.Digits(individual_digits=True)]),
    "digitruns": P.Sequence([P.Digits(individual_digits=False), P.Metaspace(prepend_scheme="first")]),
    "scripts": P.UnicodeScripts(), "scriptsspace": P.Sequence([P.WhitespaceSplit(), P.UnicodeScripts()]),
    "delimiter": P.CharDelimiterSplit("字"), "fixed": P.FixedLength(3),
    "gpt4": P.Sequence([P.Split(Regex(GPT4), "isolated"), P.ByteLevel(add_prefix_space=False, use_regex=False)]),
    "gpt4inverted": P.Sequence([P.Split(Regex(GPT4), "removed", invert=True),
                                P.ByteLevel(add_prefix_space=False, use_regex=False)]),
    "deepseek": P.Sequence([P.Split(Regex(r), "isolated") for r in DEEPSEEK] +
                           [P.ByteLevel(add_prefix_space=False, use_regex=False)]),
    "lookahead": P.Sequence([P.Split(Regex(r"\d{1,3}(?=(?:\d{3})*\b)"), "isolated"),
                             P.ByteLevel(add_prefix_space=False)]),
    "lazy": P.Split(Regex(r"[a-z]+?e|(?:ab|ba)+|\S{2,4}?\b|x{3}|^\w+|\w+$"), "isolated"),
    "empty": P.Split(Regex(r"a*"), "isolated"), "possessive": P.Split(Regex(r"(?>\w+)\.|[A-Z]++\d?|(?:a|b|ab)*+c"), "isolated"),
    "string": P.Split("the", "isolated")}
for behavior in ("removed", "isolated", "merged_with_previous", "merged_with_next", "contiguous"):
    PRE_TOKENIZERS["punctuation-" + behavior] = P.Punctuation(behavior)
    PRE_TOKENIZERS["comma-" + behavior] = P.Split(Regex(r"[,.\s]"), behavior)
    PRE_TOKENIZERS["inverted-" + behavior] = P.Split(Regex(r"\w+|\p{Han}"), behavior, invert=True)
ADDED = {
    "plain": [AddedToken("<sep>"), AddedToken("foo", normalized=False), AddedToken("tok", single_word=True)],
    "strips": [AddedToken("<sep>", lstrip=True, rstrip=True), AddedToken("##", lstrip=True, normalized=False),
               AddedToken("foo", rstrip=True, single_word=True), AddedToken("字", lstrip=True, rstrip=True)],
    "normalized": [AddedToken("TOK", normalized=True), AddedToken("é", normalized=True), AddedToken("Foo bar"),
                   AddedToken(" a", normalized=True), AddedToken("ab", normalized=False)]}
SPECIAL = ["<unk>", "[UNK]", "<s>", "</s>", "[CLS]", "[SEP]", "<pad>", "<|endoftext|>"]
SIZE = 4500


def trained(kind, options):
    if kind == "bpe":
        return Tokenizer(models.BPE(**options)), trainers.BpeTrainer
    if kind == "wordpiece":
        return Tokenizer(models.WordPiece(unk_token="[UNK]", **options)), trainers.WordPieceTrainer
    if kind == "unigram":
        return Tokenizer(models.Unigram()), trainers.UnigramTrainer
    return Tokenizer(models.WordLevel(unk_token="<unk>")), trainers.WordLevelTrainer


def train(name, kind, normalizer=None, pre=None, decoder=None, added=(), options={}, training={}, change=None, post=None):
    path = os.path.join(folder, name + ".json")
    if os.path.exists(path):
        return
    tokenizer, trainer = trained(kind, options)
    if normalizer is not None:
        tokenizer.normalizer = normalizer
    if pre is not None:
        tokenizer.pre_tokenizer = pre
    if decoder is not None:
        tokenizer.decoder = decoder
    if kind == "unigram":
        training = {"unk_token": "<unk>", "max_piece_length": 8, **training}
    short = [line[:120] for line in lines]
    try:
        tokenizer.train_from_iterator(short[:4000] if kind == "unigram" else short, trainer(
            vocab_size=SIZE, special_tokens=SPECIAL, show_progress=False, **training))
    except Exception as e:
        print("not trained:", name, e)
        return
    tokenizer.add_tokens(list(added))
    if post is not None:
        tokenizer.post_processor = post
    data = json.loads(tokenizer.to_str())
    if change is not None:
        change(data)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(data, file, ensure_ascii=False)


KINDS = ("wordpiece", "unigram", "bpe", "wordlevel")
for number, (name, normalizer) in enumerate(NORMALIZERS.items()):
    kind = KINDS[number % 3]
    pre = [P.Metaspace(prepend_scheme="first"), P.WhitespaceSplit(), P.BertPreTokenizer()][number % 3]
    options = {"unk_token": "<unk>"} if kind == "bpe" else {}
    train("normalizer-%s-%s" % (name, kind), kind, normalizer, pre, [D.Metaspace(), D.WordPiece(), None][number % 3],
          options=options, added=list(ADDED.values())[number % 3])
for number, (name, pre) in enumerate(PRE_TOKENIZERS.items()):
    kind = "bpe" if any(b in name for b in ("byte", "gpt4", "deepseek", "lookahead")) else KINDS[number % 4]
    options = {"unk_token": "<unk>", "fuse_unk": number % 2 == 0} if kind == "bpe" else {}
    training = {"initial_alphabet": P.ByteLevel.alphabet()} if kind == "bpe" else {}
    decoder = D.ByteLevel() if kind == "bpe" else D.Metaspace() if "meta" in name else None
    train("pre-%s-%s" % (name, kind), kind, None, pre, decoder, options=options, training=training)
for name, added in ADDED.items():
    for normalizer in ("none", "bert", "prepend", "nfkc", "strip"):
        train("added-%s-%s" % (name, normalizer), "bpe", NORMALIZERS[normalizer], P.Metaspace(prepend_scheme="first"),
              D.Metaspace(prepend_scheme="first"), added, {"unk_token": "<unk>"})
    train("added-%s-bytes" % name, "bpe", None, P.ByteLevel(add_prefix_space=False), D.ByteLevel(), added,
          training={"initial_alphabet": P.ByteLevel.alphabet()}, post=processors.ByteLevel(trim_offsets=False))


def bytes_added(data):
    """Byte tokens, as files made from SentencePiece models have them."""
    vocabulary = data["model"]["vocab"]
    for b in range(256):
        if isinstance(vocabulary, list):
            vocabulary.append(["<0x%02X>" % b, -20.0 - b])
        else:
            vocabulary["<0x%02X>" % b] = len(vocabulary)
    data["model"]["byte_fallback"] = True


def ignoring(data):
    data["model"]["ignore_merges"] = True


def lines_of_merges(data):
    data["model"]["merges"] = [" ".join(pair) for pair in data["model"]["merges"] if not any(" " in p for p in pair)]


LLAMA = D.Sequence([D.Replace("▁", " "), D.ByteFallback(), D.Fuse(), D.Strip(" ", 1, 0)])
template = processors.TemplateProcessing(single="<s> $A", pair="<s> $A <s> $B", special_tokens=[("<s>", 2)])
train("llama", "bpe", NORMALIZERS["prepend"], None, LLAMA, options={"unk_token": "<unk>", "fuse_unk": True},
      change=bytes_added, post=template)
train("llama-nobytes", "bpe", NORMALIZERS["prepend"], None, LLAMA, options={"unk_token": "<unk>", "fuse_unk": True})
train("llama-new", "bpe", None, P.Metaspace(prepend_scheme="first", split=False), LLAMA,
      options={"unk_token": "<unk>", "fuse_unk": True}, change=bytes_added)
train("llama-nounk", "bpe", NORMALIZERS["prepend"], None, LLAMA)
train("gpt2-nounk", "bpe", None, P.ByteLevel(add_prefix_space=False), D.ByteLevel())
train("ignore", "bpe", None, PRE_TOKENIZERS["gpt4"], D.ByteLevel(),
      training={"initial_alphabet": P.ByteLevel.alphabet()}, change=ignoring)
train("lines", "bpe", None, P.ByteLevel(), D.ByteLevel(), training={"initial_alphabet": P.ByteLevel.alphabet()},
      change=lines_of_merges, post=processors.RobertaProcessing(("</s>", 3), ("<s>", 2)))
train("suffix", "bpe", N.Lowercase(), P.Whitespace(), D.BPEDecoder(), options={"unk_token": "<unk>", "end_of_word_suffix": "</w>"},
      training={"end_of_word_suffix": "</w>"})
train("prefix", "bpe", N.NFC(), P.BertPreTokenizer(), D.WordPiece("##"),
      options={"unk_token": "<unk>", "continuing_subword_prefix": "##", "fuse_unk": True}, training={"continuing_subword_prefix": "##"})
train("unigram-bytes", "unigram", NORMALIZERS["precompiled"], P.Metaspace(), D.Metaspace(), change=bytes_added)
train("t5", "unigram", NORMALIZERS["t5"], P.Metaspace(), D.Metaspace(),
      post=processors.TemplateProcessing(single="$A </s>", pair="$A </s> $B </s>", special_tokens=[("</s>", 3)]))
train("xlnet", "unigram", N.Sequence([N.Replace("``", '"'), N.NFKD(), N.StripAccents(), N.Precompiled(charsmap()),
                                      N.Replace(Regex(" {2,}"), " ")]), P.Metaspace(), D.Metaspace())
train("bert", "wordpiece", N.BertNormalizer(), P.BertPreTokenizer(), D.WordPiece(),
      post=processors.BertProcessing(("[SEP]", 5), ("[CLS]", 4)))
train("short", "wordpiece", N.BertNormalizer(lowercase=False), P.BertPreTokenizer(), D.WordPiece(cleanup=False),
      options={"max_input_chars_per_word": 6})
train("ctc", "wordlevel", None, P.Split("", "isolated") if False else P.Whitespace(), D.CTC())
