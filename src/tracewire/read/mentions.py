"""Find the phrases that name actors, places, facilities, materiel, quantities and times in a sentence."""

from __future__ import annotations

import re
from dataclasses import replace

from tracewire.model import Form, MentionType
from tracewire.read.lexicon import Lexicon
from tracewire.read.name_types import locates
from tracewire.read.noun_phrases import chunks, mark_chunk
from tracewire.read.sentence import Names, Phrase, Sentence, token_range
from tracewire.read.things import mark_materiel, mark_quantities
from tracewire.read.times import find_times


def find_mentions(sentence: Sentence, lexicon: Lexicon, names: Names) -> None:
    """Fill `sentence.phrases`; earlier kinds keep their tokens, later ones take what is left."""
    _times(sentence)
    known = _known_names(sentence, names)
    _long_names(sentence, lexicon, known)
    mark_materiel(sentence, lexicon, names)
    mark_quantities(sentence, lexicon)
    for start, end in chunks(sentence):
        mark_chunk(sentence, start, end, lexicon, names, known)
    sentence.phrases.sort(key=lambda p: (p.start, p.end))
    _places_in_lists(sentence, known)
    for index, phrase in enumerate(sentence.phrases):
        for token in range(phrase.start, phrase.end):
            sentence.owner[token] = index


def _places_in_lists(sentence: Sentence, known: dict[int, tuple[int, str]]) -> None:
    """In a list of names where one is a place, the unknown ones are places too ("over Marsi, Sran and Dadi")."""
    run: list[int] = []
    for index, phrase in enumerate(sentence.phrases):
        if phrase.form != "name" or phrase.type not in ("GROUP", "PERSON", "PLACE"):
            run = []
            continue
        last = sentence.phrases[run[-1]] if run else None
        joined = last is not None and _only_joins(sentence, last.end, phrase.start)
        run = [*run, index] if joined else [index]
        if any(sentence.phrases[i].type == "PLACE" for i in run):
            for i in run:
                one = sentence.phrases[i]
                if one.start not in known and one.end - one.start <= 2 and not one.state:
                    sentence.phrases[i] = replace(one, type="PLACE")


def _long_names(sentence: Sentence, lexicon: Lexicon, known: dict[int, tuple[int, str]]) -> None:
    """Aliases with a preposition or article inside ("Government of National Accord") are one name each."""
    for start, (end, kind) in sorted(known.items()):
        inner = sentence.classes[start:end]
        if not any(mark in ("P", "D", "C") for mark in inner) or not sentence.free(start, end):
            continue
        if inner[0] in ("P", "C"):
            continue
        type_: MentionType = "PERSON" if kind == "person" else "GROUP"
        if kind == "state" and locates(sentence, start, end, lexicon):
            type_ = "PLACE"
        sentence.add(Phrase(start, end, type_, "name", end - 1, kind == "state"))
        sentence.classes[start:end] = ["W"] * (end - start)


def _only_joins(sentence: Sentence, start: int, end: int) -> bool:
    between = [t.lower for t in sentence.toks[start:end]]
    return bool(between) and all(word in (",", "and", "or", "&") for word in between)


def _times(sentence: Sentence) -> None:
    for start, end in find_times(sentence.text, sentence.start, sentence.end):
        first, last = token_range(sentence, start, end)
        if sentence.free(first, last):
            form: Form = "name" if re.search(r"\d|day\b|month|year", sentence.words(first, last).lower()) else "nominal"
            sentence.add(Phrase(first, last, "TIME", form, last - 1))
            sentence.classes[first:last] = "T" * (last - first)


def _known_names(sentence: Sentence, names: Names) -> dict[int, tuple[int, str]]:
    """Token index -> (end, kind) of every alias of an actor or outlet."""
    found: dict[int, tuple[int, str]] = {}
    words = sentence.text[sentence.start : sentence.end]
    for match in names.actors.find(words, lower=sentence.lowered):
        first, last = token_range(sentence, sentence.start + match.start, sentence.start + match.end)
        kind = match.id.partition(":")[0]
        if first not in found or last > found[first][0]:
            found[first] = (last, kind)
    return found
