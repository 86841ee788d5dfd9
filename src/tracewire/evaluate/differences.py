"""Where a prediction and its key part, one line each: what to read when a figure is low."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from tracewire.evaluate.matching import pair_claims, pair_labelled
from tracewire.evaluate.units import Found, Labelled, Unit

What = Literal["missed claim", "false claim", "type", "missed role", "false role", "modality", "polarity",
               "missed mention", "false mention"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: the unit, what kind, the claim or mention type that it belongs to, and the words."""

    unit: str
    what: What
    type: str
    detail: str


def differences(predicted: Mapping[str, Unit], gold: Mapping[str, Unit]) -> Iterator[Difference]:
    """All differences, unit by unit."""
    empty = Unit((), ())
    for key in sorted(gold):
        mine, wanted = predicted.get(key, empty), gold[key]
        for what, type_, detail in (*_claims(mine.claims, wanted.claims), *_mentions(mine.mentions, wanted.mentions)):
            yield Difference(key, what, type_, detail)


Rows = Iterator[tuple[What, str, str]]


def _claims(mine: tuple[Found, ...], key: tuple[Found, ...]) -> Rows:
    typed = pair_claims(mine, key, typed=True)
    for p, g in typed:
        yield from _pair(mine[p], key[g])
    left = [c for i, c in enumerate(mine) if i not in {p for p, _ in typed}]
    wanted = [c for i, c in enumerate(key) if i not in {g for _, g in typed}]
    confused = pair_claims(left, wanted, typed=False)
    for p, g in confused:
        yield "type", wanted[g].type, f"read as {left[p].type}: {wanted[g].trigger.quote}"
    for i, claim in enumerate(wanted):
        if i not in {g for _, g in confused}:
            yield "missed claim", claim.type, claim.trigger.quote
    for i, claim in enumerate(left):
        if i not in {p for p, _ in confused}:
            yield "false claim", claim.type, claim.trigger.quote


def _pair(mine: Found, key: Found) -> Rows:
    pairs = pair_labelled(mine.arguments, key.arguments)
    for i, argument in enumerate(key.arguments):
        if i not in {g for _, g in pairs}:
            yield "missed role", key.type, f"{key.trigger.quote}: {argument.label} = {argument.span.quote}"
    for i, argument in enumerate(mine.arguments):
        if i not in {p for p, _ in pairs}:
            yield "false role", key.type, f"{key.trigger.quote}: {argument.label} = {argument.span.quote}"
    if mine.modality != key.modality:
        yield "modality", key.type, f"{key.trigger.quote}: {key.modality} read as {mine.modality}"
    if mine.polarity != key.polarity:
        yield "polarity", key.type, f"{key.trigger.quote}: {key.polarity} read as {mine.polarity}"


def _mentions(mine: tuple[Labelled, ...], key: tuple[Labelled, ...]) -> Rows:
    found = {(m.label, m.span.start, m.span.end): m for m in mine}
    wanted = {(m.label, m.span.start, m.span.end): m for m in key}
    for at, mention in wanted.items():
        if at not in found:
            yield "missed mention", mention.label, mention.span.quote
    for at, mention in found.items():
        if at not in wanted:
            yield "false mention", mention.label, mention.span.quote
