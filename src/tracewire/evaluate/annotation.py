"""Annotated sentences (JSON Lines: doc, i, text, mentions, claims) as units named "<doc>#<i>"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from tracewire.evaluate.units import Found, Labelled, Unit, distinct
from tracewire.model import MentionType, Modality, Polarity, Span

_NUMBERED = re.compile(r"(.+)#([1-9]\d*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim of an annotated sentence; all words are quotes of it."""

    type: str
    trigger: str
    args: dict[str, list[str]] = field(default_factory=dict)
    place: list[str] = field(default_factory=list)
    time: list[str] = field(default_factory=list)
    source: list[str] = field(default_factory=list)
    modality: Modality = "asserted"
    polarity: Polarity = "+"


@dataclass(frozen=True, slots=True)
class SentenceRow:
    """One line of an annotation file."""

    doc: str
    i: int
    text: str
    mentions: list[tuple[MentionType, Literal["name", "nominal", "pronoun"], str]]
    claims: list[ClaimRow]

    @property
    def key(self) -> str:
        """The name that the sentence has as a document."""
        return f"{self.doc}#{self.i}"


def locate(text: str, quote: str) -> Span:
    """The span of a quote; "words#2" is the second place where the words stand. Raises ValueError."""
    numbered = _NUMBERED.fullmatch(quote)
    words, number = (numbered[1], int(numbered[2])) if numbered else (quote, 1)
    at = -1
    for _ in range(number):
        at = text.find(words, at + 1)
        if at < 0 or not words:
            raise ValueError(f"the quote {quote!r} does not stand in the text")
    return Span(at, at + len(words), words)


def unit_of_sentence(row: SentenceRow) -> Unit:
    """Quotes turned into spans; raises ValueError for a quote that is not in the text."""
    mentions = tuple(Labelled(type_, locate(row.text, quote)) for type_, _, quote in row.mentions)
    return Unit(mentions, tuple(_claim(row.text, claim) for claim in row.claims), row.text)


def _claim(text: str, row: ClaimRow) -> Found:
    quotes = [(role, quote) for role, found in row.args.items() for quote in found]
    quotes += [("place", quote) for quote in row.place]
    quotes += [("time", quote) for quote in row.time]
    quotes += [("source", quote) for quote in row.source]
    arguments = distinct(Labelled(role, locate(text, quote)) for role, quote in quotes)
    return Found(row.type.upper(), locate(text, row.trigger), arguments, row.modality, row.polarity)
