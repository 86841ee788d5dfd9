"""`tracewire export`: the formats there are, and writing one of them."""

from __future__ import annotations

import sys
from pathlib import Path

from tracewire import plugins
from tracewire.cli.output import print_rows, say
from tracewire.errors import UsageError
from tracewire.pipeline import open_case

SITE = "site"
"""A format of the web interface, which knows pages; it is no plugin."""
SITE_WORDS = "Writes pages that need no server and no script; --mask hides names."


def print_formats() -> None:
    """The formats, their usual file endings and what each is."""
    rows = [{"format": SITE, "ending": "a folder", "what": SITE_WORDS}]
    for name in plugins.names("exporters"):
        exporter = plugins.load("exporters", name)
        what = " ".join((exporter.__doc__ or "").split())
        rows.append({"format": name, "ending": exporter.suffix or "a folder", "what": what})
    rows.sort(key=lambda row: row["format"])
    print_rows(rows, ("format", "ending", "what"), as_json=False)


def write_format(case: Path, format: str, output: Path | None, only: str | None = None) -> None:
    """Write a case in a format to a file or stdout; what was left out and why goes to stderr."""
    if format not in plugins.names("exporters"):
        there = ", ".join(sorted([*plugins.names("exporters"), SITE]))
        raise UsageError(f"--format {format}: no such format; there are {there}")
    if only not in (None, "accepted"):
        raise UsageError(f"--only {only}: no such choice; there is accepted")
    opened = open_case(case)
    text = opened.export(format, output, only="accepted" if only else None, tell=say)
    if output is None:
        sys.stdout.write(text)
    else:
        say(f"wrote {output}")
