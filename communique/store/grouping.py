"""Keeping the groups of claims: entries grow by the keys of new claims and are drawn again when claims go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, delete, insert, select, update

from communique.record import entry_id, first_mark
from communique.store import happenings
from communique.store.chunks import chunks
from communique.store.schema import claim_keys, claims, entries, entry_keys

Keyed = tuple[int, str, tuple[str, ...]]
"""A claim's primary key, its kind and its keys."""


def join(connection: Connection, keyed: Sequence[Keyed]) -> set[int]:
    """Put claims into entries: claims that share a key, with each other or with an entry, are one entry.

    Returns:
        the entries that took in others, or whose first mark changed.
    """
    changed: set[int] = set()
    owner = _owners(connection, {k for _, _, keys in keyed for k in keys})
    for kind, claim_pks, keys in _components(keyed, owner):
        known = sorted({owner[k] for k in keys if k in owner})
        fresh = sorted(k for k in keys if k not in owner)
        if known:
            entry, other = _merge(connection, known, fresh)
            if other:
                changed.add(entry)
        else:
            mark = first_mark(keys)
            row = connection.execute(
                insert(entries)
                .values(id=(made := entry_id(kind, mark)), kind=kind, mark=mark, thing=made)
                .returning(entries.c.pk)
            )
            entry = row.scalar_one()
        if fresh:
            connection.execute(insert(entry_keys), [{"key": k, "entry": entry} for k in fresh])
        for some in chunks(claim_pks):
            connection.execute(update(claims).where(claims.c.pk.in_(some)).values(entry=entry))
    return changed


def _owners(connection: Connection, keys: set[str]) -> dict[str, int]:
    owner: dict[str, int] = {}
    for some in chunks(sorted(keys)):
        found = connection.execute(select(entry_keys.c.key, entry_keys.c.entry).where(entry_keys.c.key.in_(some)))
        owner.update((key, entry) for key, entry in found)
    return owner


def _components(keyed: Sequence[Keyed], owner: dict[str, int]) -> Iterator[tuple[str, list[int], list[str]]]:
    """Return (kind, claims, keys) of what belongs together, by shared keys or by keys of one entry."""
    parent: dict[str, str] = {}

    def root(x: str) -> str:
        while parent.setdefault(x, x) != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for _, _, keys in keyed:
        nodes = [*keys, *(f"#{owner[k]}" for k in keys if k in owner)]
        for other in nodes[1:]:
            parent[root(other)] = root(nodes[0])
    groups: dict[str, tuple[str, list[int], list[str]]] = {}
    for pk, kind, keys in keyed:
        group = groups.setdefault(root(keys[0]), (kind, [], []))
        group[1].append(pk)
        group[2].extend(keys)
    for kind, pks, keys_ in groups.values():
        yield kind, pks, list(dict.fromkeys(keys_))


def _merge(connection: Connection, known: Sequence[int], fresh: Sequence[str]) -> tuple[int, bool]:
    """Make the entries one, under the first of them, and give it the id of its first mark.

    Returns:
        the entry, and whether it is another than before.
    """
    keep, gone = known[0], list(known[1:])
    if gone:
        connection.execute(update(claims).where(claims.c.entry.in_(gone)).values(entry=keep))
        connection.execute(update(entry_keys).where(entry_keys.c.entry.in_(gone)).values(entry=keep))
        happenings.moved(connection, keep, gone)
    rows = connection.execute(select(entries.c.kind, entries.c.mark).where(entries.c.pk.in_(known))).all()
    old = {row.mark for row in rows}
    mark = first_mark([*old, *fresh])
    if gone:
        connection.execute(delete(entries).where(entries.c.pk.in_(gone)))
    other = bool(gone) or mark not in old
    if other:
        made = entry_id(rows[0].kind, mark)
        connection.execute(update(entries).where(entries.c.pk == keep).values(id=made, mark=mark, thing=made))
    return keep, other


def draw_again(connection: Connection, touched: Iterable[int]) -> None:
    """Draw entries again from the claims that are left to them; an entry without claims goes."""
    old = sorted(set(touched))
    dirty = happenings.around(connection, old)
    again: list[int] = []
    for entry in old:
        left = connection.execute(
            select(claims.c.pk, claims.c.kind, claim_keys.c.key)
            .join(claim_keys, claim_keys.c.claim == claims.c.pk)
            .where(claims.c.entry == entry)
            .order_by(claims.c.pk)
        ).all()
        connection.execute(update(claims).where(claims.c.entry == entry).values(entry=None))
        connection.execute(delete(entry_keys).where(entry_keys.c.entry == entry))
        connection.execute(delete(entries).where(entries.c.pk == entry))
        kinds: dict[int, str] = {}
        keys: dict[int, list[str]] = defaultdict(list)
        for pk, kind, key in left:
            kinds[pk] = kind
            keys[pk].append(key)
        if kinds:
            join(connection, [(pk, kinds[pk], tuple(keys[pk])) for pk in kinds])
            again.extend(kinds)
    happenings.add(connection, again, dirty)
