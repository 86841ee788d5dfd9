"""A quote is found verbatim or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracewire.read.align import QuoteFinder, find_quote, nearest
from tracewire.testing import make_document


def test_occurrences() -> None:
    document = make_document("The army left. The army came back.")
    first = find_quote(document, "The army")
    second = find_quote(document, "The army", occurrence=2)
    assert first is not None
    assert second is not None
    assert (first.start, second.start) == (0, 15)


def test_not_found_is_a_value() -> None:
    document = make_document("The army left.")
    assert find_quote(document, "the navy") is None
    assert find_quote(document, "The army", occurrence=2) is None
    assert find_quote(document, "") is None


def found(text: str, quote: str) -> list[str]:
    return [text[a:b] for a, b in QuoteFinder(text, 0, len(text)).find(quote)]


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("Rebels took it. rebels left.", "rebels", ["rebels"]),  # verbatim before folded
        ("REBELS TAKE DEPOT", "rebels take", ["REBELS TAKE"]),
        ("the army’s “old” depot", 'army\'s "old" depot', ["army’s “old” depot"]),
        ("the anti-tank\n  missiles left", "anti-tank missiles", ["anti-tank\n  missiles"]),
        ("the Al\u200f-Nur\u00a0Front", "Al-Nur Front", ["Al\u200f-Nur\u00a0Front"]),
        ("In der Straße", "STRASSE", ["Straße"]),
        ("In der Straße", "stras", []),
        ("a warlord at war", "war", ["war"]),
        ("some 12,000 men, 12 of them hurt", "12", ["12"]),
        ("some 12,000 men", "000", []),
        ("10Tanks and a T-72", "10", ["10"]),
        ("10Tanks and a T-72", "72", ["72"]),
        ("the army left", " army ", ["army"]),
        ("the army left", "the navy", []),
        ("the army left", "the arny", []),  # never by likeness
        ("the army left", "", []),
        ("the army left", "  ", []),
        ("هاجم الجيش المدينة", "جيش", ["جيش"]),  # a script that glues particles to words
    ],
)
def test_words_are_found_as_they_stand(text: str, quote: str, expected: list[str]) -> None:
    assert found(text, quote) == expected


def test_only_within() -> None:
    finder = QuoteFinder("army, army, army", 0, 10)
    assert finder.find("army") == [(0, 4), (6, 10)]
    assert finder.find("ARMY", (5, 16)) == [(6, 10)]


def test_nearest() -> None:
    assert nearest([(0, 4), (20, 24), (30, 34)], (26, 29)) == (30, 34)
    assert nearest([(0, 4), (20, 24)], (9, 15)) == (0, 4)
    assert nearest([(4, 8), (12, 16)], (9, 11)) == (4, 8)
    assert nearest([], (0, 1)) is None


@settings(deadline=None)
@given(st.text(), st.text())
def test_every_place_found_holds_the_words(text: str, quote: str) -> None:
    def bare(words: str) -> str:
        return "".join(QuoteFinder(words, 0, len(words))._folded[0].split())

    for words in found(text, quote):
        assert words == quote.strip() or bare(words) == bare(quote)
