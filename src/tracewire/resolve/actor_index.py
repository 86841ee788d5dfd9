"""Find the actors and outlets of the codebook by their names, however they are spelled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from tracewire.codebook import Codebook
from tracewire.codebook.cache import fingerprint, kept
from tracewire.codebook.rows import ActorRow, OutletRow
from tracewire.lang import load_words
from tracewire.model import stable_id
from tracewire.resolve.actor_compact import CompactTable, Entry, compact_tables
from tracewire.resolve.names import ARTICLES, TIER_ARTICLE, TIER_EXACT, TIER_MARKED, marked_words, words

__all__ = ["ActorIndex", "entity_id", "generic_words", "short_heads", "splinter_words", "stripped"]

LONGEST_FUZZY_GAP = 2
SHORTEST_FUZZY = 8
FUZZY_RATIO = 90.0
FUZZY_WORD_RATIO = 80.0
SHORTEST_FUZZY_WORD = 5
"""A misspelt name has at least 8 letters and is 90 % the same; the one word that differs has 5 letters and is 80 % the
same. Set so that "eastern" never meets "western", nor one numbered brigade another."""
TABLES = ("written", "lowered", "exact", "article", "marked", "blanked")
MOST_IN_MEMORY = 150_000
"""Up to so many aliases the tables are dicts (about 2.4 KB an alias); above, arrays that are mapped from a file."""
SHORTEST_LOOSE = 5
"""Names of so many consonants, one less for names of several words, meet however their vowels are written."""

_LEADING = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"\s?['’]s?$")
_DIGITS = re.compile(r"\d+")


def entity_id(kind: str, row_id: str) -> str:
    """The id in a record of a row of the codebook: `kind` is "actor" or "outlet"."""
    return stable_id("e", kind, row_id)


@lru_cache(maxsize=65_536)
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


Ids = list[str]
"""Ids of rows, sorted, each once. Lists, since a pack may give one name to very many rows."""


@dataclass(slots=True)
class _Tables:
    """Ids by each kind of key; `blanked` by a name with one word left out, with that word."""

    written: dict[str, Ids] = field(default_factory=dict)
    lowered: dict[str, Ids] = field(default_factory=dict)
    exact: dict[str, Ids] = field(default_factory=dict)
    article: dict[str, Ids] = field(default_factory=dict)
    marked: dict[str, Ids] = field(default_factory=dict)
    blanked: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def add(self, id_: str, entries: Iterable[Entry]) -> None:
        """Note all keys of a row."""
        for table, key, word in entries:
            if table == "blanked":
                self.blanked.setdefault(key, []).append((word, id_))
            else:
                getattr(self, table).setdefault(key, []).append(id_)

    def sorted(self) -> _Tables:
        """The tables as they are read: each list sorted, without repeats."""
        for table in (self.written, self.lowered, self.exact, self.article, self.marked):
            for key, ids in table.items():
                if len(ids) > 1:
                    table[key] = sorted(set(ids))
        for key, pairs in self.blanked.items():
            if len(pairs) > 1:
                self.blanked[key] = list(dict.fromkeys(pairs))
        return self


@dataclass(frozen=True, slots=True)
class _Compact:
    """The same tables for more names than MOST_IN_MEMORY."""

    written: CompactTable
    lowered: CompactTable
    exact: CompactTable
    article: CompactTable
    marked: CompactTable
    blanked: CompactTable


class ActorIndex:
    """Ids of rows, prefixed "actor:" or "outlet:", by name and alias; ambiguous names give all their rows.

    `cache` is a folder where the tables are kept between runs.
    """

    def __init__(self, codebook: Codebook, cache: Path | None = None) -> None:
        self.actors = codebook.actors
        self.outlets = codebook.outlets
        self._rows: dict[str, ActorRow | OutletRow] = {f"actor:{key}": row for key, row in self.actors.items()}
        self._rows.update((f"outlet:{key}", row) for key, row in self.outlets.items())
        folder = cache if codebook.fingerprint else None
        mark = fingerprint([codebook.fingerprint.encode(), *_code()]) if folder else ""
        very_many = sum(len(row.aliases) for row in self._rows.values()) > MOST_IN_MEMORY
        self._tables: _Tables | _Compact = (
            _Compact(**compact_tables(TABLES, sorted(self._rows), self._entries, folder, mark))
            if very_many
            else kept(folder, "actors", mark, _Tables, self._make)
        )
        self._tiers = self._tables.exact, self._tables.article, self._tables.marked
        self.find = lru_cache(maxsize=65_536)(self._find)
        self.find_misspelt = lru_cache(maxsize=65_536)(self._find_misspelt)

    def _make(self) -> _Tables:
        tables = _Tables()
        for key in sorted(self._rows):
            tables.add(key, self._entries(key))
        return tables.sorted()

    def _entries(self, key: str) -> Iterator[Entry]:
        row = self._rows[key]
        return _entries_of((row.name, *row.aliases), getattr(row, "exact", ()))

    def row(self, key: str) -> ActorRow | OutletRow:
        """The row of an id that this index gave."""
        return self._rows[key]

    def is_name(self, joined: str) -> bool:
        """Whether words in lower case, joined without spaces, are a name or alias as it is spelled."""
        return joined in self._tables.exact or joined in self._tables.article

    def _find(self, name: str, caseless: bool = False) -> tuple[str, ...]:
        """Ids of the rows that a name is a name of, sorted; () where there are none."""
        plain = stripped(name)
        undotted = _undotted(plain)
        if found := self._tables.written.get(undotted):
            return tuple(found)
        if caseless and (found := self._tables.lowered.get(undotted.casefold())):
            return tuple(found)
        for tier, key in _keys_of(plain):
            same = {k for table in self._tiers[: tier + 1] for k in table.get(key, ())}
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
            for other, key in self._tables.blanked.get(blanked, ()):
                whole = joined.replace(word, other, 1)
                near = word[0] == other[0] and abs(len(word) - len(other)) <= LONGEST_FUZZY_GAP
                if near and not (word in generic_words() and other in generic_words()):
                    alike = fuzz.ratio(word, other) >= FUZZY_WORD_RATIO and fuzz.ratio(joined, whole) >= FUZZY_RATIO
                    if alike and _DIGITS.findall(joined) == _DIGITS.findall(whole):
                        found.add(key)
        return tuple(sorted(found))


def _code() -> list[bytes]:
    """What the tables depend on besides the rows."""
    folder = files("tracewire.resolve")
    return [(folder / name).read_bytes() for name in ("actor_compact.py", "actor_index.py", "names.py")]


_TIERS = ("exact", "article", "marked")


def _entries_of(names: Iterable[str], exact: Iterable[str]) -> Iterator[Entry]:
    """All keys of a row with these names."""
    for name in exact:
        yield from _as_written(name)
    for name in names:
        plain = stripped(name)
        if _is_short_code(plain):
            yield from _as_written(plain)
            continue
        for tier, found in _keys_of(plain):
            yield _TIERS[tier], found, ""
        for blanked, word in _blanks(words(plain)):
            yield "blanked", blanked, word


def _as_written(name: str) -> Iterator[Entry]:
    yield "written", _undotted(name), ""
    yield "lowered", _undotted(name).casefold(), ""


def _keys_of(name: str) -> Iterable[tuple[int, str]]:
    """The keys of a name, tightest first: its letters, without articles, and how it sounds where it is long enough."""
    found = words(name)
    joined = "".join(found)
    if joined:
        yield TIER_EXACT, joined
        yield TIER_ARTICLE, "".join(w for i, w in enumerate(found) if w not in ARTICLES or i == len(found) - 1)
    marked = marked_words(name) if " " in name or not name.islower() else ""
    if sum(map(str.isalpha, marked)) >= SHORTEST_LOOSE - (" " in marked):
        yield TIER_MARKED, marked


def _blanks(name: tuple[str, ...]) -> Iterable[tuple[str, str]]:
    """The name with each long word left out in turn, with that word; one-word names by their first letter."""
    for i, word in enumerate(name):
        if len(word) >= SHORTEST_FUZZY_WORD and (len(name) > 1 or len(word) >= SHORTEST_FUZZY - 1):
            yield " ".join((*name[:i], f"_{word[0]}", *name[i + 1 :])), word


def _undotted(name: str) -> str:
    return name.replace(".", "").strip()


def _is_short_code(name: str) -> bool:
    """ "FSA", "IS": as aliases too they count only as written."""
    letters = _undotted(name)
    return letters.isupper() and len(letters) <= 4
