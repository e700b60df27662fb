"""What a desk holds of one state of the record: its columns, the names in it, and how much of it there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select

from communique.record import fold
from communique.store import Store
from communique.store.chunks import chunks
from communique.store.schema import entries, entry_keys, sources, units
from communique.store.tokens import plain
from communique.views.columns import Columns, Numbers, columns
from communique.views.counts import Coverage

NAMED = ("person", "mechanism", "instrument")
"""Kinds of things that are looked for by name."""


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
class State:
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
        # Of the same type: of another one the whole column would be copied for every thing.
        a, b = np.searchsorted(self.things, np.array([thing, thing + 1], self.things.dtype))
        found = self.line[a:b]
        column = self.columns.by["kind"]
        rows: Numbers = found[column.codes[found] == column.code(kind)].astype(np.int32)
        return rows


def name_of(kind: str, of: str, told: Sequence[Mapping[str, Any]], items: int) -> Name:
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


def drawn(store: Store) -> State:
    """Return what a desk holds of the record as it is now.

    Raises:
        RecordError: the record does not answer.
    """
    held = columns(store)
    owners = _owners(store)
    keys: dict[int, list[str]] = {}
    for key, thing in owners.items():
        keys.setdefault(thing, []).append(key)
    line = np.argsort(held.thing, kind="stable")
    return State(held, _coverage(store, held), owners, keys, tuple(_by_name(store, owners)), line, held.thing[line])


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


def ids_of(store: Store, things: Sequence[int]) -> dict[int, str]:
    """Return the ids of entries by their primary keys."""
    out: dict[int, str] = {}
    with store.reading() as connection:
        for some in chunks(things, 5000):
            out.update(connection.execute(select(entries.c.pk, entries.c.id).where(entries.c.pk.in_(some))).all())
    return out
