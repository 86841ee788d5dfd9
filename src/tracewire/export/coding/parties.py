"""Who did it and to whom, as coded formats want it: one main party a side, the rest beside it, never a label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tracewire.export.coding.nations import nation
from tracewire.export.coding.words import says
from tracewire.export.view import View
from tracewire.lang import load_words
from tracewire.model import Claim, Entity, Role

SIDES: dict[str, tuple[str, str | None]] = {
    "transfer": ("giver", "recipient"),
    "capture": ("captor", "loser"),
    "handover": ("giver", "recipient"),
    "loss": ("loser", None),
    "destruction": ("attacker", "owner"),
    "possession": ("holder", None),
    "use": ("user", "target"),
    "clash": ("actor", "opponent"),
    "strike": ("attacker", "target"),
    "attack": ("attacker", "target"),
    "offensive": ("actor", "opponent"),
    "casualty": ("attacker", "victim"),
    "control": ("holder", "loser"),
    "movement": ("actor", None),
    "alignment": ("actor", "counterpart"),
    "breakup": ("actor", "counterpart"),
    "support": ("backer", "recipient"),
    "talks": ("actor", "counterpart"),
    "statement": ("speaker", "addressee"),
    "publication": ("publisher", None),
    "detention": ("detainer", "detainee"),
    "sanction": ("actor", "target"),
}
"""The role that acts and the role that is acted on, by claim type."""

STATE_KINDS = frozenset({"state", "state forces", "state agency"})
ARMED_KINDS = frozenset({"rebel group", "political militia", "identity militia"})


@dataclass(frozen=True, slots=True)
class Party:
    """A party: an entity, or what an unnamed one is (`kind` civilians, forces or armed), with the document's words."""

    entity: Entity | None
    kind: str | None
    words: str

    @property
    def name(self) -> str:
        """The entity's name; "" for an unnamed party."""
        return "" if self.entity is None else self.entity.name

    @property
    def country(self) -> str | None:
        """Alpha-2 code of the entity's country."""
        found = nation(self.entity.country) if self.entity is not None else None
        return None if found is None else found.code

    @property
    def state(self) -> bool:
        """Whether it is a state or an arm of one."""
        return self.entity is not None and self.kind in STATE_KINDS

    @property
    def civilian(self) -> bool:
        """Whether it is people who bear no arms."""
        return self.kind in ("civilians", "non-governmental organisation")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a deed: `main` as most accounts name it, `beside` who stand with it, `instead` other accounts."""

    main: Party | None
    beside: tuple[Party, ...] = ()
    instead: tuple[Party, ...] = ()


NOBODY = Side(None)


def side(known: View, claims: Iterable[Claim], role: str | None) -> Side:
    """Who fills a role over some claims; unnamed parties count only where no claim names anyone."""
    if role is None:
        return NOBODY
    told = [_parties(known, claim, role) for claim in claims]
    named = [[party for party in parties if party.entity is not None] for parties in told]
    chosen = named if any(named) else [[party for party in parties if party.kind is not None] for parties in told]
    return _side([parties for parties in chosen if parties])


def _side(told: Sequence[Sequence[Party]]) -> Side:
    if not told:
        return NOBODY
    counts = Counter(_key(party) for parties in told for party in {_key(p): p for p in parties}.values())
    first = {_key(p): p for parties in reversed(told) for p in reversed(parties)}
    order = sorted(counts, key=lambda key: (-counts[key], key))
    main = order[0]
    with_main = {_key(p) for parties in told if main in map(_key, parties) for p in parties}
    beside = tuple(first[key] for key in order[1:] if key in with_main)
    return Side(first[main], beside, tuple(first[key] for key in order[1:] if key not in with_main))


def _key(party: Party) -> str:
    return f"=:{party.entity.id}" if party.entity is not None else f"~:{party.kind}"


def _parties(known: View, claim: Claim, role: str) -> list[Party]:
    found = (party_of(known, claim, filler) for filler in claim.roles if filler.role == role)
    return list({_key(party): party for party in found if party is not None}.values())


def party_of(known: View, claim: Claim, role: Role) -> Party | None:
    """The party behind a role: a person stands for the group, an outlet for nobody; None where nobody is known."""
    words = "" if role.mention is None else known.words(claim, role.mention)
    entity = _group(known, known.entity(role.entity))
    if entity is not None and entity.name.casefold() not in _loaded():
        return Party(entity, entity.kind, words)
    if role.entity is not None and entity is None:
        return None  # a person on nobody's side, an outlet
    kind = kind_of(words)
    return None if kind is None else Party(None, kind, words)


def _group(known: View, entity: Entity | None) -> Entity | None:
    seen: set[str] = set()
    while entity is not None and entity.type in ("person", "outlet") and entity.id not in seen:
        seen.add(entity.id)
        entity = known.entity(entity.part_of)
    return entity if entity is not None and entity.type in ("group", "state") else None


@lru_cache(maxsize=1)
def _loaded() -> frozenset[str]:
    """Labels that somebody puts on an opponent: never the name of an actor."""
    return frozenset(load_words("en", "actor_words")["loaded"])


def kind_of(words: str) -> str | None:
    """What an unnamed party is by its words: civilians, forces of a state, armed men; None where they do not say."""
    return next((kind for kind in ("civilians", "forces", "armed") if says("parties", kind, words)), None)


def related(known: View, left: Entity, right: Entity) -> bool:
    """Whether one is the other or part of it."""
    return bool(_line(known, left) & {right.id}) or bool(_line(known, right) & {left.id})


def _line(known: View, entity: Entity) -> set[str]:
    found: set[str] = set()
    row: Entity | None = entity
    while row is not None and row.id not in found:
        found.add(row.id)
        row = known.entity(row.part_of)
    return found
