"""Rows that people entered by hand beside a text: in which source they stand, who entered them, when and why."""

from __future__ import annotations

from sqlalchemy import select

from communique.model import BY_HAND
from communique.store import Store
from communique.store.schema import claims, log, sources, units
from communique.views.find import select_items
from communique.views.review import Done
from communique.views.rows import Item

PLACE = "by hand"
"""How the place of a source begins that is one row entered by hand; the name of the text's source follows."""


def place(source: str) -> str:
    """Return how the places of all rows begin that were entered beside a source."""
    return f"{PLACE}/{source}/"


def entered_beside(store: Store, source: str) -> tuple[Item, ...]:
    """Return the items that people entered by hand beside the texts of a source, in the order of their days."""
    mine = select(sources.c.pk).where(
        sources.c.source == PLACE, sources.c.state == "live", sources.c.place.startswith(place(source), autoescape=True)
    )
    return select_items(store, [claims.c.rule == BY_HAND, units.c.source.in_(mine)], "oldest")


def entering(store: Store, item: str) -> Done | None:
    """Return who entered an item by hand, when and why; None for what nobody did."""
    asked = select(log).where(log.c.action == "enter", log.c.what == item).order_by(log.c.pk.desc()).limit(1)
    with store.reading() as connection:
        r = connection.execute(asked).first()
    if r is None:
        return None
    return Done(r.at, r.action, r.what, str(r.detail.get("who") or ""), str(r.detail.get("reason") or ""))


def digest_of(store: Store, item: str) -> str | None:
    """Return the digest of the source that an item entered by hand is; None for every other item."""
    asked = (
        select(sources.c.digest)
        .join(units, units.c.source == sources.c.pk)
        .join(claims, claims.c.unit == units.c.pk)
        .where(claims.c.id == item, claims.c.rule == BY_HAND, sources.c.state == "live")
    )
    with store.reading() as connection:
        found = connection.execute(asked).scalar()
    return str(found) if found else None
