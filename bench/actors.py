"""Who is meant: are mentions that mean one actor one entity, and those that do not, not?

    python bench/actors.py [--part dev|test|last|all] [CASE ...] [--show] [--update]

Gives a resolver the marked mentions of invented reports from twelve wars (bench/actors) and of the stories
(bench/stories, ../shared/stories), case by case, and compares its entities with the keys: B-cubed precision, recall
and F over all mentions (a mention left open is an entity of its own), the share of resolved mentions that stand with
another actor's (wrong merges), and the share of mentions of known actors that reach their row. Every mention counts
as the filler of a role, since no reader runs. "dev" was looked at while the rules were written,
"test" once they stood; of "last" only the figures were seen.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from actor_sets import SHARED, ActorCase, Report, cases
from floors import Floors, check, keep
from tracewire.codebook import load_codebook
from tracewire.lang import load_words
from tracewire.model import Argument, ReadClaim, Reading, Span
from tracewire.resolve.actor_index import ActorIndex, entity_id
from tracewire.resolve.actors import ActorResolver
from tracewire.resolve.context import TextView
from tracewire.resolve.nations import Nations

Place = tuple[str, int, int]


@dataclass(slots=True)
class Tally:
    """Sums over mentions; `open` are mentions that the resolver left, `known` those whose key is a row."""

    mentions: int = 0
    precision: float = 0.0
    recall: float = 0.0
    resolved: int = 0
    wrong: int = 0
    known: int = 0
    linked: int = 0
    lines: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Take the sums of another tally in."""
        for name in ("mentions", "precision", "recall", "resolved", "wrong", "known", "linked"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def figures(self) -> Floors:
        """Shares, each higher the better."""
        p, r = self.precision / self.mentions, self.recall / self.mentions
        got = {"B3 precision": p, "B3 recall": r, "B3 F": 2 * p * r / (p + r),
               "not merged wrongly": 1 - self.wrong / max(1, self.resolved)}  # fmt: skip
        if self.known:
            got["known actors linked"] = self.linked / self.known
        return {name: round(share, 4) for name, share in got.items()}


class Bench:
    """The codebook, loaded once for all cases."""

    def __init__(self) -> None:
        self.codebook = load_codebook()
        self.nations = Nations(load_words("en", "demonyms"), self.codebook)
        self.index = ActorIndex(self.codebook)

    def score(self, case: ActorCase) -> Tally:
        """One case: resolve its reports together and compare."""
        keys: dict[Place, str] = {}
        words: dict[Place, str] = {}
        made: dict[Place, str | None] = {}
        resolver = ActorResolver(self.codebook, self.nations, self.index)
        read = []
        for report in case.reports:
            view = TextView(report.document)
            read.append((report, view, _reading(report, view)))
        for report, view, reading in read:
            resolver.learn(report.document, view, reading.mentions)
        for report, view, reading in read:
            found = resolver.resolve_document(report.document, view, reading, self.nations.counts(view.text))
            for i, marked in enumerate(report.marked):
                place = (report.document.name, marked.mention.span.start, marked.mention.span.end)
                if view.at(marked.mention.span) is None:
                    continue
                keys[place] = marked.key or f"? {place}"
                words[place] = f"{marked.mention.form}: {view.words(marked.mention.span)}"
                made[place] = found[i].entity if i in found else None
        joined = resolver.link()
        made = {place: joined.get(entity, entity) if entity else None for place, entity in made.items()}
        names = {entity.id: entity.name for entity in resolver.entities()}
        return _compare(keys, made, words, names)


def _reading(report: Report, view: TextView) -> Reading:
    """The marked mentions as a reader would give them, each the filler of a role."""
    mentions = tuple(m.mention for m in report.marked)
    fillers = tuple(Argument("actor", i) for i, m in enumerate(mentions) if view.at(m.span) is not None)
    claim = ReadClaim("clash", Span(0, 1, report.document.raw[:1]), (), "body", fillers)
    return Reading(report.document.id, "key", mentions, (claim,))


def _compare(
    keys: Mapping[Place, str], made: Mapping[Place, str | None], words: Mapping[Place, str],
    names: Mapping[str, str],
) -> Tally:  # fmt: skip
    tally = Tally(len(keys))
    gold, system = defaultdict(set), defaultdict(set)
    for place, key in keys.items():
        gold[key].add(place)
        system[made[place] or f"open {place}"].add(place)
    main = {s: _main(Counter(keys[p] for p in places)) for s, places in system.items()}
    for place, key in keys.items():
        entity = made[place] or f"open {place}"
        both = len(gold[key] & system[entity])
        tally.precision += both / len(system[entity])
        tally.recall += both / len(gold[key])
        tally.resolved += made[place] is not None
        wrong = made[place] is not None and main[entity] != key
        tally.wrong += wrong
        row = key.lstrip("~").removeprefix("=") if key.lstrip("~").startswith("=") else None
        linked = row is not None and made[place] == entity_id(*_row(row))
        tally.known += row is not None
        tally.linked += linked
        if wrong or both < len(gold[key]) or (row is not None and not linked):
            got = names.get(entity, "open")
            mark = "WRONG" if wrong else "     "
            tally.lines.append(f"  {mark} {place[0]}:{place[1]} {words[place]!r} [{key}] -> {got}")
    return tally


def _row(row: str) -> tuple[str, str]:
    kind, _, id_ = row.rpartition(":")
    return kind or "actor", id_


def _main(counts: Counter[str]) -> str:
    return min(counts, key=lambda key: (-counts[key], key))


def main(argv: Sequence[str] | None = None) -> int:
    """Score the parts, print, compare with the floors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", help="names of cases; default: all")
    parser.add_argument("--part", choices=("dev", "test", "last", "all"), default="all")
    parser.add_argument("--show", action="store_true", help="each mention that is wrong, missed or not linked")
    parser.add_argument("--update", action="store_true", help="raise the floors to what is reached")
    options = parser.parse_args(argv)
    bench, missed = Bench(), 0
    for part in ("dev", "test", "last") if options.part == "all" else (options.part,):
        for name, stories in ((part, False), (f"{part} stories", True)):
            chosen = [c for c in cases(part) if c.stories is stories and (not options.cases or c.name in options.cases)]
            missed |= _report(bench, name, chosen, options)
    return missed


def _report(bench: Bench, name: str, chosen: Sequence[ActorCase], options: argparse.Namespace) -> int:
    """Score the cases of one set; 1 where a floor is missed. Floors hold where all cases of the set are there."""
    whole = Tally()
    for case in chosen:
        one = bench.score(case)
        whole.add(one)
        print(f"{name} {case.name}: {one.mentions} mentions, wrong {one.wrong}/{one.resolved}, {one.figures()}")
        if options.show:
            print("\n".join(one.lines))
    if not whole.mentions:
        return 0
    got = whole.figures()
    print(f"{name}: {whole.mentions} mentions, {whole.resolved} resolved, {whole.wrong} wrong, {got}")
    if options.cases or (name == "dev stories" and not (SHARED / "stories").is_dir()):
        return 0
    return keep("actors", name, got) if options.update else check("actors", name, got)


if __name__ == "__main__":
    sys.exit(main())
