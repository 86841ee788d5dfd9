"""How many independent origins the documents of a record have, after copies and relays are folded."""

from __future__ import annotations

from collections.abc import Collection

from tracewire.codebook.outlet_names import OutletIds
from tracewire.export.view import View
from tracewire.link import Groups
from tracewire.model import Copy, Origin

COPYING = frozenset({"copy", "cut", "merged", "edited"})
"""Relations by which a document's text is another's; one that merely quotes another still reports for itself."""


def count_origins(known: View, documents: Collection[str] | None = None) -> tuple[int, int]:
    """At least and at most how many independent origins the texts of some documents (all by default) have."""
    return OriginCounter(known).count(documents)


class OriginCounter:
    """Counts the origins of documents of one record.

    Copies and stated origins always fold; inferred ones, and several that one document states, only in the minimum.
    Documents of one outlet are one origin.
    """

    def __init__(self, known: View) -> None:
        self._known = known
        self._upstream = _upstream(known)
        self._stated = _origins(known, "stated")
        self._inferred = _origins(known, "inferred")
        self._aliases = {form.casefold(): row.id for row in known.entities.values() for form in (row.name, *row.forms)}
        self._outlets = OutletIds(known.codebook.outlets)
        for row in known.entities.values():
            if row.type in ("outlet", "group"):
                self._aliases.setdefault(self._outlets.id(row.name), row.id)

    def count(self, documents: Collection[str] | None = None) -> tuple[int, int]:
        """At least and at most how many there are; of all documents by default."""
        chosen = sorted(self._known.documents if documents is None else documents)
        reach = {document: self._reach(document) for document in chosen}
        own = {document: self._own(document, reach) for document in chosen}
        most = {key for keys in own.values() for key in keys}
        joined = Groups()
        for document in chosen:
            # what is said of a copy holds for the text that it copies
            mine = own[document] or {key for other in sorted(reach[document]) for key in own.get(other, ())}
            inferred = {self._key(o) for o in self._inferred.get(document, ())}
            # a text that names several origins has one at least
            if inferred or len(own[document]) > 1:
                first, *rest = [*sorted(mine), *sorted(inferred)]
                for other in rest:
                    joined.join(other, first)
        return len({joined.find(key) for key in most}), len(most)

    def _own(self, document: str, reach: dict[str, set[str]]) -> set[str]:
        """The origins of a document: those that it names, else itself where copying starts."""
        found = {self._key(origin) for origin in self._stated.get(document, ())}
        circle = reach[document]
        starts = all(document in reach.setdefault(other, self._reach(other)) for other in sorted(circle))
        if starts and not any(other in self._stated for other in circle):
            first = self._known.documents[min(circle)]
            found.add(self._name(first.outlet) if first.outlet else first.id)
        return found

    def _key(self, origin: Origin) -> str:
        return origin.entity or self._name(origin.name)

    def _name(self, name: str) -> str:
        id_ = self._outlets.id(name)
        return self._aliases.get(name.casefold()) or self._aliases.get(id_) or id_

    def _reach(self, document: str) -> set[str]:
        """What a document takes from, directly or not, itself included."""
        seen, todo = {document}, [document]
        while todo:
            new = (self._upstream.get(todo.pop(), set()) & self._known.documents.keys()) - seen
            seen |= new
            todo += sorted(new)
        return seen


def _upstream(known: View) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for copy in known.record.copies:
        if copy.relation in COPYING:
            taker, giver = _direction(copy)
            found.setdefault(taker, set()).add(giver)
    return found


def _direction(copy: Copy) -> tuple[str, str]:
    # Which of an undirected pair came first is unknown, but they have one origin: the smaller id stands for both.
    if copy.directed:
        return copy.document, copy.other
    return max(copy.document, copy.other), min(copy.document, copy.other)


def _origins(known: View, basis: str) -> dict[str, list[Origin]]:
    found: dict[str, list[Origin]] = {}
    for origin in known.record.origins:
        if origin.basis == basis:
            found.setdefault(origin.document, []).append(origin)
    return found
