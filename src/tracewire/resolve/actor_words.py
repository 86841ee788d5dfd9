"""Take phrases that name actors apart: "Malian troops", "fighters of the X Front", "General A. B.", "X Front (XF)"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from tracewire.lang import load_words
from tracewire.resolve.actor_index import stripped
from tracewire.resolve.nations import Nations

__all__ = [
    "StatePart",
    "core_names",
    "ends_in_noun",
    "is_generic",
    "is_loaded",
    "is_unit",
    "noun_class",
    "outlet_core",
    "person_name",
    "split_parenthesis",
    "state_part",
    "without_attached",
]

Part = Literal["state", "forces", "agency"]
_PARENTHESIS = re.compile(r"^(?P<long>[^()]{3,}?)\s*\(\s*(?P<short>[^()]{2,20}?)\s*\)$")
_OF = re.compile(
    r"^(?P<noun>[\w' -]+?)\s+(?:of|from|for|with|loyal to|in|within)\s+(?:the\s+)?(?P<name>\S.*)$", re.IGNORECASE
)
_OWNER = re.compile(r"^(?P<name>\S.*?)\s?(?:['’]s?)\s+(?P<noun>\S.*)$")
_ATTACHED = re.compile(
    r"^(?:(?:new|rival|moderate|main)\s+)?\S+(?:[-–](?:\w+ed|based|led|held|run)"
    r"|\s(?:based|backed|led|linked|allied|aligned|affiliated|supported|funded|trained))\s+(?=\S)",
    re.IGNORECASE,
)
"""A backer, ally or seat before a name ("US-backed", "Syrian Based"): never who is meant."""
_WORD = re.compile(r"\S+")
_TITLE_END = re.compile(r"[.,]+$")
LONGEST_STATE_NAME = 4
LONGEST_NOUN = 3


@dataclass(frozen=True, slots=True)
class StatePart:
    """A state (alpha-2), or one of its arms, as a phrase names it; `noun` tells agencies of one state apart."""

    country: str
    part: Part
    noun: str


@lru_cache(maxsize=16)
def listed(name: str) -> frozenset[str]:
    """One list of the words on actors."""
    return frozenset(load_words("en", "actor_words")[name])


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    return frozenset(load_words("en", "nouns")["titles"]) | listed("titles")


@lru_cache(maxsize=16)
def _either(*names: str) -> frozenset[str]:
    """The words of several lists."""
    return frozenset().union(*map(listed, names))


@lru_cache(maxsize=65_536)
def split_parenthesis(name: str) -> tuple[str, str | None]:
    """ "X Front (XF)" -> ("X Front", "XF")."""
    match = _PARENTHESIS.match(name)
    return (match["long"], match["short"]) if match else (name, None)


@lru_cache(maxsize=65_536)
def state_part(name: str, nations: Nations) -> StatePart | None:
    """The state or the arm of a state that a phrase names; None for phrases such as "Syrian rebels"."""
    plain = stripped(name)
    if match := _OF.match(plain):
        country = nations.country(stripped(match["name"]))
        return _part(country, match["noun"].casefold()) if country else None
    parts = plain.split()
    while len(parts) > 1 and parts[0].casefold() in listed("leading"):
        parts = parts[1:]
    for size in range(min(LONGEST_STATE_NAME, len(parts)), 0, -1):
        if country := nations.country(stripped(" ".join(parts[:size]))):
            rest = " ".join(parts[size:]).casefold()
            return _part(country, rest) if rest else StatePart(country, "state", "")
    return None


def _part(country: str, rest: str) -> StatePart | None:
    """What follows the state's name must end in a noun of the state, with nothing strange before it."""
    parts = rest.split()
    for size in range(min(LONGEST_NOUN, len(parts)), 0, -1):
        noun, before = " ".join(parts[-size:]), parts[:-size]
        if any(word not in listed("between") for word in before):
            continue
        if noun in listed("agencies"):
            return StatePart(country, "agency", " ".join([*before, noun]).replace("defense", "defence"))
        if noun in listed("forces"):
            return StatePart(country, "forces", noun)
        if noun in listed("government"):
            return StatePart(country, "state", noun)
    return None


def core_names(name: str) -> list[str]:
    """The names that may stand inside a phrase, best first: "Zahra Front fighters" -> ["Zahra Front"]."""
    return list(_core_names(name))


@lru_cache(maxsize=65_536)
def _core_names(name: str) -> tuple[str, ...]:
    plain = _ATTACHED.sub("", stripped(name))
    found = [plain] if plain != stripped(name) else []
    if (match := _OF.match(plain)) and match["noun"].casefold().split()[-1] in listed("membership"):
        found.append(stripped(match["name"]))
    if (match := _OWNER.match(plain)) and _is_member_noun(match["noun"].casefold()):
        found.append(stripped(match["name"]))
    parts = plain.split()
    found.extend(_after_description(parts))
    if len(parts) > 2 and parts[0].casefold() in listed("generic") and parts[1][0].isupper():
        found.extend(_core_names(" ".join(parts[1:])))  # "Ethnic Ta'ang rebels"
    for size in range(min(LONGEST_NOUN, len(parts) - 1), 0, -1):
        if " ".join(parts[-size:]).casefold() in _either("members", "sides"):
            found.append(" ".join(parts[:-size]))
            found.extend(_leading_name(parts[:-size]))
            break
    for i in range(1, len(parts) - 1 if plain.islower() else 0):
        found.append(" ".join(parts[i:]))
    for i in range(1, len(parts)):
        if parts[i][0].isupper() and not any(c.isupper() for w in parts[:i] for c in w[0]):
            found.append(" ".join(parts[i:]))
            break
    return tuple(core for core in found if core and not is_generic(core))


def _after_description(parts: list[str]) -> list[str]:
    """The name after what a group is: "Hezbollah" of "Lebanese Shia militant group Hezbollah"."""
    for i in range(len(parts) - 1, 0, -1):
        if parts[i - 1] in _either("one_group", "members") and parts[i][0].isupper():
            return [" ".join(parts[i:])]
    return []


@lru_cache(maxsize=65_536)
def without_attached(name: str) -> str:
    """A name without the backer or seat before it: "FSA-affiliated Zahra Group" -> "Zahra Group"."""
    return _ATTACHED.sub("", stripped(name)) or name


@lru_cache(maxsize=65_536)
def ends_in_noun(name: str) -> bool:
    """Whether a capitalised phrase ends in a common noun for people or groups: "ISIS Terrorists" is no person."""
    last = stripped(name).casefold().split()[-1:]
    return bool(last) and last[0] in _either("members", "forces", "government")


def _leading_name(parts: list[str]) -> list[str]:
    """The capitalised words that a phrase begins with: "Zahra Front" of "Zahra Front tactical units"."""
    size = next((i for i, part in enumerate(parts) if not part[0].isupper()), 0)
    hyphened = any("-" in part and part.rpartition("-")[2].islower() for part in parts)
    return [" ".join(parts[:size])] if size and not hyphened else []


def _is_member_noun(noun: str) -> bool:
    parts = noun.split()
    nouns = _either("members", "forces", "government")
    return any(" ".join(parts[i:]) in nouns for i in range(len(parts)))


@lru_cache(maxsize=65_536)
def outlet_core(name: str) -> str:
    """A publisher's name without the words that come and go: "Transmed News Agency" -> "Transmed"."""
    parts = stripped(name).split()
    kept = [part for part in parts if part.casefold() not in listed("outlet_words")]
    return " ".join(kept or parts)


@lru_cache(maxsize=65_536)
def person_name(name: str, nations: Nations) -> str:
    """A person's name without titles and what stands before them; "" where nothing but titles is left."""
    parts = _WORD.findall(stripped(name).replace(",", " "))
    cut = 0
    for i, part in enumerate(parts[:-1] if len(parts) > 1 else []):
        if _TITLE_END.sub("", part).casefold() in _titles():
            cut = i + 1
    if cut == len(parts) - 1 and parts and _TITLE_END.sub("", parts[-1]).casefold() in _titles():
        return ""
    if cut == 0 and len(parts) > 2 and nations.country(stripped(parts[0])):
        cut = 1
    rest = parts[cut:]
    if rest and rest[0].casefold() in ("of", "for", "to", "at"):  # "minister for X Ann Bee"
        rest = rest[-2:] if len(rest) > LONGEST_NOUN else []
    return " ".join(rest)


def is_loaded(name: str) -> bool:
    """A label that somebody puts on an opponent."""
    return stripped(name).casefold() in listed("loaded")


def is_unit(name: str, owner: str) -> bool:
    """Whether a phrase names one unit of a group: "the Front's 3rd brigade", "northern battalion of the Front"."""
    for pattern in (_OWNER, _OF):
        match = pattern.match(_ATTACHED.sub("", stripped(name)))
        if match and stripped(match["name"]) == owner:
            noun = match["noun"].split()
            return len(noun) > 1 and noun[-1].casefold() in listed("units")
    return False


@lru_cache(maxsize=65_536)
def is_generic(name: str) -> bool:
    """A phrase of nothing but common nouns, whatever its capitals: "Rebels", "Security Forces"."""
    plain = stripped(name).casefold()
    if noun_class(plain) is not None or plain in listed("agencies") or plain in listed("government"):
        return True
    nouns = load_words("en", "nouns")
    return plain in _nouns_of(tuple(nouns["group"])) or plain in _nouns_of(tuple(nouns["person"]))


@lru_cache(maxsize=4)
def _nouns_of(listed: tuple[str, ...]) -> frozenset[str]:
    return frozenset(form for noun in listed for form in (noun, f"{noun}s"))


NounClass = Literal["one_group", "many_fighters", "state_forces", "state_itself", "person"]


@lru_cache(maxsize=65_536)
def noun_class(noun: str) -> NounClass | None:
    """What a common noun can stand for; None where it stands for nobody in particular."""
    plain = noun.casefold()
    parts = plain.split()
    while len(parts) > 1 and parts[0] in listed("before_group") and parts[-1] in listed("armed_nouns"):
        parts = parts[1:]
    plain = " ".join(parts)
    for name in ("state_forces", "state_itself", "many_fighters", "one_group"):
        if plain in listed(name):
            return name
    return None
