"""Choose the place that a phrase means, with a radius and the alternatives; leave open what cannot be placed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from tracewire.model import Mention, Place, stable_id
from tracewire.resolve.context import TextView
from tracewire.resolve.countries import capital_of, country_name
from tracewire.resolve.gazetteer import Gazetteer
from tracewire.resolve.gazetteer_db import PlaceRow, distance_km
from tracewire.resolve.names import TIER_MARKED, TIER_SKELETON, keys
from tracewire.resolve.nations import Nations
from tracewire.resolve.place_parts import Area, middle, part_of_area, part_of_country, shifted
from tracewire.resolve.place_scores import POPULATED, Surroundings, admin_keys, fit
from tracewire.resolve.place_votes import in_one_country, votes
from tracewire.resolve.place_words import FACILITY_KM, Phrase, is_no_place, parse, road_between, whole

__all__ = ["PlaceResolver"]

ALTERNATIVES = 5
TIE, TIE_KM = 0.3, 50.0
"""Two places that fit equally (within TIE) and lie farther apart than TIE_KM: neither is taken."""
EVENT_WORDS = frozenset({
    "offensive", "battle", "attack", "attacks", "assault", "clash", "clashes", "siege", "raid", "raids", "ambush",
    "massacre", "bombing", "bombings", "blast", "blasts", "explosion", "strike", "strikes", "airstrike", "airstrikes",
    "shelling", "fighting", "operation", "campaign", "ceasefire", "truce", "trap", "zone", "frontline", "frontlines",
    "belt", "gap", "triangle", "citadel", "uprising", "incident", "takeover",
})  # fmt: skip
"""What reports put behind the name of a place for what happened there."""
LOOSE_COUNTRIES = 3
STABLE_VOWELS = frozenset(
    {"UA", "RU", "BY", "RS", "BG", "MK", "GE", "AM", "CO", "PE", "SV", "GT", "NI", "MX", "ML", "NE", "BF"}
)
"""Countries whose names are written with their vowels in Latin letters; there only a nearly equal spelling is loose."""
STABLE_RATIO = 88.0
"""Likeness (0 to 100) asked for in those countries: one letter in eight may differ ("Robotyne" is no "Rybotyn")."""
LOOSE_SHARE = 0.15
"""Spellings are compared loosely only in the countries that a document is about."""
LOOSE_NEAR_KM = 60.0
ADMIN_BY_TOWN_KM = 40.0
ANAPHORA_SENTENCES = 2
COUNTRY_PLACE_WEIGHT = 2.0
AREAS = frozenset({"admin1", "admin2", "region"})

_QUALIFIES = re.compile(
    r"^\s*(?:,|\(|in|,?\s*in|,?\s*of|,\s*(?:an?|the)\s[\w\s-]{0,40}?\s(?:in|of))\s*(?:the\s+)?"
    r"(?:(?:northern|southern|eastern|western|central|countryside|province|governorate|district|state|region"
    r"|north|south|east|west|of)\s+)*(?:[A-Z]\w+(?:'s|’s)\s+)?$"
)
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?(?:(?:towns?|villages?|cities|city)\s+of\s+)?$", re.I)
_AND = re.compile(r"^\s+and\s+(?:the\s+)?(?:(?:towns?|villages?|city)\s+of\s+)?$", re.I)
_EVENT_OF = re.compile(
    r"^(?:the\s+)?(?:battle|siege|fall|gates?|capture|defen[cs]e)\s+(?:of|for)\s+(?P<place>\S.*)$", re.I
)
_TERRITORY = re.compile(r"^(?:the\s+)?(?P<owner>\S+)\s+(?:territory|territories|soil|land|airspace)$", re.I)
_ANAPHORS = {
    "town": POPULATED, "city": POPULATED, "village": POPULATED, "locality": POPULATED, "settlement": POPULATED,
    "province": {"admin1"}, "governorate": {"admin1"}, "region": {"admin1", "region", "admin2"}, "oblast": {"admin1"},
    "district": {"admin2", "neighbourhood"}, "neighbourhood": {"neighbourhood"}, "neighborhood": {"neighbourhood"},
    "mountain": {"range"}, "mountains": {"range"}, "island": {"island"},
    "there": None, "here": None,
}  # fmt: skip


class _Asked:
    """One place phrase of a document while it is being resolved."""

    __slots__ = (
        "actor", "area", "caseless", "end", "index", "mention", "name", "phrase", "qualifiers", "rows", "sentence",
        "titled", "whole",
    )  # fmt: skip

    def __init__(self, index: int, mention: Mention, view: TextView) -> None:
        self.index, self.mention = index, mention
        self.name = " ".join(view.words(mention.span).split())
        before, after = view.before(mention.span), view.after(mention.span, 30)
        self.phrase, self.whole = parse(self.name, before, after), whole(self.name, before, after)
        self.titled = view.in_title(mention.span)
        self.sentence, self.caseless = view.sentence(mention.span), view.caseless
        self.rows: list[PlaceRow] = []
        self.qualifiers: frozenset[str] = frozenset()
        self.area: _Asked | None = None
        """The phrase that says in which province or country this one lies."""
        self.end: _Asked | None = None
        """The other end, where the deed is set between two places."""
        self.actor = False


class PlaceResolver:
    """Resolves the place phrases of documents, one document at a time; collects the places it made."""

    def __init__(self, gazetteer: Gazetteer, nations: Nations) -> None:
        self._gazetteer = gazetteer
        self._nations = nations
        self._places: dict[str, Place] = {}

    def places(self) -> tuple[Place, ...]:
        """All places made so far, alternatives included, by id."""
        return tuple(self._places[key] for key in sorted(self._places))

    def resolve_document(
        self,
        view: TextView,
        mentions: Sequence[Mention],
        hints: Mapping[str, float],
        actors: Collection[int] = (),
    ) -> dict[int, str]:
        """Mention index -> place id. `hints` weighs countries (alpha-2): how often the text names each, say.

        `actors` are the indices of phrases that are known actors' names too: they are places by their exact name only.
        """
        asked = [_Asked(i, m, view) for i, m in enumerate(mentions) if m.type in ("PLACE", "FACILITY")]
        for one in asked:
            one.actor = one.index in actors
        asked.sort(key=lambda one: (one.mention.span.start, one.index))
        around = Surroundings(countries=self._countries(asked, hints))
        for one in asked:
            one.rows = self._candidates(one, around)
        around.votes = votes((o.phrase.core, o.rows) for o in asked if o.mention.form == "name" and not o.actor)
        _qualify(asked, view)
        around.admins = _admins(asked)
        around.anchors = self._anchors(asked, around)
        found: dict[int, str] = {}
        latest: list[tuple[int, PlaceRow, str]] = []
        for one in asked:
            row = self._choose(one, around)
            if (stretch := self._stretch(one, row, around)) is not None:
                found[one.index] = stretch
            elif row is not None:
                found[one.index] = self._place(row, one)
                latest.append((one.sentence, row, found[one.index]))
            elif (known := _antecedent(one, latest)) is not None:
                found[one.index] = known
            elif self._is_name(one):
                found[one.index] = self._unlocated(one, around)
        return found

    # ---------------------------------------------------------------- what is asked

    def _countries(self, asked: Sequence[_Asked], hints: Mapping[str, float]) -> dict[str, float]:
        """Shares of the countries that the document is about; one that a place phrase names weighs more."""
        weight: dict[str, float] = dict(hints)
        for one in asked:
            if code := self._nations.country(one.phrase.core):
                weight[code] = weight.get(code, 0.0) + COUNTRY_PLACE_WEIGHT
        total = sum(weight.values())
        return {code: weight[code] / total for code in sorted(weight)} if total else {}

    def _is_name(self, one: _Asked) -> bool:
        named = one.mention.type == "PLACE" and one.mention.form == "name" and not one.actor
        return named and bool(keys(one.name).exact) and not is_no_place(one.name)

    # ---------------------------------------------------------------- candidates

    def _candidates(self, one: _Asked, around: Surroundings) -> list[PlaceRow]:
        if one.mention.form == "pronoun" or one.name.casefold() in _ANAPHORS:
            return []
        if one.phrase.capital:
            return self._capital(one.phrase.core)
        if (territory := _TERRITORY.match(one.name)) and (code := self._nations.country(territory["owner"])):
            return self._country_rows(code)
        nominal = one.mention.form != "name" and not any(c.isupper() for c in one.name)
        rows = self._gazetteer.lookup(one.name) if not nominal else []
        if rows:
            one.phrase = one.whole
        elif _may_be_name(one):
            rows = self._gazetteer.lookup(one.phrase.core)
        rows = self._with_country(one, rows, around)
        if one.actor or (not rows and one.mention.form != "name" and not _may_be_name(one)):
            return rows
        if not rows and (is_no_place(one.name) or road_between(one.name)):
            return []
        if any(row.country in around.countries or row.country is None for row in rows):
            return rows
        return [*rows, *self._loose(one.phrase.core, around)] or self._glued(one, around)

    def _glued(self, one: _Asked, around: Surroundings) -> list[PlaceRow]:
        """The place that a longer phrase begins with: "Aleppo" of "Aleppo Citadel", "SHABWA TRAP", "Homs Offensive"."""
        pieces = (m["place"] if (m := _EVENT_OF.match(one.name)) else one.name).split()
        if m and (rows := self._of_the_text(m["place"], around)):
            one.phrase = Phrase(m["place"])
            return rows
        facility = one.mention.type == "FACILITY"
        for size in range(len(pieces) - 1, 0, -1):
            head, rest = " ".join(pieces[:size]), " ".join(pieces[size:])
            events = all(word.casefold() in EVENT_WORDS for word in pieces[size:])
            if not (facility or events or (one.titled and not self._gazetteer.lookup(rest))):
                continue
            if rows := self._of_the_text(head, around):
                what = rest.casefold() if facility else ""
                one.phrase = Phrase(head, modifier=what, widen_km=FACILITY_KM if facility else 0.0, facility=facility)
                return rows
        return []

    def _of_the_text(self, name: str, around: Surroundings) -> list[PlaceRow]:
        """Places of just that name in the countries that a document is about."""
        rows = (r for r in self._gazetteer.lookup(name) if r.tier < TIER_MARKED and r.kind != "country")
        return [r for r in rows if r.country and around.countries.get(r.country, 0.0) >= LOOSE_SHARE]

    def _with_country(self, one: _Asked, rows: list[PlaceRow], around: Surroundings) -> list[PlaceRow]:
        """The country too, where a phrase is a name of one that no gazetteer has, or an adjective for it."""
        code = self._nations.country(one.phrase.core) if one.mention.form == "name" else None
        if code is None or any(row.kind == "country" for row in rows):
            return rows
        if self._nations.is_metonym(one.phrase.core) and any(row.country in around.countries for row in rows):
            return rows
        return [*self._country_rows(code), *rows]

    def _country_rows(self, code: str) -> list[PlaceRow]:
        rows = self._gazetteer.lookup(country_name(code))
        return [row for row in rows if row.kind == "country" and row.country == code]

    def _loose(self, name: str, around: Surroundings) -> list[PlaceRow]:
        largest = sorted(around.countries.items(), key=lambda item: (-item[1], item[0]))[:LOOSE_COUNTRIES]
        codes = [code for code, share in largest if share >= LOOSE_SHARE]
        found = [row for code in codes for row in self._gazetteer.lookup_loose(name, code)]
        return [row for row in found if _spelled_alike(name, row)]

    def _capital(self, core: str) -> list[PlaceRow]:
        code = self._nations.country(core)
        rows = self._gazetteer.lookup(capital_of(code) or "") if code else []
        return [row for row in rows if row.country == code and row.kind in POPULATED][:1]

    # ---------------------------------------------------------------- choice

    def _anchors(self, asked: Sequence[_Asked], around: Surroundings) -> list[tuple[float, float]]:
        """Points of the places that are clear without looking at the others."""
        points: list[tuple[float, float]] = []
        for one in asked:
            ranked = self._ranked(one, around)
            clear = ranked and ranked[0][0] > 0 and (len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= 1.0)
            if clear and ranked[0][1].kind not in ("country", "admin1", "sea") and (point := _point(ranked[0][1])):
                points.append(point)
        return sorted(set(points))

    def _ranked(self, one: _Asked, around: Surroundings) -> list[tuple[float, PlaceRow]]:
        unique = in_one_country(one.rows)
        scored = [(fit(row, one.phrase, around, one.qualifiers, unique=unique), row) for row in one.rows]
        return sorted(scored, key=lambda item: (-item[0], item[1].gid))

    def _choose(self, one: _Asked, around: Surroundings) -> PlaceRow | None:
        ranked = self._ranked(one, around)
        if not ranked or ranked[0][0] <= 0:
            return None
        best = ranked[0][1]
        rivals = [row for score, row in ranked[1:] if ranked[0][0] - score < TIE and _apart(best, row) > TIE_KM]
        weak = best.tier == TIER_SKELETON or (best.tier == TIER_MARKED and keys(one.phrase.core).skeleton is None)
        if rivals or (weak and not self._supported(one, best, around)):
            return None
        return best

    def _supported(self, one: _Asked, row: PlaceRow, around: Surroundings) -> bool:
        """A weak match needs a second reason: the province, or a place of the document close by."""
        if row.admin1 and not admin_keys(row.admin1).isdisjoint(one.qualifiers or around.admins):
            return True
        point = _point(row)
        return point is not None and any(distance_km(point, anchor) <= LOOSE_NEAR_KM for anchor in around.anchors)

    # ---------------------------------------------------------------- stretches

    def _stretch(self, one: _Asked, row: PlaceRow | None, around: Surroundings) -> str | None:
        """ "between X and Y" and "the X-Y road": the middle of both, with half of the way as radius."""
        ends: tuple[PlaceRow | None, PlaceRow | None] = (None, None)
        if one.end is not None:
            ends = row, self._choose(one.end, around)
        elif row is None and (names := road_between(one.name)):
            first, second = (self._end(name, around) for name in names)
            ends = first, second
        return self._between(*ends) if ends[0] and ends[1] else None

    def _end(self, name: str, around: Surroundings) -> PlaceRow | None:
        phrase = Phrase(name)
        scored = [(fit(row, phrase, around), row) for row in self._gazetteer.lookup(name)]
        best = max(scored, key=lambda item: (item[0], item[1].gid), default=None)
        return best[1] if best and best[0] > 0 else None

    def _between(self, first: PlaceRow | None, second: PlaceRow | None) -> str | None:
        a, b = (_point(row) if row and row.kind not in AREAS else None for row in (first, second))
        area = middle(a, b) if a and b else None
        if area is None or first is None or second is None:
            return None
        first, second = sorted((first, second), key=lambda row: row.gid)
        identity = stable_id("p", "between", first.gid, second.gid)
        admin1 = first.admin1 if first.admin1 == second.admin1 else None
        country = first.country if first.country == second.country else None
        self._keep(Place(
            id=identity, name=f"between {first.name} and {second.name}", latitude=area[0][0], longitude=area[0][1],
            radius_km=area[1], admin1=admin1, country=country, gazetteer=None,
            alternatives=(self._alternative(first), self._alternative(second)),
        ))  # fmt: skip
        return identity

    # ---------------------------------------------------------------- places

    def _place(self, row: PlaceRow, one: _Asked) -> str:
        phrase = one.phrase
        least = ADMIN_BY_TOWN_KM if phrase.kind == "admin1" and row.kind in POPULATED else 0.0
        if phrase.countryside and row.kind == "admin1":
            phrase = replace(phrase, widen_km=0.0, shift=None)
        point = _point(row)
        radius = None if point is None else max(row.radius_km or 0.0, phrase.widen_km, least)
        if point is not None and phrase.shift is not None:
            point = shifted(point, *phrase.shift)
            radius = max(phrase.widen_km, row.radius_km or 0.0)
        elif part := self._part(row, phrase):
            point, radius = part
        rest = [other for other in one.rows if other.gid != row.gid and row.kind != "country"][:ALTERNATIVES]
        identity = stable_id("p", row.gid, phrase.modifier) if phrase.modifier else stable_id("p", row.gid)
        self._keep(Place(
            id=identity, name=_named(row, phrase), latitude=point and point[0], longitude=point and point[1],
            radius_km=radius, admin1=row.admin1, country=row.country, gazetteer=row.gid,
            alternatives=tuple(self._alternative(other) for other in rest),
        ))  # fmt: skip
        return identity

    def _part(self, row: PlaceRow, phrase: Phrase) -> Area | None:
        """Northern Mali, the east of Shan State: where the towns of that side lie, or that side of the province."""
        if not phrase.side:
            return None
        if row.kind == "country" and row.country:
            return part_of_country(self._gazetteer.towns(row.country), phrase.side)
        point = _point(row)
        if row.kind not in AREAS or point is None or row.radius_km is None:
            return None
        return part_of_area(point, row.radius_km, phrase.side)

    def _alternative(self, row: PlaceRow) -> str:
        identity, point = stable_id("p", row.gid), _point(row)
        self._keep(Place(
            id=identity, name=row.name, latitude=point and point[0], longitude=point and point[1],
            radius_km=row.radius_km if point else None, admin1=row.admin1, country=row.country, gazetteer=row.gid,
        ))  # fmt: skip
        return identity

    def _unlocated(self, one: _Asked, around: Surroundings) -> str:
        """A name that no gazetteer has keeps an id of its own, so that claims about it still meet."""
        main = max(around.countries.items(), key=lambda item: (item[1], item[0]))[0] if around.countries else None
        name = one.name if one.phrase.capital else one.phrase.core
        identity = stable_id("p", "unlocated", keys(name).article, main)
        options = tuple(self._alternative(row) for row in one.rows[:ALTERNATIVES])
        area = self._choose(one.area, around) if one.area is not None else None
        admin1, country = (area.admin1, area.country) if area and area.kind in (*AREAS, "country") else (None, None)
        self._keep(Place(identity, name, None, None, None, admin1, country, None, options))
        return identity

    def _keep(self, place: Place) -> None:
        """Two documents may meet a place by two names: the alternatives of both stay."""
        known = self._places.get(place.id)
        if known is not None:
            both = sorted({*known.alternatives, *place.alternatives})[:ALTERNATIVES]
            first, second = sorted((known, place), key=lambda p: (p.name, p.admin1 or "", p.country or ""))
            admin1, country = first.admin1 or second.admin1, first.country or second.country
            place = replace(first, alternatives=tuple(both), admin1=admin1, country=country)
        self._places[place.id] = place


def _may_be_name(one: _Asked) -> bool:
    """Whether what is left of a phrase can be a name: "Idlib" of "Idlib province", not the "sector" of a front."""
    core = one.phrase.core
    if one.mention.form == "name":
        return core != one.name
    return any(c.isupper() for c in core) or (one.caseless and core != one.name)


def _spelled_alike(name: str, row: PlaceRow) -> bool:
    from rapidfuzz.fuzz import ratio

    return row.country not in STABLE_VOWELS or ratio(keys(name).exact, keys(row.name).exact) >= STABLE_RATIO


def _qualify(asked: Sequence[_Asked], view: TextView) -> None:
    """ "X, Idlib" and "X in Idlib province" say in which province X lies; "between X and Y" ties two together."""
    for one, following in pairwise(asked):
        between = view.between(one.mention.span, following.mention.span)
        if between is not None and len(between) < 60 and _QUALIFIES.match(between):
            one.qualifiers = _area_keys(following)
            one.area = following if one.qualifiers else None
        if between is not None and _AND.match(between) and _BETWEEN.search(view.before(one.mention.span)):
            one.end, following.end = following, one


def _area_keys(one: _Asked) -> frozenset[str]:
    """Keys of the provinces that a phrase may name; the country code (upper case) of a country."""
    found: set[str] = set()
    for row in one.rows:
        if row.kind in ("admin1", "admin2"):
            found |= admin_keys(row.name) | (admin_keys(row.admin1) if row.admin1 else frozenset())
        elif row.kind == "country" and row.country and one.phrase.core == one.name:
            return frozenset({row.country})
    return frozenset(found)


def _admins(asked: Iterable[_Asked]) -> frozenset[str]:
    return frozenset(key for one in asked for key in _area_keys(one))


def _antecedent(one: _Asked, latest: Sequence[tuple[int, PlaceRow, str]]) -> str | None:
    """The place that "the town" or "there" stands for: the last one of that kind, in this or the sentence before."""
    word = one.name.casefold().removeprefix("the ")
    if word not in _ANAPHORS or one.sentence < 0:
        return None
    kinds = _ANAPHORS[word]
    for sentence, row, identity in reversed(latest):
        if one.sentence - sentence >= ANAPHORA_SENTENCES:
            return None
        if row.kind != "country" and (kinds is None or row.kind in kinds):
            return identity
    return None


def _point(row: PlaceRow) -> tuple[float, float] | None:
    if row.kind == "country" or row.latitude is None or row.longitude is None:
        return None
    return row.latitude, row.longitude


def _apart(a: PlaceRow, b: PlaceRow) -> float:
    first, second = _point(a), _point(b)
    return distance_km(first, second) if first and second else 0.0


def _named(row: PlaceRow, phrase: Phrase) -> str:
    if not phrase.modifier:
        return row.name
    leads = phrase.modifier.endswith("of") or phrase.modifier.startswith(("near", "outside", "around", "close"))
    leads = leads or phrase.modifier.endswith("ern")
    return f"{phrase.modifier} {row.name}" if leads else f"{row.name} ({phrase.modifier})"
