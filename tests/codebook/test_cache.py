"""What is kept between runs is read back only for the same files, and never stands in the way."""

from __future__ import annotations

from pathlib import Path

from tracewire.codebook import load_codebook
from tracewire.codebook.cache import KEPT, fingerprint, kept

PACK = '[[actor]]\nid = "red-column"\nname = "Red Column"\ntype = "group"\nkind = "rebel group"\nsource = "test"\n'


def test_made_once_then_read(tmp_path: Path) -> None:
    made: list[int] = []

    def make() -> dict[str, int]:
        made.append(1)
        return {"a": 1}

    for _ in range(3):
        assert kept(tmp_path / "new", "x", "m1", dict[str, int], make) == {"a": 1}
    assert len(made) == 1
    assert kept(None, "x", "m1", dict[str, int], make) == {"a": 1}
    assert len(made) == 2


def test_a_damaged_cache_is_made_again_and_old_ones_go(tmp_path: Path) -> None:
    for number in range(KEPT + 2):
        kept(tmp_path, "x", f"m{number}", list[int], lambda: [1])
    assert len(list(tmp_path.glob("x-*.msgpack"))) == KEPT
    path = max(tmp_path.glob("x-*.msgpack"))
    path.write_bytes(b"\xc1 not msgpack")
    assert kept(tmp_path, "x", path.stem.removeprefix("x-"), list[int], lambda: [2]) == [2]


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    assert kept(tmp_path / "file", "x", "m", list[int], lambda: [1]) == [1]


def test_the_codebook_is_the_same_from_the_cache(tmp_path: Path) -> None:
    pack = tmp_path / "p.toml"
    pack.write_text(PACK, "utf-8")
    plain = load_codebook((pack,))
    for _ in range(2):
        assert load_codebook((pack,), tmp_path / "cache").actors == plain.actors
    assert plain.fingerprint != load_codebook().fingerprint
    pack.write_text(PACK.replace("Red Column", "Blue Column"), "utf-8")
    assert load_codebook((pack,), tmp_path / "cache").actors["red-column"].name == "Blue Column"


def test_fingerprints_part_contents() -> None:
    assert fingerprint([b"ab", b"c"]) != fingerprint([b"a", b"bc"])
