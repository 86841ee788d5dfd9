"""Pages that are not what was asked for: kept whole, marked, and said so."""

from __future__ import annotations

from collections.abc import Callable

from tracewire.clean import clean_page
from tracewire.model import Document, Exchange, RawPage

Cleaner = Callable[..., Document]


def test_an_error_page_is_kept_and_not_read() -> None:
    data = b"<h1>Not found</h1><p>The rebels took the page that you asked for, and nobody has seen it since.</p>"
    asked = "https://d.example/a"
    page = RawPage(
        asked, data, "text/html", asked, "fetched", "2031-05-01T10:00:00Z", exchange=Exchange(asked, asked, 404, (), ())
    )
    document = clean_page(page)
    assert document.raw == data.decode()
    assert document.reading.text == ""
    assert any("HTTP 404" in warning for warning in document.warnings)


def test_the_stub_of_a_paywall_is_kept_read_and_marked(clean_text: Cleaner) -> None:
    html = (
        "<h1>Guards leave the depot</h1><p>Guards left the depot at noon, and its gate stood open, said a driver.</p>"
        "<div>Subscribe now to continue reading. Already a subscriber?</div>"
    )
    document = clean_text(html, "text/html")
    assert "Guards left the depot at noon" in document.reading.text
    assert any("paywall" in warning for warning in document.warnings)


def test_text_from_right_to_left_keeps_its_spans(clean_text: Cleaner) -> None:
    text = "غادر الحراس مستودع الوقود ظهرا، وبقيت البوابة مفتوحة حتى المساء، بحسب ما قال سائق."
    document = clean_text(f"<h1>‏غادر الحراس</h1><p>\u202b{text}\u202c</p>" * 2, "text/html")
    start = document.reading.text.index(text)
    assert document.span(start, start + len(text)).quote == text
    assert document.language == "ar"
