"""The rounds of a mechanism."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from communique.record import Sitting
from communique.record import rounds as in_order
from communique.store import Store
from communique.store.schema import claims
from communique.views.filters import linked
from communique.views.find import select_items
from communique.views.names import link_keys
from communique.views.rows import Item, RoundRow, SeriesView


def _most(values: Iterable[Any]) -> Any:
    """Return the value told most often; of several the most precise, which for a date is the longest."""
    told = Counter(v for v in values if v not in (None, ""))
    return max(told, key=lambda v: (told[v], len(str(v)), str(v))) if told else None


def _precise(dates: Iterable[str | None]) -> str | None:
    """Return the longest date of which most others are a coarser form."""
    told = [d for d in dates if d]
    return max(told, key=lambda d: (sum(d.startswith(o) or o.startswith(d) for o in told), len(d), d)) if told else None


def _hosts(items: Sequence[Item]) -> tuple[str, ...]:
    found = []
    for i in items:
        for p in i.values.get("participants") or ():
            if isinstance(p, Mapping) and p.get("role") == "host":
                found.append(p.get("country") or p.get("name"))
    return tuple(dict.fromkeys(str(x) for x in found if x))


def sitting(entry: str, items: Sequence[Item]) -> Sitting:
    """Return what the items of one entry say of a round."""
    places = [p for i in items if isinstance(p := i.values.get("place"), Mapping)]
    country = _most(p.get("country") for p in places)
    return Sitting(
        entry,
        _most(i.values.get("ordinal") for i in items),
        _precise(i.date for i in items),
        _hosts(items) or ((country,) if country else ()),
        country,
        _most(p.get("city") for p in places),
        _most(i.status for i in items) or "held",
        _most(i.values.get("form") for i in items),
    )


def rounds(store: Store, mechanism: str) -> SeriesView:
    """Return the sittings of a mechanism, by name, acronym or id, in order with the gaps. Empty if there are none."""
    keys = link_keys(store, "mechanism", mechanism)
    where = [linked(keys or [""], ("round",)), claims.c.kind == "engagement", claims.c.type == "session"]
    by_entry: dict[str, list[Item]] = defaultdict(list)
    for item in select_items(store, where, "oldest"):
        by_entry[item.entry].append(item)
    line, gaps = in_order(sitting(e, items) for e, items in by_entry.items())
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
            r.flags,
            tuple(_clearest(by_entry[r.sitting.entry])),
        )
        for r in line
    )
    return SeriesView(mechanism, shown, gaps)


def _clearest(items: Sequence[Item]) -> list[Item]:
    """Put the item first that says most: with a date, a place, the longest quote."""
    return sorted(items, key=lambda i: (-len(i.date or ""), not i.values.get("place"), -len(i.quote), i.id))
