"""The user's own rows: added, corrected in place, refused where they break a rule, looked up and checked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tracewire.codebook import load_codebook
from tracewire.codebook.packs import add_row, check, find_rows
from tracewire.errors import CodebookError, UsageError

NEW = ["name=Red Column", "kind=rebel group", "countries=MLI", "aliases=Colonne Rouge; RC", "source=test"]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def test_a_row_is_added_and_corrected(tmp_path: Path, cache: Path) -> None:
    pack = tmp_path / "packs" / "own.toml"
    row = add_row("actor", "red-column", NEW, pack, (), cache)
    assert row.aliases == ("Colonne Rouge", "RC")
    row = add_row("actor", "red-column", ["aliases+=Red Columns", "aliases-=RC", "since=2012"], pack, (pack,), cache)
    assert row.aliases == ("Colonne Rouge", "Red Columns")
    assert load_codebook((pack,), cache).actors["red-column"] == row
    assert pack.read_text("utf-8").count("[[actor]]") == 1


def test_a_shipped_row_is_corrected_and_keeps_the_rest(tmp_path: Path, cache: Path) -> None:
    pack = tmp_path / "own.toml"
    shipped = load_codebook((), cache).actors["nusra-front"]
    row = add_row("actor", "nusra-front", ["aliases+=Nusrah Lads"], pack, (), cache)
    assert row == replace(shipped, aliases=(*shipped.aliases, "Nusrah Lads"))
    assert [f.rows for f in check(load_codebook((pack,), cache)) if f.what == "replaced"] == [("actor nusra-front",)]


def test_comments_and_other_rows_stay(tmp_path: Path, cache: Path) -> None:
    pack = tmp_path / "own.toml"
    add_row("actor", "red-column", NEW, pack, (), cache)
    pack.write_text("# mine\n\n" + pack.read_text("utf-8") + "\n# of the north\n", "utf-8")
    add_row("outlet", "red-radio", ['name=Radio "Rouge"', "source=test"], pack, (pack,), cache)
    add_row("actor", "red-column", ["until=2020"], pack, (pack,), cache)
    text = pack.read_text("utf-8")
    assert text.startswith("# mine\n\n[[actor]]")
    assert "# of the north\n\n[[outlet]]" in text
    assert load_codebook((pack,), cache).outlets["red-radio"].name == 'Radio "Rouge"'


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (["knd=x"], "no key"),
        (["kind=band"], "band"),
        (["part_of=nobody"], "nobody"),
        (["since=later"], "since"),
        (["name"], "key=value"),
        (["name+=x"], "one value"),
        (["id=x"], "key=value"),
        (["countries=Mali"], "Mali"),
        (["source="], "source"),
    ],
)
def test_what_breaks_a_rule_is_not_written(tmp_path: Path, cache: Path, changes: list[str], words: str) -> None:
    with pytest.raises((CodebookError, UsageError), match=words):
        add_row("actor", "red-column", [*NEW, *changes], tmp_path / "own.toml", (), cache)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("kind", "id_"), [("group", "red-column"), ("actor", "Red Column"), ("actor", "")])
def test_kinds_and_ids(tmp_path: Path, kind: str, id_: str) -> None:
    with pytest.raises(UsageError):
        add_row(kind, id_, NEW, tmp_path / "own.toml", ())


def test_a_name_of_two_actors_shows_both(cache: Path) -> None:
    book = load_codebook((), cache)
    assert {row.id for _, row in find_rows(book, "SLA")} == {"slm-a", "south-lebanon-army"}
    assert [row.id for _, row in find_rows(book, "nusra-front")] == ["nusra-front"]
    assert "nusra-front" in {row.id for _, row in find_rows(book, "nusra", kind="actor")}
    assert find_rows(book, "salt wells of nowhere") == []
    assert {"slm-a", "south-lebanon-army"} in [set(f.rows) for f in check(book) if f.what == "two actors"]


def test_years_and_circles_are_found(cache: Path) -> None:
    book = load_codebook((), cache)
    one, other = book.actors["nusra-front"], book.actors["al-qaeda"]
    wrong = {
        "nusra-front": replace(one, since=2012, until=2001, part_of="al-qaeda"),
        "al-qaeda": replace(other, part_of="nusra-front"),
    }
    found = {f.what for f in check(replace(book, actors={**book.actors, **wrong}))}
    assert {"years", "circle"} <= found
