"""Lines of a claims file, as far as they are scored: materiel, casualties, places and dates become arguments again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tracewire.evaluate.units import Found, Labelled, distinct, place_label
from tracewire.model import MentionType, Modality, Polarity, Span

_ITEM_AS_INSTRUMENT = frozenset({"STRIKE", "ATTACK"})
"""Types whose materiel is annotated as the instrument."""
_PUBLISHERS = frozenset({"publisher", "republisher"})


@dataclass(frozen=True, slots=True)
class Line:
    """What every line has."""

    kind: str


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document line."""

    id: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class MentionLine:
    """A mention line."""

    document: str
    start: int
    end: int
    quote: str
    type: MentionType


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role, a directed place, or a link of the attribution: a name and the words."""

    role: str
    mention: Span | None = None


@dataclass(frozen=True, slots=True)
class QuotedRow:
    """A quantity or a date: the words behind it."""

    quote: Span | None = None
    basis: str = "stated"


@dataclass(frozen=True, slots=True)
class CountedRow:
    """An item of materiel or a number of casualties."""

    mention: Span | None = None
    quantity: QuotedRow | None = None


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim line."""

    document: str
    type: str
    trigger: Span
    polarity: Polarity
    modality: Modality
    roles: list[RoleRow] = field(default_factory=list)
    materiel: list[CountedRow] = field(default_factory=list)
    casualties: list[CountedRow] = field(default_factory=list)
    places: list[RoleRow] = field(default_factory=list)
    date: QuotedRow | None = None
    attribution: list[RoleRow] = field(default_factory=list)


def found_claim(line: ClaimLine) -> Found:
    """A claim line as it is scored."""
    kind = line.type.upper()
    arguments = (Labelled(role, span) for role, span in _words(kind, line) if span is not None)
    return Found(kind, line.trigger, distinct(arguments), line.modality, line.polarity)


def found_mention(line: MentionLine) -> Labelled:
    """A mention line as it is scored."""
    return Labelled(line.type, Span(line.start, line.end, line.quote))


def _words(kind: str, line: ClaimLine) -> Iterator[tuple[str, Span | None]]:
    item = "instrument" if kind in _ITEM_AS_INSTRUMENT else "materiel"
    yield from ((role.role, role.mention) for role in line.roles)
    for counted in line.materiel:
        yield item, counted.mention
    for counted in (*line.materiel, *line.casualties):
        yield "quantity", counted.quantity.quote if counted.quantity else None
    yield from ((place_label(kind, place.role), place.mention) for place in line.places)
    if line.date is not None and line.date.basis == "stated":
        yield "time", line.date.quote
    yield from (("source", link.mention) for link in line.attribution if link.role not in _PUBLISHERS)
