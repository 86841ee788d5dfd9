"""Whose dead are counted: civilians, soldiers or irregulars, as far as the noun tells."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from tracewire.codebook.matcher import fold
from tracewire.lang import load_words

Kind = Literal["civilian", "state", "irregular"]


def kinds_of(heads: Iterable[str]) -> frozenset[Kind]:
    """The kinds of some head nouns ("soldiers"); nouns that tell nothing ("men", "bodies") are left out."""
    table = _table()
    return frozenset(table[h] for h in map(fold, heads) if h in table)


def other_people(left: frozenset[Kind], right: frozenset[Kind]) -> bool:
    """Civilians against combatants: two counts that cannot be of the same dead."""
    return bool(left) and bool(right) and ("civilian" in left) != ("civilian" in right)


def other_side(left: frozenset[Kind], right: frozenset[Kind]) -> bool:
    """Known and not one in common: soldiers against rebels."""
    return bool(left) and bool(right) and not left & right


@lru_cache(maxsize=1)
def _table() -> dict[str, Kind]:
    words = load_words("en", "victims")
    kinds: tuple[Kind, ...] = ("civilian", "state", "irregular")
    return {fold(word): kind for kind in kinds for word in words[kind]}
