"""The whole line on full reports with a hand-made key: is the record that comes out right?

    python bench/records.py [--reader model] [STORY ...] [--show] [--update]

Runs every story (bench/stories, ours; ../shared/stories) through a case, exports the claims file and scores it with
../shared/tools/score_record.py. Where that scorer is absent the bench says so and ends with 0.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from floors import Floors, check, keep
from tracewire import open_case
from tracewire.config import Settings

HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("TRACEWIRE_SHARED", HERE.parent.parent / "shared"))
SCORER = SHARED / "tools" / "score_record.py"
_SHARE = re.compile(r"^(?P<name>[a-z][^:]*?): (?P<right>\d+)/(?P<of>\d+) = ", re.MULTILINE)
_MADE = re.compile(r"^claims made: (?P<of>\d+); matched (?P<right>\d+)", re.MULTILINE)
_OUT = re.compile(r"^claims out of spans that must yield nothing: (\d+)", re.MULTILINE)
_PAIRS = re.compile(r"\((?P<both>\d+) of (?P<key>\d+) found, (?P<made>\d+) made\)")
_RELATIONS = re.compile(r"'(?P<name>\w+)': '(?P<right>\d+)/(?P<of>\d+)'")
KEPT = (
    "recall core+meta", "precision", "role mentions", "quantities", "dates (publication date given)", "modality",
    "denied or negative kept so", "innermost source", "same-event pairs: precision", "same-event pairs: recall",
    "relations: contradicts", "relations: derived_from",
)  # fmt: skip


def stories() -> list[Path]:
    """Folders that hold a key."""
    folders = (HERE / "stories", SHARED / "stories")
    return sorted(key.parent for folder in folders if folder.is_dir() for key in folder.glob("*/key.json"))


def score_story(story: Path, reader: str, show: bool) -> str:
    """What the scorer prints of one story."""
    with tempfile.TemporaryDirectory() as work:
        case, claims = open_case(Path(work) / "story.case", Settings(reader=reader)), Path(work) / "claims.jsonl"
        case.add_and_run(*sorted(story.glob("*.txt")), metadata=story / "metadata.csv")
        case.export("claims", claims)
        command = [sys.executable, str(SCORER), str(claims), str(story / "key.json"), *(["--show"] if show else [])]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def count(printed: str, tally: Counter[str]) -> None:
    """Add the counts of one story."""
    for match in _SHARE.finditer(printed):
        tally[match["name"]] += int(match["right"])
        tally[f"{match['name']} of"] += int(match["of"])
    if made := _MADE.search(printed):
        tally["precision"] += int(made["right"])
        tally["precision of"] += int(made["of"])
    if out := _OUT.search(printed):
        tally["out of forbidden spans"] += int(out[1])
    for match in _RELATIONS.finditer(printed.partition("relations of the key found:")[2]):
        tally[f"relations: {match['name']}"] += int(match["right"])
        tally[f"relations: {match['name']} of"] += int(match["of"])
    if pairs := _PAIRS.search(printed):
        for name, of in (("precision", "made"), ("recall", "key")):
            tally[f"same-event pairs: {name}"] += int(pairs["both"])
            tally[f"same-event pairs: {name} of"] += int(pairs[of])


def main(argv: Sequence[str] | None = None) -> int:
    """Run the stories, add up, compare with the floors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stories", nargs="*", help="names of stories; default: all")
    parser.add_argument("--reader", default="model")
    parser.add_argument("--show", action="store_true", help="the scorer's own print, with what is missed and extra")
    parser.add_argument("--update", action="store_true", help="raise the floors to what is reached")
    options = parser.parse_args(argv)
    if not SCORER.is_file():
        print(f"records: left out, the scorer is not at {SCORER}", file=sys.stderr)
        return 0
    tally: Counter[str] = Counter()
    for story in stories():
        if options.stories and story.name not in options.stories:
            continue
        printed = score_story(story, options.reader, options.show)
        one: Counter[str] = Counter()
        count(printed, one)
        tally += one
        line = ", ".join(f"{n} {one[n]}/{one[f'{n} of']}" for n in ("recall core+meta", "precision"))
        print(f"{story.name}: {line}, out of forbidden spans {one['out of forbidden spans']}")
        if options.show:
            print(printed)
    got: Floors = {n: round(tally[n] / tally[f"{n} of"], 4) for n in KEPT if tally[f"{n} of"]}
    for name, share in got.items():
        print(f"  {name}: {tally[name]}/{tally[name + ' of']} = {share:.3f}")
    if options.stories:
        return 0
    return keep("records", options.reader, got) if options.update else check("records", options.reader, got)


if __name__ == "__main__":
    sys.exit(main())
