"""What came into the record since a moment, and what people decided since."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sqlalchemy import select

from communique.store.schema import claims, decisions, sources, units
from communique.views.desk import Desk
from communique.views.find import by_pks
from communique.views.gathered import KINDS, Gathered
from communique.views.rows import Item

EACH = 20


@dataclass(frozen=True, slots=True)
class New:
    """What is new: sources read, how many of them could not be, items by kind, and decisions of people."""

    read: int
    failed: int
    items: Gathered
    decided: tuple[tuple[str, str, str, Item], ...]


def new_since(desk: Desk, moment: str) -> New:
    """Return what was read and decided since a moment (ISO 8601 in UTC)."""
    s = sources.c
    with desk.store.reading() as connection:
        states = list(connection.execute(select(s.state).where(s.read_at > moment)).scalars())
        read = select(units.c.pk).where(units.c.source.in_(select(s.pk).where(s.read_at > moment)))
        pks = connection.execute(select(claims.c.pk).where(claims.c.unit.in_(read))).scalars().all() if states else []
        d = decisions.c
        said = connection.execute(
            select(d.at, d.who, d.action, claims.c.pk)
            .join(claims, claims.c.id == d.now)
            .where(d.at > moment, d.undone.is_(False))
            .order_by(d.pk.desc())
            .limit(EACH)
        ).all()
    held = desk.state().columns
    rows = held.at(np.array(pks, np.int64))
    kind = held.by["kind"]
    out, totals = {}, {}
    for name in KINDS:
        mine = rows[kind.codes[rows] == kind.code(name)]
        if len(mine):
            totals[name] = len(mine)
            out[name] = desk.latest(mine, EACH)
    items = {i.id: i for i in by_pks(desk.store, [r.pk for r in said])}
    ids = dict(zip([r.pk for r in said], [i.id for i in by_pks(desk.store, [r.pk for r in said])], strict=False))
    decided = tuple((r.at, r.who, r.action, items[ids[r.pk]]) for r in said if ids.get(r.pk) in items)
    return New(len(states), states.count("failed"), Gathered(out, totals), decided)
