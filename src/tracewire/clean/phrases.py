"""The phrases and words of phrases.toml, compiled."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from tracewire.clean.units import Mark

__all__ = ["LONG_LINE", "Phrases", "Rule", "normal", "phrases"]

HEADING_WORDS = 9
"""Longest heading of a list of other articles."""

LONG_LINE = 30
"""Words that only lines with a reason of their own exceed: prompts, captions, credits."""

_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " ", "\u200b": None, "\ufeff": None})
_FRAGMENT = re.compile(r"<(\w+)>")
_Build = Callable[[str], re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern that gives a whole line a mark, or with `start` a line that begins so; `most` words at most."""

    mark: Mark
    pattern: re.Pattern[str]
    needs: re.Pattern[str] | None
    start: bool
    caseless: bool
    most: int

    def fits(self, line: str, count: int) -> bool:
        """Whether the rule speaks on a line of `count` words."""
        if count > self.most or (self.needs and not self.needs.search(line)):
            return False
        return bool(self.pattern.match(line) if self.start else self.pattern.fullmatch(line))


@dataclass(frozen=True, slots=True)
class Phrases:
    """What phrases.toml holds."""

    lines: tuple[Rule, ...]
    any_line: re.Pattern[str]
    """Matches every line that one of `lines` fits, and others: most lines fit none, and are told so in one step."""
    any_long: re.Pattern[str]
    """The same for lines of more than LONG_LINE words."""
    headings: tuple[Rule, ...]
    cues: tuple[tuple[bool, re.Pattern[str]], ...]
    month: str
    date: re.Pattern[str]
    agency: re.Pattern[str]
    words: dict[str, frozenset[str]]


@cache
def phrases() -> Phrases:
    """Read and compile the phrases once a process; they never change."""
    table = tomllib.loads(files("tracewire.clean").joinpath("phrases.toml").read_text("utf-8"))
    fragments: dict[str, str] = table["fragments"]
    done: dict[str, str] = {}

    def build(pattern: str) -> re.Pattern[str]:
        return re.compile(_fill(pattern, done, fragments), re.I)

    lines = [_rule(row, build) for row in table["line"]]
    return Phrases(
        lines=tuple(lines),
        any_line=_any(lines),
        any_long=_any([rule for rule in lines if rule.most > LONG_LINE]),
        headings=tuple(_rule(_heading(row), build) for row in table["heading"]),
        cues=tuple((row["head"], build(pattern)) for row in table["cue"] for pattern in row["patterns"]),
        month=fragments["month"],
        date=build("<date>"),
        agency=build("<agency>"),
        words={name: frozenset(value.split()) for name, value in table["words"].items()},
    )


def _any(rules: Iterable[Rule]) -> re.Pattern[str]:
    ends = ((rule.pattern.pattern, "" if rule.start else r"\Z") for rule in rules)
    return re.compile("|".join(f"(?:{pattern}){end}" for pattern, end in ends), re.I)


def _fill(pattern: str, done: dict[str, str], fragments: dict[str, str]) -> str:
    """Insert fragments, which may stand in any order and use one another."""
    while found := _FRAGMENT.search(pattern):
        name = found[1]
        if name not in done:
            done[name] = _fill(fragments[name], done, fragments)
        pattern = pattern[: found.start()] + done[name] + pattern[found.end() :]
    return pattern


def _heading(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"most": HEADING_WORDS, "patterns": [rf"(?:{pattern})\W*" for pattern in row["patterns"]]}


def _rule(row: dict[str, Any], build: _Build) -> Rule:
    needs = build(row["needs"]) if "needs" in row else None
    patterns = build("|".join(f"(?:{pattern})" for pattern in row["patterns"]))
    return Rule(
        Mark(row["label"], row["rule"]),
        patterns,
        needs,
        row.get("start", False),
        row.get("caseless", False),
        row["most"],
    )


def normal(text: str) -> str:
    """Text for matching: white space single, quotation marks straight."""
    return " ".join((text if text.isascii() else text.translate(_QUOTES)).split())
