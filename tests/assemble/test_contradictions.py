"""What is at odds, between whom, and what is not; what came of a deed; denials."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tracewire.assemble import assemble
from tracewire.codebook import load_codebook
from tracewire.model import Event, Published, Relation, Role, Span, Story

Builder = Any
DAY = "2021-03-01"


def run(builder: Builder) -> tuple[list[Event], list[Relation]]:
    """All documents in one story, out on the days of their order."""
    record = builder.record()
    days = {d.id: n for n, d in enumerate(builder.documents.values(), start=2)}
    documents = [
        replace(d, published=Published(f"2021-03-{days[d.id]:02}", f"2021-03-{days[d.id]:02}", "given", True))
        for d in record.documents
    ]
    story = Story("s1", tuple(sorted(days)), "a story")
    return assemble(replace(record, documents=tuple(documents), stories=(story,)), load_codebook())


def disputes(relations: list[Relation]) -> set[tuple[frozenset[str], str | None, str | None]]:
    return {(frozenset((r.source, r.target)), r.aspect, r.severity) for r in relations if r.type == "contradicts"}


def sides(builder: Builder) -> tuple[str, str, str]:
    return builder.actor("Red Front"), builder.actor("Sofa Army"), builder.place("Qasr", 10.0, 20.0)


def taken(builder: Builder, name: str, front: str, army: str, place: str, count: int, by: str) -> Any:
    text = f"The Red Front captured {count} tanks at Qasr, the {by} of {name} said."
    return builder.claim(
        builder.document(f"{name}.txt", text, name), "capture", "captured", by=by,
        by_entity=builder.actor(f"{by} {name}"), roles=[("captor", front), ("loser", army)], where=[place], day=DAY,
        item="tank.t-72", count=count,
    )  # fmt: skip


def test_each_pair_of_values_is_told_once_between_its_first_claims(builder: Builder) -> None:
    front, army, place = sides(builder)
    told = (("A", 12), ("B", 12), ("C", 9))
    twelve, again, nine = (taken(builder, name, front, army, place, count, "witness") for name, count in told)
    events, relations = run(builder)
    assert len(events) == 1
    assert disputes(relations) == {(frozenset((twelve.id, nine.id)), "quantity", "hard")}
    assert again.id not in {r.target for r in relations if r.type == "contradicts"}


def test_what_one_took_another_still_has(builder: Builder) -> None:
    front, army, place = sides(builder)
    capture = taken(builder, "A", front, army, place, 4, "witness")
    held = builder.claim(
        builder.document("b.txt", "Our tanks stand in the yard, the army said.", "B"), "possession", "stand",
        by="army", by_entity=army, roles=[("holder", army)], day=DAY, item="tank.t-72", count=4,
    )  # fmt: skip
    events, relations = run(builder)
    assert len(events) == 1
    assert (frozenset((capture.id, held.id)), "holder", "hard") in disputes(relations)


def test_each_side_says_it_took_from_the_other(builder: Builder) -> None:
    front, army, place = sides(builder)
    one = taken(builder, "A", front, army, place, 4, "witness")
    two = taken(builder, "B", army, front, place, 7, "officer")
    events, relations = run(builder)
    assert len(events) == 2
    assert (frozenset((one.id, two.id)), "captor", "hard") in disputes(relations)


def test_who_left_a_place_and_who_took_it_tell_of_one_fight(builder: Builder) -> None:
    front, army, place = sides(builder)
    took = builder.claim(
        builder.document("a.txt", "The Red Front drove the army off Qasr.", "A"), "control", "drove", by="front",
        by_entity=front, roles=[("actor", front), ("loser", army)], where=[place], day=DAY,
    )  # fmt: skip
    left = builder.claim(
        builder.document("b.txt", "We left Qasr of our own accord.", "B"), "movement", "left", by="army",
        by_entity=army, roles=[("actor", army)], where=[place], day=DAY,
    )  # fmt: skip
    events, relations = run(builder)
    assert [len(e.claims) for e in events] == [2]
    assert (frozenset((took.id, left.id)), "mode", "soft") in disputes(relations)


def test_a_denial_of_all_joins_no_two_deliveries(builder: Builder) -> None:
    giver, taker = builder.actor("Oria"), builder.actor("Red Front")
    both = [("giver", giver), ("recipient", taker)]
    one = builder.claim(
        builder.document("a.txt", "Oria gave the Red Front mortars in March, a panel said.", "A"), "transfer", "gave",
        by="panel", by_entity=builder.actor("Panel"), roles=both, day="2021-03-01", item="mortar",
    )  # fmt: skip
    two = builder.claim(
        builder.document("b.txt", "Oria sent the Red Front rifles in January, monitors said.", "B"), "transfer", "sent",
        by="monitors", by_entity=builder.actor("Monitors"), roles=both, day="2021-01-05", item="rifle",
    )  # fmt: skip
    denial = builder.claim(
        builder.document("c.txt", "We have supplied no weapons, Oria said.", "C"), "transfer", "supplied", by="Oria",
        by_entity=giver, roles=both, item="weapons", polarity="-",
    )  # fmt: skip
    events, relations = run(builder)
    assert all(not {one.id, two.id} <= set(e.claims) for e in events)
    assert {(frozenset((denial.id, c.id)), "giver", "hard") for c in (one, two)} & disputes(relations)


def test_a_count_by_somebody_who_looked(builder: Builder) -> None:
    front, army, place = sides(builder)
    nine = taken(builder, "A", front, army, place, 9, "witness")
    shown = builder.document("b.txt", "The Front captured tanks at Qasr. I count eight in the video.", "B")
    builder.claim(
        shown,
        "capture",
        "captured",
        roles=[("captor", front), ("loser", army)],
        where=[place],
        day=DAY,
        item="tank.t-72",
    )
    eight = builder.claim(shown, "verification", "count", item="tank.t-72", count=8)
    _, relations = run(builder)
    assert (frozenset((nine.id, eight.id)), "quantity", "hard") in disputes(relations)


def test_a_check_that_confirms_nothing_corroborates_nothing(builder: Builder) -> None:
    document = builder.document("a.txt", "Rebels captured a tank. The picture is from another war.", "A")
    builder.claim(document, "capture", "captured", item="tank")
    builder.claim(document, "verification", "picture")
    _, relations = run(builder)
    assert not [r for r in relations if r.type in ("corroborates", "undermines")]


def test_a_headline_is_at_odds_with_its_own_text_alone(builder: Builder) -> None:
    front, army, place = sides(builder)
    other = taken(builder, "A", front, army, place, 14, "witness")
    document = builder.document("b.txt", "Twenty tanks captured at Qasr\nThe Front captured 14 tanks.", "B")
    values = {"roles": [("captor", front), ("loser", army)], "where": [place], "day": DAY, "item": "tank.t-72"}
    title = builder.claim(document, "capture", "Twenty", segment="title", count=20, **values)
    text = builder.claim(document, "capture", "14", count=14, **values)
    _, relations = run(builder)
    found = {ends for ends, aspect, _ in disputes(relations) if aspect == "quantity"}
    assert frozenset((title.id, text.id)) in found
    assert frozenset((title.id, other.id)) not in found


def test_an_unlocated_village_is_known_by_its_name(builder: Builder) -> None:
    front, army, _ = sides(builder)
    ids = []
    for number, outlet in enumerate("AB"):
        place = builder.place("Tuma", 0.0, 0.0)
        row = builder.places.pop(place)
        builder.places[f"{place}{number}"] = replace(row, id=f"{place}{number}", latitude=None, longitude=None)
        ids.append(
            builder.claim(
                builder.document(f"{outlet}.txt", f"Fighters stormed Tuma, {outlet} has it.", outlet), "attack", "stormed",
                roles=[("attacker", front), ("target", army)], where=[f"{place}{number}"], day=DAY,
            ).id
        )  # fmt: skip
    events, _ = run(builder)
    assert [set(e.claims) for e in events] == [set(ids)]


def test_civilians_and_soldiers_are_not_the_same_dead(builder: Builder) -> None:
    _, _, place = sides(builder)
    for outlet, victim in (("A", "villagers"), ("B", "soldiers")):
        text = f"Five {victim} died at Qasr."
        document = builder.document(f"{outlet}.txt", text, outlet)
        claim = builder.claim(document, "casualty", "died", where=[place], day=DAY, dead=5)
        start = text.index(victim)
        said = Span(start, start + len(victim), victim)
        builder.claims[-1] = replace(claim, roles=(Role("victim", None, said, "stated"),))
    events, _ = run(builder)
    assert len(events) == 2


def test_an_attack_that_nobody_claimed_is_not_denied(builder: Builder) -> None:
    document = builder.document("a.txt", "Gunmen attacked the post at Qasr. No group has claimed the attack.", "A")
    builder.claim(document, "attack", "attacked", roles=[("target", builder.actor("Sofa Army"))])
    builder.claim(document, "attack", "attack.", polarity="-")
    _, relations = run(builder)
    assert not disputes(relations)
