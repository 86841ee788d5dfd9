"""Laws of cleaning that hold for any text and any bytes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracewire.clean import clean, clean_page
from tracewire.errors import TracewireError
from tracewire.model import READABLE, Document, Failure, Metadata, RawPage

FRAGMENTS = (
    "<p>", "</p>", "<div class='related'>", "</div>", "<br>", "<h1>", "</h1>", "<title>", "</title>", "<a href='u'>", "</a>",
    "&amp;", "&nbsp;", "&#8220;", "&notit;", "&NotEqualTilde;", "<!-- c -->", "<script>", "</script>", "<li>", "<blockquote>",
    "</blockquote>", "<figcaption>", "</figcaption>", "<time datetime='2020-01-01'>", "<", ">", "&", '"', "<meta charset=x>",
    "Photo: Reuters", "By Jane Doe", "Rebels took the port of Adale on Monday, two officials said.", "Related", "War In Brief",
    "\n", "\n\n", "\r\n", "\r", " ", "  ", "\t", "\x00", "\x85", "\u2028", "\u200b", "\ufeff", "e\u0301", "🚀", "©",
    "— A (@bcd) May 5, 2015", "Source: The Post – by A. B.", "(Reporting by A. B.; Editing by C. D.)", "# Head", "> said", "- item",
    "Posted on June 3, 2021 by Ann Lee", "TUNIS, Feb 4 (X) - Shells fell.", "Share Tweet Print", "Views expressed are ours.",
)  # fmt: skip

PAGES = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=8), max_size=40).map("".join)
MEDIA_TYPES = st.sampled_from(["text/plain", "text/markdown", "text/html"])


def page_of(data: bytes, media_type: str) -> RawPage:
    return RawPage("page", data, media_type, "page", "file", "2024-05-01T10:00:00Z")


def check(document: Document) -> None:
    """Every character in one segment; every piece, block, title and credit points to what it says."""
    ends = [0]
    for segment in document.segments:
        assert segment.start == ends[-1] < segment.end
        assert segment.rule
        ends.append(segment.end)
    assert ends[-1] == len(document.raw)
    at = 0
    for piece in document.reading.pieces:
        assert at <= piece.start < piece.end
        assert 0 <= piece.raw_start < piece.raw_end <= len(document.raw)
        at = piece.end
        if piece.end - piece.start == piece.raw_end - piece.raw_start:
            pairs = zip(
                document.reading.text[piece.start : piece.end],
                document.raw[piece.raw_start : piece.raw_end],
                strict=True,
            )
            assert all(a == b or (a.isspace() and b.isspace()) for a, b in pairs)
    spans = [document.span(block.start, block.end) for block in document.reading.blocks]
    spans += [credit.span for credit in document.credits] + ([document.title] if document.title else [])
    for span in spans:
        assert document.raw[span.start : span.end] == span.quote
        assert all(document.raw[part.start : part.end] == part.quote for part in span.parts)


@settings(max_examples=150, deadline=None)
@given(PAGES, MEDIA_TYPES)
def test_segments_cover_the_page_and_the_reading_text_maps_to_it(text: str, media_type: str) -> None:
    data = text.encode("utf-8", "replace")
    document = clean_page(page_of(data, media_type))
    check(document)
    assert document == clean_page(page_of(data, media_type))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), MEDIA_TYPES)
def test_any_bytes_give_a_document_or_a_named_error(data: bytes, media_type: str) -> None:
    try:
        document = clean_page(page_of(data, media_type))
    except TracewireError:
        return
    check(document)


@settings(max_examples=100, deadline=None)
@given(PAGES)
def test_plain_text_reads_as_the_raw_slices_of_its_blocks(text: str) -> None:
    document = clean_page(page_of(text.encode("utf-8", "replace"), "text/plain"))
    if any("mojibake" in warning for warning in document.warnings):
        return  # read as it was written, see test_repair
    labels = {segment.start: segment.label for segment in document.segments}
    assert set(labels.values()) <= set(READABLE) | {
        "credit", "byline", "related", "nav", "disclaimer", "bio", "social", "duplicate",
    }  # fmt: skip
    for block in document.reading.blocks:
        span = document.span(block.start, block.end)
        assert span.parts == ()
        assert span.quote == document.reading.text[block.start : block.end]
        assert span.quote == span.quote.strip()


def test_one_bad_page_does_not_stop_the_others() -> None:
    good = page_of(b"Fine.", "text/plain")
    bad = RawPage("bad", b"Text.", "text/plain", "bad", "file", "", Metadata(published="yesterday"))
    first, second, third = clean([good, bad, good])
    assert isinstance(first, Document)
    assert isinstance(third, Document)
    assert isinstance(second, Failure)
    assert (second.name, second.stage) == ("bad", "clean")
    assert "yesterday" in second.reason


@pytest.mark.parametrize(
    "data",
    [
        b"<div>" * 10_000 + b"<p>Shells fell on the market.</p>" + b"</div>" * 10_000,
        b"<table><tr><td>" * 10_000 + b"Shells fell on the market.",
        b"<li>a" * 20_000,
        b"<a b='" * 20_000,
        b"<!--" * 20_000,
        b"<title>" * 20_000,
        b"<p>Shells\x00 fell</b></i>",
        b"",
    ],
    ids=["divs", "tables", "items", "quotes", "comments", "titles", "nul", "empty"],
)
def test_hostile_markup_takes_linear_time_and_no_recursion(data: bytes) -> None:
    check(clean_page(page_of(data, "text/html")))
