"""Origins: where a document's text comes from before its publisher, stated in it or shown by a copy in the case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tracewire.codebook import Codebook
from tracewire.dedupe.outlets import OutletNames
from tracewire.dedupe.phrases import copyright_lines, is_inside, is_no_origin, stated_in_text
from tracewire.model import Copy, Credit, Document, Origin

TAKEN = frozenset({"copy", "cut", "merged", "edited"})
"""Relations in which a document's text is the other's; one that only quotes is a report of its own."""

LISTED = 3
"""So many lines that begin with "via" are a list of links; one text came by one way, or by two."""


def find_origins(documents: Sequence[Document], copies: Sequence[Copy], codebook: Codebook) -> list[Origin]:
    """Origins of every document, sorted by document; the stated ones first, each name once per basis.

    Names that the codebook knows are given as it prints them; a document's own outlet is never its origin.
    """
    names = OutletNames(codebook)
    known = {d.id: d for d in documents}
    sources = _sources(copies, known)
    found: list[Origin] = []
    for document in sorted(known.values(), key=lambda d: d.id):
        stated = _once(_stated(document, names))
        taken = [known[i] for i in sources.get(document.id, ())]
        found += stated + _once(_copied(document, taken, names, [o.name for o in stated]))
    return found


def _once(origins: Iterable[Origin]) -> list[Origin]:
    """The first origin of each name, in order of name."""
    kept: dict[str, Origin] = {}
    for origin in origins:
        kept.setdefault(origin.name, origin)
    return [kept[name] for name in sorted(kept)]


def _stated(document: Document, names: OutletNames) -> Iterator[Origin]:
    """From credit lines, then from phrases near the top and the end of the text, then from copyright lines."""
    credits = list(_credits(document, names))
    for credit in credits:
        for name in names.all_in(credit.name) or [names.standard(credit.name)]:
            if name and not names.same(name, document.outlet):
                yield Origin(document.id, name, "stated", credit.span)
    for name, span in stated_in_text(document, names):
        if not names.same(name, document.outlet):
            yield Origin(document.id, name, "stated", span)
    # a site's footer names its owner; where a line credits somebody else, it may name whose text it is
    for name, span in copyright_lines(document, names) if credits else ():
        if not names.kin(name, document.outlet):
            yield Origin(document.id, name, "stated", span)


def _credits(document: Document, names: OutletNames) -> Iterator[Credit]:
    """The credit lines that speak for the text: not those of pictures, of figures inside it, or of a list of links."""
    via = [c for c in document.credits if c.span.quote[:4].lower() == "via "]
    for credit in document.credits:
        if is_no_origin(credit.span.quote, credit.name) or is_no_origin(credit.rule):
            continue
        if len(via) >= LISTED and credit in via:
            continue
        if credit.rule == "source line" and not names.knows(credit.name) and is_inside(document, credit.span.start):
            continue
        yield credit


def _copied(
    document: Document, sources: Iterable[Document], names: OutletNames, stated: Sequence[str]
) -> Iterator[Origin]:
    """From copies; a source that the document also states is named as it is stated."""
    for source in sources:
        name = names.standard(source.outlet) if source.outlet else source.name
        if not names.same(name, document.outlet):
            alike = (s for s in stated if names.same(s, source.outlet))
            yield Origin(document.id, next(alike, name), "copied")


def _sources(copies: Sequence[Copy], known: Mapping[str, Document]) -> dict[str, list[str]]:
    """Whom each document takes from, as far back as the case shows: those that take from none of the others."""
    taken: dict[str, set[str]] = {}
    for copy in copies:
        if copy.directed and copy.relation in TAKEN and copy.document in known and copy.other in known:
            taken.setdefault(copy.document, set()).add(copy.other)
    first = {i: {o for o in others if not others & taken.get(o, set())} for i, others in taken.items()}
    return {i: sorted(first[i] or taken[i]) for i in taken}
