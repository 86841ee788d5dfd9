"""The floors: they rise by themselves, fall only with a reason, and hold for the sentences they were set on."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tracewire import plugins
from tracewire.model import Document, Mention, ReadClaim, Reading
from tracewire.read.base import ReaderContext

REPOSITORY = Path(__file__).resolve().parents[2]
TEXT = "Gunmen raided the depot."
ROW = {
    "doc": "q",
    "i": 0,
    "text": TEXT,
    "mentions": [["GROUP", "nominal", "Gunmen"], ["FACILITY", "nominal", "depot"]],
    "claims": [{"type": "ATTACK", "trigger": "raided", "args": {"attacker": ["Gunmen"], "target": ["depot"]}}],
}


class WordReader:
    """Finds an attack in every "raided", and nothing where `blind` is set."""

    name = "word@1"
    blind = False

    def __init__(self, context: ReaderContext) -> None:
        assert context.codebook.events

    def read(self, document: Document) -> Reading:
        at = document.reading.text.find("raided")
        if at < 0 or self.blind:
            return Reading(document.id, self.name, (), ())
        trigger = document.span(at, at + 6)
        mention = Mention(document.id, document.span(0, 6), "GROUP", "nominal")
        return Reading(document.id, self.name, (mention,), (ReadClaim("attack", trigger, (trigger,), "body"),))


@pytest.fixture
def quality(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The bench, with one small set, floors of its own, and WordReader as the reader "word"."""
    spec = importlib.util.spec_from_file_location("quality", REPOSITORY / "bench" / "quality.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "quality", module)
    spec.loader.exec_module(module)
    (tmp_path / "set.jsonl").write_text(json.dumps(ROW))
    monkeypatch.setattr(module, "SETS", {"own": (tmp_path / "set.jsonl",), "real": (tmp_path / "absent.jsonl",)})
    monkeypatch.setattr(module, "FLOORS", tmp_path / "floors.json")
    monkeypatch.setattr(plugins, "load", lambda kind, name: {("readers", "word"): WordReader}[kind, name])
    monkeypatch.setattr(WordReader, "blind", False)
    return module


def floors(quality: ModuleType) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(quality.FLOORS.read_text())["word"]["own"]
    return found


def test_it_prints_the_table_and_names_the_sets_that_are_absent(
    quality: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert quality.main(["--reader", "word", "--per-type", "--show", "missed mention"]) == 0
    out, err = capsys.readouterr()
    assert "own: 1 sentences" in out
    assert "claim types: ATTACK" in out
    assert f"FACILITY: depot\n    {TEXT}" in out
    assert "real: left out" in err


def test_a_missed_floor_is_named_and_fails(quality: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert quality.main(["--reader", "word", "--update"]) == 0
    assert floors(quality)["floors"]["claims"] == 1.0
    assert quality.main(["--reader", "word"]) == 0
    WordReader.blind = True
    assert quality.main(["--reader", "word"]) == 1
    assert "own: claims is 0.0000, the floor is 1.0000" in capsys.readouterr().err


def test_an_update_never_lowers_without_a_reason_which_is_kept(quality: ModuleType) -> None:
    quality.main(["--reader", "word", "--update"])
    before = floors(quality)
    WordReader.blind = True
    quality.main(["--reader", "word", "--update"])
    assert floors(quality) == before
    quality.main(["--reader", "word", "--update", "--allow-lower", "the guide changed"])
    assert floors(quality)["floors"]["claims"] == 0.0
    assert floors(quality)["lowered"][0]["why"] == "the guide changed"
    assert floors(quality)["lowered"][0]["from"]["claims"] == 1.0
    WordReader.blind = False
    quality.main(["--reader", "word", "--update"])
    assert floors(quality)["floors"]["claims"] == 1.0
    assert len(floors(quality)["lowered"]) == 1


def test_other_sentences_fail_until_the_floors_are_set_anew(
    quality: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    quality.main(["--reader", "word", "--update"])
    path = quality.SETS["own"][0]
    path.write_text(path.read_text() + "\n")
    assert quality.main(["--reader", "word"]) == 1
    assert "not those that the floors were set on" in capsys.readouterr().err
    with pytest.raises(SystemExit, match="allow-lower"):
        quality.main(["--reader", "word", "--update"])
    assert quality.main(["--reader", "word", "--update", "--allow-lower", "a line more"]) == 0
    assert quality.main(["--reader", "word"]) == 0


def test_json_is_one_object(quality: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    quality.main(["--reader", "word", "--json"])
    assert json.loads(capsys.readouterr().out)["own"]["measures"]["claims"]["tp"] == 1


def test_the_kept_floors_are_well_formed() -> None:
    for sets in json.loads((REPOSITORY / "bench" / "floors.json").read_text()).values():
        for kept in sets.values():
            assert len(kept["corpus_sha256"]) == 64
            assert all(0 <= floor <= 1 for floor in kept["floors"].values())
