"""Knowledge that is cut off, incomplete or in disagreement, as a person meets it on the command line."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
HEADER = "wof_id\tname\tplacetype\tlatitude\tlongitude\tregion\tcounty\tcountry\tpopulation\tgeonames_id\twikidata_id\tnames\n"
ROW = "{id}\t{name}\tlocality\t{latitude}\t{longitude}\tMarib\t\tYE\t\t\t\t\n"
PACK = '[[actor]]\nid = "red-column"\nname = "{name}"\ntype = "group"\nkind = "rebel group"\naliases = ["Salt Men"]\nsource = "test"\n'


@pytest.fixture
def home(tmp_path: Path, home: Path) -> Path:
    """A data folder of this test's own, with what every home has made already."""
    folder = tmp_path / "home"
    (folder / "packs").mkdir(parents=True)
    for file in home.iterdir():
        if file.is_file() and file.name != "gazetteer.db":
            shutil.copy(file, folder)
    return folder


def _rows(count: int) -> str:
    return "".join(ROW.format(id=i, name=f"Qarmalat {i}", latitude=15 + i / 100, longitude=45.1) for i in range(count))


def test_a_gazetteer_file_cut_in_half_is_refused_whole(run: Run, tmp_path: Path) -> None:
    whole = (HEADER + _rows(200)).encode()
    (tmp_path / "cut.tsv").write_bytes(whole[: whole.index(b"Qarmalat 100") + 8])
    packed = gzip.compress(whole)
    (tmp_path / "cut.tsv.gz").write_bytes(packed[: len(packed) // 2])
    for name in ("cut.tsv", "cut.tsv.gz"):
        answer = run("gazetteer", "install", name)
        assert answer.returncode == 2
        assert name in answer.stderr
        assert "Traceback" not in answer.stderr
    assert "cut" not in run("gazetteer", "list").stdout


def test_rows_without_coordinates_are_left_out_and_counted(run: Run, tmp_path: Path) -> None:
    bare = ROW.format(id=900, name="Nowhere", latitude="", longitude="")
    (tmp_path / "some.tsv").write_text(HEADER + _rows(3) + bare, "utf-8")
    answer = run("gazetteer", "install", "some.tsv")
    assert answer.returncode == 0
    assert "3 places installed" in answer.stdout + answer.stderr
    assert "1 row" in answer.stderr


def test_of_two_packs_the_later_wins_and_an_alias_of_two_actors_keeps_both(
    run: Run, tmp_path: Path, home: Path
) -> None:
    packs = home / "packs"
    (packs / "a.toml").write_text(PACK.format(name="Red Column of A"), "utf-8")
    other = PACK.format(name="Salt Band").replace("red-column", "salt-band")
    (packs / "b.toml").write_text(PACK.format(name="Red Column of B") + other, "utf-8")
    checked = run("knowledge", "check")
    said = " ".join((checked.stdout + checked.stderr).split())
    assert checked.returncode == 0
    assert "actor red-column" in said
    assert "goes over" in said
    assert "'salt men' is a name of 2 actors" in said
    rows = json.loads(run("knowledge", "show", "Salt Men", "--json").stdout)
    assert sorted(row["name"] for row in rows) == ["Red Column of B", "Salt Band"]
    (tmp_path / "a.txt").write_text("Fighters of the Salt Men seized 12 mortars near Kidal on Tuesday.\n", "utf-8")
    ran = run("run", "--case", "a.case", "a.txt")
    assert ran.returncode == 0
    assert "b.toml goes over" in " ".join(ran.stderr.split())


def test_a_pack_cut_in_half_is_named(run: Run, home: Path) -> None:
    (home / "packs" / "half.toml").write_text(PACK.format(name="Red Column")[:60], "utf-8")
    answer = run("knowledge", "check")
    assert answer.returncode == 2
    assert "half.toml" in answer.stderr
    assert "Traceback" not in answer.stderr
