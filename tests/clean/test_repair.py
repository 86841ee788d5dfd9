"""Text repair: what one reads is mended, what is kept is not, and every span still quotes the raw document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracewire.clean import clean_page, restored
from tracewire.clean.repair import mend
from tracewire.clean.units import Unit
from tracewire.model import Piece, RawPage
from tracewire.testing import make_document


def unit(text: str) -> Unit:
    return Unit(text, (Piece(0, len(text), 0, len(text)),), 0)


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("the armyâ€™s depot", "the army’s depot"),
        ("AdrÃ© and Abéché", "Adré and Abéché"),
        ("The “guards” left Adré – at noon", "The “guards” left Adré – at noon"),
        ("â€œNoâ€\x9d, he said", "“No”, he said"),
    ],
)
def test_mojibake_is_read_as_it_was_written(raw: str, read: str) -> None:
    mended, places = mend(unit(raw))
    assert mended.text == read
    assert (places > 0) == (raw != read)
    assert "".join(mended.text[p.start : p.end] for p in mended.pieces) == read


def test_spans_over_mended_text_quote_the_raw_document() -> None:
    raw = "Fighters stormed the armyâ€™s depot in AdrÃ© on Monday, a witness said by phone from the town."
    document = clean_page(RawPage("a.txt", raw.encode(), "text/plain", "", "file", ""))
    assert "army’s depot in Adré" in document.reading.text
    start = document.reading.text.index("Adré")
    span = document.span(start, start + 4)
    assert (span.quote, document.raw[span.start : span.end]) == ("AdrÃ©", "AdrÃ©")
    assert any("mojibake in 2 places" in warning for warning in document.warnings)


@given(st.text(alphabet="aé â€™Ã©\n.“", min_size=1, max_size=60))
def test_pieces_cover_the_mended_text_and_stay_in_the_raw(text: str) -> None:
    mended, _ = mend(unit(text))
    at = 0
    for piece in mended.pieces:
        assert piece.start == at
        assert 0 <= piece.raw_start < piece.raw_end <= len(text)
        at = piece.end
    assert at == len(mended.text)


def test_a_tokenised_report_reads_as_its_author_wrote_it() -> None:
    document = make_document("the guards ( nine men ) left adre , a witness said . the depot 's gate was open .")
    view = restored(document, ["Adre"])
    assert view.text == "The guards (nine men) left Adre, a witness said. The depot's gate was open."
    start = view.text.index("Adre,")
    assert view.span(start, start + 5, document.raw).quote == "adre ,"
    assert view.text[view.blocks[0].start : view.blocks[0].end] == view.text


def test_the_longest_name_stands_and_only_whole() -> None:
    document = make_document("the red column of dori left doria with the red columns .")
    view = restored(document, ["Red Column", "Red Column of Dori", "Dori", "the"])
    assert view.text == "The Red Column of Dori left doria with the red columns."


def test_a_report_in_order_is_left_alone() -> None:
    document = make_document("The guards left. Nobody saw them.\n\nA witness said so.")
    assert restored(document) == document.reading
