"""States by the words for them: names, demonyms and seats of government."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tracewire.codebook import ActorRow, Codebook
from tracewire.codebook.matcher import AliasMatcher
from tracewire.resolve.countries import country_name, country_names, iso2, iso3

__all__ = ["Nations"]

SHORTEST_MISSPELT = 6
"""Shorter names of states are too near to other words for a slip to be told."""
METONYM_WEIGHT = 0.5
"""Powers that act from afar are named by demonym or capital; where things happen is named by the country's name."""


class Nations:
    """Looks words up; countries are ISO 3166-1 alpha-2. `demonyms` is the word list of that name."""

    def __init__(self, demonyms: Mapping[str, Any], codebook: Codebook | None = None) -> None:
        self._names = {name.casefold(): code for name, code in country_names()}
        self._metonyms: dict[str, str] = {}
        self._written: dict[str, str] = {}
        for table in ("demonyms", "capitals"):
            for word, code in demonyms.get(table, {}).items():
                first = code[0] if isinstance(code, list) and code else code
                if isinstance(first, str) and (two := iso2(first)) and word.casefold() not in self._names:
                    self._metonyms.setdefault(word.casefold(), two)
        self._misspelt: dict[str, str | None] = {}
        self._states: dict[str, ActorRow] = {}
        rows = sorted(codebook.actors.values(), key=lambda r: (r.until is not None, r.id)) if codebook else []
        for row in rows:
            if row.type == "state" and row.kind == "state" and row.countries and (two := iso2(row.countries[0])):
                self._states.setdefault(two, row)
                for name in (row.name, *row.aliases):
                    self._names.setdefault(name.casefold(), two)
                for name in row.exact:
                    self._written.setdefault(name.replace(".", ""), two)
        self._peoples = frozenset(word.casefold() for word in demonyms.get("regions", {}))
        every = sorted({**self._metonyms, **self._names}.items())
        self._matcher = AliasMatcher((word, code, False) for word, code in every)

    def country(self, words: str) -> str | None:
        """The country that words name ("Syria", "Syrian", "Damascus"); None where they name none."""
        folded = words.casefold()
        return self._names.get(folded) or self._metonyms.get(folded) or self._written.get(words.replace(".", ""))

    def misspelt(self, words: str) -> str | None:
        """The country of which words are a name or seat with one letter wrong ("Moskow"); None if unclear."""
        folded = words.casefold()
        if folded not in self._misspelt:
            self._misspelt[folded] = self._near(folded)
        return self._misspelt[folded]

    def _near(self, folded: str) -> str | None:
        from rapidfuzz.distance import OSA

        if len(folded) < SHORTEST_MISSPELT or " " in folded:
            return None
        every = ((name, code) for table in (self._names, self._metonyms) for name, code in table.items())
        fits = ((name, code) for name, code in every if name[0] == folded[0] and abs(len(name) - len(folded)) <= 1)
        near = {code for name, code in fits if OSA.distance(name, folded, score_cutoff=1) <= 1}
        return next(iter(near)) if len(near) == 1 else None

    def is_metonym(self, words: str) -> bool:
        """Whether words stand for a state without being its name: demonyms and seats of government."""
        return words.casefold() in self._metonyms

    def is_people(self, words: str) -> bool:
        """Whether a word is an adjective for a people or a part of the world that is no state ("Kurdish")."""
        return words.casefold() in self._peoples

    def counts(self, text: str) -> dict[str, float]:
        """How often a text names each country; demonyms and seats of government count METONYM_WEIGHT."""
        found: dict[str, float] = {}
        for match in self._matcher.find(text):
            named = text[match.start : match.end].casefold() in self._names
            found[match.id] = found.get(match.id, 0.0) + (1.0 if named else METONYM_WEIGHT)
        return found

    def state(self, country: str) -> ActorRow | None:
        """The codebook's row for a state."""
        return self._states.get(country)

    def name(self, country: str) -> str:
        """The state's name as the codebook prints it, else as GeoNames does."""
        row = self._states.get(country)
        return row.name if row else country_name(country)

    @staticmethod
    def alpha3(country: str) -> str | None:
        """The alpha-3 code, which the codebook uses."""
        return iso3(country)
