"""The byte-level encodings as their publishers define them: rank files and patterns."""
import base64

import tiktoken_ext.openai_public as openai

CONTRACTIONS = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)"
LETTERS = r"|[^\r\n\p{L}\p{N}]?\p{L}+"
OTHERS = r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"

FILES = {
    "r50k_base": "tiktoken/r50k_base.tiktoken",
    "cl100k_base": "tiktoken/cl100k_base.tiktoken",
    "o200k_base": "tiktoken/o200k_base.tiktoken",
    "llama3": "llama3/meta-llama-3-8B.tiktoken",
    "qwen": "qwen/qwen.tiktoken",
    "gpt2_as_published": "tiktoken/r50k_base.tiktoken",
    "qwen35_pattern": "qwen/qwen.tiktoken",
}

PATTERNS = {
    "llama3": CONTRACTIONS + LETTERS + r"|\p{N}{1,3}" + OTHERS,
    "qwen": CONTRACTIONS + LETTERS + r"|\p{N}" + OTHERS,
    "gpt2_as_published":
        r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+",
    "qwen35_pattern": CONTRACTIONS
        + r"|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*"
        + r"|\s*[\r\n]+|\s+(?!\S)|\s+",
}


def ranks(path):
    with open(path, "rb") as file:
        pairs = (line.split() for line in file.read().splitlines() if line)
        return {base64.b64decode(token): int(rank) for token, rank in pairs}


def pattern(name):
    """The pattern of an encoding; those of OpenAI from tiktoken itself, without its downloads."""
    if name in PATTERNS:
        return PATTERNS[name]
    load = openai.load_tiktoken_bpe
    openai.load_tiktoken_bpe = lambda *args, **kwargs: {}
    try:
        return getattr(openai, name)()["pat_str"]
    finally:
        openai.load_tiktoken_bpe = load


def encoding(name, data):
    """The path of the rank file, and the pattern."""
    return f"{data}/tokenizers/{FILES[name]}", pattern(name)
