"""What belongs to one reader and no other: the language of the pages, and what is new since the last visit."""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, HTTPException, Query, Request
from starlette.responses import RedirectResponse, Response

from communique.errors import CommuniqueError
from communique.views.new import new_since
from communique.web.api import AtDesk, Record
from communique.web.cards import cards
from communique.web.render import render
from communique.web.speaking import COOKIE, YEAR, speeches

router = APIRouter(include_in_schema=False)
SEEN = "communique_seen"
WEEK = dt.timedelta(days=7)


@router.get("/language/{code}")
def language(request: Request, code: str, to: Annotated[str, Query(max_length=4000)] = "/") -> Response:
    """Keep the language that a reader chose, and go back to the page."""
    if code not in speeches():
        raise HTTPException(404, f"There is no page {request.url.path}")
    answer = RedirectResponse(_own(to), 303)
    answer.set_cookie(COOKIE, code, max_age=YEAR, httponly=True, samesite="lax", secure=request.url.scheme == "https")
    return answer


def _own(address: str) -> str:
    """Return an address of ours, the first page for every other."""
    clean = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    parts = urlsplit(address) if clean else None
    return address if parts and not parts.scheme and not parts.netloc and "\\" not in address else "/"


@router.get("/new")
def new(
    request: Request,
    store: Record,
    desk: AtDesk,
    since: Annotated[str, Query(max_length=40)] = "",
    seen: bool = False,
) -> Response:
    """What was read and decided since a moment: the one given, else the last visit, else a week ago."""
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    if seen:
        answer: Response = RedirectResponse("/new", 303)
        secure = request.url.scheme == "https"
        answer.set_cookie(SEEN, now.isoformat(), max_age=YEAR, httponly=True, samesite="lax", secure=secure)
        return answer
    visited = _moment(request.cookies.get(SEEN, ""))
    try:
        asked = dt.datetime.fromisoformat(since) if since.strip() else None
    except ValueError as e:
        raise CommuniqueError(f"no time: {since!r}", remedy="write 2026-11-22 or 2026-11-22T08:00") from e
    if asked is not None and asked.tzinfo is None:
        asked = asked.replace(tzinfo=dt.UTC)
    from_ = asked or visited or now - WEEK
    found = new_since(desk, from_.astimezone(dt.UTC).isoformat())
    return render(
        request,
        "new.html",
        since=from_.date().isoformat(),
        visited=visited is not None and asked is None,
        found=found,
        groups=[(k, found.items.totals[k], cards(store, items)) for k, items in found.items.items.items()],
    )


def _moment(text: str) -> dt.datetime | None:
    try:
        found = dt.datetime.fromisoformat(text[:40])
    except ValueError:
        return None
    return found if found.tzinfo else None
