"""Lists of pages: RSS, Atom and JSON feeds, sitemaps; each entry with what the list says of it."""

from __future__ import annotations

import io
import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tracewire.ingest.refusal import RefusalError
from tracewire.model import Metadata

__all__ = ["Entry", "entries"]

_MAP_ROOT = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]", re.I)
_ENTITY = re.compile(rb"<!ENTITY\b")
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ]|\Z)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list: an address, or the text that the list itself holds; `is_list` where it names another list."""

    url: str | None
    given: Metadata = field(default_factory=Metadata)
    html: str | None = None
    is_list: bool = False


def entries(data: bytes) -> list[Entry]:
    """The entries of a feed or sitemap in order, each address once. Raises RefusalError where it cannot be read."""
    if _ENTITY.search(data.replace(b"\0", b"")):
        raise RefusalError("the list declares XML entities; such files can grow without bound and are not read")
    try:
        found = list(_sitemap(data) if _MAP_ROOT.search(data[:4096]) else _feed(data))
    except RefusalError:
        raise
    except Exception as error:  # whatever an outside parser breaks on is one list lost
        raise RefusalError(f"the list cannot be read: {type(error).__name__}: {error}") from error
    seen: set[str] = set()
    once = []
    for entry in found:
        if entry.url is None or entry.url not in seen:
            once.append(entry)
            seen.update([entry.url] if entry.url else [])
    return once


# ---------------------------------------------------------------- sitemaps


def _sitemap(data: bytes) -> Iterator[Entry]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    root = etree.fromstring(data, parser)
    if root is None:
        raise RefusalError("the list is no XML")
    for node in root.iter(tag=etree.Element):
        kind = etree.QName(node).localname
        if kind not in ("url", "sitemap"):
            continue
        said = {etree.QName(child).localname: (child.text or "").strip() for child in node.iter(tag=etree.Element)}
        if url := said.get("loc"):
            yield Entry(url, _news(said), is_list=kind == "sitemap")


def _news(said: dict[str, str]) -> Metadata:
    """What the news extension of a sitemap says; `lastmod` is no publication date and is not used."""
    return Metadata(
        published=_day(said.get("publication_date", "")),
        outlet=said.get("name") or None,
        title=said.get("title") or None,
        language=_language(said.get("language", "")),
    )


# ---------------------------------------------------------------- feeds


def _feed(data: bytes) -> Iterator[Entry]:
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        yield from _json_feed(json.loads(data.decode("utf-8-sig", "replace")))
        return
    import feedparser

    # a file object, for given bytes feedparser may take them for an address
    feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not feed.get("version") and not feed.get("entries"):
        raise RefusalError("the list is neither a feed nor a sitemap")
    site = _text(feed.get("feed", {}).get("title"))
    for item in feed.get("entries", []):
        yield _item(item, site)


def _item(item: Any, site: str | None) -> Entry:
    source = _text((item.get("source") or {}).get("title"))
    bodies = [c.get("value") for c in item.get("content", [])] + [item.get("summary")]
    html = max((body for body in bodies if isinstance(body, str)), key=len, default=None)
    return Entry(
        url=_address(item.get("link")),
        given=Metadata(
            published=_published(item),
            url=_address(item.get("link")),
            outlet=source or site,
            author=_text((item.get("author_detail") or {}).get("name")) or _text(item.get("author")),
            title=_plain(item.get("title")),
        ),
        html=html or None,
    )


def _published(item: Any) -> str | None:
    """The day an item was published; where only an update is dated, an interval that is open before it."""
    for key, form in (("published_parsed", "{}"), ("updated_parsed", "../{}")):
        when = item.get(key)
        if isinstance(when, time.struct_time) and 1900 < when.tm_year < 2200:
            return form.format(time.strftime("%Y-%m-%d", when))
    return None


def _json_feed(feed: Any) -> Iterator[Entry]:
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise RefusalError("the JSON holds no feed")
    for item in feed["items"]:
        if not isinstance(item, dict):
            continue
        authors = item.get("authors") or [item.get("author")]
        names = [_text(a.get("name")) for a in authors if isinstance(a, dict)] if isinstance(authors, list) else []
        url = _address(item.get("url")) or _address(item.get("external_url"))
        given = Metadata(
            published=_day(item.get("date_published")),
            url=url,
            outlet=_text(feed.get("title")),
            author=", ".join(filter(None, names)) or None,
            title=_text(item.get("title")),
            language=_language(item.get("language") or feed.get("language")),
        )
        yield Entry(url, given, _text(item.get("content_html")) or _escaped(_text(item.get("content_text"))))


# ---------------------------------------------------------------- values


def _text(value: Any) -> str | None:
    return (" ".join(value.split()) or None) if isinstance(value, str) else None


def _plain(value: Any) -> str | None:
    """A title without the markup that some feeds put into it."""
    import html

    return _text(html.unescape(re.sub(r"<[^<>]{0,200}>", " ", value))) if isinstance(value, str) else None


def _escaped(text: str | None) -> str | None:
    import html

    return None if text is None else f"<p>{html.escape(text, quote=False)}</p>"


def _address(value: Any) -> str | None:
    return value.strip() if isinstance(value, str) and re.match(r"https?://\S+\Z", value.strip(), re.I) else None


def _day(value: Any) -> str | None:
    found = _DAY.match(value.strip()) if isinstance(value, str) else None
    return found[1] if found else None


def _language(value: Any) -> str | None:
    found = re.match(r"[A-Za-z]{2,3}(?=$|[-_])", value) if isinstance(value, str) else None
    return found[0].lower() if found else None
