"""When two names mean one outlet: one row of the codebook, or the same words but for "News", "Agency", "TV"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from tracewire.codebook.matcher import fold, tokens
from tracewire.codebook.rows import OutletRow

__all__ = ["OutletIds", "is_initials", "outlet_core"]

_ARTICLES = frozenset({"the", "a", "an"})
_GENERIC = frozenset({
    "news", "agency", "newspaper", "daily", "online", "tv", "television", "network", "com", "org", "magazine",
    "website", "media", "net",
})  # fmt: skip
"""Words that a name may have more or fewer of and still be the same outlet."""


_INITIAL = re.compile(r"[A-Z][a-z]+|[A-Z]+(?![a-z])|[a-z]+")
_SMALL = frozenset({"the", "a", "an", "of", "for", "and", "in"})


@lru_cache(maxsize=65_536)
def outlet_core(name: str) -> tuple[str, ...]:
    """The folded words that tell an outlet from others: without articles and words such as "News" or "Agency"."""
    words = [t.folded for t in tokens(name) if t.folded not in _ARTICLES]
    return tuple(w for w in words if w not in _GENERIC) or tuple(words)


def is_initials(short: str, name: str) -> bool:
    """Whether capitals abbreviate an outlet's name: "TSA", "TransSahel Agency"."""
    if not (short.isascii() and short.isalpha() and short.isupper() and 2 <= len(short) <= 6):
        return False
    letters = [word[0].upper() for word in _INITIAL.findall(name)]
    plain = [word[0].upper() for word in _INITIAL.findall(name) if word.lower() not in _SMALL]
    return short in ("".join(letters), "".join(plain))


class OutletIds:
    """One id for all names of an outlet: that of its row, else its telling words."""

    def __init__(self, rows: Mapping[str, OutletRow]) -> None:
        self._rows: dict[str, str] = {}
        cores: dict[tuple[str, ...], set[str]] = {}
        for row in rows.values():
            for name in (*row.aliases, row.name):
                self._rows[fold(name)] = row.id
                cores.setdefault(outlet_core(name), set()).add(row.id)
        # words that two outlets of the codebook have in common tell neither
        self._cores = {core: min(ids) for core, ids in cores.items() if len(ids) == 1}

    def row(self, name: str) -> str | None:
        """The id of the outlet's row; None where the codebook lacks it."""
        return self._rows.get(fold(name)) or self._cores.get(outlet_core(name))

    def id(self, name: str) -> str:
        """The id of the outlet."""
        return self.row(name) or f"named:{' '.join(outlet_core(name)) or fold(name)}"

    def distinct(self, names: Iterable[str]) -> list[str]:
        """Each outlet once, sorted, by the plainest of its names: not in capitals, the shortest."""
        plainest: dict[str, str] = {}
        for name in sorted(names, key=lambda n: (n.isupper() and len(n) > 5, len(n), n)):
            plainest.setdefault(self.id(name), name)
        return sorted(plainest.values())
