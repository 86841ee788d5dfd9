"""Answers kept by what was asked, so that the same question is never paid for twice."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path


def cache_key(model: str, prompt_version: str, *messages: str) -> str:
    """SHA-256 over model, prompt version and all that was sent, as 64 hex digits."""
    joined = "\x1f".join((model, prompt_version, *messages))
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()


class Cache:
    """One file an answer in `folder`; only the user may read them, as they quote the texts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> str | None:
        """The answer kept under the key; None where there is none or its file is damaged."""
        try:
            kept = json.loads(self._path(key).read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            return None
        answer = kept.get("answer") if isinstance(kept, dict) and kept.get("key") == key else None
        return answer if isinstance(answer, str) else None

    def put(self, key: str, model: str, answer: str) -> None:
        """Keep an answer, whole or not at all; raises OSError."""
        path = self._path(key)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        part.touch(mode=0o600)
        part.write_text(json.dumps({"key": key, "model": model, "answer": answer}), "utf-8")
        part.replace(path)

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"
