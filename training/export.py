"""The trained network as two ONNX graphs, the encoder in int8, with a card beside them."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from tracewire.read.features import MAX_FLAGS
from tracewire.read.neural import Decoding
from tracewire.read.weights import CARD, CLAIMS, TAGGER, TOKENIZER
from training.network import MEMORY, ClaimReader, Tagger
from training.score import LABELS


class _PlainTagger(nn.Module):
    """The tagger in operations that every ONNX runtime has: the bag of flags as a sum of rows."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(self, ids: Tensor, mask: Tensor, case: Tensor, flags: Tensor) -> tuple[Tensor, ...]:
        t = self.tagger
        listed = nn.functional.embedding(flags, t.flag.weight).sum(2)
        embedded = t.bert.embeddings.word_embeddings(ids) + t.case(case) + listed
        hidden = t.bert(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        return t.memory(hidden), t.mention(hidden), t.form(hidden), t.trigger(hidden)


def export(tagger: Tagger, reader: ClaimReader, folder: Path) -> None:
    """Write both graphs into `folder`, the encoder quantised to int8 per channel."""
    tagger.eval(), reader.eval()
    folder.mkdir(parents=True, exist_ok=True)
    n, width = 2, 16
    ids = torch.randint(5, 1000, (n, width))
    ones = torch.ones(n, width, dtype=torch.int64)
    flags = torch.zeros(n, width, MAX_FLAGS, dtype=torch.int64)
    _graph(
        _PlainTagger(tagger),
        (ids, ones, ones, flags),
        ("ids", "mask", "case", "flags"),
        ("memory_out", "mentions", "forms", "triggers"),
        folder / TAGGER,
        quantised=True,
    )
    memory, trigger = torch.randn(n, width, MEMORY), torch.zeros(n, width)
    trigger[:, 3] = 1
    _graph(
        reader,
        (memory, ones, trigger, torch.zeros(n, dtype=torch.int64), ones, ones),
        ("memory", "mask", "trigger", "type", "distance", "tags"),
        ("roles", "sources", "cues", "modality", "polarity", "valid"),
        folder / CLAIMS,
        quantised=False,
    )


KEPT_WHOLE = ("/tagger/mention", "/tagger/form", "/tagger/trigger", "/tagger/memory")
"""Small heads stay in floating point: in int8 they cost 1 to 2 points of F1 on dev and save 0.5 MB."""


def _graph(
    module: nn.Module,
    args: tuple[Tensor, ...],
    inputs: tuple[str, ...],
    outputs: tuple[str, ...],
    path: Path,
    quantised: bool,
) -> None:
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    axes = {name: {0: "rows", 1: "pieces"} for name in inputs if args[inputs.index(name)].dim() > 1}
    axes |= {name: {0: "rows"} for name in inputs if args[inputs.index(name)].dim() == 1}
    with tempfile.TemporaryDirectory() as work:
        full = Path(work) / "full.onnx"
        torch.onnx.export(
            module, args, str(full), input_names=list(inputs), output_names=list(outputs), dynamic_axes=axes,
            opset_version=17, dynamo=False,
        )  # fmt: skip
        if not quantised:
            path.write_bytes(full.read_bytes())
            return
        whole = [node.name for node in onnx.load(full).graph.node if node.name.startswith(KEPT_WHOLE)]
        quantize_dynamic(full, path, per_channel=True, weight_type=QuantType.QInt8, nodes_to_exclude=whole)


def write_card(
    folder: Path, tokenizer: Path, flags: tuple[str, ...], decoding: Decoding, thresholds: Mapping[str, float]
) -> dict[str, Any]:
    """Copy the tokenizer, hash all files, write the card; returns it."""
    (folder / TOKENIZER).write_bytes(tokenizer.read_bytes())
    digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in (TAGGER, CLAIMS, TOKENIZER)}
    card = {
        "labels": asdict(LABELS),
        "decoding": asdict(decoding),
        "thresholds": dict(thresholds),
        "flags": list(flags),
        "files": digests,
    }
    (folder / CARD).write_text(json.dumps(card, indent=1, sort_keys=True) + "\n", "utf-8")
    return card
