"""A gazetteer and a codebook of invented places and groups, so that tests depend on no shipped row."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tracewire.codebook import ActorRow, Codebook, OutletRow, load_codebook
from tracewire.model import Document, Form, Mention, MentionType, Span
from tracewire.resolve.gazetteer import Gazetteer, install
from tracewire.resolve.gazetteer_files import WOF_HEADER

Wanted = tuple[MentionType, Form, str]
Writer = Callable[..., Path]

PLACES = [
    # wof_id, name, placetype, latitude, longitude, region, county, country, population, other names
    ("1", "Qasr Zahra", "region", "35.6", "36.6", "Qasr Zahra", "", "SY", "", "Kasr Zahra Governorate"),
    ("2", "Wadi Hamra", "region", "33.0", "36.2", "Wadi Hamra", "", "SY", "", ""),
    ("3", "Tall Nawra", "locality", "35.70", "36.60", "Qasr Zahra", "", "SY", "", "Tell Naoura|تل نورة"),
    ("4", "Tall Nawra", "locality", "33.10", "36.25", "Wadi Hamra", "", "SY", "", ""),
    ("5", "Bayt Jinnin", "locality", "35.72", "36.63", "Qasr Zahra", "", "SY", "3000", "Beit Jinnine"),
    ("6", "Qasr Zahra", "locality", "35.65", "36.61", "Qasr Zahra", "", "SY", "90000", ""),
    ("7", "Bayt Jinnin", "locality", "15.5", "44.1", "Sanaa", "", "YE", "200", ""),
]
ACTORS = [
    ActorRow("syr", "Syria", "state", "state", exact=("SY",), countries=("SYR",), source="test"),
    ActorRow("usa", "United States", "state", "state", exact=("US",), countries=("USA",), source="test"),
    ActorRow("mli", "Mali", "state", "state", countries=("MLI",), source="test"),
    ActorRow("saf", "Syrian Armed Forces", "group", "state forces", ("Syrian Arab Army",), part_of="syr",
             countries=("SYR",), source="test"),
    ActorRow("zahra", "Zahra Liberation Front", "group", "rebel group", ("Jabhat Zahra", "Zahra Front"), ("ZLF",),
             ("SYR",), wikidata="Q1", source="test"),
    ActorRow("nla-a", "National Liberation Army", "group", "rebel group", exact=("NLA",), countries=("MLI",),
             source="test"),
    ActorRow("nla-b", "National Liberation Army (Syria)", "group", "rebel group", ("National Liberation Army",),
             ("NLA",), ("SYR",), source="test"),
    ActorRow("old", "Army of Dawn", "group", "rebel group", countries=("SYR",), since=2012, source="test"),
    ActorRow("rahal", "Karim Rahal", "person", "leader", ("President Rahal",), countries=("SYR",), part_of="syr",
             source="test"),
]  # fmt: skip
OUTLETS = [
    OutletRow("wire", "Levant Wire", wire=True, source="test"),
    OutletRow("dawn", "Dawn Herald", source="test"),
]


@pytest.fixture(scope="session")
def write_gazetteer() -> Writer:
    """Writes a Who's On First extract: `write(path, rows=..., header=...)`."""

    def write(path: Path, rows: Sequence[Sequence[str]] = PLACES, header: Sequence[str] = WOF_HEADER) -> Path:
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, delimiter="\t", lineterminator="\n")
            writer.writerow(header)
            writer.writerows([*row[:9], "", "", row[9]] for row in rows)
        return path

    return write


@pytest.fixture(scope="session")
def gazetteer(tmp_path_factory: pytest.TempPathFactory, write_gazetteer: Writer) -> Gazetteer:
    """The built-in gazetteer under invented places of Syria and Yemen."""
    home = tmp_path_factory.mktemp("home")
    install(write_gazetteer(tmp_path_factory.mktemp("wof") / "invented-sy.tsv"), home)
    return Gazetteer(home)


@pytest.fixture(scope="session")
def codebook() -> Codebook:
    """The shipped event types and some materiel, with invented actors and outlets."""
    shipped = load_codebook()
    materiel = {key: row for key, row in shipped.materiel.items() if row.family in ("atgm", "ammunition", "rifle")}
    actors, outlets = {row.id: row for row in ACTORS}, {row.id: row for row in OUTLETS}
    return Codebook(shipped.version, shipped.events, materiel, actors, outlets)


@pytest.fixture(scope="session")
def mentions_of() -> Callable[..., tuple[Mention, ...]]:
    """Mentions by (type, form, words) in text order: each is searched after the one before it."""

    def find(document: Document, *wanted: Wanted) -> tuple[Mention, ...]:
        found, position = [], 0
        for type_, form, words in wanted:
            start = document.raw.index(words, position)
            found.append(Mention(document.id, Span(start, start + len(words), words), type_, form))
            position = start + 1
        return tuple(found)

    return find
