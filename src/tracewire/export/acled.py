"""Events in the 31 columns of ACLED: conservative numbers, the dispute in the notes, one row a place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tracewire.codebook import Codebook
from tracewire.export.acled_types import DISORDER, acled_type
from tracewire.export.coding.deaths import Deaths, deaths
from tracewire.export.coding.deeds import (
    STATUS,
    Deed,
    Deeds,
    When,
    documents,
    inferred_date,
    origins_words,
    summary,
    when,
)
from tracewire.export.coding.left import Left
from tracewire.export.coding.nations import Nation, nation
from tracewire.export.coding.parties import Party, Side
from tracewire.export.coding.sites import Site, Sites, ambiguous, sites
from tracewire.export.plain import date_words, join, unique
from tracewire.export.sheet import Cell, row
from tracewire.export.view import View, view
from tracewire.model import Record

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting",
    "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
    "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip

VAGUE = {"tens": 10, "dozens": 12, "hundreds": 100}
"""ACLED's numbers for vague words."""

INTER = {
    1: "State forces", 2: "Rebel group", 3: "Political militia", 4: "Identity militia", 5: "Rioters", 6: "Protesters",
    7: "Civilians", 8: "External/Other forces",
}  # fmt: skip
_KIND_CODES = {
    "rebel group": 2, "political militia": 3, "identity militia": 4, "civilians": 7, "non-governmental organisation": 7,
    "external forces": 8, "coalition": 8, "international organisation": 8, "company": 8, "armed": 3,
}  # fmt: skip
_GEO = {"town": 1, "near": 2, "region": 3}
LONGEST_DAYS = 31
"""ACLED takes nothing dated more coarsely than to a month."""

VIOLENT = ("Battles", "Explosions/Remote violence", "Violence against civilians")


class AcledExporter:
    """Writes ACLED's 31 columns with actor kinds in words; what has no date, place or type there is left out."""

    name = "acled"
    suffix = ".csv"
    numeric = False

    def __init__(self, codebook: Codebook | None = None) -> None:
        self._codebook = codebook
        self.notes: list[str] = []

    def write(self, record: Record) -> Iterator[str]:
        """The header row, then the rows by date."""
        known = view(record, self._codebook)
        left, deeds = Left("event"), Deeds(known)
        yield row(COLUMNS)
        for _, deed in deeds:
            left.look()
            found = deed if isinstance(deed, str) else self._rows(known, deeds, deed)
            if isinstance(found, str):
                left.out(found)
            else:
                yield from (row([cells[column] for column in COLUMNS]) for cells in found)
        self.notes = left.lines()

    def _rows(self, known: View, deeds: Deeds, deed: Deed) -> list[dict[str, Cell]] | str:
        days, places = when(deed.event), sites(known, deed)
        if days is None or days.days > LONGEST_DAYS:
            return "its date is not known to the month"
        if not places.at:
            return "no place of it is located more finely than a country"
        countries = [nation(site.place.country) for site in places.at]
        if any(country is None for country in countries):
            return "its place lies in no country (at sea), or the country is not known"
        country = next(filter(None, countries))
        types = acled_type(known, deed, country.code)
        if isinstance(types, str):
            return types
        dead = deaths(known, deed, lambda _claim: "unknown", VAGUE)
        made = []
        for index, (site, land) in enumerate(zip(places.at, filter(None, countries), strict=True)):
            cells = {
                **self._about(deed, days, types, land, index),
                **self._who(deed, types, land),
                **_where(site, land),
            }
            share = _share(dead.low, len(places.at), index)
            cells |= _sources(known, deed, land)
            cells |= {"fatalities": share, "notes": _notes(known, deeds, deed, days, places, dead), "timestamp": None}
            made.append(cells)
        return made

    def _about(self, deed: Deed, days: When, types: tuple[str, str], land: Nation, index: int) -> dict[str, Cell]:
        day = days.start if days.days == 1 else days.middle
        return {
            "event_id_cnty": f"{land.iso3}-{deed.event.id}" + (f"-{index + 1}" if index else ""),
            "event_date": day.isoformat(),
            "year": day.year,
            "time_precision": 1 if days.days == 1 else 2 if days.days <= 7 else 3,
            "disorder_type": DISORDER[types[0]],
            "event_type": types[0],
            "sub_event_type": types[1],
            "tags": STATUS[deed.event.status],
        }

    def _who(self, deed: Deed, types: tuple[str, str], land: Nation) -> dict[str, Cell]:
        acting, suffering = deed.acting, deed.suffering
        if acting.main is None and types[0] not in VIOLENT:
            acting, suffering = suffering, acting
        if acting.main is None:
            acting = Side(Party(None, "armed", ""))  # ACLED's own word for an actor whom nobody names
        one, two = inter(acting.main, land), inter(suffering.main, land)
        return {
            "actor1": actor(acting.main, land),
            "assoc_actor_1": "; ".join(unique(actor(party, land) or "" for party in acting.beside)) or None,
            "inter1": self._inter(one),
            "actor2": actor(suffering.main, land),
            "assoc_actor_2": "; ".join(unique(actor(party, land) or "" for party in suffering.beside)) or None,
            "inter2": self._inter(two) if suffering.main else (0 if self.numeric else None),
            "interaction": self._interaction(one, two, suffering.main),
            "civilian_targeting": "Civilian targeting" if types[0] in VIOLENT and two == 7 else None,
        }

    def _inter(self, code: int | None) -> Cell:
        return code if code is None or self.numeric else INTER[code]

    def _interaction(self, one: int | None, two: int | None, second: Party | None) -> Cell:
        if one is None or (second is not None and two is None):
            return None
        code = one * 10 if two is None else min(one, two) * 10 + max(one, two)
        return code if self.numeric else interaction_label(code)


class AcledNumericExporter(AcledExporter):
    """Writes ACLED's 31 columns with actor kinds and interaction as numbers, as its older files have them."""

    name = "acled-numeric"
    numeric = True


def interaction_label(code: int) -> str:
    """ACLED's words for an interaction code."""
    one, two = divmod(code, 10)
    if two == 0:
        return f"{INTER[one]} only"
    return "External/Other forces-Civilians" if code == 78 else f"{INTER[one]}-{INTER[two]}"


def inter(party: Party | None, land: Nation) -> int | None:
    """The kind of an actor in a country; None where it is not known."""
    if party is None:
        return None
    if party.state:
        return None if party.country is None else 1 if party.country == land.code else 8
    return _KIND_CODES.get(party.kind or "")


def actor(party: Party | None, land: Nation) -> str | None:
    """The name of an actor; unnamed ones by ACLED's words for them."""
    if party is None:
        return None
    unnamed = {
        "civilians": f"Civilians ({land.name})",
        "armed": f"Unidentified Armed Group ({land.name})",
        "forces": "Unidentified Military Forces",
    }
    return party.name or unnamed.get(party.kind or "")


def _where(site: Site, land: Nation) -> dict[str, Cell]:
    return {
        "iso": land.numeric,
        "region": land.acled_region,
        "country": land.name,
        "admin1": site.place.admin1,
        "admin2": None,
        "admin3": None,
        "location": site.name,
        "latitude": round(site.latitude, 4),
        "longitude": round(site.longitude, 4),
        "geo_precision": _GEO[site.grain],
    }


def _share(total: int, places: int, index: int) -> int:
    """The dead of one row: those of an event at several places are divided, the rest goes to the first."""
    each, rest = divmod(total, places)
    return each + (rest if index == 0 else 0)


def _sources(known: View, deed: Deed, land: Nation) -> dict[str, Cell]:
    outlets = unique(document.outlet or "" for document in documents(known, deed))
    rows: dict[str, Any] = {outlet.name: outlet for outlet in known.codebook.outlets.values()}
    scales = []
    for outlet in outlets:
        home = nation(rows[outlet].country) if outlet in rows else None
        if outlet in rows and (rows[outlet].wire or (home is not None and home.code != land.code)):
            scales.append("International")
        elif home is not None:
            scales.append("National")
    known_all = bool(outlets) and len(scales) == len(outlets)
    return {
        "source": "; ".join(outlets) or None,
        "source_scale": "-".join(sorted(set(scales), reverse=True)) if known_all else None,
    }


def _notes(known: View, deeds: Deeds, deed: Deed, days: When, places: Sites, dead: Deaths) -> str:
    """What happened in one sentence, then all that a coder must know before taking the row."""
    inferred = ", inferred from the text" if inferred_date(deed) else ""
    parts = [
        f"{date_words(str(days.start), str(days.end))}{inferred}: {summary(known, deed)}",
        f"{origins_words(deed.event)[0].upper()}{origins_words(deed.event)[1:]}.",
        _dead_words(dead, len(places.at)),
    ]
    for name, one in (("actor1", deed.acting), ("actor2", deed.suffering)):
        if one.instead:
            parts.append(f"Other accounts name as {name}: {join([p.name or p.words for p in one.instead])}.")
    if deed.acting.main is None:
        parts.append("The reports do not name who did it.")
    if places.instead:
        parts.append(f"Other accounts place it at {join(list(places.instead))}.")
    if others := ambiguous(known, places.at):
        parts.append(f"There are other places of this name: {join(others[:4])}.")
    if disputes := deeds.disputes(deed):
        parts.append(f"Disputed: {'; '.join(disputes)}.")
    return " ".join(part for part in parts if part)


def _dead_words(dead: Deaths, places: int) -> str:
    if not dead.reported:
        return "No deaths are reported."
    words = f"Deaths: {'; '.join(dead.figures)}"
    chosen = f"; lowest report taken ({dead.low})" if dead.low != dead.high or dead.open else ""
    return f"{words}{chosen}{f', divided over {places} places' if places > 1 else ''}."
