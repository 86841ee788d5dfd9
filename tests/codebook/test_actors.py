"""The shipped actors: enough of them, each with its source, links that lead somewhere, and no name of two actors."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any

import pytest

from tracewire.codebook.loader import load_codebook
from tracewire.codebook.rows import ACTOR_KINDS, ACTOR_TYPES, ActorRow

ENOUGH = 3000
"""Rows that the pack held when it was made; more may come, fewer may not."""

AMBIGUOUS = {
    # What all panels of experts are called; the country of the report decides.
    "un panel of experts",
    "un experts",
    "un panel",
    "un sanctions experts",
    "un sanctions monitors",
    "un investigators",
    "un group of experts",
    "Panel of Experts",
    "Group of Experts",
    # Translations of one Arabic name; the country of the report decides.
    "army of islam",  # Jaysh al-Islam of Douma, Army of Islam in Gaza
    # One Kurdish word for two services.
    "asayish",  # of north-east Syria, of the Kurdistan Region of Iraq
    # Two armed wings with one English name.
    "peoples defence forces",  # of the PKK, of Myanmar's National Unity Government
    # Abbreviations that the field uses for both.
    "ISF",  # Iraqi Security Forces, Internal Security Forces of Lebanon
    "SLA",  # South Lebanon Army, Sudan Liberation Army
    "SNA",  # Syrian National Army, Somali National Army
    "SRF",  # Syria Revolutionaries Front, Sudan Revolutionary Front
    "UPC",  # Union for Peace in the Central African Republic, Union of Congolese Patriots
}
PLAIN = {
    "activists", "air force", "army", "authorities", "bandits", "border guard", "coalition", "contra", "defence",
    "defence ministry", "defense ministry", "extremists", "fighters", "forces", "foreign ministry", "front",
    "government", "government forces", "guards", "guerrillas", "gunmen", "insurgents", "interior ministry",
    "islamists", "jihadists", "junta", "loyalists", "militants", "militia", "militias", "ministry", "movement",
    "national guard", "observers", "opposition", "paramilitaries", "party", "peacekeepers", "police", "presidency",
    "presidential guard", "protesters", "rebel forces", "rebels", "regime", "regime forces", "republic",
    "republican guard", "resistance", "revolutionaries", "security council", "security forces", "separatists",
    "settlers", "soldiers", "special forces", "state", "troops", "union",
}  # fmt: skip
LOADED = re.compile(
    r"(?<!anti-)\b(terrorists?|takfiris?|infidels?|khawarij|orcs|zionists?|mercenary dogs)\b", re.IGNORECASE
)
ARTICLE = re.compile(r"^(?:the|al|el) (?=.)")


@lru_cache(maxsize=1)
def actors() -> tuple[tuple[str, ActorRow], ...]:
    """Every row of the actors*.toml files with the name of its file."""
    found: list[tuple[str, ActorRow]] = []
    folder = files("tracewire.codebook")
    for name in sorted(entry.name for entry in folder.iterdir()):
        if name.startswith("actors") and name.endswith(".toml"):
            for table in tomllib.loads((folder / name).read_text("utf-8"))["actor"]:
                values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in table.items()}
                found.append((name, ActorRow(**values)))
    return tuple(found)


def fold(name: str) -> str:
    """Lower case, without diacritics, apostrophes, full stops, hyphens and a leading article."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    spaced = re.sub(r"[-–—\s]+", " ", re.sub(r"['’‘ʿʾ`.]", "", bare)).strip()
    return ARTICLE.sub("", spaced)


def written(name: str) -> str:
    """What a case-sensitive name is compared by."""
    return name.replace(".", "").replace("-", " ")


def test_there_are_enough_actors_of_every_kind() -> None:
    rows = [row for _, row in actors()]
    assert len(rows) >= ENOUGH
    assert {row.type for row in rows} <= set(ACTOR_TYPES)
    assert {row.kind for row in rows} <= set(ACTOR_KINDS)
    by_kind = {kind: sum(row.kind == kind for row in rows) for kind in ACTOR_KINDS}
    for kind, least in (("rebel group", 750), ("state forces", 400), ("leader", 650), ("coalition", 50)):
        assert by_kind[kind] >= least, f"{kind}: {by_kind[kind]}"


def test_ids_are_unique_plain_ascii() -> None:
    seen: dict[str, str] = {}
    for file, row in actors():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row.id), f"{file}: {row.id!r}"
        assert row.id not in seen, f"{row.id}: in {seen.get(row.id)} and {file}"
        seen[row.id] = file


def test_every_row_has_a_source_and_sound_fields() -> None:
    for file, row in actors():
        where = f"{file}: {row.id}"
        assert row.source.strip(), where
        assert row.name == row.name.strip() != "", where
        assert all(re.fullmatch(r"[A-Z]{3}", code) for code in row.countries), where
        assert len(set(row.countries)) == len(row.countries), where
        assert row.wikidata is None or re.fullmatch(r"Q[1-9]\d*", row.wikidata), where
        assert (row.type == "person") == (row.kind == "leader"), where
        assert row.since is None or row.until is None or row.since <= row.until, where
        assert all(year is None or 1500 <= year <= 2026 for year in (row.since, row.until)), where


def test_links_lead_to_rows_and_never_in_a_circle() -> None:
    states = {row.id for row in load_codebook().actors.values() if row.type == "state"}
    own = {row.id: row for _, row in actors()}
    assert not own.keys() & states, "an actor has the id of a state"
    for row in own.values():
        for other in filter(None, (row.part_of, row.successor_of)):
            assert other in own or other in states, f"{row.id}: names {other!r}"
        for link in ("part_of", "successor_of"):
            assert not _returns(row, link, own), f"{row.id}: its {link} leads back to it"


def _returns(row: ActorRow, link: str, own: dict[str, ActorRow]) -> bool:
    seen = {row.id}
    step = getattr(row, link)
    while step in own:
        if step in seen:
            return True
        seen.add(step)
        step = getattr(own[step], link)
    return False


def test_no_name_belongs_to_two_actors() -> None:
    loose: dict[str, set[str]] = defaultdict(set)
    strict: dict[str, set[str]] = defaultdict(set)
    for row in (row for row in load_codebook().actors.values() if row.type != "outlet"):
        for name in (row.name, *row.aliases):
            loose[fold(name)].add(row.id)
        for name in row.exact:
            strict[written(name)].add(row.id)
    own = {row.id for _, row in actors()}
    shared = {name: ids for name, ids in (loose | strict).items() if len(ids) > 1 and ids & own}
    for name, ids in strict.items():
        if (other := loose.get(fold(name), ids)) != ids:
            shared[name] = ids | other
    assert set(shared) == AMBIGUOUS, {n: sorted(shared.get(n, ())) for n in set(shared) ^ AMBIGUOUS}


def test_no_name_is_a_plain_word_or_a_loaded_label() -> None:
    for file, row, name in _names():
        assert name in row.exact or fold(name) not in PLAIN, f"{file}: {row.id}: {name!r} is a plain word"
        assert not LOADED.search(name), f"{file}: {row.id}: {name!r} is a label"
    for file, row in actors():
        assert all(name != name.lower() for name in row.exact), (
            f"{file}: {row.id}: exact names are written with capitals"
        )


def test_no_short_word_matches_without_regard_to_case() -> None:
    """Abbreviations such as IS, SLA or MAT are words when lowered: they belong in `exact`."""
    for file, row in actors():
        for name in (row.name, *row.aliases):
            assert len(name) > 3 or name in SHORT_NAMES, f"{file}: {row.id}: {name!r} belongs in exact"


SHORT_NAMES = {"IHH", "KGB", "MI5"}
"""Names of three letters that are no word in lower case."""


def test_no_row_repeats_a_name() -> None:
    for file, row in actors():
        names = [re.sub(r"\s+", " ", name.casefold()) for name in (row.name, *row.aliases)]
        assert len(set(names)) == len(names), f"{file}: {row.id}"
        assert len(set(row.exact)) == len(row.exact), f"{file}: {row.id}"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Jabhat al-Nusra", "nusra-front"),
        ("Jabhat Fateh al-Sham", "jabhat-fatah-al-sham"),
        ("Hay'at Tahrir al-Sham", "hayat-tahrir-al-sham"),
        ("Ansar Eddine", "ansar-dine"),
        ("Islamic State in the Greater Sahara", "isgs"),
        ("Islamic State Sahel Province", "issp"),
        ("Ansar Allah", "houthis"),
        ("Hashd al-Shaabi", "popular-mobilization-forces"),
        ("Tamil Tigers", "ltte"),
        ("Sendero Luminoso", "shining-path"),
        ("Rapid Support Forces", "rapid-support-forces"),
        ("Ta'ang National Liberation Army", "tnla"),
        ("Donetsk People's Republic", "dpr"),
        ("Quds Force", "quds-force"),
        ("Mai Mai Yakutumba", "mai-mai-yakutumba"),
    ],
)
def test_well_known_names_lead_to_their_actor(name: str, expected: str) -> None:
    found = {row.id for _, row, known in _names() if fold(known) == fold(name)}
    assert found == {expected}


@pytest.mark.parametrize(
    ("later", "earlier"),
    [
        ("hayat-tahrir-al-sham", "jabhat-fatah-al-sham"),
        ("jabhat-fatah-al-sham", "nusra-front"),
        ("aqim", "gspc"),
        ("islamic-state", "islamic-state-of-iraq"),
        ("issp", "isgs"),
        ("rapid-support-forces", "janjaweed"),
        ("atmis", "amisom"),
        ("fdlr", "alir"),
    ],
)
def test_successors_are_rows_of_their_own(later: str, earlier: str) -> None:
    rows = {row.id: row for _, row in actors()}
    assert rows[later].successor_of == earlier


def _names() -> Iterator[tuple[str, ActorRow, str]]:
    for file, row in actors():
        for name in (row.name, *row.aliases, *row.exact):
            yield file, row, name
