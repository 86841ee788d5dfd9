"""What a sentence hands on to the next."""

from __future__ import annotations

from dataclasses import replace

from tracewire.model import Argument, ReadClaim, Span
from tracewire.read.discourse import Setting


def claim(type_: str, **more: object) -> ReadClaim:
    span = Span(0, 1, "x")
    return ReadClaim(type_, span, (span,), "body", **more)  # type: ignore[arg-type]


SETTING = Setting.after([claim("strike", times=(1,), places=(Argument("where", 2),))], Setting())


def test_the_dead_of_the_next_sentence_lie_where_the_deed_was() -> None:
    lent = SETTING.lend(claim("casualty"))
    assert [(a.mention, a.inferred) for a in lent.places] == [(2, True)]
    assert lent.times == (1,)


def test_another_deed_and_later_dead_have_the_time_alone() -> None:
    for setting, type_ in ((SETTING, "capture"), (SETTING.older(), "casualty")):
        lent = setting.lend(claim(type_))
        assert (lent.places, lent.times, lent.times_inferred) == ((), (1,), True)


def test_dead_with_a_day_or_place_of_their_own_take_no_place() -> None:
    assert SETTING.lend(claim("casualty", times=(7,))).places == ()
    own = (Argument("where", 8),)
    assert SETTING.lend(replace(claim("casualty"), places=own)).places == own
