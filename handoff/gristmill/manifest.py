"""The list of files that a run committed; what is not listed does not belong to it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

VERSION = 1
_READ_BYTES = 1 << 20


class ShardError(Exception):
    """A file is not what the manifest says; the message names file, expected and found."""

    def __init__(self, file: Path, expected: object, found: object) -> None:
        super().__init__(f"{file}: expected {expected}, found {found}")
        self.file = file
        self.expected = expected
        self.found = found

    def __reduce__(self) -> tuple[type[ShardError], tuple[Path, object, object]]:
        return ShardError, (self.file, self.expected, self.found)


@dataclass(frozen=True)
class ShardFile:
    """One file: ``path`` is relative to the manifest's folder, ``tokens`` are without padding."""

    format: str
    path: str
    sha256: str
    bytes: int
    sequences: int
    tokens: int


@dataclass(frozen=True)
class Manifest:
    """What ``manifest.json`` says; ``digest`` is the sha256 of the file itself."""

    folder: Path
    digest: str
    sequence_tokens: int
    tokenizer: str
    vocabulary_size: int
    end_of_document: int
    seed: int
    sequences: int
    tokens: int
    padding: int
    shards: tuple[ShardFile, ...]

    @classmethod
    def open(cls, path: str | Path) -> Manifest:
        """Reads the manifest of a run's folder, or of the run that ``latest.json`` points at.

        ``path`` is the pipeline's root, its ``shards`` folder, a run's folder or a manifest.json.
        """
        file = _locate(Path(path))
        content = file.read_bytes()
        try:
            return cls._parse(file.parent, content)
        except (ValueError, KeyError, TypeError) as e:
            raise ShardError(file, f"a manifest of version {VERSION}", repr(e)) from e

    @classmethod
    def _parse(cls, folder: Path, content: bytes) -> Manifest:
        fields: dict[str, Any] = json.loads(content)
        if fields["version"] != VERSION:
            raise ValueError(f"version {fields['version']}")
        shards = tuple(
            ShardFile(**{name: shard[name] for name in ShardFile.__dataclass_fields__})
            for shard in fields["shards"]
        )
        plain = set(cls.__dataclass_fields__) - {"folder", "digest", "shards"}
        return cls(
            folder=folder,
            digest=hashlib.sha256(content).hexdigest(),
            shards=shards,
            **{name: fields[name] for name in plain},
        )

    def of_format(self, name: str) -> list[ShardFile]:
        """The files of one format, by path."""
        return sorted((s for s in self.shards if s.format == name), key=lambda s: s.path)

    def file(self, shard: ShardFile) -> Path:
        """Where a listed file lies."""
        return self.folder / shard.path

    def check(self, shard: ShardFile, sha256: bool = True) -> None:
        """Raises ``ShardError`` unless the file is there with its length and, if asked, hash."""
        file = self.file(shard)
        if not file.is_file():
            raise ShardError(file, "a file", "none")
        size = file.stat().st_size
        if size != shard.bytes:
            raise ShardError(file, f"{shard.bytes} bytes", f"{size} bytes")
        if sha256:
            found = sha256_of(file)
            if found != shard.sha256:
                raise ShardError(file, f"sha256 {shard.sha256}", f"sha256 {found}")

    def check_unlisted(self, format_name: str) -> None:
        """Raises ``ShardError`` if the format's folder holds a file which is not listed.

        Names that start with ``_`` or ``.`` are left-overs of writers and do not count.
        """
        listed = {self.file(shard) for shard in self.of_format(format_name)}
        for file in sorted((self.folder / format_name).glob("*")):
            if file not in listed and not file.name.startswith(("_", ".")):
                raise ShardError(file, "a file listed in manifest.json", "one that is not")


def sha256_of(file: Path) -> str:
    """The file's sha256 in hex; reads it a megabyte at a time."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(_READ_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def _locate(path: Path) -> Path:
    if path.name == "manifest.json":
        return path
    if (path / "manifest.json").is_file():
        return path / "manifest.json"
    for latest in (path / "latest.json", path / "shards" / "latest.json"):
        if latest.is_file():
            run = json.loads(latest.read_bytes())["shards"]
            return latest.parent / run / "manifest.json"
    raise ShardError(path, "manifest.json, latest.json or shards/latest.json", "none of them")
