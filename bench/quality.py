"""How well a reader reads annotated sentences, against floors that only rise.

    python bench/quality.py [--reader rules] [--set real] [--per-type] [--show "missed claim" --type STRIKE]
    python bench/quality.py --update                              # raise floors to what is reached now
    python bench/quality.py --update --allow-lower "why"          # also lower them; the reason is kept

Exit code 1: a floor is missed, or the sentences are not those that the floors were set on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from tracewire import plugins
from tracewire.codebook import load_codebook
from tracewire.evaluate import Evaluation, Unit, as_dict, differences, read_units, render, rows, score, unit_of_reading
from tracewire.evaluate.differences import What
from tracewire.read.base import Reader, ReaderContext
from tracewire.resolve.gazetteer import Gazetteer
from tracewire.testing import make_document

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPOSITORY))
from training.data import load  # noqa: E402

SHARED = Path(os.environ.get("TRACEWIRE_SHARED", REPOSITORY.parent / "shared")) / "data" / "annotated"
FLOORS = Path(__file__).with_name("floors.json")
SETS: dict[str, tuple[Path, ...]] = {
    "real": tuple(SHARED / f"real-{part}.jsonl" for part in "abchil"),
    "arms": tuple(SHARED / f"arms-{part}.jsonl" for part in "ef"),
    "own": tuple(REPOSITORY / "training" / "data" / f"own-{part}.jsonl" for part in "xy"),
}
SETS |= {"news-test": SETS["real"], "arms-test": SETS["arms"]}
KEPT_APART = frozenset({"news-test", "arms-test"})
"""Of these only the sentences that no training saw (training/data.py splits by document)."""
TRAINED = frozenset({"model", "both"})
"""Readers that saw the rest: they are held to floors on what was kept apart alone."""
SLACK = 0.0005
"""Floors are kept to four digits; half a unit of the last shown digit absorbs their rounding."""

Floors = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Result:
    """What one set gave."""

    predicted: dict[str, Unit]
    gold: dict[str, Unit]
    evaluation: Evaluation
    seconds: float


def load_set(paths: Sequence[Path], *, kept_apart: bool = False) -> dict[str, Unit]:
    """Sentences of several files, keyed by file too, as sets may share names."""
    units = {f"{path.stem}:{key}": unit for path in paths for key, unit in read_units(path).items()}
    if not kept_apart:
        return units
    held = {f"{e.corpus}:{e.document}#{e.number}" for e in load(["test"], paths)}
    return {key: unit for key, unit in units.items() if key in held}


def predict(reader: Reader, key: str, text: str) -> Unit:
    """One sentence read as a document of its own."""
    return unit_of_reading(reader.read(make_document(text, key)), text)


def run(reader: Reader, paths: Sequence[Path], *, kept_apart: bool = False) -> Result:
    """Read and score one set."""
    gold = load_set(paths, kept_apart=kept_apart)
    start = time.perf_counter()
    predicted = {key: predict(reader, key, unit.text or "") for key, unit in gold.items()}
    seconds = time.perf_counter() - start
    return Result(predicted, gold, score(predicted, gold), seconds)


def make_reader(name: str) -> Reader:
    """A registered reader with the shipped knowledge."""
    reader: Reader = plugins.load("readers", name)(ReaderContext(load_codebook(), Gazetteer().contains))
    return reader


def corpus_sha256(paths: Sequence[Path]) -> str:
    """Hash of the bytes of all files, in order."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def reached(evaluation: Evaluation) -> dict[str, float]:
    """F1 (for modality and polarity: accuracy) of every measure that has one."""
    return {name: round(s.f1, 4) for name, s in evaluation.measures.items() if s.f1 is not None}


# ---------------------------------------------------------------- floors


def missed(floors: Floors, reader: str, name: str, sha256: str, got: dict[str, float]) -> Iterator[str]:
    """What breaks the contract, in words."""
    kept = floors.get(reader, {}).get(name)
    if kept is None:
        return
    if kept["corpus_sha256"] != sha256:
        yield f"{name}: the sentences are not those that the floors were set on (see bench/README.md)"
    for measure, floor in kept["floors"].items():
        if got.get(measure, 0.0) < floor - SLACK:
            yield f"{name}: {measure} is {got.get(measure, 0.0):.4f}, the floor is {floor:.4f}"


def updated(old: Floors | None, sha256: str, got: dict[str, float], allow_lower: str | None) -> Floors:
    """The floors of one set after a run: the higher of both, or what was reached where lowering is allowed."""
    before = (old or {}).get("floors", {})
    reasons = list((old or {}).get("lowered", []))
    same = old is not None and old["corpus_sha256"] == sha256
    if old is not None and not same and allow_lower is None:
        raise SystemExit("the sentences changed: old and new figures cannot be compared; use --allow-lower REASON")
    lowered = {m: f for m, f in before.items() if got.get(m, 0.0) < f}
    if allow_lower is None:
        floors = {m: max(got.get(m, 0.0), before.get(m, 0.0)) for m in sorted(got.keys() | before.keys())}
    else:
        floors = dict(sorted(got.items()))
        if lowered or not same:
            reasons.append({"why": allow_lower, "from": lowered, "corpus_sha256": (old or {}).get("corpus_sha256")})
    return {"corpus_sha256": sha256, "floors": floors, "lowered": reasons}


# ---------------------------------------------------------------- command


def show(result: Result, what: str, type_: str | None, limit: int) -> None:
    """Differences of one kind with their sentences."""
    found = (d for d in differences(result.predicted, result.gold) if d.what == what and type_ in (None, d.type))
    for difference, _ in zip(found, range(limit), strict=False):
        print(f"[{difference.unit}] {difference.type}: {difference.detail}\n    {result.gold[difference.unit].text}")


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reader", default="model")
    parser.add_argument("--set", action="append", choices=SETS, help="may be repeated; default: all that are here")
    parser.add_argument("--file", action="append", type=Path, help="score these annotation files instead; no floors")
    parser.add_argument("--per-type", action="store_true", help="also each claim type, mention type, role, modality")
    parser.add_argument("--show", metavar="WHAT", choices=get_args(What), help="list differences of a kind")
    parser.add_argument("--type", help="with --show: only of this claim or mention type")
    parser.add_argument("--limit", type=int, default=40, help="with --show: at most so many per set")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    parser.add_argument("--update", action="store_true", help="raise floors to what is reached")
    parser.add_argument("--allow-lower", metavar="REASON", help="with --update: lower floors too; the reason is kept")
    return parser.parse_args(argv)


def chosen(options: argparse.Namespace) -> dict[str, tuple[Path, ...]]:
    """The sets to score; one whose files are absent is said to be left out."""
    if options.file:
        return {path.stem: (path,) for path in options.file}
    trained = options.reader in TRAINED
    sets = {name: SETS[name] for name in options.set or SETS if options.set or (name in KEPT_APART) == trained}
    for name in [name for name, paths in sets.items() if not all(path.is_file() for path in paths)]:
        print(f"{name}: left out, its files are not at {sets.pop(name)[0].parent}", file=sys.stderr)
    return sets


def report(name: str, result: Result, reader: Reader, options: argparse.Namespace) -> None:
    """Table and differences of one set."""
    if not options.json:
        print(f"\n{name}: {len(result.gold)} sentences, {result.seconds:.1f} s, reader {reader.name}")
        print(render(rows(result.evaluation, details=options.per_type)), end="")
    if options.show:
        show(result, options.show, options.type, options.limit)


def main(argv: Sequence[str] | None = None) -> int:
    """Run, print, compare."""
    options = arguments(argv)
    reader = make_reader(options.reader)
    floors: Floors = json.loads(FLOORS.read_text("utf-8")) if FLOORS.is_file() else {}
    sets = chosen(options)
    results = {name: run(reader, paths, kept_apart=name in KEPT_APART) for name, paths in sets.items()}
    for name, result in results.items():
        report(name, result, reader, options)
    if options.json:
        print(json.dumps({name: as_dict(result.evaluation) for name, result in results.items()}, indent=1))
    if options.file:
        return 0
    figures = {name: (corpus_sha256(sets[name]), reached(result.evaluation)) for name, result in results.items()}
    if options.update:
        kept = floors.get(options.reader, {})
        new = {name: updated(kept.get(name), *figure, options.allow_lower) for name, figure in figures.items()}
        floors[options.reader] = {**kept, **new}
        FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", "utf-8")
        return 0
    problems = [line for name, figure in figures.items() for line in missed(floors, options.reader, name, *figure)]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
