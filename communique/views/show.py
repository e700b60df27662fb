"""What a person means by NAME, and everything that the record has of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from communique.store import Store
from communique.views.filters import linked
from communique.views.find import claim, select_items
from communique.views.names import entries_of, is_id, link_keys, named, state_code, state_key
from communique.views.persons import person
from communique.views.rows import Block, Entry, Item, MechanismView, PairView, PersonView, StateView
from communique.views.things import document, entry, mechanism, pair, state

JOINTS = re.compile(r"\s*[-\u2010-\u2015\u2212~/]\s*")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a name stands for. ``what`` is ``item``, ``entry``, ``document``, ``pair``, ``state``, ``mechanism``,
    ``person``, ``named`` (several things of that name) or ``nothing``.

    The view of it stands in the field of that name; ``items`` are all items in which it takes part, oldest first.
    """

    name: str
    what: str
    items: tuple[Item, ...] = ()
    item: Item | None = None
    entry: Entry | None = None
    document: tuple[Block, ...] = ()
    pair: PairView | None = None
    state: StateView | None = None
    mechanism: MechanismView | None = None
    person: PersonView | None = None
    named: tuple[Entry, ...] = ()


def resolve(store: Store, name: str) -> tuple[str, str]:
    """Return what a name stands for and the id, code or name to ask for it by.

    In this order: an id, a state, a pair of states, a mechanism, a person, another named thing.
    """
    name = name.strip()
    if found := is_id(store, name):
        if found == "entry" and (known := entry(store, name)) and known.kind in ("person", "mechanism"):
            return known.kind, name
        return ("document" if found in ("unit", "source") else found), name
    if store.known.state(name) is None and named(store, link_keys(store, "mechanism", name)):
        return "mechanism", name
    if code := state_code(store, name):
        return "state", code
    sides = JOINTS.split(name)
    if len(sides) == 2 and all(sides) and all(state_code(store, s) for s in sides):
        return "pair", "-".join(state_code(store, s) or s for s in sides)
    people = entries_of(store, "person", link_keys(store, "person", name))
    if people:
        return ("person", people[0]) if len(people) == 1 else ("named", name)
    if named(store, [state_key(store, name)]):
        return "state", name
    return "nothing", name


def show(store: Store, name: str) -> Shown:
    """Return what the record has of ``name``: a name or acronym in any language, a state's code or name, a pair
    of states (``XA-XB``), or an id.

    Raises:
        RecordError: the record does not answer.
    """
    what, key = resolve(store, name)
    if what == "item":
        item = claim(store, key)
        return Shown(name, what, (item,) if item else (), item)
    if what == "entry":
        found = entry(store, key)
        return Shown(name, what, tuple(t.item for t in found.tellings) if found else (), entry=found)
    if what == "document":
        blocks = document(store, key)
        return Shown(name, what, tuple(i for b in blocks for i in b.items), document=blocks)
    if what == "pair":
        a, b = key.split("-")
        both = pair(store, a, b)
        items = (*both.ties, *both.engagements, *both.commitments, *both.other)
        return Shown(name, what, _oldest(items), pair=both)
    if what == "state":
        where = [linked([state_key(store, key)])]
        return Shown(name, what, select_items(store, where, "oldest"), state=state(store, key))
    if what == "mechanism":
        told = select_items(store, [linked(link_keys(store, "mechanism", key))], "oldest")
        return Shown(name, what, told, mechanism=mechanism(store, key, told))
    if what == "person":
        where = [linked(link_keys(store, "person", key))]
        return Shown(name, what, select_items(store, where, "oldest"), person=person(store, key))
    if what == "named":
        keys = link_keys(store, "person", key)
        found_all = tuple(e for i in entries_of(store, "person", keys) if (e := entry(store, i)))
        return Shown(name, what, select_items(store, [linked(keys)], "oldest"), named=found_all)
    return Shown(name, "nothing")


def _oldest(items: tuple[Item, ...]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda i: i.day))
