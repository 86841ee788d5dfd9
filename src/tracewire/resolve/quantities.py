"""Counts of materiel and people: a phrase becomes bounds and the rule that read it (CODEBOOK.md, Quantity).

A phrase that counts but names no number ("many", "a trove of") keeps both bounds open under rule `unknown`; what holds
the things is a unit of its own ("three truckloads of": 3 by the rule `truckloads`);
a phrase that counts nothing (a percentage, a mass, money, an ordinal, a designation) is no quantity at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from tracewire.lang import load_words
from tracewire.model import Quantity, Span
from tracewire.resolve.number_words import Number, NumberWords, cut

__all__ = ["Bounds", "bare_plural", "parse_quantity", "read_count"]

_MONEY = re.compile("[$\u20ac\u00a3\u00a5\u20b4\u20bd\u20ba%\u2030#\u2116]|\\bno\\. ?\\d")
_ORDINAL = re.compile(r"\d+ ?(?:st|nd|rd|th)\b")
_DESIGNATION = re.compile(r"[a-z]-?\d", re.IGNORECASE)
_LINKS = ("to", "-", "or", "and", "/", "until", "till", "through")
LARGEST = 10**12
"""No count of people or things in a report is larger; such numbers are money, serials or slips."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Low and high (None is open) and the rule, before a span is attached."""

    low: int | None
    high: int | None
    rule: str

    def of(self, load: str | None) -> Bounds:
        """The same bounds of what holds the things, where `load` names it."""
        return replace(self, rule=load) if load else self

    def on(self, span: Span) -> Quantity:
        """The count with its words."""
        return Quantity(self.low, self.high, span, self.rule)


_UNKNOWN = Bounds(None, None, "unknown")
_PLURAL = Bounds(2, None, "plural")


def parse_quantity(span: Span, text: str) -> Quantity | None:
    """The count that `text` (the words of `span`) gives; None where it counts nothing."""
    read = read_count(text)
    return read.on(span) if read else None


@lru_cache(maxsize=20_000)
def read_count(text: str) -> Bounds | None:
    """The bounds and rule of the words of a count; None where they count nothing."""
    words = text.casefold()
    if _MONEY.search(words) or _ORDINAL.search(words):
        return None
    tokens = cut(text)
    return _english().read(tokens) if tokens else None


def bare_plural(span: Span) -> Quantity:
    """The count of a plural noun without a number: two or more."""
    return _PLURAL.on(span)


@lru_cache(maxsize=1)
def _english() -> _Grammar:
    return _Grammar(load_words("en", "numbers"))


def _phrases(lists: Mapping[str, Iterable[str]]) -> dict[tuple[str, ...], str]:
    return {tuple(cut(phrase)): rule for rule, phrases in lists.items() for phrase in phrases}


class _Grammar:
    """[bounds] number [to number] [bounds] [noun], or a phrase without a number."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._numbers = NumberWords.of(words)
        self._before = _phrases(words["before"])
        self._after = _phrases(words["after"])
        self._vague = _phrases(words["vague"])
        self._fixed = {tuple(p.split()): n for n, k in ((0, "zero"), (1, "one")) for p in words[k]}
        self._open: Mapping[str, Sequence[Any]] = words["open"]
        self._measures = frozenset(words["measures"])
        self._containers = frozenset(f for c in words["containers"] for f in (c, c + "s", c + "es"))
        loads: dict[str, str] = {
            c: c if c.endswith("s") else c + ("es" if c.endswith("x") else "s") for c in words["loads"]
        }
        self._loads: dict[str, str] = loads | {many: many for many in loads.values()}
        self._formations = frozenset(words["formations"])
        self._strong = frozenset(words["strong"])
        self._ordinals = frozenset(words["ordinals"])
        self._parts = frozenset(words["parts"])

    def read(self, tokens: list[str]) -> Bounds | None:
        """Bounds of the phrase, or None."""
        if "'" not in tokens and tuple(tokens) in self._fixed:
            number = self._fixed[tuple(tokens)]
            return Bounds(number, number, "exact")
        bound, at = self._bound(tokens)
        first = self._numbers.read(tokens, at)
        if first is None:
            return self._without_number(tokens, at)
        if self._is_share(tokens, first):
            return _UNKNOWN
        return self._with_number(tokens, bound, first)

    def _bound(self, tokens: list[str]) -> tuple[str, int]:
        """The rule of the phrases before a number, and where the number would begin."""
        rule, at = "exact", 0
        while at < len(tokens) and self._numbers.read(tokens, at) is None:
            step = _longest(self._before, tokens, at)
            if step is None and tokens[at] in ("between", "from"):
                step = ("range", 1)
            if step is None:
                break
            found, length = step
            at += length
            if found != "none" and rule in ("exact", "about"):
                rule = found
        return rule, at

    def _with_number(self, tokens: list[str], bound: str, first: Number) -> Bounds | None:
        number, at = first, first.after
        second = self._second(tokens, first)
        if second is not None:
            number, at = second, second.after
        rule, at = self._suffix(tokens, bound, at)
        refused = self._refused(tokens, at, number)
        load = self._load(tokens[at:])
        if refused is not None and not (load and refused == "unknown"):
            return None if refused == "none" else _UNKNOWN
        low, high = _whole(first), _whole(number)
        if low is None or high is None:
            return None
        if second is None:
            return _bounded(low, rule).of(load)
        if number.multiplier > 1 and first.multiplier == 1 and first.value * number.multiplier <= number.value:
            low *= number.multiplier
        return _range(low, high, rule).of(load)

    def _load(self, tokens: Sequence[str]) -> str | None:
        """The unit that holds the things, where one of these words right after a number names it ("truckloads")."""
        words = [t for t in tokens if t not in ("-", "more", "the", "of", "full", "loaded")]
        for size in (2, 1):
            if load := self._loads.get(" ".join(words[:size])):
                return load
        return None

    def _second(self, tokens: list[str], first: Number) -> Number | None:
        """The second number of a range."""
        at = first.after
        if _at(tokens, at) not in _LINKS:
            return None
        at += 1
        step = _longest(self._before, tokens, at)
        if step is not None and self._numbers.read(tokens, at) is None:
            at += step[1]
        second = self._numbers.read(tokens, at)
        return second if second is not None and second.value > first.value else None

    def _suffix(self, tokens: list[str], rule: str, at: int) -> tuple[str, int]:
        while at < len(tokens):
            if tokens[at] == "-":
                at += 1
                continue
            step = _longest(self._after, tokens, at)
            if step is None:
                break
            if rule in ("exact", "about", "range"):
                rule = step[0]
            at += step[1]
        return rule, at

    def _refused(self, tokens: list[str], at: int, number: Number) -> str | None:
        """ "none" where what follows makes it no count, "unknown" where it counts containers."""
        rest = [t for t in tokens[at:] if t not in ("-", "a", "more", "the", "of")]
        if not rest:
            return None
        word = rest[0]
        if word in self._strong and len(rest) == 1:
            return None
        if word in self._measures or word[:1].isdecimal() or word in ("/", ":", ".") or word in self._ordinals:
            return "unknown" if "worth" in rest else "none"
        if number.value > 1 and word in self._formations:
            return "none"
        if self._load(rest):
            return "unknown"
        return "unknown" if word in self._containers and "of" in tokens[at:] else None

    def _is_share(self, tokens: list[str], first: Number) -> bool:
        rest = " ".join(t for t in tokens[first.after :] if t != "-")
        return any(rest == part or rest.startswith(part + " ") for part in self._parts)

    def _without_number(self, tokens: list[str], at: int) -> Bounds | None:
        for start in sorted({0, at}):
            found = self._open_count(tokens, start)
            if found is not None:
                return found
        words = [t for t in tokens if t != "-"]
        vague = _longest(self._vague, words, 0)
        if vague is not None:
            return self._vaguely(words, *vague)
        words = words[at:] if tuple(tokens[:at]) else words
        vague = _longest(self._vague, words, 0)
        if vague is not None:
            return self._vaguely(words, *vague)
        if not words or _DESIGNATION.search("".join(tokens)):
            return None
        if words[0] in ("a", "an") and (load := self._load(words[1:])):
            return Bounds(1, 1, load)
        if load := self._load(words):
            return _PLURAL.of(load)
        if words[-1] == "of" or "worth" in words or self._containers.intersection(words):
            return _UNKNOWN
        if {"number", "numbers", "amount", "amounts", "quantity", "quantities"}.intersection(words):
            return _UNKNOWN
        return _UNKNOWN if self._parts.intersection(words) and words[0] not in self._ordinals else None

    def _vaguely(self, words: list[str], rule: str, length: int) -> Bounds | None:
        rest = words[length:]
        if rule in ("plural", "pair", "couple") and (load := self._load(rest)):
            return _PLURAL.of(load) if rule == "plural" else Bounds(2, 2, load)
        if self._containers.intersection(rest[:1]) or self._measures.intersection(rest[:1]):
            return _UNKNOWN if rest[-1] == "of" else None if rest[0] in self._measures else _UNKNOWN
        if rule in ("plural", "couple") and (found := self._open_count(rest, 0)):
            return found
        if rule == "pair":
            return Bounds(2, 2, "exact")
        if rule == "couple":
            return Bounds(2, 2, "about")
        return _PLURAL if rule == "plural" else _UNKNOWN

    def _open_count(self, tokens: list[str], at: int) -> Bounds | None:
        """ "dozens", "hundreds of thousands", "several hundred" (whose first word is gone already)."""
        words = [t for t in tokens[at:] if t not in ("of", "and", "-")]
        if not words or words[0] not in self._open:
            return None
        low, rule = self._open[words[0]]
        if len(words) > 1 and words[1] in self._open and words[1] != words[0]:
            low, rule = low * self._open[words[1]][0] // 2, self._open[words[1]][1]
        rest = [w for w in words if w not in self._open]
        if load := self._load(rest):
            return Bounds(low, None, load)
        if rest and (rest[0] in self._measures or rest[0] in self._containers):
            return _UNKNOWN
        return Bounds(low, None, rule)


def _longest(table: Mapping[tuple[str, ...], str], tokens: Sequence[str], at: int) -> tuple[str, int] | None:
    for length in range(min(5, len(tokens) - at), 0, -1):
        rule = table.get(tuple(tokens[at : at + length]))
        if rule is not None:
            return rule, length
    return None


def _bounded(number: int, rule: str) -> Bounds:
    if rule in ("at_least", "more_than"):
        return Bounds(number, None, rule)
    if rule in ("up_to", "less_than"):
        return Bounds(None, number, rule)
    return Bounds(number, number, "about" if rule == "about" else "exact")


def _range(low: int, high: int, rule: str) -> Bounds:
    """Two numbers under a bound: "at least 10 to 15" is open above, "up to 10 or 15" open below."""
    if rule in ("at_least", "more_than"):
        return Bounds(low, None, rule)
    if rule in ("up_to", "less_than"):
        return Bounds(None, high, rule)
    return Bounds(min(low, high), max(low, high), "range")


def _whole(number: Number) -> int | None:
    if number.value.denominator != 1 or number.value > LARGEST:
        return None
    return int(number.value)


def _at(tokens: Sequence[str], at: int) -> str:
    return tokens[at] if at < len(tokens) else ""
