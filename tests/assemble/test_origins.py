"""How many independent origins a set of claims has, at least and at most."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tracewire.assemble import assemble
from tracewire.assemble.origins import calling_of
from tracewire.codebook import load_codebook
from tracewire.model import Copy, Origin

Builder = Any
TEXT = "{outlet} saw {n} tanks captured from hill {number} at Qasr."


def span(builder: Builder, outlets: list[str], **claim: Any) -> tuple[int, int]:
    """Origins of the one event that the outlets tell, each in words of its own."""
    place = builder.place("Qasr", 10.0, 20.0)
    front = builder.actor("Red Front")
    for number, outlet in enumerate(outlets):
        text = TEXT.format(outlet=outlet, n=claim.get("count", 12), number=number)
        document = builder.document(f"{number}.txt", text, outlet)
        values = {"roles": [("captor", front)], "where": [place], "day": "2021-03-01", "item": "tank.t-72", "count": 12}
        builder.claim(document, "capture", "captured", **(values | claim))
    (event,) = assemble(builder.record(), load_codebook())[0]
    return event.origins.min, event.origins.max


def with_origins(
    builder: Builder, rows: list[tuple[int, str, str]], outlets: list[str], **claim: Any
) -> tuple[int, int]:
    span(builder, outlets, **claim)
    ids = {name: d.id for name, d in builder.documents.items()}
    builder.origins = [Origin(ids[f"{n}.txt"], name, basis) for n, name, basis in rows]  # type: ignore[arg-type]
    (event,) = assemble(builder.record(), load_codebook())[0]
    return event.origins.min, event.origins.max


def test_two_outlets_that_speak_for_themselves_are_two(builder: Builder) -> None:
    assert span(builder, ["The Gazette", "Dune Radio"]) == (2, 2)


def test_ten_that_name_one_wire_are_one(builder: Builder) -> None:
    outlets = [f"Paper {n}" for n in range(10)]
    rows = [(n, "Reuters", "stated") for n in range(10)]
    assert with_origins(builder, rows, outlets) == (1, 1)


def test_the_wire_itself_and_one_that_names_it_are_one(builder: Builder) -> None:
    assert with_origins(builder, [(1, "Reuters", "stated")], ["Reuters news agency", "The Gazette"]) == (1, 1)


def test_of_two_origins_one_shared_is_enough_for_the_minimum(builder: Builder) -> None:
    rows = [(0, "Dune Radio", "stated"), (0, "Hill Post", "stated"), (1, "Hill Post", "stated")]
    assert with_origins(builder, rows, ["A", "B"]) == (1, 2)


def test_an_inferred_origin_folds_the_minimum_alone(builder: Builder) -> None:
    assert with_origins(builder, [(1, "The Gazette", "inferred")], ["The Gazette", "Dune Radio"]) == (1, 2)


def test_the_same_unusual_figure_may_be_one_source(builder: Builder) -> None:
    assert span(builder, ["The Gazette", "Dune Radio"], count=37) == (1, 2)


def test_the_same_words_may_be_one_source(builder: Builder) -> None:
    span(builder, ["The Gazette", "Dune Radio"])
    words = " ".join(f"word{n}" for n in range(9))
    builder.claims = [replace(c, evidence=(replace(c.evidence[0], quote=words),)) for c in builder.claims]
    (event,) = assemble(builder.record(), load_codebook())[0]
    assert (event.origins.min, event.origins.max) == (1, 2)


def test_a_round_figure_tells_nothing(builder: Builder) -> None:
    assert span(builder, ["The Gazette", "Dune Radio"], count=40) == (2, 2)


def test_two_media_of_one_party_are_one(builder: Builder) -> None:
    party = [row.name for row in load_codebook().outlets.values() if row.party == "rus"][:2]
    assert len(party) == 2
    assert span(builder, party) == (1, 1)


def test_copies_are_one_in_any_case(builder: Builder) -> None:
    span(builder, ["The Gazette", "Dune Radio"])
    first, second = (d.id for d in builder.documents.values())
    builder.copies = [Copy(second, first, "edited", 0.9, 0.9, False, "test")]
    (event,) = assemble(builder.record(), load_codebook())[0]
    assert (event.origins.min, event.origins.max) == (1, 1)


def test_what_a_copy_cuts_off_a_name_makes_no_second_source(builder: Builder) -> None:
    words = " ".join(f"word{n}" for n in range(9))
    for name, who in (("a.txt", "Dune Radio"), ("b.txt", "Dune Ra")):
        document = builder.document(name, f"{words} {who}", name)
        builder.claim(
            document, "capture", "word1", item="tank", count=9, day="2021-03-01", by=who, by_entity=builder.actor(who),
            where=[builder.place("Qasr", 10.0, 20.0)],
        )  # fmt: skip
    first, second = (d.id for d in builder.documents.values())
    builder.claims = [replace(c, evidence=(replace(c.evidence[0], quote=words),)) for c in builder.claims]
    apart = [(e.origins.min, e.origins.max) for e in assemble(builder.record(), load_codebook())[0]]
    builder.copies = [Copy(second, first, "cut", 0.9, 0.5, True, "test")]
    together = [(e.origins.min, e.origins.max) for e in assemble(builder.record(), load_codebook())[0]]
    assert (apart, together) == ([(2, 2)], [(1, 1)])


def test_one_quotation_beside_two_names_may_be_one_man(builder: Builder) -> None:
    for name, who in (("a.txt", "Dune Radio"), ("b.txt", "Major Tarn")):
        document = builder.document(name, f"Tanks were captured at Qasr, {who} said in {name}.", name)
        builder.claim(
            document, "capture", "captured", item="tank", count=9, day="2021-03-01", by=who, by_entity=builder.actor(who),
            where=[builder.place("Qasr", 10.0, 20.0)],
        )  # fmt: skip
    spans = {c.document: c.evidence[0] for c in builder.claims}
    builder.origins = [Origin(d, "source of “x”", "inferred", span) for d, span in spans.items()]
    events, relations = assemble(builder.record(), load_codebook())
    assert [(e.origins.min, e.origins.max) for e in events] == [(1, 2)]
    assert not [r for r in relations if r.type == "corroborates"]


def test_the_order_of_claims_copies_and_origins_does_not_matter(builder: Builder) -> None:
    rows = [(0, "Reuters", "stated"), (1, "Hill Post", "inferred"), (2, "Reuters", "stated")]
    with_origins(builder, rows, ["A", "B", "C", "D"])
    record = builder.record()
    turned = replace(record, claims=record.claims[::-1], origins=record.origins[::-1])
    assert assemble(record, load_codebook()) == assemble(turned, load_codebook())


@pytest.mark.parametrize(
    ("who", "calling"),
    [
        ("a doctor at the hospital", "medical"),
        ("security source", "soldier"),
        ("two residents", "resident"),
        ("sources", None),
        ("people familiar with the matter", None),
    ],
)
def test_callings(who: str, calling: str | None) -> None:
    assert calling_of(who) == calling


def test_a_doctor_and_an_officer_are_two_sources(builder: Builder) -> None:
    """Officials of two reports may be the same."""
    for name, who in (("a.txt", "doctor"), ("b.txt", "officer"), ("c.txt", "sources")):
        text = f"The Red Front captured tanks, {name} heard."
        builder.claim(
            builder.document(name, text, name), "capture", "captured", item="tank", count=9, day="2021-03-01", by=who,
            where=[builder.place("Qasr", 10.0, 20.0)],
        )  # fmt: skip
    (event,) = assemble(builder.record(), load_codebook())[0]
    assert (event.origins.min, event.origins.max) == (2, 3)
