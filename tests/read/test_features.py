"""What the word lists know about a word, and its letter case."""

from __future__ import annotations

import pytest

from tracewire.codebook import load_codebook
from tracewire.read.features import CASES, MAX_FLAGS, WordFeatures, case_of
from tracewire.read.lexicon import load_lexicon


@pytest.fixture(scope="module")
def features() -> WordFeatures:
    return WordFeatures(load_lexicon("en"), load_codebook())


def named(features: WordFeatures, text: str) -> list[set[str]]:
    return [{features.names[flag - 1] for flag in flags} for flags in features.flags(text.split())]


class TestFlags:
    def test_triggers_by_type(self, features: WordFeatures) -> None:
        seized = named(features, "they seized it")[1]
        assert "verb:capture" in seized

    def test_a_phrase_flags_each_of_its_words(self, features: WordFeatures) -> None:
        assert all("verb:handover" in flags for flags in named(features, "hand over"))

    def test_a_short_name_counts_only_as_written(self, features: WordFeatures) -> None:
        assert "materiel" in named(features, "a TOW hit")[1]
        assert "materiel" not in named(features, "to tow it")[1]

    def test_unknown_words_have_none(self, features: WordFeatures) -> None:
        assert named(features, "zzyzx")[0] == set()

    def test_at_most_so_many(self, features: WordFeatures) -> None:
        assert all(
            len(flags) <= MAX_FLAGS
            for flags in features.flags(["fire", "hit", "take", "hold", "attack", "report", "say"])
        )

    def test_names_fix_the_numbers(self, features: WordFeatures) -> None:
        some = WordFeatures(load_lexicon("en"), load_codebook(), ["negation", "date"])
        assert some.flags(["never", "seized"]) == [(1,), ()]

    def test_what_a_word_has_stands_on_each_of_its_pieces(self, features: WordFeatures) -> None:
        case, flags = features.of_pieces(
            "Sniper seized", [None, 0, 0, 1, None], [(0, 0), (0, 3), (3, 6), (7, 13), (0, 0)]
        )
        assert case.tolist() == [0, CASES.index("initial"), CASES.index("initial"), CASES.index("lower"), 0]
        assert flags[0].sum() == 0
        assert flags[3].sum() > 0
        assert flags[1].tolist() == flags[2].tolist()


@pytest.mark.parametrize(
    ("word", "case"),
    [
        ("the", "lower"),
        ("Rebels", "initial"),
        ("UN", "upper"),
        ("A", "letter"),
        ("80", "digit"),
        (",", "mark"),
        ("iPhone", "mixed"),
        ("T72", "upper"),
    ],
)
def test_case(word: str, case: str) -> None:
    assert CASES[case_of(word)] == case
