"""Where materiel was made and who supplied it, as far as the phrase itself says so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tracewire.codebook import MaterielRow
from tracewire.codebook.matcher import Token, tokens
from tracewire.lang import load_words

__all__ = ["OriginReader"]

FORMER_STATES = {
    "soviet": "SUN", "ussr": "SUN", "yugoslav": "YUG", "yugoslavian": "YUG", "czechoslovak": "CSK",
    "czechoslovakian": "CSK", "east german": "DDR",
}  # fmt: skip
"""Makers that are no more, by the words for them: ISO 3166-3 alpha-3 codes."""
SHORT_NAMES = {"us": "USA", "uk": "GBR", "british": "GBR"}
"""Words for states that lists of names and demonyms lack; "U.S." folds to "us"."""
LONGEST_ORIGIN = 3
"""A maker or supplier before "-made" and "-supplied" has at most so many words ("United Arab Emirates")."""
MAKER_ROWS = 4
"""A bare demonym ("Russian tanks") names the maker only for states that make so many items of the codebook;
of the others ("Syrian tanks") it names the owner. Four parts the exporters of arms from those with a model or two."""

_HYPHEN = re.compile("\\s?[-\u2010\u2011\u2012\u2013]\\s?")
_MADE_BY = re.compile(r"\b(?:made|built|manufactured|produced) (?:in|by) (?:the )?(.+)", re.IGNORECASE)
_GIVEN_BY = re.compile(
    r"\b(?:supplied|provided|donated|delivered|sent|given|furnished) by (?:the )?(.+)", re.IGNORECASE
)
_OF_MAKE = re.compile(
    r"\bof ((?:[\w'\u2019.-]+ ){1,3}?)(?:manufacture|make|origin|production|construction|fabrication)\b", re.IGNORECASE
)
_TAIL = re.compile(
    r",?\s((?:(?:that|which) (?:was|were|are|is|had been|have been) )?(?:of|made|built|manufactured|produced|supplied"
    r"|provided|donated|furnished)\b.{1,70})",
    re.IGNORECASE,
)
"""What right after a phrase may say who made or gave the thing; "sent by" there is a deed of its own."""
_CLAUSE_END = re.compile(r"[,;:()]|[.!?](?:\s|$)|\s(?:and|but|while|when|were|was|had|have)\s", re.IGNORECASE)
_NAME_ENDS = re.compile(r"[,;()]|\s(?:to|in|for|on|at|during|since|last|and|were|was)\s", re.IGNORECASE)


class OriginReader:
    """Reads "US-made", "made in China", "American", "Saudi-supplied", "supplied by the United States"."""

    def __init__(
        self, rows: Iterable[MaterielRow], words: Mapping[str, Any], demonyms: Mapping[str, Any] | None = None
    ) -> None:
        made = Counter(row.made_in for row in rows if row.made_in)
        self._makers = {code for code, count in made.items() if count >= MAKER_ROWS} | set(FORMER_STATES.values())
        self._countries = _countries(load_words("en", "demonyms") if demonyms is None else demonyms)
        self._made, self._supplied = frozenset(words["made"]), frozenset(words["supplied"])
        self._no_supplier = frozenset(words["no_supplier"])
        self._stops = self._made | self._supplied | frozenset(words["neither"]) | frozenset(words["holders"])
        self._operated = frozenset(words["operated"])

    @property
    def countries(self) -> frozenset[str]:
        """Folded names and demonyms of states."""
        return frozenset(self._countries)

    def read(self, words: str, start: int, after: str = "") -> tuple[str | None, str | None]:
        """Maker (alpha-3) and supplier (words) in a phrase whose first item begins at `start`.

        `after` is what follows the phrase: "made in China" or "supplied by ..." right there belongs to it.
        """
        cut = tokens(words)
        made, supplier = self._told(words)
        if (made is None or supplier is None) and (tail := _TAIL.match(after)):
            told = self._told(_CLAUSE_END.split(tail[1], maxsplit=1)[0])
            made, supplier = made or told[0], supplier or told[1]
        for at, token in enumerate(cut):
            if token.folded in self._made and made is None:
                made = self._ending(cut[:at])
            elif token.folded in self._supplied and supplier is None:
                supplier = self._attached(words, cut[: at + 1])
        return made or self._bare(words, cut, start), supplier

    def _told(self, words: str) -> tuple[str | None, str | None]:
        """Maker and supplier that follow the thing: "made in", "of ... manufacture", "supplied by"."""
        made = supplier = None
        if found := _MADE_BY.search(words):
            made = self._starting(tokens(_NAME_ENDS.split(found[1])[0]))
        if made is None and "of " in words and (found := _OF_MAKE.search(words)):
            made = self._country(tokens(found[1]))
        if found := _GIVEN_BY.search(words):
            supplier = _NAME_ENDS.split(found[1])[0].strip(" .") or None
        return made, supplier

    def _starting(self, cut: list[Token]) -> str | None:
        """The state that the first tokens name."""
        for size in range(min(LONGEST_ORIGIN, len(cut)), 0, -1):
            if code := self._country(cut[:size]):
                return code
        return None

    def _ending(self, cut: list[Token]) -> str | None:
        """The state that the last tokens name."""
        for size in range(min(LONGEST_ORIGIN, len(cut)), 0, -1):
            if code := self._country(cut[-size:]):
                return code
        return None

    def _attached(self, words: str, cut: list[Token]) -> str | None:
        """The name that "-supplied" hangs on; None for "newly supplied"."""
        if len(cut) < 2 or not _HYPHEN.fullmatch(words[cut[-2].end : cut[-1].start]):
            return None
        first = len(cut) - 2
        if cut[first].folded in self._no_supplier:
            return None
        while first > 0 and len(cut) - 1 - first < LONGEST_ORIGIN and _one_name(words, cut[first - 1], cut[first]):
            first -= 1
        return words[cut[first].start : cut[-2].end]

    def _bare(self, words: str, cut: list[Token], start: int) -> str | None:
        """A maker's demonym before the item ("American missiles"), unless it names who holds or flies it."""
        if cut and cut[-1].folded in self._operated:
            return None
        for at, token in enumerate(cut):
            code = self._country(cut[at : at + 2]) or self._country([token])
            if code not in self._makers:
                continue
            size = 1 if self._country([token]) == code else 2
            rest = cut[at + size :]
            if token.start > start or not rest or words[cut[at + size - 1].end : rest[0].start].strip():
                continue  # "PRC-77", "the Russians' tanks"
            between = [t for t in rest if t.end <= start] if start < len(words) else rest
            if not self._stops.intersection(t.folded for t in between):
                return code
        return None

    def _country(self, cut: list[Token]) -> str | None:
        return self._countries.get(" ".join(t.folded for t in cut))


def _one_name(words: str, left: Token, right: Token) -> bool:
    """Whether two tokens are capitalised words of one name."""
    return words[left.end : right.start] == " " and left.written[:1].isupper() and right.written[:1].isupper()


def _countries(demonyms: Mapping[str, Any]) -> dict[str, str]:
    """Folded names and demonyms to alpha-3 codes; a word of two states ("Congolese") stands for neither."""
    found: dict[str, str | None] = {}
    for word, code in _named(demonyms):
        key = " ".join(t.folded for t in tokens(word))
        found[key] = code if found.get(key, code) == code else None
    found |= SHORT_NAMES | FORMER_STATES
    return {key: code for key, code in sorted(found.items()) if key and code}


def _named(demonyms: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    from tracewire.resolve.countries import country_names, iso3

    for name, two in country_names():
        if code := iso3(two):
            yield name, code
    for word, codes in demonyms.get("demonyms", {}).items():
        if isinstance(codes, str):
            yield word, codes
        elif len(codes) == 1:
            yield word, codes[0]
