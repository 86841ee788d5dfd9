"""Matchers over the rows of the codebook, with the spellings that reports vary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tracewire.codebook.matcher import AliasMatcher
from tracewire.codebook.rows import MaterielRow

__all__ = ["materiel_matcher"]

SHORTEST_LOWERED = 3
"""Inside a phrase known to name materiel, exact designations of so many letters match in lower case ("tow", "rpg")."""

_MARKED_S = re.compile(r"\dS$")
"""A variant whose mark is an S counts only as written: "T72s" are several T-72."""
_PAIRS = (("armour", "armor"), ("defence", "defense"), ("calibre", "caliber"), ("metre", "meter"), ("lorry", "truck"))
_JOINED = (
    (re.compile(r"\b(anti|sub|multi|semi|counter)[- ](?=[a-z])", re.IGNORECASE), r"\1"),
    (re.compile(r"\b(anti|multi|semi|counter)(?=[a-z]{4})", re.IGNORECASE), r"\1-"),
    (re.compile(r"machine[- ]guns?\b"), "machinegun"),
    (re.compile(r"\bmachinegun\b"), "machine gun"),
    (re.compile(r"\bwar[- ]?planes?\b"), "warplane"),
)


def materiel_matcher(rows: Iterable[MaterielRow], *, lowered: bool = False, doubtful: bool = False) -> AliasMatcher:
    """Finds every item of materiel by name, alias and exact designation; `lowered` for phrases that name materiel.

    `doubtful` adds the names that count only beside evidence, for a caller that looks for it.
    """
    rows = sorted(rows, key=lambda row: row.id)
    short = {alias for row in rows for alias in row.exact if len(alias) >= SHORTEST_LOWERED} if lowered else set()
    return AliasMatcher(_aliases(rows, doubtful), plural=True, variants=True, lower_ok=short)


def _aliases(rows: Iterable[MaterielRow], doubtful: bool) -> Iterator[tuple[str, str, bool]]:
    for row in rows:
        exact = set(row.exact)
        for alias in row.exact:
            yield alias, row.id, True
        for alias in row.doubtful if doubtful else ():
            yield alias, row.id, alias != alias.lower()
        for alias in dict.fromkeys((row.name, *row.aliases)):
            as_written = _MARKED_S.search(alias) is not None
            for spelling in _spellings(alias) if alias not in exact else ():
                yield spelling, row.id, as_written


def _spellings(alias: str) -> list[str]:
    """The alias in British and American spelling, its prefixes joined and apart."""
    found = [alias]
    for one, other in _PAIRS:
        for a, b in ((one, other), (other, one)):
            found += [spelling.replace(a, b) for spelling in found if a in spelling]
    for pattern, replacement in _JOINED:
        found += [pattern.sub(replacement, spelling) for spelling in found if pattern.search(spelling)]
    return list(dict.fromkeys(found))
