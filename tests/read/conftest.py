"""A rule reader and a short way to see what it reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tracewire.codebook import load_codebook
from tracewire.model import Document, Reading
from tracewire.read import ReaderContext
from tracewire.read.rules import RulesReader
from tracewire.testing import make_document

PLACES = frozenset({"Ayorou", "Qasr", "Sofa", "Kidal", "Aden", "Mocha", "ayorou", "qasr"})


@dataclass(frozen=True)
class Seen:
    """A claim in words."""

    type: str
    trigger: str
    roles: dict[str, list[str]]
    places: list[tuple[str, str]]
    times: list[str]
    sources: list[str]
    cue: str | None
    modality: str
    polarity: str
    opinion: bool


@pytest.fixture(scope="session")
def reader() -> RulesReader:
    """The rule reader with a handful of places."""
    return RulesReader(ReaderContext(load_codebook(), PLACES.__contains__))


@pytest.fixture(scope="session")
def see(reader: RulesReader) -> Callable[[str], list[Seen]]:
    """Read a text and give its claims in words."""

    def run(text: str) -> list[Seen]:
        document = make_document(text)
        return in_words(document, reader.read(document))

    return run


def in_words(document: Document, reading: Reading) -> list[Seen]:
    """The claims of a reading, every index looked up."""
    words = [m.span.quote for m in reading.mentions]
    seen = []
    for claim in reading.claims:
        roles: dict[str, list[str]] = {}
        for argument in claim.arguments:
            roles.setdefault(argument.role, []).append(words[argument.mention])
        seen.append(
            Seen(
                claim.type,
                claim.trigger.quote,
                roles,
                [(a.role, words[a.mention]) for a in claim.places],
                [words[t] for t in claim.times],
                [words[s] for s in claim.sources],
                claim.cue.quote if claim.cue else None,
                claim.modality,
                claim.polarity,
                claim.opinion,
            )
        )
    return seen
