"""Sentences and tokens with offsets; holds for tokenised, lower-cased and hard-wrapped text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from tracewire.lang import load_words

TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}"  # U.S.
    r"|\d+(?:[.,]\d{3})*(?:\.\d+)?\+?(?=[A-Z][a-z]|[A-Z]{2,}[a-z]?\b|[a-z]{4,})"  # 10Tanks, 4BMPs
    r"|\d+(?:[.,]\d+)*(?:st|nd|rd|th)\b"
    r"|\d+(?:[.,]\d+)*\+?(?![\w-])"
    r"|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b"
    r"|\w+?(?=n['’]t\b)"
    r"|\w+(?:[-‐‑–.](?=\w)\w+|['’](?!s\b|re\b|ve\b|ll\b|d\b|m\b)\w+)*"
    r"|[^\w\s]"
)
_END = re.compile(r"""[.!?…]+(?:\s?["'”’»)\]]+(?=\s|$))?(?=\s|$)|\n""")
_DATELINE = re.compile(
    r"(?P<town>[A-Z][A-Z'’.\- ]{2,30})(?:,[^-–—\n]{1,40})?\s*(?:\([^)\n]{2,40}\))?\s*(?:[-–—]{1,2}|--)\s+(?=\S)"
)
_LOWERED_DATELINE = re.compile(r"(?P<town>[a-z'’ ]{3,24})(?: ,[^-–—\n]{1,40})? [-–—] ")
_OPENERS = "\"'“‘«([-—–•*#"


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark: offsets into the text it was cut from, and its lower-cased form."""

    start: int
    end: int
    text: str
    lower: str

    @property
    def is_word(self) -> bool:
        """True for words and numbers, False for marks."""
        return self.text[0].isalnum()


def tokens(text: str, start: int, end: int) -> list[Token]:
    """Tokens of `text[start:end]`, offsets into `text`."""
    return [
        Token(m.start(), m.end(), m.group(), m.group().lower().replace("’", "'"))
        for m in TOKEN.finditer(text, start, end)
    ]


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Offsets of the sentences of `text[start:end]`, without the space around them."""
    stop = len(text) if end is None else end
    found: list[tuple[int, int]] = []
    begin = start
    for match in _END.finditer(text, start, stop):
        if _ends_sentence(text, match, begin, stop):
            _append(found, text, begin, match.end())
            begin = match.end()
    _append(found, text, begin, stop)
    return found


def dateline_end(text: str, start: int, end: int, is_place: Callable[[str], bool]) -> int:
    """Offset after a dateline ("ADEN, Aug. 3 (Wire) - ") at the start of a sentence; `start` where there is none."""
    if match := _DATELINE.match(text, start, end):
        return match.end()
    match = _LOWERED_DATELINE.match(text, start, end)
    return match.end() if match and is_place(match["town"].strip()) else start


def _append(found: list[tuple[int, int]], text: str, begin: int, end: int) -> None:
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    if end > begin:
        found.append((begin, end))


def _ends_sentence(text: str, match: re.Match[str], begin: int, stop: int) -> bool:
    if match.group() == "\n":
        return _ends_line(text, match.start(), match.end(), stop)
    rest = text[match.end() : stop].lstrip()
    if not rest:
        return True
    mark = match.group()[0]
    if mark == "." and len(match.group()) == 1:
        before = re.search(r"[^\s(\[\"“]+$", text[begin : match.start()])
        word = before.group().lower() if before else ""
        if word and (word in _abbreviations() or re.fullmatch(r"[a-z](\.[a-z])*", word)):
            return False
        if not word and rest[0].isdigit():  # "nov . 3" of tokenised text
            previous = re.search(r"(\w+)\s*$", text[begin : match.start()])
            return not (previous and previous.group(1).lower() in _abbreviations())
        if not word:
            previous = re.search(r"(\w+)\s*$", text[begin : match.start()])
            return not (previous and previous.group(1).lower() in _abbreviations())
    first = rest.lstrip(_OPENERS + " ")[:1]
    return not first or not first.islower() or text[match.start() - 1 : match.start()].isspace()


def _ends_line(text: str, at: int, after: int, stop: int) -> bool:
    """A line break ends a sentence unless the text just wraps: no end mark, the next line goes on in lower case."""
    rest = text[after:stop].lstrip(" \t")
    return (
        not rest
        or rest[0] == "\n"
        or (not rest[0].islower() and text[begin_of_line(text, at) : at].endswith((".", "!", "?", "”", '"', ":")))
    )


def begin_of_line(text: str, at: int) -> int:
    """Offset of the first character of the line that holds offset `at`."""
    return text.rfind("\n", 0, at) + 1


def _abbreviations() -> frozenset[str]:
    return frozenset(load_words("en", "words")["abbreviations"])
