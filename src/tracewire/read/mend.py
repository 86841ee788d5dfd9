"""Rules over what the network found in one sentence: what a word list or a type decides better than numbers do."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from tracewire.read.neural import FoundClaim, FoundMention, TextReading

_GLUED = re.compile(r"(?<![\w.,-])\d+(?:[.,]\d+)*\+?(?=[A-Z][a-z]|[A-Z]{2,}|[a-z]{4,})")
"""A number glued to what it counts ("10Tanks"); designations begin with a letter or have a single one behind."""
_BASED = re.compile(r"[-‐‑–]\s?based\b", re.IGNORECASE)
_UNSURE = re.compile(r"\b(?:that|whether|if|claims?|reports?|reported|allegations?|of)\b", re.IGNORECASE)
_IF = re.compile(
    r"(?<!\bas )(?<!asked )(?<!see )(?<!know )\b(?P<word>if|unless|provided that|in case)\b[^,;:.?!—–]*$", re.IGNORECASE
)
_NOBODY = re.compile(r"[^.,;:!?]{0,40}?\b(?:to|from|by|with|on) (?:neither|nobody|no one|none)\b", re.IGNORECASE)
"""Right after a trigger: "gave weapons to neither side"."""
_BY = re.compile(r"\s+by\s+(?:(?:the|a|an|its|their|some|several)\s+)?", re.IGNORECASE)
_REPELLED = re.compile(
    r"\b(?:repel(?:led|s|ling)?|repuls(?:ed|es|ing)|(?:beat|beaten|beating|drove|driven|fought|pushed) (?:back|off)"
    r"|fend(?:ed|s|ing) off|foil(?:ed|s|ing)|thwart(?:ed|s|ing)|resist(?:ed|s|ing))\s+(?:[\w-]+\s+){0,4}$",
    re.IGNORECASE,
)
"""Right before an attack: who repelled it was attacked."""
_DOER = {
    "capture": ("loser", "captor"), "control": ("loser", "holder"), "attack": ("target", "attacker"),
    "strike": ("target", "attacker"), "casualty": ("victim", "attacker"), "destruction": ("owner", "attacker"),
    "detention": ("detainee", "detainer"),
}  # fmt: skip
"""By type of deed: the role that a doer is now and then taken for, and its right one."""
_AS_CAPTURE = {"detainer": "captor", "detainee": "materiel"}


def parted(text: str) -> tuple[str, list[int]]:
    """The text with a space between a number and what it is glued to, and where in the new text these spaces stand."""
    ends = [match.end() for match in _GLUED.finditer(text)]
    parts = [text[a:b] for a, b in pairwise([0, *ends, len(text)])]
    return " ".join(parts), [end + index for index, end in enumerate(ends)]


def rejoined(reading: TextReading, spaces: list[int]) -> TextReading:
    """A reading of a parted text, its offsets into the text as it stands."""
    if not spaces:
        return reading

    def back(at: int) -> int:
        return at - bisect_left(spaces, at)

    mentions = tuple(replace(m, start=back(m.start), end=back(m.end)) for m in reading.mentions)
    claims = tuple(
        replace(c, start=back(c.start), end=back(c.end), cue=(back(c.cue[0]), back(c.cue[1])) if c.cue else None)
        for c in reading.claims
    )
    return TextReading(mentions, claims)


def mended(text: str, reading: TextReading) -> TextReading:
    """The reading with seized things as captures and unconfirmed deeds as reported ones."""
    mentions = reading.mentions
    claims = tuple(_mended(text, claim, mentions) for claim in reading.claims)
    return TextReading(mentions, tuple(_under_if(text, claim) for claim in _unconfirmed(text, claims)))


def _mended(text: str, claim: FoundClaim, mentions: tuple[FoundMention, ...]) -> FoundClaim:
    claim = _as_capture(_without_based(text, claim, mentions), mentions)
    return _with_nobody(text, _repelled(text, _done_by(text, claim, mentions), mentions))


def _repelled(text: str, claim: FoundClaim, mentions: tuple[FoundMention, ...]) -> FoundClaim:
    """ "The army repelled an attack": the army is no attacker."""
    verb = _REPELLED.search(text, 0, claim.start) if claim.type in ("attack", "strike") else None
    if verb is None:
        return claim
    roles = tuple(
        ("target" if role == "attacker" and mentions[i].end <= verb.start() else role, i) for role, i in claim.roles
    )
    return claim if roles == claim.roles else replace(claim, roles=roles)


def _done_by(text: str, claim: FoundClaim, mentions: tuple[FoundMention, ...]) -> FoundClaim:
    """ "Overrun by X": X did it."""
    if claim.type not in _DOER or (by := _BY.match(text, claim.end)) is None:
        return claim
    wrong, right = _DOER[claim.type]
    doers = {i for _, i in claim.roles if mentions[i].start == by.end() and mentions[i].type in ("GROUP", "PERSON")}
    if not doers & {i for role, i in claim.roles if role == wrong}:
        return claim
    roles = tuple((right if role == wrong and i in doers else role, i) for role, i in claim.roles)
    return replace(claim, roles=roles)


def _without_based(text: str, claim: FoundClaim, mentions: tuple[FoundMention, ...]) -> FoundClaim:
    """ "U.K.-based monitor": the country is no source."""
    kept = tuple(i for i in claim.sources if not _BASED.match(text, mentions[i].end))
    return claim if kept == claim.sources else replace(claim, sources=kept)


def _with_nobody(text: str, claim: FoundClaim) -> FoundClaim:
    """What was done to nobody was not done."""
    return replace(claim, polarity="-") if claim.polarity == "+" and _NOBODY.match(text, claim.end) else claim


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


def _under_if(text: str, claim: FoundClaim) -> FoundClaim:
    """What stands in an if-clause is a condition, however sure its words sound."""
    condition = _IF.search(text, 0, claim.start) if claim.modality in ("asserted", "reported") else None
    if condition is None:
        return claim
    return replace(claim, modality="conditional", cue=condition.span("word"))


def _ends_clause(text: str, start: int, end: int) -> bool:
    return re.search(r"[;:]|, (?:but|and|while)\b", text[start:end]) is not None
