"""Who speaks in a sentence without a claim of its own, so that the quotation after it has a speaker."""

from __future__ import annotations

import pytest

from tracewire.read.neural import FoundMention
from tracewire.read.speakers import speaker_of


@pytest.mark.parametrize(
    ("text", "names", "speaker"),
    [
        ('"Nobody slept that night," Colonel Deng told reporters.', ["Colonel Deng"], 0),
        ('"It was loud," said the mayor.', ["mayor"], 0),
        ("Adam Deng, a spokesman for the militia, said it was cold.", ["Adam Deng", "militia"], 0),
        ("The militia met Adam Deng in Sofa.", ["militia", "Adam Deng"], None),
    ],
)
def test_the_actor_beside_a_speech_verb(text: str, names: list[str], speaker: int | None) -> None:
    mentions = [FoundMention(text.index(n), text.index(n) + len(n), "PERSON", "name", 0.9) for n in names]
    assert speaker_of(text, mentions) == speaker


def test_a_pronoun_is_nobody_yet() -> None:
    assert speaker_of("He said it was cold.", [FoundMention(0, 2, "PERSON", "pronoun", 0.9)]) is None
