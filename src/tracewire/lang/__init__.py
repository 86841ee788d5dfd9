"""The words of a language as data: one folder of same-named TOML files per language."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from tracewire.errors import CodebookError


def is_english(language: str | None) -> bool:
    """Whether a language code is one of English; an unknown language is taken for it."""
    return language is None or language.split("-")[0] == "en"


@lru_cache(maxsize=64)
def load_words(language: str, name: str) -> dict[str, Any]:
    """The tables of `lang/<language>/<name>.toml`; raises CodebookError where there is no such file."""
    path = files("tracewire.lang") / language / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise CodebookError(f"there is no word list {name!r} for language {language!r}") from error
