"""The commands that take whole cases: import, merge-cases, diff, stats."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from tracewire.cli.options import AsJson, CasePath
from tracewire.cli.output import print_rows, print_summary, progress_bar, say
from tracewire.config import Settings
from tracewire.errors import UsageError
from tracewire.pipeline import open_case

_WHO_READ = frozenset({"reader", "confidence"})
_COUNTS = ("kind", "same", "changed", "gone", "new")

NewCase = Annotated[Path, typer.Option("--case", help="The case to make.")]
State = Annotated[Path, typer.Argument(help="A case, or a claims file exported from one.", show_default=False)]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    for name, command, example in (
        ("import", import_, "tracewire import claims.jsonl reports/ --case again.case"),
        ("merge-cases", merge_cases, "tracewire merge-cases mine.case hers.case --case both.case"),
        ("diff", diff, "tracewire diff before.jsonl my.case"),
        ("stats", stats, "tracewire stats my.case"),
    ):
        app.command(name, epilog=f"Example: {example}")(command)


def import_(
    claims: Annotated[Path, typer.Argument(help="A claims file (`tracewire export`).", show_default=False)],
    sources: Annotated[
        list[str],
        typer.Argument(help="The documents it was made of: files, folders, or the case itself.", show_default=False),
    ],
    case: NewCase,
    quiet: Quiet = False,
) -> None:
    """Make a case of a claims file and the documents behind it; refused where a quote is not what stands there."""
    with progress_bar(quiet) as progress:
        summary = open_case(case).import_claims(claims, *sources, progress=progress)
    print_summary(summary)
    say("a later `tracewire run` on this case reads the documents itself, and its claims take the place of these")


def merge_cases(
    cases: Annotated[list[Path], typer.Argument(help="Two cases or more; they stay as they are.", show_default=False)],
    case: NewCase,
    reader: Annotated[
        str | None, typer.Option("--reader", help="Whose readings count. [default: the one reader of all, else model]")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Make one case of several: documents with their custody, readings and judgements; the rest is worked out again."""
    if len(cases) < 2:
        raise UsageError("merge-cases needs two cases or more")
    used = {name.partition("@")[0] for path in cases for name in open_case(path).record().readers}
    chosen = reader or (used.pop() if len(used) == 1 else "model")
    with progress_bar(quiet) as progress:
        summary = open_case(case, Settings(reader=chosen)).merge(*cases, progress=progress)
    print_summary(summary)
    say(f"next: tracewire report {case}")
    raise typer.Exit(1 if summary.failed else 0)


def diff(
    a: State,
    b: State,
    most: Annotated[int, typer.Option("--most", min=0, help="Changes of a kind that are printed.")] = 20,
    as_json: AsJson = False,
) -> None:
    """What a re-run, a new reader or a changed pack altered from A to B. Export A before you run again."""
    from tracewire.query import difference, value_words

    found = difference(_rows(a), _rows(b))
    if as_json:
        changes = [{"kind": c.kind, "id": c.id, "change": c.change, "what": c.what, "fields": dict(c.fields)}
                   for c in found.changes]  # fmt: skip
        counts = {kind: dict(zip(_COUNTS[1:], n, strict=True)) for kind, n in found.counts.items()}
        print(json.dumps({"counts": counts, "changes": changes}, ensure_ascii=False, indent=2))
        return
    print_rows(
        [dict(zip(_COUNTS, (kind, *n), strict=True)) for kind, n in found.counts.items()], _COUNTS, as_json=False
    )
    for kind in found.counts:
        every = [c for c in found.changes if c.kind == kind]
        # That another reader read a claim is said once: it would hide what else it read.
        changed = [c for c in every if c.change != "changed" or c.fields.keys() - _WHO_READ]
        if len(every) > len(changed):
            print(f"changed {kind}: {len(every) - len(changed)} only in who read them and how surely")
        for change in changed[:most]:
            print(f"{change.change} {kind} {change.id} {change.what}".rstrip())
            for name, (before, after) in change.fields.items():
                print(f"    {name}: {value_words(before)} -> {value_words(after)}")
        if len(changed) > most:
            print(f"and {len(changed) - most} more of kind {kind}; --most {len(changed)} prints all")


def stats(case: CasePath, as_json: AsJson = False) -> None:
    """How much the case holds: documents, copies, claims by type and modality, events by origins, judgements."""
    from tracewire.query import figures

    found = figures(open_case(case).record())
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for name, counts in found.items():
        if counts:
            print(f"{name}: " + ", ".join(f"{label} {_number(n)}" for label, n in counts.items()))


def _number(value: int | str | None) -> str:
    return "unknown" if value is None else str(value)


def _rows(path: Path) -> list[dict[str, object]]:
    """The rows of a case or of a claims file."""
    from tracewire.query import rows_of

    if path.is_dir():
        return rows_of(open_case(path).record())
    try:
        found = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    except FileNotFoundError:
        raise UsageError(f"{path}: there is no case and no claims file here") from None
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: is no claims file: {error}") from error
    if not found or not isinstance(found[0], dict) or found[0].get("format") != "tracewire-claims":
        raise UsageError(f"{path}: is no claims file: its first line is not a header of one")
    return [row for row in found[1:] if isinstance(row, dict) and "kind" in row]
