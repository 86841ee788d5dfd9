"""One row a claim, flat, for spreadsheets.

A text cell that begins with = + - @, a tab or a carriage return gets a leading apostrophe, so that no spreadsheet
runs a document's words as a formula. Take it off to compare with the document; the claims file has the exact words.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from tracewire.codebook import Codebook
from tracewire.export.documents import published_words
from tracewire.export.phrases import (
    chain_words,
    innermost,
    item_name,
    place_name,
    quantity_words,
    role_name,
)
from tracewire.export.plain import unique
from tracewire.export.sheet import Cell, guard
from tracewire.export.view import View, view
from tracewire.model import Claim, Place, Record

POLARITIES = {"+": "affirmed", "-": "denied or negated"}
COLUMNS = (
    "id", "document", "outlet", "published", "type", "polarity", "modality", "opinion", "trigger", "roles",
    "materiel", "materiel_items", "quantity_low", "quantity_high", "quantity_phrase", "casualties",
    "places", "latitude", "longitude", "radius_km",
    "date_start", "date_end", "date_precision", "date_basis", "date_rule",
    "source", "chain", "segment", "evidence", "start", "end", "confidence", "event", "judgement",
)  # fmt: skip


class CsvExporter:
    """Writes a table of claims with a header row; several values of one cell are joined by "; "."""

    name = "csv"
    suffix = ".csv"

    def __init__(self, codebook: Codebook | None = None) -> None:
        self._codebook = codebook

    def write(self, record: Record) -> Iterator[str]:
        """The header row, then the claims by id."""
        known = view(record, self._codebook)
        yield _row(COLUMNS)
        for claim in known.claims.values():
            cells = {**_about(known, claim), **_things(known, claim), **_where_when(known, claim), **_who(known, claim)}
            yield _row([cells[column] for column in COLUMNS])


def _row(cells: list[Cell] | tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(["" if cell is None else guard(cell) for cell in cells])
    return out.getvalue()


def _about(known: View, claim: Claim) -> dict[str, Cell]:
    document = known.documents.get(claim.document)
    return {
        "id": claim.id,
        "document": claim.document if document is None else document.name,
        "outlet": None if document is None else document.outlet,
        "published": None if document is None else published_words(document.published),
        "type": claim.type,
        "polarity": POLARITIES[claim.polarity],
        "modality": claim.modality,
        "opinion": "yes" if claim.opinion else "no",
        "trigger": known.words(claim, claim.trigger),
        "segment": claim.segment,
        "confidence": claim.confidence,
        "event": known.event_of.get(claim.id),
        "judgement": claim.judgement,
    }


def _things(known: View, claim: Claim) -> dict[str, Cell]:
    quantities = [item.quantity for item in claim.materiel] + [toll.quantity for toll in claim.casualties]
    return {
        "roles": "; ".join(f"{role.role}: {role_name(known, claim, role) or '?'}" for role in claim.roles),
        "materiel": "; ".join(known.words(claim, item.mention) for item in claim.materiel),
        "materiel_items": "; ".join("?" if i.item is None else item_name(known, i.item) for i in claim.materiel),
        "quantity_low": _numbers([q.low if q and q.counts_things else None for q in quantities]),
        "quantity_high": _numbers([q.high if q and q.counts_things else None for q in quantities]),
        "quantity_phrase": _numbers([quantity_words(known, claim, q) or None for q in quantities]),
        "casualties": "; ".join(toll.what for toll in claim.casualties),
    }


def _numbers(values: list[int | None] | list[str | None]) -> Cell:
    """One value as it is; several in the order of the items, "?" where one is unknown; None where all are."""
    if all(value is None for value in values):
        return None
    return values[0] if len(values) == 1 else "; ".join("?" if value is None else str(value) for value in values)


def _where_when(known: View, claim: Claim) -> dict[str, Cell]:
    place = _place(known, claim)
    return {
        "places": "; ".join(_places(known, claim)),
        "latitude": None if place is None else place.latitude,
        "longitude": None if place is None else place.longitude,
        "radius_km": None if place is None else place.radius_km,
        "date_start": claim.date.start,
        "date_end": claim.date.end,
        "date_precision": claim.date.precision,
        "date_basis": claim.date.basis,
        "date_rule": claim.date.rule,
    }


def _place(known: View, claim: Claim) -> Place | None:
    # A row has room for one point: the first place where the deed took place.
    rows = [known.place(place.place) for place in claim.places if place.role == "where"]
    return next((row for row in rows if row is not None and row.latitude is not None), None)


def _places(known: View, claim: Claim) -> list[str]:
    found = []
    for place in claim.places:
        name = place_name(known, place.place)
        if not name and place.mention is not None:
            name = f"“{known.words(claim, place.mention)}” (not located)"
        if name:
            found.append(name if place.role == "where" else f"{place.role} {name}")
    return unique(found)


def _who(known: View, claim: Claim) -> dict[str, Cell]:
    first = claim.evidence[0] if claim.evidence else None
    return {
        "source": innermost(claim),
        "chain": chain_words(claim) or None,
        "evidence": None if first is None else known.words(claim, first),
        "start": None if first is None else first.start,
        "end": None if first is None else first.end,
    }
