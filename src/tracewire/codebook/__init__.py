"""Domain knowledge as labelled data: event types, materiel, actors and outlets, each row with its source."""

from tracewire.codebook.loader import Codebook, load_codebook
from tracewire.codebook.rows import ActorRow, EventType, MaterielRow, OutletRow

__all__ = ["ActorRow", "Codebook", "EventType", "MaterielRow", "OutletRow", "load_codebook"]
