"""The lists of what a pipeline published; what is not listed does not belong to it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

GENERATION_VERSION = 1
CORPUS_VERSION = 2
_READ_BYTES = 1 << 20
_AGREED = ("sequence_tokens", "tokenizer", "vocabulary_size", "end_of_document", "tracks")
_SUMS = ("sequences", "tokens", "padding")
_MALFORMED = (ValueError, KeyError, TypeError)


class ShardError(Exception):
    """A file is not what it should be; the message names file, expected and found."""

    def __init__(self, file: Path, expected: object, found: object) -> None:
        super().__init__(f"{file}: expected {expected}, found {found}")
        self.file = file
        self.expected = expected
        self.found = found

    def __reduce__(self) -> tuple[type[ShardError], tuple[Path, object, object]]:
        return ShardError, (self.file, self.expected, self.found)


@dataclass(frozen=True)
class ShardFile:
    """One file: ``path`` is relative to ``folder``, ``tokens`` are without padding.

    ``group`` is what its documents have in common, where shards are kept apart by something.
    """

    folder: Path
    format: str
    path: str
    sha256: str
    bytes: int
    sequences: int
    tokens: int
    group: str = ""

    @property
    def file(self) -> Path:
        """Where it lies."""
        return self.folder / self.path

    def check(self, sha256: bool = True) -> None:
        """Raises ``ShardError`` unless the file is there with its length and, if asked, hash."""
        if not self.file.is_file():
            raise ShardError(self.file, "a file", "none")
        size = self.file.stat().st_size
        if size != self.bytes:
            raise ShardError(self.file, f"{self.bytes} bytes", f"{size} bytes")
        if sha256:
            found = sha256_of(self.file)
            if found != self.sha256:
                raise ShardError(self.file, f"sha256 {self.sha256}", f"sha256 {found}")


@dataclass(frozen=True)
class Generation:
    """The shards of one delivery: what ``manifest.json`` in their folder says, and never changes.

    ``digest`` is the sha256 of that file; ``tracks`` are what an objective says of every token.
    """

    file: Path
    digest: str
    name: str
    sequence_tokens: int
    tokenizer: str
    vocabulary_size: int
    end_of_document: int
    seed: int
    sequences: int
    tokens: int
    padding: int
    shards: tuple[ShardFile, ...]
    tracks: tuple[str, ...] = ()

    @classmethod
    def open(cls, file: Path) -> Generation:
        """Reads a manifest.json."""
        content = _read(file)
        try:
            return cls._parse(file, content)
        except _MALFORMED as e:
            raise ShardError(file, f"a manifest of version {GENERATION_VERSION}", repr(e)) from e

    @classmethod
    def _parse(cls, file: Path, content: bytes) -> Generation:
        fields = _fields(content, GENERATION_VERSION)
        listed = set(ShardFile.__dataclass_fields__) - {"folder", "group"}
        shards = tuple(
            ShardFile(
                file.parent,
                **{name: shard[name] for name in listed},
                group=shard.get("group", ""),
            )
            for shard in fields["shards"]
        )
        plain = set(cls.__dataclass_fields__) - {"file", "digest", "name", "shards", "tracks"}
        return cls(
            file=file,
            digest=_sha256(content),
            name=fields["generation"],
            shards=shards,
            tracks=tuple(fields.get("tracks", ())),
            **{name: fields[name] for name in plain},
        )

    def of_format(self, name: str) -> list[ShardFile]:
        """The files of one format, by path."""
        return sorted((s for s in self.shards if s.format == name), key=lambda s: s.path)

    def check_unlisted(self, format_name: str) -> None:
        """Raises ``ShardError`` if the format's folder holds a file which is not listed.

        Names that start with ``_`` or ``.`` are left-overs of writers and do not count. A shard
        may be a folder of files; an ``index.json`` beside shards is a list of them.
        """
        listed = {shard.file for shard in self.of_format(format_name)}
        listed |= {file.parent for file in listed}
        listed.add(self.file.parent / format_name / "index.json")
        for file in sorted((self.file.parent / format_name).rglob("*")):
            if file not in listed and not file.name.startswith(("_", ".")):
                raise ShardError(file, "a file listed in manifest.json", "one that is not")


@dataclass(frozen=True)
class Manifest:
    """A corpus: its generations, in their order, and what all of them agree on.

    It grows by generations at its end, so sequences keep their numbers. ``digest`` is the sha256
    of ``file``: the list of the generations, or the manifest.json of the only one.
    """

    file: Path
    digest: str
    name: str
    generations: tuple[Generation, ...]
    sequence_tokens: int
    tokenizer: str
    vocabulary_size: int
    end_of_document: int
    sequences: int
    tokens: int
    padding: int
    tracks: tuple[str, ...] = ()

    @classmethod
    def open(cls, path: str | Path) -> Manifest:
        """Reads a corpus and the manifest.json of each of its generations.

        ``path`` is the pipeline's root or its ``shards`` folder, for the corpus of ``latest.json``;
        another ``latest-TABLE.json``; ``corpora/CORPUS.json``, for a corpus as it once was; or a
        generation's folder or manifest.json, for that one alone.
        """
        file = _locate(Path(path).absolute())
        if file.name == "manifest.json":
            generation = Generation.open(file)
            return cls._of(file, generation.digest, generation.name, [generation])
        content = _read(file)
        try:
            fields = _fields(content, CORPUS_VERSION)
            name: str = fields["corpus"]
            listed = [(g["name"], g["manifest_sha256"]) for g in fields["generations"]]
        except _MALFORMED as e:
            raise ShardError(file, f"a corpus of version {CORPUS_VERSION}", repr(e)) from e
        folder = file.parent.parent if file.parent.name == "corpora" else file.parent
        generations = [Generation.open(folder / g / "manifest.json") for g, _ in listed]
        for generation, (_, sha256) in zip(generations, listed, strict=True):
            if generation.digest != sha256:
                found = f"sha256 {generation.digest}"
                raise ShardError(generation.file, f"sha256 {sha256}", found)
        return cls._of(file, _sha256(content), name, generations)

    @classmethod
    def _of(cls, file: Path, digest: str, name: str, generations: list[Generation]) -> Manifest:
        if not generations:
            raise ShardError(file, "a generation", "none")
        agreed = {key: getattr(generations[0], key) for key in _AGREED}
        for generation in generations:
            found = {key: getattr(generation, key) for key in _AGREED}
            if found != agreed:
                raise ShardError(generation.file, f"{agreed} as in {generations[0].name}", found)
        sums = {key: sum(getattr(g, key) for g in generations) for key in _SUMS}
        return cls(file, digest, name, tuple(generations), **agreed, **sums)

    @property
    def shards(self) -> list[ShardFile]:
        """The files of all generations, in the order of these."""
        return [shard for generation in self.generations for shard in generation.shards]

    def formats(self) -> list[str]:
        """The formats that there are files of, by name."""
        return sorted({shard.format for shard in self.shards})

    def of_format(self, name: str) -> list[ShardFile]:
        """The files of one format: by generation, then by path."""
        return [shard for g in self.generations for shard in g.of_format(name)]

    def find(self, digest: str) -> Path | None:
        """The list or manifest.json of that sha256 that lies where the generations do."""
        lists = self.generations[0].file.parent.parent.glob("*/*.json")
        return next((file for file in sorted(lists) if sha256_of(file) == digest), None)


def sha256_of(file: Path) -> str:
    """The file's sha256 in hex; reads it a megabyte at a time."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(_READ_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def _locate(path: Path) -> Path:
    if path.suffix == ".json":
        return path
    for name in ("manifest.json", "latest.json", "shards/latest.json"):
        if (path / name).is_file():
            return path / name
    raise ShardError(path, "manifest.json, latest.json or shards/latest.json", "none of them")


def _read(file: Path) -> bytes:
    if not file.is_file():
        raise ShardError(file, "a file", "none")
    return file.read_bytes()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _fields(content: bytes, version: int) -> dict[str, Any]:
    fields: dict[str, Any] = json.loads(content)
    if fields["version"] != version:
        raise ValueError(f"version {fields['version']}")
    return fields
