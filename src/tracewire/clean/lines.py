"""Line rules: what a line of a page is by its own words. The words stand in phrases.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from tracewire.clean.units import Mark, words
from tracewire.model import Label

__all__ = [
    "Phrases",
    "author_in",
    "author_of",
    "is_menu",
    "is_name",
    "line_rule",
    "name_like",
    "normal",
    "phrases",
    "related_cue",
    "source_of",
]

LINE_CHARS = 420
"""Longest line that a line rule looks at: the longest prompt or wire credit seen is 330 characters."""

_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " ", "\u200b": None, "\ufeff": None})
_FRAGMENT = re.compile(r"<(\w+)>")
_BY = re.compile(
    r"(?:by|written by|posted by|published by|submitted by|uploaded by|contributed by|story by|report by|reported by|"
    r"words by|text by|interview by|from our \w+|authors?\s*:|reporters?\s*:|text\s*:|words\s*:)\s*:?\s+(?=\S)", re.I
)  # fmt: skip
_NAME_SMALL = frozenset(
    [
        "de",
        "al",
        "el",
        "la",
        "le",
        "bin",
        "ibn",
        "ben",
        "van",
        "von",
        "der",
        "den",
        "du",
        "da",
        "dos",
        "di",
        "abu",
        "and",
        "und",
        "y",
        "e",
        "of",
        "the",
    ]
)
_BYLINE_SMALL = _NAME_SMALL | frozenset(
    [
        "in",
        "for",
        "at",
        "on",
        "with",
        "from",
        "to",
        "a",
        "an",
        "our",
        "by",
        "via",
        "amp",
        "special",
        "correspondent",
        "correspondents",
        "reporter",
        "reporters",
        "staff",
        "writer",
        "writers",
        "editor",
        "editors",
        "news",
        "agency",
        "agencies",
        "service",
        "desk",
        "team",
        "bureau",
        "chief",
        "contributor",
        "contributors",
        "senior",
        "foreign",
        "defence",
        "defense",
        "diplomatic",
        "security",
        "affairs",
        "political",
        "world",
        "war",
        "national",
        "guest",
        "columnist",
        "analyst",
        "freelance",
        "journalist",
        "associate",
        "deputy",
        "managing",
        "digital",
        "online",
        "web",
        "monitoring",
        "updated",
        "published",
        "posted",
        "pm",
        "am",
        "gmt",
    ]
)
_NO_NAME = frozenset(
    [
        "the",
        "by",
        "written",
        "posted",
        "learn",
        "more",
        "read",
        "see",
        "all",
        "view",
        "latest",
        "news",
        "about",
        "contact",
        "category",
        "released",
        "our",
        "this",
        "how",
        "why",
        "what",
        "next",
        "previous",
        "related",
        "share",
        "home",
        "world",
        "top",
        "author",
        "updated",
        "published",
    ]
)
_SPLIT_MENU = re.compile(r"\s*(?:[|›»>→•·●▪■/\\¦]|\t| {2,}|(?<=\s)[-–—](?=\s)|::)\s*")
_STRONG_MENU = re.compile(r"[|›»→•●▪■¦\t]| {2,}|::|(?<=\S) > (?=\S)")


@dataclass(frozen=True, slots=True)
class _Rule:
    mark: Mark
    patterns: tuple[re.Pattern[str], ...]
    needs: re.Pattern[str] | None
    start: bool
    most: int

    def fits(self, text: str, count: int) -> bool:
        if count > self.most or (self.needs and not self.needs.search(text)):
            return False
        return any(p.match(text) if self.start else p.fullmatch(text) for p in self.patterns)


@dataclass(frozen=True, slots=True)
class Phrases:
    """The compiled content of phrases.toml."""

    lines: tuple[_Rule, ...]
    headings: tuple[_Rule, ...]
    cues: tuple[tuple[bool, re.Pattern[str]], ...]
    date: re.Pattern[str]
    agency: re.Pattern[str]


@cache
def phrases() -> Phrases:
    """Read and compile the phrases once a process; they never change."""
    table = tomllib.loads(files("tracewire.clean").joinpath("phrases.toml").read_text("utf-8"))
    fragments: dict[str, str] = {}
    for name, pattern in table["fragments"].items():
        fragments[name] = _fill(pattern, fragments, table["fragments"])

    def build(pattern: str) -> re.Pattern[str]:
        return re.compile(_fill(pattern, fragments, table["fragments"]), re.I)

    cues = tuple((row["head"], build(pattern)) for row in table["cue"] for pattern in row["patterns"])
    return Phrases(
        tuple(_rule(row, build) for row in table["line"]),
        tuple(_rule(row | {"most": 9}, build, r"(?:%s)\W*") for row in table["heading"]),
        cues,
        build("<date>"),
        build(r"<agency>"),
    )


def _fill(pattern: str, done: dict[str, str], all_: dict[str, str]) -> str:
    """Insert fragments, which may stand in any order and use one another."""
    while found := _FRAGMENT.search(pattern):
        name = found[1]
        if name not in done:
            done[name] = _fill(all_[name], done, all_)
        pattern = pattern[: found.start()] + done[name] + pattern[found.end() :]
    return pattern


def _rule(row: dict[str, Any], build: Any, frame: str = "%s") -> _Rule:
    label: Label = row["label"]
    compiled = tuple(build(frame % pattern if frame != "%s" else pattern) for pattern in row["patterns"])
    needs = build(row["needs"]) if "needs" in row else None
    return _Rule(Mark(label, row["rule"]), compiled, needs, row.get("start", False), row["most"])


def normal(text: str) -> str:
    """Text for matching: white space single, quotation marks straight."""
    return " ".join(text.translate(_QUOTES).split())


def line_rule(text: str) -> Mark | None:
    """The label that a line's own words give it, or None; `text` is as it stands in the document."""
    if len(text) > LINE_CHARS:
        return _icons(text)
    line = normal(text)
    if not any(c.isalnum() for c in line):
        return Mark("nav", "line of marks")
    count = len(line.split())
    for rule in phrases().lines:
        if rule.fits(line, count):
            return rule.mark
    if author_of(line) is not None:
        return Mark("byline", "author line")
    if source_of(line) is not None:
        return Mark("credit", "source line")
    if is_menu(text):
        return Mark("nav", "menu: short items between separators")
    return _icons(line)


def related_cue(text: str) -> tuple[Literal["heading", "line"], Mark, bool] | None:
    """A heading of a list of other articles, or a line that names one; True where it may stand before the text."""
    if len(text) > 300:
        return None
    line = normal(text)
    count = len(words(line))
    for rule in phrases().headings:
        if rule.fits(line, count):
            return "heading", rule.mark, True
    for head, pattern in phrases().cues:
        if count <= 25 and pattern.match(line):
            return "line", Mark("related", "link to another article by its first words"), head
    return None


def name_like(text: str, small: frozenset[str] = _NAME_SMALL) -> bool:
    """Whether every word begins with a capital or digit, or is one that names hold."""
    found = words(text)
    return bool(found) and any(w[0].isupper() for w in found) and all(not w[0].islower() or w in small for w in found)


def is_name(text: str) -> bool:
    """Whether a line is a person's name alone: two to four capitalised words."""
    line = normal(text).rstrip(":,")
    found = line.split()
    if not 2 <= len(found) <= 5 or not all(c.isalpha() or c in " .'-" for c in line):
        return False
    capital = [w for w in found if w[0].isupper()]
    if {w.casefold() for w in found} & _NO_NAME:
        return False
    return 2 <= len(capital) <= 4 and found[0][0].isupper() and name_like(line) and not line.isupper()


def author_of(line: str) -> str | None:
    """Who a "By ..." line names; None where the line is another. `line` is normal."""
    found = _BY.match(line)
    if found is None or len(line) > 160 or len(line.split()) > 18:
        return None
    rest = line[found.end() :].strip(" .")
    return rest if rest[:1] == "@" or (rest[:1].isupper() and name_like(rest, _BYLINE_SMALL)) else None


_WRITTEN_BY = re.compile(r"\b(?:by|BY|By)\s+(?=[A-Z])")


def author_in(line: str) -> str | None:
    """Who a byline names, wherever in it ("Posted on 3 May 2021 by A. Name"). `line` is normal."""
    found = _WRITTEN_BY.search(line)
    return author_of(line) or (author_of("By " + line[found.end() :]) if found else None)


_SOURCE = re.compile(
    r"(?:original )?(?:sources?|via|articles? by|article from|story from|story source|source article|news source)"
    r"(?:\s*[:|]|(?<=via)|(?<=by)|(?<=from))\s+(?=\S)", re.I
)  # fmt: skip
_AFTER_NAME = re.compile(r"\s+(?:[-–—|/]\s*)?(?=by\b)|\s+[-–—|(\[/]\s*|\s*[(\[,;]")


def source_of(line: str) -> str | None:
    """The outlet or agency of a "Source: X - by Y" line; None where the line is another. `line` is normal."""
    found = _SOURCE.match(line)
    if found is None or len(line.split()) > 40:
        return None
    name = _AFTER_NAME.split(line[found.end() :], maxsplit=1)[0].strip(" .\"'")
    if re.match(r"(?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+)+", name):
        return name
    return name if name and len(name.split()) <= 8 and name_like(name, _NAME_SMALL | {"for", "on", "in", "&"}) else None


def is_menu(text: str) -> bool:
    """Whether a line is a list of short items between separators, and no sentence."""
    items = [item.strip() for item in _SPLIT_MENU.split(text.strip())]
    items = [item for item in items if item]
    strong = bool(_STRONG_MENU.search(text.strip()))
    if len(items) < (3 if strong else 4):
        return len(items) == 2 and strong and _two_items(items)
    if text.rstrip().endswith((".", ",", ":")) or not (strong or all(name_like(item) for item in items)):
        return False
    longest = 6 if strong and len(items) >= 4 else 4 if strong else 3
    return all(len(item.split()) <= longest for item in items)


def _two_items(items: list[str]) -> bool:
    """Two items are a menu only as a path or pair of section names: one or two capitalised words each."""
    return all(len(item.split()) <= 2 and item[0].isupper() and name_like(item) and item.isascii() for item in items)


def _icons(text: str) -> Mark | None:
    """Lists of icon names that a page keeps for its buttons."""
    found = text[:4000].lower().split()
    icons = sum("icon" in word for word in found)
    return Mark("nav", "list of icon names") if icons >= 4 and icons >= 0.15 * len(found) else None
