"""`tracewire knowledge`: the actors, materiel and outlets that are known, and the user's own rows over them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracewire.cli.options import AsJson
from tracewire.cli.output import print_rows, say
from tracewire.config import Settings

if TYPE_CHECKING:
    from tracewire.codebook import Codebook

knowledge_app = typer.Typer(
    help="Show, add, correct and check what is known of actors, materiel and outlets.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
_COLUMNS = ("kind", "id", "name", "names", "countries", "years", "part_of", "source")
_FINDINGS = ("what", "rows", "says")
RowKind = Annotated[str, typer.Argument(help="actor, materiel or outlet.", show_default=False)]


@knowledge_app.command(
    epilog="Example: tracewire knowledge add actor red-column name='Red Column' kind='rebel group' countries=MLI "
    "aliases='Colonne Rouge; RC' source='its statement of 3 May 2024'"
)
def add(
    kind: RowKind,
    id: Annotated[str, typer.Argument(help="The id of the row, such as red-column.", show_default=False)],
    changes: Annotated[
        list[str],
        typer.Argument(help="key=value; lists are parted by ; and take key+=value and key-=value.", show_default=False),
    ],
    pack: Annotated[str, typer.Option("--pack", help="Name of the pack that the row goes into.")] = "own",
) -> None:
    """Add a row, or correct one: what is not named stays as the row has it. Cases resolve anew at their next run."""
    from tracewire.codebook.packs import add_row
    from tracewire.pipeline import user_packs

    settings = Settings()
    path = settings.data_home() / "packs" / f"{Path(pack).name.removesuffix('.toml')}.toml"
    row = add_row(kind, id, changes, path, user_packs(settings), settings.data_home() / "cache")
    say(f"{kind} {row.id} ({row.name}) stands in {path}")


@knowledge_app.command(epilog="Example: tracewire knowledge show 'nusra front'")
def show(
    words: Annotated[str, typer.Argument(help="An id, a name or an alias, or words of one.", show_default=False)],
    kind: Annotated[str | None, typer.Option("--kind", help="Only actor, materiel or outlet.")] = None,
    as_json: AsJson = False,
) -> None:
    """The rows that a name stands for; a name of several actors shows all of them."""
    from tracewire.codebook.packs import as_dict, find_rows

    found = find_rows(_codebook(), words, kind=kind)
    if not found:
        say(f"nobody and nothing known is called {words!r}; `tracewire knowledge add` adds a row")
        raise typer.Exit(1)
    if as_json:
        print_rows([{"kind": k, **as_dict(row)} for k, row in found], _COLUMNS, as_json=True)
        return
    print_rows([_shown(k, as_dict(row)) for k, row in found], _COLUMNS, as_json=False)


@knowledge_app.command(epilog="Example: tracewire knowledge check")
def check(
    packs: Annotated[
        list[Path] | None, typer.Argument(help="Pack files to check besides those installed.", show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read all packs: ends with 2 where one breaks a rule; lists rows that are replaced and names of two actors."""
    from tracewire.codebook.packs import check as check_book

    book = _codebook(tuple(packs or ()))
    rows = [{"what": f.what, "rows": list(f.rows), "says": f.says} for f in check_book(book)]
    print_rows(rows, _FINDINGS, as_json=as_json)
    say(f"{len(book.actors)} actors, {len(book.materiel)} materiel rows, {len(book.outlets)} outlets: all can be used")


def _codebook(more: tuple[Path, ...] = ()) -> Codebook:
    from tracewire.codebook import load_codebook
    from tracewire.pipeline import user_packs

    settings = Settings()
    return load_codebook((*user_packs(settings), *more), settings.data_home() / "cache")


def _shown(kind: str, row: dict[str, Any]) -> dict[str, Any]:
    names = [*row.get("aliases", []), *row.get("exact", [])]
    since, until = row.get("since"), row.get("until")
    years = f"{since or '…'} to {until or '…'}" if since or until else None
    countries = row.get("countries") or row.get("country") or row.get("made_in")
    return {"kind": kind, "id": row["id"], "name": row["name"], "names": names, "countries": countries, "years": years,
            "part_of": row.get("part_of"), "source": row["source"]}  # fmt: skip
