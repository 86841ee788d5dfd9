"""Origins: where a document's text comes from before its publisher, stated in it or shown by a copy in the case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Literal

from tracewire.codebook import Codebook
from tracewire.dedupe.lines import stated_in_dateline, stated_in_lines
from tracewire.dedupe.outlets import OutletNames
from tracewire.dedupe.phrases import copyright_lines, is_inside, is_no_origin, stated_in_text
from tracewire.model import Copy, Credit, Document, Origin

TAKEN = frozenset({"copy", "cut", "merged", "edited"})
"""Relations in which a document's text is the other's; one that only quotes is a report of its own."""

LISTED = 3
"""So many lines that begin with "via" are a list of links; one text came by one way, or by two."""


def find_origins(documents: Sequence[Document], copies: Sequence[Copy], codebook: Codebook) -> list[Origin]:
    """Origins of every document, sorted by document; the stated ones first, each name once per basis.

    Copied are the outlet of the first document that the text was taken from, as far as the case shows, and the origins
    which that states; inferred the same of one whose words it quotes, if nothing surer names them. Names that the
    codebook knows are given as it prints them; a document's own outlet is never its origin.
    """
    names = OutletNames(codebook)
    known = {d.id: d for d in documents}
    stated = {d.id: _once(_stated(d, names)) for d in known.values()}
    sources, quoted = _sources(copies, known, TAKEN), _sources(copies, known, frozenset({"quotes"}))
    found: list[Origin] = []
    for id_, document in sorted(known.items()):
        own = stated[id_]
        copied = _once(_taken(document, [known[i] for i in sources.get(id_, ())], stated, names, "copied"))
        inferred = _once(_taken(document, [known[i] for i in quoted.get(id_, ())], stated, names, "inferred"))
        surer = {o.name for o in (*own, *copied)}
        found += own + copied + [o for o in inferred if o.name not in surer]
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
    for name, span in (
        *stated_in_dateline(document, names),
        *stated_in_text(document, names),
        *stated_in_lines(document, names),
    ):
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


def _taken(
    document: Document,
    sources: Iterable[Document],
    stated: Mapping[str, Sequence[Origin]],
    names: OutletNames,
    basis: Literal["copied", "inferred"],
) -> Iterator[Origin]:
    """What other documents give as origins of one: their outlets and what they state; what it also states is named as
    it is stated there."""
    own = [o.name for o in stated[document.id]]
    for source in sources:
        name = names.standard(source.outlet) if source.outlet else source.name
        if not names.same(name, document.outlet):
            alike = (s for s in own if names.same(s, source.outlet))
            yield Origin(document.id, next(alike, name), basis)
        for origin in stated[source.id]:
            if origin.name not in own and not names.same(origin.name, document.outlet):
                yield Origin(document.id, origin.name, basis)


def _sources(copies: Sequence[Copy], known: Mapping[str, Document], relations: Set[str]) -> dict[str, list[str]]:
    """Whom each document takes from, as far back as the case shows: those that take from none of the others."""
    taken: dict[str, set[str]] = {}
    for copy in copies:
        if copy.directed and copy.relation in relations and copy.document in known and copy.other in known:
            taken.setdefault(copy.document, set()).add(copy.other)
    first = {i: {o for o in others if not others & taken.get(o, set())} for i, others in taken.items()}
    return {i: sorted(first[i] or taken[i]) for i in taken}
