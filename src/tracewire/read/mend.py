"""Rules over what the network found in one sentence: what a word list or a type decides better than numbers do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tracewire.read.neural import FoundClaim, FoundMention, TextReading

_GLUED = re.compile(r"\d+(?:[.,]\d+)*\+?(?=[A-Z][a-z]|[A-Z]{2,}|[a-z]{4,})")
"""A number glued to what it counts ("10Tanks"); designations have a letter first or a single one behind."""
_BASED = re.compile(r"[-‐‑–]\s?based\b", re.IGNORECASE)
_UNSURE = re.compile(r"\b(?:that|whether|if|claims?|reports?|reported|allegations?|of)\b", re.IGNORECASE)
_AS_CAPTURE = {"detainer": "captor", "detainee": "materiel"}


def mended(text: str, reading: TextReading) -> TextReading:
    """The reading with glued counts cut off, seized things as captures, unconfirmed deeds as reported ones."""
    reading = _unglued(text, reading)
    mentions = reading.mentions
    claims = tuple(_as_capture(_without_based(text, c, mentions), mentions) for c in reading.claims)
    return TextReading(mentions, tuple(_unconfirmed(text, claims)))


def _unglued(text: str, reading: TextReading) -> TextReading:
    """ "10Tanks" is a count and a thing."""
    mentions: list[FoundMention] = []
    moved: list[int] = []
    counts: dict[int, int] = {}
    for m in reading.mentions:
        glued = _GLUED.match(text, m.start, m.end) if m.type == "MATERIEL" else None
        if glued and glued.end() < m.end:
            counts[len(mentions) + 1] = len(mentions)
            mentions.append(FoundMention(m.start, glued.end(), "QUANTITY", "nominal", m.probability))
            m = replace(m, start=glued.end())
        moved.append(len(mentions))
        mentions.append(m)
    if not counts:
        return reading
    return TextReading(tuple(mentions), tuple(_moved(c, moved, counts) for c in reading.claims))


def _moved(claim: FoundClaim, moved: list[int], counts: dict[int, int]) -> FoundClaim:
    roles = [(role, moved[i]) for role, i in claim.roles]
    roles += [("quantity", counts[i]) for role, i in roles if role == "materiel" and i in counts]
    return replace(claim, roles=tuple(roles), sources=tuple(moved[i] for i in claim.sources))


def _without_based(text: str, claim: FoundClaim, mentions: tuple[FoundMention, ...]) -> FoundClaim:
    """ "U.K.-based monitor": the country is no source."""
    kept = tuple(i for i in claim.sources if not _BASED.match(text, mentions[i].end))
    return claim if kept == claim.sources else replace(claim, sources=kept)


def _as_capture(claim: FoundClaim, mentions: tuple[FoundMention, ...]) -> FoundClaim:
    """People are detained; things are captured."""
    held = [i for role, i in claim.roles if role == "detainee"]
    if claim.type != "detention" or not held or any(mentions[i].type != "MATERIEL" for i in held):
        return claim
    return replace(claim, type="capture", roles=tuple((_AS_CAPTURE.get(role, role), i) for role, i in claim.roles))


def _unconfirmed(text: str, claims: tuple[FoundClaim, ...]) -> Iterator[FoundClaim]:
    """What "could not be confirmed that ..." is about was reported, not stated."""
    checks = [c for c in claims if c.type == "verification" and c.polarity == "-"]
    for claim in claims:
        doubt = next((v for v in checks if v.end <= claim.start and _UNSURE.search(text, v.end, claim.start)), None)
        plain = claim.type != "verification" and claim.modality == "asserted" and claim.polarity == "+"
        if doubt is not None and plain and not _ends_clause(text, doubt.end, claim.start):
            claim = replace(claim, modality="reported", cue=claim.cue or (doubt.start, doubt.end))
        yield claim


def _ends_clause(text: str, start: int, end: int) -> bool:
    return re.search(r"[;:]|, (?:but|and|while)\b", text[start:end]) is not None
