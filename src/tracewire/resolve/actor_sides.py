"""Whose man somebody is, as a text says it: "X, a commander of the Y", "Y spokesman X", "Y is led by X"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from tracewire.lang import load_words
from tracewire.model import Mention
from tracewire.resolve.actor_entities import Found
from tracewire.resolve.context import TextView

__all__ = ["sides"]

LONGEST_BETWEEN = 60


def _pattern(name: str) -> re.Pattern[str]:
    tables = load_words("en", "actor_words")
    offices = "|".join(sorted(map(re.escape, tables["offices"]), key=len, reverse=True))
    office = rf"(?:[\w-]+ ){{0,2}}(?:{offices})"
    leads = r"(?:who )?(?:leads|heads|commands|led|headed|commanded|speaks for|founded)"
    led = r"(?:is |was |are |were )?(?:led|headed|commanded|founded) by"
    patterns = {
        "person first": (
            rf"^,?\s*(?:(?:is |was )?(?:a|an|the|its)?\s*{office}\s+(?:of|for|in|with)|{leads}|of)\s+(?:the\s+)?$"
        ),
        "group first": rf"^(?:\s?['’]s?)?,?\s*(?:{office}\s*,?\s*(?:is|was)?|,?\s*{led})\s*$",
    }
    return re.compile(patterns[name])


_PERSON_FIRST, _GROUP_FIRST = _pattern("person first"), _pattern("group first")


def sides(view: TextView, mentions: Sequence[Mention], found: Mapping[int, Found]) -> Iterator[tuple[str, str]]:
    """(entity of a person, entity of his side), for each pair of neighbouring names that the text joins so."""
    named = [i for i, m in enumerate(mentions) if i in found and m.form == "name" and m.type in ("GROUP", "PERSON")]
    named.sort(key=lambda i: mentions[i].span.start)
    for left, right in pairwise(named):
        types = (mentions[left].type, mentions[right].type)
        if types[0] == types[1]:
            continue
        between = view.between(mentions[left].span, mentions[right].span)
        if between is None or len(between) > LONGEST_BETWEEN:
            continue
        if types == ("PERSON", "GROUP") and _PERSON_FIRST.match(between):
            yield found[left].entity, found[right].entity
        elif types == ("GROUP", "PERSON") and _GROUP_FIRST.match(between):
            yield found[right].entity, found[left].entity
