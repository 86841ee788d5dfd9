"""The reader over a service that misbehaves: nothing invented gets in, nothing is asked twice, all is counted."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tracewire.codebook import load_codebook
from tracewire.config import LLMSettings
from tracewire.errors import ReaderError, UsageError
from tracewire.read import AccountableReader, ReaderContext
from tracewire.read.llm import LLMReader
from tracewire.testing import make_document

TEXT = "Rebels seized a depot near Qasr on Monday. The army attacked the depot a day later."
DOCUMENT = make_document(TEXT)
LONG = make_document(
    "\n\n".join(f"Rebels seized depot {i}, which lies behind the town, on a Monday." for i in range(100))
)
Make = Callable[..., LLMReader]


def figures(reader: LLMReader) -> dict[str, Any]:
    found = reader.account().figures
    assert found is not None
    return found


def test_reads(stub: Any, make_reader: Make) -> None:
    reader = make_reader()
    reading = reader.read(DOCUMENT)
    assert isinstance(reader, AccountableReader)
    assert (reading.reader, reading.gaps) == ("llm@1", ())
    assert [(c.type, c.trigger.quote) for c in reading.claims] == [("capture", "seized"), ("attack", "attacked")]
    assert [m.span.quote for m in reading.mentions] == ["Rebels", "army"]
    assert [m["role"] for m in stub.requests[0]["messages"]] == ["system", "user"]


def test_nothing_is_sent_before_a_document_is_read(stub: Any, make_reader: Make) -> None:
    reader = make_reader()
    reader.read(make_document(""))
    assert not stub.requests
    assert reader.account().lines == ()


def test_it_has_to_be_asked_for_by_name() -> None:
    with pytest.raises(UsageError, match="--llm-url and --llm-model"):
        LLMReader(ReaderContext(load_codebook()))


def test_the_same_words_are_asked_for_once(stub: Any, make_reader: Make) -> None:
    first, second = make_reader(), make_reader()
    reading = first.read(LONG)
    sent = len(stub.requests)
    assert sent > 1
    assert second.read(LONG) == reading
    assert len(stub.requests) == sent
    kept = figures(second)
    assert (kept["answers"], kept["cached"], kept["tokens_in"], kept["claims"]) == (0, sent, 0, 100)
    make_reader(model="other").read(LONG)
    assert len(stub.requests) == 2 * sent, "another model is another answer"


def test_the_cache_is_the_users_alone_and_holds_no_key(
    stub: Any, make_reader: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACEWIRE_LLM_KEY", "sk-secret-0123")
    make_reader().read(DOCUMENT)
    (path,) = (tmp_path / "llm-cache").rglob("*.json")
    assert path.stat().st_mode & 0o077 == 0
    assert (tmp_path / "llm-cache").stat().st_mode & 0o077 == 0
    assert "sk-secret" not in path.read_text("utf-8")
    assert len(path.stem) == 64


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"key": "x", "answer": "{\\"claims\\": []}"}', "\x00"])
def test_a_damaged_cache_is_asked_anew(stub: Any, make_reader: Make, tmp_path: Path, damage: str) -> None:
    reading = make_reader().read(DOCUMENT)
    (path,) = (tmp_path / "llm-cache").rglob("*.json")
    path.write_text(damage, "utf-8")
    assert make_reader().read(DOCUMENT) == reading
    assert len(stub.requests) == 2


def test_a_cache_that_cannot_be_written_is_said(stub: Any, make_reader: Make, tmp_path: Path) -> None:
    (tmp_path / "llm-cache").write_text("in the way", "utf-8")
    reader = make_reader()
    assert reader.read(DOCUMENT).claims
    assert any("answers were not kept" in line for line in reader.account().lines)


# ---------------------------------------------------------------- answers of no use


@pytest.mark.parametrize(
    ("content", "finish", "why"),
    [
        ('{"claims": [{"type": "capt', "stop", "no JSON of the form"),
        ('{"mentions": [], "claims": []}', "length", "was cut"),
        ("I cannot help with that.", "stop", "no JSON of the form"),
        (None, "stop", "no JSON of the form"),
    ],
)
def test_an_answer_of_no_use_is_asked_for_once_more(
    kit: ModuleType, stub: Any, make_reader: Make, content: str | None, finish: str, why: str
) -> None:
    stub.faults = [kit.says(content, finish)]
    assert len(make_reader().read(DOCUMENT).claims) == 2
    assert "not one complete JSON object" in stub.requests[1]["messages"][2]["content"]

    other = make_document("Militia seized a bridge near Sofa.")
    stub.faults = [kit.says(content, finish)] * 2
    reader = make_reader()
    reading = reader.read(other)
    assert reading.claims == ()
    assert len(reading.gaps) == 1
    assert why in reading.gaps[0]
    assert reading.gaps[0].startswith("sentence 1: ")
    assert (figures(reader)["failed"], figures(reader)["answers"]) == (1, 2), "what is of no use is paid for too"


def test_one_stretch_that_fails_costs_no_other(kit: ModuleType, stub: Any, make_reader: Make) -> None:
    stub.faults = [kit.says("{"), kit.says("{")]
    reading = make_reader().read(LONG)
    assert len(reading.gaps) == 1
    assert 50 < len(reading.claims) < 100
    again = make_reader().read(LONG)
    assert (len(again.claims), again.gaps) == (100, ())


def test_invented_words_are_dropped_and_counted(kit: ModuleType, stub: Any, make_reader: Make) -> None:
    invented = [
        kit.claim(1, "capture", "seized", [("captor", "Rebels"), ("loser", "Fifth Division")], sources=["Reuters"]),
        kit.claim(1, "capture", "stormed", [("captor", "Rebels")]),
        kit.claim(1, "robbery", "seized"),
    ]
    stub.always = kit.says(json.dumps({"mentions": [], "claims": invented}))
    reader = make_reader()
    reading = reader.read(DOCUMENT)
    assert [m.span.quote for m in reading.mentions] == ["Rebels"]
    assert figures(reader)["dropped"] == {
        "claims of no known type": 1,
        "claims whose trigger is not in the text": 1,
        "fields whose words are not in the text": 2,
    }
    assert any("claims whose trigger is not in the text: 1" in line for line in reader.account().lines)


def test_a_wrong_key_ends_the_run(kit: ModuleType, stub: Any, make_reader: Make) -> None:
    stub.always = kit.answers(401)
    with pytest.raises(ReaderError, match="TRACEWIRE_LLM_KEY"):
        make_reader().read(DOCUMENT)


# ---------------------------------------------------------------- what it costs


def test_cost(stub: Any, make_reader: Make) -> None:
    reader = make_reader(price_in=2.0, price_out=10.0)
    reader.read(DOCUMENT)
    assert figures(reader)["cost"] == pytest.approx(0.003)
    assert any("tokens in: 1000, out: 100; cost 0.0030" in line for line in reader.account().lines)


def test_a_cost_without_prices_is_unknown(stub: Any, make_reader: Make) -> None:
    reader = make_reader(price_in=2.0)
    reader.read(DOCUMENT)
    assert figures(reader)["cost"] is None
    assert any("cost unknown: give --llm-price-in" in line for line in reader.account().lines)


def test_tokens_that_the_service_does_not_count(kit: ModuleType, stub: Any, make_reader: Make) -> None:
    stub.faults = [kit.says('{"claims": []}', usage=False)]
    reader = make_reader(price_in=1.0, price_out=1.0)
    reader.read(DOCUMENT)
    assert figures(reader)["cost"] is None
    reader.read(make_document("Militia seized a bridge near Sofa."))
    assert figures(reader)["answers_without_tokens"] == 1
    assert any("gave no number: 1)" in line and "at least 0.0011" in line for line in reader.account().lines)


def test_the_fingerprint_tells_models_apart_and_not_services(make_reader: Make) -> None:
    assert make_reader().fingerprint == make_reader(url="http://localhost:1/v1", price_in=1.0).fingerprint
    assert make_reader().fingerprint != make_reader(model="other").fingerprint


def test_settings_hold_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACEWIRE_LLM_KEY", "sk-secret-0123")
    assert "sk-secret" not in repr(LLMSettings("http://localhost/v1", "tiny"))
