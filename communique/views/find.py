"""Finding items and units by one set of filters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, or_, select

from communique.store import Store, rows
from communique.store.chunks import chunks
from communique.store.schema import claims, entries, units
from communique.store.search import UNITS
from communique.views.context import hits
from communique.views.filters import Filter, conditions, day_of, named
from communique.views.rows import Item, UnitRow

ORDERS = ("newest", "oldest", "text")
SORTED = 5000
"""Of so many items the order is found here; of more the database is asked for the days first."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a longer list: ``total`` is the length of the whole, ``start`` where these begin."""

    items: tuple[Item, ...]
    total: int
    start: int

    @property
    def more(self) -> int | None:
        """Where the next rows begin, or None."""
        end = self.start + len(self.items)
        return end if end < self.total else None


def item_rows() -> Select[Any]:
    """Return the query for items with their units, to be narrowed by conditions."""
    return (
        select(
            claims.c.pk,
            claims.c.id,
            claims.c.kind,
            claims.c.type,
            claims.c.status,
            claims.c.date,
            claims.c.day,
            claims.c.position,
            claims.c.start,
            claims.c["values"].label("fields"),
            claims.c.rule,
            claims.c.coder,
            claims.c.review,
            entries.c.thing.label("entry_id"),
            units.c.id.label("unit_id"),
            units.c.source_name,
            units.c.title,
            units.c.url,
            units.c.outlet,
            units.c.lang,
            units.c.published,
            units.c.not_before,
            units.c.role,
            units.c.origin,
        )
        .join(units, units.c.pk == claims.c.unit)
        .join(entries, entries.c.pk == claims.c.entry)
    )


def items_from(connection: Connection, found: Sequence[Row[Any]]) -> tuple[Item, ...]:
    """Return rows of ``item_rows`` as items, with their evidence."""
    quotes = rows.quotes(connection, [r.pk for r in found])
    return tuple(
        Item(
            r.id,
            r.kind,
            r.type,
            r.status,
            r.date,
            r.day,
            r.fields,
            tuple(quotes[r.pk]),
            r.rule,
            r.coder,
            r.review,
            r.entry_id,
            r.unit_id,
            r.source_name,
            r.title,
            r.url,
            r.outlet,
            r.lang,
            r.published,
            r.not_before,
            r.role,
            r.origin,
        )
        for r in found
    )


def fitting(*columns: ColumnElement[Any], where: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """Return the query for columns of the items for which all of ``where`` hold; no table is asked needlessly."""
    asked = select(*columns).select_from(claims).where(*where)
    tables = asked.get_final_froms()
    if units in tables:
        asked = asked.where(units.c.pk == claims.c.unit)
    return asked.where(entries.c.pk == claims.c.entry) if entries in tables else asked


def _in_order(found: Iterable[Row[Any]], order: str) -> list[Row[Any]]:
    """Return rows of ``item_rows`` in an order of ``ORDERS``; where days are one, in that of the texts."""
    line = sorted(found, key=lambda r: (r.source_name, r.position, r.start, r.kind, r.id))
    return line if order == "text" else sorted(line, key=lambda r: str(r.day), reverse=order == "newest")


def _fetch(connection: Connection, pks: Iterable[int]) -> list[Row[Any]]:
    return [r for some in chunks(pks) for r in connection.execute(item_rows().where(claims.c.pk.in_(some)))]


def select_items(
    store: Store, where: Sequence[ColumnElement[bool]], order: str = "newest", limit: int | None = None, start: int = 0
) -> tuple[Item, ...]:
    """Return the items for which all of ``where`` hold, in an order of ``ORDERS``."""
    with store.reading() as connection:
        return _select(connection, where, order, limit, start)[0]


def _select(
    connection: Connection, where: Sequence[ColumnElement[bool]], order: str, limit: int | None, start: int
) -> tuple[tuple[Item, ...], int]:
    """Return the items from ``start``, at most ``limit``, and how many there are in all."""
    if limit is None:
        found = _in_order(connection.execute(item_rows().where(*where)), order)
        return items_from(connection, found[start:]), len(found)
    few = connection.execute(fitting(claims.c.pk, claims.c.day, where=where).limit(SORTED + 1)).all()
    if order == "text" or len(few) > SORTED:
        return _select_of_many(connection, where, order, limit, start)
    # Only days that the page touches are fetched: what comes before and after is known by its day alone.
    days = sorted((str(r.day) for r in few), reverse=order == "newest")
    touched = set(days[start : start + limit])
    before = sum(1 for d in days[:start] if d not in touched)
    found = _in_order(_fetch(connection, [r.pk for r in few if r.day in touched]), order)
    return items_from(connection, found[start - before : start - before + limit]), len(few)


def _select_of_many(
    connection: Connection, where: Sequence[ColumnElement[bool]], order: str, limit: int, start: int
) -> tuple[tuple[Item, ...], int]:
    by_text = (units.c.source_name, units.c.position, claims.c.start, claims.c.kind, claims.c.id)
    if order == "text":
        total = connection.execute(fitting(func.count(), where=where)).scalar_one()
        asked = fitting(claims.c.pk, units.c.pk, where=where).order_by(*by_text)
    else:
        days = connection.execute(fitting(claims.c.day, func.count().label("n"), where=where).group_by(claims.c.day))
        line = sorted(days.all(), key=lambda r: str(r.day), reverse=order == "newest")
        total = sum(r.n for r in line)
        first, start = _reach(line, start)
        last, _ = _reach(line, min(sum(r.n for r in line[:first]) + start + limit, total) - 1)
        span = sorted(str(line[i].day) for i in (first, last)) if total else ["", ""]
        near = [*where, claims.c.day >= span[0], claims.c.day <= span[1]]
        day = claims.c.day.desc() if order == "newest" else claims.c.day
        asked = fitting(claims.c.pk, units.c.pk, where=near).order_by(day, *by_text)
    pks = [r[0] for r in connection.execute(asked.limit(limit).offset(start))]
    return items_from(connection, _in_order(_fetch(connection, pks), order)), int(total)


def _reach(line: Sequence[Row[Any]], at: int) -> tuple[int, int]:
    """Return in which of some days the item of a place stands, and its place in that day."""
    for i, day in enumerate(line):
        if at < day.n:
            return i, at
        at -= day.n
    return max(len(line) - 1, 0), at + (line[-1].n if line else 0)


def find(store: Store, asked: Filter | None = None, *, order: str = "newest", limit: int = 50, start: int = 0) -> Page:
    """Return the items that fit a filter.

    Args:
        order: ``newest`` first, ``oldest`` first, or as in the ``text``s. limit: at most so many, from ``start``.

    Raises:
        CommuniqueError: a filter that cannot be understood. RecordError: the record does not answer.
    """
    where = conditions(store, asked or Filter())
    with store.reading() as connection:
        items, total = _select(connection, where, order, limit, start)
    return Page(items, total, start)


def by_pk(store: Store, pks: Sequence[int]) -> dict[int, Item]:
    """Return items by their primary keys; those that are gone are left out."""
    with store.reading() as connection:
        found = _fetch(connection, pks)
        return dict(zip([r.pk for r in found], items_from(connection, found), strict=True))


def by_pks(store: Store, pks: Sequence[int]) -> tuple[Item, ...]:
    """Return items by their primary keys, in that order; those that are gone are left out."""
    found = by_pk(store, pks)
    return tuple(found[pk] for pk in pks if pk in found)


def claim(store: Store, item: str) -> Item | None:
    """Return the item of an id, or None."""
    found = select_items(store, [claims.c.id == item], limit=1)
    return found[0] if found else None


def unit_rows() -> Select[Any]:
    """Return the query for units with the number of their items."""
    count = select(func.count()).where(claims.c.unit == units.c.pk).correlate(units).scalar_subquery()
    return select(units, count.label("items"))


def unit_from(r: Row[Any], query: str | None = None) -> UnitRow:
    """Return a row of ``unit_rows``, with the sentence of the hit where a query is given."""
    at, snippet = snip(r.text, query) if query else (0, "")
    return UnitRow(
        r.id,
        r.source_name,
        r.position,
        r.role,
        r.lang,
        r.title,
        r.text,
        r.outlet,
        r.url,
        r.dateline,
        r.published,
        r.basis,
        r.not_before,
        r.not_after,
        tuple((k, s, e) for k, s, e in r.parts),
        r.items,
        snippet,
        at,
    )


def snip(text: str, query: str, around: int = 60) -> tuple[int, str]:
    """Return where the piece of ``text`` around the first hit of ``query`` begins, and the piece, verbatim."""
    found = hits(text, query)
    start, end = found[0] if found else (0, 0)
    begin = max(text.rfind("\n", 0, start) + 1, start - around)
    stop = text.find("\n", end)
    return begin, text[begin : min(stop if stop >= 0 else len(text), end + around)]


def units_where(store: Store, asked: Filter) -> list[ColumnElement[bool]]:
    """Return the conditions of a filter on units: of the unit itself, and on having an item that fits the rest."""
    out: list[ColumnElement[bool]] = []
    if asked.text and (match := store.search.matches(UNITS, asked.text, units.c.pk)) is not None:
        out.append(match)
    if asked.lang:
        out.append(or_(units.c.lang == asked.lang, units.c.lang.startswith(asked.lang + "-", autoescape=True)))
    if asked.outlet:
        out.append(units.c.outlet == asked.outlet)
    if asked.source:
        out.append(or_(units.c.source_name == asked.source, units.c.id == asked.source))
    if asked.since:
        out.append(units.c.told >= day_of(asked.since, False))
    if asked.until:
        out.append((units.c.told <= day_of(asked.until, True)) & (units.c.told != ""))
    inner: list[ColumnElement[bool]] = []
    for column, value in (
        (claims.c.kind, asked.kind),
        (claims.c.type, asked.type),
        (claims.c.status, asked.status),
        (claims.c.review, asked.review),
    ):
        if value:
            inner.append(column == value)
    inner.extend(named(store, asked))
    if inner:
        out.append(units.c.pk.in_(select(claims.c.unit).where(*inner)))
    return out


def units_of(
    store: Store, where: Sequence[ColumnElement[bool]], query: str | None, limit: int, start: int
) -> tuple[UnitRow, ...]:
    """Return units for which all of ``where`` hold, latest told first."""
    asked = unit_rows().where(*where).order_by(units.c.told.desc(), units.c.source_name, units.c.position)
    with store.reading() as connection:
        return tuple(unit_from(r, query) for r in connection.execute(asked.limit(limit).offset(start)))


def units_by_pks(store: Store, pks: Sequence[int], query: str | None) -> tuple[UnitRow, ...]:
    """Return units by their primary keys, in that order."""
    with store.reading() as connection:
        found = {r.pk: r for r in connection.execute(unit_rows().where(units.c.pk.in_(pks)))}
        return tuple(unit_from(found[pk], query) for pk in pks if pk in found)


def units_total(store: Store, where: Sequence[ColumnElement[bool]]) -> int:
    """Return how many units there are for which all of ``where`` hold."""
    with store.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(units).where(*where)).scalar_one())


@dataclass(frozen=True, slots=True)
class Units:
    """Some units of a longer list."""

    units: tuple[UnitRow, ...]
    total: int
    start: int


def find_units(store: Store, asked: Filter | None = None, *, limit: int = 20, start: int = 0) -> Units:
    """Return the units whose text fits ``asked.text`` and whose items fit the rest, with the sentence of the hit."""
    where = units_where(store, asked or Filter())
    text = asked.text if asked else None
    return Units(units_of(store, where, text, limit, start), units_total(store, where), start)
