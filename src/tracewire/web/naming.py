"""Names in forms: people choose by name, a claim keeps ids; what nothing is called is refused, never kept as an id."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from tracewire.codebook import Codebook
from tracewire.errors import UsageError
from tracewire.model import Claim, Entity, Place
from tracewire.store.reviewing import ReviewStore

_LABEL = re.compile(r".*\((\w+)\)", re.DOTALL)
_FIELD = re.compile(r"(?:roles-\d+-entity|places-\d+-place|materiel-\d+-item)")
MOST_ALIKE = 200


def label(row: Entity | Place) -> str:
    """What the list of a field offers: the name, and the id that tells namesakes apart."""
    return f"{row.name} ({row.id})"


def with_ids(store: ReviewStore, codebook: Codebook, claim: Claim, form: Mapping[str, str]) -> dict[str, str]:
    """The form of a claim with ids in place of names; what it has stays. UsageError where nothing is called so."""
    has = {r.entity for r in claim.roles} | {p.place for p in claim.places} | {m.item for m in claim.materiel}
    found = dict(form)
    for name, value in form.items():
        if value.strip() and value not in has and _FIELD.fullmatch(name):
            kind = name.rpartition("-")[2]
            found[name] = _item(codebook, value) if kind == "item" else _named(store, kind, value)
    return found


def actor_id(store: ReviewStore, value: str) -> str:
    """The id of the one actor that goes by a name or an id; UsageError where none does, or several."""
    return _named(store, "entity", value)


def _named(store: ReviewStore, kind: str, value: str) -> str:
    words = " ".join(value.split())
    chosen = _LABEL.fullmatch(words)
    find: Callable[[list[str]], list[Entity] | list[Place]] = store.entities if kind == "entity" else store.places
    for id_ in ([chosen[1]] if chosen else []) + [words]:
        if any(row.id == id_ for row in find([id_])):
            return id_
    hits = (store.find_entities if kind == "entity" else store.find_places)(words, MOST_ALIKE)
    alike = [row for row in find(list(hits.ids)) if row.name.casefold() == words.casefold()]
    if len(alike) == 1:
        return alike[0].id
    what = "actor" if kind == "entity" else "place"
    if alike:
        raise UsageError(
            f"{len(alike)} {what}s are called {words!r}: write one of {', '.join(label(r) for r in alike)}"
        )
    raise UsageError(f"no {what} of this case is called {words!r}: choose one from the list, or leave the field empty")


def _item(codebook: Codebook, value: str) -> str:
    words = " ".join(value.split())
    if words in codebook.materiel:
        return words
    wanted = words.casefold()
    names = [i for i, row in codebook.materiel.items() if wanted in (n.casefold() for n in (row.name, *row.aliases))]
    if len(names) == 1:
        return names[0]
    raise UsageError(f"{words!r} is no item of the codebook: choose one from the list, or leave the field empty")
