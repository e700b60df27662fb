"""The rounds of a mechanism."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from communique.record import Sitting, bounds, cadence, expected, same_round
from communique.record import rounds as in_order
from communique.store import Store
from communique.store.chunks import chunks
from communique.store.schema import claims
from communique.views.counts import counts
from communique.views.filters import Naming, linked
from communique.views.find import select_items
from communique.views.names import link_keys
from communique.views.rows import Item, RoundRow, SeriesView

STATUSES = ("held", "ongoing", "cancelled", "postponed", "planned", "proposed")
JOINED = "also told without its number"


def _most(values: Iterable[Any]) -> Any:
    """Return the value told most often; of several the most precise, which for a date is the longest."""
    told = Counter(v for v in values if v not in (None, ""))
    return max(told, key=lambda v: (told[v], len(str(v)), str(v))) if told else None


def _precise(dates: Iterable[str | None]) -> str | None:
    """Return the most precise date with a year; of several the one that most others agree with."""
    told = Counter(d for d in dates if d)
    if not told:
        return None
    agree = {d: sum(n for other, n in told.items() if _agree(d, other)) for d in told}
    return max(told, key=lambda d: (bounds(d) is not None, len(d), agree[d], d))


def _agree(a: str, b: str) -> bool:
    return a.startswith(b) or b.startswith(a)


def _flags(items: Sequence[Item]) -> tuple[str, ...]:
    told = {i.date for i in items if i.date and bounds(i.date)}
    return ("dates differ",) if any(not _agree(a, b) for a in told for b in told) else ()


def _hosts(items: Sequence[Item], country: str | None) -> tuple[str, ...]:
    """Return the hosts that most items name together; of several, those to which the place belongs."""
    found: Counter[tuple[str, ...]] = Counter()
    for i in items:
        parts = [p for p in i.values.get("participants") or () if isinstance(p, Mapping) and p.get("role") == "host"]
        named = dict.fromkeys(str(host) for p in parts if (host := p.get("country") or p.get("name")))
        if named:
            found[tuple(named)] += 1
    if not found:
        return (country,) if country else ()
    return max(found, key=lambda hosts: (found[hosts], country in hosts, -len(hosts), hosts))


def _told_last(status: str) -> int:
    """Rank a status: what has happened outranks what was planned."""
    return STATUSES.index(status) if status in STATUSES else len(STATUSES)


def sitting(entry: str, items: Sequence[Item]) -> Sitting:
    """Return what the items of one entry say of a round."""
    places = [p for i in items if isinstance(p := i.values.get("place"), Mapping)]
    country = _most(p.get("country") for p in places)
    return Sitting(
        entry,
        _most(i.values.get("ordinal") for i in items),
        _precise(i.date for i in items),
        _hosts(items, country),
        country,
        _most(p.get("city") for p in places),
        min((i.status for i in items if i.status), key=_told_last, default="held"),
        _most(i.values.get("form") for i in items),
    )


def rounds(store: Store, mechanism: str, items: Sequence[Item] | None = None) -> SeriesView:
    """Return the sittings of a mechanism, by name, acronym or id, in order with the gaps. Empty if there are none.

    ``items`` are all that name it, oldest first, where they are at hand.
    """
    keys = link_keys(store, "mechanism", mechanism)
    naming = Naming(tuple(keys) or ("",), ("round",))
    where = [
        naming.then() if items is not None else naming.first(),
        claims.c.kind == "engagement",
        claims.c.type == "session",
    ]
    by_entry: dict[str, list[Item]] = defaultdict(list)
    if items is None:
        items = select_items(store, where, "oldest")
    else:
        with store.reading() as connection:
            sat = {
                found
                for some in chunks([i.id for i in items if i.type == "session"])
                for found in connection.execute(select(claims.c.id).where(claims.c.id.in_(some), where[0])).scalars()
            }
        items = [i for i in items if i.id in sat]
    for item in items:
        by_entry[item.entry].append(item)
    same = same_round(sitting(e, items) for e, items in by_entry.items())
    for without, numbered in same.items():
        by_entry[numbered].extend(by_entry.pop(without))
    sittings = [sitting(e, items) for e, items in by_entry.items()]
    line, gaps = in_order(sittings)
    results = _outcomes(store, keys)
    shown = tuple(
        RoundRow(
            r.sitting.entry,
            r.sitting.ordinal,
            r.sitting.date,
            r.sitting.hosts,
            r.sitting.place,
            r.sitting.city,
            r.sitting.status,
            r.sitting.form,
            (*r.flags, *_flags(by_entry[r.sitting.entry]), *((JOINED,) if r.sitting.entry in same.values() else ())),
            tuple(_clearest(by_entry[r.sitting.entry])),
            _named(by_entry[r.sitting.entry], "name", "chair"),
            _named(by_entry[r.sitting.entry], "level"),
            tuple(results[r.sitting.ordinal]) if r.sitting.ordinal is not None else (),
        )
        for r in line
    )
    ordered = [r.sitting for r in line]
    return SeriesView(mechanism, shown, gaps, cadence(ordered), expected(ordered))


def _outcomes(store: Store, keys: Sequence[str]) -> dict[int, list[Item]]:
    """Return by number of the round what was adopted or signed there."""
    where = [linked(list(keys) or [""], ("round",)), claims.c.type.in_(("adoption", "signing"))]
    out: dict[int, list[Item]] = defaultdict(list)
    for item in select_items(store, where, "oldest"):
        if isinstance(number := item.values.get("ordinal"), int):
            out[number].append(item)
    return out


def _named(items: Sequence[Item], field: str, role: str | None = None) -> tuple[str, ...]:
    """Return what participants, in a role if given, have in a field: each value once, told most often first."""
    told = Counter(
        str(p[field])
        for i in items
        for p in i.values.get("participants") or ()
        if isinstance(p, Mapping) and p.get(field) and role in (None, p.get("role"))
    )
    return tuple(sorted(told, key=lambda v: (-told[v], v)))


def _clearest(items: Sequence[Item]) -> list[Item]:
    """Put the item first that says most: with a date, a place, the longest quote."""
    return sorted(
        items,
        key=lambda i: (bounds(i.date) is None, -len(i.date or ""), not i.values.get("place"), -len(i.quote), i.id),
    )


def expectation(store: Store, series: SeriesView) -> str:
    """Return in one line what is expected of the next round of a series and why; empty where nothing is."""
    e = series.next
    if e is None:
        return ""
    lang = series.rounds[-1].items[0].lang if series.rounds else ""
    when = " to ".join(dict.fromkeys(d for d in (e.earliest, e.latest) if d)) or "no day told"
    who = f", host {e.host} {store.known.state_name(e.host, lang)}" if e.host else ""
    held = counts(store)
    read = f"{held.sources} sources read, told {held.first or '?'} to {held.last or '?'}"
    number = f"round {e.ordinal}" if e.ordinal else "a round"
    return f"expected, not a fact: {number}, {when}{who}; {'; '.join(e.reasons)} ({read})"
