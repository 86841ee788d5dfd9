"""Write the reference pages that come from the code; `--check` fails where a page is out of date.

python docs/generate.py [--check]
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

import tracewire
from tracewire import plugins
from tracewire.cli.app import app
from tracewire.cli.exporting import SITE, SITE_WORDS
from tracewire.codebook import load_codebook

FOLDER = Path(__file__).parent / "reference"
NOTE = "<!-- Made by docs/generate.py; change the code, then run it again. -->\n\n"
COMMANDS = """Every command also has `--help`. Data go to stdout, talk and progress to stderr.
Exit codes: 0 fine, 1 documents left out, 2 wrong use, 3 a case that cannot be used, 130 stopped."""


def commands_page() -> str:
    """Every command with its arguments and options; not the printed help, which changes with typer and the terminal."""
    root = typer.main.get_command(app)
    parts = [f"# Commands\n\n{_words(root.help)}\n", f"{COMMANDS}\n"]
    for name, command in _walk(root, "tracewire"):
        arguments = [p for p in command.params if p.param_type_name == "argument"]
        options = [p for p in command.params if p.param_type_name == "option"]
        usage = " ".join([name, *map(_argument, arguments), *(f"--{o.name} ..." for o in options if o.required)])
        parts += [f"## {name}\n", f"    {usage}{' [OPTIONS]' if options else ''}\n", f"{_words(command.help)}\n"]
        if command.params:
            rows = [(_argument(a), a) for a in arguments] + [(_option(o), o) for o in options]
            parts += ["| | |", "|---|---|", *(f"| `{label}` | {_what(p)} |" for label, p in rows), ""]
        parts += [f"{_words(command.epilog)}\n"] if command.epilog else []
    return NOTE + "\n".join(parts)


def _walk(group: Any, prefix: str) -> Iterator[tuple[str, Any]]:
    for name, command in sorted(getattr(group, "commands", {}).items()):
        if not hasattr(command, "commands"):
            yield f"{prefix} {name}", command
        yield from _walk(command, f"{prefix} {name}")


def _argument(argument: Any) -> str:
    return str(argument.name).upper() + ("..." if argument.nargs == -1 else "")


def _option(option: Any) -> str:
    value = "" if option.is_flag else f" {max(option.opts, key=len).removeprefix('--').upper()}"
    return ", ".join(sorted(option.opts, key=len)) + value


def _what(parameter: Any) -> str:
    default = parameter.default
    given = parameter.param_type_name == "option" and isinstance(default, str | Path)
    return _words(parameter.help).replace("|", "\\|") + (f" Default: `{default}`." if given else "")


def _words(text: str | None) -> str:
    return " ".join((text or "").split())


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
        "| id | name | UNROCA | doubt | line for small arms and light weapons |",
        "|---|---|---|---|---|",
    ]
    families = [m for m in book.materiel.values() if "." not in m.id]
    lines += [f"| {m.id} | {m.name} | {m.unroca or ''} | {m.unroca_doubt or ''} | {m.salw or ''} |" for m in families]
    return NOTE + "\n".join(lines) + "\n"


def python_page() -> str:
    """The public names with their docstrings."""
    example = "\n".join((tracewire.__doc__ or "").strip().splitlines()[2:])
    lines = ["# Python\n", "```python", example.replace("import tracewire\ncase", "import tracewire\n\ncase"), "```\n"]
    for name in tracewire.__all__:
        value = getattr(tracewire, name)
        if isinstance(value, str):
            continue
        lines += [f"## {name}\n", inspect.cleandoc(value.__doc__ or ""), ""]
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
        ending = exporter.suffix or "a folder"
        lines.append(f"| {name} | {ending} | {' '.join((exporter.__doc__ or '').split())} |")
    lines[3:] = sorted([*lines[3:], f"| {SITE} | a folder | {SITE_WORDS} |"])
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
