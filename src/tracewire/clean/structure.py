"""Labels for the paragraphs of a document by their words, their place and each other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracewire.clean.headlines import find_title, label_head, label_middle, label_tail, put_title
from tracewire.clean.labelled import OUTSIDE, Labelled
from tracewire.clean.lines import line_rule, related_cue
from tracewire.clean.names import author_in, author_name, is_name
from tracewire.clean.notices import BIO_NEEDED, bio_score, disclaimer, is_bio_heading
from tracewire.clean.phrases import normal
from tracewire.clean.repeats import label_repeats
from tracewire.clean.shape import is_headline, key, shape_of
from tracewire.clean.units import Mark, Unit

__all__ = ["NEAR", "label_units"]

FOOT = 0.6
"""Part of a document after which notices are expected: comment counters and legal lines seldom stand higher."""

LIST_LENGTH = 12
"""Most headlines under one heading of other articles; site templates list three to ten."""

BIO_DEPTH = 30
"""Short lines that may stand between a bio and the end of a page."""

NEAR, AT_FOOT = 40, 20
"""Blocks around an extracted text, and at the end of a page, where bylines, bios, lists and legal lines stand."""

TWEET_CHARS = 330
"""A tweet of 280 characters with its link and signs."""

_SIGNED = re.compile(r"(?:[—–-]{1,2}\s*)?.{1,70}\(@\w{2,30}\).{0,60}\Z", re.S)
_HANDLE = re.compile(r"(?:RT )?[^.!?\n]{0,50}(?<!\w)@\w{2,30}\)?(?:\s*[·•|,-]\s*[^:\n]{0,40})?\s*:\s+\S")
_EMBED_SIGN = re.compile(
    r"pic\.twitter\.com/|(?:\s|\A)(?:https?://)?t\.co/\w|\A(?:View this post on|A post shared by)\b"
)
_COMMENT = re.compile(r"\bsays:|\breply\b|\b(?:ago|at \d{1,2}[:.]\d\d)\b|\bcommented\b", re.I)


def label_units(units: Sequence[Unit], title: str | None = None, near: int = NEAR) -> Labelled:
    """Label all units of a document; `title` is its headline where metadata name it, `near` how far around an extracted
    text each unit is looked at by itself."""
    extracted = any(unit.hint.main is not None for unit in units)
    work = Labelled(units, [unit.hint.mark for unit in units], shape_of(units), extracted)
    _given_title(work, title)
    if len(units) < 2:
        return work
    _far_away(work, near)
    _lines(work)
    _embeds(work)
    label_repeats(work)
    if work.shape.caseless:
        _related(work, headings=False)
        return work
    _notices(work)
    find_title(work)
    _related(work)
    _comments(work)
    _bios(work)
    if not work.extracted:
        label_head(work)
        label_middle(work)
        label_tail(work)
    _quotes(work)
    return work


def _far_away(work: Labelled, blocks: int) -> None:
    """What an extractor left out, far from the text and from the foot of the page, needs no rule of its own."""
    main = [index for index, unit in enumerate(work.units) if unit.hint.main]
    if not main:
        return
    near = range(main[0] - blocks, main[-1] + blocks)
    foot = len(work.units) - min(AT_FOOT, blocks)
    for index, unit in enumerate(work.units):
        if index not in near and index < foot and unit.hint.main is False:
            work.put(index, OUTSIDE)


def _given_title(work: Labelled, title: str | None) -> None:
    """The unit that markup or metadata name as the headline."""
    for index, mark in enumerate(work.marks):
        if mark is not None and mark.label == "title":
            put_title(work, index, mark.rule)
            return
    own = key(title or "")
    for index, unit in enumerate(work.units):
        if own and key(unit.text) == own:
            put_title(work, index, "the headline that the metadata give")
            return


def _lines(work: Labelled) -> None:
    """Lines that their words give away."""
    for index, unit in enumerate(work.units):
        if work.marks[index] is not None or related_cue(unit.text) is not None:
            continue
        if mark := line_rule(unit.text, work.shape.caseless):
            work.put(index, mark)


def _notices(work: Labelled) -> None:
    """Legal and contact notices."""
    total = sum(len(unit.text) for unit in work.units)
    read = 0
    for index, unit in enumerate(work.units):
        at_foot = read >= FOOT * total - len(unit.text)
        read += len(unit.text)
        if work.marks[index] is None and (mark := disclaimer(unit.text, at_foot, certain=unit.hint.main is True)):
            work.put(index, mark)


def _related(work: Labelled, headings: bool = True) -> None:
    """Headings of lists of other articles with what they list, and lines that name one."""
    first, _ = work.zone()
    for index, unit in enumerate(work.units):
        if work.marks[index] is not None or (cue := related_cue(unit.text)) is None:
            continue
        kind, mark, before_text = cue
        if kind == "heading" and headings:
            work.put(index, mark)
            _listed(work, index + 1, 1 if mark.label == "nav" else LIST_LENGTH, 1 if mark.label == "nav" else 3)
        elif kind == "line" and (before_text or (index > first and headings)):
            work.put(index, mark)


def _listed(work: Labelled, start: int, most: int, least: int) -> None:
    """Label the headlines that follow a heading; dates, buttons and copies between them do not end the list."""
    found = 0
    for index in range(start, min(start + 5 * LIST_LENGTH, len(work.units))):
        mark = work.marks[index]
        if mark is not None and mark.label in ("nav", "byline", "social", "duplicate", "related"):
            continue
        if mark is None and _is_line_cue(work.text(index)):
            continue
        if mark is not None or found == most or not is_headline(work.text(index), least, points=True):
            return
        found += 1
        work.put(index, Mark("related", "headline under a heading of other articles"))


def _is_line_cue(text: str) -> bool:
    cue = related_cue(text)
    return cue is not None and cue[0] == "line"


def _embeds(work: Labelled) -> None:
    """Posts of social media that stand in the text."""
    for index, unit in enumerate(work.units):
        text = unit.text
        if work.marks[index] is not None or len(text) > 2 * TWEET_CHARS:
            continue
        if len(text) <= 160 and _SIGNED.match(text):
            work.put(index, Mark("embed", "signature of a post: name and handle"))
            if index and text[0] in "—–-" and work.free(index - 1) and len(work.text(index - 1)) <= TWEET_CHARS:
                work.put(index - 1, Mark("embed", "post above its signature"))
        elif _HANDLE.match(text) or _EMBED_SIGN.search(text):
            work.put(index, Mark("embed", "post with a handle or short link"))


def _bios(work: Labelled) -> None:
    """Lines about the author after the text, found from the end backwards."""
    names = [
        name
        for unit, mark in zip(work.units, work.marks, strict=True)
        if mark is not None and mark.label == "byline" and (name := author_name(author_in(normal(unit.text))))
    ]
    whole = " ".join(unit.text.casefold() for unit in work.units)
    looked = 0
    for index in range(len(work.units) - 1, 0, -1):
        if not work.free(index) or _is_bio(work, index, names, whole):
            continue
        looked += 1
        if not _before_bio(work, index) or looked > BIO_DEPTH:
            return


def _is_bio(work: Labelled, index: int, names: list[str], whole: str) -> bool:
    text, before = work.text(index), work.text(index - 1)
    after_name = is_bio_heading(before) or (is_name(before) and before.split()[0] in text[:200])
    elsewhere = whole.replace(text.casefold(), " ")
    if bio_score(text, names, after_name, elsewhere) < BIO_NEEDED:
        return False
    work.put(index, Mark("bio", "who the author is"))
    return True


def _before_bio(work: Labelled, index: int) -> bool:
    """A name or heading right before a bio belongs to it; other short lines are passed over."""
    text = work.text(index)
    following = work.marks[index + 1] if index + 1 < len(work.units) else None
    if is_bio_heading(text) or (is_name(text) and following is not None and following.label == "bio"):
        work.put(index, Mark("bio", "name or heading before a bio"))
    return not work.prose(index)


def _comments(work: Labelled) -> None:
    """What readers wrote under the text: all after a comment heading, where it looks like comments."""
    total = sum(len(unit.text) for unit in work.units)
    read = 0
    for index, unit in enumerate(work.units):
        mark = work.marks[index]
        if mark is not None and mark.rule.startswith("comment") and read >= FOOT * total:
            rest = [i for i in range(index + 1, len(work.units)) if work.free(i)]
            if any(_COMMENT.search(work.text(i)[:200]) for i in range(index + 1, len(work.units))):
                for i in rest:
                    work.put(i, Mark("social", "readers' comments under the text"))
            return
        read += len(unit.text)


def _quotes(work: Labelled) -> None:
    """Paragraphs that are one long quotation after a line such as "The mission wrote:"."""
    for index in range(1, len(work.units)):
        text = work.text(index).strip()
        if not work.free(index) or not work.text(index - 1).rstrip().endswith(":") or len(text.split()) < 8:
            continue
        if text[0] in '"“«„' and not work.text(index - 1).lstrip().startswith(('"', "“")):
            work.put(index, Mark("quote", "quotation after a line that announces it"))
