"""Where a deed took place: one site, several where one claim names several, and what other accounts say instead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Literal

from tracewire.export.coding.deeds import Deed
from tracewire.export.view import View
from tracewire.model import Claim, Place

TOWN_KM = 10.0
"""Up to this radius a point is the town itself (a city of a million has 10 km in the gazetteer)."""

NEAR_KM = 30.0
"""Up to this it is near the town, or a small area around it ("the countryside of"); beyond, a region."""


@dataclass(frozen=True, slots=True)
class Site:
    """A located place of a deed; `latitude` and `longitude` are known."""

    place: Place
    latitude: float
    longitude: float
    radius_km: float

    @property
    def grain(self) -> Literal["town", "near", "region"]:
        """How fine the place is: the town itself, its surroundings, or a region."""
        if self.radius_km <= TOWN_KM:
            return "town"
        return "near" if self.radius_km <= NEAR_KM else "region"

    @property
    def name(self) -> str:
        """The name to print; that it is only near the town stands in the precision."""
        return self.place.name.removeprefix("near ")

    @property
    def is_admin1(self) -> bool:
        """Whether the place is a first-level region itself."""
        return self.grain == "region" and self.place.name == self.place.admin1


@dataclass(frozen=True, slots=True)
class Sites:
    """The sites of a deed (several where one claim names several), and names that other accounts give instead."""

    at: tuple[Site, ...]
    instead: tuple[str, ...] = ()


def sites(known: View, deed: Deed) -> Sites:
    """Where it took place. A wider area around a site is no other place; without any located site `at` is empty."""
    told = [_of_claim(known, claim, deed.event.type) for claim in deed.claims]
    told = [found for found in told if found]
    if not told:
        own = _site(known.place(deed.event.place))
        return Sites((own,) if own is not None else ())
    counts = Counter(site.place.id for found in told for site in found)
    rows = {site.place.id: site for found in told for site in found}
    main = min(rows.values(), key=lambda s: (s.place.id != deed.event.place, -counts[s.place.id], s.place.id))
    inside = [s for s in rows.values() if _holds(main, s) and not _holds(s, main)]
    main = min(inside, key=lambda s: (s.radius_km, -counts[s.place.id], s.place.id), default=main)
    together = max((f for f in told if main in f), key=len, default=[main])
    at = [main, *(s for s in together if not _overlap(s, main))]
    other = [s for s in rows.values() if not any(_overlap(s, one) for one in at)]
    return Sites(tuple(at), tuple(sorted({s.place.name for s in other})))


def country_only(known: View, deed: Deed) -> Place | None:
    """The country that the deed took place in, where no more is known than that."""
    ids = [deed.event.place, *(p.place for c in deed.claims for p in c.places if p.role == "where")]
    rows = [known.place(id_) for id_ in ids]
    wide = (row for row in rows if row is not None and row.latitude is None and row.country and row.gazetteer)
    return next(wide, None)


def _of_claim(known: View, claim: Claim, type_: str) -> list[Site]:
    roles = ("where", "to") if type_ in ("movement", "transfer", "handover") else ("where",)
    found = [_site(known.place(p.place)) for role in roles for p in claim.places if p.role == role]
    located = list({site.place.id: site for site in found if site is not None}.values())
    # "Khan as Subul in Idlib province" is one place told twice.
    return [s for s in located if not any(o is not s and _holds(s, o) and not _holds(o, s) for o in located)]


def _site(place: Place | None) -> Site | None:
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return Site(place, place.latitude, place.longitude, place.radius_km if place.radius_km is not None else TOWN_KM)


def _holds(wide: Site, narrow: Site) -> bool:
    """Whether the area of one holds the point of the other."""
    return kilometres(wide, narrow) <= wide.radius_km


def _overlap(left: Site, right: Site) -> bool:
    return left.place.id == right.place.id or _holds(left, right) or _holds(right, left)


def kilometres(left: Site, right: Site) -> float:
    """Great-circle distance of two sites."""
    lat1, lat2 = radians(left.latitude), radians(right.latitude)
    half = sin((lat2 - lat1) / 2) ** 2
    half += cos(lat1) * cos(lat2) * sin(radians(right.longitude - left.longitude) / 2) ** 2
    return 2 * 6371.0 * asin(min(1.0, sqrt(half)))


def ambiguous(known: View, places: Sequence[Site]) -> list[str]:
    """Other places of the same name that the gazetteer has, in words."""
    found = []
    for site in places:
        rows = [known.place(other) for other in site.place.alternatives]
        # the province of the same name around a town is no other place
        apart = [r for r in rows if r is not None and not ((s := _site(r)) is not None and _overlap(s, site))]
        found += [f"{r.name} ({r.admin1 or r.country or '?'})" for r in apart]
    return sorted(set(found))
