"""The gazetteer that comes with the program: the supplement, and towns of GeoNames (CC-BY 4.0), as one SQLite file."""

from __future__ import annotations

import contextlib
import hashlib
import lzma
import os
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from tracewire.errors import CodebookError
from tracewire.resolve.countries import OTHER_COUNTRY_NAMES, countries
from tracewire.resolve.gazetteer_db import SCHEMA, PlaceRow, add_places, create, open_readonly
from tracewire.resolve.names import in_latin_letters, keys

__all__ = ["admin_names", "builtin_fingerprint", "is_built", "open_builtin", "supplement"]

SMALLEST_CITY = 5_000
"""Outside the countries of the supplement, smaller towns are left out: they would be homonyms more often than meant."""
CITY_RADIUS_KM = 3.0
CITY_COLUMNS = ("geonameid", "name", "latitude", "longitude", "countrycode", "admin1code", "population", "names")
LARGE_CITY, LARGE_CITY_RADIUS_KM = 1_000_000, 10.0
_KEYS_VERSION = 1
"""Raise when names.keys changes, so that files built with the old keys are built anew."""
_HEADER = ("name", "kind", "latitude", "longitude", "radius_km", "admin1", "country", "alternates", "code", "source")


@lru_cache(maxsize=1)
def supplement() -> tuple[tuple[PlaceRow, tuple[str, ...], str], ...]:
    """Rows of supplement.tsv: the place, its other names, and the GeoNames admin1 code ("" where it is none)."""
    lines = (files("tracewire.resolve") / "supplement.tsv").read_text("utf-8").splitlines()
    if tuple(lines[0].split("\t")) != _HEADER:
        raise CodebookError(f"supplement.tsv: line 1: expected the columns {', '.join(_HEADER)}")
    return tuple(_supplement_row(number, line) for number, line in enumerate(lines[1:], 2))


def _supplement_row(number: int, line: str) -> tuple[PlaceRow, tuple[str, ...], str]:
    cells = line.split("\t")
    if len(cells) != len(_HEADER) or not cells[-1]:
        raise CodebookError(f"supplement.tsv: line {number}: expected {len(_HEADER)} cells, the last one a source")
    name, kind, latitude, longitude, radius, admin1, country, alternates, code, _ = cells
    row = PlaceRow(
        gid=f"supplement:{'-'.join(filter(None, (keys(name).exact, kind, country.lower())))}",
        name=name, kind=kind, latitude=float(latitude), longitude=float(longitude), radius_km=float(radius),
        admin1=admin1 or None, admin2=None, country=country or None, population=None,
    )  # fmt: skip
    return row, tuple(filter(None, alternates.split("|"))), code


@lru_cache(maxsize=1)
def admin_names() -> dict[tuple[str, str], str]:
    """(country, GeoNames admin1 code) -> the name that this project uses for the province."""
    return {(row.country or "", code): row.name for row, _, code in supplement() if code}


def open_builtin(folders: Sequence[Path]) -> sqlite3.Connection:
    """The built-in gazetteer, from the first folder that has it; else built (some seconds) in the first that takes it.

    Where no folder can be written to, it is built in memory, anew for every run.
    """
    name = f"builtin-{builtin_fingerprint()}.db"
    for folder in folders:
        if (folder / name).is_file():
            return open_readonly(folder / name)
    for folder in folders:
        with contextlib.suppress(OSError, sqlite3.OperationalError):
            folder.mkdir(parents=True, exist_ok=True)
            _build_file(folder, name)
            return open_readonly(folder / name)
    return _fill(create(":memory:"))


def is_built(folders: Sequence[Path]) -> bool:
    """Whether one of the folders holds the built-in gazetteer already."""
    return any((folder / f"builtin-{builtin_fingerprint()}.db").is_file() for folder in folders)


@lru_cache(maxsize=1)
def builtin_fingerprint() -> str:
    """Version of the built-in gazetteer: of its tables, its keys, its sources."""
    cities = hashlib.sha256(_shipped("cities.tsv.xz").read_bytes()).hexdigest()
    told = f"{SCHEMA} {_KEYS_VERSION} {cities} {supplement()}"
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _build_file(folder: Path, name: str) -> None:
    """Build under another name and rename, so that no other process ever sees half a file."""
    handle, temporary = tempfile.mkstemp(prefix=name, suffix=".part", dir=folder)
    os.close(handle)
    try:
        _fill(create(temporary)).close()
        Path(temporary).replace(folder / name)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _fill(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("BEGIN")
    add_places(connection, "supplement", ((row, names) for row, names, _ in supplement()))
    detailed = {row.country for row, _, _ in supplement() if row.country}
    cities = list(_geonames_cities())
    for loose in (True, False):
        add_places(connection, "geonames", _cities(cities, detailed, inside=loose), loose=loose)
    add_places(connection, "geonames", _countries(), loose=False)
    connection.execute("COMMIT")
    return connection


def _cities(
    cities: list[dict[str, Any]], detailed: set[str], *, inside: bool
) -> Iterator[tuple[PlaceRow, Sequence[str]]]:
    """Cities inside the countries of the supplement, every size; or outside them, from SMALLEST_CITY up."""
    for city in cities:
        if (city["countrycode"] in detailed) != inside or (not inside and city["population"] < SMALLEST_CITY):
            continue
        population = city["population"] or None
        large = population is not None and population >= LARGE_CITY
        country = city["countrycode"]
        yield PlaceRow(
            gid=f"geonames:{city['geonameid']}", name=city["name"], kind="city",
            latitude=city["latitude"], longitude=city["longitude"],
            radius_km=LARGE_CITY_RADIUS_KM if large else CITY_RADIUS_KM,
            admin1=admin_names().get((country, city["admin1code"])), admin2=None, country=country,
            population=population,
        ), [n for n in city["names"].split("|") if n]  # fmt: skip


def _geonames_cities() -> Iterator[dict[str, Any]]:
    """Rows of cities.tsv.xz (made by training/places.py), by GeoNames id."""
    lines = lzma.decompress(_shipped("cities.tsv.xz").read_bytes()).decode("utf-8").splitlines()
    if tuple(lines[0].split("\t")) != CITY_COLUMNS:
        raise CodebookError(f"cities.tsv.xz: line 1: expected the columns {', '.join(CITY_COLUMNS)}")
    for line in lines[1:]:
        row: dict[str, Any] = dict(zip(CITY_COLUMNS, line.split("\t"), strict=True))
        for name, number in (("latitude", float), ("longitude", float), ("population", int)):
            row[name] = number(row[name])
        yield row


def _shipped(name: str) -> Traversable:
    return files("tracewire.resolve") / name


def is_spelled(name: str) -> bool:
    """A name as people write it in Latin letters: no airport code, no letter-by-letter transliteration."""
    return name[:1].isupper() and (len(name) > 3 or not name.isupper()) and in_latin_letters(name)


def _countries() -> Iterator[tuple[PlaceRow, Sequence[str]]]:
    for code, row in countries().items():
        yield PlaceRow(
            gid=f"geonames:{row.geonames}", name=row.name, kind="country", latitude=None, longitude=None,
            radius_km=None, admin1=None, admin2=None, country=code, population=row.population,
        ), OTHER_COUNTRY_NAMES.get(code, ())  # fmt: skip
