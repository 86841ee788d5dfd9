"""What a sentence hands on to the next: an open quotation's speaker, and the time and place it is set in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tracewire.model import Argument, ReadClaim

SPEECH = frozenset({"statement", "verification", "publication", "sanction", "support", "alignment"})
"""Types whose sentence names places of something else more often than their own (own-x, own-y); all other types share
the place and time of their sentence: an attack, its dead and its spoils are in one place."""
OPENING = ("“", '"', "‘‘", "``")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who the last quotation belongs to, and whether it is still open at the end of its sentence."""

    mentions: tuple[int, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class Setting:
    """When and where the sentence before was set: a paragraph goes on in its place and time until it names others."""

    times: tuple[int, ...] = ()
    places: tuple[Argument, ...] = ()

    @classmethod
    def after(cls, claims: Sequence[ReadClaim], before: Setting) -> Setting:
        """The setting that a sentence leaves; one without claims of deeds leaves it as it was."""
        deeds = [c for c in claims if c.type not in SPEECH]
        times = next((c.times for c in deeds if c.times), before.times)
        places = next((p for c in deeds if (p := tuple(a for a in c.places if a.role == "where"))), before.places)
        return cls(times, places)

    def lend(self, claim: ReadClaim) -> ReadClaim:
        """The claim with the setting's time and place where it has none of its own, marked as inferred."""
        if claim.type in SPEECH or claim.modality in ("planned", "conditional"):
            return claim
        if not claim.times and self.times:
            claim = replace(claim, times=self.times, times_inferred=True)
        if not claim.places and self.places:
            claim = replace(claim, places=tuple(replace(a, inferred=True) for a in self.places))
        return claim


_POINTER = re.compile(r"[\[(](?:see|read|also see|also read|watch|related)\b[^\])\n]*[\])]", re.IGNORECASE)


def outside_pointers(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches of a block outside "[See ...]": pointers to other reports tell nothing here."""
    found = []
    for match in _POINTER.finditer(text, start, end):
        found.append((start, match.start()))
        start = match.end()
    return [*found, (start, end)]


def quotation_after(words: str, own: tuple[int, ...], speaker: Speaker | None) -> Speaker | None:
    """Whose words the next sentence may go on with: the speaker of a quotation that stands in this one or is open."""
    if not any(mark in words for mark in ("“", "”", '"')):
        return speaker if speaker is not None and speaker.open else None
    opened, closed = words.count("“"), words.count("”")
    odd = words.count('"') % 2 == 1
    was_open = speaker is not None and speaker.open
    is_open = opened > closed or (odd and not was_open) or (was_open and closed <= opened and not odd)
    mentions = own or (speaker.mentions if speaker is not None else ())
    return Speaker(mentions, is_open) if mentions else None
