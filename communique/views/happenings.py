"""Happenings: the items that are one thing, however many tell it, with the value of a field that most of them tell."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from sqlalchemy import func, select

from communique.record import bounds
from communique.store import Store
from communique.store.chunks import chunks
from communique.store.schema import claims, entries
from communique.views.filters import Filter, conditions
from communique.views.find import fitting
from communique.views.stream import Step, Told, told_where

AT_ONCE = 300
SURE = ("held", "ongoing")


@dataclass(frozen=True)
class Happening:
    """A thing of the record: its id, and the tellings that fit, in the order in which they were told."""

    id: str
    tellings: tuple[Told, ...]

    @cached_property
    def values(self) -> dict[str, Any]:
        """The value of each field that most tellings give; of two told alike, the longer."""
        votes: dict[str, Counter[str]] = {}
        for t in self.tellings:
            for field, value in t.values.items():
                if value not in (None, "", [], {}):
                    votes.setdefault(field, Counter())[_plain(value)] += 1
        best = {f: json.loads(min(v, key=lambda x: (-v[x], -len(x), x))) for f, v in votes.items()}
        best["status"] = self._status(best.get("status"))
        return best

    def _status(self, most: str | None) -> str | None:
        """Return whether it happened: what took place is no longer planned; else what was told last."""
        told = [s for t in self.tellings if (s := t.values.get("status"))]
        return next((s for s in SURE if s in told), told[-1] if told else most)

    @property
    def first(self) -> Told:
        """The telling that says most of it in the words of one text."""
        return min(self.tellings, key=lambda t: (-_weight(t), t.at.order, t.start))

    @property
    def days(self) -> tuple[str, str] | None:
        """First and last day of its date, None where it has none."""
        return bounds(self.values.get("date"))

    @property
    def origins(self) -> int:
        """How many reports tell it; copies of one report are one."""
        return len({t.at.origin for t in self.tellings})


def _weight(t: Told) -> int:
    return sum(value not in (None, "", [], {}) for value in t.values.values())


def _plain(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def happenings(
    store: Store, asked: Filter | None = None, kind: str = "engagement", step: Step | None = None
) -> Iterator[Happening]:
    """Yield the things of a kind of which an item fits a filter, by their first day; with the tellings that fit.

    What a person rejected is no telling, unless the filter asks for it. ``step`` is told of every so many items done.

    Raises:
        CommuniqueError: a filter that cannot be understood. RecordError: the record does not answer.
    """
    asked = replace(asked or Filter(), kind=kind)
    where = conditions(store, asked)
    if not asked.review:
        where.append(claims.c.review != "rejected")
    first = func.min(claims.c.day)
    things = fitting(entries.c.thing, where=[*where, entries.c.pk == claims.c.entry])
    with store.reading() as connection:
        line = connection.execution_options(stream_results=True, max_row_buffer=AT_ONCE).execute(
            things.group_by(entries.c.thing).order_by(first, entries.c.thing)
        )
        for some in chunks((r.thing for r in line), AT_ONCE):
            mine = claims.c.entry.in_(select(entries.c.pk).where(entries.c.thing.in_(some)))
            by: dict[str, list[Told]] = {thing: [] for thing in some}
            done = 0
            for told in told_where(connection, [mine, *where]):
                by[told.entry].append(told)
                done += 1
            for thing, tellings in by.items():
                if tellings:
                    yield Happening(thing, tuple(sorted(tellings, key=lambda t: (t.at.told, t.at.order, t.start))))
            if step:
                step(done)
