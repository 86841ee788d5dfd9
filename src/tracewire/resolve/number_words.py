"""Reads a number from tokens: "fifty-two", "1.2 million", "half a million", "two and a half thousand"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

__all__ = ["Number", "NumberWords", "cut"]

LONGEST_NUMERAL = 15
"""More digits than this are a telephone or serial number, never a count."""

_DASHES = re.compile("[\u2010\u2011\u2012\u2013\u2014\u2212]")
_QUOTES = re.compile("[\"\u201c\u201d\u00ab\u00bb\u2018\u2019'`*_\\[\\]()]")
_TOKENISED = re.compile(r"(?<=\d) ([,.]) (?=\d)")
_THOUSANDS = re.compile(
    "(?<![\\d.,])\\d{1,3}(?:[,\u00a0\u2009\u202f ]\\d{3})+(?![\\d])|(?<![\\d.,])\\d{1,3}(?:\\.\\d{3})+(?![\\d])"
)
_TOKEN = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+|\S")


@dataclass(frozen=True, slots=True)
class Number:
    """A number read: its value, the last word that multiplied it (1 where none), and the token after it."""

    value: Fraction
    multiplier: int
    after: int


def cut(text: str) -> list[str]:
    """Lower-case tokens of a phrase; thousands separators and quotation marks are gone, hyphens stand alone."""
    text = _QUOTES.sub(" ", _DASHES.sub("-", text.casefold()))
    text = _TOKENISED.sub(r"\1", text)
    text = _THOUSANDS.sub(lambda m: re.sub(r"\D", "", m.group()), text)
    return _TOKEN.findall(text)


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The number words of a language."""

    small: Mapping[str, int]
    tens: Mapping[str, int]
    multipliers: Mapping[str, int]

    @classmethod
    def of(cls, words: Mapping[str, Any]) -> NumberWords:
        """From the tables of `lang/<xx>/numbers.toml`."""
        return cls({**words["units"], **words["teens"]}, words["tens"], words["multipliers"])

    def read(self, tokens: Sequence[str], at: int) -> Number | None:
        """The longest number that begins at token `at`; None where there is none."""
        first = self._group(tokens, at)
        if first is None:
            return None
        value, multiplier, after = first.value, first.multiplier, first.after
        while multiplier >= 1000:
            skip = after + 1 if _get(tokens, after) == "and" else after
            rest = self._group(tokens, skip)
            if rest is None or rest.value >= multiplier or rest.value.denominator != 1 or _is_article(tokens, skip):
                break
            value, after = value + rest.value, rest.after
            multiplier = rest.multiplier if rest.multiplier > 1 else 1
        return Number(value, first.multiplier, after)

    def _group(self, tokens: Sequence[str], at: int) -> Number | None:
        if (part := self._part(tokens, at)) is not None:
            return part
        small = self._below_hundred(tokens, at)
        if small is None:
            implied = at + 1 if _is_article(tokens, at) else at
            if _get(tokens, implied) not in self.multipliers or (implied == at and _get(tokens, at) in ("score", "k")):
                return None
            small = Number(Fraction(1), 1, implied)
        return self._multiplied(tokens, small)

    def _multiplied(self, tokens: Sequence[str], small: Number) -> Number:
        value, after, multiplier = small.value, small.after, 1
        if list(tokens[after : after + 3]) == ["and", "a", "half"]:
            value, after = value + Fraction(1, 2), after + 3
        while (by := self._multiplier(tokens, after)) is not None:
            value, multiplier, after = value * by[0], by[0], by[1]
            if multiplier == 100:
                skip = after + 1 if _get(tokens, after) == "and" else after
                if (rest := self._below_hundred(tokens, skip)) is not None and not tokens[skip][0].isdecimal():
                    value, after = value + rest.value, rest.after
        return Number(value, multiplier, after)

    def _multiplier(self, tokens: Sequence[str], at: int) -> tuple[int, int] | None:
        skip = at + 1 if _get(tokens, at) == "-" else at
        word = _get(tokens, skip)
        found = self.multipliers.get(word) or self.multipliers.get(word.removesuffix("s") if len(word) > 2 else word)
        return (found, skip + 1) if found else None

    def _below_hundred(self, tokens: Sequence[str], at: int) -> Number | None:
        word = _get(tokens, at)
        if word[:1].isdecimal():
            return _numeral(word, at)
        if word in self.tens:
            skip = at + 2 if _get(tokens, at + 1) == "-" else at + 1
            unit = self.small.get(_get(tokens, skip), 10)
            if unit < 10:
                return Number(Fraction(self.tens[word] + unit), 1, skip + 1)
            return Number(Fraction(self.tens[word]), 1, at + 1)
        if word in self.small:
            return Number(Fraction(self.small[word]), 1, at + 1)
        return None

    def _part(self, tokens: Sequence[str], at: int) -> Number | None:
        """ "half a million", "a quarter of a million", "a half-dozen"."""
        start = at + 1 if _is_article(tokens, at) else at
        share = {"half": Fraction(1, 2), "quarter": Fraction(1, 4)}.get(_get(tokens, start))
        if share is None:
            return None
        after = start + 1
        while _get(tokens, after) in ("a", "an", "-", "of"):
            after += 1
        by = self.multipliers.get(_get(tokens, after))
        return Number(share * by, by, after + 1) if by else None


def _numeral(word: str, at: int) -> Number | None:
    if len(word) > LONGEST_NUMERAL:
        return None
    whole, _, rest = word.replace(",", ".").partition(".")
    return Number(Fraction(int(whole)) + (Fraction(int(rest), 10 ** len(rest)) if rest else 0), 1, at + 1)


def _is_article(tokens: Sequence[str], at: int) -> bool:
    return _get(tokens, at) in ("a", "an")


def _get(tokens: Sequence[str], at: int) -> str:
    return tokens[at] if 0 <= at < len(tokens) else ""
