"""The dead and the spoils of a fight are part of it; every join says why."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tracewire.assemble import assemble, joins
from tracewire.codebook import load_codebook
from tracewire.model import Event, Record, Story

Builder = Any


def run(record: Record) -> dict[str, Event]:
    return {e.type: e for e in assemble(record, load_codebook())[0]}


def of_one_story(record: Record) -> Record:
    return replace(record, stories=(Story("s1", tuple(d.id for d in record.documents), "a story"),))


def test_spoils_told_in_the_sentence_of_an_attack_are_part_of_it(builder: Builder) -> None:
    document = builder.document("a.txt", "Rebels attacked the post, took nine rifles and left.", "A")
    place = builder.place("Kadru", 10.0, 20.0)
    builder.claim(document, "attack", "attacked", where=[place])
    builder.claim(document, "capture", "took", item="rifle", count=9)
    events = run(builder.record())
    assert events["capture"].parent == events["attack"].id
    assert events["attack"].parent is None


def test_another_report_of_the_story_at_that_place_on_that_day(builder: Builder) -> None:
    place = builder.place("Kadru", 10.0, 20.0)
    one, two = builder.document("a.txt", "Rebels attacked Kadru.", "A"), builder.document("b.txt", "Nine died.", "B")
    builder.claim(one, "attack", "attacked", where=[place], day="2021-03-01")
    builder.claim(two, "casualty", "died", dead=9, where=[place], day="2021-03-01")
    assert run(of_one_story(builder.record()))["casualty"].parent is not None
    assert run(builder.record())["casualty"].parent is None  # two reports that nothing ties together


def test_other_days_and_other_places_are_no_part(builder: Builder) -> None:
    here, there = builder.place("Kadru", 10.0, 20.0), builder.place("Sofa", 14.0, 20.0)
    document = builder.document("a.txt", "Rebels attacked Kadru. Nine rifles were seized in Sofa.", "A")
    builder.claim(document, "attack", "attacked", where=[here], day="2021-03-01")
    builder.claim(document, "capture", "seized", item="rifle", where=[there], day="2021-03-01")
    assert run(of_one_story(builder.record()))["capture"].parent is None


def test_every_join_says_why(builder: Builder) -> None:
    front, place = builder.actor("Red Front"), builder.place("Kadru", 10.0, 20.0)
    for name, word in (("a.txt", "captured"), ("b.txt", "seized"), ("c.txt", "took")):
        document = builder.document(name, f"The Front {word} tanks, says {name}.", name)
        builder.claim(
            document, "capture", word, roles=[("captor", front)], item="tank", where=[place], day="2021-03-01"
        )
    record = builder.record()
    (event,) = assemble(record, load_codebook())[0]
    found = joins(record, load_codebook(), event.claims)
    assert len(found) == 2
    assert all("date: the same day" in j.why and "named actor: same agent" in j.why for j in found)
    assert joins(record, load_codebook(), event.claims[:1]) == []
