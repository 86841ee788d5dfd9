"""The shipped weights: two ONNX graphs, a tokenizer and a card that names their hashes, labels and thresholds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from tracewire.errors import ReaderError
from tracewire.read.base import ReaderContext
from tracewire.read.decode import Scores
from tracewire.read.features import Numbers, WordFeatures
from tracewire.read.lexicon import load_lexicon
from tracewire.read.neural import Decoding, Labels, NeuralReader

CARD = "card.json"
TAGGER, CLAIMS, TOKENIZER = "tagger.onnx", "claims.onnx", "tokenizer.json"


@dataclass(frozen=True, slots=True)
class Card:
    """What `card.json` says of the weights beside it."""

    labels: Labels
    decoding: Decoding
    thresholds: Mapping[str, float]
    flags: tuple[str, ...]
    files: Mapping[str, str]

    @property
    def version(self) -> str:
        """Eight digits that change with the weights and with how their numbers are read."""
        parts = (*sorted(self.files.items()), *sorted(self.thresholds.items()), self.decoding)
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:8]


class OnnxGraphs:
    """The network on onnxruntime, one thread a process."""

    def __init__(self, tagger: bytes, claims: bytes) -> None:
        try:
            import onnxruntime
        except ImportError as error:
            raise ReaderError(
                "the reader 'model' needs onnxruntime, which is not installed here; "
                "install it with: pip install onnxruntime (or use --reader rules)"
            ) from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._tagger, self._claims = (
            onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
            for graph in (tagger, claims)
        )

    def tag(self, ids: Numbers, mask: Numbers, case: Numbers, flags: Numbers) -> tuple[Scores, Scores, Scores, Scores]:
        """The memory for claims and the scores of mention tags, forms and trigger tags."""
        fed = {"ids": ids, "mask": mask, "case": case, "flags": flags}
        memory, mentions, forms, triggers = self._tagger.run(None, fed)
        return memory, mentions, forms, triggers

    def claims(
        self, memory: Scores, mask: Numbers, trigger: Scores, type_: Numbers, distance: Numbers, tags: Numbers
    ) -> tuple[Scores, Scores, Scores, Scores, Scores, Scores]:
        """Scores of roles, sources and cue tags by piece, of modality, polarity and validity, a claim a row."""
        fed = {"memory": memory, "mask": mask, "trigger": trigger, "type": type_, "distance": distance, "tags": tags}
        roles, sources, cues, modality, polarity, valid = self._claims.run(None, fed)
        return roles, sources, cues, modality, polarity, valid


def load_reader(context: ReaderContext, folder: Path | None = None) -> NeuralReader:
    """The reader of the weights in `folder`, or of those that ship; raises ReaderError where a file is not whole."""
    if folder is None:
        with as_file(files("tracewire.read") / "weights") as shipped:
            return load_reader(context, shipped)
    card = read_card(folder)
    data = {name: _checked(folder / name, digest) for name, digest in card.files.items()}
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(data[TOKENIZER].decode("utf-8"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    features = WordFeatures(load_lexicon("en"), context.codebook, card.flags)
    decoding = replace(card.decoding, threshold=card.thresholds.get(context.favour, card.decoding.threshold))
    return NeuralReader(OnnxGraphs(data[TAGGER], data[CLAIMS]), tokenizer, features, card.labels, decoding)


def shipped_card() -> Card:
    """The card of the weights that ship."""
    with as_file(files("tracewire.read") / "weights") as shipped:
        return read_card(shipped)


def read_card(folder: Path) -> Card:
    """The card of a folder of weights; raises ReaderError where it is missing or says too little."""
    path = folder / CARD
    try:
        row: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return Card(
            labels=Labels(**{k: _frozen(v) for k, v in row["labels"].items()}),
            decoding=Decoding(**row["decoding"]),
            thresholds=row["thresholds"],
            flags=tuple(row["flags"]),
            files={name: row["files"][name] for name in (TAGGER, CLAIMS, TOKENIZER)},
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReaderError(f"{path} is missing or damaged ({error}); install Tracewire again") from error


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else {k: tuple(v) for k, v in value.items()}


def _checked(path: Path, digest: str) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReaderError(f"{path} cannot be read ({error}); install Tracewire again") from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise ReaderError(f"{path} is not the file that its card names (SHA-256 differs); install Tracewire again")
    return data
