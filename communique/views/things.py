"""One thing of the record at a time: a document, a unit, an entry, a person, a mechanism, a state, a pair."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, or_, select

from communique.store import Store
from communique.store.chunks import chunks
from communique.store.schema import claim_keys, claims, entries, evidence, links, pairs, units
from communique.views.counts import entry_rows
from communique.views.filters import Filter, conditions, linked
from communique.views.find import claim, select_items, unit_from, unit_rows
from communique.views.held import chairs, holders, levels
from communique.views.names import entries_of, link_keys, state_code, state_key
from communique.views.relations import relations
from communique.views.rows import (
    Block,
    Entry,
    Facet,
    Holder,
    Item,
    MechanismView,
    PairView,
    StateView,
    Telling,
    ValueSeen,
)
from communique.views.series import rounds

MOST, SOME = 500, 100
AFTER = 24
"""Letters behind the words of a change of level within which the level is named."""
MEETINGS = ("talks", "visit", "session", "call")


def unit(store: Store, name: str) -> Block | None:
    """Return the unit of an id with its items, or None."""
    blocks = _blocks(store, units.c.id == name)
    return blocks[0] if blocks else None


def document(store: Store, name: str) -> tuple[Block, ...]:
    """Return the units of a source with their items, in order: by the source's name, or the id of a unit or item.

    Empty where nothing has that name.
    """
    blocks = _blocks(store, units.c.source_name == name)
    if blocks:
        return blocks
    with store.reading() as connection:
        asked = select(units.c.source).where(units.c.id == name)
        source = connection.execute(asked).scalars().first()
    if source is not None:
        return _blocks(store, units.c.source == source)
    item = claim(store, name)
    return document(store, item.unit) if item else ()


def _blocks(store: Store, where: Any) -> tuple[Block, ...]:
    with store.reading() as connection:
        found = [
            unit_from(r) for r in connection.execute(unit_rows().where(where).order_by(units.c.position, units.c.id))
        ]
    by_unit: dict[str, list[Item]] = defaultdict(list)
    for some in chunks([u.id for u in found]):
        for item in select_items(store, [units.c.id.in_(some), where], "text"):
            by_unit[item.unit].append(item)
    return tuple(Block(u, tuple(by_unit[u.id])) for u in found)


def _plain(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def seen(items: Sequence[Item]) -> tuple[ValueSeen, ...]:
    """Return every value of every field that items give, the one that most give first."""
    by: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for item in items:
        for field, value in item.values.items():
            if value not in (None, "", [], {}):
                by[field][_plain(value)].append(item.id)
    return tuple(
        ValueSeen(field, json.loads(value), tuple(ids))
        for field, values in by.items()
        for value, ids in sorted(values.items(), key=lambda kv: (-len(kv[1]), -len(kv[0]), kv[0]))
    )


def entry(store: Store, name: str, most: int = MOST, why: bool = True) -> Entry | None:
    """Return a thing of the record by its id, with every telling and why it belongs, or None.

    The id of an entry that was found to be one with another gives the whole; of many tellings the first ``most``.
    Without ``why`` no telling says why it belongs.
    """
    with store.reading() as connection:
        asked = select(entries.c.thing).where(or_(entries.c.id == name, entries.c.thing == name))
        thing = connection.execute(asked.limit(1)).scalar()
    items = select_items(store, [entries.c.thing == thing], "oldest", most) if thing else ()
    if not thing or not items:
        return None
    reasons = _reasons(store, thing) if why else {}
    values = seen(items)
    first = items[0]
    named = next((str(v.value) for v in values if v.field == "name"), None)
    alone = ["stands alone"] if why else []
    tellings = tuple(Telling(i, "; ".join(dict.fromkeys(reasons.get(i.id) or alone))) for i in items)
    return Entry(thing, first.kind, named or first.name, tellings, values)


def _reasons(store: Store, thing: str) -> dict[str, list[str]]:
    """Return why each item belongs to a thing: keys that it shares, and what comparing gave."""
    reasons: dict[str, list[str]] = defaultdict(list)
    of_thing = (
        select(claim_keys.c.key)
        .join(claims, claims.c.pk == claim_keys.c.claim)
        .join(entries, entries.c.pk == claims.c.entry)
        .where(entries.c.thing == thing, ~claim_keys.c.key.startswith("reading|"))
        .group_by(claim_keys.c.key)
        .having(func.count() > 1)
    )
    shared = (
        select(claims.c.id, claim_keys.c.reason)
        .join(claim_keys, claim_keys.c.claim == claims.c.pk)
        .join(entries, entries.c.pk == claims.c.entry)
        .where(entries.c.thing == thing, claim_keys.c.key.in_(of_thing))
        .order_by(claim_keys.c.key)
    )
    compared = (
        select(claims.c.id, pairs.c.reasons)
        .join(entries, entries.c.pk == claims.c.entry)
        .join(pairs, or_(pairs.c.a == entries.c.pk, pairs.c.b == entries.c.pk))
        .where(entries.c.thing == thing, pairs.c.used)
        .order_by(pairs.c.score.desc(), claims.c.id)
    )
    with store.reading() as connection:
        for item, reason in connection.execute(shared):
            reasons[item].append(reason)
        for item, signs in connection.execute(compared):
            reasons[item].append(", ".join(signs))
    return reasons


def mechanism(store: Store, name: str, told: Sequence[Item] | None = None) -> MechanismView | None:
    """Return a mechanism by the id of the entry, a name or an acronym in any language; None if nothing names it.

    ``told`` are all items that name it, oldest first, where they are at hand; its own tellings are then the first
    hundred, without why they belong.
    """
    keys = link_keys(store, "mechanism", name)
    if told is None:
        items: Sequence[Item] = select_items(store, [linked(keys or [""])], "newest", MOST)
    else:
        items = sorted(told, key=lambda i: i.day, reverse=True)[:MOST]
    if not items:
        return None
    ids = entries_of(store, "mechanism", keys)
    known = store.known.mechanisms.get(store.known.mechanism(name) or "")
    found = (entry(store, ids[0]) if told is None else entry(store, ids[0], SOME, why=False)) if ids else None
    names = [str(v.value) for v in found.values if v.field in ("name", "acronym")] if found else []
    names.extend(str(i.values["mechanism"]) for i in items if i.values.get("mechanism"))
    names.extend(known.acronyms[:1] if known else ())
    mine = set(keys)
    named = [n for n in dict.fromkeys(names) if mine & set(link_keys(store, "mechanism", n))]
    parents = [str(v.value) for v in found.values if v.field == "parent"] if found else []
    parties = [p for v in found.values if v.field == "parties" for p in v.value] if found else []
    shown = found.name if found else (named[0] if named else name)
    return MechanismView(
        found.id if found else shown,
        shown,
        tuple(named),
        found,
        rounds(store, name, told),
        tuple(parents),
        tuple(dict.fromkeys(parties)),
        tuple(i for i in items if not (found and i.entry == found.id)),
        chairs(items),
        relations(store, name, keys, items),
    )


def state(store: Store, name: str, limit: int = MOST) -> StateView | None:
    """Return a state or bloc by code or name in any language; None if the record does not name it."""
    key = state_key(store, name)
    items = select_items(store, [linked([key]), claims.c.kind != "person"], "newest", limit)
    code = state_code(store, name) or name
    other = (
        select(links.c.key, func.count(links.c.claim.distinct()).label("n"))
        .where(
            links.c.claim.in_(select(links.c.claim).where(links.c.key == key, links.c.role != "place")),
            links.c.key.startswith("state|"),
            links.c.key != key,
            links.c.role != "place",
        )
        .group_by(links.c.key)
        .order_by(func.count(links.c.claim.distinct()).desc(), links.c.key)
        .limit(100)
    )
    with store.reading() as connection:
        counterparts = tuple(Facet(k.split("|", 1)[1], n) for k, n in connection.execute(other))
    persons = entry_rows(store, "person", [linked([key], ("country",))], limit=200)
    if not items and not persons:
        return None
    names = dict.fromkeys(n for ns in store.known.states.get(code, {}).values() for n in ns[:2])
    return StateView(code, tuple(names), counterparts, persons, items, _posts(store, key))


def _posts(store: Store, key: str) -> tuple[Holder, ...]:
    """Return who held the public posts of a state, from the newest ``MOST`` items that name its persons."""
    return posts(store, select_items(store, [linked([key], ("country",)), claims.c.kind == "person"], "newest", MOST))


def posts(store: Store, told: Sequence[Item]) -> tuple[Holder, ...]:
    """Return who held which public posts, from items that name the persons of one state."""
    beside: list[Item] = []
    for some in chunks(sorted({i.unit for i in told})):
        dated = [claims.c.kind == "engagement", claims.c.date.is_not(None)]
        beside.extend(i for i in select_items(store, [units.c.id.in_(some), *dated], "oldest") if i.date)
    return holders(store.known, told, beside)


def upgrades(store: Store, items: Sequence[Item]) -> dict[str, tuple[Item, str]]:
    """Return the changes of level among items by id, each with its quote and the ``AFTER`` letters behind it."""
    e = evidence
    out = {}
    found = {i.id: i for i in items if i.type == "upgrade"}
    asked = (
        select(claims.c.id, e.c.quote, func.substr(units.c.text, e.c.end + 1, AFTER))
        .join(units, units.c.pk == claims.c.unit)
        .join(e, (e.c.claim == claims.c.pk) & (e.c.seq == 0))
        .where(claims.c.id.in_(list(found)))
    )
    with store.reading() as connection:
        for item, quote, after in connection.execute(asked):
            out[item] = found[item], quote + after
    return out


def pair(store: Store, a: str, b: str, limit: int = MOST) -> PairView:
    """Return what the record has between two states or blocs, by code or name; empty where it has nothing."""
    where = conditions(store, Filter(state=a, other=b))
    items = select_items(store, where, "newest", limit)
    kinds: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        kinds[item.kind].append(item)
    held = [i for i in kinds["engagement"] if i.type in MEETINGS and i.status in ("held", "ongoing")]
    rest = [i for i in items if i.kind not in ("tie", "engagement", "commitment")]
    held_levels, changes = levels(store.known, kinds["tie"], upgrades(store, kinds["engagement"]))
    return PairView(
        state_code(store, a) or a,
        state_code(store, b) or b,
        tuple(kinds["tie"]),
        tuple(kinds["engagement"]),
        tuple(kinds["commitment"]),
        tuple(rest),
        next((i for i in held if i.date), held[0] if held else None),
        held_levels,
        changes,
    )
