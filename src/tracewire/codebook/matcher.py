"""Finds thousands of names in running text at once, with the offsets of the text as it stands.

Text and aliases are cut into the same tokens (words, numbers, dotted abbreviations), folded to lower-case ASCII.
Hyphens, apostrophes and spaces between tokens are equal; "U.S." is the token "us", "T-72", "T72" and "t - 72" are
the tokens "t", "72". A flat table maps every alias and every beginning of one, so a look-up is one walk per token.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["AliasMatcher", "Match", "Token", "fold", "tokens"]

SHORTEST_LOWERED = 4
"""Shorter abbreviations are everyday words too often once lowered ("who", "tow", "sam", "is")."""
SHORTEST_GLUED = 3
"""A word glued to a number ("10Tanks") must be this long to be a word and not a designation ("9M133", "2S1")."""
LONGEST_VARIANT = 3
"""A variant mark glued to a designation has at most so many letters ("T-72B", "S-300PMU", "RPG-7V")."""

_LETTER = "[^\\W\\d_]"
_MARK = "[\u0300-\u036f\u064b-\u065f\u0670]"
_APOSTROPHE = "['\u2019\u2018\u02bc\u02bb`\u00b4]"
_WORD = f"(?:{_LETTER}{_MARK}*)+"
_GLUED_DOTS = f"{_LETTER}(?:\\.{_LETTER})+(?!\\w)\\.?"
_SPACED_DOTS = f"{_LETTER}(?: \\. {_LETTER})+(?!\\w)(?: \\.)?"
_TOKEN = re.compile(
    f"(?P<dotted>(?<![\\w.])(?:{_GLUED_DOTS}|{_SPACED_DOTS}))"
    f"|(?P<number>\\d+)"
    f"|(?P<word>{_WORD}(?:{_APOSTROPHE}{_WORD})*)"
)
_POSSESSIVE = re.compile(f"{_APOSTROPHE}[sS]$")
_BEFORE_S = re.compile(f"{_APOSTROPHE}\\s?$")
_NOT_ALNUM = re.compile(r"[^a-z0-9]+")
_DASHES = "-\u2010\u2011\u2012\u2013\u2014/&"
_SPACE = "[ \\t\u00a0]*(?:\\r?\\n)?[ \\t\u00a0]*"
_GAP = re.compile(f"{_SPACE}(?:[{_DASHES}]|{_APOSTROPHE}(?:\\s?[sS])?|\\.)?{_SPACE}")
LONGEST_PHRASE = 80
"""The tokens of shorter texts are kept: they are phrases, which repeat; longer ones are texts."""
_BRIEF = 3
"""A full stop and a space join tokens only after an abbreviation of at most so many letters ("St. ", "Gen. ")."""


@dataclass(frozen=True, slots=True)
class Match:
    """An alias in a text: `text[start:end]` names `id`. Two ids of one alias make two matches."""

    start: int
    end: int
    id: str


@dataclass(frozen=True, slots=True)
class Token:
    """A folded token with its offsets; `written` is what case-sensitive aliases are compared with."""

    start: int
    end: int
    folded: str
    written: str


@dataclass(frozen=True, slots=True)
class _Entry:
    id: str
    written: str | None
    lowered: bool


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Lower-case ASCII letters and digits of a word: "Škorpion" -> "skorpion", "Shari'a" -> "sharia"."""
    if not word.isascii():
        from anyascii import anyascii

        word = anyascii(word)
    return _NOT_ALNUM.sub("", word.casefold())


def tokens(text: str) -> list[Token]:
    """The tokens of a text in order; letters and digits part, a possessive 's belongs to no token."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        word = match.group()
        start, end = match.span()
        if match.lastgroup == "word":
            if cut := _POSSESSIVE.search(word):
                word, end = word[: cut.start()], start + cut.start()
            elif word in ("s", "S") and _BEFORE_S.search(text, 0, start):
                continue
        elif match.lastgroup == "dotted":
            word = word.upper()
        if folded := fold(word):
            found.append(Token(start, end, folded, _written(word)))
    return found


@lru_cache(maxsize=50_000)
def _of_phrase(text: str) -> tuple[Token, ...]:
    """The tokens of a phrase, which several matchers and many reports ask for."""
    return tuple(tokens(text))


class AliasMatcher:
    """Finds the longest alias at each place of a text.

    `aliases` are (alias, id, exact); exact ones match only as written. In a text without any upper-case letter,
    exact ones of four letters and more match too, and shorter ones that stand in `lower_ok`. `plural` admits the
    plural of an alias, `variants` a mark glued to a designation ("T-72B3" for "T-72").
    """

    __slots__ = ("_plural", "_table", "_variants")

    def __init__(
        self,
        aliases: Iterable[tuple[str, str, bool]],
        *,
        plural: bool = False,
        variants: bool = False,
        lower_ok: Iterable[str] = (),
    ) -> None:
        self._plural = plural
        self._variants = variants
        self._table: dict[str, tuple[_Entry, ...]] = {}
        lowered = frozenset(lower_ok)
        for alias, id_, exact in aliases:
            self._add(alias, id_, exact, lowered)

    def find(self, text: str, *, lower: bool | None = None) -> list[Match]:
        """All matches, leftmost longest, without overlaps; `lower` says whether the text is a lower-case one."""
        if lower is None:
            lower = text == text.lower()
        cut = tokens(text) if len(text) > LONGEST_PHRASE else _of_phrase(text)
        found: list[Match] = []
        position = 0
        while position < len(cut):
            after, matches = self._longest(text, cut, position, lower)
            found.extend(matches)
            position = max(after, position + 1)
        return found

    def lookup(self, words: str, *, lower: bool | None = None) -> tuple[str, ...]:
        """The ids, sorted, that the whole of `words` names; empty where it is no alias."""
        cut = tokens(words)
        if not cut:
            return ()
        after, matches = self._longest(words, cut, 0, words == words.lower() if lower is None else lower)
        return tuple(m.id for m in matches) if after == len(cut) else ()

    def _longest(self, text: str, cut: Sequence[Token], first: int, lower: bool) -> tuple[int, list[Match]]:
        table = self._table
        token = cut[first]
        key = token.folded
        entries = table.get(key)
        if entries is None or not _starts_word(cut, first):
            return first, []
        best: tuple[int, list[Match]] = (first, [])
        written, last = token.written, first
        while True:
            if entries and (end := self._end(cut, last)):
                ids = sorted({e.id for e in entries if _as_written(e, written, lower)})
                if ids:
                    best = (end[0], [Match(token.start, end[1], id_) for id_ in ids])
            last += 1
            if last == len(cut) or not _joined(text, cut[last - 1], cut[last]):
                return best
            key = f"{key} {cut[last].folded}"
            written = f"{written} {cut[last].written}"
            entries = table.get(key)
            if entries is None:
                return best

    def _end(self, cut: Sequence[Token], last: int) -> tuple[int, int] | None:
        """Index and offset after a match whose last token is `last`; None where it would end inside a word."""
        after = last + 1
        if after == len(cut) or cut[after].start != cut[last].end:
            return after, cut[last].end
        glued = cut[after]
        if not cut[last].folded.isdigit():
            return None
        if self._plural and glued.folded == "s":
            return after + 1, glued.end
        if self._variants and glued.folded.isalpha() and len(glued.folded) <= LONGEST_VARIANT:
            while after < len(cut) and cut[after].start == cut[after - 1].end:
                after += 1
            return after, cut[after - 1].end
        return None

    def _add(self, alias: str, id_: str, exact: bool, lowered: frozenset[str]) -> None:
        letters = sum(map(str.isalpha, alias))
        ok = exact and (letters >= SHORTEST_LOWERED or alias in lowered)
        for form in _spellings(alias, self._plural):
            cut = tokens(form)
            if not cut:
                continue
            written = " ".join(t.written for t in cut) if exact else None
            entry = _Entry(id_, written, ok)
            key = ""
            for token in cut[:-1]:
                key = f"{key} {token.folded}" if key else token.folded
                self._table.setdefault(key, ())
            key = f"{key} {cut[-1].folded}" if key else cut[-1].folded
            known = self._table.get(key, ())
            if entry not in known:
                self._table[key] = (*known, entry)


def _written(word: str) -> str:
    if word.isalnum():
        return word
    return re.sub(_APOSTROPHE, "", word).replace(".", "").replace(" ", "")


def _as_written(entry: _Entry, written: str, lower: bool) -> bool:
    if entry.written is None or entry.written == written:
        return True
    return lower and entry.lowered and entry.written.lower() == written


def _starts_word(cut: Sequence[Token], first: int) -> bool:
    if first == 0 or cut[first - 1].end != cut[first].start:
        return True
    number = cut[first - 1].folded.isdigit() and (first == 1 or cut[first - 2].end != cut[first - 1].start)
    return number and len(cut[first].folded) >= SHORTEST_GLUED


def _joined(text: str, left: Token, right: Token) -> bool:
    """Whether only a space, line break, hyphen, apostrophe or abbreviating full stop lies between two tokens."""
    if left.end == right.start:
        return True
    gap = text[left.end : right.start]
    if gap in (" ", "-"):
        return True
    if left.folded.isdigit() and right.folded.isdigit() and gap.strip(" ") in (".", ","):
        return True
    if gap.count("\n") > 1 or not _GAP.fullmatch(gap):
        return False
    return "." not in gap or gap == "." or len(left.folded) <= _BRIEF


def _spellings(alias: str, plural: bool) -> Iterator[str]:
    """An alias, its plurals, and what it becomes where its apostrophes are spaces or the possessive has none."""
    yield alias
    if re.search(_APOSTROPHE, alias):
        yield re.sub(f"{_APOSTROPHE}(?![sS]\\b)", " ", alias)
        yield re.sub(f"{_APOSTROPHE}[sS]\\b", "s", alias)
    if plural and alias[-1:].isalpha():
        yield from _plurals(alias)


def _plurals(alias: str) -> Iterator[str]:
    if re.search(r"(?:s|x|z|ch|sh)$", alias):
        yield alias + "es"
    elif re.search(r"[^aeiou]y$", alias):
        yield alias[:-1] + "ies"
    else:
        yield alias + "s"
    if alias.endswith("man"):
        yield alias[:-2] + "en"
    if head := re.match(r"(\w+)( of .+)$", alias):
        yield f"{head[1]}s{head[2]}"
