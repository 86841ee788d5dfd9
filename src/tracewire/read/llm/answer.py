"""From the words of an answer to rows: what is no JSON of the form asked for is said to be so, never mended."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, TypeVar

Row = TypeVar("Row", "ClaimRow", "MentionRow")
_THOUGHT = re.compile(r"\A\s*<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL)
"""What reasoning models print before they answer."""


@dataclass(frozen=True, slots=True)
class MentionRow:
    """A mention as the model gives it."""

    quote: str
    type: str
    form: str | None = None
    sentence: Any = None


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A filled role, or a place with its direction."""

    role: str
    quote: str
    count: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim as the model gives it; what a model may leave out has the value that the prompt names for it."""

    type: str
    trigger: str
    sentence: Any = None
    roles: list[RoleRow] | None = None
    places: list[RoleRow] | None = None
    times: list[str] | None = None
    sources: list[str] | None = None
    cue: str | None = None
    modality: str = "asserted"
    polarity: str = "+"
    opinion: bool = False


def parse_answer(content: str | None) -> dict[str, Any] | None:
    """The JSON object of an answer, also inside a code fence or after thinking; None where it is cut or none."""
    text = _THOUGHT.sub("", content or "", count=1)
    start, end = text.find("{"), text.rfind("}")
    try:
        found = json.loads(text[start : end + 1]) if 0 <= start < end else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not isinstance(found.get("claims"), list):
        return None
    return found


def rows(items: Any, kind: type[Row]) -> tuple[list[Row], int]:
    """The items that are rows of a kind, and how many are not."""
    import msgspec

    found: list[Row] = []
    broken = 0
    for item in items if isinstance(items, list) else []:
        try:
            found.append(msgspec.convert(item, kind, strict=False))
        except (msgspec.ValidationError, RecursionError):
            broken += 1
    return found, broken


def sentence_number(value: Any) -> int | None:
    """The number in what a model gives as a sentence: 4, "4", "[4]"; None where there is none."""
    match = re.search(r"\d{1,9}", str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else None
    return int(match.group()) if match else None
