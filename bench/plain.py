"""How well plain text is segmented: reports with a page's furniture put around and into them, every line known.

    python bench/plain.py [--show]      # --show prints each line that went wrong

40 reports of ../shared/data/corpora/m2e2-voa.jsonl.gz, corrupted as scrapers and copyists corrupt them (menus, icon
names, doubled titles, captions fused into paragraphs, source lines, posts, related headlines, notices, bodies that
stand twice), by a fixed seed. Measured: F1 of body tokens, body tokens lost, furniture tokens kept, source lines lost,
titles found. Exit code 1: a floor of plain_floors.json is missed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from tracewire.clean import clean_page
from tracewire.export.raw_index import document_title
from tracewire.model import Document, RawPage

ROOT = Path(__file__).resolve().parents[1]
FLOORS = Path(__file__).with_name("plain_floors.json")
REPORTS = 40
BODY = frozenset({"body", "quote"})
ABOVE = (
    ("Home", "World", "Africa", "Middle East", "Opinion", "Sport", "Video"),
    ("Skip to main content", "Search", "Menu", "Sign in", "Subscribe"),
    ("icon-menu icon-search icon-user icon-close icon-facebook icon-twitter icon-mail icon-print",),
    ("Home > World > Middle East",),
    ("Breaking news | Live | Weather | Podcasts | Newsletters",),
    ("The Harbour Chronicle", "Independent news since 1974"),
)
BYLINES = (
    "By Marta Quill", "By Jonas Ferro and Lina Abadi, Staff Writers", "Published: 14 March 2017 10:21 GMT",
    "Posted on March 14, 2017 by Ines Kolb", "March 14, 2017, 9:05 am", "Updated 3 hours ago", "4 min read",
)  # fmt: skip
SOURCES = ("Source: Harbour News Agency - by Ines Kolb", "Source: Coast Wire",
           "(Reporting by Lina Abadi; editing by Jonas Ferro)",
           "This story was first published by the Harbour Chronicle.", "Via: Northern Courier")  # fmt: skip
CAPTIONS = (
    "A man walks past a burnt building in the old town, March 12, 2017. (Photo: Lina Abadi/Coast Wire)",
    "FILE - Soldiers stand guard at a checkpoint near the port. (AP Photo/Jonas Ferro)",
    "Smoke rises over the harbour on Sunday. REUTERS/Ines Kolb",
)
INSIDE = (
    ("Advertisement",), ("Read more: Fishermen return to the lagoon after ten years",), ("Share this article",),
    ("Related: Parliament votes on new harbour fees",), ("Story continues below advertisement",),
)  # fmt: skip
POSTS = (
    "Smoke over the old town this morning, roads closed. pic.twitter.com/a1b2c3d4",
    "— Lina Abadi (@linaabadi) March 14, 2017",
)
BELOW = (
    ("Related stories", "Fishermen return to the lagoon after ten years", "Parliament votes on new harbour fees",
     "Rain delays the spring market"),
    ("Most read", "1. The baker who feeds a city", "2. Why the ferry was late again", "3. Ten gardens worth a visit"),
    ("Share this:", "Facebook", "Twitter", "WhatsApp", "Email"),
    ("Follow us on Twitter and Facebook",),
    ("12 comments", "Leave a reply", "Your email address will not be published. Required fields are marked *"),
    ("© 2017 Harbour Media Ltd. All rights reserved.", "Terms of use | Privacy policy | Contact us"),
    ("The views expressed in this article are the author's own and do not necessarily reflect the editorial policy of "
     "the Harbour Chronicle.",),
    ("Marta Quill is a correspondent of the Harbour Chronicle in Port Sella. She has covered the region since 2009.",),
    ("Sign up for our newsletter and never miss a story.",),
    ("Tags: harbour, army, talks",),
)  # fmt: skip


@dataclass
class Made:
    """A corrupted report: its text, and what each line of it is."""

    name: str
    title: str
    lines: list[tuple[str, str]] = field(default_factory=list)

    def add(self, kind: str, *lines: str) -> None:
        """Add lines of a kind: body, title, source, other, blank."""
        self.lines += [(kind, line) for line in lines]

    def text(self) -> str:
        """The report as a scraper left it."""
        return "\n".join(line for _, line in self.lines)

    def of(self, kind: str) -> list[str]:
        """The lines of a kind."""
        return [line for what, line in self.lines if what == kind]


def shared() -> Path:
    """The folder of shared data."""
    return Path(os.environ.get("TRACEWIRE_SHARED", ROOT.parent / "shared"))


def reports(path: Path) -> list[tuple[str, str, list[str]]]:
    """Name, headline and paragraphs of the first reports that are long enough."""
    grouped: dict[str, list[str]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            grouped[row["sentence_id"].rpartition("_")[0]].append(" ".join(row["sentence"].split()))
    found = []
    for name, sentences in sorted(grouped.items()):
        title, dash, _ = sentences[0].partition("-")
        if len(sentences) < 8 or not dash or not 4 <= len(title.split()) <= 15:
            continue
        own = (s for s in sentences[1:] if not re.match(r"FILE\b|Photo", s))  # their own captions are no body
        rest = [s if s[-1] in '.!?"”' else s + "." for s in own]
        found.append((name, title.strip(), [" ".join(rest[i : i + 2]) for i in range(0, len(rest), 2)]))
    return found[:: max(1, len(found) // REPORTS)][:REPORTS]


def corrupt(name: str, title: str, paragraphs: list[str], rng: random.Random) -> Made:
    """One report with furniture; which kinds is left to the generator."""
    made = Made(name, title)
    gap = ("",) if rng.random() < 0.8 else ()
    for lines in rng.sample(ABOVE, rng.randint(0, 3)):
        made.add("other", *lines)
        made.add("blank", "")
    made.add("title", title, *gap)
    if rng.random() < 0.4:
        made.add("other", title, *gap)
    if rng.random() < 0.7:
        made.add("other", *rng.sample(BYLINES, rng.randint(1, 2)), *gap)
    if rng.random() < 0.5:
        made.add("source", rng.choice(SOURCES[:2]), *gap)
    if rng.random() < 0.5:
        made.add("other", rng.choice(CAPTIONS), *gap)
    for index, paragraph in enumerate(paragraphs):
        made.add("body", paragraph, *gap)
        if index and rng.random() < 0.12:
            made.add("other", *rng.choice(INSIDE), *gap)
        if index and rng.random() < 0.06:
            made.add("other", *POSTS, *gap)
    if rng.random() < 0.5:
        made.add("source", rng.choice(SOURCES[2:]), *gap)
    if rng.random() < 0.15:
        made.add("other", *(line for p in paragraphs for line in (p, *gap)))
    for lines in rng.sample(BELOW, rng.randint(1, 5)):
        made.add("blank", "")
        made.add("other", *lines)
    return made


def words(text: str) -> Counter[str]:
    """Words in lower case."""
    return Counter(re.findall(r"\w+", text.lower()))


def body_of(document: Document) -> str:
    """What exports call the text."""
    return "\n\n".join(document.reading.text[b.start : b.end] for b in document.reading.blocks if b.label in BODY)


def labels_of(document: Document, line: str) -> set[str]:
    """The labels of the segments in which a line stands."""
    at = document.raw.find(line)
    return {s.label for s in document.segments if s.start < at + len(line) and s.end > at}


def score(made: list[Made], show: bool) -> dict[str, float]:
    """The measures over all reports."""
    tokens: Counter[str] = Counter()
    lost_sources = sources = titles = 0
    for report in made:
        document = clean_page(RawPage(report.name, report.text().encode(), "text/plain", "", "file", ""))
        ours, key = words(body_of(document)), words(" ".join(report.of("body")))
        both = sum((ours & key).values())
        tokens.update(both=both, ours=sum(ours.values()), key=sum(key.values()))
        titles += (document_title(document) or "") == report.title
        for line in report.of("source"):
            sources += bool(line)
            lost_sources += bool(line) and not labels_of(document, line) & {"credit", "byline"}
        if show:
            _show(report, document)
    return {
        "body F1": 2 * tokens["both"] / (tokens["ours"] + tokens["key"]),
        "body kept": tokens["both"] / tokens["key"],
        "furniture left out": tokens["both"] / tokens["ours"],
        "source lines kept": 1 - lost_sources / max(1, sources),
        "titles": titles / len(made),
    }


def _show(report: Made, document: Document) -> None:
    if document_title(document) != report.title:
        print(f"{report.name[-12:]} title   {document_title(document)!r} for {report.title!r}")
    for kind, line in report.lines:
        labels = labels_of(document, line) if line and document.raw.count(line) == 1 else set()
        wrong = {"body": not labels & BODY, "other": bool(labels & BODY), "source": not labels & {"credit", "byline"}}
        if labels and wrong.get(kind):
            print(f"{report.name[-12:]} {kind:7} {'+'.join(sorted(labels)):12} {line[:110]}")


def main() -> int:
    """Run and print; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--update", action="store_true", help="raise the floors")
    options = parser.parse_args()
    path = shared() / "data" / "corpora" / "m2e2-voa.jsonl.gz"
    if not path.is_file():
        print(f"the reports are not at {path}", file=sys.stderr)
        return 0
    rng = random.Random(20)
    made = [corrupt(*report, rng) for report in reports(path)]
    scores = score(made, options.show)
    print(f"{len(made)} reports  " + "  ".join(f"{name} {value:.4f}" for name, value in scores.items()))
    floors = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    if options.update:
        raised = {k: max(round(v, 4), floors.get(k, 0.0)) for k, v in scores.items()}
        FLOORS.write_text(json.dumps(raised, indent=1) + "\n", "utf-8")
        return 0
    missed = [name for name, floor in floors.items() if scores[name] < floor - 0.0005]
    print("".join(f"below its floor: {name}\n" for name in missed), end="")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
