"""Claims as people left them: a pure function of the machine's claims and the judgements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from tracewire.assemble.judged import standing
from tracewire.model import Claim, Judgement
from tracewire.store.reviewing import ReviewStore

RawOf = Callable[[str], str | None]
"""The raw text of a document by id; None where it is not known."""
EDITABLE = frozenset(
    {"type", "trigger", "polarity", "modality", "cue", "opinion", "roles", "materiel", "casualties", "places", "date",
     "attribution", "evidence"}
)  # fmt: skip
"""Fields of a claim that a reviewer may change; id, document, segment, reader and confidence say how it was read."""


@dataclass(slots=True)
class Judged:
    """Claims that judgements change, claims that people added, and judgements whose claim is gone."""

    changed: dict[str, Claim] = field(default_factory=dict)
    added: dict[str, Claim] = field(default_factory=dict)
    waiting: list[Judgement] = field(default_factory=list)


def apply_judgements(machine: Mapping[str, Claim], judgements: Iterable[Judgement], raw_of: RawOf) -> Judged:
    """Lay the judgements over the machine's claims, in order of time.

    A judgement whose claim a later reader no longer finds goes to the claim of its type on the same words; where there
    is none, what a person accepted or edited stands as that person saw it.
    """
    result = Judged()
    by_document: dict[str, list[Claim]] = {}
    moved: dict[str, str] = {}
    for judgement in standing(judgements):
        if not _on_claim(judgement):
            continue
        id_ = moved.get(judgement.on, judgement.on)
        current = result.changed.get(id_) or result.added.get(id_) or machine.get(id_)
        if current is None and judgement.what != "add":
            if not by_document:
                for claim in machine.values():
                    by_document.setdefault(claim.document, []).append(claim)
            current = _successor(judgement, by_document)
            if current is not None:
                moved[judgement.on] = id_ = current.id
                current = result.changed.get(id_, current)
        changed = judged_claim(current, judgement, raw_of)
        if changed is None:
            result.waiting.append(judgement)
        elif id_ in machine:
            result.changed[id_] = changed
        else:
            result.added[changed.id] = changed
    return result


def _on_claim(judgement: Judgement) -> bool:
    return judgement.what in ("accept", "reject", "edit", "add") and "claims" not in judgement.change


def _successor(judgement: Judgement, by_document: Mapping[str, list[Claim]]) -> Claim | None:
    """The claim of the same type whose trigger overlaps the one that was judged."""
    seen = _claim_in(judgement, "seen")
    if seen is None:
        return None
    for claim in by_document.get(seen.document, ()):
        overlap = claim.trigger.start < seen.trigger.end and seen.trigger.start < claim.trigger.end
        if claim.type == seen.type and overlap:
            return claim
    return None


def _claim_in(judgement: Judgement, key: str) -> Claim | None:
    try:
        return msgspec.convert(judgement.change.get(key), Claim)
    except msgspec.ValidationError:
        return None


def judged_claim(current: Claim | None, judgement: Judgement, raw_of: RawOf) -> Claim | None:
    """One claim after one judgement; None where there is nothing to judge or its spans do not fit the text."""
    if judgement.what == "add":
        added = _claim_in(judgement, "claim")
        return added if added is not None and fits(added, raw_of) else None
    if current is None and judgement.what in ("accept", "edit"):
        current = _claim_in(judgement, "seen")
        if current is not None and not fits(current, raw_of):
            return None
    if current is None:
        return None
    if judgement.what == "accept":
        return replace(current, judgement="accepted")
    if judgement.what == "reject":
        return replace(current, judgement="rejected")
    fields = judgement.change.get("fields")
    try:
        changed = edited(current, fields if isinstance(fields, dict) else {})
    except msgspec.ValidationError:
        return None
    return changed if fits(changed, raw_of) else None


def edited(claim: Claim, fields: Mapping[str, Any]) -> Claim:
    """A claim with new values of some fields; raises msgspec.ValidationError for values that do not fit."""
    values = {k: v for k, v in fields.items() if k in EDITABLE}
    return msgspec.convert(msgspec.to_builtins(claim) | values | {"judgement": "edited"}, Claim)


def fits(claim: Claim, raw_of: RawOf) -> bool:
    """Whether every span of a claim quotes its document."""
    raw = raw_of(claim.document)
    return raw is not None and all(raw[start:end] == quote for start, end, quote in spans(msgspec.to_builtins(claim)))


def spans(value: Any) -> Iterator[tuple[int, int, str]]:
    """All spans in an object that is made of plain values."""
    if isinstance(value, dict):
        if {"start", "end", "quote"} <= value.keys() and isinstance(value["start"], int) and "rule" not in value:
            yield value["start"], value["end"], value["quote"]
        for item in value.values():
            yield from spans(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from spans(item)


def settle(store: ReviewStore) -> Judged:
    """Lay all judgements of a case over its claims: what a run does once claims were made again."""
    judgements = list(store.judgements())
    machine = {c.id: c for c in store.machine_claims()}
    texts = Texts(store)
    result = apply_judgements(machine, judgements, texts.raw)
    stale = store.judged_claims() - result.changed.keys()
    store.drop_claims(store.added_claims())
    changes: dict[str, Claim | None] = {**dict.fromkeys(stale), **result.changed}
    store.save_judged(changes, [result.added[k] for k in sorted(result.added)])
    return result


class Texts:
    """Raw texts of documents, the last one kept: judgements come document by document."""

    def __init__(self, store: ReviewStore) -> None:
        self._store = store
        self._kept: tuple[str, str | None] = ("", None)

    def raw(self, document: str) -> str | None:
        """The raw text of a document; None where the case has none of that id."""
        if self._kept[0] != document:
            found = self._store.documents_of([document])
            self._kept = (document, found[0].raw if found else None)
        return self._kept[1]
