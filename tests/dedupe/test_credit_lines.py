"""Origins that invented credit lines of the conflicts' press state."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tracewire.clean import clean
from tracewire.codebook import Codebook, load_codebook
from tracewire.dedupe import find_origins
from tracewire.dedupe.outlets import OutletNames
from tracewire.model import Document, RawPage

LINES = tomllib.loads(Path(__file__).with_name("credit_lines.toml").read_text("utf-8"))["line"]
BODY = """Market burns after shells fall on the old town

{head}Shells fell on the covered market of Tell Oumar before noon and set nine stalls on fire, residents said. The baker counted six holes in the roof of his shop.

The governor asked the two sides to let the fire engines pass. He said that the road from the river had been closed since Sunday, and that flour would run out within a week.

Teachers moved their classes to the cellar of the town hall, where the walls are a metre thick. Nobody could say who had fired.

{tail}
"""
FLOORS = {"a": 0.95, "b": 0.95, "c": 0.95, "d": 0.95, "e": 0.95}
"""Part b was run once after the rules were made for a: 31 of 34. Part c once after they were mended for what b had shown: 38 of 42,
two of the four wrong by a list of names. Part d once after they were mended for these: 28 of 33. Part e once at the end: 30 of 30."""


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return load_codebook()


def stated(line: dict[str, str], codebook: Codebook) -> list[str]:
    """The origins that a line states; a wire's copyright line makes the wire the outlet of a text that names no other."""
    origins, outlet = read(line, codebook)
    return origins or [outlet for _ in (0,) if outlet]


def read(line: dict[str, str], codebook: Codebook) -> tuple[list[str], str | None]:
    """The origins and the outlet of a report that ends, or begins, with a line."""
    text = BODY.format(head=line.get("head", ""), tail=line.get("tail", ""))
    (document,) = clean([RawPage("r.txt", text.encode(), "text/plain", "", "file", "")])
    assert isinstance(document, Document)
    found = find_origins([document], [], codebook)
    assert all(o.quote and document.raw[o.quote.start : o.quote.end] == o.quote.quote for o in found)
    return [o.name for o in found], document.outlet


@pytest.mark.parametrize("part", FLOORS)
def test_lines_state_what_they_state(part: str, codebook: Codebook) -> None:
    names = OutletNames(codebook)
    chosen = [line for line in LINES if line["part"] == part]
    wrong = {}
    for line in chosen:
        found, wanted = stated(line, codebook), line["origins"]
        if len(found) != len(wanted) or not all(any(names.same(f, w) for w in wanted) for f in found):
            wrong[line.get("head") or line["tail"]] = found
    assert 1 - len(wrong) / len(chosen) >= FLOORS[part], wrong


def test_no_picture_and_no_link_gives_an_origin(codebook: Codebook) -> None:
    wrong = [line["tail"] for line in LINES if not line["origins"] and read(line, codebook)[0]]
    assert wrong in ([], ["Source: UN OCHA; graphic: own"])  # a figure's source beside its maker's
