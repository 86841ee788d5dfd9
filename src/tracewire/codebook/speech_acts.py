"""Claims that are somebody's words: who speaks is who says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracewire.model import Claim, Mention, Polarity, ReadClaim

SPEECH_ACTS = frozenset({"verification", "statement"})
_DENYING = (
    "den", "reject", "dismiss", "refut", "rebut", "disavow", "disown", "repudiat", "lie", "not true", "slander",
    "fabricat", "baseless", "untrue", "false",
)  # fmt: skip
_UNTRUE = re.compile(
    r"\b(?:lies?|fabricat|false|baseless|slander|fabl|fake|mock|propaganda|untrue|nonsense|invent)", re.IGNORECASE
)


def speaker_of_act(claim: ReadClaim, mentions: Sequence[Mention]) -> int | None:
    """The mention that speaks in a denial, a confirmation or a statement; of "the spokesman, Colonel X" the person."""
    if claim.type not in SPEECH_ACTS:
        return None
    speakers = [a.mention for a in claim.arguments if a.role == "speaker"]
    named = [i for i in speakers if mentions[i].form == "name"]
    people = [i for i in named if mentions[i].type == "PERSON"]
    return next(iter(people or named or speakers), None)


def denies(claim: Claim | ReadClaim) -> bool:
    """Whether a claim's words say no to its matter: "denied", "rejects", or "called it lies"."""
    word = claim.trigger.quote.casefold()
    return word.startswith(_DENYING) or (
        word.startswith("call") and _UNTRUE.search(claim.evidence[0].quote) is not None
    )


def stance(claim: ReadClaim) -> Polarity:
    """Polarity of a claim; of a verification whether the speaker lets its matter stand.

    A reader tells whether the act took place ("denied" did, "could not confirm" did not); a record of who says no has
    "denied" as "-", and "did not deny" as "+".
    """
    if claim.type != "verification" or not denies(claim):
        return claim.polarity
    return "-" if claim.polarity == "+" else "+"
