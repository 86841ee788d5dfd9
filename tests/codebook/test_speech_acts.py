"""Who says no is kept as such."""

from __future__ import annotations

import pytest

from tracewire.codebook.speech_acts import stance
from tracewire.model import Polarity, ReadClaim, Span


@pytest.mark.parametrize(
    ("type_", "trigger", "read", "kept"),
    [
        ("verification", "denied", "+", "-"),
        ("verification", "Rejects", "+", "-"),
        ("verification", "confirmed", "+", "+"),
        ("verification", "verify", "-", "-"),
        ("verification", "deny", "-", "+"),
        ("statement", "rejected", "+", "+"),
        ("transfer", "delivered", "-", "-"),
    ],
)
def test_a_denial_is_negative_and_a_denial_that_was_not_made_is_not(
    type_: str, trigger: str, read: Polarity, kept: Polarity
) -> None:
    span = Span(0, len(trigger), trigger)
    assert stance(ReadClaim(type_, span, (span,), "body", polarity=read)) == kept
