"""Who tells what first: the claims that stand for all that say the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set

from tracewire.assemble.origins import OriginFinder
from tracewire.assemble.view import ClaimView, day_out


def first_hand(views: Iterable[ClaimView], finder: OriginFinder) -> list[ClaimView]:
    """Claims without those of copied documents and later ones in the same words, earliest first."""
    told: dict[tuple[str, str, str, str], ClaimView] = {}
    for view in sorted(views, key=order):
        if finder.root_document(view.document.id) == view.document.id or view.claim.segment == "title":
            claim = view.claim
            told.setdefault((view.words, claim.type, claim.trigger.quote, claim.polarity), view)
    return list(told.values())


def neighbours(pairs: Iterable[tuple[str, str]]) -> Mapping[str, Set[str]]:
    """Each document with those that it is paired with."""
    found: dict[str, set[str]] = defaultdict(set)
    for one, two in pairs:
        found[one].add(two)
        found[two].add(one)
    return found


def order(view: ClaimView) -> tuple[bool, str, int, str, int, str]:
    """Text before headlines, then by day of publication, the fullest first."""
    claim = view.claim
    full = len(claim.roles) + len(claim.places) + len(view.counts) + (claim.date.basis == "stated")
    return claim.segment == "title", day_out(view.document), -full, view.document.id, claim.trigger.start, claim.id


def teller(view: ClaimView) -> str:
    """Whose word a claim is, as a key: its innermost source, else its publisher."""
    first = view.claim.attribution[0] if view.claim.attribution else None
    if first is None:
        return view.document.id
    return first.entity or f"{view.document.id}:{first.who}"


def leads(headline: ClaimView, view: ClaimView, finder: OriginFinder) -> bool:
    """Whether a claim stands in the text below a headline, or in the one that this text copies."""
    mine = {headline.document.id, finder.root_document(headline.document.id)}
    return headline.claim.segment == "title" != view.claim.segment and view.document.id in mine
