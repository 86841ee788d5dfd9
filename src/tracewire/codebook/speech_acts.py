"""Claims that are somebody's words: who speaks is who says so."""

from __future__ import annotations

from collections.abc import Sequence

from tracewire.model import Mention, ReadClaim

SPEECH_ACTS = frozenset({"verification", "statement"})


def speaker_of_act(claim: ReadClaim, mentions: Sequence[Mention]) -> int | None:
    """The mention that speaks in a denial, a confirmation or a statement; of "the spokesman, Colonel X" the person."""
    if claim.type not in SPEECH_ACTS:
        return None
    speakers = [a.mention for a in claim.arguments if a.role == "speaker"]
    named = [i for i in speakers if mentions[i].form == "name"]
    people = [i for i in named if mentions[i].type == "PERSON"]
    return next(iter(people or named or speakers), None)
