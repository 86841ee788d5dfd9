"""Claims to events: what joins, what never does, how sources are counted, what contradicts what."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tracewire.assemble import assemble
from tracewire.codebook import load_codebook
from tracewire.model import Copy, Event, Published, Record, Relation, Role, Span

Builder = Any


def run(record: Record) -> tuple[list[Event], list[Relation]]:
    return assemble(record, load_codebook())


def kinds(relations: list[Relation]) -> set[tuple[str, str | None, str | None]]:
    return {(r.type, r.aspect, r.severity) for r in relations}


def two_reports(builder: Builder, **second: Any) -> Builder:
    """Two outlets on one capture; `second` changes what the other says."""
    front, army = builder.actor("Red Front"), builder.actor("Sofa Army")
    place = builder.place("Qasr", 10.0, 20.0)
    base = {
        "roles": [("captor", front), ("loser", army)], "where": [place], "day": "2021-03-01", "item": "tank.t-72", "count": 12
    }  # fmt: skip
    one = builder.document("one.txt", "The Red Front captured tanks, a witness said.", "One")
    two = builder.document("two.txt", "Tanks were taken by the Front, an officer told Two.", "Two")
    builder.claim(one, "capture", "captured", by="witness", by_entity=builder.actor("Witness A"), **base)
    builder.claim(
        two, "capture", "taken", **(base | {"by": "officer", "by_entity": builder.actor("Officer B")} | second)
    )
    return builder


def test_two_reports_of_one_capture_are_one_event(builder: Builder) -> None:
    events, relations = run(two_reports(builder).record())
    assert [len(e.claims) for e in events] == [2]
    assert (events[0].origins.min, events[0].origins.max) == (2, 2)
    assert events[0].outlets == 2
    assert ("corroborates", None, None) in kinds(relations)
    assert events[0].materiel[0].low == events[0].materiel[0].high == 12


def test_months_apart_are_never_one(builder: Builder) -> None:
    events, _ = run(two_reports(builder, day="2021-06-01").record())
    assert len(events) == 2


def test_far_places_are_never_one(builder: Builder) -> None:
    events, _ = run(two_reports(builder, where=[builder.place("Kidal", 30.0, 40.0)]).record())
    assert len(events) == 2


def test_a_different_count_is_a_contradiction_inside_one_event(builder: Builder) -> None:
    events, relations = run(two_reports(builder, count=20).record())
    assert len(events) == 1
    assert (events[0].materiel[0].low, events[0].materiel[0].high) == (12, 20)
    assert ("contradicts", "quantity", "hard") in kinds(relations)


def test_two_days_for_one_deed_are_kept_side_by_side(builder: Builder) -> None:
    events, relations = run(two_reports(builder, day="2021-03-02").record())
    assert [(e.start, e.end) for e in events] == [("2021-03-01", "2021-03-02")]
    assert ("contradicts", "date", "soft") in kinds(relations)


def test_a_denial_joins_but_founds_nothing(builder: Builder) -> None:
    events, relations = run(two_reports(builder, polarity="-").record())
    assert [len(e.claims) for e in events] == [2]
    assert events[0].origins.max == 1
    assert ("contradicts", "occurrence", "hard") in kinds(relations)
    assert not any(r.type == "corroborates" for r in relations)


def test_a_lone_denial_is_no_event(builder: Builder) -> None:
    document = builder.document("a.txt", "Nothing was captured.", "A")
    builder.claim(document, "capture", "captured", polarity="-")
    assert run(builder.record())[0] == []


def test_conditionals_plans_and_opinions_are_no_events(builder: Builder) -> None:
    document = builder.document("a.txt", "If they captured it. They will captured2 it. captured3!", "A")
    builder.claim(document, "capture", "captured", modality="conditional")
    builder.claim(document, "capture", "captured2", modality="planned")
    builder.claim(document, "capture", "captured3", opinion=True)
    assert run(builder.record())[0] == []


def test_copies_never_corroborate(builder: Builder) -> None:
    front = builder.actor("Red Front")
    text = "The Red Front captured 12 tanks."
    first, second = builder.document("a.txt", text, "A"), builder.document("b.txt", text + " More.", "B")
    for document in (first, second):
        builder.claim(document, "capture", "captured", roles=[("captor", front)], item="tank", count=12)
    builder.claims = [replace(c, evidence=(replace(c.evidence[0], end=len(text), quote=text),)) for c in builder.claims]
    builder.copies.append(Copy(second.id, first.id, "copy", 1.0, 1.0, True, "test"))
    events, relations = run(builder.record())
    assert len(events) == 1
    assert (events[0].origins.min, events[0].origins.max, events[0].outlets) == (1, 1, 2)
    assert {r.type for r in relations} == {"derived_from"}


def test_an_unnamed_source_counts_to_the_maximum_only(builder: Builder) -> None:
    events, _ = run(two_reports(builder, by_entity=None).record())
    assert (events[0].origins.min, events[0].origins.max) == (1, 2)


def test_parts_of_one_actor_are_one_origin(builder: Builder) -> None:
    army = builder.actor("North Army")
    unit = builder.actor("North Army Press", part_of=army)
    builder = two_reports(builder, by_entity=unit)
    builder.claims[0] = replace(
        builder.claims[0],
        attribution=(replace(builder.claims[0].attribution[0], entity=army), *builder.claims[0].attribution[1:]),
    )
    assert run(builder.record())[0][0].origins.max == 1


def test_the_dead_go_to_the_attack_of_their_sentence(builder: Builder) -> None:
    document = builder.document("a.txt", "Gunmen attacked a post, killing 9 soldiers.", "A")
    place = builder.place("Qasr", 10.0, 20.0)
    builder.claim(document, "attack", "attacked", where=[place], day="2021-03-01")
    builder.claim(document, "casualty", "killing", where=[place], day="2021-03-01", dead=9)
    events, relations = run(builder.record())
    attack = next(e for e in events if e.type == "attack")
    child = next(e for e in events if e.type == "casualty")
    assert child.parent == attack.id
    assert (attack.fatalities.low, attack.fatalities.high) == (9, 9)
    assert ("sub_event_of", None, None) in kinds(relations)


def test_a_verification_finds_what_it_is_about(builder: Builder) -> None:
    document = builder.document("a.txt", "Rebels captured a tank. It could not be verified.", "A")
    deed = builder.claim(document, "capture", "captured", item="tank")
    check = builder.claim(document, "verification", "verified", polarity="-")
    _, relations = run(builder.record())
    assert [(r.source, r.type, r.target) for r in relations] == [(check.id, "undermines", deed.id)]


def test_a_denial_that_names_a_giver_is_about_that_giver(builder: Builder) -> None:
    red, blue = builder.actor("Red State"), builder.actor("Blue State")
    one, two = (
        builder.document("a.txt", "Red denied sending rifles.", "A"),
        builder.document("b.txt", "Blue sent rifles.", "B"),
    )
    place = builder.place("Qasr", 10.0, 20.0)
    base = {"item": "rifle", "where": [place], "day": "2021-03-01", "count": 40}
    builder.claim(one, "transfer", "sending", polarity="-", roles=[("giver", red)], **base)
    builder.claim(two, "transfer", "sent", roles=[("giver", blue)], **base)
    events, relations = run(builder.record())
    assert [len(e.claims) for e in events] == [1]
    assert not any(r.type == "contradicts" for r in relations)


def test_a_denial_meets_the_claim_before_it(builder: Builder) -> None:
    document = builder.document("a.txt", "Rebels captured a tank. The army denied that any vehicle was lost.", "A")
    deed = builder.claim(document, "capture", "captured", item="tank")
    denial = builder.claim(document, "loss", "lost", item="vehicle", polarity="-")
    _, relations = run(builder.record())
    assert [(r.source, r.type, r.target, r.aspect) for r in relations] == [
        (denial.id, "contradicts", deed.id, "occurrence")
    ]


def test_a_headline_that_names_other_things_contradicts_its_text(builder: Builder) -> None:
    document = builder.document("a.txt", "Rebels seize tanks\n\nRebels captured pickup trucks.", "A")
    title = builder.claim(document, "capture", "seize", item="tank", segment="title")
    text = builder.claim(document, "capture", "captured", item="vehicle")
    _, relations = run(builder.record())
    assert [(r.source, r.target, r.aspect) for r in relations if r.type == "contradicts"] == [
        (title.id, text.id, "item")
    ]


def test_two_sides_counting_the_dead_of_one_report(builder: Builder) -> None:
    document = builder.document("a.txt", "17 soldiers died, rebels said. The army put the killed at 12 soldiers.", "A")
    victims = Role("victim", None, Span(3, 11, "soldiers"), "stated")
    builder.claim(document, "casualty", "died", by="rebels", dead=17)
    builder.claim(document, "casualty", "killed", by="army", dead=12)
    builder.claims = [replace(c, roles=(victims,)) for c in builder.claims]
    events, relations = run(builder.record())
    assert [(e.fatalities.low, e.fatalities.high) for e in events] == [(12, 17)]
    assert [(r.type, r.aspect, r.severity, r.why) for r in relations] == [
        ("contradicts", "quantity", "hard", "12 against 17 killed")
    ]


def test_undated_reports_months_apart_tell_of_two_deeds(builder: Builder) -> None:
    builder = two_reports(builder, day=None)
    early, late = (Published(day, day, "given", True) for day in ("2021-03-02", "2021-06-02"))
    dates = {"one.txt": early, "two.txt": late}
    builder.documents = {n: replace(d, published=dates[n]) for n, d in builder.documents.items()}
    assert len(run(builder.record())[0]) == 2


def test_an_empty_attack_is_no_event(builder: Builder) -> None:
    builder.claim(builder.document("a.txt", "After the raid it rained.", "A"), "attack", "raid")
    assert run(builder.record())[0] == []


def test_the_same_sentence_later_comes_from_the_earlier(builder: Builder) -> None:
    text = "The experts wrote that the Red Front captured 12 tanks near Qasr."
    first, second = builder.document("a.txt", text, "A"), builder.document("b.txt", "He quotes: \n" + text, "B")
    for document, day in ((first, "2021-03-01"), (second, "2021-05-01")):
        builder.documents[document.name] = replace(document, published=Published(day, day, "given", True))
        builder.claim(document, "capture", "captured", item="tank", count=12)
    _, relations = run(builder.record())
    assert [(r.source, r.type, r.target) for r in relations if r.type == "derived_from"] == [
        (builder.claims[1].id, "derived_from", builder.claims[0].id)
    ]


def test_vehicles_and_their_model_are_one_of_a_kind(builder: Builder) -> None:
    builder = two_reports(builder, item="armoured-vehicle")
    assert [len(e.claims) for e in run(builder.record())[0]] == [2]


def test_a_refusal_is_about_the_deed_that_it_names(builder: Builder) -> None:
    text = "Planes delivered rifles. Troops entered Qasr. He would not confirm the deliveries."
    document = builder.document("a.txt", text, "A")
    deed = builder.claim(document, "transfer", "delivered", item="rifle")
    builder.claim(document, "movement", "entered", where=[builder.place("Qasr", 10.0, 20.0)])
    check = builder.claim(document, "verification", "confirm", polarity="-")
    _, relations = run(builder.record())
    assert (check.id, deed.id) in {(r.source, r.target) for r in relations}


def test_order_of_claims_does_not_matter(builder: Builder) -> None:
    record = two_reports(builder, count=20).record()
    assert run(record) == run(replace(record, claims=tuple(reversed(record.claims))))


def test_a_rejected_claim_leaves_its_event(builder: Builder) -> None:
    builder = two_reports(builder)
    builder.claims[1] = replace(builder.claims[1], judgement="rejected")
    events, _ = run(builder.record())
    assert [len(e.claims) for e in events] == [1]
