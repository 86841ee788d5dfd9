"""Addresses to pages: a page, or all pages that a feed or sitemap names."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterator
from dataclasses import replace

from tracewire.config import Settings
from tracewire.ingest.body import gunzip
from tracewire.ingest.fetch import Answer, Fetcher
from tracewire.ingest.kinds import kind_of
from tracewire.ingest.listing import Entry, entries
from tracewire.ingest.page import Arrival, make_page
from tracewire.ingest.refusal import RefusalError
from tracewire.ingest.source import STAGE
from tracewire.model import Failure, Metadata, RawPage

__all__ = ["FEED", "FETCHED", "entry_pages", "list_pages", "url_pages"]

FETCHED, FEED = "fetched", "feed"
LISTS = ("xml-list", "json-feed")
MOST_LISTS = 50
"""Sitemaps that an index may lead to; the pages of larger sites are more than one case holds."""


def url_pages(address: str, fetcher: Fetcher, settings: Settings) -> Iterator[RawPage | Failure]:
    """The page at an address, or those that the list at it names."""
    try:
        answer = fetcher.fetch(address)
        data = _unzipped(answer.data, settings)
    except RefusalError as error:
        yield Failure(address, STAGE, str(error))
        return
    if kind_of(data, answer.content_type) in LISTS and (answer.exchange.status or 0) < 400:
        yield from list_pages(address, data, fetcher, settings, answer.retrieved)
    else:
        yield _page(address, answer, Metadata(), settings)


def list_pages(
    name: str, data: bytes, fetcher: Fetcher | None, settings: Settings, retrieved: str
) -> Iterator[RawPage | Failure]:
    """The pages that a feed or sitemap names; without a fetcher only the texts that a feed itself holds."""
    lists = deque([(name, data)])
    seen = {name}
    count = 0
    while lists:
        here, content = lists.popleft()
        try:
            found = entries(content)
        except RefusalError as error:
            yield Failure(here, STAGE, str(error))
            continue
        if not found:
            yield Failure(here, STAGE, "the list names no pages")
        for entry in found:
            if entry.is_list:
                if entry.url is not None and entry.url not in seen and len(seen) < MOST_LISTS:
                    seen.add(entry.url)
                    yield from _queue(lists, entry.url, fetcher, settings)
                continue
            if count == settings.max_listed:
                yield Failure(here, STAGE, f"names more than {count:,} pages; the rest is left (--most changes that)")
                return
            count += 1
            yield from entry_pages(entry, here, fetcher, settings, retrieved)


def _queue(
    lists: deque[tuple[str, bytes]], address: str, fetcher: Fetcher | None, settings: Settings
) -> Iterator[Failure]:
    """Fetch a further list and put it in the queue."""
    if fetcher is None:
        yield Failure(address, STAGE, "a list that this list names; addresses are fetched with --follow")
        return
    try:
        answer = fetcher.fetch(address)
        if (status := answer.exchange.status or 0) >= 400:
            raise RefusalError(f"status {status}")
        lists.append((address, _unzipped(answer.data, settings)))
    except RefusalError as error:
        yield Failure(address, STAGE, str(error))


def entry_pages(
    entry: Entry, here: str, fetcher: Fetcher | None, settings: Settings, retrieved: str
) -> Iterator[RawPage | Failure]:
    """The page behind an entry; where it cannot be had, the text that the feed holds, and the reason."""
    if fetcher is not None and entry.url is not None:
        try:
            answer = fetcher.fetch(entry.url)
            if (answer.exchange.status or 0) < 400 or entry.html is None:
                yield _page(entry.url, answer, replace(entry.given, url=None), settings)
                return
            reason = f"status {answer.exchange.status}"
        except RefusalError as error:
            reason = str(error)
        if entry.html is None:
            yield Failure(entry.url, STAGE, reason)
            return
    if entry.html is None:
        yield Failure(entry.url or here, STAGE, "the feed holds no text of it; addresses are fetched with --follow")
        return
    yield make_page(_held(entry, here, retrieved), settings)


def _held(entry: Entry, here: str, retrieved: str) -> Arrival:
    """The text of an entry as the feed holds it."""
    data = (entry.html or "").encode("utf-8", "replace")
    name = entry.url or f"{here}#{hashlib.sha256(data).hexdigest()[:12]}"
    return Arrival(name, data, here, FEED, retrieved, "text/html; charset=utf-8", entry.given)


def _page(name: str, answer: Answer, given: Metadata, settings: Settings) -> RawPage | Failure:
    location = answer.exchange.final
    arrival = Arrival(
        name, answer.data, location, FETCHED, answer.retrieved, answer.content_type, given, answer.exchange
    )
    return make_page(arrival, settings)


def _unzipped(data: bytes, settings: Settings) -> bytes:
    """Lists are often kept as .xml.gz; other gzip data stay as they are and are refused as no report."""
    return gunzip(data, settings.max_document_bytes) if data.startswith(b"\x1f\x8b") else data
