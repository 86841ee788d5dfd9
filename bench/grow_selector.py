"""Grow the trees of clean/select*.json on labelled pages, checked on sites that were not seen.

    pip install scikit-learn && python bench/grow_selector.py [--write]

Grown on wcxb-dev alone (CC-BY-4.0, may train shipped weights); the pages of aeb are only measured. For the best and the
fast path this prints the scores of cleaned documents over five folds of wcxb, each page cleaned with trees that saw no
page of its fold, and over aeb with the trees of all of wcxb; pages of one site are in one fold.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from pages import Labelled, body_of, leaks, pages, raw_page, shared, text_scores
from tracewire.clean import clean_page, decode, select
from tracewire.clean.html import Page, read_html
from tracewire.clean.maintext import found_again, outside_furniture, part_of, vote
from tracewire.config import Cleaning

TREES, LEAVES, RATE, LEAST, BINS, FOLDS = 70, 12, 0.1, 30, 64, 5
BARRED = 6.0
"""How much more a block counts that the key bars: one such line spoils a page, however short it is."""
FAR, FAR_PART = 12, 0.15
"""Blocks so far from all that was voted for are all alike; this part of them is grown on."""
PATHS: tuple[tuple[Cleaning, tuple[str, ...]], ...] = (("best", select.VOTERS), ("fast", select.FAST))


@dataclass(frozen=True, slots=True)
class Row:
    """A page with the features of its blocks by the file of their trees, whether the key holds them, their weights."""

    page: Labelled
    found: Page
    features: dict[str, Any]
    key: Any
    weight: Any
    near: Any


def table(labelled: Iterable[Labelled], voters: tuple[str, ...]) -> list[Row]:
    """The rows of all pages that have blocks."""
    found = (_row(page, voters) for page in labelled)
    return [row for row in found if row is not None]


def _row(page: Labelled, voters: tuple[str, ...]) -> Row | None:
    raw = decode(page.data, "text/html")[0]
    found = read_html(raw, hurried=voters == select.FAST)
    found = part_of(found, outside_furniture(found))
    if not found.units:
        return None
    votes = vote(raw, found, voters)
    key = np.array(found_again(found.units, page.text))
    words = np.sqrt([len(unit.text.split()) for unit in found.units])
    # every page counts alike, and in it every block by the root of its words
    weight = words / max(1.0, float(words[key].sum())) if key.any() else words * 0
    weight[[region.name == "title" for region in found.regions]] = 0.0
    barred = page.key.get("without") or []
    spoils = np.array([bool(barred) and not k and leaks(u.text, barred) for k, u in zip(key, found.units, strict=True)])
    weight[spoils] *= BARRED
    voted = np.max([votes[name] for name in votes], axis=0) > 0
    near = np.array([voted[max(0, i - FAR) : i + FAR + 1].any() for i in range(len(voted))]) | key | spoils
    features = {
        weigher.file: np.column_stack(list(select.columns(found, votes, weigher.voters).values()))
        for weigher in select.WEIGHERS[voters]
    }
    return Row(page, found, features, key, weight, near)


def grow(rows: Sequence[Row], file: str) -> Any:
    """Gradient-boosted trees over the blocks of the rows."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    chance = np.random.default_rng(0)
    taken = [row.near | (chance.random(len(row.near)) < FAR_PART) for row in rows]
    weights = [np.where(r.near, r.weight, r.weight / FAR_PART)[t] for r, t in zip(rows, taken, strict=True)]
    weight = np.concatenate(weights)
    engine = HistGradientBoostingClassifier(
        max_iter=TREES, learning_rate=RATE, max_leaf_nodes=LEAVES, min_samples_leaf=LEAST, l2_regularization=1.0,
        max_bins=BINS, early_stopping=False, random_state=0,
    )  # fmt: skip
    return engine.fit(
        np.vstack([row.features[file][t] for row, t in zip(rows, taken, strict=True)]),
        np.concatenate([row.key[t] for row, t in zip(rows, taken, strict=True)]),
        weight / weight.mean(),
    )


def cleaned(engines: dict[str, Any], row: Row, how: Cleaning, voters: tuple[str, ...]) -> str:
    """The text of a page cleaned with the choice of engines in place of that of the shipped trees."""
    score = sum(w.weight * engines[w.file].decision_function(row.features[w.file]) for w in select.WEIGHERS[voters])
    likely = (1.0 / (1.0 + np.exp(-score))).tolist()
    with (
        patch("tracewire.clean.maintext.vote", lambda *_: {voter: [] for voter in voters}),
        patch("tracewire.clean.maintext.probabilities", lambda *_: likely),
    ):
        return body_of(clean_page(raw_page(row.page), how))


def as_data(engine: Any, names: Sequence[str]) -> dict[str, Any]:
    """The trees of an engine as plain numbers."""
    trees = []
    for (predictor,) in engine._predictors:
        nodes = predictor.nodes
        leaf = nodes["is_leaf"].astype(bool)
        trees.append({
            "feature": [-1 if end else int(f) for f, end in zip(nodes["feature_idx"], leaf, strict=True)],
            "threshold": [0.0 if end else float(t) for t, end in zip(nodes["num_threshold"], leaf, strict=True)],
            "left": [0 if end else int(i) for i, end in zip(nodes["left"], leaf, strict=True)],
            "right": [0 if end else int(i) for i, end in zip(nodes["right"], leaf, strict=True)],
            "value": [round(float(v), 5) if end else 0.0 for v, end in zip(nodes["value"], leaf, strict=True)],
        })  # fmt: skip
    base = float(np.ravel(engine._baseline_prediction)[0])
    source = "wcxb-dev (CC-BY-4.0), grown by bench/grow_selector.py"
    return {"source": source, "features": list(names), "base": base, "trees": trees}


def site_of(page: Labelled) -> str:
    """The last two parts of the host that a page of wcxb is from."""
    path = shared() / "wcxb-dev" / "ground-truth" / f"{page.name}.json.gz"
    address = json.loads(gzip.decompress(path.read_bytes()))["url"]
    return ".".join((urlsplit(address).hostname or page.name).split(".")[-2:])


def check(how: Cleaning, voters: tuple[str, ...], *, write: bool) -> None:
    """Grow for one path, print what it reaches on pages not seen, and keep the trees of all pages."""
    rows = table(pages(shared()), voters)
    wcxb = [row for row in rows if row.page.set == "wcxb"]
    fold = {row.page.name: zlib.crc32(site_of(row.page).encode()) % FOLDS for row in wcxb}
    files = [weigher.file for weigher in select.WEIGHERS[voters]]
    parts = [[row for row in wcxb if fold[row.page.name] != n] for n in range(FOLDS)]
    engines = [{file: grow(part, file) for file in files} for part in parts]
    whole = {file: grow(wcxb, file) for file in files}
    for weigher in select.WEIGHERS[voters] if write else ():
        votes = dict.fromkeys(voters, [False] * len(rows[0].key))
        data = as_data(whole[weigher.file], list(select.columns(rows[0].found, votes, weigher.voters)))
        text = json.dumps(data, separators=(",", ":")) + "\n"
        Path(select.__file__).with_name(weigher.file).write_text(text, "utf-8")
    used = [engines[fold[row.page.name]] if row.page.set == "wcxb" else whole for row in rows]
    texts = [cleaned(each, row, how, voters) for each, row in zip(used, rows, strict=True)]
    scores = text_scores([row.page for row in rows], texts)
    print(how, "  ".join(f"{name} {value:.4f}" for name, value in scores.items()), flush=True)


def main() -> int:
    """Check on folds, grow on all, and with --write keep the trees."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    for how, voters in PATHS:
        check(how, voters, write=options.write)
    return 0


if __name__ == "__main__":
    sys.exit(main())
