"""Which number counts what: quantities to the mentions right behind them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracewire.read.neural import FoundClaim, FoundMention

COUNTED = ("materiel", "instrument", "victim", "detainee", "actor", "facility", "recipient")
"""Roles whose filler can be counted."""
_BETWEEN = re.compile(r"[\s\w'’-]{0,32}(?:\s?\bof\b\s?(?:the|its|their)?\s?)?")
"""What may stand between a number and what it counts: a few plain words, no comma."""


def pair_counts(text: str, claim: FoundClaim, mentions: Sequence[FoundMention]) -> list[tuple[int, int]]:
    """(quantity, counted) pairs of mention indices; a quantity counts the nearest filler behind it."""
    fillers = sorted({i for role, i in claim.roles if role in COUNTED})
    pairs = []
    for filler in fillers:
        quantity = _before(text, filler, mentions)
        if quantity is not None:
            pairs.append((quantity, filler))
    return pairs


def _before(text: str, filler: int, mentions: Sequence[FoundMention]) -> int | None:
    """The quantity that ends right before a mention, with at most one other mention ("12 Malian soldiers") between."""
    for back in (1, 2):
        index = filler - back
        if index < 0:
            return None
        gap = text[mentions[index].end : mentions[filler].start]
        if mentions[index].type == "QUANTITY":
            return index if _BETWEEN.fullmatch(gap) else None
        if not _BETWEEN.fullmatch(gap) or mentions[index].type not in ("GROUP", "PLACE"):
            return None
    return None
