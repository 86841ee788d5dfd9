"""What a sentence hands on to the next: an open quotation's speaker, and the time and place it is set in."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tracewire.model import Argument, ReadClaim

SPEECH = frozenset({"statement", "verification", "publication", "sanction", "support", "alignment"})
"""Types whose sentence names places of something else more often than their own (own-x, own-y); all other types share
the place and time of their sentence: an attack, its dead and its spoils are in one place."""
LASTS = 4
"""Sentences for which a time and place hold on: the longer, the more undated claims are dated rightly on the stories in
bench/ and the more events are joined wrongly."""
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
    age: int = 0
    """Sentences since the setting was last named."""

    @classmethod
    def after(cls, claims: Sequence[ReadClaim], before: Setting) -> Setting:
        """The setting that a sentence leaves; one without claims of deeds leaves it as it was."""
        deeds = [c for c in claims if c.type not in SPEECH]
        times = next((c.times for c in deeds if c.times), before.times)
        places = next((p for c in deeds if (p := tuple(a for a in c.places if a.role == "where"))), before.places)
        named = any((c.times and not c.times_inferred) or _states_place(c) for c in deeds)
        return cls(times, places) if named else cls(times, places, before.age).older()

    def older(self) -> Setting:
        """The setting a sentence later; after LASTS sentences a text may have gone on to something else."""
        return Setting() if self.age >= LASTS else Setting(self.times, self.places, self.age + 1)

    def lend(self, claim: ReadClaim) -> ReadClaim:
        """The claim with the setting's time where it has none of its own, marked as inferred.

        The place goes only to the dead that the very next sentence counts: of the places lent to other deeds, the
        stories in bench/ bear out one in six.
        """
        if claim.type in SPEECH or claim.modality in ("planned", "conditional"):
            return claim
        elsewhere = bool(claim.times) and claim.times != self.times  # a deed with a time of its own
        if not claim.times and self.times:
            claim = replace(claim, times=self.times, times_inferred=True)
        if claim.type == "casualty" and not self.age and not claim.places and not elsewhere:
            claim = replace(claim, places=tuple(replace(a, inferred=True) for a in self.places))
        return claim


def with_shared_time(claims: Sequence[ReadClaim], hanging: Sequence[bool]) -> list[ReadClaim]:
    """The claims of one sentence; those that hang on another deed take the one time that the deeds have."""
    times = {c.times for c in claims if c.type not in SPEECH and c.times}
    if len(times) != 1:
        return list(claims)
    (only,) = times
    return [
        replace(c, times=only, times_inferred=True) if hangs and not c.times and c.type not in SPEECH else c
        for c, hangs in zip(claims, hanging, strict=True)
    ]


def title_dates(claims: Sequence[ReadClaim], names_days: Callable[[ReadClaim], bool]) -> list[ReadClaim]:
    """The claims of a document; a headline's undated deed has the day of the first of its type, or of any."""
    body = [c for c in claims if c.segment != "title" and c.type not in SPEECH]
    dated = [c for c in body if c.times and not c.times_inferred and names_days(c)][:1]

    def dated_like_body(claim: ReadClaim) -> ReadClaim:
        undated = claim.segment == "title" and not claim.times and claim.type not in SPEECH
        if not undated or claim.modality in ("planned", "conditional"):
            return claim
        same = [c for c in body if c.type == claim.type][:1]
        source = next((c for c in (*same, *dated) if c.times and names_days(c)), None)
        return claim if source is None else replace(claim, times=source.times, times_inferred=True)

    return [dated_like_body(claim) for claim in claims]


def _states_place(claim: ReadClaim) -> bool:
    return any(a.role == "where" and not a.inferred for a in claim.places)


_POINTER = re.compile(r"[\[(](?:see|read|also see|also read|watch|related)\b[^\])\n]*[\])]", re.IGNORECASE)


def outside_pointers(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches of a block outside "[See ...]": pointers to other reports tell nothing here."""
    found = []
    for match in _POINTER.finditer(text, start, end):
        found.append((start, match.start()))
        start = match.end()
    return [*found, (start, end)]


def still_open(words: str, was_open: bool) -> bool:
    """Whether a quotation goes on behind a sentence."""
    opened, closed = words.count("“"), words.count("”")
    odd = words.count('"') % 2 == 1
    return opened > closed or (odd and not was_open) or (was_open and closed <= opened and not odd)


def quotation_after(words: str, own: tuple[int, ...], speaker: Speaker | None) -> Speaker | None:
    """Whose words the next sentence may go on with: the speaker of a quotation that stands in this one or is open."""
    if not any(mark in words for mark in ("“", "”", '"')):
        return speaker if speaker is not None and speaker.open else None
    is_open = still_open(words, speaker is not None and speaker.open)
    mentions = own or (speaker.mentions if speaker is not None else ())
    return Speaker(mentions, is_open) if mentions else None
