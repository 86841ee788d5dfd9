"""Countries as the coded formats name them.

`countries.tsv`: ISO 3166-1 codes; name and region as in ACLED's public country list (dtacled/acledR); region of the
UCDP GED codebook; numbers of the Gleditsch-Ward list of states.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Nation:
    """One country; None where a list has no entry for it."""

    code: str
    iso3: str
    numeric: int | None
    name: str
    acled_region: str | None
    ucdp_region: str | None
    gwno: int | None


@lru_cache(maxsize=1)
def _nations() -> dict[str, Nation]:
    lines = (files("tracewire.export") / "countries.tsv").read_text("utf-8").splitlines()[1:]
    found: dict[str, Nation] = {}
    for line in lines:
        code, iso3, numeric, name, acled, ucdp, gwno = line.split("\t")
        row = Nation(code, iso3, _number(numeric), name, acled or None, ucdp or None, _number(gwno))
        found[code] = found[iso3] = row
    return found


def _number(cell: str) -> int | None:
    return int(cell) if cell else None


def nation(code: str | None) -> Nation | None:
    """The country of an alpha-2 or alpha-3 code; None where there is none."""
    return None if code is None else _nations().get(code.upper())
