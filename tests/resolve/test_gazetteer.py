"""Installing, replacing and removing gazetteers; finding names in all layers; damaged files."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracewire.errors import UsageError
from tracewire.resolve import gazetteer_builtin
from tracewire.resolve.gazetteer import FILE, Gazetteer, install, list_installed, remove
from tracewire.resolve.gazetteer_builtin import admin_names, open_builtin, supplement
from tracewire.resolve.gazetteer_db import distance_km
from tracewire.resolve.names import keys

Writer = Callable[..., Path]


@pytest.mark.parametrize(
    ("text", "gazetteer_name"),
    [
        ("Tal Naura", "Tall Nawra"), ("KafarHamra", "Kafr Hamra"), ("Deir Sonbol", "Dayr Sunbul"),
        ("as-Sawran", "Al Saouran"), ("Qamishly", "Kamechlié"), ("M’arrat", "Ma`arrat"),
    ],
)  # fmt: skip
def test_transliterations_of_one_name_share_a_key(text: str, gazetteer_name: str) -> None:
    wanted, found = keys(text), keys(gazetteer_name)
    assert {key for _, key in wanted} & {key for _, key in found}


def test_names_that_only_look_alike_share_no_key() -> None:
    for left, right in (("Tall Nawra", "Tall Hamra"), ("Homs", "Hama"), ("Marib", "Mariupol"), ("Aden", "Adana")):
        assert not {key for _, key in keys(left)} & {key for _, key in keys(right)}, (left, right)


@given(st.text(max_size=40))
def test_keys_of_any_text_are_lower_case_ascii_and_ignore_case(name: str) -> None:
    found = keys(name)
    assert all(key.isascii() and key == key.lower() for _, key in found)
    assert keys(name.strip()).exact == found.exact


def test_install_counts_lists_replaces_and_removes(tmp_path: Path, write_gazetteer: Writer) -> None:
    file, home = write_gazetteer(tmp_path / "one.tsv"), tmp_path / "home"
    assert install(file, home) == 7
    assert list_installed(home) == [("one", 7)]
    write_gazetteer(file, [("9", "Ain Nowhere", "locality", "34", "37", "", "", "SY", "", "")])
    assert install(file, home) == 1
    assert list_installed(home) == [("one", 1)]
    assert Gazetteer(home).lookup("Ain Nowhere")
    assert not Gazetteer(home).lookup("Bayt Jinnin")
    assert remove("one.tsv", home) == 1
    assert list_installed(home) == []
    with pytest.raises(UsageError, match=r"no gazetteer 'one' .*none"):
        remove("one", home)


def test_a_folder_of_plain_and_gzipped_files(tmp_path: Path, write_gazetteer: Writer) -> None:
    plain = write_gazetteer(tmp_path / "b.tsv")
    (tmp_path / "a.tsv.gz").write_bytes(gzip.compress(plain.read_bytes()))
    (tmp_path / "notes.txt").write_text("not a gazetteer")
    assert install(tmp_path, tmp_path / "home") == 14
    assert [name for name, _ in list_installed(tmp_path / "home")] == ["a", "b"]


def test_the_fingerprint_follows_what_is_installed(tmp_path: Path, write_gazetteer: Writer) -> None:
    before = Gazetteer(tmp_path / "home").fingerprint()
    install(write_gazetteer(tmp_path / "one.tsv"), tmp_path / "home")
    after = Gazetteer(tmp_path / "home").fingerprint()
    assert before != after
    install(tmp_path / "one.tsv", tmp_path / "home")
    assert Gazetteer(tmp_path / "home").fingerprint() == after


def test_rows_without_a_point_are_left_out(tmp_path: Path, write_gazetteer: Writer) -> None:
    rows = [
        ("1", "Ain A", "locality", "", "", "", "", "SY", "", ""),
        ("2", "Ain B", "locality", "91", "0", "", "", "", "", ""),
    ]
    assert install(write_gazetteer(tmp_path / "x.tsv", rows), tmp_path / "home") == 0


def test_damaged_files_are_named_and_change_nothing(tmp_path: Path, write_gazetteer: Writer) -> None:
    home, good = tmp_path / "home", write_gazetteer(tmp_path / "good.tsv")
    install(good, home)
    cut = tmp_path / "cut.tsv.gz"
    cut.write_bytes(gzip.compress(good.read_bytes() * 50)[:200])
    wrong = write_gazetteer(tmp_path / "wrong.tsv", [], ("id", "title"))
    short = tmp_path / "short.tsv"
    short.write_text(good.read_text() + "99\tAin Half\tlocality\n")
    letters = write_gazetteer(tmp_path / "letters.tsv", [("1", "Ain", "locality", "north", "0", "", "", "SY", "", "")])
    binary = tmp_path / "binary.tsv"
    binary.write_bytes(b"\xff\xfe\x00\x80" * 20)
    empty = tmp_path / "empty.tsv"
    empty.write_text("")
    for file, said in (
        (cut, "is the file whole"), (wrong, "no column for name"), (short, "row 9: 3 cells"),
        (letters, "row 2"), (binary, "cannot be read|no column for"), (empty, "no column for"),
        (tmp_path / "absent", "does not exist"),
    ):  # fmt: skip
        with pytest.raises(UsageError, match=said) as caught:
            install(file, home)
        assert file.name in str(caught.value)
    assert list_installed(home) == [("good", 7)]


def test_a_gazetteer_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"this is no database, it only has the name of one")
    with pytest.raises(UsageError, match="is no gazetteer"):
        Gazetteer(tmp_path).lookup("Anything")


def test_layers_upper_first_and_each_place_once(gazetteer: Gazetteer) -> None:
    rows = gazetteer.lookup("Qasr Zahra")
    assert {(row.gid, row.kind) for row in rows} >= {("wof:1", "admin1"), ("wof:6", "locality")}
    assert len([r for r in gazetteer.lookup("Damascus") if r.kind in ("city", "locality") and r.country == "SY"]) == 1


def test_a_province_reaches_as_far_as_its_places(gazetteer: Gazetteer) -> None:
    province = next(row for row in gazetteer.lookup("Qasr Zahra") if row.kind == "admin1")
    assert province.radius_km is not None
    assert 10 < province.radius_km < 20


def test_countries_have_no_point(gazetteer: Gazetteer) -> None:
    for name in ("Syria", "Libya", "United States", "DRC"):
        row = next(r for r in gazetteer.lookup(name) if r.kind == "country")
        assert (row.latitude, row.longitude, row.radius_km) == (None, None, None)


def test_loose_look_up_stays_in_its_country(gazetteer: Gazetteer) -> None:
    assert {row.gid for row in gazetteer.lookup_loose("Beet Jinin", "SY")} == {"wof:5"}
    assert {row.gid for row in gazetteer.lookup_loose("Beet Jinin", "YE")} >= {"wof:7"}
    assert not gazetteer.lookup("Beet Jinin")


def test_contains_knows_names_and_no_everyday_words(gazetteer: Gazetteer) -> None:
    assert all(gazetteer.contains(name) for name in ("Tall Nawra", "Aleppo", "al-Bab", "Kharkiv", "North Kivu"))
    assert not any(gazetteer.contains(name) for name in ("Police", "Front", "Nowhere-at-all", "", "X", "...", "Rebels"))


def test_a_folder_that_cannot_be_written_to_still_gives_a_gazetteer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gazetteer_builtin, "_geonames_cities", list)
    (tmp_path / "file").write_text("in the way")
    connection = open_builtin((tmp_path / "file" / "home",))
    assert connection.execute("SELECT count(*) FROM place").fetchone()[0] > len(supplement())
    connection.close()


def test_the_built_in_file_appears_whole_and_is_used_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gazetteer_builtin, "_geonames_cities", list)
    open_builtin((tmp_path / "home",)).close()
    built = list((tmp_path / "home").iterdir())
    assert [path.suffix for path in built] == [".db"]
    stamp = built[0].stat().st_mtime_ns
    open_builtin((tmp_path / "home",)).close()
    assert built[0].stat().st_mtime_ns == stamp


def test_supplement_rows_are_sound() -> None:
    rows = supplement()
    assert len(rows) > 800
    assert len({row.gid for row, _, _ in rows}) == len(rows)
    provinces = {(row.country, row.name) for row, _, _ in rows if row.kind in ("admin1", "region")}
    for row, names, code in rows:
        assert row.latitude is not None
        assert row.longitude is not None
        assert -60 < row.latitude < 75
        assert row.radius_km is not None
        assert row.radius_km > 0
        assert len(set(names)) == len(names)
        assert bool(code) == (row.kind == "admin1")
        assert row.admin1 is None or row.country is None or (row.country, row.admin1) in provinces, row.name


def test_provinces_of_the_supplement_lie_among_their_cities(gazetteer: Gazetteer) -> None:
    """A row whose point is in another province than its name would be far from the city it is called after."""
    checked = 0
    for row, _, _ in supplement():
        if row.kind != "admin1" or row.latitude is None or row.longitude is None:
            continue
        for town in gazetteer.lookup(row.name):
            if town.kind != "city" or (town.country, town.admin1) != (row.country, row.name):
                continue
            assert town.latitude is not None
            assert town.longitude is not None
            apart = distance_km((row.latitude, row.longitude), (town.latitude, town.longitude))
            assert apart <= 1.5 * (row.radius_km or 0) + 20, row.name
            checked += 1
    assert checked > 150
    assert len(admin_names()) > 580


def test_the_villages_of_the_extracts_are_found(shared: Path, tmp_path: Path) -> None:
    """Names as reports spell them, in no report of the shared data."""
    install(shared / "gazetteer" / "whosonfirst-ye.tsv.gz", tmp_path)
    found = Gazetteer(tmp_path)
    for name, province in (("Hays", "Hodeidah"), ("Al-Durayhimi", "Hodeidah"), ("Sirwah", "Marib"), ("Mocha", "Taiz")):
        rows = found.lookup(name) or found.lookup_loose(name, "YE")
        assert any(row.admin1 == province for row in rows), name
