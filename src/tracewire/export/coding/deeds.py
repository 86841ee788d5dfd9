"""Events as rows of coded formats: told as done, with their sides, time, place, dead, sources and what is disputed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tracewire.export.coding.parties import SIDES, Party, Side, party_of, side
from tracewire.export.coding.words import says
from tracewire.export.event_phrases import describe_event, only_headlines, told_claims
from tracewire.export.phrases import innermost, role_name, who_words
from tracewire.export.plain import join, sentence_case, unique
from tracewire.export.view import View
from tracewire.model import Claim, Document, Event, Relation, Role

DISPUTES = 4
"""How many disputes a note tells before it only counts them."""


@dataclass(frozen=True, slots=True)
class Deed:
    """An event that some text tells as done. `inner` are its casualty events, `claims` what tells it or them."""

    event: Event
    told: tuple[Claim, ...]
    inner: tuple[Claim, ...]
    acting: Side
    suffering: Side

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims that tell the event, then those that tell its dead."""
        return self.told + self.inner

    @property
    def reviewed(self) -> bool:
        """Whether a person has accepted it."""
        return self.event.status == "accepted"


class Deeds:
    """The events of a record that formats of deeds may hold, by date."""

    def __init__(self, known: View) -> None:
        self._known = known
        self._children: dict[str, list[Event]] = {}
        for event in known.events.values():
            if event.parent in known.events and event.type == "casualty" and event.status != "rejected":
                self._children.setdefault(event.parent or "", []).append(event)
        self._touching: dict[str, list[Relation]] = {}
        for relation in sorted(known.record.relations, key=lambda r: (r.type, r.aspect or "", r.why, r.source)):
            for end in {relation.source, relation.target}:
                self._touching.setdefault(end, []).append(relation)

    def __iter__(self) -> Iterator[tuple[Event, Deed | str]]:
        """Every event with its deed, or with the reason why it is none."""
        events = self._known.events.values()
        for event in sorted(events, key=lambda e: (e.start or e.end or "9999", e.end or "9999", e.id)):
            yield event, self._deed(event)

    def _deed(self, event: Event) -> Deed | str:
        known = self._known
        if event.status == "rejected":
            return "rejected in review"
        told = tuple(told_claims(known, event))
        if not told:
            return "no claim says that it happened"
        if only_headlines(known, event):
            return "only a headline tells it, the text below does not"
        if event.type == "casualty" and event.parent in known.events:
            return "deaths, counted with the deed that they belong to"
        inner = tuple(c for child in self._children.get(event.id, []) for c in told_claims(known, child))
        acts, suffers = SIDES.get(event.type, (None, None))
        suffering = side(known, told, suffers)
        if suffering.main is None and inner:
            suffering = side(known, inner, "victim")
        return Deed(event, told, inner, side(known, told, acts), suffering)

    def disputes(self, deed: Deed) -> list[str]:
        """What is said against the deed or told otherwise, in words, each once."""
        ends = {deed.event.id, *deed.event.claims, *(c.id for c in deed.inner)}
        found = [r for end in sorted(ends) for r in self._touching.get(end, [])]
        told = unique(words for relation in found if (words := self._dispute(relation)))
        denials = [c for c in map(self._known.claims.get, deed.event.claims) if c is not None and c.polarity == "-"]
        told = unique([*told, *(f"{_who(c)} denies it" for c in denials if c.judgement != "rejected")])
        more = len(told) - DISPUTES
        return told[:DISPUTES] + ([f"{more} more disputes in the claims file"] if more > 0 else [])

    def _dispute(self, relation: Relation) -> str | None:
        if relation.type == "contradicts" and relation.aspect == "occurrence":
            claim = self._known.claims.get(relation.source)
            return f"{_who(claim)} denies it" if claim is not None and claim.polarity == "-" else relation.why
        if relation.type == "contradicts":
            return f"{relation.aspect}: {relation.why}" if relation.aspect else relation.why
        claim = self._known.claims.get(relation.source)
        if relation.type == "neither_confirms_nor_denies" and claim is not None:
            return f"{self._speaker(claim)} neither confirms nor denies it"
        if relation.type == "undermines" and claim is not None:
            return f"not confirmed or denied by {self._speaker(claim)}"
        return None

    def _speaker(self, claim: Claim) -> str:
        # who refuses to confirm is who speaks in the claim, not who reports that
        named = [role_name(self._known, claim, role) for role in claim.roles if role.role == "speaker"]
        return join(unique(named)) or _who(claim)


def taker_named(known: View, deed: Deed) -> bool:
    """Whether a claim that the place changed hands, and not only one that it was held, names the acting side."""
    taken = [c for c in deed.told if says("taking", "taken", known.words(c, c.trigger))]
    return any(_same(party_of(known, c, r), deed.acting.main) for c in taken for r in c.roles if _takes(known, c, r))


def _takes(known: View, claim: Claim, role: Role) -> bool:
    if role.role != "holder" or not says("taking", "falls", known.words(claim, claim.trigger)):
        return role.role == "holder"
    raw = known.documents[claim.document].raw
    return role.mention is not None and says("taking", "to", raw[claim.trigger.end : role.mention.start])


def _same(left: Party | None, right: Party | None) -> bool:
    if left is None or right is None:
        return False
    return left.entity == right.entity and (left.entity is not None or left.kind == right.kind)


def _who(claim: Claim | None) -> str:
    return (innermost(claim) if claim is not None else None) or "a source that is not named"


# ---------------------------------------------------------------- words, sources


def summary(known: View, deed: Deed) -> str:
    """What happened by the event's claims and who says so, on one line."""
    lead = deed.told[0]
    texts = [t for t in dict.fromkeys(who_words(claim) for claim in deed.told) if t]
    more = f" and {len(texts) - 2} more" if len(texts) > 2 else ""
    said = "; ".join(texts[:2]) or who_words(lead)
    return f"{sentence_case(describe_event(known, deed.event))} (said by {said}{more})."


def origins_words(event: Event) -> str:
    """How many independent origins stand behind it."""
    low, high = event.origins.min, event.origins.max
    if low != high:
        return f"{low} to {high} independent origins"
    return f"{low} independent origin{'' if low == 1 else 's'}"


def documents(known: View, deed: Deed) -> list[Document]:
    """The documents that tell it, each once, by name."""
    found = {c.document: known.documents[c.document] for c in deed.claims if c.document in known.documents}
    return sorted(found.values(), key=lambda d: (d.name, d.id))


def texts(known: View, deed: Deed) -> list[str]:
    """The words nearest to the deed: triggers, and materiel or means named with them."""
    near = []
    for claim in deed.told:
        near.append(known.words(claim, claim.trigger))
        near += [known.words(claim, item.mention) for item in claim.materiel]
        near += [known.words(claim, r.mention) for r in claim.roles if r.role == "instrument" and r.mention is not None]
    return near


def sentences(known: View, deed: Deed) -> list[str]:
    """The sentences that tell it."""
    return unique(known.words(claim, span) for claim in deed.told for span in claim.evidence)


# ---------------------------------------------------------------- time


@dataclass(frozen=True, slots=True)
class When:
    """First and last day it may have happened on, both known."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days it may have happened on."""
        return (self.end - self.start).days + 1

    @property
    def middle(self) -> date:
        """The day in the middle."""
        return self.start + timedelta(days=(self.days - 1) // 2)


def when(event: Event) -> When | None:
    """The interval of an event; None where an end is open or is no date."""
    try:
        found = When(date.fromisoformat(event.start or ""), date.fromisoformat(event.end or ""))
    except ValueError:
        return None
    return found if found.days > 0 else None


def inferred_date(deed: Deed) -> bool:
    """Whether no claim states the date itself."""
    return all(claim.date.basis != "stated" for claim in deed.told)


STATUS: Mapping[str, str] = {"accepted": "accepted in review", "candidate": "candidate: not reviewed"}
