"""How long a large case takes to assemble: the demo's record told again and again, days later each time.

    python bench/assembly.py [--claims 5000 50000]

Actors, places and items stay the same in every round, so that blocks grow as they do in a long war; documents, claims
and days are new. With --anew rounds are stories 40 days apart; one more comes in and only what it reaches is assembled.
Each size runs in a process of its own; seconds are of the processor, one core."""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import tracewire
from tracewire import open_case
from tracewire.assemble import assemble, assemble_anew
from tracewire.codebook import load_codebook
from tracewire.model import Claim, ClaimDate, Document, Published, Record, Story

STEP, STEP_OF_STORIES = 5, 40
"""Days between two rounds: of one long fight, and of stories that have nothing to do with each other."""


@lru_cache(maxsize=1)
def demo_record() -> Record:
    """The record of the demo's reports."""
    folder = Path(tracewire.__file__).parent / "demo"
    with tempfile.TemporaryDirectory() as work:
        case = open_case(Path(work) / "demo.case")
        reports = sorted(p for p in folder.iterdir() if p.suffix in (".txt", ".html"))
        case.add_and_run(*reports, metadata=folder / "metadata.csv")
        return case.record()


def told_again(record: Record, claims: int, step: int = STEP) -> Record:
    """The record, round after round, until it has so many claims."""
    rounds = max(1, claims // len(record.claims))
    parts = [_round(record, number, step) for number in range(rounds)]
    return replace(
        record,
        documents=tuple(d for p in parts for d in p[0]),
        claims=tuple(c for p in parts for c in p[1]),
        stories=tuple(s for p in parts for s in p[2]),
        events=(), relations=(),
    )  # fmt: skip


def _round(record: Record, number: int, step: int) -> tuple[list[Document], list[Claim], list[Story]]:
    def name(id_: str) -> str:
        return f"{id_}-{number}" if number else id_

    days = timedelta(days=number * step)
    documents = [replace(d, id=name(d.id), published=_published(d.published, days)) for d in record.documents]
    claims = [
        replace(
            c,
            id=name(c.id),
            document=name(c.document),
            date=_date(c.date, days),
            evidence=tuple(replace(e, quote=f"{e.quote} Day {number}.") for e in c.evidence),
        )
        for c in record.claims
    ]
    stories = [replace(s, id=name(s.id), documents=tuple(map(name, s.documents))) for s in record.stories]
    return documents, claims, stories


def _published(published: Published | None, days: timedelta) -> Published | None:
    if published is None:  # the demo has a report without a date; a case of thousands of them is another matter
        day = (date(2020, 1, 1) + days).isoformat()
        return Published(day, day, "given", True)
    return replace(published, start=_later(published.start, days), end=_later(published.end, days))


def _date(when: ClaimDate, days: timedelta) -> ClaimDate:
    return replace(when, start=_later(when.start, days), end=_later(when.end, days))


def _later(day: str | None, days: timedelta) -> str | None:
    return (date.fromisoformat(day[:10]) + days).isoformat() if day else None


def measure(claims: int) -> dict[str, float]:
    """Seconds, memory and results of one size."""
    record, codebook = told_again(demo_record(), claims), load_codebook()
    began = time.process_time()
    events, relations = assemble(record, codebook)
    seconds = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return {
        "claims": len(record.claims), "seconds": round(seconds, 1), "peak GB": round(peak, 2),
        "events": len(events), "relations": len(relations), "largest": max((len(e.claims) for e in events), default=0),
    }  # fmt: skip


def measure_anew(claims: int) -> dict[str, float]:
    """Seconds to assemble a case of many stories whole, and again when one story more has come in."""
    demo, codebook = demo_record(), load_codebook()
    record = told_again(demo, claims, STEP_OF_STORIES)
    began = time.process_time()
    events, relations = assemble(record, codebook)
    whole = time.process_time() - began
    more = told_again(demo, len(record.claims) + len(demo.claims), STEP_OF_STORIES)
    before = replace(record, events=tuple(events), relations=tuple(relations))
    began = time.process_time()
    _, _, reached = assemble_anew(more, before, codebook)
    seconds = time.process_time() - began
    return {
        "claims": len(more.claims), "whole": round(whole, 1), "with a story more": round(seconds, 1), "reached": reached
    }  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """Measure every size in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, nargs="+", default=[5_000, 50_000])
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--anew", action="store_true", help="what a new story costs in a case of many")
    options = parser.parse_args(argv)
    if options.one:
        print(json.dumps(measure_anew(options.one) if options.anew else measure(options.one)))
        return 0
    for claims in options.claims:
        command = [sys.executable, __file__, "--one", str(claims), *(["--anew"] if options.anew else [])]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
