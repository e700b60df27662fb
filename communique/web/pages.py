"""The pages: one function each, from a question to the views to a template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Query, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from communique import views
from communique.store import Store
from communique.views import Facet, Filter
from communique.views.context import Passage
from communique.views.desk import Desk
from communique.views.filters import day_of
from communique.views.names import entries_of, link_keys
from communique.views.promises import became
from communique.web.api import AtDesk, Name, Record
from communique.web.asking import MOST_START, Asked, AskedQuery, Kind, SliceQuery
from communique.web.cards import cards, pieces
from communique.web.doubting import MEANING, TAGS, disputes, promises
from communique.web.render import render
from communique.web.speaking import mechanism_name, speech, state_name
from communique.web.things import today
from communique.web.words import label, neutral, path

router = APIRouter(include_in_schema=False)
FIRST = 10
EACH = 25
FACETS = ("kind", "type", "status", "state", "person", "mechanism", "topic", "year", "outlet", "lang", "review")


@router.get("/")
def first(request: Request, store: Record, desk: AtDesk) -> Response:
    """Search box, what the record rests on, the things most told of, the latest items."""
    found = desk.facets(Filter(), 14)
    latest = desk.find(Filter(kind="engagement"), limit=FIRST)
    return render(
        request,
        "first.html",
        counts=desk.counts(),
        states=found["state"],
        types=found["type"],
        mechanisms=desk.listing("mechanism", limit=FIRST),
        people=desk.listing("person", limit=FIRST),
        latest=cards(store, latest.items),
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: how many items have it, whether it is chosen, and the address that turns it over."""

    value: str
    count: int
    chosen: bool
    href: str


def _choices(asked: Asked, found: dict[str, tuple[Facet, ...]]) -> dict[str, tuple[Choice, ...]]:
    given = asked.given()
    out = {}
    for name in FACETS:
        choices = []
        for f in found.get(name, ()):
            if name == "year":
                chosen = given.get("since") == f.value == given.get("until")
                value = None if chosen else f.value
                href = asked.address(since=value, until=value, start=None)
            else:
                chosen = given.get(name) == f.value
                turned: dict[str, str | int | None] = {name: None if chosen else f.value, "start": None}
                href = asked.address(**turned)
            choices.append(Choice(f.value, f.count, chosen, href))
        out[name] = tuple(choices)
    return out


def _guess(store: Store, desk: Desk, text: str | None) -> tuple[str, str, str] | None:
    """Return the page that a search may mean: what it is, its name and its address."""
    if not text or len(text) > 100:
        return None
    return desk.once(("guess", text, speech().code), lambda: _guessed(store, desk, text))


def _guessed(store: Store, desk: Desk, text: str) -> tuple[str, str, str] | None:
    words = text.split()
    for name in (text, "-".join(words) if len(words) == 2 else ""):
        if not name:
            continue
        what, key = views.resolve(store, name)
        if what == "pair":
            a, b = sorted(key.split("-", 1))
            return what, f"{state_name(a)} \u2013 {state_name(b)}", f"/pair/{a}-{b}"
        if what == "state":
            return what, state_name(key), path(what, key)
        if what in ("mechanism", "person"):
            ids = entries_of(store, what, link_keys(store, what, key))
            found = desk.names(what, ids[:1])
            shown = next((n.name for n in found.values()), mechanism_name(key))
            return what, shown, path(what, ids[0] if ids else key)
    return None


@router.get("/find")
def find(request: Request, store: Record, desk: AtDesk, asked: AskedQuery) -> Response:
    """Items that fit, with what else could be asked of them; below, the texts that hold the words."""
    return render(request, "find.html", **_found(store, desk, asked))


@router.get("/find/part")
def find_part(request: Request, store: Record, desk: AtDesk, asked: AskedQuery) -> Response:
    """The part of the page that changes while a person types."""
    return render(request, "find_part.html", **_found(store, desk, asked))


def _found(store: Store, desk: Desk, asked: Asked) -> dict[str, Any]:
    page = desk.find(asked.filter(), order=asked.order, limit=asked.limit, start=asked.start)
    texts = desk.texts(asked.filter()) if asked.text and not asked.start else None
    facets = desk.facets(asked.filter())
    return {
        "asked": asked,
        "given": asked.given(),
        "page": page,
        "found": cards(store, page.items, asked.text),
        "choices": _choices(asked, facets),
        "names": {kind: desk.names(kind, [f.value for f in facets[kind]]) for kind in ("person", "mechanism")},
        "guess": _guess(store, desk, asked.text) if not asked.start else None,
        "texts": texts,
        "snippets": [pieces(Passage(u.snippet, "", ""), asked.text) for u in texts.units] if texts else [],
    }


@router.get("/names")
def names(store: Record, desk: AtDesk, text: Annotated[str, Query(max_length=100)] = "") -> Response:
    """Names that hold what a person has typed so far, with their pages."""
    guess = _guess(store, desk, text)
    out = [{"kind": label(guess[0]), "name": guess[1], "also": "", "href": guess[2]}] if guess else []
    for n in desk.close_to(text):
        href = path(n.kind if n.kind in ("person", "mechanism") else "entry", n.id)
        if href not in (o["href"] for o in out):
            out.append({"kind": label(n.kind), "name": n.name, "also": " \u00b7 ".join(n.also[:2]), "href": href})
    clean = [{k: str(neutral(v)) for k, v in o.items()} for o in out]
    return JSONResponse(clean)


@router.get("/show/{name}")
def show(store: Record, name: Name) -> Response:
    """Lead to the page of whatever a name stands for."""
    what, key = views.resolve(store, name)
    if what == "pair":
        return RedirectResponse(f"/pair/{key}", 303)
    if what in ("mechanism", "person", "state", "entry", "document", "item"):
        return RedirectResponse(path(what, key), 303)
    asked = Asked(person=name) if what == "named" else Asked(text=name[:300])
    return RedirectResponse(asked.address(), 303)


@router.get("/list/documents")
def documents(request: Request, store: Record, part: SliceQuery) -> Response:
    """Documents and teasers, latest first; what could not be read."""
    found = views.find_units(store, Filter(), limit=part.limit, start=part.start)
    failed = views.sources(store, state="failed", limit=100) if not part.start else ()
    return render(request, "documents.html", found=found, part=part, failed=failed)


@router.get("/list/{kind}")
def listing(request: Request, desk: AtDesk, kind: Kind, part: SliceQuery) -> Response:
    """Things of a kind, those told most often first."""
    rows = desk.listing(kind, limit=part.limit + 1, start=part.start)
    more = part.start + part.limit if len(rows) > part.limit else None
    return render(request, "list.html", kind=kind, rows=rows[: part.limit], part=part, more=more)


Start = Annotated[int, Query(ge=0, le=MOST_START)]
About = Annotated[str | None, Query(max_length=500)]


def _address(page: str, **asked: object) -> str:
    kept = {k: v for k, v in asked.items() if v not in (None, "", 0, False)}
    return f"{page}?{urlencode(kept)}" if kept else page


@router.get("/conflicts")
def conflicts(
    request: Request, store: Record, desk: AtDesk, name: About = None, what: str = "", start: Start = 0
) -> Response:
    """Where the record disagrees with itself, all of it or what a name takes part in."""
    if what and what not in TAGS:
        raise HTTPException(422, f"No kind of conflict {what}; one of: {', '.join(TAGS)}")
    name = (name or "").strip() or None
    made = desk.conflicts(name, what or None)
    found = made or ()
    end = start + EACH
    return render(
        request,
        "conflicts.html",
        found=disputes(store, found[start:end]),
        total=len(found),
        large=made is None,
        name=name,
        what=what,
        meaning=MEANING,
        kinds=[(k, t, _address("/conflicts", name=name, what=k)) for k, t in (("", "all"), *TAGS.items())],
        start=start,
        next=_address("/conflicts", name=name, what=what, start=end) if end < len(found) else None,
        back=_address("/conflicts", name=name, what=what, start=max(start - EACH, 0)),
        counts=desk.counts(),
    )


@router.get("/due")
def due(
    request: Request,
    store: Record,
    desk: AtDesk,
    name: About = None,
    by: Annotated[str, Query(max_length=40)] = "",
    as_of: Annotated[str, Query(max_length=10)] = "",
    every: bool = False,
    start: Start = 0,
) -> Response:
    """Commitments with what became of them, the earliest due first."""
    name = (name or "").strip() or None
    now = day_of(as_of, True) if as_of.strip() else today()
    until = day_of(by, True) if by.strip() else None
    rows = desk.due(name, until, every)
    end = start + EACH
    items = desk.at(rows, start, EACH)
    key = ("due", tuple(i.id for i in items), now, speech().code)
    found = desk.once(key, lambda: promises(store, became(store, items, now, desk.after)))
    asked: dict[str, object] = {"name": name, "by": by.strip(), "as_of": as_of.strip()}
    every_word = "true" if every else ""
    return render(
        request,
        "due.html",
        found=found,
        total=len(rows),
        name=name,
        by=by.strip(),
        as_of=now,
        every=every,
        all=_address("/due", **asked, every="true"),
        start=start,
        next=_address("/due", **asked, every=every_word, start=end) if end < len(rows) else None,
        back=_address("/due", **asked, every=every_word, start=max(start - EACH, 0)),
        counts=desk.counts(),
    )


@router.get("/about")
def about(request: Request) -> Response:
    """How to read the marks."""
    return render(request, "about.html")


@router.get("/api")
def api_page(request: Request) -> Response:
    """The API in words, drawn from its OpenAPI document."""
    return render(request, "api.html", paths=request.app.openapi()["paths"])


@router.get("/favicon.ico")
def favicon() -> Response:
    """Lead to the mark of the pages."""
    return RedirectResponse("/static/mark.svg", 308)
