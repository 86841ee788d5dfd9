"""The index of a case's texts: what it finds depends on the documents that it holds, not on how they came."""

from __future__ import annotations

import random
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tracewire.dedupe import CopyIndex, find_copies
from tracewire.model import Document, Published
from tracewire.testing import make_document

WORDS = [a + b for a in ("ba", "ko", "ti", "zu", "mer", "lan") for b in ("dal", "nim", "rop", "vex", "sha", "fos")]


def prose(seed: int, length: int = 40) -> str:
    rnd = random.Random(seed)
    return " ".join(f"{rnd.choice(WORDS)}{rnd.choice(WORDS)}" for _ in range(length))


def on(day: int) -> Published:
    iso = (date(2031, 1, 1) + timedelta(days=day)).isoformat()
    return Published(iso, iso, "given", True)


@st.composite
def cases(draw: st.DrawFn) -> list[Document]:
    """Documents cut and joined from a few invented passages, on days of one quarter or on none."""
    passages = [prose(seed) for seed in range(4)]
    picks = draw(st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=4), min_size=1, max_size=7))
    days = draw(st.lists(st.one_of(st.none(), st.integers(0, 90)), min_size=7, max_size=7))
    return [
        make_document(
            "\n\n".join(passages[p] for p in pick), f"doc-{i}", published=None if days[i] is None else on(days[i])
        )
        for i, pick in enumerate(picks)
    ]


windows = st.sampled_from([None, 1, 7, 30])


@settings(max_examples=40, deadline=None)
@given(cases(), windows, st.randoms(use_true_random=False))
def test_one_by_one_in_any_order_is_as_all_at_once(
    documents: list[Document], window: int | None, rnd: random.Random
) -> None:
    index = CopyIndex(window)
    shuffled = documents[:]
    rnd.shuffle(shuffled)
    for document in shuffled:
        index.add([document])
        index.copies()
    assert index.copies() == find_copies(documents, window)


@settings(max_examples=40, deadline=None)
@given(cases(), cases(), windows)
def test_added_then_removed_leaves_no_trace(
    documents: list[Document], others: list[Document], window: int | None
) -> None:
    index = CopyIndex(window)
    index.add(documents)
    before = index.copies()
    new = [d for d in others if d.id not in {x.id for x in documents}]
    index.add(new)
    index.copies()
    index.remove([d.id for d in new])
    assert index.copies() == before


@settings(max_examples=40, deadline=None)
@given(cases(), st.sampled_from([1, 7, 30]))
def test_a_window_leaves_out_what_lies_outside_and_nothing_else(documents: list[Document], window: int) -> None:
    days = {
        d.id: date.fromisoformat(d.published.start) if d.published and d.published.start else None for d in documents
    }
    for copy in find_copies(documents, window):
        first, second = days[copy.document], days[copy.other]
        apart = abs((first - second).days) if first and second else 0
        assert apart <= window or copy.why.startswith("word for word")
    if len({d for d in days.values() if d}) <= 1:
        assert find_copies(documents, window) == find_copies(documents)


def test_near_copies_outside_the_window_are_not_compared_but_identical_texts_are() -> None:
    text = prose(9, 120)
    first = make_document(text, "a", published=on(0))
    late = make_document(text + " And more was said of it later.", "b", published=on(40))
    same = make_document(text, "c", published=on(80))
    found = {(c.document, c.other) for c in find_copies([first, late, same], 14)}
    assert found == {(same.id, first.id)}
    assert len(find_copies([first, late, same])) == 3


def test_a_window_that_ends_inside_a_slice_still_joins_over_its_border() -> None:
    text = prose(9, 120)
    for start in range(60):
        pair = [
            make_document(text, "a", published=on(start)),
            make_document(f"{text} {prose(3, 5)}", "b", published=on(start + 14)),
        ]
        assert len(find_copies(pair, 14)) == 1


def test_a_document_with_a_known_id_takes_its_place(reports: dict[str, str]) -> None:
    index = CopyIndex()
    first, second = make_document(reports["river"], "a"), make_document(reports["river"], "b")
    index.add([first, second])
    assert not index.copies()[0].directed
    index.add(
        [make_document(reports["river"], "b", published=on(2)), make_document(reports["river"], "a", published=on(1))]
    )
    assert (index.copies()[0].document, index.copies()[0].directed) == (second.id, True)
    index.remove([first.id, "no such id"])
    assert index.copies() == []
