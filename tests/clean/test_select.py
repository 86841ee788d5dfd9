"""The selector: its features have names, its trees fit them, and what extractors agree on is taken."""

from __future__ import annotations

import pytest

from tracewire.clean.html import read_html
from tracewire.clean.maintext import THRESHOLD, found_again, main_units, vote
from tracewire.clean.select import FEATURES, VOTERS, features, probabilities

PARAGRAPH = (
    "The convoy of nine trucks left the depot of Tilwa before dawn, the governor of the province told reporters, and "
)
PAGE = (
    "<html><body><nav><a href='/'>Home</a> <a href='/w'>World</a></nav><article><h1>Convoy leaves Tilwa</h1>"
    + "".join(f"<p>{PARAGRAPH}nobody has seen it since day {n} of the month.</p>" for n in range(6))
    + "</article><footer><p>All rights reserved.</p></footer></body></html>"
)


def test_every_row_has_every_feature() -> None:
    page = read_html(PAGE)
    rows = features(page, {name: [True] * len(page.units) for name in VOTERS})
    assert len(rows) == len(page.units)
    assert {len(row) for row in rows} == {len(FEATURES)}
    assert len(set(FEATURES)) == len(FEATURES)


def test_the_shipped_trees_fit_these_features() -> None:
    page = read_html(PAGE)
    likely = probabilities(page, vote(PAGE, page.units))
    assert all(0.0 <= each <= 1.0 for each in likely)
    assert [u.text.startswith("The convoy") for u in page.units] == [each >= THRESHOLD for each in likely]


def test_a_page_without_blocks() -> None:
    assert probabilities(read_html(""), {name: [] for name in VOTERS}) == []


def test_an_extractor_that_breaks_loses_its_vote(monkeypatch: pytest.MonkeyPatch) -> None:
    import trafilatura

    def broken(*arguments: object, **mode: object) -> str:
        raise RuntimeError("broken")

    monkeypatch.setattr(trafilatura, "extract", broken)
    page = read_html(PAGE)
    votes = vote(PAGE, page.units)
    assert not any(votes["trafilatura"])
    assert any(votes["resiliparse"])
    chosen = main_units(page, PAGE)
    assert sum(chosen) >= 6


def test_blocks_are_found_again_by_their_words() -> None:
    page = read_html(PAGE)
    assert found_again(page.units, page.units[-2].text.upper())[-2]
