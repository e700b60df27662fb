"""The record in columns, held in memory: which items fit is counted and put in order in milliseconds.

A database that counts a million items by ten fields takes a minute; here every field is a row of small numbers. The
columns are of one state of the record (``mark``) and are drawn anew when it changes; what is shown of an item is always
fetched from the record itself.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, Text, func, select
from sqlalchemy.sql.functions import aggregate_strings

from communique.store import Store
from communique.store.schema import claims, entries, links, units
from communique.store.search import CLAIMS, UNITS
from communique.views.context import version
from communique.views.filters import Filter, check, day_of
from communique.views.names import link_keys, state_key

Numbers = NDArray[np.int32]
Matching = Callable[[str, str], Numbers | None]
"""What gives the rows of ``Columns.matching`` for a table of the search and words."""
PLACE = "place"


@dataclass(frozen=True, slots=True)
class Column:
    """One field: its ``values`` in order, and by row which of them it is. What is missing is the empty text."""

    values: tuple[str, ...]
    codes: Numbers

    def code(self, value: str) -> int:
        """Return the number of a value, -1 if no row has it."""
        at = bisect_left(self.values, value)
        return at if at < len(self.values) and self.values[at] == value else -1

    def beginning(self, start: str) -> list[int]:
        """Return the numbers of a value and of those that it begins, up to a stroke."""
        return [n for n, v in enumerate(self.values) if v == start or v.startswith(f"{start}-")]

    def being(self, codes: Sequence[int]) -> Callable[[Numbers], NDArray[np.bool_]]:
        """Return the test of which rows have one of some values."""
        return lambda rows: np.isin(self.codes[rows], codes)

    def of(self, rows: Numbers) -> Column:
        """Return the column in which row ``n`` is this one's ``rows[n]``."""
        return Column(self.values, self.codes[rows])


@dataclass(frozen=True, slots=True)
class Links:
    """What items name: the ``keys`` in order, and by key the rows from ``starts[n]`` to ``starts[n + 1]``.

    ``elsewhere`` says of each whether it is named otherwise than as a place. Row by row the same again: row ``n`` names
    the keys of the numbers ``said[said_from[n]]`` to ``said[said_from[n + 1]]``, the ``said_elsewhere`` of them
    otherwise than as a place.
    """

    keys: tuple[str, ...]
    starts: NDArray[np.int64]
    rows: Numbers
    elsewhere: NDArray[np.bool_]
    said_from: NDArray[np.int64]
    said: Numbers
    said_elsewhere: NDArray[np.bool_]

    def of(self, key: str, but_place: bool = False) -> Numbers:
        """Return the rows that name a key, in order."""
        at = bisect_left(self.keys, key)
        if at == len(self.keys) or self.keys[at] != key:
            return np.empty(0, np.int32)
        part = slice(int(self.starts[at]), int(self.starts[at + 1]))
        found = self.rows[part]
        return found[self.elsewhere[part]] if but_place else found

    def counted(self, rows: Numbers, but_place: bool = False) -> NDArray[np.int64]:
        """Return of each key how many of some rows name it."""
        first, n = self.said_from[rows], self.said_from[rows + 1] - self.said_from[rows]
        before = np.cumsum(n) - n
        at = np.repeat(first - before, n) + np.arange(int(n.sum()))
        if but_place:
            at = at[self.said_elsewhere[at]]
        return np.bincount(self.said[at], minlength=len(self.keys))

    def beginning(self, start: str) -> range:
        """Return the numbers of the keys that begin with a word and a stroke: ``state|``."""
        return range(bisect_left(self.keys, start), bisect_left(self.keys, start[:-1] + "}"))


@dataclass(frozen=True, slots=True)
class Columns:
    """All items of a record, a row each. ``pks`` are their primary keys in order; ``mark`` says of which state.

    ``by`` are the fields, ``links`` what items name, ``thing`` the primary key of the first entry of what an item
    tells of, ``unit`` the primary key of its unit, ``text`` the place in which items stand in the order of the texts.
    ``units`` are the primary keys of the units in order, ``told`` when each was told.
    """

    mark: str
    pks: NDArray[np.int64]
    by: dict[str, Column]
    links: Links
    thing: Numbers
    unit: NDArray[Any]
    text: NDArray[Any]
    units: NDArray[Any]
    told: Column

    def matching(self, store: Store, name: str, text: str) -> Numbers | None:
        """Return the rows (``CLAIMS``) or the places of the units (``UNITS``) whose words fit; None for no words."""
        with store.reading() as connection:
            said = store.search.found(connection, name, text)
        if said is None and name == CLAIMS:
            return None
        if name == CLAIMS:
            return self.at(_read(said))
        at = np.searchsorted(self.units, np.sort(_read(said)))
        return cast("Numbers", at[at < len(self.units)].astype(np.int32))

    def rows(self, store: Store, asked: Filter, matching: Matching) -> Numbers:
        """Return the rows that fit a filter, in order.

        Raises:
            CommuniqueError: a date or a word that cannot be understood.
        """
        check(asked)
        sets = list(self._sets(store, asked, matching))
        found: Numbers = (
            reduce(lambda a, b: common(a, b, len(self.pks)), sorted(sets, key=len))
            if sets
            else np.arange(len(self.pks), dtype=np.int32)
        )
        for kept in self._masks(asked):
            found = found[kept(found)]
        return found

    def _sets(self, store: Store, asked: Filter, matching: Matching) -> Iterator[Numbers]:
        but = bool(asked.other)
        for name in (asked.state, asked.other):
            if name:
                yield self.links.of(state_key(store, name), but)
        if asked.topic:
            yield self.links.of(f"topic|{asked.topic}")
        for kind, name in (("person", asked.person), ("mechanism", asked.mechanism)):
            if name:
                yield self.naming(link_keys(store, kind, name))
        if asked.text and (found := matching(CLAIMS, asked.text)) is not None:
            yield found
        if asked.source:
            of = (units.c.source_name == asked.source) | (units.c.id == asked.source)
            with store.reading() as connection:
                pks = connection.execute(select(claims.c.pk).join(units, units.c.pk == claims.c.unit).where(of))
                yield self.at(np.array(pks.scalars().all(), np.int64))

    def naming(self, keys: Iterable[str]) -> Numbers:
        """Return the rows that name any of some keys."""
        found = [self.links.of(k) for k in keys]
        return cast("Numbers", np.unique(np.concatenate(found)) if found else np.empty(0, np.int32))

    def at(self, pks: NDArray[np.int64]) -> Numbers:
        """Return the rows of items by their primary keys; those that came since are left out."""
        pks = np.sort(pks)
        at = np.searchsorted(self.pks, pks)
        at = at[at < len(self.pks)] if len(at) and at[-1] == len(self.pks) else at
        return cast("Numbers", at[self.pks[at] == pks[: len(at)]].astype(np.int32))

    def texts(self, store: Store, asked: Filter, start: int, limit: int, matching: Matching) -> tuple[list[int], int]:
        """Return the units whose text fits ``asked.text`` and whose items fit the rest, latest told first.

        They are given by their primary keys, from ``start``, at most ``limit``; beside stands how many there are.
        """
        at = matching(UNITS, asked.text or "")
        at = np.empty(0, np.int32) if at is None else at
        told = self.told.codes[at]
        if asked.since:
            at = at[told >= bisect_left(self.told.values, day_of(asked.since, False))]
        if asked.until:
            told = self.told.codes[at]
            until = bisect_right(self.told.values, day_of(asked.until, True))
            at = at[(told < until) & (told != self.told.code(""))]
        rest = replace(asked, text=None, since=None, until=None)
        if rest.given():
            theirs = np.searchsorted(self.units, self.unit[self.rows(store, rest, matching)])
            at = common(at, theirs, len(self.units))
        chosen = at[_some((-self.told.codes[at], at), start, limit)]
        return [int(pk) for pk in self.units[chosen]], len(at)

    def _masks(self, asked: Filter) -> Iterator[Any]:
        for name in ("kind", "type", "status", "review", "outlet"):
            if value := getattr(asked, name):
                yield self.by[name].being([self.by[name].code(value)])
        if asked.lang:
            yield self.by["lang"].being(self.by["lang"].beginning(asked.lang))
        day, first, last = (self.by[n] for n in ("day", "first_day", "last_day"))
        if asked.since:
            since = day_of(asked.since, False)
            d, e = bisect_left(day.values, since), bisect_left(last.values, since)
            yield lambda rows: np.where(self._dated(rows), last.codes[rows] >= e, day.codes[rows] >= d)
        if asked.until:
            until = day_of(asked.until, True)
            g, h = bisect_right(day.values, until), bisect_right(first.values, until)
            told = day.code("")
            yield lambda rows: np.where(
                self._dated(rows), first.codes[rows] < h, (day.codes[rows] < g) & (day.codes[rows] != told)
            )

    def _dated(self, rows: Numbers) -> NDArray[np.bool_]:
        first = self.by["first_day"]
        dated: NDArray[np.bool_] = first.codes[rows] != first.code("")
        return dated

    def ordered(self, rows: Numbers, order: str, start: int, limit: int) -> Numbers:
        """Return ``limit`` of some rows from ``start``, as they stand in an order of ``views.find.ORDERS``."""
        text = self.text[rows]
        if order == "text":
            return rows[_some((text,), start, limit)]
        day = self.by["day"].codes[rows]
        return rows[_some((-day if order == "newest" else day, text), start, limit)]

    def counted(self, name: str, rows: Numbers) -> list[tuple[str, int]]:
        """Return the values of a field and how many rows have each, the most first."""
        column = self.by[name]
        n = np.bincount(column.codes[rows], minlength=len(column.values))
        return sorted(((column.values[i], int(n[i])) for i in np.flatnonzero(n) if column.values[i]), key=_most)

    def named(self, start: str, n: NDArray[np.int64], most: int) -> list[tuple[str, int]]:
        """Return the keys of a beginning (``state|``) that rows name and how many, the ``most`` named first.

        Args:
            n: how many rows name each key, as ``Links.counted`` gives it.
        """
        span = self.links.beginning(start)
        mine = n[span.start : span.stop]
        some = np.flatnonzero(mine)
        # Keys are in order, so that of those named as often the first comes first.
        line = some[np.argsort(-mine[some], kind="stable")][:most]
        return [(self.links.keys[span[i]][len(start) :], int(mine[i])) for i in line.tolist()]


def _most(found: tuple[str, int]) -> tuple[int, str]:
    return -found[1], found[0]


def _some(keys: tuple[NDArray[Any], ...], start: int, limit: int) -> NDArray[np.int64]:
    """Return the places from ``start`` to ``start + limit`` in the order of ``keys``, the first counting most."""
    n, end = len(keys[0]), min(start + limit, len(keys[0]))
    if start >= end:
        return np.empty(0, np.int64)
    near = np.arange(n)
    if end < n:
        # Whatever lies behind the last that is asked for needs no order.
        near = np.flatnonzero(keys[0] <= np.partition(keys[0], end - 1)[end - 1])
    line = np.lexsort(tuple(k[near] for k in reversed(keys)))
    found: NDArray[np.int64] = near[line[start:end]]
    return found


# --- drawing them -----------------------------------------------------------------------------------------------


def columns(store: Store) -> Columns:
    """Return the record in columns. Numbers come from the database joined to long texts, which takes a tenth of the
    time that rows take."""
    with store.reading() as connection:
        mark = version(store)
        told, unit_pks, place, of_unit = _units(connection)
        c = claims.c
        pks, unit, start, entry = _numbers(connection, select(*map(_joined, (c.pk, c.unit, c.start, _known(c.entry)))))
        line = np.argsort(pks)
        pks, unit, start, entry = pks[line], unit[line], start[line], entry[line]
        by = _columns(connection, pks, ("kind", "type", "status", "review"), c.pk)
        by |= _columns(connection, pks, ("day", "first_day", "last_day"), c.pk)
        by["year"] = _year(by["day"])
        at = np.searchsorted(unit_pks, unit)
        by |= {name: column.of(at.astype(np.int32)) for name, column in of_unit.items()}
        text = (place[at] << 36) + (start << 4) + by["kind"].codes
        return Columns(
            mark, pks, by, _links(connection, pks), _things(connection, entry), unit, text, unit_pks, told
        )  # fmt: skip


def _known(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.coalesce(column, 0)


def _joined(column: ColumnElement[Any]) -> ColumnElement[str]:
    return cast("ColumnElement[str]", aggregate_strings(column.cast(Text), ","))


def common(a: Numbers, b: NDArray[Any], size: int) -> Numbers:
    """Return the numbers of ``a`` that are among those of ``b``; all are less than ``size``. Cost: a pass over each."""
    there = np.zeros(size, np.bool_)
    there[b] = True
    return a[there[a]]


def _read(text: str | None) -> NDArray[np.int64]:
    return np.fromstring(text, dtype=np.int64, sep=",") if text else np.empty(0, np.int64)


def _numbers(connection: Connection, asked: Any) -> list[NDArray[np.int64]]:
    return [_read(v) for v in connection.execute(asked).one()]


def _columns(
    connection: Connection, pks: NDArray[np.int64], names: Sequence[str], pk: ColumnElement[int]
) -> dict[str, Column]:
    """Return columns of the table of ``pk``, all at once: which rows have each combination of their values."""
    table = pk.table
    asked = select(*(table.c[n] for n in names), _joined(pk)).group_by(*(table.c[n] for n in names))
    found = [(r[:-1], np.searchsorted(pks, _read(r[-1]))) for r in connection.execute(asked)]
    out = {}
    for n, name in enumerate(names):
        line = sorted({values[n] or "" for values, _ in found})
        place = {v: i for i, v in enumerate(line)}
        codes = np.zeros(len(pks), np.int32)
        for values, rows in found:
            codes[rows] = place[values[n] or ""]
        out[name] = Column(tuple(line), codes)
    return out


def _units(connection: Connection) -> tuple[Column, NDArray[np.int64], NDArray[np.int64], dict[str, Column]]:
    """Return of the units when they were told, their keys, their places in order, and their outlets and languages."""
    u = units.c
    line = select(u.pk).order_by(u.source_name, u.position, u.id).subquery()
    (in_order,) = _numbers(connection, select(_joined(line.c.pk)))
    pks = np.sort(in_order)
    place = np.empty(len(pks), np.int64)
    place[np.searchsorted(pks, in_order)] = np.arange(len(pks))
    return (
        _columns(connection, pks, ("told",), u.pk)["told"],
        pks,
        place,
        _columns(connection, pks, ("outlet", "lang"), u.pk),
    )


def _year(day: Column) -> Column:
    years = sorted({v[:4] for v in day.values})
    place = {y: n for n, y in enumerate(years)}
    return Column(tuple(years), np.array([place[v[:4]] for v in day.values] or [0], np.int32)[day.codes])


def _links(connection: Connection, pks: NDArray[np.int64]) -> Links:
    """Return what items name; of one key in several roles that which is no place counts."""
    told: dict[str, list[NDArray[np.int64]]] = {}
    nothing = np.empty(0, np.int64)
    for n, where in enumerate((links.c.role != PLACE, links.c.role == PLACE)):
        asked = select(links.c.key, _joined(links.c.claim)).where(where).group_by(links.c.key)
        for key, claim in connection.execute(asked):
            told.setdefault(key, [nothing, nothing])[n] = np.unique(np.searchsorted(pks, _read(claim)))
    keys = sorted(told)
    rows, elsewhere = [], []
    for key in keys:
        other, place = told[key]
        both = np.union1d(other, place) if len(place) else other
        rows.append(both.astype(np.int32))
        elsewhere.append(np.isin(both, other, assume_unique=True) if len(place) else np.ones(len(both), np.bool_))
    many = [len(r) for r in rows]
    starts = np.concatenate([[0], np.cumsum(many)]).astype(np.int64)
    empty = np.empty(0, np.int32)
    whole = np.concatenate(rows) if rows else empty
    apart = np.concatenate(elsewhere) if rows else empty.astype(np.bool_)
    line = np.argsort(whole, kind="stable")
    said_from = np.concatenate([[0], np.cumsum(np.bincount(whole, minlength=len(pks)))]).astype(np.int64)
    number = np.repeat(np.arange(len(keys), dtype=np.int32), many)
    return Links(tuple(keys), starts, whole, apart, said_from, number[line], apart[line])


def _things(connection: Connection, entry: NDArray[np.int64]) -> Numbers:
    """Return the first entry of the thing that each item tells of."""
    first = entries.alias()
    asked = select(entries.c.pk, first.c.pk).join(first, first.c.id == entries.c.thing)
    joined = connection.execute(asked.where(entries.c.thing != entries.c.id)).all()
    out = entry.astype(np.int32)
    other = {int(pk): int(thing) for pk, thing in joined}
    if other:
        old = np.array(sorted(other), np.int64)
        new = np.array([other[int(pk)] for pk in old], np.int32)
        at = np.minimum(np.searchsorted(old, entry), len(old) - 1)
        hit = old[at] == entry
        out[hit] = new[at[hit]]
    return out
