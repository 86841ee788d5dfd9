"""GeoNames dumps and tables with a header: what is read, what is left out, what is refused, which one is taken."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tracewire.errors import UsageError
from tracewire.resolve.gazetteer import Gazetteer, install, list_installed, remove

TABLE = "name,latitude,longitude,country,admin1,alternates,radius_km\n"


def geonames(number: int, name: str, point: tuple[str, str], code: str = "PPL", people: str = "0") -> str:
    cells = [
        str(number),
        name,
        name,
        f"{name} al Kabir",
        *point,
        code[0] if code != "ADM1" else "A",
        code,
        "YE",
        "",
        "25",
    ]
    return "\t".join([*cells, "", "", "", people, "", "1200", "Asia/Aden", "2024-01-01"])


DUMP = "\n".join([
    geonames(900001, "Qarmalat Zin", ("14.90", "45.61")),
    geonames(900002, "Wadless", ("", "")),
    geonames(900003, "Some Stream", ("14.0", "45.0"), "STM"),
]) + "\n"  # fmt: skip


def test_a_geonames_dump_plain_and_zipped(tmp_path: Path) -> None:
    plain = tmp_path / "YE.txt"
    plain.write_text(DUMP, "utf-8")
    with zipfile.ZipFile(tmp_path / "packed.zip", "w") as folder:
        folder.write(plain, "YE.txt")
        folder.writestr("readme.txt", "about")
    for file in (plain, tmp_path / "packed.zip"):
        home, said = tmp_path / file.suffix[1:], list[str]()
        assert install(file, home, said.append) == 1
        assert said == [f"{file.stem}: 1 rows without a name or a point are left out"]
        (row,) = Gazetteer(home).lookup("Qarmalat Zin al Kabir")
        assert (row.gid, row.latitude, row.country) == ("geonames:900001", 14.90, "YE")


def test_a_table_of_one_s_own(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text(TABLE + "Qarmalat Zin,14.90,45.61,Yemen,Marib,Karmalat Zeen|Qarmala,4\nNowhere,,,YE,,,\n", "utf-8")
    assert install(file, tmp_path) == 1
    (row,) = Gazetteer(tmp_path).lookup("karmalat zeen")
    assert (row.gid, row.admin1, row.radius_km) == ("own:qarmalatzin@14.9,45.61", "Marib", 4.0)


def test_an_hdx_table_by_its_column_names(tmp_path: Path) -> None:
    text = "ADM0_PCODE;ADM1_EN;ADM2_EN;ADM3_EN;Lat;Long\n#adm0+code;#adm1;#adm2;#adm3;#geo+lat;#geo+lon\n"
    (tmp_path / "hdx.csv").write_text(text + "YE26;Marib;Harib;Qarmalat Zin;14.90;45.61\n", "utf-8")
    assert install(tmp_path / "hdx.csv", tmp_path) == 1
    assert Gazetteer(tmp_path).lookup("Qarmalat Zin")[0].admin2 == "Harib"


@pytest.mark.parametrize(("name", "text", "message"), [
    ("cut.txt", DUMP[:-30], "row 3: .*cut off"),
    ("cut.csv", TABLE + "Qarmalat Zin,14.90\n", "row 2: 2 cells where 7 are expected; is the file cut off"),
    ("odd.csv", "place,where\nX,Y\n", "no column for name and latitude and longitude"),
    ("odd2.csv", TABLE + "X,north,45,YE,,,\n", "row 2: could not convert"),
    ("land.csv", TABLE + "X,14,45,Atlantis,,,\n", "'Atlantis' is no country"),
    ("odd.zip", "no zip", "is the file whole"),
    ("odd.txt", "some words\n", "a GeoNames dump has 19"),
])  # fmt: skip
def test_damaged_files_say_where_and_what_to_do(tmp_path: Path, name: str, text: str, message: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(UsageError, match=message):
        install(tmp_path / name, tmp_path / "home")
    assert list_installed(tmp_path / "home") == []


def test_of_two_packs_that_disagree_the_later_wins_and_says_so(tmp_path: Path) -> None:
    for name, latitude in (("first", "14.90"), ("second", "15.10")):
        (tmp_path / f"{name}.csv").write_text(TABLE + f"Qarmalat Zin,{latitude},45.61,YE,Marib,,\n", "utf-8")
    said: list[str] = []
    install(tmp_path / "first.csv", tmp_path / "home", said.append)
    install(tmp_path / "second.csv", tmp_path / "home", said.append)
    assert said == ["second puts 1 places elsewhere than first does; second is taken: Qarmalat Zin (Marib, 22 km)"]
    assert [row.latitude for row in Gazetteer(tmp_path / "home").lookup("Qarmalat Zin")] == [15.1]
    remove("second", tmp_path / "home")
    assert [row.latitude for row in Gazetteer(tmp_path / "home").lookup("Qarmalat Zin")] == [14.9]
