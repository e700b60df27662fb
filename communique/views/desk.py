"""The questions of the desk, answered from columns in memory: the same answers as those of the database, at once.

``Desk`` holds the columns of one record. Where the record changes they are drawn anew: a small record's while the
question waits, a large one's in the background, and until then answers are those of the state before.
"""

from __future__ import annotations

import threading
import time
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from communique.record import fold
from communique.store import Store
from communique.store.chunks import chunks
from communique.store.schema import claims, entries
from communique.store.tokens import plain
from communique.views.columns import Numbers, common
from communique.views.conflicts import Conflict, conflicts
from communique.views.context import version
from communique.views.counts import Coverage
from communique.views.drawn import NAMED, Name, State, drawn, ids_of, name_of
from communique.views.filters import Filter
from communique.views.find import Page, Units, by_pk, by_pks, units_by_pks
from communique.views.names import link_keys
from communique.views.promises import LATER
from communique.views.promises import MOST as LATEST
from communique.views.rows import EntryRow, Facet, Item
from communique.views.show import resolve, show

SMALL = 100_000
"""Items of a record whose columns are drawn while a question waits."""
KEPT = 4096
HELD = 256 * 2**20
"""Bytes of rows that are held as answers."""
ITEMS = 20_000
"""Items that are held once they were fetched."""
FACETS = ("kind", "type", "status", "review", "outlet", "lang", "year")
CLOSE = 40
"""Letters of a name that is looked for."""
SAMPLE = 15
"""Tellings of a thing that say what it is called."""
NAMES = 50_000
"""Names of things that are held."""
SOON = 0.05
"""Seconds within which it is not asked again whether another process changed the record."""
Answer = TypeVar("Answer")


class Desk:
    """The columns of a record, and what is asked of them again and again.

    Args:
        store: the record.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._state: State | None = None
        self._drawing = threading.Lock()
        self._answers: OrderedDict[Any, Any] = OrderedDict()
        self._bytes = 0
        self._writing = threading.Lock()
        self._held: tuple[str, dict[int, Item]] = ("", {})
        self._names_of: tuple[str, dict[tuple[str, int], Name]] = ("", {})
        self._looked: tuple[float, int, str] = (0.0, -1, "")

    @property
    def mark(self) -> str:
        """A word that changes with what is answered."""
        return self.state().columns.mark

    def state(self) -> State:
        """Return what is held, drawn anew where the record has changed.

        Raises:
            RecordError: the record does not answer.
        """
        held, now = self._state, self._version()
        if held is not None and held.columns.mark == now:
            return held
        if held is not None and len(held.columns.pks) > SMALL:
            if self._drawing.acquire(blocking=False):
                threading.Thread(target=self._draw_and_release, daemon=True).start()
            return held
        with self._drawing:
            if self._state is None or self._state.columns.mark != now:
                self._state = drawn(self.store)
            return self._state

    def look(self) -> str:
        """Return a word for the state of the record, looked up now: whoever asks sees what was written before."""
        now, writes = time.monotonic(), self.store.writes
        found = version(self.store)
        self._looked = now, writes, found
        return found

    def _version(self) -> str:
        """Return the state of the record, looked up anew after this process wrote, and where ``SOON`` has passed."""
        at, then, found = self._looked
        return found if then == self.store.writes and time.monotonic() - at <= SOON else self.look()

    def _draw_and_release(self) -> None:
        try:
            self._state = drawn(self.store)
        finally:
            self._drawing.release()

    def once(self, key: Any, make: Callable[[], Answer]) -> Answer:
        """Return an answer that was given before for this state of the record, else make and keep it."""
        whole = (self.mark, key)
        with self._writing:
            if whole in self._answers:
                self._answers.move_to_end(whole)
                found: Answer = self._answers[whole]
                return found
        made = make()
        with self._writing:
            self._bytes += _size(made) - _size(self._answers.pop(whole, None))
            self._answers[whole] = made
            while self._answers and (len(self._answers) > KEPT or self._bytes > HELD):
                self._bytes -= _size(self._answers.popitem(last=False)[1])
        return made

    def _matching(self, name: str, text: str) -> Numbers | None:
        """Return what words fit, held: they are asked for again with every other filter."""
        return self.once(("matching", name, text), lambda: self.state().columns.matching(self.store, name, text))

    def rows(self, asked: Filter) -> Numbers:
        """Return the rows that fit a filter."""
        return self.once(asked, lambda: self.state().columns.rows(self.store, asked, self._matching))

    def find(self, asked: Filter, *, order: str = "newest", limit: int = 25, start: int = 0) -> Page:
        """Return the items that fit a filter, as ``views.find`` does."""
        rows = self.rows(asked)
        held = self.state().columns
        chosen = held.ordered(rows, order, start, limit)
        return Page(by_pks(self.store, [int(pk) for pk in held.pks[chosen]]), len(rows), start)

    def texts(self, asked: Filter, *, limit: int = 6, start: int = 0) -> Units:
        """Return the units whose text fits, as ``views.find_units`` does."""
        pks, total = self.once(
            ("texts", asked, start, limit),
            lambda: self.state().columns.texts(self.store, asked, start, limit, self._matching),
        )
        return Units(units_by_pks(self.store, pks, asked.text), total, start)

    def items(self, pks: Sequence[int]) -> tuple[Item, ...]:
        """Return items by their primary keys, in that order, from those held where they were fetched before."""
        mark = self.mark
        with self._writing:
            if self._held[0] != mark or len(self._held[1]) > ITEMS:
                self._held = (mark, {})
            held = self._held[1]
        wanted = [pk for pk in pks if pk not in held]
        for some in chunks(wanted, 2000):
            held.update(by_pk(self.store, some))
        return tuple(held[pk] for pk in pks if pk in held)

    def at(self, rows: Numbers, start: int, limit: int) -> tuple[Item, ...]:
        """Return a part of some rows as items, in their order."""
        return self.items([int(pk) for pk in self.state().columns.pks[rows[start : start + limit]]])

    def after(self, states: tuple[str, ...], day: str) -> Sequence[Item]:
        """Return the first engagements and commitments of all of some states, by their marks, after a day."""
        held = self.state().columns
        rows = self.once(("after", frozenset(states)), lambda: self._of_all(states))
        days = held.by["day"]
        rows = rows[days.codes[rows] >= bisect_right(days.values, day)]
        return self.items([int(pk) for pk in held.pks[held.ordered(rows, "oldest", 0, LATEST)]])

    def _of_all(self, states: tuple[str, ...]) -> Numbers:
        held = self.state().columns
        kind = held.by["kind"]
        of = [held.links.of(s) for s in dict.fromkeys(states)]
        of = [rows[np.isin(kind.codes[rows], [kind.code(k) for k in LATER])] for rows in of]
        return of[0] if len(of) == 1 else common(of[0], of[1], len(held.pks))

    def due(self, name: str | None, until: str | None, every: bool) -> Numbers:
        """Return the rows of commitments, each thing once, the earliest due first.

        Args:
            name: only those that NAME takes part in. until: only those due by then (``YYYY-MM-DD``).
            every: those too for which no day is named.
        """
        rows = self.naming_any(name) if name else None
        held = self.state().columns
        kind, first, day = held.by["kind"], held.by["first_day"], held.by["day"]
        mine = np.arange(len(held.pks), dtype=np.int32) if rows is None else rows
        mine = mine[kind.codes[mine] == kind.code("commitment")]
        if not every or until:
            mine = mine[first.codes[mine] != first.code("")]
        if until:
            mine = mine[first.codes[mine] < bisect_right(first.values, until)]
        _, once = np.unique(held.thing[mine], return_index=True)
        mine = mine[once]
        due = np.where(first.codes[mine] == first.code(""), len(first.values), first.codes[mine])
        out: Numbers = mine[np.lexsort((mine, day.codes[mine], due))]
        return out

    def conflicts(self, name: str | None, what: str | None) -> tuple[Conflict, ...] | None:
        """Return the disagreements as ``views.conflicts`` does; None of all of a record that is too large for that."""
        if not name and len(self.state().columns.pks) > SMALL:
            return None
        return self.once(("conflicts", name, what), lambda: conflicts(self.store, name, what))

    def latest(self, rows: Numbers, limit: int) -> tuple[Item, ...]:
        """Return the latest of some rows as items."""
        held = self.state().columns
        return by_pks(self.store, [int(pk) for pk in held.pks[held.ordered(rows, "newest", 0, limit)]])

    def facets(self, asked: Filter, limit: int = 12) -> dict[str, tuple[Facet, ...]]:
        """Return for the items that fit a filter how many have each value, those of most items first.

        Persons and mechanisms are named by the ids of their entries; ``names`` tells what they are called. A
        mechanism that no item describes is called by a name that is known of it.
        """
        return self.once(("facets", asked, limit), lambda: self._facets(asked, limit))

    def _facets(self, asked: Filter, limit: int) -> dict[str, tuple[Facet, ...]]:
        rows = self.rows(asked)
        held = self.state().columns
        out = {name: _facet(held.counted(name, rows)[:limit]) for name in FACETS}
        n = held.links.counted(rows)
        of_states = held.links.counted(rows, True) if asked.other else n
        for name in ("state", "topic"):
            out[name] = _facet(held.named(f"{name}|", of_states if name == "state" else n, limit))
        for name in ("person", "mechanism"):
            out[name] = self._things(name, rows, n, limit)
        return out

    def _things(self, kind: str, rows: Numbers, counted: NDArray[np.int64], limit: int) -> tuple[Facet, ...]:
        """Return the persons or mechanisms that rows name, most first, by the ids of their entries.

        ``counted``: how many of the rows name each key.
        """
        state = self.state()
        held = state.columns
        inside = np.zeros(len(held.pks), np.bool_)
        inside[rows] = True
        found: dict[int, int] = {}
        only_named: dict[str, int] = {}
        for key, n in held.named(f"{kind}|", counted, 3 * limit):
            thing = state.owners.get(f"{kind}|{key}")
            if thing is not None and thing not in found:
                keys = state.keys[thing]
                found[thing] = n if len(keys) == 1 else int(inside[held.naming(keys)].sum())
            elif thing is None and kind == "mechanism" and (name := self._known(key)):
                only_named[name] = n
        line = sorted(found.items(), key=lambda x: (-x[1], x[0]))[:limit]
        ids = ids_of(self.store, [thing for thing, _ in line])
        both = [*((ids[thing], n) for thing, n in line if thing in ids), *only_named.items()]
        return _facet(sorted(both, key=lambda x: (-x[1], x[0]))[:limit])

    def _known(self, key: str) -> str:
        """Return a name of a mechanism that items name and none describes."""
        if not key.startswith("="):
            return ""
        known = self.store.known.mechanisms.get(key[1:])
        every = (*known.acronyms, *(n for names in known.names.values() for n in names)) if known else ()
        return next(iter(every), "")

    def naming(self, kind: str, name: str) -> Numbers:
        """Return the rows that name a person or mechanism, by id or name."""
        return self.once(("naming", kind, name), lambda: self.state().columns.naming(link_keys(self.store, kind, name)))

    def naming_any(self, name: str) -> Numbers:
        """Return the rows of what a name stands for, as ``views.show`` understands it."""
        what, key = resolve(self.store, name)
        if what == "pair":
            return self.rows(Filter(state=key.split("-")[0], other=key.split("-")[1]))
        if what in ("state", "person", "mechanism"):
            return self.rows(Filter(**{what: key}))
        asked = select(claims.c.pk).where(claims.c.id.in_([i.id for i in show(self.store, name).items]))
        with self.store.reading() as connection:
            found = connection.execute(asked).scalars().all()
        return self.state().columns.at(np.array(found, np.int64))

    def counts(self) -> Coverage:
        """Return what the record holds."""
        return self.state().coverage

    def listing(self, kind: str, *, limit: int, start: int = 0, rows: Numbers | None = None) -> tuple[EntryRow, ...]:
        """Return things of a kind, those told most often first, of some rows or of all."""
        if rows is not None:
            return self._listing(kind, rows, limit, start)
        return self.once(("listing", kind, limit, start), lambda: self._listing(kind, None, limit, start))

    def _listing(self, kind: str, rows: Numbers | None, limit: int, start: int) -> tuple[EntryRow, ...]:
        things, n = self._told(kind, rows) if rows is not None else self.once(kind, lambda: self._told(kind, None))
        things, n = things[start : start + limit], n[start : start + limit]
        return tuple(self._entry_rows(kind, things, n))

    def _entry_rows(self, kind: str, things: Numbers, n: Numbers) -> Iterator[EntryRow]:
        state = self.state()
        day = state.columns.by["day"]
        names = self.called(kind, things.tolist())
        for thing, k in zip(things.tolist(), n.tolist(), strict=True):
            if found := names.get(thing):
                days = day.codes[state.telling(thing, kind)]
                days = days[days > day.code("")]
                first, last = (day.values[f(days)] if len(days) else "" for f in (np.min, np.max))
                yield EntryRow(found.id, kind, found.name, found.also, k, first, last, found.country)

    def _told(self, kind: str, rows: Numbers | None) -> tuple[Numbers, Numbers]:
        """Return the things of a kind of which rows tell, and how many tell of each, the most first."""
        held = self.state().columns
        of_kind = held.by["kind"].codes == held.by["kind"].code(kind)
        mine = np.flatnonzero(of_kind) if rows is None else rows[of_kind[rows]]
        things, n = np.unique(held.thing[mine], return_counts=True)
        line = np.lexsort((things, -n))
        return things[line], n[line].astype(np.int32)

    def called(self, kind: str, things: Sequence[int]) -> dict[int, Name]:
        """Return the names of things, by the primary keys of their entries, from ``SAMPLE`` of their tellings each."""
        state = self.state()
        with self._writing:
            if self._names_of[0] != state.columns.mark or len(self._names_of[1]) > NAMES:
                self._names_of = (state.columns.mark, {})
            held = self._names_of[1]
        held.update(((kind, t), name) for t, name in self._called(kind, [t for t in things if (kind, t) not in held]))
        return {t: held[kind, t] for t in things if (kind, t) in held}

    def _called(self, kind: str, things: Sequence[int]) -> Iterator[tuple[int, Name]]:
        state = self.state()
        rows = {t: state.telling(t, kind) for t in things}
        some = {t: r[np.linspace(0, len(r) - 1, min(len(r), SAMPLE)).astype(int)] for t, r in rows.items() if len(r)}
        asked = select(claims.c.pk, claims.c["values"])
        pks = {int(pk): t for t, r in some.items() for pk in state.columns.pks[r]}
        told: dict[int, list[Any]] = {}
        with self.store.reading() as connection:
            for part in chunks(pks):
                for pk, values in connection.execute(asked.where(claims.c.pk.in_(part)).order_by(claims.c.pk)):
                    told.setdefault(pks[pk], []).append(values)
        ids = ids_of(self.store, list(told))
        yield from ((t, name_of(kind, ids[t], values, len(rows[t]))) for t, values in told.items() if t in ids)

    def names(self, kind: str, ids: Iterable[str]) -> dict[str, Name]:
        """Return the names of things of a kind by the ids of their entries."""
        listed = tuple(sorted(set(ids)))
        return self.once(("names", kind, listed), lambda: self._names(kind, listed))

    def _names(self, kind: str, ids: Sequence[str]) -> dict[str, Name]:
        out = {}
        with self.store.reading() as connection:
            found = connection.execute(select(entries.c.pk).where(entries.c.id.in_(ids))).scalars().all()
        for name in self.called(kind, [int(pk) for pk in found]).values():
            out[name.id] = name
        return out

    def ids(self, things: Sequence[int]) -> dict[int, str]:
        """Return the ids of things by the primary keys of their entries."""
        return ids_of(self.store, things)

    def close_to(self, text: str, limit: int = 8) -> tuple[Name, ...]:
        """Return the things whose names hold a text, those that begin with it and those told most often first."""
        asked = plain(fold(text))
        if not asked or len(asked) > CLOSE:
            return ()
        return self.once(("close", asked, limit), lambda: self._close_to(asked, limit))

    def _close_to(self, asked: str, limit: int) -> tuple[Name, ...]:
        state = self.state()
        best: dict[tuple[str, int], bool] = {}
        for kind, name, thing in state.folded:
            if asked in name:
                key = kind, thing
                best[key] = best.get(key, False) or name.startswith(asked)
        n = {(kind, thing): len(state.telling(thing, kind)) for kind, thing in best}
        line = sorted((k for k in best if n[k]), key=lambda k: (not best[k], -n[k], k))[:limit]
        out = {
            (kind, t): name
            for kind in NAMED
            for t, name in self.called(kind, [t for k, t in line if k == kind]).items()
        }
        return tuple(out[k] for k in line if k in out)


def _facet(found: Sequence[tuple[str, int]]) -> tuple[Facet, ...]:
    return tuple(Facet(v, n) for v, n in found)


def _size(answer: object) -> int:
    return answer.nbytes if isinstance(answer, np.ndarray) else 0
