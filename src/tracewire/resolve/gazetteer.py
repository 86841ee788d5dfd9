"""Places by name: what a person installed, over the supplement, over the towns of GeoNames."""

from __future__ import annotations

import sqlite3
import weakref
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from tracewire.config import Settings
from tracewire.errors import UsageError
from tracewire.lang import load_words
from tracewire.resolve.gazetteer_builtin import builtin_fingerprint, is_built, open_builtin
from tracewire.resolve.gazetteer_db import (
    SCHEMA,
    PlaceRow,
    add_places,
    create,
    distance_km,
    open_readonly,
    rows_of,
    sources_of,
    towns_of,
)
from tracewire.resolve.gazetteer_files import Entry, files_of, read_file, sha256_of, source_name
from tracewire.resolve.names import TIER_ARTICLE, TIER_EXACT, TIER_MARKED, TIER_SKELETON, keys

__all__ = ["Gazetteer", "Installed", "PlaceRow", "install", "list_installed", "remove"]

FILE = "gazetteer.db"
SAME_PLACE_KM = 8.0
"""Two layers' points of one town lie within so many km (99 % of 819 GeoNames cities in the extracts: 4.6)."""
SAME_ROW_KM = 3.0
"""Nearer than this, two rows of one source under one name are one place entered twice; so are two towns with the
same population within SAME_PLACE_KM."""
RESTATED_KM = 50.0
"""Two sources that each have one place of a name in a province, so far apart at most, mean the same one."""
SHOWN = 5
SHORTEST_NAME = 3
ADMIN_KINDS = frozenset({"admin1", "admin2", "region", "country"})
Installed = tuple[str, int]


def install(path: Path, home: Path, say: Callable[[str], None] = lambda _: None) -> int:
    """Import a file or a folder of files into the gazetteer of `home`; returns how many places.

    A source of the same name is replaced. `say` is told of rows left out and of places that an earlier source puts
    elsewhere. UsageError where a file is not what is expected; nothing changes then.
    """
    read = [(source_name(file), sha256_of(file), read_file(file)) for file in files_of(path)]
    home.mkdir(parents=True, exist_ok=True)
    connection = create(home / FILE)
    try:
        connection.execute("BEGIN IMMEDIATE")
        for name, sha256, found in read:
            if found.left_out:
                say(f"{name}: {found.left_out} rows without a name or a point are left out")
            _delete(connection, name)
            connection.execute("INSERT INTO source VALUES (?, ?, ?)", (name, len(found.entries), sha256))
            add_places(connection, name, found.entries)
            for told in _moved(connection, name, found.entries):
                say(told)
        connection.execute("COMMIT")
    finally:
        connection.close()
    return sum(len(found.entries) for _, _, found in read)


def _moved(connection: sqlite3.Connection, source: str, entries: Sequence[Entry]) -> list[str]:
    """What another installed source says otherwise: the one installed last is taken."""
    told: dict[str, list[str]] = {}
    names = Counter(_own_key(row) for row, _ in entries)
    for row, _ in entries:
        if row.kind in ADMIN_KINDS or row.admin1 is None or names[_own_key(row)] > 1:
            continue
        found = [
            (other, name)
            for other, name in sources_of(connection, keys(row.name).article, source)
            if _own_key(other) == _own_key(row)
        ]
        if len(found) == 1 and SAME_PLACE_KM < (apart := _apart(row, found[0][0])) <= RESTATED_KM:
            told.setdefault(found[0][1], []).append(f"{row.name} ({row.admin1}, {apart:.0f} km)")
    return [
        f"{source} puts {len(rows)} places elsewhere than {other} does; {source} is taken: {', '.join(rows[:SHOWN])}"
        + (", ..." if len(rows) > SHOWN else "")
        for other, rows in sorted(told.items())
    ]


def _own_key(row: PlaceRow) -> tuple[str, str | None, str | None]:
    return keys(row.name).article, row.country, row.admin1


def _apart(a: PlaceRow, b: PlaceRow) -> float:
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return 0.0
    return distance_km((a.latitude, a.longitude), (b.latitude, b.longitude))


def list_installed(home: Path) -> list[Installed]:
    """Installed sources with their number of places, by name."""
    connection = _open_installed(home)
    if connection is None:
        return []
    try:
        return list(connection.execute("SELECT name, places FROM source ORDER BY name"))
    finally:
        connection.close()


def remove(name: str, home: Path) -> int:
    """Take an installed source out again; returns how many places went. UsageError where there is none of that name."""
    there = dict(list_installed(home))
    name = source_name(Path(name))
    if name not in there:
        raise UsageError(f"no gazetteer {name!r} is installed; there are: {', '.join(there) or 'none'}")
    connection = create(home / FILE)
    try:
        connection.execute("BEGIN IMMEDIATE")
        _delete(connection, name)
        connection.execute("COMMIT")
    finally:
        connection.close()
    return there[name]


def _delete(connection: sqlite3.Connection, source: str) -> None:
    connection.execute("DELETE FROM name WHERE place IN (SELECT id FROM place WHERE source = ?)", (source,))
    connection.execute("DELETE FROM place WHERE source = ?", (source,))
    connection.execute("DELETE FROM source WHERE name = ?", (source,))


def _open_installed(home: Path) -> sqlite3.Connection | None:
    path = home / FILE
    if not path.exists():
        return None
    connection = open_readonly(path)
    try:
        found = connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.DatabaseError as error:
        connection.close()
        raise UsageError(f"{path}: is no gazetteer ({error}); delete it and install the sources again") from error
    if found != SCHEMA:
        connection.close()
        raise UsageError(f"{path}: was made by another version ({found}); delete it and install the sources again")
    return connection


def _close(layers: list[sqlite3.Connection]) -> None:
    for connection in layers:
        connection.close()


class Gazetteer:
    """Looks names up in all layers; opens them at the first look-up. `home` defaults to the settings' data folder."""

    def __init__(self, home: Path | None = None) -> None:
        self._home = home
        self._layers: list[sqlite3.Connection] | None = None
        self.contains = lru_cache(maxsize=65_536)(self._contains)
        self._cached = lru_cache(maxsize=65_536)(self._lookup)
        self.towns = lru_cache(maxsize=64)(self._towns)

    def lookup(self, name: str) -> list[PlaceRow]:
        """Places of that name, tightest spelling first, then upper layers, then by population; each place once."""
        return list(self._cached(name, None))

    def lookup_loose(self, name: str, country: str) -> list[PlaceRow]:
        """Places of a country (ISO 3166-1 alpha-2) whose name differs only by how it is transliterated."""
        return list(self._cached(name, country))

    def is_built(self) -> bool:
        """Whether the built-in places lie ready; where not, the first look-up builds them, which takes some seconds."""
        home = self._home if self._home is not None else Settings().data_home()
        return is_built((_cache_folder(), home))

    def build(self) -> None:
        """Open all layers now, building the built-in one where it is not there."""
        self._open()

    def fingerprint(self) -> str:
        """Changes whenever the places that can be found change; cheap, reads no place."""
        home = self._home if self._home is not None else Settings().data_home()
        connection = _open_installed(home)
        if connection is None:
            return builtin_fingerprint()
        try:
            rows = connection.execute("SELECT name, sha256 FROM source ORDER BY name").fetchall()
        finally:
            connection.close()
        return " ".join([builtin_fingerprint(), *(f"{name}:{sha256}" for name, sha256 in rows)])

    def _towns(self, country: str) -> tuple[tuple[float, float], ...]:
        """Points of the built-in towns of a country (ISO 3166-1 alpha-2)."""
        return tuple(towns_of(self._open()[-1], country))

    def _contains(self, name: str) -> bool:
        """Whether a place has exactly this name; everyday words that are also villages do not count."""
        found = keys(name)
        if len(found.exact) < SHORTEST_NAME or found.exact in _everyday():
            return False
        return any(
            connection.execute("SELECT 1 FROM name WHERE key = ? AND tier <= ? LIMIT 1", (key, TIER_ARTICLE)).fetchone()
            for connection in self._open()
            for key in {found.exact, found.article}
            if len(key) >= SHORTEST_NAME
        )

    def _open(self) -> list[sqlite3.Connection]:
        if self._layers is None:
            home = self._home if self._home is not None else Settings().data_home()
            installed = _open_installed(home)
            self._layers = ([installed] if installed else []) + [open_builtin((_cache_folder(), home))]
            weakref.finalize(self, _close, self._layers)
        return self._layers

    def _lookup(self, name: str, country: str | None) -> tuple[PlaceRow, ...]:
        found = keys(name)
        tried: list[tuple[int, str | None]]
        if country is None:
            tried = [(TIER_EXACT, found.exact), (TIER_ARTICLE, found.article if found.article != found.exact else "")]
        else:
            tried = [(TIER_MARKED, found.marked), (TIER_SKELETON, found.skeleton)]
        rows: list[PlaceRow] = []
        for tier, key in tried:
            if key and len(key) > 1:
                layers = self._open()
                for layer in layers:
                    rows.extend(rows_of(layer, key, tier, country, latest_first=layer is not layers[-1]))
        return tuple(_merged(_without_restated(rows)))


def _cache_folder() -> Path:
    """Where what can be built again lies, for all data folders of a person."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("tracewire"))


def _merged(rows: Iterable[PlaceRow]) -> list[PlaceRow]:
    """One row for each place: the first of those that are the same, with the population that any of them knows."""
    kept: list[PlaceRow] = []
    for row in sorted(rows, key=lambda r: r.tier):
        same = next((i for i, other in enumerate(kept) if _same_place(row, other)), None)
        if same is None:
            kept.append(row)
        elif kept[same].population is None and row.population is not None:
            kept[same] = replace(kept[same], population=row.population)
    return sorted(kept, key=lambda r: (r.tier, -(r.population or 0), r.gid))


def _without_restated(rows: list[PlaceRow]) -> list[PlaceRow]:
    """Of places that two sources put elsewhere in one province, the one of the source installed last, or upper."""
    groups: dict[tuple[str, str | None, str | None], list[PlaceRow]] = {}
    for row in rows:
        if row.kind not in ADMIN_KINDS and row.admin1 is not None and row.tier <= TIER_ARTICLE:
            groups.setdefault(_own_key(row), []).append(row)
    gone: set[str] = set()
    for group in groups.values():
        sources = Counter(row.gid.partition(":")[0] for row in group if row.gid != group[0].gid or row is group[0])
        if len(sources) > 1 and max(sources.values()) == 1:
            gone |= {row.gid for row in group[1:] if _apart(group[0], row) <= RESTATED_KM} - {group[0].gid}
    return [row for row in rows if row.gid not in gone]


def _same_place(row: PlaceRow, other: PlaceRow) -> bool:
    if row.gid == other.gid:
        return True
    if row.country != other.country or (row.kind in ADMIN_KINDS) != (other.kind in ADMIN_KINDS):
        return False
    if row.kind in ADMIN_KINDS:
        return row.kind == other.kind and row.admin1 == other.admin1 and row.admin2 == other.admin2
    if row.latitude is None or row.longitude is None or other.latitude is None or other.longitude is None:
        return row.kind == other.kind
    one_source = row.gid.partition(":")[0] == other.gid.partition(":")[0]
    one_source = one_source and (row.population is None or row.population != other.population)
    apart = distance_km((row.latitude, row.longitude), (other.latitude, other.longitude))
    return apart <= (SAME_ROW_KM if one_source else SAME_PLACE_KM)


@lru_cache(maxsize=1)
def _everyday() -> frozenset[str]:
    """Words of the language that also name some village: "Police", "March", "Front"."""
    found: set[str] = set()
    for table in ("words", "nouns", "verbs", "triggers", "cues"):
        for value in load_words("en", table).values():
            found.update(_words_in(value))
    return frozenset(found)


def _words_in(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield keys(value).exact
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _words_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _words_in(inner)
