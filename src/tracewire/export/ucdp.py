"""Events with deaths in the 49 columns of UCDP GED; what has no death, side or date is refused with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import floor

from tracewire.codebook import Codebook
from tracewire.export.coding.deaths import Deaths, Group, deaths
from tracewire.export.coding.deeds import Deed, Deeds, When, documents, when
from tracewire.export.coding.left import Left
from tracewire.export.coding.nations import nation
from tracewire.export.coding.parties import ARMED_KINDS, Party, party_of, related
from tracewire.export.coding.sites import Site, Sites, country_only, sites
from tracewire.export.documents import published_words
from tracewire.export.plain import join, unique
from tracewire.export.raw_index import document_title
from tracewire.export.sheet import Cell, row
from tracewire.export.view import View, view
from tracewire.model import Claim, Record

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity",
    "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best",
    "high", "low", "gwnoa", "gwnob",
)  # fmt: skip

VIOLENT = frozenset({"clash", "strike", "attack", "offensive", "casualty", "control", "destruction"})
CLEAR, CANDIDATE = "Clear", "Candidate: not reviewed"
_DATE_PREC = ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5))
"""The most days of each date precision."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """Type of violence with the two sides in UCDP's order: a government first, civilians never a side A."""

    type: int
    a: Party
    b: Party | None


class UcdpExporter:
    """Writes UCDP GED's 49 columns, an event a row; ids of UCDP's own data sets stay empty."""

    name = "ucdp"
    suffix = ".csv"

    def __init__(self, codebook: Codebook | None = None) -> None:
        self._codebook = codebook
        self.notes: list[str] = []

    def write(self, record: Record) -> Iterator[str]:
        """The header row, then the rows by date."""
        known = view(record, self._codebook)
        left = Left("event")
        deeds = Deeds(known)
        yield row(COLUMNS)
        for _, deed in deeds:
            left.look()
            found = deed if isinstance(deed, str) else _cells(known, deeds, deed)
            if isinstance(found, str):
                left.out(found)
            else:
                yield row([found.get(column) for column in COLUMNS])
        self.notes = left.lines()


def _cells(known: View, deeds: Deeds, deed: Deed) -> dict[str, Cell] | str:
    if deed.event.type not in VIOLENT:
        return "no use of armed force"
    if not any(toll.what == "killed" for claim in deed.claims for toll in claim.casualties):
        return "no report of a death (UCDP takes events with at least one)"
    days = when(deed.event)
    if days is None or days.days > _DATE_PREC[-1][0]:
        return "its date is not known to the year"
    kind = _kind(deed)
    if isinstance(kind, str):
        return kind
    places = sites(known, deed)
    where = _where(known, deed, places)
    if where is None:
        return "no place of it is known, not even the country"
    dead = deaths(known, deed, _group(known, kind))
    if dead.best < 1:
        return "no figure says that at least one person died"
    return {**_about(deed, days), **_sides(kind), **where, **_dead(dead), **_sources(known, deeds, deed)}


def _about(deed: Deed, days: When) -> dict[str, Cell]:
    return {
        # a number, as programs that read GED expect; the first 48 bits of the event's hash
        "id": int(deed.event.id[1:13], 16),
        "relid": deed.event.id,
        "year": days.start.year,
        "code_status": CLEAR if deed.reviewed else CANDIDATE,
        "event_clarity": 2 if days.days > 6 else 1,
        "date_prec": next(prec for most, prec in _DATE_PREC if days.days <= most),
        "date_start": f"{days.start} 00:00:00.000",
        "date_end": f"{days.end} 00:00:00.000",
    }


# ---------------------------------------------------------------- sides


def _kind(deed: Deed) -> _Kind | str:
    one, two = deed.acting.main, deed.suffering.main
    if two is not None and two.civilian:
        if one is None or not _organised(one):
            return "civilians died, but the armed side is not named"
        return _Kind(3, one, None)
    if one is None or two is None or not (_organised(one) and _organised(two)):
        return "a side is not named (UCDP takes named organised parties, or civilians)"
    if one.state and two.state:
        return _Kind(1, one, two)
    if one.state or two.state:
        return _Kind(1, *((one, two) if one.state else (two, one)))
    return _Kind(2, one, two)


def _organised(party: Party) -> bool:
    return party.entity is not None and (party.state or party.kind in ARMED_KINDS or party.kind is None)


def _sides(kind: _Kind) -> dict[str, Cell]:
    second = kind.b.name if kind.b is not None else "Civilians"
    return {
        "type_of_violence": kind.type,
        "side_a": kind.a.name,
        "side_b": second,
        "dyad_name": f"{kind.a.name} - {second}",
        "gwnoa": _gwno(kind.a),
        "gwnob": None if kind.b is None else _gwno(kind.b),
    }


def _gwno(party: Party) -> int | None:
    found = nation(party.country) if party.state else None
    return None if found is None else found.gwno


def _group(known: View, kind: _Kind) -> Callable[[Claim], Group]:
    """Whose dead a claim counts, by its victims."""

    def group(claim: Claim) -> Group:
        victims = [party_of(known, claim, role) for role in claim.roles if role.role in ("victim", "target")]
        found = {_group_of(known, kind, party) for party in victims if party is not None}
        return next(iter(found)) if len(found) == 1 else "unknown"

    return group


def _group_of(known: View, kind: _Kind, party: Party) -> Group:
    if party.civilian:
        return "civilians"
    for name, side in (("a", kind.a), ("b", kind.b)):
        if side is None or side.entity is None:
            continue
        if party.entity is not None and related(known, party.entity, side.entity):
            return "a" if name == "a" else "b"
    # "soldiers" are the state's where just one of the two sides is a state
    if party.entity is None and party.kind == "forces" and kind.a.state and not (kind.b is not None and kind.b.state):
        return "a"
    return "unknown"


def _dead(dead: Deaths) -> dict[str, Cell]:
    return {
        "deaths_a": dead.groups["a"],
        "deaths_b": dead.groups["b"],
        "deaths_civilians": dead.groups["civilians"],
        "deaths_unknown": dead.groups["unknown"],
        "best": dead.best,
        "high": dead.high,
        "low": dead.low,
    }


# ---------------------------------------------------------------- place


def _where(known: View, deed: Deed, places: Sites) -> dict[str, Cell] | None:
    site = places.at[0] if places.at else None
    place = site.place if site is not None else country_only(known, deed)
    if place is None:
        return None
    land = nation(place.country)
    others = [s.name for s in places.at[1:]] + list(places.instead)
    return {
        "where_prec": _precision(site, place.country),
        "where_coordinates": place.name if site is None else site.name,
        "where_description": f"{place.name}{f'; also told of {join(others)}' if others else ''}",
        "adm_1": place.admin1,
        "country": None if land is None else land.name,
        "country_id": None if land is None else land.gwno,
        "region": None if land is None else land.ucdp_region,
        # a country is never turned into a point
        **({} if site is None else _point(site)),
    }


def _point(site: Site) -> dict[str, Cell]:
    latitude, longitude = round(site.latitude, 6), round(site.longitude, 6)
    return {
        "latitude": latitude,
        "longitude": longitude,
        "geom_wkt": f"POINT ({longitude} {latitude})",
        "priogrid_gid": priogrid(latitude, longitude),
    }


def _precision(site: Site | None, country: str | None) -> int:
    if site is None:
        return 6
    if country is None:
        return 7
    if site.grain != "region":
        return 1 if site.grain == "town" else 2
    return 4 if site.is_admin1 else 5


def priogrid(latitude: float, longitude: float) -> int:
    """The cell of the PRIO-GRID, half a degree wide, numbered from the south-west."""
    across, up = min(719, floor((longitude + 180) * 2)), min(359, floor((latitude + 90) * 2))
    return up * 720 + across + 1


# ---------------------------------------------------------------- sources


def _sources(known: View, deeds: Deeds, deed: Deed) -> dict[str, Cell]:
    told = documents(known, deed)
    offices = [document.outlet or document.name for document in told]
    dates = [published_words(document.published) or "" for document in told]
    titles = [document_title(document) or "" for document in told]
    quoted = [", ".join(f'"{_plain(cell)}"' for cell in cells) for cells in zip(offices, dates, titles, strict=True)]
    first = unique(claim.attribution[0].who for claim in deed.claims if claim.attribution)
    disputed = deeds.disputes(deed)
    return {
        "number_of_sources": deed.event.origins.min,
        "source_article": "; ".join(quoted) + (f" [disputed: {'; '.join(disputed)}]" if disputed else ""),
        "source_office": "; ".join(_plain(cell) for cell in offices),
        "source_date": "; ".join(dates),
        "source_headline": "; ".join(_plain(cell) for cell in titles),
        "source_original": "; ".join(first),
    }


def _plain(text: str) -> str:
    """The text without what parts its cell: quotation marks and semicolons."""
    return text.replace('"', "'").replace(";", ",")
