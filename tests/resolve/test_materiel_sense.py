"""Names that are also people's or plain words: what counts them, describes them or stands after them decides."""

from __future__ import annotations

import pytest

from tracewire.codebook import load_codebook
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
