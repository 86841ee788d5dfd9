"""The noise of real pages: lower-cased and tokenised text, capitals, lost marks, glued numbers, typing errors."""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import replace

from training.data import Example, Offsets

Cut = tuple[int, int, str]
"""A stretch of the old text and what stands for it in the new one."""
_TOKEN = re.compile(r"\w+|[^\w\s]|\s+")
_SMALL = frozenset(["a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "by", "with", "from", "as"])


def lowered(text: str, _: random.Random) -> Iterable[Cut]:
    """All letters small."""
    yield from ((m.start(), m.end(), m.group().lower()) for m in _TOKEN.finditer(text))


def tokenised(text: str, _: random.Random) -> Iterable[Cut]:
    """Small letters and every mark apart, as text mining tools leave it."""
    for m in _TOKEN.finditer(text):
        word = m.group()
        before = text[m.start() - 1 : m.start()]
        apart = (
            m.start() > 0
            and not before.isspace()
            and not word.isspace()
            and (not word[0].isalnum() or not before.isalnum())
        )
        if word in "'’" or before in "'’":
            apart = word in "'’"
        yield m.start(), m.end(), (" " if apart else "") + word.lower()


def capitals(text: str, _: random.Random) -> Iterable[Cut]:
    """All letters large."""
    yield from ((m.start(), m.end(), m.group().upper()) for m in _TOKEN.finditer(text))


def headline(text: str, _: random.Random) -> Iterable[Cut]:
    """Title case, no article and no full stop at the end."""
    for m in _TOKEN.finditer(text):
        word = m.group()
        small = word.lower() in _SMALL and m.start() > 0
        last = m.end() == len(text) and word == "."
        yield m.start(), m.end(), "" if last else word.lower() if small else word[0].upper() + word[1:]


def unmarked(text: str, rnd: random.Random) -> Iterable[Cut]:
    """Some commas, full stops and quotation marks lost."""
    for m in _TOKEN.finditer(text):
        lost = m.group() in ",.\"“”;'’" and rnd.random() < 0.6
        yield m.start(), m.end(), "" if lost else m.group()


def glued(text: str, rnd: random.Random) -> Iterable[Cut]:
    """Numbers glued to what they count: "10Tanks"."""
    at = 0
    for m in re.finditer(r"(?<=\d)(\s+)([a-z])(?=[a-z]{2})", text):
        if rnd.random() < 0.7:
            yield at, m.start(), text[at : m.start()]
            yield m.start(1), m.end(1), ""
            yield m.start(2), m.end(2), m.group(2).upper() if rnd.random() < 0.5 else m.group(2)
            at = m.end()
    yield at, len(text), text[at:]


def mistyped(text: str, rnd: random.Random) -> Iterable[Cut]:
    """Now and then two letters of a long word changed places, or one lost."""
    for m in _TOKEN.finditer(text):
        word = m.group()
        if len(word) > 5 and word.isalpha() and rnd.random() < 0.12:
            i = rnd.randrange(1, len(word) - 2)
            word = word[:i] + word[i + 1] + word[i] + word[i + 2 :] if rnd.random() < 0.5 else word[:i] + word[i + 1 :]
        yield m.start(), m.end(), word


NOISES: tuple[tuple[Callable[[str, random.Random], Iterable[Cut]], float], ...] = (
    (lowered, 0.18), (tokenised, 0.27), (capitals, 0.07), (headline, 0.13), (unmarked, 0.15),
    (glued, 0.05), (mistyped, 0.15),
)  # fmt: skip
"""Each noise and its share of the sentences that get one."""


def noisy(example: Example, rnd: random.Random) -> Example:
    """The sentence with one kind of noise, its annotation moved along."""
    noise = rnd.choices([n for n, _ in NOISES], [w for _, w in NOISES])[0]
    return rewritten(example, list(noise(example.text, rnd)))


def rewritten(example: Example, cuts: list[Cut]) -> Example:
    """The example over the text that the cuts make; a span that loses all its letters goes."""
    starts, news, at = [], [], 0
    for cut in cuts:
        starts.append(cut[0])
        news.append(at)
        at += len(cut[2])
    text = "".join(cut[2] for cut in cuts)

    def position(old: int, right: bool) -> int:
        index = max(0, bisect_right(starts, old - right) - 1)
        start, end, new = cuts[index]
        inside = old - start
        if new.startswith(" ") and not text[:1].isspace() and len(new) == end - start + 1:
            inside += 1  # the space that parts a mark from the word before it belongs to neither
        return news[index] + min(len(new), inside if old < end or len(new) >= end - start else len(new))

    def move(span: Offsets) -> Offsets:
        a, b = position(span[0], False), position(span[1], True)
        while a < b and text[a].isspace():
            a += 1
        return a, b

    kept = [(m, move(m.at)) for m in example.mentions]
    mentions = tuple(replace(m, at=at) for m, at in kept if at[0] < at[1])
    claims = [
        replace(
            c,
            trigger=move(c.trigger),
            roles=tuple((r, move(at)) for r, at in c.roles),
            sources=tuple(map(move, c.sources)),
            cue=move(c.cue) if c.cue else None,
        )
        for c in example.claims
    ]
    return replace(
        example, text=text, mentions=mentions, claims=tuple(c for c in claims if c.trigger[0] < c.trigger[1])
    )
