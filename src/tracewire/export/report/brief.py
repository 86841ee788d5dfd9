"""What all sections of a report share: the record, short evidence ids, and the events that are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracewire.codebook import Codebook
from tracewire.export.event_phrases import describe_event, lead_claim, only_headlines
from tracewire.export.phrases import chain_words, deed, place_name, place_words, speaks_of_own_deed, told_as_done
from tracewire.export.plain import date_words, quoted, sentence_case
from tracewire.export.report.markdown import md
from tracewire.export.view import View, view
from tracewire.model import Claim, Document, Event, Record, Relation, Span

SHORT = 7
"""Characters of a short id: a letter and six hex digits part some thousand claims; more are taken where two meet."""

STORY_EVENTS = 12
"""How many events the story in short tells: what fits on one printed page."""

_LATE = ("talk", "claims")
"""Families that come last in the story: words about deeds, behind the deeds."""


@dataclass(frozen=True, slots=True)
class Brief:
    """A record on its way into a report; `told` are events that happened by some claim, in order of date."""

    known: View
    short: Mapping[str, str]
    told: tuple[Event, ...]
    relations: tuple[Relation, ...]
    touching: Mapping[str, tuple[Relation, ...]]
    """Relations by the ids at either end."""

    def ref(self, id_: str) -> str:
        """The mark by which text refers to a claim or an event."""
        return f"[{self.short.get(id_, id_)}]"

    def mark(self, id_: str) -> str:
        """The mark where the claim or event itself stands."""
        return f"**{self.ref(id_)}**"

    def copied_from(self, claim: Claim) -> list[str]:
        """Ids of the claims in other documents whose words a copy repeats."""
        found = [r for r in self.touching.get(claim.id, ()) if r.type == "derived_from" and r.source == claim.id]
        return sorted(relation.target for relation in found)

    def claims_of(self, event: Event) -> list[Claim]:
        """The claims of an event by id."""
        return [self.known.claims[claim] for claim in sorted(event.claims) if claim in self.known.claims]


def make_brief(record: Record, codebook: Codebook | None) -> Brief:
    """Index a record and choose the events to tell."""
    known = view(record, codebook)
    told = [e for e in known.events.values() if e.status != "rejected" and not only_headlines(known, e)]
    short = short_ids([*known.claims, *known.events])
    relations = _ordered(record)
    return Brief(known, short, tuple(sorted(told, key=by_date)), relations, _touching(relations))


def _ordered(record: Record) -> tuple[Relation, ...]:
    """Relations that cannot both be true first."""
    return tuple(
        sorted(record.relations, key=lambda r: (r.severity != "hard", r.aspect or "", r.source, r.target, r.type))
    )


def _touching(relations: Iterable[Relation]) -> dict[str, tuple[Relation, ...]]:
    found: dict[str, dict[Relation, None]] = {}
    for relation in relations:
        for end in (relation.source, relation.target):
            found.setdefault(end, {})[relation] = None
    return {end: tuple(rows) for end, rows in found.items()}


def by_date(event: Event) -> tuple[str, str, str]:
    """Order of events in time; those without any date come last."""
    return event.start or event.end or "9999", event.end or "9999", event.id


def short_ids(ids: Iterable[str]) -> dict[str, str]:
    """Ids cut to the fewest characters, `SHORT` at least, that keep all of them apart."""
    every = sorted(set(ids))
    length = SHORT
    while len({name[:length] for name in every}) < len(every):
        length += 1
    return {name: name[:length] for name in every}


def core_events(brief: Brief) -> list[Event]:
    """The best-supported events in order of date: by family, independent origins, claims, deaths, suggested grade."""
    parts: dict[str, list[Event]] = {}
    for event in brief.told:
        if event.parent is not None:
            parts.setdefault(event.parent, []).append(event)

    def support(event: Event) -> tuple[bool, bool, int, int, int, int, int, tuple[str, str, str]]:
        # Deaths are told with the attack that they belong to, and so count for it.
        whole = [event, *(part for part in parts.get(event.id, ()) if part.type == "casualty")]
        low, high = max(e.origins.min for e in whole), max(e.origins.max for e in whole)
        claims, dead = sum(len(e.claims) for e in whole), max(e.fatalities.low or 0 for e in whole)
        bare = not event.roles and not event.materiel and not dead
        return is_talk(brief, event), bare, -low, -high, -claims, -dead, event.credibility.grade, by_date(event)

    ids = {event.id for event in brief.told}
    apart = [event for event in brief.told if event.type != "casualty" or event.parent not in ids]
    return sorted(sorted(apart, key=support)[:STORY_EVENTS], key=by_date)


def is_talk(brief: Brief, event: Event) -> bool:
    """Whether an event is of a family of words rather than deeds."""
    row = brief.known.codebook.events.get(event.type)
    return row is not None and row.family in _LATE


# ---------------------------------------------------------------- lines that several sections print


def relations_of(brief: Brief, *types: str) -> list[Relation]:
    """Relations of some types, those that cannot both be true first."""
    return [relation for relation in brief.relations if relation.type in types]


def disputed(brief: Brief) -> frozenset[str]:
    """Ids of the events and claims that a contradiction touches."""
    return frozenset(end for r in relations_of(brief, "contradicts") for end in (r.source, r.target))


def when_where(brief: Brief, event: Event) -> str:
    """Date and place of an event, as far as known."""
    place = place_name(brief.known, event.place)
    if not place and (lead := lead_claim(brief.known, event)) is not None:
        place = place_words(brief.known, lead)
    return ", ".join(part for part in (date_words(event.start, event.end), place) if part)


def event_line(brief: Brief, event: Event) -> str:
    """What happened, with a capital letter, escaped."""
    return md(sentence_case(describe_event(brief.known, event)))


def quote(brief: Brief, claim: Claim, span: Span) -> str:
    """The words of a span in quotation marks, escaped, whole."""
    return md(quoted(brief.known.words(claim, span)))


def document_name(document: Document | None) -> str:
    """How a report names a document: by the name under which it came in."""
    return "?" if document is None else md(document.name)


def count(number: int, noun: str) -> str:
    """ "1 claim", "2 claims"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def span_count(low: int, high: int, noun: str) -> str:
    """ "1 origin", "2 to 4 origins"."""
    return count(high, noun) if low == high else f"{low} to {high} {noun}s"


# ---------------------------------------------------------------- one claim in full


def claim_item(brief: Brief, claim: Claim) -> str:
    """A claim with its words, where they stand, who says so, and how sure the source is."""
    known = brief.known
    said = [sentence_case(deed(known, claim)), date_words(claim.date.start, claim.date.end), place_words(known, claim)]
    head = f"{brief.mark(claim.id)} {md('; '.join(part for part in said if part))}"
    return "\n".join([head, "", *_quotes(brief, claim), "", _where(brief, claim), "", _who(brief, claim)])


def _quotes(brief: Brief, claim: Claim) -> list[str]:
    words = {brief.known.words(claim, span): None for span in claim.evidence}
    return [line for text in words for line in (f"> {md(quoted(text))}", ">")][:-1]


def _where(brief: Brief, claim: Claim) -> str:
    places = [f"characters {span.start} to {span.end}" for span in claim.evidence]
    notes = {"title": ", headline", "caption": ", caption", "embed": ", embedded post"}.get(claim.segment, "")
    return f"In {document_name(brief.known.documents.get(claim.document))}, {', '.join(places)}{notes}."


def _who(brief: Brief, claim: Claim) -> str:
    parts = [f"Said by: {md(chain_words(claim) or '?')}.", f"{sentence_case(standing(claim))}."]
    if claim.cue is not None:
        parts.insert(1, f"Cue: {quote(brief, claim, claim.cue)}.")
    if speaks_of_own_deed(brief.known, claim):
        parts.append("The source is a party to what it tells.")
    if claim.date.basis == "inferred":
        parts.append(f"Date inferred ({md(claim.date.rule.replace('_', ' '))}).")
    elif claim.date.basis == "publication" and claim.date.start and claim.date.end:
        parts.append(f"Date only bounded ({md(claim.date.rule.replace('_', ' '))}).")
    parts += [f"Copied text: see {brief.ref(source)}." for source in brief.copied_from(claim)]
    if claim.judgement is not None:
        parts.append(f"Review: {claim.judgement}.")
    return " ".join(parts)


def standing(claim: Claim) -> str:
    """How the claim stands in its document: denied, conditional, planned, opinion, or its modality."""
    parts = ["**Denied or negated**"] if claim.polarity == "-" else []
    parts += [claim.modality] if claim.polarity == "+" or claim.modality != "asserted" else []
    return ", ".join(parts + (["opinion"] if claim.opinion else []))


def untold(brief: Brief) -> list[Claim]:
    """Claims that are never told as events, though nobody rejected them: denied, conditional, planned, opinion."""
    claims = brief.known.claims.values()
    return [c for c in claims if not told_as_done(c) and c.judgement != "rejected" and not is_refusal(c)]


def is_refusal(claim: Claim) -> bool:
    """Whether someone could not or would not confirm: an open question, not a denied deed."""
    return claim.type == "verification" and claim.polarity == "-" and claim.judgement != "rejected"
