"""The time phrases of one text in their order: each is read in its tense and against the last date before it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from tracewire.lang import load_words
from tracewire.model import Published
from tracewire.resolve.context import sentence_starts
from tracewire.resolve.date_frame import Found, Frame
from tracewire.resolve.dates import VAGUE, published_ends, read_phrase

__all__ = ["Timeline", "is_of_saying", "says_that", "tense_of"]

Ends = tuple[date | None, date | None]
JOINED = 2
"""Two time phrases with at most so many characters between them are read as one ("on Tuesday" "last week")."""
LONGEST_DAY_ANCHOR = 3
"""Days and hours are counted from the last date of at most so many days, where there is one."""
AFTER = 80
"""How far behind a time phrase its clause may still say that it is planned ("On Sunday they will meet")."""
_STAMP = re.compile(r"^[\t >•*#-]*(?:@\w+[,:]? |\[)?(?P<day>[^\n:;–—]{5,24}?)\]? ?[:–—](?= )", re.MULTILINE)
"""A dated line of a thread or a chronology: "@name 3 Mar 2019: ...", "12 March 2019 - ..."."""
_DONE = re.compile(r"\s+(?:not\s+)?have\b", re.IGNORECASE)
""" "would have", "will have": no plan."""
_GAP = re.compile(r",? ?")
_CLAUSE = re.compile(r"[;:,]")
_HALF = re.compile(r"(?:that|same|this|following|next|previous) ?$", re.IGNORECASE)
_REST = re.compile(r" ?(?:same )?(?:day|night|morning|evening|afternoon|week|weekend|month|year)\b", re.IGNORECASE)
""" "that" of "that day": a reader may give half of a phrase."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Reads the phrases of `text` at `spans` (reading offsets, any order); `found` has their dates in that order."""

    found: tuple[Found, ...]

    @classmethod
    def of(
        cls,
        text: str,
        spans: Sequence[tuple[int, int]],
        published: Published | None,
        planned: Collection[int] = (),
    ) -> Timeline:
        """`planned` are the numbers of spans that a reader found to date something planned."""
        run = _Run(text, published)
        order = sorted(range(len(spans)), key=lambda i: spans[i])
        found = dict(zip(order, run.read([spans[i] for i in order], [i in planned for i in order]), strict=True))
        return cls(tuple(found[i] for i in range(len(spans))))


class _Run:
    def __init__(self, text: str, published: Published | None) -> None:
        self._text, self._published = text, published_ends(published)
        self._sentences = sentence_starts(text)
        self._stamps = _stamps(text, published)
        self._anchor: Ends | None = None
        self._day: Ends | None = None
        self._day_at = -1

    def read(self, spans: Sequence[tuple[int, int]], planned: Sequence[bool]) -> list[Found]:
        spans = [self._whole(start, end) for start, end in spans]
        joined = self._pairs(spans)
        found: list[Found] = []
        for number, (start, end) in enumerate(spans):
            frame = self._frame(start, end, planned[number])
            one = read_phrase(self._text[start:end], frame)
            if (pair := joined.get(number)) is not None:
                both = read_phrase(self._text[pair[0] : pair[1]], frame)
                one = both if both.closed else one
            found.append(one)
            self._remember(one, start, end)
        return found

    def _whole(self, start: int, end: int) -> tuple[int, int]:
        rest = _REST.match(self._text, end) if _HALF.search(self._text[start:end]) else None
        return (start, rest.end()) if rest else (start, end)

    def _pairs(self, spans: Sequence[tuple[int, int]]) -> dict[int, tuple[int, int]]:
        """Phrase number -> the phrase together with its neighbour ("on Tuesday" and "last week" are one time)."""
        pairs: dict[int, tuple[int, int]] = {}
        for number, (left, right) in enumerate(pairwise(spans)):
            if right[0] - left[1] <= JOINED and _GAP.fullmatch(self._text[left[1] : right[0]]):
                pairs.setdefault(number, (left[0], right[1]))
                pairs[number + 1] = (left[0], right[1])
        return pairs

    def _frame(self, start: int, end: int, planned: bool) -> Frame:
        low, high = self._sentence(start)
        before, after = self._text[low:start], self._text[end:high]
        future = planned or tense_of(before, after) == "future"
        return Frame(
            self._stamped(start) or self._published,
            self._anchor,
            future=future,
            past=not future,
            day_anchor=self._day,
            perfect=_any("perfect").search(before + " " + after) is not None,
            near=self._day_at >= low,
        )

    def _sentence(self, at: int) -> tuple[int, int]:
        index = bisect_right(self._sentences, at)
        low = self._sentences[index - 1]
        return low, self._sentences[index] if index < len(self._sentences) else len(self._text)

    def _stamped(self, at: int) -> Ends | None:
        line = self._text.rfind("\n", 0, at) + 1
        stamp = self._stamps.get(line)
        return stamp[1] if stamp is not None and at >= stamp[0] else None

    def _remember(self, found: Found, start: int, end: int) -> None:
        """The date as anchor of what follows; days on which something was only said do not replace days of deeds."""
        if not found.closed or found.rule in VAGUE or found.rule.startswith(("since_", "for_", "recent_", "past_")):
            return
        low, high = self._sentence(start)
        if self._day is not None and is_of_saying(self._text[low:start], self._text[end:high]):
            return
        self._anchor = (found.start, found.end)
        assert found.start is not None
        assert found.end is not None
        if (found.end - found.start).days < LONGEST_DAY_ANCHOR and found.rule != "overnight":
            self._day, self._day_at = self._anchor, start


def tense_of(before: str, after: str) -> str | None:
    """ "future" where the clause around a time phrase plans ("will meet on Sunday"), else None."""
    before = _CLAUSE.split(before)[-1]
    after = _CLAUSE.split(after)[0]
    for words in (before, after[:AFTER]):
        for cue in _any("future").finditer(words):
            if not _DONE.match(words, cue.end()):
                return "future"
    return None


def is_of_saying(before: str, after: str) -> bool:
    """Whether a time phrase dates the saying, not the deed: "said on Thursday", "On Thursday the army said"."""
    if _said_before().search(before) is not None:
        return True
    return not before.strip() and _said_after().match(after) is not None


def says_that(before: str) -> bool:
    """Whether a verb of saying stands at most six words before ("said on Sunday")."""
    return _says().search(before) is not None


def _stamps(text: str, published: Published | None) -> dict[int, tuple[int, Ends]]:
    """Line start -> where its text begins and the day that it is stamped with."""
    found = {}
    for match in _STAMP.finditer(text):
        day = read_phrase(match["day"], Frame(published_ends(published), None))
        whole = day.precision == "day" and day.rule in ("absolute_day", "day_no_year") and day.closed
        if whole and re.fullmatch(r"[\W\d]*[A-Za-z]*[\W\d]*", match["day"]):
            found[match.start()] = (match.end(), (day.start, day.end))
    return found


@lru_cache(maxsize=8)
def _any(name: str) -> re.Pattern[str]:
    phrases = load_words("en", "dates")["context"][name]
    return re.compile(rf"\b(?:{'|'.join(p.replace(' ', '[ ]+') for p in phrases)})\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _said_before() -> re.Pattern[str]:
    verbs = "|".join(load_words("en", "dates")["context"]["saying"])
    return re.compile(
        rf"\b(?:(?:{verbs})(?: in an? [\w -]{{3,25}}| to [\w -]{{3,25}})?|told(?: (?!that\b)[\w.’'-]+){{1,5}})"
        r"[ ,]+(?:late |early )?$",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _says() -> re.Pattern[str]:
    verbs = "|".join(load_words("en", "dates")["context"]["saying"])
    return re.compile(rf"\b(?:{verbs}|told)\b(?: [\w.’'-]+){{0,6}} ?$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _said_after() -> re.Pattern[str]:
    verbs = "|".join(load_words("en", "dates")["context"]["saying"])
    return re.compile(rf",? (?:[\w.’'-]+ ){{1,6}}(?:{verbs}|told)\b", re.IGNORECASE)
