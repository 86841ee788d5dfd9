"""The alias matcher: folding, case, word bounds, offsets, laws."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracewire.codebook.matcher import AliasMatcher, fold, tokens

ALIASES = [
    ("al-Nusra", "nusra", False),
    ("Nusra Front", "front", False),
    ("T-72", "t72", False),
    ("TOW", "tow", True),
    ("tank", "tank", False),
    ("tank destroyer", "destroyer", False),
    ("BMP", "bmp", True),
    ("UN", "un", True),
    ("IS", "is", True),
    ("MANPADS", "manpads", True),
    ("Ansar al-Shari'a", "ansar", False),
    ("People's Protection Units", "ypg", False),
    ("Škorpion", "skorpion", False),
    ("5.56 mm", "calibre", False),
    ("surface-to-air missile", "sam", False),
    ("SAA", "one", True),
    ("SAA", "two", True),
]
MATCHER = AliasMatcher(ALIASES, plural=True, variants=True, lower_ok=("TOW",))


def found(text: str) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.id) for m in MATCHER.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Al - Nusra and al nusra", [("Al - Nusra", "nusra"), ("al nusra", "nusra")]),
        ("Al\u2011Nusra\u2019s men", [("Al\u2011Nusra", "nusra")]),
        ("alnusra", []),
        ("T72s, T-72B3, t - 72 but T-720", [("T72s", "t72"), ("T-72B3", "t72"), ("t - 72", "t72")]),
        ("He will tow it to a TOW team", [("TOW", "tow")]),
        ("two tow crews", [("tow", "tow")]),
        ("what is un about bmp", []),
        ("some manpads", [("manpads", "manpads")]),
        ("What Is said; manpads", []),
        ("10Tanks 4BMP's 80+ TOW", [("Tanks", "tank"), ("BMP", "bmp"), ("TOW", "tow")]),
        ("tank destroyers, tankers", [("tank destroyers", "destroyer")]),
        ("the U.N. said", [("U.N.", "un")]),
        ("the u . n . said", [("u . n .", "un")]),
        ("Ansar al-Sharia; Ansar al Shari\u2019a", [("Ansar al-Sharia", "ansar"), ("Ansar al Shari\u2019a", "ansar")]),
        ("the people 's protection units", [("people 's protection units", "ypg")]),
        ("Peoples' Protection Units", [("Peoples' Protection Units", "ypg")]),
        ("a SKORPION and a skorpion", [("SKORPION", "skorpion"), ("skorpion", "skorpion")]),
        ("5,56 mm or 5.56mm", [("5,56 mm", "calibre"), ("5.56mm", "calibre")]),
        ("surface-to-\nair missiles", [("surface-to-\nair missiles", "sam")]),
        ("the Nusra. Front lines", []),
        ("the Nusra\n\nFront", []),
        ("SAA", [("SAA", "one"), ("SAA", "two")]),
    ],
)
def test_finds(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_lookup_wants_the_whole() -> None:
    assert MATCHER.lookup("T-72") == ("t72",)
    assert MATCHER.lookup("T-72 crews") == ()
    assert MATCHER.lookup("...") == ()


@given(st.text(max_size=80))
def test_any_text_gives_ordered_matches(text: str) -> None:
    matches = MATCHER.find(text)
    assert all(0 <= m.start < m.end <= len(text) for m in matches)
    spans = sorted({(m.start, m.end) for m in matches})
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


@given(st.text(max_size=80))
def test_tokens_are_verbatim(text: str) -> None:
    assert all(fold(text[t.start : t.end]) in (t.folded, fold(t.written)) for t in tokens(text))


@given(st.lists(st.sampled_from(ALIASES), unique=True), st.text(max_size=40))
def test_order_of_aliases_is_nothing(aliases: list[tuple[str, str, bool]], text: str) -> None:
    text = f"{text} TOW SAA tank destroyer"
    assert AliasMatcher(aliases).find(text) == AliasMatcher(aliases[::-1]).find(text)


def test_ten_thousand_aliases_are_quick() -> None:
    matcher = AliasMatcher((f"front number {n} brigade", f"i{n}", False) for n in range(10_000))
    text = "the front number 77 brigade met nobody at the front line " * 52
    start = time.perf_counter()
    assert len(matcher.find(text)) == 52
    assert time.perf_counter() - start < 0.2  # some 4 ms on a quiet machine
