"""A service that misbehaves on request, on this machine alone."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "sk-secret-0123456789"
TRIGGERS = {"seized": "capture", "delivered": "transfer", "attacked": "attack"}


class Stub:
    """What the service is to do: `faults` are used up first, one a request; then it answers as it should."""

    def __init__(self) -> None:
        self.faults: list[Callable[[Any, dict[str, Any]], None]] = []
        self.always: Callable[[Any, dict[str, Any]], None] | None = None
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.url = ""

    def handle(self, handler: Any, body: dict[str, Any]) -> None:
        if self.always is not None:
            self.always(handler, body)
        elif self.faults:
            self.faults.pop(0)(handler, body)
        else:
            send(handler, completion(json.dumps(read(body["messages"][1]["content"]))))


@contextmanager
def running() -> Iterator[Stub]:
    """The service on a free port."""
    stub = Stub()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.stub = stub  # type: ignore[attr-defined]
    stub.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Handler(BaseHTTPRequestHandler):
    """Hands every request to the stub."""

    def do_POST(self) -> None:
        stub: Stub = self.server.stub  # type: ignore[attr-defined]
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        stub.requests.append(body)
        stub.headers.append({k.lower(): v for k, v in self.headers.items()})
        stub.paths.append(self.path)
        stub.handle(self, body)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


# ---------------------------------------------------------------- what it may do


def send(handler: Any, body: Any, status: int = 200, **headers: str) -> None:
    """A whole response; `body` is JSON, or bytes as they are."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(data)))
    handler.end_headers()
    handler.wfile.write(data)


def completion(content: str | None, finish: str = "stop", usage: bool = True) -> dict[str, Any]:
    """A chat completion of 1,000 tokens in and 100 out."""
    found: dict[str, Any] = {
        "choices": [{"message": {"role": "assistant", "content": content}, "finish_reason": finish}]
    }
    return found | ({"usage": {"prompt_tokens": 1000, "completion_tokens": 100}} if usage else {})


def says(content: str | None, finish: str = "stop", usage: bool = True) -> Callable[[Any, dict[str, Any]], None]:
    """Answer in these words."""
    return lambda handler, _: send(handler, completion(content, finish, usage))


def answers(status: int, body: Any = None, **headers: str) -> Callable[[Any, dict[str, Any]], None]:
    """Answer with a status."""
    return lambda handler, _: send(handler, body or {"error": {"message": f"status {status}"}}, status, **headers)


def hangs(seconds: float) -> Callable[[Any, dict[str, Any]], None]:
    """Answer too late."""

    def wait(handler: Any, body: dict[str, Any]) -> None:
        time.sleep(seconds)
        send(handler, completion(json.dumps(read(body["messages"][1]["content"]))))

    return wait


def drips(handler: Any, _: dict[str, Any]) -> None:
    """A byte now and then, each within the client's patience, for as long as anyone listens."""
    handler.send_response(200)
    handler.end_headers()
    try:
        for _i in range(40):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.1)
    except OSError:
        pass


def breaks_off(handler: Any, _: dict[str, Any]) -> None:
    """Fewer bytes than promised."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [')


def read(question: str) -> dict[str, Any]:
    """A tiny honest model: a claim per known trigger, its actor the words before it."""
    claims = []
    for number, sentence in re.findall(
        r"^\[(\d+)\](?: \(\w+\))? (.*)$", question.partition("Read these")[2], re.MULTILINE
    ):
        for trigger, type_ in TRIGGERS.items():
            if match := re.search(rf"(\w+) {trigger}\b", sentence):
                role = {"capture": "captor", "transfer": "giver", "attack": "attacker"}[type_]
                claims.append(claim(int(number), type_, trigger, [(role, match[1])]))
    return {"mentions": [], "claims": claims}


def claim(
    sentence: int, type_: str, trigger: str, roles: list[tuple[str, str]] | None = None, **more: Any
) -> dict[str, Any]:
    """A claim of an answer."""
    filled = [{"role": r, "quote": q, "count": None} for r, q in roles or []]
    found = {"sentence": sentence, "type": type_, "trigger": trigger, "roles": filled, "places": [], "times": []}
    return found | {"sources": [], "cue": None, "modality": "asserted", "polarity": "+", "opinion": False} | more
