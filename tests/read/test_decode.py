"""Spans out of a tagging."""

from __future__ import annotations

import numpy as np
import pytest

from tracewire.read.decode import REACH, distances, softmax, stretches

LABELS = ("GROUP", "PLACE")
TAGS = {"O": 0, "BG": 1, "IG": 2, "BP": 3, "IP": 4}


def scores(*tags: str) -> np.ndarray:
    table = np.full((len(tags), 5), -4.0, dtype=np.float32)
    for row, tag in enumerate(tags):
        table[row, TAGS[tag]] = 4.0
    return table


def spans(*tags: str, words: list[int | None] | None = None) -> list[tuple[int, int, str]]:
    found = stretches(scores(*tags), LABELS, words or list(range(len(tags))))
    return [(s.start, s.end, s.label) for s in found]


def test_begin_and_inside() -> None:
    assert spans("O", "BG", "IG", "O", "BP") == [(1, 3, "GROUP"), (4, 5, "PLACE")]


def test_an_inside_of_another_type_goes_on_with_the_span() -> None:
    assert spans("BG", "IP", "IG") == [(0, 3, "GROUP")]


def test_an_inside_without_a_begin_begins() -> None:
    assert spans("O", "IP") == [(1, 2, "PLACE")]


def test_touching_spans_of_one_type_are_one() -> None:
    assert spans("BG", "BG") == [(0, 2, "GROUP")]
    assert spans("BG", "BP") == [(0, 1, "GROUP"), (1, 2, "PLACE")]


def test_a_span_takes_in_the_whole_word() -> None:
    assert spans("O", "BG", "O", "O", words=[0, 1, 1, 2]) == [(1, 3, "GROUP")]
    assert spans("O", "O", "BG", "O", words=[0, 1, 1, 2]) == [(1, 3, "GROUP")]


def test_special_pieces_are_no_words() -> None:
    assert spans("BG", "BG", "BG", words=[None, 0, None]) == [(1, 2, "GROUP")]


def test_outside_lets_less_sure_spans_in() -> None:
    table = scores("O")
    table[0, TAGS["BG"]] = 3.5
    assert stretches(table, LABELS, [0]) == []
    (found,) = stretches(table, LABELS, [0], outside=1.0)
    assert found.label == "GROUP"
    assert found.probability == pytest.approx(softmax(table)[0, 1:3].sum(), abs=1e-6)


def test_distances_are_clipped_and_centred_on_the_trigger() -> None:
    found = distances(30, 32, 80).tolist()
    assert found[30] == found[31] == REACH + 1
    assert found[29], found[32] == (REACH, REACH + 2)
    assert min(found) == 1
    assert max(found) == 2 * REACH + 1
