"""`tracewire gazetteer`: places that the resolver knows beyond the built-in ones."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tracewire.cli.options import AsJson
from tracewire.cli.output import print_rows, say
from tracewire.config import Settings

gazetteer_app = typer.Typer(help="Install and list gazetteers.", no_args_is_help=True, rich_markup_mode=None)


@gazetteer_app.command(epilog="Example: tracewire gazetteer install places/whosonfirst-sy.tsv.gz")
def install(
    path: Annotated[
        Path, typer.Argument(help="A Who's On First extract, a GeoNames dump, a CSV; or a folder.", show_default=False)
    ],
) -> None:
    """Import places; the same source installed again replaces what it brought."""
    from tracewire.resolve.gazetteer import install as install_places

    count = install_places(path, Settings().data_home(), say)
    say(f"{count} place{'' if count == 1 else 's'} installed")


@gazetteer_app.command("list", epilog="Example: tracewire gazetteer list")
def list_(as_json: AsJson = False) -> None:
    """What is installed, and how many places each source brought."""
    from tracewire.resolve.gazetteer import list_installed

    rows = [{"source": name, "places": count} for name, count in list_installed(Settings().data_home())]
    print_rows(rows, ("source", "places"), as_json=as_json)


@gazetteer_app.command(epilog="Example: tracewire gazetteer remove whosonfirst-sy.tsv.gz")
def remove(source: Annotated[str, typer.Argument(help="A source that `list` names.", show_default=False)]) -> None:
    """Take a source's places out again."""
    from tracewire.resolve.gazetteer import remove as remove_places

    remove_places(source, Settings().data_home())
    say(f"{source} removed")
