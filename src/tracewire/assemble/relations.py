"""How claims stand to each other: copies, support, contradiction, doubt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tracewire.assemble.about import about_claims
from tracewire.assemble.contradictions import contradictions, item_words, together
from tracewire.assemble.denials import denials, other_items
from tracewire.assemble.origins import OriginFinder, independent
from tracewire.assemble.view import ClaimView, World, day_out
from tracewire.model import Event, Relation

SENTENCE_WORDS = 6
"""Shorter sentences may be alike by chance."""


def relations(
    groups: Sequence[Sequence[ClaimView]],
    events: Sequence[Event],
    views: Sequence[ClaimView],
    world: World,
    finder: OriginFinder,
) -> list[Relation]:
    """All relations, sorted."""
    found: list[Relation] = []
    for group in groups:
        found += _corroborating(group, finder)
    home = {v.claim.id: number for number, group in enumerate(groups) for v in group}
    beside = together(groups, views)
    found += contradictions(groups, _parts(home, events), views, beside, world, finder)
    found += _headlines(views, home)
    same_words = list(_derived(views, finder))
    found += [*same_words, *_quoted(views, finder, {r.source for r in same_words})]
    first_hand = [v for v in views if finder.root_document(v.document.id) == v.document.id]
    found += about_claims(first_hand, world)
    found += denials(first_hand, beside, home, world)
    found += [
        Relation(e.id, "sub_event_of", e.parent, None, None, "told with it, or at its place on its day")
        for e in events
        if e.parent
    ]
    unique = {(r.source, r.type, r.target, r.aspect): r for r in found}
    return [unique[k] for k in sorted(unique, key=lambda k: tuple(x or "" for x in k))]


def _parts(home: Mapping[str, int], events: Sequence[Event]) -> dict[int, int]:
    """Number of a group -> number of the one that its event is part of; `home` has the group of each claim."""
    of = {e.id: home[e.claims[0]] for e in events}
    return {of[e.id]: of[e.parent] for e in events if e.parent in of}


def _derived(views: Sequence[ClaimView], finder: OriginFinder) -> Iterable[Relation]:
    """The same sentence in two documents: the claim in the copy, or in the later one, comes from the other."""
    same: dict[tuple[str, str, str], list[ClaimView]] = {}
    for view in views:
        if len(view.words.split()) >= SENTENCE_WORDS:
            same.setdefault((view.claim.type, view.claim.trigger.quote.lower(), view.words), []).append(view)
    for rows in same.values():
        ordered = sorted(
            rows, key=lambda v: (finder.root_document(v.document.id) != v.document.id, day_out(v.document), v.claim.id)
        )
        first = ordered[0]
        for view in ordered[1:]:
            if view.document.id == first.document.id:
                continue
            copied = finder.root_document(view.document.id) == finder.root_document(first.document.id)
            if copied or day_out(first.document) < day_out(view.document):
                why = "the same words in a copied document" if copied else "the same words, published later"
                yield Relation(view.claim.id, "derived_from", first.claim.id, None, None, why)


QUOTED_SHARE, QUOTED_LEAST = 0.7, 4
"""A sentence taken into another text keeps so much of its content words, and so many."""


def _quoted(views: Sequence[ClaimView], finder: OriginFinder, known: set[str]) -> Iterable[Relation]:
    """A claim in a text that quotes or copies another goes back to the one there that it shares its words with."""
    told: dict[tuple[str, str], list[ClaimView]] = {}
    for view in views:
        told.setdefault((view.document.id, view.claim.type), []).append(view)
    for view in views:
        if view.claim.id in known or view.claim.segment == "title":
            continue
        rows = [r for d in finder.sources(view.document.id) for r in told.get((d, view.claim.type), ())]
        shares = [(_share(view, row), row.claim.id) for row in rows if row.claim.polarity == view.claim.polarity]
        best = max(shares, default=(0.0, ""))
        if best[0] >= QUOTED_SHARE:
            yield Relation(
                view.claim.id, "derived_from", best[1], None, None, "its words, in a text that takes from it"
            )


def _share(left: ClaimView, right: ClaimView) -> float:
    shared = len(left.stems & right.stems)
    return shared / max(1, min(len(left.stems), len(right.stems))) if shared >= QUOTED_LEAST else 0.0


def _corroborating(group: Sequence[ClaimView], finder: OriginFinder) -> Iterable[Relation]:
    """The first claim of each independent origin supports the first of the group."""
    positive = [v for v in group if v.claim.polarity == "+"]
    if not positive:
        return
    first, seen = positive[0], {finder.of_claim(positive[0]).key}
    for view in positive[1:]:
        key = finder.of_claim(view).key
        if key not in seen and independent(first, view, finder):
            seen.add(key)
            yield Relation(
                view.claim.id, "corroborates", first.claim.id, None, None, "an independent origin tells the same"
            )


def _headlines(views: Sequence[ClaimView], home: Mapping[str, int]) -> list[Relation]:
    """A headline leads its text: told in the same event, or contradicted by a claim of its kind about other things."""
    found = []
    for view in views:
        if view.claim.segment != "title":
            continue
        body = [v for v in views if v.document.id == view.document.id and v.claim.segment != "title"]
        mine = home.get(view.claim.id)
        same = [v for v in body if mine is not None and home.get(v.claim.id) == mine]
        if same:
            found.append(
                Relation(view.claim.id, "headline_of", same[0].claim.id, None, None, "the headline of this claim")
            )
            continue
        other = [v for v in body if v.claim.type == view.claim.type and other_items(view, v)]
        if other:
            why = f"the headline has {item_words(view)}, the text {item_words(other[0])}"
            found.append(Relation(view.claim.id, "contradicts", other[0].claim.id, "item", "soft", why))
    return found
