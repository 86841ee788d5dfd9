"""What the elements around a text say of it: navigation, related links, comments, captions, hidden parts."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from tracewire.clean.markup import FURNITURE
from tracewire.clean.units import Mark

__all__ = [
    "ARTICLE", "BODY", "COMMENTS", "CONTENT", "LABELS", "LINKED_HEADING", "LISTED", "MAIN", "NAMED", "PASSED", "SIGNS",
    "TABLE", "Element", "Region", "element_of", "region_of",
]  # fmt: skip


ARTICLE, MAIN, BODY, CONTENT = 1, 2, 4, 8
"""Signs of main text in the elements around a place: `article`, `main`, a class or microdata that name an article's
body, a class that speaks of content."""

LISTED, TABLE, LINKED_HEADING, COMMENTS = 16, 32, 64, 128
"""Signs of the shape: in a list, in a table, in a heading inside a link; and of readers' comments."""

PASSED = 256
"""In an element that holds no report: navigation, footer, aside, select."""

NAMED = 512
"""The first of the signs that a class or element of furniture gives, one for each of `LABELS`."""

SIGNS = (
    ("an article", ARTICLE), ("main", MAIN), ("a body", BODY), ("content", CONTENT), ("a list", LISTED),
    ("a table", TABLE), ("a heading in a link", LINKED_HEADING), ("comments", COMMENTS),
)  # fmt: skip

LABELS = ("nav", "related", "social", "disclaimer", "byline", "bio", "caption", "embed", "quote")


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
    signs: int = 0
    """What all elements around say together, a bit for each sign."""


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """What a start tag says, whatever stands around it; tags that say the same have the same one."""

    mark: Mark | None
    heading: int
    name: str
    link: bool
    signs: int
    author: bool
    """Whether it holds the name of an author."""
    person: bool
    """Whether it does where it stands in such an element."""


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


def element_of(name: str, attributes: dict[str, str]) -> Element:
    """What a start tag says by its name and attributes."""
    if not attributes:
        return _element(name)
    get = attributes.get
    href, style, named = get("href"), get("style"), get("class", "")
    return _element(
        name,
        (named or "")[:200],
        get("id", "")[:200],
        get("role", ""),
        get("itemprop", "").lower(),
        get("rel", "").lower(),
        href is not None,
        href is not None and name == "a" and "/" in href and _AUTHOR_PAGE.search(href) is not None,
        "hidden" in attributes or (style is not None and _HIDDEN_STYLE.search(style) is not None),
    )


@lru_cache(maxsize=32_768)
def _element(
    name: str, named: str = "", id_: str = "", role: str = "", prop: str = "", rel: str = "",
    link: bool = False, author_page: bool = False, hidden: bool = False,
) -> Element:  # fmt: skip
    mark = _mark(name, named, id_, role, rel, hidden)
    heading = int(name[1]) if len(name) == 2 and name[0] == "h" and name[1] in "123456" else 0
    signs = _signs(name, named, id_, role, prop)
    signs |= NAMED << LABELS.index(mark.label) if mark and mark.label in LABELS else 0
    author = prop == "author" or (name == "a" and ("author" in rel.split() or author_page))
    author = author or ("uthor" in named and _by_author_class(named))
    title = name if name == "title" else ""
    return Element(mark, heading, title, name == "a" and link, signs, author, prop == "name")


def region_of(outer: Region, element: Element) -> Region:
    """The region inside an element, given the region around it; the same object where the element says nothing."""
    mark, signs = element.mark, outer.signs | element.signs
    # inside navigation and the like everything stays so; a quote inside an embed is the embed
    if not (mark and (outer.mark is None or (mark.label in _CERTAIN and outer.mark.label not in _CERTAIN))):
        mark = None
    if mark is None and signs == outer.signs and not (element.heading or element.link or element.name):
        return outer
    if (element.heading and outer.link) or (element.link and outer.heading):
        signs |= LINKED_HEADING
    return Region(
        mark or outer.mark,
        mark.label in _CERTAIN if mark else outer.certain,
        element.name or outer.name,
        element.heading or outer.heading,
        element.link or outer.link,
        outer.json,
        outer.author,
        signs,
    )


_BODY_NAME = re.compile(
    r" (?:article|entry|post|story|news|blog|node|page|main|field name|single|td post)"
    r" (?:\w+ )?(?:body|content|contents|text|copy|paragraphs?) | articlebody | storybody | rich text | rte "
)
_CONTENT_NAME = re.compile(r" (?:article|content|contents|post|entry|story|text|body|main|single|prose|page|news) ")
_COMMENTS_NAME = re.compile(r" (?:comments?|commentlist|comment list|disqus(?: thread)?|respond|replies|reply) ")
_SHAPES = {"article": ARTICLE, "main": MAIN, "ul": LISTED, "ol": LISTED, "dl": LISTED, "table": TABLE,
           **dict.fromkeys(FURNITURE, PASSED)}  # fmt: skip


def _signs(name: str, named: str, id_: str, role: str, prop: str) -> int:
    """The signs of main text and of shape that a tag gives by itself."""
    signs = _SHAPES.get(name, 0)
    if name in ("html", "body"):
        return signs
    if role in ("main", "article"):
        signs |= MAIN if role == "main" else ARTICLE
    if "articlebody" in prop:
        signs |= BODY
    return signs | _named_signs(f"{named} {id_}") if named or id_ else signs


def _named_signs(named: str) -> int:
    line = " " + " ".join(_CAMEL.sub(" ", named).lower().split()) + " "
    found = ((BODY, _BODY_NAME), (CONTENT, _CONTENT_NAME), (COMMENTS, _COMMENTS_NAME))
    return sum(bit for bit, pattern in found if pattern.search(line))


_AUTHOR_PAGE = re.compile(r"/(?:authors?|contributors?|writers?|reporters?|journalists?|byline)/[^/?#]+/?\Z", re.I)
_AUTHOR_CLASS = re.compile(
    r" (?:author(?:s)? ?(?:box )?(?:name|link)|authorname|(?:post|entry|article|story|blog|meta|byline|news) authors?|"
    r"byline (?:name|author)|vcard author|author vcard) "
)


def _by_author_class(named: str) -> bool:
    return any(_AUTHOR_CLASS.search(f" {' '.join(_CAMEL.sub(' ', word).lower().split())} ") for word in named.split())


def _mark(name: str, named: str, id_: str, role: str, rel: str, hidden: bool) -> Mark | None:
    if name == "a" and "author" in rel.split():
        return Mark("byline", "link to the author")
    if hidden:
        return Mark("nav", "hidden element")
    said = " ".join(filter(None, (named, id_, role)))[:200]
    by_name = _by_words(said) if said and name not in ("html", "body", "main", "article") else None
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


@cache
def _any_name() -> re.Pattern[str]:
    return re.compile("|".join(pattern.pattern for pattern, _ in _names()))


def _by_words(named: str) -> Mark | None:
    """The label that class and id words suggest; a word must stand whole ("nav", not "unavailable")."""
    line = " " + " ".join(_CAMEL.sub(" ", named).lower().split()) + " "
    if not _any_name().search(line):
        return None
    for pattern, mark in _names():
        if pattern.search(line):
            return mark
    return None
