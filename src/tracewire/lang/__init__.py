"""The words of a language as data: one folder of same-named TOML files per language."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from tracewire.errors import CodebookError


@lru_cache(maxsize=64)
def load_words(language: str, name: str) -> dict[str, Any]:
    """The tables of `lang/<language>/<name>.toml`; raises CodebookError where there is no such file."""
    path = files("tracewire.lang") / language / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise CodebookError(f"there is no word list {name!r} for language {language!r}") from error
