"""Lines of their own, before or after a text, that say which agency or outlet it is from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracewire.dedupe.outlets import OutletNames
from tracewire.dedupe.phrases import is_no_origin
from tracewire.model import Document, Segment, Span

LONGEST = 200
"""Characters of the longest line that is looked at."""

_LABELS = frozenset({"body", "credit", "byline", "disclaimer", "nav", "bio"})
_MARKUP = re.compile(r"<[^>]*>")
_PLACE = r"[A-Z][\w'’.-]*(?:[ ,]+[A-Z][\w'’.-]*){0,4}"
_DATELINES = (
    # "KYIV. July 5. AGENCY. ", "Tehran, AGENCY - ", "Bamako, Mali | AGENCY | "
    re.compile(
        r"(?P<place>[A-Z][A-Z' -]{1,30})\.\s+(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:,\s+\d{4})?\.\s+)?"
        r"(?P<name>[^.|]{2,40})\.\s"
    ),
    re.compile(rf"(?P<place>{_PLACE}),\s+(?P<name>[A-Z][\w./’' -]{{1,30}}?)\s*[-–—]{{1,2}}\s"),
    re.compile(rf"(?P<place>{_PLACE})\s*\|\s*(?P<name>[^.|]{{2,40}}?)\s*\|"),
)  # fmt: skip
_BYLINE = re.compile(r"\W*(?:reported\s+|written\s+|story\s+)?by\s*:?\s+", re.IGNORECASE)
_SIGNED = re.compile(r"\W*?[-–—]{1,3}\s*")
_COPYRIGHT = re.compile(r"\W*(?:©|&copy;|\(c\)|copyright\b)[\s\d(c)©,–-]*", re.IGNORECASE)
_RIGHTS = re.compile(r"(?:\.|,)?\s*all rights reserved.*\Z", re.IGNORECASE | re.DOTALL)
_TIP = re.compile(r"\W*(?:h/?t|hat[ -]tip|via)\s*:?\s*", re.IGNORECASE)
_INPUTS = re.compile(
    r"\b(?:(?:with|and)\s+(?:some\s+|additional\s+)?(?:inputs?|files?|material|information|reporting|reports?)\s+(?:from|by)"
    r"|(?:information|material|details|reporting|content)\s+(?:for|in|used\s+in)\s+this\s+(?:report|story|article)\s+"
    r"(?:also\s+)?(?:came|comes|was\s+(?:provided|supplied|taken)|is\s+taken)\s+(?:from|by)"
    r"|(?:report|story|article)\s+(?:includes|contains|uses|draws\s+on)\s+(?:information|material|reporting|details|content)"
    r"\s+(?:from|by)"
    r"|(?:additional|further|more|with)\s+(?:reporting|research|material|files?)\s+(?:by|from)"
    r"|(?:first|originally)\s+(?:published|printed|released|posted)\s+(?:by|in|on|at)|\bre(?:published|printed|posted)\s+(?:from|by)"
    r"|appeared\s+(?:first\s+|originally\s+)?(?:in|on)"
    r"|(?:compiled|adapted|edited)\s+from|based\s+on\s+(?:a\s+)?(?:reports?|reporting|information)\s+(?:by|from|in|of))\s+",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"(?:\s|\W|\band\b|\bwith\b|\bthe\b|\bnews\b|\bpress\b|\bagenc(?:y|ies)\b|\bwires?\b|\bservices?\b|\bstaff\b"
    r"|\bcorrespondents?\b|\bwriters?\b|\breports?\b|\d{4}|\b(?:inc|ltd|llc|plc|gmbh|limited|corp)\b)*",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\s*[(\[]([^()\[\]]+)[)\]]\W*")
_AGENCIES = re.compile(r"\b(?:agencies|wires|wire\s+services)\W*\Z", re.IGNORECASE)

Found = tuple[str, Span]


def stated_in_lines(document: Document, names: OutletNames) -> Iterator[Found]:
    """(name, span of the line) for each known outlet that a line around the text gives as its origin."""
    for segment in _around(document):
        raw = document.raw[segment.start : segment.end]
        # markup becomes blanks, so that places in the line stay places in the document
        text = _MARKUP.sub(lambda m: " " * len(m[0]), raw) if "html" in document.media_type else raw
        for start, end in _lines(text):
            line = text[start:end]
            for name in _names(line, segment, document, names):
                place = segment.start + start
                yield name, Span(place, place + end - start, raw[start:end])


def _around(document: Document) -> Iterator[Segment]:
    """Segments that may hold such lines: all but long ones in the midst of the text."""
    text = [n for n, s in enumerate(document.segments) if s.label == "body" and s.end - s.start > LONGEST]
    first, last = (text[0], text[-1]) if text else (len(document.segments), -1)
    for number, segment in enumerate(document.segments):
        # in the midst of the text such a line stands under a picture or a figure
        if segment.label in _LABELS and (number <= first or number >= last):
            yield segment


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"\S[^\n]*\S", text):
        if match.end() - match.start() <= LONGEST:
            yield match.start(), match.end()


def _names(line: str, segment: Segment, document: Document, names: OutletNames) -> list[str]:
    if is_no_origin(line):
        return []
    if found := _INPUTS.search(line):
        return [name for _, _, name in names.find(line[found.end() :])]
    if found := _BYLINE.match(line):
        return _only(line[found.end() :], names)
    if found := _SIGNED.match(line):
        return _only(line[found.end() :], names)
    page = "html" in document.media_type
    if found := _COPYRIGHT.match(line):
        # that of a picture, or of the site: see `copyright_lines`
        if page or (segment.label == "disclaimer" and document.outlet):
            return []
        return [n for n in _only(_RIGHTS.sub("", line[found.end() :]), names) if names.is_wire(n)]
    if found := _TIP.match(line):
        return _only(line[found.end() :], names) if segment.label != "nav" else []
    if _AGENCIES.search(line):
        return _only(line, names)
    # of a page, a bare name may as well credit the picture above it
    if page:
        return []
    if found := _BRACKETED.fullmatch(line):
        return _only(found[1], names)
    if segment.label == "nav":
        return []
    return [n for n in _only(line, names) if names.is_wire(n)]


def _only(words: str, names: OutletNames) -> list[str]:
    """The outlets that a line names where it says nothing else."""
    hits = names.find(words)
    rest, end = [], 0
    for low, high, _ in hits:
        rest.append(words[end:low])
        end = max(end, high)
    rest.append(words[end:])
    return [name for _, _, name in hits] if hits and all(map(_BESIDE.fullmatch, rest)) else []


def stated_in_dateline(document: Document, names: OutletNames) -> Iterator[Found]:
    """(name, span) of datelines that set the agency off by full stops or strokes."""
    text = document.reading.text
    for block in document.reading.blocks:
        if block.label != "body":
            continue
        for pattern in _DATELINES:
            found = pattern.match(text, block.start, block.end)
            known = names.all_in(found["name"]) if found else []
            if found and len(known) == 1 and (names.is_wire(known[0]) or "|" in found[0]):
                yield known[0], document.span(found.start(), found.end("name"))
        return
