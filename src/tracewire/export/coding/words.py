"""The word lists of `lang/en/deeds.toml` as tests of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from tracewire.lang import load_words


@lru_cache(maxsize=64)
def pattern(table: str, name: str) -> re.Pattern[str]:
    """A pattern for the words of one list; upper-case entries match only as written."""
    words: list[str] = load_words("en", "deeds")[table][name]
    return re.compile("|".join(_one(word) for word in sorted(words, key=lambda w: (-len(w), w))))


def _one(word: str) -> str:
    body = r"[\s-]+".join(re.escape(part) for part in re.split(r"[\s-]+", word.removesuffix("*")))
    bounded = rf"\b{body}" + (r"\w*" if word.endswith("*") else r"\b")
    return bounded if any(char.isupper() for char in word) else f"(?i:{bounded})"


def says(table: str, name: str, text: str) -> bool:
    """Whether a text holds a word of a list."""
    return pattern(table, name).search(text) is not None


def kinds(table: str, texts: Iterable[str]) -> list[str]:
    """Which lists of a table the texts hold words of, in the order of the table."""
    joined = " ¶ ".join(texts)
    return [name for name in load_words("en", "deeds")[table] if says(table, name, joined)]
