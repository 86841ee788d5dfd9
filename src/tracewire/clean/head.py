"""What a marked-up page says of itself: JSON-LD, meta tags, links. Nothing here is read from its text."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tracewire.clean.dates import iso_day
from tracewire.clean.html import Page

__all__ = ["Head", "read_head"]

JSON_NODES = 20_000
"""Most nodes of a JSON-LD script that are looked at; whole shops are in some."""

_ARTICLE = re.compile(r"article|posting|report", re.I)
_DATE_PROPERTIES = (
    "article:published_time", "datepublished", "og:published_time", "pubdate", "publishdate", "publish-date",
    "publish_date", "date.issued", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created",
    "sailthru.date", "parsely-pub-date", "article:published", "article.published", "og:article:published_time",
    "published-date", "published_time", "published_at", "cxenseparse:recs:publishtime", "date", "datecreated",
    "rnews:datepublished", "citation_publication_date", "citation_date", "og:publish_date", "og:pubdate", "bt:pubdate",
    "article:published_date", "publication_date", "date_published", "published_date", "dc.date.publication",
    "article_date_original", "published",
    "originalpublicationdate", "vr:published_time", "article:post_date", "displaydate",
)  # fmt: skip
_CHANGE_PROPERTIES = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified")
_AUTHOR_PROPERTIES = (
    "author", "article:author", "byl", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "creator",
    "citation_author",
)  # fmt: skip
_NOBODY = frozenset({"admin", "administrator", "editor", "staff", "unknown", "none", "null", "author"})
_CDATA = re.compile(r"\A\s*(?://\s*)?<!\[CDATA\[|(?://\s*)?\]\]>\s*\Z")


@dataclass(slots=True)
class Head:
    """Facts with where each was found, None where not said."""

    published: tuple[str, str] | None = None
    stamp: str | None = None
    """The words that `published` was read from."""
    modified: tuple[str, str] | None = None
    author: str | None = None
    outlet: tuple[str, str] | None = None
    language: str | None = None
    url: str | None = None
    meta: dict[str, str] = field(default_factory=dict)


def read_head(page: Page) -> Head:
    """Read JSON-LD first, then meta tags."""
    head = Head()
    for name, attributes in page.tags:
        _tag(head, name, attributes)
    articles = [node for script in page.scripts for node in _nodes(script) if _is_article(node)]
    _from_json(head, articles)
    _from_broken_json(head, page.scripts)
    for what in _DATE_PROPERTIES:
        if head.published is None and (day := iso_day(head.meta.get(what, ""))):
            head.published, head.stamp = (day, f"meta {what}"), head.meta[what]
    for what in _CHANGE_PROPERTIES:
        if head.modified is None and (day := iso_day(head.meta.get(what, ""))):
            head.modified = (day, f"meta {what}")
    for what in _AUTHOR_PROPERTIES:
        head.author = head.author or _person(head.meta.get(what, ""))
    if head.author is None and "written by" in head.meta.get("twitter:label1", "").lower():
        head.author = _person(head.meta.get("twitter:data1", ""))
    return head


def _tag(head: Head, name: str, attributes: dict[str, str]) -> None:
    if name == "html" and head.language is None:
        found = re.match(r"[A-Za-z]{2,3}(?=$|[-_])", attributes.get("lang") or attributes.get("xml:lang") or "")
        head.language = found[0].lower() if found else None
    elif name == "link" and "canonical" in attributes.get("rel", "").lower() and head.url is None:
        href = attributes.get("href", "").strip()
        head.url = href if re.match(r"https?://\S+\Z", href) else None
    elif name == "meta":
        content = " ".join(attributes.get("content", "").split())
        for key in ("property", "name", "itemprop"):
            if content and attributes.get(key):
                head.meta.setdefault(attributes[key].lower().strip(), content)
        if head.meta.get("og:site_name") and head.outlet is None:
            head.outlet = (head.meta["og:site_name"], "og:site_name")


def _nodes(script: str) -> Iterator[dict[str, Any]]:
    """Every object of a JSON-LD script, outermost first."""
    try:
        todo: list[Any] = [json.loads(_CDATA.sub("", script), strict=False)]
    except (ValueError, RecursionError):
        return
    for _ in range(JSON_NODES):
        if not todo:
            return
        node = todo.pop(0) if len(todo) < 100 else todo.pop()
        if isinstance(node, dict):
            yield node
            todo.extend(node.values())
        elif isinstance(node, list):
            todo.extend(node)


def _is_article(node: dict[str, Any]) -> bool:
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(k, str) and _ARTICLE.search(k) for k in kinds)


def _from_json(head: Head, articles: list[dict[str, Any]]) -> None:
    for node in articles:
        day = iso_day(node["datePublished"]) if isinstance(node.get("datePublished"), str) else None
        if day and head.published is None:
            head.published, head.stamp = (day, "JSON-LD datePublished"), node["datePublished"]
        changed = iso_day(node["dateModified"]) if isinstance(node.get("dateModified"), str) else None
        if changed and head.modified is None:
            head.modified = (changed, "JSON-LD dateModified")
        head.author = head.author or _people(node.get("author"))
        name = _name(node.get("publisher"))
        if name and head.outlet is None:
            head.outlet = (name, "JSON-LD publisher")


_PUBLISHED = re.compile(r"\"datePublished\"\s*:\s*\"([^\"]{4,40})\"")


def _from_broken_json(head: Head, scripts: list[str]) -> None:
    """The first publication date of scripts that are no valid JSON."""
    for script in scripts:
        if head.published is None and (found := _PUBLISHED.search(script)) and (day := iso_day(found[1])):
            head.published = (day, "JSON-LD datePublished")


def _people(value: Any) -> str | None:
    people = value if isinstance(value, list) else [value]
    names = [person for each in people[:10] if (person := _person(_name(each) or ""))]
    return ", ".join(dict.fromkeys(names)) or None


def _name(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        value = value[0] if value else None
    return " ".join(html.unescape(value).split()) or None if isinstance(value, str) else None


def _person(text: str) -> str | None:
    """A name out of an author field; addresses and accounts are none."""
    name = re.sub(r"\A(?:by|posted by|written by)\s+", "", " ".join(text.split()), flags=re.I)
    if not name or len(name) > 150 or not any(c.isalpha() for c in name):
        return None
    if re.search(r"https?://|www\.|@|\A\S+\.\w{2,}\S*\Z", name):
        return None
    return None if name.casefold() in _NOBODY else name
