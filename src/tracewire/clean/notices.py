"""Notices at the foot of a page: legal lines and lines about an author. The words stand in notices.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tracewire.clean.phrases import normal
from tracewire.clean.units import Mark

__all__ = ["bio_score", "disclaimer", "is_bio_heading"]

NOTICE_CHARS = 4000
"""Longest paragraph taken for a legal notice; the longest seen on news sites runs to some 2,000 characters."""

WEAK_AT_FOOT, WEAK_ANYWHERE = 3, 5
"""Legal words that make a notice: news prose on lawsuits over copyright reaches two, notices have four and more."""

BIO_CHARS = 700
BIO_NEEDED = 3
"""Signs that make a bio; "X is an analyst at Y" in the text has one or two (`bio_score`)."""


@dataclass(frozen=True, slots=True)
class _Notices:
    certain: tuple[re.Pattern[str], ...]
    needs: tuple[str, ...]
    """Each line that a certain pattern is found in holds one of these: most lines hold none."""
    weak: tuple[re.Pattern[str], ...]
    anchors: re.Pattern[str]
    roles: re.Pattern[str]
    signs: tuple[re.Pattern[str], ...]
    heading: re.Pattern[str]


@cache
def _notices() -> _Notices:
    table = tomllib.loads(files("tracewire.clean").joinpath("notices.toml").read_text("utf-8"))

    def build(patterns: Iterable[str], frame: str = "%s") -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(frame % p, re.I) for p in patterns)

    law, bio = table["disclaimer"], table["bio"]
    return _Notices(
        build(law["certain"]),
        tuple(law["needs"]),
        build(law["weak"], r"\b(?:%s)\b"),
        re.compile(law["anchors"], re.I),
        re.compile(bio["roles"], re.I),
        build(bio["signs"]),
        re.compile(bio["heading"], re.I),
    )


def disclaimer(text: str, at_foot: bool, certain: bool = False) -> Mark | None:
    """A legal or contact notice; `at_foot` says that it stands near the end of the text.

    With `certain` only set phrases count, for text that an extractor has chosen already.
    """
    if len(text) > NOTICE_CHARS:
        return None
    line, known = normal(text), _notices()
    small = line.lower()
    sure = any(map(small.__contains__, known.needs))
    if not sure and (certain or '"' in line or not known.anchors.search(line)):
        return None
    if _reports(line):
        return None
    if sure and any(p.search(line) for p in known.certain):
        return Mark("disclaimer", "legal or contact notice by its wording")
    if certain or '"' in line or not known.anchors.search(line):
        return None
    weight = sum(bool(p.search(line)) for p in known.weak)
    if weight >= (WEAK_AT_FOOT if at_foot else WEAK_ANYWHERE):
        return Mark("disclaimer", f"legal notice: {weight} different legal words")
    return None


def _reports(line: str) -> bool:
    """Whether the paragraph reports speech, as notices never do."""
    return bool(re.search(r"\b(?:said|told|says|according to|added|announced|reported)\b", line))


def is_bio_heading(text: str) -> bool:
    """Whether a line such as "About the author" comes before a bio."""
    return len(text) <= 100 and bool(_notices().heading.fullmatch(normal(text)))


def bio_score(text: str, known: Iterable[str], after_name: bool, elsewhere: str) -> int:
    """How much a paragraph looks like a line about its author; 0 where nothing of a bio is in it.

    `known` are names of authors, `after_name` says that a name or bio heading stands right before it, `elsewhere` is
    the rest of the text in lower case.
    """
    if len(text) > BIO_CHARS:
        return 0
    line, notices = normal(text), _notices()
    opening = " ".join(line.split()[:12])
    role = bool(notices.roles.search(" ".join(line.split()[:45])))
    signs = sum(bool(p.search(line)) for p in notices.signs)
    if not role and not signs:
        return 0
    named = any(part and part in opening for name in known for part in (name, name.split()[-1]))
    subject = re.match(
        r"(?:(?:Dr|Prof|Mr|Ms|Mrs)\.? )?([A-Z][\w'.-]+(?: (?:[A-Z][\w'.-]+|al|de|von|van|bin)){0,3}) ", line
    )
    fresh = subject is not None and subject[1].split()[-1].lower() not in elsewhere
    return role + signs + 2 * named + 2 * after_name + fresh
