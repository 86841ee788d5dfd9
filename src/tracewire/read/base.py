"""What every reader is: a function from a cleaned document to mentions and claims with raw spans."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from tracewire.codebook import Codebook
from tracewire.config import Favour, LLMSettings
from tracewire.model import Document, Reading


@dataclass(frozen=True, slots=True)
class ReaderContext:
    """What a reader may lean on besides the text: the codebook, whether a name is a known place, what to favour."""

    codebook: Codebook
    is_place: Callable[[str], bool] = lambda _name: False
    favour: Favour = "balanced"
    llm: LLMSettings | None = None
    home: Path | None = None
    """The data folder, for a reader that keeps something between runs; None: it keeps nothing."""


class Reader(Protocol):
    """Reads one document at a time; `name` goes into every claim ("rules@1")."""

    name: str

    def __init__(self, context: ReaderContext) -> None: ...

    def read(self, document: Document) -> Reading: ...


@dataclass(frozen=True, slots=True)
class Account:
    """What a reader's work took: lines for a person, figures to keep with the case (empty: nothing was done)."""

    lines: tuple[str, ...] = ()
    figures: dict[str, Any] | None = None


@runtime_checkable
class AccountableReader(Protocol):
    """A reader that something outside works for: it says what its readings depend on and what they took."""

    name: str
    fingerprint: str
    """Readings made under another fingerprint are out of date."""

    def read(self, document: Document) -> Reading: ...

    def account(self) -> Account:
        """What was done since the reader was made."""
        ...
