"""The fast path: what it passes over is kept and labelled all the same, and what it says of a page stays true."""

from __future__ import annotations

import pytest

from tracewire.clean import clean_page
from tracewire.clean.html import read_html
from tracewire.clean.markup import FURNITURE, RAW_TEXT, scan
from tracewire.config import Cleaning
from tracewire.model import Document, RawPage

SAID = "Men in two trucks took nine rifles and a mortar from the depot of Adale before dawn on Monday, its guards said."
PAGE = (
    "<html><head><title>Depot raided | Sand Post</title></head><body><nav><a href='/'>Home</a><a href='/w'>War</a></nav>"
    "<article><h1>Depot raided</h1><p class='byline'>By Ann Lee</p><p>3 February 2031</p>"
    + "".join(f"<p>{SAID} That was shipment {n}.</p>" for n in range(6))
    + "</article><aside><p>Cocoa prices hit a new record</p></aside><footer>© 2031 Sand Media</footer></body></html>"
)


def cleaned(text: str) -> Document:
    return clean_page(RawPage("x", text.encode(), "text/html", "x", "file", ""), "fast")


def test_every_character_has_a_label_and_every_span_its_words() -> None:
    document = cleaned(PAGE)
    assert "".join(document.raw[s.start : s.end] for s in document.segments) == PAGE
    for block in document.reading.blocks:
        span = document.span(block.start, block.end)
        assert PAGE[span.start : span.end] == span.quote
    assert document.reading.text.count(SAID) == 6
    assert "Cocoa" not in document.reading.text


def test_title_author_and_day_are_found() -> None:
    document = cleaned(PAGE)
    assert document.title is not None
    assert document.title.quote == "Depot raided"
    assert document.author == "Ann Lee"
    assert document.published is not None
    assert document.published.start == "2031-02-03"


@pytest.mark.parametrize("name", sorted(FURNITURE))
def test_what_an_element_of_furniture_holds_is_one_token(name: str) -> None:
    raw = f"<p>a</p><{name}><p>b</p><i>c</i></{name}><p>d</p>"
    assert [t.name for t in scan(raw, RAW_TEXT | FURNITURE) if t.kind == "text"] == ["", name, ""]
    assert [unit.text for unit in read_html(raw, hurried=True).units] == ["a", "d"]


def test_furniture_that_never_ends_hides_nothing() -> None:
    assert [unit.text for unit in read_html("<nav><p>a</p><p>b</p>", hurried=True).units] == ["a", "b"]
    document = cleaned(PAGE.replace("</aside>", "").replace("</footer>", ""))
    assert document.reading.text.count(SAID) == 6


@pytest.mark.parametrize("count", [1, 2, 4])
@pytest.mark.parametrize("how", ["best", "fast"])
def test_short_reports_are_text(how: Cleaning, count: int) -> None:
    said = [f"{SAID} Its commander called it raid number {n} of this year." for n in range(count)]
    menu = "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(12))
    body = "".join(f"<p>{each}</p>" for each in said)
    html = f"<body><div class='menu'><ul>{menu}</ul></div><div class='post'><h1>Depot raided</h1>{body}</div></body>"
    document = clean_page(RawPage("x", html.encode(), "text/html", "x", "file", ""), how)
    assert [each for each in said if each in document.reading.text] == said
    assert "Section" not in document.reading.text


@pytest.mark.parametrize("count", [1, 2, 4])
@pytest.mark.parametrize("how", ["best", "fast"])
def test_a_page_without_a_site_around_it_is_text(how: Cleaning, count: int) -> None:
    said = [f"{SAID} Its commander called it raid number {n} of this year." for n in range(count)]
    html = "<h1>Depot raided</h1>" + "".join(f"<p>{each}</p>" for each in said)
    document = clean_page(RawPage("x", html.encode(), "text/html", "x", "file", ""), how)
    assert [each for each in said if each in document.reading.text] == said
