"""Examples to tensors: pieces, word features and the labels of every head."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from tracewire.model import MODALITIES
from tracewire.read.decode import distances
from tracewire.read.features import MAX_FLAGS, WordFeatures
from training.data import ClaimMark, Example, Offsets
from training.labels import FORMS, MENTION_TAGS, ROLES, SOURCES, TRIGGER_TAGS, TYPES

IGNORE = -100
LONGEST = 160
"""Pieces of a text in training; longer ones are cut (fewer than one sentence of a thousand)."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """One text as arrays of its pieces."""

    example: Example
    ids: list[int]
    offsets: list[Offsets]
    case: np.ndarray
    flags: np.ndarray
    listed: tuple[tuple[int, int], ...]
    """Pieces that the word lists take for a trigger, each with the number of the claim type."""


def encode(example: Example, tokenizer: Tokenizer, features: WordFeatures) -> Encoded:
    """Pieces of the text with their features."""
    encoding = tokenizer.encode(example.text)
    case, flags = features.of_pieces(example.text, encoding.word_ids, encoding.offsets)
    n = min(len(encoding.ids), LONGEST)
    types = _trigger_flags(features)
    listed = tuple((i, types[flag]) for i, row in enumerate(flags[:n]) for flag in row.tolist() if flag in types)
    return Encoded(example, encoding.ids[:n], encoding.offsets[:n], case[:n], flags[:n], listed)


def _trigger_flags(features: WordFeatures) -> dict[int, int]:
    """Flag -> number of the claim type that it names a trigger of."""
    parted = ((number, *name.partition(":")) for number, name in enumerate(features.names, 1))
    return {number: TYPES.index(type_) for number, kind, _, type_ in parted if kind in ("verb", "noun")}


def pieces_of(at: Offsets, offsets: Sequence[Offsets]) -> tuple[int, int] | None:
    """First and last-plus-one piece that a span of characters touches."""
    touched = [i for i, (a, b) in enumerate(offsets) if a < b and a < at[1] and b > at[0]]
    return (touched[0], touched[-1] + 1) if touched else None


@dataclass(slots=True)
class Batch:
    """Tensors of some texts and of the claims in them; `rows` says which text a claim stands in."""

    ids: Tensor
    mask: Tensor
    case: Tensor
    flags: Tensor
    mentions: Tensor
    forms: Tensor
    triggers: Tensor
    rows: Tensor
    trigger_mask: Tensor
    types: Tensor
    distance: Tensor
    roles: Tensor
    role_weight: Tensor
    sources: Tensor
    cues: Tensor
    modality: Tensor
    polarity: Tensor
    valid: Tensor


def collate(texts: list[Encoded], rnd: random.Random, spurious: float) -> Batch:
    """One batch; `spurious` is the number of false claims added per text for the head that tells them apart."""
    width = max(len(t.ids) for t in texts)
    size = len(texts)
    ids, mask, case = (np.zeros((size, width), dtype=np.int64) for _ in range(3))
    flags = np.zeros((size, width, MAX_FLAGS), dtype=np.int64)
    mentions, forms, triggers = (np.full((size, width), IGNORE, dtype=np.int64) for _ in range(3))
    claims: list[_Row] = []
    for row, text in enumerate(texts):
        n = len(text.ids)
        ids[row, :n], mask[row, :n], case[row, :n], flags[row, :n] = text.ids, 1, text.case, text.flags
        mentions[row, 1 : n - 1] = triggers[row, 1 : n - 1] = 0
        _tag_mentions(text, mentions[row], forms[row])
        claims += _claims(row, text, triggers[row], width, rnd, spurious)
    return Batch(*map(torch.from_numpy, (ids, mask, case, flags, mentions, forms, triggers)), *_stack(claims, width))


def _tag_mentions(text: Encoded, tags: np.ndarray, forms: np.ndarray) -> None:
    for mention in text.example.mentions:
        if span := pieces_of(mention.at, text.offsets):
            tags[span[0] : span[1]] = MENTION_TAGS.index(f"I-{mention.type}")
            tags[span[0]] = MENTION_TAGS.index(f"B-{mention.type}")
            forms[span[0] : span[1]] = FORMS.index(mention.form)


@dataclass(slots=True)
class _Row:
    row: int
    trigger: np.ndarray
    type: int
    distance: np.ndarray
    roles: np.ndarray
    weight: np.ndarray
    sources: np.ndarray
    cues: np.ndarray
    modality: int
    polarity: int
    valid: float


def _claims(
    row: int, text: Encoded, tags: np.ndarray, width: int, rnd: random.Random, spurious: float
) -> Iterator[_Row]:
    taken: list[tuple[int, int]] = []
    for claim in text.example.claims:
        if span := pieces_of(claim.trigger, text.offsets):
            tags[span[0] : span[1]] = TRIGGER_TAGS.index(f"I-{claim.type}")
            tags[span[0]] = TRIGGER_TAGS.index(f"B-{claim.type}")
            taken.append(span)
            yield _true(row, text, claim, span, width)
    lucky = int(spurious) + (rnd.random() < spurious % 1)
    candidates = _false_triggers(text, taken)
    for start, type_ in rnd.sample(candidates, min(lucky, len(candidates))):
        yield _empty(row, (start, start + 1), type_, width)


def _false_triggers(text: Encoded, taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pieces that the word lists take for a trigger and the annotation does not."""
    return [(i, type_) for i, type_ in text.listed if not any(a <= i < b for a, b in taken)]


def _empty(row: int, span: tuple[int, int], type_: int, width: int) -> _Row:
    trigger = np.zeros(width, dtype=np.float32)
    trigger[span[0] : span[1]] = 1
    nothing = np.full(width, IGNORE, dtype=np.int64)
    return _Row(
        row, trigger, type_, distances(*span, width), nothing, np.zeros(width, dtype=np.float32),
        nothing, nothing, IGNORE, IGNORE, 0.0,
    )  # fmt: skip


def _true(row: int, text: Encoded, claim: ClaimMark, span: tuple[int, int], width: int) -> _Row:
    made = _empty(row, span, TYPES.index(claim.type), width)
    n = len(text.ids)
    made.roles, made.sources, made.cues = (np.full(width, IGNORE, dtype=np.int64) for _ in range(3))
    made.weight = np.zeros(width, dtype=np.float32)
    roles = {at: role for role, at in claim.roles}
    for mention in text.example.mentions:
        if not (pieces := pieces_of(mention.at, text.offsets)):
            continue
        a, b = pieces
        made.roles[a:b] = ROLES.index(roles.get(mention.at, "none"))
        rank = claim.sources.index(mention.at) if mention.at in claim.sources else -1
        made.sources[a:b] = SOURCES.index("none" if rank < 0 else "innermost" if rank == 0 else "relay")
        made.weight[a:b] = 1 / (b - a)
    made.cues[1 : n - 1] = 0
    if claim.cue and (pieces := pieces_of(claim.cue, text.offsets)):
        made.cues[pieces[0] : pieces[1]] = 2
        made.cues[pieces[0]] = 1
    made.modality, made.polarity = MODALITIES.index(claim.modality), "+-".index(claim.polarity)
    made.valid = 1.0
    return made


def _stack(claims: list[_Row], width: int) -> tuple[Tensor, ...]:
    def table(name: str, dtype: type) -> Tensor:
        rows = [getattr(c, name) for c in claims]
        return torch.from_numpy(np.array(rows, dtype=dtype).reshape(len(claims), width))

    def column(name: str, dtype: type) -> Tensor:
        return torch.from_numpy(np.array([getattr(c, name) for c in claims], dtype=dtype))

    return (
        column("row", np.int64), table("trigger", np.float32), column("type", np.int64),
        table("distance", np.int64), table("roles", np.int64), table("weight", np.float32),
        table("sources", np.int64), table("cues", np.int64), column("modality", np.int64),
        column("polarity", np.int64), column("valid", np.float32),
    )  # fmt: skip
