"""Plain text and Markdown to paragraphs: which line ends mean something."""

from __future__ import annotations

import textwrap

import pytest

from tracewire.clean.text import split_text

PROSE = (
    "Gunmen on motorcycles attacked the gendarmerie post of Tilwa before dawn on Friday and made off with eleven rifles, the "
    "governor said. He added that two attackers were killed, and that the road to the gold fields would stay closed."
)


def texts(raw: str, media_type: str = "text/plain") -> list[str]:
    return [unit.text for unit in split_text(raw, media_type)]


@pytest.mark.parametrize("width", [50, 66, 72, 80, 100])
def test_hard_wraps_are_joined(width: int) -> None:
    wrapped = textwrap.fill(PROSE, width)
    raw = "\n\n".join([wrapped] * 3)
    assert [text.replace("\n", " ") for text in texts(raw)] == [PROSE] * 3


def test_wrapped_paragraphs_without_blank_lines() -> None:
    raw = "\n".join(textwrap.fill(PROSE, 72, initial_indent="   ") for _ in range(3))
    assert [" ".join(text.split()) for text in texts(raw)] == [PROSE] * 3


def test_a_paragraph_a_line() -> None:
    assert texts(f"{PROSE}\n{PROSE}\nThe end.\n") == [PROSE, PROSE, "The end."]


def test_menus_are_not_wraps() -> None:
    assert texts("Latest news\nWorld at large\nOpinion and more\nSport pages") == [
        "Latest news", "World at large", "Opinion and more", "Sport pages",
    ]  # fmt: skip


def test_a_link_on_a_line_of_its_own_does_not_end_the_sentence() -> None:
    raw = "The attack was claimed by the\nFront of the North\n\nRebels of the front denied it\nand blamed the army."
    assert texts(raw) == [
        "The attack was claimed by the\nFront of the North",
        "Rebels of the front denied it\nand blamed the army.",
    ]


def test_lower_case_lines_stay_apart() -> None:
    assert texts("shells fell on the market\nand on the school") == ["shells fell on the market", "and on the school"]


def test_any_line_end_and_a_byte_order_mark() -> None:
    assert texts("\ufeffOne.\r\n\r\nTwo.\rThree.\u2028Four.\n\u200b\nFive.") == [
        "One.",
        "Two.",
        "Three.",
        "Four.",
        "Five.",
    ]


def test_markdown() -> None:
    raw = "# Raid on Tilwa\n\nFirst line\nof a paragraph.\n- item\n- item two\n\n> He said\n> nothing."
    units = split_text(raw, "text/markdown")
    assert [unit.text for unit in units] == [
        "Raid on Tilwa", "First line\nof a paragraph.", "- item", "- item two", "He said", "nothing.",
    ]  # fmt: skip
    assert units[0].hint.heading == 1
    assert [unit.hint.mark.label for unit in units if unit.hint.mark] == ["quote", "quote"]
