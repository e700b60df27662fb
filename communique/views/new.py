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
MOST = 100_000
"""Items that came since, beyond which only the latest count."""


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
        asked = select(claims.c.pk).join(units, units.c.pk == claims.c.unit).join(sources, s.pk == units.c.source)
        pks = (
            connection.execute(asked.where(s.read_at > moment).order_by(claims.c.pk.desc()).limit(MOST)).scalars().all()
        )
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
