"""Find the actors and outlets of the codebook by their names, however they are spelled."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from tracewire.codebook import Codebook
from tracewire.codebook.matcher import AliasMatcher
from tracewire.codebook.rows import ActorRow, OutletRow
from tracewire.lang import load_words
from tracewire.model import stable_id
from tracewire.resolve.names import TIER_ARTICLE, TIER_EXACT, TIER_MARKED, keys, marked_words, words

__all__ = ["ActorIndex", "entity_id", "generic_words", "short_heads", "splinter_words", "stripped"]

LONGEST_FUZZY_GAP = 2
SHORTEST_FUZZY = 8
FUZZY_RATIO = 90.0
FUZZY_WORD_RATIO = 80.0
SHORTEST_FUZZY_WORD = 5
"""A misspelt name has at least 8 letters and is 90 % the same; the one word that differs has 5 letters and is 80 % the
same. Set so that "eastern" never meets "western", nor one numbered brigade another."""
SHORTEST_LOOSE = 5
"""Names of so many consonants, one less for names of several words, meet however their vowels are written."""

_LEADING = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"\s?['’]s?$")
_DIGITS = re.compile(r"\d+")


def entity_id(kind: str, row_id: str) -> str:
    """The id in a record of a row of the codebook: `kind` is "actor" or "outlet"."""
    return stable_id("e", kind, row_id)


def stripped(name: str) -> str:
    """A name without article, possessive and line breaks: "the Front's" -> "Front"."""
    return _POSSESSIVE.sub("", _LEADING.sub("", " ".join(name.split()).strip(" \"'“”‘’#@")))


@lru_cache(maxsize=1)
def generic_words() -> frozenset[str]:
    """Words that alone name nobody ("front", "national")."""
    listed = load_words("en", "actor_words")["generic"]
    return frozenset(word for phrase in listed for word in words(phrase))


@lru_cache(maxsize=1)
def short_heads() -> frozenset[str]:
    """Common nouns that, capitalised, may stand for the one name of a document that holds them ("the Front")."""
    return frozenset(load_words("en", "actor_words")["short_heads"])


@lru_cache(maxsize=1)
def splinter_words() -> frozenset[str]:
    """Words that a group which split off puts before the old name ("Real", "New"): the old name is not short for it."""
    return frozenset(load_words("en", "actor_words")["splinters"])


class ActorIndex:
    """Ids of rows, prefixed "actor:" or "outlet:", by name and alias; ambiguous names give all their rows."""

    def __init__(self, codebook: Codebook) -> None:
        self.actors = codebook.actors
        self.outlets = codebook.outlets
        self._written: dict[str, set[str]] = {}
        self._lowered: dict[str, set[str]] = {}
        self._keys: dict[tuple[int, str], set[str]] = {}
        self._blanked: dict[tuple[str, ...], set[tuple[str, str]]] = {}
        for row in sorted(codebook.actors.values(), key=lambda r: r.id):
            self._add(f"actor:{row.id}", (row.name, *row.aliases), row.exact)
        for outlet in sorted(codebook.outlets.values(), key=lambda r: r.id):
            self._add(f"outlet:{outlet.id}", (outlet.name, *outlet.aliases), ())
        self.find = lru_cache(maxsize=65_536)(self._find)
        self.find_misspelt = lru_cache(maxsize=65_536)(self._find_misspelt)

    def row(self, key: str) -> ActorRow | OutletRow:
        """The row of an id that this index gave."""
        kind, _, id_ = key.partition(":")
        return self.actors[id_] if kind == "actor" else self.outlets[id_]

    def matcher(self) -> AliasMatcher:
        """Finds names of several words, and abbreviations, in running text."""
        rows = [(f"actor:{row.id}", (row.name, *row.aliases)) for row in self.actors.values()]
        rows += [(f"outlet:{row.id}", (row.name, *row.aliases)) for row in self.outlets.values()]
        return AliasMatcher(
            (alias, key, False) for key, names in sorted(rows) for alias in names if len(words(stripped(alias))) > 1
        )

    def _add(self, key: str, names: Iterable[str], exact: Iterable[str]) -> None:
        for name in exact:
            self._written.setdefault(_undotted(name), set()).add(key)
            self._lowered.setdefault(_undotted(name).casefold(), set()).add(key)
        for name in names:
            plain = stripped(name)
            if _is_short_code(plain):
                self._written.setdefault(_undotted(plain), set()).add(key)
                self._lowered.setdefault(_undotted(plain).casefold(), set()).add(key)
                continue
            for tier, found in _tiers(plain):
                self._keys.setdefault((tier, found), set()).add(key)
            for blanked, word in _blanks(words(plain)):
                self._blanked.setdefault(blanked, set()).add((word, key))

    def _find(self, name: str, caseless: bool = False) -> tuple[str, ...]:
        """Ids of the rows that a name is a name of, sorted; () where there are none."""
        plain = stripped(name)
        undotted = _undotted(plain)
        if found := self._written.get(undotted):
            return tuple(sorted(found))
        if caseless and (found := self._lowered.get(undotted.casefold())):
            return tuple(sorted(found))
        for tier, key in _tiers(plain):
            same = {k for t in range(tier + 1) for k in self._keys.get((t, key), ())}
            if same:
                return tuple(sorted(same))
        return ()

    def _find_misspelt(self, name: str) -> tuple[str, ...]:
        """Ids of the rows whose name differs by a slip in one word; () where there are none."""
        from rapidfuzz import fuzz

        plain = words(stripped(name))
        joined = "".join(plain)
        if len(joined) < SHORTEST_FUZZY:
            return ()
        found: set[str] = set()
        for blanked, word in _blanks(plain):
            for other, key in self._blanked.get(blanked, ()):
                whole = joined.replace(word, other, 1)
                near = word[0] == other[0] and abs(len(word) - len(other)) <= LONGEST_FUZZY_GAP
                if near and not (word in generic_words() and other in generic_words()):
                    alike = fuzz.ratio(word, other) >= FUZZY_WORD_RATIO and fuzz.ratio(joined, whole) >= FUZZY_RATIO
                    if alike and _DIGITS.findall(joined) == _DIGITS.findall(whole):
                        found.add(key)
        return tuple(sorted(found))


def _tiers(name: str) -> Iterable[tuple[int, str]]:
    """The keys of a name, tightest first: its letters, without articles, and how it sounds where it is long enough."""
    found = keys(name)
    yield TIER_EXACT, found.exact
    yield TIER_ARTICLE, found.article
    marked = marked_words(name) if " " in name or not name.islower() else ""
    if sum(map(str.isalpha, marked)) >= SHORTEST_LOOSE - (" " in marked):
        yield TIER_MARKED, marked


def _blanks(name: tuple[str, ...]) -> Iterable[tuple[tuple[str, ...], str]]:
    """The name with each long word left out in turn, with that word; one-word names by their first letter."""
    for i, word in enumerate(name):
        if len(word) >= SHORTEST_FUZZY_WORD and (len(name) > 1 or len(word) >= SHORTEST_FUZZY):
            yield (*name[:i], f"_{word[0]}", *name[i + 1 :]), word


def _undotted(name: str) -> str:
    return name.replace(".", "").strip()


def _is_short_code(name: str) -> bool:
    """ "FSA", "IS": as aliases too they count only as written."""
    letters = _undotted(name)
    return letters.isupper() and len(letters) <= 4
