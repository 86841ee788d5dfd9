"""Which claims, events, documents, actors, places and hops a question is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypedDict, TypeVar, Unpack, get_args

from tracewire.codebook import Codebook
from tracewire.export.hops import Hop, hops
from tracewire.export.view import View, view
from tracewire.model import MODALITIES, Claim, Document, Entity, Event, Place, Polarity, Record
from tracewire.query.match import (
    actor_ids,
    bound,
    checked,
    document_ids,
    fold,
    holds,
    in_range,
    item_test,
    outlet_test,
    place_ids,
    place_test,
    text_test,
)

Row = TypeVar("Row")
Test = Callable[[Row], bool]


class Filters(TypedDict, total=False):
    """What claims, events and hops can be filtered by; what is left out or None filters nothing.

    `actor`, `materiel` and `place` are names or ids, `since` and `until` ISO dates, months or years, `source` who says
    so anywhere in the chain, `text` words of the evidence. `parts` counts parts of the actor in, `include_unknown`
    lets unknown dates into a range.
    """

    type: str | None
    actor: str | None
    parts: bool
    materiel: str | None
    place: str | None
    since: str | None
    until: str | None
    include_unknown: bool
    outlet: str | None
    source: str | None
    modality: str | None
    polarity: str | None
    text: str | None
    document: str | None
    codebook: Codebook | None


def filter_claims(record: Record, **filters: Unpack[Filters]) -> list[Claim]:
    """The claims that pass all filters, by id; raises UsageError for an unknown type, modality, polarity or date."""
    return _claims(_view(record, filters), filters)


def flows(record: Record, **filters: Unpack[Filters]) -> list[Hop]:
    """The custody hops among the claims that pass all filters, by date."""
    known = _view(record, filters)
    return hops(known, _claims(known, filters))


def filter_events(record: Record, **filters: Unpack[Filters]) -> list[Event]:
    """The events that pass all filters, by id.

    Type and date are the event's own; actor, materiel and place may each come from any of its claims; the rest
    (who says what, and how) must hold of one claim together.
    """
    known = _view(record, filters)
    type_, dates = _type(known, filters), _dates(filters)
    apart = {key: value for key, value in filters.items() if key in ("actor", "parts", "materiel", "place")}
    each = _tests(known, apart)
    together = _tests(known, {key: value for key, value in filters.items() if key == "parts" or key not in apart})
    return [
        event
        for event in known.events.values()
        if (type_ is None or event.type == type_)
        and dates((event.start, event.end))
        and _event_passes([known.claims[claim] for claim in event.claims if claim in known.claims], each, together)
    ]


def _event_passes(claims: list[Claim], each: list[Test[Claim]], together: list[Test[Claim]]) -> bool:
    by_any = all(any(test(claim) for claim in claims) for test in each)
    return by_any and (not together or any(_passes(claim, together) for claim in claims))


def _view(record: Record, filters: Mapping[str, Any]) -> View:
    # Keyword arguments of a TypedDict are not checked when called: a misspelt filter would filter nothing.
    for name in filters:
        checked(name, Filters.__annotations__, "the filter")
    return view(record, filters.get("codebook"))


def _claims(known: View, filters: Mapping[str, Any]) -> list[Claim]:
    type_, dates, tests = _type(known, filters), _dates(filters), _tests(known, filters)
    return [
        claim
        for claim in known.claims.values()
        if (type_ is None or claim.type == type_)
        and dates((claim.date.start, claim.date.end))
        and _passes(claim, tests)
    ]


def _passes(claim: Claim, tests: Iterable[Test[Claim]]) -> bool:
    return all(test(claim) for test in tests)


def _type(known: View, filters: Mapping[str, Any]) -> str | None:
    if filters.get("type") is None:
        return None
    present = [claim.type for claim in known.claims.values()]
    return checked(filters["type"], [*known.codebook.events, *present], "the type")


def _dates(filters: Mapping[str, Any]) -> Callable[[tuple[str | None, str | None]], bool]:
    since, until = filters.get("since"), filters.get("until")
    first = None if since is None else bound(since, last=False)
    final = None if until is None else bound(until, last=True)
    unknown = bool(filters.get("include_unknown"))
    return lambda dates: in_range(dates, first, final, include_unknown=unknown)


def _tests(known: View, filters: Mapping[str, Any]) -> list[Test[Claim]]:
    """One test for each filter that is set, type and dates apart."""
    maker = _Maker(known, bool(filters.get("parts")))
    makers: dict[str, Callable[[str], Test[Claim]]] = {
        "actor": maker.actor,
        "materiel": maker.materiel,
        "place": lambda query: place_test(known, query),
        "outlet": maker.outlet,
        "source": maker.source,
        "modality": maker.modality,
        "polarity": maker.polarity,
        "text": maker.text,
        "document": maker.document,
    }
    return [make(filters[name]) for name, make in makers.items() if filters.get(name) is not None]


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes a test of claims out of the value of a filter."""

    known: View
    parts: bool

    def actor(self, query: str) -> Test[Claim]:
        ids, wanted = actor_ids(self.known, query, parts=self.parts), fold(query)

        def test(claim: Claim) -> bool:
            return any(
                role.entity in ids
                if role.entity is not None
                else role.mention is not None and holds(fold(self.known.words(claim, role.mention)), wanted)
                for role in claim.roles
            )

        return test

    def materiel(self, query: str) -> Test[Claim]:
        is_item = item_test(self.known.codebook, query)
        return lambda claim: any(is_item(row.item, self.known.words(claim, row.mention)) for row in claim.materiel)

    def outlet(self, query: str) -> Test[Claim]:
        documents = self.known.documents
        is_outlet = outlet_test(query, [document.outlet for document in documents.values()])
        return lambda claim: claim.document in documents and is_outlet(documents[claim.document].outlet)

    def source(self, query: str) -> Test[Claim]:
        ids, wanted = actor_ids(self.known, query, parts=self.parts), fold(query)
        return lambda claim: any(link.entity in ids or holds(fold(link.who), wanted) for link in claim.attribution)

    def modality(self, query: str) -> Test[Claim]:
        checked(query, MODALITIES, "the modality")
        return lambda claim: claim.modality == query

    def polarity(self, query: str) -> Test[Claim]:
        checked(query, get_args(Polarity), "the polarity")
        return lambda claim: claim.polarity == query

    def text(self, query: str) -> Test[Claim]:
        is_in = text_test(query)
        return lambda claim: any(is_in(self.known.words(claim, span)) for span in claim.evidence)

    def document(self, query: str) -> Test[Claim]:
        ids = document_ids(self.known, query)
        return lambda claim: claim.document in ids


# ---------------------------------------------------------------- documents, actors, places


def filter_documents(
    record: Record,
    *,
    outlet: str | None = None,
    text: str | None = None,
    since: str | None = None,
    until: str | None = None,
    include_unknown: bool = False,
) -> list[Document]:
    """The documents of an outlet, published in a range, whose reading text or title holds all words; by id."""
    rows = sorted(record.documents, key=lambda row: row.id)
    is_outlet = None if outlet is None else outlet_test(outlet, [row.outlet for row in rows])
    is_in = None if text is None else text_test(text)
    dates = _dates({"since": since, "until": until, "include_unknown": include_unknown})
    return [
        row
        for row in rows
        if (is_outlet is None or is_outlet(row.outlet))
        and (is_in is None or is_in(row.reading.text))
        and dates((row.published.start, row.published.end) if row.published else (None, None))
    ]


def filter_actors(
    record: Record, *, type: str | None = None, text: str | None = None, codebook: Codebook | None = None
) -> list[Entity]:
    """The actors of a type that the words name, by id."""
    known = view(record, codebook)
    if type is not None:
        checked(type, get_args(_hint(Entity, "type")), "the type")
    ids = known.entities.keys() if text is None else actor_ids(known, text)
    return [row for row in known.entities.values() if row.id in ids and type in (None, row.type)]


def filter_places(record: Record, *, text: str | None = None, country: str | None = None) -> list[Place]:
    """The places that the words name, in the country of that code, by id."""
    known = view(record)
    ids = known.places.keys() if text is None else place_ids(known, text)
    code = None if country is None else country.casefold()
    rows = [row for row in known.places.values() if row.id in ids]
    return [row for row in rows if code is None or (row.country or "").casefold() == code]


def _hint(owner: type, name: str) -> Any:
    from typing import get_type_hints

    return get_type_hints(owner)[name]
