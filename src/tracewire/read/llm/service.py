"""Ask an OpenAI-compatible service: retries, back-off, what it refuses, and when to give up."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from tracewire.config import LLMSettings
from tracewire.errors import ReaderError
from tracewire.read.llm.address import check_url, redirected

if TYPE_CHECKING:
    import httpx

KEY_VARIABLE = "TRACEWIRE_LLM_KEY"
TRIES = 5
"""Requests for one question, the first included: with the pauses below, an outage of 15 seconds is sat out."""
TIMEOUT_TRIES = 2
"""A question that timed out is asked once more only: the wait was long already."""
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds between tries: each pause doubles. A service that asks for more than the longest one ends the run."""
GIVE_UP_AFTER = 3
"""Questions in a row without any answer after which the service counts as gone."""
LONGEST_REDIRECTS = 3
LONGEST_BODY = 4_000_000
"""Bytes of an answer; a sound one has some 20,000."""
CONNECT_SECONDS = 10.0
_PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 520, 522, 524, 529})
_REFUSING = frozenset({400, 422, 501})
"""How services answer to a parameter they do not know."""
_UNUSABLE = {
    401: f"does not accept the key; set the variable {KEY_VARIABLE}",
    402: "wants to be paid first",
    403: f"does not allow this; check the variable {KEY_VARIABLE} and the model",
    404: "does not know the address or the model; check --llm-url and --llm-model",
    405: "takes no questions at this address; check --llm-url",
}


class NoAnswerError(Exception):
    """One question went without an answer; the message says why, `refused` whether the service did not want it."""

    def __init__(self, why: str, *, refused: bool = False) -> None:
        super().__init__(why)
        self.refused = refused


@dataclass(frozen=True, slots=True)
class Reply:
    """What the service answered; `content` is None where it is no answer of a model, `cut` where it broke off."""

    content: str | None
    cut: bool
    tokens_in: int | None
    tokens_out: int | None


@dataclass(frozen=True, slots=True)
class _Manner:
    """What a request asks of the service beyond the conversation: an index into the forms, a temperature of 0."""

    form: int = 0
    temperature: bool = True


@dataclass(frozen=True, slots=True)
class _Response:
    status: int
    headers: Mapping[str, str]
    text: str


class Service:
    """One service and model. Connects only when asked; the key is read from the environment then and never kept."""

    def __init__(
        self, settings: LLMSettings, schema: Mapping[str, Any], sleep: Callable[[float], None] | None = None
    ) -> None:
        self._settings = settings
        self._url = check_url(settings.url)
        self._forms: tuple[dict[str, Any] | None, ...] = (
            {"type": "json_schema", "json_schema": {"name": "claims", "strict": True, "schema": dict(schema)}},
            {"type": "json_object"},
            None,
        )
        self._manner = _Manner()
        self._answered = False
        self._unanswered = 0
        self._sleep = sleep or time.sleep

    @property
    def host(self) -> str:
        """The host that is asked, with its port where one is given."""
        return self._url.netloc.decode("ascii")

    def ask(self, messages: Sequence[Mapping[str, str]]) -> Reply:
        """The answer to a conversation; NoAnswerError where this one got none, ReaderError where no other would."""
        try:
            reply = self._parsed(self._negotiated(messages))
        except NoAnswerError as error:
            # A service that answers otherwise may still refuse one text.
            self._unanswered += not (error.refused and self._answered)
            if self._unanswered >= GIVE_UP_AFTER:
                raise ReaderError(f"{self.host} gave no answer {GIVE_UP_AFTER} times in a row: {error}") from error
            raise
        self._unanswered, self._answered = 0, True
        return reply

    # ------------------------------------------------------------ what is asked

    def _negotiated(self, messages: Sequence[Mapping[str, str]]) -> str:
        """The body of a good response; what the service was seen to do without is left out from then on."""
        manner: _Manner | None = self._manner
        while manner is not None:
            response = self._sent(self._body(messages, manner))
            if response.status == 200:
                self._manner = manner
                return response.text
            manner = self._less(manner, response.text) if response.status in _REFUSING else None
        why = f"{self.host} answered {response.status}: {self._excerpt(response.text)}"
        if response.status in _UNUSABLE:
            raise ReaderError(f"{self.host} {_UNUSABLE[response.status]} ({why})")
        raise NoAnswerError(why, refused=True)

    def _body(self, messages: Sequence[Mapping[str, str]], manner: _Manner) -> bytes:
        body: dict[str, Any] = {"model": self._settings.model, "messages": list(messages)}
        if manner.temperature:
            body["temperature"] = 0
        if (form := self._forms[manner.form]) is not None:
            body["response_format"] = form
        return json.dumps(body).encode("ascii")

    def _less(self, manner: _Manner, refusal: str) -> _Manner | None:
        """Without the temperature where the refusal names it, else in a looser form; None: nothing is left."""
        if manner.temperature and "temperature" in refusal.lower():
            return replace(manner, temperature=False)
        return replace(manner, form=manner.form + 1) if manner.form + 1 < len(self._forms) else None

    # ------------------------------------------------------------ the network

    def _sent(self, body: bytes) -> _Response:
        """The response to a request, tried again while the trouble may pass."""
        import httpx

        trouble = ""
        for attempt in range(TRIES):
            pause: float | None = None
            try:
                response = self._posted(body)
                if response.status not in _PASSING:
                    return response
                trouble = f"{self.host} answered {response.status}: {self._excerpt(response.text)}"
                pause = _retry_after(response.headers.get("retry-after"))
            except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as error:
                trouble = f"no connection to {self.host}: {error}"
                if not self._answered or attempt == TRIES - 1:
                    raise ReaderError(trouble) from error
            except httpx.TimeoutException:
                trouble = f"{self.host} did not answer within {self._settings.timeout:g} s"
                if attempt >= TIMEOUT_TRIES - 1:
                    break
            except httpx.HTTPError as error:
                trouble = f"{self.host} broke off: {error or type(error).__name__}"
            if attempt < TRIES - 1:
                self._pause(attempt, pause)
        raise NoAnswerError(trouble)

    def _pause(self, attempt: int, wanted: float | None) -> None:
        if wanted is not None and wanted > LONGEST_PAUSE:
            raise ReaderError(f"{self.host} wants to be asked again in {wanted:.0f} s; run the same command then")
        self._sleep(min(FIRST_PAUSE * 2**attempt, LONGEST_PAUSE) if wanted is None else wanted)

    def _posted(self, body: bytes) -> _Response:
        """One request, followed to where the same host sends it on."""
        import httpx

        url = self._url
        timeout = httpx.Timeout(self._settings.timeout, connect=min(CONNECT_SECONDS, self._settings.timeout))
        try:
            opened = httpx.Client(timeout=timeout, follow_redirects=False)
        except (ImportError, ValueError, httpx.InvalidURL) as error:
            names = "HTTPS_PROXY, HTTP_PROXY, ALL_PROXY"
            raise ReaderError(f"the proxy that the environment names cannot be used; check {names}") from error
        with opened as client:
            for _ in range(LONGEST_REDIRECTS + 1):
                response = self._one(client, url, body)
                location = response.headers.get("location")
                if response.status not in (301, 302, 307, 308) or location is None:
                    return response
                target = redirected(url, location)
                if target is None:
                    raise ReaderError(f"{self.host} sends on to another address, which is not followed: {location}")
                url = target
        raise ReaderError(f"{self.host} sends on in circles; check --llm-url")

    def _one(self, client: httpx.Client, url: httpx.URL, body: bytes) -> _Response:
        import httpx

        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if key := _key():
            headers["Authorization"] = f"Bearer {key}"
        deadline = time.monotonic() + self._settings.timeout
        found = bytearray()
        with client.stream("POST", url, content=body, headers=headers) as response:
            for piece in response.iter_bytes():
                found += piece
                # The client's own limit holds between two pieces; a service that drips would never reach it.
                if time.monotonic() > deadline:
                    raise httpx.ReadTimeout("the answer took too long")
                if len(found) > LONGEST_BODY:
                    raise NoAnswerError(f"{self.host} answered with more than {LONGEST_BODY} bytes")
        return _Response(response.status_code, response.headers, found.decode("utf-8", "replace"))

    # ------------------------------------------------------------ what comes back

    def _parsed(self, body: str) -> Reply:
        try:
            data = json.loads(body)
            choice = data["choices"][0]
            content = choice["message"].get("content")
        except (ValueError, RecursionError, LookupError, TypeError, AttributeError) as error:
            raise NoAnswerError(
                f"{self.host} answers, but not as chat completions do: {self._excerpt(body)}"
            ) from error
        usage = data.get("usage") if isinstance(data.get("usage"), dict) else {}
        return Reply(
            content=content if isinstance(content, str) else None,
            cut=choice.get("finish_reason") == "length",
            tokens_in=_count(usage.get("prompt_tokens")),
            tokens_out=_count(usage.get("completion_tokens")),
        )

    def _excerpt(self, text: str) -> str:
        """The beginning of what the service says, without the key, should it repeat that."""
        try:
            said = json.loads(text)["error"]["message"]
        except (ValueError, RecursionError, LookupError, TypeError):
            said = text
        words = " ".join(str(said).split())
        key = _key()
        return (words.replace(key, "***") if key else words)[:200]


def check_service(settings: LLMSettings) -> None:
    """Whether the service could be asked, without asking it; raises UsageError or ReaderError with what is missing."""
    Service(settings, {})
    _key()


def _key() -> str | None:
    key = os.environ.get(KEY_VARIABLE, "").strip()
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise ReaderError(f"the variable {KEY_VARIABLE} holds characters that no key has")
    return key or None


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _retry_after(value: str | None) -> float | None:
    """Seconds to wait by a Retry-After header, a number or a date; None where it says neither."""
    if value is None:
        return None
    try:
        return max(0.0, float(value)) if value.strip().isdigit() else _seconds_until(parsedate_to_datetime(value))
    except (ValueError, TypeError):
        return None


def _seconds_until(when: datetime) -> float:
    return max(0.0, (when.astimezone(UTC) - datetime.now(UTC)).total_seconds())
