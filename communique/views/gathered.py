"""Things as their pages show them: the same rows as ``views.things``, but no more of them than a page has room for.

Beside stands how many there are in all, so that a page can lead to the rest. Everything is chosen from the columns of
a ``Desk``; a thing told ten thousand times costs no more than one told forty times.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from communique.views import persons, things
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
    """Items by kind, the latest of each, and how many there are in all."""

    items: Mapping[str, tuple[Item, ...]]
    totals: Mapping[str, int]


def gathered(desk: Desk, asked: Filter, each: int = EACH, but: tuple[str, ...] = ()) -> Gathered:
    """Return the latest items that fit a filter, kind by kind."""
    held = desk.state().columns
    rows = desk.rows(asked)
    kind = held.by["kind"]
    pks: list[int] = []
    totals = {}
    for name in KINDS:
        mine = rows[kind.codes[rows] == kind.code(name)]
        if len(mine) and name not in but:
            totals[name] = len(mine)
            pks.extend(int(pk) for pk in held.pks[held.ordered(mine, "newest", 0, each)])
    out: dict[str, list[Item]] = {name: [] for name in totals}
    for item in desk.items(pks):
        out.setdefault(item.kind, []).append(item)
    return Gathered({k: tuple(v) for k, v in out.items()}, totals)


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
    found = gathered(desk, asked, but=("person",))
    kind = held.by["kind"]
    named = rows[kind.codes[rows] == kind.code("person")]
    others = held.links.of(key, True)
    others = others[kind.codes[others] != kind.code("person")]
    counted = [(k, n) for k, n in held.named("state|", others, True) if f"state|{k}" != key][:100]
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
    found = persons.person(desk.store, name, PERSON)
    if found is None:
        return None
    return found, gathered(desk, Filter(person=found.entry.id), but=("person",))


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
