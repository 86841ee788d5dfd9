"""Origins: where a document's text comes from before its publisher, stated in it or shown by a copy in the case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from tracewire.codebook import Codebook
from tracewire.codebook.outlet_names import is_initials, outlet_core
from tracewire.dedupe.common import Link, Passage, Source, find_sources, is_near
from tracewire.dedupe.copies import shared_runs, shared_words
from tracewire.dedupe.direction import LATER
from tracewire.dedupe.index import host_of
from tracewire.dedupe.lines import stated_in_dateline, stated_in_lines
from tracewire.dedupe.linkage import components
from tracewire.dedupe.outlets import OutletNames
from tracewire.dedupe.phrases import copyright_lines, is_inside, is_no_origin, stated_in_text
from tracewire.dedupe.quotations import BESIDE
from tracewire.dedupe.relations import ONE_MARKS
from tracewire.model import Copy, Credit, Document, Origin, Shared

TAKEN = frozenset({"copy", "cut", "merged", "edited"})
"""Relations in which a document's text is the other's; one that only quotes is a report of its own."""

WORDS = "the same words"
_LISTED_WITH = re.compile(r"\s*(?:,|/|&|;|and|with|,\s+and)\s*(?:the\s+)?", re.IGNORECASE)

LISTED = 3
"""So many lines that begin with "via" are a list of links; one text came by one way, or by two."""


def find_origins(documents: Sequence[Document], copies: Sequence[Copy], codebook: Codebook) -> list[Origin]:
    """Origins of every document, sorted by document; the stated ones first, each name once per basis.

    Copied are the outlet of the first document that the text was taken from, as far as the case shows, and the origins
    which that states; inferred the same of one whose words it quotes, and sources that it has in common with others
    (the same quotation, the same figures), if nothing surer names them. Names that the codebook knows are given as it
    prints them; a document's own outlet is never its origin.
    """
    names = OutletNames(codebook)
    known = {d.id: d for d in documents}
    outlets = sorted({d.outlet for d in known.values() if d.outlet})
    stated = {d.id: _once(_spelt_out(_stated(d, names), outlets)) for d in known.values()}
    quotes = [c for c in copies if c.relation == "quotes" and {c.document, c.other} <= known.keys()]
    told = [_tells(c, known, names) for c in quotes]
    quoting, alike = ([c for c, t in zip(quotes, told, strict=True) if t is wanted] for wanted in (True, False))
    sources = _sources([c for c in copies if c.relation in TAKEN], known)
    surer = {
        i: stated[i] + _once(_taken(d, [known[o] for o in sources.get(i, ())], stated, names, "copied"))
        for i, d in known.items()
    }
    sources_in_common = _common(known, copies, alike, surer, names)
    common, quoted = _inferred(known, sources_in_common, names), _sources(quoting, known, sources)
    # two that both quote a third do not quote each other
    third = {(p.document, q.document) for s in sources_in_common for p in s.passages for q in s.passages}
    found: list[Origin] = []
    for id_, document in sorted(known.items()):
        others = [known[i] for i in quoted.get(id_, ()) if (id_, i) not in third]
        inferred = [*_quoted(document, others, stated, names), *common.get(id_, ())]
        named = {o.name for o in surer[id_]}
        found += surer[id_] + _once(o for o in inferred if o.name not in named)
    return found


def _tells(copy: Copy, known: Mapping[str, Document], names: OutletNames) -> bool:
    """Whether it is known that one quotes the other: two that carry one statement within a few days, the one later, may
    both have it from a third."""
    if not copy.directed:
        return False
    document, other = known[copy.document], known[copy.other]
    if LATER not in copy.why or ONE_MARKS in copy.why or not is_near(document, other):
        return True
    return any(_is_named_beside(document, span, other, names) for span, _ in shared_words(document, other))


def _is_named_beside(document: Document, span: tuple[int, int], other: Document, names: OutletNames) -> bool:
    """Whether the outlet of another document is named right before or after a stretch."""
    core = " ".join(outlet_core(names.standard(other.outlet))) if other.outlet else ""
    text = document.reading.text
    beside = (text[max(0, span[0] - BESIDE) : span[0]], text[span[1] : span[1] + BESIDE])
    return bool(core) and any(f" {core} " in f" {' '.join(outlet_core(words))} " for words in beside)


def _spelt_out(origins: Iterable[Origin], outlets: Sequence[str]) -> Iterator[Origin]:
    """Origins with the name of the case's outlet in the place of its initials."""
    for origin in origins:
        meant = [name for name in outlets if is_initials(origin.name, name)]
        yield replace(origin, name=meant[0]) if len(meant) == 1 else origin


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
        for name in _named(credit, names):
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


def _named(credit: Credit, names: OutletNames) -> list[str]:
    """The outlets of a credit line: the one that was read there and those listed with it."""
    own = names.all_in(credit.name) or [names.standard(credit.name)]
    hits = names.find(credit.span.quote)
    listed = [n for n, hit in enumerate(hits) if hit[2] in own]
    if not listed:
        return own
    first = last = listed[0]
    while first and _LISTED_WITH.fullmatch(credit.span.quote[hits[first - 1][1] : hits[first][0]]):
        first -= 1
    while last + 1 < len(hits) and _LISTED_WITH.fullmatch(credit.span.quote[hits[last][1] : hits[last + 1][0]]):
        last += 1
    return list(dict.fromkeys([*own, *(name for _, _, name in hits[first : last + 1])]))


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


def _sources(
    copies: Sequence[Copy], known: Mapping[str, Document], before: Mapping[str, Sequence[str]] | None = None
) -> dict[str, list[str]]:
    """Whom each document takes from, as far back as the case shows: those that take from none of the others, neither by
    these copies nor by those `before`."""
    taken: dict[str, set[str]] = {}
    for copy in copies:
        if copy.directed and copy.document in known and copy.other in known:
            taken.setdefault(copy.document, set()).add(copy.other)
    further = {i: {*taken.get(i, ()), *(before or {}).get(i, ())} for i in known}
    first = {i: {o for o in others if not others & further[o]} for i, others in taken.items()}
    return {i: sorted(first[i] or taken[i]) for i in taken}


# ---------------------------------------------------------------- inferred


def _quoted(
    document: Document, sources: Iterable[Document], stated: Mapping[str, Sequence[Origin]], names: OutletNames
) -> Iterator[Origin]:
    """The origins of the documents that one quotes, with the longest stretch that it has from each."""
    for source in sources:
        runs = shared_runs(document, source)
        spans = max(runs, key=lambda r: r[0].end - r[0].start, default=None)
        for origin in _taken(document, [source], stated, names, "inferred"):
            if spans is None:
                yield origin
            else:
                shared = Shared(source.id, spans[1].start, spans[1].end, "its words are quoted")
                yield replace(origin, quote=spans[0], shared=shared)


def _common(
    known: Mapping[str, Document],
    copies: Sequence[Copy],
    alike: Sequence[Copy],
    surer: Mapping[str, Sequence[Origin]],
    names: OutletNames,
) -> list[Source]:
    """Sources that documents have in common, beside what folds them already: one text, one outlet, one named origin."""
    roots = _roots(copies)
    surely = {
        i: frozenset({f"text:{roots.get(i, i)}", *(o.name for o in surer[i]), *_publisher(d, names)})
        for i, d in known.items()
    }
    return find_sources(known.values(), surely, list(_passages(known, alike)))


def _inferred(known: Mapping[str, Document], sources: Iterable[Source], names: OutletNames) -> dict[str, list[Origin]]:
    """The sources in common of each document, each with the passage of the earliest of the others."""
    found: dict[str, list[Origin]] = {}
    for source in sources:
        for passage, other in zip(source.passages, source.others, strict=True):
            document = known[passage.document]
            there = known[other.document].span(other.start, other.end)
            shared = Shared(other.document, there.start, there.end, passage.why)
            quote = document.span(passage.start, passage.end)
            if not names.same(source.name, document.outlet):
                origin = Origin(document.id, source.name, "inferred", quote, shared=shared)
                found.setdefault(document.id, []).append(origin)
    return found


def _publisher(document: Document, names: OutletNames) -> set[str]:
    """The outlet and the host of a document, as far as they are known."""
    host = host_of(document)
    return ({names.standard(document.outlet)} if document.outlet else set()) | ({f"host:{host}"} if host else set())


def _roots(copies: Sequence[Copy]) -> dict[str, str]:
    """A document that stands for all whose texts are one, for each that has others."""
    taken = [c for c in copies if c.relation in TAKEN]
    ids = sorted({i for c in taken for i in (c.document, c.other)})
    place = {i: n for n, i in enumerate(ids)}
    groups = components(len(ids), [(place[c.document], place[c.other]) for c in taken])
    return {ids[n]: ids[group[0]] for group in groups for n in group}


def _passages(known: Mapping[str, Document], alike: Iterable[Copy]) -> Iterator[Link]:
    """The stretches shared by two documents of which neither is known to quote the other."""
    for copy in alike:
        for a, b in shared_words(known[copy.document], known[copy.other]):
            yield Passage(copy.document, *a, WORDS), Passage(copy.other, *b, WORDS)
