"""Claims about claims: what a denial denies, what could not be verified, what nobody would comment on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from tracewire.assemble.likeness import compatible, forbidden
from tracewire.assemble.view import ClaimView, World
from tracewire.codebook.speech_acts import denies
from tracewire.model import Claim, Relation

ABOUT_TALK = frozenset({"statement", "publication", "verification", "talks", "sanction"})
ABOUT_REACH, DENIAL_REACH = 600, 1500
"""Characters before a verification, or a denial, within which what it is about is looked for: about two paragraphs and
about five, for denials often answer a whole report."""
STEM = 5
"""Letters by which a deed is known again ("deliveries", "delivered")."""
LEAD = 4
"""So many deeds told before it, a refusal to comment is about the first of them: the report has told no more yet."""
SHARED_LEAST = 2.0
"""A denial elsewhere in a story needs two in common with what it denies: items, an actor, words of the deed."""
GENERIC = frozenset({"weapons", "small-arms", "equipment", "missile", "rocket"})
"""Items so wide that they can stand for one of another family ("missiles" for anti-tank missiles)."""
ANY_VEHICLE = GENERIC | {"vehicle", "armoured-vehicle", "aircraft"}
"""The same for a denial: "no vehicle was lost" denies the loss of a tank."""

Verdict = Literal["neither", "denied", "doubted", "confirmed"]

_SILENT = (
    "neither confirm", "confirm nor deny", "refused to confirm", "declined", "refused to comment", "not confirm",
    "no comment", "not comment", "would not say", "not respond", "not reply", "no reply", "not repl", "not answer",
    "not be reached", "hung up", "said nothing", "would not be drawn", "refused to say", "refused to discuss",
)  # fmt: skip
_DOUBTING = ("debunk", "disprov", "doubt", "disput", "question")


def about_claims(views: Sequence[ClaimView], home: Mapping[str, int], world: World) -> list[Relation]:
    """Relations of verifications and denials to the claims that they are about; `home` numbers the event groups."""
    found: list[Relation] = []
    rows_of = _by_document(views)
    for rows in rows_of.values():
        for position, view in enumerate(rows):
            if view.claim.type == "verification":
                found += _verification(view, rows, position, world)
            elif view.claim.polarity == "-" and view.claim.type not in ABOUT_TALK and not view.claim.opinion:
                found += _denial(view, rows[:position], home, world)
    return [*found, *_denials_elsewhere(views, {r.source for r in found}, home, world)]


def _by_document(views: Sequence[ClaimView]) -> dict[str, list[ClaimView]]:
    rows: dict[str, list[ClaimView]] = {}
    for view in sorted(views, key=lambda v: (v.document.id, v.claim.trigger.start)):
        rows.setdefault(view.document.id, []).append(view)
    return rows


# ---------------------------------------------------------------- verifications


def verdict(claim: Claim) -> Verdict | None:
    """What a verification says of its matter; None where it says nothing yet ("should the panel confirm")."""
    words = " ".join(e.quote for e in claim.evidence).casefold()
    trigger = claim.trigger.quote.casefold()
    if claim.modality in ("planned", "conditional"):
        return None
    if denies(trigger):
        return "denied" if claim.polarity == "-" else "doubted"
    if trigger.startswith(_DOUBTING):
        return "doubted"
    if any(n in words for n in _SILENT):
        return "neither"
    return "doubted" if claim.polarity == "-" else "confirmed"


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
        if view.claim.trigger.start - row.claim.trigger.start <= DENIAL_REACH and _is_deed(row) and row not in inside
    ]
    denied = [r for r in inside if r.claim.polarity == "-"]
    if denied and (told := next((r for r in before if deniable(denied[0], r)), None)) is not None:
        return told
    if named := [r for r in before if _names_deed(sentence.quote, r.claim.trigger.quote)]:
        return named[0]
    if own := [r for r in before if _takes_part(view, r, world)]:
        return own[0]
    if kind == "neither" and len(before) <= LEAD:
        return next((r for r in reversed(before) if r.claim.segment != "title"), None)
    return next((r for r in before if view.claim.trigger.start - r.claim.trigger.start <= ABOUT_REACH), None)


def _is_deed(view: ClaimView) -> bool:
    claim = view.claim
    says = bool(claim.roles or claim.materiel or claim.casualties or claim.places)
    return claim.type not in ABOUT_TALK and claim.polarity == "+" and says


def _names_deed(words: str, trigger: str) -> bool:
    stems = {w[:STEM].casefold() for w in words.split() if len(w) > STEM}
    return any(w[:STEM].casefold() in stems for w in trigger.split() if len(w) > STEM)


def _takes_part(view: ClaimView, row: ClaimView, world: World) -> bool:
    """Whether the speaker, or the side that it is part of, has a part in the deed."""
    speakers = {e for es in view.slots.values() for e in es}
    return any(world.same_actor(s, e) for s in speakers for es in row.slots.values() for e in es)


def who(claim: Claim) -> str:
    """Whose words a claim is, as printed."""
    return claim.attribution[0].who if claim.attribution else "the report"


# ---------------------------------------------------------------- denials


def deniable(denial: ClaimView, claim: ClaimView) -> bool:
    """Compatible types, and no slot, item or place in which the two differ."""
    if not compatible(denial.claim.type, claim.claim.type) or other_items(denial, claim, ANY_VEHICLE):
        return False
    shared = denial.slots.keys() & claim.slots.keys()
    return all(denial.slots[s] & claim.slots[s] for s in shared)


def other_items(left: ClaimView, right: ClaimView, generic: frozenset[str] = GENERIC) -> bool:
    """Both name things, and none of one family."""
    one, two = ({i.partition(".")[0] for i in v.items - generic} for v in (left, right))
    return bool(one) and bool(two) and not one & two


def _denial(view: ClaimView, before: Sequence[ClaimView], home: Mapping[str, int], world: World) -> Iterator[Relation]:
    """A denial stands against the nearest claim before it in its document that it can deny."""
    for row in reversed(before):
        if view.claim.trigger.start - row.claim.trigger.start > DENIAL_REACH:
            return
        if _one_event(view, row, home) or row.claim.polarity == "-" or not deniable(view, row):
            continue
        near = view.claim.trigger.start - row.claim.trigger.start <= ABOUT_REACH
        if near or _in_common(view, row, world):
            yield _denies(view, row)
            return


def _denials_elsewhere(
    views: Sequence[ClaimView], answered: set[str], home: Mapping[str, int], world: World
) -> Iterator[Relation]:
    """A denial that meets nothing in its own text answers the report of its story that it has most in common with."""
    deeds: dict[str, list[ClaimView]] = {}
    for view in views:
        if view.story is not None and _is_deed(view):
            deeds.setdefault(view.story, []).append(view)
    for view in views:
        claim = view.claim
        if claim.polarity == "+" or claim.type in ABOUT_TALK or claim.opinion or claim.id in answered:
            continue
        rows = [
            (shared, row)
            for row in deeds.get(view.story or "", ())
            if row.document.id != view.document.id and not _one_event(view, row, home) and deniable(view, row)
            and not forbidden(view, row, world) and (shared := _in_common(view, row, world)) >= SHARED_LEAST
        ]  # fmt: skip
        if rows:
            yield _denies(view, min(rows, key=lambda r: (-r[0], day_out(r[1]), r[1].claim.id))[1])


def _in_common(denial: ClaimView, row: ClaimView, world: World) -> float:
    """How much says that a denial is about a deed: an item, an actor, the deed's own words, a place."""
    actors = {e for es in denial.slots.values() for e in es}
    acting = {e for es in row.slots.values() for e in es}
    speakers = {a.entity for a in denial.claim.attribution[:1] if a.entity}
    return (
        bool(denial.families & row.families)
        + bool(any(world.same_actor(a, b) for a in actors for b in acting))
        + 0.5 * bool(any(world.same_actor(a, b) for a in speakers for b in acting))
        + bool(denial.claim.trigger.quote[:STEM].casefold() == row.claim.trigger.quote[:STEM].casefold())
        + 0.5 * bool(denial.places & row.places)
        + 0.5 * bool(len(denial.stems & row.stems) >= 2)
    )


def _denies(view: ClaimView, row: ClaimView) -> Relation:
    return Relation(view.claim.id, "contradicts", row.claim.id, "occurrence", "hard", f"{who(view.claim)} denies it")


def _one_event(left: ClaimView, right: ClaimView, home: Mapping[str, int]) -> bool:
    mine = home.get(left.claim.id)
    return mine is not None and mine == home.get(right.claim.id)


def day_out(view: ClaimView) -> str:
    """Day of publication for ordering; unknown days come last."""
    published = view.document.published
    return (published.start if published else None) or "9999"
