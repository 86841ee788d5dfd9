"""Quotations of a document: the words between marks, and who speaks them where the text beside them tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from tracewire.dedupe.words import fold
from tracewire.lang import load_words
from tracewire.lang.stopwords import STOP_WORDS
from tracewire.model import Document

QUOTING = frozenset({"body", "quote", "embed"})
"""Labels whose quotations are compared."""

BROKEN = 90
"""Characters between two pieces of one quotation: "..., said the mayor of the town on Monday, ..."."""

BESIDE = 120
"""Characters before and after a quotation in which its speaker, or what it is taken from, is looked for."""
CUED = 70
"""Characters before a quotation in which a slogan or a law is named as one."""

STEM = 6
"""Letters by which two forms of a word are one: "fled" stays apart from "flee", "prisoner" and "prisoners" meet."""

TITLED = 0.6
"""Part of the words with a capital that makes a quotation a title or a name."""

_MARKED = re.compile(
    r"“([^”“]*)(?:”|\Z)|«([^»«]*)(?:»|\Z)|(?<!\w)\"(?=\S)([^\"]*)(?:\"|\Z)"
    r"|(?<!\w)‘((?:[^’‘]|’(?=\w))*)(?:’(?!\w)|\Z)|(?<![\w'])'(?=[\w\[])((?:[^'\n]|(?<=\w)'(?=\w))*)'(?!\w)"
)
_BLANK = re.compile(r"\n[^\S\n]*\n\s*")
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_BRACKET = re.compile(r"\[[^\]]*\]")
_RUN = r"(?:(?:[A-Z][\w’'-]*\.?|al-\w+|de|von|bin|ibn|el|al)\s+){0,4}[A-Z][\w’'-]+"

_SAYING = r"(?:said|says|told|tells|added|adds|warned|warns|declared|stated|wrote|claimed|recalled|insisted|announced)"
_OF_A_PLACE = re.compile(r"\b(?:of|in|at|from|near|outside)\s+(?:the\s+)?(?:[A-Z][\w’'-]*\s+)*\Z")


@dataclass(frozen=True, slots=True, eq=False)
class Quotation:
    """Words between marks: (start, end) of each in reading offsets, folded; `beside` is the text around them."""

    start: int
    end: int
    places: tuple[tuple[int, int], ...]
    words: tuple[str, ...]
    beside: tuple[str, str]
    is_set: bool
    """Whether it is a slogan, a verse, a law, a title or a name: what anybody may quote."""

    @property
    def telling(self) -> list[int]:
        """Numbers of the words that say something."""
        return [n for n, word in enumerate(self.words) if len(word) > 2 and word not in STOP_WORDS]


def stem(word: str) -> str:
    """The letters by which forms of a word meet."""
    return word.removesuffix("s")[:STEM]


def quotations(document: Document) -> Iterator[Quotation]:
    """The quotations of a document in order."""
    text = document.reading.text
    if not any(mark in text for mark in "\"“«‘'") and all(b.label != "quote" for b in document.reading.blocks):
        return
    before = ""
    for block in document.reading.blocks:
        if block.label not in QUOTING:
            continue
        start = block.start
        for end, after in (*(m.span() for m in _BLANK.finditer(text, start, block.end)), (block.end, block.end)):
            yield from _of_paragraph(text, start, end, before, whole=block.label == "quote")
            before, start = text[max(start, end - BESIDE) : end], after


def _of_paragraph(text: str, start: int, end: int, before: str, *, whole: bool) -> Iterator[Quotation]:
    pieces = _joined(_pieces(text, start, end))
    if whole and not pieces:
        pieces = [[(start, end)]]
    for group in pieces:
        low, high = group[0][0], group[-1][1]
        left = text[max(start, low - BESIDE) : low].rstrip("\"“«‘' \n") or before
        right = text[high : min(end, high + BESIDE)].lstrip("\"”»’'")
        inner = " ".join(text[a[1] : b[0]] for a, b in pairwise(group))
        yield _quotation(text, group, left, right, inner)


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found = []
    place = start
    while match := _MARKED.search(text, place, end):
        number = match.lastindex or 1
        low, high = match.span(number)
        if match.end() == high and low > start + 1 and (line := text.find("\n", low, high)) >= 0:
            high = line  # a mark that nothing closes holds to the end of its line
        found.append((low, high))
        place = max(match.start() + 1, high + (match.end() > high))
    return found


def _joined(pieces: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Pieces of one quotation that a short aside breaks."""
    groups: list[list[tuple[int, int]]] = []
    for piece in pieces:
        if groups and piece[0] - groups[-1][-1][1] <= BROKEN:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def _quotation(text: str, pieces: Sequence[tuple[int, int]], left: str, right: str, inner: str) -> Quotation:
    places: list[tuple[int, int]] = []
    for low, high in pieces:
        # what an editor put in brackets is not the speaker's
        inserted = [m.span() for m in _BRACKET.finditer(text, low, high)]
        spans = (m.span() for m in _WORD.finditer(text, low, high))
        places += [s for s in spans if not any(a <= s[0] < b for a, b in inserted)]
    words = tuple(fold(text[a:b]).replace("’", "'") for a, b in places)
    forms = [text[a:b] for a, b in places]
    is_set = _is_cued(left, right) or _is_title(forms)
    return Quotation(pieces[0][0], pieces[-1][1], tuple(places), words, (left, f"{inner} {right}"), is_set)


def _is_cued(left: str, right: str) -> bool:
    set_phrases, laws = _cues()
    return bool(set_phrases.search(left[-CUED:]) or set_phrases.search(right[: CUED // 2]) or laws.search(left[-CUED:]))


def _is_title(forms: Sequence[str]) -> bool:
    telling = [w for n, w in enumerate(forms) if n and len(w) > 2 and w.lower() not in STOP_WORDS]
    return len(telling) > 1 and sum(w[0].isupper() for w in telling) >= TITLED * len(telling)


def speaks_to_the_reader(passage: str) -> bool:
    """Whether a passage tells the reader where to call or what to subscribe to."""
    return _appeals().search(passage) is not None


@lru_cache(maxsize=1)
def _appeals() -> re.Pattern[str]:
    words = load_words("en", "common_source")["appeals"]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _cues() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = load_words("en", "common_source")
    laws = "|".join(map(re.escape, words["laws"]))
    set_phrases = "|".join(map(re.escape, words["set_phrases"]))
    # a law is named with its number or as a name ("Article 51", "the Charter"), not in passing ("the section")
    numbered = rf"\b(?i:{laws})s?\s+(?:\d|[IVX]+\b)|\b(?:{'|'.join(w.title() for w in words['laws'])})\b"
    return re.compile(rf"\b(?:{set_phrases})\b", re.IGNORECASE), re.compile(numbered)


# ---------------------------------------------------------------- who speaks


def speaker(quotation: Quotation) -> str | None:
    """The name beside a quotation that a verb of saying goes with; None where there is none."""
    after, before = _speakers()
    left, right = quotation.beside
    found = [m[1] for m in after.finditer(right[:BESIDE])][:1]
    found += [m[1] for m in before.finditer(right[:BESIDE]) if not _OF_A_PLACE.search(right[: m.start(1)])][:1]
    found += [m[1] for m in before.finditer(left) if not _OF_A_PLACE.search(left[: m.start(1)])][-1:]
    return next((name for name in map(_named, found) if name), None)


def _named(name: str) -> str | None:
    words = " ".join(name.split()).split(" ")
    while words and words[0].rstrip(".").lower() in _no_names():
        words = words[1:]
    return " ".join(words) or None


@lru_cache(maxsize=1)
def _no_names() -> frozenset[str]:
    dates = load_words("en", "dates")
    return frozenset({*STOP_WORDS, *dates["months"], *dates["weekdays"], "al", "el", "de", "von", "bin", "ibn"})


@lru_cache(maxsize=1)
def _speakers() -> tuple[re.Pattern[str], re.Pattern[str]]:
    # "said the commander, X", not "said people in X", not "said the mayor of X"
    titles = r"(?:(?:the\s+)?(?!(?:in|at|on|to|by|for|from|of|that|near)\b)[a-z-]+,?\s+){0,3}?"
    after = rf"\b(?:said|says|added|adds|warned|declared|recalled|insisted)\s+{titles}({_RUN})"
    before = rf"\b({_RUN})(?:,[^,.\n]{{2,60}},|\s+\([^)]*\))?\s+(?:also\s+|later\s+)?{_SAYING}\b"
    return re.compile(after), re.compile(before)
