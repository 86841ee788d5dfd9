"""Sentences and tokens keep their offsets, whatever the text looks like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracewire.read.text import sentences, tokens


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Gen. Omar Said left. He flew to Aden.", ["Gen. Omar Said left.", "He flew to Aden."]),
        (
            "The U.S. Navy stopped it on Jan. 9. Nobody was hurt.",
            ["The U.S. Navy stopped it on Jan. 9.", "Nobody was hurt."],
        ),
        ("the army left . the rebels came .", ["the army left .", "the rebels came ."]),
        ("on nov . 3 the army left . it rained .", ["on nov . 3 the army left .", "it rained ."]),
        ("“We left.” He said no more.", ["“We left.”", "He said no more."]),
        ("The army left the\ntown on Monday.", ["The army left the\ntown on Monday."]),
        ("It cost 3.5 million. Why?", ["It cost 3.5 million.", "Why?"]),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert [text[a:b] for a, b in sentences(text)] == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("10Tanks 4 BMPs", ["10", "Tanks", "4", "BMPs"]),
        ("anti-tank T-72s", ["anti-tank", "T-72s"]),
        ("the army's 80+ men didn't go", ["the", "army", "'s", "80+", "men", "did", "n't", "go"]),
        ("1,500 rounds", ["1,500", "rounds"]),
    ],
)
def test_tokens(text: str, parts: list[str]) -> None:
    assert [t.text for t in tokens(text, 0, len(text))] == parts


@given(st.text(max_size=400))
def test_sentences_are_in_order_and_lose_only_space(text: str) -> None:
    found = sentences(text)
    position = 0
    for start, end in found:
        assert position <= start < end <= len(text)
        assert not text[position:start].strip()
        position = end
    assert not text[position:].strip()


@given(st.text(max_size=200))
def test_tokens_are_verbatim_and_in_order(text: str) -> None:
    last = 0
    for token in tokens(text, 0, len(text)):
        assert text[token.start : token.end] == token.text
        assert token.start >= last
        last = token.end
