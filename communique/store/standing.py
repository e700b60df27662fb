"""What stands of one source as it was coded, so that more can be added to it."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from communique.model import Claim, Unit
from communique.store import rows
from communique.store.coding import unit_from
from communique.store.schema import claims, sources, units
from communique.store.store import Store


def standing(store: Store, source: str, origin: str, ids: Collection[str]) -> tuple[list[Unit], list[Claim]]:
    """Return the units of a source at an origin that have an item of one of ``ids``, and these items as coded.

    Raises:
        RecordError: the record does not answer.
    """
    s, u = sources.c, units.c
    mine = (s.source == source) & (s.place == rows.place(origin)) & (s.state == "live")
    with store.reading() as connection:
        asked = select(units).join(sources, s.pk == u.source).where(mine).order_by(u.position, u.pk)
        found = {r.pk: unit_from(r) for r in connection.execute(asked)}
        coded = rows.coded(connection, {pk: unit.id for pk, unit in found.items()}, claims.c.pk)
    kept = {pk: [c for c in coded[pk] if c.id in ids] for pk in found}
    return [unit for pk, unit in found.items() if kept[pk]], [c for told in kept.values() for c in told]
