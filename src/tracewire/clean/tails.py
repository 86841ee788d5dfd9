"""Credits that stand at the end of a paragraph of text: cut off, so that each part gets its own label."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tracewire.clean.phrases import normal, phrases
from tracewire.clean.units import Hint, Mark, Unit, cut

__all__ = ["split_tails"]

TAIL_CHARS = 400
"""Longest wire credit at the end of a paragraph."""

_WRITERS = re.compile(
    r"(?<=[.!?\"'”’)])\s*[(\[]?(?:(?:Additional|Further|Extra|With additional) )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|"
    r"[Cc]ompiled|[Tt]ranslated|[Tt]ranslation|[Gg]raphics?) by [A-Z][^.!?]{1,300}[.)\]]*\s*\Z"
)
_WHAT = r"(?:[Pp]hoto(?:graph)?|PHOTO|[Ii]mage|[Pp]icture|[Ff]ile|[Cc]redit)s?"
_BRACKETED = (
    rf"[(\[](?:(?:AP |AFP |EPA |Reuters )?{_WHAT}\b[^()\[\]]{{0,80}}|"
    r"[^()\[\]/]{2,60}/[^()\[\]]{2,60})[)\]]"
)
_OPEN = (
    rf"(?<=[.!?\"'”’)])\s*(?:{_WHAT}(?: by|:| credit:| courtesy(?: of)?)\s*[A-Z@][^.!?]{{1,80}}|"
    r"(?:REUTERS|Reuters|AFP|AP Photo|EPA|Getty|Anadolu|©)\s*/?\s*[A-Z][^.!?]{1,60})|"
    r"\s(?:Photo|Photograph|PHOTO|Image|Picture|Credit)s?: (?:[A-Z@©]\S*|/)(?: \S+){0,4}"
)
_PICTURE = re.compile(rf"\s*(?:{_BRACKETED}|{_OPEN})[.\s]*\Z")


def split_tails(units: Iterable[Unit]) -> Iterator[Unit]:
    """The units, with the credit at the end of a paragraph as a unit of its own."""
    for unit in units:
        at, mark = _tail(unit.text) if _may_end_in_credit(unit) else (None, None)
        if at is None:
            yield unit
            continue
        head, tail = cut(unit, 0, at), cut(unit, at, len(unit.text))
        caption = Mark("caption", "picture caption by the credit at its end")
        is_picture = mark is not None and mark.rule.startswith("picture")
        yield Unit(head.text, head.pieces, unit.group, Hint(caption, unit.hint.main) if is_picture else unit.hint)
        yield Unit(tail.text, tail.pieces, unit.group, Hint(mark, unit.hint.main))


def _may_end_in_credit(unit: Unit) -> bool:
    """Whether a unit can be text or a caption; what an extractor left out is neither."""
    mark, main = unit.hint.mark, unit.hint.main
    return (mark is None and main is not False) or (mark is not None and mark.label == "caption")


def _tail(text: str) -> tuple[int | None, Mark | None]:
    """Where the credit at the end of a paragraph begins, and its mark."""
    start = max(0, len(text) - TAIL_CHARS)
    if found := _WRITERS.search(text, start):
        if text[: found.start()].strip():
            return found.start(), Mark("credit", "writers and editors of a wire report, after the last sentence")
    elif (
        (found := _PICTURE.search(text, start)) and len(text[: found.start()].split()) >= 4 and _names_picture(found[0])
    ):
        return found.start(), Mark("credit", "picture credit after a caption")
    return None, None


def _names_picture(tail: str) -> bool:
    """Whether the words name an agency or say that they credit a picture; "(40km/25 miles)" does neither."""
    line = normal(tail)
    says = re.search(r"photo|image|picture|credit|file|©", line, re.I)
    return bool(says) or bool(re.search(rf"(?<![\w]){phrases().agency.pattern}(?![\w])", line, re.I))
