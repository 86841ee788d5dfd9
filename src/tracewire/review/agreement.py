"""How far two coders agree, field by field: Cohen's kappa, Krippendorff's alpha, and where they differ."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracewire.model import Claim, Judgement

FIELDS = ("verdict", "type", "polarity", "modality", "opinion", "roles", "materiel", "casualties", "places", "date")


@dataclass(frozen=True, slots=True)
class FieldAgreement:
    """Agreement on one field over `units` claims; None where it is not defined (no claims, or one value alone)."""

    field: str
    units: int
    agreed: int
    kappa: float | None
    alpha: float | None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A claim on which two coders differ, and in what."""

    claim: str
    field: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two coders over the claims that both judged."""

    first: str
    second: str
    claims: int
    fields: tuple[FieldAgreement, ...]
    disagreements: tuple[Disagreement, ...]


def cohens_kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Agreement beyond chance of two coders; None where chance alone would make it whole."""
    if not pairs:
        return None
    size = len(pairs)
    observed = sum(a == b for a, b in pairs) / size
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(left[value] * right[value] for value in left) / size**2
    return None if chance == 1 else (observed - chance) / (1 - chance)


def krippendorffs_alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Krippendorff's alpha for nominal values; a unit has one value of each coder who judged it."""
    rows = [row for row in units if len(row) > 1]
    total = sum(len(row) for row in rows)
    counts = Counter(value for row in rows for value in row)
    expected = sum(n * (total - n) for n in counts.values())
    if not expected:
        return None
    observed = 0.0
    for row in rows:
        own = Counter(row)
        observed += sum(n * (len(row) - n) for n in own.values()) / (len(row) - 1)
    return 1 - (total - 1) * observed / expected


def agreement(claims: Mapping[str, Claim], judgements: Iterable[Judgement], first: str, second: str) -> Agreement:
    """How two coders agree on the claims that both judged; `claims` are as the machine read them.

    Each coder's own last verdict and edits count, whether they were made blind or not.
    """
    rows = sorted((j for j in judgements if not j.undone), key=lambda j: (j.at, j.id))
    sides = [coded(claims, [j for j in rows if j.by == name]) for name in (first, second)]
    both = sorted(sides[0].keys() & sides[1].keys())
    fields = tuple(_field(name, [(sides[0][c][name], sides[1][c][name]) for c in both]) for name in FIELDS)
    differ = tuple(
        Disagreement(c, name, sides[0][c][name], sides[1][c][name])
        for c in both
        for name in FIELDS
        if sides[0][c][name] != sides[1][c][name]
    )
    return Agreement(first, second, len(both), fields, differ)


def _field(name: str, pairs: Sequence[tuple[str, str]]) -> FieldAgreement:
    agreed = sum(a == b for a, b in pairs)
    return FieldAgreement(name, len(pairs), agreed, cohens_kappa(pairs), krippendorffs_alpha(pairs))


def coded(claims: Mapping[str, Claim], judgements: Iterable[Judgement]) -> dict[str, dict[str, str]]:
    """What one coder makes of each claim judged: field to value, as text that can be compared."""
    from msgspec import to_builtins

    found: dict[str, dict[str, Any]] = {}
    for judgement in judgements:
        claim = claims.get(judgement.on)
        if claim is None or judgement.what not in ("accept", "reject", "edit"):
            continue
        row = found.setdefault(claim.id, to_builtins(claim) | {"verdict": "accepted"})
        row["verdict"] = "rejected" if judgement.what == "reject" else "accepted"
        fields = judgement.change.get("fields")
        row.update(fields if isinstance(fields, dict) else {})
    return {id_: {name: _value(name, row[name]) for name in FIELDS} for id_, row in found.items()}


def _value(name: str, value: Any) -> str:
    """What two coders mean alike reads alike: order, and the words by which a thing was found, are left out."""
    if name == "date":
        return f"{value.get('start') or '…'} to {value.get('end') or '…'}"
    if isinstance(value, list | tuple):
        return "; ".join(sorted(_item(name, item) for item in value)) or "none"
    return str(value)


def _item(name: str, item: Mapping[str, Any]) -> str:
    words = (item.get("mention") or {}).get("quote")
    if name == "roles":
        return f"{item['role']}: {item.get('entity') or words}"
    if name == "places":
        return f"{item['role']}: {item.get('place') or words}"
    quantity = item.get("quantity") or {}
    count = f"{quantity.get('low')} to {quantity.get('high')}" if quantity else "uncounted"
    return f"{item.get('item') or item.get('what') or words}: {count}"


def coders(judgements: Iterable[Judgement]) -> list[str]:
    """Who judged claims, by name."""
    return sorted({j.by for j in judgements if not j.undone and j.what in ("accept", "reject", "edit")})


def as_json(found: Agreement) -> str:
    """The agreement as one JSON object."""
    from dataclasses import asdict

    return json.dumps(asdict(found), ensure_ascii=False, indent=2)
