"""Floors of the benches that score by plain shares: share_floors.json; --update raises them, nothing lowers them."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

FILE = Path(__file__).with_name("share_floors.json")
Floors = dict[str, float]
SLACK = 0.0005


def check(bench: str, reader: str, got: Floors) -> int:
    """1 where a figure is below its floor, each said on stderr; 0 otherwise."""
    kept: Floors = _kept().get(bench, {}).get(reader, {})
    missed = [name for name, floor in kept.items() if got.get(name, 0.0) < floor - SLACK]
    for name in missed:
        print(f"{bench}: {name} is {got.get(name, 0.0):.4f}, the floor is {kept[name]:.4f}", file=sys.stderr)
    return 1 if missed else 0


def run_parts(
    bench: str,
    about: str | None,
    parts: Sequence[str],
    score_part: Callable[[str, bool, Floors], None],
    argv: Sequence[str] | None,
) -> int:
    """The command of a bench that scores files by part: one of them, or all against their floors."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=parts)
    parser.add_argument("--show", action="store_true", help="print what is wrong")
    parser.add_argument("--update", action="store_true", help="raise the floors to what is reached")
    options = parser.parse_args(argv)
    got: Floors = {}
    for part in (options.part,) if options.part else parts:
        score_part(part, options.show, got)
    if options.part:
        return 0
    return keep(bench, "rules", got) if options.update else check(bench, "rules", got)


def keep(bench: str, reader: str, got: Floors) -> int:
    """Raise the floors to what is reached."""
    all_floors = _kept()
    kept: Floors = all_floors.setdefault(bench, {}).setdefault(reader, {})
    kept.update({name: max(figure, kept.get(name, 0.0)) for name, figure in got.items()})
    FILE.write_text(json.dumps(all_floors, indent=1, sort_keys=True) + "\n", "utf-8")
    return 0


def _kept() -> dict[str, dict[str, Floors]]:
    if not FILE.is_file():
        return {}
    found: dict[str, dict[str, Floors]] = json.loads(FILE.read_text("utf-8"))
    return found
