"""Candidates for where a text comes from: source lines, agencies in datelines and at the end of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tracewire.clean.names import source_of
from tracewire.clean.phrases import normal, phrases
from tracewire.clean.units import Mark, Unit, cut
from tracewire.model import READABLE, Credit, ReadingText, Span

__all__ = ["find_credits", "span_of"]

DATELINE_CHARS = 130
FIRST_PARAGRAPHS = 3
"""How many paragraphs of text a dateline may wait for: a standfirst and a caption may stand before it."""

_DATELINE = re.compile(
    r"(?P<before>[^()\n]{0,70}?)\(\s?(?P<name>[A-Za-z][\w.&'’/ -]{1,40}?)\s?\)\s*(?:[-–—]|:|--)+\s*\S"
)
_SLASHED = re.compile(r"(?P<before>[A-Z][^/\n]{1,60}?)\s?/(?P<name>[A-Z][\w ]{1,20})/\s*(?:[.:]|[-–—]+)")
_MOVED = (
    "published|appeared|posted|produced|republished|reprinted|reproduced|reposted|cross-?posted|syndicated|excerpted|"
    "adapted|translated|taken|courtesy|ran|printed|aired|broadcast"
)
_FIRST_STOOD = re.compile(
    rf"\b(?i:{_MOVED})\b[^.]{{0,60}}?\b(?:by|on|in|at|from|of|with permission from)\s+"
    r"(?:the (?:website of|blog|newspaper) )?(?:the )?"
    r"(?P<name>[A-Z0-9][\w'’.&-]*(?: (?:of|and|the|for|on|in|&|al|el|[A-Z0-9][\w'’.&-]*))*)"
)
_TAKEN_FROM = re.compile(
    r"\b(?:is|are|was|were|been) (?:reproduced|reprinted|republished|adapted|excerpted) from (?:the )?"
    r"(?P<name>[A-Z][\w'’.&-]*(?: (?:of|and|the|for|&|[A-Z][\w'’.&-]*))*)"
)
"""In a disclaimer, where "may not be reproduced" is far more usual."""
_CONTRIBUTED = re.compile(
    r"(?P<name>(?:[Tt]he )?[A-Z][\w.&'’-]*(?: [A-Z][\w.&'’-]*){0,4})(?: and [^.]{1,60})? contributed\b"
)
_END = re.compile(r"\(\s?(?P<name>[A-Za-z][\w.&'’/ -]{1,40}?)\s?\)[.\s]*\Z")
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)\s*(?:\d{4}\s*)?(?:the )?(?P<name>[A-Z][\w.&' -]{1,30})", re.I)


def span_of(unit: Unit, raw: str) -> Span:
    """The raw span of a whole unit."""
    return ReadingText(unit.text, unit.pieces, ()).span(0, len(unit.text), raw)


def find_credits(units: Sequence[Unit], marks: Sequence[Mark], raw: str) -> tuple[Credit, ...]:
    """All candidates in order, each with its line; names are the words of the page."""
    found: dict[tuple[str, int], Credit] = {}
    for unit, name, rule in _candidates(units, marks):
        credit = Credit(name, span_of(unit, raw), rule)
        found.setdefault((name, credit.span.start), credit)
    return tuple(sorted(found.values(), key=lambda c: (c.span.start, c.name)))


def _candidates(units: Sequence[Unit], marks: Sequence[Mark]) -> Iterator[tuple[Unit, str, str]]:
    text = [unit for unit, mark in zip(units, marks, strict=True) if mark.label in READABLE - {"title", "caption"}]
    for unit in text[:FIRST_PARAGRAPHS]:
        if found := _dateline(unit.text):
            yield cut(unit, 0, found[1]), found[0], "agency in the dateline"
    for unit, mark in zip(units, marks, strict=True):
        if mark.label in ("credit", "byline", "disclaimer") and not mark.rule.startswith("picture"):
            line = normal(unit.text)
            for name, rule in _in_line(line, mark.label):
                yield unit, name, rule
    if text and (found_end := _END.search(text[-1].text)) and is_agency(found_end["name"]):
        yield cut(text[-1], found_end.start(), len(text[-1].text)), found_end["name"], "agency after the last sentence"


def _in_line(line: str, label: str) -> Iterator[tuple[str, str]]:
    if name := source_of(line):
        yield name, "source line"
    elif label == "credit" and (found := _FIRST_STOOD.search(line)) and not any(c.isdigit() for c in found["name"]):
        # "Posted on March 27" says when, not where
        yield _trim(found["name"]), "where the text first stood"
    elif label == "disclaimer" and (found := _TAKEN_FROM.search(line)):
        yield _trim(found["name"]), "where the text first stood"
    elif found := _CONTRIBUTED.search(line):
        if is_agency(found["name"]):
            yield found["name"], "contribution to the report"
    elif (found := re.match(r"(?:by|from)?\s*(.+)\Z", line, re.I)) and is_agency(found[1]):
        yield found[1].strip(), "agency as author"
    elif (found := _COPYRIGHT.match(line)) and (name := _leading_agency(found["name"])):
        yield name, "agency in the copyright line"


def _dateline(text: str) -> tuple[str, int] | None:
    """The agency of a dateline and where the dateline ends; a place or date in few words stands before it."""
    found = _DATELINE.match(text[:DATELINE_CHARS]) or _SLASHED.match(text[:DATELINE_CHARS])
    if found is None:
        return None
    before, name = found["before"].strip(" ,-–—"), found["name"].strip()
    place = len(before.split()) <= 8 and (before[:1].isupper() or not before)
    named = name[0].isupper() and not name.isdigit() and place and (not before or _is_place(before))
    return (name, found.end("name") + 1) if named or (is_agency(name) and len(before.split()) <= 6) else None


def _is_place(before: str) -> bool:
    """Whether the words before the agency are those of a dateline: capitals, names, months and numbers."""
    return not any(word[0].islower() for word in before.split())


def is_agency(name: str) -> bool:
    """Whether words are the name of a known agency, or of several with a stroke between."""
    return all(phrases().agency.fullmatch(part.strip().rstrip(".")) for part in re.split(r"/| and ", name))


def _leading_agency(words: str) -> str | None:
    parts = words.split()
    return next((" ".join(parts[:n]) for n in range(len(parts), 0, -1) if is_agency(" ".join(parts[:n]))), None)


def _trim(name: str) -> str:
    """Drop what follows a name: the next sentence, small words at its end and a full stop."""
    name = re.split(r"(?<=[a-z]{3})\. ", name)[0]
    return re.sub(r"(?: (?:of|and|the|for|on|in|&|al|el))+\Z", "", name.strip(" .'’"))
