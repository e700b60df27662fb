"""From what a person types to the marks under which the record keeps things."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, false, or_, select

from communique.record import fold, found_by, short
from communique.record.names import is_code
from communique.store import Store
from communique.store.schema import claims, entries, entry_keys, links, units


def state_code(store: Store, name: str) -> str | None:
    """Return the code of a state or bloc by code or name; a code is one that packs or record know."""
    found = store.known.state(name)
    if found:
        return found
    code = name.upper()
    if not is_code(code) or name not in (code, code.lower()):
        return None
    with store.reading() as connection:
        seen = connection.execute(select(links.c.claim).where(links.c.key == f"state|{code}").limit(1)).first()
    return code if seen else None


def state_key(store: Store, name: str) -> str:
    """Return the mark of a state, or of an actor by name."""
    code = state_code(store, name)
    return f"state|{code}" if code and is_code(code) else short(f"actor|{fold(code or name)}")


def _beginning(column: ColumnElement[str], prefix: str) -> ColumnElement[bool]:
    """Return the condition that ``column`` begins with ``prefix``, which ends in a stroke; an index serves it."""
    return (column >= prefix) & (column < prefix[:-1] + "}")


def link_keys(store: Store, kind: str, name: str) -> list[str]:
    """Return the marks of the persons or mechanisms that ``name`` (a name, an acronym or an entry's id) may mean."""
    keys: set[str] = set()
    spellings = [s for s in store.known.spellings(name) if s]
    fits: ColumnElement[bool]
    if kind == "mechanism":
        keys.update(short(f"mechanism|{s}") for s in spellings)
        if found := store.known.mechanism(name):
            keys.add(f"mechanism|={found}")
        fits = entry_keys.c.key.in_(keys)
    else:
        starts = [f"{what}|{s}|" for s in spellings for what in ("person", "latin")]
        fits = or_(false(), *(_beginning(entry_keys.c.key, start) for start in starts))
    with store.reading() as connection:
        owner = select(entries.c.pk).where(or_(entries.c.id == name, entries.c.thing == name), entries.c.kind == kind)
        told = select(entry_keys.c.entry).where(fits)
        pks = set(connection.execute(owner).scalars()) | set(connection.execute(told).scalars())
        if kind == "person" and not pks and (reads := found_by(store.known, name)):
            told = select(entry_keys.c.entry).where(or_(*(_beginning(entry_keys.c.key, start) for start in reads)))
            pks = set(connection.execute(told).scalars())
        if pks:
            things = select(entries.c.thing).where(entries.c.pk.in_(pks))
            every = select(entry_keys.c.key).join(entries, entries.c.pk == entry_keys.c.entry)
            keys.update(connection.execute(every.where(entries.c.thing.in_(things))).scalars())
    return sorted(k for k in keys if not k.startswith("own|"))


def named(store: Store, keys: list[str]) -> bool:
    """Tell whether an item names one of ``keys``."""
    with store.reading() as connection:
        return connection.execute(select(links.c.claim).where(links.c.key.in_(keys)).limit(1)).first() is not None


def entries_of(store: Store, kind: str, keys: list[str]) -> list[str]:
    """Return the ids of the entries of a kind that carry one of ``keys``."""
    asked = (
        select(entries.c.thing)
        .join(entry_keys, entry_keys.c.entry == entries.c.pk)
        .where(entries.c.kind == kind, entry_keys.c.key.in_(keys))
        .distinct()
        .order_by(entries.c.thing)
    )
    with store.reading() as connection:
        return list(connection.execute(asked).scalars())


def is_id(store: Store, name: str) -> str | None:
    """Return what ``name`` is the id of: ``item``, ``entry``, ``unit`` or ``source``; None if of nothing."""
    with store.reading() as connection:
        for what, asked in (
            ("entry", select(entries.c.pk).where(entries.c.id == name)),
            ("item", select(claims.c.pk).where(claims.c.id == name)),
            ("unit", select(units.c.pk).where(units.c.id == name)),
            ("source", select(units.c.pk).where(units.c.source_name == name)),
        ):
            if connection.execute(asked.limit(1)).first() is not None:
                return what
    return None


def person_entry(connection: Connection, name: str, country: str | None) -> str | None:
    """Return the id of the person of a name who acts for a country; None where the record has none, or several."""
    start = f"person|{fold(name)}|{country or '-'}|"
    told = select(entries.c.thing).join(entry_keys, entry_keys.c.entry == entries.c.pk)
    found = set(connection.execute(told.where(_beginning(entry_keys.c.key, start)).limit(50)).scalars())
    return found.pop() if len(found) == 1 else None
