"""The counts of running text: bounds, the noun they are on, what is no count; and laws."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracewire.resolve.counting import counts_in

COUNTS = [
    ("They took 10Tanks 4BMP's 130Cannons 80+ TOW.", ["10 Tanks", "4 BMP's", "130 Cannons", "80+ TOW"]),
    ("12 soldiers and a civilian were killed.", ["12 soldiers", "a civilian"]),
    ("It left two dead and five wounded.", ["two dead", "five wounded"]),
    ("Six 120 mm mortars and 120 82 mm mortar bombs.", ["Six mortars", "120 bombs"]),
    ("Four of its six drones crashed.", ["Four drones"]),
    ("About a hundred prisoners, half a dozen pick-ups.", ["About a hundred prisoners", "half a dozen pick-ups"]),
    ("Three truckloads of ammunition.", ["Three truckloads of ammunition"]),
    ("31 of his men fell and 16 were captured.", ["31 men", "16"]),
    ("Twenty-eight soldiers, forty-odd boats, 60 or more conscripts.",
     ["Twenty-eight soldiers", "forty-odd boats", "60 or more conscripts"]),
    ("In January 52 Pantheras went east.", ["52 Pantheras"]),
]  # fmt: skip
NONE = [
    "The garrison of Base 46 fell.", "Regiment 111 fled.", "T-72 and Mi-24 were named.", "5,56 mm", "On Route 6.",
    "In 2014 it began.", "On 14 March it fell.", "On May 9 it fell.", "He is 25 years old.", "The boy, 12, fled.",
    "By 40 percent.", "For $2 million.", "At 0430 GMT.", "The 9th Regiment.", "12 tonnes.", "Resolution 2231.",
]  # fmt: skip


def short(text: str) -> list[str]:
    found = []
    for counted in counts_in(text):
        phrase, head = text[counted.start : counted.end], text[slice(*counted.head)]
        found.append(phrase if head == phrase else f"{phrase} {head}")
    return found


@pytest.mark.parametrize(("text", "counts"), COUNTS)
def test_counts_and_their_nouns(text: str, counts: list[str]) -> None:
    assert short(text) == counts


@pytest.mark.parametrize("text", NONE)
def test_numbers_that_count_nothing(text: str) -> None:
    assert short(text) == []


@given(
    st.sampled_from([text for text, _ in COUNTS] + NONE), st.sampled_from(["The river is wide.", "Nobody knows why."])
)
def test_an_unrelated_sentence_changes_nothing(text: str, sentence: str) -> None:
    assert short(f"{text} {sentence}") == short(text) == short(f"{sentence} {text}")


@given(
    st.one_of(
        st.text(max_size=80),
        st.lists(
            st.sampled_from(["12", "a", "of", "and", "mm", "+", "half", "dozens", "3rd", "-", "T-72", "men", ",", "no"])
        ).map(" ".join),
    )
)
def test_any_text_gives_ordered_phrases(text: str) -> None:
    found = counts_in(text)
    assert found == counts_in(text)
    for counted in found:
        assert 0 <= counted.start < counted.end <= len(text)
        assert 0 <= counted.head[0] < counted.head[1] <= len(text)
        low, high = counted.bounds.low, counted.bounds.high
        assert low is None or high is None or low <= high
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@given(st.integers(2, 10**9))
def test_digits_count_themselves(number: int) -> None:
    (counted,) = counts_in(f"They lost {number:,} rifles.")
    assert (counted.bounds.low, counted.bounds.high, counted.bounds.rule) == (number, number, "exact")


@pytest.mark.parametrize(
    "text",
    [
        "killing a 62-year-old woman",
        "a 14-year-old boy and his 40-year-old father",
        "The 3-month-old died",
        "a 120-millimetre mortar",
    ],
)
def test_an_age_or_a_calibre_before_a_noun_is_no_count(text: str) -> None:
    assert {c.bounds.low for c in counts_in(text)} <= {1}
