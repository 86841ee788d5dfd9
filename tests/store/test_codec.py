"""Law: every object of the model comes back equal from its text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracewire.model import (
    Claim,
    Copy,
    Document,
    Entity,
    Event,
    Judgement,
    Mention,
    Metadata,
    Origin,
    Place,
    Reading,
    Relation,
    Span,
    Story,
)
from tracewire.store.codec import as_text, decode, decode_document, encode, encode_document

KINDS = (Claim, Copy, Entity, Event, Mention, Metadata, Origin, Place, Reading, Relation, Story)

spans = st.recursive(
    st.builds(Span, st.integers(), st.integers(), st.text(max_size=5), st.just(())),
    lambda inner: st.builds(
        Span, st.integers(), st.integers(), st.text(max_size=5), st.lists(inner, max_size=2).map(tuple)
    ),
    max_leaves=3,
)
st.register_type_strategy(Span, spans)
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
quick = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@quick
@given(data=st.data())
def test_model_objects_come_back_equal(kind: type, data: st.DataObject) -> None:
    value = data.draw(st.from_type(kind))
    text = encode(value)
    assert decode(text, kind) == value
    assert encode(decode(text, kind)) == text


@quick
@given(value=st.builds(Judgement, change=st.dictionaries(st.text(max_size=5), plain, max_size=3)))
def test_judgements_come_back_equal(value: Judgement) -> None:
    assert decode(encode(value), Judgement) == value


@quick
@given(value=st.from_type(Document))
def test_documents_come_back_equal_and_their_texts_are_not_in_the_row(value: Document) -> None:
    text = encode_document(value)
    bare = decode(text, Document)
    assert (bare.raw, bare.reading.text) == ("", "")
    assert decode_document(text, value.reading.text, value.raw) == value


@pytest.mark.parametrize(
    "value",
    [
        Story("s", (), "half a pair \ud83d"),
        Copy("d1", "d2", "twin", 0.1, 0.2, True, ""),  # type: ignore[arg-type]
        Copy("d1", "d2", "copy", float("nan"), 0.2, True, ""),
        Judgement("j", "", "", "accept", "", {"x": object()}, ""),
    ],
)
def test_what_would_not_come_back_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="cannot be kept"):
        encode(value)


def test_undecodable_names_can_be_shown() -> None:
    assert as_text("caf\udce9 \u00e9") == "caf\\udce9 \u00e9"
