"""A quote is found verbatim or not at all."""

from __future__ import annotations

from tracewire.read.align import find_quote
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
