"""What is made of the codebook's files, kept between runs: read back only for exactly the same files and code."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

KEPT = 3
"""Newest files of one name that stay; older ones are of packs or versions that are no longer used."""


def fingerprint(contents: Iterable[bytes]) -> str:
    """A hash of all contents, in order."""
    whole = hashlib.sha256()
    for content in contents:
        whole.update(hashlib.sha256(content).digest())
    return whole.hexdigest()


def kept(folder: Path | None, name: str, mark: str, kind: type[T], make: Callable[[], T]) -> T:
    """What `make` gives, from `folder/name-mark.msgpack` where that can be read; a cache that fails is no failure."""
    import msgspec

    if folder is None:
        return make()
    path = folder / f"{name}-{mark[:24]}.msgpack"
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=kind)
    except (OSError, msgspec.DecodeError, msgspec.ValidationError):
        made = make()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f"{path.name}.{os.getpid()}.part")
        temporary.write_bytes(msgspec.msgpack.encode(made))
        temporary.replace(path)
        _prune(folder, name)
    except OSError:
        pass  # a folder that cannot be written costs time, nothing else
    return made


def _prune(folder: Path, name: str) -> None:
    files = sorted(folder.glob(f"{name}-*.msgpack"), key=lambda p: p.stat().st_mtime, reverse=True)
    for old in files[KEPT:]:
        old.unlink(missing_ok=True)
