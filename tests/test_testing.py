"""The shipped test doubles keep the rules that real documents keep."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tracewire.model import Reading
from tracewire.testing import FakeReader, make_document


@given(text=st.text(alphabet="ab \n\t.\u00e9", max_size=40))
def test_segments_cover_the_text_and_blocks_are_its_paragraphs(text: str) -> None:
    document = make_document(text)
    assert "".join(text[s.start : s.end] for s in document.segments) == text
    blocks = [text[b.start : b.end] for b in document.reading.blocks]
    assert blocks == [p.strip() for p in re.split(r"\n[^\S\n]*(?:\n[^\S\n]*)+", text) if p.strip()]
    for block in document.reading.blocks:
        assert document.span(block.start, block.end).quote == text[block.start : block.end]


def test_metadata_and_label_are_taken() -> None:
    document = make_document("A title", "x.txt", label="title", outlet="Gazette", language="en")
    assert (document.name, document.outlet, document.language) == ("x.txt", "Gazette", "en")
    assert {s.label for s in document.segments} == {b.label for b in document.reading.blocks} == {"title"}
    assert document.id != make_document("A title", "y.txt").id


def test_a_fake_reader_returns_what_it_was_given() -> None:
    known, other = make_document("one"), make_document("two")
    reading = Reading(known.id, "fake@1", (), ())
    reader = FakeReader({known.id: reading})
    assert reader.read(known) is reading
    assert reader.read(other) == Reading(other.id, "fake@1", (), ())
