"""Phrases near the top or the end of a text that name the agency or outlet it was taken from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from tracewire.dedupe.outlets import OutletNames
from tracewire.dedupe.words import BODY
from tracewire.model import Document, Span

HEAD = 600
TAIL = 350
"""Characters of body text at the top and at the end in which a phrase speaks for the whole text: the opening three or
four sentences, and the last line or two. Further in, "X reported" is the source of one claim."""

_KIND = (
    r"(?:news\s+agency|news\s+service|press\s+agency|wire\s+service|newswire|agency|newspaper|daily|weekly|magazine"
    r"|(?:news\s+)?(?:network|channel|website|site|portal)|television|TV|radio|news)"
)
_QUALITY = r"(?:[\w’'-]+(?:-run|-owned|-based|-backed)|state|official|semi-official|local|national|private|independent)"
_VERB = r"(?:reported|reports|said|says|wrote|writes|quoted|cited|revealed|carried|learnt|learned)"

_LEAD = rf"\s*(?:the\s+)?(?:{_QUALITY}\s+)*(?:{_KIND}\s+)?\Z"
_RELAYED = re.compile(
    r"\b(?:according\s+to|citing|cited\s+by|quoting|quoted\s+by|(?:as\s+)?reported\s+(?:by|in|on)|told|speaking\s+to"
    r"|interview\s+with|reports?\s+(?:by|from|in)|carried\s+by|seen\s+by|obtained\s+by)" + _LEAD,
    re.IGNORECASE,
)
_CREDITED = re.compile(
    r"(?:\bsources?\s*:|©\s*(?:\d{4}\s+)?|\b(?:via|courtesy\s+of|re(?:published|printed)\s+from"
    r"|(?:first\s+|originally\s+)?published\s+(?:by|in|on)|(?:first\s+|originally\s+)?appeared\s+(?:in|on)"
    r"|(?:files|material|(?:additional\s+)?reporting)\s+(?:from|by)))" + _LEAD,
    re.IGNORECASE,
)
_CREDIT_CUE = re.compile(
    r"\bsources?\s*:|©|\b(?:via|courtesy|republished|reprinted|published|appeared|files|material|reporting|contributed)\b"
    r"|\)[^\S\n]*(?:\n|\Z)",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    rf"(?:[’']s)?(?:\s+{_KIND})?(?:,\s+(?:citing|quoting)\s[^,.\n]{{2,60}})?,?\s+(?:(?:has|have|had|also|earlier|later|first|exclusively)\s+)*{_VERB}\b",
    re.IGNORECASE,
)
_CONTRIBUTED = re.compile(r"\s+contributed\s+to\s+this\b", re.IGNORECASE)
_DATELINE = re.compile(
    r"^(?P<phrase>(?P<place>[A-Z][^()\n]{1,60})?\((?P<name>[A-Z][\w.&’' -]{1,40})\))\s*[-–—:]", re.MULTILINE
)
_AND = re.compile(r"\s*(?:,|and|,\s+and)\s+(?:the\s+)?")
_AGENCY = re.compile(
    rf"\b(?P<phrase>(?P<name>(?:[A-Z][\w’'-]*\s+){{1,4}}(?:(?:News|Press)\s+Agency|(?=(?:news|press)\s+agency)))(?:\w+\s+agency)?"
    rf"(?:\s+\([A-Z]{{2,8}}\))?,?\s+(?:(?:has|had|also)\s+)?{_VERB})\b"
)
_BEFORE_NAME = re.compile(r"\A(?:The|A|An|Its|[\w-]+[’']s)\s+")
_PICTURE = re.compile(r"\b(?:photos?|photograph\w*|getty|shutterstock)\b", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"\b(?:pictures?|images?|pics?|video|footage|screen\s?(?:grab|shot)|graphic|illustration|map|caption|advert\w*"
    r"|sponsored|promoted|subscribe|newsletter|read\s+(?:more|the\s+full|also)|follow\s+us|download|watch)\b",
    re.IGNORECASE,
)


_NO_OUTLET = re.compile(
    r"(?:(?:news )?agencies|arabic|french|english|russian|ukrainian|turkish|persian|farsi|kurdish|hebrew|spanish|german"
    r"|portuguese|pashto|dari|urdu|hindi|amharic|swahili|burmese|chinese|somali|tigrinya|hausa|bengali|serbian|armenian"
    r"|twitter|x|facebook|telegram|instagram|youtube|tiktok|social media|flickr|wikimedia(?: commons)?|wikipedia|pool"
    r"|unsplash|pexels|pixabay|alamy|istock|zuma|nurphoto|sipa(?: press)?|maxar|planet labs)",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\((?:map|graphic|chart|figures?|data|table)\)", re.IGNORECASE)
_DRAWN = re.compile(
    r"[;,|/]\s*(?:info)?(?:graphics?|maps?|charts?|design|illustration|cartography)\s*(?::|by\b)", re.IGNORECASE
)
"""Beside its source, who drew a figure."""
_COPYRIGHT = re.compile(r"(?:©|&copy;|\bcopyright\b)[\s\d(c)©&;,–-]{0,24}(?:the\s+)?", re.IGNORECASE)
NOTICE = 400
"""Characters of the longest copyright line that is looked at."""


def is_no_origin(line: str, name: str = "") -> bool:
    """Whether a line credits a photo, sells something or leads elsewhere; `name` is what it credits."""
    before = line[: line.find(name)] if name and name in line else line
    if _FIGURE.search(line) or _DRAWN.search(line):
        return True
    if name and _NO_OUTLET.fullmatch(name.strip()):
        return True
    return _PICTURE.search(line) is not None or _ELSEWHERE.search(before) is not None


def is_inside(document: Document, place: int) -> bool:
    """Whether a raw offset lies well inside the text, where a source line is that of a figure or of one passage."""
    pieces = document.reading.pieces
    index = bisect_right(pieces, place, key=lambda p: p.raw_start)
    before = min(pieces[index - 1].end, pieces[index - 1].start + place - pieces[index - 1].raw_start) if index else 0
    return before > HEAD and len(document.reading.text) - before > TAIL


def copyright_lines(document: Document, names: OutletNames) -> Iterator[tuple[str, Span]]:
    """(name, raw span) of known outlets in copyright lines, where the outlet of the document is known too."""
    for segment in document.segments if document.outlet else ():
        if segment.label != "disclaimer" or segment.end - segment.start > NOTICE:
            continue
        text = document.raw[segment.start : segment.end]
        for match in _COPYRIGHT.finditer(text):
            found = [hit for hit in names.find(text[match.end() :]) if hit[0] == 0]
            for _, high, name in found[:1]:
                start, end = segment.start + match.start(), segment.start + match.end() + high
                yield name, Span(start, end, document.raw[start:end])


def stated_in_text(document: Document, names: OutletNames) -> Iterator[tuple[str, Span]]:
    """(name, span of the phrase) for each publisher-level phrase in the first and last lines of the body."""
    text = document.reading.text
    head, tail = _regions(document)
    found = [*_datelines(text, head, names), *_relays(text, head, names)]
    found += [*_credits(text, head, names), *_credits(text, tail, names)]
    for name, start, end in sorted(found, key=lambda f: (f[1], f[2])):
        yield name, document.span(start, end)


def _regions(document: Document) -> tuple[tuple[int, int], tuple[int, int]]:
    """The top and the end of the body in reading offsets, cut between words, without overlap."""
    blocks = [b for b in document.reading.blocks if b.label in BODY and b.label != "caption"]
    if not blocks:
        return (0, 0), (0, 0)
    text, first, last = document.reading.text, blocks[0].start, blocks[-1].end
    top = _word_end(text, min(first + HEAD, last))
    return (first, top), (_word_end(text, max(top, last - TAIL)), last)


def _word_end(text: str, place: int) -> int:
    while place < len(text) and not text[place].isspace():
        place += 1
    return place


Found = tuple[str, int, int]
"""A name and the reading offsets of the phrase around it."""


def _datelines(text: str, region: tuple[int, int], names: OutletNames) -> Iterator[Found]:
    """Datelines "PLACE, March 3 (X) -": any X after a place in capitals or a day, else one that the codebook knows."""
    start, end = region
    for match in _DATELINE.finditer(text[start:end]):
        known, (place, _, day) = names.all_in(match["name"]), (match["place"] or "").partition(",")
        if known or place.isupper() or any(c.isdigit() for c in day):
            name = known[0] if known else " ".join(match["name"].split())
            yield name, start + match.start("phrase"), start + match.end("phrase")


def _relays(text: str, region: tuple[int, int], names: OutletNames) -> Iterator[Found]:
    """Relays such as "X news agency reported", "according to X and Y"."""
    start, end = region
    head = text[start:end]
    list_end = -1
    for low, high, name in names.find(head):
        after, before = _REPORTED.match(head, high), _RELAYED.search(head[:low])
        if after:
            yield name, start + low, start + after.end()
        elif before:
            yield name, start + before.start(), start + high
        elif list_end >= 0 and _AND.fullmatch(head[list_end:low]):
            yield name, start + low, start + high
        else:
            continue
        list_end = high
    for match in _AGENCY.finditer(head):
        if not names.find(match["name"]):
            name = _BEFORE_NAME.sub("", " ".join(match["name"].split()))
            yield name, start + match.start("phrase"), start + match.end("phrase")


def _credits(text: str, region: tuple[int, int], names: OutletNames) -> Iterator[Found]:
    """Credits such as "Source: X" or "(X)" at the end of a line; what credits a photo is none."""
    start, end = region
    part = text[start:end]
    listed: list[tuple[int, int, str]] = []
    # most texts credit nobody there, and to look for names costs most of the time
    for low, high, name in names.find(part) if _CREDIT_CUE.search(part) else ():
        line = part[part.rfind("\n", 0, low) + 1 : low]
        if is_no_origin(line):
            continue
        before, after = _CREDITED.search(line), _CONTRIBUTED.match(part, high)
        # "X, Y and Z contributed": X and Y wait for what follows the last of the list
        listed = (
            [*listed, (low, high, name)]
            if listed and _AND.fullmatch(part[listed[-1][1] : low])
            else [(low, high, name)]
        )
        if before:
            yield name, start + low - len(line) + before.start(), start + high
        elif after:
            yield from ((other, start + a, start + after.end()) for a, _, other in listed)
        elif line.endswith("(") and re.match(r"\)[^\S\n]*(?:\n|\Z)", part[high:]):
            yield name, start + low - 1, start + high + 1
