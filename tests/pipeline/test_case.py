"""A case from reports to record: idempotent, resumable, byte-identical, nothing lost."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import tracewire
from tracewire.config import Settings
from tracewire.errors import CaseLocked, ReaderError, UsageError
from tracewire.export.check import validate_lines
from tracewire.model import Document, Reading
from tracewire.pipeline import Case, open_case
from tracewire.plugins import load
from tracewire.read.model import ModelReader

ATTACK = """Northern Courier

Rebels take depot near Kidal

KIDAL, March 3, 2021 (Northern Courier) - Fighters of the Red Column seized 12 mortars from an army depot near Kidal on Tuesday, killing four soldiers, a security source said.

The army denied that any mortar had been lost.
"""
LATER = """Desert Post

The army recovered three of the mortars from the Red Column on Friday, a spokesman said.
"""


@pytest.fixture
def settings(home: Path) -> Settings:
    return Settings(home=home)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(ATTACK, "utf-8")
    (folder / "b.txt").write_text(LATER, "utf-8")
    (folder / "meta.csv").write_text(
        "file,published,outlet\na.txt,2021-03-03,Northern Courier\nb.txt,2021-03-08,\n", "utf-8"
    )
    return folder


def make(path: Path, reports: Path, settings: Settings, *names: str) -> Case:
    case = open_case(path, settings)
    sources = [reports / n for n in names or ("a.txt", "b.txt")]
    case.add_and_run(*sources, metadata=reports / "meta.csv")
    return case


def test_the_line_end_to_end(tmp_path: Path, reports: Path, settings: Settings) -> None:
    case = make(tmp_path / "x.case", reports, settings)
    counts = [m.quantity.low for c in case.claims(type="capture") for m in c.materiel if m.quantity]
    assert sorted(counts) == [3, 12]
    denied = [c for c in case.claims() if c.polarity == "-"]
    assert sorted(c.type for c in denied) == ["loss", "verification"]
    assert case.events(type="capture")
    assert [d.published.start for d in sorted(case.documents(), key=lambda d: d.name) if d.published] == [
        "2021-03-03",
        "2021-03-08",
    ]


def test_same_input_twice_is_byte_identical(tmp_path: Path, reports: Path, settings: Settings) -> None:
    first = make(tmp_path / "x.case", reports, settings).export("claims")
    second = make(tmp_path / "y.case", reports, settings).export("claims")
    assert first == second
    assert make(tmp_path / "x.case", reports, settings).export("claims") == first


def test_every_exported_line_fits_the_schema_and_every_span_is_verbatim(
    tmp_path: Path, reports: Path, settings: Settings
) -> None:
    case = make(tmp_path / "x.case", reports, settings)
    lines = case.export("claims").splitlines()
    assert list(validate_lines(lines)) == []
    raws = {d.id: d.raw for d in case.documents()}
    spans = 0
    for row in map(json.loads, lines):
        for span in _spans(row):
            raw = raws[row["id"] if row["kind"] == "document" else row["document"]]
            assert raw[span["start"] : span["end"]] == span["quote"]
            spans += 1
    assert spans > 20


def _spans(value: object) -> list[dict[str, object]]:
    if isinstance(value, dict):
        own = [value] if {"start", "end", "quote"} <= value.keys() and isinstance(value["start"], int) else []
        return own + [s for v in value.values() for s in _spans(v)]
    return [s for v in value for s in _spans(v)] if isinstance(value, list) else []


def test_a_second_run_adds(tmp_path: Path, reports: Path, settings: Settings) -> None:
    case = make(tmp_path / "x.case", reports, settings, "a.txt")
    before = {c.id for c in case.claims()}
    case.add_and_run(reports / "b.txt", metadata=reports / "meta.csv")
    assert len(case.documents()) == 2
    assert before < {c.id for c in case.claims()}
    assert case.export("claims") == make(tmp_path / "y.case", reports, settings).export("claims")


FAR = (
    "OSLO, 2 May 2019 - Police in Norway seized 30 rifles from smugglers in Bergen on Tuesday, the police said.",
    "LIMA, 9 July 2020 - Gunmen killed four soldiers in an ambush near Ayacucho on Monday, the army of Peru said.",
    "MANILA, 3 March 2018 - The Philippine army captured two mortars from Abu Sayyaf on Jolo on Friday, it said.",
)


def test_a_second_run_assembles_only_what_is_new(tmp_path: Path, reports: Path, settings: Settings) -> None:
    for n, text in enumerate(FAR):
        (reports / f"far{n}.txt").write_text(text + "\n", "utf-8")
    case = open_case(tmp_path / "x.case", settings)
    names = ("a.txt", "b.txt", "far0.txt", "far1.txt")
    first = case.add_and_run(*(reports / n for n in names), metadata=reports / "meta.csv")
    later = case.add_and_run(reports / "far2.txt")
    whole = make(tmp_path / "y.case", reports, settings, *names, "far2.txt")
    assert case.export("claims") == whole.export("claims")
    assert first.assembled == first.claims
    assert 0 < later.assembled < later.claims
    assert case.run().assembled == 0


def test_a_second_run_compares_only_what_is_new(tmp_path: Path, reports: Path, settings: Settings) -> None:
    names = [f"copy{n}.txt" for n in range(5)]
    for n, name in enumerate(names):
        (reports / name).write_text(f"{ATTACK}\nIssue {n} of the evening bulletin went out at {n + 2}.\n", "utf-8")
    case = open_case(tmp_path / "x.case", settings)
    first = case.add_and_run(*(reports / n for n in names[:4]), until="dedupe")
    later = case.add_and_run(reports / names[4], until="dedupe")
    assert (first.compared, later.compared, case.run(until="dedupe").compared) == (6, 4, 0)
    other = open_case(tmp_path / "y.case", settings)
    for name in reversed(names):
        other.add_and_run(reports / name, until="dedupe")
    assert other.export("copies") == case.export("copies")
    assert other.export("claims") == case.export("claims")


def test_a_changed_pack_is_a_reason_to_work_again(tmp_path: Path, reports: Path, settings: Settings) -> None:
    case = make(tmp_path / "x.case", reports, settings)
    pack = settings.data_home() / "packs" / "own.toml"
    pack.parent.mkdir(parents=True, exist_ok=True)
    row = (
        '[[outlet]]\nid = "northern-courier"\nname = "The Northern Courier of Kidal"\naliases = ["Northern Courier"]\n'
    )
    pack.write_text(row + 'country = "MLI"\nsource = "test"\n', "utf-8")
    events = case.run().events
    assert events
    assert case.export("claims") == make(tmp_path / "y.case", reports, settings).export("claims")


def test_an_interrupted_run_goes_on(tmp_path: Path, reports: Path, settings: Settings) -> None:
    def stop(stage: str, done: int, total: int | None) -> None:
        if stage == "read":
            raise KeyboardInterrupt

    case = open_case(tmp_path / "x.case", settings)
    with pytest.raises(KeyboardInterrupt):
        case.add_and_run(reports / "a.txt", reports / "b.txt", metadata=reports / "meta.csv", progress=stop)
    assert len(case.documents()) == 2
    case.run()
    assert case.export("claims") == make(tmp_path / "y.case", reports, settings).export("claims")


def test_until_stops_after_a_stage(tmp_path: Path, reports: Path, settings: Settings) -> None:
    case = open_case(tmp_path / "x.case", settings)
    summary = case.add_and_run(reports / "a.txt", until="clean")
    assert (summary.documents, summary.claims) == (1, 0)
    with pytest.raises(UsageError, match="no stage"):
        case.run(until="finish")  # type: ignore[arg-type]


def test_a_reader_gets_a_tokenised_report_as_it_was_written(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("the guards ( nine men ) left the depot , a witness said . nobody was hurt .", "utf-8")
    read = ModelReader.read
    seen: list[str] = []

    def reading(self: ModelReader, document: Document) -> Reading:
        seen.append(document.reading.text)
        return read(self, document)

    monkeypatch.setattr(ModelReader, "read", reading)
    for restore in (False, True):
        case = open_case(tmp_path / f"{restore}.case", replace(settings, restore=restore))
        case.add_and_run(path, until="read")
    assert seen == [path.read_text(), "The guards (nine men) left the depot, a witness said. Nobody was hurt."]


def test_a_bad_document_never_stops_a_run(tmp_path: Path, reports: Path, settings: Settings) -> None:
    (reports / "empty.txt").write_bytes(b"")
    (reports / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(200))
    case = open_case(tmp_path / "x.case", settings)
    summary = case.add_and_run(*(reports / n for n in ("empty.txt", "a.txt", "picture.txt")))
    assert sorted(f.name for f in summary.failures) == ["empty.txt", "picture.txt"]
    assert summary.documents == 1


def test_a_fault_in_a_reader_costs_one_document(
    tmp_path: Path, reports: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = ModelReader.read

    def faulty(self: ModelReader, document: tracewire.Document) -> Reading:
        if document.name == "a.txt":
            raise ZeroDivisionError("test")
        return read(self, document)

    monkeypatch.setattr(ModelReader, "read", faulty)
    case = open_case(tmp_path / "x.case", settings)
    summary = case.add_and_run(reports / "a.txt", reports / "b.txt")
    assert [(f.name, f.stage) for f in summary.failures] == [("a.txt", "read")]
    monkeypatch.undo()
    assert case.run().failures == []


def test_a_reader_that_cannot_work_ends_the_run(
    tmp_path: Path, reports: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unable(self: ModelReader, document: tracewire.Document) -> Reading:
        raise ReaderError("its weights are gone")

    monkeypatch.setattr(ModelReader, "read", unable)
    case = open_case(tmp_path / "x.case", settings)
    with pytest.raises(ReaderError, match="its weights are gone"):
        case.add_and_run(reports / "a.txt", reports / "b.txt")
    monkeypatch.undo()
    assert case.run().failures == []
    assert len(case.documents()) == 2


def test_new_metadata_changes_what_it_says(tmp_path: Path, reports: Path, settings: Settings) -> None:
    case = make(tmp_path / "x.case", reports, settings)
    (reports / "meta.csv").write_text(
        "file,published,outlet\nb.txt,2021-03-09,Desert Post\nno.txt,2020-01-01,\n", "utf-8"
    )
    summary = case.add_and_run(reports / "a.txt", metadata=reports / "meta.csv")
    document = next(d for d in case.documents() if d.name == "b.txt")
    assert (document.outlet, document.published and document.published.start) == ("Desert Post", "2021-03-09")
    assert summary.unmatched == ["no.txt"]


def test_one_writer_at_a_time(tmp_path: Path, reports: Path, settings: Settings) -> None:
    make(tmp_path / "x.case", reports, settings)
    store = load("stores", "sqlite")(tmp_path / "x.case", write=True)
    try:
        with pytest.raises(CaseLocked):
            open_case(tmp_path / "x.case", settings).run()
        assert open_case(tmp_path / "x.case", settings).claims()
    finally:
        store.close()


def test_public_names() -> None:
    assert tracewire.__all__ == sorted(tracewire.__all__)
    for name in tracewire.__all__:
        assert getattr(tracewire, name) is not None
    with pytest.raises(AttributeError):
        _ = tracewire.nothing
