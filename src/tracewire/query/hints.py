"""Why a question found nothing: names that nothing in the case has, and those near them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import get_close_matches

from tracewire.export.phrases import item_name
from tracewire.export.plain import join, unique
from tracewire.export.view import View, view
from tracewire.model import Record
from tracewire.query.match import actor_ids, document_ids, fold, item_test, outlet_test, place_ids

NEAR = 3
ALIKE = 0.75
"""How many names that look alike are offered, and how alike they are at least (`difflib`)."""

_TABLES = {"actor": "actors", "place": "places", "outlet": "documents", "document": "documents"}


def unmet(record: Record, **filters: str | None) -> list[str]:
    """A line for each filter (actor, materiel, place, outlet, document) whose value names nothing in the record."""
    known = view(record)
    found = []
    for kind, value in filters.items():
        if value is None or kind not in _NAMES or _is_met(known, kind, value):
            continue
        near = join(_near(value, _NAMES[kind](known)), "or")
        listed = f"; near it: {near}" if near else ""
        if kind in _TABLES and not near:
            listed = f"; `tracewire {_TABLES[kind]} CASE` lists what there is"
        found.append(f"no {kind} of this case is {value!r}{listed}")
    return found


def _is_met(known: View, kind: str, value: str) -> bool:
    if kind == "actor":
        return bool(actor_ids(known, value))
    if kind == "place":
        return bool(place_ids(known, value))
    if kind == "materiel":
        is_item = item_test(known.codebook, value)
        return any(is_item(m.item, known.words(c, m.mention)) for c in known.claims.values() for m in c.materiel)
    if kind == "document":
        return bool(document_ids(known, value))
    outlets = [d.outlet for d in known.documents.values()]
    return any(map(outlet_test(value, outlets), outlets))


def _near(value: str, names: Iterable[str]) -> list[str]:
    by_fold = {fold(name): name for name in sorted(names, reverse=True)}
    return unique(by_fold[key] for key in get_close_matches(fold(value), by_fold, NEAR, ALIKE))


def _items(known: View) -> set[str]:
    things = [(claim, thing) for claim in known.claims.values() for thing in claim.materiel]
    named = {item_name(known, thing.item) for _, thing in things if thing.item is not None}
    return named | {known.words(claim, thing.mention) for claim, thing in things}


_NAMES: dict[str, Callable[[View], set[str]]] = {
    "actor": lambda known: {form for e in known.entities.values() for form in (e.name, *e.forms)},
    "place": lambda known: {p.name for p in known.places.values()},
    "materiel": _items,
    "outlet": lambda known: {d.outlet for d in known.documents.values() if d.outlet},
    "document": lambda known: {d.name for d in known.documents.values()},
}
