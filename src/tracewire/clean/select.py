"""Which blocks of a page are main text: extractors vote, and their votes are weighed with what a block looks like and
where it stands.

The weights are trees grown on labelled pages by bench/grow_selector.py and kept as data beside this file; each feature
has a name, so that a choice can be explained.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracewire.clean.html import HOLDERS, Page
from tracewire.clean.regions import ARTICLE, BODY, LABELS, MAIN, NAMED, SIGNS
from tracewire.clean.trees import scores

__all__ = ["FAST", "STATED", "VOTERS", "WEIGHERS", "Weigher", "columns", "probabilities"]

VOTERS = ("trafilatura", "resiliparse", "readability")
"""Extractors that vote. Two of trafilatura's modes in place of readability gave less, all six no more."""

FAST = ("resiliparse",)
"""The one that votes on the fast path: it takes a tenth of the time of the others."""

STATED = "articleBody"
"""The vote of a page that gives its text in JSON-LD."""

NEAR = 50
"""Blocks beyond which distance says nothing more."""

FULL_LENGTH = 300
"""Words of a short report; extractors that agree on so many are seldom both wrong."""

LONG = 25
"""Words of a paragraph that is text for certain."""

CUE_CHARS = 240
"""Longest line that invites, credits or sells."""

_STOP = re.compile(r"[.!?…][\"'”’»)\]]*\Z")
_CAPITAL = re.compile(r"(?:\A|\s)[A-Z0-9]")
_CUE = re.compile(
    r"\b(?:subscri|newsletter|sign(?:ed)? (?:up|in)|log in|cookie|related|read (?:more|also|next)|see also|follow|"
    r"share|comment|advert|sponsor|copyright|all rights|\d+ min|click here|download|trending|recommend|you may|"
    r"more from|latest|popular|written by|posted|updated|published|tags?|categor|previous|next|photo|image|credit|"
    r"source|author|contact|email|privacy|terms|learn more|get started|free|join)|©", re.I
)  # fmt: skip
_LABELS = ("nav", "related", "caption", "quote", "embed", "byline", "bio", "social", "credit", "disclaimer")
_NAMES = ("p", "li", "div", "td", "figcaption", "section", "article", "blockquote", "h2", "h3")


@dataclass(frozen=True, slots=True)
class Weigher:
    """A file of trees, whose votes they see, and how much their word counts."""

    file: str
    voters: tuple[str, ...]
    weight: float


WEIGHERS = {
    VOTERS: (Weigher("select.json", VOTERS, 0.65), Weigher("select_one.json", FAST, 0.35)),
    FAST: (Weigher("select_fast.json", FAST, 1.0),),
}
"""For those who vote the trees that weigh. Trees that see one vote only go more by what a block looks like, so the two
err on different pages: on sites not seen their mean gave word F1 .946, the better one alone .941."""


def probabilities(page: Page, votes: Mapping[str, Sequence[bool]], voters: tuple[str, ...] = VOTERS) -> list[float]:
    """For each block of a page how likely it is main text, 0 to 1."""
    if not page.units:
        return []
    import numpy as np

    about = _of_page(page, votes.get(STATED))
    score = np.zeros(len(page.units))
    for weigher in WEIGHERS[voters]:
        found = _of_votes(about, votes, weigher.voters)
        score += weigher.weight * scores(weigher.file, list(found), np.column_stack(list(found.values())))
    likely: list[float] = (1.0 / (1.0 + np.exp(-score))).tolist()
    return likely


def columns(page: Page, votes: Mapping[str, Sequence[bool]], voters: tuple[str, ...] = VOTERS) -> dict[str, Any]:
    """The features of all blocks that trees see who see these votes, an array for each, by name."""
    return _of_votes(_of_page(page, votes.get(STATED)), votes, voters)


@dataclass(frozen=True, slots=True)
class _About:
    """What is known of the blocks of a page before anybody votes."""

    page: Page
    look: dict[str, Any]
    rest: dict[str, Any]


def _of_page(page: Page, stated: Sequence[bool] | None) -> _About:
    import numpy as np

    look = _look(page)
    given = np.array(stated or [False] * len(page.units), dtype=float)
    rest = {name: values for name, values in look.items() if name not in ("words", "stop")}
    rest |= _around(look) | _region(page, look) | {"in the stated text": given - (0.5 if given.any() else 0.0)}
    return _About(page, look, rest)


def _of_votes(about: _About, votes: Mapping[str, Sequence[bool]], voters: tuple[str, ...]) -> dict[str, Any]:
    """All features: those of the votes, then those of the page."""
    import numpy as np

    words = about.look["words"]
    cast = np.array([votes[voter] for voter in voters], dtype=float).reshape(len(voters), len(words))
    ballot = _ballot(cast, words)
    found = {f"vote of {voter}": row for voter, row in zip(voters, cast, strict=True)}
    agreement = ballot.pop("agreement")
    if len(voters) > 1:
        found |= {f"vote of {v} by its agreement": c * a for v, c, a in zip(voters, cast, agreement, strict=True)}
    found |= _place(ballot, words)
    found["votes by a region that is no text"] = ballot["share of votes"] * about.rest["region that is no text"]
    found |= _holders(about.page, about.look, ballot["weighed votes"])
    return found | about.rest


def _ballot(cast: Any, words: Any) -> dict[str, Any]:
    """The votes together: each extractor weighs as much as it agrees with the others."""
    import numpy as np

    agreement = np.ones(len(cast))
    for one, own in enumerate(cast):
        shares = []
        for other, its in enumerate(cast):
            either = float((words * np.maximum(own, its)).sum())
            if one != other:
                shares.append(float((words * own * its).sum()) / either if either else 0.0)
        agreement[one] = sum(shares) / len(shares) if shares else 1.0
    weighed = (cast * agreement[:, None]).sum(axis=0) / (agreement.sum() or 1.0)
    return {"agreement": agreement, "share of votes": cast.mean(axis=0), "weighed votes": weighed}


def _place(ballot: Mapping[str, Any], words: Any) -> dict[str, Any]:
    """Where a block stands to what was voted for."""
    import numpy as np

    share, weighed = ballot["share of votes"], ballot["weighed votes"]
    size = len(share)
    at = np.arange(size)
    chosen = np.flatnonzero(share >= 0.5)
    first, last = (int(chosen[0]), int(chosen[-1])) if len(chosen) else (size, -1)
    around = {f"votes {step:+d}": _moved(weighed, step) for step in (-2, -1, 1, 2)}
    inside = ((first <= at) & (at <= last)).astype(float)
    voted = max(float((words * weighed).sum()), 1.0)
    return {
        **ballot,
        **around,
        "votes around by share": sum(around.values()) * share,
        "within the voted stretch": inside,
        "distance before it": np.log1p(np.clip(first - at, 0, NEAR)),
        "distance after it": np.log1p(np.clip(at - last, 0, NEAR)),
        "within and not voted for": inside * (1 - share),
        "votes by few words": share * (words <= 3),
        "length of what was voted for": np.full(size, min(1.0, voted / FULL_LENGTH)),
    }


def _look(page: Page) -> dict[str, Any]:
    """What a block looks like."""
    import numpy as np

    texts = [unit.text for unit in page.units]
    words = np.array([len(text.split()) for text in texts], dtype=float)
    twice = Counter(texts)
    heading = np.array([unit.hint.heading for unit in page.units])
    ends = [text[-6:] for text in texts]
    many = np.maximum(words, 1)
    return {
        "words": words,
        "log of words": np.log1p(words),
        "twelve words or more": (words >= 12).astype(float),
        "stop": np.array([_STOP.search(end) is not None for end in ends], dtype=float),
        "final stop": np.array([_STOP.search(end) is not None for end in ends], dtype=float),
        "cut with dots": np.array([end.rstrip(" ])").endswith(("...", "…")) for end in ends], dtype=float),
        "final colon": np.array([end.endswith(":") for end in ends], dtype=float),
        "commas a word": np.array([text.count(",") for text in texts]) / many,
        "capitals a word": np.array([len(_CAPITAL.findall(text[:600])) for text in texts]) / np.minimum(many, 100),
        "words of furniture": np.array([len(t) < CUE_CHARS and _CUE.search(t) is not None for t in texts], dtype=float),
        "stands twice": np.array([twice[text] > 1 for text in texts], dtype=float),
        "share of links": np.array(page.linked),
        "headline": (heading == 1).astype(float),
        "heading": (heading > 1).astype(float),
        "place in the page": np.arange(len(texts)) / max(len(texts), 1),
    }


def _around(look: Mapping[str, Any]) -> dict[str, Any]:
    """What stands near a block: its neighbours, text in a window, the nearest paragraphs, the headline."""
    import numpy as np

    words, free = look["words"], 1 - look["share of links"]
    size = len(words)
    at = np.arange(size)
    prose = np.minimum(words, 100) * free * look["stop"]
    total = np.concatenate([[0.0], np.cumsum(prose)])
    found = {}
    for radius in (2, 8):
        low, high = np.maximum(at - radius, 0), np.minimum(at + radius + 1, size)
        found[f"text in a window of {radius}"] = np.log1p(total[high] - total[low] - prose)
    for step in (-1, 1):
        found[f"words {step:+d}"] = _moved(look["log of words"], step)
        found[f"links {step:+d}"] = _moved(look["share of links"], step)
        found[f"stop {step:+d}"] = _moved(look["stop"], step)
        found[f"heading {step:+d}"] = _moved(look["heading"], step)
    long = (words >= LONG) & (free > 0.5) & (look["stop"] > 0)
    before = np.maximum.accumulate(np.where(long, at, -NEAR))
    after = np.minimum.accumulate(np.where(long, at, size + NEAR)[::-1])[::-1]
    found["last long paragraph"] = np.log1p(np.clip(at - before, 0, NEAR))
    found["next long paragraph"] = np.log1p(np.clip(after - at, 0, NEAR))
    found["text before"] = total[:-1] / max(total[-1], 1.0)
    titles = np.flatnonzero(look["headline"])
    gone = at - (int(titles[0]) if len(titles) else -1)
    found["blocks after the headline"] = np.sign(gone) * np.log1p(np.minimum(np.abs(gone), NEAR))
    return found


def _region(page: Page, look: Mapping[str, Any]) -> dict[str, Any]:
    """What the elements around a block say."""
    import numpy as np

    regions = page.regions
    labels = np.array([_LABELS.index(r.mark.label) if r.mark and r.mark.label in _LABELS else -1 for r in regions])
    signs = np.array([region.signs for region in regions])
    names = np.array([_NAMES.index(name) if name in _NAMES else -1 for name in page.names])
    found = {f"region says {label}": (labels == n).astype(float) for n, label in enumerate(_LABELS)}
    found |= {f"element {name}": (names == n).astype(float) for n, name in enumerate(_NAMES)}
    found["region that is no text"] = np.isin(labels, [0, 1, 7]).astype(float)
    found |= {f"sign of {name}": (signs & bit > 0).astype(float) for name, bit in SIGNS}
    found |= {f"any element says {label}": (signs & NAMED << n > 0).astype(float) for n, label in enumerate(LABELS)}
    prose = look["words"] * (1 - look["share of links"]) * look["stop"]
    for name, bit in (("article", ARTICLE), ("main", MAIN), ("body", BODY)):
        held = (signs & bit > 0).astype(float)
        part = float((held * prose).sum()) / max(float(prose.sum()), 1.0)
        found[f"in the text's {name}"] = (2 * held - 1) * part
    return found


def _holders(page: Page, look: Mapping[str, Any], weighed: Any) -> dict[str, Any]:
    """For the blocks that hold a block: what stands there besides it, and how much of that was voted for."""
    import numpy as np

    words, linked = look["words"], look["words"] * look["share of links"]
    own = words * weighed
    prose = words * (1 - look["share of links"]) * look["stop"]
    voted, every = max(float(own.sum()), 1.0), max(float(prose.sum()), 1.0)
    found: dict[str, Any] = {}
    held = np.array([(holders + (0,) * HOLDERS)[:HOLDERS] for holders in page.holders]).reshape(len(words), HOLDERS)
    for level in range(HOLDERS):
        known = held[:, level] > 0
        _, group = np.unique(held[:, level], return_inverse=True)
        rest, votes, links, text = (
            np.where(known, np.bincount(group, weights=values)[group] - values, 0.0)
            for values in (words, own, linked, prose)
        )
        least = np.maximum(rest, 1.0)
        found |= {
            f"share of all votes in holder {level}": votes / voted,
            f"voted part of holder {level}": votes / least,
            f"links in holder {level}": links / least,
            f"text in holder {level}": text / least,
            f"share of all text in holder {level}": text / every,
        }
    return found


def _moved(values: Any, step: int) -> Any:
    """The values of the blocks that stand `step` further on, 0 beyond the ends."""
    import numpy as np

    moved = np.zeros(len(values))
    if step > 0:
        moved[:-step] = values[step:]
    else:
        moved[-step:] = values[:step]
    return moved
