"""Find the phrases that name actors, places, facilities, materiel, quantities and times in a sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from tracewire.model import Form, MentionType
from tracewire.read.lexicon import Lexicon
from tracewire.read.sentence import Names, Phrase, Sentence
from tracewire.read.times import find_times

VERB_ENDINGS = ("ed", "ng")
"""Of words that name arms and deeds ("bomb", "shells"), only these forms are surely verbs."""
WATERS = frozenset({"gulf", "strait", "straits", "bay", "sea", "horn", "cape", "port", "isle", "lake", "mount"})
MAX_PREMODIFIERS = 5
_DESIGNATION = re.compile(r"[A-Z][A-Za-z]{0,4}[-–]?\d{1,4}[A-Z]{0,3}\d?")


def find_mentions(sentence: Sentence, lexicon: Lexicon, names: Names) -> None:
    """Fill `sentence.phrases`; earlier kinds keep their tokens, later ones take what is left."""
    _times(sentence)
    known = _known_names(sentence, names)
    _long_names(sentence, lexicon, known)
    _materiel(sentence, lexicon, names)
    _quantities(sentence, lexicon)
    for start, end in _chunks(sentence):
        _chunk_mentions(sentence, start, end, lexicon, names, known)
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
        if kind == "state" and _locates(sentence, start, end, lexicon):
            type_ = "PLACE"
        sentence.add(Phrase(start, end, type_, "name", end - 1, kind == "state"))
        sentence.classes[start:end] = ["W"] * (end - start)


def _only_joins(sentence: Sentence, start: int, end: int) -> bool:
    between = [t.lower for t in sentence.toks[start:end]]
    return bool(between) and all(word in (",", "and", "or", "&") for word in between)


def _token_range(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    starts = [t.start for t in sentence.toks]
    first = max(0, bisect_left(starts, start + 1) - 1)
    last = bisect_left(starts, end)
    return first, max(last, first + 1)


def _times(sentence: Sentence) -> None:
    for start, end in find_times(sentence.text, sentence.start, sentence.end):
        first, last = _token_range(sentence, start, end)
        if sentence.free(first, last):
            form: Form = "name" if re.search(r"\d|day\b|month|year", sentence.words(first, last).lower()) else "nominal"
            sentence.add(Phrase(first, last, "TIME", form, last - 1))
            sentence.classes[first:last] = "T" * (last - first)


def _known_names(sentence: Sentence, names: Names) -> dict[int, tuple[int, str]]:
    """Token index -> (end, kind) of every alias of an actor or outlet."""
    found: dict[int, tuple[int, str]] = {}
    words = sentence.text[sentence.start : sentence.end]
    for match in names.actors.find(words, lower=sentence.lowered):
        first, last = _token_range(sentence, sentence.start + match.start, sentence.start + match.end)
        kind = match.id.partition(":")[0]
        if first not in found or last > found[first][0]:
            found[first] = (last, kind)
    return found


# ---------------------------------------------------------------- materiel and quantities


def _materiel(sentence: Sentence, lexicon: Lexicon, names: Names) -> None:
    words = sentence.text[sentence.start : sentence.end]
    taken = [False] * len(sentence.toks)
    for match in names.materiel.find(words, lower=sentence.lowered):
        first, last = _token_range(sentence, sentence.start + match.start, sentence.start + match.end)
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
    if sentence.titled or not (_capital(sentence, end) and _capital(sentence, end - 1)):
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


def _quantities(sentence: Sentence, lexicon: Lexicon) -> None:
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
        if sentence.classes[i] in ("D",) and word in ("the", "its", "their", "his", "other", "more", "such", "new"):
            i += 1
            continue
        return sentence.classes[i] in ("W", "G", "-", "v")
    return False


# ---------------------------------------------------------------- noun phrases


def _chunks(sentence: Sentence) -> list[tuple[int, int]]:
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
    if mark in ("V", "N", "D", "P", "A", "R") and _capital(sentence, i) and i > 0 and len(token.text) > 2:
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
            _capital(sentence, i - 1)
            or sentence.toks[i - 1].lower
            in ("base", "brigade", "regiment", "battalion", "division", "unit", "checkpoint")
        )
    )


_ARTICLED = re.compile(r"(?:[a-z]{1,3}[-'’])[A-Z]")


def _capital(sentence: Sentence, i: int) -> bool:
    """A capital, also behind an article ("al-Turki", "d'Ivoire")."""
    text = sentence.toks[i].text
    return not sentence.lowered and (text[0].isupper() or bool(_ARTICLED.match(text)))


def _chunk_mentions(
    sentence: Sentence, start: int, end: int, lexicon: Lexicon, names: Names, known: dict[int, tuple[int, str]]
) -> None:
    """Cut a chunk at its last known head, part a descriptor from a name, and type each part."""
    while start < end and sentence.classes[start] == "-":
        start += 1
    while end > start and sentence.classes[end - 1] == "-":
        end -= 1
    if start >= end:
        return
    parts = _parts(sentence, start, end, lexicon, known)
    for low, high in parts:
        _type_part(sentence, low, high, lexicon, names, known)


def _parts(
    sentence: Sentence, start: int, end: int, lexicon: Lexicon, known: dict[int, tuple[int, str]]
) -> list[tuple[int, int]]:
    """Split "rebel leader | Jamal Maarouf" but keep "Islamic State militants" and "General Ahmed Ali" whole."""
    cuts = [start]
    for i in range(start + 1, end):
        head = (sentence.toks[i - 1].lower,) in lexicon.heads
        title = sentence.toks[i - 1].lower in lexicon.titles and _capital(sentence, i - 1)
        name_begins = (_capital(sentence, i) and not _capital(sentence, i - 1)) or (i in known and sentence.lowered)
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
            kind = _name_type(sentence, start, high, lexicon, names, known)[0] if form == "name" else kind
        first = start
        while first < high - 1 and sentence.toks[first].lower in _LEADING:
            first += 1
        if sentence.free(first, high):
            sentence.add(Phrase(first, high, kind, form, high - 1))


_LEADING = frozenset(("many", "several", "some", "other", "more", "alleged", "captured"))


def _is_proper(sentence: Sentence, start: int, end: int) -> bool:
    return (
        end > start
        and all(_capital(sentence, i) or sentence.classes[i] in ("-", "N") for i in range(start, end))
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
        if _capital(sentence, i) and not _just_first(sentence, i, lexicon):
            stop = i + 1
            while stop < end and (
                _capital(sentence, stop) or (sentence.classes[stop] in ("-", "N") and stop + 1 <= end)
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
    following = i + 1 < len(sentence.toks) and _capital(sentence, i + 1)
    return (common and not following) or (
        word.endswith(("ed", "ing", "ous", "ive", "al", "ful", "less"))
        and not following
        and word not in lexicon.demonyms
    )


def _add_name(
    sentence: Sentence, start: int, end: int, lexicon: Lexicon, names: Names, known: dict[int, tuple[int, str]]
) -> None:
    end = _of_name(sentence, start, end)
    kind, state = _name_type(sentence, start, end, lexicon, names, known)
    first = start
    while (
        first > 0
        and sentence.toks[first - 1].lower in lexicon.titles
        and kind == "PERSON"
        and sentence.owner[first - 1] < 0
        and _capital(sentence, first - 1)
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
    return end + 2 if _capital(sentence, end + 1) and sentence.owner[end + 1] < 0 else end


def _name_type(
    sentence: Sentence, start: int, end: int, lexicon: Lexicon, names: Names, known: dict[int, tuple[int, str]]
) -> tuple[MentionType, bool]:
    """What a name names and whether it is a state's: by alias, by its own words, by the gazetteer, by its place."""
    if start in known and known[start][0] >= end:
        kind = known[start][1]
        if kind == "state":
            return ("PLACE" if _locates(sentence, start, end, lexicon) else "GROUP"), True
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


def _locates(sentence: Sentence, start: int, end: int, lexicon: Lexicon) -> bool:
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
