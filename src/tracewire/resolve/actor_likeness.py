"""How alike two names of unknown actors are: transliterations, slips of the pen, other orders, short forms."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby

from tracewire.lang import load_words
from tracewire.resolve.actor_index import generic_words, splinter_words, stripped
from tracewire.resolve.names import ARTICLES, marked_words, words

__all__ = ["content", "group_likeness", "holds", "is_short_for", "person_likeness", "same_word"]

SAME, SLIP, SHORT = 1.0, 0.93, 0.9
"""Scores of a pair: the same words, but for a slip or transliteration, one short for the other."""
SHORTEST_HELD = 3
"""A short form with so many consonants may be transliterated otherwise than the full name ("Hafter", "Haftar")."""
SHORTEST_SLIP = 5
SLIP_RATIO = 86.0
"""A slip is looked for in words of five letters and more that are 86 % the same and begin with the same letter."""
_SPELLINGS = (("defense", "defence"), ("center", "centre"), ("armored", "armoured"), ("organization", "organisation"),
              ("mechanized", "mechanised"), ("labor", "labour"), ("honor", "honour"), ("bde", "brigade"),
              ("bn", "battalion"), ("regt", "regiment"), ("coy", "company"))  # fmt: skip
_AMERICAN = dict(_SPELLINGS)
_NUMBER = re.compile(r"\d+")
_ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th)?$")
_VOWEL = frozenset("aeiouyw")
_NEAR = {
    "a": frozenset("ae"), "i": frozenset("iey"), "y": frozenset("yiej"), "o": frozenset("ouew"),
    "u": frozenset("uoew"), "w": frozenset("wouv"), "e": frozenset("aeiouy"),
}  # fmt: skip
"""Vowels that romanisations of one name may differ in; "e" stands for many, "a" never for "i" ("Hamad", "Hamid")."""
_FUNCTION = frozenset(("of", "the", "and", "for", "in", "de", "des", "du", "la", "le", "les", "los", "s"))


@lru_cache(maxsize=65_536)
def content(name: str) -> tuple[str, ...]:
    """The words of a group's name that count, in order: without articles and "of", in one spelling."""
    found = words(stripped(name).replace("’s", " ").replace("'s", " "))
    kept = [w for i, w in enumerate(found) if w not in _FUNCTION and (w not in ARTICLES or i == len(found) - 1)]
    return tuple(m[1] if (m := _ORDINAL.match(w)) else _AMERICAN.get(w, w) for w in kept or found)


def group_likeness(one: str, other: str) -> tuple[float, str] | None:
    """Score and reason why two names of groups are one group's; None where they are not."""
    left, right = content(one), content(other)
    if _numbers(left) != _numbers(right) or _splintered(left) != _splintered(right):
        return None
    if sorted(left) == sorted(right):
        return SAME, "the same words"
    if len(left) == len(right):
        rest = list(right)
        pairs = [(w, next((r for r in rest if same_word(w, r)), None)) for w in left]
        if all(r is not None for _, r in pairs) and len({r for _, r in pairs}) == len(left):
            return SLIP, "the same words but for spelling"
    return None


@lru_cache(maxsize=65_536)
def is_short_for(short: str, full: str) -> bool:
    """ "Zahra Battalion" for "Zahra Self-Defence Battalion": the same kind, a telling word, only words left out."""
    left, right = content(short), content(full)
    if not 2 <= len(left) < len(right) or _numbers(left) != _numbers(right) or _splintered(left) != _splintered(right):
        return False
    telling = [w for w in left if w not in generic_words() or w.isdigit()]
    return bool(telling) and all(any(same_word(w, r) for r in right) for w in left) and left[-1] in right


def holds(full: tuple[str, ...], short: tuple[str, ...]) -> bool:
    """Whether words stand in a longer name in a row, spelled so or transliterated so."""
    if len(short) >= len(full) or (full[-len(short) :] == short and full[0] in splinter_words()):
        return False
    width = len(short)
    wanted = marked_words(" ".join(short))
    long_enough = sum(map(str.isalpha, wanted)) >= SHORTEST_HELD
    for i in range(len(full) - width + 1):
        window = full[i : i + width]
        if window == short:
            return True
        if long_enough and wanted == marked_words(" ".join(window)):
            return True
    return False


def person_likeness(one: str, other: str) -> tuple[float, str] | None:
    """Score and reason why two names are one person's: the same surname, given names that agree as far as they go."""
    left, right = _person_words(one), _person_words(other)
    if len(left) < 2 or len(right) < 2 or not same_word(left[-1], right[-1], loose=True):
        return None
    if len(left) > len(right):
        left, right = right, left
    given, rest = left[:-1], list(right[:-1])
    for word in given:
        match = next((r for r in rest if same_word(word, r, loose=True)), None)
        if match is None:
            return None
        rest = rest[rest.index(match) + 1 :]
    if sorted(_person_words(one)) == sorted(_person_words(other)):
        return SAME, "the same name"
    return (SLIP, "the same name but for spelling") if len(left) == len(right) else (SHORT, "one name is short")


def same_word(one: str, other: str, *, loose: bool = False) -> bool:
    """Whether two words are one in two spellings; `loose` for names of people, where g and h may be one sound."""
    if one == other:
        return True
    if one.isdigit() or other.isdigit() or min(len(one), len(other)) < 3 or _are_plain(one, other):
        return False
    a, b = (w.translate(_SOFT) if loose else w for w in (_sound(one), _sound(other)))
    if a.replace("_", "") == b.replace("_", "") and len(a.replace("_", "")) >= 2:
        return _vowels_agree(one, other)
    return _is_slip(one, other)


_SOFT = str.maketrans("gjw", "hsv")
_PARTICLES = frozenset(("ag", "bin", "ibn", "ben", "abu", "bu"))


def _sound(word: str) -> str:
    return marked_words(word)


def _vowels_agree(one: str, other: str) -> bool:
    """Run by run from the left: some vowel of each pair of runs can stand for the other."""
    left, right = _runs(one), _runs(other)
    if abs(len(left) - len(right)) > 1:
        return False
    return all(any(y in _NEAR[x] or x in _NEAR[y] for x in a for y in b) for a, b in zip(left, right, strict=False))


def _runs(word: str) -> list[str]:
    return ["".join(run) for is_vowel, run in groupby(word, key=_VOWEL.__contains__) if is_vowel]


def _is_slip(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    if min(len(one), len(other)) < SHORTEST_SLIP or one[0] != other[0] or abs(len(one) - len(other)) > 2:
        return False
    return fuzz.ratio(one, other) >= SLIP_RATIO


def _are_plain(one: str, other: str) -> bool:
    """Two words of the language are never one word in two spellings ("eastern", "western")."""
    known = generic_words()
    return (one in known or one in _directions()) and (other in known or other in _directions())


@lru_cache(maxsize=1)
def _directions() -> frozenset[str]:
    return frozenset(load_words("en", "demonyms")["regions"])


def _person_words(name: str) -> tuple[str, ...]:
    found = words(name)
    return tuple(w for w in found if w not in ARTICLES and w not in _PARTICLES)


def _numbers(name: tuple[str, ...]) -> list[str]:
    return sorted(n for word in name for n in _NUMBER.findall(word))


def _splintered(name: tuple[str, ...]) -> frozenset[str]:
    return splinter_words() & set(name)
