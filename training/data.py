"""Annotated sentences as examples with character offsets, and the split of documents into train, dev and test."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from tracewire.evaluate.annotation import locate
from training.sources import REPOSITORY, SHARED, text_at

OWN = REPOSITORY / "training" / "data"
ANNOTATED = SHARED / "data" / "annotated"

CARRIED = ".notext.jsonl"
"""Annotation whose text may not be carried along: each row says where it stands in the shared corpora."""

Part = Literal["train", "dev", "test"]
Offsets = tuple[int, int]

TEST_SHARE, DEV_SHARE = 16, 6
"""Of each hundred documents of the real and arms sets; own reports all train. Set before the first training run."""


@dataclass(frozen=True, slots=True)
class MentionMark:
    """An annotated mention: offsets into the text, type and form."""

    at: Offsets
    type: str
    form: str


@dataclass(frozen=True, slots=True)
class ClaimMark:
    """An annotated claim; `roles` holds (role, offsets), places and times among them; sources innermost first."""

    type: str
    trigger: Offsets
    roles: tuple[tuple[str, Offsets], ...]
    sources: tuple[Offsets, ...]
    cue: Offsets | None
    modality: str
    polarity: str


@dataclass(frozen=True, slots=True)
class Example:
    """A text (a sentence, or several joined) with all that it holds."""

    corpus: str
    document: str
    number: int
    text: str
    mentions: tuple[MentionMark, ...]
    claims: tuple[ClaimMark, ...]


def read_examples(path: Path) -> list[Example]:
    """All sentences of one annotation file; raises ValueError that names a line with a quote not in its text."""
    read = _carried if path.name.endswith(CARRIED) else _example
    examples = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip():
            try:
                examples.append(read(path.name.partition(".")[0], json.loads(line)))
            except (KeyError, ValueError) as error:
                raise ValueError(f"{path}, line {number}: {error}") from error
    return examples


def _carried(corpus: str, row: dict[str, Any]) -> Example:
    """A row with offsets, whose text stands in a shared corpus."""
    text = text_at(*row["from"])
    if hashlib.sha256(text.encode()).hexdigest()[:16] != row["sha256"]:
        raise ValueError(f"the text at {row['from']} is another than was annotated")
    return unquoted(corpus, row, text)


def unquoted(corpus: str, row: dict[str, Any], text: str) -> Example:
    """An example from a row that holds offsets into `text` in place of quotes."""
    mentions = tuple(MentionMark((a, b), kind, form) for kind, form, a, b in row["mentions"])
    claims = tuple(claim_mark(claim, lambda pair: (pair[0], pair[1])) for claim in row["claims"])
    return Example(corpus, row["doc"], row["i"], text, mentions, claims)


def _example(corpus: str, row: dict[str, Any]) -> Example:
    text = row["text"]

    def at(quote: str) -> Offsets:
        span = locate(text, quote)
        return span.start, span.end

    mentions = tuple(MentionMark(at(quote), kind, form) for kind, form, quote in row["mentions"])
    return Example(
        corpus, row["doc"], row["i"], text, mentions, tuple(claim_mark(claim, at) for claim in row["claims"])
    )


def claim_mark(row: dict[str, Any], at: Callable[[Any], Offsets]) -> ClaimMark:
    """A claim of an annotation row; `at` turns what the row has for words (a quote, or offsets) into offsets."""
    roles = [(role, at(quote)) for role, quotes in row["args"].items() for quote in quotes]
    roles += [(role, at(quote)) for role in ("place", "time") for quote in row[role]]
    return ClaimMark(
        type=row["type"].lower(),
        trigger=at(row["trigger"]),
        roles=tuple(roles),
        sources=tuple(at(quote) for quote in row["source"]),
        cue=at(row["cue"]) if row["cue"] else None,
        modality=row["modality"],
        polarity=row["polarity"],
    )


def part_of(example: Example) -> Part:
    """Where a document belongs: a hash of its name decides, so that new files move nothing."""
    if example.corpus.startswith("own"):
        return "train"
    share = _share(example.document)
    return "test" if share < TEST_SHARE else "dev" if share < TEST_SHARE + DEV_SHARE else "train"


def kept_apart(document: str) -> bool:
    """Whether a real document is tested or tuned on."""
    return _share(document) < TEST_SHARE + DEV_SHARE


def _share(document: str) -> int:
    return int(hashlib.sha256(document.encode()).hexdigest(), 16) % 100


def corpora() -> list[Path]:
    """The annotation files of the project, then the shared ones, in a fixed order."""
    return [
        *sorted(OWN.glob("own-*.jsonl")),
        *sorted(OWN.glob(f"real-*{CARRIED}")),
        *sorted(OWN.glob(f"arms-*{CARRIED}")),
        *sorted(ANNOTATED.glob("real-*.jsonl")),
        *sorted(ANNOTATED.glob("arms-*.jsonl")),
    ]


def load(parts: Iterable[Part], paths: Iterable[Path] | None = None) -> list[Example]:
    """The examples of some parts of the split."""
    wanted = set(parts)
    return [e for path in (corpora() if paths is None else paths) for e in read_examples(path) if part_of(e) in wanted]


def neighbours(examples: list[Example]) -> Iterator[tuple[Example, Example]]:
    """Pairs of sentences that follow each other in one document."""
    for one, other in pairwise(examples):
        if (one.corpus, one.document, one.number + 1) == (other.corpus, other.document, other.number):
            yield one, other


def joined(one: Example, other: Example, glue: str = " ") -> Example:
    """Two sentences as one text."""
    shift = len(one.text) + len(glue)

    def move(at: Offsets) -> Offsets:
        return at[0] + shift, at[1] + shift

    mentions = tuple(MentionMark(move(m.at), m.type, m.form) for m in other.mentions)
    claims = tuple(
        ClaimMark(
            c.type, move(c.trigger), tuple((r, move(at)) for r, at in c.roles), tuple(map(move, c.sources)),
            move(c.cue) if c.cue else None, c.modality, c.polarity,
        )
        for c in other.claims
    )  # fmt: skip
    return Example(
        one.corpus,
        one.document,
        other.number,
        one.text + glue + other.text,
        one.mentions + mentions,
        one.claims + claims,
    )
