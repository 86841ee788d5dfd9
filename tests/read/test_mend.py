"""Rules over what the network found in a sentence; counts and directions of places."""

from __future__ import annotations

import pytest

from tracewire.read.counts import pair_counts
from tracewire.read.mend import mended, parted, rejoined
from tracewire.read.neural import FoundClaim, FoundMention, TextReading
from tracewire.read.places import direction_of


def mention(text: str, words: str, type_: str) -> FoundMention:
    at = text.index(words)
    return FoundMention(at, at + len(words), type_, "nominal", 0.9)


def claim(text: str, words: str, type_: str, **fields: object) -> FoundClaim:
    at = text.index(words)
    given = {"roles": (), "sources": (), "cue": None, "modality": "asserted", "polarity": "+", "confidence": 0.9}
    return FoundClaim(type_, at, at + len(words), **{**given, **fields})  # type: ignore[arg-type]


def test_a_glued_number_is_parted_and_offsets_lead_back() -> None:
    text = "Spoils: 10Tanks 4BMPs 80+Rifles"
    view, spaces = parted(text)
    assert view == "Spoils: 10 Tanks 4 BMPs 80+ Rifles"
    found = tuple(mention(view, w, "MATERIEL") for w in ("10", "Tanks", "4", "BMPs", "80+", "Rifles"))
    back = rejoined(TextReading(found, (claim(view, "Spoils", "capture", cue=(17, 18)),)), spaces)
    assert [text[m.start : m.end] for m in back.mentions] == ["10", "Tanks", "4", "BMPs", "80+", "Rifles"]
    assert back.claims[0].cue == (16, 17)


@pytest.mark.parametrize("words", ["9M133 missile", "T-72", "122mm shells", "the 5th", "2S1", "U-2", "1990s"])
def test_designations_are_not_parted(words: str) -> None:
    assert parted(words) == (words, [])


def test_a_country_before_based_is_no_source() -> None:
    text = "A U.K.-based monitor said the town fell."
    mentions = (mention(text, "U.K.", "GROUP"), mention(text, "monitor", "GROUP"))
    found = mended(text, TextReading(mentions, (claim(text, "fell", "control", sources=(0, 1)),)))
    assert found.claims[0].sources == (1,)


def test_what_was_done_to_nobody_was_not_done() -> None:
    text = "The kingdom gave weapons to neither side; the army got shells from Arvenia."
    found = mended(text, TextReading((), (claim(text, "gave", "transfer"), claim(text, "got", "transfer"))))
    assert [c.polarity for c in found.claims] == ["-", "+"]


def test_who_repelled_an_attack_was_attacked() -> None:
    text = "The army said that it had repelled a large rebel attack."
    mentions = (mention(text, "it", "GROUP"), mention(text, "rebel", "GROUP"))
    found = mended(
        text, TextReading(mentions, (claim(text, "attack", "attack", roles=(("attacker", 0), ("attacker", 1))),))
    )
    assert found.claims[0].roles == (("target", 0), ("attacker", 1))


def test_who_stands_behind_by_did_it() -> None:
    text = "The post was overrun by the Zahra Front and lost by the army."
    mentions = (mention(text, "Zahra Front", "GROUP"), mention(text, "army", "GROUP"))
    taken = claim(text, "overrun", "control", roles=(("loser", 0), ("loser", 1)))
    found = mended(text, TextReading(mentions, (taken,)))
    assert found.claims[0].roles == (("holder", 0), ("loser", 1))


def test_seized_things_are_captured() -> None:
    text = "Police arrested two rifles."
    found = mended(
        text,
        TextReading(
            (mention(text, "rifles", "MATERIEL"),), (claim(text, "arrested", "detention", roles=(("detainee", 0),)),)
        ),
    )
    assert (found.claims[0].type, found.claims[0].roles) == ("capture", (("materiel", 0),))


def test_what_could_not_be_confirmed_was_reported() -> None:
    text = "The ministry would not confirm that a ship had been sunk, but the army shelled the port."
    check = claim(text, "confirm", "verification", polarity="-")
    found = mended(text, TextReading((), (check, claim(text, "sunk", "destruction"), claim(text, "shelled", "strike"))))
    assert [c.modality for c in found.claims] == ["asserted", "reported", "asserted"]


@pytest.mark.parametrize(
    ("text", "type_", "direction"),
    [
        ("They fled from Sofa", "movement", "from"),
        ("They fled to the town of Sofa", "movement", "to"),
        ("Shipped through Sofa", "transfer", "via"),
        ("They fought in Sofa", "movement", "where"),
        ("Fire from Sofa", "strike", "where"),
    ],
)
def test_direction_of_a_place(text: str, type_: str, direction: str) -> None:
    assert direction_of(text, mention(text, "Sofa", "PLACE"), type_) == direction


def test_a_comma_parts_a_number_from_what_follows() -> None:
    text = "In 12, soldiers fell and 30 of the rebels"
    mentions = tuple(
        mention(text, w, t)
        for w, t in (("12", "QUANTITY"), ("soldiers", "GROUP"), ("30", "QUANTITY"), ("rebels", "GROUP"))
    )
    found = claim(text, "fell", "casualty", roles=(("victim", 1), ("victim", 3)))
    assert pair_counts(text, found, mentions) == [(2, 3)]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("If the rebels have seized the depot, the army will leave.", "conditional"),
        ("He asked if the rebels had seized the depot.", "asserted"),
        ("If it rains, we wait; the rebels seized the depot.", "asserted"),
    ],
)
def test_what_stands_in_an_if_clause_is_a_condition(text: str, modality: str) -> None:
    (found,) = mended(text, TextReading((), (claim(text, "seized", "capture"),))).claims
    assert found.modality == modality
