"""What a word of a question means in a record: which ids it names."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Collection, Iterable

from tracewire.codebook import Codebook
from tracewire.errors import UsageError
from tracewire.export.view import View
from tracewire.model import Claim, Entity, Place

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def fold(text: str) -> str:
    """Text for comparing: no case, no accents, apostrophes and hyphens like spaces."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^\w]+", " ", bare.casefold()).split())


def holds(text: str, query: str) -> bool:
    """Whether the folded text holds the folded query as whole words in a row; an empty query is in nothing."""
    return bool(query) and f" {query} " in f" {text} "


def checked(value: str, known: Iterable[str], what: str) -> str:
    """The value; raises UsageError that lists the choices where it is none of them."""
    choices = sorted(set(known))
    if value not in choices:
        raise UsageError(f"{what} {value!r} is none of: {', '.join(choices)}")
    return value


# ---------------------------------------------------------------- actors


def actor_ids(known: View, query: str, *, parts: bool = False) -> frozenset[str]:
    """Entities meant by an id, a name, an alias or a form; those that only hold the words where none is named so.

    With `parts`, also all that is part of them.
    """
    if query in known.entities:
        found = {query}
    else:
        wanted = fold(query)
        names = {entity.id: _names(entity, known.codebook) for entity in known.entities.values()}
        found = {id_ for id_, forms in names.items() if wanted and wanted in forms}
        found = found or {id_ for id_, forms in names.items() if any(holds(form, wanted) for form in forms)}
    return frozenset(_with_parts(known, found) if parts else found)


def _names(entity: Entity, codebook: Codebook) -> set[str]:
    """Folded names of an entity, with the aliases that the codebook has for its name."""
    names = {entity.name, *entity.forms}
    for row in codebook.actors.values():
        if row.name == entity.name:
            names |= {*row.aliases, *row.exact}
    return {fold(name) for name in names}


def _with_parts(known: View, found: set[str]) -> set[str]:
    size = 0
    while size < len(found):
        size = len(found)
        found = found | {entity.id for entity in known.entities.values() if entity.part_of in found}
    return found


# ---------------------------------------------------------------- materiel


def item_test(codebook: Codebook, query: str) -> Callable[[str | None, str], bool]:
    """A test of an item's id and words: by id prefix ("atgm" holds "atgm.tow"), by the codebook's names, by words."""
    wanted = fold(query)
    ids = [row.id for row in codebook.materiel.values() if _is_named(wanted, (row.name, *row.aliases, *row.exact))]
    prefixes = {query.casefold(), *ids}

    def test(item: str | None, words: str) -> bool:
        under = item is not None and any(item == prefix or item.startswith(f"{prefix}.") for prefix in prefixes)
        return under or holds(fold(words), wanted)

    return test


def _is_named(wanted: str, names: Iterable[str]) -> bool:
    return any(fold(name) == wanted for name in names)


# ---------------------------------------------------------------- places


def place_ids(known: View, query: str) -> frozenset[str]:
    """Places meant by an id, a name, a first-level region or a country code, forms such as "near X" included."""
    if query in known.places:
        return frozenset({query})
    wanted = fold(query)
    found = {place.id for place in known.places.values() if wanted and wanted in _place_names(place)}
    return frozenset(found | {p.id for p in known.places.values() if wanted and holds(fold(p.name), wanted)})


def _place_names(place: Place) -> set[str]:
    return {fold(name) for name in (place.name, place.admin1, place.country) if name}


def place_test(known: View, query: str) -> Callable[[Claim], bool]:
    """A test of a claim: whether one of its places is meant, or its words say so where no place was found."""
    ids, wanted = place_ids(known, query), fold(query)

    def test(claim: Claim) -> bool:
        return any(
            place.place in ids
            if place.place is not None
            else place.mention is not None and holds(fold(known.words(claim, place.mention)), wanted)
            for place in claim.places
        )

    return test


# ---------------------------------------------------------------- documents


def document_ids(known: View, query: str) -> frozenset[str]:
    """Documents of an id or a name; those whose id or name begins so where none has just it."""
    rows = known.documents.values()
    exact = {row.id for row in rows if query in (row.id, row.name)}
    return frozenset(
        exact or {row.id for row in rows if query and (row.id.startswith(query) or row.name.startswith(query))}
    )


# ---------------------------------------------------------------- dates


def bound(value: str, *, last: bool) -> str:
    """The first or last day of "2021", "2021-03" or "2021-03-05"; raises UsageError for anything else."""
    found = _DATE.fullmatch(value)
    try:
        if found is None:
            raise ValueError(value)
        year, month = int(found[1]), int(found[2] or (12 if last else 1))
        days = monthrange(year, month)[1]
        day = int(found[3] or (days if last else 1))
        if not 1 <= day <= days or year < 1:
            raise ValueError(value)
    except ValueError as error:
        raise UsageError(f"{value!r} is not a date: write 2021, 2021-03 or 2021-03-05") from error
    return f"{year:04}-{month:02}-{day:02}"


def in_range(
    dates: tuple[str | None, str | None], since: str | None, until: str | None, *, include_unknown: bool = False
) -> bool:
    """Whether an interval of ISO dates overlaps a range; one open at both ends only where unknown dates count."""
    start, end = dates
    if since is None and until is None:
        return True
    if start is None and end is None:
        return include_unknown
    early = until is not None and start is not None and start > until
    late = since is not None and end is not None and end < since
    return not early and not late


# ---------------------------------------------------------------- words


def text_test(query: str) -> Callable[[str], bool]:
    """A test of a text: whether it holds all words of the query, in any order, whole or as beginnings."""
    wanted = fold(query).split()

    def test(text: str) -> bool:
        folded = f" {fold(text)}"
        return bool(wanted) and all(f" {word}" in folded for word in wanted)

    return test


def outlet_test(query: str, outlets: Collection[str | None]) -> Callable[[str | None], bool]:
    """A test of an outlet: of that name, or with those words in its name where none of the outlets has just it."""
    wanted = fold(query)
    exact = any(outlet is not None and fold(outlet) == wanted for outlet in outlets)

    def test(outlet: str | None) -> bool:
        if outlet is None:
            return False
        return fold(outlet) == wanted if exact else holds(fold(outlet), wanted)

    return test
