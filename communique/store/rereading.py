"""What changes when a source is read again, noted in the log so that it can be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, select

from communique.model import Claim, Document
from communique.record import Change, changes, lines
from communique.store import rows
from communique.store.schema import claims, sources, units


@dataclass(frozen=True, slots=True)
class Before:
    """A unit as it was read before, with its claims."""

    id: str
    role: str
    position: int
    text: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Earlier:
    """A source as it stood before it is read again."""

    coder: str
    digest: str
    units: tuple[Before, ...]

    def unit_of(self, role: str, position: int, ids: set[str], name: str) -> Before | None:
        """Return the unit of an id, else the one that stood at its place and is not told under its own id now."""
        at = (u for u in self._by_place.get((role, position), ()) if u.id not in ids)
        return self._by_id.get(name) or next(at, None)

    @cached_property
    def _by_id(self) -> dict[str, Before]:
        return {u.id: u for u in reversed(self.units)}

    @cached_property
    def _by_place(self) -> dict[tuple[str, int], list[Before]]:
        out: dict[tuple[str, int], list[Before]] = {}
        for u in self.units:
            out.setdefault((u.role, u.position), []).append(u)
        return out


def earlier(connection: Connection, source_pks: Sequence[int]) -> Earlier:
    """Return sources (versions of one) as they stand now."""
    found = connection.execute(
        select(sources.c.coder, sources.c.digest).where(sources.c.pk.in_(source_pks)).order_by(sources.c.pk)
    ).all()
    told = connection.execute(
        select(units.c.pk, units.c.id, units.c.role, units.c.position, units.c.text)
        .where(units.c.source.in_(source_pks))
        .order_by(units.c.position, units.c.pk)
    ).all()
    c = claims.c
    mine = rows.coded(connection, {u.pk: u.id for u in told}, c.unit, c.start, c.kind, c.id)
    return Earlier(
        found[-1].coder or "",
        found[-1].digest,
        tuple(Before(u.id, u.role, u.position, u.text, tuple(mine[u.pk])) for u in told),
    )


def detail(was: Earlier, doc: Document, found: Sequence[Claim], coder: str) -> dict[str, Any]:
    """Return what the log notes of a source that was read again: who read it, and what is different now."""
    ids = {u.id for u in doc.units}
    seen: set[str] = set()
    items: list[dict[str, Any]] = []
    text: list[tuple[str, str]] = []
    by_unit: dict[str, list[Claim]] = {}
    for c in found:
        by_unit.setdefault(c.unit, []).append(c)
    for unit in doc.units:
        mine = by_unit.get(unit.id, [])
        before = was.unit_of(unit.role, unit.position, ids, unit.id)
        if before is not None:
            seen.add(before.id)
            text.extend(lines(before.text, unit.text) if before.id != unit.id else ())
        else:
            text.extend(lines("", unit.text))
        told = before.claims if before else ()
        items.extend(_plain(c) for c in changes(told, mine, before is not None and before.id == unit.id))
    for gone in was.units:
        if gone.id not in seen and gone.id not in ids:
            text.extend(lines(gone.text, ""))
            items.extend(_plain(c) for c in changes(gone.claims, ()))
    made = {"digest": doc.digest, "coder": coder, "was_digest": was.digest, "was_coder": was.coder}
    return {**made, "items": items, "text": [list(x) for x in text]}


def _plain(change: Change) -> dict[str, Any]:
    return {
        "what": change.what, "kind": change.kind, "item": change.item, "quote": change.quote, "rule": change.rule,
        "fields": {f: list(pair) for f, pair in change.fields.items()},
    }  # fmt: skip
