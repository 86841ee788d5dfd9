"""Claims in plain words: what is unknown is left out, nothing is added."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby

from tracewire.codebook.speech_acts import denies
from tracewire.export.plain import date_words, join, quoted, unique
from tracewire.export.view import View
from tracewire.export.wording import ADVERBS, DENIAL, NEGATED, TOLLS, WORDINGS, Wording
from tracewire.model import Attribution, Casualty, Claim, Materiel, Quantity, Role

_OPTIONAL = re.compile(r"\[([^\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
PRONOUNS = frozenset({"it", "them", "they", "this", "that", "these", "those", "which", "some", "ones", "others"})
"""Words that name no item by themselves."""
UNTOLD = frozenset({"planned", "conditional"})
"""Modalities of deeds that the source does not say were done."""


def describe_claim(known: View, claim: Claim) -> str:
    """One line: what is said to have happened, when, where, and who says so."""
    parts = [deed(known, claim), date_words(claim.date.start, claim.date.end), place_words(known, claim)]
    return "; ".join(part for part in parts if part) + f" ({who_words(claim)})"


def told_as_done(claim: Claim) -> bool:
    """Whether the claim says that something happened: not denied, planned, conditional, opinion or rejected."""
    return (
        claim.polarity == "+" and claim.modality not in UNTOLD and not claim.opinion and claim.judgement != "rejected"
    )


# ---------------------------------------------------------------- deeds


def deed(known: View, claim: Claim) -> str:
    """What the claim says, without date and source; a denial begins with "denied or negated"."""
    slots = claim_slots(known, claim)
    wording = WORDINGS.get(claim.type)
    if wording is None:
        text = bare(claim.type, slots)
    elif claim.polarity == "-":
        noun = DENIAL if is_denial(claim) else NEGATED.get(claim.type, wording.noun)
        text = put(Wording(noun), slots, claim.modality)
    else:
        text = put(wording, slots, claim.modality)
    denied = claim.polarity == "-" and claim.type not in NEGATED
    return f"{'denied or negated: ' if denied else ''}{text}{' (opinion)' if claim.opinion else ''}"


def is_denial(claim: Claim) -> bool:
    """Whether somebody says no to a claim, which is more than not confirming it."""
    return claim.type == "verification" and claim.polarity == "-" and denies(claim)


def bare(type_: str, slots: Mapping[str, str]) -> str:
    """The roles as they are named: for a type that an outside reader brought."""
    return f"{type_} ({'; '.join(f'{name}: {value}' for name, value in sorted(slots.items()))})"


def put(wording: Wording, slots: Mapping[str, str], modality: str) -> str:
    """The first sentence whose slots are all known, or the noun phrase."""
    if modality not in UNTOLD:
        adverb = f"{ADVERBS[modality]} " if modality in ADVERBS else ""
        for sentence in wording.sentences:
            if text := _fill(sentence.replace("*", adverb), slots):
                return text
    adjective = "" if modality == "asserted" else f"{modality} "
    noun = wording.noun
    if noun.endswith("*"):
        noun = noun[:-1] + (f" ({modality})" if adjective else "")
    return _fill(noun.replace("*", adjective), slots) or modality


def _fill(pattern: str, slots: Mapping[str, str]) -> str | None:
    def group(found: re.Match[str]) -> str:
        return found[1] if all(slots.get(name) for name in _SLOT.findall(found[1])) else ""

    text = _OPTIONAL.sub(group, pattern)
    if not all(slots.get(name) for name in _SLOT.findall(text)):
        return None
    return _SLOT.sub(lambda found: slots[found[1]], text)


def claim_slots(known: View, claim: Claim) -> dict[str, str]:
    """The slots of the claim's pattern, in the document's words where nothing is resolved."""
    slots = {name: join(names_of(known, claim, name)) for name in sorted({role.role for role in claim.roles})}
    slots["trigger"] = quoted(known.words(claim, claim.trigger))
    if claim.materiel:
        slots["materiel"] = join([materiel_words(known, claim, item) for item in claim.materiel])
    if claim.type == "casualty":
        slots["toll"] = join(unique(toll_words(known, claim, toll) for toll in claim.casualties)) or "casualties"
    places = {role: join(place_names(known, claim, role)) for role in ("where", "from", "to")}
    return complete(slots, places)


def complete(slots: dict[str, str], places: Mapping[str, str]) -> dict[str, str]:
    """Slots that stand for one another: things destroyed, ground taken, means of an attack, ends of a movement."""
    joined = {
        "thing": join([slots[name] for name in ("materiel", "facility") if name in slots]),
        "ground": slots.get("facility") or places["where"],
        "instrument": slots.get("instrument") or slots.get("materiel", ""),
        "origin": slots.get("origin") or places["from"],
        "destination": slots.get("destination") or places["to"],
    }
    return {name: value for name, value in {**slots, **joined}.items() if value}


# ---------------------------------------------------------------- names


def names_of(known: View, claim: Claim, role: str) -> list[str]:
    """Who fills a role of a claim: names of entities, or the document's words in quotation marks."""
    return unique(role_name(known, claim, filler) for filler in claim.roles if filler.role == role)


def role_name(known: View, claim: Claim, role: Role) -> str:
    """The entity's name, else the document's words in quotation marks, else ""."""
    if (entity := known.entity(role.entity)) is not None:
        return entity.name
    return "" if role.mention is None else quoted(known.words(claim, role.mention))


def materiel_words(known: View, claim: Claim, item: Materiel) -> str:
    """An item with its count, in the document's words."""
    name = known.words(claim, item.mention)
    count = quantity_words(known, claim, item.quantity)
    covered = item.quantity is not None and item.quantity.quote.start >= item.mention.start
    if name.casefold() in PRONOUNS:
        return f"{inside(count)} of {quoted(name)}" if count else quoted(name)
    if not count or (covered and count in name):
        return inside(name) if count and name.startswith(count) else name
    return f"{inside(count)} {name}"


def inside(words: str) -> str:
    """Words that open a sentence of the document, as they stand within one: "at least 15", "IED" as it is."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def quantity_words(known: View, claim: Claim, quantity: Quantity | None) -> str:
    """The phrase of a quantity as the document has it; "" where there is none."""
    return "" if quantity is None else known.words(claim, quantity.quote)


def toll_words(known: View, claim: Claim, toll: Casualty) -> str:
    """A count of people and what befell them."""
    count = inside(quantity_words(known, claim, toll.quantity)) or ("people" if toll.what != "unspecified" else "")
    return f"{count} {TOLLS[toll.what]}".strip()


def item_name(known: View, item: str) -> str:
    """The codebook's name of an item, or its id where the codebook has no such row."""
    return known.codebook.materiel[item].name if item in known.codebook.materiel else item


# ---------------------------------------------------------------- places


def place_names(known: View, claim: Claim, role: str) -> list[str]:
    """Places of a claim in one role; words that no place was found for stand in quotation marks."""
    names = []
    for place in claim.places:
        if place.role == role and place.place in known.places:
            names.append(place_name(known, place.place))
        elif place.role == role and place.mention is not None:
            names.append(quoted(known.words(claim, place.mention)))
    return unique(names)


def place_name(known: View, place: str | None) -> str:
    """Name and first-level region of a place; "" where it is unknown."""
    row = known.place(place)
    if row is None:
        return ""
    return row.name if row.admin1 in (None, row.name) else f"{row.name} ({row.admin1})"


def place_words(known: View, claim: Claim) -> str:
    """All places of a claim: where, then from, to and via."""
    parts = [join(place_names(known, claim, "where"))]
    parts += [f"{role} {names}" for role in ("from", "to", "via") if (names := join(place_names(known, claim, role)))]
    return ", ".join(part for part in parts if part)


# ---------------------------------------------------------------- who says so


def who_words(claim: Claim) -> str:
    """Who says so, innermost first: "activists, via the monitor, in the Gazette"."""
    by_role = {role: _whos(claim.attribution, role) for role in ("primary", "relay", "publisher", "republisher")}
    if by_role["primary"].casefold() == by_role["publisher"].casefold():
        by_role["primary"] = ""  # "the Gazette could not verify it", in the Gazette
    if not by_role["primary"] and not by_role["relay"]:
        return f"{by_role['publisher']}, in its own words" if by_role["publisher"] else "source unknown"
    first = by_role["primary"] or by_role["relay"]
    parts = [
        first,
        by_role["primary"] and by_role["relay"] and f"via {by_role['relay']}",
        by_role["publisher"] and f"in {by_role['publisher']}",
        by_role["republisher"] and f"republished by {by_role['republisher']}",
    ]
    return ", ".join(part for part in parts if part)


def _whos(links: Sequence[Attribution], role: str) -> str:
    return join(unique(link.who for link in links if link.role == role))


def chain_words(claim: Claim) -> str:
    """The chain of who says so with arrows, innermost first."""
    return " → ".join(who for who, _ in groupby(link.who for link in claim.attribution))


def innermost(claim: Claim) -> str | None:
    """Who saw it or says it first; None where the chain is empty."""
    return claim.attribution[0].who if claim.attribution else None


def speaks_of_own_deed(known: View, claim: Claim) -> bool:
    """Whether the innermost source, or what it is part of, fills a role of the claim: a party, so perhaps a boast."""
    if not claim.attribution or claim.attribution[0].role == "publisher":
        return False
    actors = {role.entity for role in claim.roles if role.entity is not None}
    return bool(lineage(known, claim.attribution[0].entity) & actors)


def lineage(known: View, entity: str | None) -> set[str]:
    """An entity and all that it is part of."""
    found: set[str] = set()
    row = known.entity(entity)
    while row is not None and row.id not in found:
        found.add(row.id)
        row = known.entity(row.part_of)
    return found
