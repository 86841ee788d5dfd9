"""What the elements around a text say of it: navigation, related links, comments, captions, hidden parts."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

from tracewire.clean.units import Mark

__all__ = ["Region", "names_author", "region_of"]


@dataclass(frozen=True, slots=True)
class Region:
    """The standing of a place in a page, by the elements that hold it."""

    mark: Mark | None = None
    """A label that the elements suggest."""
    certain: bool = False
    """Whether the label holds for main text too (captions, quotes, embeds), not only outside it."""
    name: str = ""
    """The nearest block element that matters by itself: title."""
    heading: int = 0
    link: bool = False
    json: bool = False
    """Whether this is a JSON-LD script."""
    author: int = 0
    """The number of the element that names an author, 0 outside of one."""


_ELEMENTS: dict[str, Mark] = {
    "nav": Mark("nav", "nav element"),
    "footer": Mark("nav", "footer element"),
    "header": Mark("nav", "header element"),
    "aside": Mark("related", "aside element"),
    "form": Mark("nav", "form element"),
    "button": Mark("nav", "button element"),
    "select": Mark("nav", "select element"),
    "menu": Mark("nav", "menu element"),
    "title": Mark("nav", "page title"),
    "figcaption": Mark("caption", "figcaption element"),
    "caption": Mark("caption", "caption element"),
    "blockquote": Mark("quote", "blockquote element"),
}

_CERTAIN = frozenset({"caption", "quote", "embed"})

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|[-_\s]+")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def region_of(outer: Region, name: str, attributes: dict[str, str]) -> Region:
    """The region inside an element, given the region around it."""
    inner = outer
    mark = _mark(name, attributes)
    # inside navigation and the like everything stays so; a quote inside an embed is the embed
    if mark and (inner.mark is None or (mark.label in _CERTAIN and inner.mark.label not in _CERTAIN)):
        inner = replace(inner, mark=mark, certain=mark.label in _CERTAIN)
    if len(name) == 2 and name[0] == "h" and name[1] in "123456":
        inner = replace(inner, heading=int(name[1]))
    if name == "title":
        inner = replace(inner, name=name)
    if name == "a" and "href" in attributes:
        inner = replace(inner, link=True)
    return inner


_AUTHOR_PAGE = re.compile(r"/(?:authors?|contributors?|writers?|reporters?|journalists?|byline)/[^/?#]+/?\Z", re.I)
_AUTHOR_CLASS = re.compile(
    r" (?:author(?:s)? ?(?:box )?(?:name|link)|authorname|(?:post|entry|article|story|blog|meta|byline|news) authors?|"
    r"byline (?:name|author)|vcard author|author vcard) "
)


def names_author(outer: Region, name: str, attributes: dict[str, str]) -> bool:
    """Whether an element holds the name of an author: by microdata, rel, the page it links to, or its class."""
    if (prop := attributes.get("itemprop")) and (prop.lower() == "author" or (outer.author and prop.lower() == "name")):
        return True
    if name == "a":
        rel, href = attributes.get("rel", ""), attributes.get("href", "")
        if "author" in rel.lower().split() or ("/" in href and _AUTHOR_PAGE.search(href)):
            return True
    named = attributes.get("class", "")
    return "uthor" in named and _by_author_class(named[:200])


@lru_cache(maxsize=1024)
def _by_author_class(named: str) -> bool:
    return any(_AUTHOR_CLASS.search(f" {' '.join(_CAMEL.sub(' ', word).lower().split())} ") for word in named.split())


def _mark(name: str, attributes: dict[str, str]) -> Mark | None:
    if name == "a" and "author" in attributes.get("rel", "").lower().split():
        return Mark("byline", "link to the author")
    named = " ".join(attributes[key] for key in ("class", "id", "role") if attributes.get(key))
    if "hidden" in attributes or _HIDDEN_STYLE.search(attributes.get("style", "")):
        return Mark("nav", "hidden element")
    by_name = _by_words(named[:200]) if named and name not in ("html", "body", "main", "article") else None
    if by_name is not None and (by_name.label in _CERTAIN or name not in _ELEMENTS):
        return by_name
    return _ELEMENTS.get(name)


@cache
def _names() -> tuple[tuple[re.Pattern[str], Mark], ...]:
    """The patterns of regions.toml, read once a process."""
    table = tomllib.loads(files("tracewire.clean").joinpath("regions.toml").read_text("utf-8"))
    return tuple(
        (re.compile(f" (?:{row['words']}) "), Mark(row["label"], f"class or id says {row['what']}"))
        for row in table["region"]
    )


@lru_cache(maxsize=4096)
def _by_words(named: str) -> Mark | None:
    """The label that class and id words suggest; a word must stand whole ("nav", not "unavailable")."""
    line = " " + " ".join(_CAMEL.sub(" ", named).lower().split()) + " "
    for pattern, mark in _names():
        if pattern.search(line):
            return mark
    return None
