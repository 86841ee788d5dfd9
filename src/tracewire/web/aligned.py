"""Two texts next to each other: which stretches of words they share."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from tracewire.model import Document

LEAST_WORDS = 6
"""Shorter runs of the same words come up by chance."""
MOST_WORDS = 6_000
"""Words compared of each text: a long report."""
_WORD = re.compile(r"\w+")

Side = list[tuple[str, bool]]
"""Text in order, each stretch with whether the other has it too."""


def aligned(left: Document, right: Document) -> tuple[Side, Side]:
    """Both reading texts cut into shared and own stretches."""
    texts = left.reading.text, right.reading.text
    words = [list(_WORD.finditer(text))[:MOST_WORDS] for text in texts]
    keys = [[w.group().casefold() for w in side] for side in words]
    blocks = SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_matching_blocks()
    shared: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    for block in blocks:
        if block.size >= LEAST_WORDS:
            for side, first in ((0, block.a), (1, block.b)):
                shared[side].append((words[side][first].start(), words[side][first + block.size - 1].end()))
    return _cut(texts[0], shared[0]), _cut(texts[1], shared[1])


def _cut(text: str, stretches: list[tuple[int, int]]) -> Side:
    found: Side = []
    at = 0
    for start, end in sorted(stretches):
        if start > at:
            found.append((text[at:start], False))
        found.append((text[start:end], True))
        at = end
    return [*found, (text[at:], False)] if at < len(text) else found
