"""The loader names the file and the row that break a rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracewire.codebook import load_codebook
from tracewire.errors import CodebookError

GOOD = '[[actor]]\nid = "red-column"\nname = "Red Column"\ntype = "group"\nkind = "rebel group"\nsource = "test"\n'


def pack(folder: Path, text: str) -> tuple[Path, ...]:
    path = folder / "pack.toml"
    path.write_text(text, "utf-8")
    return (path,)


def test_a_user_pack_lies_over_the_shipped_one(tmp_path: Path) -> None:
    book = load_codebook(
        pack(tmp_path, GOOD + '\n[[outlet]]\nid = "reuters"\nname = "Reuters"\nreliability = "B"\nsource = "test"\n')
    )
    assert book.actors["red-column"].name == "Red Column"
    assert book.outlets["reuters"].reliability == "B"
    assert load_codebook().outlets["reuters"].reliability == "F"


def test_of_two_packs_the_later_wins_and_it_is_said(tmp_path: Path) -> None:
    first, second = tmp_path / "a.toml", tmp_path / "b.toml"
    first.write_text(GOOD, "utf-8")
    second.write_text(GOOD.replace("Red Column", "Red Army Column"), "utf-8")
    book = load_codebook((first, second))
    assert book.actors["red-column"].name == "Red Army Column"
    assert book.replaced == (f"actor red-column: {second} goes over {first}",)
    assert load_codebook((first, first)).replaced == ()
    first.write_text(GOOD.replace("red-column", "nusra-front"), "utf-8")
    assert load_codebook((first,)).replaced == (f"actor nusra-front: {first} goes over the shipped row",)


@pytest.mark.parametrize("text", ["actor = 3\n", "actor = [1]\n", '[[actors]]\nid = "x"\n', 'title = "my pack"\n'])
def test_what_is_no_pack_is_said(tmp_path: Path, text: str) -> None:
    with pytest.raises(CodebookError, match=r"pack\.toml"):
        load_codebook(pack(tmp_path, text))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("kind = ", "knd = "), "knd"),
        (('source = "test"', 'source = ""'), "source"),
        (('"group"', '"band"'), "band"),
        (('"rebel group"', '"gang of four"'), "gang of four"),
        (("name = ", "since = "), "red-column"),
        (('source = "test"', 'source = "test"\npart_of = "nobody"'), "nobody"),
        (("[[actor]]", "[[actor]"), "pack.toml"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, change: tuple[str, str], words: str) -> None:
    with pytest.raises(CodebookError, match=words):
        load_codebook(pack(tmp_path, GOOD.replace(*change)))


def test_the_23_types_are_there() -> None:
    events = load_codebook().events
    assert len(events) == 23
    assert {e.family for e in events.values()} == {
        "materiel",
        "fighting",
        "territory",
        "groups",
        "talk",
        "claims",
        "law",
    }
    assert events["transfer"].roles == ("giver", "recipient", "transit", "materiel", "quantity")
