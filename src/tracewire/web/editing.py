"""The form of a claim: from its fields to inputs, and back to fields whose words stand in the document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from tracewire.errors import UsageError
from tracewire.export.raw_index import RawIndex
from tracewire.model import Claim, Document, Span
from tracewire.read.align import QuoteFinder, nearest

ROLES_BLANK = 2
"""Empty rows below those that are filled: one to add, one to spare."""
MOST_ROWS = 40


def find_words(document: Document, words: str, near: Span) -> Span:
    """The span of words in a document, the one nearest to another span; UsageError where they do not stand there."""
    wanted = " ".join(words.split())
    index = RawIndex(document)
    here = index.range(near) or (0, 0)
    text = document.reading.text
    found = nearest(QuoteFinder(text, 0, len(text)).find(wanted), here)
    if found is not None:
        return document.span(*found)
    at = document.raw.find(words)
    if at >= 0 and words.strip():
        return Span(at, at + len(words), words)
    raise UsageError(f"“{wanted}” does not stand in the document: write the words just as they are, or choose others")


def given_span(document: Document, start: str, end: str, words: str, near: Span) -> Span:
    """The span chosen with the mouse (raw offsets), else the one of words that were written."""
    if start.isascii() and end.isascii() and start.isdigit() and end.isdigit():
        low, high = int(start), min(int(end), len(document.raw))
        if low < high and (not words or _same(document.raw[low:high], words)):
            return Span(low, high, document.raw[low:high])
    return find_words(document, words, near)


def _same(raw: str, words: str) -> bool:
    return "".join(raw.split()) == "".join(words.split())


@dataclass(frozen=True, slots=True)
class Inputs:
    """A claim as the values of its form."""

    roles: list[dict[str, str]]
    places: list[dict[str, str]]
    materiel: list[dict[str, str]]
    casualties: list[dict[str, str]]


def inputs(claim: Claim, words: Any) -> Inputs:
    """The rows of a claim's form, with empty ones to fill; `words` gives the words of a span."""

    def said(span: Span | None) -> str:
        return words(span) if span is not None else ""

    def bounds(quantity: Any) -> dict[str, str]:
        if quantity is None:
            return {"low": "", "high": "", "count": ""}
        low = "" if quantity.low is None else str(quantity.low)
        high = "" if quantity.high is None else str(quantity.high)
        return {"low": low, "high": high, "count": said(quantity.quote)}

    blank: list[dict[str, str]] = [{} for _ in range(ROLES_BLANK)]
    roles = [{"role": r.role, "words": said(r.mention), "entity": r.entity or ""} for r in claim.roles]
    places = [{"role": p.role, "words": said(p.mention), "place": p.place or ""} for p in claim.places]
    materiel = [{"item": m.item or "", "words": said(m.mention), **bounds(m.quantity)} for m in claim.materiel]
    casualties = [{"what": c.what, **bounds(c.quantity)} for c in claim.casualties]
    return Inputs([*roles, *blank], [*places, *blank[:1]], [*materiel, *blank[:1]], [*casualties, *blank[:1]])


def fields(claim: Claim, document: Document, form: Mapping[str, str]) -> dict[str, Any]:
    """The fields that a filled form changes; UsageError names what cannot be read."""
    near = claim.evidence[0] if claim.evidence else claim.trigger
    reader = _Reader(claim, document, form, near)
    new = {
        "type": form.get("type", claim.type),
        "polarity": form.get("polarity", claim.polarity),
        "modality": form.get("modality", claim.modality),
        "opinion": form.get("opinion") == "yes",
        "trigger": reader.span("trigger", claim.trigger),
        "roles": reader.roles(),
        "places": reader.places(),
        "materiel": reader.materiel(),
        "casualties": reader.casualties(),
        "date": reader.date(),
        "evidence": reader.evidence(),
    }
    old = _json(msgspec.to_builtins(claim))
    return {k: v for k, v in _json(new).items() if v != old[k]}


def _json(values: dict[str, Any]) -> dict[str, Any]:
    """Plain values as they come back from the log: tuples are lists there."""
    found: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(values))
    return found


class _Reader:
    """Reads the groups of a form; what was not touched keeps its span, however it was found."""

    def __init__(self, claim: Claim, document: Document, form: Mapping[str, str], near: Span) -> None:
        self._claim = claim
        self._document = document
        self._form = form
        self._near = near
        self._index = RawIndex(document)

    def _value(self, name: str) -> str:
        return self._form.get(name, "").strip()

    def _plain(self, words: str, old: Span | None) -> dict[str, Any] | None:
        """Words as a span in plain values: the old one where they are its words."""
        if not words:
            return None
        if old is not None and " ".join(words.split()) == self._index.words(old):
            kept: dict[str, Any] = msgspec.to_builtins(old)
            return kept
        made: dict[str, Any] = msgspec.to_builtins(find_words(self._document, words, self._near))
        return made

    def span(self, name: str, old: Span) -> dict[str, Any]:
        """A span that must be there."""
        return self._plain(self._value(name), old) or msgspec.to_builtins(old)

    def evidence(self) -> list[Any]:
        """The sentence, and the repeats of it."""
        rest = [msgspec.to_builtins(span) for span in self._claim.evidence[1:]]
        return [self.span("evidence", self._near), *rest]

    def roles(self) -> list[dict[str, Any]]:
        """Rows with a role and either words or an actor."""
        rows = []
        for n in range(MOST_ROWS):
            role, words, entity = (self._value(f"roles-{n}-{k}") for k in ("role", "words", "entity"))
            if not role or not (words or entity):
                continue
            old = self._claim.roles[n] if n < len(self._claim.roles) else None
            same = old is not None and old.role == role and (old.entity or "") == entity
            mention = self._plain(words, old.mention if old else None)
            basis = old.basis if old is not None and same else "stated" if mention else "knowledge"
            rows.append({"role": role, "entity": entity or None, "mention": mention, "basis": basis})
        return rows

    def places(self) -> list[dict[str, Any]]:
        """Rows with words or a place."""
        rows = []
        for n in range(MOST_ROWS):
            role, words, place = (self._value(f"places-{n}-{k}") for k in ("role", "words", "place"))
            if not (words or place):
                continue
            old = self._claim.places[n] if n < len(self._claim.places) else None
            mention = self._plain(words, old.mention if old else None)
            rows.append({"place": place or None, "mention": mention, "role": role or "where"})
        return rows

    def materiel(self) -> list[dict[str, Any]]:
        """Rows with words; counts are bounds."""
        rows = []
        for n in range(MOST_ROWS):
            words = self._value(f"materiel-{n}-words")
            if not words:
                continue
            old = self._claim.materiel[n] if n < len(self._claim.materiel) else None
            mention = self._plain(words, old.mention if old else None)
            rows.append(
                {
                    "item": self._value(f"materiel-{n}-item") or None,
                    "mention": mention,
                    "quantity": self._quantity(f"materiel-{n}", old.quantity if old else None, mention),
                    "made_in": old.made_in if old else None,
                    "supplied_by": old.supplied_by if old else None,
                }
            )
        return rows

    def casualties(self) -> list[dict[str, Any]]:
        """Rows with what befell people."""
        rows = []
        for n in range(MOST_ROWS):
            what = self._value(f"casualties-{n}-what")
            if not what:
                continue
            old = self._claim.casualties[n] if n < len(self._claim.casualties) else None
            trigger: dict[str, Any] = msgspec.to_builtins(self._claim.trigger)
            quantity = self._quantity(f"casualties-{n}", old.quantity if old else None, trigger)
            rows.append({"what": what, "quantity": quantity})
        return rows

    def _quantity(self, name: str, old: Any, near: dict[str, Any] | None) -> dict[str, Any] | None:
        low, high = self._number(f"{name}-low"), self._number(f"{name}-high")
        words = self._value(f"{name}-count")
        if low is None and high is None and not words:
            return None
        if low is not None and high is not None and low > high:
            raise UsageError(f"a count from {low} to {high} has its bounds the wrong way round")
        quote = self._plain(words, old.quote if old else None) or near
        if old is not None and (old.low, old.high) == (low, high):
            rule = old.rule
        elif low is None or high is None:
            rule = "at_least" if low is not None else "up_to" if high is not None else "unknown"
        else:
            rule = "exact" if low == high else "range"
        return {"low": low, "high": high, "quote": quote, "rule": rule}

    def _number(self, name: str) -> int | None:
        value = self._value(name).replace(",", "").replace(" ", "")
        if not value:
            return None
        if not value.isascii() or not value.isdigit() or len(value) > 12:
            raise UsageError(f"{value!r} is not a count: write a whole number, or leave it empty where it is open")
        return int(value)

    def date(self) -> dict[str, Any]:
        """The interval; a changed one is a person's."""
        old: dict[str, Any] = msgspec.to_builtins(self._claim.date)
        start, end = self._value("start") or None, self._value("end") or None
        if (start, end) == (old["start"], old["end"]):
            return old
        precision = "day" if start and start == end else "days" if start and end else "unknown"
        return old | {"start": start, "end": end, "precision": precision, "basis": "stated", "rule": "set by a person"}
