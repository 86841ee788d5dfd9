"""Who stands where: subject, object and prepositional phrases around a word, from word classes and mentions."""

from __future__ import annotations

from tracewire.read.lexicon import Lexicon
from tracewire.read.sentence import Sentence

ACTORS = frozenset({"GROUP", "PERSON"})
_RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
_COORDINATORS = frozenset({"and", "or", "nor", "plus", "&"})
_SUBJECT_PRONOUNS = frozenset({"it", "they", "he", "she", "we", "i", "who", "which"})
_QUOTES = frozenset({'"', "“", "”", "'", "‘", "’"})
_OBJECT_PRONOUNS = frozenset({"it", "them", "him", "her", "us"})


def clause_end(sentence: Sentence, at: int) -> int:
    """Index after the last token of the clause that holds token `at`."""
    for i in range(at + 1, len(sentence.toks)):
        if sentence.toks[i].lower in (";", "but", "while", "although", "though", "whereas", "because", "when"):
            return i
    return len(sentence.toks)


def previous_verb(sentence: Sentence, at: int) -> int:
    """Index of the nearest verb left of `at`; -1 where there is none."""
    for i in range(at - 1, -1, -1):
        if sentence.classes[i] == "V":
            return i
    return -1


def verb_group_start(sentence: Sentence, at: int) -> int:
    """First token of the verb group that ends at `at`: auxiliaries, modals, "to", adverbs."""
    i = at
    while i > 0 and (sentence.classes[i - 1] in ("X", "H", "M", "O", "A") or sentence.toks[i - 1].lower == "to"):
        i -= 1
    return i


def is_passive(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    """Whether the verb form at `at` is a passive: with "be" or "get" before it, or bare with "by" behind it."""
    tags = lexicon.verb_tags.get(sentence.toks[at].lower, frozenset())
    if "part" not in tags:
        return False
    i = at - 1
    while i >= 0 and sentence.classes[i] == "A":
        i -= 1
    if i >= 0 and sentence.classes[i] == "X":
        return True
    if i >= 0 and sentence.classes[i] in ("H", "M", "O"):
        return False
    if i >= 0 and sentence.toks[i].lower in _COORDINATORS | {","}:
        earlier = previous_verb(sentence, i)
        joined = earlier >= 0 and not any(c in ("W", "R", "D") for c in sentence.classes[earlier + 1 : i])
        if joined:
            return is_passive(sentence, earlier, lexicon)
    following = sentence.toks[at + 1].lower if at + 1 < len(sentence.toks) else ""
    return following == "by"


def phrase_at(sentence: Sentence, at: int, types: frozenset[str] | None = None) -> int:
    """Index of the mention that holds token `at`, if of one of `types`; else -1."""
    if not 0 <= at < len(sentence.toks):
        return -1
    owner = sentence.owner[at]
    if owner < 0 or (types is not None and sentence.phrases[owner].type not in types):
        return -1
    return owner


def governed(sentence: Sentence, phrase: int) -> str:
    """The preposition that governs a mention, "" where none does."""
    i = sentence.phrases[phrase].start - 1
    while i >= 0 and (
        sentence.classes[i] in ("D", "A", "W", "G", "-", "N", "S")
        or phrase_at(sentence, i, frozenset({"QUANTITY"})) >= 0
    ):
        if sentence.owner[i] >= 0 and sentence.phrases[sentence.owner[i]].type not in ("QUANTITY",):
            if sentence.classes[i] == "S" or sentence.classes[i + 1] == "S":
                i = sentence.phrases[sentence.owner[i]].start - 1
                continue
            return ""
        i -= 1
    if i >= 0 and sentence.classes[i] == "P":
        return sentence.toks[i].lower
    if i >= 0 and (sentence.toks[i].lower in _COORDINATORS or sentence.toks[i].text == ","):
        earlier = phrase_at(sentence, i - 1)
        if earlier >= 0 and sentence.phrases[earlier].type == sentence.phrases[phrase].type:
            return governed(sentence, earlier)
    return ""


def subject(sentence: Sentence, verb: int, types: frozenset[str], depth: int = 0) -> list[int]:
    """Mentions that are the subject of the verb at `verb`: the nearest free noun phrase to its left, or the subject of
    the verb that it is joined to."""
    begin = verb_group_start(sentence, verb)
    earlier = previous_verb(sentence, begin)
    before = sentence.toks[begin - 1].lower if begin else ""
    inherits = sentence.toks[begin].lower == "to" or before in _COORDINATORS | {
        ",",
        "then",
        "before",
        "after",
        "by",
        "from",
        "for",
        "of",
    }
    if types == ACTORS and (noun := _other_noun(sentence, begin)) >= 0:
        owner = _modifier(sentence, noun, types)
        return [owner] if owner >= 0 else []
    if _reduced_relative(sentence, earlier, begin) and depth < 4:
        return subject(sentence, earlier, types, depth + 1)
    if begin and sentence.toks[begin - 1].lower in _RELATIVES and before != "that":
        return _antecedent(sentence, begin - 1, types)
    if before == "that" and begin >= 2 and phrase_at(sentence, begin - 2, types) >= 0:
        return _antecedent(sentence, begin - 1, types)
    if not inherits or earlier < 0 or (before in _COORDINATORS | {","} and _own_subject(sentence, begin, types)):
        found = _nearest_free(sentence, earlier, begin, types)
        if found:
            return found
    if earlier >= 0 and depth < 4:
        return _past_relative(sentence, earlier, before, types) or subject(sentence, earlier, types, depth + 1)
    return _nearest_free(sentence, -1, begin, types)


def _other_noun(sentence: Sentence, begin: int) -> int:
    """Index of a noun right before a verb group that names no actor ("air strikes had destroyed"); -1 for none."""
    i = begin - 1
    if i < 0 or sentence.classes[i] != "W" or sentence.owner[i] >= 0 or not sentence.toks[i].is_word:
        return -1
    return i


def _modifier(sentence: Sentence, noun: int, types: frozenset[str]) -> int:
    """The actor that modifies a noun: "Russian air strikes", "the army's shells"."""
    i = noun - 1
    while i >= 0 and sentence.owner[i] < 0 and sentence.classes[i] in ("W", "G", "-", "S"):
        i -= 1
    return phrase_at(sentence, i, types) if i >= 0 and sentence.classes[i] not in ("P", ".") else -1


def _reduced_relative(sentence: Sentence, earlier: int, begin: int) -> bool:
    """ "Groups fighting the army near Qasr said": the participle hangs on the subject, its objects are none."""
    if earlier < 1 or not sentence.toks[earlier].lower.endswith("ing") or sentence.owner[earlier - 1] < 0:
        return False
    between = sentence.toks[earlier + 1 : begin]
    return not any(t.text in (",", ";", ":") or t.lower in ("that", "and then", "who", "which") for t in between)


def _past_relative(sentence: Sentence, earlier: int, before: str, types: frozenset[str]) -> list[int]:
    """ "The column, a coalition that boasted 900 men, announced": the subject stands before the inserted clause."""
    begin = verb_group_start(sentence, earlier)
    if before != "," or begin < 2 or sentence.toks[begin - 1].lower not in _RELATIVES:
        return []
    i = begin - 2
    while i > 0 and sentence.toks[i].text != ",":
        i -= 1
    return _nearest_free(sentence, -1, i, types) if i > 0 else []


def _own_subject(sentence: Sentence, begin: int, types: frozenset[str]) -> bool:
    """After "and" or a comma a noun phrase directly before the verb group is its own subject."""
    return phrase_at(sentence, begin - 1, types) >= 0


def _antecedent(sentence: Sentence, relative: int, types: frozenset[str]) -> list[int]:
    i = relative - 1
    while i >= 0 and sentence.toks[i].text in (",",):
        i -= 1
    owner = phrase_at(sentence, i)
    while owner >= 0:
        if sentence.phrases[owner].type in types:
            return _with_attached(sentence, owner, types)
        if not governed(sentence, owner):
            break
        i = sentence.phrases[owner].start - 2
        while i >= 0 and sentence.owner[i] < 0:
            i -= 1
        owner = phrase_at(sentence, i)
    return []


def _nearest_free(sentence: Sentence, after: int, before: int, types: frozenset[str]) -> list[int]:
    """The nearest mention between two tokens that no preposition governs; what is attached and joined comes along."""
    member: list[int] = []  # "the heroes of the Northern Army": the army, where its head names no actor
    i = before - 1
    while i > after:
        token = sentence.toks[i]
        owner = sentence.owner[i]
        if owner < 0 and token.lower in _SUBJECT_PRONOUNS and "GROUP" in types:
            return [_pronoun(sentence, i)]
        if owner >= 0:
            phrase = sentence.phrases[owner]
            if phrase.type in types and not governed(sentence, owner) and not _possessor(sentence, owner):
                return _joined_left(sentence, owner, after, types)
            if phrase.type in types and not member and governed(sentence, owner) == "of":
                member = [owner]
            i = phrase.start
        i -= 1
    return member


def _possessor(sentence: Sentence, phrase: int) -> bool:
    end = sentence.phrases[phrase].end
    return end < len(sentence.toks) and sentence.classes[end] == "S"


def _pronoun(sentence: Sentence, at: int) -> int:
    from tracewire.read.sentence import Phrase

    if sentence.owner[at] >= 0:
        return sentence.owner[at]
    person = sentence.toks[at].lower in ("he", "she", "him", "her", "i", "we", "us")
    return sentence.add(Phrase(at, at + 1, "PERSON" if person else "GROUP", "pronoun", at))


def _joined_left(sentence: Sentence, owner: int, after: int, types: frozenset[str]) -> list[int]:
    found = _with_attached(sentence, owner, types)
    i = sentence.phrases[owner].start - 1
    joins = _COORDINATORS  # a comma joins only further left than an "and"
    while i > after:
        while i > after and (sentence.classes[i] in ("D", "N") or phrase_at(sentence, i, frozenset({"QUANTITY"})) >= 0):
            i -= 1
        if sentence.toks[i].lower not in joins:
            break
        joins = _COORDINATORS | {","}
        i -= 1
        if sentence.toks[i].text == ",":
            i -= 1
        earlier = phrase_at(sentence, i, types)
        if earlier < 0:
            break
        found = _with_attached(sentence, earlier, types) + found
        i = sentence.phrases[earlier].start - 1
    return list(dict.fromkeys(found))


def _with_attached(sentence: Sentence, owner: int, types: frozenset[str]) -> list[int]:
    """ "Fighters of the Zahra Front": both; "a rebel group, the Zahra Front,": both."""
    found = [owner]
    end = sentence.phrases[owner].end
    if end + 1 < len(sentence.toks) and sentence.toks[end].lower in ("of", "from", "with", "(", ","):
        i = end + 1
        while i < len(sentence.toks) and sentence.classes[i] == "D":
            i += 1
        attached = phrase_at(sentence, i)
        if attached >= 0 and attached != owner:
            phrase = sentence.phrases[attached]
            group = phrase.type == "GROUP" and phrase.form == "name" and not phrase.state
            head = sentence.phrases[owner]
            if group and sentence.toks[end].lower == "of" and head.type in types:
                found.append(attached)
    return found


def objects(sentence: Sentence, after: int) -> list[int]:
    """Mentions that follow token index `after` as a direct object, joined ones included."""
    i = _skip_to_object(sentence, after)
    if i < 0:
        return []
    if sentence.owner[i] < 0:
        return [_pronoun(sentence, i)] if sentence.toks[i].lower in _OBJECT_PRONOUNS else []
    found = [sentence.owner[i]]
    quantity = sentence.phrases[found[0]].type == "QUANTITY"
    i = sentence.phrases[found[0]].end
    if quantity:
        following = _skip_to_object(sentence, i)
        if following < 0 or sentence.owner[following] < 0:
            return found
        found.append(sentence.owner[following])
        i = sentence.phrases[found[-1]].end
    return list(dict.fromkeys(found + _joined_right(sentence, found[-1], i)))


def _skip_to_object(sentence: Sentence, at: int) -> int:
    i = at
    while i < len(sentence.toks):
        mark = sentence.classes[i]
        if sentence.owner[i] >= 0 and mark != "T":
            return i
        if sentence.toks[i].lower in _OBJECT_PRONOUNS:
            return i
        quoted = sentence.toks[i].text in _QUOTES
        if (mark not in ("D", "A", "W", "G", "-", "N", "S") and not quoted) or i - at > 8:
            return -1
        i += 1
    return -1


def _joined_right(sentence: Sentence, last: int, at: int) -> list[int]:
    """Mentions in a list after the mention `last`: "tanks, 12 mortars and ammunition"."""
    found: list[int] = []
    kind = sentence.phrases[last].type
    i = at
    while i < len(sentence.toks):
        j = i
        while j < len(sentence.toks) and (
            sentence.toks[j].lower in _COORDINATORS | {","}
            or sentence.toks[j].lower in ("as", "well", "along", "with", "including", "also", "together")
        ):
            j += 1
        glued = j == i and sentence.owner[i] >= 0
        if j == i and not glued:
            break
        j2 = _skip_to_object(sentence, j)
        if j2 < 0 or sentence.owner[j2] < 0:
            break
        owner = sentence.owner[j2]
        phrase = sentence.phrases[owner]
        if phrase.type == "QUANTITY":
            nxt = _skip_to_object(sentence, phrase.end)
            if nxt < 0 or sentence.owner[nxt] < 0 or sentence.phrases[sentence.owner[nxt]].type != kind:
                break
            found += [owner, sentence.owner[nxt]]
            i = sentence.phrases[sentence.owner[nxt]].end
        elif phrase.type == kind:
            if any(c == "V" for c in sentence.classes[phrase.end : phrase.end + 2]) and kind in ACTORS:
                break
            found.append(owner)
            i = phrase.end
        else:
            break
    return found


def prepositional(sentence: Sentence, after: int, stop: int) -> list[tuple[str, list[int]]]:
    """(preposition, mentions) of the phrases between two tokens, up to the next verb."""
    found = []
    i = after
    while i < stop:
        if sentence.classes[i] == "V" and sentence.toks[i].lower not in ("including",):
            break
        if sentence.toks[i].text == "," and sentence.classes[i + 1 : i + 2] != ["P"]:
            break
        if sentence.classes[i] == "P" and sentence.owner[i] < 0 and sentence.toks[i - 1].lower != "according":
            word = sentence.toks[i].lower
            target = _skip_to_object(sentence, i + 1)
            if target >= 0 and sentence.owner[target] >= 0:
                mentions = objects(sentence, i + 1)
                found.append((word, _expand(sentence, mentions)))
                i = sentence.phrases[mentions[-1]].end
                continue
        i += 1
    return found


def _expand(sentence: Sentence, mentions: list[int]) -> list[int]:
    found: list[int] = []
    for m in mentions:
        found += _with_attached(sentence, m, ACTORS) if sentence.phrases[m].type in ACTORS else [m]
    return list(dict.fromkeys(found))
