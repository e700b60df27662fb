"""Calendars, Atom feeds and briefs over HTTP, each under an address that stays."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Literal
from urllib.parse import quote, urlencode

from babel import Locale
from fastapi import APIRouter, HTTPException, Query, Request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from starlette.responses import RedirectResponse, Response

from communique import briefs, feeds
from communique.briefs.naming import name_of
from communique.loader.briefs import brief_pack, brief_packs
from communique.store import Store
from communique.views.filters import Filter, day_of
from communique.web.api import Name, Record
from communique.web.asking import Asked, Word
from communique.web.render import render
from communique.web.speaking import speech
from communique.web.words import path

router = APIRouter(include_in_schema=False)
KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "pdf": "application/pdf",
}
MOST_PAGES = 20
"""So many pages of a brief are made while a browser waits; the command line makes more."""


def language(asked: str | None) -> str:
    """Return the language asked for, else that of the reader's pages where briefs are written in it.

    Raises:
        HTTPException: 422, there is none of that code.
    """
    known = list(brief_packs())
    if asked:
        if asked not in known:
            raise HTTPException(422, f"No language {asked}; one of: {', '.join(known)}")
        return asked
    return speech().code if speech().code in known else known[0]


def title_of(store: Store, asked: Filter, lang: str) -> str:
    """Return what a feed of a search is called."""
    return brief_pack(lang).feed["title"].format(name=name_of(store, asked, lang))


class Subscribed(Asked):
    """A search that a feed is made of."""

    language: Word = Field(default=None, max_length=20, description="language of the feed's own words")


class Dated(Subscribed):
    """A search that a calendar is made of; ``show`` are some of ``feeds.SHOWN``, with commas between."""

    show: Word = Field(default=None, max_length=60, description="held, planned, expected, due")


@router.get("/feeds/calendar.ics")
def calendar(request: Request, store: Record, asked: Annotated[Dated, Query()]) -> Response:
    """A calendar of a search: of a mechanism, a pair, or any other."""
    shown = tuple((asked.show or ",".join(feeds.SHOWN)).split(","))
    if not set(shown) <= set(feeds.SHOWN):
        raise HTTPException(422, f"No such part of a calendar; some of: {', '.join(feeds.SHOWN)}")
    lang = language(asked.language)
    base = str(request.base_url).rstrip("/")
    search = asked.filter()
    made = feeds.calendar(
        store,
        search,
        title=title_of(store, search, lang),
        lang=lang,
        shown=shown,
        address=lambda entry: base + path("entry", entry),
    )
    return Response(b"".join(made), media_type="text/calendar; charset=utf-8", headers=as_file("calendar.ics", True))


@router.get("/feeds/atom.xml")
def atom(request: Request, store: Record, asked: Annotated[Subscribed, Query()]) -> Response:
    """An Atom feed of a search."""
    lang = language(asked.language)
    base = str(request.base_url).rstrip("/")
    search = asked.filter()
    made = feeds.atom(
        store,
        search,
        title=title_of(store, search, lang),
        lang=lang,
        own=str(request.url),
        page=f"{base}/find?{urlencode(search.given())}",
        address=lambda item: base + path("item", item),
    )
    return Response(made, media_type="application/atom+xml; charset=utf-8")


# --- briefs -------------------------------------------------------------------------------------------------------


def _truth(value: Any) -> Any:
    return bool(value) if value in ("", None) else value


class BriefAsked(BaseModel):
    """What is asked of a brief."""

    model_config = ConfigDict(extra="forbid")

    as_of: Word = Field(default=None, max_length=10)
    since: Word = Field(default=None, max_length=30)
    until: Word = Field(default=None, max_length=30)
    machine: Annotated[bool, BeforeValidator(_truth)] = False
    pages: int = Field(default=briefs.PAGES, ge=1, le=MOST_PAGES)
    language: Word = Field(default=None, max_length=20)
    format: Literal["docx", "html", "md", "pdf"] | None = None

    def query(self, **change: str) -> str:
        """Return the parameters of the same brief but for ``change``."""
        kept = {k: v for k, v in self.model_dump().items() if v not in (None, "", False)}
        if self.machine:
            kept["machine"] = "true"
        return urlencode({**kept, **change})


@router.get("/brief/{name}")
def brief(request: Request, store: Record, name: Name, asked: Annotated[BriefAsked, Query()]) -> Response:
    """A brief as a page with its forms to save; with ``format`` the file itself.

    A brief is frozen: who names no day is led to the address of today's.
    """
    where = f"/brief/{quote(name, safe='')}"
    if asked.as_of is None:
        today = dt.date.today().isoformat()  # noqa: DTZ011 - the reader's own day
        return RedirectResponse(f"{where}?{asked.query(as_of=today)}", 303)
    lang = language(asked.language)
    made = briefs.compose(
        store,
        name,
        as_of=day_of(asked.as_of, True),
        since=asked.since,
        until=asked.until,
        lang=lang,
        machine=asked.machine,
        pages=asked.pages,
    )
    if asked.format:
        file = f"{re.sub(r'[^A-Za-z0-9]+', '-', name).strip('-') or 'brief'}-{made.as_of}.{asked.format}"
        return Response(briefs.render(made, asked.format), media_type=KINDS[asked.format], headers=as_file(file))
    files = [(form, f"{where}?{asked.query(language=lang, format=form)}") for form in KINDS]
    return render(
        request,
        "brief.html",
        brief=made,
        sections=briefs.numbered(made),
        notes=list(made.numbered()),
        marked=briefs.marked,
        linked=briefs.linked,
        readable=briefs.readable,
        files=files,
        asked=asked,
        where=where,
        lang=lang,
        languages=[(code, Locale.parse(code).get_display_name()) for code in brief_packs()],
    )


def as_file(name: str, inline: bool = False) -> dict[str, str]:
    """Return the header that gives a file its name."""
    return {"content-disposition": f'{"inline" if inline else "attachment"}; filename="{name}"'}
