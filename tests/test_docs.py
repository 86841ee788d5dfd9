"""The docs hold: generated pages are current, commands parse, the tutorial runs and shows what is true, links lead on."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer

from tracewire.cli import main
from tracewire.cli.app import app
from tracewire.plugins import names

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
TUTORIAL = DOCS / "tutorial.md"
PAGES_OF_FORMATS = ("acled", "claimreview", "csv", "ftm", "geojson", "parquet", "plover", "report", "sipri", "ucdp")
GENERATED = {"codebook.md", "commands.md", "formats.md", "python.md"}
PAGES = [ROOT / "README.md", *sorted(p for p in DOCS.rglob("*.md") if p.name not in GENERATED)]
TREE: Any = typer.main.get_command(app)


def _id(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


# ---------------------------------------------------------------- code blocks


@dataclass(frozen=True, slots=True)
class Step:
    """A command of a page and the output that the page shows below it."""

    command: str
    shown: tuple[str, ...]


def _blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    """Fenced blocks with their language, and indented ones under the language "indented"."""
    fence, language = "", ""
    lines: list[str] = []
    indented: list[str] = []
    for line in [*text.splitlines(), "end"]:
        if fence:
            if line.startswith(fence):
                yield language, lines
                fence, lines = "", []
            else:
                lines.append(line)
        elif line.startswith("    "):
            indented.append(line[4:])
        else:
            if indented:
                yield "indented", indented
                indented = []
            if line.startswith("```"):
                fence, language = "```", line[3:].strip()


def _commands(page: Path) -> list[str]:
    """Every `tracewire ...` line of the page's code blocks, and every `tracewire ...` in backquotes."""
    text = page.read_text("utf-8")
    lines = [line.removeprefix("$ ") for _, block in _blocks(text) for line in block]
    prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    lines += re.findall(r"`(tracewire [^`]+)`", prose)
    parts = [part.strip() for line in lines for part in line.split(" && ")]
    return [part for part in parts if re.match(r"tracewire [a-z-]", part)]


def _complaint(command: str) -> str | None:
    """What is wrong with a command line by the commands, options and arguments that there are; nothing is run."""
    words = shlex.split(command, comments=True)[1:]
    found: Any = TREE
    while hasattr(found, "commands") and words and not words[0].startswith("-"):
        if words[0] not in found.commands:
            return f"no such command: {words[0]}"
        found, words = found.commands[words[0]], words[1:]
    if "--help" in words or "--version" in words:
        return None
    try:
        found.make_context("tracewire", list(words))
    except Exception as error:  # typer brings its own click in some versions, so the class is not known
        return getattr(error, "message", None) or repr(error)
    return None


# ---------------------------------------------------------------- generated pages


def test_generated_pages_are_current() -> None:
    """`python docs/generate.py` brings a stale page up to date."""
    done = subprocess.run(
        [sys.executable, str(DOCS / "generate.py"), "--check"],
        env={**os.environ, "COLUMNS": "40", "TERM": "dumb"},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr


def test_no_generated_page_is_left_over() -> None:
    pages = {page.name for page in (DOCS / "reference").glob("*.md")}
    formats = {f"format-{name}.md" for name in PAGES_OF_FORMATS}
    assert pages == GENERATED | formats | {"claims-file.md", "dates-and-counts.md"}


def test_every_format_has_a_page_with_a_mapping_table() -> None:
    pages = {name: (DOCS / "reference" / f"format-{name}.md").read_text("utf-8") for name in PAGES_OF_FORMATS}
    pages["claims"] = (DOCS / "reference" / "claims-file.md").read_text("utf-8")
    for name in names("exporters"):
        words = [page for page in pages.values() if re.search(rf"^#+ .*\b{name}\b", page, re.MULTILINE)]
        assert name == "claims" or (len(words) == 1 and "|---|" in words[0]), name


# ---------------------------------------------------------------- command lines


@pytest.mark.parametrize("page", PAGES, ids=_id)
def test_command_lines_parse(page: Path) -> None:
    for command in _commands(page):
        # In prose a command may stand with only its name, or with alternatives.
        if "|" in command or len(command.split()) == 2:
            continue
        complaint = _complaint(command)
        assert complaint is None, f"{_id(page)}: {command}: {complaint}"


@pytest.mark.parametrize(
    "command",
    [
        "tracewire nonsense my.case",
        "tracewire events my.case --nonsense 1",
        "tracewire run reports",
        "tracewire show my.case",
        "tracewire show my.case c1 c2",
        "tracewire gazetteer nonsense",
    ],
)
def test_wrong_command_lines_are_seen(command: str) -> None:
    assert _complaint(command)


def test_readme_has_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert "    pip install . && tracewire demo\n" in text
    assert "    pip install -e '.[dev]' && pytest\n" in text
    assert len(text.splitlines()) < 120


# ---------------------------------------------------------------- the tutorial


def _steps(page: Path) -> list[Step]:
    """The page's `console` and `python` blocks: a line with `$ ` is a command, the lines below it are its output."""
    steps: list[Step] = []
    for language, block in _blocks(page.read_text("utf-8")):
        if language == "python":
            steps.append(Step("python\n" + "\n".join(block), ()))
        elif language == "console":
            for line in block:
                if line.startswith("$ "):
                    steps.append(Step(line[2:], ()))
                else:
                    last = steps.pop()
                    steps.append(Step(last.command, (*last.shown, line)))
        elif language == "text":
            last = steps.pop()
            steps.append(Step(last.command, (*last.shown, *block)))
    return steps


@dataclass(frozen=True, slots=True)
class Desk:
    """A temporary folder to work in, with what is printed there."""

    capsys: pytest.CaptureFixture[str]

    def run(self, command: str) -> str:
        """Run a command or a block of Python; stdout, then stderr."""
        self.capsys.readouterr()
        code = _python(command) if command.startswith("python\n") else _tracewire(command)
        out, err = self.capsys.readouterr()
        assert not code, f"{command} ended with {code}:\n{out}{err}"
        return out + err


def _python(command: str) -> int:
    exec(compile(command.partition("\n")[2], "<page>", "exec"), {})
    return 0


def _tracewire(command: str) -> int | str | None:
    first, *words = shlex.split(command)
    assert first == "tracewire", f"not a command of ours: {command}"
    with pytest.raises(SystemExit) as end:
        main(words)
    return end.value.code


@pytest.fixture
def desk(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    """The folder is the current one; the data folder is the session's."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRACEWIRE_HOME", str(home))
    return Desk(capsys)


def _missing(shown: tuple[str, ...], output: str) -> list[str]:
    """The shown pieces (lines, cut at each "…") that do not stand in the output in this order; space is not compared."""
    text, at, missing = " ".join(output.split()), 0, []
    for piece in (" ".join(piece.split()) for line in shown for piece in line.split("…")):
        found = text.find(piece, at)
        if found < 0:
            missing.append(piece)
        else:
            at = found + len(piece)
    return missing


def _follow(page: Path, desk: Desk) -> int:
    """Run the page's steps in order and compare what it shows; returns how many there were."""
    steps = _steps(page)
    for step in steps:
        output = desk.run(step.command)
        missing = _missing(step.shown, output)
        assert not missing, f"{_id(page)} shows below `{step.command}` what is not printed: {missing}\n{output}"
    return len(steps)


def test_the_tutorial_runs_and_shows_what_is_printed(desk: Desk) -> None:
    assert _follow(TUTORIAL, desk) > 8


def test_the_way_to_measure_a_reader_runs(tmp_path: Path, desk: Desk) -> None:
    gold = min((ROOT / "training" / "data").glob("own-*.jsonl"))
    lines = gold.read_text("utf-8").splitlines(keepends=True)[:10]
    (tmp_path / "gold.jsonl").write_text("".join(lines), "utf-8")
    assert _follow(DOCS / "howto" / "measure-a-reader.md", desk) == 4


def test_the_readme_shows_what_the_report_says(desk: Desk) -> None:
    """The excerpt leaves out marks and breaks lines; its words stand in the report in that order."""
    _, excerpt = next(block for block in _blocks((ROOT / "README.md").read_text("utf-8")) if block[0] == "")
    report = desk.run("tracewire demo --quiet --case demo.case")
    assert not _missing(tuple(excerpt), report)


def test_a_wrong_line_of_output_is_seen() -> None:
    assert _missing(("one … three",), "one two three") == []
    assert _missing(("three", "one"), "one two three") == ["one"]
    assert _missing(("on… four",), "one two three") == ["four"]


# ---------------------------------------------------------------- links


@pytest.mark.parametrize("page", [*PAGES, *(DOCS / "reference" / name for name in sorted(GENERATED))], ids=_id)
def test_links_lead_to_files(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if not re.match(r"[a-z]+:|#", target):
            assert (page.parent / target.partition("#")[0]).exists(), f"{_id(page)} links to {target}"
