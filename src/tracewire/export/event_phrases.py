"""Events in plain words, put together from the claims that say they happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from tracewire.export.phrases import (
    PRONOUNS,
    bare,
    claim_slots,
    complete,
    inside,
    materiel_words,
    names_of,
    place_name,
    place_names,
    put,
    quantity_words,
    told_as_done,
)
from tracewire.export.plain import count_words, join, quoted, unique
from tracewire.export.view import View
from tracewire.export.wording import WORDINGS
from tracewire.model import MODALITIES, Claim, Event, Materiel, Modality

ITEMS = 5
"""How many items a line about an event names before it only counts them."""

ACCOUNTS = 3
"""How many accounts that speak against one another a line tells; the contradictions have all."""

TRIGGERS = 3
"""How many of the documents' words for a deed a line gives."""


def told_claims(known: View, event: Event) -> list[Claim]:
    """The claims of an event that say it happened, by id; headlines only where no body tells it."""
    claims = [known.claims[claim] for claim in sorted(event.claims) if claim in known.claims]
    told = [claim for claim in claims if told_as_done(claim)]
    return [claim for claim in told if claim.segment != "title"] or told


def only_headlines(known: View, event: Event) -> bool:
    """Whether nothing but headlines of documents that have a body tells the event."""
    return all(claim.segment == "title" and _has_body(known, claim) for claim in told_claims(known, event))


def _has_body(known: View, claim: Claim) -> bool:
    document = known.documents.get(claim.document)
    return document is not None and any(block.label == "body" for block in document.reading.blocks)


def lead_claim(known: View, event: Event) -> Claim | None:
    """The claim that tells most of an event; None where none says it happened."""
    return _fullest(told_claims(known, event))


def _fullest(claims: Iterable[Claim]) -> Claim | None:
    """Not a headline, least hedged, with most slots."""

    def rank(claim: Claim) -> tuple[bool, int, int, float, str]:
        filled = len({role.role for role in claim.roles}) + bool(claim.materiel) + bool(claim.places)
        return claim.segment == "title", MODALITIES.index(claim.modality), -filled, -claim.confidence, claim.id

    return min(claims, key=rank, default=None)


# ---------------------------------------------------------------- events


def describe_event(known: View, event: Event) -> str:
    """What the event's claims jointly say, without date and place.

    Who or how many they differ in is joined by "or"; where they differ in who did what to whom, each account is told.
    """
    accounts = _accounts(known, told_claims(known, event))
    if not accounts:
        return f"{event.type}: no claim says that it happened"
    return "; by another account ".join(unique(_account(known, event, claims) for claims in accounts[:ACCOUNTS]))


def _account(known: View, event: Event, told: Sequence[Claim]) -> str:
    lead = _fullest(told) or told[0]
    roles = sorted({role.role for claim in told for role in claim.roles})
    slots = {role: join(*names_over(known, told, role)) for role in roles}
    slots["materiel"] = join(items_over(known, told))
    slots["trigger"] = join(unique(claim_slots(known, claim)["trigger"] for claim in told)[:TRIGGERS], "or")
    slots["toll"] = _toll(known, event, lead)
    ground = place_name(known, event.place) or join(place_names(known, lead, "where"))
    ends = {role: join(place_names(known, lead, role)) for role in ("from", "to")}
    slots = complete(slots, {"where": ground, **ends})
    wording = WORDINGS.get(event.type)
    modality = least_hedged(told)
    return bare(event.type, slots) if wording is None else put(wording, slots, modality)


def least_hedged(claims: Iterable[Claim]) -> Modality:
    """The modality of the surest of some claims."""
    return MODALITIES[min(MODALITIES.index(claim.modality) for claim in claims)]


def _toll(known: View, event: Event, lead: Claim) -> str:
    deaths = count_words(event.fatalities.low, event.fatalities.high) if event.type == "casualty" else ""
    return f"{deaths} killed" if deaths else claim_slots(known, lead).get("toll", "")


def _accounts(known: View, told: Sequence[Claim]) -> list[list[Claim]]:
    """The claims in one list, or, where they differ in two roles or more, one list for each filler of one of them."""
    roles = sorted({role.role for claim in told for role in claim.roles})
    open_ = [role for role in roles if names_over(known, told, role)[1] == "or"]
    if len(open_) < 2:
        return [list(told)] if told else []
    by_filler: dict[str, list[Claim]] = {}
    for claim in told:
        if names := resolved_names(known, claim, open_[0]):
            by_filler.setdefault(join(names), []).append(claim)
    return sorted(by_filler.values(), key=lambda claims: (-len(claims), claims[0].id)) or [list(told)]


# ---------------------------------------------------------------- over several claims


def names_over(known: View, claims: Iterable[Claim], role: str) -> tuple[list[str], str]:
    """Who fills a role over some claims, and "and" or "or".

    Words that nothing was resolved for count only where no claim names anyone. "or" where no single claim names all.
    """
    rows = list(claims)
    named = [resolved_names(known, claim, role) for claim in rows]
    return together(named if any(named) else [names_of(known, claim, role) for claim in rows])


def resolved_names(known: View, claim: Claim, role: str) -> list[str]:
    """Names of the entities that fill a role of a claim."""
    found = [known.entity(filler.entity) for filler in claim.roles if filler.role == role]
    return unique(entity.name for entity in found if entity is not None)


def together(per_claim: Sequence[Sequence[str]]) -> tuple[list[str], str]:
    """All names, those most claims give first, and "and" where one claim gives all of them, else "or"."""
    union = unique(name for names in per_claim for name in names)
    counts = Counter(name.casefold() for names in per_claim for name in unique(names))
    ordered = sorted(union, key=lambda name: (-counts[name.casefold()], name.casefold()))
    all_in_one = any({name.casefold() for name in names} >= counts.keys() for names in per_claim)
    return ordered, "and" if all_in_one else "or"


def items_over(known: View, claims: Iterable[Claim]) -> list[str]:
    """Items of some claims in their words; where their counts differ, all counts."""
    rows = list(claims)
    lead = _fullest(rows)
    found: dict[str, list[tuple[Claim, Materiel]]] = {}
    for claim in sorted(rows, key=lambda row: (row is not lead, row.id)):
        for item in claim.materiel:
            found.setdefault(item.item or known.words(claim, item.mention).casefold(), []).append((claim, item))
    # A family beside one of its models is the same thing named twice.
    names = [name for name in found if not any(other.startswith(f"{name}.") for other in found)]
    listed = [_item(known, found[name]) for name in names[:ITEMS]]
    more = len(names) - ITEMS
    return listed + ([f"{more} other item{'' if more == 1 else 's'}"] if more > 0 else [])


def _item(known: View, told: Sequence[tuple[Claim, Materiel]]) -> str:
    bounds: dict[tuple[int | None, int | None], str] = {}
    for claim, item in told:
        if item.quantity is not None:  # "six" and "6" are one count
            bounds.setdefault((item.quantity.low, item.quantity.high), quantity_words(known, claim, item.quantity))
    counts = unique(map(inside, bounds.values()))
    claim, item = next(((c, i) for c, i in told if i.quantity is not None), told[0])
    if len(counts) < 2:
        return materiel_words(known, claim, item)
    name = known.words(claim, item.mention)
    return f"{quoted(name) if name.casefold() in PRONOUNS else name} ({join(counts, 'or')})"
