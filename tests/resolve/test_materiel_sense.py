"""Names that are also people's or plain words: what counts them, describes them or stands after them decides."""

from __future__ import annotations

import pytest

from tracewire.codebook import load_codebook
from tracewire.codebook.loader import read_codebook
from tracewire.errors import CodebookError
from tracewire.resolve.materiel import MaterielResolver


@pytest.fixture(scope="module")
def shipped() -> MaterielResolver:
    return MaterielResolver(load_codebook())


@pytest.mark.parametrize(
    ("sentence", "item"),
    [
        ("An [Osa] stood by the well.", "sam.osa"),
        ("Two [Bradleys] went up the lane.", "ifv.bradley"),
        ("A [Hellfire] ended his life.", "air-launched-missile.hellfire"),
        ("They found an [M85] by the school.", "cluster-munition.m85"),
        ("Four [T72s] came down the road.", "tank.t-72"),
        ("A [T-72S] came down the road.", "tank.t-72.s"),
        ("They fired [107 mm rockets] at the post.", "rocket"),
        ("The [fuel tank] of the lorry leaked.", None),
        ("The lorry carried [fuel].", "fuel"),
        ("Boris [Kalashnikov], the designer, was ill.", None),
        ("A [Bradley] fan cheered.", None),
        ("The [Bradleys] of Ohio sent a letter.", None),
    ],
)
def test_sense(shipped: MaterielResolver, sentence: str, item: str | None) -> None:
    before, _, rest = sentence.partition("[")
    words, _, after = rest.partition("]")
    assert shipped.resolve(words, before, after).item == item
    found = {id_ for start, _, id_ in shipped.find(before + words + after) if 0 <= start - len(before) < len(words)}
    assert (item in found) if item else not found


@pytest.mark.parametrize(
    ("sentence", "item"),
    [
        ("They rode in [pick-ups mounted with machine guns].", "technical"),
        ("They rode in [pick-ups mounted with loudspeakers].", "vehicle"),
        ("He sold [5.45 mm cartridges] by the box.", "ammunition.small-arms"),
        ("A [shoulder-fired missile] passed the plane.", "manpads"),
        ("The tailor, [Makarov], went home.", None),
        ("The [Bayraktar] family gave a dinner.", None),
        ("The two [arms] of the river meet here.", None),
    ],
)
def test_what_a_phrase_carries_or_is_told_to_be(shipped: MaterielResolver, sentence: str, item: str | None) -> None:
    before, _, rest = sentence.partition("[")
    words, _, after = rest.partition("]")
    assert shipped.resolve(words, before, after).item == item


@pytest.mark.parametrize(
    ("item", "line"),
    [
        ("rifle.ak-47", "assault rifles"),
        ("rifle.sks", "rifles and carbines"),
        ("heavy-machine-gun.dshk", "heavy machine guns"),
        ("rpg.rpg-7", "portable anti-tank missile launchers and rocket systems"),
        ("atgm.tow", "portable anti-tank missile launchers and rocket systems"),
        ("mortar.60mm", "mortars under 75 mm"),
        ("mortar.120mm", None),
        ("tank.t-72", None),
    ],
)
def test_small_arms_and_light_weapons_have_their_line(item: str, line: str | None) -> None:
    assert load_codebook().materiel[item].salw == line


def test_a_variant_takes_the_line_of_its_model_and_a_wrong_line_is_refused() -> None:
    book = load_codebook()
    variants = [row for row in book.materiel.values() if row.parent == "rifle.m4"]
    assert variants
    assert {row.salw for row in variants} == {"assault rifles"}
    pack = b'[[materiel]]\nid = "rifle.red"\nname = "Red rifle"\nsalw = "guns"\nsource = "test"\n'
    with pytest.raises(CodebookError, match="salw 'guns' is none of revolvers"):
        read_codebook((("red.toml", pack),))
