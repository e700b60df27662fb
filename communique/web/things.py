"""The pages of things: a document, an entry, a person, a state, a pair of states, a mechanism."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from communique import views
from communique.store import Store
from communique.views import Filter, Item
from communique.views.between import Between, between
from communique.views.conflicts import corrections_of, disagreements, in_words
from communique.views.desk import Desk
from communique.views.entered import entered_beside
from communique.views.gathered import EACH, Gathered, ahead, by_year
from communique.views.gathered import mechanism as gather_mechanism
from communique.views.gathered import pair as gather_pair
from communique.views.gathered import person as gather_person
from communique.views.gathered import state as gather_state
from communique.views.names import state_code
from communique.views.promises import became
from communique.views.relations import WORDS
from communique.web.api import AtDesk, Name, Record
from communique.web.cards import Card, cards
from communique.web.comparing import lines, taking_part
from communique.web.doubting import Due, promises
from communique.web.lists import rounds_with_gaps
from communique.web.reading import reading, with_entered
from communique.web.render import render
from communique.web.speaking import speech
from communique.web.words import called, path

router = APIRouter(include_in_schema=False)
PHRASES = tuple(w for pair in WORDS.values() for w in pair)
PROMISED = 8
"""Commitments of a page that are followed to what became of them."""
TOLD = 60
"""Tellings of one thing that stand side by side."""
BESIDE = ("instrument", "commitment", "tie")
"""Kinds of things beside which stands what else their text tells."""
COMPANY = 24
"""People with whom a person took part in something."""


def today() -> str:
    """Return the reader's own day."""
    return dt.date.today().isoformat()  # noqa: DTZ011 - it is meant


def _missing(said: str) -> HTTPException:
    return HTTPException(404, said)


def _groups(store: Store, found: Gathered, but: Sequence[str] = ()) -> list[tuple[str, int, tuple[Card, ...]]]:
    """Return items by kind, engagements first: kind, how many in all, and the first of them as cards."""
    return [
        (
            k,
            found.totals[k],
            tuple(replace(c, tellings=found.tellings.get(c.item.id, 1)) for c in cards(store, items[:EACH])),
        )
        for k, items in found.items.items()
        if k not in but
    ]


def _promised(store: Store, desk: Desk, items: Sequence[Item]) -> tuple[Due, ...]:
    """Return the first of some commitments with what became of them."""
    ids = tuple(i.id for i in items[:PROMISED])
    key = ("promised", ids, today(), speech().code)
    return desk.once(key, lambda: promises(store, became(store, items[:PROMISED], today(), desk.after)))


@router.get("/item/{item}")
def item(store: Record, item: Name) -> Response:
    """Lead to an item in its text."""
    found = views.claim(store, item)
    if found is None:
        raise _missing(f"The record has no item {item}")
    return RedirectResponse(cards(store, [found])[0].document, 303)


@router.get("/entry/{entry}")
def entry(request: Request, store: Record, desk: AtDesk, entry: Name) -> Response:
    """A thing with its tellings side by side."""
    found = views.entry(store, entry, TOLD)
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
        promised=promises(store, became(store, [t.item for t in found.tellings], today(), desk.after)),
        beside=cards(store, _beside(store, found.tellings[0].item)) if found.kind in BESIDE else (),
        disagreements={
            field: in_words(values)
            for field, values in disagreements(store, [t.item for t in found.tellings], corrections_of(store)).items()
        },
    )


def _beside(store: Store, item: Item) -> list[Item]:
    """Return the engagements that are told in the same text."""
    told = [i for b in views.document(store, item.unit) for i in b.items if i.unit == item.unit]
    return [i for i in told if i.kind == "engagement" and i.entry != item.entry][:8]


@router.get("/person/{person}")
def person(request: Request, store: Record, desk: AtDesk, person: Name) -> Response:
    """A person: offices as told, what they took part in, and with whom."""
    both = desk.once(("person", person), lambda: gather_person(desk, person))
    if both is None:
        raise _missing(f"The record has no one person {person}")
    found, items = both
    told = cards(store, [t.item for t in found.entry.tellings[-EACH:]])
    total = len(desk.rows(Filter(person=found.entry.id, kind="person")))
    return render(
        request,
        "person.html",
        person=found,
        names=called(found.name, (*filter(None, [found.latin]), *found.spellings), "person"),
        told=told,
        total=max(total, len(told)),
        groups=_groups(store, items),
        company=_company(store, found.items, {found.name, *found.spellings}),
    )


def _company(store: Store, items: Sequence[Item], own: set[str]) -> list[tuple[str, str, int, Item]]:
    """Return with whom a person took part in something: name, state, how often, the latest item; most often first."""
    mine = {p.get("country") for i in items for p in _parts(i) if p.get("name") in own}
    by: dict[tuple[str, str], list[Item]] = {}
    for item in items:
        if item.kind == "engagement" and item.status in ("held", "ongoing"):
            for p in _parts(item):
                name, country = str(p.get("name") or ""), str(p.get("country") or "")
                if name and name not in own and not store.known.state(name) and country not in mine:
                    by.setdefault((name, country), []).append(item)
    out = [(*who, len({i.entry for i in met}), max(met, key=lambda i: i.day)) for who, met in by.items()]
    return sorted(out, key=lambda x: (-x[2], x[3].day, x[0]))[:COMPANY]


def _parts(item: Item) -> list[Mapping[str, object]]:
    return [p for p in item.values.get("participants") or () if isinstance(p, Mapping)]


@router.get("/state/{state}")
def state(request: Request, store: Record, desk: AtDesk, state: Name) -> Response:
    """A state or bloc: counterparts, people, what lies ahead, items."""
    both = desk.once(("state", state), lambda: gather_state(desk, state))
    if both is None:
        raise _missing(f"The record has no state or bloc {state}")
    found, items = both
    return render(
        request,
        "state.html",
        found=found,
        groups=_groups(store, items),
        ahead=cards(store, ahead(desk, Filter(state=state), 8)),
        years=_years(desk, Filter(state=state, kind="engagement")),
    )


def _years(desk: Desk, asked: Filter, most: int = 12) -> tuple[list[str], list[tuple[str, list[int]]]]:
    """Return types of engagements, the most frequent first, and by year how many there are of each."""
    found = by_year(desk, asked)
    n: dict[str, int] = {}
    for by in found.values():
        for name, k in by.items():
            n[name] = n.get(name, 0) + k
    types = sorted((t for t in n if t), key=lambda t: (-n[t], t))[:8]
    return types, [(y, [by.get(t, 0) for t in types]) for y, by in found.items() if y][:most]


@router.get("/pair/{a}-{b}")
def pair(request: Request, store: Record, desk: AtDesk, a: Name, b: Name) -> Response:
    """Two states: when they last met, whose turn it is, ties, engagements by year, commitments."""
    for side in (a, b):
        if state_code(store, side) is None:
            raise _missing(f"The record has no state or bloc {side}")
    found, items = desk.once(("pair", a, b), lambda: gather_pair(desk, a, b))
    met = cards(store, found.engagements[: 2 * EACH])
    years = [(y, list(g)) for y, g in groupby(met, key=lambda c: c.item.day[:4])]
    stand: Between = between(found)
    return render(
        request,
        "pair.html",
        pair=found,
        totals=items.totals,
        between=stand,
        met=[x for x in stand.met if not (store.known.state(x.one) or store.known.state(x.other))],
        ahead=cards(store, stand.ahead[:8]),
        years=years,
        last=cards(store, [found.last_met])[0] if found.last_met else None,
        ties=cards(store, found.ties[:EACH]),
        promised=_promised(store, desk, found.commitments),
        commitments=cards(store, found.commitments[PROMISED:]),
        other=cards(store, found.other),
    )


@router.get("/mechanism/{mechanism}")
def mechanism(request: Request, store: Record, desk: AtDesk, mechanism: Name) -> Response:
    """A mechanism: its rounds in order with their gaps, what was promised there, and what else names it."""
    three = desk.once(("mechanism", mechanism), lambda: gather_mechanism(desk, mechanism))
    if three is None:
        raise _missing(f"The record has no mechanism {mechanism}")
    found, items, texts = three
    in_rounds = {i.id for r in found.series.rounds for i in r.items}
    rest = Gathered(
        {k: left for k, of in items.items.items() if (left := tuple(i for i in of if i.id not in in_rounds))},
        items.totals,
    )
    told = cards(store, [t.item for t in found.entry.tellings[:EACH]]) if found.entry else ()
    number = {r.entry: r.ordinal for r in found.series.rounds}
    return render(
        request,
        "mechanism.html",
        names=called(found.name, (), "mechanism"),
        mechanism=found,
        rows=rounds_with_gaps(store, found.series),
        texts=texts,
        next=found.series.next,
        cadence=max(found.series.cadence, key=lambda c: c.last - c.first, default=None),
        beside=[(w, rs) for w in PHRASES if (rs := [r for r in found.relations if r.what == w])],
        told=told,
        promised=_promised(store, desk, items.items.get("commitment", ())),
        number=number,
        groups=_groups(store, rest, ("commitment",) if items.totals.get("commitment", 0) <= PROMISED else ()),
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
    hand = [i for s in {b.unit.source: None for b in found} for i in entered_beside(store, s)]
    readings = [reading(b) for b in with_entered(found, hand)]
    listed = {c.item.id: c for c in cards(store, [*(i for b in found for i in b.items), *hand])}
    return render(request, "document.html", units=readings, cards=listed, asked=document)
