"""Custody hops: each claim by which materiel, or the means to get it, passes on, is seen or ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tracewire.export.phrases import innermost, role_name
from tracewire.export.view import View
from tracewire.model import Basis, Claim, Materiel, Modality, Polarity

FROM_ROLES = ("giver", "loser", "owner", "backer")
TO_ROLES = ("recipient", "captor", "holder", "user")
_FIGHTING = frozenset({"clash", "strike", "attack", "offensive", "control"})
# Trigger stems that say theft whatever else the sentence holds; the codebook has looting and capture as one type.
_SURRENDER = re.compile(
    r"\b(?:surrender|la(?:y|id|ys|ying) down|g[ai]ve\w* up|turn\w* in|disarm|yield|relinquish)", re.IGNORECASE
)
_THEFT = re.compile(r"\b(?:loot|steal|stole|theft|thieves|plunder|pillag|ransack|robb)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Party:
    """Who gives or holds: the entity where resolved, the name or the quoted words, and how it is known."""

    entity: str | None
    name: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Hop:
    """One step on the path of materiel as one claim has it; empty `giver` or `holder` is a gap in the path.

    `kind` is the codebook's word for the step; `diversion` the mode that the text supports, else "unknown".
    `start` and `end` are ISO dates, None where open.
    """

    claim: str
    event: str | None
    kind: str
    type: str
    giver: tuple[Party, ...]
    holder: tuple[Party, ...]
    items: tuple[Materiel, ...]
    start: str | None
    end: str | None
    place: str | None
    diversion: str
    source: str | None
    modality: Modality
    polarity: Polarity
    opinion: bool
    document: str


def hops(known: View, claims: Iterable[Claim] | None = None) -> list[Hop]:
    """The hops among the claims (all of the record by default), by date, unknown dates last, then by claim."""
    chosen = known.claims.values() if claims is None else claims
    beside = _Beside(known)
    found = [hop for claim in chosen if (hop := _hop(known, claim, beside)) is not None]
    return sorted(found, key=lambda hop: (hop.start or hop.end or "9999", hop.end or "9999", hop.claim))


def _hop(known: View, claim: Claim, beside: _Beside) -> Hop | None:
    row = known.codebook.events.get(claim.type)
    if row is None or row.hop is None:
        return None
    return Hop(
        claim=claim.id,
        event=known.event_of.get(claim.id),
        kind=row.hop,
        type=claim.type,
        giver=tuple(_parties(known, claim, FROM_ROLES)),
        holder=tuple(_parties(known, claim, TO_ROLES)),
        items=claim.materiel,
        start=claim.date.start,
        end=claim.date.end,
        place=next((p.place for p in claim.places if p.role == "where" and p.place is not None), None),
        diversion=_diversion(known, claim, beside),
        source=innermost(claim),
        modality=claim.modality,
        polarity=claim.polarity,
        opinion=claim.opinion,
        document=claim.document,
    )


def _parties(known: View, claim: Claim, roles: tuple[str, ...]) -> Iterator[Party]:
    seen: set[str] = set()
    for role in claim.roles:
        name = role_name(known, claim, role)
        if role.role in roles and name and name.casefold() not in seen:
            seen.add(name.casefold())
            yield Party(role.entity, name, role.basis)


# ---------------------------------------------------------------- diversion


class _Beside:
    """Which types of claim share a sentence with a claim: what supports a diversion mode."""

    def __init__(self, known: View) -> None:
        self._by_sentence: dict[tuple[str, int, int], set[str]] = {}
        for claim in known.claims.values():
            for key in _sentences(claim):
                if claim.polarity == "+":
                    self._by_sentence.setdefault(key, set()).add(claim.type)

    def types(self, claim: Claim) -> set[str]:
        """Types of the claims, itself included, that stand on one of its evidence sentences and are not denied."""
        return set().union(*(self._by_sentence.get(key, set()) for key in _sentences(claim)))


def _sentences(claim: Claim) -> list[tuple[str, int, int]]:
    return [(claim.document, span.start, span.end) for span in claim.evidence]


def _diversion(known: View, claim: Claim, beside: _Beside) -> str:
    """A mode only where words of the claim's own sentences support it."""
    types = beside.types(claim)
    if claim.type == "capture":
        return _capture_mode(known, claim, types)
    if claim.type == "handover":
        if "breakup" in types:
            return "defection_with_arms"
        return "surrender_handover" if _SURRENDER.search(known.words(claim, claim.trigger)) else "unknown"
    if claim.type == "loss" and "transfer" in types:
        return "loss_in_delivery"
    # Whether a transfer was authorised no claim type says: a state may well supply another against an embargo.
    return "unknown"


def _capture_mode(known: View, claim: Claim, types: set[str]) -> str:
    if _THEFT.search(known.words(claim, claim.trigger)):
        return "theft_or_looting"
    return "battlefield_capture" if types & _FIGHTING else "unknown"
