"""Trains small SentencePiece models in combinations of their options: train_sentencepiece.py TEXT FOLDER"""
import itertools, os, sys

import sentencepiece

text, folder = sys.argv[1:]
os.makedirs(folder, exist_ok=True)


def train(name, **options):
    options = {"vocab_size": 4000, "hard_vocab_limit": False, "character_coverage": 0.995, "minloglevel": 2,
               "num_threads": 1, "input_sentence_size": 20000, "shuffle_input_sentence": False, **options}
    prefix = os.path.join(folder, name)
    if not os.path.exists(prefix + ".model"):
        sentencepiece.SentencePieceTrainer.train(input=text, model_prefix=prefix, **options)


for kind, rule in itertools.product(("bpe", "unigram"), ("identity", "nfkc", "nmt_nfkc", "nfkc_cf", "nmt_nfkc_cf")):
    train("%s-%s" % (kind, rule), model_type=kind, normalization_rule_name=rule)
for kind, rule in itertools.product(("bpe", "unigram"), ("identity", "nmt_nfkc")):
    for name, options in {
            "bytes": dict(byte_fallback=True),
            "noprefix": dict(add_dummy_prefix=False),
            "spaces": dict(remove_extra_whitespaces=False),
            "llama": dict(byte_fallback=True, remove_extra_whitespaces=False, split_digits=True,
                          allow_whitespace_only_pieces=True),
            "suffix": dict(treat_whitespace_as_suffix=True),
            "symbols": dict(user_defined_symbols=["<sep>", "foo", "tok", "##", "\u2581\u2581", "  ", "字", "[A]", "ab", "a"],
                            control_symbols=["<c>", "[CLS]"]),
            "symbolbytes": dict(user_defined_symbols=["<sep>", "foo"], byte_fallback=True,
                                remove_extra_whitespaces=False, add_dummy_prefix=False),
            "wide": dict(split_by_whitespace=False, split_by_unicode_script=False, split_by_number=False),
            "ids": dict(pad_id=0, unk_id=3, bos_id=-1, eos_id=1, unk_surface="??"),
            "tiny": dict(vocab_size=3000, character_coverage=0.98)}.items():
        train("%s-%s-%s" % (kind, rule, name), model_type=kind, normalization_rule_name=rule, **options)
for kind in ("char", "word"):
    train(kind, model_type=kind)
    train(kind + "-bytes", model_type=kind, byte_fallback=True, add_dummy_prefix=False)
    train(kind + "-symbols", model_type=kind, user_defined_symbols=["<sep>", "foo", "字"])
with open(os.path.join(folder, "rules.tsv"), "w") as file:
    file.write("41\t61 62\n61 301\tE1\n30\t\n1F600\t3A 29\n20 20\t20\n")
train("bpe-own", model_type="bpe", normalization_rule_tsv=os.path.join(folder, "rules.tsv"))
train("unigram-own", model_type="unigram", normalization_rule_tsv=os.path.join(folder, "rules.tsv"))
