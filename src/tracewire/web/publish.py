"""A case as a folder of pages that need no server: read-only, without scripts, names masked where asked."""

from __future__ import annotations

import html
import re
from collections import deque
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from tracewire.config import Settings
from tracewire.errors import CaseError, UsageError
from tracewire.web.access import Access, User
from tracewire.web.app import create_app

SHOWN = ("stories", "events", "claims", "documents", "actors", "places", "materiel", "sources")
"""Parts of the case that are published; the queue, the log and who judged what stay at home."""
_KEPT = ("page", "as", "from")
_LINK = re.compile(r'href="([^"]*)"')
_ASSETS = ("app.css", "icon.svg")


def publish(case: Path, folder: Path, mask: Mapping[str, str] | None = None, settings: Settings | None = None) -> int:
    """Write the pages of a case into a new or empty folder; returns how many. `mask` maps names to what stands for
    them; longer names are replaced first, whatever their case."""
    from starlette.testclient import TestClient

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder}: is there and not empty; name a new folder for the site")
    app = create_app(case, Access(local=User("site", "reader")), settings)
    app.state.static, app.state.plain = True, bool(mask)
    masker = Masker(mask or {})
    done: set[str] = set()
    waiting = deque(["/", *(f"/{name}" for name in SHOWN)])
    with TestClient(app, base_url="http://127.0.0.1", follow_redirects=False) as client:
        while waiting:
            address = waiting.popleft()
            if address in done:
                continue
            done.add(address)
            answer = client.get(address)
            if answer.status_code != 200:
                raise CaseError(f"{case}: its page {address} cannot be made (status {answer.status_code})")
            found: list[str] = []
            text = _relinked(answer.text, address, found)
            waiting.extend(a for a in found if a not in done)
            _write(folder / file_of(address), masker.masked(text))
    for name in _ASSETS:
        _write(folder / "static" / name, (files("tracewire.web") / "static" / name).read_text("utf-8"))
    return len(done)


def file_of(address: str) -> str:
    """The file of a page: /events is events/index.html, /events/v1 is events/v1.html."""
    parts = urlsplit(address)
    query = "".join(f"-{k}-{re.sub(r'[^a-z0-9]', '', v.lower())}" for k, v in parse_qsl(parts.query))
    steps = [s for s in parts.path.split("/") if s]
    if not steps:
        return "index.html"
    if len(steps) == 1:
        return f"{steps[0]}/index{query}.html"
    return "/".join(steps[:-1]) + f"/{steps[-1]}{query}.html"


def _relinked(text: str, address: str, found: list[str]) -> str:
    """The page with links that lead to files; what is not published is no link."""
    here = urlsplit(address)
    up = "../" * file_of(address).count("/")

    def link(match: re.Match[str]) -> str:
        value = html.unescape(match[1])
        target = urlsplit(value)
        if value.startswith("#"):
            return match[0]
        if target.scheme or target.netloc:
            return ""
        path = target.path or here.path
        if path.startswith("/static/"):
            return f'href="{up}static/{path[8:]}"'
        query = [(k, v) for k, v in parse_qsl(target.query) if k in _KEPT]
        first = path.split("/")[1]
        if len(query) < len(parse_qsl(target.query)) or path.endswith("/edit") or (first and first not in SHOWN):
            return ""
        asked = "&".join(f"{k}={v}" for k, v in query if (k, v) != ("page", "1"))
        page = f"{path}?{asked}" if asked else path
        found.append(page)
        anchor = f"#{target.fragment}" if target.fragment else ""
        return f'href="{html.escape(up + file_of(page) + anchor)}"'

    return _LINK.sub(link, text)


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    except OSError as error:
        raise CaseError(f"{path}: cannot be written: {error.strerror or error}") from error


class Masker:
    """Replaces names in pages, in text and attributes alike, but never within tags' own words."""

    def __init__(self, names: Mapping[str, str]) -> None:
        escaped = {html.escape(k).casefold(): html.escape(v) for k, v in names.items() if k.strip()}
        ordered = sorted(escaped, key=lambda name: (-len(name), name))
        # spaces of a name may be line ends in the text
        patterns = [re.escape(name).replace(r"\ ", r"\s+") for name in ordered]
        self._names = escaped
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE) if patterns else None

    def masked(self, page: str) -> str:
        """The page with the names masked."""
        if self._pattern is None:
            return page
        return self._pattern.sub(lambda m: self._names[" ".join(m[0].split()).casefold()], page)


def load_mask(path: Path) -> dict[str, str]:
    """Names to mask from a file: one a line, with ` = ` and what stands for it, else "Person 1", "Person 2", …"""
    try:
        lines = [line.strip() for line in path.read_text("utf-8").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read as text: {error}") from error
    names: dict[str, str] = {}
    for line in lines:
        name, _, words = (part.strip() for part in line.partition(" = "))
        if name and not name.startswith("#"):
            names[" ".join(name.split())] = words or f"Person {len(names) + 1}"
    if not names:
        raise UsageError(f"{path}: names nobody; write one name a line")
    return names
