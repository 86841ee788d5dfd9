"""What all pages share: the case of a request, filters from the address, paging."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import HTTPException, Request

from tracewire.query.match import bound
from tracewire.store.browse import Hits
from tracewire.store.codec import as_text
from tracewire.web.access import Session, User
from tracewire.web.site import Site

PER_PAGE = 25
MOST_PAGES = 400
"""Further pages are reached by narrower filters: skipping rows takes time with every page."""


def site_of(request: Request) -> Site:
    """The case that is served."""
    site: Site = request.app.state.site
    return site


def user_of(request: Request) -> User:
    """Who is at work."""
    session: Session = request.state.session
    return session.user


def must_judge(request: Request) -> User:
    """The person, if allowed to judge; else 403."""
    user = user_of(request)
    if not user.judges:
        raise HTTPException(403, f"{user.name} may read this case but not judge; ask its admin for the role reviewer")
    return user


def filters_of(request: Request, *names: str) -> dict[str, str]:
    """Filters that the address names, empty ones left out; dates are checked."""
    found = {n: as_text(request.query_params.get(n, "")).replace("\0", " ").strip() for n in names}
    found = {k: v for k, v in found.items() if v}
    for name in ("since", "until"):
        if name in found:
            found[name] = bound(found[name], last=name == "until")
    return found


def page_of(request: Request) -> int:
    """Which page of a list is asked for, from 1."""
    value = request.query_params.get("page", "1")
    return min(max(int(value), 1), MOST_PAGES) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def paging(page: int, hits: Hits, per_page: int = PER_PAGE) -> dict[str, Any]:
    """Page number, number of pages, and the total in words."""
    pages = max(1, -(-hits.total // per_page))
    return {
        "page": page,
        "pages": min(pages, MOST_PAGES),
        "total": hits.total,
        "words": f"more than {hits.total:,}" if hits.more else f"{hits.total:,}",
        "first": (page - 1) * per_page + 1,
    }


def found(rows: list[Any], what: str, id_: str) -> Any:
    """The one row; 404 where there is none."""
    if not rows:
        raise HTTPException(404, f"this case has no {what} {id_!r}. A run or a judgement may have changed it.")
    return rows[0]


def choices(rows: Mapping[str, Any]) -> list[str]:
    """Keys of a codebook table in order."""
    return sorted(rows)
