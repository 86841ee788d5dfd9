"""How many independent origins the documents of a record have, after copies and relays are folded."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from tracewire.export.view import View
from tracewire.model import Copy, Document, Origin

COPYING = frozenset({"copy", "cut", "merged", "edited"})
"""Relations by which a document's text is another's; one that merely quotes another still reports for itself."""


def count_origins(known: View, documents: Collection[str] | None = None) -> tuple[int, int]:
    """At least and at most how many independent origins the texts of some documents (all by default) have.

    Copies and stated origins always fold, inferred ones only in the minimum. Documents of one outlet are one origin.
    """
    chosen = sorted(known.documents) if documents is None else sorted(documents)
    least = _count(known, chosen, frozenset({"stated", "inferred"}))
    most = _count(known, chosen, frozenset({"stated"}))
    return min(least, most), most


def _count(known: View, chosen: Iterable[str], bases: frozenset[str]) -> int:
    reach = _reach(known)
    named = _origins(known, bases)
    aliases = _aliases(known)
    found: set[str] = set()
    for document in chosen:
        found |= {origin.entity or _key(origin.name, aliases) for origin in named.get(document, [])}
        # Where copying starts, a document that names no origin is one itself.
        circle = reach[document]
        starts = all(document in reach[other] for other in circle)
        if starts and not any(other in named for other in circle):
            found.add(_own(known.documents[min(circle)], aliases))
    return len(found)


def _own(document: Document, aliases: Mapping[str, str]) -> str:
    return _key(document.outlet, aliases) if document.outlet else document.id


def _key(name: str, aliases: Mapping[str, str]) -> str:
    return aliases.get(name.casefold(), name.casefold())


def _reach(known: View) -> dict[str, set[str]]:
    """What each document takes from, directly or not, itself included."""
    upstream = _upstream(known)
    found: dict[str, set[str]] = {}
    for document in known.documents:
        seen, todo = {document}, [document]
        while todo:
            new = (upstream.get(todo.pop(), set()) & known.documents.keys()) - seen
            seen |= new
            todo += sorted(new)
        found[document] = seen
    return found


def _aliases(known: View) -> dict[str, str]:
    """The id of the entity that a name belongs to, so that a credit and an outlet of one name meet."""
    return {form.casefold(): row.id for row in known.entities.values() for form in (row.name, *row.forms)}


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


def _origins(known: View, bases: frozenset[str]) -> dict[str, list[Origin]]:
    found: dict[str, list[Origin]] = {}
    for origin in known.record.origins:
        if origin.basis in bases:
            found.setdefault(origin.document, []).append(origin)
    return found
