"""Scores stories on labelled reports: B-cubed of the batch, and of reports that come one by one.

    python bench/stories.py ../shared/data/syndication/muc3-dev.jsonl.gz [--half 0|1]

`story_labels.json` names reports by their id, read by hand for the occurrence that they are about (those on whom two
readers would differ were left out); all dated reports of the file are clustered, the labelled ones are scored. Stories
of half 0 were looked at while constants were chosen; half 1 was not.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tracewire.dedupe import StoryIndex, find_copies, find_stories
from tracewire.model import Document, Published, Story
from tracewire.testing import make_document

LABELS = Path(__file__).with_name("story_labels.json")
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DATE = re.compile(rf"(\d{{1,2}}) ({'|'.join(MONTHS)})[A-Z]* (\d\d)\b")
_HEAD = re.compile(r"^.*?\[(?:TEXT|EXCERPTS?)\]\s*", re.DOTALL)
CAPITALS = re.compile(r"(^|[.!?]\s+)([a-z])")


def read_reports(path: Path) -> list[Document]:
    """The dated reports, in sentence case, without dateline."""
    found = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            text = " ".join(row["paragraphs"][1:])
            if match := _DATE.search(text[:200]):
                day = f"19{match[3]}-{MONTHS.index(match[2]) + 1:02}-{int(match[1]):02}"
                body = CAPITALS.sub(lambda m: m[1] + m[2].upper(), _HEAD.sub("", text).lower())
                found.append(make_document(body, row["doc"], published=Published(day, day, "given", True)))
    return found


def read_labels(half: int | None) -> dict[str, str]:
    """Report -> label; a report on its own is a label of its own."""
    labels = json.loads(LABELS.read_text("utf-8"))
    stories = [s for i, s in enumerate(labels["stories"]) if half is None or i % 2 == half]
    found = {doc: f"story {min(docs)}" for docs in stories for doc in docs}
    return found | {doc: doc for i, doc in enumerate(labels["alone"]) if half is None or i % 2 == half}


def b_cubed(found: Mapping[str, str], labels: Mapping[str, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 over the labelled reports."""
    precision = recall = 0.0
    for doc in labels:
        same = {d for d in labels if found[d] == found[doc]}
        wanted = {d for d in labels if labels[d] == labels[doc]}
        precision += len(same & wanted) / len(same)
        recall += len(same & wanted) / len(wanted)
    precision, recall = precision / len(labels), recall / len(labels)
    return precision, recall, 2 * precision * recall / (precision + recall)


def by_report(stories: Iterable[Story], documents: Sequence[Document]) -> dict[str, str]:
    """Name of the report -> id of its story."""
    names = {d.id: d.name for d in documents}
    return {names[d]: story.id for story in stories for d in story.documents}


def online(documents: Sequence[Document]) -> list[Story]:
    """The stories after each day's reports were added to those before."""
    index = StoryIndex()
    days = sorted({d.published.start for d in documents if d.published and d.published.start})
    for day in days:
        new = [d for d in documents if d.published and d.published.start == day]
        index.add(new)
    return index.stories()


def main() -> int:
    """Print both rows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--half", type=int, choices=(0, 1))
    options = parser.parse_args()
    documents = read_reports(options.reports)
    labels = {d: label for d, label in read_labels(options.half).items() if d in {x.name for x in documents}}
    print(f"{len(documents)} reports, {len(labels)} labelled, {len(set(labels.values()))} stories")
    copies = find_copies(documents)
    for name in ("batch", "online"):
        begun = time.process_time()
        stories = find_stories(documents, copies) if name == "batch" else online(documents)
        seconds = time.process_time() - begun
        figures = " ".join(f"{x:.4f}" for x in b_cubed(by_report(stories, documents), labels))
        print(f"{name:7} B3 precision, recall, F1: {figures}  {seconds:.1f} s, {len(stories)} stories")
    return 0


if __name__ == "__main__":
    sys.exit(main())
