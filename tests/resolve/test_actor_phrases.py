"""Who is meant by what stands around a name: backers, descriptions, second names, headlines, slips."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tracewire.codebook import Codebook
from tracewire.model import Mention
from tracewire.resolve.actor_words import core_names, without_attached

from .test_actors import GROUP, PERSON, Case

ZAHRA = ("Zahra Liberation Front", "stated")


@pytest.fixture
def who(codebook: Codebook, mentions_of: Callable[..., tuple[Mention, ...]]) -> Case:
    return Case(codebook, mentions_of)


@pytest.mark.parametrize(
    "phrase",
    ["US-backed rebels", "Rebels backed by Syria", "American-trained fighters", "Mali-allied faction",
     "Syrian-funded militiamen", "troops led by American officers", "Western-backed rebels", "US-aligned force"],
)  # fmt: skip
def test_a_backer_is_never_who_is_meant(who: Case, phrase: str) -> None:
    assert who.one(f"It was the {phrase} who left Syria and Mali.", (GROUP, "nominal", phrase)) == [None]


@pytest.mark.parametrize(
    "phrase", ["Syria-backed Zahra Front fighters", "US-trained ZLF", "Syrian Based ZLF Terrorists"]
)
def test_whoever_backs_a_named_group_the_group_is_meant(who: Case, phrase: str) -> None:
    assert who.one(f"It was {phrase} who left Syria.", (GROUP, "name", phrase)) == [ZAHRA]


def test_an_unknown_group_is_named_without_its_backer(who: Case) -> None:
    who.one("The Qasr-affiliated Lions of Hawra left Syria.", (GROUP, "name", "Qasr-affiliated Lions of Hawra"))
    assert [entity.name for entity in who.entities.values()] == ["Lions of Hawra"]
    assert without_attached("the Qasr-backed Lions") == "Lions"


def test_the_name_after_a_description(who: Case) -> None:
    assert "Zahra Front" in core_names("Syrian Shia militant group Zahra Front")
    text = "The Syrian Shia militant group Zahra Front left."
    assert who.one(text, (GROUP, "name", "Syrian Shia militant group Zahra Front")) == [ZAHRA]


def test_a_second_name_in_apposition_is_the_same_group(who: Case) -> None:
    text = "The militia Sons of Hawra, or Zahra Liberation Front, left Syria. Sons of Hawra fled."
    wanted = [
        (GROUP, "name", "Sons of Hawra"),
        (GROUP, "name", "Zahra Liberation Front"),
        (GROUP, "name", "Sons of Hawra"),
    ]
    assert who.one(text, *wanted) == [ZAHRA] * 3
    two = who.one(
        "The Sons of Hawra or the Lions of Qasr left.",
        (GROUP, "name", "Sons of Hawra"),
        (GROUP, "name", "Lions of Qasr"),
    )
    assert two[0] != two[1]


def test_two_known_groups_stay_two_whatever_stands_between(who: Case) -> None:
    text = "The Zahra Liberation Front, or Army of Dawn, left Syria."
    found = who.one(text, (GROUP, "name", "Zahra Liberation Front"), (GROUP, "name", "Army of Dawn"), year=2015)
    assert [f and f[0] for f in found] == ["Zahra Liberation Front", "Army of Dawn"]


def test_another_of_a_kind_is_not_the_kind(who: Case) -> None:
    found = who.one(
        "Another Zahra Front met the Zahra Front in Syria.",
        (GROUP, "nominal", "Zahra Front"),
        (GROUP, "name", "Zahra Front"),
    )
    assert found == [None, ZAHRA]


def test_people_of_a_faith_are_no_short_form(who: Case) -> None:
    text = "The Shiite Lions Battalion met Shiite militias in Syria."
    found = who.one(text, (GROUP, "name", "Shiite Lions Battalion"), (GROUP, "nominal", "Shiite militias"))
    assert found[1] is None


def test_an_actor_is_named_by_its_names_before_descriptions(who: Case) -> None:
    text = "The Hawra Column left. The fierce fighters of the Hawra Column in the hills fled."
    who.one(text, (GROUP, "name", "Hawra Column"), (GROUP, "nominal", "fierce fighters of the Hawra Column"))
    assert [entity.name for entity in who.entities.values()] == ["Hawra Column"]


def test_a_group_that_a_reader_took_for_somebody(who: Case) -> None:
    assert who.one("Zahra Front has left Syria.", (PERSON, "name", "Zahra Front")) == [ZAHRA]
    text = "The Harakat Hawra Salim fled. Harakat Hawra Salim has lost."
    first, second = who.one(text, (GROUP, "name", "Harakat Hawra Salim"), (PERSON, "name", "Harakat Hawra Salim"))
    assert first == second


def test_a_slip_in_a_surname_inside_one_report(who: Case) -> None:
    names = [(PERSON, "name", "Nadir Maarouf"), (PERSON, "name", "Nadir Massourf")]
    found = who.one("Nadir Maarouf fled. Nadir Massourf had men.", *names)
    assert len({one and one[0] for one in found}) == 1
    other = [(PERSON, "name", "Nadir Abdallahi"), (PERSON, "name", "Nadir Abdelaziz")]
    found = who.one("Nadir Abdallahi met Nadir Abdelaziz.", *other)
    assert len({one and one[0] for one in found}) == 2


def test_us_in_capitals_is_no_pronoun(who: Case) -> None:
    assert who.one("Rebels Gain US Weapons in Syria", (GROUP, "pronoun", "US")) == [("United States", "stated")]
    assert who.one("They told us of it in Syria", (GROUP, "pronoun", "us")) == [None]


def test_a_text_opens_with_whom_it_names_later(who: Case) -> None:
    text = "Rebels overrun a post in Syria.\n\nThe Zahra Liberation Front said so."
    wanted = (GROUP, "nominal", "Rebels"), (GROUP, "name", "Zahra Liberation Front")
    assert who.one(text, *wanted) == [("Zahra Liberation Front", "inferred"), ZAHRA]
    unknown = text.replace("Rebels", "Gunmen")
    assert who.one(unknown, (GROUP, "nominal", "Gunmen"), wanted[1]) == [None, ZAHRA]


def test_what_a_coalition_flies_is_the_coalition(who: Case) -> None:
    text = "The Hawra Coalition entered Syria. Coalition warplanes struck, and coalition troops followed."
    wanted = [
        (GROUP, "name", "Hawra Coalition"),
        (GROUP, "nominal", "Coalition warplanes"),
        (GROUP, "nominal", "coalition troops"),
    ]
    assert [one and one[0] for one in who.one(text, *wanted)] == ["Hawra Coalition"] * 3


def test_the_general_staff_is_an_agency_of_the_state(who: Case) -> None:
    text = "Syrian troops fled. The general staff of the country denied it. Syria and Syrian media were silent."
    wanted = [(GROUP, "nominal", "Syrian troops"), (GROUP, "nominal", "general staff")]
    army, staff = who.one(text, *wanted)
    assert army == ("Syrian Armed Forces", "stated")
    assert staff == ("general staff of Syria", "inferred")


def test_an_army_post_in_a_headline_is_the_army_of_the_text(who: Case) -> None:
    text = "Rebels take army post\n\nSyrian troops left the post in Syria, officials in Damascus said."
    wanted = [(GROUP, "nominal", "army post"), (GROUP, "nominal", "Syrian troops")]
    assert who.one(text, *wanted) == [("Syrian Armed Forces", "inferred"), ("Syrian Armed Forces", "stated")]


def test_abbreviated_units_and_surnames_in_another_spelling_join_over_a_case(who: Case) -> None:
    first = (
        "The 9th Hawra Brigade of Nayef al-Harthy left Syria.",
        [(GROUP, "name", "9th Hawra Brigade"), (PERSON, "name", "Nayef al-Harthy")],
    )
    second = ("The 9th Hawra Bde of Harthi fled.", [(GROUP, "name", "9th Hawra Bde"), (PERSON, "name", "Harthi")])
    assert len({one for report in who(first, second) for one in report}) == 2


def test_a_state_after_an_article_is_still_the_state(who: Case) -> None:
    assert who.one("He is a US citizen in Syria.", (GROUP, "nominal", "US")) == [("United States", "stated")]
