"""A claims file becomes a case again; cases become one; what changed between two states is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tracewire.config import Settings
from tracewire.errors import CaseError, UsageError
from tracewire.model import Judgement
from tracewire.pipeline import Case, open_case
from tracewire.plugins import load
from tracewire.query import difference, figures, rows_of, value_words

ATTACK = """Rebels take depot near Kidal

KIDAL, March 3, 2021 (Northern Courier) - Fighters of the Red Column seized 12 mortars from an army depot near Kidal on Tuesday, killing four soldiers, a security source said.

The army denied that any mortar had been lost. “Not one weapon left that depot,” a spokesman told the Northern Courier.
"""
COPY = ATTACK.replace("Rebels take depot near Kidal", "Depot near Kidal raided") + "\nVia Northern Courier\n"
PAGE = """<html><head><title>Mortars back</title></head><body><article><h1>Mortars back</h1>
<p>The army recovered <b>three</b> of the mortars from the Red Column on Friday, a spokesman&nbsp;said.</p>
<p>Officials said that the search for the others would go on in the hills north of the town.</p></article></body></html>
"""
JUDGEMENT = Judgement("j1", "2031-06-01T00:00:00Z", "ana", "reject", "c1", {"was": ["x", 1, None]}, "a wrong place")


@pytest.fixture
def settings(home: Path) -> Settings:
    return Settings(home=home, reader="rules")


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in (("a.txt", ATTACK), ("b.txt", COPY), ("c.html", PAGE)):
        (folder / name).write_text(text, "utf-8")
    rows = (
        "file,published,outlet\na.txt,2021-03-03,Northern Courier\nb.txt,2021-03-04,Desert Post\nc.html,2021-03-08,\n"
    )
    (tmp_path / "meta.csv").write_text(rows, "utf-8")
    return folder


@pytest.fixture
def case(tmp_path: Path, reports: Path, settings: Settings) -> Case:
    made = open_case(tmp_path / "x.case", settings)
    made.add_and_run(reports, metadata=tmp_path / "meta.csv")
    judge(made, replace(JUDGEMENT, on=made.claims()[0].id))
    made.run()
    return made


def judge(case: Case, judgement: Judgement) -> None:
    with load("stores", "sqlite")(case.path, write=True) as store:
        store.add_judgement(judgement)


def exported(case: Case, tmp_path: Path) -> Path:
    path = tmp_path / "claims.jsonl"
    case.export("claims", path)
    return path


# ---------------------------------------------------------------- import


@pytest.mark.parametrize("source", ["reports", "x.case"])
def test_a_claims_file_comes_back_as_the_same_case(
    case: Case, tmp_path: Path, reports: Path, settings: Settings, source: str
) -> None:
    again = open_case(tmp_path / "again.case", settings)
    summary = again.import_claims(exported(case, tmp_path), tmp_path / source)
    assert (summary.documents, summary.claims) == (3, len(case.claims()))
    for form in ("claims", "documents", "copies", "csv", "geojson"):
        assert again.export(form) == case.export(form)
    assert again.verify() == []
    assert again.record().stories == case.record().stories
    assert [c.why for c in again.record().copies] == [c.why for c in case.record().copies]


def test_an_imported_case_can_be_run_on(case: Case, tmp_path: Path, settings: Settings) -> None:
    again = open_case(tmp_path / "again.case", settings)
    again.import_claims(exported(case, tmp_path), case.path)
    again.run()
    assert again.export("claims") == case.export("claims")


def test_what_the_file_says_of_copies_stands(case: Case, tmp_path: Path, settings: Settings) -> None:
    def change(row: dict[str, Any]) -> None:
        for copy in row.get("copy_of", ()):
            copy["relation"] = "cut"

    path = rewritten(exported(case, tmp_path), change)
    again = open_case(tmp_path / "again.case", settings)
    again.import_claims(path, case.path)
    assert {c.relation for c in again.record().copies} == {"cut"}
    assert again.export("claims") == path.read_text("utf-8")


def rewritten(path: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    """The file with each row changed in place."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for row in rows:
        change(row)
    path.write_text("".join(json.dumps(r, ensure_ascii=False, separators=(",", ":")) + "\n" for r in rows), "utf-8")
    return path


def _later(row: dict[str, Any]) -> None:
    if row["kind"] == "claim":
        for field in ("start", "end"):
            row["trigger"][field] += 1


def _other_name(row: dict[str, Any]) -> None:
    if row["kind"] == "document":
        row["name"] += "x"


def _unknown_entity(row: dict[str, Any]) -> None:
    if row["kind"] == "mention":
        row["entity"] = "enone"


def _short(row: dict[str, Any]) -> None:
    if row["kind"] == "document":
        row["segments"] = row["segments"][:-1]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_later, r"line \d+: \$\.trigger: \d+:\d+ holds"),
        (_other_name, "is not the id of a document"),
        (_unknown_entity, r"line \d+: entity: there is no entity enone"),
        (_short, "do not cover its"),
        (lambda row: row.pop("kind"), "line 1: not an object whose kind"),
    ],
)
def test_a_wrong_line_is_refused_by_number_and_nothing_is_made(
    case: Case, tmp_path: Path, settings: Settings, change: Callable[[dict[str, Any]], None], words: str
) -> None:
    path = rewritten(exported(case, tmp_path), change)
    again = open_case(tmp_path / "again.case", settings)
    with pytest.raises(UsageError, match=words):
        again.import_claims(path, case.path)
    assert not again.path.exists()


def test_missing_documents_and_files_are_named(case: Case, tmp_path: Path, reports: Path, settings: Settings) -> None:
    path, again = exported(case, tmp_path), open_case(tmp_path / "again.case", settings)
    (reports / "b.txt").unlink()
    with pytest.raises(UsageError, match=r"the bytes of b\.txt .* are in none of the sources"):
        again.import_claims(path, reports)
    with pytest.raises(UsageError, match="cannot be read"):
        again.import_claims(tmp_path / "none.jsonl", case.path)
    with pytest.raises(UsageError, match="is there already"):
        case.import_claims(path, case.path)


# ---------------------------------------------------------------- merge


def test_two_cases_become_what_one_would_be(case: Case, tmp_path: Path, reports: Path, settings: Settings) -> None:
    first, second = open_case(tmp_path / "1.case", settings), open_case(tmp_path / "2.case", settings)
    first.add_and_run(reports / "a.txt", reports / "b.txt", metadata=tmp_path / "meta.csv")
    second.add_and_run(reports / "b.txt", reports / "c.html", metadata=tmp_path / "meta.csv")
    on = replace(JUDGEMENT, on=case.claims()[0].id)
    judge(first, on)
    judge(second, replace(on, undone=True))
    merged = open_case(tmp_path / "merged.case", settings)
    summary = merged.merge(first.path, second.path)
    assert (summary.documents, summary.read, summary.notes) == (3, 0, [])
    judge(case, replace(on, undone=True))
    case.run()
    assert merged.export("claims") == case.export("claims")
    locations = {row["name"]: row["location"] for row in merged.custody()}
    assert locations == {row["name"]: row["location"] for row in case.custody()}


def test_what_two_cases_say_differently_is_said(tmp_path: Path, reports: Path, settings: Settings) -> None:
    first, second = open_case(tmp_path / "1.case", settings), open_case(tmp_path / "2.case", settings)
    first.add_and_run(reports / "a.txt", metadata=tmp_path / "meta.csv")
    (tmp_path / "meta.csv").write_text("file,published,author\na.txt,2021-03-05,Ann Ory\n", "utf-8")
    second.add_and_run(reports / "a.txt", metadata=tmp_path / "meta.csv")
    merged = open_case(tmp_path / "merged.case", settings)
    summary = merged.merge(first.path, second.path)
    assert summary.notes == [
        "a.txt: published is '2021-03-03' in one case and '2021-03-05' in another; the first is kept"
    ]
    (document,) = merged.documents()
    assert (document.author, document.outlet) == ("Ann Ory", "Northern Courier")
    assert merged.claims()


def test_judgements_that_gainsay_each_other_are_refused(case: Case, tmp_path: Path, settings: Settings) -> None:
    other = open_case(tmp_path / "2.case", settings)
    other.import_claims(exported(case, tmp_path), case.path)
    third = open_case(tmp_path / "3.case", settings)
    third.merge(case.path, other.path)
    judge(third, replace(JUDGEMENT, id="j2", why="one"))
    judge(other, replace(JUDGEMENT, id="j2", why="another"))
    with pytest.raises(UsageError, match="j2 of ana has other content"):
        open_case(tmp_path / "4.case", settings).merge(third.path, other.path)
    with pytest.raises(CaseError, match="no case here"):
        open_case(tmp_path / "5.case", settings).merge(case.path, tmp_path / "none.case")


# ---------------------------------------------------------------- diff, stats


def test_nothing_changes_between_a_case_and_itself(case: Case) -> None:
    found = difference(rows_of(case.record()), rows_of(case.record()))
    assert found.changes == ()
    assert found.counts["claim"] == (len(case.claims()), 0, 0, 0)


def test_what_changed_is_told_by_row_and_field(case: Case) -> None:
    before = rows_of(case.record())
    after = json.loads(json.dumps(before))
    claims = [row for row in after if row["kind"] == "claim"]
    claims[0]["modality"] = "possible"
    gone = after.pop(after.index(claims[-1]))
    found = difference(before, after)
    assert found.counts["claim"][1:] == (1, 1, 0)
    told = {c.change: c for c in found.changes}
    assert told["changed"].fields == {
        "modality": (before[before.index(_of(before, claims[0]["id"]))]["modality"], "possible")
    }
    assert (told["gone"].id, told["gone"].fields) == (gone["id"], {})
    assert gone["type"] in told["gone"].what
    back = difference(after, before)
    assert {c.change for c in back.changes} == {"changed", "new"}


def _of(rows: list[dict[str, Any]], id_: str) -> dict[str, Any]:
    return next(row for row in rows if row.get("id") == id_)


def test_values_are_told_in_words() -> None:
    assert value_words(None) == value_words([]) == "-"
    assert value_words({"start": 1, "end": 3, "quote": "a \n b"}) == "“a b” (1-3)"
    assert value_words([{"role": "captor", "entity": "e1", "mention": None}, "x"]) == "role captor entity e1, x"


def test_figures_add_up(case: Case) -> None:
    found = figures(case.record())
    assert found["documents"]["all"] == 3
    assert found["documents"]["of a known day"] == 3
    assert found["claims"]["all"] == sum(found["claim types"].values()) == len(case.claims())
    assert found["events"]["all"] == len(case.events())
    assert found["judgements"] == {"reject": 1}
    assert sum(found["copies"].values()) == 1
    assert figures(open_case(case.path).record()) == found
