"""How much the record holds and what it rests on; lists of things and of sources."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select

from communique.store import Store
from communique.store.chunks import chunks
from communique.store.schema import claims, entries, links, units
from communique.store.schema import sources as sources_table
from communique.views.filters import Filter, conditions
from communique.views.rows import EntryRow, Facet, SourceRow


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the record rests on: numbers of sources, units, items by kind, entries by kind, and the days covered."""

    sources: int
    failed: int
    units: int
    items: Mapping[str, int]
    entries: Mapping[str, int]
    first: str
    last: str
    langs: Mapping[str, int]
    outlets: Mapping[str, int]


def counts(store: Store) -> Coverage:
    """Return what the record holds."""
    with store.reading() as connection:

        def by(column: ColumnElement[Any]) -> dict[str, int]:
            asked = select(column, func.count()).group_by(column).order_by(func.count().desc(), column)
            return {k: n for k, n in connection.execute(asked) if k}

        many = func.count(entries.c.thing.distinct())
        asked = select(entries.c.kind, many.label("n")).group_by(entries.c.kind).order_by(many.desc(), entries.c.kind)
        things = {r.kind: int(r.n) for r in connection.execute(asked)}
        states = by(sources_table.c.state)
        first, last = connection.execute(
            select(func.min(units.c.told), func.max(units.c.told)).where(units.c.told != "")
        ).one()
        total = connection.execute(select(func.count()).select_from(units)).scalar_one()
        return Coverage(
            states.get("live", 0),
            states.get("failed", 0),
            int(total),
            by(claims.c.kind),
            things,
            first or "",
            last or "",
            by(units.c.lang),
            by(units.c.outlet),
        )


def entry_rows(
    store: Store, kind: str, where: Sequence[ColumnElement[bool]] = (), limit: int = 100, start: int = 0
) -> tuple[EntryRow, ...]:
    """Return entries of a kind of which an item fits all of ``where``, those told most often first."""
    n = func.count(claims.c.pk.distinct())
    asked = (
        select(entries.c.thing, n.label("n"))
        .join(claims, claims.c.entry == entries.c.pk)
        .join(units, units.c.pk == claims.c.unit)
        .where(entries.c.kind == kind, *where)
        .group_by(entries.c.thing)
        .order_by(n.desc(), entries.c.thing)
        .limit(limit)
        .offset(start)
    )
    with store.reading() as connection:
        found = [(thing, int(k)) for thing, k in connection.execute(asked)]
    return rows_of(store, kind, found)


def rows_of(store: Store, kind: str, found: Sequence[tuple[str, int]]) -> tuple[EntryRow, ...]:
    """Return things of a kind as rows of a list, each given by its id and how many items tell of it."""
    told: dict[str, list[Any]] = defaultdict(list)
    with store.reading() as connection:
        for some in chunks([thing for thing, _ in found]):
            rows = connection.execute(
                select(entries.c.thing, claims.c["values"].label("fields"), claims.c.day)
                .join(entries, entries.c.pk == claims.c.entry)
                .where(entries.c.thing.in_(some))
                .order_by(claims.c.id)
            )
            for r in rows:
                told[r.thing].append(r)
    return tuple(_row(thing, kind, told[thing], k) for thing, k in found)


def _row(entry: str, kind: str, told: Sequence[Any], n: int) -> EntryRow:
    names = Counter(
        str(v)
        for r in told
        for f in ("name", "level", "content")
        if (v := r.fields.get(f)) and (f == "name" or kind != "person")
    )
    if kind == "engagement":
        names = Counter(
            " ".join(str(r.fields[f]) for f in ("type", "mechanism", "ordinal") if r.fields.get(f)) for r in told
        )
    ranked = sorted(names, key=lambda x: (-names[x], x))
    extra = [str(r.fields[f]) for r in told for f in ("latin", "acronym") if r.fields.get(f)]
    also = tuple(x for x in dict.fromkeys([*ranked[1:], *extra]) if x not in ranked[:1])
    days = sorted(r.day for r in told if r.day)
    country = Counter(str(r.fields["country"]) for r in told if r.fields.get("country"))
    return EntryRow(
        entry,
        kind,
        ranked[0] if ranked else entry,
        also,
        n,
        days[0] if days else "",
        days[-1] if days else "",
        country.most_common(1)[0][0] if country else None,
    )


def entries_list(
    store: Store, kind: str, asked: Filter | None = None, *, limit: int = 100, start: int = 0
) -> tuple[EntryRow, ...]:
    """Return things of a kind (``person``, ``mechanism``, ...) of which an item fits the filter."""
    return entry_rows(store, kind, conditions(store, asked or Filter()), limit, start)


def facets(store: Store, asked: Filter | None = None, limit: int = 20) -> dict[str, tuple[Facet, ...]]:
    """Return for the items that fit a filter how many there are by kind, type, status, state, topic, year, outlet,
    language and review."""
    where = conditions(store, asked or Filter())
    columns = {
        "kind": claims.c.kind,
        "type": claims.c.type,
        "status": claims.c.status,
        "review": claims.c.review,
        "outlet": units.c.outlet,
        "lang": units.c.lang,
        "year": func.substr(claims.c.day, 1, 4),
    }
    seen: dict[str, Counter[str]] = {name: Counter() for name in columns}
    with store.reading() as connection:
        # One walk over the items gives all of them: how often each combination of values stands together.
        together = (
            select(*columns.values(), func.count())
            .select_from(claims)
            .join(units, units.c.pk == claims.c.unit)
            .where(*where)
            .group_by(*columns.values())
        )
        for *values, n in connection.execute(together):
            for name, value in zip(columns, values, strict=True):
                if value:
                    seen[name][str(value)] += n
        out = {
            name: tuple(Facet(v, n) for v, n in sorted(found.items(), key=lambda x: (-x[1], x[0]))[:limit])
            for name, found in seen.items()
        }
        for name in ("state", "topic"):
            rows = connection.execute(
                select(links.c.key, func.count(claims.c.pk.distinct()))
                .select_from(claims)
                .join(units, units.c.pk == claims.c.unit)
                .join(links, links.c.claim == claims.c.pk)
                .where(links.c.key.startswith(f"{name}|"), *where)
                .group_by(links.c.key)
                .order_by(func.count(claims.c.pk.distinct()).desc(), links.c.key)
                .limit(limit)
            )
            out[name] = tuple(Facet(k.split("|", 1)[1], n) for k, n in rows)
    return out


def sources(store: Store, *, state: str | None = None, limit: int = 1000, start: int = 0) -> tuple[SourceRow, ...]:
    """Return the sources by name, with how reading them went. ``state`` keeps those of one state."""
    s = sources_table
    n_units = select(func.count()).where(units.c.source == s.c.pk).correlate(s).scalar_subquery()
    n_claims = (
        select(func.count())
        .select_from(claims)
        .join(units, units.c.pk == claims.c.unit)
        .where(units.c.source == s.c.pk)
        .correlate(s)
        .scalar_subquery()
    )
    asked = select(s, n_units.label("n_units"), n_claims.label("n_claims")).order_by(s.c.source, s.c.pk)
    if state:
        asked = asked.where(s.c.state == state)
    with store.reading() as connection:
        return tuple(
            SourceRow(
                r.source,
                r.origin,
                r.digest,
                r.media,
                r.url,
                r.state,
                r.reason,
                r.coder,
                r.read_at,
                tuple(r.notes),
                r.n_units,
                r.n_claims,
                r.misses,
            )
            for r in connection.execute(asked.limit(limit).offset(start))
        )
