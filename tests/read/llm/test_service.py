"""A service that misbehaves costs a stretch or ends the run with its reason; the key is never told to anyone else."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import ModuleType
from typing import Any

import pytest

from tracewire.config import LLMSettings
from tracewire.errors import ReaderError, UsageError
from tracewire.read.llm import service
from tracewire.read.llm.address import check_url, is_near
from tracewire.read.llm.service import GIVE_UP_AFTER, TRIES, NoAnswerError, Service

SCHEMA = {"type": "object"}
ASKED = [{"role": "system", "content": "Task."}, {"role": "user", "content": "Read these sentences:\n[1] Hm."}]
Ask = Callable[..., Any]


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def asked(stub: Any, pauses: list[float]) -> Service:
    return Service(LLMSettings(stub.url, "tiny", timeout=0.6), SCHEMA, pauses.append)


# ---------------------------------------------------------------- trouble that passes


def test_a_good_answer(stub: Any, asked: Service) -> None:
    reply = asked.ask(ASKED)
    assert (reply.content, reply.cut) == ('{"mentions": [], "claims": []}', False)
    assert (reply.tokens_in, reply.tokens_out) == (1000, 100)
    assert stub.paths == ["/v1/chat/completions"]
    assert stub.requests[0]["response_format"]["json_schema"]["schema"] == SCHEMA
    assert (stub.requests[0]["model"], stub.requests[0]["temperature"]) == ("tiny", 0)
    assert "authorization" not in stub.headers[0]


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 529])
def test_trouble_that_passes(kit: ModuleType, stub: Any, asked: Service, status: int, pauses: list[float]) -> None:
    stub.faults = [kit.answers(status), kit.answers(status)]
    assert asked.ask(ASKED).content
    assert (len(stub.requests), len(pauses)) == (3, 2)


def test_pauses_double(
    kit: ModuleType, stub: Any, asked: Service, pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "FIRST_PAUSE", 1.0)
    stub.faults = [kit.answers(500)] * 4
    asked.ask(ASKED)
    assert pauses == [1, 2, 4, 8]


def test_the_service_says_how_long_to_wait(kit: ModuleType, stub: Any, asked: Service, pauses: list[float]) -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=30))
    stub.faults = [
        kit.answers(429, Retry_After="7"),
        kit.answers(429, Retry_After=soon),
        kit.answers(429, Retry_After="x"),
    ]
    assert asked.ask(ASKED).content
    assert pauses[0] == 7
    assert 25 < pauses[1] <= 30
    assert pauses[2] == 0


def test_a_long_wait_is_left_to_the_person(kit: ModuleType, stub: Any, asked: Service) -> None:
    stub.always = kit.answers(429, Retry_After="3600")
    with pytest.raises(ReaderError, match="asked again in 3600 s"):
        asked.ask(ASKED)
    assert len(stub.requests) == 1


def test_an_answer_that_breaks_off_is_asked_for_again(kit: ModuleType, stub: Any, asked: Service) -> None:
    stub.faults = [kit.breaks_off]
    assert asked.ask(ASKED).content


@pytest.mark.parametrize("fault", ["hangs", "drips"])
def test_time_out(kit: ModuleType, stub: Any, asked: Service, fault: str) -> None:
    late = kit.hangs(2) if fault == "hangs" else kit.drips
    stub.faults = [late]
    assert asked.ask(ASKED).content
    stub.faults = [late, late]
    with pytest.raises(NoAnswerError, match=r"did not answer within 0.6 s"):
        asked.ask(ASKED)
    assert len(stub.requests) == 4


# ---------------------------------------------------------------- trouble that stays


def test_a_service_that_is_gone_ends_the_run(kit: ModuleType, stub: Any, asked: Service) -> None:
    asked.ask(ASKED)
    stub.always = kit.answers(503)
    for _ in range(GIVE_UP_AFTER - 1):
        with pytest.raises(NoAnswerError, match="503"):
            asked.ask(ASKED)
    with pytest.raises(ReaderError, match="gave no answer 3 times in a row"):
        asked.ask(ASKED)
    assert len(stub.requests) == 1 + GIVE_UP_AFTER * TRIES


def test_texts_that_a_working_service_refuses_do_not_end_the_run(kit: ModuleType, stub: Any, asked: Service) -> None:
    asked.ask(ASKED)
    for _ in range(2 * GIVE_UP_AFTER):
        stub.faults = [kit.answers(400, {"error": {"message": "too long"}})] * 3
        with pytest.raises(NoAnswerError, match="too long"):
            asked.ask(ASKED)
    asked.ask(ASKED)
    assert "response_format" in stub.requests[-1], "a refused text is no reason to do without the form"


@pytest.mark.parametrize(
    ("status", "words"), [(401, "TRACEWIRE_LLM_KEY"), (403, "does not allow"), (404, "--llm-model"), (402, "paid")]
)
def test_what_no_other_question_would_change(
    kit: ModuleType, stub: Any, asked: Service, status: int, words: str
) -> None:
    stub.always = kit.answers(status)
    with pytest.raises(ReaderError, match=words):
        asked.ask(ASKED)
    assert len(stub.requests) == 1


def test_no_connection() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(ReaderError, match=f"no connection to 127.0.0.1:{port}"):
        Service(LLMSettings(f"http://127.0.0.1:{port}/v1", "tiny"), SCHEMA, lambda _: None).ask(ASKED)


@pytest.mark.parametrize(
    "body",
    [
        b"<html>Welcome to the hotel</html>",
        b"[]",
        b'{"choices": []}',
        b'{"choices": [{"message": null}]}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_chat_completion(kit: ModuleType, stub: Any, asked: Service, body: bytes) -> None:
    stub.always = lambda handler, _: kit.send(handler, body)
    with pytest.raises(NoAnswerError, match="not as chat completions do"):
        asked.ask(ASKED)


def test_an_endless_answer(kit: ModuleType, stub: Any, asked: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "LONGEST_BODY", 10_000)
    stub.always = lambda handler, _: kit.send(handler, b" " * 20_000)
    with pytest.raises(NoAnswerError, match="more than 10000 bytes"):
        asked.ask(ASKED)


def test_odd_token_counts_are_unknown(kit: ModuleType, stub: Any, asked: Service) -> None:
    stub.always = lambda handler, _: kit.send(handler, kit.completion("{}") | {"usage": {"prompt_tokens": "many"}})
    assert asked.ask(ASKED).tokens_in is None


# ---------------------------------------------------------------- what the service does without


@pytest.mark.parametrize("status", [400, 422])
@pytest.mark.parametrize(
    ("refused", "left"), [(("json_schema",), "json_object"), (("json_schema", "json_object"), None)]
)
def test_a_form_that_is_refused(
    kit: ModuleType, stub: Any, asked: Service, status: int, refused: tuple[str, ...], left: str | None
) -> None:
    def refuse(handler: Any, body: dict[str, Any]) -> None:
        form = body.get("response_format", {}).get("type")
        kit.answers(status)(handler, body) if form in refused else kit.says("{}")(handler, body)

    stub.always = refuse
    asked.ask(ASKED)
    asked.ask(ASKED)
    assert len(stub.requests) == len(refused) + 2, "what was refused once is not tried again"
    assert stub.requests[-1].get("response_format", {}).get("type") == left


def test_a_temperature_that_is_refused(kit: ModuleType, stub: Any, asked: Service) -> None:
    stub.faults = [kit.answers(400, {"error": {"message": "Unsupported value: 'temperature' must be 1"}})]
    asked.ask(ASKED)
    assert "temperature" not in stub.requests[1]
    assert stub.requests[1]["response_format"]["type"] == "json_schema"


def test_a_service_that_refuses_all_ends_the_run(kit: ModuleType, stub: Any, asked: Service) -> None:
    stub.always = kit.answers(400, {"error": {"message": "no such model"}})
    for _ in range(GIVE_UP_AFTER - 1):
        with pytest.raises(NoAnswerError):
            asked.ask(ASKED)
    with pytest.raises(ReaderError, match="no such model"):
        asked.ask(ASKED)


# ---------------------------------------------------------------- where questions go, and with what


def test_the_key_goes_to_the_service_alone(
    kit: ModuleType, stub: Any, asked: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(service.KEY_VARIABLE, " sk-secret-0123 \n")
    stub.faults = [kit.answers(400, {"error": {"message": "Incorrect key sk-secret-0123"}})] * 3
    with pytest.raises(NoAnswerError) as error:
        asked.ask(ASKED)
    assert stub.headers[0]["authorization"] == "Bearer sk-secret-0123"
    assert "Incorrect key ***" in str(error.value)
    assert "sk-secret-0123" not in repr(vars(asked)) + json.dumps(stub.requests)


@pytest.mark.parametrize("key", ["two words", "схл", "line\nbreak"])
def test_what_is_no_key(stub: Any, asked: Service, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv(service.KEY_VARIABLE, key)
    with pytest.raises(ReaderError) as error:
        asked.ask(ASKED)
    assert key not in str(error.value)
    assert not stub.requests


def test_a_redirect_to_another_host_is_not_followed(kit: ModuleType, stub: Any, asked: Service) -> None:
    other = stub.url.replace("127.0.0.1", "localhost")
    stub.always = kit.answers(307, Location=f"{other}/chat/completions")
    with pytest.raises(ReaderError, match="not followed"):
        asked.ask(ASKED)
    assert len(stub.requests) == 1


def test_a_redirect_on_the_same_host_is_followed(kit: ModuleType, stub: Any, asked: Service) -> None:
    stub.faults = [kit.answers(308, Location="/v2/chat/completions")]
    assert asked.ask(ASKED).content
    assert stub.paths == ["/v1/chat/completions", "/v2/chat/completions"]
    assert stub.requests[0] == stub.requests[1]


def test_redirects_in_circles(kit: ModuleType, stub: Any, asked: Service) -> None:
    stub.always = kit.answers(307, Location="/v1/chat/completions")
    with pytest.raises(ReaderError, match="circles"):
        asked.ask(ASKED)


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("http://localhost:8080/v1", "http://localhost:8080/v1/chat/completions"),
        ("http://localhost:8080/v1/", "http://localhost:8080/v1/chat/completions"),
        ("https://models.example/v1/chat/completions", "https://models.example/v1/chat/completions"),
        ("http://192.168.1.7/v1", "http://192.168.1.7/v1/chat/completions"),
        ("http://[::1]:8080", "http://[::1]:8080/chat/completions"),
    ],
)
def test_addresses(url: str, asked: str) -> None:
    assert str(check_url(url)) == asked


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("models.example/v1", "such as"),
        ("ftp://models.example", "such as"),
        ("http://models.example/v1", "unencrypted"),
        ("http://8.8.8.8/v1", "unencrypted"),
        ("https://me:secret@models.example/v1", "TRACEWIRE_LLM_KEY"),
        ("https://models.example/v1?key=secret", "TRACEWIRE_LLM_KEY"),
        ("http://[::1", "not an address"),
    ],
)
def test_addresses_that_are_refused(url: str, words: str) -> None:
    with pytest.raises(UsageError, match=words) as error:
        check_url(url)
    assert "secret" not in str(error.value)


def test_a_proxy_that_cannot_be_used(stub: Any, asked: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "gopher://127.0.0.1:9")
    with pytest.raises(ReaderError, match="ALL_PROXY"):
        asked.ask(ASKED)
    assert not stub.requests


def test_what_is_near() -> None:
    assert all(map(is_near, ("localhost", "gpu-box", "10.0.0.3", "::1", "box.lan")))
    assert not any(map(is_near, ("models.example", "1.1.1.1", "2001:4860:4860::8888")))
