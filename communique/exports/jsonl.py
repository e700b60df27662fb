"""The interchange of the codebook, section 8: one JSON object per line, sorted, without clock time."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, select, tuple_

from communique.record import Known, reconstructed
from communique.store import Store, rows
from communique.store.chunks import chunks
from communique.store.schema import claims, decisions, entries, entry_keys, judgements, units
from communique.views import Filter
from communique.views.filters import conditions
from communique.views.stream import Fitting, Step, fitting_items

SUMMARY = "JSON Lines, the interchange: units, items and decisions, one object per line"

BATCH = 200
UNIT = ("url", "role", "lang", "outlet", "title", "text", "dateline", "published", "basis", "not_before", "not_after")

Key = tuple[str, int, str, int, str, str]
Line = tuple[Key, dict[str, Any]]


def pieces(store: Store, asked: Filter, step: Step | None = None) -> Iterator[bytes]:
    """Yield the lines of the units that have an item which fits ``asked`` (all units if it asks nothing), with
    these items and the decisions on them."""
    where = conditions(store, asked) if asked.given() else None
    with store.reading() as connection:
        fits = None if where is None else fitting_items(connection, where)
        told = _told(connection, store.known, fits, step)
        decided = _decided(connection, where)
        judged = _judged(connection) if where is None else iter(())
        for _, line in heapq.merge(judged, told, decided, key=lambda x: x[0]):
            yield (json.dumps(line, ensure_ascii=False, separators=(", ", ": ")) + "\n").encode("utf-8")


def _told(connection: Connection, known: Known, fits: Fitting | None, step: Step | None) -> Iterator[Line]:
    source, seen = "", set[str]()
    for batch in _units(connection, fits):
        by_unit = _items(connection, known, [u.pk for u in batch], fits)
        if step:
            step(sum(map(len, by_unit.values())))
        for u in batch:
            if u.source_name != source:
                source, seen = u.source_name, set()
            # Two sources of one name may hold the same teaser: one unit of one id, written once.
            if u.id in seen:
                continue
            seen.add(u.id)
            yield (
                (u.source_name, u.position, u.id, -1, "", u.id),
                {"kind": "unit", "id": u.id, "source": u.source_name, **{f: getattr(u, f) for f in UNIT}},
            )
            yield from sorted(_lines(u, by_unit.get(u.pk, ())), key=lambda x: x[0])


def _units(connection: Connection, fits: Fitting | None) -> Iterator[list[Any]]:
    columns = (units.c.source_name, units.c.position, units.c.id, units.c.pk)
    if fits is not None:
        for some in chunks(fits.units, BATCH):
            yield list(connection.execute(select(units).where(units.c.pk.in_(some)).order_by(*columns)))
        return
    asked = select(units).order_by(*columns).limit(BATCH)
    last: tuple[Any, ...] | None = None
    while True:
        rest = asked if last is None else asked.where(tuple_(*columns) > last)
        batch = list(connection.execute(rest))
        if not batch:
            return
        yield batch
        last = tuple(getattr(batch[-1], c.name) for c in columns)


def _items(
    connection: Connection, known: Known, pks: list[int], fits: Fitting | None
) -> dict[int, list[dict[str, Any]]]:
    found = connection.execute(
        select(claims, claims.c["values"].label("fields"), entries.c.thing.label("entry_id"), units.c.lang)
        .join(units, units.c.pk == claims.c.unit)
        .join(entries, entries.c.pk == claims.c.entry)
        .where(claims.c.unit.in_(pks))
    ).all()
    if fits is not None:
        found = [c for c in found if c.pk in fits]
    quotes = rows.quotes(connection, [c.pk for c in found])
    readings = _readings(connection, known, [c for c in found if c.kind == "person"])
    out: dict[int, list[dict[str, Any]]] = {}
    for c in found:
        evidence = [
            {"start": e.start, "end": e.end, "quote": e.quote, **({"field": e.field} if e.field else {})}
            for e in quotes[c.pk]
        ]
        line = {
            "kind": c.kind,
            "id": c.id,
            "unit": "",
            **c.fields,
            **readings.get(c.pk, {}),
            "evidence": evidence,
            "rule": c.rule,
        }
        out.setdefault(c.unit, []).append(
            {**line, "coder": c.coder, "review": c.review, **_coded(c), "entry": c.entry_id},
        )
    return out


def _coded(row: Any) -> dict[str, Any]:
    """Return what the machine had coded in the fields that a person corrected."""
    if row.coded is None:
        return {}
    return {"coded": {f: row.coded.get(f) for f, v in row.fields.items() if row.coded.get(f) != v}}


def _readings(connection: Connection, known: Known, people: list[Any]) -> dict[int, dict[str, list[str]]]:
    """Return for the persons whose names no source prints in their own script how they read, marked as that."""
    mine = [c for c in people if known.reads(c.fields.get("name"), c.fields.get("country"), c.lang)]
    marks: dict[int, list[str]] = {}
    for some in chunks(sorted({c.entry for c in mine})):
        asked = select(entry_keys.c.entry, entry_keys.c.key).where(entry_keys.c.entry.in_(some))
        for entry, key in connection.execute(asked.order_by(entry_keys.c.key)):
            marks.setdefault(entry, []).append(key)
    out = {}
    for c in mine:
        name, country = c.fields.get("name"), c.fields.get("country")
        if given := reconstructed(known, name, country, c.lang, marks.get(c.entry, ())):
            out[c.pk] = {"reconstructed": list(given)}
    return out


def _lines(unit: Any, items: Iterable[dict[str, Any]]) -> Iterator[Line]:
    for item in items:
        first = item["evidence"][0]
        last = f"{first['end']:09}{item['id']}"  # of those that begin together, the shorter first
        key = (unit.source_name, unit.position, unit.id, first["start"], item["kind"], last)
        yield key, {**item, "unit": unit.id}


def _decided(connection: Connection, where: list[ColumnElement[bool]] | None) -> Iterator[Line]:
    d = decisions.c
    asked = select(decisions).where(d.undone.is_(False)).order_by(d.source, d.position, d.unit, d.start, d.id)
    if where is not None:
        asked = asked.where(d.now.in_(select(claims.c.id).join(units, units.c.pk == claims.c.unit).where(*where)))
    for r in connection.execute(asked):
        line = {
            "kind": "decision",
            "id": r.id,
            "unit": r.unit,
            "source": r.source,
            "item": r.item,
            "item_kind": r.item_kind,
            "action": r.action,
            "values": r._mapping["values"],
            "who": r.who,
            "reason": r.reason,
            "evidence": [{"start": r.start, "end": r.end, "quote": r.quote}],
        }
        yield (r.source, r.position, r.unit, r.start, "decision", r.id), line


def _judged(connection: Connection) -> Iterator[Line]:
    """Yield people's words on two entries: these are named by their marks, for no item says the word alone."""
    j = judgements.c
    asked = select(judgements).where(j.undone.is_(False)).order_by(j.id)
    for r in connection.execute(asked):
        line = {
            "kind": "decision",
            "id": r.id,
            "action": "merge" if r.verdict == "same" else "split",
            "of": [r.one, r.other],
            "who": r.who,
            "reason": r.reason,
        }
        yield ("", 0, "", -1, "decision", r.id), line
