"""Coming in with a token, and leaving."""

from __future__ import annotations

import time

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from tracewire.store.codec import as_text
from tracewire.web.access import COOKIE, Access
from tracewire.web.forms import checked_form, local_path
from tracewire.web.render import render

router = APIRouter()
WRONG_SECONDS = 0.5
"""What a wrong token costs: nothing to a person, much to one who tries many."""


@router.get("/login")
def login_form(request: Request) -> Response:
    """Asks for a token."""
    return render(request, "login.html", problem="", next=request.query_params.get("next", "/"))


@router.post("/login")
async def login(request: Request) -> Response:
    """Begin a session with a token."""
    from starlette.concurrency import run_in_threadpool

    from tracewire.web.app import set_cookie

    access: Access = request.app.state.access
    form = await request.form(max_files=0, max_fields=10)
    token = as_text(str(form.get("token", ""))).strip()
    target = local_path(str(form.get("next", "/")), "/")
    user = access.by_token(token)
    if user is None:
        await run_in_threadpool(time.sleep, WRONG_SECONDS)
        words = "this token has expired; ask for a new one" if access.expired(token) else "this token is not known here"
        return render(request, "login.html", status=401, problem=words, next=target)
    response = RedirectResponse(target, 303)
    set_cookie(response, access.start(user), secure=request.url.scheme == "https")
    return response


@router.post("/logout", dependencies=[Depends(checked_form)])
def logout() -> Response:
    """End the session of this browser."""
    response = RedirectResponse("/login", 303)
    response.delete_cookie(COOKIE)
    return response
