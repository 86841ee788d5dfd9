"""Whole runs with the language model reader: asked only by name, resumed where they failed, accounted for."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import as_file, files
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tracewire.cli import main
from tracewire.config import LLMSettings, Settings
from tracewire.errors import ReaderError
from tracewire.export.check import validate_lines
from tracewire.model import Document, Reading
from tracewire.pipeline import Case, open_case
from tracewire.read.llm import LLMReader
from tracewire.store.sqlite import SqliteStore

FIRST = "QASR, March 3, 2021 (Northern Courier) - Rebels seized a depot near Qasr on Monday.\n"
SECOND = "SOFA, March 5, 2021 (Northern Courier) - The militia attacked a bridge near Sofa on Thursday.\n"
Tell = tuple[int, str, str]
Run = Callable[..., Tell]


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(FIRST, "utf-8")
    (folder / "b.txt").write_text(SECOND, "utf-8")
    return folder


@pytest.fixture
def data(home: Path, tmp_path: Path) -> Path:
    """A data folder with the session's gazetteer and a cache of the test's own."""
    folder = tmp_path / "data"
    folder.mkdir()
    for built in home.iterdir() if home.exists() else ():
        if built.is_file():
            (folder / built.name).symlink_to(built)
    return folder


@pytest.fixture
def case(tmp_path: Path, data: Path, stub: Any) -> Callable[..., Case]:
    def make(model: str = "tiny") -> Case:
        return open_case(
            tmp_path / "x.case", Settings(reader="llm", home=data, llm=LLMSettings(stub.url, model, 2.0, 10.0))
        )

    return make


@pytest.fixture
def run(
    tmp_path: Path, reports: Path, data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Run the command line; exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRACEWIRE_HOME", str(data))

    def call(*words: str) -> Tell:
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main(["run", "reports", "--case", "x.case", *words])
        out, err = capsys.readouterr()
        return int(end.value.code or 0), out, err

    return call


def kept(case: Case) -> list[dict[str, Any]]:
    with SqliteStore(case.path) as store:
        found: list[dict[str, Any]] = json.loads(store.get_meta("account:llm@1") or "[]")
        return found


def test_a_run_and_a_second_one(case: Callable[..., Case], reports: Path, stub: Any) -> None:
    summary = case().add_and_run(reports)
    assert not summary.failed
    claims = case().claims()
    assert sorted(c.type for c in claims) == ["attack", "capture"]
    assert {c.reader for c in claims} == {"llm@1"}
    assert list(validate_lines(case().export("claims").splitlines())) == []
    assert any("tokens in: 2000, out: 200; cost 0.0060" in line for line in summary.notes)
    assert [(a["model"], a["answers"], a["cost"]) for a in kept(case())] == [("tiny", 2, 0.006)]
    assert case().run().notes == []
    assert len(stub.requests) == 2
    assert len(kept(case())) == 1


def test_another_model_reads_anew(kit: ModuleType, case: Callable[..., Case], reports: Path, stub: Any) -> None:
    case().add_and_run(reports)
    stub.always = kit.says('{"mentions": [], "claims": []}')
    case("other").run()
    assert case().claims() == []
    stub.always = None
    case("tiny").run()
    assert len(case().claims()) == 2
    assert len(stub.requests) == 4, "what the first model said is still known"


def test_a_document_read_in_part_is_said_and_read_again(
    kit: ModuleType, case: Callable[..., Case], reports: Path, stub: Any
) -> None:
    stub.faults = [kit.says("{"), kit.says("{")]
    summary = case().add_and_run(reports)
    (failure,) = summary.failures
    assert failure.stage == "read"
    assert "read in part, 1 of its stretches not: sentence 1" in failure.reason
    assert len(case().claims()) == 1
    open_case(case().path, replace(case().settings, reader="rules")).run()  # forgets no gap of another reader
    again = case().run()
    assert not again.failed
    assert again.read == 1
    assert len(case().claims()) == 2


def test_a_reader_that_cannot_work_ends_the_run_and_keeps_what_was_read(
    kit: ModuleType, case: Callable[..., Case], reports: Path, stub: Any
) -> None:
    stub.faults = [kit.says('{"mentions": [], "claims": []}'), kit.answers(401)]
    with pytest.raises(ReaderError, match="does not accept the key") as error:
        case().add_and_run(reports)
    assert any("answers: 1" in note for note in error.value.__notes__)
    assert [a["answers"] for a in kept(case())] == [1]
    summary = case().run()
    assert not summary.failed
    assert len(stub.requests) == 3


def test_pages_and_plain_text_alike(case: Callable[..., Case], stub: Any) -> None:
    with as_file(files("tracewire") / "demo") as folder:
        summary = case().add_and_run(*sorted(p for p in folder.iterdir() if p.suffix in (".txt", ".html")))
    assert not summary.failed
    raws = {d.id: d.raw for d in case().documents()}
    assert len({c.document for c in case().claims()}) > 3
    for claim in case().claims():
        assert all(raws[claim.document][s.start : s.end] == s.quote for s in (claim.trigger, *claim.evidence))
    assert list(validate_lines(case().export("claims").splitlines())) == []


# ---------------------------------------------------------------- the command line


def test_command_line(run: Run, stub: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACEWIRE_LLM_KEY", "sk-secret-0123")
    code, out, err = run("--reader", "llm", "--llm-url", stub.url, "--llm-model", "tiny", "--quiet")
    assert (code, out) == (0, "")
    assert "llm: tiny at 127.0.0.1" in err
    assert "cost unknown: give --llm-price-in and --llm-price-out" in err
    assert stub.headers[0]["authorization"] == "Bearer sk-secret-0123"
    files = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert len(files) > 5
    assert not [p for p in files if b"sk-secret-0123" in p.read_bytes()]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--reader", "llm"], "--llm-url and --llm-model"),
        (["--reader", "llm", "--llm-url", "http://localhost:9/v1"], "--llm-url and --llm-model"),
        (["--llm-url", "http://localhost:9/v1"], "only with --reader llm"),
        (["--reader", "rules", "--llm-price-in", "0"], "only with --reader llm"),
        (["--reader", "llm", "--llm-url", "http://models.example/v1", "--llm-model", "m"], "unencrypted"),
    ],
)
def test_wrong_options_make_no_case(run: Run, tmp_path: Path, words: list[str], complaint: str) -> None:
    code, _, err = run(*words, "--quiet")
    assert code == 2
    assert complaint in err
    assert not (tmp_path / "x.case").exists()


def test_no_connection_is_said(run: Run, stub: Any) -> None:
    code, _, err = run("--reader", "llm", "--llm-url", "http://127.0.0.1:9/v1", "--llm-model", "tiny", "--quiet")
    assert code == 2
    assert err.startswith("error: no connection to 127.0.0.1:9")
    assert not stub.requests


def test_a_stopped_run_says_what_it_spent(run: Run, stub: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    read = LLMReader.read

    def stopped(self: LLMReader, document: Document) -> Reading:
        if stub.requests:
            raise KeyboardInterrupt
        return read(self, document)

    monkeypatch.setattr(LLMReader, "read", stopped)
    words = ("--reader", "llm", "--llm-url", stub.url, "--llm-model", "tiny", "--quiet")
    code, _, err = run(*words)
    assert code == 130
    assert "answers: 1" in err
    monkeypatch.setattr(LLMReader, "read", read)
    code, _, err = run(*words)
    assert code == 0
    assert "(from the cache: 1, failed: 0); answers: 1" in err


def test_other_readers_ask_nobody(run: Run, stub: Any) -> None:
    assert run("--quiet")[0] == 0
    assert not stub.requests
