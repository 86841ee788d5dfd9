"""Actors that only the texts know: which names are one actor's, and what reviewers decide over that."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracewire.model import Judgement
from tracewire.resolve.actor_likeness import group_likeness, is_short_for, person_likeness, same_word
from tracewire.resolve.actor_links import Decisions, Split, Unknown, decisions, link_actors
from tracewire.resolve.names import marked_words

NAMES = st.lists(
    st.sampled_from(["zahra", "salt", "lions", "front", "brigade", "army", "of", "new", "7th", "12th", "dawn"]),
    min_size=1,
    max_size=4,
).map(" ".join)


def groups(*names: str, scope: str = "") -> list[Unknown]:
    return [Unknown(f"e{i}", "group", name, scope) for i, name in enumerate(names)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lions of Salt Brigade", "Salt Lions Brigade"),
        ("Tin Zara Self-Defense Battalion", "Tin Zara Self-Defence Battalion"),
        ("Salt Town's Emergency Room", "Salt Town Emergency Room"),
        ("Salt Wells Alliance", "Salt Wells Aliance"),
        ("Katibat al-Nahr", "Kateebat al-Nahr"),
        ("7th Mountain Brigade", "7 Mountain Brigade"),
    ],
)
def test_one_group_in_two_spellings(one: str, other: str) -> None:
    assert group_likeness(one, other) is not None
    assert group_likeness(other, one) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("7th Brigade of Salt", "12th Brigade of Salt"),
        ("Eastern Salt Front", "Western Salt Front"),
        ("Real Lions of Salt", "Lions of Salt"),
        ("Salt Lions Brigade", "Salt Wells Brigade"),
        ("Northern Zahra Council", "Southern Zahra Council"),
        ("Salt Lions Brigade", "Salt Lions Council"),
    ],
)
def test_two_groups(one: str, other: str) -> None:
    assert group_likeness(one, other) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Serhiy Mostovyi", "Sergei Mostovoy", True),
        ("Salim Khamada", "Saleem Hamada", True),
        ("Maria Nieves Solarte", "Nieves Solarte", True),
        ("Milad al-Fituri", "Milad Fitouri", True),
        ("Hassan Khamada", "Hussein Khamada", False),
        ("Hamid Salt", "Hamad Salt", False),
        ("Yusuf Khamada", "Salim Khamada", False),
        ("Khamada", "Salim Khamada", False),
        ("Salim Khamada", "Salim Rahal", False),
    ],
)
def test_people(one: str, other: str, same: bool) -> None:
    assert (person_likeness(one, other) is not None) is same
    assert (person_likeness(other, one) is not None) is same


def test_east_and_west_do_not_sound_alike() -> None:
    assert marked_words("Eastern Command") != marked_words("Western Command")


def test_short_names_need_a_telling_word_and_the_same_kind() -> None:
    assert is_short_for("Zahra Battalion", "Zahra Self-Defence Battalion")
    assert is_short_for("61st Brigade", "61st Separate Mechanized Brigade")
    assert not is_short_for("Zahra Council", "Zahra Self-Defence Battalion")
    assert not is_short_for("Defence Battalion", "Zahra Self-Defence Battalion")
    assert not is_short_for("62nd Brigade", "61st Separate Mechanized Brigade")


def test_a_short_name_that_two_full_names_hold_stays_alone() -> None:
    one = groups("Zahra Battalion", "Zahra Self-Defence Battalion")
    assert {old: new for old, (new, _) in link_actors(one).items()} == {"e0": "e1"}
    assert link_actors(groups("Zahra Battalion", "Zahra Mountain Battalion", "Zahra Self-Defence Battalion")) == {}


def test_names_of_common_words_stay_in_their_country() -> None:
    assert link_actors([Unknown("e1", "group", "7th Brigade", "ML"), Unknown("e2", "group", "7 Brigade", "SY")]) == {}


def test_people_and_groups_are_never_one() -> None:
    assert link_actors([Unknown("e1", "group", "Salim Umar", ""), Unknown("e2", "person", "Salim Umar", "")]) == {}


@example(["zahra zahra", "zahra salt", "zahra zahra salt"])
@given(st.lists(NAMES, min_size=1, max_size=7, unique=True))
def test_the_order_of_names_and_an_unrelated_one_change_nothing(names: list[str]) -> None:
    items = [Unknown(f"e{name}", "group", name, "") for name in names]
    joined = link_actors(items)
    assert joined == link_actors(items[::-1])
    assert joined == link_actors([*items, Unknown("ex", "group", "Union of Glass Makers", "")])
    assert all(new not in joined for new, _ in joined.values())


@given(NAMES, NAMES)
def test_likeness_is_even_handed(one: str, other: str) -> None:
    assert group_likeness(one, other) == group_likeness(other, one)
    assert same_word(one.split()[0], other.split()[0]) == same_word(other.split()[0], one.split()[0])


def judgement(number: int, what: str, on: str, undone: bool = False, **change: list[str]) -> Judgement:
    at = f"2026-01-0{number}T00:00:00Z"
    return Judgement(f"j{number}", at, "ana", what, on, change, "seen", undone)  # type: ignore[arg-type]


def test_decisions_are_read_from_standing_judgements_in_order() -> None:
    found = decisions(
        [
            judgement(2, "split", "e1", forms=["Salt"], documents=["d1"]),
            judgement(1, "merge", "e1", actors=["e1", "e2"]),
            judgement(3, "merge", "e1", undone=True, actors=["e1", "e3"]),
            judgement(4, "merge", "v1", claims=["c1"]),
            judgement(5, "split", "e1"),
        ]
    )
    assert found.together == (("e1", "e2"),)
    assert found.splits == (Split("e1", frozenset({"Salt"}), frozenset({"d1"})),)


def test_merges_go_over_what_likeness_proposes_and_leave_out_who_is_not_there() -> None:
    decided = Decisions(together=(("e3", "e2"), ("e9", "e3"), ("e3", "e2")))
    assert decided.joined({"e1": "e2"}, {"e1", "e2", "e3"}) == {"e1": "e3", "e2": "e3"}
