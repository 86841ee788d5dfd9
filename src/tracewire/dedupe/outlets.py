"""The names of outlets that a codebook knows: found in text, printed in their standard form, compared."""

from __future__ import annotations

import re

from tracewire.codebook import Codebook
from tracewire.codebook.matcher import AliasMatcher
from tracewire.codebook.outlet_names import is_initials, outlet_core

_AND_OTHERS = re.compile(
    r"(?:,|\s+(?:and|&|with))\s+(?:other\s+|news\s+|press\s+)*(?:agencies|wires)\W*\Z", re.IGNORECASE
)
_DOMAIN_ENDS = re.compile(r"\.(?:com|org|net|info|co|[a-z]{2})(?:\.[a-z]{2})?\Z")


class OutletNames:
    """Looks outlets up by name, alias or domain; abbreviations match only as written."""

    def __init__(self, codebook: Codebook) -> None:
        rows = list(codebook.outlets.values())
        self._names = {row.id: row.name for row in rows}
        self._known = frozenset(self._names.values())
        self._wires = frozenset(row.name for row in rows if row.wire)
        self._domains = {domain.lower(): row.id for row in rows for domain in row.domains}
        self._matcher = AliasMatcher((alias, row.id, True) for row in rows for alias in (row.name, *row.aliases))

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """(start, end, standard name) of each outlet named in a text; a line in capitals is also read as a title."""
        hits = list(self._matcher.find(text))
        if text.isupper() and len(title := text.title()) == len(text):
            hits = max(hits, list(self._matcher.find(title)), key=lambda found: sum(m.end - m.start for m in found))
        return [(m.start, m.end, self._names[m.id]) for m in hits]

    def is_wire(self, name: str) -> bool:
        """Whether a name in standard form is that of a news agency whose text others carry."""
        return name in self._wires

    def standard(self, name: str) -> str:
        """The standard name of an outlet, or the name as it is where the codebook has none."""
        plain = " ".join(name.split())
        found = self._matcher.lookup(plain)
        if found:
            return self._names[found[0]]
        domain = plain.lower().removeprefix("https://").removeprefix("http://").removeprefix("www.").split("/")[0]
        if domain in self._domains:
            return self._names[self._domains[domain]]
        return plain[4:] if plain.lower().startswith("www.") else plain

    def knows(self, name: str) -> bool:
        """Whether the codebook has an outlet of that name, alias or domain."""
        return bool(self.all_in(name))

    def all_in(self, words: str) -> list[str]:
        """Standard names of all outlets in a credit line; empty where the codebook knows none of them."""
        words = _AND_OTHERS.sub("", words)
        standard = self.standard(words)
        if standard in self._known:
            return [standard]
        return list(dict.fromkeys(name for _, _, name in self.find(words)))

    def same(self, name: str, other: str | None) -> bool:
        """Whether two names mean one outlet: the same in standard form, or but for words such as "News"."""
        if not other:
            return False
        first, second = self.standard(name), self.standard(other)
        if first != second and first in self._known and second in self._known:
            return False
        if is_initials(name, second) or is_initials(other, first):
            return True
        return first == second or outlet_core(first) == outlet_core(second) or _squeezed(first) == _squeezed(second)

    def kin(self, name: str, other: str | None) -> bool:
        """Whether two names may mean one house: the same, or one within the other ("BBC", "BBC News Arabic")."""
        if not other:
            return False
        first, second = outlet_core(self.standard(name)), outlet_core(self.standard(other))
        shorter, longer = sorted((first, second), key=len)
        return self.same(name, other) or set(shorter) <= set(longer)


def _squeezed(name: str) -> str:
    """The letters of a name, so that a domain and a name meet: "livescience.com", "Live Science"."""
    plain = _DOMAIN_ENDS.sub("", name.strip().casefold().removeprefix("www."))
    return "".join(filter(str.isalnum, plain))
