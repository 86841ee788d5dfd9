"""Counts behind every figure: what was right, what was found, what the key holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracewire.evaluate.matching import Pairs, pair_claims, pair_labelled
from tracewire.evaluate.units import CIRCUMSTANCES, Found, Labelled, Unit

MEASURES: dict[str, str] = {
    "mentions": "mentions, exact span and type",
    "mentions_overlap": "mentions, overlapping and same type",
    "triggers": "triggers found",
    "claims": "triggers with type",
    "roles": "roles, over all claims",
    "roles_matched": "roles, on matched claims",
    "place": "place",
    "time": "time",
    "source": "source, any",
    "source_innermost": "source, innermost",
    "source_matched": "source, innermost or rightly none, on matched claims",
    "arguments": "roles, place, time and source",
    "whole_claims": "claims with type and every argument",
    "modality": "modality, accuracy on matched claims",
    "polarity": "polarity, accuracy on matched claims",
    "hedges": "modality other than asserted, on matched claims",
    "negations": "polarity -, on matched claims",
}
"""Name of each measure and what it counts. A claim is matched when triggers overlap and the type is the same."""


@dataclass(frozen=True, slots=True)
class Score:
    """Right ones (`tp`) of those predicted and those in the key; a ratio over nothing is None."""

    tp: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float | None:
        """Right ones of those predicted."""
        return self.tp / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """Right ones of those in the key."""
        return self.tp / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of both; where both counts are the same it is the accuracy."""
        total = self.predicted + self.gold
        return 2 * self.tp / total if total else None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All scores. `ignored` counts predicted units that the key does not have, `missing` those that it alone has."""

    units: int
    missing: int
    ignored: int
    measures: Mapping[str, Score]
    claim_types: Mapping[str, Score]
    mention_types: Mapping[str, Score]
    roles: Mapping[str, Score]
    modalities: Mapping[str, Score]


class _Tally:
    """Counts under (group, name); the groups are the fields of Evaluation."""

    def __init__(self) -> None:
        self.tp: Counter[tuple[str, str]] = Counter()
        self.predicted: Counter[tuple[str, str]] = Counter()
        self.gold: Counter[tuple[str, str]] = Counter()

    def add(self, group: str, name: str, tp: int, predicted: int, gold: int) -> None:
        key = (group, name)
        self.tp[key] += tp
        self.predicted[key] += predicted
        self.gold[key] += gold

    def labels(self, group: str, tp: Iterable[str], predicted: Iterable[str], gold: Iterable[str]) -> None:
        """Count each label by itself."""
        for counter, labels in ((self.tp, tp), (self.predicted, predicted), (self.gold, gold)):
            counter.update((group, label) for label in labels)

    def scores(self, group: str) -> dict[str, Score]:
        names = sorted({name for kind, name in self.predicted.keys() | self.gold.keys() if kind == group})
        return {n: Score(self.tp[group, n], self.predicted[group, n], self.gold[group, n]) for n in names}


def score(predicted: Mapping[str, Unit], gold: Mapping[str, Unit]) -> Evaluation:
    """Score unit by unit; a unit of the key that was not predicted counts as one in which nothing was found."""
    tally = _Tally()
    empty = Unit((), ())
    for key in sorted(gold):
        mine = predicted.get(key, empty)
        _mentions(tally, mine, gold[key])
        _claims(tally, mine.claims, gold[key].claims)
    measures = tally.scores("measures")
    return Evaluation(
        units=len(gold),
        missing=len(gold.keys() - predicted.keys()),
        ignored=len(predicted.keys() - gold.keys()),
        measures={name: measures.get(name, Score(0, 0, 0)) for name in MEASURES},
        claim_types=tally.scores("claim_types"),
        mention_types=tally.scores("mention_types"),
        roles=tally.scores("roles"),
        modalities=tally.scores("modalities"),
    )


def _mentions(tally: _Tally, mine: Unit, key: Unit) -> None:
    counts = (len(mine.mentions), len(key.mentions))
    exact = Counter(map(_exact, mine.mentions)) & Counter(map(_exact, key.mentions))
    tally.add("measures", "mentions", exact.total(), *counts)
    tally.add("measures", "mentions_overlap", len(pair_labelled(mine.mentions, key.mentions)), *counts)
    tally.labels(
        "mention_types",
        (label for label, _, _ in exact.elements()),
        (m.label for m in mine.mentions),
        (m.label for m in key.mentions),
    )


def _exact(mention: Labelled) -> tuple[str, int, int]:
    return mention.label, mention.span.start, mention.span.end


def _claims(tally: _Tally, mine: tuple[Found, ...], key: tuple[Found, ...]) -> None:
    counts = (len(mine), len(key))
    matched = pair_claims(mine, key, typed=True)
    tally.add("measures", "triggers", len(pair_claims(mine, key, typed=False)), *counts)
    tally.add("measures", "claims", len(matched), *counts)
    tally.labels("claim_types", (key[g].type for _, g in matched), (c.type for c in mine), (c.type for c in key))
    _arguments(tally, mine, key, matched)
    _certainty(tally, [(mine[p], key[g]) for p, g in matched])


def _arguments(tally: _Tally, mine: tuple[Found, ...], key: tuple[Found, ...], matched: Pairs) -> None:
    right: list[str] = []
    whole = innermost = 0
    for p, g in matched:
        pairs = pair_labelled(mine[p].arguments, key[g].arguments)
        right += [key[g].arguments[at].label for _, at in pairs]
        whole += len(pairs) == len(mine[p].arguments) == len(key[g].arguments)
        innermost += _same_innermost(mine[p], key[g])
    found = [a.label for c in mine for a in c.arguments]
    wanted = [a.label for c in key for a in c.arguments]
    tally.labels("roles", right, found, wanted)
    tally.add("measures", "arguments", len(right), len(found), len(wanted))
    tally.add("measures", "roles", *map(_role_count, (right, found, wanted)))
    for name in CIRCUMSTANCES:
        tally.add("measures", name, right.count(name), found.count(name), wanted.count(name))
    tally.add("measures", "whole_claims", whole, len(mine), len(key))
    sourced = (sum(c.innermost_source() is not None for c in claims) for claims in (mine, key))
    tally.add("measures", "source_innermost", innermost, *sourced)
    settled = sum(_same_innermost(mine[p], key[g]) or _both_unsourced(mine[p], key[g]) for p, g in matched)
    tally.add("measures", "source_matched", settled, len(matched), len(matched))
    found = [a.label for p, _ in matched for a in mine[p].arguments]
    wanted = [a.label for _, g in matched for a in key[g].arguments]
    tally.add("measures", "roles_matched", *map(_role_count, (right, found, wanted)))


def _role_count(labels: list[str]) -> int:
    return sum(label not in CIRCUMSTANCES for label in labels)


def _same_innermost(mine: Found, key: Found) -> bool:
    first, other = mine.innermost_source(), key.innermost_source()
    return first is not None and other is not None and first.start < other.end and other.start < first.end


def _both_unsourced(mine: Found, key: Found) -> bool:
    return mine.innermost_source() is None and key.innermost_source() is None


def _certainty(tally: _Tally, matched: list[tuple[Found, Found]]) -> None:
    count = len(matched)
    same = [mine.modality for mine, key in matched if mine.modality == key.modality]
    found = [mine.modality for mine, _ in matched]
    wanted = [key.modality for _, key in matched]
    tally.add("measures", "modality", len(same), count, count)
    tally.add("measures", "hedges", *(sum(m != "asserted" for m in labels) for labels in (same, found, wanted)))
    tally.labels("modalities", same, found, wanted)
    signs = [(mine.polarity, key.polarity) for mine, key in matched]
    tally.add("measures", "polarity", sum(a == b for a, b in signs), count, count)
    tally.add("measures", "negations", signs.count(("-", "-")), *(sum(s[i] == "-" for s in signs) for i in (0, 1)))
