"""From what a person types to the marks under which the record keeps things."""

from __future__ import annotations

from sqlalchemy import or_, select

from communique.record import fold
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
    return f"state|{code}" if code and is_code(code) else f"actor|{fold(code or name)}"


def _starting(kind: str, name: str) -> tuple[str, str]:
    start = f"{kind}|{fold(name)}"
    return start, start + "|"


def link_keys(store: Store, kind: str, name: str) -> list[str]:
    """Return the marks of the persons or mechanisms that ``name`` (a name, an acronym or an entry's id) may mean."""
    keys: set[str] = set()
    if kind == "mechanism":
        keys.add(f"mechanism|{fold(name)}")
        if found := store.known.mechanism(name):
            keys.add(f"mechanism|={found}")
    with store.reading() as connection:
        owner = select(entries.c.pk).where(entries.c.id == name, entries.c.kind == kind)
        if kind == "person":
            exact, prefix = _starting(kind, name)
            latin = _starting("latin", name)[1]
            named = select(entry_keys.c.entry).where(
                or_(
                    (entry_keys.c.key >= prefix) & (entry_keys.c.key < exact + "}"),
                    (entry_keys.c.key >= latin) & (entry_keys.c.key < latin[:-1] + "}"),
                )
            )
        else:
            named = select(entry_keys.c.entry).where(entry_keys.c.key.in_(keys))
        pks = set(connection.execute(owner).scalars()) | set(connection.execute(named).scalars())
        if pks:
            keys.update(connection.execute(select(entry_keys.c.key).where(entry_keys.c.entry.in_(pks))).scalars())
        elif kind == "person":
            keys.update(
                connection.execute(
                    select(links.c.key).where(links.c.key >= prefix, links.c.key < exact + "}").distinct()
                ).scalars()
            )
    return sorted(k for k in keys if not k.startswith("own|"))


def named(store: Store, keys: list[str]) -> bool:
    """Tell whether an item names one of ``keys``."""
    with store.reading() as connection:
        return connection.execute(select(links.c.claim).where(links.c.key.in_(keys)).limit(1)).first() is not None


def entries_of(store: Store, kind: str, keys: list[str]) -> list[str]:
    """Return the ids of the entries of a kind that carry one of ``keys``."""
    asked = (
        select(entries.c.id)
        .join(entry_keys, entry_keys.c.entry == entries.c.pk)
        .where(entries.c.kind == kind, entry_keys.c.key.in_(keys))
        .distinct()
        .order_by(entries.c.id)
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
