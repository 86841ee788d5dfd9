"""Forms: read whole, and only where they bring back the mark that this server put into the page."""

from __future__ import annotations

import hmac
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import Depends, HTTPException, Request

from tracewire.store.codec import as_text
from tracewire.web.access import Session

MOST_FIELDS = 600


async def checked_form(request: Request) -> dict[str, str]:
    """The fields of a form, the last of each name; 403 for one that another site made or an old page sent."""
    session: Session = request.state.session
    site = request.headers.get("sec-fetch-site", "same-origin")
    if site not in ("same-origin", "none"):
        raise HTTPException(403, "this form was sent by another site; nothing was written")
    try:
        form: Any = await request.form(max_files=0, max_fields=MOST_FIELDS)
    except HTTPException:
        raise
    except Exception as error:  # whatever a broken body makes the parser raise, it is the sender's
        raise HTTPException(400, "this form cannot be read") from error
    found = {name: as_text(str(value)).replace("\0", " ") for name, value in form.multi_items()}
    found["_all"] = "\x1f".join(as_text(str(value)) for name, value in form.multi_items() if name == "claim")
    if not session.csrf or not hmac.compare_digest(found.get("csrf", "").encode(), session.csrf.encode()):
        raise HTTPException(403, "this page is from an earlier session; load it again and judge once more")
    return found


Form = Annotated[dict[str, str], Depends(checked_form)]


def version_of(form: dict[str, str], on: str) -> dict[str, int]:
    """What the person had seen of the thing judged."""
    value = form.get("version", "")
    if not value.isascii() or not value.isdigit() or len(value) > 18:
        raise HTTPException(400, "the form does not say which version it judges; load the page again")
    return {on: int(value)}


def local_path(value: str | None, otherwise: str) -> str:
    """A path of this server to go on to, never an address elsewhere."""
    if not value or not value.startswith("/") or value.startswith("//") or "\\" in value:
        return otherwise
    parts = urlsplit(value)
    clean = value.isprintable() and not parts.scheme and not parts.netloc
    return value if clean else otherwise
