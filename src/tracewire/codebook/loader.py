"""Read the codebook files, check every row, and name the file and row where a rule is broken."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from tracewire.codebook.rows import ACTOR_KINDS, ACTOR_TYPES, ActorRow, EventType, MaterielRow, OutletRow
from tracewire.errors import CodebookError

Row = TypeVar("Row", ActorRow, MaterielRow, OutletRow)
UNROCA = frozenset({"I", "II", "III", "IV", "V", "VI", "VII", "VIII"})


@dataclass(frozen=True, slots=True)
class Codebook:
    """All domain knowledge, by id."""

    version: str
    events: Mapping[str, EventType]
    materiel: Mapping[str, MaterielRow]
    actors: Mapping[str, ActorRow]
    outlets: Mapping[str, OutletRow]


@lru_cache(maxsize=4)
def load_codebook(packs: tuple[Path, ...] = ()) -> Codebook:
    """The shipped codebook with user packs (TOML files of [[actor]], [[materiel]], [[outlet]] rows) laid over it."""
    version, events = _events()
    materiel: dict[str, MaterielRow] = {}
    actors: dict[str, ActorRow] = {}
    outlets: dict[str, OutletRow] = {}
    for name, tables in _shipped() + [(str(pack), _read_user(pack)) for pack in packs]:
        materiel.update(_rows(tables.get("materiel", []), MaterielRow, name))
        actors.update(_rows(tables.get("actor", []), ActorRow, name))
        outlets.update(_rows(tables.get("outlet", []), OutletRow, name))
    _check_actors(actors)
    _check_materiel(materiel)
    return Codebook(version, events, materiel, actors, outlets)


def _shipped() -> list[tuple[str, dict[str, Any]]]:
    folder = files("tracewire.codebook")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return [(n, tomllib.loads((folder / n).read_text("utf-8"))) for n in names if n != "events.toml"]


def _read_user(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CodebookError(f"{path}: cannot be read as a knowledge pack: {error}") from error


def _rows(tables: Iterable[dict[str, Any]], kind: type[Row], file: str) -> Iterator[tuple[str, Row]]:
    import msgspec

    known = {f.name for f in fields(kind)}
    seen: set[str] = set()
    for number, table in enumerate(tables, 1):
        where = f"{file}: row {number} ({table.get('id', 'without id')})"
        if unknown := table.keys() - known:
            raise CodebookError(f"{where}: unknown keys {sorted(unknown)}; known are {sorted(known)}")
        try:
            row = msgspec.convert(table, kind)
        except msgspec.ValidationError as error:
            raise CodebookError(f"{where}: {error}") from error
        if not row.source:
            raise CodebookError(f"{where}: every row needs a source")
        if row.id in seen:
            raise CodebookError(f"{where}: the id stands twice in this file")
        seen.add(row.id)
        yield row.id, row


def _check_actors(actors: Mapping[str, ActorRow]) -> None:
    for row in actors.values():
        if row.type not in ACTOR_TYPES:
            raise CodebookError(f"actor {row.id}: type {row.type!r} is none of {', '.join(ACTOR_TYPES)}")
        if row.kind not in ACTOR_KINDS:
            raise CodebookError(f"actor {row.id}: kind {row.kind!r} is none of {', '.join(ACTOR_KINDS)}")
        for other in filter(None, (row.part_of, row.successor_of)):
            if other not in actors:
                raise CodebookError(f"actor {row.id}: names {other!r}, which is no actor")


def _check_materiel(materiel: Mapping[str, MaterielRow]) -> None:
    for row in materiel.values():
        if row.family not in materiel:
            raise CodebookError(f"materiel {row.id}: there is no family {row.family!r}")
        if row.unroca is not None and row.unroca not in UNROCA:
            raise CodebookError(f"materiel {row.id}: unroca {row.unroca!r} is none of {sorted(UNROCA)}")


def _events() -> tuple[str, dict[str, EventType]]:
    tables = tomllib.loads((files("tracewire.codebook") / "events.toml").read_text("utf-8"))
    version = tables.pop("version")
    return version, {name: _event(name, table) for name, table in tables.items()}


def _event(name: str, table: dict[str, Any]) -> EventType:
    plover = table.get("plover", {})
    try:
        return EventType(
            name=name,
            family=table["family"],
            title=table["title"],
            actors=tuple(table["actors"]),
            things=tuple(table["things"]),
            acled=tuple((event, sub) for event, sub in table["acled"]),
            plover_event=plover.get("event"),
            plover_planned=plover.get("planned"),
            plover_modes=tuple(plover.get("modes", ())),
            plover_context=plover.get("context") or None,
            hop=table.get("hop"),
            diversion=tuple(table.get("diversion", ())),
        )
    except (KeyError, ValueError) as error:
        raise CodebookError(f"events.toml: [{name}]: {error!r}") from error
