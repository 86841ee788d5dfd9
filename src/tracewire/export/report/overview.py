"""The head of a report: what it rests on, the documents, the story in short, the timeline."""

from __future__ import annotations

from collections.abc import Iterator

from tracewire.codebook.outlet_names import OutletIds
from tracewire.export.event_phrases import lead_claim
from tracewire.export.origins import count_origins
from tracewire.export.phrases import who_words
from tracewire.export.plain import count_words, date_words
from tracewire.export.raw_index import document_title
from tracewire.export.report.brief import (
    Brief,
    core_events,
    count,
    disputed,
    document_name,
    event_line,
    quote,
    span_count,
    when_where,
)
from tracewire.export.report.markdown import bullets, link, md, table
from tracewire.model import Document, Event, Origin

_TAKES = {
    "copy": "copies",
    "cut": "shortens",
    "merged": "merges in",
    "edited": "edits",
    "quotes": "quotes",
}


def head(brief: Brief) -> Iterator[str]:
    """What the report rests on, in a few lines."""
    record = brief.known.record
    pages = count(len(record.documents), "page")
    origins = span_count(*count_origins(brief.known), "origin")
    outlets = OutletIds(brief.known.codebook.outlets).distinct(d.outlet for d in record.documents if d.outlet)
    lines = [
        f"Rests on: **{pages}, {origins}** (independent texts, after copies and relays are folded)",
        f"Outlets: {md(', '.join(outlets)) or 'unknown'}",
        f"Published: {_published(brief) or 'unknown'}",
        f"Holds: {count(len(brief.told), 'event')}{_headlines(brief)}, {count(len(record.claims), 'claim')}",
        f"Review: {_review(brief)}",
    ]
    yield bullets(lines)


def _headlines(brief: Brief) -> str:
    """Events that no text tells are not among the told, but in the tables of the case."""
    number = sum(e.status != "rejected" for e in brief.known.events.values()) - len(brief.told)
    return f" and {number} that only a headline tells" if number else ""


def _published(brief: Brief) -> str:
    dates = [document.published for document in brief.known.record.documents if document.published is not None]
    starts = sorted(date.start for date in dates if date.start is not None)
    ends = sorted(date.end for date in dates if date.end is not None)
    return date_words(starts[0] if starts else None, ends[-1] if ends else None)


def _review(brief: Brief) -> str:
    standing = [judgement for judgement in brief.known.record.judgements if not judgement.undone]
    if not standing:
        return "nobody has reviewed this; every event is a candidate"
    accepted = sum(event.status == "accepted" for event in brief.told)
    return f"{count(len(standing), 'judgement')}; {accepted} of {count(len(brief.told), 'event')} accepted"


# ---------------------------------------------------------------- documents


def documents(brief: Brief) -> Iterator[str]:
    """The documents, who published them when, and who took from whom."""
    rows = sorted(brief.known.documents.values(), key=lambda row: (row.name, row.id))
    if not rows:
        yield "There are no documents."
        return
    texts = _texts_from(brief)
    yield table(
        ("Document", "Outlet", "Published", "Text from"),
        [(_name(row), md(row.outlet or "?"), _date(row), "; ".join(texts.get(row.id, ["itself"]))) for row in rows],
    )


def _name(document: Document) -> str:
    title = document_title(document)
    return link(document.name, document.url) + (f": {md(title)}" if title else "")


def _date(document: Document) -> str:
    if document.published is None:
        return "?"
    return md(date_words(document.published.start, document.published.end)) or "?"


def _texts_from(brief: Brief) -> dict[str, list[str]]:
    """Where the text of each document comes from, as far as it is not its own."""
    found: dict[str, set[str]] = {}
    for origin in brief.known.record.origins:
        if origin.basis != "copied":
            found.setdefault(origin.document, set()).add(f"{md(origin.name)} ({_basis(brief, origin)})")
    for copy in brief.known.record.copies:
        verb = _TAKES[copy.relation] if copy.directed else "shares text with"
        found.setdefault(copy.document, set()).add(f"{verb} {_share(brief, copy.other, copy.share)}")
        if not copy.directed:
            found.setdefault(copy.other, set()).add(f"{verb} {_share(brief, copy.document, copy.other_share)}")
    return {document: sorted(texts) for document, texts in found.items()}


def _basis(brief: Brief, origin: Origin) -> str:
    if origin.shared is None:
        return origin.basis
    other = document_name(brief.known.documents.get(origin.shared.document))
    return f"{origin.basis}: {origin.shared.why} in {other}"


def _share(brief: Brief, other: str, share: float) -> str:
    # Rounding up to 100 would say that all of it is taken.
    percent = 100 if share >= 1 else min(99, round(100 * share))
    return f"{document_name(brief.known.documents.get(other))} ({percent} %)"


# ---------------------------------------------------------------- the story


def story(brief: Brief) -> Iterator[str]:
    """The best-supported events in order of date, a quote and its source with each."""
    chosen = core_events(brief)
    if not chosen:
        yield "No claim says that something happened."
        return
    if len(chosen) < len(brief.told):
        yield f"The {len(chosen)} best-supported of {count(len(brief.told), 'event')}."
    contested = disputed(brief)
    yield bullets(_story_line(brief, event, contested) for event in chosen)


def _story_line(brief: Brief, event: Event, contested: frozenset[str]) -> str:
    where = when_where(brief, event)
    parts = [f"**{md(where)}.**"] if where else []
    parts.append(f"{event_line(brief, event)}.")
    lead = lead_claim(brief.known, event)
    if lead is not None and lead.evidence:
        parts.append(f"{quote(brief, lead, lead.evidence[0])} – {md(who_words(lead))} {brief.ref(lead.id)}.")
    killed = count_words(event.fatalities.low, event.fatalities.high)
    if killed and event.type != "casualty":
        parts.append(f"Killed: {killed}.")
    parts.append(f"{span_count(event.origins.min, event.origins.max, 'origin')} {brief.ref(event.id)}.")
    if contested & {event.id, *event.claims}:
        parts.append("*Disputed: see the contradictions.*")
    return " ".join(parts)


def timeline(brief: Brief) -> Iterator[str]:
    """All told events in order of date, the undated last."""
    if not brief.told:
        yield "There are no events."
        return
    yield bullets(_timeline_line(brief, event) for event in brief.told)


def _timeline_line(brief: Brief, event: Event) -> str:
    where = when_where(brief, event) if event.start or event.end else f"Date unknown, {when_where(brief, event)}"
    parent = f", part of {brief.ref(event.parent)}" if event.parent is not None else ""
    return f"**{md(where.rstrip(', '))}:** {event_line(brief, event)} {brief.ref(event.id)}{parent}"
