"""Text repair as a view: what one reads is mended, and every character of it still maps to the raw document."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from tracewire.clean.units import Unit
from tracewire.model import Block, Document, Piece, ReadingText

__all__ = ["mend", "restored"]

_SUSPECT = re.compile(
    "[\u00c2\u00c3\u00c5\u00ce\u00cf\u00d0\u00d1\u00d8\u00d9\u00e2\u00ef\u00f0][\u0080-\u024f\u02c6\u02dc\u2013-\u2122]"
)
"""Letters that begin a UTF-8 sequence read as Latin, followed by what can be the rest of one."""

_RUN = re.compile(r"[^\x00-\x7f]+")
_TOKENISED = re.compile(
    r"(?<=\w) (?=[.,;:!?)\]](?:\s|\Z))|(?<=[(\[]) (?=\w)|(?<=\w) (?='(?:s|re|ve|ll|d|m|t)\b)|(?<=\w) (?=n't\b)"
)
_WORD = re.compile(r"\w+")
_FIRST = re.compile(r"(?:\A|(?<=[.!?] )|(?<=[.!?]\n)|(?<=\n))[\"“'‘(]?([a-z])")


def mend(unit: Unit) -> tuple[Unit, int]:
    """The unit with mojibake read as it was written, and in how many places; quotation marks stay as they are."""
    if not _SUSPECT.search(unit.text):
        return unit, 0
    from ftfy import fix_encoding

    edits = []
    for found in _RUN.finditer(unit.text):
        mended = fix_encoding(found[0])
        # what was taken for Latin is always longer than it was; other repairs are changes of taste
        if mended.strip() and len(mended) < len(found[0]):
            edits.append((found.start(), found.end(), mended))
    if not edits:
        return unit, 0
    text, pieces = _edited(unit.text, unit.pieces, edits)
    return replace(unit, text=text, pieces=pieces), len(edits)


def restored(document: Document, names: Iterable[str] = ()) -> ReadingText:
    """The reading text of a tokenised or lower-cased report as its author wrote it: no spaces before stops, sentences
    and `names` with capitals. The view maps to raw like the reading text itself."""
    reading = document.reading
    edits = [(m.start(), m.end(), "") for m in _TOKENISED.finditer(reading.text)]
    text, pieces = _edited(reading.text, reading.pieces, edits)
    blocks = tuple(Block(_moved(b.start, edits), _moved(b.end, edits), b.label) for b in reading.blocks)
    if any(map(str.isupper, text)):
        return ReadingText(text, pieces, blocks)
    return ReadingText(_cased(text, names), pieces, blocks)


def _cased(text: str, names: Iterable[str]) -> str:
    """Lower-case text with capitals where sentences begin and where names stand; never longer or shorter."""
    letters = list(text)
    for found in _FIRST.finditer(text):
        letters[found.start(1)] = found[1].upper()
    known: dict[str, list[str]] = {}
    for name in sorted({n for n in names if len(n) > 3 and n.lower() != n and len(n.lower()) == len(n)}):
        if first := _WORD.match(name):
            known.setdefault(first[0].lower(), []).append(name)
    at = 0
    while word := _WORD.search(text, at):
        at = word.end()
        fits = [name for name in known.get(word[0], ()) if _stands(text, name.lower(), word.start())]
        if fits:
            name = max(fits, key=len)
            at = word.start() + len(name)
            letters[word.start() : at] = name
    return "".join(letters)


def _stands(text: str, name: str, at: int) -> bool:
    """Whether a name stands whole at a place."""
    end = at + len(name)
    return text.startswith(name, at) and not (text[end : end + 1].isalnum() and name[-1].isalnum())


def _moved(at: int, edits: list[tuple[int, int, str]]) -> int:
    return at + sum(len(new) - (end - start) for start, end, new in edits if end <= at)


def _edited(text: str, pieces: tuple[Piece, ...], edits: list[tuple[int, int, str]]) -> tuple[str, tuple[Piece, ...]]:
    """Text with stretches replaced, and its map; a replacement maps as a whole to what it stands for."""
    parts: list[str] = []
    mapped: list[Piece] = []
    at = size = 0
    for start, end, new in [*edits, (len(text), len(text), "")]:
        for piece in _between(pieces, at, start):
            shift = size - at
            mapped.append(Piece(piece.start + shift, piece.end + shift, piece.raw_start, piece.raw_end))
        parts.append(text[at:start])
        size += start - at
        behind = list(_between(pieces, start, end))
        if new and behind:
            mapped.append(Piece(size, size + len(new), behind[0].raw_start, behind[-1].raw_end))
        parts.append(new)
        size += len(new)
        at = end
    return "".join(parts), tuple(mapped)


def _between(pieces: tuple[Piece, ...], start: int, end: int) -> Iterable[Piece]:
    """The pieces of a stretch, cut at its ends where they map character by character."""
    for piece in pieces:
        low, high = max(piece.start, start), min(piece.end, end)
        if low >= high:
            continue
        if piece.end - piece.start == piece.raw_end - piece.raw_start:
            raw = piece.raw_start + low - piece.start
            yield Piece(low, high, raw, raw + high - low)
        else:
            yield Piece(low, high, piece.raw_start, piece.raw_end)
