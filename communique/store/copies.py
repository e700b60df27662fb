"""Keeping which units are copies of one report: ``units.origin`` is the id of the first of them, or the unit's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, insert, select, update

from communique.record.copies import bands as bands_of
from communique.record.copies import is_copy
from communique.store.chunks import chunks
from communique.store.schema import bands, units

MOST = 80
"""Units laid beside a new one; where a report was printed more often, those whose ids come first stand for all."""


def add(connection: Connection, pk: int, id_: str, text: str) -> None:
    """Find what a new unit is a copy of, and let them all have one origin."""
    mine = sorted(set(bands_of(text)))
    if not mine:
        return
    near = select(bands.c.unit).where(bands.c.band.in_(mine))
    asked = select(units.c.text, units.c.origin).where(units.c.pk.in_(near)).order_by(units.c.id).limit(MOST)
    origins: set[str] = set()
    for other, origin in connection.execute(asked):
        # One copy of a report is enough to be of its origin.
        if origin not in origins and is_copy(text, other):
            origins.add(origin)
    connection.execute(insert(bands), [{"band": b, "unit": pk} for b in mine])
    if origins:
        first = min(id_, *origins)
        stale = units.c.origin.in_(sorted(origins)) & (units.c.origin != first)
        connection.execute(update(units).where(stale | (units.c.pk == pk)).values(origin=first))


def left(connection: Connection, gone: Sequence[int]) -> list[int]:
    """Return the units that share an origin with units that are to go."""
    out: set[int] = set()
    for some in chunks(gone):
        origins = select(units.c.origin).where(units.c.pk.in_(some))
        out |= set(connection.execute(select(units.c.pk).where(units.c.origin.in_(origins))).scalars())
    return sorted(out - set(gone))


def find_again(connection: Connection, pks: Iterable[int]) -> None:
    """Find the origins of units anew, after some that shared theirs went."""
    for some in chunks(pks):
        connection.execute(update(units).where(units.c.pk.in_(some)).values(origin=units.c.id))
        connection.execute(bands.delete().where(bands.c.unit.in_(some)))
        rows = connection.execute(select(units.c.pk, units.c.id, units.c.text).where(units.c.pk.in_(some))).all()
        for row in rows:
            add(connection, row.pk, row.id, row.text)
