"""Who takes from whom: credit lines first, then publication time, then what the text itself tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from tracewire.codebook.outlet_names import outlet_core
from tracewire.dedupe.relations import COPY_SHARE, TAKES_IN, Verdict
from tracewire.model import Copy, CopyRelation, Document

CONTAINED = "by containment"
LATER = "it was published later"
"""How a direction that the days of publication tell begins."""


def decide(a: Document, b: Document, verdict: Verdict, share_a: float, share_b: float) -> Copy:
    """The copy between two documents, `document` the one that takes where that is known, else the first by name."""
    taker, how = _taker(a, b, verdict)
    directed = taker is not None
    if taker is None:
        taker = min(a, b, key=lambda d: (d.name, d.id))
    document, other, share, other_share = (a, b, share_a, share_b) if taker is a else (b, a, share_b, share_a)
    relation, why = _relation(verdict, share, other_share, directed=directed)
    share, other_share = round(share, 4), round(other_share, 4)
    why = f"{why}; {how}" if how else why
    return Copy(document.id, other.id, relation, share, other_share, directed, why)


def _taker(a: Document, b: Document, verdict: Verdict) -> tuple[Document | None, str]:
    """The document that takes and what tells so; None where nothing does, two signs gainsay each other, or both
    credit a third."""
    in_a, in_b = _credited(a), _credited(b)
    a_credits, b_credits = _names(in_a, b), _names(in_b, a)
    if a_credits != b_credits:
        return (a, f"it credits {a_credits}") if a_credits else (b, f"it credits {b_credits}")
    if common := in_a.keys() & in_b.keys():
        return None, f"both credit {in_a[min(common)]}"
    later = b if _before(a, b) else a if _before(b, a) else None
    told = {"a": a, "b": b, None: None}[verdict.taker]
    if verdict.relation == "quotes" and told and later and told is not later:
        return None, ""
    if later:
        earlier = a if later is b else b
        return later, f"{LATER} ({days_of(later)[0]}, not {days_of(earlier)[1]})"
    return (told, CONTAINED) if told else (None, "")


def _credited(document: Document) -> dict[str, str]:
    """The names in the credit lines of a document by their telling words, its own outlet left out."""
    own = _telling(document.outlet or "")
    return {key: " ".join(c.name.split()) for c in document.credits if (key := _telling(c.name)) not in ("", own)}


def _names(credited: Mapping[str, str], other: Document) -> str:
    """The credit that names the outlet of `other`, alone or among other words; "" for none."""
    outlet = _telling(other.outlet or "")
    return next((name for key, name in sorted(credited.items()) if outlet and f" {outlet} " in f" {key} "), "")


def _telling(name: str) -> str:
    return " ".join(outlet_core(name)) if name else ""


def _before(a: Document, b: Document) -> bool:
    """True where a was surely published before b: the days do not meet."""
    end, start = days_of(a)[1], days_of(b)[0]
    return end is not None and start is not None and end < start


def days_of(document: Document) -> tuple[str | None, str | None]:
    """First and last day of publication; none where it is said to lie after the day the page was fetched."""
    published = document.published
    if published is None or (document.retrieved and (published.start or "") > document.retrieved[:10]):
        return None, None
    return published.start, published.end


DIGEST_PARTS = 3
"""A document that takes in so many others away from its top took in those at its top too."""


def digests(copies: Sequence[Copy]) -> list[Copy]:
    """The copies, with what seems cut from the top of a digest as taken in by it."""
    parts = Counter(c.document for c in copies if c.relation == "merged" and c.directed and TAKES_IN in c.why)
    return [_turned(c) if CONTAINED in c.why and _is_top(c, parts) else c for c in copies]


def _is_top(copy: Copy, parts: Mapping[str, int]) -> bool:
    return copy.relation == "cut" and parts.get(copy.other, 0) >= DIGEST_PARTS and copy.other_share < 1 / DIGEST_PARTS


def _turned(copy: Copy) -> Copy:
    why = f"{TAKES_IN}, as of others; {CONTAINED}"
    return Copy(copy.other, copy.document, "merged", copy.other_share, copy.share, True, why)


def _relation(verdict: Verdict, share: float, other_share: float, *, directed: bool) -> tuple[CopyRelation, str]:
    """A cut that is known to be the source of the longer text was copied or merged into it."""
    if verdict.relation != "cut" or not directed or share >= other_share:
        return verdict.relation, verdict.why
    if share >= COPY_SHARE:
        return "copy", "nearly all of both is the same"
    return "merged", "it takes in nearly all of the shorter"
