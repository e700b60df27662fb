"""The pages: one function each, from a question to the views to a template."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Query, Request
from starlette.responses import RedirectResponse, Response

from communique import views
from communique.store import Store
from communique.views import Facet, Filter, Item
from communique.views.conflicts import corrections_of, disagreements, in_words
from communique.views.context import Passage
from communique.views.filters import day_of
from communique.views.names import state_code
from communique.views.relations import WORDS
from communique.web.api import Name, Record
from communique.web.asking import MOST_START, Asked, AskedQuery, Kind, SliceQuery
from communique.web.cards import Card, cards, pieces
from communique.web.comparing import lines, taking_part
from communique.web.doubting import MEANING, TAGS, disputes, promises
from communique.web.lists import rounds_with_gaps
from communique.web.reading import reading
from communique.web.render import render
from communique.web.words import path

router = APIRouter(include_in_schema=False)
FIRST = 10
SHOWN = 40
EACH = 50
PHRASES = tuple(w for pair in WORDS.values() for w in pair)
KINDS = ("engagement", "commitment", "tie", "position", "mechanism", "instrument", "person")
FACETS = ("kind", "type", "status", "state", "topic", "year", "outlet", "lang", "review")


def _missing(said: str) -> HTTPException:
    return HTTPException(404, said)


@router.get("/")
def first(request: Request, store: Record) -> Response:
    """Search box, what the record rests on, the things most told of, the latest items."""
    found = views.facets(store, None, 14)
    latest = views.find(store, Filter(kind="engagement"), limit=FIRST)
    return render(
        request,
        "first.html",
        counts=views.counts(store),
        states=found["state"],
        types=found["type"],
        mechanisms=views.entries_list(store, "mechanism", limit=FIRST),
        people=views.entries_list(store, "person", limit=FIRST),
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


def _guess(store: Store, text: str | None) -> tuple[str, str, str] | None:
    """Return the page that a search may mean: what it is, its name and its address."""
    if not text or len(text) > 100:
        return None
    words = text.split()
    for name in (text, "-".join(words) if len(words) == 2 else ""):
        if not name:
            continue
        what, key = views.resolve(store, name)
        if what == "pair":
            a, b = key.split("-", 1)
            return what, key, f"/pair/{'-'.join(sorted((a, b)))}"
        if what in ("mechanism", "person"):
            found: Any = views.mechanism(store, key) if what == "mechanism" else views.person(store, key)
            return (what, found.name, path(what, key)) if found else None
        if what == "state":
            return what, key, path(what, key)
    return None


@router.get("/find")
def find(request: Request, store: Record, asked: AskedQuery) -> Response:
    """Items that fit, with what else could be asked of them; below, the texts that hold the words."""
    page = views.find(store, asked.filter(), order=asked.order, limit=asked.limit, start=asked.start)
    texts = views.find_units(store, asked.filter(), limit=6) if asked.text and not asked.start else None
    return render(
        request,
        "find.html",
        asked=asked,
        given=asked.given(),
        page=page,
        found=cards(store, page.items, asked.text),
        choices=_choices(asked, views.facets(store, asked.filter(), 12)),
        guess=_guess(store, asked.text) if not asked.start else None,
        texts=texts,
        snippets=[pieces(Passage(u.snippet, "", ""), asked.text) for u in texts.units] if texts else [],
    )


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


@router.get("/item/{item}")
def item(store: Record, item: Name) -> Response:
    """Lead to an item in its text."""
    found = views.claim(store, item)
    if found is None:
        raise _missing(f"The record has no item {item}")
    return RedirectResponse(f"{path('document', found.unit)}#i-{found.id}", 303)


@router.get("/entry/{entry}")
def entry(request: Request, store: Record, entry: Name) -> Response:
    """A thing with its tellings side by side."""
    found = views.entry(store, entry)
    if found is None:
        raise _missing(f"The record has no entry {entry}")
    if found.kind in ("person", "mechanism"):
        return RedirectResponse(path(found.kind, found.id), 303)
    told = cards(store, [t.item for t in found.tellings])
    clearest = max(told, key=lambda c: (c.item.status == "held", bool(c.when), bool(c.place), len(c.headline) < 40))
    return render(
        request,
        "entry.html",
        entry=found,
        top=clearest,
        told=list(zip(found.tellings, told, strict=True)),
        lines=lines(found),
        parties=taking_part(found),
        disagreements={
            field: in_words(values)
            for field, values in disagreements(store, [t.item for t in found.tellings], corrections_of(store)).items()
        },
    )


def _by_kind(store: Store, items: tuple[Item, ...], most: int = SHOWN) -> list[tuple[str, int, tuple[Card, ...]]]:
    """Return items by kind, engagements first: kind, how many in all, and the first of them as cards."""
    place = {k: n for n, k in enumerate(KINDS)}
    ordered = sorted(items, key=lambda i: place.get(i.kind, len(KINDS)))
    groups = [(kind, list(found)) for kind, found in groupby(ordered, key=lambda i: i.kind)]
    return [(kind, len(found), cards(store, found[:most])) for kind, found in groups]


@router.get("/person/{person}")
def person(request: Request, store: Record, person: Name) -> Response:
    """A person: offices as told, and what they took part in."""
    found = views.person(store, person)
    if found is None:
        raise _missing(f"The record has no one person {person}")
    told = cards(store, [t.item for t in found.entry.tellings])
    return render(request, "person.html", person=found, told=told, groups=_by_kind(store, found.items))


@router.get("/state/{state}")
def state(request: Request, store: Record, state: Name) -> Response:
    """A state or bloc: counterparts, people, items."""
    found = views.state(store, state)
    if found is None:
        raise _missing(f"The record has no state or bloc {state}")
    return render(request, "state.html", found=found, groups=_by_kind(store, found.items))


@router.get("/pair/{a}-{b}")
def pair(request: Request, store: Record, a: Name, b: Name) -> Response:
    """Two states: when they last met, ties, engagements by year, commitments."""
    for side in (a, b):
        if state_code(store, side) is None:
            raise _missing(f"The record has no state or bloc {side}")
    found = views.pair(store, a, b)
    met = cards(store, found.engagements)
    years = [(y or "No year", list(g)) for y, g in groupby(met, key=lambda c: c.item.day[:4])]
    return render(
        request,
        "pair.html",
        pair=found,
        years=years,
        last=cards(store, [found.last_met])[0] if found.last_met else None,
        ties=cards(store, found.ties),
        commitments=cards(store, found.commitments),
        other=cards(store, found.other),
    )


@router.get("/mechanism/{mechanism}")
def mechanism(request: Request, store: Record, mechanism: Name) -> Response:
    """A mechanism: its rounds in order with their gaps, and what else names it."""
    found = views.mechanism(store, mechanism)
    if found is None:
        raise _missing(f"The record has no mechanism {mechanism}")
    in_rounds = {i.id for r in found.series.rounds for i in r.items}
    rest = tuple(i for i in found.items if i.id not in in_rounds)
    told = cards(store, [t.item for t in found.entry.tellings]) if found.entry else ()
    return render(
        request,
        "mechanism.html",
        mechanism=found,
        rows=rounds_with_gaps(store, found.series),
        expectation=views.expectation(store, found.series),
        beside=[(w, rs) for w in PHRASES if (rs := [r for r in found.relations if r.what == w])],
        told=told,
        groups=_by_kind(store, rest),
    )


@router.get("/document")
def document_by_source(request: Request, store: Record, source: str) -> Response:
    """A document by the name of its source, which may hold slashes."""
    return document(request, store, source)


@router.get("/document/{document}")
def document(request: Request, store: Record, document: Name) -> Response:
    """A document: its text with the evidence marked, and the items beside it."""
    found = views.document(store, document)
    if not found:
        raise _missing(f"The record has no document {document}")
    readings = [reading(b) for b in found]
    listed = {c.item.id: c for c in cards(store, [i for b in found for i in b.items])}
    return render(request, "document.html", units=readings, cards=listed, asked=document)


@router.get("/list/documents")
def documents(request: Request, store: Record, part: SliceQuery) -> Response:
    """Documents and teasers, latest first; what could not be read."""
    found = views.find_units(store, Filter(), limit=part.limit, start=part.start)
    failed = views.sources(store, state="failed", limit=100) if not part.start else ()
    return render(request, "documents.html", found=found, part=part, failed=failed)


@router.get("/list/{kind}")
def listing(request: Request, store: Record, kind: Kind, part: SliceQuery) -> Response:
    """Things of a kind, those told most often first."""
    rows = views.entries_list(store, kind, limit=part.limit + 1, start=part.start)
    more = part.start + part.limit if len(rows) > part.limit else None
    return render(request, "list.html", kind=kind, rows=rows[: part.limit], part=part, more=more)


Start = Annotated[int, Query(ge=0, le=MOST_START)]
About = Annotated[str | None, Query(max_length=500)]


def _address(page: str, **asked: object) -> str:
    kept = {k: v for k, v in asked.items() if v not in (None, "", 0, False)}
    return f"{page}?{urlencode(kept)}" if kept else page


@router.get("/conflicts")
def conflicts(request: Request, store: Record, name: About = None, what: str = "", start: Start = 0) -> Response:
    """Where the record disagrees with itself, all of it or what a name takes part in."""
    if what and what not in TAGS:
        raise HTTPException(422, f"No kind of conflict {what}; one of: {', '.join(TAGS)}")
    name = (name or "").strip() or None
    found = views.conflicts(store, name, what or None)
    end = start + EACH
    return render(
        request,
        "conflicts.html",
        found=disputes(store, found[start:end]),
        total=len(found),
        name=name,
        what=what,
        meaning=MEANING,
        kinds=[(k, t, _address("/conflicts", name=name, what=k)) for k, t in (("", "all"), *TAGS.items())],
        start=start,
        next=_address("/conflicts", name=name, what=what, start=end) if end < len(found) else None,
        back=_address("/conflicts", name=name, what=what, start=max(start - EACH, 0)),
        counts=views.counts(store),
    )


@router.get("/due")
def due(
    request: Request,
    store: Record,
    name: About = None,
    by: Annotated[str, Query(max_length=40)] = "",
    as_of: Annotated[str, Query(max_length=10)] = "",
    every: bool = False,
    start: Start = 0,
) -> Response:
    """Commitments with what became of them, the earliest due first."""
    name = (name or "").strip() or None
    today = day_of(as_of, True) if as_of.strip() else dt.date.today().isoformat()  # noqa: DTZ011 - the reader's own day
    found = views.due(store, name, by=by.strip() or None, as_of=today, every=every)
    end = start + EACH
    asked: dict[str, object] = {"name": name, "by": by.strip(), "as_of": as_of.strip()}
    every_word = "true" if every else ""
    return render(
        request,
        "due.html",
        found=promises(store, found[start:end]),
        total=len(found),
        name=name,
        by=by.strip(),
        as_of=today,
        every=every,
        all=_address("/due", **asked, every="true"),
        start=start,
        next=_address("/due", **asked, every=every_word, start=end) if end < len(found) else None,
        back=_address("/due", **asked, every=every_word, start=max(start - EACH, 0)),
        counts=views.counts(store),
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
