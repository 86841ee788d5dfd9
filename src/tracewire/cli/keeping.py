"""The commands of the record-keeper: custody, verify, preserve."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tracewire.cli.options import AsJson, CasePath
from tracewire.cli.output import print_rows, say
from tracewire.pipeline import open_case

_CUSTODY = ("document", "name", "how", "location", "retrieved", "status", "sha256")
_PROBLEM = ("name", "sha256", "problem")


def register(app: typer.Typer) -> None:
    """Add the keeping commands to the app."""
    for command, example in (
        (custody, "tracewire custody my.case --json"),
        (verify, "tracewire verify my.case"),
        (preserve, "tracewire preserve my.case --warc my.warc.gz"),
    ):
        app.command(epilog=f"Example: {example}")(command)


def custody(case: CasePath, as_json: AsJson = False) -> None:
    """How each document came: from where, when, by which version, its hash, and what a server answered."""
    print_rows(open_case(case).custody(), _CUSTODY, as_json=as_json)


def verify(case: CasePath, as_json: AsJson = False) -> None:
    """Hash every kept byte again and check every document against its text; names what changed and ends with 3."""
    opened = open_case(case)
    problems = [dict(zip(_PROBLEM, row, strict=True)) for row in opened.verify()]
    if problems or as_json:
        print_rows(problems, _PROBLEM, as_json=as_json)
    if problems:
        raise typer.Exit(3)
    count = len(opened.custody())
    say(f"{count} document{'' if count == 1 else 's'}: all as they were kept")


def preserve(
    case: CasePath,
    warc: Annotated[Path, typer.Option("--warc", help="The web archive to write, .warc or .warc.gz.")],
    everything: Annotated[bool, typer.Option("--all", help="Also what came from files, as resource records.")] = False,
) -> None:
    """Write what was fetched as a web archive (WARC) that other tools replay."""
    count = open_case(case).preserve(warc, everything=everything)
    say(f"wrote {count} page{'' if count == 1 else 's'} to {warc}")
    if not count and not everything:
        say("nothing in this case was fetched; --all writes what came from files too")
