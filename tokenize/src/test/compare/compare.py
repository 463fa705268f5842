"""Compares ids and decoded texts with tokenizers and sentencepiece, document by document.

  compare.py CLASSPATH WORK DOCUMENTS MODEL [MODEL ...]

MODEL is a file, with `=PATTERN` behind it where its format needs one; DOCUMENTS a file of documents.py.
Prints a line for each model; exit 1 if any document differs.
"""
import os, struct, subprocess, sys, time

import documents

JAVA = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"


def sentencepiece_reference(path):
    import sentencepiece
    processor = sentencepiece.SentencePieceProcessor(model_file=path)
    return processor.encode, processor.decode, {}


def hugging_face_reference(path, special):
    import tokenizers
    tokenizer = tokenizers.Tokenizer.from_file(path)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.encode_special_tokens = special == "text"
    return (lambda text: tokenizer.encode(text, add_special_tokens=False).ids,
            lambda ids: tokenizer.decode(ids, skip_special_tokens=False), special_tokens(tokenizer))


def special_tokens(tokenizer):
    return {token.content: id for id, token in tokenizer.get_added_tokens_decoder().items() if token.special}


def bert_reference(path, special):
    import tokenizers
    lower = "uncased" in path or "chinese" in path
    tokenizer = tokenizers.BertWordPieceTokenizer(path, lowercase=lower)
    tokenizer._tokenizer.encode_special_tokens = special == "text"
    return (lambda text: tokenizer.encode(text, add_special_tokens=False).ids,
            lambda ids: tokenizer.decode(ids, skip_special_tokens=False), special_tokens(tokenizer._tokenizer))


def reference(path, special):
    if path.endswith(".json"):
        return hugging_face_reference(path, special)
    if path.endswith(".txt"):
        return bert_reference(path, special)
    return sentencepiece_reference(path)


def outputs(path):
    with open(path, "rb") as file:
        while head := file.read(4):
            count = struct.unpack(">i", head)[0]
            ids = list(struct.unpack(">%di" % count, file.read(4 * count)))
            length = struct.unpack(">i", file.read(4))[0]
            yield ids, file.read(length).decode("utf-8")


def whole(text):
    return text.encode("utf-8", errors="replace").decode("utf-8")


def compare(model, special, docs, output):
    if os.path.exists(output + ".refused"):
        print("REFUSED %s: %s" % (model, open(output + ".refused").read()), flush=True)
        return 0
    encode, decode, names = reference(model, special)
    # The reference's own models find a special token's name in a text if it is a piece of its own; ours do not.
    forbidden = {id for name, id in names.items() if "unk" not in name.lower()} if special == "text" else set()
    wrong = decoded_wrong = failed = tokens = named = 0
    for number, (data, (ids, text)) in enumerate(zip(documents.read(docs), outputs(output), strict=True)):
        string = data.decode("utf-8")
        try:
            expected = list(encode(string))
        except Exception as e:
            failed += 1
            continue
        tokens += len(expected)
        if not forbidden.isdisjoint(ids):
            print("  document %d of %s holds a special token" % (number, model))
            wrong += 1
            continue
        if ids != expected and special == "text" and any(name in string for name in names):
            named += 1
            continue
        if ids != expected:
            wrong += 1
            if wrong <= int(os.environ.get("SHOW", "1")):
                at = next((i for i, (a, b) in enumerate(zip(ids, expected)) if a != b), min(len(ids), len(expected)))
                before = decode(expected[max(0, at - 8):at])
                print("  document %d of %s, token %d behind %r: ours %s, theirs %s (%r / %r)" % (
                    number, model, at, before, ids[at:at + 6], expected[at:at + 6],
                    decode(ids[at:at + 6]), decode(expected[at:at + 6])))
        else:
            theirs = whole(decode(expected)) if expected else whole("")
            if text != theirs:
                decoded_wrong += 1
                if decoded_wrong <= int(os.environ.get("SHOW", "1")):
                    print("  document %d of %s decodes to %r, theirs %r" % (number, model, text[:200], theirs[:200]))
    print("%s %s: %d documents, %d tokens, %d differ, %d decode otherwise%s" % (
        "equal" if wrong + decoded_wrong == 0 else "WRONG", model, number + 1, tokens, wrong, decoded_wrong,
        (", the reference fails on %d" % failed if failed else "") +
        (", %d that name special tokens differ" % named if named else "")), flush=True)
    return wrong + decoded_wrong


def main():
    classpath, work, docs, *models = sys.argv[1:]
    special = os.environ.get("SPECIAL", "text")
    jobs = []
    for number, model in enumerate(models):
        path, _, pattern = model.partition("=")
        output = os.path.join(work, "%d.out" % number)
        for old in (output, output + ".refused"):
            if os.path.exists(old):
                os.remove(old)
        jobs.append((path, pattern, special, docs, output))
    with open(os.path.join(work, "jobs"), "w") as file:
        file.writelines("\t".join(job) + "\n" for job in jobs)
    start = time.time()
    subprocess.run([JAVA, "-Xmx3g", "-ea", "-cp", classpath, "org.gristmill.tokenize.Encode", os.path.join(work, "jobs")],
                   check=True)
    print("java: %.1f s" % (time.time() - start))
    wrong = sum(compare(path, special, docs, output) for path, _, special, _, output in jobs)
    sys.exit(1 if wrong else 0)


main()
