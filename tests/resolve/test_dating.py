"""When the deeds of a report took place: stated, shared, lent, bounded; the rule stays on the claim."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tracewire.model import ClaimDate, Mention, Published, ReadClaim, Span
from tracewire.resolve.context import TextView
from tracewire.resolve.dating import ClaimDates
from tracewire.testing import make_document

PUBLISHED = Published("2022-03-17", "2022-03-17", "test", True)  # a Thursday
FIGHT = "Rebels attacked the post on Monday. "


def dated(
    text: str, claims: list[tuple[str, str, dict[str, Any]]], times: list[str], published: Published | None = PUBLISHED
) -> list[ClaimDate]:
    """The dates of claims (type, trigger, more); `times` are the time phrases that the reader marked."""
    document = make_document(text, published=published)
    sentences = [s.strip() + "." for s in text.split(". ")]
    read, mentions = [], []
    for words in times:
        at = text.index(words)
        mentions.append(Mention(document.id, Span(at, at + len(words), words), "TIME", "name"))
    for type_, trigger, more in claims:
        at = text.index(trigger)
        sentence = next(
            s.rstrip(".") for s in sentences if text.index(s.rstrip(".")) <= at < text.index(s.rstrip(".")) + len(s)
        )
        start = text.index(sentence)
        evidence = (Span(start, start + len(sentence), sentence),)
        read.append(ReadClaim(type_, Span(at, at + len(trigger), trigger), evidence, "body", **more))
    dates = ClaimDates(document, TextView(document), mentions, read)
    return [dates.date(n, claim) for n, claim in enumerate(read)]


def short(found: ClaimDate) -> tuple[str, str, str, str]:
    return found.start or "-", found.end or "-", found.basis, found.rule


def test_the_own_phrase_comes_first() -> None:
    (found,) = dated(FIGHT, [("attack", "attacked", {"times": (0,)})], ["on Monday"])
    assert short(found) == ("2022-03-14", "2022-03-14", "stated", "weekday_before_publication")


def test_a_phrase_that_no_deed_has_taken_dates_its_sentence() -> None:
    (found,) = dated(FIGHT, [("attack", "attacked", {})], ["on Monday"])
    assert short(found) == ("2022-03-14", "2022-03-14", "inferred", "shared: weekday_before_publication")


def test_the_dead_have_the_day_of_the_fight_not_of_the_display() -> None:
    text = FIGHT + "The rifles were shown to reporters on Wednesday. Nine men were killed."
    claims = [
        ("attack", "attacked", {"times": (0,)}),
        ("possession", "shown", {"times": (1,)}),
        ("casualty", "killed", {}),
    ]
    found = dated(text, claims, ["on Monday", "on Wednesday"])
    assert short(found[2])[:3] == ("2022-03-14", "2022-03-14", "inferred")


def test_an_answer_lies_between_the_deed_and_the_report() -> None:
    text = FIGHT + "The ministry denied the loss."
    found = dated(text, [("attack", "attacked", {"times": (0,)}), ("verification", "denied", {})], ["on Monday"])
    assert short(found[1]) == ("2022-03-14", "2022-03-17", "publication", "between_deed_and_publication")


def test_what_is_told_on_a_day_is_not_dated_later() -> None:
    text = "The army said on Wednesday that it had taken the town."
    (found,) = dated(text, [("control", "taken", {})], ["on Wednesday"])
    assert short(found) == ("2022-03-15", "2022-03-16", "inferred", "day_of_saying")


def test_a_comparison_dates_nothing() -> None:
    text = FIGHT + "It was the heaviest fighting there since 2021."
    found = dated(
        text,
        [("attack", "attacked", {"times": (0,)}), ("clash", "fighting", {"times": (1,)})],
        ["on Monday", "since 2021"],
    )
    assert short(found[1])[:2] == ("2022-03-14", "2022-03-14")


def test_what_went_before_does_not_take_the_day_of_its_sentence() -> None:
    text = "On Monday rebels seized missiles that the coalition had given to the army."
    found = dated(text, [("capture", "seized", {"times": (0,)}), ("transfer", "given", {})], ["On Monday"])
    assert found[1].start != "2022-03-14" or found[1].basis == "publication"


def test_plans_lie_ahead() -> None:
    (found,) = dated("They plan to attack the post.", [("attack", "attack", {"modality": "planned"})], [])
    assert short(found) == ("2022-03-17", "-", "publication", "after_publication")


def test_nothing_known_stays_open() -> None:
    (found,) = dated("Rebels attacked the post.", [("attack", "attacked", {})], [], None)
    assert short(found) == ("-", "-", "publication", "undated")


@given(st.sampled_from(["The river is wide.", "Nobody lives there.", "A road leads north."]))
def test_an_unrelated_sentence_changes_no_date(sentence: str) -> None:
    claims = [("attack", "attacked", {"times": (0,)}), ("casualty", "killed", {})]
    text = FIGHT + "Nine men were killed."
    assert [short(d) for d in dated(f"{text} {sentence}", claims, ["on Monday"])] == [
        short(d) for d in dated(text, claims, ["on Monday"])
    ]
