"""`tracewire demo`: the whole line on the reports that ship with the package."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

from tracewire.cli.output import print_summary, progress_bar, say
from tracewire.errors import UsageError
from tracewire.pipeline import open_case


def run_demo(path: Path, *, quiet: bool, report: bool = True) -> int:
    """Make the case, print the report and the next commands; returns the exit code."""
    if path.exists() and not (path / "case.db").exists():
        raise UsageError(f"{path} is there and is no case: give another folder with --case")
    say("Ten reports on two stories, all of it invented (see the README beside them).")
    with as_file(files("tracewire") / "demo") as folder, progress_bar(quiet) as progress:
        reports = sorted(p for p in folder.iterdir() if p.suffix in (".txt", ".html"))
        case = open_case(path)
        summary = case.add_and_run(*reports, metadata=folder / "metadata.csv", progress=progress)
    if report:
        print(case.export("report"))
    print_summary(summary)
    for command in (
        ()
        if not report
        else (
            f"tracewire serve {path}",
            f"tracewire events {path}",
            f"tracewire flows {path} --materiel atgm",
            f"tracewire claims {path} --type capture",
            f"tracewire report {path} --output report.html",
            f"tracewire export {path} --format claims --output claims.jsonl",
        )
    ):
        say(f"next: {command}")
    return 1 if summary.failed else 0
