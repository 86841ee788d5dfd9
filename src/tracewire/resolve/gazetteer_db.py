"""The SQLite form of a gazetteer: places, and the keys under which their names are found."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tracewire.resolve.names import TIER_ARTICLE, TIER_MARKED, keys

__all__ = [
    "SCHEMA",
    "PlaceRow",
    "add_places",
    "create",
    "distance_km",
    "open_readonly",
    "rows_of",
    "sources_of",
    "towns_of",
]

SCHEMA = 3
"""Version of the tables below; a file of another version is built anew or refused."""

_TABLES = """
CREATE TABLE IF NOT EXISTS source (name TEXT PRIMARY KEY, places INTEGER NOT NULL, sha256 TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS place (
  id INTEGER PRIMARY KEY, source TEXT NOT NULL, gid TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
  latitude REAL, longitude REAL, radius_km REAL, admin1 TEXT, admin2 TEXT, country TEXT, population INTEGER);
CREATE INDEX IF NOT EXISTS place_source ON place (source);
CREATE INDEX IF NOT EXISTS place_gid ON place (gid);
CREATE TABLE IF NOT EXISTS name (
  key TEXT NOT NULL, tier INTEGER NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (key, tier, place)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS name_place ON name (place);
"""
_COLUMNS = "p.gid, p.name, p.kind, p.latitude, p.longitude, p.radius_km, p.admin1, p.admin2, p.country, p.population"


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place of a gazetteer. `gid` is its id there ("wof:85672417", "geonames:169389", "supplement:idlib-sy").

    `country` is ISO 3166-1 alpha-2, `radius_km` how far its land may lie from the point (None: not known), `tier` how
    loosely the name that was looked up fits (names.TIER_...).
    """

    gid: str
    name: str
    kind: str
    latitude: float | None
    longitude: float | None
    radius_km: float | None
    admin1: str | None
    admin2: str | None
    country: str | None
    population: int | None
    tier: int = 0


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance between two points given as latitude and longitude in degrees."""
    low, high = math.radians(a[0]), math.radians(b[0])
    across = math.radians(b[1] - a[1])
    h = math.sin((high - low) / 2) ** 2 + math.cos(low) * math.cos(high) * math.sin(across / 2) ** 2
    return 12742.0 * math.asin(math.sqrt(min(1.0, h)))


def create(path: Path | str) -> sqlite3.Connection:
    """Open for writing, with the tables in place."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=30)
    connection.executescript(_TABLES)
    connection.execute(f"PRAGMA user_version = {SCHEMA}")
    return connection


def open_readonly(path: Path) -> sqlite3.Connection:
    """Open an existing file for reading from any thread."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)


def add_places(
    connection: sqlite3.Connection, source: str, places: Iterable[tuple[PlaceRow, Sequence[str]]], *, loose: bool = True
) -> int:
    """Insert places with all their names; without `loose`, only keys of the spelling itself. Returns how many."""
    first: int = connection.execute("SELECT coalesce(max(id), 0) FROM place").fetchone()[0]
    number = first
    for number, (row, names) in enumerate(places, first + 1):
        connection.execute(
            "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (number, source, row.gid, row.name, row.kind, row.latitude, row.longitude, row.radius_km,
             row.admin1, row.admin2, row.country, row.population),
        )  # fmt: skip
        connection.executemany(
            "INSERT OR IGNORE INTO name VALUES (?, ?, ?)",
            ((key, tier, number) for tier, key in _all_keys((row.name, *names), loose)),
        )
    return number - first


def _all_keys(names: Iterable[str], loose: bool) -> Iterator[tuple[int, str]]:
    """Each key once, at its tightest tier; sorted, so that the file is the same on every machine."""
    best: dict[str, int] = {}
    for name in names:
        for tier, key in keys(name):
            if loose or tier < TIER_MARKED:
                best[key] = min(tier, best.get(key, tier))
    yield from sorted((tier, key) for key, tier in best.items())


def rows_of(
    connection: sqlite3.Connection, key: str, tier: int, country: str | None = None, *, latest_first: bool = False
) -> list[PlaceRow]:
    """Places that a key of a looked-up name finds, by id; `tier` is the key's. Only those of `country` where given.

    `latest_first` puts the source that was installed last before the others.
    """
    arguments: list[str | int] = [key, tier if tier >= TIER_MARKED else 0, max(tier, TIER_ARTICLE)]
    where = ""
    if country is not None:
        where = " AND p.country = ?"
        arguments.append(country)
    latest = "(SELECT max(q.id) FROM place q WHERE q.source = p.source) DESC, " if latest_first else ""
    found = connection.execute(
        f"SELECT {_COLUMNS}, n.tier FROM name n JOIN place p ON p.id = n.place"
        f" WHERE n.key = ? AND n.tier BETWEEN ? AND ?{where} ORDER BY {latest}p.id",
        arguments,
    )
    return [PlaceRow(*(*values[:-1], max(tier, values[-1]))) for values in found]


def sources_of(connection: sqlite3.Connection, key: str, without: str) -> list[tuple[PlaceRow, str]]:
    """Places of a name with the source each is of, but for one source."""
    found = connection.execute(
        f"SELECT {_COLUMNS}, p.source FROM name n JOIN place p ON p.id = n.place"
        " WHERE n.key = ? AND n.tier <= ? AND p.source <> ? ORDER BY p.id",
        (key, TIER_ARTICLE, without),
    )
    return [(PlaceRow(*values[:-1]), values[-1]) for values in found]


def towns_of(connection: sqlite3.Connection, country: str) -> list[tuple[float, float]]:
    """Points of the towns of a country, sorted."""
    found = connection.execute(
        "SELECT latitude, longitude FROM place WHERE country = ? AND kind = 'city' ORDER BY latitude, longitude",
        (country,),
    )
    return list(found)
