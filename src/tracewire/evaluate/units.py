"""The one shape that every input is brought into before it is scored: mentions and claims of one text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracewire.model import Reading, Span

CIRCUMSTANCES = ("place", "time", "source")
"""What a claim has besides its codebook roles; held among its arguments under these names."""

_PLACE_AS_ROLE = {
    ("MOVEMENT", "from"): "origin",
    ("MOVEMENT", "to"): "destination",
    ("TRANSFER", "via"): "transit",
}
"""Annotation has a role where the record has a directed place."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A span with its label: a mention with its type, or an argument with its role."""

    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class Found:
    """A claim as it is scored: type in upper case, `CIRCUMSTANCES` among the arguments, sources innermost first."""

    type: str
    trigger: Span
    arguments: tuple[Labelled, ...]
    modality: str
    polarity: str

    def innermost_source(self) -> Span | None:
        """The first of its sources."""
        return next((a.span for a in self.arguments if a.label == "source"), None)


@dataclass(frozen=True, slots=True)
class Unit:
    """All mentions and claims of one sentence or document; `text` where the input brings it."""

    mentions: tuple[Labelled, ...]
    claims: tuple[Found, ...]
    text: str | None = None


def place_label(claim_type: str, direction: str) -> str:
    """What a place of a claim counts as: a role such as "origin" where the annotation has one, else "place"."""
    return _PLACE_AS_ROLE.get((claim_type, direction), "place")


def distinct(arguments: Iterable[Labelled]) -> tuple[Labelled, ...]:
    """Arguments in order without repeats; words that fill a role do not count again as a place."""
    seen: dict[tuple[str, int, int], Labelled] = {}
    for argument in arguments:
        seen.setdefault((argument.label, argument.span.start, argument.span.end), argument)
    roles = {(start, end) for label, start, end in seen if label not in CIRCUMSTANCES}
    return tuple(a for (label, *at), a in seen.items() if label != "place" or tuple(at) not in roles)


def unit_of_reading(reading: Reading, text: str | None = None) -> Unit:
    """What a reader found, ready to be scored; spans stay raw offsets."""
    spans = [mention.span for mention in reading.mentions]
    claims = []
    for claim in reading.claims:
        kind = claim.type.upper()
        arguments = [Labelled(a.role, spans[a.mention]) for a in claim.arguments]
        arguments += [Labelled(place_label(kind, a.role), spans[a.mention]) for a in claim.places]
        arguments += [Labelled("time", spans[index]) for index in claim.times]
        arguments += [Labelled("source", spans[index]) for index in claim.sources]
        claims.append(Found(kind, claim.trigger, distinct(arguments), claim.modality, claim.polarity))
    return Unit(tuple(Labelled(m.type, m.span) for m in reading.mentions), tuple(claims), text)
