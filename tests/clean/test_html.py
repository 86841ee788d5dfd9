"""HTML: blocks mapped to the source, the main text found again in them, everything else kept with a label."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tracewire.clean.html import read_html
from tracewire.clean.maintext import main_units
from tracewire.clean.markup import attributes, characters, scan
from tracewire.model import READABLE, Document

Cleaner = Callable[..., Document]

PARAGRAPHS = (
    "Gunmen on motorcycles attacked the gendarmerie post of Tilwa before dawn on Friday &amp; made off with eleven rifles, "
    "the <a href='/governor'>governor</a> said at a news conference in the town hall.",
    "He added that two attackers were\n      killed.  Residents counted three burnt pickup trucks at the gate, and a fourth "
    "stood in the market with its doors open.",
    "The post guards the only paved road between Tilwa and the gold fields of the north&nbsp;&#8211; a road that nobody has "
    "driven at night since the spring, when a convoy of fuel trucks was burnt.",
)

PAGE = f"""<!DOCTYPE html>
<html lang="fr-FR"><head>
<title>Gunmen raid Tilwa post | The Gold Road Gazette</title>
<meta property="og:title" content="Gunmen raid Tilwa post"><meta property="og:site_name" content="The Gold Road Gazette">
<link rel="canonical" href="https://gazette.example/2021/03/05/tilwa">
<script type="application/ld+json">{{"@graph": [{{"@type": "NewsArticle", "datePublished": "2021-03-05T08:00:00Z",
 "author": [{{"name": "Salif Ouatt"}}], "publisher": {{"name": "Gold Road Media"}}}}]}}</script>
<script>var text = "<p>Never read this script.</p>";</script><style>p {{ color: red }}</style></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/gold">Gold</a></li></ul></nav>
<article><h1>Gunmen raid Tilwa <em>post</em></h1>
<p class="byline">By Salif Ouatt</p>
<figure><img src="x.jpg"><figcaption>The gate of the post on Friday. Photo: Rose Tiendre</figcaption></figure>
<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>
<blockquote><p>Whoever sold them the fuel knew where they were going, and so did the man at the barrier who let them pass
without a question, wrote the daily of the gendarmes in its leader.</p></blockquote>
<p>{PARAGRAPHS[2]}</p>
</article>
<aside class="related-posts"><h3>Related</h3><ul><li><a href="/a">Cocoa prices hit new record</a></li></ul></aside>
<div id="comments"><p>goldbug says: the army sold those rifles itself.</p></div>
<footer><p>© 2021 Gold Road Media. All rights reserved.</p></footer></body></html>"""


def by_label(document: Document) -> dict[str, list[str]]:
    """Reading text of the blocks, and raw text of the other segments, by label."""
    found: dict[str, list[str]] = {}
    for block in document.reading.blocks:
        found.setdefault(block.label, []).append(document.reading.text[block.start : block.end])
    for segment in document.segments:
        if segment.label not in READABLE:
            found.setdefault(segment.label, []).append(document.raw[segment.start : segment.end])
    return found


class TestPage:
    def test_the_text_is_read_as_a_browser_shows_it(self, clean_text: Cleaner) -> None:
        found = by_label(clean_text(PAGE, "text/html"))
        assert found["title"] == ["Gunmen raid Tilwa post"]
        assert found["caption"] == ["The gate of the post on Friday."]
        assert found["body"][0].startswith("Gunmen on motorcycles attacked")
        assert "Friday & made off" in found["body"][0]
        assert "two attackers were killed. Residents" in found["body"][1]
        assert "north – a road" in found["body"][2]
        assert len(found["body"]) == 3
        assert len(found["quote"]) == 1

    def test_the_rest_is_kept_and_labelled(self, clean_text: Cleaner) -> None:
        found = by_label(clean_text(PAGE, "text/html"))
        assert "By Salif Ouatt" in found["byline"]
        assert "Cocoa prices hit new record" in found["related"]
        assert "goldbug says: the army sold those rifles itself." in found["social"]
        assert any("All rights reserved" in text for text in found["disclaimer"])
        assert "Photo: Rose Tiendre" in found["credit"]
        assert any("Never read this" in text for text in found["nav"])

    def test_spans_lead_into_the_source_around_markup(self, clean_text: Cleaner) -> None:
        document = clean_text(PAGE, "text/html")
        at = document.reading.text.index("the governor said")
        span = document.span(at, at + len("the governor said"))
        assert span.quote == "the <a href='/governor'>governor</a> said"
        assert [part.quote for part in span.parts] == ["the ", "governor", " said"]
        at = document.reading.text.index("Friday & made")
        assert document.span(at, at + 13).quote == "Friday &amp; made"
        assert document.title is not None
        assert document.title.quote == "Gunmen raid Tilwa <em>post"

    def test_metadata_of_the_head(self, clean_text: Cleaner) -> None:
        document = clean_text(PAGE, "text/html")
        assert (document.outlet, document.outlet_basis) == ("The Gold Road Gazette", "og:site_name")
        assert document.author == "Salif Ouatt"
        assert document.published is not None
        assert (document.published.start, document.published.basis) == ("2021-03-05", "JSON-LD datePublished")
        assert (document.language, document.url) == ("fr", "https://gazette.example/2021/03/05/tilwa")

    def test_a_page_without_a_heading_has_its_title_in_the_head(self, clean_text: Cleaner) -> None:
        document = clean_text(PAGE.replace("<h1>", "<p>").replace("</h1>", "</p>"), "text/html")
        assert document.title is not None
        assert document.title.quote == "Gunmen raid Tilwa post"
        assert document.title.start < document.raw.index("<body>")

    def test_a_page_that_no_extractor_reads_goes_by_density(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("tracewire.clean.maintext.vote", lambda raw, page, voters: {})
        page = read_html(PAGE)
        main = [unit.text for unit, chosen in zip(page.units, main_units(page, PAGE), strict=True) if chosen]
        assert any(text.startswith("Gunmen on motorcycles") for text in main)
        assert not any("Cocoa" in text or "rights reserved" in text for text in main)

    @pytest.mark.parametrize(
        "page", ["", "   ", "<html>", "no markup at all", "<p>", "<title>T</title>", "<p>One line.</p>"]
    )
    def test_little_pages(self, clean_text: Cleaner, page: str) -> None:
        document = clean_text(page, "text/html")
        assert "".join(document.raw[s.start : s.end] for s in document.segments) == page


class TestBlocks:
    @pytest.mark.parametrize(
        ("markup", "texts"),
        [
            ("<p>one<p>two", ["one", "two"]),
            ("<div>one<span> two</span>\n\tthree </div>", ["one two three"]),
            ("one<br>two<br><br>three", ["one\ntwo", "three"]),
            ("<ul><li>a<li>b</ul>", ["a", "b"]),
            ("<p>a<!-- no --> b</p>", ["a b"]),
            ("<p>a < b &lt; c</p>", ["a < b < c"]),
            ("<P CLASS=x>a</P>", ["a"]),
            ("a<script>if (1 < 2) {}</script>b", ["ab"]),
            ("<p>a</b></i>b</p>", ["ab"]),
            ("<p title='a > b'>c</p>", ["c"]),
            ("<td>1</td><td>2</td>", ["1", "2"]),
            ("x &noname; &not; &#0; &#x1F600;", ["x &noname; ¬ � 😀"]),
            ("<p>cut <a href=", ["cut <a href="]),
        ],
    )
    def test_blocks_of_broken_and_whole_markup(self, markup: str, texts: list[str]) -> None:
        assert [unit.text for unit in read_html(markup).units] == texts

    def test_tokens_never_overlap_and_lie_in_order(self) -> None:
        at = 0
        for token in scan(PAGE):
            assert at <= token.start < token.end
            at = token.end

    def test_attributes(self) -> None:
        raw = "<a HREF='x&amp;y' class = \"b c\" data-z=1 hidden href=second>"
        (token,) = scan(raw)
        assert attributes(raw, token) == {"href": "x&y", "class": "b c", "data-z": "1", "hidden": ""}

    def test_character_references_are_runs_of_their_own(self) -> None:
        assert list(characters("a&amp;b", 0, 7)) == [("a", 0, 1), ("&", 1, 6), ("b", 6, 7)]
