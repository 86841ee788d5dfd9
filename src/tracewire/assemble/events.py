"""Build one event from the claims that tell of it, keeping every value that any of them gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tracewire.assemble.origins import OriginFinder, count_origins, outlets
from tracewire.assemble.view import ClaimView
from tracewire.model import Credibility, Event, Fatalities, MaterielRange, Origins, Role, stable_id

NO_EVENT_TYPES = frozenset({"verification"})
_PRECISION_ORDER = {"day": 0, "days": 1, "week": 2, "month": 3, "year": 4, "unknown": 5}
_CERTAIN = {"asserted": 0, "reported": 1, "alleged": 1, "probable": 1, "possible": 2}


def founds_event(view: ClaimView) -> bool:
    """Whether a claim can make an event: told as done, neither denied nor opinion, with at least one slot filled."""
    claim = view.claim
    return (
        claim.polarity == "+"
        and not claim.opinion
        and claim.modality not in ("planned", "conditional")
        and claim.type not in NO_EVENT_TYPES
        and claim.judgement != "rejected"
        and bool(claim.roles or claim.materiel or claim.places or any(c.quantity for c in claim.casualties))
    )


def joins_event(view: ClaimView) -> bool:
    """Whether a claim may join one: denials do, and stand in it as contradictions."""
    claim = view.claim
    return founds_event(view) or (
        claim.polarity == "-"
        and not claim.opinion
        and claim.type not in NO_EVENT_TYPES
        and claim.modality not in ("planned", "conditional")
        and claim.judgement != "rejected"
    )


def build_event(views: Sequence[ClaimView], finder: OriginFinder) -> Event:
    """The event of a group of claims; at least one of them founds it."""
    positive = [v for v in views if founds_event(v)]
    ids = tuple(sorted(v.claim.id for v in views))
    start, end = _interval(positive)
    origins = count_origins(positive, finder)
    judged = {v.claim.judgement for v in positive}
    return Event(
        id=stable_id("v", min(v.claim.id for v in positive)),
        type=_type(positive),
        claims=ids,
        parent=None,
        start=start,
        end=end,
        place=_place(positive),
        roles=_roles(positive),
        materiel=_materiel(positive),
        fatalities=fatalities_of(positive),
        origins=origins,
        outlets=outlets(positive, finder),
        credibility=_credibility(views, positive, origins),
        status="accepted" if judged <= {"accepted", "edited"} else "candidate",
    )


def _type(views: Sequence[ClaimView]) -> str:
    counts = Counter(v.claim.type for v in views)
    return min(counts, key=lambda t: (-counts[t], t))


def _interval(views: Sequence[ClaimView]) -> tuple[str | None, str | None]:
    """The narrowest interval that any claim states; where two disagree by a day, both days."""
    dated = [v for v in views if v.start and v.end]
    if dated:
        finest = min(_PRECISION_ORDER[v.claim.date.precision] for v in dated)
        narrow = [v for v in dated if _PRECISION_ORDER[v.claim.date.precision] == finest]
        return min(v.start or "" for v in narrow), max(v.end or "" for v in narrow)
    ends = [v.claim.date.end for v in views if v.claim.date.end]
    starts = [v.claim.date.start for v in views if v.claim.date.start]
    return (min(starts) if starts else None), (min(ends) if ends else None)


def _place(views: Sequence[ClaimView]) -> str | None:
    counts = Counter(p.place for v in views for p in v.claim.places if p.place and p.role in ("where", "to"))
    if not counts:
        return None
    first = {p: i for i, p in enumerate(p.place for v in views for p in v.claim.places if p.place)}
    return min(counts, key=lambda p: (-counts[p], first.get(p, 0), p))


def _roles(views: Sequence[ClaimView]) -> tuple[Role, ...]:
    """Every (role, entity) that any claim gives, most often named first; disagreement stays."""
    counts: Counter[tuple[str, str]] = Counter()
    for view in views:
        counts.update({(r.role, r.entity) for r in view.claim.roles if r.entity})
    order = sorted(counts, key=lambda k: (k[0], -counts[k], k[1]))
    return tuple(Role(role, entity, None, "stated") for role, entity in order)


def _materiel(views: Sequence[ClaimView]) -> tuple[MaterielRange, ...]:
    lows: dict[str, list[int]] = {}
    highs: dict[str, list[int | None]] = {}
    for view in views:
        for item in view.claim.materiel:
            if item.item is None:
                continue
            lows.setdefault(item.item, [])
            highs.setdefault(item.item, [])
            if item.quantity is not None and item.quantity.counts_things:
                lows[item.item] += [item.quantity.low] if item.quantity.low is not None else []
                highs[item.item].append(item.quantity.high)
    return tuple(MaterielRange(i, min(lows[i]) if lows[i] else None, _highest(highs[i])) for i in sorted(lows))


def _highest(values: Sequence[int | None]) -> int | None:
    """The highest bound; one open bound opens the whole."""
    known = [v for v in values if v is not None]
    return max(known) if known and len(known) == len(values) else None


def fatalities_of(views: Sequence[ClaimView]) -> Fatalities:
    """Lowest and highest count of dead over the claims; best is what the surest and most claims say."""
    bounds = [
        (c.quantity.low, c.quantity.high, _CERTAIN.get(v.claim.modality, 2))
        for v in views
        for c in v.claim.casualties
        if c.what == "killed" and c.quantity is not None and (c.quantity.low is not None or c.quantity.high is not None)
    ]
    lows = [low for low, _, _ in bounds if low is not None]
    if not lows:
        return Fatalities(None, None, None)
    counts = Counter(lows)
    best = min(counts, key=lambda n: (-counts[n], n))
    return Fatalities(best, min(lows), _highest([high for _, high, _ in bounds]))


def _credibility(views: Sequence[ClaimView], positive: Sequence[ClaimView], origins: Origins) -> Credibility:
    """A suggested Admiralty grade: never 1 by machine alone."""
    why = [_count_words(origins)]
    grade = 2 if origins.min >= 3 else 3
    if _hedged(positive):
        why.append("every claim is hedged")
        grade = max(grade, 4)
    if any(v.claim.polarity == "-" for v in views):
        why.append("denied by a source")
        grade = max(grade, 4)
    if all(_boast(v) for v in positive):
        why.append("told only by a party to it")
        grade = max(grade, 4)
    return Credibility(grade, tuple(why))


def _count_words(origins: Origins) -> str:
    if origins.min == origins.max:
        return "one independent origin" if origins.min == 1 else f"{origins.min} independent origins"
    return f"{origins.min} to {origins.max} independent origins"


def _hedged(views: Sequence[ClaimView]) -> bool:
    return all(v.claim.modality != "asserted" for v in views)


def _boast(view: ClaimView) -> bool:
    first = view.claim.attribution[0] if view.claim.attribution else None
    acting = {r.entity for r in view.claim.roles if r.entity}
    return first is not None and first.entity is not None and first.entity in acting
