"""Templates: everything that comes from documents or people is escaped, without exception."""

from __future__ import annotations

from contextvars import ContextVar
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse, Response

from tracewire import __version__
from tracewire.export.plain import count_words, date_words, sentence_case, writable

if TYPE_CHECKING:
    from jinja2 import Environment


_STATIC: ContextVar[bool] = ContextVar("static", default=False)
"""Whether a page is made to stand alone: macros ask it, which do not see what a page is given."""


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates with their filters."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("tracewire.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "fold": lambda text: " ".join((text or "").split()),
        "capital": sentence_case,
        "plural": lambda count, noun, more=None: f"{count:,} {noun if count == 1 else more or noun + 's'}",
        "moment": _moment,
        "query": lambda values: urlencode({k: v for k, v in values.items() if v not in (None, "")}),
    }
    made.globals |= {"dates": date_words, "counts": count_words, "is_static": _STATIC.get, "version": __version__}
    return made


def _moment(value: str) -> str:
    """A moment as people write it; what is none stays as it is."""
    try:
        return datetime.fromisoformat(value).strftime("%d %b %Y, %H:%M")
    except ValueError:
        return value


def html(name: str, **values: Any) -> str:
    """A template filled in; characters that UTF-8 cannot write are shown as U+FFFD."""
    return writable(environment().get_template(name).render(**values))


def render(request: Request, name: str, *, status: int = 200, **values: Any) -> Response:
    """A page for a browser, with who is at work and the mark that forms bring back."""
    session = getattr(request.state, "session", None)
    shared = {
        "user": session.user if session else None,
        "csrf": session.csrf if session else "",
        "path": request.url.path,
        "asked": dict(request.query_params),
        "case_name": request.app.state.site.path.name,
        "static": getattr(request.app.state, "static", False),
    }
    _STATIC.set(bool(shared["static"]))
    return HTMLResponse(html(name, **{**shared, **values}), status)
