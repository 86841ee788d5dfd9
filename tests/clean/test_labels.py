"""Each label of plain text, on invented pages of invented outlets."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tracewire.model import READABLE, Document

Cleaner = Callable[..., Document]
Labeller = Callable[..., list[tuple[str, str]]]

BODY = (
    "Gunmen on motorcycles attacked the gendarmerie post of Tilwa before dawn on Friday and made off with eleven rifles, "
    "the governor said.",
    "He added that two attackers were killed. Residents counted three burnt pickup trucks at the gate.",
    "The post guards the only paved road between Tilwa and the gold fields of the north.",
)
TITLE = "Gunmen raid Tilwa gendarmerie post, take eleven rifles"


def around(*, above: str = "", below: str = "", title: str = TITLE, after_title: str = "", middle: str = "") -> str:
    """The same report with other things at one of its places."""
    parts = (above, title, after_title, BODY[0], middle, *BODY[1:], below)
    return "\n\n".join(part for part in parts if part)


def label_of(labelled: list[tuple[str, str]], line: str) -> str:
    """The label of the segment that holds a line, alone or with others."""
    found = [label for label, text in labelled if text == line]
    assert len(found) == 1, labelled
    return found[0]


def assert_text_kept(labelled: list[tuple[str, str]]) -> None:
    for paragraph in BODY:
        assert ("body", paragraph) in labelled
    assert ("title", TITLE) in labelled


class TestAbove:
    @pytest.mark.parametrize(
        "line",
        [
            "Home > Africa > Sahel",
            "News | Opinion | Gold | Sport",
            "Home - Army - Gold - Live",
            "World / Africa / Tilwa",
            "Skip to content",
            "Menu  Search  Log in",
            "We use cookies to improve your visit. Accept all",
            "iconsearch iconmenu icon-share iconclose",
            "The Gold Road Gazette",
            "GOLD ROAD RADIO",
            "English | Français | العربية",
        ],
    )
    def test_menus_prompts_and_mastheads_are_nav(self, labels: Labeller, line: str) -> None:
        labelled = labels(around(above=line))
        assert label_of(labelled, line) == "nav"
        assert_text_kept(labelled)

    def test_a_slogan_is_not_the_title(self, labels: Labeller) -> None:
        labelled = labels(around(above="The Gold Road Gazette\nTruth before speed since 1951"))
        assert label_of(labelled, "Truth before speed since 1951") == "nav"
        assert_text_kept(labelled)

    def test_a_doubled_title_is_read_once(self, labels: Labeller) -> None:
        labelled = labels(around(after_title=TITLE, below=TITLE))
        assert [label for label, text in labelled if text == TITLE] == ["title", "duplicate", "duplicate"]


class TestBetweenTitleAndText:
    @pytest.mark.parametrize(
        ("line", "label"),
        [
            ("By Salif Ouatt", "byline"),
            ("By Salif Ouatt and Rose Tiendre in Tilwa", "byline"),
            ("Posted on March 3, 2021 by Salif Ouatt", "byline"),
            ("Wed 3 Mar 2021 18.40 GMT", "byline"),
            ("Published: 3 March 2021 | Updated: 4 March 2021, 10:02", "byline"),
            ("3 hours ago", "byline"),
            ("Salif Ouatt", "byline"),
            ("Source: Sahel Monitor – by Rose Tiendre (Raid on Tilwa)", "credit"),
            ("Articles by: Sahel Monitor", "credit"),
            ("Photo: Salif Ouatt", "credit"),
            ("Image: A gendarme at a parade (Wikimedia Commons)", "credit"),
            ("Reuters/Jon Ekblad", "credit"),
            ("File photo: gendarmes on parade in the capital. [Jon Ekblad/AFP]", "caption"),
            ("Share  Tweet  Print  WhatsApp", "nav"),
            ("4 min read", "nav"),
        ],
    )
    def test_lines_about_the_text(self, clean_text: Cleaner, line: str, label: str) -> None:
        document = clean_text(around(after_title=line))
        labelled = [(s.label, document.raw[s.start : s.end].strip()) for s in document.segments]
        assert_text_kept(labelled)
        assert label in {found for found, text in labelled if text and text in line}
        assert (line in document.reading.text) == (label in READABLE and "[" not in line)

    def test_headlines_of_other_matters_are_related(self, labels: Labeller) -> None:
        others = "Cocoa prices hit new record\nFerry sinks off Port Ansel\nMinister opens stadium in Dori"
        labelled = labels(around(after_title=others))
        assert [label for label, text in labelled if text in others] == ["related"] * 3
        assert_text_kept(labelled)

    def test_a_standfirst_is_text(self, labels: Labeller) -> None:
        standfirst = "Governor says two attackers were killed at the gendarmerie post"
        assert label_of(labels(around(after_title=standfirst)), standfirst) == "body"

    def test_two_lines_that_speak_of_the_matter_are_text(self, labels: Labeller) -> None:
        lines = ("Governor counts dead attackers at Tilwa post", "Residents saw burnt trucks at gate of gendarmerie")
        labelled = labels(around(after_title="\n".join(lines)))
        assert [label_of(labelled, line) for line in lines] == ["body", "body"]

    def test_the_name_of_the_site_before_the_headline(self, labels: Labeller) -> None:
        labelled = labels(around(above=f"Gazette - World - {TITLE}"))
        assert label_of(labelled, f"Gazette - World - {TITLE}") == "duplicate"
        assert_text_kept(labelled)

    def test_a_page_without_blank_lines(self, labels: Labeller) -> None:
        lines = [
            "Front Ledger | All of the war",
            "World",
            "Opinion",
            TITLE,
            TITLE,
            "May 3, 2021, 9:12 PM",
            *BODY,
            "Related:",
        ]
        labelled = labels("\n".join([*lines, "Cocoa prices hit new record", "Follow us on Telegram"]))
        assert [label for label, text in labelled if text == TITLE] == ["title", "duplicate"]
        assert label_of(labelled, "Cocoa prices hit new record") == "related"
        assert label_of(labelled, "World") == "nav"
        assert_text_kept(labelled)


class TestInsideTheText:
    @pytest.mark.parametrize(
        ("line", "label"),
        [
            ("ADVERTISEMENT", "nav"),
            ("READ ALSO: Miners strike over pay", "related"),
            ("Related: Miners strike over pay", "related"),
            ("Sign up for our weekly newsletter", "social"),
            ("FILE PHOTO: Motorcycles are banned on the road north of Tilwa.", "caption"),
            ("Tilwa Watch @tilwawatch: three pickups burnt, count again #Tilwa — 3 Mar 2021", "embed"),
        ],
    )
    def test_lines_that_stand_between_paragraphs(self, labels: Labeller, line: str, label: str) -> None:
        labelled = labels(around(middle=line))
        assert label_of(labelled, line) == label
        assert_text_kept(labelled)

    def test_a_post_and_its_signature(self, labels: Labeller) -> None:
        labelled = labels(
            around(middle="11 rifles gone, 3 pickups burnt #Tilwa\n\n— Tilwa Watch (@tilwawatch) March 3, 2021")
        )
        assert [label for label, _ in labelled].count("embed") == 2

    def test_a_quotation_that_a_line_announces(self, labels: Labeller) -> None:
        quote = "“Whoever sold them the fuel knew where they were going, and so did the man at the barrier,” it said."
        labelled = labels(around(middle=f"The Sahel Monitor wrote:\n\n{quote}"))
        assert label_of(labelled, "The Sahel Monitor wrote:") == "body"
        assert label_of(labelled, quote) == "quote"

    def test_a_list_that_is_announced_stays_text(self, labels: Labeller) -> None:
        labelled = labels(around(middle="The raiders took:\n- 11 rifles\n- 4 radios\n- a safe"))
        assert label_of(labelled, "- 4 radios") == "body"
        labelled = labels(
            around(middle="The governor named the dead:\n\nIdrissa Kane\n\nOmar Tall\n\nBoris Zongo\n\nAli Sy")
        )
        assert label_of(labelled, "Omar Tall") == "body"

    def test_a_subheading_stays_text(self, labels: Labeller) -> None:
        assert label_of(labels(around(middle="Second raid in a month")), "Second raid in a month") == "body"


class TestBelow:
    @pytest.mark.parametrize(
        ("line", "label"),
        [
            ("(Writing by Salif Ouatt; editing by Rose Tiendre)", "credit"),
            ("Additional reporting by Rose Tiendre in Dori", "credit"),
            ("This article was originally published by the Sahel Monitor.", "credit"),
            ("Rose Tiendre contributed to this report.", "credit"),
            ("Tags: Tilwa, Gold, Gendarmerie", "nav"),
            ("Posted in Sahel, Gold | 4 comments", "nav"),
            ("You have reached your limit of free articles. Subscribe to keep reading.", "nav"),
            ("THIS STORY IS FOR SUBSCRIBERS ONLY. Log in to read on.", "nav"),
            ("12 comments", "social"),
            ("DISQUS:", "social"),
            ("Follow us on Telegram and Twitter", "social"),
            ("Subscribe to our feed", "social"),
            ("The views expressed are the author's own.", "disclaimer"),
            ("The Gazette is not responsible for the content of external sites.", "disclaimer"),
            ("© 2021 Gold Road Media. All rights reserved.", "disclaimer"),
            ("For press inquiries, contact: desk@gazette.example", "disclaimer"),
            ("Watch: Drone films the burnt gate", "related"),
            ("Newer post: What a rifle costs in Dori", "related"),
            ("Popular now: What a rifle costs in Dori", "related"),
            ("<< previous: What a rifle costs in Dori", "related"),
            ("Last issue: What a rifle costs in Dori", "related"),
            ("Older: What a rifle costs in Dori", "related"),
        ],
    )
    def test_lines_after_the_text(self, labels: Labeller, line: str, label: str) -> None:
        labelled = labels(around(below=line))
        assert label_of(labelled, line) == label
        assert_text_kept(labelled)

    def test_a_long_legal_notice(self, labels: Labeller) -> None:
        notice = (
            "Material on this site may hold works whose copyright belongs to others. We offer it for education without profit. "
            "If you wish to republish it, ask the author or this website for permission by e-mail."
        )
        assert label_of(labels(around(below=notice)), notice) == "disclaimer"

    def test_a_list_of_other_articles_ends_where_it_ends(self, labels: Labeller) -> None:
        labelled = labels(
            around(below="Most read\n1. What a rifle costs in Dori\n2. Who guards the gold?\n\nFollow us on Twitter")
        )
        assert label_of(labelled, "1. What a rifle costs in Dori") == "related"
        assert label_of(labelled, "2. Who guards the gold?") == "related"

    def test_headlines_without_a_heading(self, labels: Labeller) -> None:
        labelled = labels(around(below="Cocoa prices hit new record\nFerry sinks off Port Ansel"))
        assert label_of(labelled, "Ferry sinks off Port Ansel") == "related"

    def test_previous_and_next_post(self, labels: Labeller) -> None:
        labelled = labels(around(below="Previous post\n\nNight watch\n\nNext post\n\nMarathon Halted as Wells Run Dry"))
        assert label_of(labelled, "Next post") == "nav"
        assert label_of(labelled, "Night watch") == "related"
        assert label_of(labelled, "Marathon Halted as Wells Run Dry") == "related"

    @pytest.mark.parametrize(
        "bio",
        [
            "Salif Ouatt covers the gold trade from Tilwa.",
            "Salif Ouatt is a reporter and the author of two books on the Sahel.",
            "Salif teaches journalism in Dori. His work has appeared in the Sahel Monitor.",
        ],
    )
    def test_a_bio_of_the_author(self, labels: Labeller, bio: str) -> None:
        labelled = labels(around(after_title="By Salif Ouatt", below=f"Salif Ouatt\n\n{bio}\n\nFollow us on Twitter"))
        assert label_of(labelled, bio) == "bio"
        assert label_of(labelled, "Salif Ouatt") == "bio"

    def test_the_last_sentence_on_a_person_is_no_bio(self, labels: Labeller) -> None:
        last = "Colonel Yaya Dembele is a former student of the academy in Dori."
        assert label_of(labels(around(below=last)), last) == "body"

    def test_a_body_that_stands_twice(self, labels: Labeller) -> None:
        labelled = labels(around(above="WorldThe Desert Desk") + "\n\n" + around(above="WorldThe Desert Desk"))
        assert [label for label, text in labelled if text in (TITLE, *BODY)] == ["title"] + ["body"] * 3 + [
            "duplicate"
        ] * 4
        assert [label for label, text in labelled if text == "WorldThe Desert Desk"] == ["nav", "nav"]

    def test_a_credit_at_the_end_of_a_paragraph(self, labels: Labeller) -> None:
        labelled = labels(around(below="He left at once. (Reporting by Salif Ouatt; Editing by Rose Tiendre)"))
        assert labelled[-2:] == [
            ("body", "He left at once."),
            ("credit", "(Reporting by Salif Ouatt; Editing by Rose Tiendre)"),
        ]

    def test_comments_of_readers(self, labels: Labeller) -> None:
        labelled = labels(
            around(below="2 comments\n\ngoldbug says:\n\nThe army sold those rifles itself, everyone in Tilwa knows.")
        )
        assert labelled[-1][0] == "social"


def test_the_story_gives_nothing_of_its_furniture(clean_text: Cleaner, shared: Path) -> None:
    """Spans that the key marks as furniture are not read; spans that hold claims are."""
    folder = shared / "stories/libya_airlift"
    key = json.loads((folder / "key.json").read_text("utf-8"))
    documents = {}
    for row in key["documents"]:
        document = clean_text((folder / row["file"]).read_bytes())
        documents[row["doc_id"]] = document
        read = [s for s in document.segments if s.label in READABLE]
        for span in row["boilerplate"]:
            assert not any(s.start < span["end"] and span["start"] < s.end - 2 for s in read), span
    for claim in key["claims"]:
        places = [span["start"] for span in claim["evidence"]]
        segments = documents[claim["doc"]].segments
        assert any(s.label in READABLE for s in segments for at in places if s.start <= at < s.end), claim["id"]
