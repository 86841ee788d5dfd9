"""Who copied whom, as a tree."""

from __future__ import annotations

import pytest

from tracewire.export.lineage import MOST, lineage
from tracewire.export.view import view
from tracewire.model import Copy, CopyRelation, Document, Origin, Published, Record
from tracewire.testing import make_document


def page(name: str, day: int | None = None, outlet: str | None = None) -> Document:
    published = Published(f"2031-05-{day:02}", f"2031-05-{day:02}", "given", True) if day else None
    return make_document(name, name, published=published, outlet=outlet)


def take(
    taker: Document, giver: Document, relation: CopyRelation = "copy", share: float = 1.0, *, directed: bool = True
) -> Copy:
    return Copy(taker.id, giver.id, relation, share, share, directed, "")


def drawn(
    documents: list[Document], copies: list[Copy], asked: Document, origins: tuple[Origin, ...] = ()
) -> list[str]:
    record = Record(documents=tuple(documents), copies=tuple(copies), origins=origins)
    turned = Record(documents=tuple(documents[::-1]), copies=tuple(copies[::-1]), origins=origins)
    lines = lineage(view(record), asked.id)
    assert lineage(view(turned), asked.id) == lines
    return lines


def test_a_chain_with_a_branch() -> None:
    a, b, c, d = page("a", 1, "Dune"), page("b", 2), page("c", 3), page("d")
    copies = [take(b, a), take(c, b, "cut", 0.8), take(c, a, "cut", 0.6), take(d, a, "edited", 0.996)]
    assert drawn([a, b, c, d], copies, b, (Origin(a.id, "The Wire", "stated"),)) == [
        "a (Dune, 2031-05-01), names The Wire",
        "├─ copies 100 %: b (2031-05-02) ◀",
        "│  └─ shortens 80 %: c (2031-05-03)",
        "└─ edits 99 %: d",
    ]


def test_without_a_direction_the_later_hangs_under_the_earlier() -> None:
    a, b = page("a", 9), page("b", 1)
    assert drawn([a, b], [take(a, b, directed=False)], a) == [
        "b (2031-05-01)",
        "└─ shares 100 % of its text: a (2031-05-09) ◀",
    ]


def test_quotations_are_drawn_for_the_document_alone() -> None:
    a, b, c = page("a", 1), page("b", 2), page("c", 3)
    copies = [take(b, a, "quotes", 0.1), take(c, b, "quotes", 0.1)]
    assert len(drawn([a, b, c], copies, a)) == 2
    assert len(drawn([a, b, c], copies, b)) == 3


def test_a_document_that_shares_nothing_has_no_drawing() -> None:
    assert drawn([page("a"), page("b")], [], page("a")) == []


@pytest.mark.parametrize("count", [3, 200])
def test_circles_and_very_many_end(count: int) -> None:
    pages = [page(f"{n:03}") for n in range(count)]
    circle = [take(pages[n], pages[(n + 1) % count]) for n in range(count)]
    lines = drawn(pages, circle, pages[0])
    assert len(lines) == min(count, MOST)
