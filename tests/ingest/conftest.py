"""A site on loopback, and files made by hand."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tracewire.config import Settings


@dataclass
class Site:
    """Answers by path: (status, headers, body), or a list of them given one after another; and what was asked."""

    address: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def add(self, path: str, body: str | bytes, type_: str = "text/html", status: int = 200, **headers: str) -> str:
        """Put an answer at a path; returns its address. Underscores in header names stand for hyphens."""
        data = body.encode() if isinstance(body, str) else body
        named = {"Content-Type": type_, **{k.replace("_", "-"): v for k, v in headers.items()}}
        self.answers.setdefault(path, []).append((status, named, data))
        return self.address + path


@pytest.fixture
def site() -> Iterator[Site]:
    """A running site with no pages; what it does not have is 404."""
    made = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append(self.path)
            answers = made.answers.get(self.path, [(404, {"Content-Type": "text/html"}, b"<p>nothing here</p>")])
            status, headers, body = answers.pop(0) if len(answers) > 1 else answers[0]
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def local() -> Settings:
    """Settings for fetching from loopback without waiting."""
    return Settings(allow_private=True, delay=0.0, max_document_bytes=200_000)


@pytest.fixture
def make_pdf() -> Callable[..., bytes]:
    """Builds a PDF whose pages hold lines of text, written at the heights given (72 to 760), else 14 points apart."""

    def build(*pages: list[str | tuple[int, str]]) -> bytes:
        objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
        kids = []
        for lines in pages:
            parts, y = [], 760
            for line in lines:
                y, text = line if isinstance(line, tuple) else (y - 14, line)
                escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
                parts.append(f"BT /F1 11 Tf 72 {y} Td ({escaped}) Tj ET")
            stream = "\n".join(parts)
            objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
            kids.append(len(objects) + 1)
            page = f"/MediaBox [0 0 612 842] /Contents {len(objects)} 0 R /Resources << /Font << /F1 3 0 R >> >>"
            objects.append(f"<< /Type /Page /Parent 2 0 R {page} >>")
        objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{k} 0 R' for k in kids)}] >>"
        return _assemble(objects)

    return build


def _assemble(objects: list[str]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(out)
    tail = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>"
    )
    return out + f"{tail}\nstartxref\n{start}\n%%EOF\n".encode()
