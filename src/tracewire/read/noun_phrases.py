"""Noun phrases: where they begin and end, and what their head says that they name."""

from __future__ import annotations

from tracewire.model import Form, MentionType
from tracewire.read.lexicon import Lexicon
from tracewire.read.name_types import name_type
from tracewire.read.sentence import Names, Phrase, Sentence, is_capital

MAX_PLACE_TOKENS = 4
WATERS = frozenset({"gulf", "strait", "straits", "bay", "sea", "horn", "cape", "port", "isle", "lake", "mount"})


def chunks(sentence: Sentence) -> list[tuple[int, int]]:
    """Runs of tokens that may form a noun phrase."""
    found = []
    i = 0
    while i < len(sentence.toks):
        if not _in_phrase(sentence, i):
            i += 1
            continue
        end = i
        while end < len(sentence.toks) and (_in_phrase(sentence, end) or _inner_number(sentence, end, i)):
            end += 1
        found.append((i, end))
        i = end
    return found


def _in_phrase(sentence: Sentence, i: int) -> bool:
    if sentence.owner[i] >= 0:
        return False
    mark = sentence.classes[i]
    if mark in ("W", "G", "-"):
        return True
    if mark in ("V", "v", "P", "A") and sentence.classes[i + 1 : i + 2] == ["-"]:
        return True
    token = sentence.toks[i]
    if mark in ("V", "N", "D", "P", "A", "R") and is_capital(sentence, i) and i > 0 and len(token.text) > 2:
        return mark in ("V",) or (token.lower in ("al", "el", "first", "second", "third", "new", "united"))
    return token.lower in ("united", "new", "south", "north") and mark == "D"


def _inner_number(sentence: Sentence, i: int, start: int) -> bool:
    """ "Base 46": a number right after a capitalised or facility word."""
    return (
        i > start
        and sentence.classes[i] == "N"
        and sentence.owner[i] < 0
        and sentence.toks[i].text.isdigit()
        and (
            is_capital(sentence, i - 1)
            or sentence.toks[i - 1].lower
            in ("base", "brigade", "regiment", "battalion", "division", "unit", "checkpoint")
        )
    )


def mark_chunk(
    sentence: Sentence, start: int, end: int, lexicon: Lexicon, names: Names, known: dict[int, tuple[int, str]]
) -> None:
    """Cut a chunk at its last known head, part a descriptor from a name, and type each part."""
    while start < end and sentence.classes[start] == "-":
        start += 1
    while end > start and sentence.classes[end - 1] == "-":
        end -= 1
    if start >= end:
        return
    if sentence.lowered:
        start = _lowered_place(sentence, start, end, lexicon, names)
    parts = _parts(sentence, start, end, lexicon, known)
    for low, high in parts:
        _type_part(sentence, low, high, lexicon, names, known)


def _lowered_place(sentence: Sentence, start: int, end: int, lexicon: Lexicon, names: Names) -> int:
    """In lower-cased text a known place behind a locative is one ("in deir hafer"); returns where the chunk goes on."""
    if start == 0 or sentence.toks[start - 1].lower not in lexicon.words["locative"] or not sentence.free(start, end):
        return start
    directed = start + 1 if sentence.toks[start].lower in lexicon.directions else start
    for stop in range(min(end, directed + MAX_PLACE_TOKENS), directed, -1):
        if (sentence.toks[stop - 1].lower,) not in lexicon.heads and names.is_place(sentence.words(directed, stop)):
            sentence.add(Phrase(start, stop, "PLACE", "name", stop - 1))
            return stop
    return start


def _parts(
    sentence: Sentence, start: int, end: int, lexicon: Lexicon, known: dict[int, tuple[int, str]]
) -> list[tuple[int, int]]:
    """Split "rebel leader | Jamal Maarouf" but keep "Islamic State militants" and "General Ahmed Ali" whole."""
    cuts = [start]
    for i in range(start + 1, end):
        head = (sentence.toks[i - 1].lower,) in lexicon.heads
        title = sentence.toks[i - 1].lower in lexicon.titles and is_capital(sentence, i - 1)
        name_begins = (is_capital(sentence, i) and not is_capital(sentence, i - 1)) or (i in known and sentence.lowered)
        if head and name_begins and not title and sentence.classes[i] != "-" and sentence.classes[i - 1] != "-":
            cuts.append(i)
    return [(a, b) for a, b in zip(cuts, [*cuts[1:], end], strict=True) if b > a]


def _type_part(
    sentence: Sentence, start: int, end: int, lexicon: Lexicon, names: Names, known: dict[int, tuple[int, str]]
) -> None:
    head = _last_head(sentence, start, end, lexicon)
    name = _name_run(sentence, start, end, lexicon, known)
    if name and (head is None or name[1] > head[1]):
        _add_name(sentence, name[0], name[1], lexicon, names, known)
        if head is not None and head[1] <= name[0]:
            sentence.add(Phrase(start, head[1], head[2], "nominal", head[1] - 1))
        return
    if head is not None:
        _, high, kind = head
        form: Form = "name" if _is_proper(sentence, start, high) else "nominal"
        if form == "name":
            high = _of_name(sentence, start, high)
        if form == "name" or not sentence.free(start, high):
            kind = name_type(sentence, start, high, lexicon, names, known)[0] if form == "name" else kind
        first = start
        while first < high - 1 and sentence.toks[first].lower in _LEADING:
            first += 1
        if sentence.free(first, high):
            sentence.add(Phrase(first, high, kind, form, high - 1))


_LEADING = frozenset(("many", "several", "some", "other", "more", "alleged", "captured"))


def _is_proper(sentence: Sentence, start: int, end: int) -> bool:
    return (
        end > start
        and all(is_capital(sentence, i) or sentence.classes[i] in ("-", "N") for i in range(start, end))
        and (end - start > 1 or start > 0)
    )


def _last_head(sentence: Sentence, start: int, end: int, lexicon: Lexicon) -> tuple[int, int, MentionType] | None:
    for high in range(end, start, -1):
        if sentence.classes[high - 1] == "-" or (high < end and sentence.classes[high] == "-"):
            continue
        for length in (3, 2, 1):
            low = high - length
            if low < start:
                continue
            kind = lexicon.heads.get(tuple(t.lower for t in sentence.toks[low:high]))
            if kind is not None:
                return low, high, kind  # type: ignore[return-value]
    return None


def _name_run(
    sentence: Sentence, start: int, end: int, lexicon: Lexicon, known: dict[int, tuple[int, str]]
) -> tuple[int, int] | None:
    """The last run of name tokens in a part: capitalised words, or an alias in lower-cased text."""
    best: tuple[int, int] | None = None
    i = start
    while i < end:
        if i in known and known[i][0] <= end:
            best = (i, known[i][0])
            i = known[i][0]
            continue
        if is_capital(sentence, i) and not _just_first(sentence, i, lexicon):
            stop = i + 1
            while stop < end and (
                is_capital(sentence, stop) or (sentence.classes[stop] in ("-", "N") and stop + 1 <= end)
            ):
                stop += 1
            while stop > i + 1 and sentence.classes[stop - 1] == "-":
                stop -= 1
            best = (i, stop)
            i = stop
            continue
        i += 1
    if best is None and sentence.lowered:
        best = _lowered_name(sentence, start, end)
    return best


def _lowered_name(sentence: Sentence, start: int, end: int) -> tuple[int, int] | None:
    """In lower-cased text, two words after a strong locative, or a run with a word such as "harakat" in it."""
    for i in range(start, end):
        if sentence.toks[i].lower in _ARABIC_HEADS:
            return i, end
    return None


_ARABIC_HEADS = frozenset(
    [
        "jabhat",
        "harakat",
        "liwa",
        "jaysh",
        "jaish",
        "ansar",
        "hezb",
        "hizb",
        "katiba",
        "katibat",
        "kataib",
        "faylaq",
        "ahrar",
        "saraya",
    ]
)


def _just_first(sentence: Sentence, i: int, lexicon: Lexicon) -> bool:
    """A capital that only the beginning of the sentence explains."""
    if i > 0 and sentence.toks[i - 1].text not in ('"', "“", "'", "‘", ":", "(", "—", "-", "•"):
        return False
    word = sentence.toks[i].lower
    common = (word,) in lexicon.heads or word in lexicon.nouns or word in lexicon.verb_tags
    following = i + 1 < len(sentence.toks) and is_capital(sentence, i + 1)
    return (common and not following) or (
        word.endswith(("ed", "ing", "ous", "ive", "al", "ful", "less"))
        and not following
        and word not in lexicon.demonyms
    )


def _add_name(
    sentence: Sentence, start: int, end: int, lexicon: Lexicon, names: Names, known: dict[int, tuple[int, str]]
) -> None:
    end = _of_name(sentence, start, end)
    kind, state = name_type(sentence, start, end, lexicon, names, known)
    first = start
    while (
        first > 0
        and sentence.toks[first - 1].lower in lexicon.titles
        and kind == "PERSON"
        and sentence.owner[first - 1] < 0
        and is_capital(sentence, first - 1)
    ):
        first -= 1
    if (
        kind == "PLACE"
        and first > 0
        and sentence.toks[first - 1].lower in lexicon.directions
        and sentence.owner[first - 1] < 0
    ):
        first -= 1
    if sentence.free(first, end):
        sentence.add(Phrase(first, end, kind, "name", end - 1, state))


def _of_name(sentence: Sentence, start: int, end: int) -> int:
    """ "Gulf of Aden", "Strait of Hormuz": the water or land named after another is one name."""
    water = end - start == 1 and sentence.toks[start].lower in WATERS
    if not water or end + 1 >= len(sentence.toks) or sentence.toks[end].lower != "of":
        return end
    return end + 2 if is_capital(sentence, end + 1) and sentence.owner[end + 1] < 0 else end
