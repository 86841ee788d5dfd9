"""Rows of GeoNames dumps, and of tables with a header: what HDX gives out, and files of one's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from tracewire.errors import UsageError
from tracewire.resolve.countries import country_names, iso2
from tracewire.resolve.gazetteer_builtin import admin_names
from tracewire.resolve.gazetteer_db import PlaceRow
from tracewire.resolve.names import in_latin_letters, keys

__all__ = ["GEONAMES_CELLS", "Entry", "columns_of", "geonames_places", "table_places"]

Entry = tuple[PlaceRow, Sequence[str]]
Cells = Iterable[tuple[int, list[str]]]
"""Rows with their number in the file, from 1."""
GEONAMES_CELLS = 19
RADIUS_KM = {
    "admin1": 60.0,
    "admin2": 20.0,
    "region": 60.0,
    "range": 15.0,
    "island": 10.0,
    "camp": 3.0,
    "facility": 3.0,
}
"""Where the source says nothing; areas get the reach of their places after reading (gazetteer_files.py)."""
TOWN_RADIUS_KM, CITY_RADIUS_KM, CITY_PEOPLE = 2.0, 3.0, 20_000
_CODES = {
    "ADM1": "admin1", "ADM2": "admin2", "PPLX": "neighbourhood", "PCLI": "country", "RGN": "region",
    "MT": "range", "MTS": "range", "HLL": "range", "HLLS": "range", "RDGE": "range", "PLAT": "range",
    "ISL": "island", "ISLS": "island", "LCTY": "locality", "CMP": "camp", "CMPRF": "camp",
    "AIRP": "facility", "AIRF": "facility", "AIRB": "facility", "MILB": "facility", "INSM": "facility",
    "DAM": "facility", "PRN": "facility", "FT": "facility", "OILF": "facility", "OILR": "facility",
}  # fmt: skip
"""GeoNames feature codes that reports name; every other one but populated places (P) is left out."""
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "placename", "featurename", "featurenameen", "nameen", "adm4en", "adm3en", "village", "town",
             "settlement", "locality", "sitename", "campname"),
    "latitude": ("latitude", "lat", "y", "pointy", "latdd", "latitudedd", "ycoord"),
    "longitude": ("longitude", "lon", "long", "lng", "x", "pointx", "londd", "longdd", "longitudedd", "xcoord"),
    "admin1": ("admin1", "adm1en", "adm1name", "admin1name", "admin1nameen", "admin1en", "province", "governorate",
               "region", "state", "oblast"),
    "admin2": ("admin2", "adm2en", "adm2name", "admin2name", "admin2nameen", "admin2en", "district", "county"),
    "country": ("country", "countrycode", "iso2", "iso3", "iso", "adm0en", "admin0name", "admin0nameen", "adm0pcode",
                "admin0pcode"),
    "population": ("population", "pop", "totalpopulation"),
    "kind": ("kind", "type", "placetype", "featuretype"),
    "names": ("names", "alternates", "alternatenames", "altnames", "aliases", "namealt", "featurealtname", "altname"),
    "radius_km": ("radiuskm", "radius"),
    "id": ("id", "pcode", "adm4pcode", "adm3pcode", "admin4pcode", "placecode", "featureid", "cadid"),
}  # fmt: skip
"""Column names that are understood, without case, spaces and signs."""
_NEEDED = ("name", "latitude", "longitude")


# ---------------------------------------------------------------- GeoNames


def geonames_places(path: str, cells: Cells) -> Iterator[Entry | None]:
    """Places of a GeoNames dump (YE.txt, cities500.txt, allCountries.txt); None for a row that has no point."""
    kept: list[tuple[list[str], str]] = []
    for number, row in cells:
        if len(row) != GEONAMES_CELLS:
            raise UsageError(
                f"{path}: row {number}: {len(row)} cells where {GEONAMES_CELLS} are expected; is the file cut off,"
                " or no GeoNames dump?"
            )
        kind = _CODES.get(row[7]) or ("city" if row[6] == "P" else None)
        if kind is not None:
            kept.append((row, kind))
    provinces = {(r[8], r[10]): r[1] for r, kind in kept if kind == "admin1"} | admin_names()
    districts = {(r[8], r[10], r[11]): r[1] for r, kind in kept if kind == "admin2"}
    for row, kind in kept:
        yield _geonames_place(row, kind, provinces, districts)


def _geonames_place(
    row: list[str],
    kind: str,
    provinces: Mapping[tuple[str, str], str],
    districts: Mapping[tuple[str, str, str], str],
) -> Entry | None:
    point, people = _point(row[4], row[5]), _count(row[14])
    name = row[1] if in_latin_letters(row[1]) else row[2]
    if point is None or not name:
        return None
    others = [n for n in (row[1], row[2], *row[3].split(",")) if len(n) > 2 and n != name and in_latin_letters(n)]
    return PlaceRow(
        gid=f"geonames:{row[0]}", name=name, kind=kind, latitude=point[0], longitude=point[1],
        radius_km=_radius(kind, people), admin1=provinces.get((row[8], row[10])),
        admin2=districts.get((row[8], row[10], row[11])), country=row[8] or None, population=people or None,
    ), others  # fmt: skip


# ---------------------------------------------------------------- tables with a header


def columns_of(path: str, header: Sequence[str]) -> dict[str, int]:
    """What stands in which column; UsageError where no name or no point does."""
    plain = ["".join(c for c in cell.casefold() if c.isalnum()) for cell in header]
    found = {
        what: next(plain.index(known) for known in spellings if known in plain)
        for what, spellings in COLUMNS.items()
        if any(known in plain for known in spellings)
    }
    missing = [what for what in _NEEDED if what not in found]
    if missing:
        raise UsageError(
            f"{path}: row 1: no column for {' and '.join(missing)}; expected a header such as"
            f" name,latitude,longitude,country,admin1,alternates; there are: {', '.join(header) or 'none'}"
        )
    return found


def table_places(path: str, source: str, header: Sequence[str], cells: Cells) -> Iterator[Entry | None]:
    """Places of a table; None for a row that has no name or no point."""
    columns = columns_of(path, header)
    for number, row in cells:
        if not any(row) or row[0].startswith("#"):
            continue
        if len(row) != len(header):
            raise UsageError(
                f"{path}: row {number}: {len(row)} cells where {len(header)} are expected; is the file cut off?"
            )
        cell = {what: row[index].strip() for what, index in columns.items()}
        if any(cell.values()) and not cell["latitude"].startswith("#"):
            yield _table_place(path, source, number, cell)


def _table_place(path: str, source: str, number: int, cell: Mapping[str, str]) -> Entry | None:
    try:
        point, people = _point(cell["latitude"], cell["longitude"]), _count(cell.get("population", ""))
        radius = float(cell["radius_km"]) if cell.get("radius_km") else None
    except ValueError as error:
        raise UsageError(f"{path}: row {number}: {error}") from error
    if point is None or not cell["name"]:
        return None
    kind = cell.get("kind", "").casefold() or "locality"
    row = PlaceRow(
        gid="", name=cell["name"], kind=kind, latitude=point[0], longitude=point[1],
        radius_km=radius or _radius(kind, people), admin1=cell.get("admin1") or None, admin2=cell.get("admin2") or None,
        country=_country(path, number, cell.get("country", "")), population=people or None,
    )  # fmt: skip
    own = cell.get("id") or f"{keys(row.name).exact}@{point[0]:g},{point[1]:g}"
    others = cell.get("names", "").replace(";", "|").split("|")
    return replace(row, gid=f"{source}:{own}"), [n.strip() for n in others if n.strip()]


def _country(path: str, number: int, written: str) -> str | None:
    """Alpha-2 code of a country given by code or name; a P-code begins with it."""
    if not written:
        return None
    upper = written.upper()
    names = {name.casefold(): code for name, code in country_names()}
    codes = set(names.values())
    found = names.get(written.casefold()) or (upper if upper in codes else iso2(upper))
    if found is None and len(upper) > 2 and upper[:2] in codes and upper[2:].isdigit():
        found = upper[:2]
    if found is None:
        raise UsageError(f"{path}: row {number}: {written!r} is no country; give its ISO 3166-1 code (YE, YEM) or name")
    return found


def _point(latitude: str, longitude: str) -> tuple[float, float] | None:
    """A point; None where a cell is empty or it lies outside the globe. ValueError where it is no number."""
    if not latitude or not longitude:
        return None
    found = float(latitude.replace(",", ".")), float(longitude.replace(",", "."))
    return found if -90 <= found[0] <= 90 and -180 <= found[1] <= 180 else None


def _count(written: str) -> int:
    return int(float(written.replace(",", ""))) if written else 0


def _radius(kind: str, people: int) -> float:
    return RADIUS_KM.get(kind, CITY_RADIUS_KM if people >= CITY_PEOPLE else TOWN_RADIUS_KM)
