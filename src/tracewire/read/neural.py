"""Texts through the trained network: pieces in, mentions and claims with character offsets out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from tracewire.read.decode import Scores, Stretch, distances, stretches
from tracewire.read.features import MAX_FLAGS, Numbers, WordFeatures

LONGEST = 256
"""Pieces of one text (about 190 words); what a longer one has beyond them is not read, so callers part it before."""
SPEAKERS = frozenset({"GROUP", "PERSON", "PLACE", "FACILITY"})
"""Mention types that can be a source: a capital or a ministry's building speaks for those in it."""
FILLERS = {
    "time": frozenset({"TIME"}),
    "quantity": frozenset({"QUANTITY"}),
    "materiel": frozenset({"MATERIEL"}),
    "place": frozenset({"PLACE", "FACILITY"}),
}
"""Roles that only some types of mention fill; all others take any but times and numbers."""
BATCH_PIECES = 512
"""Texts of about one length go through the network together, up to so many pieces."""


class Graphs(Protocol):
    """The two halves of the network, wherever they run."""

    def tag(self, ids: Numbers, mask: Numbers, case: Numbers, flags: Numbers) -> tuple[Scores, Scores, Scores, Scores]:
        """The memory for claims and the scores of mention tags, forms and trigger tags, each (texts, pieces, ...)."""
        ...

    def claims(
        self, memory: Scores, mask: Numbers, trigger: Scores, type_: Numbers, distance: Numbers, tags: Numbers
    ) -> tuple[Scores, Scores, Scores, Scores, Scores, Scores]:
        """Scores of roles, sources and cue tags by piece, of modality, polarity and validity, a claim a row."""
        ...


@dataclass(frozen=True, slots=True)
class Labels:
    """What the outputs of the network stand for, in their order."""

    mention_types: tuple[str, ...]
    forms: tuple[str, ...]
    types: tuple[str, ...]
    roles: tuple[str, ...]
    roles_of: Mapping[str, tuple[str, ...]]
    modalities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decoding:
    """How the numbers become decisions; chosen on the dev part, kept with the weights."""

    mention_outside: float = 0.0
    trigger_outside: float = 1.5
    threshold: float = 0.5
    """A claim is kept from this confidence on."""
    role_none: float = 0.0
    source_none: float = 0.0
    modality_bias: Mapping[str, float] = field(default_factory=dict)
    negative_bias: float = 0.0
    temperature: float = 1.0
    offset: float = 0.0
    valid_weight: float = 1.0


@dataclass(frozen=True, slots=True)
class FoundMention:
    """A mention with character offsets into its text."""

    start: int
    end: int
    type: str
    form: str
    probability: float


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """A claim of one text; roles, places and times name mentions by index, sources stand innermost first."""

    type: str
    start: int
    end: int
    roles: tuple[tuple[str, int], ...]
    sources: tuple[int, ...]
    cue: tuple[int, int] | None
    modality: str
    polarity: str
    confidence: float


@dataclass(frozen=True, slots=True)
class TextReading:
    """All that stands in one text."""

    mentions: tuple[FoundMention, ...]
    claims: tuple[FoundClaim, ...]


@dataclass(slots=True)
class _Pieces:
    text: str
    ids: list[int]
    words: list[int | None]
    offsets: list[tuple[int, int]]
    case: Numbers
    flags: Numbers


@dataclass(slots=True)
class _Tagged:
    pieces: _Pieces
    memory: Scores
    tags: Numbers
    mentions: list[Stretch]
    triggers: list[Stretch]
    found: list[FoundMention]
    claims: list[FoundClaim]


class NeuralReader:
    """Reads single texts; what ties sentences together is done around it."""

    def __init__(
        self, graphs: Graphs, tokenizer: Any, features: WordFeatures, labels: Labels, decoding: Decoding
    ) -> None:
        self.graphs = graphs
        self._tokenizer = tokenizer
        self.features = features
        self._labels = labels
        self.decoding = decoding
        self._fitting: dict[tuple[str, str], list[int]] = {}

    def read(self, texts: Sequence[str]) -> list[TextReading]:
        """One reading a text, in order."""
        if not texts:
            return []
        pieces = [self._cut(text, encoding) for text, encoding in zip(texts, self._encode(texts), strict=True)]
        order = sorted(range(len(texts)), key=lambda i: len(pieces[i].ids))
        found: list[TextReading] = [TextReading((), ())] * len(texts)
        for group in _groups(order, [len(p.ids) for p in pieces]):
            for index, reading in zip(group, self._group([pieces[i] for i in group]), strict=True):
                found[index] = reading
        return found

    def _encode(self, texts: Sequence[str]) -> Any:
        return self._tokenizer.encode_batch(list(texts))

    def _cut(self, text: str, encoding: Any) -> _Pieces:
        ids, words, offsets = encoding.ids, encoding.word_ids, encoding.offsets
        if len(ids) > LONGEST:
            ids, words, offsets = (x[: LONGEST - 1] + x[-1:] for x in (ids, words, offsets))
        case, flags = self.features.of_pieces(text, words, offsets)
        return _Pieces(text, ids, words, offsets, case, flags)

    def _group(self, group: list[_Pieces]) -> list[TextReading]:
        width = max(len(p.ids) for p in group)
        ids, mask, case = (np.zeros((len(group), width), dtype=np.int64) for _ in range(3))
        flags = np.zeros((len(group), width, MAX_FLAGS), dtype=np.int64)
        for row, p in enumerate(group):
            n = len(p.ids)
            ids[row, :n], mask[row, :n], case[row, :n], flags[row, :n] = p.ids, 1, p.case, p.flags
        memory, mention, form, trigger = self.graphs.tag(ids, mask, case, flags)
        tagged = [self._tagged(p, memory[r], mention[r], form[r], trigger[r]) for r, p in enumerate(group)]
        self._claims(tagged, mask)
        return [TextReading(tuple(t.found), tuple(t.claims)) for t in tagged]

    def _tagged(self, p: _Pieces, memory: Scores, mention: Scores, form: Scores, trigger: Scores) -> _Tagged:
        n = len(p.ids)
        mentions = stretches(mention[:n], self._labels.mention_types, p.words, self.decoding.mention_outside)
        triggers = stretches(trigger[:n], self._labels.types, p.words, self.decoding.trigger_outside)
        tags = np.zeros(len(memory), dtype=np.int64)
        found = []
        for m in mentions:
            label = self._labels.mention_types.index(m.label)
            tags[m.start : m.end] = 2 * label + 2
            tags[m.start] = 2 * label + 1
            best = self._labels.forms[int(form[m.start : m.end].mean(0).argmax())]
            found.append(FoundMention(p.offsets[m.start][0], p.offsets[m.end - 1][1], m.label, best, m.probability))
        return _Tagged(p, memory, tags, mentions, triggers, found, [])

    def _claims(self, tagged: list[_Tagged], mask: Numbers) -> None:
        rows = [(row, trigger) for row, t in enumerate(tagged) for trigger in t.triggers]
        if not rows:
            return
        width = mask.shape[1]
        where = np.zeros((len(rows), width), dtype=np.float32)
        distance = np.zeros((len(rows), width), dtype=np.int64)
        for i, (_, trigger) in enumerate(rows):
            where[i, trigger.start : trigger.end] = 1
            distance[i] = distances(trigger.start, trigger.end, width)
        types = np.array([self._labels.types.index(t.label) for _, t in rows], dtype=np.int64)
        index = [row for row, _ in rows]
        memory = np.stack([tagged[row].memory for row in index])
        tags = np.stack([tagged[row].tags for row in index])
        outputs = self.graphs.claims(memory, mask[index], where, types, distance, tags)
        for i, (row, trigger) in enumerate(rows):
            claim = self._claim(tagged[row], trigger, [output[i] for output in outputs])
            if claim.confidence >= self.decoding.threshold:
                tagged[row].claims.append(claim)

    def _claim(self, t: _Tagged, trigger: Stretch, outputs: list[Scores]) -> FoundClaim:
        roles, sources, cues, modality, polarity, valid = outputs
        offsets = t.pieces.offsets
        return FoundClaim(
            type=trigger.label,
            start=offsets[trigger.start][0],
            end=offsets[trigger.end - 1][1],
            roles=tuple(self._roles(t, trigger.label, roles)),
            sources=tuple(self._sources(t, sources)),
            cue=_cue(cues[: len(offsets)], t.pieces.words, offsets),
            modality=self._modality(modality),
            polarity="-" if polarity[1] - polarity[0] + self.decoding.negative_bias > 0 else "+",
            confidence=self._confidence(trigger.probability, float(valid)),
        )

    def _confidence(self, probability: float, valid: float) -> float:
        logit = np.log(max(probability, 1e-6)) - np.log(max(1 - probability, 1e-6))
        d = self.decoding
        mixed = (logit + d.valid_weight * valid) / d.temperature + d.offset
        return float(1 / (1 + np.exp(-mixed)))

    def _roles(self, t: _Tagged, type_: str, scores: Scores) -> Iterator[tuple[str, int]]:
        for index, m in enumerate(t.mentions):
            allowed = self._allowed(type_, m.label)
            mean = scores[m.start : m.end, allowed].mean(0)
            mean[0] += self.decoding.role_none
            best = int(mean.argmax())
            if best:
                yield self._labels.roles[allowed[best]], index

    def _allowed(self, type_: str, mention: str) -> list[int]:
        """Which roles (none first) a mention of a type can fill in a claim of a type."""
        key = (type_, mention)
        if key not in self._fitting:
            names = {"none", "place", "time", *self._labels.roles_of[type_]}
            fitting = [i for i, role in enumerate(self._labels.roles) if role in names and _fills(mention, role)]
            self._fitting[key] = fitting
        return self._fitting[key]

    def _sources(self, t: _Tagged, scores: Scores) -> list[int]:
        ranked = []
        for index, m in enumerate(t.mentions):
            if m.label not in SPEAKERS:
                continue
            mean = scores[m.start : m.end].mean(0)
            mean[0] += self.decoding.source_none
            if mean.argmax():
                ranked.append((float(mean[2] - mean[1]), index))
        return [index for _, index in sorted(ranked)]

    def _modality(self, scores: Scores) -> str:
        biased = [
            s + self.decoding.modality_bias.get(m, 0.0) for m, s in zip(self._labels.modalities, scores, strict=True)
        ]
        return self._labels.modalities[int(np.argmax(biased))]


def _fills(mention: str, role: str) -> bool:
    if role in FILLERS:
        return mention in FILLERS[role]
    return role == "none" or mention not in ("TIME", "QUANTITY")


def _cue(scores: Scores, words: Sequence[int | None], offsets: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    spans = stretches(scores, ("cue",), words)
    if not spans:
        return None
    best = max(spans, key=lambda s: (s.probability, -s.start))
    return offsets[best.start][0], offsets[best.end - 1][1]


def _groups(order: list[int], lengths: list[int]) -> Iterator[list[int]]:
    """Texts in order of length, cut where a batch would hold more than BATCH_PIECES."""
    group: list[int] = []
    for index in order:
        if group and (len(group) + 1) * lengths[index] > BATCH_PIECES:
            yield group
            group = []
        group.append(index)
    if group:
        yield group
