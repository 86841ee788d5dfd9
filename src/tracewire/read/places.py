"""What a place is to a deed, by the word before it."""

from __future__ import annotations

import re
from typing import Literal

from tracewire.read.neural import FoundMention

Direction = Literal["where", "from", "to", "via"]
MOVING = frozenset({"transfer", "movement", "handover"})
"""Claim types in which something goes from one place to another."""
_BEFORE = re.compile(
    r"\b(?P<word>from|out of|to|into|towards?|onto|via|through)\s+(?:the\s+|(?:[a-z]+\s+){0,3}of\s+(?:the\s+)?)?$",
    re.IGNORECASE,
)
_WORDS: dict[str, Direction] = {"from": "from", "out of": "from", "via": "via", "through": "via"}


def direction_of(text: str, mention: FoundMention, type_: str) -> Direction:
    """Where, from, to or via, for a mention of a place in a claim of a type."""
    if type_ not in MOVING:
        return "where"
    match = _BEFORE.search(text, max(0, mention.start - 40), mention.start)
    return _WORDS.get(match["word"].lower(), "to") if match else "where"
