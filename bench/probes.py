"""Are denials, accusations, hearsay, plans and conditions taken for deeds, and speakers for attackers?

    python bench/probes.py [--reader model] [--show] [--update]

Each probe (probes.jsonl; all invented) names the claims that it holds and the deeds that must not come out of it as
plain facts. Exit code 1: a floor of share_floors.json is missed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from floors import Floors, check, keep
from quality import make_reader
from tracewire.model import ReadClaim, Reading
from tracewire.testing import make_document

PROBES = Path(__file__).with_name("probes.jsonl")
Probe = dict[str, Any]


def words(reading: Reading, indices: Sequence[int]) -> list[str]:
    """The words of some mentions."""
    return [reading.mentions[i].span.quote.casefold() for i in indices]


def deeds_taken(probe: Probe, reading: Reading) -> Iterator[str]:
    """Forbidden claims that came out asserted, positive and no opinion."""
    for row in probe["forbid"]:
        for claim in reading.claims:
            plain = claim.modality == "asserted" and claim.polarity == "+" and not claim.opinion
            if plain and claim.type == row["type"].lower() and _touches(claim, row):
                yield f"{row['type']} {claim.trigger.quote!r} is a plain fact"


def faults(probe: Probe, reading: Reading, tally: Counter[str]) -> Iterator[str]:
    """What is wrong with the expected claims; counts right ones and all by field."""
    for row in probe["expect"]:
        tally["claims of"] += 1
        claim = next((c for c in reading.claims if c.type == row["type"].lower() and _touches(c, row)), None)
        if claim is None:
            yield f"no {row['type']} {row['trigger_contains']!r}"
            continue
        tally["claims"] += 1
        yield from _fields(row, claim, reading, tally)


def _fields(row: dict[str, Any], claim: ReadClaim, reading: Reading, tally: Counter[str]) -> Iterator[str]:
    modalities = row["modality"] if isinstance(row["modality"], list) else [row["modality"]]
    checks: list[tuple[str, bool, str]] = [("modality", claim.modality in modalities, claim.modality)]
    checks.append(("polarity", claim.polarity == row["polarity"], claim.polarity))
    if row.get("source"):
        got = words(reading, claim.sources[:1])
        checks.append(
            ("source", any(s.casefold() in w or w in s.casefold() for s in row["source"] for w in got), str(got))
        )
    for role, wanted in row["roles"].items():
        got = words(reading, _fillers(claim, role))
        checks += [("role", any(s.casefold() in w or w in s.casefold() for w in got), f"{role} {got}") for s in wanted]
    for role, unwanted in row["not_roles"].items():
        got = words(reading, _fillers(claim, role))
        checks += [("not role", not any(s.casefold() in w for w in got), f"{role} {got}") for s in unwanted]
    for field, right, seen in checks:
        tally[f"{field} of"] += 1
        tally[field] += right
        if not right:
            yield f"{row['type']} {claim.trigger.quote!r}: {field} is {seen}"


def _fillers(claim: ReadClaim, role: str) -> list[int]:
    places = [a.mention for a in claim.places if role in ("place", "origin", "destination", "transit")]
    return [a.mention for a in claim.arguments if a.role == role] + places


def _touches(claim: ReadClaim, row: dict[str, Any]) -> bool:
    mine, wanted = claim.trigger.quote.casefold(), row["trigger_contains"].casefold()
    return mine in wanted or wanted in mine


def main(argv: Sequence[str] | None = None) -> int:
    """Read every probe, count, compare with the floors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reader", default="model")
    parser.add_argument("--show", action="store_true", help="print each fault with its sentence")
    parser.add_argument("--update", action="store_true", help="raise the floors to what is reached")
    options = parser.parse_args(argv)
    reader = make_reader(options.reader)
    probes = [json.loads(line) for line in PROBES.read_text("utf-8").splitlines()]
    tally: Counter[str] = Counter()
    for probe in probes:
        reading = reader.read(make_document(probe["text"], probe["id"]))
        taken = list(deeds_taken(probe, reading))
        tally["deeds taken"] += len(taken)
        tally["forbidden"] += len(probe["forbid"])
        found = [*taken, *faults(probe, reading, tally)]
        if options.show and found:
            print(f"[{probe['id']}] {probe['text']}", *(f"    {fault}" for fault in found), sep="\n")
    fields = ("claims", "modality", "polarity", "role", "not role", "source")
    print(f"{len(probes)} probes, reader {reader.name}: {tally['deeds taken']} of {tally['forbidden']} taken for deeds")
    print("; ".join(f"{f} {tally[f]}/{tally[f + ' of']}" for f in fields))
    got: Floors = {f: round(tally[f] / max(1, tally[f"{f} of"]), 4) for f in fields}
    got["not taken for deeds"] = round(1 - tally["deeds taken"] / max(1, tally["forbidden"]), 4)
    return keep("probes", options.reader, got) if options.update else check("probes", options.reader, got)


if __name__ == "__main__":
    sys.exit(main())
