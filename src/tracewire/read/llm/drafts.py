"""Claims on their way from an answer to a reading: their mentions are ranges of the reading text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from tracewire.lang import load_words
from tracewire.model import (
    Argument,
    Document,
    Form,
    Mention,
    MentionType,
    Modality,
    Polarity,
    ReadClaim,
    Reading,
)
from tracewire.read.align import Range
from tracewire.read.llm.stretches import Line

CONFIDENCE = 0.5
"""Of every claim: the model says nothing of how sure it is that could be held against anything."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A role and the words that fill it; `inferred` where they stand in another sentence."""

    role: str
    words: Range
    inferred: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """A grounded claim; `counts` pairs a number's words with those of what it counts."""

    type: str
    trigger: Range
    line: Line
    roles: tuple[Filled, ...]
    counts: tuple[tuple[Range, Range], ...]
    places: tuple[Filled, ...]
    times: tuple[Filled, ...]
    sources: tuple[Filled, ...]
    cue: Range | None
    modality: Modality
    polarity: Polarity
    opinion: bool


class MentionBook:
    """The mentions of one document by their words' place; what is known first of a place stays."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._kinds: dict[Range, tuple[MentionType, Form]] = {}

    def add(self, words: Range, type_: MentionType, form: Form | None, *, opens: bool) -> None:
        """Know a mention; where the form is not said it is told from the words (`opens`: they open a sentence)."""
        if words not in self._kinds:
            text = self._document.reading.text[words[0] : words[1]]
            self._kinds[words] = (type_, form or _form(text, opens))

    def reading(self, reader: str, drafts: list[Draft], gaps: tuple[str, ...]) -> Reading:
        """The reading of all mentions and the drafts, in text order."""
        order = sorted(self._kinds)
        index = {words: i for i, words in enumerate(order)}
        mentions = tuple(Mention(self._document.id, self._document.span(*w), *self._kinds[w]) for w in order)
        ordered = sorted(drafts, key=lambda d: (d.trigger, d.type))
        claims = tuple(_claim(self._document, draft, index) for draft in ordered)
        return Reading(self._document.id, reader, mentions, claims, gaps)


def _claim(document: Document, draft: Draft, index: dict[Range, int]) -> ReadClaim:
    roles = sorted(draft.roles, key=lambda r: (r.words, r.role))
    return ReadClaim(
        type=draft.type,
        trigger=document.span(*draft.trigger),
        evidence=(document.span(draft.line.start, draft.line.end),),
        segment=draft.line.label,
        arguments=tuple(Argument(r.role, index[r.words], r.inferred) for r in roles),
        quantity_of=tuple((index[count], index[counted]) for count, counted in draft.counts),
        places=tuple(Argument(p.role, index[p.words], p.inferred) for p in draft.places),
        times=tuple(index[t.words] for t in draft.times),
        times_inferred=bool(draft.times) and all(t.inferred for t in draft.times),
        sources=tuple(index[s.words] for s in draft.sources),
        cue=document.span(*draft.cue) if draft.cue else None,
        modality=draft.modality,
        polarity=draft.polarity,
        opinion=draft.opinion,
        confidence=CONFIDENCE,
    )


def _form(words: str, opens_sentence: bool) -> Form:
    """Pronoun by the list of them, name by a capital that no beginning of a sentence explains, else nominal."""
    if words.casefold() in _pronouns():
        return "pronoun"
    tokens = words.split()
    return "name" if any(t[0].isupper() for t in tokens[1 if opens_sentence else 0 :]) else "nominal"


@lru_cache(maxsize=1)
def _pronouns() -> frozenset[str]:
    return frozenset(load_words("en", "words")["role_pronouns"])
