"""Two readers at once: the trained one, and the rules where it saw nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tracewire.model import Argument, Document, Mention, ReadClaim, Reading, Span
from tracewire.read.base import ReaderContext
from tracewire.read.model import ModelReader
from tracewire.read.rules import RulesReader

ADDED = 0.5
"""What a claim of the rules alone keeps of its confidence: the trained reader saw the words and found no claim."""


class BothReader:
    """All claims of the trained reader, and those of the rules whose words it left out, at a lower confidence."""

    def __init__(self, context: ReaderContext) -> None:
        self._model, self._rules = ModelReader(context), RulesReader(context)
        self.name = f"both@{self._model.name.partition('@')[2]}+{self._rules.name}"

    def read(self, document: Document) -> Reading:
        """Both readings as one; a mention of the rules that the trained reader has too is not repeated."""
        first, second = self._model.read(document), self._rules.read(document)
        mentions = list(first.mentions)
        places = _Places(mentions)
        extra = [c for c in second.claims if not any(_touch(c.trigger, k.trigger) for k in first.claims)]
        claims = [_moved(claim, second.mentions, mentions, places) for claim in extra]
        return Reading(document.id, self.name, tuple(mentions), (*first.claims, *claims))


class _Places:
    """Where a span stands among the mentions kept so far."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._of = {(m.span.start, m.span.end, m.type): i for i, m in enumerate(mentions)}

    def index(self, mention: Mention, mentions: list[Mention]) -> int:
        key = (mention.span.start, mention.span.end, mention.type)
        if key not in self._of:
            self._of[key] = len(mentions)
            mentions.append(mention)
        return self._of[key]


def _moved(claim: ReadClaim, theirs: Sequence[Mention], mentions: list[Mention], places: _Places) -> ReadClaim:
    def at(index: int) -> int:
        return places.index(theirs[index], mentions)

    def move(argument: Argument) -> Argument:
        return replace(argument, mention=at(argument.mention))

    return replace(
        claim,
        arguments=tuple(map(move, claim.arguments)),
        quantity_of=tuple((at(q), at(m)) for q, m in claim.quantity_of),
        places=tuple(map(move, claim.places)),
        times=tuple(map(at, claim.times)),
        sources=tuple(map(at, claim.sources)),
        confidence=round(claim.confidence * ADDED, 4),
    )


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
