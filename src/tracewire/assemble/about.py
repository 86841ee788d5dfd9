"""Claims about claims: what a denial denies, what could not be verified, what nobody would comment on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal

from tracewire.assemble.denials import STEM, deniable, is_deed, who
from tracewire.assemble.view import ABOUT_TALK, ClaimView, World
from tracewire.codebook.speech_acts import denies
from tracewire.lang import load_words
from tracewire.model import Claim, Relation

ABOUT_REACH, DENIAL_REACH = 600, 1500
"""Characters before a verification, or a denial, within which what it is about is looked for: about two paragraphs and
about five, for denials often answer a whole report."""
LEAD = 4
"""So many deeds told before it, a refusal to comment is about the first of them: the report has told no more yet."""

Verdict = Literal["neither", "denied", "doubted", "confirmed"]

_SILENT = (
    "neither confirm", "confirm nor deny", "refused to confirm", "declined", "refused to comment", "not confirm",
    "not in a position", "without comment",
    "no comment", "not comment", "would not say", "not respond", "not reply", "no reply", "not repl", "not answer",
    "not be reached", "hung up", "said nothing", "would not be drawn", "refused to say", "refused to discuss",
)  # fmt: skip
_MARKS = ".,;:!?\"'()“”‘’"
_DOUBTING = ("debunk", "disprov", "doubt", "disput", "question")


def about_claims(views: Sequence[ClaimView], world: World) -> list[Relation]:
    """Relations of verifications and bare denials to the claims that they are about."""
    found: list[Relation] = []
    for rows in _by_document(views).values():
        for position, view in enumerate(rows):
            if view.claim.type == "verification" or _rejects(view.claim):
                found += _verification(view, rows, position, world)
    return found


def _rejects(claim: Claim) -> bool:
    """A bare denial ("Kigali dismissed the claim"), which says of no deed that it was not done."""
    return claim.type == "statement" and claim.polarity == "-" and denies(claim)


def _by_document(views: Sequence[ClaimView]) -> dict[str, list[ClaimView]]:
    rows: dict[str, list[ClaimView]] = {}
    for view in sorted(views, key=lambda v: (v.document.id, v.claim.trigger.start)):
        rows.setdefault(view.document.id, []).append(view)
    return rows


# ---------------------------------------------------------------- verifications


_CONFIRMING = re.compile(
    r"\b(?:confirm|verif|corroborat|authenticat|geolocat|match|consistent|acknowledg|admit|conced|grant|visible)"
)
"""Not every check confirms: "the picture is from Taiz" and "two carry plates" say nothing of a deed by themselves."""


def verdict(claim: Claim) -> Verdict | None:
    """What a verification says of its matter; None where it says nothing yet ("should the panel confirm")."""
    words = " ".join(e.quote for e in claim.evidence).casefold()
    trigger = claim.trigger.quote.casefold()
    if claim.modality in ("planned", "conditional"):
        return None
    if denies(claim):
        return "denied" if claim.polarity == "-" else "doubted"
    if trigger.startswith(_DOUBTING):
        return "doubted"
    if any(n in words for n in _SILENT):
        return "neither"
    if claim.polarity == "-":
        return "doubted"
    return "confirmed" if _CONFIRMING.search(words) else None


def _verification(view: ClaimView, rows: Sequence[ClaimView], position: int, world: World) -> Iterator[Relation]:
    kind = verdict(view.claim)
    target = _about(view, rows, position, kind, world) if kind else None
    if target is None:
        return
    source, about = view.claim.id, target.claim.id
    if kind == "neither":
        yield Relation(source, "neither_confirms_nor_denies", about, None, None, "neither confirmed nor denied")
    elif kind == "denied":
        yield Relation(source, "contradicts", about, "occurrence", "hard", f"{who(view.claim)} denies it")
    elif kind == "doubted":
        yield Relation(source, "undermines", about, "certainty", "soft", "doubted or not verified")
    else:
        yield Relation(source, "corroborates", about, None, None, "confirmed by a source of the same report")


def _about(view: ClaimView, rows: Sequence[ClaimView], position: int, kind: Verdict, world: World) -> ClaimView | None:
    """The deed that its own sentence tells, else one before: named, done by the speaker, the lead, the nearest."""
    sentence = view.claim.evidence[0]
    inside = [r for r in rows if r.claim.type not in ABOUT_TALK and r.claim.evidence[0].start == sentence.start]
    stated = [r for r in inside if r.claim.polarity == "+"]
    after = [r for r in stated if r.claim.trigger.start > view.claim.trigger.start]
    if after or (stated and len(stated) == len(inside)):
        return (after or stated)[0]
    before = [
        row
        for row in reversed(rows[:position])
        if view.claim.trigger.start - row.claim.trigger.start <= DENIAL_REACH and is_deed(row) and row not in inside
    ]
    denied = [r for r in inside if r.claim.polarity == "-" and r.claim.type not in ABOUT_TALK]
    if denied and (told := next((r for r in before if deniable(denied[0], r, world)), None)) is not None:
        return told
    if named := [r for r in before if _names_deed(sentence.quote, r.claim)]:
        return named[0]
    if own := [r for r in before if _takes_part(view, r, world)]:
        return own[0]
    if kind == "neither" and len(before) <= LEAD:
        return next((r for r in reversed(before) if r.claim.segment != "title"), None)
    return next((r for r in before if view.claim.trigger.start - r.claim.trigger.start <= ABOUT_REACH), None)


def _names_deed(words: str, claim: Claim) -> bool:
    """Whether a sentence names a deed: by the verb that tells it or by a noun for its type ("denied the loss")."""
    known = _nouns()
    stems = {w[:STEM].casefold() for w in words.split() if len(w) > STEM}
    nouns = {w.strip(_MARKS).casefold() for w in words.split()}
    by_verb = any(w[:STEM].casefold() in stems for w in claim.trigger.quote.split() if len(w) > STEM)
    return by_verb or bool(nouns & known.get(claim.type, frozenset()))


@lru_cache(maxsize=1)
def _nouns() -> dict[str, frozenset[str]]:
    return {type_: frozenset(words) for type_, words in load_words("en", "matters").items()}


def _takes_part(view: ClaimView, row: ClaimView, world: World) -> bool:
    """Whether the speaker, or the side that it is part of, has a part in the deed."""
    return any(world.any_same(speakers, actors) for speakers in view.slots.values() for actors in row.slots.values())
