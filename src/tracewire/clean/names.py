"""Names in lines: of authors after "By", of outlets after "Source:", of people alone."""

from __future__ import annotations

import re

from tracewire.clean.phrases import normal, phrases
from tracewire.clean.units import words

__all__ = ["author_in", "author_name", "author_of", "is_name", "is_outlet_name",
           "name_beside_date", "name_like", "name_part", "person_in", "source_of"]  # fmt: skip

OUTLET_WORDS = 8
"""Longest name of an outlet: "The Ministry of Information of the Republic of ..." and the like."""

_BY = re.compile(
    r"(?:by|written by|posted by|published by|submitted by|uploaded by|contributed by|story by|report by|reported by|"
    r"words by|text by|interview by|from our \w+|authors?\s*:|reporters?\s*:|text\s*:|words\s*:)\s*:?\s+(?=\S)", re.I
)  # fmt: skip
_WRITTEN_BY = re.compile(r"\b(?:by|BY|By)\s+(?=[A-Z])")
_AFTER_AUTHOR = re.compile(
    r"\s+(?:in|at|for|on|from|with|via|published|posted|updated)\s.*|\s*[|–—•·(@].*|\s+-\s.*|,\s*(?:\d|"
    r"(?:[\w ]{0,40})\b(?:correspondent|reporter|editor|writer|columnist|analyst|journalist|contributor|agency)\b).*",
    re.I,
)  # fmt: skip
_BYLINE_PARTS = re.compile(r"\s*[|·•⋅/–—]\s*|\s+-\s+|\s*,\s*|\s+(?=(?:[Pp]ublished|[Pp]osted|[Uu]pdated|on|in|at)\b)")
_SOURCE = re.compile(
    r"(?:original )?(?:re)?(?:sources?|via|articles? by|(?:article|story) from|(?:story|news) source|source article)"
    r"(?:\s*[:|]|(?<=via)|(?<=by)|(?<=from))\s+(?=\S)", re.I
)  # fmt: skip
_AFTER_SOURCE = re.compile(r"\s+(?:[-–—|/]\s*)?(?=by\b)|\s+[-–—|(\[/]\s*|\s*[(\[,;]")
_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+)+")


def name_like(text: str, small: str = "in_names") -> bool:
    """Whether every word begins with a capital or digit, or is one that names hold; `small` a word list."""
    found, allowed = words(text), phrases().words[small]
    return bool(found) and any(w[0].isupper() for w in found) and all(not w[0].islower() or w in allowed for w in found)


def is_name(text: str) -> bool:
    """Whether a line is a person's name alone: two to four capitalised words."""
    line = " ".join(text.replace("’", "'").split()).rstrip(":,")
    found = line.split()
    if not 2 <= len(found) <= 5 or not all(c.isalpha() or c in " .'-" for c in line):
        return False
    if not phrases().words["no_name"].isdisjoint(w.casefold() for w in found) or line.isupper():
        return False
    return 2 <= sum(w[0].isupper() for w in found) <= 4 and found[0][0].isupper() and name_like(line)


def name_part(line: str) -> str:
    """The name in a masthead: before a bar or dash and a slogan, after a label such as "From:"."""
    name = re.split(r"\s+[|–—·»-]\s+", " ".join(line.split()))[0].strip(" .:|")
    return re.sub(r"\A(?:from|source|publisher|publication)\s*:\s*", "", name, flags=re.I)


def is_outlet_name(name: str) -> bool:
    """Whether a short name can be an outlet's: not only names of sections, and no section glued to another word."""
    found, sections = [word.casefold() for word in words(name)], phrases().words["sections"]
    glued = re.match(r"[A-Z][a-z]+(?=[A-Z])", name)
    if glued and glued[0].casefold() in sections:
        return False
    return len(found) <= OUTLET_WORDS and name_like(name) and not all(word in sections for word in found)


def author_of(line: str) -> str | None:
    """Who a "By ..." line names; None where the line is another. `line` is normal."""
    found = _BY.match(line)
    if found is None or len(line) > 160 or len(line.split()) > 18:
        return None
    rest = line[found.end() :].strip(" .")
    named = rest[:1].isupper() and (name_like(rest) or name_like(_without_roles(rest)))
    return rest if rest[:1] == "@" or named else None


def _without_roles(text: str) -> str:
    """A byline without the small words and roles that bylines hold."""
    allowed = phrases().words["in_bylines"]
    return " ".join(word for word in words(text) if word not in allowed)


def author_in(line: str) -> str | None:
    """Who a byline names, wherever in it ("Posted on 3 May 2021 by A. Name"). `line` is normal."""
    found = _WRITTEN_BY.search(line)
    return author_of(line) or (author_of("By " + line[found.end() :]) if found else None)


def name_beside_date(line: str) -> str | None:
    """The person that a byline without "by" names: what is left of it without date, marks and role."""
    rest = phrases().date.sub(" | ", line)
    for part in _BYLINE_PARTS.split(rest):
        name = re.sub(r"\s*\([^()]*\)", "", part).strip(" :,.")
        if is_name(name):
            return name
    return None


def author_name(byline: str | None) -> str | None:
    """The name at the beginning of what a byline says, without place, time and role; None where it names nobody."""
    name = _AFTER_AUTHOR.sub("", byline or "").strip(" ,.-")
    name = re.sub(r"\A([^,]+), [A-Z]\w+\Z", r"\1", name)  # a place after the name
    staff = phrases().words["staff"]
    return name if name and not all(word.casefold() in staff for word in name.split()) else None


def person_in(text: str) -> str | None:
    """The name in an element that names an author; None where it holds a button, a role, a sentence or the staff."""
    line = _BY.sub("", normal(text)).strip(" ,.:|-–—·•")
    name = author_name(line) or ""
    found = words(name)
    known = phrases().words
    if not 1 <= len(found) <= 5 or len(name) > 50 or any(c.isdigit() or c in "@/<>{}?!" for c in name):
        return None
    plain = [word.casefold() for word in found]
    if not known["no_name"].isdisjoint(plain) or all(word in known["sections"] | known["staff"] for word in plain):
        return None
    return name


def source_of(line: str) -> str | None:
    """The outlet or agency of a "Source: X - by Y" line; None where the line is another. `line` is normal."""
    found = _SOURCE.match(line)
    if found is None or len(line.split()) > 40:
        return None
    name = _AFTER_SOURCE.split(line[found.end() :], maxsplit=1)[0].strip(" .\"'")
    if _ADDRESS.match(name):
        return name
    plain = re.sub(r" (?:for|on|in|&)(?= )", "", name)
    return name if name and len(name.split()) <= 8 and name_like(plain) else None
