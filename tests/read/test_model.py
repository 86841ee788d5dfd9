"""The trained reader with the weights that ship: spans, odd texts, and files that are missing or altered."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracewire.codebook import load_codebook
from tracewire.errors import ReaderError
from tracewire.model import Reading
from tracewire.read.base import ReaderContext
from tracewire.read.both import BothReader
from tracewire.read.model import LONGEST_SENTENCE, ModelReader
from tracewire.read.rules import RulesReader
from tracewire.read.weights import CARD, TAGGER, load_reader
from tracewire.testing import make_document

WEIGHTS = Path(str(files("tracewire.read") / "weights"))
TEXT = (
    "Fighters of the Zahra Front captured 12 T-72 tanks from government forces near Qasr on Sunday, a monitor said. "
    "The army denied losing any tanks.\n\n"
    "The front plans to move the tanks to Sofa."
)


@pytest.fixture(scope="module")
def context() -> ReaderContext:
    return ReaderContext(load_codebook())


@pytest.fixture(scope="module")
def reader(context: ReaderContext) -> ModelReader:
    return ModelReader(context)


def check_spans(reading: Reading, raw: str) -> None:
    spans = [m.span for m in reading.mentions]
    for claim in reading.claims:
        spans += [claim.trigger, *claim.evidence, *([claim.cue] if claim.cue else [])]
        indices = [a.mention for a in (*claim.arguments, *claim.places)] + [*claim.times, *claim.sources]
        indices += [i for pair in claim.quantity_of for i in pair]
        assert all(0 <= i < len(reading.mentions) for i in indices)
    assert all(raw[s.start : s.end] == s.quote for s in spans)


class TestReading:
    def test_a_capture_with_its_source(self, reader: ModelReader) -> None:
        reading = reader.read(make_document(TEXT))
        check_spans(reading, TEXT)
        claim = next(c for c in reading.claims if c.type == "capture")
        words = {(a.role, reading.mentions[a.mention].span.quote) for a in claim.arguments}
        assert ("loser", "government forces") in words
        assert any(role == "captor" and "Zahra Front" in quote for role, quote in words)
        assert any(role == "materiel" and "T-72" in quote for role, quote in words)
        assert [reading.mentions[i].span.quote for i in claim.sources] == ["monitor"]

    def test_a_denial_is_no_deed(self, reader: ModelReader) -> None:
        reading = reader.read(make_document(TEXT))
        assert {c.polarity for c in reading.claims if c.trigger.quote == "losing"} == {"-"}

    def test_a_plan_is_no_deed(self, reader: ModelReader) -> None:
        reading = reader.read(make_document(TEXT))
        assert {c.modality for c in reading.claims if c.trigger.quote == "move"} <= {"planned"}

    def test_the_same_text_reads_the_same(self, reader: ModelReader, context: ReaderContext) -> None:
        assert reader.read(make_document(TEXT)) == ModelReader(context).read(make_document(TEXT))

    def test_a_text_in_another_language_is_read_at_half_confidence(self, reader: ModelReader) -> None:
        english = make_document(TEXT)
        confidences = [
            [c.confidence for c in reader.read(replace(english, language=language)).claims]
            for language in (None, "en-GB", "fr")
        ]
        assert confidences[0] == confidences[1]
        assert confidences[2] == [round(c / 2, 4) for c in confidences[0]]

    def test_titles_are_marked(self, reader: ModelReader) -> None:
        reading = reader.read(make_document("Rebels seize 12 tanks near Qasr", label="title"))
        assert {c.segment for c in reading.claims} == {"title"}

    def test_an_open_quotation_keeps_its_speaker(self, reader: ModelReader) -> None:
        text = "“The rebels shelled the market of Sofa,” Colonel Adam Deng said. “They killed nine people in Qasr.”"
        reading = reader.read(make_document(text))
        late = [c for c in reading.claims if c.trigger.start > text.index("They")]
        assert late
        assert all("Deng" in reading.mentions[c.sources[0]].span.quote for c in late)

    def test_a_quotation_told_first_is_its_late_speakers(self, reader: ModelReader) -> None:
        text = (
            "Reporters met Colonel Musa Deng on Monday. "
            '"The militia attacked Kadru at dawn. We killed 12 of their fighters," Colonel Deng said.\n'
        )
        reading = reader.read(make_document(text))
        attack = next(c for c in reading.claims if c.trigger.quote == "attacked")
        assert next(reading.mentions[i].span.quote for i in attack.sources).endswith("Deng")

    def test_a_day_goes_on_and_a_background_year_does_not(self, reader: ModelReader) -> None:
        text = (
            "Rebels attacked the town of Sofa on Monday.\n\nThey killed nine soldiers.\n\n"
            "The army had bought drones from a foreign company in 2019."
        )
        reading = reader.read(make_document(text))
        killed = next(c for c in reading.claims if c.trigger.quote == "killed")
        assert killed.times_inferred
        assert [reading.mentions[i].span.quote for i in killed.times] == ["on Monday"]
        more = reader.read(make_document(text + "\n\nResidents fled from Qasr."))
        fled = next(c for c in more.claims if c.trigger.quote == "fled")
        assert "2019" not in " ".join(more.mentions[i].span.quote for i in fled.times)

    @pytest.mark.parametrize("favour", ["precision", "recall"])
    def test_a_threshold_can_be_chosen(self, reader: ModelReader, favour: str) -> None:
        other = ModelReader(ReaderContext(load_codebook(), favour=favour))  # type: ignore[arg-type]
        assert other.name != reader.name
        mine, theirs = (len(r.read(make_document(TEXT)).claims) for r in (reader, other))
        assert theirs <= mine if favour == "precision" else theirs >= mine


class TestOddTexts:
    @pytest.mark.parametrize(
        "text",
        [
            "",
            "   ",
            "12 34 56",
            "😀🔥 💣",
            "\u202eقصف السوق\u202c",
            "قصف الجيش السوق في أم درمان",
            "---",
            "a" * 3000,
            "\x00\x01",
        ],
    )
    def test_nothing_breaks(self, reader: ModelReader, text: str) -> None:
        check_spans(reader.read(make_document(text)), text)

    def test_a_sentence_of_5000_words(self, reader: ModelReader) -> None:
        text = "the rebels seized the town of Qasr and " * 700
        reading = reader.read(make_document(text))
        check_spans(reading, text)
        assert all(e.end - e.start <= LONGEST_SENTENCE for c in reading.claims for e in c.evidence)

    @settings(max_examples=20, deadline=None)
    @given(st.text(max_size=300))
    def test_any_text(self, reader: ModelReader, text: str) -> None:
        check_spans(reader.read(make_document(text)), text)


class TestWeights:
    def test_they_are_small(self) -> None:
        assert sum(p.stat().st_size for p in WEIGHTS.iterdir()) <= 40_000_000

    def test_an_altered_file_is_named(self, context: ReaderContext, tmp_path: Path) -> None:
        folder = Path(shutil.copytree(WEIGHTS, tmp_path / "w"))
        with (folder / TAGGER).open("r+b") as file:
            file.seek(1000)
            file.write(b"\x00\x01\x02\x03")
        with pytest.raises(ReaderError, match=TAGGER):
            load_reader(context, folder)

    @pytest.mark.parametrize("name", [CARD, TAGGER])
    def test_a_missing_file_is_named(self, context: ReaderContext, tmp_path: Path, name: str) -> None:
        folder = Path(shutil.copytree(WEIGHTS, tmp_path / "w"))
        (folder / name).unlink()
        with pytest.raises(ReaderError, match=name):
            load_reader(context, folder)

    def test_a_card_that_says_too_little(self, context: ReaderContext, tmp_path: Path) -> None:
        folder = Path(shutil.copytree(WEIGHTS, tmp_path / "w"))
        card = json.loads((folder / CARD).read_text("utf-8"))
        del card["flags"]
        (folder / CARD).write_text(json.dumps(card), "utf-8")
        with pytest.raises(ReaderError, match="damaged"):
            load_reader(context, folder)

    def test_without_onnxruntime_the_message_says_what_to_install(
        self, context: ReaderContext, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "onnxruntime", None)
        with pytest.raises(ReaderError, match="pip install onnxruntime"):
            load_reader(context)


class TestBoth:
    def test_claims_of_the_rules_are_added_where_the_model_has_none(
        self, context: ReaderContext, reader: ModelReader
    ) -> None:
        text = TEXT + " Gunmen made off with the mortars of the garrison."
        document = make_document(text)
        both, model, rules = (
            BothReader(context).read(document),
            reader.read(document),
            RulesReader(context).read(document),
        )
        check_spans(both, text)
        assert both.claims[: len(model.claims)] == model.claims
        triggers = [c.trigger for c in model.claims]
        free = [
            c for c in rules.claims if not any(c.trigger.start < t.end and t.start < c.trigger.end for t in triggers)
        ]
        assert len(both.claims) == len(model.claims) + len(free)
