"""The shipped materiel, states, outlets and demonyms: enough rows, real codes, no alias of two things."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

import pytest

from tracewire.codebook import load_codebook
from tracewire.codebook.matcher import tokens
from tracewire.codebook.rows import ActorRow, MaterielRow, OutletRow
from tracewire.lang import load_words
from tracewire.resolve.countries import countries

FAMILIES = frozenset(
    {
        "weapons", "small-arms", "rifle", "pistol", "machine-gun", "heavy-machine-gun", "sniper-rifle", "ammunition",
        "grenade", "rpg", "recoilless-rifle", "atgm", "manpads", "mortar", "artillery", "mlrs", "rocket", "missile",
        "ballistic-missile", "cruise-missile", "sam", "tank", "ifv", "apc", "armoured-vehicle", "mrap", "technical",
        "vehicle", "aircraft", "combat-aircraft", "transport-aircraft", "helicopter", "attack-helicopter", "uav",
        "ucav", "loitering-munition", "warship", "boat", "submarine", "bomb", "cluster-munition", "mine", "ied",
        "explosives", "chemical-weapon", "nuclear-weapon", "wmd", "body-armour", "night-vision", "optics",
        "communications", "uniform", "fuel", "aid", "parts",
    }
)  # fmt: skip
"""Families that exports and reports count on."""
MODELS, STATES, OUTLETS, WIRES = 250, 197, 200, 15
"""The fewest rows that the plan asks for; the states are the UN's members and observers, Kosovo and Taiwan."""
FORMER = frozenset({"SUN", "YUG", "CSK", "DDR", "YMD", "VDR"})
"""ISO 3166-3 codes of states that are no more and that demonyms still name."""
NO_METONYM = frozenset(
    {"ATG", "BEL", "CRI", "CYP", "DJI", "GRD", "GUY", "JAM", "LUX", "MCO", "SGP", "SMR", "SYC", "VAT"}
)
"""States whose capital is the state, or is more often another place or institution; demonyms.toml says which."""
DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
ID = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")


@lru_cache(maxsize=1)
def iso3() -> frozenset[str]:
    dissolved = {"ANT", "SCG"}
    return frozenset(row.iso3 for row in countries().values()) - dissolved


def folded(alias: str) -> str:
    return " ".join(token.folded for token in tokens(alias))


def materiel() -> list[MaterielRow]:
    return list(load_codebook().materiel.values())


def states() -> list[ActorRow]:
    return [row for row in load_codebook().actors.values() if row.type == "state"]


def outlets() -> list[OutletRow]:
    return list(load_codebook().outlets.values())


def names(row: MaterielRow | ActorRow) -> tuple[str, ...]:
    return (row.name, *row.aliases, *row.exact)


def shared(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Keys that stand with more than one id."""
    found: dict[str, set[str]] = defaultdict(set)
    for key, id_ in pairs:
        found[key].add(id_)
    return {key: sorted(ids) for key, ids in found.items() if len(ids) > 1}


def flat(table: dict[str, str | list[str]]) -> list[tuple[str, str]]:
    """Word and code, one pair for each code of an ambiguous word."""
    return [(word, code) for word, codes in table.items() for code in ([codes] if isinstance(codes, str) else codes)]


# ---------------------------------------------------------------- materiel


def test_families_and_models_are_there() -> None:
    ids = {row.id for row in materiel()}
    assert ids >= FAMILIES, sorted(FAMILIES - ids)
    assert sum("." in id_ for id_ in ids) >= MODELS


def test_ids_are_plain_and_rows_have_a_source() -> None:
    rows: list[MaterielRow | ActorRow | OutletRow] = [*materiel(), *states(), *outlets()]
    assert [row.id for row in rows if not ID.fullmatch(row.id)] == []
    assert [row.id for row in rows if len(row.source) < 5] == []


def test_no_alias_names_two_items() -> None:
    assert shared((folded(alias), row.id) for row in materiel() for alias in names(row)) == {}


def test_no_alias_is_empty_or_written_twice() -> None:
    for row in materiel():
        keys = [folded(alias) for alias in (row.name, *row.aliases)]
        assert all(keys), row.id
        assert len(keys) == len(set(keys)), row.id


def test_no_item_has_the_name_of_a_state_or_people() -> None:
    words = load_words("en", "demonyms")
    peoples = {folded(word) for table in words.values() for word in table}
    peoples |= {folded(alias) for row in states() for alias in names(row)}
    assert [(row.id, alias) for row in materiel() for alias in names(row) if folded(alias) in peoples] == []


def test_makers_are_states_of_today() -> None:
    assert {row.made_in for row in materiel() if row.made_in} <= iso3()
    assert [row.id for row in materiel() if "." not in row.id and row.made_in] == []


@pytest.mark.parametrize(
    ("item", "category", "maker"),
    [
        ("atgm.tow", "VIII", "USA"), ("manpads.igla", "VII", "RUS"), ("tank.t-72", "I", "RUS"),
        ("ifv.bmp-2", "II", "RUS"), ("mlrs.grad", "III", "RUS"), ("artillery.d-30", "III", "RUS"),
        ("combat-aircraft.su-25", "IV", "RUS"), ("ucav.tb2", "IV", "TUR"), ("attack-helicopter.mi-24", "V", "RUS"),
        ("ballistic-missile.scud", "VII", "RUS"), ("heavy-machine-gun.dshk", "VIII", None),
        ("rifle.ak-47", "VIII", None), ("sam.s-300", None, "RUS"), ("transport-aircraft.il-76", None, "RUS"),
        ("ammunition.mortar-round", None, None), ("mortar.60mm", "VIII", None), ("mortar.120mm", "III", None),
        ("apc.m113", "II", "USA"), ("atgm.hj-8", "VIII", "CHN"), ("cruise-missile.kalibr", "VII", "RUS"),
    ],
)  # fmt: skip
def test_known_items(item: str, category: str | None, maker: str | None) -> None:
    row = load_codebook().materiel[item]
    assert (row.unroca, row.made_in) == (category, maker)


def test_doubts_of_the_categories_are_in_words() -> None:
    assert all(len(row.unroca_doubt.split()) > 3 for row in materiel() if row.unroca_doubt)
    assert all(row.unroca_doubt for row in materiel() if row.family == "atgm" and row.unroca == "VIII")


def test_general_words_stay_ambiguous() -> None:
    rows = load_codebook().materiel
    for item in ("weapons", "equipment", "rocket", "missile", "aircraft", "helicopter", "artillery.cannon"):
        assert rows[item].ambiguous, item
        assert rows[item].unroca is None, item


def test_short_plain_names_match_only_as_written() -> None:
    rows = load_codebook().materiel
    for item, name in (("atgm.tow", "TOW"), ("mlrs.grad", "Grad"), ("manpads.igla", "Igla"), ("sam.tor", "Tor"),
                       ("atgm.javelin", "Javelin"), ("combat-aircraft.tornado", "Tornado"), ("atgm.milan", "MILAN")):  # fmt: skip
        assert name in rows[item].exact, item
        assert folded(name) not in {folded(alias) for alias in (rows[item].name, *rows[item].aliases)}, item


# ---------------------------------------------------------------- states and the words for them


def test_states_are_there_under_their_codes() -> None:
    now = [row for row in states() if row.until is None]
    assert len(now) == STATES
    assert [row.id for row in now if row.countries != (row.id.upper(),)] == []
    assert {country for row in states() for country in row.countries} <= iso3()
    assert {row.id.upper() for row in states() if row.until} == FORMER
    assert all(row.kind == "state" for row in states())


def test_no_name_of_two_states() -> None:
    assert shared((folded(alias), row.id) for row in states() for alias in names(row)) == {}


def test_no_capital_is_an_alias_of_a_state() -> None:
    """A capital is a place first."""
    capitals = {folded(word) for word in load_words("en", "demonyms")["capitals"]}
    assert [(row.id, alias) for row in states() for alias in names(row) if folded(alias) in capitals] == []


@pytest.mark.parametrize("table", ["demonyms", "capitals", "prefixes"])
def test_words_lead_to_states(table: str) -> None:
    ids = {row.id.upper() for row in states()}
    assert [(word, code) for word, code in flat(load_words("en", "demonyms")[table]) if code not in ids] == []


def test_words_are_lower_case_and_stand_once() -> None:
    tables = load_words("en", "demonyms")
    assert list(tables) == ["demonyms", "capitals", "regions", "prefixes"]
    assert [word for table in tables.values() for word in table if word != word.lower() or word != word.strip()] == []
    clashes = [
        (tables[a].keys() & tables[b].keys()) for a in tables for b in tables if a < b and "prefixes" not in (a, b)
    ]
    assert not any(clashes), clashes
    assert set(tables["regions"].values()) == {""}


def test_every_state_has_a_demonym_and_a_seat() -> None:
    tables = load_words("en", "demonyms")
    now = {row.id.upper() for row in states() if row.until is None}
    assert now - {code for _, code in flat(tables["demonyms"])} == {"VAT"}
    assert now - {code for _, code in flat(tables["capitals"])} == NO_METONYM


@pytest.mark.parametrize(
    ("table", "word", "code"),
    [
        ("demonyms", "syrian", "SYR"), ("demonyms", "syrians", "SYR"), ("demonyms", "saudi", "SAU"),
        ("demonyms", "emirati", "ARE"), ("demonyms", "turks", "TUR"), ("demonyms", "nigerien", "NER"),
        ("demonyms", "nigerian", "NGA"), ("demonyms", "congolese", ["COD", "COG"]), ("demonyms", "soviet", "SUN"),
        ("demonyms", "korean", ["KOR", "PRK"]), ("capitals", "tel aviv", "ISR"), ("capitals", "riyadh", "SAU"),
        ("capitals", "kyiv", "UKR"), ("capitals", "n'djamena", "TCD"), ("prefixes", "russo", "RUS"),
        ("prefixes", "us", "USA"), ("regions", "kurdish", ""), ("regions", "tuareg", ""), ("regions", "western", ""),
    ],
)  # fmt: skip
def test_known_words(table: str, word: str, code: str | list[str]) -> None:
    assert load_words("en", "demonyms")[table][word] == code


def test_seats_of_other_bodies_and_plain_words_are_left_out() -> None:
    tables = load_words("en", "demonyms")
    assert not {"the hague", "kremlin", "white house", "brussels", "male"} & tables["capitals"].keys()
    assert not {"afar", "pole", "us"} & (tables["demonyms"].keys() | tables["regions"].keys())


# ---------------------------------------------------------------- outlets


def test_outlets_are_there() -> None:
    rows = {row.name for row in outlets()}
    assert len(rows) >= OUTLETS
    assert rows >= {
        "Reuters",
        "Associated Press",
        "Al-Manar",
        "Sudan Tribune",
        "Radio Okapi",
        "El Tiempo",
        "Zitamar News",
    }
    assert sum(row.wire for row in outlets()) >= WIRES


def test_domains_look_like_domains_and_belong_to_one_outlet() -> None:
    assert [(row.id, d) for row in outlets() for d in row.domains if not DOMAIN.fullmatch(d)] == []
    assert [(row.id, d) for row in outlets() for d in row.domains if d.startswith("www.")] == []
    pairs = [(d, row.id) for row in outlets() for d in row.domains]
    assert shared(pairs) == {}
    assert len(pairs) == len(set(pairs))


def test_no_name_of_two_outlets() -> None:
    assert shared((alias.casefold(), row.id) for row in outlets() for alias in (row.name, *row.aliases)) == {}


def test_outlets_name_real_countries_and_parties() -> None:
    actors = load_codebook().actors
    assert {row.country for row in outlets() if row.country} <= iso3()
    assert [(row.id, row.party) for row in outlets() if row.party and row.party not in actors] == []


def test_no_machine_sets_a_reliability() -> None:
    assert {row.reliability for row in outlets()} == {"F"}


@pytest.mark.parametrize(
    ("outlet", "wire", "party"),
    [
        ("reuters", True, None), ("bbc", False, None), ("tass", True, "rus"), ("sana", True, "syr"),
        ("al-manar", False, "hezbollah"), ("amaq", True, "islamic-state"), ("al-masirah", False, "houthis"),
        ("saba-houthi", True, "houthis"), ("saba-government", True, "yemen-irg"), ("al-aqsa-tv", False, "hamas"),
    ],
)  # fmt: skip
def test_known_outlets(outlet: str, wire: bool, party: str | None) -> None:
    row = load_codebook().outlets[outlet]
    assert (row.wire, row.party) == (wire, party)
