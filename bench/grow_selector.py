"""Grow the trees of clean/select.json on labelled pages, with a check on folds that were not seen.

    pip install scikit-learn && python bench/grow_selector.py [--write]

Grown on wcxb-dev alone (CC-BY-4.0, may train shipped weights); the pages of aeb are only measured. Prints the scores
of blocks chosen on five folds of wcxb, each by trees that saw the other four, and on aeb by the trees of all of wcxb.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from pages import Labelled, pages, shared, text_scores
from tracewire.clean import decode, select
from tracewire.clean.html import Page, read_html
from tracewire.clean.maintext import THRESHOLD, found_again, vote

OUTPUT = Path(select.__file__).with_name("select.json")
TREES, LEAVES, RATE, LEAST, FOLDS = 80, 12, 0.1, 30, 5
Row = tuple[Labelled, Page, Any, Any, Any]


def table(labelled: list[Labelled]) -> list[Row]:
    """For each page its blocks, their features, whether the key holds them, and what each weighs."""
    rows: list[Row] = []
    for page in labelled:
        raw = decode(page.data, "text/html")[0]
        found = read_html(raw)
        if not found.units:
            continue
        key = np.array(found_again(found.units, page.text))
        words = np.sqrt([len(unit.text.split()) for unit in found.units])
        # every page counts alike, and in it every block by the root of its words
        weight = words / max(1.0, float(words[key].sum())) if key.any() else words * 0
        weight[[region.name == "title" for region in found.regions]] = 0.0
        rows.append((page, found, np.array(select.features(found, vote(raw, found.units))), key, weight))
    return rows


def grow(rows: list[Row]) -> Any:
    """Gradient-boosted trees over the blocks of the rows."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    weight = np.concatenate([row[4] for row in rows])
    engine = HistGradientBoostingClassifier(
        max_iter=TREES, learning_rate=RATE, max_leaf_nodes=LEAVES, min_samples_leaf=LEAST, l2_regularization=1.0,
        early_stopping=False, random_state=0,
    )  # fmt: skip
    return engine.fit(
        np.vstack([row[2] for row in rows]), np.concatenate([row[3] for row in rows]), weight / weight.mean()
    )


def chosen(engine: Any, row: Row) -> str:
    """The text that an engine chooses of a page, before any label of cleaning."""
    found = row[1]
    likely = engine.predict_proba(row[2])[:, 1] >= THRESHOLD
    kept = zip(found.units, found.regions, likely, strict=True)
    return "\n\n".join(unit.text for unit, region, main in kept if main and region.name != "title")


def as_data(engine: Any) -> dict[str, Any]:
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
    return {"source": source, "features": list(select.FEATURES), "base": base, "trees": trees}


def main() -> int:
    """Check on folds, grow on all, and with --write keep the trees."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rows = table(list(pages(shared())))
    wcxb = [row for row in rows if row[0].set == "wcxb"]
    fold = {row[0].name: zlib.crc32(row[0].name.encode()) % FOLDS for row in wcxb}
    engines = [grow([row for row in wcxb if fold[row[0].name] != n]) for n in range(FOLDS)]
    whole = grow(wcxb)
    texts = [chosen(engines[fold[row[0].name]] if row[0].set == "wcxb" else whole, row) for row in rows]
    print("  ".join(f"{name} {value:.4f}" for name, value in text_scores([row[0] for row in rows], texts).items()))
    if options.write:
        OUTPUT.write_text(json.dumps(as_data(whole), separators=(",", ":")) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
