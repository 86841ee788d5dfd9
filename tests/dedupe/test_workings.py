"""What comparing leaves behind for the next run: the same copies, and only new pairs compared."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracewire.dedupe import Workings, find_copies
from tracewire.dedupe.words import words_of
from tracewire.dedupe.workings import changes, pack_words, unpack_words
from tracewire.model import Document, Published
from tracewire.testing import make_document

WORDS = [a + b for a in ("ba", "ko", "ti", "zu", "mer", "lan") for b in ("dal", "nim", "rop", "vex", "sha", "fos")]


def prose(seed: int, length: int = 60) -> str:
    rnd = random.Random(seed)
    return " ".join(f"{rnd.choice(WORDS)}{rnd.choice(WORDS)}" for _ in range(length))


def family(count: int) -> list[Document]:
    """Documents of which each shares a passage with each."""
    return [make_document(f"{prose(0, 90)} {prose(n + 1, 30)}", f"doc-{n}") for n in range(count)]


@st.composite
def cases(draw: st.DrawFn) -> list[Document]:
    """Documents cut and joined from a few invented passages."""
    passages = [prose(seed, 40) for seed in range(4)]
    picks = draw(st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=4), min_size=1, max_size=7))
    day = Published("2031-01-02", "2031-01-02", "given", True)
    return [
        make_document("\n\n".join(passages[p] for p in pick), f"doc-{i}", published=day if i % 2 else None)
        for i, pick in enumerate(picks)
    ]


def test_only_pairs_of_the_new_document_are_compared() -> None:
    documents = family(8)
    workings = Workings()
    find_copies(documents[:7], workings=workings)
    assert workings.compared == 7 * 6 // 2
    found = find_copies(documents, workings=workings)
    assert workings.compared == 7
    assert found == find_copies(documents)
    find_copies(documents, workings=workings)
    assert workings.compared == 0


@settings(max_examples=40, deadline=None)
@given(cases(), cases(), st.sampled_from([None, 7]), st.randoms(use_true_random=False))
def test_added_then_removed_leaves_the_workings_as_they_were(
    documents: list[Document], others: list[Document], window: int | None, rnd: random.Random
) -> None:
    workings = Workings()
    before = find_copies(documents, window, workings)
    words, judged = dict(workings.words), dict(workings.judged)
    more = [*documents, *(d for d in others if d.id not in {x.id for x in documents})]
    rnd.shuffle(more)
    assert find_copies(more, window, workings) == find_copies(more, window)
    assert find_copies(documents, window, workings) == before
    assert (workings.words, workings.judged) == (words, judged)


def test_a_text_that_changed_is_compared_again() -> None:
    documents = family(4)
    workings = Workings()
    find_copies(documents, workings=workings)
    changed = [make_document(documents[0].raw + " And so on.", "doc-0"), *documents[1:]]
    assert find_copies(changed, workings=workings) == find_copies(changed)
    assert workings.compared == 3


@pytest.mark.parametrize("damage", [lambda b: b[:-1], lambda _: b"", lambda b: b + b"\0"])
def test_damaged_workings_are_worked_out_again(damage: object) -> None:
    documents = family(3)
    workings = Workings()
    found = find_copies(documents, workings=workings)
    workings.words = {k: damage(v) for k, v in workings.words.items()}  # type: ignore[operator]
    workings.judged = dict.fromkeys(workings.judged, b"{")
    assert find_copies(documents, workings=workings) == found
    assert workings.compared == 3


@given(st.text(alphabet='ab "”.\n', max_size=120))
def test_words_come_back_as_they_were(text: str) -> None:
    (words,) = words_of([make_document(text)])
    again = unpack_words(pack_words(words))
    assert again.codes.tolist() == words.codes.tolist()
    assert (again.marks, again.digest) == (words.marks, words.digest)


def test_changes_lead_from_one_to_the_other() -> None:
    assert changes({b"a": b"", b"b": b"1", b"d": b""}, {b"b": b"1", b"c": b"2", b"d": b"3"}) == (
        {b"c": b"2", b"d": b"3"},
        [b"a"],
    )
