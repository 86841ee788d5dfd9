"""Time phrases to the few symbols that the grammar of dates reads.

M11 a month, W0 a weekday (Monday), Uweek a unit, Z3 a season by its first month, O1 an ordinal, H and a name a feast,
I9 a month of the Islamic and J1 of the Solar Hijri year, D2014-11-03 a written date, A3/4/2014 one of two readings.
Clock times and parts of the day are dropped: they never change the day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from tracewire.lang import load_words

__all__ = ["DAY_PART", "canonical"]

DAY_PART = "daypart"
"""What is left of a phrase that only says when on a day ("at dawn", "at 0430 gmt")."""
CENTURY_PIVOT = 50
"""Two-digit years from here on belong to the 1900s."""
LONGEST_PHRASE = 400
"""No time phrase has more characters; longer ones are cut so that a broken mention cannot cost time."""

_ASIDE = re.compile("\\[[^\\]]*\\]|\u00a0")
_DASH = re.compile("\\s*[\u2010\u2011\u2012\u2013\u2014\u2212-]+\\s*")
_DECADE = re.compile("(?<!\\d)(?:(?P<full>\\d{3}0)\\s?['\u2019]?\\s?|['\u2019]?\\b(?P<short>[2-9]0)\\s?)s\\b")
_ISO = re.compile(r"(?<!\d)(\d{4})(?:-(\d{1,2})-|/(\d{1,2})/|\.(\d{1,2})\.)(\d{1,2})(?:t[\d:.]+z?)?(?!\d)")
_SLASHES = re.compile(r"(?<![\d/])(\d{1,2}) ?/ ?(\d{1,2})(?: ?/ ?(\d{4}|\d{2}))?(?![\d/])")
_DOTS = re.compile(r"(?<![\d.])(\d{1,2})\. ?(\d{1,2})\. ?(\d{4}|\d{2})(?!\d)")
_HOUR = r"(?:[01]\d|2[0-4])[0-5]\d"
_CLOCK = re.compile(
    r"(?<!\d)\d{1,2} ?: ?\d{2}(?: ?: ?\d{2})?(?: ?[ap]\.? ?m\b\.?)?|(?<![\d.])\d{1,2} ?[ap]\.? ?m\b\.?"
    rf"|(?<![\d.])\d{{1,2}}\.\d{{2}}(?![\d.])|\b{_HOUR} (?:and|to|-) {_HOUR}(?= ?(?:gmt|utc|hours|hrs|local))"
    rf"|\b{_HOUR}(?= ?(?:gmt|utc|hours|hrs|local|z\b|on\b|today|yesterday|tomorrow))|(?<!\d)0\d{{3}}(?!\d)"
    rf"|(?<=\bat ){_HOUR}\b|(?<=\bat about ){_HOUR}\b|(?<=\bat approximately ){_HOUR}\b|(?<=\bat around ){_HOUR}\b"
    r"|\b\w+ o ?['\u2019] ?clock\b"
)
_TOKEN = re.compile(r"[DAS][\d/-]+|\d{4}s\b|\d+(?:st|nd|rd|th)\b|\d+|[^\W\d_]+|-")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_TWO_DAYS = re.compile(r"S(\d+)/(\d+) (?:of )?(M\d+)")
""" "the night of 11/12 June"."""
_DAY_OF = re.compile(r"\bUday (?:of )?(?=H[a-z]|M\d+ \d)")
""" "the day of Ashura"."""
_AND_A_HALF = re.compile(r" and a half(?= U)| and a half$|(?<=Uyear) and a half|(?<=Umonth) and a half")
_BEFORE_DAY_PART = (
    "(?:(?:at|before|after|around|approximately|close to|in|during|on|about|shortly|just|soon|the|late|early|mid|-|from"
    "|to|a) )*"
)


@lru_cache(maxsize=20_000)
def canonical(text: str) -> str:
    """The symbols of an English time phrase, one space between; DAY_PART where no day is named."""
    return _english().canonical(text[:LONGEST_PHRASE])


@lru_cache(maxsize=1)
def _english() -> _Words:
    return _Words(load_words("en", "dates"), load_words("en", "numbers"))


class _Words:
    def __init__(self, dates: Mapping[str, Any], numbers: Mapping[str, Any]) -> None:
        self._rewrite: Mapping[str, str] = dates["rewrite"]
        self._phrases = _any_of(self._rewrite)
        self._part_phrases = _any_of(dates["day_part"]["phrases"])
        parts = "|".join(sorted(dates["day_part"]["words"], key=len, reverse=True))
        self._part = re.compile(f"(?<!\\S){_BEFORE_DAY_PART}(?:{parts})(?: (?:of|on|in|to))?(?!\\S)")
        self._map = _symbols(dates, numbers)
        self._small: Mapping[str, int] = {**numbers["units"], **numbers["teens"]}
        self._tens: Mapping[str, int] = numbers["tens"]

    def canonical(self, text: str) -> str:
        text = _numeric(_DECADE.sub(_decade, _DASH.sub(" - ", _ASIDE.sub(" ", text.casefold()))))
        timed = _CLOCK.sub(" noon ", text)
        timed = re.sub(r"\b(noon hours|mid -)(?!\S)", lambda m: m[0].split()[0], " ".join(_TOKEN.findall(timed)))
        timed = self._phrases.sub(
            lambda m: self._rewrite[m.group().replace(" - ", " ")], self._part_phrases.sub("noon", timed)
        )
        words = [w for w in self._part.sub(" ", timed).split() if w not in ("s", "o", "clock", "d")]
        symbols = " ".join(self._numbers([self._symbol(w) for w in words])).strip("- ")
        symbols = _TWO_DAYS.sub(r"\1 - \2 \3", _DAY_OF.sub("", _AND_A_HALF.sub("", symbols)))
        return symbols or (DAY_PART if "noon" in timed or words or self._part.search(timed) else "")

    def _symbol(self, word: str) -> str:
        if found := _ORDINAL.fullmatch(word):
            return found[1] + "o"
        return self._map.get(word, word)

    def _numbers(self, words: list[str]) -> list[str]:
        found: list[str] = []
        at = 0
        while at < len(words):
            word = words[at]
            if word in self._tens:
                skip = at + 2 if words[at + 1 : at + 2] == ["-"] else at + 1
                unit = self._small.get(words[skip], 10) if skip < len(words) else 10
                found.append(str(self._tens[word] + (unit if unit < 10 else 0)))
                at = skip + 1 if unit < 10 else at + 1
                continue
            found.append(str(self._small[word]) if word in self._small and word != "both" else word)
            at += 1
        return found


def _symbols(dates: Mapping[str, Any], numbers: Mapping[str, Any]) -> dict[str, str]:
    table: dict[str, str] = {}
    table |= {word: f"M{n}" for word, n in (dates["months"] | dates["months_of_others"]).items()}
    table |= {word: f"W{n}" for word, n in dates["weekdays"].items()}
    table |= {word: f"Z{n}" for word, n in dates["seasons"].items()}
    table |= {word: f"{1900 + n}s" if n else "2000s" for word, n in dates["decades"].items()}
    table |= dates["units"]
    for n, words in enumerate(("first", "second", "third", "fourth"), 1):
        table |= {word: f"O{n}" for word in dates["counts"][words] if word[0].isalpha()}
    table |= dict.fromkeys(dates["counts"]["few"], "few")
    return {word: symbol for word, symbol in table.items() if word not in numbers["units"]}


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(f"(?<!\\S)(?:{'|'.join(ordered).replace(' ', '(?: - | )')})(?!\\S)")


def _decade(match: re.Match[str]) -> str:
    return f"{match['full'] or '19' + match['short']}s"


def _numeric(text: str) -> str:
    """Written dates in digits as D (one reading) or A (two)."""
    text = re.sub(r"(\d{4}) - (\d{1,2}) - (\d{1,2})(?!\d)", r"\1-\2-\3", text)
    text = _ISO.sub(lambda m: _day(m[1], m[2] or m[3] or m[4], m[5]) or " ", text)
    text = _DOTS.sub(lambda m: _day(m[3], m[2], m[1]) or _day(m[3], m[1], m[2]) or " ", text)
    return _SLASHES.sub(_slashed, text)


def _slashed(match: re.Match[str]) -> str:
    first, second, year = match.groups()
    if (first, second, year) == ("9", "11", None):
        return " D2001-09-11 "
    if year is None:
        return f" S{first}/{second} "
    readings = {r for r in (_day(year, first, second), _day(year, second, first)) if r}
    if len(readings) == 2:
        return f" A{first}/{second}/{full_year(year)} "
    return readings.pop() if readings else " "


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return f" D{date(full_year(year), int(month), int(day)).isoformat()} "
    except ValueError:
        return None


def full_year(year: str) -> int:
    """A year of two digits in its century, by CENTURY_PIVOT."""
    number = int(year)
    if len(year) > 2:
        return number
    return number + (1900 if number >= CENTURY_PIVOT else 2000)
