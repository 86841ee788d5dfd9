"""Counts: a table of phrases with their bounds and rule, and laws over any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracewire.model import Span
from tracewire.resolve.quantities import bare_plural, parse_quantity

CASES: list[tuple[str, int | None, int | None, str]] = [
    ("7", 7, 7, "exact"),
    ("seven", 7, 7, "exact"),
    ("a", 1, 1, "exact"),
    ("An", 1, 1, "exact"),
    ("a single", 1, 1, "exact"),
    ("another", 1, 1, "exact"),
    ("both", 2, 2, "exact"),
    ("a pair of", 2, 2, "exact"),
    ("a couple of", 2, 2, "about"),
    ("no", 0, 0, "exact"),
    ("none", 0, 0, "exact"),
    ("not a single", 0, 0, "exact"),
    ("fifty-two", 52, 52, "exact"),
    ("fifty - two", 52, 52, "exact"),
    ("two hundred", 200, 200, "exact"),
    ("two hundred and sixteen", 216, 216, "exact"),
    ("a hundred and five", 105, 105, "exact"),
    ("three thousand four hundred", 3400, 3400, "exact"),
    ("two hundred thousand", 200_000, 200_000, "exact"),
    ("a million", 1_000_000, 1_000_000, "exact"),
    ("half a million", 500_000, 500_000, "exact"),
    ("half a dozen", 6, 6, "exact"),
    ("a half-dozen", 6, 6, "exact"),
    ("two and a half thousand", 2500, 2500, "exact"),
    ("1.2 million", 1_200_000, 1_200_000, "exact"),
    ("1,5 million", 1_500_000, 1_500_000, "exact"),
    ("15k", 15_000, 15_000, "exact"),
    ("1,740", 1740, 1740, "exact"),
    ("1 , 740", 1740, 1740, "exact"),
    ("12 000", 12_000, 12_000, "exact"),
    ("1.740", 1740, 1740, "exact"),
    ("a dozen", 12, 12, "exact"),
    ("three dozen", 36, 36, "exact"),
    ("10Tanks", 10, 10, "exact"),
    ("10", 10, 10, "exact"),
    ("three-man", 3, 3, "exact"),
    ("14,000-strong", 14_000, 14_000, "exact"),
    ("all four", 4, 4, "exact"),
    ("the other six", 6, 6, "exact"),
    ("a further 18", 18, 18, "exact"),
    ("five more", 5, 5, "exact"),
    ("nine of them", 9, 9, "exact"),
    ("a total of 33", 33, 33, "exact"),
    ("only eleven", 11, 11, "exact"),
    ("23 civilians", 23, 23, "exact"),
    ("2,600 rounds of", 2600, 2600, "exact"),
    ("\u201c21\u201d", 21, 21, "exact"),
    ("at least 21", 21, None, "at_least"),
    ("no fewer than ninety", 90, None, "at_least"),
    ("85+", 85, None, "at_least"),
    ("85 +", 85, None, "at_least"),
    ("upwards of 85", 85, None, "at_least"),
    ("60 or more", 60, None, "at_least"),
    ("at least two dozen", 24, None, "at_least"),
    ("more than 85", 85, None, "more_than"),
    ("over three million", 3_000_000, None, "more_than"),
    ("well over 300", 300, None, "more_than"),
    ("more than a hundred", 100, None, "more_than"),
    (">40", 40, None, "more_than"),
    ("up to 70", None, 70, "up_to"),
    ("as many as 1,100", None, 1100, "up_to"),
    ("no more than five", None, 5, "up_to"),
    ("up to an estimated 300", None, 300, "up_to"),
    ("fewer than 30", None, 30, "less_than"),
    ("less than a dozen", None, 12, "less_than"),
    ("just under 200", None, 200, "less_than"),
    ("about 45", 45, 45, "about"),
    ("some 45", 45, 45, "about"),
    ("~ 45", 45, 45, "about"),
    ("nearly 2,000", 2000, 2000, "about"),
    ("an estimated 900", 900, 900, "about"),
    ("a dozen or so", 12, 12, "about"),
    ("forty-odd", 40, 40, "about"),
    ("10-15", 10, 15, "range"),
    ("10 \u2013 15", 10, 15, "range"),
    ("10 to 15", 10, 15, "range"),
    ("between 10 and 15", 10, 15, "range"),
    ("from ten to fifteen", 10, 15, "range"),
    ("five or six", 5, 6, "range"),
    ("two to three million", 2_000_000, 3_000_000, "range"),
    ("four or five hundred", 400, 500, "range"),
    ("900 to 1,000", 900, 1000, "range"),
    ("dozens", 24, None, "dozens"),
    ("dozens of", 24, None, "dozens"),
    ("several dozen", 24, None, "dozens"),
    ("scores of", 40, None, "scores"),
    ("hundreds of", 200, None, "hundreds"),
    ("a few hundred", 200, None, "hundreds"),
    ("thousands", 2000, None, "thousands"),
    ("tens of thousands of", 20_000, None, "thousands"),
    ("hundreds of thousands of", 200_000, None, "thousands"),
    ("several", 2, None, "plural"),
    ("a few", 2, None, "plural"),
    ("a handful of", 2, None, "plural"),
    ("many", None, None, "unknown"),
    ("some", None, None, "unknown"),
    ("a number of", None, None, "unknown"),
    ("large quantities of", None, None, "unknown"),
    ("lots of", None, None, "unknown"),
    ("various", None, None, "unknown"),
    ("a battalion's worth of", None, None, "unknown"),
    ("truckloads of", 2, None, "truckloads"),
    ("three truckloads of", 3, 3, "truckloads"),
    ("two truckloads", 2, 2, "truckloads"),
    ("at least 12 crates of", 12, None, "crates"),
    ("a convoy of", 1, 1, "convoys"),
    ("dozens of boxes of", 24, None, "boxes"),
    ("a couple of containers of", 2, 2, "containers"),
    ("a trove of", None, None, "unknown"),
    ("two crates of", 2, 2, "crates"),
    ("tonnes of", None, None, "unknown"),
    ("two thirds of", None, None, "unknown"),
    ("more than half", None, None, "unknown"),
]
NO_COUNTS = [
    "third", "3rd", "the 21st", "40 percent", "40%", "$1.2 million", "\u20ac500", "12 tonnes of", "8 kg of",
    "1.8 tons of", "30 km", "120 mm", "5,56 mm", "20 years", "a 25-year-old", "six hours", "111 Regiment", "T-72", "No. 5", "", "--",
    "rifles", "its", "9.3", "\u00b2", "9" * 5000,
]  # fmt: skip


def count(text: str) -> tuple[int | None, int | None, str] | None:
    read = parse_quantity(Span(0, len(text), text), text)
    return None if read is None else (read.low, read.high, read.rule)


@pytest.mark.parametrize(("text", "low", "high", "rule"), CASES)
def test_bounds_and_rule(text: str, low: int | None, high: int | None, rule: str) -> None:
    assert count(text) == (low, high, rule)
    assert count(text.upper()) == (low, high, rule)


@pytest.mark.parametrize("text", NO_COUNTS)
def test_no_count(text: str) -> None:
    assert count(text) is None


def test_quote_is_kept() -> None:
    span = Span(4, 10, "dozens")
    assert parse_quantity(span, "dozens").quote is span  # type: ignore[union-attr]
    assert (bare_plural(span).low, bare_plural(span).high, bare_plural(span).rule) == (2, None, "plural")


PIECES = st.sampled_from([text for text, *_ in CASES] + NO_COUNTS[:-1] + ["or", "and", "to", "of", "-", "."])


@given(st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=5).map(" ".join)))
def test_any_text_gives_ordered_bounds(text: str) -> None:
    read = count(text)
    if read is not None:
        low, high, _ = read
        assert low is None or low >= 0
        assert low is None or high is None or low <= high


@given(st.integers(0, 10**12))
def test_digits_are_themselves(number: int) -> None:
    assert count(str(number)) == (number, number, "exact")
    assert count(f"{number:,}") == (number, number, "exact")
    assert count(f"at least {number:,}") == (number, None, "at_least")


def test_loads_are_the_units_of_the_word_list_and_count_no_things() -> None:
    from tracewire.lang import load_words
    from tracewire.model import LOADS, Span

    listed = load_words("en", "numbers")["loads"]
    assert {c if c.endswith("s") else c + ("es" if c.endswith("x") else "s") for c in listed} == LOADS
    count = parse_quantity(Span(0, 20, "three truckloads of"), "three truckloads of")
    assert count is not None
    assert not count.counts_things
