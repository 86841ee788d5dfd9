"""What a name names: by alias, by the words inside it, by the gazetteer, by where it stands."""

from __future__ import annotations

import re

from tracewire.model import MentionType
from tracewire.read.lexicon import Lexicon
from tracewire.read.sentence import Names, Sentence

_DESIGNATION = re.compile(r"[A-Z][A-Za-z]{0,4}[-–]?\d{1,4}[A-Z]{0,3}\d?")


def name_type(
    sentence: Sentence, start: int, end: int, lexicon: Lexicon, names: Names, known: dict[int, tuple[int, str]]
) -> tuple[MentionType, bool]:
    """What a name names and whether it is a state's: by alias, by its own words, by the gazetteer, by its place."""
    if start in known and known[start][0] >= end:
        kind = known[start][1]
        if kind == "state":
            return ("PLACE" if locates(sentence, start, end, lexicon) else "GROUP"), True
        return ("PERSON" if kind == "person" else "GROUP"), False
    words = [t.lower for t in sentence.toks[start:end]]
    before = sentence.toks[start - 1].lower if start else ""
    if len(words) > 1 and words[-1] in lexicon.demonyms:
        return "GROUP", True
    own = _type_by_words(words, before, lexicon)
    if own is not None:
        return own, False
    if all(w in lexicon.demonyms for w in words):
        return "GROUP", True
    text = sentence.words(start, end)
    if _DESIGNATION.fullmatch(text):
        return "MATERIEL", False
    if names.is_place(text):
        seat = text.lower() in lexicon.capitals
        return ("PLACE" if before in lexicon.words["locative"] or not _acts(sentence, end) else "GROUP"), seat
    return _type_by_position(sentence, text, words, before, end, lexicon), False


def _type_by_words(words: list[str], before: str, lexicon: Lexicon) -> MentionType | None:
    """By a title, or a word such as Front, Airport, Province inside the name."""
    if any(w in lexicon.titles for w in words[:-1]) or before in lexicon.titles:
        return "PERSON"
    if words[-1] in lexicon.words["facility_names"]:
        return "FACILITY"
    if len(words) > 1 and lexicon.heads.get((words[-1],)) == "GROUP":
        return "GROUP"
    if words[-1] in lexicon.words["group_names"] or (words[0] in lexicon.words["group_names"] and len(words) > 1):
        return "GROUP"
    if words[-1] in lexicon.words["place_names"] or words[0] in lexicon.words["place_names"]:
        return "PLACE"
    return None


def _type_by_position(
    sentence: Sentence, text: str, words: list[str], before: str, end: int, lexicon: Lexicon
) -> MentionType:
    if before in lexicon.words["strong_locative"]:
        return "PLACE"
    if any(w in lexicon.words["group_names"] for w in words) or (len(words) == 1 and text.isupper() and len(text) > 1):
        return "GROUP"
    if len(words) >= 2 or _speaks(sentence, end, lexicon):
        return "PERSON"
    return "PLACE" if before in ("of", "from", "to") else "GROUP"


def locates(sentence: Sentence, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether a state's name stands where a place stands."""
    if end < len(sentence.toks) and sentence.classes[end] in ("W", "G", "v") and sentence.toks[end].is_word:
        return False  # "the US campaign": the name modifies what follows
    i = start - 1
    while i >= 0 and (sentence.classes[i] == "D" or sentence.toks[i].lower in lexicon.directions):
        i -= 1
    before = sentence.toks[i].lower if i >= 0 else ""
    if before in (
        "in",
        "into",
        "inside",
        "across",
        "throughout",
        "near",
        "outside",
        "within",
        "around",
        "via",
        "through",
        "leaving",
    ):
        return True
    if before == "," and i > 0 and sentence.owner[i - 1] >= 0:
        return sentence.phrases[sentence.owner[i - 1]].type in ("PLACE", "FACILITY")
    possessive = end < len(sentence.toks) and sentence.classes[end] == "S"
    return (
        before in ("from", "to", "of", "over", "on")
        and not possessive
        and sentence.toks[start].lower not in lexicon.demonyms
    )


def _acts(sentence: Sentence, end: int) -> bool:
    """Whether a verb follows, as after a government's seat that acts."""
    i = end
    while i < len(sentence.toks) and sentence.classes[i] == "A":
        i += 1
    return i < len(sentence.toks) and sentence.classes[i] in ("V", "X", "H", "M", "O")


def _speaks(sentence: Sentence, end: int, lexicon: Lexicon) -> bool:
    return end < len(sentence.toks) and sentence.toks[end].lower in lexicon.words["speech"]
