"""The day of publication of a page: the best word that it gives, or none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tracewire.model import Document

Cleaner = Callable[..., Document]

BODY = """<p>Guards left the fuel depot outside the town at noon, and the gate stood open until the evening, said a driver
who had waited there with two lorries since the morning of the day before.</p>
<p>The mayor said that the town would send men of its own, who would stay until the army had an answer for him.</p>"""


def page(head: str = "", under: str = "", after: str = "") -> str:
    return f"<html><head><title>Guards leave the depot</title>{head}</head><body><h1>Guards leave the depot</h1>{under}{BODY}{after}</body></html>"


def day(document: Document) -> tuple[str | None, str | None] | None:
    return None if document.published is None else (document.published.start, document.published.end)


STAMP = '<meta property="article:published_time" content="2031-03-09T03:05:00+00:00">'


class TestOrder:
    @pytest.mark.parametrize(
        ("html", "start"),
        [
            (page(STAMP), "2031-03-09"),
            (page(STAMP, '<time datetime="2031-03-08T19:05:00-08:00">8 March</time>'), "2031-03-08"),
            (page(STAMP, '<time datetime="2031-03-08T20:05:00-08:00">8 March</time>'), "2031-03-09"),
            (page(STAMP + '<link rel="canonical" href="https://d.example/2031/03/08/guards/">'), "2031-03-08"),
            (page(STAMP + '<link rel="canonical" href="https://d.example/2031/02/08/guards/">'), "2031-03-09"),
            (page('<meta name="citation_publication_date" content="2031/03/09">'), "2031-03-09"),
            (page("", '<p><time datetime="2031-03-09T10:00:00Z">Sunday</time></p>'), "2031-03-09"),
            (page("", "", '<footer><time itemprop="datePublished" datetime="2031-03-09">Sunday</time></footer>'), "2031-03-09"),
            (page('<meta name="published" content="March 9, 2031">'), "2031-03-09"),
            (page("", "<p>Published</p><time datetime='2031-03-09'>9 March</time>", "<div><time datetime='2031-02-01'>Old</time></div>"), "2031-03-09"),
            (page("", "<p>12 April 2031</p>", "<p>This report was first published on 9 March 2031 and has been edited since.</p>"), "2031-03-09"),
            (page("", "", "<script>state = {published_at: '2031-03-09T10:00:00Z', other: 1}</script>"), "2031-03-09"),
            (page("", "", '<div data-x="{&quot;datePublished&quot;:&quot;2031-03-09T10:00:00Z&quot;}"></div>'), "2031-03-09"),
        ],
        ids=["utc", "local time", "another time", "local address", "another address", "citation", "meta", "label", "first published", "time", "itemprop", "state", "attribute"],
    )  # fmt: skip
    def test_a_day_is_read_from(self, clean_text: Cleaner, html: str, start: str) -> None:
        document = clean_text(html, "text/html")
        assert document.published is not None
        assert document.published.start == start
        assert document.published.basis

    def test_the_local_day_says_where_it_stood(self, clean_text: Cleaner) -> None:
        document = clean_text(page(STAMP, '<time datetime="2031-03-08T19:05:00-08:00">8 March</time>'), "text/html")
        assert document.published is not None
        assert document.published.basis == "meta article:published_time, as the local day of the time element"


class TestAbstaining:
    @pytest.mark.parametrize("zero", ["0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z"])
    def test_a_machine_s_zero_is_no_day(self, clean_text: Cleaner, zero: str) -> None:
        html = page(f'<meta property="article:published_time" content="{zero}">')
        assert clean_text(html, "text/html").published is None

    @pytest.mark.parametrize(
        "html",
        [
            page("", "<div>Last updated:</div><div>9 March 2031</div>"),
            page("", '<p>Updated <time datetime="2031-03-09">9 March 2031</time></p>'),
        ],
        ids=["label above", "time"],
    )
    def test_an_update_is_a_bound(self, clean_text: Cleaner, html: str) -> None:
        assert day(clean_text(html, "text/html")) == (None, "2031-03-09")

    @pytest.mark.parametrize(
        "html",
        [
            page("", '<ul><li><time class="updated" datetime="2031-03-09">9th</time></li></ul>'),
            page("", "".join(f"<div>{d} March 2031</div><h2>Meeting of the council</h2>" for d in (9, 11, 14))),
            page("", "", "".join(f"<script>x={{published_at: '2031-03-{d:02}T10:00:00Z'}}</script>" for d in (9, 11))),
        ],
        ids=["changed", "list of events", "data of several"],
    )
    def test_the_days_of_other_things_are_none(self, clean_text: Cleaner, html: str) -> None:
        document = clean_text(html, "text/html")
        assert document.published is None


class TestAuthors:
    @pytest.mark.parametrize(
        ("html", "author"),
        [
            (page("", '<div class="article__author-name">Ann Lee</div>'), "Ann Lee"),
            (page("", '<span itemprop="author" itemscope>By <b itemprop="name">Ann Lee</b>, editor</span>'), "Ann Lee"),
            (page("", '<a href="https://d.example/author/ann/">Ann</a>'), "Ann"),
            (page("", '<a href="/tag/war/">War</a>'), None),
            (page('<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ann Lee">'), "Ann Lee"),
            (page('<meta name="twitter:label1" content="Reading time"><meta name="twitter:data1" content="5 minutes">'), None),
            (page('<meta name="citation_author" content="Lee, Ann">'), "Lee, Ann"),
            (page('<meta name="author" content="The Dori Post"><meta property="og:site_name" content="The Dori Post">',
                  '<a rel="author" href="/ann">Ann Lee</a>'), "Ann Lee"),
            (page("", '<a rel="author" href="/all">See all posts</a>'), None),
        ],
        ids=["class", "microdata", "address", "tag", "written by", "reading time", "citation", "outlet", "button"],
    )  # fmt: skip
    def test_an_author_is_named_by(self, clean_text: Cleaner, html: str, author: str | None) -> None:
        assert clean_text(html, "text/html").author == author


class TestHeadlines:
    @pytest.mark.parametrize(
        ("head", "above", "title"),
        [
            ("<title>Guards leave the depot – Dori Post</title>", "<h1>Guards leave the depot – Dori Post</h1>", "Guards leave the depot"),
            ("<title>Depot left</title>", "<h1>Guards leave the depot of the town | News | Dori Post</h1>", "Guards leave the depot of the town"),
            ("<title>Depot left</title>", "<h1>Guards leave the depot of the town at noon</h1>", "Guards leave the depot of the town at noon"),
            ("<title>Guards leave the depot</title>", "<h1>Dori Post</h1><h2>Guards leave the depot</h2>", "Guards leave the depot"),
            ('<title>All of today</title><script type="application/ld+json">{"headline": "Guards leave"}</script>',
             "<h1>Guards leave</h1><h1>Weather</h1>", "Guards leave"),
            ("<title>War: live | Analysis of it</title>", "<h1>War: live | Analysis of it</h1>", "War: live | Analysis of it"),
        ],
        ids=["site", "sections", "lone", "site as h1", "json", "short before the bar"],
    )  # fmt: skip
    def test_the_headline_is(self, clean_text: Cleaner, head: str, above: str, title: str) -> None:
        named = '<meta property="og:site_name" content="Dori Post">'
        html = f"<html><head>{head}{named}</head><body>{above}{BODY}</body></html>"
        document = clean_text(html, "text/html")
        assert document.title is not None
        assert document.title.quote == title
