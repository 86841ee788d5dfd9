"""Stories: documents on the same occurrences, inside a time window, copies always together."""

from __future__ import annotations

import importlib.util
import random
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tracewire.dedupe.stories as stories_module
from tracewire.dedupe import StoryIndex, find_copies, find_stories
from tracewire.dedupe.linkage import average_link, components
from tracewire.model import Copy, Document, Published, Span, stable_id
from tracewire.testing import make_document

RETOLD = (
    "A guard was killed when raiders took lorries loaded with blasting caps from the Oum Teyra quarry, officials in the"
    " province say. The dead man was named as Idrissa Kolo. Prefect Seynabou Arif blamed the Azure Column, which said"
    " that none of its men had been near Oum Teyra. Detonators of the same make were used against the Tamassa bridge."
)


NAMES = ("quarry", "river", "harbour", "retold")


def load_bench(name: str) -> ModuleType:
    path = Path(__file__).resolve().parents[2] / "bench" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"bench_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def document(text: str, name: str, day: str | None = None, title: str | None = None) -> Document:
    published = Published(day, day, "given", True) if day else None
    span = Span(text.index(title), text.index(title) + len(title), title) if title else None
    return make_document(text, name, published=published, title=span)


def groups(documents: list[Document]) -> set[frozenset[str]]:
    names = {d.id: d.name for d in documents}
    return {frozenset(names[i] for i in s.documents) for s in find_stories(documents, find_copies(documents))}


def test_two_tellings_of_one_raid_are_a_story(reports: dict[str, str]) -> None:
    case = [document(text, name) for name, text in reports.items()] + [document(RETOLD, "retold")]
    assert groups(case) == {frozenset({"quarry", "retold"}), frozenset({"river"}), frozenset({"harbour"})}


def test_a_month_apart_they_are_two(reports: dict[str, str]) -> None:
    case = [document(reports["quarry"], "quarry", "2031-03-01"), document(RETOLD, "retold", "2031-04-01")]
    assert len(groups(case)) == 2


def test_copies_stay_together_however_late(reports: dict[str, str]) -> None:
    case = [document(reports["quarry"], "a", "2031-03-01"), document(reports["quarry"], "b", "2031-09-01")]
    assert groups(case) == {frozenset({"a", "b"})}


def test_id_and_title(reports: dict[str, str]) -> None:
    late = document(reports["quarry"], "a.txt", "2031-03-02")
    early = document(reports["quarry"], "b.txt", "2031-03-01", title="Gunmen on motorcycles")
    (story,) = find_stories([late, early], find_copies([late, early]))
    assert story.id == stable_id("s", min(late.id, early.id))
    assert story.documents == tuple(sorted((late.id, early.id)))
    assert story.title == "Gunmen on motorcycles"
    (alone,) = find_stories([late], [])
    assert alone.title == "a.txt"


def test_empty_documents_and_cases() -> None:
    assert find_stories([], []) == []
    blank = [make_document("", "a"), make_document("", "b")]
    assert len(find_stories(blank, [])) == 2


def test_a_date_that_is_no_day_is_no_date(reports: dict[str, str]) -> None:
    case = [document(reports["quarry"], "a", "2031-03"), document(RETOLD, "b", "2031-09-09")]
    assert len(groups(case)) == 1


def test_a_merged_text_does_not_weld_two_stories() -> None:
    case = [make_document("alpha", "a"), make_document("beta", "b")]
    copies = [Copy(case[0].id, case[1].id, "merged", 0.5, 0.5, False, "")]
    assert len(find_stories(case, copies)) == 2


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.sampled_from(["quarry", "river", "harbour", "retold"]), max_size=6), st.randoms(use_true_random=False)
)
def test_order_does_not_matter(reports: dict[str, str], picks: list[str], rnd: random.Random) -> None:
    texts = {**reports, "retold": RETOLD}
    case = [document(texts[pick], f"{pick}-{i}", f"2031-03-{1 + 2 * i:02}") for i, pick in enumerate(picks)]
    copies = find_copies(case)
    stories = find_stories(case, copies)
    shuffled, mixed = case[:], copies[:]
    rnd.shuffle(shuffled)
    rnd.shuffle(mixed)
    assert find_stories(shuffled, mixed) == stories
    assert sorted(i for s in stories for i in s.documents) == sorted(d.id for d in case)


# ---------------------------------------------------------------- the clustering itself


def best_first(cosines: np.ndarray, least: float) -> set[frozenset[int]]:
    """The plain definition: merge the two groups with the greatest average until it falls below `least`."""
    found = [[i] for i in range(len(cosines))]
    while len(found) > 1:
        best, i, j = max(
            (float(np.mean(cosines[np.ix_(a, b)])), i, j)
            for i, a in enumerate(found)
            for j, b in enumerate(found)
            if i < j
        )
        if best < least:
            break
        found[i] += found.pop(j)
    return {frozenset(g) for g in found}


@pytest.mark.parametrize("seed", range(20))
def test_the_chain_finds_what_best_first_finds(seed: int) -> None:
    rnd = np.random.default_rng(seed)
    raw = rnd.random((14, 14)).astype(np.float32)
    cosines = (raw + raw.T) / 2
    np.fill_diagonal(cosines, 1)
    assert {frozenset(g) for g in average_link(cosines, [], 0.55)} == best_first(cosines, 0.55)


def test_ties_end_and_tied_pairs_stay() -> None:
    assert average_link(np.full((9, 9), 0.5, dtype=np.float32), [], 0.5) == [list(range(9))]
    assert average_link(np.eye(4, dtype=np.float32), [(3, 1)], 0.5) == [[0], [1, 3], [2]]


def test_components() -> None:
    assert components(6, [(5, 3), (1, 0), (3, 1)]) == [[0, 1, 3, 5], [2], [4]]


# ---------------------------------------------------------------- documents that come in turn


def partition(index: StoryIndex) -> set[frozenset[str]]:
    return {frozenset(s.documents) for s in index.stories()}


def test_new_documents_join_and_found_stories(reports: dict[str, str]) -> None:
    first, second = document(reports["quarry"], "a", "2031-03-01"), document(RETOLD, "b", "2031-03-03")
    other = document(reports["river"], "c", "2031-03-03")
    index = StoryIndex()
    for each in (first, second, other):
        index.add([each])
    assert partition(index) == {frozenset({first.id, second.id}), frozenset({other.id})}


def test_removing_a_document_parts_what_it_joined(reports: dict[str, str]) -> None:
    first, second = document(reports["quarry"], "a", "2031-03-01"), document(RETOLD, "b", "2031-03-03")
    index = StoryIndex()
    index.add([first])
    before = index.stories()
    index.add([second])
    index.remove([second.id, "no such id"])
    assert index.stories() == before


def test_a_copy_found_later_ties_stories_however_far_apart(reports: dict[str, str]) -> None:
    early, late = document(reports["quarry"], "a", "2031-03-01"), document(reports["quarry"], "b", "2031-09-01")
    index = StoryIndex()
    index.add([early])
    index.add([late], find_copies([early, late]))
    assert partition(index) == {frozenset({early.id, late.id})}


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_all_documents_stand_in_one_story_in_whatever_turn_they_come(
    reports: dict[str, str], picks: list[str], rnd: random.Random
) -> None:
    texts = {**reports, "retold": RETOLD}
    case = [document(texts[pick], f"{pick}-{i}", f"2031-03-{1 + 3 * i:02}") for i, pick in enumerate(picks)]
    rnd.shuffle(case)
    index = StoryIndex()
    for each in case:
        index.add([each])
    assert sorted(i for s in index.stories() for i in s.documents) == sorted(d.id for d in case)


def test_very_many_that_hang_together_are_parted_before_they_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stories_module, "LARGEST", 3)
    text = "Raiders took lorries of blasting caps from the quarry at {}. " + RETOLD
    towns = ("Kesh", "Omra", "Talan", "Sirba", "Uvek", "Zorat")
    case = [document(text.format(t), t, "2031-03-01") for t in towns]
    assert sorted(i for s in find_stories(case, []) for i in s.documents) == sorted(d.id for d in case)


@pytest.mark.shared
def test_floors_of_the_labelled_reports(shared: Path) -> None:
    reports = shared / "data" / "syndication" / "muc3-dev.jsonl.gz"
    if not reports.is_file():
        pytest.skip(f"{reports} is not there")
    bench = load_bench("stories")
    documents = bench.read_reports(reports)
    labels = bench.read_labels(None)
    batch = bench.b_cubed(bench.by_report(find_stories(documents, []), documents), labels)
    assert batch[2] >= 0.95
    online = bench.b_cubed(bench.by_report(bench.online(documents), documents), labels)
    assert online[2] >= 0.95
