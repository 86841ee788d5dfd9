"""What the rule reader reads, on invented sentences: the deed, who says so, how surely, and whether it is denied."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracewire.read.rules import RulesReader
from tracewire.testing import make_document

See = Callable[[str], list[Any]]

CASES = [
    # sentence, type, roles that must be there
    (
        "Rebels of the Zahra Front captured 12 T-72 tanks from government forces near Qasr.",
        "capture",
        {"captor": ["Rebels", "Zahra Front"], "loser": ["government forces"], "materiel": ["T-72 tanks"], "quantity": ["12"]},
    ),
    ("Twelve rifles were seized by the coast guard on Friday.", "capture", {"captor": ["coast guard"], "materiel": ["rifles"]}),
    (
        "The kingdom delivered anti-tank missiles to the Red Column last month.",
        "transfer",
        {"recipient": ["Red Column"], "materiel": ["anti-tank missiles"]},
    ),
    ("The brigade received mortars from Iran.", "transfer", {"recipient": ["brigade"], "giver": ["Iran"], "materiel": ["mortars"]}),
    ("Militants surrendered their rifles to the army.", "handover", {"giver": ["Militants"], "recipient": ["army"]}),
    ("The garrison abandoned three tanks in the desert.", "loss", {"loser": ["garrison"], "materiel": ["tanks"]}),
    ("Insurgents shot down a helicopter over Kidal.", "destruction", {"attacker": ["Insurgents"], "materiel": ["helicopter"]}),
    ("Gunmen fired rockets at the base.", "use", {"user": ["Gunmen"], "materiel": ["rockets"], "target": ["base"]}),
    ("The army clashed with separatists near Sofa.", "clash", {"actor": ["army"], "opponent": ["separatists"]}),
    ("Turkish air strikes hit a depot in Sofa.", "strike", {"attacker": ["Turkish"]}),
    ("Soldiers ambushed a convoy of the militia.", "attack", {"attacker": ["Soldiers"], "target": ["convoy"]}),
    ("At least 14 soldiers were killed by the gunmen.", "casualty", {"victim": ["soldiers"], "quantity": ["At least 14"]}),
    ("The militia took the town of Sofa from the army.", "control", {"holder": ["militia"], "loser": ["army"]}),
    ("Government troops withdrew from Qasr on Monday.", "movement", {"actor": ["Government troops"]}),
    ("The Sofa Brigade pledged allegiance to the Red Column.", "alignment", {"actor": ["Sofa Brigade"], "counterpart": ["Red Column"]}),
    ("Dozens of fighters defected from the Red Column.", "breakup", {"actor": ["fighters"], "counterpart": ["Red Column"]}),
    ("The ministry trained the border guards.", "support", {"backer": ["ministry"], "recipient": ["border guards"]}),
    ("Police arrested two journalists in Aden.", "detention", {"detainer": ["Police"], "detainee": ["journalists"]}),
    ("The union imposed sanctions on the airline.", "sanction", {"actor": ["union"]}),
    ("The government held talks with the rebels in Aden.", "talks", {"actor": ["government"], "counterpart": ["rebels"]}),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "kind", "roles"), CASES, ids=[c[1] + ":" + c[0][:20] for c in CASES])
def test_roles(see: See, sentence: str, kind: str, roles: dict[str, list[str]]) -> None:
    claims = [c for c in see(sentence) if c.type == kind]
    assert claims, f"no {kind} among {[(c.type, c.trigger) for c in see(sentence)]}"
    for role, words in roles.items():
        assert claims[0].roles.get(role) == words


def test_speaker_is_not_the_attacker(see: See) -> None:
    claim = next(c for c in see("A spokesman for the army said rebels attacked the village.") if c.type == "attack")
    assert claim.roles["attacker"] == ["rebels"]
    assert claim.sources == ["spokesman"]
    assert claim.modality == "asserted"


def test_denial_is_kept_apart_from_the_deed(see: See) -> None:
    claims = see("The ministry denied that it had supplied rifles to the rebels.")
    deed = next(c for c in claims if c.type == "transfer")
    assert (deed.polarity, deed.sources) == ("-", ["ministry"])
    assert next(c for c in claims if c.type == "verification").polarity == "+"


def test_relay_stands_after_the_innermost_source(see: See) -> None:
    claim = next(c for c in see("Rebels seized 30 rifles in Qasr, officials told Reuters.") if c.type == "capture")
    assert claim.sources == ["officials", "Reuters"]


def test_according_to_after_the_deed(see: See) -> None:
    claim = next(
        c for c in see("Rebels seized 30 rifles in Qasr, according to the Qasr Observatory.") if c.type == "capture"
    )
    assert claim.sources == ["Qasr Observatory"]
    assert claim.cue == "according to"


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("Rebels reportedly seized 30 rifles.", "reported"),
        ("Rebels allegedly seized 30 rifles.", "alleged"),
        ("Rebels may have seized 30 rifles.", "possible"),
        ("Rebels probably seized 30 rifles.", "probable"),
        ("The kingdom plans to deliver rifles to the rebels.", "planned"),
        ("If the rebels seize the rifles, the army will strike the town.", "conditional"),
        ("Should the rebels seize the rifles, the army could withdraw.", "conditional"),
        ("Rebels seized 30 rifles.", "asserted"),
    ],
)
def test_modality(see: See, sentence: str, modality: str) -> None:
    claims = see(sentence)
    assert claims
    assert {c.modality for c in claims} == {modality}


@pytest.mark.parametrize(
    "sentence",
    [
        "The rebels did not seize the rifles.",
        "The rebels failed to capture the tanks.",
        "No tanks were captured by the rebels.",
    ],
)
def test_negation(see: See, sentence: str) -> None:
    assert [c.polarity for c in see(sentence) if c.type == "capture"] == ["-"]


def test_could_not_be_verified_is_a_failed_check(see: See) -> None:
    claim = next(c for c in see("The report could not be verified.") if c.type == "verification")
    assert (claim.polarity, claim.modality) == ("-", "asserted")


def test_tokenised_lower_case_reads_alike(see: See) -> None:
    claims = see("rebels of the zahra brigade seized 12 anti - tank missiles near qasr on sunday , an official said .")
    claim = next(c for c in claims if c.type == "capture")
    assert claim.roles["materiel"] == ["anti - tank missiles"]
    assert claim.times == ["on sunday"]
    assert claim.sources == ["official"]


def test_quotation_over_sentences_keeps_its_speaker(see: See) -> None:
    text = (
        "“We took the depot,” the commander said. “We captured 40 rifles there. The guards surrendered their mortars.”"
    )
    claims = see(text)
    assert next(c for c in claims if c.type == "handover").roles["materiel"] == ["mortars"]


def test_no_claims_where_nothing_happens(see: See) -> None:
    assert see("The museum opens its summer exhibition of maps on Sunday.") == []


def test_dateline_is_no_actor(see: See) -> None:
    claim = see("ADEN, Aug. 3 (Wire) - Gunmen attacked a bank.")[0]
    assert claim.roles["attacker"] == ["Gunmen"]
    assert claim.times == []


def test_a_list_after_a_colon_is_what_was_taken(see: See) -> None:
    claim = see("the spoils captured at Qasr: 7Tanks 3BMPs 80+ TOW missiles")[0]
    assert claim.type == "capture"
    assert claim.roles["materiel"] == ["Tanks", "BMPs", "TOW missiles"]
    assert claim.roles["quantity"] == ["7", "3", "80+"]


def test_them_after_weapons_are_weapons(see: See) -> None:
    claims = see("The kingdom supplied missiles. The coast guard seized them in January.")
    assert [(c.type, c.roles["materiel"]) for c in claims] == [("transfer", ["missiles"]), ("capture", ["them"])]


def test_a_paragraph_goes_on_in_its_time_and_place(see: See) -> None:
    first, second = see("Rebels attacked a post near Qasr on Sunday. Five soldiers were killed.")
    assert (first.times, second.times) == (["on Sunday"], ["on Sunday"])
    assert second.places == [("where", "Qasr")]
    apart = see("Rebels attacked a post near Qasr on Sunday.\n\nFive soldiers were killed.")[1]
    assert (apart.times, apart.places) == ([], [])


def test_the_day_of_saying_is_not_the_day_of_the_deed(see: See) -> None:
    claim = next(c for c in see("The army said on Monday that rebels had attacked a post.") if c.type == "attack")
    assert claim.times == []


def test_the_subject_stands_before_an_inserted_participle(see: See) -> None:
    claim = next(
        c for c in see("Groups fighting the army near Qasr said they had received missiles.") if c.type == "transfer"
    )
    assert claim.sources == ["Groups"]


def test_air_strikes_are_no_actor_and_the_one_before_did_not_act(see: See) -> None:
    claim = next(c for c in see("The spokesman said air strikes had destroyed two tanks.") if c.type == "destruction")
    assert "attacker" not in claim.roles


def test_a_pointer_to_another_report_tells_nothing(see: See) -> None:
    assert see("The market opened. [See our reports, Rebels seize 20 tanks and Army attacks Sofa.]") == []


def test_negated_knowledge_does_not_negate_the_deed(see: See) -> None:
    claim = next(c for c in see("It was not clear where the seized missiles came from.") if c.type == "capture")
    assert claim.polarity == "+"


def test_places_of_lower_cased_text(see: See) -> None:
    claim = next(
        c for c in see("the militia took the town of qasr from the army , officials said .") if c.type == "control"
    )
    assert ("where", "qasr") in claim.places


def test_names_with_a_preposition_inside_are_whole(see: See) -> None:
    claim = next(c for c in see("Turkey shipped drones to the Government of National Accord.") if c.type == "transfer")
    assert claim.roles["recipient"] == ["Government of National Accord"]


def test_an_army_of_heroes_is_the_army(see: See) -> None:
    claim = next(c for c in see("The heroes of the Zahra Front destroyed two tanks.") if c.type == "destruction")
    assert claim.roles["attacker"] == ["Zahra Front"]


def test_counted_dead(see: See) -> None:
    left, lost = see("They left 55 dead in Qasr. The government lost four fighters.")[-2:]
    assert (left.type, left.roles["quantity"]) == ("casualty", ["55"])
    assert (lost.type, lost.roles["quantity"]) == ("casualty", ["four"])


@pytest.mark.parametrize(
    "sentence",
    ["The ministry denied targeting civilians.", "The ministry denied that it had attacked civilians."],
)
def test_a_denied_deed_is_denied_once(see: See, sentence: str) -> None:
    claim = next(c for c in see(sentence) if c.type == "attack")
    assert (claim.polarity, claim.sources) == ("-", ["ministry"])


def test_who_escorts_a_convoy_does_not_ambush_it(see: See) -> None:
    claim = next(
        c for c in see("Fighters of the Zahra Front ambushed a convoy escorted by the army.") if c.type == "attack"
    )
    assert claim.roles["attacker"] == ["Fighters", "Zahra Front"]


def test_drones_that_hit_are_a_strike(see: See) -> None:
    claim = see("Russian drones hit a depot in Sofa.")[0]
    assert (claim.type, claim.roles["instrument"], claim.roles["target"]) == ("strike", ["Russian drones"], ["depot"])


def test_the_killed_and_the_wounded_are_counted_apart(see: See) -> None:
    killed, wounded = (
        c for c in see("At least six people were killed and 21 wounded in Sofa.") if c.type == "casualty"
    )
    assert (killed.roles["quantity"], wounded.roles["quantity"]) == (["At least six"], ["21"])


def test_handed_over_forty_is_forty(see: See) -> None:
    claim = next(c for c in see("The navy handed over 40 missiles to the guard.") if c.type == "handover")
    assert claim.roles["quantity"] == ["40"]


def test_a_spokesman_for_a_government_receives_nothing(see: See) -> None:
    text = "Germany will deliver two launchers to Ukraine, a spokesman for the government told Reuters."
    claim = next(c for c in see(text) if c.type == "transfer")
    assert claim.roles["recipient"] == ["Ukraine"]
    assert claim.sources == ["spokesman", "Reuters"]


@given(st.text(max_size=300))
def test_any_text_is_read_and_every_span_is_verbatim(reader: RulesReader, text: str) -> None:
    document = make_document(text)
    reading = reader.read(document)
    for claim in reading.claims:
        for span in (claim.trigger, *claim.evidence, *([claim.cue] if claim.cue else [])):
            assert document.raw[span.start : span.end] == span.quote
    for mention in reading.mentions:
        assert document.raw[mention.span.start : mention.span.end] == mention.span.quote


@given(st.lists(st.sampled_from([c[0] for c in CASES]), min_size=1, max_size=6))
def test_reading_twice_gives_the_same(reader: RulesReader, parts: list[str]) -> None:
    document = make_document("\n\n".join(parts))
    assert reader.read(document) == reader.read(document)
