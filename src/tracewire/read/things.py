"""Materiel and the numbers before what they count."""

from __future__ import annotations

import re

from tracewire.model import Form
from tracewire.read.lexicon import Lexicon
from tracewire.read.sentence import Names, Phrase, Sentence, is_capital, token_range

VERB_ENDINGS = ("ed", "ng")
"""Of words that name arms and deeds ("bomb", "shells"), only these forms are surely verbs."""
MAX_PREMODIFIERS = 5
COUNTED_BARE = frozenset({"wounded", "killed", "injured", "dead", "missing", "arrested", "detained"})
"""Words that a number counts without a noun ("and 21 wounded")."""


def mark_materiel(sentence: Sentence, lexicon: Lexicon, names: Names) -> None:
    """Keep the phrases that name materiel, with make, origin and type before the name."""
    words = sentence.text[sentence.start : sentence.end]
    taken = [False] * len(sentence.toks)
    for match in names.materiel.find(words, lower=sentence.lowered):
        first, last = token_range(sentence, sentence.start + match.start, sentence.start + match.end)
        if sentence.free(first, last) and not _is_verb(sentence, first, last):
            taken[first:last] = [True] * (last - first)
    i = 0
    while i < len(taken):
        if not taken[i]:
            i += 1
            continue
        end = i
        while end < len(taken) and (
            taken[end] or (sentence.classes[end] == "-" and end + 1 < len(taken) and taken[end + 1])
        ):
            end += 1
        start = _extend_left(sentence, i, lexicon)
        if _heads_elsewhere(sentence, end, lexicon):
            i = end
            continue
        form: Form = "name" if re.search(r"[A-Z]\w*-?\d|[A-Z]{2,}", sentence.words(i, end)) else "nominal"
        sentence.add(Phrase(start, end, "MATERIEL", form, end - 1))
        i = end


def _is_verb(sentence: Sentence, first: int, last: int) -> bool:
    return (
        last - first == 1 and sentence.classes[first] in ("V", "G") and sentence.toks[first].lower[-2:] in VERB_ENDINGS
    )


def _heads_elsewhere(sentence: Sentence, end: int, lexicon: Lexicon) -> bool:
    """ "Tank" in "tank commander" or "missile attack" is no materiel: the head that follows is something else."""
    if end >= len(sentence.toks):
        return False
    if sentence.classes[end] == "-":
        return True
    if _goes_on_as_name(sentence, end, lexicon):
        return True
    if sentence.classes[end] not in ("W", "V", "v", "G"):
        return False
    word = sentence.toks[end].lower
    return (
        any(sentence.follows(end, s.words) for s in lexicon.nouns.get(word, ()))
        or (word,) in lexicon.heads
        or (sentence.classes[end] == "W" and word.endswith(("ing", "ion", "ment")))
    )


def _goes_on_as_name(sentence: Sentence, end: int, lexicon: Lexicon) -> bool:
    """ "Arms" in "Arms Ledger" is part of a name."""
    if sentence.titled or not (is_capital(sentence, end) and is_capital(sentence, end - 1)):
        return False
    return (sentence.toks[end].lower,) not in lexicon.heads


def _extend_left(sentence: Sentence, at: int, lexicon: Lexicon) -> int:
    """The first premodifier before token `at`: adjectives, demonyms, "US-made", participles."""
    start = at
    while start > 0 and at - start < MAX_PREMODIFIERS * 2 and sentence.owner[start - 1] < 0:
        if not _premodifies(sentence, start - 1, lexicon):
            break
        start -= 1
    return start


def _premodifies(sentence: Sentence, i: int, lexicon: Lexicon) -> bool:
    mark, word = sentence.classes[i], sentence.toks[i].lower
    hyphen = sentence.classes[i + 1] == "-"
    people = word.endswith("s") and (word,) in lexicon.heads and not hyphen
    return mark == "-" or (mark in ("W", "G") and word not in _STOP and not people) or (mark in "VvDNP" and hyphen)


_STOP = frozenset(("captured", "seized", "stolen", "looted", "estimated"))


def mark_quantities(sentence: Sentence, lexicon: Lexicon) -> None:
    """Number phrases that stand before what they count."""
    i = 0
    while i < len(sentence.toks):
        if sentence.classes[i] != "N" or sentence.owner[i] >= 0 or not _counts(sentence, i):
            i += 1
            continue
        end = i + 1
        while end < len(sentence.toks) and sentence.owner[end] < 0 and _continues_number(sentence, end):
            end += 1
        end = _measure(sentence, end, lexicon)
        start = _approximator(sentence, i, lexicon)
        if _noun_after(sentence, end):
            form: Form = "name" if sentence.toks[i].text[0].isdigit() else "nominal"
            sentence.add(Phrase(start, end, "QUANTITY", form, i))
        i = end


def _counts(sentence: Sentence, i: int) -> bool:
    """Not the number of a name ("Base 46", "Regiment 111") nor money."""
    if i == 0:
        return True
    before = sentence.toks[i - 1]
    if sentence.owner[i - 1] >= 0 and sentence.phrases[sentence.owner[i - 1]].type == "MATERIEL":
        return True
    if before.text in ("$", "€", "£", "#", "No", "no", "-") or before.lower in (
        "article",
        "resolution",
        "page",
        "chapter",
    ):
        return False
    return not (before.text[0].isupper() and sentence.classes[i - 1] == "W" and not sentence.lowered and i > 1)


def _continues_number(sentence: Sentence, i: int) -> bool:
    word = sentence.toks[i].lower
    if sentence.classes[i] == "N":
        return True
    between = word in ("-", "to", "or", "and", ",", "of") and i + 1 < len(sentence.toks)
    if not between or sentence.classes[i + 1] != "N":
        return False
    return word != "," or (sentence.toks[i + 1].text.isdigit() and len(sentence.toks[i + 1].text) == 3)


def _measure(sentence: Sentence, end: int, lexicon: Lexicon) -> int:
    for words in lexicon.phrases["measures"]:
        if sentence.follows(end, words):
            end += len(words)
            break
    if end < len(sentence.toks) and sentence.toks[end].lower == "of" and _noun_after(sentence, end + 1):
        return end + 1
    return end


def _approximator(sentence: Sentence, at: int, lexicon: Lexicon) -> int:
    for words in lexicon.phrases["approximators"]:
        first = at - len(words)
        particle = words == ("over",) and first > 0 and sentence.classes[first - 1] == "V"  # "handed over 40"
        if first >= 0 and not particle and sentence.free(first, at) and sentence.follows(first, words):
            return first
    if (
        at
        and sentence.toks[at - 1].lower == "a"
        and sentence.toks[at].lower in ("dozen", "hundred", "few", "couple", "pair", "thousand", "half")
    ):
        return _approximator(sentence, at - 1, lexicon)
    return at


def _noun_after(sentence: Sentence, end: int) -> bool:
    """Whether a noun phrase of people or things follows, adjectives skipped; percent, money and time do not count."""
    i = end
    while i < min(len(sentence.toks), end + 7):
        owner = sentence.owner[i]
        if owner >= 0:
            return sentence.phrases[owner].type != "TIME"
        word = sentence.toks[i].lower
        if word in (
            "percent",
            "per",
            "%",
            "cent",
            "$",
            "dollars",
            "km",
            "kilometers",
            "kilometres",
            "miles",
            "meters",
            "metres",
            "degrees",
            "seats",
            "points",
        ):
            return False
        if word in COUNTED_BARE:
            return True
        if sentence.classes[i] in ("D",) and word in ("the", "its", "their", "his", "other", "more", "such", "new"):
            i += 1
            continue
        return sentence.classes[i] in ("W", "G", "-", "v")
    return False
