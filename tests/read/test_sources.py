"""Who says so beyond the sentence, on invented text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from tracewire.codebook.speech_acts import speaker_of_act
from tracewire.model import Argument, Mention, ReadClaim, Span
from tracewire.read.discourse import still_open
from tracewire.read.sources import SourceTracker, determiner_before, post_name, without_header


@dataclass
class _Text:
    """A document told sentence by sentence; mentions are found by their words."""

    mentions: list[Mention] = field(default_factory=list)
    length: int = 0

    def __post_init__(self) -> None:
        self.tracker = SourceTracker(self.mentions)

    def sentence(self, words: str, *named: tuple[str, str, str], **claim: Any) -> ReadClaim:
        """One claim whose sources and speakers are given by words of `named` (words, type, form)."""
        offset = len(self.mentions)
        beside = {}
        for quote, kind, form in named:
            at = words.index(quote)
            span = Span(self.length + at, self.length + at + len(quote), quote)
            self.mentions.append(Mention("d", span, kind, form))  # type: ignore[arg-type]
            beside[len(self.mentions) - 1] = determiner_before(words, at)
        span = Span(self.length, self.length + len(words), words)
        self.length += len(words) + 1
        sources = tuple(offset + i for i in claim.pop("sources", ()))
        speakers = tuple(Argument("speaker", offset + i) for i in claim.pop("speakers", ()))
        kind = str(claim.pop("type", "attack"))
        read = ReadClaim(kind, span, (span,), "body", sources=sources, arguments=speakers, **claim)
        return self.tracker.attribute(words, [read], beside)[0]

    def said(self, claim: ReadClaim) -> list[str]:
        return [self.mentions[i].span.quote for i in claim.sources]


OMAR = ("Omar Sefi", "PERSON", "name")


def test_he_said_is_whoever_spoke_last() -> None:
    text = _Text()
    text.sentence("Colonel Omar Sefi said the depot burned.", OMAR, sources=[0])
    claim = text.sentence(
        "Nine men died, he said.", ("men", "PERSON", "nominal"), ("he", "PERSON", "pronoun"), sources=[1]
    )
    assert text.said(claim) == ["Omar Sefi"]


def test_he_is_the_named_person_of_his_own_sentence() -> None:
    text = _Text()
    text.sentence("Colonel Omar Sefi said the depot burned.", OMAR, sources=[0])
    claim = text.sentence(
        "Ruth Amadi told us what she saw burn.",
        ("Ruth Amadi", "PERSON", "name"), ("she", "PERSON", "pronoun"), sources=[1],
    )  # fmt: skip
    assert text.said(claim) == ["Ruth Amadi"]


def test_they_beside_another_group_stays_open() -> None:
    text = _Text()
    text.sentence("The monitors said the depot burned.", ("monitors", "GROUP", "nominal"), sources=[0])
    claim = text.sentence(
        "The experts faulted Arvenia, which they said sent trucks.",
        ("experts", "GROUP", "nominal"), ("Arvenia", "GROUP", "name"), ("they", "GROUP", "pronoun"), sources=[2],
    )  # fmt: skip
    assert text.said(claim) == ["they"]


def test_pronouns_do_not_reach_back_for_ever() -> None:
    text = _Text()
    text.sentence("Colonel Omar Sefi said the depot burned.", OMAR, sources=[0])
    for _ in range(8):
        text.sentence("It rained.")
    assert text.said(text.sentence("It went on, he said.", ("he", "PERSON", "pronoun"), sources=[0])) == ["he"]


def test_the_spokesman_is_who_was_called_so() -> None:
    text = _Text()
    text.sentence("Omar Sefi, a spokesman for the front, said the depot burned.", OMAR, sources=[0])
    text.sentence("A resident, Ruth Amadi, said so too.", ("Ruth Amadi", "PERSON", "name"), sources=[0])
    claim = text.sentence("The spokesman gave a toll.", ("spokesman", "PERSON", "nominal"), sources=[0])
    assert text.said(claim) == ["Omar Sefi"]
    other = text.sentence("A spokesman in Kadru spoke of nine.", ("spokesman", "PERSON", "nominal"), sources=[0])
    assert text.said(other) == ["spokesman"]


def test_who_denies_has_spoken() -> None:
    text = _Text()
    text.sentence("Omar Sefi denied it.", OMAR, type="verification", speakers=[0])
    claim = text.sentence("Nobody died, he said.", ("he", "PERSON", "pronoun"), sources=[0])
    assert text.said(claim) == ["Omar Sefi"]


def test_of_a_spokesman_with_his_name_the_person_speaks() -> None:
    text = _Text()
    claim = text.sentence(
        "The front's spokesman, Omar Sefi, denied it.", ("spokesman", "PERSON", "nominal"), OMAR,
        type="verification", speakers=[0, 1],
    )  # fmt: skip
    assert claim.sources == ()
    assert speaker_of_act(claim, text.mentions) == 1
    assert speaker_of_act(text.sentence("It burned.", type="attack"), text.mentions) is None


def test_what_is_denied_or_charged_in_the_same_sentence_is_said_by_the_denier() -> None:
    text = _Text()
    words = "Omar Sefi denied that any truck was lost and accused the army of shelling Kadru, where people dance."
    text.mentions.append(Mention("d", Span(0, 9, "Omar Sefi"), "PERSON", "name"))
    span = Span(0, len(words), words)
    claims = [
        ReadClaim("verification", span, (span,), "body", arguments=(Argument("speaker", 0),)),
        ReadClaim("loss", span, (span,), "body", polarity="-"),
        ReadClaim("strike", span, (span,), "body", modality="alleged"),
        ReadClaim("movement", span, (span,), "body"),
    ]
    made = text.tracker.attribute(words, claims, {0: ""})
    assert [text.said(c) for c in made] == [[], ["Omar Sefi"], ["Omar Sefi"], []]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("@kadru_eye 12 March: two trucks burning", "@kadru_eye"),
        (">> @kadru_eye: two trucks burning", "@kadru_eye"),
        ("Kadru Eye (@kadru_eye) Mar 12", "@kadru_eye"),
        ("Kadru Eye @kadru_eye: two trucks burning", "@kadru_eye"),
        ("@kadru_eye what do you think of the trucks", None),
        ("Trucks burn, writes @kadru_eye", None),
    ],
)
def test_posts(words: str, name: str | None) -> None:
    at = post_name(words)
    assert (words[at[0] : at[1]] if at else None) == name


def test_a_quotation_stays_open_until_its_mark() -> None:
    assert still_open('"We left at night.', False)
    assert still_open("It was dark.", True)
    assert not still_open('Nobody saw us," he said.', True)
    assert still_open("“We left at night.", False)
    assert not still_open("Nobody saw us,” he said.", True)


def test_whose_account_it_is_took_no_part() -> None:
    words = "Kadru Eye @kadru_eye: the Front took two trucks"
    mentions = [
        Mention("d", Span(0, 9, "Kadru Eye"), "GROUP", "name"),
        Mention("d", Span(26, 31, "Front"), "GROUP", "name"),
    ]
    span = Span(0, len(words), words)
    claim = ReadClaim("capture", span, (span,), "body", arguments=(Argument("captor", 0), Argument("captor", 1)))
    assert [a.mention for a in without_header(words, claim, mentions, 0).arguments] == [1]
    assert without_header("The Front took two trucks", claim, mentions, 0) is claim
