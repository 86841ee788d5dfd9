"""`tracewire export`: the formats there are, and writing one of them."""

from __future__ import annotations

import sys
from pathlib import Path

from tracewire import plugins
from tracewire.cli.output import print_rows, say
from tracewire.errors import UsageError
from tracewire.pipeline import open_case


def print_formats() -> None:
    """The formats, their usual file endings and what each is."""
    rows = []
    for name in plugins.names("exporters"):
        exporter = plugins.load("exporters", name)
        what = " ".join((exporter.__doc__ or "").split())
        rows.append({"format": name, "ending": exporter.suffix or "a folder", "what": what})
    print_rows(rows, ("format", "ending", "what"), as_json=False)


def write_format(case: Path, format: str, output: Path | None, only: str | None = None) -> None:
    """Write a case in a format to a file or stdout; what was left out and why goes to stderr."""
    if format not in plugins.names("exporters"):
        raise UsageError(f"--format {format}: no such format; there are {', '.join(plugins.names('exporters'))}")
    if only not in (None, "accepted"):
        raise UsageError(f"--only {only}: no such choice; there is accepted")
    opened = open_case(case)
    text = opened.export(format, output, only="accepted" if only else None, tell=say)
    if output is None:
        sys.stdout.write(text)
    else:
        say(f"wrote {output}")
