"""What the rules of assembly reach when the reading is perfect: the keys' own claims in, events and relations out.

    python bench/assembly_oracle.py [STORY ...] [--part dev|kept] [--show] [--update]

Separates what assembly loses from what the reader loses (`records.py` measures both together). The stories of DEV were
looked at while the rules were written; those of KEPT were first scored when the rules stood.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from floors import Floors, check, keep
from oracle_claims import story_record
from records import SCORER, stories
from tracewire.assemble import assemble
from tracewire.codebook import load_codebook
from tracewire.link import Groups
from tracewire.model import Event, Record, Relation

DEV = ("sahel_outpost", "kivu_hills", "yemen_convoy", "libya_airlift", "donbas_depot")
KEPT = ("darfur_airlift", "shan_outposts")
ASPECTS = {"items": "item", "control": "holder", "captor": "actor"}
"""Aspects that the keys' coders use for one thing."""
RELATIONS = ("undermines", "neither_confirms_nor_denies", "derived_from", "headline_of", "corroborates")


@dataclass
class Tally:
    """Counts over stories: name -> [right, of]."""

    counts: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))

    def add(self, name: str, right: int, of: int) -> None:
        """Add to one figure."""
        self.counts[name][0] += right
        self.counts[name][1] += of

    def share(self, name: str) -> float:
        """Right over all; 0 where nothing was counted."""
        right, of = self.counts[name]
        return right / of if of else 0.0


@dataclass(frozen=True)
class Scored:
    """A story's key beside what was assembled of it; `match` is key claim -> claim id."""

    name: str
    key: Mapping[str, Any]
    match: Mapping[str, str]
    events: Sequence[Event]
    relations: Sequence[Relation]

    def known(self) -> Iterator[tuple[Mapping[str, Any], frozenset[str]]]:
        """The key's relations between claims, with both ends."""
        for row in self.key["relations"]:
            if row["from_"].count(".") and row["to"].count("."):
                yield row, frozenset((row["from_"], row["to"]))


def score(story: Scored, tally: Tally, show: bool = False) -> None:
    """Add all figures of one story."""
    _same_event(story, tally, show)
    _contradictions(story, tally, show)
    _relations(story, tally)
    _origins(story, tally, show)
    _parents(story, tally, show)


def _same_event(story: Scored, tally: Tally, show: bool) -> None:
    where = {c: e.id for e in story.events for c in e.claims}
    of = {c: e["id"] for e in story.key["event_clusters"] for c in e["claims"]}
    ids = [g for g, c in story.match.items() if c in where]
    both = key = made = 0
    for a, b in combinations(ids, 2):
        same, joined = a in of and of[a] == of.get(b), where[story.match[a]] == where[story.match[b]]
        key, made, both = key + same, made + joined, both + (same and joined)
        if show and same != joined:
            mark = "PAIR LOST " if same else "PAIR WRONG"
            print("  ", mark, story.name, a, b, _words(story, a), "|", _words(story, b))
    tally.add("same-event pairs: precision", both, made)
    tally.add("same-event pairs: recall", both, key)


def _words(story: Scored, claim: str) -> str:
    return next(str(g["type"]) + " " + str(g["summary"])[:90] for g in story.key["claims"] if g["id"] == claim)


def _aspect(aspect: str | None) -> str:
    return ASPECTS.get(aspect or "", aspect or "")


def _contradictions(story: Scored, tally: Tally, show: bool) -> None:
    back = {c: g for g, c in story.match.items()}
    made = {
        frozenset((a, b)): _aspect(r.aspect)
        for r in story.relations
        if r.type == "contradicts" and (a := back.get(r.source)) and (b := back.get(r.target))
    }
    known = {ends: _aspect(row.get("aspect")) for row, ends in story.known() if row["type"] == "contradicts"}
    reach = {e: a for e, a in known.items() if e <= story.match.keys()}
    tally.add("contradictions found", sum(e in made for e in reach), len(reach))
    tally.add("contradictions found, aspect right", sum(made.get(e) == a for e, a in reach.items()), len(reach))
    tally.add("contradictions of the whole key found", sum(e in made for e in reach), len(known))
    _disputes(story, made, reach, tally)
    alike = _alike(story)
    matters = {frozenset(alike.find(x) for x in ends) for ends in known}
    wide = {frozenset(_event_of(story, x) for x in ends) for ends in known}
    right = {e for e in made if frozenset(alike.find(x) for x in e) in matters}
    near = {e for e in made if frozenset(_event_of(story, x) for x in e) in wide}
    tally.add("contradictions made that the key has", len(right), len(made))
    tally.add("contradictions made between events that the key has at odds", len(near | right), len(made))
    if show:
        for e in sorted(map(sorted, reach.keys() - made.keys())):
            print("   MISSED", story.name, *e, reach[frozenset(e)], "|", *(_words(story, x) + " |" for x in e))
        for e in sorted(map(sorted, made.keys() - right)):
            mark = "NEAR " if frozenset(e) in near else "FALSE"
            print("  ", mark, story.name, *e, made[frozenset(e)], "|", *(_words(story, x) + " |" for x in e))
        for e in sorted(map(sorted, reach.keys() & made.keys())):
            if made[frozenset(e)] != reach[frozenset(e)]:
                print("   ASPECT", story.name, *e, made[frozenset(e)], "for", reach[frozenset(e)])


def _disputes(
    story: Scored, made: Mapping[frozenset[str], str], reach: Mapping[frozenset[str], str], tally: Tally
) -> None:
    """Whether the record tells that two events are at odds in an aspect, by whichever of their claims."""
    told = {(frozenset(_event_of(story, x) for x in ends), aspect) for ends, aspect in made.items()}
    at_odds = {ends for ends, _ in told}
    mine = {(frozenset(_event_of(story, x) for x in ends), aspect) for ends, aspect in reach.items()}
    tally.add("disputes of events found", sum(ends in at_odds for ends, _ in mine), len(mine))
    tally.add("disputes of events found, aspect right", len(mine & told), len(mine))
    tally.add("disputes made that the key has, aspect right", len(told & mine), len(told))


def _alike(story: Scored) -> Groups:
    """Claims that the key derives from one another say one thing."""
    groups = Groups()
    for row, ends in story.known():
        if row["type"] in ("derived_from",) and len(ends) == 2:
            groups.join(*sorted(ends))
    return groups


def _event_of(story: Scored, claim: str) -> str:
    return next((e["id"] for e in story.key["event_clusters"] if claim in e["claims"]), claim)


def _relations(story: Scored, tally: Tally) -> None:
    back = {c: g for g, c in story.match.items()}
    made = {(r.type, frozenset((back.get(r.source), back.get(r.target)))) for r in story.relations}
    for kind in RELATIONS:
        reach = [e for row, e in story.known() if row["type"] == kind and e <= story.match.keys()]
        tally.add(f"{kind} found", sum((kind, e) in made for e in reach), len(reach))


def _origins(story: Scored, tally: Tally, show: bool) -> None:
    for cluster in story.key["event_clusters"]:
        event = _event_for(story, cluster["claims"])
        low, high = cluster.get("n_independent_origins_min"), cluster.get("n_independent_origins_max")
        if event is None or low is None:
            continue
        exact = (event.origins.min, event.origins.max) == (low, high)
        tally.add("origins exact", exact, 1)
        tally.add("origins: least exact", event.origins.min == low, 1)
        tally.add("origins overlap", event.origins.min <= high and low <= event.origins.max, 1)
        if show and not exact:
            names = cluster["independent_origins"]
            print("   ORIGINS", story.name, cluster["id"], (low, high), names, "made", event.origins)


def _event_for(story: Scored, claims: Collection[str]) -> Event | None:
    """The event that holds most of a cluster's claims, and at least half of those that came through."""
    mine = {story.match[c] for c in claims if c in story.match}
    best = max(story.events, key=lambda e: (len(mine.intersection(e.claims)), e.id), default=None)
    return best if best is not None and 2 * len(mine.intersection(best.claims)) >= len(mine) > 0 else None


def _parents(story: Scored, tally: Tally, show: bool) -> None:
    clusters = {c["id"]: c for c in story.key["event_clusters"]}
    back = {c: g for g, c in story.match.items()}
    made = {e.id: e for e in story.events}
    for cluster in clusters.values():
        event = _event_for(story, cluster["claims"])
        parent = clusters.get(cluster["parent"] or "")
        whole = _event_for(story, parent["claims"]) if parent else None
        if event is None or (parent and whole is None) or (whole and whole.id == event.id):
            continue
        if parent is not None and whole is not None:
            tally.add("parents found", event.parent == whole.id, 1)
        if event.parent is not None:
            told = {_event_of(story, back[c]) for c in made[event.parent].claims if c in back}
            tally.add("parents made that are right", cluster["parent"] in told, 1)
            if show and cluster["parent"] not in told:
                print("   PARENT", story.name, cluster["id"], cluster["label"], cluster["parent"], "made", told)


def oracle(story: Path) -> Scored:
    """A story assembled from the claims of its key."""
    record, match, key = story_record(story)
    return scored(story.name, record, match, key)


def scored(name: str, record: Record, match: Mapping[str, str], key: Mapping[str, Any]) -> Scored:
    """Any record of a story assembled, beside its key."""
    return Scored(name, key, match, *assemble(record, load_codebook()))


def print_tally(title: str, tally: Tally) -> None:
    """One line a figure."""
    print(title)
    for name, (right, of) in tally.counts.items():
        print(f"  {name}: {right}/{of} = {tally.share(name):.3f}")


def main(argv: Sequence[str] | None = None) -> int:
    """Score the stories by part, compare with the floors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stories", nargs="*")
    parser.add_argument("--part", choices=("dev", "kept"))
    parser.add_argument("--show", action="store_true", help="what is missed and what is false")
    parser.add_argument("--update", action="store_true", help="raise the floors to what is reached")
    options = parser.parse_args(argv)
    if not SCORER.is_file():
        print(f"assembly_oracle: left out, its floors are those with the stories beside {SCORER}", file=sys.stderr)
        return 0
    parts = {"dev": DEV, "kept": KEPT}
    got: dict[str, Tally] = defaultdict(Tally)
    for story in stories():
        part = next((p for p, names in parts.items() if story.name in names), "dev")
        if (options.stories and story.name not in options.stories) or options.part not in (None, part):
            continue
        score(oracle(story), got[part], options.show)
    for part, tally in got.items():
        print_tally(part, tally)
    if options.stories or options.part:
        return 0
    floors: Floors = {f"{p}: {n}": round(t.share(n), 4) for p, t in got.items() for n in t.counts}
    return keep("assembly", "oracle", floors) if options.update else check("assembly", "oracle", floors)


if __name__ == "__main__":
    sys.exit(main())
