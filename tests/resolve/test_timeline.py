"""Time phrases in their text: tense, anchors that chain, lines with a date of their own; and the laws of a timeline."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracewire.model import Published
from tracewire.resolve.date_frame import Found
from tracewire.resolve.timeline import Timeline, is_of_saying, tense_of

PUBLISHED = Published("2022-03-17", "2022-03-17", "test", True)  # a Thursday


def timeline(marked: str, published: Published | None = PUBLISHED) -> list[Found]:
    text = re.sub(r"\[\[|\]\]", "", marked)
    spans, shift = [], 0
    for match in re.finditer(r"\[\[(.*?)\]\]", marked):
        spans.append((match.start() - shift, match.start() - shift + len(match[1])))
        shift += 4
    return list(Timeline.of(text, spans, published).found)


def ends(found: Found) -> str:
    return f"{found.start or ''}..{found.end or ''} {found.precision}"


CHAINS = [
    ("It fell [[on 9 March]]. [[A day earlier]] the mill burned.", "2022-03-08..2022-03-08 day"),
    ("It fell [[on 9 March]]. [[A day later]] he fled, and [[the following morning]] he was seen.", "2022-03-11..2022-03-11 day"),
    ("It fell [[on 9 March]]. [[That same week]] he fled.", "2022-03-07..2022-03-13 week"),
    ("It fell [[on Sunday]], they stayed [[overnight]].", "2022-03-13..2022-03-14 days"),
    ("It began [[in December]]. It fell [[on 9 March]] and [[at 22:40]] burned.", "2022-03-09..2022-03-09 day"),
    ("It fell [[on Monday]], he said [[on Wednesday]]. [[That night]] it burned.", "2022-03-14..2022-03-14 day"),
    ("It fell [[on 1 March]]; [[the following Sunday]] it was retaken.", "2022-03-06..2022-03-06 day"),
    ("They will meet [[on Saturday]].", "2022-03-19..2022-03-19 day"),
    ("They would have met [[on Saturday]].", "2022-03-12..2022-03-12 day"),
    ("He was held [[on Tuesday]] [[last week]].", "2022-03-08..2022-03-08 day"),
    ("No aircraft flew on the 9th, 9 March. It rained [[that]] day.", "..2022-03-17 unknown"),
    ("It rained [[on 9 March]]. No aircraft flew [[that]] day.", "2022-03-09..2022-03-09 day"),
    ("He has been held [[for three weeks]].", "2022-02-24..2022-03-17 week"),
    ("He was held [[for three weeks]].", "..2022-03-17 unknown"),
    ("@sila 3 Mar 2022: they left [[yesterday]], 4 trucks", "2022-03-02..2022-03-02 day"),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "last"), CHAINS)
def test_the_last_phrase(marked: str, last: str) -> None:
    assert ends(timeline(marked)[-1]) == last


def test_without_publication_a_weekday_leans_on_a_date_of_the_text() -> None:
    stated, weekday = timeline("A note of [[12 June 2022]] says it fell [[on Friday]].", None)
    assert (ends(stated), ends(weekday)) == ("2022-06-12..2022-06-12 day", "2022-06-10..2022-06-10 day")
    assert weekday.anchored
    assert ends(timeline("It fell [[on Friday]].", None)[0]) == ".. unknown"


@pytest.mark.parametrize(
    ("before", "after", "saying"),
    [
        ("The army said ", " that it fell.", True),
        ("The army told reporters in Kost ", " that it fell.", True),
        ("", " the army said it fell.", True),
        ("The army said it fell ", ".", False),
        ("It fell ", ", the army said.", False),
    ],
)
def test_what_dates_the_saying(before: str, after: str, saying: bool) -> None:
    assert is_of_saying(before, after) is saying


def test_tense() -> None:
    assert tense_of("The trial is due to open ", "") == "future"
    assert tense_of("", " the envoys will meet") == "future"
    assert tense_of("A man who would not be named, said it fell ", "") is None


MARKED = st.sampled_from([marked for marked, _ in CHAINS])


@given(MARKED, st.sampled_from(["The river is wide.", "Nobody knows why.", "A third road leads there."]))
def test_an_unrelated_sentence_changes_nothing(marked: str, sentence: str) -> None:
    assert timeline(f"{marked}\n\n{sentence}") == timeline(marked)
    assert timeline(f"{sentence}\n\n{marked}") == timeline(marked)


@given(MARKED)
def test_the_same_text_gives_the_same_dates(marked: str) -> None:
    assert timeline(marked) == timeline(marked)


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4))
def test_any_spans_give_ordered_intervals(text: str, pairs: list[tuple[int, int]]) -> None:
    spans = [(min(a, b, len(text)), min(max(a, b), len(text))) for a, b in pairs]
    for found in Timeline.of(text, spans, PUBLISHED).found:
        assert found.start is None or found.end is None or found.start <= found.end
