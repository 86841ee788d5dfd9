"""Scores copy detection on a syndication set and prints the table.

    python bench/copies.py REPORTS.jsonl ...

REPORTS holds {"doc", "text", "of", "relation"} as ../shared/tools/syndicate.py writes them. A pair (variant, base) is
a copy for every relation but `quotes`. Pairs that are no (variant, base) are counted apart: `kin` have a source in
common (two variants of one base, a merged text and its second source), `others` have none by construction and are
originals that share text in the source collection.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from tracewire.dedupe import find_copies, shared_runs
from tracewire.model import Copy, Document
from tracewire.testing import make_document

SENTENCE = re.compile(r"(?<=[.!?\"])\s+")
NO_COPY = ("quotes", "none")
LONG = 40
"""Characters of a sentence that tells by itself which report it stands in."""


@dataclass(frozen=True)
class Row:
    """One report of the set: `of` is its base, None for an original."""

    doc: str
    text: str
    of: str | None
    relation: str
    operator: str | None = None

    @property
    def made(self) -> str:
        """How it was made: the operator where the set names it (syndicate.py puts it into the name)."""
        return self.operator or self.doc.partition("#")[2] or self.relation


@dataclass(frozen=True)
class Score:
    """Figures of one set; `confusion` counts (operator, relation made, relation found)."""

    f1: float
    precision: float
    recall: float
    quotes_as_copies: int
    relation_right: float
    run_characters: float
    confusion: Mapping[tuple[str, str, str], int]
    kin: Mapping[str, int]
    others: Mapping[str, int]
    documents: int
    seconds: float


def read_rows(path: Path) -> list[Row]:
    """The rows of a set."""
    with path.open(encoding="utf-8") as lines:
        return [Row(**json.loads(line)) for line in lines]


def score(rows: Sequence[Row]) -> Score:
    """Find the copies among the rows and compare them with the labels."""
    documents = [make_document(row.text, row.doc) for row in rows]
    begun = time.process_time()
    copies = find_copies(documents)
    seconds = time.process_time() - begun
    names = {d.id: d.name for d in documents}
    found = {frozenset((names[c.document], names[c.other])): c for c in copies}
    labelled = {frozenset((row.doc, row.of)): row for row in rows if row.of}
    confusion = Counter((row.made, row.relation, _found(found.get(pair))) for pair, row in labelled.items())
    kin, others = _apart(rows, found, set(labelled))
    right = sum(n for (_, made, got), n in confusion.items() if got not in NO_COPY and made != "quotes")
    wrong = sum(n for (_, made, got), n in confusion.items() if got not in NO_COPY and made == "quotes")
    missed = sum(n for (_, made, got), n in confusion.items() if got in NO_COPY and made != "quotes")
    known = sum(n for (_, _, got), n in confusion.items() if got != "none")
    return Score(
        f1=2 * right / max(1, 2 * right + wrong + missed),
        precision=right / max(1, right + wrong),
        recall=right / max(1, right + missed),
        quotes_as_copies=wrong,
        relation_right=sum(n for (_, made, got), n in confusion.items() if made == got) / max(1, known),
        run_characters=_run_characters(rows, documents),
        confusion=confusion,
        kin=kin,
        others=others,
        documents=len(documents),
        seconds=seconds,
    )


def _found(copy: Copy | None) -> str:
    return copy.relation if copy else "none"


def _apart(
    rows: Sequence[Row], found: Mapping[frozenset[str], Copy], labelled: Set[frozenset[str]]
) -> tuple[Counter[str], Counter[str]]:
    """Relations found between reports that are not (variant, base)."""
    sources = _sources(rows)
    kin: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for pair, copy in found.items():
        if pair not in labelled:
            first, second = pair
            (kin if sources[first] & sources[second] else others)[copy.relation] += 1
    return kin, others


def _sources(rows: Sequence[Row]) -> dict[str, set[str]]:
    """The originals whose sentences stand in each report."""
    holders: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.of is None:
            for sentence in _sentences(row.text):
                holders[sentence].add(row.doc)
    found = {row.doc: {row.doc.split("#")[0]} for row in rows}
    for row in rows:
        if row.relation in ("merged", "quotes"):
            found[row.doc].update(*(holders.get(s, ()) for s in _sentences(row.text)))
    return found


def _sentences(text: str) -> list[str]:
    return [s for s in SENTENCE.split(text) if len(s) >= LONG]


def _run_characters(rows: Sequence[Row], documents: Sequence[Document]) -> float:
    """Part of the characters that cuts, merged texts and light copies took over verbatim that the runs cover."""
    by_name = {d.name: d for d in documents}
    taken = covered = 0
    for row in rows:
        if row.of and row.relation in ("copy", "cut", "merged"):
            base, variant = by_name[row.of], by_name[row.doc]
            marked = bytearray(len(row.text))
            for span, _ in shared_runs(variant, base):
                marked[span.start : span.end] = b"\1" * (span.end - span.start)
            for sentence in set(_sentences(row.text)) & set(_sentences(base.raw)):
                start = row.text.index(sentence)
                taken += len(sentence)
                covered += marked.count(1, start, start + len(sentence))
    return covered / max(1, taken)


def table(figures: Score) -> str:
    """The figures as text."""
    made = sorted({(relation, operator) for operator, relation, _ in figures.confusion})
    got = ["copy", "cut", "edited", "merged", "quotes", "none"]
    lines = [
        f"documents {figures.documents}, {figures.seconds:.1f} s, {figures.documents / figures.seconds:.0f} per second",
        f"pairs F1 {figures.f1:.4f} (precision {figures.precision:.4f}, recall {figures.recall:.4f})",
        f"quoting reports taken for copies {figures.quotes_as_copies}",
        f"relation right {figures.relation_right:.4f}, run characters {figures.run_characters:.4f}",
        f"kin {dict(sorted(figures.kin.items()))}, others {dict(sorted(figures.others.items()))}",
        "made (operator) \\ found".ljust(24) + "".join(f"{g:>8}" for g in got) + "   right",
    ]
    return "\n".join(lines + [_line(figures.confusion, *row, got) for row in made])


def _line(confusion: Mapping[tuple[str, str, str], int], relation: str, operator: str, got: Sequence[str]) -> str:
    counts = {g: confusion.get((operator, relation, g), 0) for g in got}
    right = counts[relation] / max(1, sum(counts.values()))
    name = f"{relation} ({operator})"
    return f"{name:<24}" + "".join(f"{n:>8}" for n in counts.values()) + f"{right:>8.3f}"


def main() -> int:
    """Print the table of each set named."""
    parser = argparse.ArgumentParser(description="Scores copy detection on syndication sets.")
    parser.add_argument("reports", nargs="+", type=Path, help="files that syndicate.py wrote")
    for path in parser.parse_args().reports:
        print(f"{path.name}\n{table(score(read_rows(path)))}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
