"""Words that name materiel: which item of the codebook, where it was made, who supplied it.

The level of naming is kept: "TOW missiles" is the model, "anti-tank missiles" the family, "weapons" stays ambiguous.
Made in and supplied by are read only from the words of the phrase ("US-made", "Saudi-supplied").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracewire.codebook import Codebook
from tracewire.codebook.aliases import materiel_matcher
from tracewire.codebook.matcher import Match, tokens
from tracewire.lang import load_words
from tracewire.resolve.materiel_origin import OriginReader
from tracewire.resolve.materiel_sense import SenseJudge

__all__ = ["MaterielResolver", "ResolvedMateriel"]

AMMUNITION = "ammunition"
"""Family of what weapons fire, for "AK-47 rounds" where the codebook has no row for just these rounds."""
MUNITIONS = ("ammunition", "explosive", "explosives", "warhead", "mine", "bomb")
"""Families whose noun after a model names what the model fires or holds: the noun counts, not the model."""


SMALL_ARMS, LARGEST_SMALL_CALIBRE = "ammunition.small-arms", 14.5
"""Cartridges up to this calibre in mm are for small arms and machine guns."""
TECHNICAL = "technical"
MOUNTED = frozenset((
    "machine-gun", "heavy-machine-gun", "anti-aircraft-gun", "recoilless-rifle", "artillery", "mlrs", "mortar",
    "grenade-launcher", "atgm",
))  # fmt: skip
"""Families that make a technical of a vehicle which carries them."""
_CALIBRE = re.compile(r"\b(\d{1,2}(?:[.,]\d{1,2})?)[ -]?mm\b")


@dataclass(frozen=True, slots=True)
class ResolvedMateriel:
    """The codebook id (None: no item fits), ISO 3166 alpha-3 code of the maker, the supplier in the text's words.

    `ambiguous` where the words fit several items, or an item that the codebook holds to be ambiguous.
    """

    item: str | None
    made_in: str | None = None
    supplied_by: str | None = None
    ambiguous: bool = False


class MaterielResolver:
    """Resolves phrases against the codebook; build it once, it holds all aliases compiled."""

    def __init__(self, codebook: Codebook, demonyms: Mapping[str, Any] | None = None) -> None:
        words = load_words("en", "materiel")
        self._rows = codebook.materiel
        rows = codebook.materiel.values()
        self._strict = materiel_matcher(rows, doubtful=True)
        self._lenient = materiel_matcher(rows, lowered=True, doubtful=True)
        self._origin = OriginReader(rows, words, demonyms)
        self._sense = SenseJudge(rows, self._origin.countries)
        self._munitions = frozenset(words["munitions"])
        self._carrying = re.compile(rf"\s(?:{_any(words['carrying'])})\s", re.IGNORECASE)
        self._after = re.compile(rf"[,;(]|\s(?:{_any(words['after_head'])})\s", re.IGNORECASE)
        self._of = re.compile(r"\sof\s", re.IGNORECASE)
        self._hung = re.compile(rf"\s?-\s?(?:{_any(words['hung'])})\b", re.IGNORECASE)
        self._against = re.compile(rf"\b(?:{_any(words['against'])})\s?-?\s?$", re.IGNORECASE)

    def resolve(self, words: str, before: str = "", after: str = "") -> ResolvedMateriel:
        """The item, maker and supplier that a phrase names; what stands around it decides between two senses."""

        if words.count("(") != words.count(")"):
            words = words.replace("(", " ").replace(")", " ")  # "anti-tank (missiles": a slip of the reader or the text
        judged: dict[tuple[int, int], bool] = {}

        def meant(matches: list[Match]) -> list[Match]:
            for m in matches:
                if (m.start, m.end) not in judged:
                    judged[m.start, m.end] = self._sense.is_materiel(words, m.start, m.end, before, after)
            return self._no_modifiers(words, matches, [m for m in matches if judged[m.start, m.end]])

        lenient = meant(self._lenient.find(words, lower=True))
        item, ambiguous = self._item(words, meant(self._strict.find(words)), lenient) if lenient else (None, False)
        start = lenient[0].start if lenient else len(words)
        made_in, supplier = self._origin.read(words, start, after) if item else (None, None)
        return ResolvedMateriel(item, made_in, supplier, ambiguous)

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """Start, end and item of every name of materiel in a running text, doubtful ones only beside evidence."""
        matches = self._strict.find(text)
        meant = [
            m
            for m in matches
            if self._sense.is_materiel(
                text[m.start : m.end], 0, m.end - m.start, text[: m.start], text[m.end :], searched=True
            )
        ]
        return [(m.start, m.end, m.id) for m in self._no_modifiers(text, matches, meant)]

    def _no_modifiers(self, words: str, matches: Sequence[Match], meant: list[Match]) -> list[Match]:
        """Without what only says which kind of a thing that is no materiel is meant: the fuel of a "fuel tank"."""
        heads = {m.start: words[m.start : m.end] for m in matches if m not in meant}
        if not heads:
            return meant
        return [m for m in meant if not self._sense.turns(words[m.start : m.end], heads.get(m.end + 1, ""))]

    def _item(self, words: str, strict: list[Match], lenient: list[Match]) -> tuple[str | None, bool]:
        carrying = self._carrying.search(words)
        end = carrying.start() if carrying and carrying.start() > 0 else len(words)
        strict = self._naming(words, strict, end)
        lenient = self._naming(words, lenient, end)
        chosen = self._choose(words, strict)
        if len(lenient) > len(strict) and (doubtful := self._choose(words, lenient)) is not None:
            chosen = doubtful if self._may_stand(words[:end], doubtful, chosen) else chosen
        if chosen is None:
            return None, False
        if self._fires(words[:end], chosen):
            return (AMMUNITION, False) if AMMUNITION in self._rows else (None, False)
        if carrying and self._is_technical(words[end:], chosen):
            return TECHNICAL, False
        if chosen.id == AMMUNITION and SMALL_ARMS in self._rows and self._is_small_calibre(words):
            return SMALL_ARMS, False
        return self._level(words[:end], chosen, lenient)

    def _is_technical(self, load: str, chosen: Match) -> bool:
        """Whether a lorry or pick-up carries a gun or launcher."""
        if TECHNICAL not in self._rows or self._rows[chosen.id].family != "vehicle":
            return False
        return any(self._rows[m.id].family in MOUNTED for m in self._lenient.find(load, lower=True))

    @staticmethod
    def _is_small_calibre(words: str) -> bool:
        """ "7.62 mm cartridges": what rifles and machine guns fire."""
        calibre = _CALIBRE.search(words)
        return calibre is not None and float(calibre[1].replace(",", ".")) <= LARGEST_SMALL_CALIBRE

    def _naming(self, words: str, matches: list[Match], end: int) -> list[Match]:
        """Matches that name the thing: not what it is armed with, mounted on or made against."""
        return [
            m
            for m in matches
            if m.end <= end and not self._hung.match(words, m.end) and not self._against.search(words[: m.start])
        ]

    def _choose(self, words: str, matches: list[Match]) -> Match | None:
        """The head of the phrase, else what "of", "for" or "such as" adds to it."""
        inside = [(m.start, m.end) for m in matches]
        ends = sorted(c.start() for p in (self._after, self._of) for c in p.finditer(words) if c.start() > 0)
        ends = [e for e in ends if not any(a <= e < b for a, b in inside)]
        for end in ends:
            if head := [m for m in matches if m.end <= end]:
                return self._best(head)
        return self._best(matches[:1] if ends else matches)

    def _best(self, matches: list[Match]) -> Match | None:
        """The head noun, or the model before it that says the same more exactly."""
        if not matches:
            return None
        head = matches[-1]
        models = [m for m in matches if "." in m.id]
        if "." in head.id or not models:
            return head
        if any(self._rows[m.id].family == head.id for m in models):
            models = [m for m in models if self._rows[m.id].family == head.id]
        elif self._rows[head.id].family in MUNITIONS:
            return head
        return models[-1] if len({m.id for m in models}) == 1 else head

    def _may_stand(self, words: str, doubtful: Match, chosen: Match | None) -> bool:
        """A designation in lower case counts alone, or beside a noun that can mean it: tow missiles, not tow trucks."""
        if chosen is None:
            return not words[doubtful.end :].strip(" .,;'\"\u201d\u2019")
        row, noun = self._rows[doubtful.id], self._rows[chosen.id]
        return row.family == noun.family or (noun.ambiguous and "." not in chosen.id)

    def _fires(self, words: str, chosen: Match) -> bool:
        """Whether the words right after the item make it the weapon of a munition ("PKM rounds")."""
        if self._rows[chosen.id].family in MUNITIONS:
            return False
        after = tokens(words[chosen.end :])
        return bool(after) and after[-1].folded in self._munitions

    def _level(self, words: str, chosen: Match, matches: list[Match]) -> tuple[str, bool]:
        """The item at the level that the words give: the family for two of its models, or for a doubled alias."""
        ids = {m.id for m in matches if (m.start, m.end) == (chosen.start, chosen.end)} or {chosen.id}
        family = self._rows[chosen.id].family
        if len(ids) > 1:
            longest = max(ids, key=len)
            if all(_is_kind_of(longest, i) for i in ids):
                return longest, self._rows[longest].ambiguous  # a model and its own variant
            return (family if all(self._rows[i].family == family for i in ids) else chosen.id), True
        for other in matches:
            if other.end <= chosen.start and "." in other.id and "." in chosen.id and other.id != chosen.id:
                linked = re.search(r",|/|&|\b(?:and|or)\b", words[other.end : chosen.start])
                if linked and self._rows[other.id].family == family:
                    shared = next(
                        (i for i in (chosen.id, other.id) if _is_kind_of(other.id, i) and _is_kind_of(chosen.id, i)),
                        family,
                    )
                    return shared, self._rows[shared].ambiguous
        return chosen.id, self._rows[chosen.id].ambiguous


def _is_kind_of(item: str, other: str) -> bool:
    """Whether an item is another or a model or variant of it."""
    return item == other or item.startswith(f"{other}.")


def _any(phrases: Iterable[str]) -> str:
    ordered: Sequence[str] = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(map(re.escape, ordered)).replace(r"\ ", r"\s+")
