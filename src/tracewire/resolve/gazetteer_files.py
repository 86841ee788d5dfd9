"""Read gazetteer files: Who's On First extracts, GeoNames dumps, tables with a header; plain, gzipped or zipped."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

from tracewire.errors import UsageError
from tracewire.resolve.gazetteer_builtin import supplement
from tracewire.resolve.gazetteer_db import PlaceRow, distance_km
from tracewire.resolve.gazetteer_dumps import GEONAMES_CELLS, Entry, geonames_places, table_places
from tracewire.resolve.names import in_latin_letters, keys

__all__ = ["Entry", "Read", "files_of", "read_file", "sha256_of", "source_name"]

WOF_HEADER = (
    "wof_id", "name", "placetype", "latitude", "longitude", "region", "county", "country", "population",
    "geonames_id", "wikidata_id", "names",
)  # fmt: skip
SUFFIXES = (".tsv.gz", ".csv.gz", ".txt.gz", ".tsv", ".csv", ".txt", ".zip")
_DUMP = re.compile(r"(?:[A-Z]{2}|allCountries|cities\d+)\.txt")
"""What GeoNames calls its files; other text files in a folder are notes."""
_KINDS = {"region": "admin1", "county": "admin2"}
VILLAGE_RADIUS_KM = 2.0
CITY_RADIUS_KM = 3.0
SMALLEST_ADMIN_RADIUS_KM = 5.0
COVERED = 0.95
"""An area's radius reaches so many of its places: the farthest ones are often coded to the wrong area."""
SAME_ADMIN_KM = 90.0
"""Two sources put the middle of one province within so many km (largest on Syria, Iraq, Lebanon and Yemen: 53)."""


@dataclass(frozen=True, slots=True)
class Read:
    """Places of a file with all their names, and how many of its rows have no point and are left out."""

    entries: list[Entry]
    left_out: int


def files_of(path: Path) -> list[Path]:
    """The gazetteer files that `path` is or holds, sorted; UsageError where there are none."""
    if path.is_file():
        return [path]
    inside = sorted(path.iterdir()) if path.is_dir() else []
    found = [p for p in inside if p.name.endswith(SUFFIXES) and (".txt" not in p.name or _DUMP.match(p.name))]
    if not found:
        what = f"holds no file of {', '.join(SUFFIXES)}" if path.is_dir() else "does not exist"
        raise UsageError(f"{path}: {what}; give a Who's On First extract, a GeoNames dump, a CSV, or a folder of them")
    return found


def source_name(path: Path) -> str:
    """What a file is installed as: its name without suffixes."""
    for suffix in SUFFIXES:
        if path.name.endswith(suffix):
            return path.name.removesuffix(suffix)
    return path.name


def sha256_of(path: Path) -> str:
    """Hash of the file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read_file(path: Path) -> Read:
    """Places of one file. UsageError, which names the row, where it is damaged or of no known form."""
    rows = list(_rows(path))
    entries = [entry for entry in rows if entry is not None]
    return Read(_with_radius(_with_admin_names(entries)), len(rows) - len(entries))


def _rows(path: Path) -> Iterator[Entry | None]:
    cells = _cells(path)
    number, header = next(cells)
    if tuple(header) == WOF_HEADER:
        yield from _wof_rows(path, cells)
    elif len(header) == GEONAMES_CELLS and header[0].isdigit():
        yield from geonames_places(str(path), _again(number, header, cells))
    elif path.name.endswith((".txt", ".txt.gz", ".zip")):
        raise UsageError(f"{path}: row 1: {len(header)} cells; a GeoNames dump has {GEONAMES_CELLS}, tab-separated")
    else:
        yield from table_places(str(path), source_name(path), header, cells)


def _again(number: int, first: list[str], rest: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    yield number, first
    yield from rest


def _wof_rows(path: Path, cells: Iterator[tuple[int, list[str]]]) -> Iterator[Entry | None]:
    for number, row in cells:
        if len(row) != len(WOF_HEADER):
            raise UsageError(
                f"{path}: row {number}: {len(row)} cells where {len(WOF_HEADER)} are expected; is the file cut off?"
            )
        yield _row(path, number, dict(zip(WOF_HEADER, row, strict=True)))


def _cells(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Rows with their number, from 1; an empty file gives one row without cells."""
    number = 0
    try:
        with _opened(path) as stream:
            for number, cells in enumerate(_split(path, stream), 1):
                yield number, cells
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path}: after row {number}: cannot be read ({error}); is the file whole?") from error
    if number == 0:
        yield 1, []


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    """The text of a file, of the largest file in a zip, or of what a gzip holds."""
    if path.name.endswith(".zip"):
        with zipfile.ZipFile(path) as folder:
            inside = [i for i in folder.infolist() if not i.filename.lower().startswith("readme")]
            if not inside:
                raise zipfile.BadZipFile("it is empty")
            largest = max(inside, key=lambda i: (i.file_size, i.filename))
            with folder.open(largest) as raw, io.TextIOWrapper(raw, "utf-8-sig", newline="") as stream:
                yield stream
    elif path.name.endswith(".gz"):
        with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as stream:
            yield stream
    else:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            yield stream


def _split(path: Path, stream: TextIO) -> Iterator[list[str]]:
    """Cells of each row: tabs, or the commonest of comma, semicolon and tab in the first line of a .csv."""
    if not path.name.endswith((".csv", ".csv.gz")):
        if path.name.endswith((".txt", ".txt.gz", ".zip")):
            yield from csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        else:
            yield from csv.reader(stream, delimiter="\t")
        return
    first = stream.readline()
    mark = max(",;\t", key=first.count)
    yield from csv.reader(io.StringIO(first), delimiter=mark)
    yield from csv.reader(stream, delimiter=mark)


def _row(path: Path, number: int, cell: dict[str, str]) -> Entry | None:
    try:
        latitude, longitude = float(cell["latitude"] or "nan"), float(cell["longitude"] or "nan")
        population = int(float(cell["population"])) if cell["population"] else None
    except ValueError as error:
        raise UsageError(f"{path}: row {number}: {error}") from error
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180) or not cell["name"]:
        return None
    kind = _KINDS.get(cell["placetype"], cell["placetype"])
    row = PlaceRow(
        gid=f"wof:{cell['wof_id']}", name=cell["name"], kind=kind, latitude=latitude, longitude=longitude,
        radius_km=CITY_RADIUS_KM if population and population >= 20_000 else VILLAGE_RADIUS_KM,
        admin1=cell["region"] or None, admin2=cell["county"] or None, country=cell["country"] or None,
        population=population,
    )  # fmt: skip
    names = [] if kind == "country" else [n for n in cell["names"].split("|") if _spelled(n)]
    if not _spelled(row.name) and names:
        row = replace(row, name=_latin_name(row, names))
    return row, names


def _latin_name(row: PlaceRow, names: Sequence[str]) -> str:
    """The name of its province or district where the place shares it, else the first one in Latin letters."""
    return next((area for area in (row.admin1, row.admin2) if area and area in names), names[0])


def _spelled(name: str) -> bool:
    """In Latin letters, and no code: "Khân as-Soubl", not "خان السبل" or "SY"."""
    return len(name) > 2 and in_latin_letters(name)


def _with_admin_names(entries: list[Entry]) -> list[Entry]:
    """Provinces under the name this project uses for them, so that layers and languages agree ("Hamah" is Hama)."""
    usual = {(row.country, row.name): _usual_name(row, names) for row, names in entries if row.kind == "admin1"}
    return [(_replaced(row, usual.get((row.country, row.admin1 or ""), row.admin1)), names) for row, names in entries]


def _replaced(row: PlaceRow, admin1: str | None) -> PlaceRow:
    return row if admin1 == row.admin1 else replace(row, admin1=admin1)


def _usual_name(row: PlaceRow, names: Sequence[str]) -> str:
    spelled = {key for name in (row.name, *names) for _, key in keys(name)}
    for known, others, _ in supplement():
        if known.kind != "admin1" or known.country != row.country:
            continue
        near = distance_km(_point(known), _point(row)) <= SAME_ADMIN_KM
        if near and any(key in spelled for name in (known.name, *others) for _, key in keys(name)):
            return known.name
    return row.name


def _point(row: PlaceRow) -> tuple[float, float]:
    return row.latitude or 0.0, row.longitude or 0.0


def _with_radius(entries: list[Entry]) -> list[Entry]:
    """Provinces and districts get the radius that covers their places; countries none, and no point either."""
    members: dict[tuple[str, str | None, str | None], list[PlaceRow]] = defaultdict(list)
    for row, _ in entries:
        if row.kind not in ("admin1", "admin2", "country"):
            members["admin1", row.country, row.admin1].append(row)
            members["admin2", row.country, row.admin2].append(row)
    found: list[Entry] = []
    for row, names in entries:
        if row.kind == "country":
            row = replace(row, latitude=None, longitude=None, radius_km=None)
        elif row.kind in ("admin1", "admin2"):
            inside = members[row.kind, row.country, row.admin1 if row.kind == "admin1" else row.admin2]
            row = replace(row, radius_km=_reach(row, inside))
        found.append((row, names))
    return found


def _reach(row: PlaceRow, members: list[PlaceRow]) -> float:
    far = sorted(distance_km(_point(row), _point(member)) for member in members)
    return max(SMALLEST_ADMIN_RADIUS_KM, round(far[int(len(far) * COVERED)], 1)) if far else SMALLEST_ADMIN_RADIUS_KM
