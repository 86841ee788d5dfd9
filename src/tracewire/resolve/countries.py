"""Countries by code: ISO 3166-1 alpha-2 and alpha-3, and their capitals (from GeoNames)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

__all__ = ["OTHER_COUNTRY_NAMES", "capital_of", "countries", "country_name", "country_names", "iso2", "iso3"]

OTHER_COUNTRY_NAMES: dict[str, tuple[str, ...]] = {
    "US": ("United States", "United States of America", "U.S.", "USA", "America"),
    "GB": ("United Kingdom", "Britain", "Great Britain", "U.K.", "England"),
    "RU": ("Russia", "Russian Federation"),
    "SY": ("Syrian Arab Republic",),
    "IR": ("Islamic Republic of Iran",),
    "KP": ("North Korea", "DPRK"),
    "KR": ("South Korea", "Republic of Korea"),
    "AE": ("United Arab Emirates", "UAE", "Emirates"),
    "CD": ("DR Congo", "DRC", "Democratic Republic of Congo", "Democratic Republic of the Congo", "Zaire",
           "Congo-Kinshasa"),
    "CG": ("Congo-Brazzaville", "Republic of Congo", "Republic of the Congo"),
    "CI": ("Ivory Coast", "Côte d'Ivoire"),
    "MM": ("Myanmar", "Burma"),
    "TR": ("Turkey", "Türkiye", "Turkiye"),
    "CZ": ("Czech Republic", "Czechia"),
    "MK": ("Macedonia", "North Macedonia"),
    "BA": ("Bosnia", "Bosnia and Herzegovina", "Bosnia-Herzegovina"),
    "PS": ("Palestine", "Palestinian territories", "Occupied Palestinian Territory", "Palestinian Territory"),
    "CF": ("Central African Republic", "CAR"),
    "SA": ("Saudi Arabia", "Kingdom of Saudi Arabia", "KSA"),
    "LA": ("Laos",), "VN": ("Vietnam",), "TL": ("East Timor", "Timor-Leste"), "CV": ("Cape Verde",),
    "SZ": ("Swaziland", "Eswatini"), "NL": ("Netherlands", "Holland"), "XK": ("Kosovo",), "VA": ("Vatican",),
    "TW": ("Taiwan",), "CN": ("China", "People's Republic of China", "PRC"), "SS": ("South Sudan",),
    "GM": ("Gambia", "The Gambia"), "MD": ("Moldova",), "BF": ("Burkina Faso", "Burkina"), "TZ": ("Tanzania",),
}  # fmt: skip
"""Names that reports use besides the one in GeoNames, by alpha-2 code."""


@dataclass(frozen=True, slots=True)
class Country:
    """A row of countries.tsv (GeoNames, CC-BY 4.0; made by training/places.py)."""

    code: str
    iso3: str
    name: str
    capital: str
    geonames: int
    population: int


@lru_cache(maxsize=1)
def countries() -> dict[str, Country]:
    """Every country by its alpha-2 code, in order of code."""
    lines = (files("tracewire.resolve") / "countries.tsv").read_text("utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in lines)
    made = (
        Country(code, iso3, name, capital, int(gid), int(people)) for code, iso3, name, capital, gid, people in rows
    )
    return {row.code: row for row in made}


@lru_cache(maxsize=1)
def _by_iso3() -> dict[str, str]:
    return {row.iso3: code for code, row in countries().items()}


def iso2(code: str) -> str | None:
    """The alpha-2 code of an alpha-3 one ("SYR" -> "SY"); None where there is no such country."""
    return _by_iso3().get(code)


def iso3(code: str) -> str | None:
    """The alpha-3 code of an alpha-2 one."""
    return countries()[code].iso3 if code in countries() else None


def capital_of(code: str) -> str | None:
    """Name of the capital of a country given by its alpha-2 code."""
    return (countries()[code].capital or None) if code in countries() else None


def country_names() -> list[tuple[str, str]]:
    """Every name of every country with its alpha-2 code, sorted."""
    usual = {(row.name, code) for code, row in countries().items()}
    return sorted(usual | {(name, code) for code, names in OTHER_COUNTRY_NAMES.items() for name in names})


def country_name(code: str) -> str:
    """The name of a country given by its alpha-2 code, as GeoNames has it; the code where there is no such country."""
    return countries()[code].name if code in countries() else code
