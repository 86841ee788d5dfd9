"""Houses: who in the end speaks through an actor or outlet, so that the media of a party and the party are one."""

from __future__ import annotations

from tracewire.assemble.view import World
from tracewire.codebook.matcher import fold
from tracewire.codebook.outlet_names import OutletIds


class Houses:
    """Keys of houses: an actor stands for what it is part of, an outlet for the party that owns it."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._actors = {fold(row.name): row.id for row in world.codebook.actors.values()}
        self._outlets = OutletIds(world.codebook.outlets)

    def of_entity(self, entity: str) -> str:
        """The house of an entity of the record."""
        row = self._world.entities.get(self._world.root(entity))
        if row is None:
            return f"entity:{entity}"
        if row.type == "outlet":
            return self.of_outlet(row.name)
        known = self._actors.get(fold(row.name)) if row.basis == "knowledge" else None
        return f"actor:{self._top(known)}" if known else f"entity:{row.id}"

    def of_outlet(self, name: str) -> str:
        """The house of a publisher by name."""
        known = self._outlets.row(name)
        if known is None:
            return f"outlet:{self._outlets.id(name)}"
        party = self._world.codebook.outlets[known].party
        return f"actor:{self._top(party)}" if party else f"outlet:{known}"

    def outlet_id(self, name: str) -> str:
        """One id for all names of an outlet, whoever owns it."""
        return self._outlets.id(name)

    def is_wire(self, name: str) -> bool:
        """Whether a name is that of a news agency."""
        known = self._outlets.row(name)
        return known is not None and self._world.codebook.outlets[known].wire

    def _top(self, actor: str) -> str:
        """The actor that another is in the end part of."""
        seen = {actor}
        while (row := self._world.codebook.actors.get(actor)) and row.part_of and row.part_of not in seen:
            actor = row.part_of
            seen.add(actor)
        return actor
