"""Count independent sources: copies, relays of one wire and parts of one actor are folded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tracewire.assemble.houses import Houses
from tracewire.assemble.view import ClaimView, World, day_out
from tracewire.codebook.matcher import fold
from tracewire.lang import load_words
from tracewire.link import Groups
from tracewire.model import Copy, Document, Origin, Origins

SHARED_WORDS = 8
"""So many words in a row in the evidence of two claims: a source that both quote or one that took from the other."""

PLAIN_FIGURE = 13
"""Figures up to a dozen, and round ones, come up by chance; others that two reports give alike may be one source's."""


@dataclass(frozen=True, slots=True)
class OriginKey:
    """Who a claim goes back to; `named` is False for "sources" that may be anyone, `own` for the publisher's voice.

    `calling` is what an unnamed source is ("doctor": medical); None for a named one and for "sources".
    """

    key: str
    name: str
    named: bool
    own: bool
    calling: str | None = None


class OriginFinder:
    """Knows which document copied which, and where each says that it comes from."""

    def __init__(self, copies: Sequence[Copy], origins: Sequence[Origin], world: World) -> None:
        self._world = world
        self._houses = Houses(world)
        self._roots = _roots(copies, world)
        self._sources = _sources(copies, world)
        self._stated: defaultdict[str, list[Origin]] = defaultdict(list)
        self._inferred: defaultdict[str, list[Origin]] = defaultdict(list)
        for origin in sorted(origins, key=lambda o: (o.basis != "stated", not self._houses.is_wire(o.name), o.name)):
            (self._inferred if origin.basis == "inferred" else self._stated)[origin.document].append(origin)
        self._shared: defaultdict[str, list[Origin]] = defaultdict(list)
        for origin in origins:
            if origin.basis == "inferred" and origin.quote:
                self._shared[origin.document].append(origin)

    def root_document(self, document: str) -> str:
        """The document that a copy goes back to, itself where it is none."""
        return self._roots.get(document, document)

    def sources(self, document: str) -> Sequence[str]:
        """Documents that a document takes text from, as a copy or in quotes."""
        return self._sources.get(document, ())

    def of_claim(self, view: ClaimView) -> OriginKey:
        """The innermost source of a claim, else where its document comes from, else the publisher."""
        first = view.claim.attribution[0] if view.claim.attribution else None
        document = self.root_document(view.document.id)
        if first is not None and first.role not in ("publisher", "republisher") and first.mention is not None:
            if first.entity:
                name = self._world.name(self._world.root(first.entity)) or first.who
                if _is_author(name, view.document):
                    return self._publisher(document)
                return OriginKey(self._houses.of_entity(first.entity), name, True, False)
            key = f"unnamed:{self._teller(view)}:{fold(first.who)}"
            return OriginKey(key, first.who, False, False, calling_of(first.who))
        return self._shown(view) or self._publisher(document)

    def _teller(self, view: ClaimView) -> str:
        """Who had it from an unnamed source: the outlet that a report quotes, else its own publisher."""
        for link in view.claim.attribution[1:]:
            row = self._world.entities.get(link.entity or "")
            if link.role == "relay" and row is not None and row.type == "outlet":
                return self._houses.of_outlet(row.name)
        return self._publisher(self.root_document(view.document.id)).key

    def _shown(self, view: ClaimView) -> OriginKey | None:
        """What a party published goes back to the party, whoever reports it."""
        actors = sorted(view.actors("agent")) if view.claim.type == "publication" else []
        if len(actors) != 1:
            return None
        name = self._world.name(self._world.root(actors[0])) or actors[0]
        return OriginKey(self._houses.of_entity(actors[0]), name, True, False)

    def publisher_of(self, view: ClaimView) -> str:
        """The house of the publisher of a claim's document."""
        return self._publisher(self.root_document(view.document.id)).key

    def others(self, view: ClaimView) -> set[str]:
        """Keys of all houses that a claim's document names as its origin, or may have taken it from."""
        documents = {view.document.id, self.root_document(view.document.id)}
        rows = [o for d in documents for o in (*self._stated.get(d, ()), *self._inferred.get(d, ()))]
        return {self._house(o) for o in rows}

    def outlet_id(self, name: str) -> str:
        """One id for all names of an outlet."""
        return self._houses.outlet_id(name)

    def in_common(self, left: ClaimView, right: ClaimView) -> bool:
        """Whether the words of two claims hold a quotation or figures from which one source of both was inferred."""
        return left.document.id != right.document.id and bool(self._behind(left) & self._behind(right))

    def _behind(self, view: ClaimView) -> set[str]:
        """Names of the inferred sources whose passage meets the evidence of a claim."""
        rows = [(o.name, o.quote) for o in self._shared.get(view.document.id, ()) if o.quote]
        return {name for name, q in rows for e in view.claim.evidence if q.start < e.end and e.start < q.end}

    def _house(self, origin: Origin) -> str:
        return self._houses.of_entity(origin.entity) if origin.entity else self._houses.of_outlet(origin.name)

    def _publisher(self, document: str) -> OriginKey:
        for stated in self._stated.get(document, ())[:1]:
            return OriginKey(self._house(stated), stated.name, True, True)
        row = self._world.documents[document]
        key = self._houses.of_outlet(row.outlet) if row.outlet else f"document:{document}"
        return OriginKey(key, row.outlet or row.name, True, True)


def _is_author(name: str, document: Document) -> bool:
    return document.author is not None and fold(name) == fold(document.author)


def calling_of(who: str) -> str | None:
    """What an unnamed source is by its description; None where that could be anyone."""
    table = _callings()
    return next((table[word] for word in reversed(who.casefold().split()) if word in table), None)


@lru_cache(maxsize=1)
def _callings() -> dict[str, str]:
    return {word: calling for calling, words in load_words("en", "callings").items() for word in words}


def _roots(copies: Iterable[Copy], world: World) -> dict[str, str]:
    """Document -> the one it goes back to; where no direction is known the one that came out first."""
    groups = Groups()
    for copy in sorted(copies, key=lambda c: (not c.directed, c.document, c.other)):
        if copy.relation == "quotes":
            continue
        ends = [str(groups.find(copy.document)), str(groups.find(copy.other))]
        later, first = ends if copy.directed else sorted(ends, key=lambda d: _out(d, world), reverse=True)
        groups.join(later, first)
    return {str(d): str(groups.find(d)) for d in groups.members()}


def _sources(copies: Iterable[Copy], world: World) -> dict[str, list[str]]:
    """Document -> those it takes from; where no direction is known the later one takes."""
    found: dict[str, set[str]] = defaultdict(set)
    for copy in copies:
        ends = copy.document, copy.other
        later, first = ends if copy.directed else sorted(ends, key=lambda d: _out(d, world), reverse=True)
        found[later].add(first)
    return {document: sorted(others) for document, others in found.items()}


def _out(document: str, world: World) -> tuple[str, str]:
    return day_out(world.documents.get(document)), document


# ---------------------------------------------------------------- counting


def count_origins(views: Sequence[ClaimView], finder: OriginFinder) -> Origins:
    """Fewest and most independent origins that a set of claims can have.

    An unnamed source may be any of the named ones or of its own calling (an officer is no doctor), and a publisher's
    own voice may rest on the source that the same document names, on one that another document names too, or on
    whoever gives the same words or the same unusual figure; two names beside one quotation may be one man: these count
    to the maximum only.
    """
    found = _copied([(view, finder.of_claim(view)) for view in views], finder)
    found = _first_tellers(_one_voice(found), finder)
    keys = {key.key: key for _, key in found}
    firm = _firm(found, finder)
    groups = Groups()
    for view, key in found:
        for house in sorted(finder.others(view)) if key.own else ():
            groups.join(key.key, house)
    for place, (view, key) in enumerate(found):
        for other_view, other in found[:place]:
            if key.key == other.key:
                continue
            if ((key.own or other.own) and _may_share(view, other_view)) or finder.in_common(view, other_view):
                groups.join(key.key, other.key)
    callings = {key.calling for _, key in found if key.calling}
    apart = callings & CIVIL if _parties(firm, keys) else frozenset()
    minimum = max(1, len({groups.find(key) for key in firm}) + len(apart), len(callings)) if keys else 0
    return Origins(minimum, max(minimum, len(keys)), tuple(sorted({k.name for k in keys.values()})))


CIVIL = frozenset({"medical", "resident", "clergy", "trader", "herder", "witness", "teacher"})
"""Callings of people who are no party to a fight: never the same source as one."""


def _parties(firm: set[str], keys: Mapping[str, OriginKey]) -> bool:
    """Whether all firm sources are actors: a publisher's own voice may rest on anybody."""
    return all(not keys[key].own for key in firm if key in keys)


def _one_voice(found: list[tuple[ClaimView, OriginKey]]) -> list[tuple[ClaimView, OriginKey]]:
    """An unnamed source that two reports describe and quote alike is one."""
    kept: list[tuple[ClaimView, OriginKey]] = []
    for view, key in found:
        alike = (k for row, k in kept if not k.named and fold(k.name) == fold(key.name) and _runs_shared(view, row))
        kept.append((view, key if key.named else next(alike, key)))
    return kept


def _first_tellers(found: list[tuple[ClaimView, OriginKey]], finder: OriginFinder) -> list[tuple[ClaimView, OriginKey]]:
    """Without the voice of a publisher whose report names a source for it: in its own text or cited by another."""
    citing = {finder.root_document(view.document.id) for view, key in found if not key.own}
    relaying = {finder.publisher_of(view) for view, key in found if not key.own}
    kept = [
        (view, key)
        for view, key in found
        if not (key.own and finder.root_document(view.document.id) in citing)
        and not (not key.own and key.key in relaying and key.key != finder.publisher_of(view))
    ]
    return kept or found


def _copied(found: Sequence[tuple[ClaimView, OriginKey]], finder: OriginFinder) -> list[tuple[ClaimView, OriginKey]]:
    """The claims with their origins; one that stands in the same words in a copied document has that one's, whatever
    the copy cut off or left out of who said so."""
    first: dict[str, list[tuple[ClaimView, OriginKey]]] = {}
    kept = []
    for view, key in sorted(found, key=lambda f: (day_out(f[0].document), f[0].document.id, f[0].claim.id)):
        earlier = first.setdefault(finder.root_document(view.document.id), [])
        runs = _runs(view.words)
        same = (k for v, k in earlier if v.document.id != view.document.id and runs & _runs(v.words))
        own = next(same, key)
        earlier.append((view, own))
        kept.append((view, own))
    return kept


def _firm(found: Sequence[tuple[ClaimView, OriginKey]], finder: OriginFinder) -> set[str]:
    """Keys of sources that are surely somebody: named ones, and publishers whose document cites nobody for it."""
    cited = {finder.root_document(view.document.id) for view, key in found if not key.own}
    named = {key.key for _, key in found if key.named and not key.own}
    return named | {k.key for view, k in found if k.own and finder.root_document(view.document.id) not in cited}


def _may_share(left: ClaimView, right: ClaimView) -> bool:
    """Whether two claims of two documents are told in the same words, or with the same unusual figure."""
    if left.document.id == right.document.id:
        return False
    return _runs_shared(left, right) or bool(_figures(left) & _figures(right))


def _runs_shared(left: ClaimView, right: ClaimView) -> bool:
    return bool(_runs(left.words) & _runs(right.words))


@lru_cache(maxsize=4096)
def _runs(words: str) -> frozenset[tuple[str, ...]]:
    """Runs of words by which two sentences are known to be of one text; asked again for every pair."""
    each = words.split()
    return frozenset(tuple(each[i : i + SHARED_WORDS]) for i in range(len(each) - SHARED_WORDS + 1))


def _figures(view: ClaimView) -> set[int]:
    exact = {low for _, low, high in view.counts if low is not None and low == high}
    return {n for n in exact if n >= PLAIN_FIGURE and n % 10 and n % 25}


def independent(left: ClaimView, right: ClaimView, finder: OriginFinder) -> bool:
    """Whether two claims surely go back to different named origins in different documents."""
    a, b = finder.of_claim(left), finder.of_claim(right)
    documents = finder.root_document(left.document.id) != finder.root_document(right.document.id)
    return documents and a.named and b.named and a.key != b.key and not finder.in_common(left, right)


def outlets(views: Sequence[ClaimView], finder: OriginFinder) -> int:
    """How many publishers carry a set of claims; a document without a known outlet is its own."""
    return len({finder.outlet_id(v.document.outlet) if v.document.outlet else v.document.id for v in views})
