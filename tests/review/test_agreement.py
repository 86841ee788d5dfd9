"""Figures of agreement against hand-made and published examples."""

from __future__ import annotations

import pytest

from tracewire.model import Judgement
from tracewire.review.agreement import agreement, cohens_kappa, krippendorffs_alpha


def test_kappa_of_a_known_table() -> None:
    # 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: observed 0.70, by chance 0.50
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert cohens_kappa(pairs) == pytest.approx(0.4)


def test_alpha_of_a_known_table() -> None:
    # Krippendorff's own example of two coders, ten units and two values
    assert krippendorffs_alpha(list(zip("0100000010", "1110010000", strict=True))) == pytest.approx(0.095, abs=0.001)


def test_agreement_is_not_defined_where_all_say_one_thing() -> None:
    assert cohens_kappa([("y", "y")] * 3) is None
    assert krippendorffs_alpha([("y", "y")] * 3) is None
    assert cohens_kappa([]) is None


def test_disagreements_are_listed_by_claim_and_field(record) -> None:
    claims = {c.id: c for c in record.claims}
    a, b = sorted(claims)[:2]

    def row(number: int, by: str, what: str, on: str, **change: object) -> Judgement:
        return Judgement(f"j{number}", f"2024-01-01T00:00:0{number}Z", by, what, on, change, "")  # type: ignore[arg-type]

    found = agreement(
        claims,
        [
            row(1, "ana", "accept", a), row(2, "ana", "accept", b),
            row(3, "ben", "reject", a, blind=True),
            row(4, "ben", "edit", b, blind=True, fields={"modality": "planned"}),
        ],
        "ana", "ben",
    )  # fmt: skip
    assert found.claims == 2
    assert {(d.claim, d.field) for d in found.disagreements} == {(a, "verdict"), (b, "modality")}
