"""A sentence under analysis: tokens, word classes and the mentions found in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field

from tracewire.codebook.matcher import AliasMatcher
from tracewire.model import Form, Label, MentionType
from tracewire.read.lexicon import Lexicon
from tracewire.read.text import Token, tokens


@dataclass(frozen=True, slots=True)
class Names:
    """Matchers over the codebook: actors (ids "group:…", "person:…", "state:…", "outlet:…") and materiel."""

    actors: AliasMatcher
    materiel: AliasMatcher
    is_place: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A mention in token offsets, end exclusive, with the index of its head token."""

    start: int
    end: int
    type: MentionType
    form: Form
    head: int
    state: bool = False


@dataclass(slots=True)
class Sentence:
    """Working state of one sentence; `classes` has one letter a token.

    D determiner, P preposition, C conjunction, R pronoun, A adverb, X auxiliary, M modal, H have, O do, N number,
    V verb, G participle before a noun, S possessive mark, - hyphen inside a word, T time, . mark, W other word.
    """

    text: str
    start: int
    end: int
    label: Label
    toks: list[Token]
    lowered: bool
    classes: list[str] = field(default_factory=list)
    phrases: list[Phrase] = field(default_factory=list)
    owner: list[int] = field(default_factory=list)
    titled: bool = False
    """True for headlines in title case, where a capital tells nothing."""
    things: bool = False
    """True where the sentence before speaks of materiel, so that "them" may be weapons."""

    def words(self, start: int, end: int) -> str:
        """The text between two token indices."""
        return self.text[self.toks[start].start : self.toks[end - 1].end]

    def add(self, phrase: Phrase) -> int:
        """Keep a phrase and mark its tokens as taken; returns its index."""
        self.phrases.append(phrase)
        index = len(self.phrases) - 1
        for token in range(phrase.start, phrase.end):
            self.owner[token] = index
        return index

    def free(self, start: int, end: int) -> bool:
        """Whether no mention holds a token of the range."""
        return all(o < 0 for o in self.owner[start:end])

    def follows(self, at: int, phrase: tuple[str, ...]) -> bool:
        """Whether the lower-cased words of `phrase` stand from token `at`."""
        return at + len(phrase) <= len(self.toks) and all(
            self.toks[at + i].lower == word for i, word in enumerate(phrase)
        )


def make_sentence(text: str, start: int, end: int, label: Label, lexicon: Lexicon, lowered: bool) -> Sentence:
    """Cut a sentence into tokens and give each its class."""
    toks = tokens(text, start, end)
    sentence = Sentence(text, start, end, label, toks, lowered)
    sentence.owner = [-1] * len(toks)
    sentence.titled = _is_titled(toks)
    sentence.classes = [_class(sentence, i, lexicon) for i in range(len(toks))]
    _settle_verbs(sentence, lexicon)
    return sentence


_ARTICLED_NAME = re.compile(r"(?:[a-z]{1,3}[-'’])[A-Z]")


def is_capital(sentence: Sentence, i: int) -> bool:
    """A capital, also behind an article ("al-Turki", "d'Ivoire")."""
    text = sentence.toks[i].text
    return not sentence.lowered and (text[0].isupper() or bool(_ARTICLED_NAME.match(text)))


def token_range(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """Token indices of text offsets, end exclusive."""
    starts = [t.start for t in sentence.toks]
    first = max(0, bisect_left(starts, start + 1) - 1)
    last = bisect_left(starts, end)
    return first, max(last, first + 1)


TITLED_SHARE = 0.7
"""Share of capitalised words of four letters and more above which a sentence is a headline in title case."""


def _is_titled(toks: list[Token]) -> bool:
    long = [t for t in toks if t.is_word and len(t.text) >= 4]
    return len(long) >= 4 and sum(t.text[0].isupper() for t in long) / len(long) >= TITLED_SHARE


_SIMPLE = (
    ("auxiliaries", "X"), ("modals", "M"), ("have", "H"), ("do", "O"), ("pronouns", "R"), ("determiners", "D"),
    ("prepositions", "P"), ("conjunctions", "C"), ("number_words", "N"), ("adverbs", "A"),
)  # fmt: skip


def _class(sentence: Sentence, i: int, lexicon: Lexicon) -> str:
    return _mark_class(sentence, i) or _word_class(sentence, i, lexicon)


def _mark_class(sentence: Sentence, i: int) -> str:
    """The class of what is no word: possessive marks, hyphens inside words, punctuation; "" for words."""
    token = sentence.toks[i]
    if token.lower in ("'s", "'") and i and sentence.toks[i - 1].is_word:
        return "S"
    if token.lower in ("-", "‐", "‑") and _joins_words(sentence, i):
        return "-"
    return "" if token.is_word or token.lower == "n't" else "."


def _word_class(sentence: Sentence, i: int, lexicon: Lexicon) -> str:
    token = sentence.toks[i]
    word = token.lower
    if word in ("not", "n't"):
        return "A"
    if token.text == "US" and not sentence.text[sentence.start : sentence.end].isupper():
        return "W"
    if word in (
        "that",
        "this",
        "these",
        "those",
        "which",
        "one",
        "some",
        "all",
        "both",
        "many",
        "several",
        "few",
        "none",
    ):
        return _determiner_or_pronoun(sentence, i, lexicon)
    if "-" in word and all(lexicon.is_a("number_words", part) for part in word.split("-")):
        return "N"
    if token.text[0].isdigit():
        return "N" if token.text.rstrip("+")[-1].isdigit() or token.text.endswith("+") else "W"
    if word == "may" and token.text == "May" and i:
        return "T"
    for kind, letter in _SIMPLE:
        if lexicon.is_a(kind, word) and not (letter == "M" and token.text == "May"):
            return letter
    if (
        word.endswith("ly")
        and len(word) > 4
        and word not in ("family", "ally", "supply", "july", "assembly", "rally", "italy")
    ):
        return "A"
    following = sentence.toks[i + 1].lower if i + 1 < len(sentence.toks) else ""
    if word in lexicon.verb_tags and not (lexicon.is_a("adjectives", word) and (following,) in lexicon.heads):
        return "v"
    return "W"


def _joins_words(sentence: Sentence, i: int) -> bool:
    """A hyphen with words on both sides and the same spacing on both is inside a word ("us - made")."""
    if not 0 < i < len(sentence.toks) - 1:
        return False
    left, mark, right = sentence.toks[i - 1], sentence.toks[i], sentence.toks[i + 1]
    if not (left.is_word and right.is_word):
        return False
    spaced = mark.start > left.end and right.start > mark.end
    return (spaced and sentence.lowered) or (mark.start == left.end and right.start == mark.end)


def _determiner_or_pronoun(sentence: Sentence, i: int, lexicon: Lexicon) -> str:
    """ "That" before a noun is a determiner, else a pronoun or conjunction."""
    word = sentence.toks[i].lower
    following = sentence.toks[i + 1].lower if i + 1 < len(sentence.toks) else ""
    closed = ("auxiliaries", "modals", "have", "do", "prepositions", "pronouns")
    if not following or not following[0].isalnum() or any(lexicon.is_a(k, following) for k in closed):
        return "C" if word == "that" and any(lexicon.is_a(k, following) for k in ("pronouns",)) else "R"
    if word in ("one", "several", "few", "many", "both", "some"):
        return "N" if word in ("one", "several", "few", "many") else "D"
    if word == "that":
        before = sentence.toks[i - 1].lower if i else ""
        if before in lexicon.words["speech"] or lexicon.is_a("determiners", following):
            return "C"
    if (
        word == "which"
        or following in lexicon.verb_tags
        or lexicon.is_a("adverbs", following)
        or following.endswith("ly")
    ):
        return "R"
    return "D"


def _settle_verbs(sentence: Sentence, lexicon: Lexicon) -> None:
    """Tell verbs (V) from nouns (W) and from participles before a noun (G)."""
    for i, mark in enumerate(sentence.classes):
        if mark == "v":
            sentence.classes[i] = _verb_or_noun(sentence, i, lexicon)


def _previous(sentence: Sentence, i: int) -> int:
    """Index of the token before `i`, adverbs skipped; -1 at the beginning."""
    j = i - 1
    while j >= 0 and sentence.classes[j] == "A":
        j -= 1
    return j


def _verb_or_noun(sentence: Sentence, i: int, lexicon: Lexicon) -> str:
    tags = lexicon.verb_tags[sentence.toks[i].lower]
    if i and sentence.toks[i].text[0].isupper() and not sentence.titled:
        return "W"  # a capital inside a sentence is part of a name ("Rapid Support Forces")
    j = _previous(sentence, i)
    before = sentence.classes[j] if j >= 0 else "^"
    word = sentence.toks[j].lower if j >= 0 else ""
    following = sentence.classes[i + 1] if i + 1 < len(sentence.classes) else "$"
    if before in ("-",) or following == "-":
        return "W"
    if (before in ("M", "O") or word == "to") and "base" in tags:
        return "V"
    if (before == "X" and tags & {"part", "ing"}) or (before == "H" and "part" in tags):
        return "V"
    if tags & {"past", "part"} and "base" not in tags:
        return _participle(before, following)
    if "ing" in tags:
        return _gerund(before, following)
    if before in ("D", "S", "N", "G") or (before == "P" and word != "to"):
        return "W"
    if "s" in tags:
        return _third_person(before, following, sentence, i, j, lexicon)
    return _base(before, following, word, sentence, i, lexicon)


def _participle(before: str, following: str) -> str:
    if before in ("D", "S", "N") or (before == "P" and following in ("W", "v")):
        return "G" if following in ("W", "v", "-") else ("V" if before == "N" else "W")
    return "G" if before in ("V", "^") and following == "W" else "V"


def _gerund(before: str, following: str) -> str:
    if before in ("D", "S", "N"):
        return "G" if following in ("W", "v") and before == "D" else "W"
    return "V"


def _third_person(before: str, following: str, sentence: Sentence, i: int, j: int, lexicon: Lexicon) -> str:
    if before == "R":
        return "V"
    if sentence.label == "title" and before == "." and following in ("W", "D", "N"):
        return "V"  # "Army Takes Town, Seizes Guns"
    if before != "W" or (sentence.toks[i].lower,) in lexicon.heads:
        return "W"
    subject = sentence.toks[j]
    if sentence.toks[i].lower in _nounish(lexicon) or sentence.toks[i].lower in _ARMS:
        acting = (subject.lower,) in lexicon.heads or subject.text[0].isupper()
        named = i + 1 < len(sentence.toks) and sentence.toks[i + 1].text[0].isupper()
        headline = named or sentence.label == "title"
        return "V" if acting and (following in ("D", "R", "N") or (following == "W" and headline)) else "W"
    if following == "P" and sentence.toks[i + 1].lower == "to":
        following = "C"  # "the delivery appears to be"
    singular = not subject.lower.endswith("s") or subject.text[0].isupper()
    return "V" if singular and following in ("D", "W", "R", "N", "v", "X", "A", "C") else "W"


_ARMS = frozenset({"arms", "bombs", "shells", "mortars", "rockets", "mines", "guns", "torpedoes"})


def _base(before: str, following: str, word: str, sentence: Sentence, i: int, lexicon: Lexicon) -> str:
    tags = lexicon.verb_tags[sentence.toks[i].lower]
    if before == "R" and word not in ("this", "that", "one"):
        return "V"
    if (sentence.toks[i].lower,) in lexicon.heads:
        return "W"
    plural = before == "W" and word.endswith("s") and not word.endswith("ss")
    if plural and following in ("D", "W", "R", "N", "P", "v", "A", "."):
        nounish = sentence.toks[i].lower in _nounish(lexicon)
        headline = sentence.label == "title" and following == "W"
        return "V" if not nounish or following in ("D", "R", "N") or headline else "W"
    if "past" in tags and before == "W" and following in ("D", "N", "R", "W", "P"):
        return "V"
    if before in ("C", ".") and any(c == "V" for c in sentence.classes[max(0, i - 8) : i]) and following in ("D", "N"):
        return "V"
    return "W"


def _nounish(lexicon: Lexicon) -> frozenset[str]:
    """Forms that head noun triggers of one word ("attacks", "support")."""
    return frozenset(w for w, senses in lexicon.nouns.items() if any(len(s.words) == 1 for s in senses))
