"""Claims about claims, retellings, and the dead of one day."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest

from tracewire.assemble import assemble
from tracewire.assemble.victims import kinds_of, other_people, other_side
from tracewire.codebook import load_codebook
from tracewire.model import Event, Published, Record, Relation, Role, Span, Story

Builder = Any


def run(record: Record) -> tuple[list[Event], list[Relation]]:
    return assemble(record, load_codebook())


def of_one_story(builder: Builder) -> Record:
    record = builder.record()
    return replace(record, stories=(Story("s1", tuple(d.id for d in record.documents), "a story"),))


@pytest.mark.parametrize(
    ("words", "trigger", "polarity", "expected"),
    [
        ("The ministry denied it.", "denied", "-", ("contradicts", "occurrence")),
        ("The ministry called it a lie.", "called", "-", ("contradicts", "occurrence")),
        ("The ministry declined to comment.", "declined to comment", "-", ("neither_confirms_nor_denies", None)),
        ("The ministry did not reply.", "reply", "-", ("neither_confirms_nor_denies", None)),
        ("The film was debunked.", "debunked", "+", ("undermines", "certainty")),
        ("We could not verify it.", "verify", "-", ("undermines", "certainty")),
        ("A general confirmed it.", "confirmed", "+", ("corroborates", None)),
    ],
)
def test_what_a_verification_says(
    builder: Builder, words: str, trigger: str, polarity: str, expected: tuple[str, str | None]
) -> None:
    document = builder.document("a.txt", f"Rebels captured a tank. {words}", "A")
    deed = builder.claim(document, "capture", "captured", item="tank")
    check = builder.claim(document, "verification", trigger, polarity=polarity)
    _, relations = run(builder.record())
    assert [(r.source, r.target, r.type, r.aspect) for r in relations] == [(check.id, deed.id, *expected)]


def test_a_check_yet_to_come_says_nothing(builder: Builder) -> None:
    document = builder.document("a.txt", "Rebels captured a tank. Should the panel confirm it, sanctions follow.", "A")
    builder.claim(document, "capture", "captured", item="tank")
    builder.claim(document, "verification", "confirm", modality="conditional")
    assert run(builder.record())[1] == []


def test_a_denial_is_about_what_its_speaker_is_said_to_have_done(builder: Builder) -> None:
    red, blue = builder.actor("Red State"), builder.actor("Blue Front")
    text = "Red sent rifles to the hills. Blue fighters entered Kadru. Red rejected the story."
    document = builder.document("a.txt", text, "A")
    deed = builder.claim(document, "transfer", "sent", roles=[("giver", red)], item="rifle")
    builder.claim(document, "movement", "entered", roles=[("actor", blue)])
    denial = builder.claim(document, "verification", "rejected", polarity="-", roles=[("speaker", red)])
    assert [(r.source, r.target) for r in run(builder.record())[1]] == [(denial.id, deed.id)]


def test_a_denial_elsewhere_in_the_story_meets_the_report(builder: Builder) -> None:
    red, army = builder.actor("Red Front"), builder.actor("Sofa Army")
    one = builder.document("one.txt", "Red Front captured nine tanks of the army.", "One")
    two = builder.document("two.txt", "The general denied that a tank was lost.", "Two")
    deed = builder.claim(one, "capture", "captured", roles=[("captor", red), ("loser", army)], item="tank", count=9)
    denial = builder.claim(two, "loss", "lost", roles=[("loser", army)], item="tank", polarity="-")
    _, relations = run(of_one_story(builder))
    assert [(r.source, r.type, r.target) for r in relations] == [(denial.id, "contradicts", deed.id)]
    assert run(builder.record())[1] == []  # nothing says that the two texts belong together


def test_a_retelling_is_the_same_event_though_its_day_is_only_lent(builder: Builder) -> None:
    one = builder.document("one.txt", "Gunmen seized eleven lorries and a crane near the old mill at Kadru.", "One")
    two = builder.document("two.txt", "Eleven lorries and a crane were seized near the old mill, it emerged.", "Two")
    builder.claim(one, "capture", "seized", item="vehicle", day="2021-03-01")
    builder.claim(two, "capture", "seized", item="vehicle", day="2021-03-05")
    builder.claims[1] = replace(builder.claims[1], date=replace(builder.claims[1].date, basis="inferred"))
    assert [len(e.claims) for e in run(builder.record())[0]] == [2]
    builder.claims[1] = replace(builder.claims[1], date=replace(builder.claims[1].date, basis="stated"))
    assert [len(e.claims) for e in run(builder.record())[0]] == [1, 1]


def _dead(builder: Builder, name: str, words: str, victims: str, dead: int) -> None:
    document = builder.document(name, words, name)
    start = words.index(victims)
    claim = builder.claim(document, "casualty", "killed", dead=dead, day="2021-03-01", by=name)
    role = Role("victim", None, Span(start, start + len(victims), victims), "stated")
    builder.claims[builder.claims.index(claim)] = replace(claim, roles=(role,))


def test_soldiers_dead_on_one_day_in_one_story_are_one_event_and_villagers_another(builder: Builder) -> None:
    _dead(builder, "a.txt", "Nine soldiers were killed at the ford.", "soldiers", 9)
    _dead(builder, "b.txt", "Rebels said that 27 troops had been killed.", "troops", 27)
    _dead(builder, "c.txt", "Four villagers were killed by a mine.", "villagers", 4)
    events, relations = run(of_one_story(builder))
    assert sorted((e.fatalities.low, e.fatalities.high) for e in events) == [(4, 4), (9, 27)]
    assert [(r.type, r.aspect) for r in relations if r.type == "contradicts"] == [("contradicts", "quantity")]


def test_tolls_of_two_sides_do_not_contradict(builder: Builder) -> None:
    _dead(builder, "a.txt", "Nine soldiers were killed at the ford.", "soldiers", 9)
    _dead(builder, "b.txt", "The army said that 40 rebels had been killed.", "rebels", 40)
    assert not [r for r in run(of_one_story(builder))[1] if r.type == "contradicts"]


def test_kinds_of_victims() -> None:
    assert kinds_of(["soldiers", "Villagers", "men"]) == {"state", "civilian"}
    assert other_people(kinds_of(["pupils"]), kinds_of(["rebels"]))
    assert not other_people(kinds_of(["men"]), kinds_of(["rebels"]))
    assert other_side(kinds_of(["soldiers"]), kinds_of(["militants"]))
    assert not other_side(kinds_of(["people"]), kinds_of(["militants"]))


def test_ten_thousand_copies_of_one_claim_are_one_event_at_once(builder: Builder) -> None:
    document = builder.document("one.txt", "Red Front captured nine tanks of the army.", "One")
    day = Published("2021-03-02", "2021-03-02", "given", True)
    document = builder.documents["one.txt"] = replace(document, published=day)
    builder.claim(document, "capture", "captured", item="tank", count=9, day="2021-03-01")
    record = builder.record()
    numbers = range(10_000)
    many = replace(
        record,
        documents=tuple(replace(document, id=f"d{n}") for n in numbers),
        claims=tuple(replace(record.claims[0], id=f"c{n}", document=f"d{n}") for n in numbers),
    )
    began = time.process_time()
    events, _ = run(many)
    assert [len(e.claims) for e in events] == [10_000]
    assert time.process_time() - began < 60  # a comparison of all pairs takes minutes
