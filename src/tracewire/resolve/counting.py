"""The counts of running text and what each counts: "12 soldiers and a civilian", "10Tanks 80+ TOW", "two dead".

Numbers that name (Base 46, T-72), measure (5,56 mm, 30 km), date, price or age are no counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from tracewire.lang import load_words
from tracewire.resolve.quantities import Bounds, read_count

__all__ = ["Counted", "counts_in"]

LONGEST_PHRASE = 6
"""Words that may bound a number before it ("slightly more than an estimated")."""
LONGEST_NOUN = 7
"""Words from a number to the noun that it counts ("six 120 mm self-propelled mortars")."""
MONTH_DAYS = 31

_TOKEN = re.compile(
    r"[A-Za-z]+-?\d[\w-]*|\.\d+\b"  # T-72, AK-47s, G3; .38
    r"|\d{1,3}(?:[,\u00a0\u2009\u202f]\d{3})+(?!\d)|\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?\b|\d+(?:[.,]\d+)?"
    r"|[^\W\d_]+(?:[’'][^\W\d_]+)*(?:-[^\W\d_]{3,})*|\S"
)
_NAMED = re.compile(r"[A-Za-z]+-?\d[\w-]*$")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$")
_PLURAL = re.compile(r"(?:[^\W\d_]{2,}[^siu\W\d_]s|[A-Za-z]+-?\d+[A-Za-z]*s|[A-Z]{2,}[’']?s)$")


@dataclass(frozen=True, slots=True)
class Counted:
    """A count in a text: offsets of its phrase and of its noun (the phrase where none follows), and its bounds."""

    start: int
    end: int
    head: tuple[int, int]
    bounds: Bounds


class _Token(NamedTuple):
    start: int
    end: int
    text: str
    lower: str


def counts_in(text: str) -> list[Counted]:
    """Every count of `text`, in order."""
    counter = _words()
    return list(counter.counts(text, counter.tokens(text)))


@lru_cache(maxsize=1)
def _words() -> _Counter:
    return _Counter(load_words("en", "numbers"), load_words("en", "verbs"), load_words("en", "dates"))


class _Counter:
    def __init__(self, words: Mapping[str, Any], verbs: Mapping[str, Any], dates: Mapping[str, Any]) -> None:
        self._numbers = {**words["units"], **words["teens"], **words["tens"]}
        self._multipliers = frozenset(words["multipliers"])
        self._ordinals = frozenset(words["ordinals"])
        self._measures = frozenset(words["measures"])
        self._containers = frozenset(f for c in words["containers"] for f in (c, c + "s", c + "es"))
        self._before = frozenset(tuple(p.split()) for r, ps in words["before"].items() for p in ps)
        self._plain = frozenset(tuple(p.split()) for p in words["before"]["none"])
        self._bounds_end = frozenset(w[-1] for w in self._before - self._plain) | {"between"}
        self._after = _by_first_word(_all(words["after"]))
        self._vague = _by_first_word([*_all(words["vague"]), *words["open"], *words["zero"], *words["vague_more"]])
        self._open = frozenset(words["open"])
        self._designators = frozenset(words["designators"])
        self._people = frozenset(words["plurals"])
        self._stops = frozenset(words["stops"]) | _verb_forms(verbs)
        self._streets = frozenset(words["streets"])
        self._months = frozenset(dates["months"])

    def tokens(self, text: str) -> list[_Token]:
        """Words, numbers, marks; "twenty-eight" in three, "T-72" and "pick-ups" in one."""
        found = []
        for match in _TOKEN.finditer(text):
            start, word = match.start(), match.group()
            lower = word.lower().replace("’", "'")
            if "-" in word and lower.partition("-")[0] in self._numbers:
                for part in re.finditer(r"[^-]+|-", word):
                    found.append(
                        _Token(start + part.start(), start + part.end(), part.group(), lower[part.start() : part.end()])
                    )
                continue
            found.append(_Token(start, match.end(), word, lower))
        return found

    def counts(self, text: str, tokens: Sequence[_Token]) -> Iterator[Counted]:
        """Left to right; a phrase is never part of two counts."""
        at = 0
        while at < len(tokens):
            found = self._at(text, tokens, at)
            if found is None:
                at += 1
                continue
            counted, at = found
            if counted is not None:
                yield counted
                at = max(at, self._within_of(tokens, at, counted))

    def _at(self, text: str, tokens: Sequence[_Token], at: int) -> tuple[Counted | None, int] | None:
        """The count whose number begins at a token, and the token after its phrase; None where no number begins."""
        word = tokens[at].lower
        end = self._part_end(tokens, at)
        if end == at and (word[0].isdigit() or word in self._numbers):
            end = self._number_end(tokens, at)
            if self._names_or_measures(text, tokens, at, end):
                return None, end
        if end == at:
            end = self._vague_end(tokens, at)
        if end > at:
            first, end = self._bounded_from(tokens, at), self._suffixed(tokens, end)
            return self._counted(text, tokens, first, end), end
        if word in ("a", "an") and at + 1 < len(tokens):
            return self._article(text, tokens, at)
        return None

    def _within_of(self, tokens: Sequence[_Token], at: int, counted: Counted) -> int:
        """After the second number of "four of its six drones"."""
        of = at < len(tokens) and tokens[at].lower == "of" and counted.head[0] > tokens[at].start
        return self._past_of(tokens, at) if of else at

    # ------------------------------------------------------------ the phrase

    def _part_end(self, tokens: Sequence[_Token], at: int) -> int:
        """After "half a million", "a quarter of a million", "a hundred", "two thirds of"; `at` for anything else."""
        words = [t.lower for t in tokens[at : at + 6]]
        here = 1 if words[0] in ("a", "an") else 0
        if words[here : here + 1] and words[here] in ("half", "quarter"):
            here += 1
            while words[here : here + 1] and words[here] in ("a", "an", "of", "-"):
                here += 1
        if here and words[here : here + 1] and words[here] in self._multipliers:
            return self._number_end(tokens, at + here)
        if words[0] in self._numbers:
            dash = 1 if words[1:2] == ["-"] else 0
            if words[1 + dash : 3 + dash][1:] == ["of"] and words[1 + dash] in (
                "thirds",
                "quarters",
                "fifths",
                "tenths",
            ):
                return at + 2 + dash
        return at

    def _number_end(self, tokens: Sequence[_Token], at: int) -> int:
        """After the number words from `at`, a range included ("two hundred and six", "10 to 15")."""
        end = at + 1
        while end < len(tokens):
            word, following = tokens[end].lower, tokens[end + 1].lower if end + 1 < len(tokens) else ""
            spelled = not tokens[end - 1].lower[0].isdigit() or tokens[end - 1].lower in self._multipliers
            if word in self._multipliers or (spelled and word in self._numbers):
                end += 1
            elif (
                (word == "-" and (following in self._numbers or following in self._multipliers or following.isdigit()))
                or (word in ("to", "or", "-", "–") and self._is_number(following))
                or (word == "and" and self._goes_on(tokens, at, end))
            ):
                end += 2
            else:
                break
        return end

    def _goes_on(self, tokens: Sequence[_Token], at: int, end: int) -> bool:
        """ "two hundred and six", "between 10 and 15"; not "12 and 3"."""
        following = tokens[end + 1].lower if end + 1 < len(tokens) else ""
        if at and tokens[at - 1].lower == "between":
            return self._is_number(following)
        return tokens[end - 1].lower in self._multipliers and following in self._numbers

    def _is_number(self, word: str) -> bool:
        return word in self._numbers or (word[:1].isdigit() and not _ORDINAL.match(word))

    def _bounded_from(self, tokens: Sequence[_Token], at: int) -> int:
        """Where the phrase begins: phrases that bound the number may stand before it."""
        first = at
        while first and tokens[first - 1].lower in self._bounds_end:
            for length in range(min(LONGEST_PHRASE, first), 0, -1):
                words = tuple(t.lower for t in tokens[first - length : first])
                if (words in self._before and words not in self._plain) or words == ("between",):
                    first -= length
                    break
            else:
                break
        return first

    def _suffixed(self, tokens: Sequence[_Token], end: int) -> int:
        """After "or more", "+", "-odd" behind a number."""
        dash = 1 if tokens[end : end + 1] and tokens[end].text == "-" else 0
        if end + dash >= len(tokens):
            return end
        for words in self._after.get(tokens[end + dash].lower, ()):
            if tuple(t.lower for t in tokens[end + dash : end + dash + len(words)]) == words:
                return end + dash + len(words)
        return end

    def _vague_end(self, tokens: Sequence[_Token], at: int) -> int:
        """After "dozens", "a handful of", "several hundred", "no"; `at` where no such phrase begins."""
        end = at
        if tokens[at + 1 : at + 2] and (tokens[at].lower, tokens[at + 1].lower) in _COMPARES:
            return at  # "no fewer than" bounds the number behind it
        for words in self._vague.get(tokens[at].lower, ()):
            if tuple(t.lower for t in tokens[at : at + len(words)]) == words:
                end = at + len(words)
                break
        if end == at or (end < len(tokens) and tokens[end - 1].lower != "of" and self._is_number(tokens[end].lower)):
            return at
        if tokens[end - 1].lower in self._ordinals or tokens[end - 1].lower in ("half", "quarter"):
            return end if tokens[end : end + 1] and tokens[end].lower == "of" else at
        while end < len(tokens) and (tokens[end].lower in self._open or tokens[end].lower in self._multipliers):
            end += 1
        if end + 1 < len(tokens) and tokens[end].lower == "of" and tokens[end + 1].lower in self._open:
            end += 2
        return end

    # ------------------------------------------------------------ what is no count

    def _names_or_measures(self, text: str, tokens: Sequence[_Token], at: int, end: int) -> bool:
        before = tokens[at - 1] if at else None
        after = tokens[end].lower if end < len(tokens) else ""
        token = tokens[at]
        digits = token.lower[0].isdigit()
        if _ORDINAL.match(token.lower) or after in self._ordinals or after in self._measures or after in ("%", "‰"):
            return True
        if after == "-" and end + 1 < len(tokens) and tokens[end + 1].lower.partition("-")[0] in self._measures:
            return True  # "a 120-millimetre mortar", "a 62-year-old woman"
        if not digits:
            return False
        return (
            (token.lower[0] == "0" and len(token.lower) > 1)
            or (before is not None and self._named_by(text, before, token, after))
            or (after in self._months and len(token.lower) <= 2)
            or self._is_address(tokens, end)
            or ":" in token.lower
        )

    def _named_by(self, text: str, before: _Token, token: _Token, after: str) -> bool:
        """Regiment 111, May 9, $5, Mi-24, aged 12, "the boy, 12,"."""
        word = before.lower.rstrip(".")
        if before.text in ("$", "€", "£", "#", "№") or (
            before.text == "-" and text[before.start - 1 : before.start].isalpha()
        ):
            return True
        if word in self._months and token.lower.isdigit() and int(token.lower[:9]) <= MONTH_DAYS:
            return True
        if word in self._designators:
            return before.text[0].isupper() or not self._is_plural(after)
        if before.text == "," and after == ",":
            return True
        year = len(token.lower) == 4 and token.lower[:2] in ("19", "20")
        return year and not self._is_plural(after)

    def _is_address(self, tokens: Sequence[_Token], end: int) -> bool:
        near = [t for t in tokens[end : end + 3] if t.text[0].isupper()]
        return any(t.lower in self._streets for t in near)

    # ------------------------------------------------------------ the noun

    def _counted(self, text: str, tokens: Sequence[_Token], first: int, end: int) -> Counted | None:
        head_from = end
        if tokens[end : end + 1] and tokens[end].lower in ("x", "×"):
            head_from += 1
        head = self._head(tokens, head_from)
        phrase = text[tokens[first].start : tokens[end - 1].end]
        container = head is None and self._container(tokens, head_from)
        if container:
            phrase = text[tokens[first].start : tokens[container - 1].end]
            end, head = container, self._head(tokens, container)
        bounds = read_count(phrase)
        alone = head is None and not self._stands_alone(tokens, end) and not _is_toll(tokens, first)
        if bounds is None or alone:
            return None
        span = (tokens[first].start, tokens[end - 1].end)
        return Counted(*span, (tokens[head].start, tokens[head].end) if head is not None else span, bounds)

    def _container(self, tokens: Sequence[_Token], at: int) -> int:
        """After "truckloads of", "battalion's worth of": they hold what is counted; 0 where there is no such thing."""
        for reach in (at, at + 1, at + 2):
            words = [t.lower for t in tokens[reach : reach + 2]]
            if len(words) == 2 and words[1] == "of" and (words[0] in self._containers or words[0] == "worth"):
                return reach + 2
        return 0

    def _head(self, tokens: Sequence[_Token], at: int) -> int | None:
        """The noun counted by a number that ends before `at`."""
        if self._container(tokens, at):
            return None
        at = self._past_of(tokens, at)
        last = None
        for here in range(at, min(at + LONGEST_NOUN, len(tokens))):
            token = tokens[here]
            if self._is_size(tokens, here) or token.text == "-":
                continue
            if (
                here == at
                and token.lower in self._stops
                and token.lower.endswith("ed")
                and not self._is_plural(token.lower)
            ):
                continue  # "300 captured rifles"
            if not (token.text[0].isalpha()) or (token.lower in self._stops and (here > at or last is not None)):
                break
            if token.lower in self._stops and token.lower not in self._people:
                break
            last = here
            if self._is_plural(token.lower) or self._is_plural(token.text):
                return self._last_plural(tokens, here)
        return last

    def _past_of(self, tokens: Sequence[_Token], at: int) -> int:
        if at < len(tokens) and tokens[at].lower == "of":
            at += 1
            while at < len(tokens) and (tokens[at].lower in _OWNERS or self._is_number(tokens[at].lower)):
                at += 1
            if at + 1 < len(tokens) and tokens[at].lower.endswith("'s"):
                at += 1
            elif [t.lower for t in tokens[at + 1 : at + 3]] == ["'", "s"]:
                at += 3
        return at

    def _is_size(self, tokens: Sequence[_Token], at: int) -> bool:
        """ "120 mm" inside a noun phrase."""
        token, near = tokens[at], [t.lower for t in tokens[at + 1 : at + 3]]
        if token.text[0].isdigit() or token.text[0] == ".":
            return bool(near) and (near[0] in self._measures or near[0] == "-")
        return (token.lower in self._measures and at > 0 and tokens[at - 1].text[0].isdigit()) or (
            token.lower in self._measures and at > 0 and tokens[at - 1].text == "-"
        )

    def _last_plural(self, tokens: Sequence[_Token], at: int) -> int:
        while at + 1 < len(tokens) and self._is_plural(tokens[at + 1].text) and tokens[at + 1].lower not in self._stops:
            at += 1
        return at

    def _is_plural(self, word: str) -> bool:
        return word in self._people or (_PLURAL.match(word) is not None and word.lower() not in self._stops)

    def _stands_alone(self, tokens: Sequence[_Token], end: int) -> bool:
        """ "16 were captured", "30 wounded": a number that says what became of those it counts."""
        near = [t.lower for t in tokens[end : end + 2]]
        return near[:1] != [] and (near[0] in _BECAME or (near[0] == "of" and near[-1] in _THEM))

    def _article(self, text: str, tokens: Sequence[_Token], at: int) -> tuple[Counted | None, int] | None:
        """ "a howitzer": one; "a third truck" and "a battalion's worth of tanks" are not."""
        container = self._container(tokens, at + 1)
        if container:
            return self._counted(text, tokens, at, container), container
        if tokens[at + 1].lower in _AMOUNTS:
            return None
        head = self._head(tokens, at + 1)
        bounds = read_count(tokens[at].text)
        if head is None or bounds is None or self._is_plural(tokens[head].lower):
            return None
        span = (tokens[at].start, tokens[at].end)
        return Counted(*span, (tokens[head].start, tokens[head].end), bounds), at + 1


_OWNERS = frozenset(["the", "its", "his", "her", "their", "our", "these", "those", "them", "all"])
_THEM = frozenset(["them", "which", "whom", "those", "these", "whose"])
_AMOUNTS = frozenset(["little", "bit", "few", "lot", "number", "further", "total", "more"])
_COMPARES = frozenset([("no", "fewer"), ("no", "less"), ("no", "more"), ("not", "less"), ("not", "fewer")])
_TOLLS = frozenset(["toll", "dead", "killed", "deaths", "casualties", "wounded", "injured", "fatalities"])
_BECAME = frozenset(["was", "were", "are", "have", "had", "went", "surrendered", "died", "fled", "drowned", "escaped"])


def _is_toll(tokens: Sequence[_Token], first: int) -> bool:
    """ "Put the dead at 55", "the toll rose to 12": a number without a noun that ends a count of people."""
    near = [t.lower for t in tokens[max(0, first - 6) : first]]
    return near[-1:] in (["at"], ["to"], ["reached"]) and not _TOLLS.isdisjoint(near)


def _all(lists: Mapping[str, Sequence[str]]) -> list[str]:
    return [phrase for phrases in lists.values() for phrase in phrases]


def _by_first_word(phrases: Sequence[str]) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for words in sorted({tuple(p.split()) for p in phrases}, key=lambda w: (-len(w), w)):
        found.setdefault(words[0], []).append(words)
    return found


def _verb_forms(verbs: Mapping[str, Any]) -> frozenset[str]:
    forms = {form for row in verbs["irregular"].values() for form in row[:2]}
    return frozenset({*forms, *verbs["auxiliaries"], *verbs["have"], *verbs["do"], *verbs["modals"]})
