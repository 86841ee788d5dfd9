"""The application: who may come in, what every answer carries, and which pages there are."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from tracewire import __version__
from tracewire.config import Settings
from tracewire.errors import CaseError, CaseLocked, Conflict, PluginError, TracewireError, UsageError
from tracewire.web import api, pages
from tracewire.web.access import COOKIE, SESSION_SECONDS, Access, Session, User
from tracewire.web.render import render
from tracewire.web.site import Site

MOST_BYTES = 1_000_000
"""Of a form: nothing that is judged is larger."""
OPEN_PATHS = ("/static/", "/login")
CODER_PATHS = ("/coding", "/documents/", "/static/", "/login", "/logout", "/judge/", "/undo/")
_LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
        " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
Next = Callable[[Request], Awaitable[Response]]


def create_app(
    path: Path, access: Access | None = None, settings: Settings | None = None, *, any_host: bool = False
) -> FastAPI:
    """The application of one case. Without `access` the one at the machine is let in, so bind it to loopback alone."""
    site = Site(path, settings)
    with site.reading():
        pass  # a case that cannot be read is said at once, not page by page
    app = FastAPI(
        title="Tracewire", version=__version__, docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json"
    )
    app.state.site = site
    app.state.access = access or Access(local=User("reviewer", "admin"))
    app.state.any_host = any_host
    app.mount("/static", StaticFiles(directory=str(files("tracewire.web") / "static")), name="static")
    app.include_router(api.router)
    for router in pages.ROUTERS:
        app.include_router(router, include_in_schema=False)
    app.middleware("http")(_guard)
    app.add_exception_handler(TracewireError, _complain)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    return app


# ---------------------------------------------------------------- before and after every page


async def _guard(request: Request, call_next: Next) -> Response:
    """Hosts, sessions, sizes; then the headers that every answer carries."""
    refused = _refusal(request)
    if refused is not None:
        return _dressed(request, refused)
    access: Access = request.app.state.access
    session = _session(request, access)
    fresh = None
    if session is None and access.local is not None:
        fresh = access.start(access.local)
        session = access.session(fresh)
    request.state.session = session
    path = request.url.path
    if session is None and not path.startswith(OPEN_PATHS):
        return _dressed(request, _ask_to_log_in(request))
    if session is not None and session.user.blind and not path.startswith(CODER_PATHS):
        return _dressed(request, RedirectResponse("/coding", 303))
    response = _dressed(request, await call_next(request))
    if fresh is not None:
        set_cookie(response, fresh, secure=request.url.scheme == "https")
    return response


def _refusal(request: Request) -> Response | None:
    host = request.headers.get("host", "")
    name = host.rpartition(":")[0] if not host.endswith("]") and ":" in host else host
    if not request.app.state.any_host and name.lower() not in _LOCAL_HOSTS:
        # a page elsewhere that points its own name at this machine would otherwise read the case
        return JSONResponse({"detail": f"this server answers to localhost, not to {name!r}"}, 421)
    length = request.headers.get("content-length", "0")
    chunked = "transfer-encoding" in request.headers
    if request.method not in ("GET", "HEAD") and (chunked or not length.isdigit() or int(length) > MOST_BYTES):
        return JSONResponse({"detail": f"a form may have {MOST_BYTES} bytes at most"}, 413)
    return None


def _session(request: Request, access: Access) -> Session | None:
    bearer = request.headers.get("authorization", "")
    if bearer.lower().startswith("bearer "):
        user = access.by_token(bearer[7:].strip())
        return Session(user, "") if user else None
    return access.session(request.cookies.get(COOKIE))


def _ask_to_log_in(request: Request) -> Response:
    if request.url.path.startswith("/api/"):
        detail = "send your token as `Authorization: Bearer TOKEN`; it may be wrong or expired"
        return JSONResponse({"detail": detail}, 401, {"WWW-Authenticate": "Bearer"})
    target = request.url.path if request.method == "GET" else "/"
    if request.headers.get("hx-request"):
        return Response(status_code=401, headers={"HX-Redirect": f"/login?next={quote(target)}"})
    return RedirectResponse(f"/login?next={quote(target)}", 303)


def _dressed(request: Request, response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers[name] = value
    if not request.url.path.startswith("/static/"):
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def set_cookie(response: Response, value: str, *, secure: bool) -> None:
    """Give a browser its session: not readable by scripts, not sent from other sites."""
    response.set_cookie(COOKIE, value, max_age=SESSION_SECONDS, httponly=True, samesite="strict", secure=secure)


# ---------------------------------------------------------------- what goes wrong


async def _complain(request: Request, error: Exception) -> Response:
    """Errors of the case and of use, with what to do; nothing of the person's words is lost by the way."""
    status = 400
    if isinstance(error, Conflict):
        status = 409
    elif isinstance(error, CaseLocked):
        status = 423
    elif isinstance(error, CaseError):
        status = 503
    elif not isinstance(error, UsageError | PluginError):
        status = 500
    return _answer(request, status, str(error))


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _answer(request, error.status_code, str(error.detail), error.headers)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = "; ".join(f"{'.'.join(map(str, e['loc'][1:]))}: {e['msg']}" for e in error.errors())
    return _answer(request, 422, found)


def _answer(request: Request, status: int, words: str, headers: object = None) -> Response:
    extra = dict(headers) if isinstance(headers, dict) else None
    if request.url.path.startswith("/api/"):
        return JSONResponse({"detail": words}, status, extra)
    part = "_problem.html" if request.headers.get("hx-request") else "problem.html"
    response = render(request, part, status=status, words=words, code=status)
    response.headers.update(extra or {})
    if part.startswith("_"):
        response.headers["HX-Reswap"] = "beforebegin"  # what was judged stays, with the reason that was written
    return response
