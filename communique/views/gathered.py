"""Things as their pages show them: the same rows as ``views.things``, but no more of them than a page has room for.

Beside stands how many there are in all, so that a page can lead to the rest. Everything is chosen from the columns of
a ``Desk``; a thing told ten thousand times costs no more than one told forty times.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from communique.views import persons, things
from communique.views.between import AHEAD
from communique.views.columns import Numbers
from communique.views.desk import Desk
from communique.views.filters import Filter
from communique.views.held import levels
from communique.views.names import state_code, state_key
from communique.views.rows import Facet, Item, MechanismView, PairView, PersonView, StateView

EACH = 30
"""Items of one kind on a page."""
TOGETHER = 160
"""Engagements of a pair that its page is drawn from, the latest."""
POSTS = 120
"""Latest tellings of persons of a state from which the list of its posts is drawn."""
PERSON = 150
"""Tellings of a person, and items that name one, of which the page is drawn."""
TELLINGS = 8
"""Tellings of one round of which the page is drawn."""
KINDS = ("engagement", "commitment", "tie", "position", "mechanism", "instrument", "person")


@dataclass(frozen=True, slots=True)
class Gathered:
    """Items by kind, the latest of each, and how many there are in all.

    ``tellings``: by the id of an item that stands for several of one thing, how many fit.
    """

    items: Mapping[str, tuple[Item, ...]]
    totals: Mapping[str, int]
    tellings: Mapping[str, int] = field(default_factory=dict)


def gathered(desk: Desk, asked: Filter, each: int = EACH, but: tuple[str, ...] = (), once: bool = False) -> Gathered:
    """Return the latest items that fit a filter, kind by kind; ``once``: of each thing only the latest."""
    held = desk.state().columns
    rows = desk.rows(asked)
    kind = held.by["kind"]
    pks: list[int] = []
    totals = {}
    times: dict[int, int] = {}
    for name in KINDS:
        mine = rows[kind.codes[rows] == kind.code(name)]
        if len(mine) and name not in but:
            totals[name] = len(mine)
            line = held.ordered(mine, "newest", 0, each * TELLINGS if once else each)
            if once:
                line, many = _once(held.thing[line], line, held.thing[mine], each)
                times |= dict(zip(held.pks[line].tolist(), many.tolist(), strict=True))
            pks.extend(int(pk) for pk in held.pks[line])
    out: dict[str, list[Item]] = {name: [] for name in totals}
    several = {}
    for item in desk.items(pks):
        out.setdefault(item.kind, []).append(item)
    for pk, n in times.items():
        for item in desk.items((pk,)) if n > 1 else ():
            several[item.id] = n
    return Gathered({k: tuple(v) for k, v in out.items()}, totals, several)


def _once(things_: Numbers, line: Numbers, all_: Numbers, each: int) -> tuple[Numbers, NDArray[np.int64]]:
    """Return the first row of each thing of a line, at most ``each``, and how many of ``all_`` are of each."""
    _, first = np.unique(things_, return_index=True)
    at = np.sort(first)[:each]
    chosen = np.sort(things_[at])
    place = np.searchsorted(chosen, all_)
    place[place == len(chosen)] = 0
    n = np.bincount(place[chosen[place] == all_], minlength=len(chosen))
    return line[at], n[np.searchsorted(chosen, things_[at])]


def ahead(desk: Desk, asked: Filter, each: int) -> tuple[Item, ...]:
    """Return the latest engagements that fit a filter and are planned, proposed or put off: one item of each thing.

    What another telling of the same thing says was held or called off is left out.
    """
    held = desk.state().columns
    rows = desk.rows(replace(asked, kind="engagement"))
    status, thing = held.by["status"], held.thing[rows]
    open_ = np.isin(status.codes[rows], [status.code(s) for s in AHEAD])
    rows = rows[open_ & ~np.isin(thing, np.unique(thing[~open_]))]
    line = held.ordered(rows, "newest", 0, len(rows))
    _, first = np.unique(held.thing[line], return_index=True)
    return tuple(desk.items([int(pk) for pk in held.pks[line[np.sort(first)[:each]]]]))


def by_year(desk: Desk, asked: Filter, name: str = "type") -> dict[str, dict[str, int]]:
    """Return year -> value of a field -> how many items that fit have it, the latest year first."""
    held = desk.state().columns
    rows = desk.rows(asked)
    year, field = held.by["year"], held.by[name]
    both = np.unique(year.codes[rows].astype(np.int64) * len(field.values) + field.codes[rows], return_counts=True)
    out: dict[str, dict[str, int]] = {}
    for code, n in zip(both[0][::-1].tolist(), both[1][::-1].tolist(), strict=True):
        y, f = divmod(code, len(field.values))
        out.setdefault(year.values[y], {})[field.values[f]] = n
    return out


def state(desk: Desk, name: str) -> tuple[StateView, Gathered] | None:
    """Return a state or bloc by code or name in any language; None if the record does not name it."""
    store, held = desk.store, desk.state().columns
    key = state_key(store, name)
    code = state_code(store, name) or name
    asked = Filter(state=name)
    rows = desk.rows(asked)
    if not len(rows):
        return None
    found = gathered(desk, asked, but=("person",), once=True)
    kind = held.by["kind"]
    named = rows[kind.codes[rows] == kind.code("person")]
    others = held.links.of(key, True)
    others = others[kind.codes[others] != kind.code("person")]
    counted = [(k, n) for k, n in held.named("state|", held.links.counted(others, True), 101) if f"state|{k}" != key]
    people = desk.once(("people", code), lambda: desk.listing("person", limit=40, rows=named))
    told = desk.latest(named, POSTS)
    names = dict.fromkeys(n for ns in store.known.states.get(code, {}).values() for n in ns[:2])
    view = StateView(
        code, tuple(names), tuple(Facet(k, n) for k, n in counted), people,
        tuple(i for items in found.items.values() for i in items), things.posts(store, told),
    )  # fmt: skip
    return view, found


def pair(desk: Desk, a: str, b: str) -> tuple[PairView, Gathered]:
    """Return what the record has between two states or blocs, by code or name; empty where it has nothing."""
    store = desk.store
    found = gathered(desk, Filter(state=a, other=b), TOGETHER)
    items = found.items
    met = items.get("engagement", ())
    held = [i for i in met if i.type in things.MEETINGS and i.status in ("held", "ongoing")]
    ties = items.get("tie", ())
    levels_, changes = levels(store.known, ties, things.upgrades(store, met))
    rest = tuple(i for kind, of in items.items() if kind not in ("tie", "engagement", "commitment") for i in of[:EACH])
    view = PairView(
        state_code(store, a) or a, state_code(store, b) or b, ties, met, items.get("commitment", ())[:EACH], rest,
        next((i for i in held if i.date), held[0] if held else None), levels_, changes,
    )  # fmt: skip
    return view, found


def person(desk: Desk, name: str) -> tuple[PersonView, Gathered] | None:
    """Return a person by the id of the entry, or by a name that one person bears; else None."""
    found = persons.person(desk.store, name, PERSON, why=False)
    if found is None:
        return None
    return found, gathered(desk, Filter(person=found.entry.id), but=("person",), once=True)


def mechanism(desk: Desk, name: str) -> tuple[MechanismView, Gathered, Mapping[str, int]] | None:
    """Return a mechanism by id, name or acronym in any language, and how many items tell of each round.

    None if nothing names it.
    """
    held = desk.state().columns
    rows = desk.naming("mechanism", name)
    if not len(rows):
        return None
    sat = rows[held.by["type"].codes[rows] == held.by["type"].code("session")]
    line = sat[np.argsort(held.thing[sat], kind="stable")]
    entries_, first, n = np.unique(held.thing[line], return_index=True, return_counts=True)
    place = np.arange(len(line)) - np.repeat(first, n)
    found = gathered(desk, Filter(mechanism=name))
    shown = {i.id: i for i in desk.items([int(pk) for pk in held.pks[line[place < TELLINGS]]])}
    shown |= {i.id: i for items in found.items.values() for i in items}
    told = sorted(shown.values(), key=lambda i: (i.day, i.source, i.evidence[0].start, i.kind, i.id))
    view = things.mechanism(desk.store, name, told)
    if view is None:
        return None
    ids = desk.ids(entries_.tolist())
    return view, found, {ids[t]: k for t, k in zip(entries_.tolist(), n.tolist(), strict=True) if t in ids}
