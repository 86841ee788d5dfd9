"""Count independent sources: copies, relays of one wire and parts of one actor are folded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracewire.assemble.view import ClaimView, World
from tracewire.codebook.matcher import fold
from tracewire.model import Copy, Origin, Origins


@dataclass(frozen=True, slots=True)
class OriginKey:
    """Who a claim goes back to; `named` is False for "sources" that may be anyone, `own` for the publisher's voice."""

    key: str
    name: str
    named: bool
    own: bool


class OriginFinder:
    """Knows which document copied which, and where each says that it comes from."""

    def __init__(self, copies: Sequence[Copy], origins: Sequence[Origin], world: World) -> None:
        self._world = world
        self._roots = _roots(copies)
        self._stated: dict[str, Origin] = {}
        for origin in sorted(origins, key=lambda o: (o.basis != "stated", o.name)):
            self._stated.setdefault(origin.document, origin)

    def root_document(self, document: str) -> str:
        """The document that a copy goes back to, itself where it is none."""
        return self._roots.get(document, document)

    def of_claim(self, view: ClaimView) -> OriginKey:
        """The innermost source of a claim, else where its document comes from, else the publisher."""
        first = view.claim.attribution[0] if view.claim.attribution else None
        document = self.root_document(view.document.id)
        if first is not None and first.role not in ("publisher", "republisher") and first.mention is not None:
            if first.entity:
                root = self._world.root(first.entity)
                return OriginKey(f"entity:{root}", self._world.name(root) or first.who, True, False)
            return OriginKey(f"unnamed:{document}:{fold(first.who)}", first.who, False, False)
        return self._publisher(document)

    def _publisher(self, document: str) -> OriginKey:
        stated = self._stated.get(document)
        if stated is not None:
            key = f"entity:{self._world.root(stated.entity)}" if stated.entity else f"origin:{fold(stated.name)}"
            return OriginKey(key, stated.name, True, True)
        row = self._world.documents[document]
        name = row.outlet or row.name
        return OriginKey(f"publisher:{fold(row.outlet) if row.outlet else document}", name, True, True)


def _roots(copies: Iterable[Copy]) -> dict[str, str]:
    """Document -> the one it goes back to, over copies with and without a direction."""
    parent: dict[str, str] = {}

    def find(document: str) -> str:
        while parent.get(document, document) != document:
            document = parent[document]
        return document

    for copy in sorted(copies, key=lambda c: (not c.directed, c.document, c.other)):
        if copy.relation == "quotes":
            continue
        a, b = find(copy.document), find(copy.other)
        if a != b:
            parent[a] = b
    return {d: find(d) for d in parent}


def count_origins(views: Sequence[ClaimView], finder: OriginFinder) -> Origins:
    """Fewest and most independent origins that a set of claims can have.

    An unnamed source may be any of the named ones, and a publisher's own voice may rest on the source that the same
    document names: both count to the maximum only.
    """
    keys = {k.key: k for k in (finder.of_claim(v) for v in views)}
    cited: dict[str, bool] = {}
    for view in views:
        key = finder.of_claim(view)
        document = finder.root_document(view.document.id)
        cited[document] = cited.get(document, False) or not key.own
    firm = {k.key for k in keys.values() if k.named and not k.own}
    for view in views:
        key = finder.of_claim(view)
        if key.own and not cited[finder.root_document(view.document.id)]:
            firm.add(key.key)
    minimum = max(1, len(firm)) if keys else 0
    return Origins(minimum, max(minimum, len(keys)), tuple(sorted({k.name for k in keys.values()})))


def independent(left: ClaimView, right: ClaimView, finder: OriginFinder) -> bool:
    """Whether two claims surely go back to different named origins in different documents."""
    a, b = finder.of_claim(left), finder.of_claim(right)
    documents = finder.root_document(left.document.id) != finder.root_document(right.document.id)
    return documents and a.named and b.named and a.key != b.key


def outlets(views: Sequence[ClaimView]) -> int:
    """How many publishers carry a set of claims; a document without a known outlet is its own."""
    return len({fold(v.document.outlet) if v.document.outlet else v.document.id for v in views})
