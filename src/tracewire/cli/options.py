"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

CasePath = Annotated[Path, typer.Argument(help="The case, a folder that `tracewire run` made.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
Type = Annotated[str | None, typer.Option("--type", help="A claim type: capture, transfer, strike, ...")]
Actor = Annotated[str | None, typer.Option("--actor", help="Name, alias or id of an actor.")]
MaterielOption = Annotated[
    str | None, typer.Option("--materiel", help="Words, or an item id such as atgm or atgm.tow.")
]
PlaceOption = Annotated[str | None, typer.Option("--place", help="Name of a place or province.")]
Since = Annotated[str | None, typer.Option("--since", help="Not before this date: YYYY, YYYY-MM or YYYY-MM-DD.")]
Until = Annotated[str | None, typer.Option("--until", help="Not after this date: YYYY, YYYY-MM or YYYY-MM-DD.")]
Parts = Annotated[bool, typer.Option("--parts/--no-parts", help="With --actor: what is part of the actor too.")]
Outlet = Annotated[str | None, typer.Option("--outlet", help="Who published it.")]
ModalityOption = Annotated[str | None, typer.Option("--modality", help="asserted, reported, alleged, planned, ...")]
Words = Annotated[str | None, typer.Option("--text", help="Words that stand in it.")]
DocumentOption = Annotated[str | None, typer.Option("--document", help="Name or id of a document, or how it begins.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file instead of stdout.")]


def given(**filters: Any) -> dict[str, Any]:
    """The filters that were given."""
    return {k: v for k, v in filters.items() if v is not None}
