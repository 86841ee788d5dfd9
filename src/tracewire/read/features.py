"""What the word lists know about each word, as small numbers that the trained reader takes beside the letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from tracewire.codebook import Codebook
from tracewire.lang import load_words
from tracewire.read.lexicon import Lexicon

MAX_FLAGS = 6
"""Flags kept per word; none of the 77,000 words of the annotated real sets has more."""
Numbers = npt.NDArray[np.int64]
CASES = ("none", "lower", "initial", "upper", "mixed", "digit", "mark", "letter")
SHORTEST_LOWERED = 4
"""Shorter names of weapons and groups count only as written: "tow" is a verb, "TOW" is not."""

_WORD = re.compile(r"\w+|[^\w\s]")
_PHRASES = (
    "hedge:reported", "hedge:alleged", "hedge:probable", "hedge:possible", "hedge:planned",
    "conditional", "negation", "according", "approximators", "measures",
)  # fmt: skip
_WORDS = (
    "speech", "denying", "alleging", "believing", "implicative", "voices", "light", "passive_light",
    "number_words", "modals", "auxiliaries",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Phrase:
    rest: tuple[str, ...]
    flag: int
    written: str | None


class WordFeatures:
    """Flags and letter case of words. `names` lists the flags; number 0 is none, flag `names[i]` is `i + 1`."""

    def __init__(self, lexicon: Lexicon, codebook: Codebook, names: Sequence[str] | None = None) -> None:
        """`names` fixes the numbers: those that a network was trained with; other flags are left out."""
        rows = list(_rows(lexicon, codebook))
        self.names = tuple(sorted({name for _, name, _ in rows})) if names is None else tuple(names)
        number = {name: index + 1 for index, name in enumerate(self.names)}
        rows = [row for row in rows if row[1] in number]
        single: dict[str, set[int]] = {}
        phrases: dict[str, set[_Phrase]] = {}
        for text, name, exact in rows:
            words = _WORD.findall(text)
            if not words:
                continue
            first, *rest = [w.lower() for w in words]
            written = "".join(words) if exact else None
            if rest or written:
                phrases.setdefault(first, set()).add(_Phrase(tuple(rest), number[name], written))
            else:
                single.setdefault(first, set()).add(number[name])
        self._single = {word: tuple(sorted(flags)) for word, flags in single.items()}
        self._phrases = {word: tuple(sorted(ps, key=_phrase_order)) for word, ps in phrases.items()}

    def flags(self, words: Sequence[str]) -> list[tuple[int, ...]]:
        """At most MAX_FLAGS sorted flag numbers for each word of a text, words and marks in order, as written."""
        lowered = [word.lower() for word in words]
        single, phrases = self._single, self._phrases
        found: list[tuple[int, ...]] = [single.get(word, ()) for word in lowered]
        for at, word in enumerate(lowered):
            for phrase in phrases.get(word, ()):
                end = at + 1 + len(phrase.rest)
                if tuple(lowered[at + 1 : end]) != phrase.rest:
                    continue
                if phrase.written is not None and "".join(words[at:end]) != phrase.written:
                    continue
                for index in range(at, end):
                    if phrase.flag not in found[index]:
                        found[index] = (*found[index], phrase.flag)
        return [tuple(sorted(flags))[:MAX_FLAGS] if len(flags) > 1 else flags for flags in found]

    def of_pieces(
        self, text: str, words: Sequence[int | None], offsets: Sequence[tuple[int, int]]
    ) -> tuple[Numbers, Numbers]:
        """Case (pieces,) and flags (pieces, MAX_FLAGS) of word pieces; what a word has stands on each of its pieces.

        `words` numbers the word of each piece in order, None for special pieces.
        """
        bounds: list[tuple[int, int]] = []
        last: int | None = None
        for word, (start, end) in zip(words, offsets, strict=True):
            if word is None:
                continue
            if word == last:
                bounds[-1] = (bounds[-1][0], end)
            else:
                bounds.append((start, end))
            last = word
        written = [text[a:b] for a, b in bounds]
        found = self.flags(written)
        case = np.zeros(len(words), dtype=np.int64)
        flags = np.zeros((len(words), MAX_FLAGS), dtype=np.int64)
        index, last = -1, None
        for piece, word in enumerate(words):
            if word is None:
                continue
            index += word != last
            last = word
            case[piece] = case_of(written[index])
            if row := found[index]:
                flags[piece, : len(row)] = row
        return case, flags


@lru_cache(maxsize=50_000)
def case_of(word: str) -> int:
    """The index into CASES of a word as written."""
    if word.islower():
        return 1
    if word.isdigit():
        return 5
    if not word[0].isalnum():
        return 6
    if word.isupper():
        return 3 if len(word) > 1 else 7
    return 2 if word[0].isupper() and word[1:].islower() else 4


def _phrase_order(phrase: _Phrase) -> tuple[int, tuple[str, ...], int, str]:
    return (-len(phrase.rest), phrase.rest, phrase.flag, phrase.written or "")


def _rows(lexicon: Lexicon, codebook: Codebook) -> Iterator[tuple[str, str, bool]]:
    """(words, flag, exact) of everything that gives a word a flag, in a fixed order."""
    for form, verbs in sorted(lexicon.verbs.items()):
        for verb in verbs:
            yield " ".join((form, *verb.rest)), f"verb:{verb.frame.type}", False
    for _, nouns in sorted(lexicon.nouns.items()):
        for noun in nouns:
            yield " ".join(noun.words), f"noun:{noun.frame.type}", False
    for key in _PHRASES:
        yield from ((" ".join(words), key, False) for words in lexicon.phrases[key])
    for key in _WORDS:
        yield from ((word, key, False) for word in sorted(lexicon.words[key]))
    for head, kind in sorted(lexicon.heads.items()):
        yield " ".join(head), f"head:{kind}", False
    for key, words in (("title", lexicon.titles), ("direction", lexicon.directions)):
        yield from ((word, key, False) for word in sorted(words))
    for key, words in (("demonym", lexicon.demonyms), ("capital", lexicon.capitals)):
        yield from ((word, key, False) for word in sorted(words))
    yield from _dates()
    yield from _names(codebook)


def _dates() -> Iterator[tuple[str, str, bool]]:
    dates = load_words("en", "dates")
    for key in ("months", "weekdays"):
        for name in dates.get(key, {}):
            yield name, "date", False


def _names(codebook: Codebook) -> Iterator[tuple[str, str, bool]]:
    for item in codebook.materiel.values():
        yield from _aliases((item.name, *item.aliases), item.exact, "materiel")
    for actor in codebook.actors.values():
        yield from _aliases((actor.name, *actor.aliases), actor.exact, f"actor:{actor.type}")
    for outlet in codebook.outlets.values():
        yield from _aliases((outlet.name, *outlet.aliases), (), "outlet")


def _aliases(aliases: Iterable[str], exact: Iterable[str], flag: str) -> Iterator[tuple[str, str, bool]]:
    for alias in exact:
        yield alias, flag, True
    for alias in aliases:
        yield alias, flag, len(alias) < SHORTEST_LOWERED
        if alias.isascii() and alias[-1:].isalpha() and flag == "materiel":
            yield alias + ("es" if alias[-1] in "sxz" else "s"), flag, False
