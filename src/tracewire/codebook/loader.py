"""Read the codebook files, check every row, and name the file and row where a rule is broken."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from tracewire.codebook.cache import fingerprint, kept
from tracewire.codebook.matcher import tokens
from tracewire.codebook.rows import ACTOR_KINDS, ACTOR_TYPES, SALW, ActorRow, EventType, MaterielRow, OutletRow
from tracewire.errors import CodebookError

Row = TypeVar("Row", ActorRow, MaterielRow, OutletRow)
TABLES = ("actor", "materiel", "outlet")
_ALPHA3 = re.compile(r"[A-Z]{3}")
UNROCA = frozenset({"I", "II", "III", "IV", "V", "VI", "VII", "VIII"})


@dataclass(frozen=True, slots=True)
class Codebook:
    """All domain knowledge, by id.

    `fingerprint` changes with any byte of the files it was read from; `replaced` says in words which rows of a user
    pack lie over which rows.
    """

    version: str
    events: Mapping[str, EventType]
    materiel: Mapping[str, MaterielRow]
    actors: Mapping[str, ActorRow]
    outlets: Mapping[str, OutletRow]
    fingerprint: str = ""
    replaced: tuple[str, ...] = ()


LARGE_PACK = 1_000_000
"""Bytes from which the rows of a user pack are kept parsed between runs."""


@dataclass(frozen=True, slots=True)
class _Shipped:
    """The rows of the files that ship, or of one pack, parsed and checked; what the cache keeps."""

    actors: dict[str, ActorRow]
    materiel: dict[str, MaterielRow]
    outlets: dict[str, OutletRow]


def load_codebook(packs: tuple[Path, ...] = (), cache: Path | None = None) -> Codebook:
    """The shipped codebook with user packs (TOML files of [[actor]], [[materiel]], [[outlet]] rows) laid over it.

    Of two packs that hold the same row the later one wins. `cache` is a folder for what is parsed.
    """
    return read_codebook(tuple((str(pack), _bytes(pack)) for pack in packs), cache)


@lru_cache(maxsize=4)
def read_codebook(packs: tuple[tuple[str, bytes], ...], cache: Path | None = None) -> Codebook:
    """`load_codebook` of packs by name and content."""
    version, events = _events()
    sources = _sources()
    shipped = kept(cache, "codebook", fingerprint(sources.values()), _Shipped, lambda: _shipped(sources))
    actors, materiel, outlets = dict(shipped.actors), dict(shipped.materiel), dict(shipped.outlets)
    replaced: list[str] = []
    owner: dict[str, str] = {}
    for number, (name, content) in enumerate(packs):
        pack = _pack(number, name, content, sources, cache)
        replaced += _lay(materiel, pack.materiel, "materiel", name, owner)
        replaced += _lay(actors, pack.actors, "actor", name, owner)
        replaced += _lay(outlets, pack.outlets, "outlet", name, owner)
    if packs:
        materiel = _inherited(materiel)
        _check_actors(actors)
        _check_materiel(materiel)
    mark = fingerprint([*sources.values(), *(content for _, content in packs)])
    return Codebook(version, events, materiel, actors, outlets, mark, tuple(replaced))


def _lay(into: dict[str, Row], rows: Mapping[str, Row], kind: str, name: str, owner: dict[str, str]) -> Iterator[str]:
    """Lay the rows of a pack over those there are; says which row lies over which."""
    for id_, row in rows.items():
        if id_ in into and into[id_] != row:
            yield f"{kind} {id_}: {name} goes over {owner.get(f'{kind} {id_}', 'the shipped row')}"
        into[id_] = row
        owner[f"{kind} {id_}"] = name


def _pack(number: int, name: str, content: bytes, sources: Mapping[str, bytes], cache: Path | None) -> _Shipped:
    """The rows of a user pack; those of a large one are kept parsed."""

    def parsed() -> _Shipped:
        tables = _parse(content, name)
        return _Shipped(
            dict(_rows(tables.get("actor", []), ActorRow, name)),
            dict(_rows(tables.get("materiel", []), MaterielRow, name)),
            dict(_rows(tables.get("outlet", []), OutletRow, name)),
        )

    if len(content) < LARGE_PACK:
        return parsed()
    return kept(cache, f"pack{number}", fingerprint([*sources.values(), content]), _Shipped, parsed)


def _sources() -> dict[str, bytes]:
    folder = files("tracewire.codebook")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith((".toml", ".py")))
    return {name: (folder / name).read_bytes() for name in names}


def _shipped(sources: Mapping[str, bytes]) -> _Shipped:
    actors: dict[str, ActorRow] = {}
    materiel: dict[str, MaterielRow] = {}
    outlets: dict[str, OutletRow] = {}
    for name, content in sources.items():
        if name.endswith(".toml") and name != "events.toml":
            tables = _parse(content, name)
            materiel.update(_rows(tables.get("materiel", []), MaterielRow, name))
            actors.update(_rows(tables.get("actor", []), ActorRow, name))
            outlets.update(_rows(tables.get("outlet", []), OutletRow, name))
    _check_actors(actors)
    materiel = _inherited(materiel)
    _check_materiel(materiel)
    return _Shipped(actors, materiel, outlets)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CodebookError(f"{path}: cannot be read as a knowledge pack: {error}") from error


def _parse(content: bytes, name: str) -> dict[str, Any]:
    try:
        tables = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CodebookError(f"{name}: cannot be read as a knowledge pack: {error}") from error
    if strange := [k for k, v in tables.items() if k not in TABLES or not isinstance(v, list)]:
        wanted = ", ".join(f"[[{table}]]" for table in TABLES)
        raise CodebookError(f"{name}: {strange[0]!r} is no table of a knowledge pack; its tables are {wanted}")
    return tables


def _rows(tables: Iterable[dict[str, Any]], kind: type[Row], file: str) -> Iterator[tuple[str, Row]]:
    import msgspec

    known = {f.name for f in fields(kind)}
    seen: set[str] = set()
    for number, table in enumerate(tables, 1):
        if not isinstance(table, dict):
            raise CodebookError(f"{file}: row {number}: {table!r} is no table of keys and values")
        where = f"{file}: row {number} ({table.get('id', 'without id')})"
        if unknown := table.keys() - known:
            raise CodebookError(f"{where}: unknown keys {sorted(unknown)}; known are {sorted(known)}")
        try:
            row = msgspec.convert(table, kind)
        except msgspec.ValidationError as error:
            needed = [f.name for f in fields(kind) if f.default is f.default_factory is MISSING]
            if missing := [name for name in needed if name not in table]:
                raise CodebookError(f"{where}: a row needs {', '.join(missing)} too") from error
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
        if wrong := [code for code in row.countries if not _ALPHA3.fullmatch(code)]:
            raise CodebookError(f"actor {row.id}: country {wrong[0]!r} is no code of three capitals, such as MLI")
        for other in filter(None, (row.part_of, row.successor_of)):
            if other not in actors:
                raise CodebookError(f"actor {row.id}: names {other!r}, which is no actor")


def _inherited(materiel: Mapping[str, MaterielRow]) -> dict[str, MaterielRow]:
    """Variants with the category, doubt and maker of their model where they give none."""
    found: dict[str, MaterielRow] = {}
    for row in materiel.values():
        model = materiel.get(row.parent)
        if model is not None and model.id != row.family:
            row = replace(
                row,
                unroca=row.unroca or model.unroca,
                unroca_doubt=row.unroca_doubt or model.unroca_doubt,
                salw=row.salw or model.salw,
                made_in=row.made_in or model.made_in,
            )
        found[row.id] = row
    return found


def _check_materiel(materiel: Mapping[str, MaterielRow]) -> None:
    for row in materiel.values():
        if row.family not in materiel:
            raise CodebookError(
                f"materiel {row.id}: no family {row.family!r}; an id is a family's, or that, a dot and a name"
            )
        if row.made_in is not None and not _ALPHA3.fullmatch(row.made_in):
            raise CodebookError(f"materiel {row.id}: made_in {row.made_in!r} is no ISO 3166 alpha-3 code such as 'USA'")
        if empty := [name for name in (row.name, *row.aliases, *row.exact, *row.doubtful) if not tokens(name)]:
            raise CodebookError(f"materiel {row.id}: {empty[0]!r} is no name: it holds no letter or digit")
        if row.salw is not None and row.salw not in SALW:
            raise CodebookError(f"materiel {row.id}: salw {row.salw!r} is none of {', '.join(SALW)}")
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
