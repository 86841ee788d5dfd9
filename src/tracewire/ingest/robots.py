"""robots.txt by RFC 9309: what a site lets programs fetch, and how fast."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.metadata import version

import httpx
from protego import Protego

from tracewire.ingest.refusal import RefusalError

__all__ = ["Robots", "user_agent"]

LONGEST_DELAY = 30.0
"""Seconds between two pages that a Crawl-delay can ask for; sites that say 600 mean search engines."""

ROBOTS_CHARS = 512_000
"""What is read of a robots.txt; RFC 9309 asks for at least 500 KiB."""


@cache
def user_agent() -> str:
    """How Tracewire names itself to servers."""
    return f"Tracewire/{version('tracewire')} (research; respects robots.txt)"


class Robots:
    """The rules of each site, read once; `fetch` gives status and text of an address."""

    def __init__(self, fetch: Callable[[httpx.URL], tuple[int, str]]) -> None:
        self._fetch = fetch
        self._known: dict[tuple[str, str, int | None], Protego | bool] = {}

    def allow(self, url: httpx.URL) -> bool:
        """Whether a page may be fetched. Raises RefusalError where the host or its rules are out of reach."""
        rules = self._rules(url)
        return rules if isinstance(rules, bool) else bool(rules.can_fetch(str(url), user_agent()))

    def delay(self, url: httpx.URL) -> float:
        """Seconds that the site asks for between two pages."""
        rules = self._rules(url)
        asked = None if isinstance(rules, bool) else rules.crawl_delay(user_agent())
        return min(float(asked or 0.0), LONGEST_DELAY)

    def _rules(self, url: httpx.URL) -> Protego | bool:
        site = (url.scheme, url.host, url.port)
        if site not in self._known:
            self._known[site] = self._read(url)
        return self._known[site]

    def _read(self, url: httpx.URL) -> Protego | bool:
        status, text = self._fetch(url.copy_with(raw_path=b"/robots.txt", fragment=None))
        if status >= 500 or status == 429:
            raise RefusalError(
                f"robots.txt of {url.host} cannot be read (status {status}), so nothing of it may be fetched"
            )
        if status >= 400:
            return True
        return Protego.parse(text[:ROBOTS_CHARS])
