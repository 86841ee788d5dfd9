"""The selector: its features have names, its trees fit them, and what extractors agree on is taken."""

from __future__ import annotations

import json
from importlib.resources import files

import numpy as np
import pytest

from tracewire.clean import clean_page, trees
from tracewire.clean.html import read_html
from tracewire.clean.maintext import THRESHOLD, found_again, main_units, vote
from tracewire.clean.select import FAST, STATED, VOTERS, columns, probabilities
from tracewire.model import RawPage

PARAGRAPH = (
    "The convoy of nine trucks left the depot of Tilwa before dawn, the governor of the province told reporters, and "
)
PAGE = (
    "<html><body><nav><a href='/'>Home</a> <a href='/w'>World</a></nav><article><h1>Convoy leaves Tilwa</h1>"
    + "".join(f"<p>{PARAGRAPH}nobody has seen it since day {n} of the month.</p>" for n in range(6))
    + "</article><footer><p>All rights reserved.</p></footer></body></html>"
)


PATHS = pytest.mark.parametrize("voters", [VOTERS, FAST], ids=["best", "fast"])


@PATHS
def test_every_block_has_every_feature(voters: tuple[str, ...]) -> None:
    page = read_html(PAGE)
    found = columns(page, {name: [True] * len(page.units) for name in voters}, voters)
    assert {values.shape for values in found.values()} == {(len(page.units),)}
    assert all(np.isfinite(values).all() for values in found.values())


@PATHS
def test_the_shipped_trees_fit_these_features(voters: tuple[str, ...]) -> None:
    page = read_html(PAGE)
    likely = probabilities(page, vote(PAGE, page, voters), voters)
    assert all(0.0 <= each <= 1.0 for each in likely)
    below = [(u.text, each >= THRESHOLD) for u, each in zip(page.units, likely, strict=True) if not u.hint.heading]
    assert all(main == text.startswith("The convoy") for text, main in below)


@PATHS
def test_a_page_without_blocks(voters: tuple[str, ...]) -> None:
    assert probabilities(read_html(""), {name: [] for name in voters}, voters) == []


@pytest.mark.parametrize("file", ["select.json", "select_one.json", "select_fast.json"])
def test_trees_asked_by_masks_say_what_they_say_node_by_node(file: str) -> None:
    table = json.loads(files("tracewire.clean").joinpath(file).read_text("utf-8"))
    rows = np.random.default_rng(1).normal(0.3, 1.0, (40, len(table["features"])))

    def by_nodes(tree: dict[str, list[float]], row: list[float]) -> float:
        node = 0
        while (feature := int(tree["feature"][node])) >= 0:
            side = "left" if row[feature] <= tree["threshold"][node] else "right"
            node = int(tree[side][node])
        return tree["value"][node]

    asked = trees.scores(file, table["features"], rows).tolist()
    assert asked == pytest.approx(
        [table["base"] + sum(by_nodes(t, row) for t in table["trees"]) for row in rows.tolist()]
    )


def test_trees_made_for_other_features_are_refused() -> None:
    with pytest.raises(ValueError, match="grow_selector"):
        trees.scores("select.json", ["length"], np.zeros((1, 1)))


def test_the_text_that_a_page_states_in_json_votes() -> None:
    body = json.dumps(
        "<p>" + "</p><p>".join(f"{PARAGRAPH}nobody has seen it since day {n} of the month." for n in range(6))
    )
    stated = f'<script type="application/ld+json">{{"@type": "Article", "articleBody": {body}}}</script>'
    page = read_html(PAGE.replace("<nav>", stated + "<nav>"))
    assert vote(PAGE, page, FAST)[STATED] == [unit.text.startswith("The convoy") for unit in page.units]
    broken = read_html(PAGE.replace("<nav>", stated.replace("<p>", "\\u12")))
    assert STATED not in vote(PAGE, broken, FAST)


def test_the_fast_path_asks_one_extractor(monkeypatch: pytest.MonkeyPatch) -> None:
    import trafilatura

    def asked(*arguments: object, **mode: object) -> str:
        raise AssertionError("the fast path asked trafilatura")

    monkeypatch.setattr(trafilatura, "extract", asked)
    monkeypatch.setattr(trafilatura, "load_html", asked)
    page = RawPage("x", PAGE.encode(), "text/html", "x", "file", "")
    document = clean_page(page, "fast")
    assert sum(block.label == "body" for block in document.reading.blocks) == 6
    assert document.title is not None
    assert document.title.quote == "Convoy leaves Tilwa"


def test_an_extractor_that_breaks_loses_its_vote(monkeypatch: pytest.MonkeyPatch) -> None:
    import trafilatura

    def broken(*arguments: object, **mode: object) -> str:
        raise RuntimeError("broken")

    monkeypatch.setattr(trafilatura, "extract", broken)
    page = read_html(PAGE)
    votes = vote(PAGE, page)
    assert not any(votes["trafilatura"])
    assert any(votes["resiliparse"])
    chosen = main_units(page, PAGE)
    assert sum(chosen) >= 6


def test_blocks_are_found_again_by_their_words() -> None:
    page = read_html(PAGE)
    assert found_again(page.units, page.units[-2].text.upper())[-2]
