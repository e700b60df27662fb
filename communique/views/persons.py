"""A person with offices, readings of the name, and those who may be the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from communique.record import Judgement, reconstructed
from communique.store import Store
from communique.store.persons import READING, beginning, form_of, hanging_together, judged
from communique.store.schema import claims, entries, entry_keys, pairs
from communique.views.filters import linked
from communique.views.find import select_items
from communique.views.held import offices
from communique.views.names import entries_of, link_keys
from communique.views.rows import Doubt, Entry, PersonView
from communique.views.things import MOST, entry


def _keys_of(store: Store, name: str) -> list[str]:
    with store.reading() as connection:
        asked = select(entry_keys.c.key).join(entries, entries.c.pk == entry_keys.c.entry)
        found = connection.execute(asked.where(entries.c.thing == name)).scalars()
        return [k for k in found if not k.startswith("own|")]


def person(store: Store, name: str, most: int = MOST, why: bool = True) -> PersonView | None:
    """Return a person by the id of the entry, or by a name that one person bears; else None.

    Of many tellings, and of many items that name the person, ``most`` are looked at. Without ``why`` no telling says
    why it belongs.
    """
    found = entry(store, name, most, why)
    if found is None or found.kind != "person":
        ids = entries_of(store, "person", link_keys(store, "person", name))
        if len(ids) != 1:
            return None
        found = entry(store, ids[0], most, why)
    if found is None:
        return None
    told = [t.item for t in found.tellings]
    keys = _keys_of(store, found.id)
    items = select_items(store, [linked(keys), claims.c.kind != "person"], "newest", most)
    names = [str(v.value) for v in found.values if v.field == "name"]
    ranks = [str(v.value) for v in found.values if v.field == "rank"]
    return PersonView(
        found,
        found.name,
        found.best("latin"),
        found.best("country"),
        offices(store.known, told, items),
        tuple(ranks),
        items,
        tuple(n for n in dict.fromkeys(names) if n != found.name),
        _readings(store, found, keys),
        tuple(_doubts_of(store, found, keys)),
    )


def _readings(store: Store, found: Entry, keys: Sequence[str]) -> tuple[str, ...]:
    told = dict.fromkeys(
        (str(t.item.values.get("name") or ""), t.item.values.get("country"), t.item.lang) for t in found.tellings
    )
    return tuple(dict.fromkeys(r for n, c, lang in told for r in reconstructed(store.known, n, c, lang, keys)))


def _doubts_of(store: Store, found: Entry, keys: Sequence[str]) -> Iterator[Doubt]:
    mine = {k for k in keys if k.startswith("person|")}
    seen = {found.id}
    for judgement in _open(store, [k for k in keys if k.startswith(READING)]):
        if (judgement.a in mine) != (judgement.b in mine):
            other, written = (
                (judgement.b, judgement.names[1]) if judgement.a in mine else (judgement.a, judgement.names[0])
            )
            for name in entries_of(store, "person", [other]):
                if name not in seen:
                    seen.add(name)
                    yield Doubt(name, written, judgement.reason)


def _open(store: Store, reading_keys: Sequence[str]) -> tuple[Judgement, ...]:
    """Return the judgements that stay unsure among the forms that hang together with reading keys."""
    if not reading_keys:
        return ()
    with store.reading() as connection:
        found = judged(connection, store.known, hanging_together(connection, reading_keys))
    return tuple(j for j in found if j.verdict == "unsure")


def doubts(store: Store, limit: int = 1000) -> tuple[tuple[Doubt, Doubt], ...]:
    """Return pairs of persons that may be one and were not joined, each side with the reason, in order of their names.

    They wait for a person's decision; the machine leaves them apart.
    """
    with store.reading() as connection:
        every = connection.execute(select(entry_keys.c.key).where(beginning(entry_keys.c.key, READING))).scalars().all()
    out: dict[tuple[str, str], tuple[Doubt, Doubt]] = {}
    parted = _parted(store)
    seen: set[str] = set()
    for key in sorted(every):
        if form_of(key) in seen or len(out) >= limit:
            continue
        with store.reading() as connection:
            seen |= hanging_together(connection, [key])
        for j in _open(store, [key]):
            a, b = (entries_of(store, "person", [k]) for k in (j.a, j.b))
            if a and b and a != b and frozenset((a[0], b[0])) not in parted:
                sides = Doubt(a[0], j.names[0], j.reason), Doubt(b[0], j.names[1], j.reason)
                out.setdefault((min(a[0], b[0]), max(a[0], b[0])), sides)
    return tuple(out.values())[:limit]


def _parted(store: Store) -> set[frozenset[str]]:
    """Return the pairs of things of which people said that they are two."""
    one, other = entries.alias(), entries.alias()
    asked = (
        select(one.c.thing, other.c.thing)
        .select_from(pairs)
        .join(one, one.c.pk == pairs.c.a)
        .join(other, other.c.pk == pairs.c.b)
        .where(pairs.c.verdict == "different")
    )
    with store.reading() as connection:
        return {frozenset(r) for r in connection.execute(asked)}
