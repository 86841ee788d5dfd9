"""Files to units: tells a claims file from annotated sentences, and names file and line of whatever is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from tracewire.errors import UsageError
from tracewire.evaluate.annotation import SentenceRow, unit_of_sentence
from tracewire.evaluate.interchange import ClaimLine, DocumentLine, Line, MentionLine, found_claim, found_mention
from tracewire.evaluate.score import Evaluation, score
from tracewire.evaluate.units import Found, Labelled, Unit
from tracewire.model import Span

Row = TypeVar("Row")
Units = dict[str, Unit]


def evaluate(claims: Path, gold: Path) -> Evaluation:
    """Score a claims file or an annotation file against a key; raises UsageError for input that cannot be compared."""
    by_hash = _is_claims_file(gold)
    if by_hash and not _is_claims_file(claims):
        raise UsageError(f"{gold} is a claims file, so {claims} must be one too")
    predicted, key = read_units(claims, by_hash=by_hash), read_units(gold, by_hash=by_hash)
    check_same_texts(predicted, key, claims, gold)
    return score(predicted, key)


def read_units(path: Path, *, by_hash: bool = False) -> Units:
    """Units of a file: sentences by "<doc>#<i>", documents of a claims file by name or, with `by_hash`, by SHA-256."""
    return _claims_file(path, by_hash=by_hash) if _is_claims_file(path) else _annotations(path)


def gold_to_source(path: Path) -> Iterator[dict[str, str]]:
    """Annotated sentences as rows of a JSONL source, one document each: {"id": "<doc>#<i>", "text": ...}."""
    for _, row in _sentences(path):
        yield {"id": row.key, "text": row.text}


def check_same_texts(predicted: Mapping[str, Unit], key: Mapping[str, Unit], claims: Path, gold: Path) -> None:
    """Raise UsageError where both sides have nothing in common or speak of different texts under one name."""
    common = sorted(predicted.keys() & key.keys())
    if key and not common:
        raise UsageError(f"{claims} and {gold} have no text in common; {_example(predicted, key)}")
    for name in common:
        mine, text = predicted[name], key[name].text
        if text is None:
            continue
        spans = [m.span for m in mine.mentions] + [c.trigger for c in mine.claims]
        if (mine.text is not None and mine.text != text) or any(text[s.start : s.end] != s.quote for s in spans):
            raise UsageError(f"{claims}: {name} is not the text that {gold} has under this name")


def _example(predicted: Mapping[str, Unit], key: Mapping[str, Unit]) -> str:
    return f"the first has {min(predicted, default='none')!r}, the key has {min(key)!r}"


# ---------------------------------------------------------------- lines


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                stripped = line.removeprefix(b"\xef\xbb\xbf").strip()
                if stripped:
                    yield number, stripped
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from error


def _decode(path: Path, number: int, line: bytes, type_: type[Row]) -> Row:
    try:
        return msgspec.json.decode(line, type=type_)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise UsageError(f"{path}: line {number}: {error}") from error


def _is_claims_file(path: Path) -> bool:
    for number, line in _lines(path):
        row = _decode(path, number, line, dict[str, Any])
        return "kind" in row
    raise UsageError(f"{path}: is empty")


# ---------------------------------------------------------------- annotated sentences


def _sentences(path: Path) -> Iterator[tuple[int, SentenceRow]]:
    for number, line in _lines(path):
        yield number, _decode(path, number, line, SentenceRow)


def _annotations(path: Path) -> Units:
    units: Units = {}
    for number, row in _sentences(path):
        if row.key in units:
            raise UsageError(f"{path}: line {number}: {row.key} stands twice in this file")
        try:
            units[row.key] = unit_of_sentence(row)
        except ValueError as error:
            raise UsageError(f"{path}: line {number}: {row.key}: {error}") from error
    return units


# ---------------------------------------------------------------- claims files


class _Gathered:
    """Lines of a claims file by document id."""

    def __init__(self) -> None:
        self.documents: dict[str, DocumentLine] = {}
        self.mentions: defaultdict[str, list[Labelled]] = defaultdict(list)
        self.claims: defaultdict[str, list[Found]] = defaultdict(list)

    def add(self, path: Path, number: int, line: bytes) -> None:
        kind = _decode(path, number, line, Line).kind
        if kind == "document":
            document = _decode(path, number, line, DocumentLine)
            self.documents[document.id] = document
        elif kind == "mention":
            mention = _decode(path, number, line, MentionLine)
            self._check(path, number, mention.document, Span(mention.start, mention.end, mention.quote))
            self.mentions[mention.document].append(found_mention(mention))
        elif kind == "claim":
            claim = _decode(path, number, line, ClaimLine)
            self._check(path, number, claim.document, claim.trigger)
            self.claims[claim.document].append(found_claim(claim))

    def _check(self, path: Path, number: int, document: str, span: Span) -> None:
        if document not in self.documents:
            raise UsageError(f"{path}: line {number}: there is no document {document!r} before this line")
        if not 0 <= span.start < span.end:
            raise UsageError(f"{path}: line {number}: {span.start}:{span.end} is no span")


def _claims_file(path: Path, *, by_hash: bool) -> Units:
    gathered = _Gathered()
    for number, line in _lines(path):
        gathered.add(path, number, line)
    units: Units = {}
    for document in sorted(gathered.documents.values(), key=lambda d: (d.name, d.id)):
        name = document.sha256 if by_hash else document.name
        while name in units:  # the same bytes under several names: each is its own unit, in order of name
            name += "+"
        units[name] = Unit(tuple(gathered.mentions[document.id]), tuple(gathered.claims[document.id]))
    return units
