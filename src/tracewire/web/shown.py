"""What templates are given: claims, events and documents as small rows of words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tracewire.codebook import Codebook
from tracewire.export import event_phrases, phrases
from tracewire.export.plain import date_words
from tracewire.export.view import View, view
from tracewire.model import Claim, Event, Judgement, Record
from tracewire.store.reviewing import ReviewStore

Row = dict[str, Any]
GRADES = ("confirmed", "probably true", "possibly true", "doubtful", "improbable", "cannot be judged")
"""Credibility 1 to 6 in the words of the scale."""
EVENT_CLAIMS = 200
"""Claims of an event that a page shows; a larger one is split into pages by its claims' list."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A part of the record with what rows need beside it: names of documents, last judgements."""

    known: View
    names: Mapping[str, Mapping[str, str | None]]
    numbers: Mapping[str, int]
    events_of: Mapping[str, Sequence[str]]
    judged: Mapping[str, Sequence[Judgement]] = field(default_factory=dict)

    def claim(self, claim: Claim) -> Row:
        """A claim as a row of a list or a card."""
        known = self.known
        name = self.names.get(claim.document, {})
        return {
            "id": claim.id,
            "type": claim.type,
            "deed": phrases.deed(known, claim),
            "when": date_words(claim.date.start, claim.date.end),
            "where": phrases.place_words(known, claim),
            "who": phrases.chain_words(claim),
            # a page of no known outlet is its own publisher, by its name: that is said by the link to it
            "told_by": " → ".join(a.who for a in claim.attribution if a.who != name.get("name")),
            "chain": claim.attribution,
            "own_deed": phrases.speaks_of_own_deed(known, claim),
            "modality": claim.modality,
            "cue": claim.cue.quote if claim.cue else None,
            "denied": claim.polarity == "-",
            "opinion": claim.opinion,
            "segment": claim.segment,
            "quote": known.words(claim, claim.evidence[0]) if claim.evidence else "",
            "start": claim.evidence[0].start if claim.evidence else claim.trigger.start,
            "document": claim.document,
            "document_name": name.get("name") or claim.document,
            "outlet": name.get("outlet"),
            "judgement": claim.judgement,
            "version": self.numbers.get(claim.id, 0),
            "confidence": claim.confidence,
            "events": list(self.events_of.get(claim.id, ())),
            "judgements": [judgement_row(j) for j in self.judged.get(claim.id, ())],
        }

    def event(self, event: Event) -> Row:
        """An event as a row."""
        known = self.known
        return {
            "id": event.id,
            "type": event.type,
            "what": event_phrases.describe_event(known, event),
            "when": date_words(event.start, event.end),
            "start": event.start,
            "end": event.end,
            "where": phrases.place_name(known, event.place),
            "place": event.place,
            "claims": len(event.claims),
            "outlets": event.outlets,
            "origins": spread(event.origins.min, event.origins.max),
            "origin_names": event.origins.names,
            "grade": event.credibility.grade,
            "grade_words": f"{event.credibility.grade} ({GRADES[event.credibility.grade - 1]})",
            "why": event.credibility.why,
            "status": event.status,
            "parent": event.parent,
            "version": self.numbers.get(event.id, 0),
            "judgements": [judgement_row(j) for j in self.judged.get(event.id, ())],
        }


def spread(low: int, high: int) -> str:
    """ "2" or "2 to 4"."""
    return str(low) if low == high else f"{low} to {high}"


def judgement_row(judgement: Judgement) -> Row:
    """A judgement as a line of a log."""
    fields = judgement.change.get("fields")
    what = {"edit": "edited", "add": "added", "note": "noted", "merge": "merged", "split": "split", "grade": "graded"}
    said = what.get(judgement.what, f"{judgement.what}ed")
    if isinstance(fields, dict) and fields:
        said += f" {', '.join(sorted(fields))}"
    names = judgement.change.get("names")
    if judgement.what == "merge" and isinstance(names, list) and len(names) == 2:
        said += f" with {names[1]}"
    forms = judgement.change.get("forms")
    if judgement.what == "split" and isinstance(forms, list):
        said += f" “{', '.join(map(str, forms))}” off"
    for key in ("credibility", "reliability"):
        if key in judgement.change:
            said = f"set {key} {judgement.change[key]}"
    return {
        "id": judgement.id,
        "at": judgement.at,
        "by": judgement.by,
        "what": judgement.what,
        "said": said,
        "on": judgement.on,
        "why": judgement.why,
        "undone": judgement.undone,
        "blind": bool(judgement.change.get("blind")),
        "batch": judgement.change.get("batch"),
    }


def shown(
    store: ReviewStore,
    codebook: Codebook,
    *,
    claims: Iterable[str] = (),
    events: Iterable[str] = (),
    texts: bool = False,
    relations: bool = False,
    judged: bool = False,
) -> Shown:
    """The part of the case that some claims and events need; with `texts` claims speak in cleaned words."""
    record = store.part(claims=claims, events=events, texts=texts, relations=relations)
    return over(store, codebook, record, judged=judged)


def over(store: ReviewStore, codebook: Codebook, record: Record, *, judged: bool = False) -> Shown:
    """A record with the names and numbers that its rows need."""
    ids = [c.id for c in record.claims]
    ons = [*ids, *(e.id for e in record.events)]
    held: dict[str, list[Judgement]] = {}
    for judgement in store.judgements_on(ons) if judged else ():
        held.setdefault(judgement.on, []).append(judgement)
    return Shown(
        view(record, codebook),
        store.document_names({c.document for c in record.claims}),
        store.last_numbers(ons),
        store.events_of(ids),
        held,
    )


def by_sentence(claims: Iterable[Row]) -> list[Row]:
    """Claims of one event under their sentences: `quote`, and `deeds`, where the same deed told in the same words by
    several pages is one row: `ids` are its claims, `same` those after the first, `key` the number that marks it."""
    found: dict[str, Row] = {}
    deeds: dict[tuple[str, ...], Row] = {}
    for claim in claims:
        quote = " ".join(claim["quote"].split())
        sentence = found.setdefault(quote, {"quote": claim["quote"], "deeds": []})
        key = (quote, claim["deed"], claim["modality"], str(claim["denied"]))
        if key not in deeds:
            deeds[key] = claim | {"same": [], "ids": []}
            sentence["deeds"].append(deeds[key])
        else:
            deeds[key]["same"].append(claim)
        deeds[key]["ids"].append(claim["id"])
    for number, deed in enumerate((d for s in found.values() for d in s["deeds"]), 1):
        deed["key"] = number
    return list(found.values())


def acts(rows: Iterable[Row]) -> list[Row]:
    """Lines of a log, those of one act as one line: its event, else its first, with `more`, how many others it has."""
    found: list[Row] = []
    for row in rows:
        last = found[-1] if found else None
        if last is None or row["batch"] is None or (row["batch"], row["undone"]) != (last["batch"], last["undone"]):
            found.append(row | {"more": 0})
        elif row["on"].startswith("v"):
            found[-1] = row | {"more": last["more"] + 1}
        else:
            last["more"] += 1
    return found


def words_of(store: ReviewStore, codebook: Codebook, ons: Iterable[str]) -> dict[str, str]:
    """What is judged, in words: the deed of a claim or an event, the name of a document, an actor or an outlet."""
    wanted = set(ons)
    kinds = {k: {on for on in wanted if on.startswith(k)} for k in "cvde"}
    part = shown(store, codebook, claims=kinds["c"], events=kinds["v"])
    found = {on: on.removeprefix("outlet:") for on in wanted if on.startswith("outlet:")}
    found |= {e.id: event_phrases.describe_event(part.known, e) for e in part.known.events.values() if e.id in wanted}
    found |= {c.id: phrases.deed(part.known, c) for c in part.known.claims.values() if c.id in wanted}
    found |= {e.id: e.name for e in store.entities(kinds["e"]) if e.id in wanted}
    return found | {id_: str(row["name"]) for id_, row in store.document_names(kinds["d"]).items()}


def in_order(rows: Iterable[Any], ids: Sequence[str]) -> list[Any]:
    """Rows in the order of a list of ids."""
    place = {id_: index for index, id_ in enumerate(ids)}
    return sorted(rows, key=lambda row: place.get(row.id, len(place)))
