"""Cleaning is reluctant: what looks a little like the things around a text is read all the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tracewire.model import Document

Cleaner = Callable[..., Document]
Labeller = Callable[..., list[tuple[str, str]]]

BEFORE = (
    "Gunmen raid Tilwa gendarmerie post, take eleven rifles\n\nGunmen on motorcycles attacked the gendarmerie post of Tilwa "
    "before dawn on Friday and made off with eleven rifles, the governor said.\n\n"
)
AFTER = "\n\nThe post guards the only paved road between Tilwa and the gold fields of the north."


class TestReluctance:
    """Text that looks a little like the things around texts, and must be read."""

    @pytest.mark.parametrize(
        "sentence",
        [
            "the army said on monday that 5 soldiers were killed",
            "Photo: handout",
            "By Monday the rebels had taken the town",
            "Rebels | army | police",
            "RELATED",
            "Fighters share - and tweet - their pictures",
            "Source: a colonel in Dori",
        ],
    )
    def test_a_document_of_one_line_is_text(self, clean_text: Cleaner, sentence: str) -> None:
        document = clean_text(sentence)
        assert document.reading.text == sentence
        assert [block.label for block in document.reading.blocks] == ["body"]

    @pytest.mark.parametrize("separator", ["\n", "\n\n"])
    def test_tokenised_lower_case_is_text(self, clean_text: Cleaner, separator: str) -> None:
        lines = [
            "dori - soldiers took 14 rifles from a lorry near dori on friday , the army said",
            "pictured : the lorry , burnt , at the barrier",
            "by noon the road was open",
            "source close to the governor : the rifles were made in turkey",
        ]
        document = clean_text(separator.join(lines))
        assert document.reading.text == "\n\n".join(lines)
        assert document.title is None

    def test_invitations_in_lower_case_are_none(self, labels: Labeller) -> None:
        lines = "soldiers took 14 rifles from a lorry near dori\nscroll down for video\nshare or comment on this article : x"
        assert [label for label, _ in labels(lines + "\nread more : cocoa falls")] == [
            "body",
            "nav",
            "social",
            "related",
        ]

    def test_capitals_alone_are_text(self, clean_text: Cleaner) -> None:
        text = (
            "DORI, 3 APR 90 (XPA) -- THE ARMY SAID IT KILLED FOUR REBELS.\n\nTHE REBELS DENIED IT.\n\nNO MORE IS KNOWN."
        )
        assert clean_text(text).reading.text == text

    def test_lines_without_blank_lines_or_menus_are_text(self, clean_text: Cleaner) -> None:
        text = "Two killed in Dori\nArmy blames militia for raid\nSix rifles gone\nThe governor will speak at noon on Friday."
        assert clean_text(text).reading.text == text.replace("\n", "\n\n")

    @pytest.mark.parametrize(
        "paragraph",
        [
            "The remarks do not necessarily reflect the policy of the palace, a spokesman said.",
            "The ministry is not responsible for the content of the letter, the minister told the court.",
            "The government is not responsible for the attack, the minister said.",
            "The colonel accused the site's owner of selling the copyright of the film, and said that police would act.",
            "Follow the road north and the wrecks begin after ten kilometres, one driver said.",
            "Source after source told the commission of rifles sold at the barrier.",
            "Comments by the governor on Friday drew anger in Tilwa.",
            "Related families fled together, the aid group said.",
            "In 2019 the same post lost 30 rifles - 12 of them new - in a raid that nobody was tried for.",
            "By the evening, the governor said, calm had returned.",
        ],
    )
    def test_sentences_that_begin_like_furniture(self, labels: Labeller, paragraph: str) -> None:
        assert ("body", paragraph) in labels(BEFORE + paragraph + AFTER)
        assert ("body", paragraph) in labels(BEFORE + AFTER.strip() + "\n\n" + paragraph)

    def test_every_annotated_sentence_is_read_in_full(self, clean_text: Cleaner, shared: Path) -> None:
        for path in sorted((shared / "data/annotated").glob("real-*.jsonl")):
            for line in path.read_text("utf-8").splitlines()[::7]:
                text = json.loads(line)["text"]
                assert clean_text(text).reading.text == text.strip()


@pytest.mark.parametrize(
    "sentence",
    [
        "Sponsored by the emirate, the militia took the port of Adale in March.",
        "The commission earned the trust of both sides when it got the nine prisoners home.",
        "Presented by the envoy on Monday, the plan calls for a truce of nine weeks.",
        "Officials asked residents to check your papers, a phrase that nobody in Tilwa had heard before.",
    ],
)
def test_sentences_that_begin_like_adverts_are_text(clean_text: Cleaner, sentence: str) -> None:
    document = clean_text(BEFORE + sentence + AFTER)
    assert sentence in document.reading.text


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("In partnership with Gold Road Bank", "nav"),
        ("Nine ways to save on fuel (Sponsored)", "nav"),
        ("Thank you! Please check your inbox to confirm.", "social"),
        ("Comment via: Facebook, Telegram", "nav"),
        ("This site uses affiliate links and may earn a commission on purchases.", "disclaimer"),
    ],
)
def test_lines_that_sell_are_not(clean_text: Cleaner, line: str, label: str) -> None:
    document = clean_text(BEFORE.strip() + AFTER + "\n\n" + line)
    assert line not in document.reading.text
    assert label in {s.label for s in document.segments if line[:20] in document.raw[s.start : s.end]}
