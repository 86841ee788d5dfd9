"""What comes in badly, from the command line down: copies, origins and stories must stay right, and nothing may fail."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Rows = list[dict[str, Any]]
Table = Callable[..., Rows]

SYLLABLES = ["ba", "ko", "ti", "zu", "mer", "lan", "fos", "gri", "dal", "nim", "rop", "vex", "sha", "ul", "en", "ost"]
SMALL = ["the", "of", "a", "in", "and", "to", "for", "with", "on", "at", "by", "from", "was", "had"]


def report(n: int) -> str:
    """Six invented sentences that share nothing with those of another number."""
    rnd = random.Random(n)

    def word() -> str:
        return rnd.choice(SMALL) if rnd.random() < 0.4 else "".join(rnd.choices(SYLLABLES, k=rnd.randint(1, 4)))

    return " ".join(" ".join(word() for _ in range(rnd.randint(12, 20))).capitalize() + "." for _ in range(6))


@pytest.fixture
def table(tmp_path: Path, home: Path) -> Table:
    """Run sources up to the copies and give the rows of `documents`."""
    environment = os.environ | {"TRACEWIRE_HOME": str(home)}

    def call(*sources: str, options: tuple[str, ...] = (), show: tuple[str, ...] = ()) -> Rows:
        def tracewire(*arguments: str) -> str:
            done = subprocess.run(
                [sys.executable, "-m", "tracewire", *arguments],
                cwd=tmp_path, capture_output=True, text=True, env=environment, check=False,
            )  # fmt: skip
            assert done.returncode == 0 or "left out" in done.stderr, done.stderr
            return done.stdout

        tracewire("run", *sources, "--case", "x.case", "--quiet", "--until", "dedupe", *options)
        rows: Rows = json.loads(tracewire("documents", "x.case", "--json", *show))
        return rows

    return call


def jsonl(path: Path, rows: Rows) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def test_one_text_under_many_addresses_is_one_origin(table: Table, tmp_path: Path) -> None:
    jsonl(
        tmp_path / "r.jsonl",
        [
            {"url": f"https://site{n:02}.example/a", "text": report(1), "published": f"2031-05-{n + 1:02}"}
            for n in range(12)
        ],
    )
    (story,) = table("r.jsonl", show=("--stories",))
    assert (story["pages"], story["origins"]) == (12, "1")
    assert sum(not row["copies"] for row in table("r.jsonl")) == 1


def test_a_document_of_fifty_links_none_of_them(table: Table, tmp_path: Path) -> None:
    for n in range(50):
        (tmp_path / f"r{n:02}.txt").write_text(report(n), "utf-8")
    (tmp_path / "z.txt").write_text("\n\n".join(map(report, range(50))), "utf-8")
    rows = {row["name"]: row for row in table(*(f"r{n:02}.txt" for n in range(50)), "z.txt")}
    assert len(rows["z.txt"]["copies"]) == 50
    assert set(rows["z.txt"]["copies"]) <= {f"merged of r{n:02}.txt" for n in range(50)}
    assert not any(row["copies"] for name, row in rows.items() if name != "z.txt")
    stories = table(*(f"r{n:02}.txt" for n in range(50)), "z.txt", show=("--stories",))
    assert max(row["pages"] for row in stories) < 10


@pytest.mark.parametrize("pages", [2, 8])
def test_what_all_pages_of_a_site_share_links_nothing(table: Table, tmp_path: Path, pages: int) -> None:
    frame = (
        "The Salt Road Gazette has told of the valley since the year of the flood and lives by what its readers give."
        " Send us your letters, your pictures and your corrections; we print what we can and answer what we must."
        " Nothing in these pages may be printed elsewhere without a word from the editor in the old customs house."
    )
    for n in range(pages):
        page = f"<html><head><title>Report {n}</title></head><body><article><h1>Report {n}</h1><p>{report(n)}</p>"
        page += f"<p>{report(n + 20)}</p><p>{frame}</p></article></body></html>"
        (tmp_path / f"p{n}.html").write_text(page, "utf-8")
    given = "file,published,outlet,url\n"
    given += "".join(
        f"p{n}.html,2031-05-0{n + 1},Salt Road Gazette,https://gazette.example/{n}\n" for n in range(pages)
    )
    (tmp_path / "m.csv").write_text(given, "utf-8")
    rows = table(*(f"p{n}.html" for n in range(pages)), options=("--metadata", "m.csv"))
    assert [row["copies"] for row in rows] == [[]] * pages
    assert not any("inferred" in origin for row in rows for origin in row["origins"])


def test_texts_without_a_body_are_copies_of_nothing(table: Table, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("", "utf-8")
    (tmp_path / "b.txt").write_text(" \n\n\t\n", "utf-8")
    (tmp_path / "c.html").write_text("<html><head><title>Gone</title></head><body></body></html>", "utf-8")
    (tmp_path / "d.txt").write_text("...\n", "utf-8")
    (tmp_path / "e.txt").write_text(report(3), "utf-8")
    rows = table("a.txt", "b.txt", "c.html", "d.txt", "e.txt")
    assert {"d.txt", "e.txt"} <= {row["name"] for row in rows}
    assert not any(row["copies"] or row["origins"] for row in rows)


def test_one_text_in_two_encodings_is_one(table: Table, tmp_path: Path) -> None:
    text = report(4).replace("ko", "kö").replace(" the ", " “the” ") + " Señor Ñuñez – naïve – paid 40 pence."
    (tmp_path / "a.txt").write_bytes(text.encode("utf-8"))
    (tmp_path / "b.txt").write_bytes(text.encode("cp1252"))
    (tmp_path / "c.txt").write_bytes(text.encode("utf-16"))
    rows = table("a.txt", "b.txt", "c.txt")
    assert sorted(len(row["copies"]) for row in rows) == [0, 1, 2]
    assert {copy.split(" of ")[0] for row in rows for copy in row["copies"]} == {"copy"}


@pytest.mark.parametrize("window", [(), ("--copy-window", "14")])
def test_a_day_in_the_future_hides_no_copy(table: Table, tmp_path: Path, window: tuple[str, ...]) -> None:
    body = " ".join(map(report, range(3)))
    (tmp_path / "a.txt").write_text(body, "utf-8")
    (tmp_path / "b.txt").write_text(body + " A postscript of nine words stands under it here.", "utf-8")
    (tmp_path / "c.txt").write_text(" ".join(map(report, range(5, 8))), "utf-8")
    (tmp_path / "m.csv").write_text("file,published\na.txt,2031-05-01\nb.txt,2931-05-02\nc.txt,2031-05-03\n", "utf-8")
    rows = {row["name"]: row for row in table("a.txt", "b.txt", "c.txt", options=("--metadata", "m.csv", *window))}
    assert [bool(row["copies"]) for _, row in sorted(rows.items())] in ([True, False, False], [False, True, False])


def test_two_reporters_at_one_press_conference_have_one_source_at_least(table: Table, tmp_path: Path) -> None:
    said = "We counted nine lorries on the ferry and every driver had the same forged paper"
    (tmp_path / "a.txt").write_text(f'{report(1)}\n\n"{said}," Major Ilyas Tarn said.\n\n{report(2)}', "utf-8")
    (tmp_path / "b.txt").write_text(f'{report(3)}\n\nAn officer told the court: "{said}."\n\n{report(4)}', "utf-8")
    rows = table("a.txt", "b.txt")
    assert [row["origins"] for row in rows] == [["Major Ilyas Tarn (inferred)"]] * 2
