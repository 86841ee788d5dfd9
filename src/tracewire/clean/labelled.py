"""A document while its paragraphs are being labelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tracewire.clean.shape import Shape, is_headline
from tracewire.clean.units import Mark, Unit

__all__ = ["OUTSIDE", "Labelled"]

LABELLED_WEIGHT, LINE_WEIGHT, LONG_ENOUGH = -1.5, -3.0, 60
"""Weights of a unit in finding the text: a paragraph of 30 words outweighs ten loose lines, a slogan none."""

FURNITURE = 3
"""Labelled lines from which a text without blank lines counts as a page; a bare text has a byline and a credit."""

_BODY = Mark("body", "text")
OUTSIDE = Mark("nav", "outside the main text")


@dataclass(slots=True)
class Labelled:
    """Units and their marks in the making: None where no rule has spoken yet."""

    units: Sequence[Unit]
    marks: list[Mark | None]
    shape: Shape
    extracted: bool = False
    """Whether an extractor chose the main text: then a line's place alone says nothing more."""
    title: int | None = None
    masthead: int | None = None
    repeated: set[int] = field(default_factory=set)
    """Units that stand again later in the document."""

    @property
    def furnished(self) -> bool:
        """Whether the text has paragraphs apart or other marks of a page around it: only then does place tell much."""
        return self.shape.spaced or sum(mark is not None for mark in self.marks) >= FURNITURE

    def free(self, index: int) -> bool:
        """Whether no rule has spoken on a unit, and no extractor left it out."""
        return self.marks[index] is None and self.units[index].hint.main is not False

    def text(self, index: int) -> str:
        """The text of a unit."""
        return self.units[index].text

    def put(self, index: int, mark: Mark) -> None:
        """Label a unit unless it has a label; the first rule that speaks is heard."""
        if self.marks[index] is None:
            self.marks[index] = mark

    def prose(self, index: int) -> int:
        """How surely a free unit is text (`Shape.prose`); 0 for one that has a label."""
        return self.shape.prose(self.units[index].text) if self.free(index) else 0

    def zone(self) -> tuple[int, int]:
        """The first and last unit of the text proper: the stretch of greatest weight, all units where none has any."""
        best, start, found = 0.0, 0, (0, len(self.units) - 1)
        total = 0.0
        for index in range(len(self.units)):
            if total <= 0:
                total, start = 0.0, index
            total += self._weight(index)
            if total > best:
                best, found = total, (start, index)
        return found

    def _weight(self, index: int) -> float:
        if not self.free(index):
            return LABELLED_WEIGHT
        text = self.units[index].text
        grade, count = self.shape.prose(text), len(text.split())
        if grade:
            return min(count, LONG_ENOUGH) * (1.0 if grade == 2 else 0.5)
        return LINE_WEIGHT if is_headline(text, 1, 30) else 1.0

    def done(self) -> list[Mark]:
        """All marks; what no rule spoke on is text, unless an extractor left it out."""
        left = (OUTSIDE if unit.hint.main is False else _BODY for unit in self.units)
        return [mark or default for mark, default in zip(self.marks, left, strict=True)]
