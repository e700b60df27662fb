"""Items of an export as they stand now, and as they stood before people corrected them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from communique.model import IMPORTED
from communique.record import REVIEW
from communique.store import Store
from communique.store.chunks import chunks
from communique.store.schema import claims, decisions
from communique.views.filters import KINDS
from communique.views.stream import page_where
from communique.views.tables import cells


@dataclass(frozen=True, slots=True)
class Standing:
    """An item: its kind, its fields, its cells by column as they are, and those of each state that it had before."""

    kind: str
    values: Mapping[str, Any]
    cells: Mapping[str, Any]
    earlier: tuple[Mapping[str, Any], ...] = ()


def standing(store: Store, ids: Iterable[str]) -> dict[str, Standing]:
    """Return the items of ids, those of them that the record has.

    Raises:
        RecordError: the record does not answer.
    """
    out: dict[str, Standing] = {}
    with store.reading() as connection:
        for some in chunks(sorted(set(ids))):
            before = _before(connection, some)
            for name in KINDS:
                page = page_where(connection, [claims.c.id.in_(some), claims.c.kind == name])
                if page is None:
                    continue
                told = page.columns[2]
                was = []
                for n in range(max((len(before.get(i, ())) for i in told), default=0)):
                    values = [_state(before.get(i, ()), n, v) for i, v in zip(told, page.values, strict=True)]
                    was.append(list(cells(page, name, values)))
                now = cells(page, name, page.values)
                for at, (id_, fields, own) in enumerate(zip(told, page.values, now, strict=True)):
                    mine = enumerate(before.get(id_, ()))
                    earlier = tuple({**was[n][at], "review": review} for n, (_, review) in mine)
                    out[id_] = Standing(name, fields, own, earlier)
    return out


def _state(states: list[tuple[dict[str, Any], str]] | tuple[()], n: int, now: dict[str, Any]) -> dict[str, Any]:
    return states[n][0] if n < len(states) else now


def _before(connection: Connection, ids: Iterable[str]) -> dict[str, list[tuple[dict[str, Any], str]]]:
    """Return of items on which people decided the fields and the review before each decision, oldest first."""
    d, c = decisions.c, claims.c
    asked = (
        select(d.now, d.action, d["values"].label("given"), c["values"].label("fields"), c.coded, c.rule)
        .join(claims, c.id == d.now)
        .where(d.now.in_(list(ids)), d.undone.is_(False), d.action.in_(list(REVIEW)))
        .order_by(d.pk)
    )
    out: dict[str, list[tuple[dict[str, Any], str]]] = defaultdict(list)
    last: dict[str, tuple[dict[str, Any], str]] = {}
    for r in connection.execute(asked):
        values, review = last.get(r.now) or (
            r.coded or r.fields,
            "accepted" if r.rule.startswith(IMPORTED) else "machine",
        )
        out[r.now].append((values, review))
        last[r.now] = ({**values, **(r.given or {})}, REVIEW[r.action])
    return out
