"""How well pages are cleaned: main text, title, author and date against labelled pages, beside the tools named.

    python bench/pages.py                     # ours on both sets, compared with pages_floors.json
    python bench/pages.py --tools             # also trafilatura (its modes), readability-lxml, resiliparse, in this run
    python bench/pages.py --sample 40         # every n-th page; no floors
    python bench/pages.py --sample 40 --speed # how long a page takes, ours and trafilatura's in turn; no floors
    python bench/pages.py --update            # raise floors to what is reached now

aeb: article-extraction-benchmark, word 4-gram shingles as its own script counts them. wcxb: word F1 as its own README
counts it; a page leaks when one of the snippets that its key bars stands in the text. A title is right when its words
are; an author when one name of the key stands in ours or ours in it; a date when its day is the key's ("day"), or the
key's day lies in our interval ("in interval"). Keys of wcxb take the day that a page shows, often that of its last
change, and leave days out that only its head names; so "day that the page states" counts only pages in whose source the
key's day stands other than as that of a change, and "pages that state none" only undated ones whose source names no
publication either. Exit code 1: a floor is missed.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tracewire.clean import clean_page, decode
from tracewire.config import Cleaning
from tracewire.export.raw_index import document_title
from tracewire.model import Document, RawPage

ROOT = Path(__file__).resolve().parents[1]
FLOORS = Path(__file__).with_name("pages_floors.json")
TEXT_SCORES = ("aeb F1", "aeb precision", "aeb recall", "wcxb F1", "wcxb clean of leaks")
BODY = frozenset({"body", "quote", "embed"})
MARGIN = 0.0005
"""What a floor forgives: rounding of the kept figures."""
Grams = Counter[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A page with its key."""

    set: str
    name: str
    data: bytes
    text: str
    key: dict[str, Any]


def shared() -> Path:
    """The folder of shared data."""
    return Path(os.environ.get("TRACEWIRE_SHARED", ROOT.parent / "shared")) / "data" / "pages"


def pages(folder: Path) -> Iterator[Labelled]:
    """All labelled pages of both sets, in order of their names."""
    aeb, wcxb = folder / "article-extraction-benchmark", folder / "wcxb-dev"
    for name, key in sorted(json.loads((aeb / "ground-truth.json").read_text("utf-8")).items()):
        yield Labelled(
            "aeb", name, gzip.decompress((aeb / "html" / f"{name}.html.gz").read_bytes()), key["articleBody"], {}
        )
    for path in sorted((wcxb / "ground-truth").glob("*.json.gz")):
        name = path.name.partition(".")[0]
        key = json.loads(gzip.decompress(path.read_bytes()))["ground_truth"]
        yield Labelled(
            "wcxb", name, gzip.decompress((wcxb / "html" / f"{name}.html.gz").read_bytes()), key["main_content"], key
        )


def body_of(document: Document) -> str:
    """The main text of a document: what exports call its text."""
    blocks = document.reading.blocks
    return "\n\n".join(document.reading.text[b.start : b.end] for b in blocks if b.label in BODY)


# ---------------------------------------------------------------- measures


def _words(text: str | None) -> list[str]:
    return re.findall(r"\w+", text or "")


def _normal(text: str | None) -> str:
    return " ".join(_words((text or "").lower()))


def shingles(found: str, wanted: str) -> tuple[float, float, float]:
    """True and false positives and false negatives of word 4-grams, as parts of one page."""

    def grams(text: str) -> Grams:
        words = _words(text)
        return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3))) if words else Counter()

    ours, key = grams(found), grams(wanted)
    both = sum((ours & key).values())
    wrong, missed = sum(ours.values()) - both, sum(key.values()) - both
    whole = both + wrong + missed
    return (both / whole, wrong / whole, missed / whole) if whole else (0.0, 0.0, 0.0)


def word_f1(found: str, wanted: str) -> float:
    """F1 of words as bags, in lower case."""
    ours, key = Counter(_words(found.lower())), Counter(_words(wanted.lower()))
    both = sum((ours & key).values())
    return 2 * both / (sum(ours.values()) + sum(key.values())) if both else float(not ours and not key)


def text_scores(labelled: Sequence[Labelled], texts: Sequence[str]) -> dict[str, float]:
    """Shingle scores over aeb; word F1 and share of leaking pages over wcxb."""
    grams = [shingles(t, p.text) for p, t in zip(labelled, texts, strict=True) if p.set == "aeb"]
    right, wrong, missed = (sum(row[i] for row in grams) for i in range(3))
    precision, recall = right / max(right + wrong, 1e-9), right / max(right + missed, 1e-9)
    pairs = [(p, t) for p, t in zip(labelled, texts, strict=True) if p.set == "wcxb"]
    leaking = [leaks(t, p.key.get("without") or []) for p, t in pairs]
    return {
        "aeb F1": 2 * precision * recall / max(precision + recall, 1e-9),
        "aeb precision": precision,
        "aeb recall": recall,
        "wcxb F1": _mean([word_f1(t, p.text) for p, t in pairs]),
        "wcxb clean of leaks": 1 - _mean([float(leak) for leak in leaking]),
    }


def leaks(text: str, barred: Sequence[str]) -> bool:
    """Whether a snippet that a key bars stands in a text."""
    line = f" {_normal(text)} "
    return any(f" {_normal(snippet)} " in line for snippet in barred if _normal(snippet))


def fact_scores(labelled: Sequence[Labelled], documents: Sequence[Document]) -> dict[str, float]:
    """Title, author and date over the wcxb pages that have them; abstention over those that have none."""
    rows = [(p.key, d) for p, d in zip(labelled, documents, strict=True) if p.set == "wcxb"]
    titles = [_normal(document_title(d)) == _normal(k["title"]) for k, d in rows if k.get("title")]
    authors = [_same_person(d.author, k["author"]) for k, d in rows if k.get("author")]
    dated = [(d.published, k["publish_date"][:10]) for k, d in rows if k.get("publish_date")]
    undated = [d.published is None or d.published.start is None for k, d in rows if not k.get("publish_date")]
    said = [(p, day) for p, day in dated if p is not None and p.start is not None]
    stated = [
        (d.published, day) for k, d in rows if (day := (k.get("publish_date") or "")[:10]) and _states(d.raw, day)
    ]
    silent = [d.published is None or d.published.start is None
              for k, d in rows if not k.get("publish_date") and not _STATES.search(d.raw)]  # fmt: skip
    return {
        "title": _mean(titles),
        "author": _mean(authors),
        "date: day": _mean([p is not None and p.start == day for p, day in dated]),
        "date: day, where one is given": _mean([p.start == day for p, day in said]),
        "date: day that the page states": _mean([p is not None and p.start == day for p, day in stated]),
        "date: in interval": _mean([p is not None and (p.start or "") <= day <= (p.end or "9999") for p, day in dated]),
        "no date on undated pages": _mean(undated),
        "no date on pages that state none": _mean(silent),
    }


_CHANGE = re.compile(r"modif|updat|revis|changed|reviewed", re.I)
_STATES = re.compile(r"datePublished|published_time|pubdate|publish(?:ed)?[-_]?date", re.I)
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip


def _states(raw: str, day: str) -> bool:
    """Whether a day stands in a page's source, in figures or words, other than as that of a change."""
    try:
        when = date.fromisoformat(day)
    except ValueError:
        return False
    y, m, d, name = when.year, when.month, when.day, _MONTHS[when.month - 1]
    month = rf"(?:{name}|{name[:3]})\.?"
    words = rf"{month}\s+0?{d}(?:st|nd|rd|th)?,?\s+{y}|0?{d}(?:st|nd|rd|th)?\s+{month},?\s+{y}"
    forms = rf"(?<!\d)(?:{y}[-/]?{m:02}[-/]?{d:02}|{words}|0?{d}[./-]0?{m}[./-]{y}|0?{m}/0?{d}/{y})"
    before = (raw[max(0, found.start() - 60) : found.start()] for found in re.finditer(forms, raw, re.I))
    return any(not _CHANGE.search(text) for text in before)


def _same_person(ours: str | None, key: str) -> bool:
    own = _normal(ours)
    wanted = [_normal(name) for name in re.split(r",|;|&|\band\b", key)]
    return bool(own) and any(name and (own in name or name in own) for name in wanted)


def _mean(values: Sequence[float | bool]) -> float:
    return sum(values) / len(values) if values else 0.0


# ---------------------------------------------------------------- tools


def tools() -> dict[str, Callable[[str], str]]:
    """The tools that are measured beside ours, each as page source to text."""
    import trafilatura
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    def traf(**mode: Any) -> Callable[[str], str]:
        return lambda raw: trafilatura.extract(raw, include_comments=False, include_tables=True, **mode) or ""

    def readable(raw: str) -> str:
        from readability import Document as Readable  # pip install readability-lxml; without it the row is empty

        return str(extract_plain_text(HTMLTree.parse(Readable(raw).summary(html_partial=True)), main_content=False))

    return {
        "trafilatura": traf(),
        "trafilatura precision": traf(favor_precision=True),
        "trafilatura recall": traf(favor_recall=True),
        "trafilatura fast": traf(fast=True),
        "readability-lxml": readable,
        "resiliparse": lambda raw: str(extract_plain_text(HTMLTree.parse(raw), main_content=True)),
    }


def _tool_texts(tool: Callable[[str], str], raws: Sequence[str]) -> Iterator[str]:
    for raw in raws:
        try:
            yield tool(raw)
        except Exception:  # a tool that breaks on a page gives nothing of it
            yield ""


# ---------------------------------------------------------------- the run


def main() -> int:
    """Run and print; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tools", action="store_true", help="measure the other tools too")
    parser.add_argument("--sample", type=int, help="only about so many pages")
    parser.add_argument("--speed", action="store_true", help="only how long a page takes, ours and trafilatura's")
    parser.add_argument("--update", action="store_true", help="raise the floors")
    options = parser.parse_args()
    if not shared().is_dir():
        print(f"the labelled pages are not at {shared()}", file=sys.stderr)
        return 0
    labelled = list(pages(shared()))
    if options.sample:
        labelled = labelled[:: max(1, len(labelled) // options.sample)]
    if options.speed:
        return _speed(labelled)
    digest = hashlib.sha256("".join(p.name + p.text for p in labelled).encode()).hexdigest()
    scores = _ours(labelled) | {f"fast: {k}": v for k, v in _ours(labelled, "fast").items() if k in TEXT_SCORES}
    if options.tools:
        _others(labelled)
    return 0 if options.sample else _floors(scores, digest, update=options.update)


def _ours(labelled: Sequence[Labelled], how: Cleaning = "best") -> dict[str, float]:
    start = time.process_time()
    documents = [clean_page(raw_page(p), how) for p in labelled]
    seconds = time.process_time() - start
    scores = text_scores(labelled, [body_of(d) for d in documents]) | fact_scores(labelled, documents)
    bad = sum(d.raw[s.start : s.end] == "" for d in documents for s in d.segments)
    whole = sum(d.segments[-1].end == len(d.raw) for d in documents if d.segments)
    name = "tracewire" if how == "best" else "tracewire --clean fast"
    print(f"{name:22} {_line(scores)}  {len(labelled) / seconds:6.1f} pages/s of processor time")
    print(f"{whole} of {len(documents)} pages covered to the last character, {bad} empty segments")
    return scores


def raw_page(page: Labelled) -> RawPage:
    """A labelled page as ingest would bring it."""
    return RawPage(page.name, page.data, "text/html", "", "file", "")


def _speed(labelled: Sequence[Labelled]) -> int:
    """Milliseconds a page on one core, best of three rounds in which all take turns, so that a busy machine slows all;
    ours is all of cleaning with metadata, the others' their text alone."""
    known = tools()
    raws = [decode(p.data, "text/html")[0] for p in labelled]
    runs: dict[str, Callable[[], object]] = {
        "tracewire": lambda: [clean_page(raw_page(p)) for p in labelled],
        "tracewire --clean fast": lambda: [clean_page(raw_page(p), "fast") for p in labelled],
        "trafilatura": lambda: list(_tool_texts(known["trafilatura"], raws)),
        "trafilatura fast": lambda: list(_tool_texts(known["trafilatura fast"], raws)),
        "resiliparse": lambda: list(_tool_texts(known["resiliparse"], raws)),
    }  # fmt: skip
    best: dict[str, float] = {}
    for _ in range(3):
        for name, work in runs.items():
            start = time.process_time()
            work()
            best[name] = min(best.get(name, 1e9), (time.process_time() - start) / len(labelled))
    for name, seconds in best.items():
        print(f"{name:22} {1000 * seconds:6.1f} ms a page")
    print(f"best path {best['trafilatura'] / best['tracewire']:.2f} of trafilatura's speed, "
          f"fast path {best['trafilatura fast'] / best['tracewire --clean fast']:.2f} of its fast mode's")  # fmt: skip
    return 0


def _others(labelled: Sequence[Labelled]) -> None:
    raws = [decode(p.data, "text/html")[0] for p in labelled]
    for name, tool in tools().items():
        start = time.process_time()
        texts = list(_tool_texts(tool, raws))
        seconds = time.process_time() - start
        print(f"{name:22} {_line(text_scores(labelled, texts))}  {len(labelled) / seconds:6.1f} pages/s")


def _line(scores: dict[str, float]) -> str:
    return "  ".join(f"{name} {value:.4f}" for name, value in scores.items())


def _floors(scores: dict[str, float], digest: str, *, update: bool) -> int:
    kept = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {"floors": {}}
    if update:
        floors = {k: max(round(v, 4), kept["floors"].get(k, 0.0)) for k, v in scores.items()}
        FLOORS.write_text(json.dumps(kept | {"corpus_sha256": digest, "floors": floors}, indent=1) + "\n", "utf-8")
        return 0
    if kept.get("corpus_sha256") != digest:
        print("the pages are not those that the floors were set on")
        return 1
    missed = {k: v for k, v in kept["floors"].items() if scores[k] < v - MARGIN}
    for name, floor in missed.items():
        print(f"below its floor: {name} {scores[name]:.4f} < {floor}")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
