"""From what a reader found to claims: every mention index becomes an entity, place, date, quantity or item."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from tracewire.codebook.speech_acts import stance
from tracewire.model import (
    Argument,
    Attribution,
    Basis,
    Casualty,
    Claim,
    ClaimDate,
    Document,
    Materiel,
    Mention,
    PlaceRole,
    Quantity,
    ReadClaim,
    Role,
    Span,
    claim_id,
)
from tracewire.resolve.actors import ActorResolver, Found
from tracewire.resolve.attribution import claim_chain
from tracewire.resolve.context import TextView
from tracewire.resolve.counting import Counted, counts_in
from tracewire.resolve.dating import ClaimDates
from tracewire.resolve.materiel import MaterielResolver
from tracewire.resolve.quantities import parse_quantity

__all__ = ["ClaimMaker"]

Fate = Literal["killed", "wounded", "missing", "unspecified"]
Where = Literal["where", "from", "to", "via"]
REACH = 10
"""Characters from a number without a noun to the verb that it belongs to ("16 were captured")."""
DIRECTIONS: dict[str, Where] = {"origin": "from", "destination": "to", "transit": "via"}
_FATES: tuple[tuple[Fate, re.Pattern[str]], ...] = (
    (
        "killed",
        re.compile(
            r"\b(?:kill|dea[dt]|die[ds]?\b|dying|slain|slay|murder|execut|massacr|perish|fatal|lives\b|assassinat|behead"
            r"|slaughter|decapitat|martyr|body|bodies)",
            re.IGNORECASE,
        ),
    ),
    ("wounded", re.compile(r"\b(?:wound|injur|hurt|maim)", re.IGNORECASE)),
    ("missing", re.compile(r"\b(?:missing|disappear)", re.IGNORECASE)),
)


class ClaimMaker:
    """Makes the claims of one document; `mentions` carry their entities and places, `bases` how these were reached."""

    def __init__(
        self,
        document: Document,
        view: TextView,
        mentions: Sequence[Mention],
        bases: Mapping[int, Found],
        materiel: MaterielResolver,
        actors: ActorResolver,
    ) -> None:
        self._document, self._view, self._mentions, self._bases = document, view, mentions, bases
        self._materiel, self._actors = materiel, actors
        self._counts = counts_in(view.text)

    def make(self, claims: Sequence[ReadClaim], chain: Sequence[Attribution], reader: str) -> list[Claim]:
        """Claims in document order, repeats of the same words folded into one with further evidence."""
        counts: dict[tuple[str, int, int], int] = {}
        made: list[Claim] = []
        ordered = sorted(claims, key=lambda c: (c.trigger.start, c.trigger.end, c.type))
        dates = ClaimDates(self._document, self._view, self._mentions, ordered)
        for number, claim in enumerate(ordered):
            key = (claim.type, claim.trigger.start, claim.trigger.end)
            counts[key] = counts.get(key, -1) + 1
            made.append(self._claim(claim, chain, reader, counts[key], dates.date(number, claim)))
        return _folded(made)

    def _claim(
        self, claim: ReadClaim, chain: Sequence[Attribution], reader: str, ordinal: int, when: ClaimDate
    ) -> Claim:
        counted = self._counted(claim)
        return Claim(
            id=claim_id(self._document.id, claim.type, claim.trigger, ordinal),
            document=self._document.id,
            type=claim.type,
            trigger=claim.trigger,
            polarity=stance(claim),
            modality=claim.modality,
            cue=claim.cue,
            opinion=claim.opinion,
            roles=self._roles(claim, counted),
            materiel=self._items(claim, counted),
            casualties=self._casualties(claim, counted),
            places=self._places(claim),
            date=when,
            attribution=claim_chain(claim, self._mentions, self._view, chain),
            segment=claim.segment,
            evidence=claim.evidence,
            reader=reader,
            confidence=claim.confidence,
        )

    # ------------------------------------------------------------ actors and other roles

    def _roles(self, claim: ReadClaim, counted: Mapping[int, int]) -> tuple[Role, ...]:
        """Every argument that is no item and no count of one; facilities and loose counts keep their words."""
        used = set(counted.values()) if claim.type != "casualty" else {a.mention for a in claim.arguments}
        roles = []
        for argument in claim.arguments:
            mention = self._mentions[argument.mention]
            if argument.role == "quantity" and argument.mention in used:
                continue
            if self._is_item(argument) or (argument.role in DIRECTIONS and mention.type in ("PLACE", "FACILITY")):
                continue
            roles.append(Role(argument.role, mention.entity, mention.span, self._basis(argument)))
        return tuple(roles)

    def _basis(self, argument: Argument) -> Basis:
        if argument.inferred:
            return "inferred"
        found = self._bases.get(argument.mention)
        return found.basis if found else "stated"

    # ------------------------------------------------------------ items and counts

    def _is_item(self, argument: Argument) -> bool:
        instrument = argument.role == "instrument" and self._mentions[argument.mention].type == "MATERIEL"
        return argument.role == "materiel" or instrument

    def _counted(self, claim: ReadClaim) -> dict[int, int]:
        """What is counted -> its count: as the reader paired them, or the only two there are."""
        if claim.quantity_of:
            return {counted: quantity for quantity, counted in claim.quantity_of}
        counts = [a.mention for a in claim.arguments if a.role == "quantity"]
        things = [a.mention for a in claim.arguments if a.role in ("materiel", "victim")]
        return {things[0]: counts[0]} if len(counts) == len(things) == 1 else {}

    def _quantity(self, index: int | None) -> Quantity | None:
        if index is None:
            return None
        span = self._mentions[index].span
        return parse_quantity(span, self._view.words(span))

    def _items(self, claim: ReadClaim, counted: Mapping[int, int]) -> tuple[Materiel, ...]:
        items = []
        for pieces in self._things(claim):
            span = self._whole(pieces)
            found = self._materiel.resolve(
                self._view.words(span), self._view.before(span, 200), self._view.after(span, 200)
            )
            supplier = self._actors.named(found.supplied_by) if found.supplied_by else None
            counts = [self._quantity(counted.get(i)) or self._count_of(self._mentions[i], claim) for i in pieces]
            quantity = next((count for count in counts if count is not None), None)
            items.append(Materiel(found.item, span, quantity, found.made_in, supplier))
        return tuple(items)

    def _things(self, claim: ReadClaim) -> list[list[int]]:
        """The mentions of each item: one, or the pieces in which a reader took one phrase ("TOW", "missiles")."""
        things: list[list[int]] = []
        for argument in filter(self._is_item, claim.arguments):
            mention = self._mentions[argument.mention]
            before = self._mentions[things[-1][-1]] if things else None
            if before is not None and self._goes_on(before, mention):
                things[-1].append(argument.mention)
            else:
                things.append([argument.mention])
        return things

    def _goes_on(self, before: Mention, mention: Mention) -> bool:
        if before.type != "MATERIEL" or mention.type != "MATERIEL" or self._view.words(before.span).endswith("s"):
            return False
        between = self._view.between(before.span, mention.span)
        return between is not None and between.strip(" \n") in ("", "-")

    def _whole(self, pieces: Sequence[int]) -> Span:
        first, last = self._view.at(self._mentions[pieces[0]].span), self._view.at(self._mentions[pieces[-1]].span)
        if len(pieces) == 1 or first is None or last is None:
            return self._mentions[pieces[0]].span
        return self._document.span(first[0], last[1])

    def _casualties(self, claim: ReadClaim, counted: Mapping[int, int]) -> tuple[Casualty, ...]:
        if claim.type != "casualty":
            return ()
        what = _fate(self._view.words(claim.trigger))
        stated = [a.mention for a in claim.arguments if a.role == "quantity"]
        indices = sorted({*stated, *counted.values()}, key=lambda i: self._mentions[i].span.start)
        counts = [q for i in indices if (q := self._quantity(i)) is not None] or self._victims(claim)
        return tuple(Casualty(what, q) for q in counts) or (Casualty(what, None),)

    def _count_of(self, mention: Mention, claim: ReadClaim) -> Quantity | None:
        """The count that the text gives a mention where the reader paired none ("a howitzer", "52 Pantheras")."""
        at = self._view.at(mention.span)
        return self._as_quantity(at, claim) if at is not None else None

    def _victims(self, claim: ReadClaim) -> list[Quantity]:
        """Counts on the victims, or on the word for what became of them ("two drowned"), where the reader gave none."""
        spans = [self._mentions[a.mention].span for a in claim.arguments if a.role == "victim"]
        places = [at for span in (*spans, claim.trigger) if (at := self._view.at(span)) is not None]
        found = (self._as_quantity(at, claim) for at in places)
        return list(dict.fromkeys(q for q in found if q is not None))

    def _as_quantity(self, at: tuple[int, int], claim: ReadClaim) -> Quantity | None:
        """The last count whose noun lies in a stretch; none of a thing is no count of what is denied."""
        on_it = [c for c in self._counts if at[0] <= c.head[0] < at[1]]
        counted = on_it[-1] if on_it else self._said_alone(at)
        if counted is None or (counted.bounds.high == 0 and claim.polarity == "-"):
            return None
        if counted.bounds.rule == "unknown" and not self._view.text[counted.start : counted.end].endswith(" of"):
            return None  # "more weapons", "small arms"
        return counted.bounds.on(self._document.span(counted.start, counted.end))

    def _said_alone(self, at: tuple[int, int]) -> Counted | None:
        """ "16 were captured": a number without a noun right before what it tells."""
        near = [c for c in self._counts if c.head == (c.start, c.end) and 0 <= at[0] - c.end <= REACH]
        return near[-1] if near else None

    # ------------------------------------------------------------ where

    def _places(self, claim: ReadClaim) -> tuple[PlaceRole, ...]:
        """Places of the claim, where things move from and to, and a located facility that it is about."""
        pairs: list[tuple[int, Where]] = [(a.mention, _where(a.role)) for a in claim.places]
        for argument in claim.arguments:
            mention = self._mentions[argument.mention]
            if argument.role in DIRECTIONS and mention.type in ("PLACE", "FACILITY"):
                pairs.append((argument.mention, DIRECTIONS[argument.role]))
            elif argument.role == "facility" and mention.place:
                pairs.append((argument.mention, "where"))
        found = ((self._mentions[i], role) for i, role in dict.fromkeys(pairs))
        return tuple(PlaceRole(mention.place, mention.span, role) for mention, role in found)


def _where(role: str) -> Where:
    return "from" if role == "from" else "to" if role == "to" else "via" if role == "via" else "where"


def _fate(trigger: str) -> Fate:
    """What became of the victims, by the trigger; two fates in one trigger leave it unspecified."""
    fates = [fate for fate, pattern in _FATES if pattern.search(trigger)]
    return fates[0] if len(fates) == 1 else "unspecified"


def _folded(claims: Sequence[Claim]) -> list[Claim]:
    """One claim for words that stand twice in a document; the repeats are further evidence."""
    first: dict[tuple[str, ...], Claim] = {}
    for claim in claims:
        texts = (" ".join(span.quote.split()) for span in claim.evidence)
        offset = claim.trigger.start - claim.evidence[0].start if claim.evidence else 0
        key = (claim.type, claim.trigger.quote, claim.polarity, str(offset), *texts)
        known = first.get(key)
        if known is None or not claim.evidence:
            first[key if known is None else (*key, claim.id)] = claim
        else:
            fresh = tuple(span for span in claim.evidence if span not in known.evidence)
            first[key] = replace(known, evidence=known.evidence + fresh) if fresh else known
            if not fresh:
                first[(*key, claim.id)] = claim
    return list(first.values())
