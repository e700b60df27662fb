"""Keeping the groups of claims: entries grow by the keys of new claims and are drawn again when claims go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Connection, bindparam, delete, insert, select, update

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
    owner, marks = _owners(connection, {k for _, _, keys in keyed for k in keys})
    made: list[tuple[str, str]] = []
    parts: list[tuple[int | None, list[int], list[str]]] = []
    for kind, claim_pks, keys in _components(keyed, owner):
        known = sorted({owner[k] for k in keys if k in owner})
        fresh = sorted(k for k in keys if k not in owner)
        if known:
            entry, other = _merge(connection, known, fresh, marks)
            parts.append((entry, claim_pks, fresh))
            changed |= {entry} if other else set()
        else:
            made.append((kind, first_mark(keys)))
            parts.append((None, claim_pks, fresh))
    pks = iter(_insert(connection, made))
    placed = [(next(pks) if entry is None else entry, claim_pks, fresh) for entry, claim_pks, fresh in parts]
    if new := [{"key": k, "entry": entry} for entry, _, fresh in placed for k in fresh]:
        connection.execute(insert(entry_keys), new)
    if placed:
        told = [{"claim_pk": pk, "into": entry} for entry, claim_pks, _ in placed for pk in claim_pks]
        connection.execute(_PLACE, told)
    return changed


_PLACE = update(claims).where(claims.c.pk == bindparam("claim_pk")).values(entry=bindparam("into"))
_INSERT = insert(entries).returning(entries.c.pk, sort_by_parameter_order=True)


def _insert(connection: Connection, made: Sequence[tuple[str, str]]) -> list[int]:
    """Insert entries of a kind and a mark and return their primary keys, in order."""
    ids = [entry_id(kind, mark) for kind, mark in made]
    rows = [{"id": i, "kind": k, "mark": m, "thing": i} for i, (k, m) in zip(ids, made, strict=True)]
    return list(connection.execute(_INSERT, rows).scalars()) if rows else []


def _owners(connection: Connection, keys: set[str]) -> tuple[dict[str, int], dict[int, tuple[str, str]]]:
    """Return which entry has each of ``keys``, and the kind and mark of these entries."""
    owner: dict[str, int] = {}
    marks: dict[int, tuple[str, str]] = {}
    for some in chunks(sorted(keys)):
        found = connection.execute(
            select(entry_keys.c.key, entries.c.pk, entries.c.kind, entries.c.mark)
            .join(entries, entries.c.pk == entry_keys.c.entry)
            .where(entry_keys.c.key.in_(some))
        )
        for key, entry, kind, mark in found:
            owner[key] = entry
            marks[entry] = (kind, mark)
    return owner, marks


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


def _merge(
    connection: Connection, known: Sequence[int], fresh: Sequence[str], marks: Mapping[int, tuple[str, str]]
) -> tuple[int, bool]:
    """Make the entries one, under the first of them, and give it the id of its first mark.

    Returns:
        the entry, and whether it is another than before.
    """
    keep, gone = known[0], list(known[1:])
    if gone:
        connection.execute(update(claims).where(claims.c.entry.in_(gone)).values(entry=keep))
        connection.execute(update(entry_keys).where(entry_keys.c.entry.in_(gone)).values(entry=keep))
        happenings.moved(connection, keep, gone)
    kind, old = marks[keep]
    mark = first_mark([*(marks[k][1] for k in known), *fresh])
    if gone:
        connection.execute(delete(entries).where(entries.c.pk.in_(gone)))
    other = bool(gone) or mark != old
    if other:
        made = entry_id(kind, mark)
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
