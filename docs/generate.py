"""Write the reference pages that come from the code; `--check` fails where a page is out of date.

python docs/generate.py [--check]
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click
import typer

import tracewire
from tracewire import plugins
from tracewire.cli.app import app
from tracewire.codebook import load_codebook

FOLDER = Path(__file__).parent / "reference"
NOTE = "<!-- Made by docs/generate.py; change the code, then run it again. -->\n\n"


def commands_page() -> str:
    """Help of every command, as the command line prints it."""
    root = typer.main.get_command(app)
    parts = ["# Commands\n", f"```\n{_help(root, 'tracewire')}\n```\n"]
    for name, command in _walk(root, "tracewire"):
        parts.append(f"## {name}\n\n```\n{_help(command, name)}\n```\n")
    return NOTE + "\n".join(parts)


def _walk(group: click.Command, prefix: str) -> Iterator[tuple[str, click.Command]]:
    for name, command in sorted(getattr(group, "commands", {}).items()):
        yield f"{prefix} {name}", command
        yield from _walk(command, f"{prefix} {name}")


def _help(command: click.Command, name: str) -> str:
    context = click.Context(command, info_name=name, max_content_width=100, terminal_width=100)
    return "\n".join(line.rstrip() for line in command.get_help(context).splitlines()).strip()


def codebook_page() -> str:
    """The claim types with roles and export mapping, and what the knowledge packs hold."""
    book = load_codebook()
    lines = ["# Codebook\n", f"Version {book.version}.\n"]
    lines += ["| type | family | what | roles | ACLED |", "|---|---|---|---|---|"]
    for event in book.events.values():
        acled = "; ".join(f"{e} / {s}" for e, s in event.acled) or "none"
        lines.append(f"| {event.name} | {event.family} | {event.title} | {', '.join(event.roles)} | {acled} |")
    lines += [
        "\n## Knowledge packs\n",
        f"- {len(book.actors)} actors ({sum(a.type == 'state' for a in book.actors.values())} of them states)",
        f"- {len(book.materiel)} materiel rows in {len({m.family for m in book.materiel.values()})} families",
        f"- {len(book.outlets)} outlets, {sum(o.wire for o in book.outlets.values())} of them wires",
        "\nEvery row names its source. A user pack (`packs/*.toml` in the data folder) lays rows over these.\n",
        "## Materiel families\n",
        "| id | name | UNROCA | doubt |",
        "|---|---|---|---|",
    ]
    families = [m for m in book.materiel.values() if "." not in m.id]
    lines += [f"| {m.id} | {m.name} | {m.unroca or ''} | {m.unroca_doubt or ''} |" for m in families]
    return NOTE + "\n".join(lines) + "\n"


def python_page() -> str:
    """The public names with their docstrings."""
    lines = ["# Python\n", "```python", *(tracewire.__doc__ or "").strip().splitlines()[2:], "```\n"]
    for name in tracewire.__all__:
        value = getattr(tracewire, name)
        if isinstance(value, str):
            continue
        lines += [f"## {name}\n", (value.__doc__ or "").strip(), ""]
        lines += _methods(value)
    return NOTE + "\n".join(lines) + "\n"


def _methods(value: object) -> list[str]:
    if not isinstance(value, type) or value.__module__ != "tracewire.pipeline.case":
        return []
    public = [(n, m) for n, m in vars(value).items() if not n.startswith("_") and callable(m)]
    return [f"- `{n}`: {' '.join((m.__doc__ or '').split())}" for n, m in public] + [""]


def formats_page() -> str:
    """The export formats that there are."""
    lines = ["# Formats\n", "| name | file ending | what |", "|---|---|---|"]
    for name in sorted(plugins.TABLE["exporters"]):
        exporter = plugins.load("exporters", name)
        lines.append(f"| {name} | {exporter.suffix} | {' '.join((exporter.__doc__ or '').split())} |")
    return NOTE + "\n".join(lines) + "\n"


PAGES = {
    "codebook.md": codebook_page,
    "commands.md": commands_page,
    "formats.md": formats_page,
    "python.md": python_page,
}


def main(arguments: list[str]) -> int:
    """Write or check all pages; returns the exit code."""
    stale = []
    FOLDER.mkdir(exist_ok=True)
    for name, make in PAGES.items():
        path, text = FOLDER / name, make()
        if "--check" in arguments:
            stale += [name] if not path.exists() or path.read_text("utf-8") != text else []
        else:
            path.write_text(text, "utf-8")
    for name in stale:
        print(f"docs/reference/{name} is out of date: run python docs/generate.py", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
