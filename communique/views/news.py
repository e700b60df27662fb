"""What came into the record last, by when its text was read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from communique.store import Store
from communique.store.chunks import chunks
from communique.store.schema import claims, entries, sources, units
from communique.views.filters import Filter, conditions
from communique.views.find import select_items
from communique.views.rows import Item

MOST = 100


@dataclass(frozen=True, slots=True)
class New:
    """An item and when its text was read (UTC, ISO 8601)."""

    item: Item
    read_at: str


def latest(store: Store, asked: Filter | None = None, limit: int = MOST) -> tuple[New, ...]:
    """Return the items that fit a filter and were read last, the last first; what a person rejected is left out.

    Raises:
        CommuniqueError: a filter that cannot be understood. RecordError: the record does not answer.
    """
    asked = asked or Filter()
    where = conditions(store, asked)
    if not asked.review:
        where.append(claims.c.review != "rejected")
    line = (
        select(claims.c.id, sources.c.read_at)
        .join(units, units.c.pk == claims.c.unit)
        .join(sources, sources.c.pk == units.c.source)
        .where(*where)
        .order_by(sources.c.read_at.desc(), claims.c.day.desc(), claims.c.id)
        .limit(limit)
    )
    with store.reading() as connection:
        found = {r.id: str(r.read_at) for r in connection.execute(line)}
    items = {i.id: i for some in chunks(list(found)) for i in select_items(store, [claims.c.id.in_(some)])}
    return tuple(New(items[id_], at) for id_, at in found.items() if id_ in items)


def things(store: Store, asked: Filter) -> frozenset[str]:
    """Return the ids of all things of which an item fits a filter, as ``latest`` takes it."""
    where = conditions(store, asked)
    if not asked.review:
        where.append(claims.c.review != "rejected")
    line = (
        select(entries.c.thing)
        .join(claims, claims.c.entry == entries.c.pk)
        .join(units, units.c.pk == claims.c.unit)
        .where(*where)
        .distinct()
    )
    with store.reading() as connection:
        return frozenset(connection.execute(line).scalars())


def of_things(store: Store, asked: Filter, ids: Collection[str]) -> tuple[Item, ...]:
    """Return the items of some things that fit a filter, the newest first."""
    where = conditions(store, asked)
    if not asked.review:
        where.append(claims.c.review != "rejected")
    out: list[Item] = []
    for some in chunks(sorted(ids)):
        out.extend(select_items(store, [*where, entries.c.thing.in_(some)], "newest"))
    return tuple(sorted(out, key=lambda i: (i.day, i.id), reverse=True))
