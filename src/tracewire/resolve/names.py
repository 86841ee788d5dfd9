"""Keys under which the spellings of a name meet: folded, without articles, and by its skeleton of consonants."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

__all__ = [
    "TIER_ARTICLE",
    "TIER_EXACT",
    "TIER_MARKED",
    "TIER_SKELETON",
    "Keys",
    "in_latin_letters",
    "keys",
    "marked_words",
    "words",
]

TIER_EXACT, TIER_ARTICLE, TIER_MARKED, TIER_SKELETON = 0, 1, 2, 3
"""How loosely two spellings met: same letters; but for articles; but for which vowel; but for the vowels at all."""

ARTICLES = frozenset(
    "al el ul il ad adh an ar as ash at ath az ed en er es esh ez".split()  # noqa: SIM905
)
"""Forms of the Arabic article as transliterated; never the last word of a name."""
SHORTEST_MARKED = 3
"""A skeleton with vowel marks needs so many consonants; with two, 84 % of village names met another one."""
SHORTEST_SKELETON = 4
"""The same for bare consonants: with three, 85 % of village names met another one, with four 46 %, with five 18 %.

Both counted on the Who's On First extract of Syria; so close a net is only for where a country is known, and short
keys need a second reason there (places.py).
"""

_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z])")
_APOSTROPHES = re.compile(r"['‘’ʿʾʼʻ`´]")
_ABBREVIATED = re.compile(r"\b(?:\w\.){2,}")
_NOT_WORD = re.compile(r"[^a-z0-9]+")

# Letters and groups of letters that different romanisations of one sound use, longest first.
_SOUNDS = (
    ("shch", "s"), ("tsch", "s"), ("sch", "s"), ("tch", "s"), ("sh", "s"), ("ch", "s"), ("kh", "h"), ("gh", "g"),
    ("dh", "z"), ("th", "t"), ("ph", "f"), ("dj", "j"), ("zh", "j"), ("ts", "s"), ("tz", "s"), ("ck", "k"),
    ("q", "k"), ("c", "k"), ("x", "ks"),
)  # fmt: skip
_VOWELS = re.compile(r"[aeiouyw]+")
_SOUND = re.compile("|".join(a for a, _ in _SOUNDS))
_SOUND_OF = dict(_SOUNDS)
_AS_THEY_ARE = frozenset(("east", "eastern", "west", "western"))
"""Words of English that would fall together: a "w" is a vowel in French transliterations ("Wadi", "Ouadi")."""
_DOUBLED = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one name, tightest first; None where the name is too short for the key."""

    exact: str
    article: str
    marked: str | None
    skeleton: str | None

    def __iter__(self) -> Iterator[tuple[int, str]]:
        for tier, key in enumerate((self.exact, self.article, self.marked, self.skeleton)):
            if key:
                yield tier, key


def in_latin_letters(name: str) -> bool:
    """Whether a name is in Latin letters, with accents and the signs of transliterated Arabic."""
    return all(c < "\u0250" or "\u1e00" <= c < "\u1f00" or c in "‘’ʻʼʾʿ" for c in name)


@lru_cache(maxsize=100_000)
def words(name: str) -> tuple[str, ...]:
    """The words of a name in lower-case ASCII: "KafarBatikh" -> kafar batikh, "Sa`dah" -> sadah, "U.S." -> us."""
    if not name.isascii():
        from anyascii import anyascii

        name = anyascii(_APOSTROPHES.sub("", name))
    name = _APOSTROPHES.sub("", name)
    name = _ABBREVIATED.sub(lambda m: m.group().replace(".", ""), name)
    return tuple(w for w in _NOT_WORD.split(_GLUED.sub(" ", name).casefold()) if w)


@lru_cache(maxsize=100_000)
def keys(name: str) -> Keys:
    """The keys of a name; empty strings where nothing of it can be written in Latin letters."""
    found = words(name)
    bare = tuple(w for i, w in enumerate(found) if w not in ARTICLES or i == len(found) - 1)
    marked = _marked(bare)
    consonants = marked.replace("_", "")
    return Keys(
        exact="".join(found),
        article="".join(bare),
        marked=marked if len(consonants) >= SHORTEST_MARKED else None,
        skeleton=consonants if len(consonants) >= SHORTEST_SKELETON else None,
    )


@lru_cache(maxsize=100_000)
def marked_words(name: str) -> str:
    """Each word's consonants with "_" for its runs of vowels, spaces kept: for names of groups and people.

    Unlike places they seldom vary in where their words part, and short words ("UAE") must not melt away.
    """
    found = words(name)
    bare = (w for i, w in enumerate(found) if w not in ARTICLES or i == len(found) - 1)
    return " ".join(map(_marked_word, bare))


@lru_cache(maxsize=100_000)
def _marked_word(word: str) -> str:
    return word if word in _AS_THEY_ARE else _marked((word,))


def _marked(bare: tuple[str, ...]) -> str:
    """Consonants by sound with "_" for each run of vowels; doubled letters and a last silent h count once or not."""
    joined = "".join(w[:-1] if len(w) > 3 and w.endswith(("ah", "eh")) else w for w in bare)
    sounds = _SOUND.sub(lambda m: _SOUND_OF[m.group()], joined)
    return _DOUBLED.sub(r"\1", _VOWELS.sub("_", sounds))
