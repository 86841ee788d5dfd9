"""Fetching: an address to bytes with the record of the exchange; polite, bounded in size and time."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self

import httpx

from tracewire.config import Settings
from tracewire.ingest.body import unpacked
from tracewire.ingest.guard import GuardedTransport, check_url
from tracewire.ingest.refusal import RefusalError
from tracewire.ingest.robots import Robots, user_agent
from tracewire.model import Exchange

__all__ = ["Answer", "Fetcher"]

ATTEMPTS = 3
"""Tries of one address: the first and two more, after 1 and 2 times the delay (or what the server asks for)."""

LONGEST_WAIT = 60.0
"""Seconds that a server may ask us to wait; an address that wants more is left out."""

MOST_REDIRECTS = 10
"""Browsers stop at 20; news sites need three (to https, to www, to the canonical address)."""

AGAIN = frozenset({429, 500, 502, 503, 504})
"""Statuses that say "later", not "no"."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back from an address, whatever its status."""

    data: bytes
    exchange: Exchange
    retrieved: str

    @property
    def content_type(self) -> str | None:
        """The Content-Type header as the server sent it."""
        return self.exchange.header("content-type")


@dataclass(slots=True)
class _Pace:
    """When each host was asked last, so that it is not asked again too soon."""

    delay: float
    clock: Callable[[], float]
    sleep: Callable[[float], None]
    last: dict[str, float] = field(default_factory=dict)

    def wait(self, host: str, delay: float) -> None:
        """Wait until the host may be asked."""
        if host in self.last and (left := self.last[host] + max(delay, self.delay) - self.clock()) > 0:
            self.sleep(left)
        self.last[host] = self.clock()


class Fetcher:
    """Fetches addresses one at a time. `transport`, `sleep` and `clock` are for those who bring their own network."""

    def __init__(
        self,
        settings: Settings,
        *,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._sleep = sleep
        self._clock = clock
        self._pace = _Pace(settings.delay, clock, sleep)
        self._client = httpx.Client(
            transport=transport or GuardedTransport(allow_private=settings.allow_private),
            headers={"User-Agent": user_agent(), "Accept": "text/html,application/xhtml+xml,*/*;q=0.8"},
            timeout=httpx.Timeout(min(20.0, settings.timeout)),
            follow_redirects=False,
            trust_env=False,
        )
        self._client.headers["Accept-Encoding"] = "gzip, deflate"
        self._robots = Robots(self._robots_text)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def fetch(self, address: str) -> Answer:
        """The answer of an address after redirects and retries. Raises RefusalError, which says why there is none."""
        url = _parsed(address)
        redirects: list[tuple[int, str]] = []
        seen: set[str] = set()
        while True:
            if str(url) in seen or len(redirects) > MOST_REDIRECTS:
                raise RefusalError(f"redirects without end ({len(redirects)} so far)")
            seen.add(str(url))
            if not self._robots.allow(url):
                raise RefusalError(f"robots.txt of {url.host} bars it")
            response, data = self._persist(url)
            if not response.has_redirect_location:
                exchange = Exchange(address, str(url), response.status_code, _headers(response), tuple(redirects))
                return Answer(data, exchange, datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
            redirects.append((response.status_code, str(url)))
            url = _parsed(response.headers["location"], base=url)

    def _robots_text(self, url: httpx.URL) -> tuple[int, str]:
        """Status and text of a robots.txt; redirects of it are followed like those of pages."""
        for _ in range(5):
            response, data = self._persist(url, robots=True)
            if not response.has_redirect_location:
                return response.status_code, data.decode("utf-8", "replace")
            url = _parsed(response.headers["location"], base=url)
        return 404, ""

    def _persist(self, url: httpx.URL, *, robots: bool = False) -> tuple[httpx.Response, bytes]:
        """One address, asked again where it says "later" or the network fails."""
        for attempt in range(ATTEMPTS):
            last = attempt + 1 == ATTEMPTS
            self._pace.wait(url.host, 0.0 if robots else self._robots.delay(url))
            try:
                response, data = self._once(url)
            except httpx.TransportError as error:
                if last or _is_tls(error):
                    raise RefusalError(_reason(error)) from error
                self._sleep(self._settings.delay * 2**attempt)
                continue
            if response.status_code not in AGAIN or last:
                return response, data
            self._sleep(self._back_off(response, attempt))
        raise AssertionError("the last attempt returns or raises")

    def _once(self, url: httpx.URL) -> tuple[httpx.Response, bytes]:
        limit = self._settings.max_document_bytes
        deadline = self._clock() + self._settings.timeout
        with self._client.stream("GET", url) as response:
            stated = response.headers.get("content-length", "")
            if stated.isdigit() and int(stated) > limit:
                raise RefusalError(f"{int(stated):,} bytes are more than the limit of {limit:,}")
            chunks = self._in_time(response.iter_raw(), deadline)
            return response, unpacked(chunks, response.headers.get("content-encoding", ""), limit)

    def _in_time(self, chunks: Iterator[bytes], deadline: float) -> Iterator[bytes]:
        for chunk in chunks:
            if self._clock() > deadline:
                raise RefusalError(f"took longer than {self._settings.timeout:g} seconds")
            yield chunk

    def _back_off(self, response: httpx.Response, attempt: int) -> float:
        """Seconds to wait: what the server asks for, else growing. Raises RefusalError where it asks for too many."""
        asked = _retry_after(response.headers.get("retry-after", ""))
        if asked is not None and asked > LONGEST_WAIT:
            raise RefusalError(
                f"status {response.status_code}: the server asks to wait {asked:.0f} seconds; try again later"
            )
        return max(asked or 0.0, self._settings.delay * float(2**attempt))


def _parsed(address: str, base: httpx.URL | None = None) -> httpx.URL:
    try:
        url = httpx.URL(address) if base is None else base.join(address)
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise RefusalError(f"no address: {error}") from error
    check_url(url)
    return url.copy_with(fragment=None)


def _headers(response: httpx.Response) -> tuple[tuple[str, str], ...]:
    """Headers as text, as they came; bytes that are no text stay readable."""
    encoding = response.headers.encoding
    return tuple((k.decode(encoding, "replace"), v.decode(encoding, "replace")) for k, v in response.headers.raw)


def _retry_after(value: str) -> float | None:
    if value.strip().isdigit():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


def _is_tls(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _reason(error: httpx.TransportError) -> str:
    words = str(error) or type(error).__name__
    if _is_tls(error):
        return f"no safe connection (TLS): {words}"
    return f"timed out: {words}" if isinstance(error, httpx.TimeoutException) else f"cannot be fetched: {words}"
