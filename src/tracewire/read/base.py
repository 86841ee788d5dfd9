"""What every reader is: a function from a cleaned document to mentions and claims with raw spans."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from tracewire.codebook import Codebook
from tracewire.config import Favour
from tracewire.model import Document, Reading


@dataclass(frozen=True, slots=True)
class ReaderContext:
    """What a reader may lean on besides the text: the codebook, whether a name is a known place, what to favour."""

    codebook: Codebook
    is_place: Callable[[str], bool] = lambda _name: False
    favour: Favour = "balanced"


class Reader(Protocol):
    """Reads one document at a time; `name` goes into every claim ("rules@1")."""

    name: str

    def __init__(self, context: ReaderContext) -> None: ...

    def read(self, document: Document) -> Reading: ...
