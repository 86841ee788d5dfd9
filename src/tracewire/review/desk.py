"""A reviewer at work on an open case: each act appends judgements and brings what follows from them up to date."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec

from tracewire.assemble import assemble
from tracewire.codebook import Codebook
from tracewire.errors import UsageError
from tracewire.model import (
    Attribution,
    Claim,
    ClaimDate,
    Document,
    Entity,
    Event,
    Judgement,
    Label,
    Span,
    claim_id,
    stable_id,
)
from tracewire.review.apply import EDITABLE, Texts, apply_judgements, edited, fits
from tracewire.store.reviewing import ReviewStore

Clock = Callable[[], str]
Expected = Mapping[str, int]
RELIABILITIES = ("A", "B", "C", "D", "E", "F")
MOST_AROUND = 5_000
"""Claims that one judgement assembles anew at most; a full run does the rest."""
MOST_WORDS = 5_000
"""Characters of a reason or a note."""


def now() -> str:
    """This moment, fine enough to keep the order of two acts."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Reviewer:
    """One person's acts on a case that is open to be written; each returns the judgements that it appended.

    `expected` maps what is judged to the number of the last judgement that the person saw on it; where another was
    added since, Conflict is raised and nothing is written. A blind coder's judgements are kept apart until settled.
    """

    def __init__(
        self, store: ReviewStore, codebook: Codebook, by: str, *, blind: bool = False, clock: Clock = now
    ) -> None:
        self._store = store
        self._codebook = codebook
        self._by = by
        self._blind = blind
        self._clock = clock

    # ---------------------------------------------------------------- claims

    def claim(
        self, id_: str, what: Literal["accept", "reject"], expected: Expected | None = None, why: str = ""
    ) -> list[Judgement]:
        """Accept or reject a claim."""
        change = {"seen": msgspec.to_builtins(self._claim(id_)), "mates": self._mates(id_)}
        return self._append([(what, id_, change, why)], expected, [id_])

    def claims(
        self, ids: Sequence[str], what: Literal["accept", "reject"], expected: Expected | None = None, why: str = ""
    ) -> list[Judgement]:
        """Accept or reject many claims in one act, that one undoing takes back."""
        rows = self._store.claims_of(ids)
        if len(rows) < len(set(ids)) or not rows:
            raise UsageError("some of these claims are no longer in the case: search again")
        acts: list[tuple[str, str, dict[str, Any], str]] = [
            (what, c.id, {"seen": msgspec.to_builtins(c), "mates": self._mates(c.id)}, why) for c in rows
        ]
        return self._append(acts, expected, ids)

    def edit(
        self, id_: str, fields: Mapping[str, Any], expected: Expected | None = None, why: str = ""
    ) -> list[Judgement]:
        """Change fields of a claim, given as plain values; UsageError where they do not fit."""
        claim = self._claim(id_)
        changed = {k: v for k, v in fields.items() if k in EDITABLE}
        if unknown := fields.keys() - changed.keys():
            raise UsageError(f"these fields cannot be edited: {', '.join(sorted(unknown))}")
        try:
            result = edited(claim, changed)
        except msgspec.ValidationError as error:
            raise UsageError(f"these values do not make a claim: {error}") from error
        self._check(result)
        change = {"fields": changed, "seen": msgspec.to_builtins(claim), "mates": self._mates(id_)}
        return self._append([("edit", id_, change, why)], expected, [id_])

    def add(self, document: str, type_: str, trigger: Span, evidence: Span, why: str = "") -> list[Judgement]:
        """Add a claim on words of a document; its other fields are then edited like those of any claim."""
        if type_ not in self._codebook.events:
            raise UsageError(f"{type_!r} is no claim type of the codebook")
        rows = self._store.documents_of([document])
        if not rows:
            raise UsageError(f"this case has no document {document!r}")
        claim = new_claim(rows[0], type_, trigger, evidence, self._by)
        self._check(claim)
        if self._store.claims_of([claim.id]):
            raise UsageError(f"the document has a {type_} claim on these words already: {claim.id}")
        return self._append([("add", claim.id, {"claim": msgspec.to_builtins(claim)}, why)], None, [claim.id])

    def note(self, on: str, words: str, expected: Expected | None = None) -> list[Judgement]:
        """A note on a claim, an event or a document."""
        if not words.strip():
            raise UsageError("a note needs words")
        here = self._store.claims_of([on]) or self._store.events_by_id([on]) or self._store.bare_documents([on])
        if not here and not on.startswith("outlet:"):
            raise UsageError(f"this case has nothing of the id {on!r}: it may have changed by a run or a judgement")
        return self._append([("note", on, {}, words)], expected, [])

    def _claim(self, id_: str) -> Claim:
        found = self._store.claims_of([id_])
        if not found:
            raise UsageError(f"this case has no claim {id_!r}")
        return found[0]

    def _mates(self, id_: str) -> list[str]:
        """The claims that stand in an event with a claim: where it goes back to once the judgement is undone."""
        events = self._store.events_by_id(self._store.events_of([id_]).get(id_, ()))
        return sorted({c for e in events for c in e.claims} - {id_})

    def _check(self, claim: Claim) -> None:
        if not fits(claim, Texts(self._store).raw):
            raise UsageError("the words do not stand there in the document: choose them again")
        if claim.type not in self._codebook.events:
            raise UsageError(f"{claim.type!r} is no claim type of the codebook")
        for value in (claim.date.start, claim.date.end):
            check_day(value)
        if claim.date.start and claim.date.end and claim.date.start > claim.date.end:
            raise UsageError(f"the date ends ({claim.date.end}) before it starts ({claim.date.start})")

    # ---------------------------------------------------------------- events

    def event(
        self,
        id_: str,
        what: Literal["accept", "reject"],
        expected: Expected | None = None,
        why: str = "",
        *,
        misread: Sequence[str] = (),
    ) -> list[Judgement]:
        """Accept an event and those of its claims that nobody judged, or reject the event alone.

        Claims named as `misread` are rejected in the same act, as long as one of an accepted event's claims is left.
        """
        event = self._event(id_)
        wrong = set(misread) & set(event.claims)
        left = [c for c in event.claims if c not in wrong]
        if what == "accept" and not left:
            raise UsageError("all claims of this event are marked as misread: then reject the event")
        named = left if what == "accept" else list(event.claims)
        acts: list[tuple[str, str, dict[str, Any], str]] = [(what, id_, {"claims": named}, why)]
        for claim in self._store.claims_of(event.claims):
            seen = {"seen": msgspec.to_builtins(claim)}
            if claim.id in wrong and claim.judgement != "rejected":
                acts.append(("reject", claim.id, seen | {"mates": self._mates(claim.id)}, ""))
            elif what == "accept" and claim.id not in wrong and claim.judgement is None:
                acts.append(("accept", claim.id, seen, ""))
        return self._append(acts, expected, event.claims)

    def grade_event(self, id_: str, grade: int, expected: Expected | None = None, why: str = "") -> list[Judgement]:
        """Set the credibility of an event, 1 (confirmed) to 6 (cannot be judged)."""
        if not 1 <= grade <= 6:
            raise UsageError("credibility is a grade from 1 to 6")
        event = self._event(id_)
        change = {"claims": list(event.claims), "credibility": grade}
        return self._append([("grade", id_, change, why)], expected, event.claims)

    def merge(self, id_: str, other: str, expected: Expected | None = None, why: str = "") -> list[Judgement]:
        """Make two events one."""
        if id_ == other:
            raise UsageError("an event cannot be merged with itself: give the id of another one")
        first, second = self._event(id_), self._event(other)
        # A row on either event: whoever opens one of them finds the act.
        acts = [
            ("merge", first.id, {"claims": list(first.claims), "with": list(second.claims)}, why),
            ("merge", second.id, {"claims": list(second.claims), "with": list(first.claims)}, why),
        ]
        return self._append(acts, expected, [*first.claims, *second.claims])

    def split(self, id_: str, out: Sequence[str], expected: Expected | None = None, why: str = "") -> list[Judgement]:
        """Take claims out of an event; together they make another one."""
        event = self._event(id_)
        leaving = sorted(set(out) & set(event.claims))
        if not leaving or len(leaving) == len(set(event.claims)):
            raise UsageError("choose some of the event's claims to take out, and leave some in")
        change = {"claims": list(event.claims), "out": leaving}
        return self._append([("split", id_, change, why)], expected, event.claims)

    def _event(self, id_: str) -> Event:
        found = self._store.events_by_id([id_])
        if not found:
            raise UsageError(f"this case has no event {id_!r}: it may have changed by a run or a judgement")
        return found[0]

    # ---------------------------------------------------------------- actors

    def merge_actors(self, id_: str, other: str, expected: Expected | None = None, why: str = "") -> list[Judgement]:
        """Two actors are one: the other one's mentions become this one's, from the next run on."""
        if id_ == other:
            raise UsageError("an actor cannot be merged with itself: name another one")
        first, second = self._actor(id_), self._actor(other)
        change = {"actors": [first.id, second.id], "names": [first.name, second.name]}
        return self._append([("merge", first.id, change, why)], expected, [])

    def split_actor(self, id_: str, form: str, expected: Expected | None = None, why: str = "") -> list[Judgement]:
        """The mentions of an actor in a form mean another one, from the next run on."""
        actor = self._actor(id_)
        if form not in actor.forms:
            raise UsageError(f"{actor.name} is not written {form!r}; it is written {', '.join(actor.forms)}")
        return self._append([("split", id_, {"forms": [form]}, why)], expected, [])

    def _actor(self, id_: str) -> Entity:
        found = [e for e in self._store.entities([id_]) if e.id == id_]
        if not found:
            raise UsageError(f"this case has no actor {id_!r}: it may have changed by a run")
        return found[0]

    # ---------------------------------------------------------------- sources

    def grade_outlet(self, outlet: str, grade: str, expected: Expected | None = None, why: str = "") -> list[Judgement]:
        """Set the reliability of an outlet, A (reliable) to F (cannot be judged)."""
        if grade not in RELIABILITIES:
            raise UsageError(f"reliability is one of {', '.join(RELIABILITIES)}")
        return self._append([("grade", f"outlet:{outlet}", {"reliability": grade}, why)], expected, [])

    # ---------------------------------------------------------------- undoing

    def undo(self, id_: str) -> list[Judgement]:
        """Undo a judgement and all that were made in the same act."""
        first = self._store.judgement(id_)
        if first is None:
            raise UsageError(f"this case has no judgement {id_!r}")
        batch = first.change.get("batch")
        rows = self._store.batch(batch) if isinstance(batch, str) else [first]
        undone = [replace(j, undone=True) for j in rows if not j.undone]
        if not undone:
            raise UsageError("it is undone already")
        self._store.judge(undone, {})
        self._derive(touched(undone))
        return undone

    # ---------------------------------------------------------------- writing

    def _append(
        self, acts: Iterable[tuple[str, str, dict[str, Any], str]], expected: Expected | None, claims: Iterable[str]
    ) -> list[Judgement]:
        at = self._clock()
        rows = list(acts)
        batch = {"batch": stable_id("b", self._by, at, rows[0][1])} if len(rows) > 1 else {}
        blind = {"blind": True} if self._blind else {}
        made = [
            msgspec.convert(
                {
                    "id": stable_id("j", self._by, at, what, on, number),
                    "at": at,
                    "by": self._by,
                    "what": what,
                    "on": on,
                    "change": change | batch | blind,
                    "why": " ".join(why.split())[:MOST_WORDS],
                },
                Judgement,
            )
            for number, (what, on, change, why) in enumerate(rows)
        ]
        self._store.judge(made, expected or {})
        if not self._blind:
            self._derive(claims)
        return made

    def _derive(self, claims: Iterable[str]) -> None:
        """Bring claims and the events around them up to date; a full run gives the same, from all claims."""
        ids = sorted(set(claims))
        if not ids:
            return
        machine = {c.id: c for c in self._store.machine_claims(ids)}
        added = self._store.added_claims().intersection(ids)
        rows = self._store.judgements_on(ids)
        judged = apply_judgements(machine, rows, Texts(self._store).raw)
        near, events = self._around({*ids, *(c for j in rows for c in j.listed("mates"))})
        self._store.drop_claims(added)
        changes: dict[str, Claim | None] = {**dict.fromkeys(machine), **judged.changed}
        self._store.save_judged(changes, judged.added.values())
        self._assemble(events, near)

    def _around(self, claims: Iterable[str]) -> tuple[set[str], list[Event]]:
        """The claims of the stories that some claims stand in, and their events with parents and parts.

        Events join, deny and hold each other within a story; an event over two stories draws in the second, up to
        MOST_AROUND claims.
        """
        near: set[str] = set(claims)
        ids: set[str] = set()
        before = -1
        while len(near) + len(ids) != before and len(near) <= MOST_AROUND:
            before = len(near) + len(ids)
            near |= {*self._store.story_mates(near), *self._store.sentence_mates(near)}
            ids |= {e for events in self._store.events_of(near).values() for e in events}
            found = self._store.events_by_id(ids)
            ids |= {e.parent for e in found if e.parent} | set(self._store.children(ids))
            near |= {c for e in found for c in e.claims}
        return near, self._store.events_by_id(ids)

    def _assemble(self, events: Sequence[Event], claims: Iterable[str]) -> None:
        ids = set(claims) | {c for e in events for c in e.claims}
        record = self._store.part(claims=ids, family=True)
        ons = ids | {e.id for e in events} | {stable_id("v", c) for c in ids}
        record = replace(record, judgements=tuple(self._store.judgements_on(ons)))
        made, relations = assemble(record, self._codebook)
        kept = {c.id for c in record.claims}
        relations = [r for r in relations if {r.source, r.target} <= kept | {e.id for e in made}]
        self._store.replace_events([e.id for e in events], ids, made, relations)


def touched(judgements: Iterable[Judgement]) -> list[str]:
    """Claims that some judgements are about."""
    found: set[str] = set()
    for judgement in judgements:
        named = {c for key in ("claims", "with", "out") for c in judgement.listed(key)}
        found |= named or ({judgement.on} if judgement.what in ("accept", "reject", "edit", "add") else set())
    return sorted(found)


def check_day(value: str | None) -> None:
    """Raise UsageError for what is no ISO day; None is open."""
    try:
        if value is not None and datetime.strptime(value, "%Y-%m-%d").strftime("%Y-%m-%d") != value:
            raise ValueError(value)
    except ValueError as error:
        raise UsageError(f"{value!r} is not a day: write 2021-03-05, or leave it empty") from error


def new_claim(document: Document, type_: str, trigger: Span, evidence: Span, by: str) -> Claim:
    """A claim as a person adds it: what is not said yet stays unknown."""
    label: Label = next((s.label for s in document.segments if s.start <= trigger.start < s.end), "body")
    publisher = (Attribution(document.outlet, None, None, "publisher"),) if document.outlet else ()
    published = document.published.end if document.published else None
    return Claim(
        id=claim_id(document.id, type_, trigger, 0),
        document=document.id,
        type=type_,
        trigger=trigger,
        polarity="+",
        modality="asserted",
        cue=None,
        opinion=False,
        roles=(),
        materiel=(),
        casualties=(),
        places=(),
        date=ClaimDate(None, published, "unknown", "publication", None, "not after publication"),
        attribution=publisher,
        segment=label,
        evidence=(evidence,),
        reader=f"person:{json.dumps(by, ensure_ascii=False)[1:-1]}",
        confidence=1.0,
        judgement="accepted",
    )
