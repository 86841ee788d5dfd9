"""The entities of a record: rows of the codebook that the texts name, and actors that only the texts know."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from tracewire.codebook.rows import ActorRow, OutletRow
from tracewire.model import Basis, Entity, stable_id
from tracewire.resolve.actor_index import ActorIndex, entity_id, stripped
from tracewire.resolve.actor_likeness import content
from tracewire.resolve.actor_links import Split
from tracewire.resolve.actor_words import StatePart
from tracewire.resolve.countries import iso2
from tracewire.resolve.names import keys, words
from tracewire.resolve.nations import Nations

__all__ = ["Found", "Registry", "corpus_key"]

EntityType = Literal["group", "person", "outlet", "state"]
_FIGHTING = frozenset(("rebel group", "political militia", "identity militia"))
_GENERAL_FORCES = re.compile(r"\b(?:armed forces|army|military|defen[cs]e forces?)\b", re.IGNORECASE)
_BRANCH = {
    "air force": re.compile(r"air force|aerospace", re.IGNORECASE),
    "navy": re.compile(r"\bnav(?:y|al)\b", re.IGNORECASE),
}
_NOUN_BRANCH = {"warplanes": "air force", "warplane": "air force", "jets": "air force", "fighter jets": "air force",
                "aircraft": "air force", "air force": "air force", "air forces": "air force", "navy": "navy",
                "warships": "navy"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """The entity of a mention, and whether the text says so, the text implies it, or only knowledge does."""

    entity: str
    basis: Basis


@dataclass(slots=True)
class _Draft:
    type: EntityType
    name: str | None
    part_of: str | None = None
    basis: Literal["knowledge", "corpus"] = "corpus"
    wikidata: str | None = None
    kind: str | None = None
    country: str | None = None
    forms: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    """Those of the forms that are names, not descriptions."""
    fallback: str | None = None
    """The name where the texts never name the entity, only imply it ("the army")."""
    homes: tuple[str, ...] = ()
    scope: str = ""
    """Where a name of common words, or a bare surname, is one actor; "" for names that tell."""
    sides: set[str] = field(default_factory=set)
    """The groups that the texts say a person belongs to."""


def _usual(draft: _Draft) -> str | None:
    """The name that the texts use most often, then at most length; the fallback where they never name it."""
    forms = draft.names if +draft.names else draft.forms
    full = (f for f in forms if " " in f or not any(" " in other for other in forms))
    return min(full, key=lambda f: (-forms[f], -len(f), f), default=draft.fallback)


def corpus_key(name: str, *, person: bool) -> str:
    """What spellings of a name unknown to the codebook have in common: the same key, the same actor."""
    if person:
        return keys(name).article
    return " ".join(sorted(content(name))) or keys(name).article


class Registry:
    """Collects entities with the forms that the texts use; ids do not depend on the order of documents."""

    def __init__(self, index: ActorIndex, nations: Nations) -> None:
        self._index = index
        self._nations = nations
        self._drafts: dict[str, _Draft] = {}
        self._into: dict[str, str] = {}
        self._ids: dict[str, str] = {}
        self._armies: dict[str, list[ActorRow]] = {}
        for row in index.actors.values():
            if row.kind == "state forces" and row.part_of:
                self._armies.setdefault(row.part_of, []).append(row)
        self._wires = frozenset(entity_id("outlet", row.id) for row in index.outlets.values() if row.wire)

    def entities(self) -> tuple[Entity, ...]:
        """All entities by id; one of the texts alone is named as it is named most often, then at most length."""
        return tuple(self._entity(key, self._drafts[key]) for key in sorted(self._drafts))

    def _entity(self, key: str, draft: _Draft) -> Entity:
        external = (("wikidata", draft.wikidata),) if draft.wikidata else ()
        part_of = self.side(key) if draft.type == "person" else draft.part_of
        return Entity(
            id=key, type=draft.type, name=draft.name or _usual(draft) or key,
            forms=tuple(sorted(+draft.forms)), part_of=part_of,
            basis=draft.basis, external=external, kind=draft.kind, country=draft.country,
        )  # fmt: skip

    def country(self, words: str) -> str | None:
        """The country (alpha-2) that words name; None where they name none."""
        return self._nations.country(words)

    def is_whole_army(self, entity: str) -> bool:
        """Whether an entity of a state's forces is its army as a whole and no branch or corps."""
        draft = self._drafts[entity]
        return _GENERAL_FORCES.search(draft.name or draft.fallback or "") is not None

    def home(self, entity: str) -> str | None:
        """The country (alpha-2) of a group that is no state's; None for all others."""
        draft = self._drafts[entity]
        return iso2(draft.country) if draft.type == "group" and draft.country and not self.state_of(entity) else None

    def homes(self, entity: str) -> tuple[str, ...]:
        """The countries (alpha-2) that an armed group of the codebook fights in; () for all others."""
        draft = self._drafts[entity]
        return draft.homes if draft.kind in _FIGHTING else ()

    def unknown_name(self, entity: str) -> str | None:
        """The name of an actor that only the texts know; None for one of the codebook."""
        draft = self._drafts[entity]
        return draft.fallback if draft.basis == "corpus" else None

    def is_wire(self, entity: str) -> bool:
        """Whether an entity is a news agency of the codebook."""
        return entity in self._wires

    def form(self, entity: str, words: str, *, name: bool = True) -> None:
        """Note a form that a text uses for an entity; `name` is False for a description of it."""
        if plain := stripped(words):
            self._drafts[entity].forms[plain] += 1
            self._drafts[entity].names[plain] += name

    def state_of(self, entity: str) -> str | None:
        """The country (alpha-2) whose state or arm an entity is; None for all others."""
        draft = self._drafts[entity]
        state = draft.type == "state" or draft.kind in ("state forces", "state agency")
        return iso2(draft.country) if state and draft.country else None

    def draft(self, entity: str) -> tuple[EntityType, str | None, str | None]:
        """Type, kind and part-of of an entity."""
        row = self._drafts[entity]
        return row.type, row.kind, row.part_of

    def known(self, key: str) -> str:
        """The entity of a row of the index, with those that it is part of."""
        identity = self._ids.get(key)
        if identity is None:
            kind, _, row_id = key.partition(":")
            self._ids[key] = identity = entity_id(kind, row_id)
        if identity in self._into:
            return self._into[identity]
        if identity not in self._drafts:
            row = self._index.row(key)
            self._drafts[identity] = _Draft("group", row.name, basis="knowledge")
            self._fill(self._drafts[identity], row)
        return identity

    def _fill(self, draft: _Draft, row: ActorRow | OutletRow) -> None:
        if isinstance(row, OutletRow):
            draft.type, draft.country = "outlet", row.country
            return
        draft.type = row.type  # type: ignore[assignment]  # checked by the codebook's loader
        draft.kind, draft.wikidata = row.kind, row.wikidata
        if row.name.isupper() and row.aliases:
            draft.fallback = row.aliases[0]
        draft.country = row.countries[0] if row.countries else None
        draft.homes = tuple(two for code in row.countries if (two := iso2(code)))
        draft.part_of = self.known(f"actor:{row.part_of}") if row.part_of else None

    def state(self, country: str) -> str:
        """The entity of a state (alpha-2), also of one that the codebook lacks."""
        row = self._nations.state(country)
        if row is not None:
            return self.known(f"actor:{row.id}")
        alpha3 = self._nations.alpha3(country) or country
        identity = stable_id("e", "state", alpha3)
        name = self._nations.name(country)
        self._drafts.setdefault(identity, _Draft("state", name, basis="knowledge", kind="state", country=alpha3))
        return identity

    def state_part(self, part: StatePart) -> str:
        """The entity of a state, of its forces, or of one of its agencies."""
        state = self.state(part.country)
        if part.part == "state":
            return state
        if part.part == "forces" and (row := self._forces(part)) is not None:
            return self.known(f"actor:{row.id}")
        noun = "forces" if part.part == "forces" else part.noun
        kind = "state forces" if part.part == "forces" else "state agency"
        identity = stable_id("e", "corpus", "state", part.country, noun)
        draft = _Draft("group", None, state, "corpus", None, kind, self._nations.alpha3(part.country))
        draft.fallback = f"{'armed forces' if noun == 'forces' else noun} of {self._nations.name(part.country)}"
        self._drafts.setdefault(identity, draft)
        return identity

    def _forces(self, part: StatePart) -> ActorRow | None:
        """The codebook's row for a state's forces: the branch that the noun names, else the army as a whole."""
        state = self._nations.state(part.country)
        if state is None:
            return None
        rows = self._armies.get(state.id, [])
        branch = _BRANCH.get(_NOUN_BRANCH.get(part.noun, ""))
        whole = "armed forces"
        for pattern in (branch, _GENERAL_FORCES):
            fits = [r for r in rows if pattern is not None and pattern.search(r.name)]
            if pattern is _GENERAL_FORCES and not fits:  # named in its own language: the Tatmadaw
                demonym = f"{state.name} armed forces".casefold()
                fits = [r for r in rows if any(demonym == alias.casefold() for alias in r.aliases)]
            if fits:
                return min(fits, key=lambda r: (r.until is not None, whole not in r.name.casefold(), len(r.name), r.id))
        return None

    def corpus(self, name: str, type_: EntityType, *, scope: str = "", part_of: str | None = None) -> str:
        """The entity of a name that only the texts know; `scope` keeps a bare surname to its document."""
        key = corpus_key(name, person=type_ == "person")
        identity = stable_id("e", "corpus", type_, key, scope) if scope else stable_id("e", "corpus", type_, key)
        identity = self._into.get(identity, identity)
        draft = self._drafts.setdefault(identity, _Draft(type_, None, part_of, scope=scope))
        if draft.fallback is None or name < draft.fallback:
            draft.fallback = name
        return identity

    def takes_side(self, person: str, group: str) -> None:
        """Note that a text says whose man somebody is; what the codebook knows of him goes first."""
        if self._drafts[person].type == "person" and self._drafts[group].type in ("group", "state"):
            self._drafts[person].sides.add(group)

    def side(self, person: str) -> str | None:
        """The one side of a person: the codebook's, else what the texts say; None where they say several or none."""
        draft = self._drafts[person]
        if draft.part_of is not None:
            return draft.part_of
        return next(iter(draft.sides)) if len(draft.sides) == 1 else None

    def name_words(self, entity: str) -> tuple[str, ...]:
        """The words of the name that the codebook has for an entity, of its full form too; () where it has none."""
        draft = self._drafts[entity]
        return words(f"{draft.name} {draft.fallback or ''}") if draft.name else ()

    def ids(self) -> frozenset[str]:
        """The ids of all entities so far."""
        return frozenset(self._drafts)

    def unknown(self) -> Iterator[tuple[str, EntityType, str, str]]:
        """Id, type, name and scope of the groups and people that only the texts know, by id."""
        for key in sorted(self._drafts):
            draft = self._drafts[key]
            of_texts = draft.basis == "corpus" and draft.name is None and draft.kind is None
            if of_texts and draft.fallback and draft.type in ("group", "person"):
                yield key, draft.type, draft.fallback, draft.scope

    def part(self, split: Split, form: str) -> str:
        """The entity that a reviewer parts from another; the form goes along."""
        identity = stable_id("e", "split", split.entity, *sorted(split.forms), "", *sorted(split.documents))
        old = self._drafts[split.entity]
        new = self._drafts.setdefault(identity, _Draft(old.type, None, kind=old.kind, fallback=form))
        if old.forms[form] > 0:
            for before, after in ((old.forms, new.forms), (old.names, new.names)):
                if before[form] > 0:
                    before[form] -= 1
                    after[form] += 1
        return identity

    def keep_names(self, ids: Iterable[str]) -> None:
        """Entities that a reviewer let others be go on under the name that they had."""
        for draft in filter(None, map(self._drafts.get, ids)):
            draft.name = draft.name or _usual(draft)

    def fold(self, into: Mapping[str, str]) -> None:
        """Let entities be others (old id -> new id): their forms and sides go along."""
        self._into.update(into)
        for old, new in sorted(into.items()):
            gone = self._drafts.pop(old)
            self._drafts[new].forms.update(gone.forms)
            self._drafts[new].names.update(gone.names)
            self._drafts[new].sides |= gone.sides
        for draft in self._drafts.values():
            draft.sides = {into.get(side, side) for side in draft.sides}
            draft.part_of = into.get(draft.part_of, draft.part_of) if draft.part_of else None
