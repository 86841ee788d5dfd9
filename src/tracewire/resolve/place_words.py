"""What a phrase says about a place besides its name: "northern countryside of X", "20 km south of X", "X province"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

__all__ = ["Phrase", "is_no_place", "parse", "road_between", "whole"]

_DIRECTION = r"(?:north|south|east|west|central|mid)(?:[\s-]?(?:east|west))?(?:ern)?(?:most)?"
_PART = re.compile(
    rf"^(?P<dir>{_DIRECTION})(?:\s+and\s+{_DIRECTION})?\s+(?:parts?\s+of\s+|of\s+)?(?:the\s+)?(?=\S)", re.I
)
_DOWNTOWN = re.compile(r"^(?:downtown|old|greater|central|upper|lower|coastal)\s+(?=\S)", re.I)
_DISTANCE = (
    r"(?:(?:about|some|around|roughly|approximately|nearly)\s+)?(?P<number>\d+(?:[.,]\d+)?)[\s-]*"
    r"(?P<unit>km|kms|kilomet(?:er|re)s?|miles?|mi)\b(?:\s*\([^)]*\))?\s+(?:to\s+the\s+)?"
)
_AWAY = re.compile(rf"(?:{_DISTANCE})?(?P<dir>{_DIRECTION})\s+(?:of|from)\s+(?:the\s+)?$", re.I)
_FROM = re.compile(rf"{_DISTANCE}(?:away\s+)?(?:from|outside)\s+(?:the\s+)?$", re.I)
_NEAR = re.compile(
    r"\b(?P<word>near|nearby|close to|outside|around|surrounding|on the road to|on the outskirts of|the outskirts of"
    r"|outskirts of|(?:the\s+)?(?:[\w-]+\s+)?(?:countryside|suburbs?|environs|hinterland|vicinity|area|hills|fields) "
    r"(?:of|around|near|outside))\s+(?:the\s+)?$",
    re.I,
)
_CLASS = (
    r"province|governorate|oblast|region|state|department|prefecture|wilaya|county|district|subdistrict|cercle|territory"
    r"|canton|municipality|township|city|town|village|hamlet|neighbou?rhood|suburb|quarter|commune|island|port|camp"
    r"|mountains?|hills?|valley|range|massif"
)
_ADMIN1 = frozenset(["province", "governorate", "oblast", "region", "state", "department", "prefecture", "wilaya"])
_ADMIN2 = frozenset(
    ["county", "district", "subdistrict", "cercle", "territory", "canton", "municipality", "township", "commune"]
)
_TOWN = frozenset(["city", "town", "village", "hamlet", "port"])
_QUARTER = frozenset(["neighborhood", "neighbourhood", "suburb", "quarter"])
_CLASS_BEFORE = re.compile(rf"^(?:the\s+)?(?P<class>{_CLASS})s?\s+of\s+(?:the\s+)?(?=\S)", re.I)
_CLASS_LEFT = re.compile(rf"\b(?P<class>{_CLASS})\s+of\s+$", re.I)
_CLASS_AFTER = re.compile(rf"\s+(?:(?:provincial|administrative)\s+)?(?P<class>{_CLASS})$", re.I)
_CLASS_RIGHT = re.compile(rf"^\s+(?P<class>{_CLASS})\b", re.I)
_WIDE_AFTER = re.compile(
    r"(?:'s|’s)?\s+(?P<word>(?:(?:north|south|east|west)\w*\s+)?(?:countryside|outskirts|suburbs|environs|area|axis"
    r"|front|front ?line|pocket|plains?|coast|surroundings|hinterland|roads?|highway|motorway|bypass))$",
    re.I,
)
_ROAD = re.compile(
    r"^(?P<a>\S.*?)\s*(?:[-–—]|\s(?:to|and)\s)\s*(?P<b>\S.*?)\s+(?:(?:main|desert|coastal|ring|international)\s+)?"
    r"(?:road|highway|motorway|route|axis|line)$",
    re.I,
)
_SHIP = re.compile(
    r"^(?:the\s+)?(?:(?:MV|M/V|MT|M/T|USS|HMS|INS|HMAS|TCG|FS|RFA)\s+(?=\S)"
    r"|(?i:ship|vessel|tanker|frigate|dhow)\s+[A-Z])"
)
_PERSON = re.compile(
    r"^(?:(?:brigadier|major|lieutenant|colonel|vice|rear)[\s-]+)*(?:general|colonel|captain|brigadier|president"
    r"|minister|admiral|commander|lieutenant|sergeant|gen|col|capt|maj|lt|sgt|mr|mrs|dr)\b\.?\s*\W*\s*\S",
    re.I,
)
_BODY = re.compile(
    r"\S\s(?:council|committee|front|brigades?|battalions?|army|movement|party|agency|ministry|media|network|forces?|union"
    r"|organi[sz]ation|association|company|corporation|institute|observatory|commission|coalition|alliance|police|post"
    r"|times|herald|radio|wire|news|gazette|tribune)$",
    re.I,
)
_FACILITY_AFTER = re.compile(
    r"\s+(?P<word>(?:(?:international|military|air|naval|army|air force|civilian|border|oil|gas|central|main|refugee"
    r"|displacement|power|nuclear|thermal|general|university|field|cattle)\s+)*"
    r"(?:airport|airfield|airbase|base|airstrip|port|harbou?r|crossing|hospital|prison|refinery|dam|bridge|camp|checkpoint"
    r"|barracks|field|plant|station|university|stadium|terminal|garrison|headquarters|hotel|market|school|mosque|church"
    r"|clinic|depot|quarry|mine|outpost|border post|silos?))$",
    re.I,
)
_PORT_BEFORE = re.compile(r"^(?:the\s+)?(?P<word>port|airport|air base|base|dam|camp)\s+(?:of|at|in)\s+(?=\S)", re.I)
_CAPITAL = re.compile(
    r"^(?:the\s+)?(?P<core>.+?)(?:'s|’s)?\s+capital(?:\s+city)?$|^(?:the\s+)?capital\s+of\s+(?P<of>.+)$", re.I
)
_THE = re.compile(r"^(?:the|nearby|neighbou?ring|besieged|rebel-held|government-held)\s+(?=\S)", re.I)
_LED = re.compile(r"^(?P<lead>.+\b(?:of|from|near|around|outside))\s+(?:the\s+)?(?P<core>\S.*)$", re.I)
_OWNER = re.compile(r"^[^\W\d_]+(?:'s|’s)\s+(?=\S)")
_POSSESSIVE = re.compile(r"(?:'s|’s)$")

NEAR_KM = 15.0
SIDE_KM = 15.0
"""For "near X" and "northern X": a report's "near" seldom means more than a drive of a quarter of an hour."""
COUNTRYSIDE_KM = 30.0
AWAY_KM = 25.0
FACILITY_KM = 15.0
"""An airport or base called after a town lies within so many km of it."""
WIDEST_DISTANCE_KM = 200.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """A place phrase taken apart. `widen_km` is the least radius its words allow; `shift` a bearing and distance."""

    core: str
    kind: str | None = None
    modifier: str = ""
    widen_km: float = 0.0
    shift: tuple[str, float] | None = None
    countryside: bool = False
    facility: bool = False
    capital: bool = False
    side: str = ""
    """Which part of a province or country is meant, as a compass point: "ne" of "north-eastern Syria"."""
    outer: bool = False
    """Whether words outside of the name modify it ("near X"), and not the name's own ("northern X")."""


def parse(quote: str, before: str = "", after: str = "") -> Phrase:
    """Take a phrase apart, with the words that stand before and after it in the text."""
    core = _POSSESSIVE.sub("", _THE.sub("", " ".join(quote.split())))
    if match := _CAPITAL.match(core):
        return Phrase(match["core"] or match["of"], kind="city", capital=True)
    if (match := _LED.match(core)) and _outside(match["lead"] + " ").modifier:
        before, core = match["lead"] + " ", match["core"]
    core, inside = _inside(_OWNER.sub("", core))
    outside = _outside(before)
    kind = inside.kind or _class_of(_CLASS_RIGHT.match(after)) or _class_of(_CLASS_LEFT.search(before))
    word = " ".join(filter(None, (outside.modifier, inside.modifier)))
    return Phrase(
        core, kind, word, max(outside.widen_km, inside.widen_km), outside.shift,
        outside.countryside or inside.countryside, inside.facility, False, inside.side or outside.side,
        outside.outer or inside.outer,
    )  # fmt: skip


def whole(name: str, before: str = "", after: str = "") -> Phrase:
    """The phrase where all of it is the name: only the words around it still say something."""
    kind = _class_of(_CLASS_RIGHT.match(after)) or _class_of(_CLASS_LEFT.search(before))
    return replace(_outside(before), core=name, kind=kind)


def road_between(name: str) -> tuple[str, str] | None:
    """The two ends of "the X-Y road"; None for any other phrase."""
    match = _ROAD.match(_THE.sub("", " ".join(name.split())))
    return (match["a"], match["b"]) if match else None


def is_no_place(name: str) -> bool:
    """Whether a name that was read as a place and stands in no gazetteer is a ship's, a person's or a body's."""
    return bool(_SHIP.match(name) or _PERSON.match(name) or _BODY.search(name))


def _class_of(match: re.Match[str] | None) -> str | None:
    if match is None:
        return None
    word = match["class"].lower()
    for kind, members in (("admin1", _ADMIN1), ("admin2", _ADMIN2), ("city", _TOWN), ("quarter", _QUARTER)):
        if word in members:
            return kind
    return word


def _inside(core: str) -> tuple[str, Phrase]:
    """Strip the phrase's own words about the place, outermost first."""
    kind, modifiers, widen, countryside, facility, side, outer = None, [], 0.0, False, False, "", False
    for _ in range(4):
        if match := _PART.match(core):
            modifiers.append(match["dir"].lower())
            side = side or _compass(match["dir"])
            widen, core = max(widen, SIDE_KM), core[match.end() :]
        elif match := _CLASS_BEFORE.match(core) or _DOWNTOWN.match(core):
            kind = kind or (_class_of(match) if "class" in match.groupdict() else None)
            core = core[match.end() :]
        elif match := _WIDE_AFTER.search(core):
            modifiers.append(match["word"].lower())
            countryside = countryside or "country" in match["word"].lower() or "suburb" in match["word"].lower()
            outer = outer or match["word"].lower() in ("area", "outskirts", "environs", "surroundings")
            widen, core = max(widen, COUNTRYSIDE_KM), core[: match.start()]
        elif match := _CLASS_AFTER.search(core):
            kind, core = kind or _class_of(match), core[: match.start()]
        elif match := _FACILITY_AFTER.search(core) or _PORT_BEFORE.match(core):
            modifiers.append(match["word"].lower())
            facility, widen = True, max(widen, FACILITY_KM)
            core = core[: match.start()] if match.start() else core[match.end() :]
        elif match := re.match(r"(?:near|outside|around)\s+(?=\S)", core, re.I):
            modifiers.append("near")
            widen, core = max(widen, NEAR_KM), core[match.end() :]
        else:
            break
    return core, Phrase(core, kind, " ".join(modifiers), widen, None, countryside, facility, side=side, outer=outer)


def _outside(before: str) -> Phrase:
    """What the words before a phrase say: "15 miles west of", "near", "the countryside of"."""
    before = re.sub(rf"(?:the\s+)?(?:{_CLASS})\s+of\s+$", "", before, flags=re.I)
    if (match := _AWAY.search(before)) or (match := _FROM.search(before)):
        direction = match.groupdict().get("dir")
        distance = _kilometres(match)
        word = " ".join(filter(None, (f"{distance:g} km" if distance else "", direction and direction.lower(), "of")))
        if distance is None:
            return Phrase("", modifier=word, widen_km=AWAY_KM, side=_compass(direction or ""), outer=True)
        shift = (_compass(direction), distance) if direction else None
        return Phrase("", None, word, max(3.0, distance * (0.3 if shift else 1.0)), shift, outer=True)
    if match := _NEAR.search(before):
        word = match["word"].lower()
        wide = "country" in word or "suburb" in word
        kilometres = COUNTRYSIDE_KM if wide else NEAR_KM
        return Phrase("", None, "countryside of" if wide else "near", kilometres, countryside=wide, outer=True)
    return Phrase("")


def _kilometres(match: re.Match[str]) -> float | None:
    if not match["number"]:
        return None
    value = float(match["number"].replace(",", "."))
    value *= 1.609 if match["unit"].lower().startswith("mi") else 1.0
    return round(value, 1) if value <= WIDEST_DISTANCE_KM else None


def _compass(direction: str) -> str:
    """The first letters of the compass words: "north-western" -> "nw"."""
    return "".join(word[0] for word in re.findall(r"north|south|east|west", direction.lower()))
