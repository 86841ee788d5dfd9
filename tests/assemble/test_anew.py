"""A changed record assembled in part is the record assembled whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tracewire.assemble.anew as anew
import tracewire.link as link
from tracewire.assemble import assemble, assemble_anew
from tracewire.codebook import load_codebook
from tracewire.model import Record, Story

TOWNS = (("Alda", 10.0), ("Berun", 14.0), ("Celik", 18.0))
DEEDS = (("capture", "seized"), ("strike", "bombed"), ("casualty", "died"), ("loss", "lost"), ("possession", "holds"))
ACTORS = ("Red Front", "Blue Guard")
told = st.tuples(
    st.sampled_from(DEEDS), st.sampled_from(TOWNS), st.sampled_from(ACTORS), st.integers(1, 28), st.booleans(),
    st.sampled_from((2, 3, 7)),
)  # fmt: skip
reports = st.lists(st.lists(told, min_size=1, max_size=3), min_size=2, max_size=7)


Told = tuple[tuple[str, str], tuple[str, float], str, int, bool, int]


def make(empty: Callable[[], Any], found: list[list[Told]]) -> Record:
    """Reports of some deeds each; those of the last two thirds of a month are of two stories."""
    builder = empty()
    by_month: dict[int, list[str]] = {}
    for number, rows in enumerate(found):
        text = ". ".join(f"The {a} {d[1]} {c} tanks at {t[0]} on day {day}" for d, t, a, day, _, c in rows)
        document = builder.document(f"{number}.txt", text, f"Outlet {number}")
        by_month.setdefault(rows[0][3] // 10, []).append(document.id)
        for (type_, word), (town, north), actor, day, denied, count in rows:
            builder.claim(
                document, type_, word, roles=[("captor" if type_ == "capture" else "holder", builder.actor(actor))],
                where=[builder.place(town, north, 40.0)], day=f"2021-03-{day:02}", item="tank", count=count,
                polarity="-" if denied else "+",
            )  # fmt: skip
    record = builder.record()
    claims = {c.id: c for c in record.claims}
    stories = [Story(f"s{m}", tuple(sorted(d)), "a story") for m, d in sorted(by_month.items()) if m]
    return replace(record, claims=tuple(claims[c] for c in sorted(claims)), stories=tuple(stories))


@pytest.fixture(autouse=True)
def never_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anew, "MOST_REACHED", 1.1)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(reports, reports, st.integers(0, 6), st.sampled_from((2, 400)))
def test_in_part_as_whole(builder: Any, old: list[list[Told]], new: list[list[Told]], kept: int, block: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(link, "MAX_BLOCK", block)
        patch.setattr(anew, "MAX_BLOCK", block)
        codebook = load_codebook()
        before, record = make(type(builder), old), make(type(builder), [*old[:kept], *new])
        events, relations = assemble(before, codebook)
        made, found, _ = assemble_anew(
            record, replace(before, events=tuple(events), relations=tuple(relations)), codebook
        )
        assert (made, found) == assemble(record, codebook)


def test_a_report_elsewhere_leaves_the_rest_alone(builder: Any) -> None:
    codebook = load_codebook()
    far: list[list[Told]] = [[(DEEDS[0], TOWNS[n % 3], ACTORS[n % 2], 1 + n, False, 2)] for n in range(9)]
    before = make(type(builder), far)
    record = make(type(builder), [*far, [(DEEDS[1], ("Delgo", 30.0), "Red Front", 28, False, 7)]])
    events, relations = assemble(before, codebook)
    before = replace(before, events=tuple(events), relations=tuple(relations))
    made, found, assembled = assemble_anew(record, before, codebook)
    assert (made, found) == assemble(record, codebook)
    assert assembled < len(record.claims)
    assert assemble_anew(record, replace(record, events=tuple(made), relations=tuple(found)), codebook)[2] == 0
