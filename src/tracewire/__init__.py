"""Tracewire: conflict reporting in, an evidence-linked record out.

import tracewire
case = tracewire.open_case("my.case")
case.add("reports/", metadata="metadata.csv")
case.run()
for event in case.events(type="capture"):
    print(event.start, event.origins.min, event.claims)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tracewire.config import Settings
    from tracewire.errors import TracewireError
    from tracewire.model import Claim, Document, Entity, Event, Metadata, Place, Record, Relation, Span
    from tracewire.pipeline import Case, Summary, open_case

__version__ = "0.1.0"

__all__ = [
    "Case",
    "Claim",
    "Document",
    "Entity",
    "Event",
    "Metadata",
    "Place",
    "Record",
    "Relation",
    "Settings",
    "Span",
    "Summary",
    "TracewireError",
    "__version__",
    "open_case",
]

_HOMES = {
    "Case": "tracewire.pipeline",
    "Settings": "tracewire.config",
    "Summary": "tracewire.pipeline",
    "TracewireError": "tracewire.errors",
    "open_case": "tracewire.pipeline",
}


def __getattr__(name: str) -> Any:
    """Load a public name at its first use, so that a bare import stays light."""
    if name not in __all__:
        raise AttributeError(f"module 'tracewire' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES.get(name, "tracewire.model")), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
