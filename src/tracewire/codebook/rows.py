"""The row types of the codebook files; field names are the keys that stand in the TOML."""

from __future__ import annotations

from dataclasses import dataclass

ACTOR_TYPES = ("group", "person", "state", "outlet")
ACTOR_KINDS = (
    "state", "state forces", "state agency", "rebel group", "political militia", "identity militia",
    "coalition", "external forces", "international organisation", "non-governmental organisation",
    "company", "party", "leader", "civilians",
)  # fmt: skip
"""What an actor is; the first four words are ACLED's actor kinds where ACLED has one."""


@dataclass(frozen=True, slots=True)
class EventType:
    """A claim type: its roles and what it becomes in ACLED, PLOVER and a custody path."""

    name: str
    family: str
    title: str
    actors: tuple[str, ...]
    things: tuple[str, ...]
    acled: tuple[tuple[str, str], ...]
    plover_event: str | None
    plover_planned: str | None
    plover_modes: tuple[str, ...]
    plover_context: str | None
    hop: str | None
    diversion: tuple[str, ...]

    @property
    def roles(self) -> tuple[str, ...]:
        """All roles, actors first."""
        return self.actors + self.things


SALW = (
    "revolvers and self-loading pistols", "rifles and carbines", "sub-machine guns", "assault rifles",
    "light machine guns", "other small arms", "heavy machine guns",
    "hand-held, under-barrel and mounted grenade launchers", "portable anti-tank guns", "recoilless rifles",
    "portable anti-tank missile launchers and rocket systems", "mortars under 75 mm", "other light weapons",
)  # fmt: skip
"""Lines of the UN Register's form for small arms and light weapons; the first six are small arms."""


@dataclass(frozen=True, slots=True)
class MaterielRow:
    """A family, model or variant of materiel, by dotted id: "atgm", "atgm.tow" (model), "atgm.tow.bgm-71e" (variant).

    `aliases` match without regard to case, `exact` only as written. `doubtful` names are also people, places or plain
    words: they match as written (in lower case without regard to it) and count only beside evidence of arms. `made_in`
    is an ISO 3166-1 alpha-3 code, `salw` a line of SALW. A variant that gives none of these takes its model's.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    unroca: str | None = None
    unroca_doubt: str | None = None
    salw: str | None = None
    made_in: str | None = None
    ambiguous: bool = False
    source: str = ""

    @property
    def family(self) -> str:
        """Id of the family: what stands before the first dot."""
        return self.id.partition(".")[0]

    @property
    def parent(self) -> str:
        """Id of the row it may be a kind of: what stands before the last dot; "" for a family."""
        return self.id.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor. `aliases` match without regard to case, `exact` (abbreviations, short names) only as written.

    `countries` are ISO 3166-1 alpha-3; `since`, `until` years; `part_of`, `successor_of` ids of other rows.
    """

    id: str
    name: str
    type: str
    kind: str
    aliases: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    part_of: str | None = None
    successor_of: str | None = None
    since: int | None = None
    until: int | None = None
    wikidata: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class OutletRow:
    """A publisher. `wire` outlets are relayed by others; reliability stays F until a person sets it."""

    id: str
    name: str
    domains: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    wire: bool = False
    owner: str | None = None
    party: str | None = None
    country: str | None = None
    reliability: str = "F"
    source: str = ""
