"""Scores a network on examples with the project's own scorer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch
from tokenizers import Tokenizer

from tracewire.evaluate import Evaluation, score
from tracewire.evaluate.units import Found, Labelled, Unit
from tracewire.model import MODALITIES, Span
from tracewire.read.decode import Scores
from tracewire.read.features import Numbers
from tracewire.read.neural import Decoding, Graphs, Labels, NeuralReader, TextReading
from training.batches import pieces_of
from training.data import Example, Offsets
from training.labels import FORMS, MENTION_TYPES, ROLE_NAMES, ROLES, TRIGGER_TAGS, TYPES
from training.network import ClaimReader, Tagger

LABELS = Labels(MENTION_TYPES, FORMS, TYPES, ROLES, ROLE_NAMES, MODALITIES)


class TorchGraphs:
    """The network where it was trained, behind the same two calls as the shipped graphs."""

    def __init__(self, tagger: Tagger, reader: ClaimReader) -> None:
        self.tagger, self.reader = tagger.eval(), reader.eval()

    def tag(self, *arrays: Numbers) -> tuple[Scores, ...]:
        with torch.no_grad():
            return tuple(x.numpy() for x in self.tagger(*map(torch.from_numpy, arrays)))

    def claims(self, *arrays: Numbers) -> tuple[Scores, ...]:
        with torch.no_grad():
            return tuple(x.numpy() for x in self.reader(*map(torch.from_numpy, arrays)))


def gold_unit(example: Example) -> Unit:
    """An annotated sentence as the scorer takes it."""
    text = example.text
    claims = tuple(
        Found(
            c.type.upper(),
            _span(text, c.trigger),
            tuple(
                [Labelled(r, _span(text, at)) for r, at in c.roles]
                + [Labelled("source", _span(text, at)) for at in c.sources]
            ),
            c.modality,
            c.polarity,
        )
        for c in example.claims
    )
    return Unit(tuple(Labelled(m.type, _span(text, m.at)) for m in example.mentions), claims, text)


def found_unit(text: str, reading: TextReading) -> Unit:
    """A reading as the scorer takes it."""
    spans = [_span(text, (m.start, m.end)) for m in reading.mentions]
    claims = tuple(
        Found(
            c.type.upper(),
            _span(text, (c.start, c.end)),
            tuple([Labelled(r, spans[i]) for r, i in c.roles] + [Labelled("source", spans[i]) for i in c.sources]),
            c.modality,
            c.polarity,
        )
        for c in reading.claims
    )
    return Unit(tuple(Labelled(m.type, s) for m, s in zip(reading.mentions, spans, strict=True)), claims, text)


def evaluate(reader: NeuralReader, examples: Sequence[Example]) -> Evaluation:
    """All scores over some examples."""
    readings = reader.read([e.text for e in examples])
    predicted = {_key(e): found_unit(e.text, r) for e, r in zip(examples, readings, strict=True)}
    return score(predicted, _gold(examples))


SHORT = (
    "mentions_overlap",
    "triggers",
    "claims",
    "roles",
    "roles_matched",
    "place",
    "time",
    "source_innermost",
    "modality",
    "hedges",
    "polarity",
    "negations",
)


def line(evaluation: Evaluation) -> str:
    """The main figures in one line."""
    return " ".join(f"{name[:14]}={100 * (evaluation.measures[name].f1 or 0):.1f}" for name in SHORT)


def make_reader(
    tagger: Tagger, reader: ClaimReader, tokenizer: object, features: object, decoding: Decoding
) -> NeuralReader:
    """A reader over a network in training."""
    return NeuralReader(TorchGraphs(tagger, reader), tokenizer, features, LABELS, decoding)  # type: ignore[arg-type]


def _span(text: str, at: Offsets) -> Span:
    return Span(at[0], at[1], text[at[0] : at[1]])


class _GoldTriggers:
    """Graphs that tag the triggers of the key, whatever the network thinks; for one text at a time."""

    def __init__(self, graphs: Graphs) -> None:
        self._graphs = graphs
        self.example: Example | None = None
        self.offsets: list[Offsets] = []

    def tag(self, *arrays: Numbers) -> tuple[Scores, ...]:
        memory, mentions, forms, triggers = self._graphs.tag(*arrays)
        triggers = np.full_like(triggers, -9.0)
        triggers[..., 0] = 0.0
        for claim in self.example.claims if self.example else ():
            if span := pieces_of(claim.trigger, self.offsets):
                triggers[0, span[0] : span[1], 0] = -9.0
                triggers[0, span[0] : span[1], TRIGGER_TAGS.index(f"I-{claim.type}")] = 9.0
                triggers[0, span[0], TRIGGER_TAGS.index(f"B-{claim.type}")] = 18.0
        return memory, mentions, forms, triggers

    def claims(self, *arrays: Numbers) -> tuple[Scores, ...]:
        return self._graphs.claims(*arrays)


def evaluate_gold_triggers(reader: NeuralReader, tokenizer: Tokenizer, examples: Sequence[Example]) -> Evaluation:
    """Scores when the triggers and types of the key are given: roles apart from finding claims."""
    gold = _GoldTriggers(reader.graphs)
    given = NeuralReader(gold, tokenizer, reader.features, LABELS, replace(reader.decoding, threshold=0.0))
    predicted = {}
    for example in examples:
        gold.example, gold.offsets = example, tokenizer.encode(example.text).offsets
        predicted[_key(example)] = found_unit(example.text, given.read([example.text])[0])
    return score(predicted, _gold(examples))


def _key(example: Example) -> str:
    return f"{example.corpus}:{example.document}#{example.number}"


def _gold(examples: Sequence[Example]) -> dict[str, Unit]:
    return {_key(e): gold_unit(e) for e in examples}
