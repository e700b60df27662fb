"""The questions of the desk, answered from columns in memory: the same answers as those of the database, at once.

``Desk`` holds the columns of one record. Where the record changes they are drawn anew: a small record's while the
question waits, a large one's in the background, and until then answers are those of the state before.
"""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select

from communique.record import fold
from communique.store import Store
from communique.store.chunks import chunks
from communique.store.schema import claims, entries, entry_keys, sources, units
from communique.store.tokens import plain
from communique.views.columns import Columns, Numbers, columns
from communique.views.context import version
from communique.views.counts import Coverage
from communique.views.filters import Filter
from communique.views.find import Page, Units, by_pks, units_by_pks
from communique.views.names import link_keys
from communique.views.rows import EntryRow, Facet, Item

SMALL = 100_000
"""Items of a record whose columns are drawn while a question waits."""
KEPT = 256
FACETS = ("kind", "type", "status", "review", "outlet", "lang", "year")
NAMED = ("person", "mechanism", "instrument")
"""Kinds of things that are looked for by name."""
CLOSE = 40
"""Letters of a name that is looked for."""
SAMPLE = 40
"""Tellings of a thing that say what it is called."""
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Name:
    """A thing that has a name: what it is called most often, other names, and how many items name it."""

    kind: str
    id: str
    name: str
    also: tuple[str, ...]
    items: int
    country: str | None


@dataclass(frozen=True, slots=True)
class _State:
    """Everything that is held of one state of the record.

    ``owners`` says of which thing a mark is, ``keys`` which marks a thing has; ``folded`` are (kind, folded name,
    thing) of all that can be found by name. ``line`` are the rows in the order of their things, ``things`` these.
    """

    columns: Columns
    coverage: Coverage
    owners: dict[str, int]
    keys: dict[int, list[str]]
    folded: tuple[tuple[str, str, int], ...]
    line: NDArray[np.int64]
    things: Numbers

    def telling(self, thing: int, kind: str) -> Numbers:
        """Return the rows of a kind that tell of a thing."""
        a, b = np.searchsorted(self.things, [thing, thing + 1])
        found = self.line[a:b]
        column = self.columns.by["kind"]
        rows: Numbers = found[column.codes[found] == column.code(kind)].astype(np.int32)
        return rows


class Desk:
    """The columns of a record, and what is asked of them again and again.

    Args:
        store: the record.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._state: _State | None = None
        self._drawing = threading.Lock()
        self._answers: OrderedDict[Any, Any] = OrderedDict()
        self._writing = threading.Lock()

    @property
    def mark(self) -> str:
        """A word that changes with what is answered."""
        return self.state().columns.mark

    def state(self) -> _State:
        """Return what is held, drawn anew where the record has changed.

        Raises:
            RecordError: the record does not answer.
        """
        held, now = self._state, version(self.store)
        if held is not None and held.columns.mark == now:
            return held
        if held is not None and len(held.columns.pks) > SMALL:
            if self._drawing.acquire(blocking=False):
                threading.Thread(target=self._draw_and_release, daemon=True).start()
            return held
        with self._drawing:
            if self._state is None or self._state.columns.mark != now:
                self._state = _drawn(self.store)
            return self._state

    def _draw_and_release(self) -> None:
        try:
            self._state = _drawn(self.store)
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
            self._answers[whole] = made
            while len(self._answers) > KEPT:
                self._answers.popitem(last=False)
        return made

    def rows(self, asked: Filter) -> Numbers:
        """Return the rows that fit a filter."""
        return self.once(asked, lambda: self.state().columns.rows(self.store, asked))

    def find(self, asked: Filter, *, order: str = "newest", limit: int = 25, start: int = 0) -> Page:
        """Return the items that fit a filter, as ``views.find`` does."""
        rows = self.rows(asked)
        held = self.state().columns
        chosen = held.ordered(rows, order, start, limit)
        return Page(by_pks(self.store, [int(pk) for pk in held.pks[chosen]]), len(rows), start)

    def texts(self, asked: Filter, *, limit: int = 6, start: int = 0) -> Units:
        """Return the units whose text fits, as ``views.find_units`` does."""
        pks, total = self.once(
            ("texts", asked, start, limit), lambda: self.state().columns.texts(self.store, asked, start, limit)
        )
        return Units(units_by_pks(self.store, pks, asked.text), total, start)

    def latest(self, rows: Numbers, limit: int) -> tuple[Item, ...]:
        """Return the latest of some rows as items."""
        held = self.state().columns
        return by_pks(self.store, [int(pk) for pk in held.pks[held.ordered(rows, "newest", 0, limit)]])

    def facets(self, asked: Filter, limit: int = 12) -> dict[str, tuple[Facet, ...]]:
        """Return for the items that fit a filter how many have each value, those of most items first.

        Persons and mechanisms are named by the ids of their entries; ``names`` tells what they are called.
        """
        return self.once(("facets", asked, limit), lambda: self._facets(asked, limit))

    def _facets(self, asked: Filter, limit: int) -> dict[str, tuple[Facet, ...]]:
        rows = self.rows(asked)
        held = self.state().columns
        out = {name: _facet(held.counted(name, rows)[:limit]) for name in FACETS}
        for name in ("state", "topic"):
            out[name] = _facet(held.named(f"{name}|", rows, name == "state" and bool(asked.other))[:limit])
        for name in ("person", "mechanism"):
            out[name] = self._things(name, rows, limit)
        return out

    def _things(self, kind: str, rows: Numbers, limit: int) -> tuple[Facet, ...]:
        """Return the persons or mechanisms that rows name, most first, by the ids of their entries."""
        state = self.state()
        held = state.columns
        inside = np.zeros(len(held.pks), np.bool_)
        inside[rows] = True
        found: dict[int, int] = {}
        for key, _ in held.named(f"{kind}|", rows)[: 3 * limit]:
            thing = state.owners.get(f"{kind}|{key}")
            if thing is not None and thing not in found:
                found[thing] = int(inside[held.naming(state.keys[thing])].sum())
        line = sorted(found.items(), key=lambda x: (-x[1], x[0]))[:limit]
        ids = _ids(self.store, [thing for thing, _ in line])
        return _facet([(ids[thing], n) for thing, n in line if thing in ids])

    def naming(self, kind: str, name: str) -> Numbers:
        """Return the rows that name a person or mechanism, by id or name."""
        return self.once(("naming", kind, name), lambda: self.state().columns.naming(link_keys(self.store, kind, name)))

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
        rows = {t: state.telling(t, kind) for t in things}
        some = {t: r[np.linspace(0, len(r) - 1, min(len(r), SAMPLE)).astype(int)] for t, r in rows.items() if len(r)}
        asked = select(claims.c.pk, claims.c["values"])
        pks = {int(pk): t for t, r in some.items() for pk in state.columns.pks[r]}
        told: dict[int, list[Any]] = {}
        with self.store.reading() as connection:
            for part in chunks(pks):
                for pk, values in connection.execute(asked.where(claims.c.pk.in_(part)).order_by(claims.c.pk)):
                    told.setdefault(pks[pk], []).append(values)
        ids = _ids(self.store, list(told))
        return {t: _name(kind, ids[t], values, len(rows[t])) for t, values in told.items() if t in ids}

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
        return _ids(self.store, things)

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


def _name(kind: str, of: str, told: Sequence[Mapping[str, Any]], items: int) -> Name:
    """Return what a thing is called, from the values of its tellings."""
    if kind == "engagement":
        names = Counter(" ".join(str(v[f]) for f in ("type", "mechanism", "ordinal") if v.get(f)) for v in told)
    else:
        fields = ("name",) if kind in NAMED else ("name", "level", "content")
        names = Counter(next((str(v[f]) for f in fields if v.get(f)), "") for v in told)
    ranked = [x for x in sorted(names, key=lambda x: (-names[x], x)) if x] or [of]
    extra = [str(v[f]) for v in told for f in ("latin", "acronym") if v.get(f)]
    country = Counter(str(v["country"]) for v in told if v.get("country"))
    also = tuple(x for x in dict.fromkeys([*ranked[1:], *extra]) if x != ranked[0])
    return Name(kind, of, ranked[0], also, items, country.most_common(1)[0][0] if country else None)


def _facet(found: Sequence[tuple[str, int]]) -> tuple[Facet, ...]:
    return tuple(Facet(v, n) for v, n in found)


# --- drawing ----------------------------------------------------------------------------------------------------


def _drawn(store: Store) -> _State:
    held = columns(store)
    owners = _owners(store)
    keys: dict[int, list[str]] = {}
    for key, thing in owners.items():
        keys.setdefault(thing, []).append(key)
    line = np.argsort(held.thing, kind="stable")
    return _State(held, _coverage(store, held), owners, keys, tuple(_by_name(store, owners)), line, held.thing[line])


def _by_name(store: Store, owners: Mapping[str, int]) -> Iterator[tuple[str, str, int]]:
    """Yield under which folded names which things are found: kind, name, thing."""
    for key, thing in owners.items():
        what, _, rest = key.partition("|")
        name = rest.partition("|")[0]
        if what in ("person", "latin"):
            yield "person", plain(name), thing
        elif what == "mechanism" and name.startswith("="):
            known = store.known.mechanisms.get(name[1:])
            if known:
                for said in (*(n for names in known.names.values() for n in names), *known.acronyms):
                    yield what, plain(fold(said)), thing
        elif what in NAMED:
            yield what, plain(name), thing


def _owners(store: Store) -> dict[str, int]:
    """Return of which thing with a name each of the marks is, under which items name it."""
    first = entries.alias()
    asked = (
        select(entry_keys.c.key, first.c.pk)
        .join(entries, entries.c.pk == entry_keys.c.entry)
        .join(first, first.c.id == entries.c.thing)
        .where(entries.c.kind.in_(NAMED), ~entry_keys.c.key.startswith("own|"))
    )
    with store.reading() as connection:
        return {key: int(pk) for key, pk in connection.execute(asked)}


def _coverage(store: Store, held: Columns) -> Coverage:
    everything = np.arange(len(held.pks), dtype=np.int32)
    kinds = dict(held.counted("kind", everything))
    things = {kind: len(np.unique(held.thing[held.by["kind"].codes == held.by["kind"].code(kind)])) for kind in kinds}
    with store.reading() as connection:

        def by(column: Any) -> dict[str, int]:
            asked = select(column, func.count()).group_by(column).order_by(func.count().desc(), column)
            return {k: n for k, n in connection.execute(asked) if k}

        states = by(sources.c.state)
        days = select(func.min(units.c.told), func.max(units.c.told)).where(units.c.told != "")
        first, last = connection.execute(days).one()
        total = connection.execute(select(func.count()).select_from(units)).scalar_one()
        langs, outlets = by(units.c.lang), by(units.c.outlet)
    return Coverage(
        states.get("live", 0), states.get("failed", 0), int(total), kinds, things, first or "", last or "",
        langs, outlets,
    )  # fmt: skip


def _ids(store: Store, things: Sequence[int]) -> dict[int, str]:
    out: dict[int, str] = {}
    with store.reading() as connection:
        for some in chunks(things, 5000):
            out.update(connection.execute(select(entries.c.pk, entries.c.id).where(entries.c.pk.in_(some))).all())
    return out
