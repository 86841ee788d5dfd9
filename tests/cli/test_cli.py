"""The command line as a person meets it: exit codes, what goes to stdout, what is said on stderr."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from tracewire.cli.app import app
from tracewire.cli.output import print_summary
from tracewire.model import Failure
from tracewire.pipeline import Summary

Run = Callable[..., subprocess.CompletedProcess[str]]
REPORT = """KIDAL, March 3, 2021 (Northern Courier) - Fighters of the Red Column seized 12 mortars from an army depot near Kidal on Tuesday, a security source said.

The army denied that any mortar had been lost.
"""


@pytest.fixture
def case(run: Run, tmp_path: Path) -> str:
    """A case of one report."""
    (tmp_path / "a.txt").write_text(REPORT, "utf-8")
    (tmp_path / "meta.csv").write_text("file,published,outlet\na.txt,2021-03-03,Northern Courier\n", "utf-8")
    done = run("run", "a.txt", "--case", "x.case", "--metadata", "meta.csv", "--quiet")
    assert done.returncode == 0, done.stderr
    return "x.case"


def test_metadata_beside_the_reports_is_pointed_to(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(REPORT, "utf-8")
    (folder / "metadata.csv").write_text("file,published\na.txt,2021-03-03\n", "utf-8")
    assert "--metadata reports/metadata.csv" in run("run", "reports", "--case", "x.case").stderr
    given = run("run", "reports", "--case", "y.case", "--metadata", "reports/metadata.csv")
    assert "was not used" not in given.stderr
    assert "was not used" not in run("run", "reports", "--case", "y.case").stderr  # the case has it already


@pytest.mark.parametrize("command", ["documents", "claims", "events", "actors", "places", "flows"])
def test_tables(run: Run, case: str, command: str) -> None:
    table, data = run(command, case), run(command, case, "--json")
    assert (table.returncode, data.returncode) == (0, 0), table.stderr
    rows = [row for row in json.loads(data.stdout) if row.get("named", True)]
    assert rows
    assert f"{len(rows)} row" in table.stderr
    assert rows[0].get("id", rows[0].get("claim")) in table.stdout
    assert "None" not in table.stdout


def test_filters(run: Run, case: str) -> None:
    def count(*options: str) -> int:
        return len(json.loads(run("claims", case, "--json", *options).stdout))

    assert count("--type", "capture") == count("--materiel", "mortar", "--type", "capture") == 1
    assert count("--actor", "Red Column") >= 1
    assert count("--text", "mortars", "--since", "2021-03-01", "--until", "2021-03-03") >= 1
    assert count("--since", "2022-01-01") == 0
    assert count("--outlet", "Northern Courier") > 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("claims", "--actor", "Red Colum"), "no actor of this case is 'Red Colum'; near it: Red Column"),
        (("events", "--place", "Kidall"), "near it: Kidal"),
        (("claims", "--materiel", "mortarz"), "near it: mortar"),
        (("flows", "--outlet", "Nothern Courier"), "near it: Northern Courier"),
        (("claims", "--document", "zz.txt"), "tracewire documents CASE"),
        (("flows", "--item", "mortars", "--to", "Sun Kings"), "no actor of this case is 'Sun Kings'"),
    ],
)
def test_a_name_that_nothing_has_is_told(run: Run, case: str, arguments: tuple[str, ...], words: str) -> None:
    done = run(arguments[0], case, *arguments[1:])
    assert done.returncode == 0
    assert words in done.stderr


def test_an_empty_answer_about_known_names_says_no_more(run: Run, case: str) -> None:
    done = run("claims", case, "--actor", "Red Column", "--since", "2022")
    assert done.stderr == "0 rows\n"


def test_a_document_is_found_by_how_it_begins(run: Run, case: str) -> None:
    rows = json.loads(run("claims", case, "--document", "a", "--json").stdout)
    assert {row["document"] for row in rows} == {"a.txt"}


def test_places_that_words_may_also_mean_are_no_places_of_the_case(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_text("Rebels shelled Tripoli in May 2012, a resident said.\n", "utf-8")
    assert run("run", "t.txt", "--case", "t.case", "--quiet").returncode == 0
    rows = json.loads(run("places", "t.case", "--json").stdout)
    assert any(row["or_else"] for row in rows)
    table = run("places", "t.case")
    assert f"{sum(row['named'] for row in rows)} row" in table.stderr
    assert len(rows) > sum(row["named"] for row in rows)


def test_what_is_destroyed_ends(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_text("The Syrian army destroyed two tanks in Idlib in May 2015.\n", "utf-8")
    assert run("run", "t.txt", "--case", "t.case", "--quiet").returncode == 0
    (row,) = json.loads(run("flows", "t.case", "--type", "destruction", "--json").stdout)
    assert row["holder"].startswith("end, by ")


def test_wrong_filters_say_what_is_wrong(run: Run, case: str) -> None:
    wrong = run("claims", case, "--since", "yesterday")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "yesterday" in wrong.stderr
    assert run("claims", case, "--type", "capturing").returncode == 2


def test_show(run: Run, case: str) -> None:
    claim = next(c for c in json.loads(run("claims", case, "--json").stdout) if c["type"] == "capture")
    shown = run("show", case, claim["id"][:8])
    assert "security source" in shown.stdout
    assert ">>>" in shown.stdout
    event = json.loads(run("events", case, "--json").stdout)[0]
    assert "claims" in json.loads(run("show", case, event["id"], "--json").stdout)
    document = run("show", case, "a.txt").stdout
    assert "segments" in document
    assert f"[{claim['id']}] Red Column captured 12 mortars" in document
    assert run("show", case, "zzzz").returncode == 2


def test_relations_are_told_from_both_ends(run: Run, case: str) -> None:
    claim = next(c for c in json.loads(run("claims", case, "--json").stdout) if c["type"] == "capture")
    assert "contradicted by (hard" in run("show", case, claim["id"]).stdout


def test_report_and_exports(run: Run, case: str, tmp_path: Path) -> None:
    assert run("report", case).stdout.startswith("#")
    assert run("report", case, "--output", "r.html").returncode == 0
    assert "<html" in (tmp_path / "r.html").read_text("utf-8")
    for name in ("claims", "documents", "copies", "csv", "geojson"):
        done = run("export", case, "--format", name, "--output", f"out.{name}")
        assert done.returncode == 0, done.stderr
        assert (tmp_path / f"out.{name}").exists()
    assert json.loads(run("export", case).stdout.splitlines()[0])["format"] == "tracewire-claims"
    wrong = run("export", case, "--format", "word")
    assert (wrong.returncode, "claims" in wrong.stderr, " site," in wrong.stderr) == (2, True, True)
    assert "\nsite " in run("export", "--list").stdout
    word = run("report", case, "--output", "r.docx")
    assert (word.returncode, ".pdf" in word.stderr, (tmp_path / "r.docx").exists()) == (2, True, False)
    assert "--all" in run("preserve", case, "--warc", "x.warc").stderr


def test_bad_input_is_named_and_the_rest_goes_on(run: Run, case: str, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "bad.jsonl").write_text('{"id": "one", "text": "Rebels seized rifles."}\n{broken\n', "utf-8")
    done = run("run", "empty.txt", "bad.jsonl", "--case", case, "--quiet")
    assert done.returncode == 1
    assert "empty.txt" in done.stderr
    assert "bad.jsonl" in done.stderr
    assert {d["name"] for d in json.loads(run("documents", case, "--json").stdout)} == {"a.txt", "one"}


def test_many_left_out_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    failures = [Failure(f"a.jsonl:{n}", "ingest", f"a.jsonl:{n}: no report") for n in range(50)]
    print_summary(Summary(failures=failures))
    said = capsys.readouterr().err.splitlines()
    assert said[1:3] == ["50 left out:", "  a.jsonl:0: ingest: no report"]
    assert said[-1].startswith("  and 30 more")
    assert len(said) == 23


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("run", "nowhere.txt", "--case", "y.case"), "nowhere.txt"),
        (("run", "ftp://example.org/a", "--case", "y.case"), "http"),
        (("run", "a.txt", "--case", "x.case", "--until", "later"), "ingest"),
        (("run", "a.txt", "--case", "x.case", "--metadata", "wrong.csv"), "wrong.csv"),
        (("run", "a.txt", "--case", "x.case", "--reader", "nobody"), "rules"),
        (("gazetteer", "install", "a.txt"), "a.txt"),
        (("evaluate", "a.txt", "meta.csv"), "meta.csv"),
    ],
)
def test_wrong_use_ends_with_two_and_says_what_to_do(
    run: Run, case: str, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    (tmp_path / "wrong.csv").write_text("file,published\na.txt,last week\n", "utf-8")
    done = run(*arguments)
    assert done.returncode == 2, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_wrong_use_makes_no_case(run: Run, tmp_path: Path) -> None:
    assert run("run", "nowhere.txt", "--case", "y.case").returncode == 2
    (tmp_path / "a.txt").write_text(REPORT, "utf-8")
    assert run("run", "a.txt", "--case", "y.case", "--reader", "nobody").returncode == 2
    assert not (tmp_path / "y.case").exists()


@pytest.mark.parametrize("command", ["claims", "report", "export"])
def test_an_unusable_case_ends_with_three(run: Run, tmp_path: Path, command: str) -> None:
    missing = run(command, "no.case")
    assert missing.returncode == 3, missing.stderr
    assert "no.case" in missing.stderr
    assert not (tmp_path / "no.case").exists()


def test_knowledge_is_added_shown_and_checked(run: Run, case: str) -> None:
    added = run("knowledge", "add", "actor", "red-column", "name=Red Column", "kind=rebel group", "countries=MLI",
                "aliases=Colonne Rouge", "source=test")  # fmt: skip
    assert added.returncode == 0, added.stderr
    shown = run("knowledge", "show", "colonne rouge", "--json")
    assert [row["id"] for row in json.loads(shown.stdout)] == ["red-column"]
    assert run("knowledge", "show", "salt wells of nowhere").returncode == 1
    assert run("knowledge", "check").returncode == 0
    wrong = run("knowledge", "add", "actor", "red-column", "kind=band")
    assert wrong.returncode == 2
    assert "rebel group" in wrong.stderr
    assert "a row needs kind" in run("knowledge", "add", "actor", "blue-column", "name=Blue Column").stderr
    assert run("run", "a.txt", "--case", case, "--quiet").returncode == 0
    actors = json.loads(run("actors", case, "--json").stdout)
    assert {row["name"]: row["basis"] for row in actors}["Red Column"] == "knowledge"


def test_actors_are_merged_and_taken_apart_again(run: Run, case: str) -> None:
    def names() -> set[str]:
        return {row["name"] for row in json.loads(run("actors", case, "--json").stdout)}

    before = names()
    assert {"Red Column", "Northern Courier"} <= before
    done = run("actor", "merge", case, "Red Column", "Northern Courier", "--why", "a test", "--by", "ana")
    assert done.returncode == 0, done.stderr
    assert "Northern Courier" not in names()
    decided = json.loads(run("actor", "decisions", case, "--json").stdout)
    assert [(row["by"], row["why"], row["undone"]) for row in decided] == [("ana", "a test", False)]
    assert "Red Column + Northern Courier" in run("actor", "decisions", case).stdout
    assert run("actor", "undo", case, decided[0]["id"]).returncode == 0
    assert names() == before
    assert run("actor", "split", case, "Red Column").returncode == 2
    assert run("actor", "merge", case, "Red Column", "nobody of that name").returncode == 2
    assert run("actor", "doubts", case, "--json").returncode == 0


def test_every_command_has_an_example(run: Run) -> None:
    root = typer.main.get_command(app)

    def walk(command: object) -> list[object]:
        inner = getattr(command, "commands", {})
        return [x for c in inner.values() for x in walk(c)] if inner else [command]

    for command in walk(root):
        assert "Example: tracewire" in (getattr(command, "epilog", None) or ""), command
    assert run("--help").returncode == 0
    assert run("--version").stdout.strip()


def test_demo(run: Run) -> None:
    done = run("demo", "--case", "d.case", "--quiet")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("#")
    assert "next: tracewire" in done.stderr
    assert run("demo", "--case", "d.case", "--quiet").stdout == done.stdout


def test_stories_and_who_copied_whom(run: Run, tmp_path: Path) -> None:
    body = REPORT.partition(" - ")[2] * 3
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(body + f"\n\nThis is what {name} had to add.\n", "utf-8")
    rows = "file,published,outlet\none.txt,2021-03-03,Northern Courier\ntwo.txt,2021-03-04,Southern Post\n"
    (tmp_path / "meta.csv").write_text(rows, "utf-8")
    done = run(
        "run", "one.txt", "two.txt", "--case", "y.case", "--metadata", "meta.csv", "--until", "dedupe", "--quiet"
    )
    assert done.returncode == 0, done.stderr
    (story,) = json.loads(run("documents", "y.case", "--stories", "--json").stdout)
    assert (story["pages"], story["origins"], story["documents"]) == (2, "1", ["one.txt", "two.txt"])
    shown = run("show", "y.case", "two.txt").stdout
    assert "2 pages, 1 origin" in shown
    assert "two.txt (Southern Post, 2021-03-04)" in shown
    assert "◀" in shown
