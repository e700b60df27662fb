"""All items that fit a filter, one by one, however many there are: for what leaves the record as a whole."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from orjson import loads
from sqlalchemy import ColumnElement, Connection, Row, Select, cast, func, select, tuple_
from sqlalchemy.types import Text

from communique.resting import resting
from communique.store import Store
from communique.store.chunks import chunks
from communique.store.schema import claims, decisions, entries, evidence, sources, units
from communique.views.filters import Filter, conditions
from communique.views.find import fitting

UNITS, ITEMS = 400, 900
"""So many units, or items, are fetched at a time."""
HEAVY = ("text", "state", "other", "person", "mechanism", "topic")
OF_UNIT = ("outlet", "lang", "source")
IN_TEXT = itemgetter(2, 3, 4)
"""By which items stand in order in their unit: start, kind, id."""

Step = Callable[[int], None]
Part = TypeVar("Part")


class Place(NamedTuple):
    """The unit that an item stands in; the fields as in ``views.Item``. ``order``: by which units stand in order."""

    order: tuple[str, int, str]
    unit: str
    source: str
    title: str
    url: str | None
    outlet: str | None
    lang: str
    published: str | None
    role: str
    origin: str
    told: str


class Told(NamedTuple):
    """One item with its first words and its unit, as it leaves the record; the fields as in ``views.Item``."""

    at: Place
    values: dict[str, Any]
    start: int
    kind: str
    id: str
    rule: str
    coder: str
    review: str
    entry: str
    quote: str
    end: int
    day: str


class Page(NamedTuple):
    """Some items as columns: where they stand, their fields, and the columns of ``Told`` from ``start`` on."""

    places: Sequence[Place]
    values: Sequence[dict[str, Any]]
    columns: Sequence[Sequence[Any]]


def count(store: Store, asked: Filter) -> int:
    """Return how many items fit a filter."""
    with store.reading() as connection:
        return int(connection.execute(fitting(func.count(), where=conditions(store, asked))).scalar_one())


def stream(store: Store, asked: Filter, kind: str | None = None, step: Step | None = None) -> Iterator[Told]:
    """Yield the items that fit a filter, in the order of the texts; ``step`` is told how many more were done.

    Args:
        kind: only items of this kind.

    Raises:
        CommuniqueError: a filter that cannot be understood. RecordError: the record does not answer.
    """
    for page in pages(store, asked, kind, step):
        yield from map(Told._make, zip(page.places, page.values, *page.columns, strict=True))


def pages(store: Store, asked: Filter, kind: str | None = None, step: Step | None = None) -> Iterator[Page]:
    """Yield the items that fit a filter as columns, some hundred or thousand at a time; otherwise as ``stream``."""
    asked = replace(asked, kind=kind) if kind else asked
    with store.reading() as connection:
        whole = _by_pks(connection, conditions(store, asked)) if heavy(asked) else _by_units(connection, store, asked)
        for page in resting(whole):
            if page is not None:
                yield page
                if step:
                    step(len(page.values))


def pages_of(connection: Connection, store: Store, asked: Filter, kind: str, units: Sequence[int]) -> Iterator[Page]:
    """Yield as ``pages`` the items of some units, a part of ``unit_parts`` of the filter."""
    _, where = _apart(store, replace(asked, kind=kind))
    for some in chunks(units, UNITS):
        page = _of_units(connection, connection.execute(_placed(some)), where)
        if page is not None:
            yield page


def _by_units(connection: Connection, store: Store, asked: Filter) -> Iterator[Page | None]:
    """Yield items walking over the units: no list is made of what fits, however much it is."""
    of_unit, where = _apart(store, asked)
    for found in unit_pages(connection, of_unit):
        yield _of_units(connection, found, where)


def _apart(store: Store, asked: Filter) -> tuple[list[ColumnElement[bool]], list[ColumnElement[bool]]]:
    """Return what a filter asks of units, and what it asks of their items."""
    of_unit = Filter(**{f: getattr(asked, f) for f in OF_UNIT})
    where = conditions(store, replace(asked, outlet=None, lang=None, source=None, kind=None))
    if asked.kind:
        # Joined to nothing, so that no database walks over all items of the kind for every few units.
        where.append(claims.c.kind.concat("") == asked.kind)
    return conditions(store, of_unit), where


def _of_units(connection: Connection, found: Iterable[Row[Any]], where: Sequence[ColumnElement[bool]]) -> Page | None:
    places = {u.pk: _place(u) for u in found}
    return _page(connection.execute(_items().where(claims.c.unit.in_(list(places)), *where)).all(), places)


def unit_parts(store: Store, asked: Filter, size: int) -> Iterator[list[int]]:
    """Yield the units of a filter that is not ``heavy`` by their primary keys, in order, ``size`` at a time."""
    of_unit, _ = _apart(store, asked)
    with store.reading() as connection:
        yield from chunks((u.pk for page in unit_pages(connection, of_unit, PLACE[:4]) for u in page), size)


def heavy(asked: Filter) -> bool:
    """Return whether the database should answer a filter once, not for every few units anew."""
    return any(getattr(asked, f) for f in HEAVY)


def _by_pks(connection: Connection, where: Sequence[ColumnElement[bool]]) -> Iterator[Page | None]:
    """Yield items from the list of those that fit: eight bytes for each."""
    order = (units.c.source_name, units.c.position, units.c.id, claims.c.start, claims.c.kind, claims.c.id)
    fits = fitting(claims.c.pk, units.c.pk, where=where).order_by(*order)
    fits = fits.add_columns(units.c.source_name, claims.c.id)
    pks = array("q")
    source, seen = "", set[str]()
    for pk, _, name, id_ in connection.execute(fits):
        if name != source:
            source, seen = name, set()
        if id_ not in seen:
            seen.add(id_)
            pks.append(pk)
    for some in chunks(pks, ITEMS):
        told = connection.execute(_items().where(claims.c.pk.in_(some))).all()
        yield _page(told, {u.pk: _place(u) for u in connection.execute(_placed(list({r[0] for r in told})))})


def told_where(connection: Connection, where: Sequence[ColumnElement[bool]]) -> Iterator[Told]:
    """Yield the few items for which all of ``where`` hold, in the order of the texts."""
    page = page_where(connection, where)
    if page is not None:
        yield from map(Told._make, zip(page.places, page.values, *page.columns, strict=True))


def page_where(connection: Connection, where: Sequence[ColumnElement[bool]]) -> Page | None:
    """Return the few items for which all of ``where`` hold as columns, None where there are none."""
    told = connection.execute(_items().join(units, units.c.pk == claims.c.unit).where(*where)).all()
    found = {r[0] for r in told}
    places = {u.pk: _place(u) for some in chunks(found) for u in connection.execute(_placed(some))}
    return _page(told, places)


def _placed(pks: Sequence[int]) -> Select[Any]:
    return select(*PLACE).where(units.c.pk.in_(pks))


PLACE = (
    units.c.pk, units.c.source_name, units.c.position, units.c.id, units.c.title, units.c.url, units.c.outlet,
    units.c.lang, units.c.published, units.c.role, units.c.origin, units.c.told,
)  # fmt: skip


def unit_pages(
    connection: Connection, where: Sequence[ColumnElement[bool]], columns: Sequence[ColumnElement[Any]] = PLACE
) -> Iterator[Sequence[Row[Any]]]:
    """Yield units in order, some hundred at a time."""
    order = (units.c.source_name, units.c.position, units.c.id, units.c.pk)
    asked = select(*columns).where(*where).order_by(*order).limit(UNITS)
    last: tuple[Any, ...] | None = None
    source, seen = "", set[str]()
    while True:
        found = connection.execute(asked if last is None else asked.where(tuple_(*order) > last)).all()
        page = []
        for u in found:
            if u.source_name != source:
                source, seen = u.source_name, set()
            # Two sources of one name may hold the same teaser: one unit of one id, told once.
            if u.id not in seen:
                seen.add(u.id)
                page.append(u)
        if page:
            yield page
        if len(found) < UNITS:
            return
        last = tuple(getattr(found[-1], c.name) for c in order)


def _place(u: Row[Any]) -> Place:
    return Place(
        (u.source_name, u.position, u.id), u.id, u.source_name, u.title, u.url, u.outlet, u.lang, u.published, u.role,
        u.origin, u.told,
    )  # fmt: skip


def _items() -> Select[Any]:
    c, e = claims.c, evidence.c
    return (
        select(
            c.unit, cast(c["values"], Text), e.start, c.kind, c.id, c.rule, c.coder, c.review, entries.c.thing,
            e.quote, e.end, c.day,
        )
        .join(evidence, (e.claim == c.pk) & (e.seq == 0))
        .join(entries, entries.c.pk == c.entry)
    )  # fmt: skip


def _page(found: Iterable[Any], places: Mapping[int, Place]) -> Page | None:
    by_unit: dict[int, list[Any]] = {pk: [] for pk in sorted(places, key=lambda pk: places[pk].order)}
    for r in found:
        by_unit[r[0]].append(r)
    for told in by_unit.values():
        told.sort(key=IN_TEXT)
    columns: list[tuple[Any, ...]] = list(zip(*chain.from_iterable(by_unit.values()), strict=True))
    if not columns:
        return None
    # One call reads the fields of all: an array of what the database gave.
    values = columns[1]
    return Page([places[pk] for pk in columns[0]], loads("[" + ",".join(values) + "]"), columns[2:])


class Fitting:
    """Which items fit a filter, eight bytes for each, and the units that they are in, in order."""

    def __init__(self, items: Iterable[int], units: Iterable[int]) -> None:
        self._items = array("q", sorted(items))
        self.units = array("q", units)

    def __contains__(self, pk: int) -> bool:
        at = bisect_left(self._items, pk)
        return at < len(self._items) and self._items[at] == pk


def fitting_items(connection: Connection, where: Sequence[ColumnElement[bool]]) -> Fitting:
    """Return which items fit, asking once: a filter by name asked for every few units anew takes hours."""
    items = array("q", (r[0] for r in connection.execute(fitting(claims.c.pk, where=where))))
    u = units.c
    of = fitting(claims.c.unit, where=where)
    line = select(u.pk).where(u.pk.in_(of)).order_by(u.source_name, u.position, u.id, u.pk)
    return Fitting(items, (r[0] for r in connection.execute(line)))


def stream_units(store: Store, asked: Filter, step: Step | None = None) -> Iterator[dict[str, Any]]:
    """Yield the units that have an item which fits a filter (all units if it asks nothing), each as its columns,
    with the ``digest`` of its source, its ``coder`` and how many ``items`` fit."""
    of_unit = Filter(**{f: getattr(asked, f) for f in OF_UNIT})
    given = set(asked.given()) - set(OF_UNIT)
    u, s = units.c, sources.c
    columns = (
        *PLACE, u.position, u.source.label("source_pk"), u.dateline, u.basis, u.not_before, u.not_after,
    )  # fmt: skip
    where = conditions(store, asked)
    with store.reading() as connection:
        fitting_units: dict[int, int] = {}
        if given & set(HEAVY):
            asked_for = fitting(claims.c.unit, func.count(), where=where).group_by(claims.c.unit)
            fitting_units = {r[0]: r[1] for r in connection.execute(asked_for)}
        for page in unit_pages(connection, conditions(store, of_unit), columns):
            pks = [r.pk for r in page]
            if given & set(HEAVY):
                many = {pk: fitting_units[pk] for pk in pks if pk in fitting_units}
            else:
                fits = fitting(claims.c.unit, func.count(), where=[*where, claims.c.unit.in_(pks)])
                many = {r[0]: r[1] for r in connection.execute(fits.group_by(claims.c.unit))}
            of = {r.source_pk for r in page}
            read = {r.pk: r for r in connection.execute(select(s.pk, s.digest, s.coder).where(s.pk.in_(of)))}
            for r in page:
                if given and r.pk not in many:
                    continue
                source = read[r.source_pk]
                yield {
                    "unit": r.id, "source": r.source_name, "position": r.position, "role": r.role, "lang": r.lang,
                    "outlet": r.outlet, "title": r.title, "url": r.url, "dateline": r.dateline,
                    "published": r.published, "basis": r.basis, "not_before": r.not_before,
                    "not_after": r.not_after, "origin": r.origin, "digest": source.digest, "coder": source.coder,
                    "items": many.get(r.pk, 0), "told": r.told,
                }  # fmt: skip
            if step:
                step(len(page))


def stream_decisions(store: Store, asked: Filter) -> Iterator[dict[str, Any]]:
    """Yield the decisions that stand on items that fit a filter (all if it asks nothing), in order; ``item`` is that
    which it is on now."""
    d = decisions.c
    line = select(decisions).where(d.undone.is_(False)).order_by(d.source, d.position, d.unit, d.start, d.id)
    if asked.given():
        line = line.where(d.now.in_(fitting(claims.c.id, where=conditions(store, asked))))
    with store.reading() as connection:
        for r in connection.execute(line):
            yield {**r._mapping, "item": r.now or r.item}
