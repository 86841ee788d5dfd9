"""Where and when: which places and times of a sentence belong to which claim."""

from __future__ import annotations

from tracewire.read.discourse import SPEECH
from tracewire.read.frames import Draft
from tracewire.read.sentence import Sentence
from tracewire.read.syntax import governed, phrase_at


def places_of(sentence: Sentence, draft: Draft, drafts: list[Draft]) -> list[tuple[str, int]]:
    """(where, from, to or via; mention) of a claim: what the trigger governs, then what stands near it."""
    used = {m for role, ms in draft.roles.items() if role != "place" for m in ms}
    own = draft.roles.get("place", [])
    if draft.type in SPEECH and len(drafts) > 1:
        return [("where", m) for m in own]
    near = [m for m in _nearest(sentence, draft, drafts, "PLACE") if m not in used and m not in own]
    return [("where", m) for m in own] + [(_direction(sentence, m, draft.type), m) for m in near]


def times_of(sentence: Sentence, draft: Draft, drafts: list[Draft], cues: frozenset[int]) -> list[int]:
    """Times of a claim, without those that date the saying ("said on Monday"): `cues` are tokens after speech verbs."""
    found = _nearest(sentence, draft, drafts, "TIME")
    return [t for t in found if sentence.phrases[t].start not in cues]


def _nearest(sentence: Sentence, draft: Draft, drafts: list[Draft], kind: str) -> list[int]:
    """The only mention of a kind, or those nearer to the draft (or one that it shares with) than to any other."""
    found = [i for i, p in enumerate(sentence.phrases) if p.type == kind and (kind == "TIME" or _locates(sentence, i))]
    if len(found) <= 1 or len(drafts) == 1:
        return found
    return [m for m in found if _shares(_closest(sentence, m, drafts), draft)]


def _shares(nearest: Draft, draft: Draft) -> bool:
    return nearest is draft or (nearest.type not in SPEECH and draft.type not in SPEECH)


def _locates(sentence: Sentence, phrase: int) -> bool:
    """A place with a preposition before it, and not the kind of a place that is named next ("town of Sofa")."""
    row = sentence.phrases[phrase]
    following = sentence.toks[row.end].lower if row.end < len(sentence.toks) else ""
    if row.form == "nominal" and following == "of" and phrase_at(sentence, row.end + 1, frozenset({"PLACE"})) >= 0:
        return False
    word = governed(sentence, phrase)
    return bool(word) or (row.start > 0 and sentence.toks[row.start - 1].text == ",")


def _closest(sentence: Sentence, mention: int, drafts: list[Draft]) -> Draft:
    """The draft that a place or time follows most closely; one before all triggers belongs to the first."""
    at = sentence.phrases[mention].start
    before = [d for d in drafts if d.start <= at]
    return max(before, key=lambda d: d.start) if before else min(drafts, key=lambda d: d.start)


def _direction(sentence: Sentence, phrase: int, type_: str) -> str:
    """What a place is to a claim of a type: where, from, to or via."""
    word = governed(sentence, phrase)
    if type_ in ("transfer", "movement", "handover"):
        if word == "from":
            return "from"
        if word in ("to", "into", "towards", "toward", "onto"):
            return "to"
        if word in ("via", "through"):
            return "via"
    return "where"
