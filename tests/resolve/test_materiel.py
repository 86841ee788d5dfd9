"""Materiel: items at the level named, makers, suppliers, and words that only look like weapons."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracewire.codebook import Codebook, MaterielRow, load_codebook
from tracewire.resolve.materiel import MaterielResolver, ResolvedMateriel


def row(
    id_: str, *aliases: str, exact: tuple[str, ...] = (), made_in: str | None = None, ambiguous: bool = False
) -> MaterielRow:
    return MaterielRow(id_, aliases[0], aliases, exact, made_in=made_in, ambiguous=ambiguous, source="test")


ROWS = [
    row("weapons", "weapon", "arms", ambiguous=True),
    row("rifle", "rifle", "assault rifle"),
    row("rifle.ak-47", "ak-47", "ak-47 rifle", made_in="RUS"),
    row("rifle.m16", "m16", made_in="USA"),
    row("machine-gun", "machine gun"),
    row("heavy-machine-gun", "heavy machine gun"),
    row("heavy-machine-gun.dshk", "dushka", exact=("DShK",), made_in="RUS"),
    row("missile", "missile", ambiguous=True),
    row("atgm", "anti-tank missile", "anti-tank guided missile", exact=("ATGM",)),
    row("atgm.tow", "bgm-71", exact=("TOW",), made_in="USA"),
    row("atgm.kornet", "kornet", made_in="RUS"),
    row("tank", "tank", "battle tank"),
    row("tank.t-72", "t-72", made_in="RUS"),
    row("tank.abrams", "abrams", made_in="USA"),
    row("vehicle", "vehicle", "truck", "pickup truck"),
    row("armoured-vehicle", "armoured vehicle"),
    row("mine", "mine", "landmine"),
    row("ammunition", "ammunition", "mortar round"),
    row("mortar", "mortar"),
    row("rpg", "rocket-propelled grenade", exact=("RPG",)),
    row("uav", "drone"),
    row("uav.shahed", "shahed", made_in="IRN"),
    row("aircraft", "warplane", "fighter jet", made_in="RUS"),
    row("aircraft.f-16", "f-16", made_in="USA"),
    row("cannon.one", "old gun"),
    row("howitzer", "howitzer", "old gun"),
]
CODEBOOK = Codebook("1", {}, {r.id: r for r in ROWS}, {}, {})
RESOLVER = MaterielResolver(
    CODEBOOK, {"demonyms": {"American": "USA", "Russian": "RUS", "Syrian": "SYR", "Congolese": ["COD", "COG"]}}
)

ITEMS: list[tuple[str, str | None]] = [
    ("TOW", "atgm.tow"),
    ("TOWs", "atgm.tow"),
    ("TOW anti-tank missiles", "atgm.tow"),
    ("tow missiles", "atgm.tow"),
    ("tow", "atgm.tow"),
    ("tow trucks", "vehicle"),
    ("anti-tank missiles", "atgm"),
    ("antitank missiles", "atgm"),
    ("anti - tank missile", "atgm"),
    ("Kornet missiles", "atgm.kornet"),
    ("T-72 tanks", "tank.t-72"),
    ("T72s", "tank.t-72"),
    ("t - 72", "tank.t-72"),
    ("T-72B3", "tank.t-72"),
    ("T-72 and Abrams tanks", "tank"),
    ("battle tanks", "tank"),
    ("heavy machineguns", "heavy-machine-gun"),
    ("DShK heavy machine guns", "heavy-machine-gun.dshk"),
    ("pickup trucks mounted with heavy machine guns", "vehicle"),
    ("truck-mounted heavy machine guns", "heavy-machine-gun"),
    ("mine-resistant vehicles", "vehicle"),
    ("anti-drone rifles", "rifle"),
    ("armored vehicles", "armoured-vehicle"),
    ("AK-47 rounds", "ammunition"),
    ("mortar rounds", "ammunition"),
    ("crates of rifles", "rifle"),
    ("rounds of ammunition for rifles", "ammunition"),
    ("weapons such as rifles", "weapons"),
    ("rpgs", "rpg"),
    ("a water pump", None),
    ("", None),
]
MADE: list[tuple[str, str | None, str | None]] = [
    ("US-made TOW missiles", "USA", None),
    ("U.S.-made rifles", "USA", None),
    ("american - made t - 72 tanks", "USA", None),
    ("Russian-built tanks", "RUS", None),
    ("rifles made in China", "CHN", None),
    ("United Arab Emirates-made vehicles", "ARE", None),
    ("Soviet-made rifles", "SUN", None),
    ("Soviet-era rifles", None, None),
    ("Soviet rifles", "SUN", None),
    ("American missiles", "USA", None),
    ("American-style missiles", None, None),
    ("Russian warplanes", None, None),
    ("Syrian tanks", None, None),
    ("Russian army tanks", None, None),
    ("the Russian soldiers' rifles", None, None),
    ("Congolese-made rifles", None, None),
    ("US-supplied missiles", None, "US"),
    ("Saudi-provided rifles", None, "Saudi"),
    ("CIA - supplied rifles", None, "CIA"),
    ("United Arab Emirates-supplied vehicles", None, "United Arab Emirates"),
    ("US-made, Saudi-supplied TOW missiles", "USA", "Saudi"),
    ("missiles supplied by the United States", None, "United States"),
    ("newly-supplied rifles", None, None),
    ("rifles", None, None),
]


@pytest.mark.parametrize(("words", "item"), ITEMS)
def test_item(words: str, item: str | None) -> None:
    assert RESOLVER.resolve(words).item == item


@pytest.mark.parametrize(("words", "made_in", "supplied_by"), MADE)
def test_maker_and_supplier(words: str, made_in: str | None, supplied_by: str | None) -> None:
    found = RESOLVER.resolve(words)
    assert (found.made_in, found.supplied_by) == (made_in, supplied_by)


def test_ambiguity_is_said() -> None:
    assert RESOLVER.resolve("weapons") == ResolvedMateriel("weapons", ambiguous=True)
    assert RESOLVER.resolve("old guns").ambiguous
    assert not RESOLVER.resolve("rifles").ambiguous


def test_running_text() -> None:
    text = "They tow a T-72; two TOWs and 10Tanks stood there."
    assert [(text[a:b], item) for a, b, item in RESOLVER.find(text)] == [
        ("T-72", "tank.t-72"), ("TOWs", "atgm.tow"), ("Tanks", "tank"),
    ]  # fmt: skip
    assert RESOLVER.find("a Kornet")
    assert not RESOLVER.find("they tow a boat")


@given(
    st.one_of(st.text(max_size=60), st.lists(st.sampled_from([w for w, *_ in ITEMS + MADE]), max_size=3).map(" ".join))
)
def test_any_words_give_a_known_item(words: str) -> None:
    found = RESOLVER.resolve(words)
    assert found.item is None or found.item in CODEBOOK.materiel
    assert found == RESOLVER.resolve(words)


def test_an_unrelated_row_changes_nothing() -> None:
    more = MaterielResolver(
        Codebook("1", {}, {**CODEBOOK.materiel, "zz": row("zz", "quadcopter")}, {}, {}), {"demonyms": {}}
    )
    assert all(more.resolve(words).item == item for words, item in ITEMS)


def test_shipped_codebook_is_quick() -> None:
    resolver = MaterielResolver(load_codebook())
    words = [
        "US-made TOW anti-tank missiles",
        "pickup trucks mounted with heavy machine guns",
        "rifles",
        "Soviet-made AK-47 rifles",
    ]
    start = time.process_time()
    for phrase in words * 250:
        resolver.resolve(phrase)
    assert time.process_time() - start < 0.5  # some 50 ms on a quiet machine


SHIPPED = MaterielResolver(load_codebook())
SENSES: list[tuple[str, str, str, str | None]] = [
    ("A ", "think tank", " in Amman published it.", None),
    ("The ", "gold mine", " closed.", None),
    ("They stopped to ", "tow", " a bus.", None),
    ("The economist Roman ", "Abrams", " said so.", None),
    ("Two ", "Abrams", " burned at the front.", "tank.abrams"),
    ("", "tank commander", " was hurt.", None),
]


@pytest.mark.parametrize(("before", "words", "after", "item"), SENSES)
def test_context_decides(before: str, words: str, after: str, item: str | None) -> None:
    assert SHIPPED.resolve(words, before, after).item == item


def test_a_variant_is_told_from_its_model() -> None:
    resolver = MaterielResolver(load_codebook())
    assert resolver.resolve("BGM-71E").item == "atgm.tow.bgm-71e"
    assert resolver.resolve("TOW").item == "atgm.tow"
    assert load_codebook().materiel["tank.t-72.b3"].unroca == "I"
