"""Rows of a claims file to the objects of a record; the rows are those that `export.check` has found sound."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tracewire.model import (
    Attribution,
    Casualty,
    Claim,
    ClaimDate,
    Copy,
    Credibility,
    Entity,
    Event,
    Fatalities,
    Judgement,
    Materiel,
    MaterielRange,
    Mention,
    Origin,
    Origins,
    Place,
    PlaceRole,
    Published,
    Quantity,
    Relation,
    Role,
    Segment,
    Shared,
    Span,
)

Row = dict[str, Any]


def span_of(row: Row) -> Span:
    """The span of a row; a mention's row is one itself."""
    return Span(row["start"], row["end"], row["quote"], tuple(span_of(part) for part in row.get("parts", ())))


def _maybe(row: Row | None) -> Span | None:
    return None if row is None else span_of(row)


def _quantity(row: Row | None) -> Quantity | None:
    return None if row is None else Quantity(row["low"], row["high"], span_of(row["quote"]), row["rule"])


def _role(row: Row) -> Role:
    return Role(row["role"], row["entity"], _maybe(row["mention"]), row["basis"])


# ---------------------------------------------------------------- documents


def document_fields(row: Row) -> dict[str, Any]:
    """The fields of a document that its row gives."""
    published = row["published"]
    return {
        "title": _maybe(row["title"]),
        "language": row["language"],
        "outlet": row["outlet"],
        "outlet_basis": row["outlet_basis"],
        "author": row["author"],
        "published": None if published is None else Published(**published),
        "url": row["url"],
        "retrieved": row["retrieved"],
        "media_type": row["media_type"],
    }


def segments_of(row: Row) -> tuple[Segment, ...]:
    """The segments of a document's row."""
    return tuple(Segment(s["start"], s["end"], s["label"], "imported") for s in row["segments"])


def copies_of(documents: Iterable[Row]) -> list[Copy]:
    """The copies that document rows list: a pair that stands on both sides has no direction.

    The share of the other side is only told of such pairs; of the rest the row tells nothing, which is kept as 0.
    """
    shares: dict[tuple[str, str], tuple[str, float]] = {}
    for row in documents:
        shares |= {(row["id"], c["document"]): (c["relation"], c["share"]) for c in row["copy_of"]}
    found = []
    for (document, other), (relation, share) in sorted(shares.items()):
        back = shares.get((other, document))
        if back is None or document < other:
            other_share = back[1] if back else 0.0
            found.append(
                Copy(document, other, relation, share, other_share, back is None, "imported")  # type: ignore[arg-type]
            )
    return found


def origins_of(documents: Iterable[Row]) -> list[Origin]:
    """The origins that document rows list."""
    return [
        Origin(
            row["id"],
            o["name"],
            o["basis"],
            _maybe(o["quote"]),
            o["entity"],
            Shared(**o["shared"]) if "shared" in o else None,
        )
        for row in documents
        for o in row["origins"]
    ]


# ---------------------------------------------------------------- claims


def mention_of(row: Row) -> Mention:
    """A mention."""
    return Mention(row["document"], span_of(row), row["type"], row["form"], row["entity"], row["place"])


def claim_of(row: Row) -> Claim:
    """A claim."""
    return Claim(
        id=row["id"],
        document=row["document"],
        type=row["type"],
        trigger=span_of(row["trigger"]),
        polarity=row["polarity"],
        modality=row["modality"],
        cue=_maybe(row["cue"]),
        opinion=row["opinion"],
        roles=tuple(map(_role, row["roles"])),
        materiel=tuple(map(_materiel, row["materiel"])),
        casualties=tuple(Casualty(c["what"], _quantity(c["quantity"])) for c in row["casualties"]),
        places=tuple(PlaceRole(p["place"], _maybe(p["mention"]), p["role"]) for p in row["places"]),
        date=ClaimDate(**{**row["date"], "quote": _maybe(row["date"]["quote"])}),
        attribution=tuple(
            Attribution(a["who"], a["entity"], _maybe(a["mention"]), a["role"]) for a in row["attribution"]
        ),
        segment=row["segment"],
        evidence=tuple(map(span_of, row["evidence"])),
        reader=row["reader"],
        confidence=row["confidence"],
        judgement=row["judgement"],
    )


def _materiel(row: Row) -> Materiel:
    quantity = _quantity(row["quantity"])
    return Materiel(row["item"], span_of(row["mention"]), quantity, row["made_in"], row["supplied_by"])


# ---------------------------------------------------------------- what is made of claims


def entity_of(row: Row) -> Entity:
    """An actor."""
    external = tuple(sorted(row["external"].items()))
    return Entity(row["id"], row["type"], row["name"], tuple(row["forms"]), row["part_of"], row["basis"], external)


def place_of(row: Row) -> Place:
    """A place."""
    return Place(**{k: v for k, v in row.items() if k != "kind"} | {"alternatives": tuple(row["alternatives"])})


def event_of(row: Row) -> Event:
    """An event."""
    origins, credibility = row["origins"], row["credibility"]
    return Event(
        id=row["id"],
        type=row["type"],
        claims=tuple(row["claims"]),
        parent=row["parent"],
        start=row["date"]["start"],
        end=row["date"]["end"],
        place=row["place"],
        roles=tuple(map(_role, row["roles"])),
        materiel=tuple(MaterielRange(m["item"], m["low"], m["high"]) for m in row["materiel"]),
        fatalities=Fatalities(**row["fatalities"]),
        origins=Origins(origins["min"], origins["max"], tuple(origins["names"])),
        outlets=row["outlets"],
        credibility=Credibility(credibility["grade"], tuple(credibility["why"])),
        status=row["status"],
    )


def relation_of(row: Row) -> Relation:
    """A relation."""
    return Relation(row["from"], row["type"], row["to"], row["aspect"], row["severity"], row["why"])


def judgement_of(row: Row) -> Judgement:
    """A judgement."""
    return Judgement(**{k: v for k, v in row.items() if k != "kind"})
