"""Headlines: the document's own, and those of other articles that stand around its text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from tracewire.clean.labelled import Labelled
from tracewire.clean.lines import related_cue
from tracewire.clean.names import is_name, is_outlet_name, name_part
from tracewire.clean.shape import contents, is_headline, key
from tracewire.clean.units import Mark, words

__all__ = ["find_title", "label_head", "label_middle", "label_tail", "put_title"]

TITLE_SUPPORT = 0.25
"""Least share of a headline's words that its text uses too; headlines of other matters share a fifth by chance."""

OF_THIS_TEXT = 0.6
"""From this share of common words on, a line near the text speaks of its matter: a standfirst, no other article."""

LINE_WORDS = 14
"""Longest line above a headline that is furniture: slogans and tickers; longer ones are text."""

LISTED_BELOW = 12
"""Most lines of a list of other articles."""

STANDFIRST_SHARE = 0.45
"""The same right under the headline, where standfirsts stand and other words must not be lost."""

TITLE_MARGIN, WORDS_COUNTED = 0.6, 7
"""The first line with this part of the best score is taken, and no more than so many common words count: a standfirst
shares more words with its text than the headline above it."""

FRAGMENTS = 4
"""Lists that belong to a text are announced or have points; shorter runs of short lines are signatures and scores."""

_TITLE = Mark("title", "headline before the text")
_OTHERS = Mark("related", "run of headlines apart from the text")


def put_title(work: Labelled, index: int, rule: str) -> None:
    """Make a unit the title, whatever it was, and every other copy of it a duplicate."""
    work.title = index
    work.marks[index] = Mark("title", rule)
    own = key(work.text(index))
    for other, unit in enumerate(work.units):
        if other != index and key(unit.text) == own:
            work.marks[other] = Mark("duplicate", "the headline again")


def find_title(work: Labelled) -> None:
    """Choose the headline among the lines before the text."""
    if work.title is not None:
        return
    first, _ = work.zone()
    said = _said(work, first)
    scored = [(_score(work, i, said, first), i) for i in range(first) if _can_be_title(work, i)]
    scored = [(score, i) for score, i in scored if score > 0]
    if not scored:
        return
    best = max(score for score, _ in scored)
    index = next(i for score, i in scored if score >= TITLE_MARGIN * best)
    put_title(work, _bare(work, index, [i for _, i in scored]), _TITLE.rule)


def _bare(work: Labelled, index: int, others: list[int]) -> int:
    """The same headline without the name of its site, where it stands so too; the longer copy is a duplicate."""
    own = key(work.text(index))
    for other in others:
        bare = key(work.text(other))
        if bare.count(" ") >= 3 and bare != own and (own.endswith(" " + bare) or own.startswith(bare + " ")):
            work.put(index, Mark("duplicate", "the headline with the name of the site"))
            return other
    return index


def _can_be_title(work: Labelled, index: int) -> bool:
    text = work.text(index)
    least = 2 if index in work.repeated or work.units[index].hint.heading else 3
    named = " | " in text and len(text.split(" | ")[0].split()) < 4
    return work.free(index) and not named and is_headline(text, least, 30) and not _is_listed(work, index)


def _is_listed(work: Labelled, index: int) -> bool:
    """Whether a heading of other articles stands above a line, with no blank line between."""
    if not work.shape.spaced or index in work.repeated:
        return False
    group = work.units[index].group
    near = range(index - 1, max(-1, index - LISTED_BELOW - 1), -1)
    above = takewhile(lambda i: work.units[i].group == group, near)
    return any((cue := related_cue(work.text(i))) and cue[0] == "heading" for i in above)


def _said(work: Labelled, first: int) -> frozenset[str]:
    """What the text speaks of, as stems."""
    texts = (work.text(i) for i in range(first, len(work.units)) if work.prose(i))
    return frozenset(stem for text in texts for stem in contents(text))


def _share(text: str, said: frozenset[str]) -> float:
    """The share of a line's content words that the text uses."""
    stems = contents(text)
    return sum(stem in said for stem in stems) / len(stems) if stems else 0.0


def _score(work: Labelled, index: int, said: frozenset[str], first: int) -> float:
    """How much a line looks like the headline of this text; 0 where too little speaks for it."""
    unit = work.units[index]
    stems = set(contents(unit.text))
    common, count = len(stems & said), len(unit.text.split())
    share = common / len(stems) if stems else 0.0
    repeated = index in work.repeated and count >= 5
    doubled = index + 1 < len(work.units) and key(work.text(index + 1)) == key(unit.text)
    alone = _alone(work, index)
    if share < TITLE_SUPPORT and not (repeated or doubled or unit.hint.heading or (alone and index == 0)):
        return 0.0
    length = 0.5 if 5 <= count <= 20 else 0.0
    far = min(1.5, 0.05 * (first - index))
    return max(0.1, min(common, WORDS_COUNTED) * share + 1.5 * (repeated or doubled) + length + 0.3 * alone - far)


def _alone(work: Labelled, index: int) -> bool:
    """Whether blank lines stand before and after a unit."""
    near = [work.units[i].group for i in (index - 1, index + 1) if 0 <= i < len(work.units)]
    return work.units[index].group not in near


def label_head(work: Labelled) -> None:
    """Label what stands before the text: a masthead and sections above the headline, other things below it."""
    first, _ = work.zone()
    if not work.furnished or not any(work.free(i) for i in range(first)):
        return
    said = _said(work, first)
    start = 0
    if work.title is not None:
        _above_title(work, said)
        start = work.title + 1
        first = next((i for i in range(start, first) if work.prose(i) == 2), first)
    for run in _runs(work, start, first):
        _below_title(work, run, said)


def _above_title(work: Labelled, said: frozenset[str]) -> None:
    assert work.title is not None
    for index in range(work.title):
        if not work.free(index) or work.prose(index) == 2:
            continue
        text = work.text(index)
        if work.masthead is None and index <= 2 and is_outlet_name(name_part(text)):
            work.masthead = index
            work.put(index, Mark("nav", "masthead: a short name above the headline"))
        elif len(text.split()) < 5 or (len(text.split()) <= LINE_WORDS and _share(text, said) < OF_THIS_TEXT):
            work.put(index, Mark("nav", "line above the headline"))


def _below_title(work: Labelled, run: list[int], said: frozenset[str]) -> None:
    """Two headlines or more in a run are of other articles, unless they speak of this one."""
    strange = (i for i in run if i not in work.repeated and _share(work.text(i), said) < STANDFIRST_SHARE)
    headlines = [i for i in strange if is_headline(work.text(i), 4)]
    if len(headlines) >= 2:
        for index in headlines:
            work.put(index, _OTHERS)
    for index in run:
        text = work.text(index)
        if work.title is not None and work.free(index) and is_name(text):
            work.put(index, Mark("byline", "name alone between headline and text"))
        elif work.title is not None and work.free(index) and len(words(text)) <= 2 and is_headline(text, 1, 2):
            work.put(index, Mark("nav", "word alone between headline and text"))


def label_middle(work: Labelled) -> None:
    """Lists of headlines in the middle of a text: two lines or more together, where paragraphs stand apart."""
    first, last = work.zone()
    if not work.furnished or not work.shape.stopped:
        return
    said = _said(work, first)
    for run in _runs(work, first + 1, last):
        _fragments(work, run)
        together = [i for i in run if work.units[i].group == work.units[run[0]].group]
        if len(together) < 2 or len(together) != len(run) or not all(is_headline(work.text(i), 4) for i in run):
            continue
        before = work.text(run[0] - 1).rstrip()
        if (
            work.units[run[0]].hint.main is None
            and not before.endswith((":", ",", "-"))
            and _mean_share(work, run, said) < OF_THIS_TEXT
        ):
            for index in run:
                work.put(index, _OTHERS)


def _fragments(work: Labelled, run: list[int]) -> None:
    """Four short lines or more in a row are a menu, unless something announces them as a list."""
    if len(run) < FRAGMENTS or work.text(run[0] - 1).rstrip().endswith(":"):
        return
    if all(is_headline(work.text(i), 1, 3) for i in run):
        for index in run:
            work.put(index, Mark("nav", "run of short lines"))


def label_tail(work: Labelled) -> None:
    """Headlines after the end of the text: a run of them, or one behind other things that are not text."""
    _, last = work.zone()
    if not work.furnished or not work.shape.stopped:
        return
    said = _said(work, 0)
    for run in _runs(work, last + 1, len(work.units)):
        headlines = [i for i in run if is_headline(work.text(i), 4)]
        apart = any(not work.free(i) for i in range(last + 1, run[0]))
        share = _mean_share(work, headlines, said)
        if (len(headlines) >= 2 and share < OF_THIS_TEXT) or (headlines and apart and share < 0.5):
            for index in headlines:
                work.put(index, _OTHERS)
        for index in run:
            if is_headline(work.text(index), 1, 3):
                work.put(index, Mark("nav", "short line after the text"))


def _mean_share(work: Labelled, indices: list[int], said: frozenset[str]) -> float:
    return sum(_share(work.text(i), said) for i in indices) / len(indices) if indices else 1.0


def _runs(work: Labelled, start: int, end: int) -> Iterator[list[int]]:
    """Stretches of free units that are no text, between other units."""
    run: list[int] = []
    for index in range(start, end):
        if work.free(index) and not work.prose(index):
            run.append(index)
        elif run:
            yield run
            run = []
    if run:
        yield run
