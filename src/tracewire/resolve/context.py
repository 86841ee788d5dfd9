"""What stands around a mention: the reading text before, after and between raw spans, and its sentence."""

from __future__ import annotations

import re
from bisect import bisect_right

from tracewire.model import Document, Span

__all__ = ["TextView", "sentence_starts"]

_SENTENCE_END = re.compile(r"(?:[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘(\[A-Z0-9])|\s[.!?](?=\s)|\n\s*\n|(?<=[.!?:”\"])\n)")
CASELESS_SHARE = 0.01
"""Lower-cased text has no word capitalised inside a sentence; in the annotated sentences other text has 3 to 17 %."""
_CAPITAL_INSIDE = re.compile(r"(?<=[a-z,;] )[A-Z]")
_ABBREVIATED = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Capt|Sgt|Brig|Adm|Sen|Rep|Gov|St|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?"
    r"|Oct|Nov|Dec|No|vs|Inc|Corp|Ltd)\.$"
)


class TextView:
    """Maps raw spans of one document to offsets of its reading text; spans outside of it have none."""

    def __init__(self, document: Document) -> None:
        self.text = document.reading.text
        self._pieces = sorted(document.reading.pieces, key=lambda p: (p.raw_start, p.start))
        self._starts = [p.raw_start for p in self._pieces]
        self._sentences = sentence_starts(self.text)
        self.caseless = _caseless(self.text)
        self._titles = [(b.start, b.end) for b in document.reading.blocks if b.label == "title"]
        self._met: dict[tuple[int, int], tuple[int, int] | None] = {}
        self._words: dict[tuple[int, int], str] = {}

    def at(self, span: Span) -> tuple[int, int] | None:
        """Reading offsets of a raw span; None where it is not part of the reading text."""
        key = (span.start, span.end)
        if key not in self._met:
            start, end = self._offset(span.start), self._offset(span.end - 1)
            self._met[key] = None if start is None or end is None else (start, end + 1)
        return self._met[key]

    def _offset(self, raw: int) -> int | None:
        index = bisect_right(self._starts, raw) - 1
        if index < 0 or raw >= self._pieces[index].raw_end:
            return None
        piece = self._pieces[index]
        same = piece.end - piece.start == piece.raw_end - piece.raw_start
        return piece.start + (raw - piece.raw_start if same else 0)

    def words(self, span: Span) -> str:
        """The words of a span as one reads them: markup and entities inside it resolved."""
        key = (span.start, span.end)
        words = self._words.get(key)
        if words is None:
            found = self.at(span)
            words = self._words[key] = span.quote if found is None else self.text[found[0] : found[1]]
        return words

    def before(self, span: Span, length: int = 60) -> str:
        """Up to `length` characters before a span, inside its block of text."""
        found = self.at(span)
        return "" if found is None else self.text[max(0, found[0] - length) : found[0]].rpartition("\n\n")[2]

    def after(self, span: Span, length: int = 60) -> str:
        """Up to `length` characters after a span, inside its block of text."""
        found = self.at(span)
        return "" if found is None else self.text[found[1] : found[1] + length].partition("\n\n")[0]

    def between(self, left: Span, right: Span) -> str | None:
        """The text between two spans; None where they are not in order in the reading text."""
        a, b = self.at(left), self.at(right)
        return None if a is None or b is None or b[0] < a[1] else self.text[a[1] : b[0]]

    def sentence(self, span: Span) -> int:
        """Number of the sentence a span begins in; -1 for a span outside the reading text."""
        found = self.at(span)
        return -1 if found is None else bisect_right(self._sentences, found[0]) - 1

    def in_title(self, span: Span) -> bool:
        """Whether a span stands in the document's headline."""
        found = self.at(span)
        return found is not None and any(start <= found[0] < end for start, end in self._titles)

    def sentences_between(self, left: int, right: int) -> int:
        """How many sentences lie between two reading offsets."""
        return bisect_right(self._sentences, right) - bisect_right(self._sentences, left)


def _caseless(text: str) -> bool:
    """Whether names are not told by their capitals: hardly any capital but after the end of a sentence."""
    inside = len(_CAPITAL_INSIDE.findall(text))
    return inside <= CASELESS_SHARE * text.count(" ")


def sentence_starts(text: str) -> list[int]:
    """Where the sentences of a text begin, in order; the first is 0."""
    starts = [0]
    for match in _SENTENCE_END.finditer(text):
        if not _ABBREVIATED.search(text[max(0, match.start() - 6) : match.end()]):
            starts.append(match.end())
    return starts
