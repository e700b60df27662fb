"""The same queries as JSON, under ``/api``."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Path, Query, Request

from communique import views
from communique.store import Store
from communique.views.desk import Desk
from communique.views.filters import day_of
from communique.views.names import state_code
from communique.views.promises import became
from communique.web import models
from communique.web.asking import AskedQuery, DisputedQuery, Kind, PromisedQuery, SliceQuery

TROUBLE: dict[int | str, dict[str, Any]] = {404: {"model": models.Trouble}, 422: {"model": models.Trouble}}
router = APIRouter(prefix="/api", responses={422: {"model": models.Trouble}})


def store_of(request: Request) -> Store:
    """Return the record that the application serves."""
    found: Store = request.app.state.store
    return found


def desk_of(request: Request) -> Desk:
    """Return what is asked of the record that the application serves again and again."""
    found: Desk = request.app.state.desk
    return found


Record = Annotated[Store, Depends(store_of)]
AtDesk = Annotated[Desk, Depends(desk_of)]
Name = Annotated[str, Path(max_length=2000, description="id, or a name in any script")]


def missing(what: str, name: str) -> HTTPException:
    """Return the error for something that the record does not have."""
    return HTTPException(404, f"the record has no {what} {name!r}; /api/find lists what it has")


@router.get("/find", summary="Items that fit the filters")
def find(desk: AtDesk, asked: AskedQuery) -> models.PageOut:
    """Return items, each with its evidence, rule and status of review, and where the next page begins."""
    page = desk.find(asked.filter(), order=asked.order, limit=asked.limit, start=asked.start)
    items = [models.ItemOut.model_validate(i) for i in page.items]
    return models.PageOut(items=items, total=page.total, start=page.start, next=page.more)


@router.get("/facets", summary="Counts of the items that fit the filters")
def facets(desk: AtDesk, asked: AskedQuery) -> dict[str, list[models.FacetOut]]:
    """Return how many items fit, by the values of each field."""
    found = desk.facets(asked.filter(), 20)
    return {name: [models.FacetOut.model_validate(f) for f in values] for name, values in found.items()}


@router.get("/entries/{kind}", summary="Things of the record by kind", responses=TROUBLE)
def entries(desk: AtDesk, kind: Kind, part: SliceQuery) -> list[models.EntryRowOut]:
    """Return things of a kind, those told most often first."""
    rows = desk.listing(kind, limit=part.limit, start=part.start)
    return [models.EntryRowOut.model_validate(r) for r in rows]


@router.get("/item/{item}", summary="One item", responses=TROUBLE)
def item(store: Record, item: Name) -> models.ItemOut:
    """Return an item by its id."""
    found = views.claim(store, item)
    if found is None:
        raise missing("item", item)
    return models.ItemOut.model_validate(found)


@router.get("/entry/{entry}", summary="A thing with its tellings", responses=TROUBLE)
def entry(store: Record, entry: Name) -> models.EntryOut:
    """Return a thing of the record by its id: every value told, and every telling."""
    found = views.entry(store, entry)
    if found is None:
        raise missing("entry", entry)
    return models.EntryOut.model_validate(found)


@router.get("/person/{person}", summary="A person", responses=TROUBLE)
def person(store: Record, person: Name) -> models.PersonOut:
    """Return a person by id, or by a name that one person bears."""
    found = views.person(store, person)
    if found is None:
        raise missing("one person", person)
    return models.PersonOut(
        entry=models.EntryOut.model_validate(found.entry),
        name=found.name,
        latin=found.latin,
        spellings=list(found.spellings),
        reconstructed=list(found.reconstructed),
        country=found.country,
        offices=[models.HeldOut.model_validate(h) for h in found.offices],
        ranks=list(found.ranks),
        items=[models.ItemOut.model_validate(i) for i in found.items],
        doubts=[models.DoubtOut.model_validate(d) for d in found.doubts],
    )


@router.get("/state/{state}", summary="A state or bloc", responses=TROUBLE)
def state(store: Record, state: Name) -> models.StateOut:
    """Return a state or bloc by code or name."""
    found = views.state(store, state)
    if found is None:
        raise missing("state", state)
    return models.StateOut.model_validate(found)


@router.get("/pair/{a}-{b}", summary="Two states or blocs", responses=TROUBLE)
def pair(store: Record, a: Name, b: Name) -> models.PairOut:
    """Return what the record has between two states or blocs, by code or name."""
    for side in (a, b):
        if state_code(store, side) is None:
            raise missing("state", side)
    return models.PairOut.model_validate(views.pair(store, a, b))


@router.get("/mechanism/{mechanism}", summary="A mechanism with its rounds", responses=TROUBLE)
def mechanism(store: Record, mechanism: Name) -> models.MechanismOut:
    """Return a mechanism by id, name or acronym in any language."""
    found = views.mechanism(store, mechanism)
    if found is None:
        raise missing("mechanism", mechanism)
    return models.MechanismOut.model_validate(found)


@router.get("/document", summary="A document by the name of its source", responses=TROUBLE)
def document_by_source(
    store: Record, source: Annotated[str, Query(max_length=2000, description="name of the source")]
) -> models.DocumentOut:
    """Return the units of a source with their text and items; names of sources may hold slashes."""
    return document(store, source)


@router.get("/document/{document}", summary="A document with its items", responses=TROUBLE)
def document(store: Record, document: Name) -> models.DocumentOut:
    """Return the units of a source with their text and items: by the id of a unit or item, or the source's name."""
    found = views.document(store, document)
    if not found:
        raise missing("document", document)
    return models.DocumentOut(units=[models.BlockOut.model_validate(b) for b in found])


@router.get("/conflicts", summary="Where the record disagrees with itself", responses=TROUBLE)
def conflicts(desk: AtDesk, asked: DisputedQuery) -> list[models.ConflictOut]:
    """Return values that cannot both hold, impossible rounds, spellings, corrections and possible doubles.

    A large record is not gone through as a whole: give a name.
    """
    found = desk.conflicts(asked.name, asked.what)
    if found is None:
        raise HTTPException(422, "the record is too large to be gone through as a whole: give name=")
    return [models.ConflictOut.model_validate(c) for c in found[asked.start : asked.start + asked.limit]]


@router.get("/due", summary="Commitments and what became of them", responses=TROUBLE)
def due(desk: AtDesk, asked: PromisedQuery) -> list[models.PromiseOut]:
    """Return commitments, the earliest due first. Silence closes nothing."""
    rows = desk.due(asked.name, day_of(asked.by, True) if asked.by else None, asked.every)
    found = became(desk.store, desk.at(rows, asked.start, asked.limit), asked.as_of.isoformat(), desk.after)
    return [models.PromiseOut.model_validate(p) for p in found]


@router.get("/counts", summary="What the record holds")
def counts(desk: AtDesk) -> models.CountsOut:
    """Return how much the record holds and what it rests on."""
    return models.CountsOut.model_validate(desk.counts())
