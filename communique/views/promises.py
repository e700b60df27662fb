"""Commitments over time: made at, due, and what became of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from communique.record import bounds, fold
from communique.record.promises import Later, Undertaking, state
from communique.store import Store
from communique.store.chunks import chunks
from communique.store.schema import claims, units
from communique.views.filters import day_of, linked
from communique.views.find import select_items
from communique.views.rows import Item
from communique.views.show import show

MEETINGS = ("talks", "session", "visit", "call", "ceremony")
LATER = ("engagement", "commitment")
MOST = 200
"""Later claims of the same parties that are looked at for one commitment."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment: the item, the meeting it was made at, its status and the item that says so, with the reason."""

    item: Item
    made_at: Item | None
    due: str | None
    status: str
    by: Item | None
    reason: str


def due(
    store: Store,
    name: str | None = None,
    *,
    by: str | None = None,
    as_of: str,
    every: bool = False,
    reviews: Collection[str] | None = None,
) -> tuple[Promise, ...]:
    """Return commitments with their status, the earliest due first.

    Args:
        name, by, every, reviews: as for ``promised``; what became of them counts for ``reviews`` too.
        as_of: today, ``YYYY-MM-DD``.

    Raises:
        CommuniqueError: ``by`` is no date.
    """
    found = promised(store, name, by=by, every=every, reviews=reviews)
    return _followed(store, found, as_of, reviews=reviews)


def promised(
    store: Store,
    name: str | None = None,
    *,
    by: str | None = None,
    every: bool = False,
    reviews: Collection[str] | None = None,
) -> tuple[Item, ...]:
    """Return commitments, each thing once, the earliest due first.

    Args:
        name: only those that NAME takes part in. by: only those due by then (EDTF). every: those too for which no day
            is named. reviews: only items of these statuses of review count; default: all.

    Raises:
        CommuniqueError: ``by`` is no date.
    """
    until = day_of(by, True) if by else None
    if name:
        found = [i for i in show(store, name).items if i.kind == "commitment"]
    else:
        asked = [claims.c.kind == "commitment", *([] if every else [claims.c.date.is_not(None)])]
        found = list(select_items(store, asked, "oldest"))
    kept: dict[str, Item] = {}
    for item in found:
        if reviews is not None and item.review not in reviews:
            continue
        span = bounds(item.date)
        if (not every and not item.date) or (until and (span is None or span[0] > until)):
            continue
        kept.setdefault(item.entry, item)
    return tuple(sorted(kept.values(), key=lambda i: ((bounds(i.date) or ("9999", ""))[0], i.day, i.id)))


def became(
    store: Store,
    items: Sequence[Item],
    as_of: str,
    later: Callable[[tuple[str, ...], str], Sequence[Item]] | None = None,
) -> tuple[Promise, ...]:
    """Return commitments, each thing once, with what became of each.

    Args:
        as_of: the day, ``YYYY-MM-DD``. later: returns the engagements and commitments, ``MOST`` at most, of one or two
            states (by their marks) after a day, the oldest first; the record is asked where it is not given.
    """
    once = {i.entry: i for i in reversed(items) if i.kind == "commitment"}
    return _followed(store, tuple(reversed(once.values())), as_of, later)


def _followed(
    store: Store,
    items: Sequence[Item],
    as_of: str,
    after: Callable[[tuple[str, ...], str], Sequence[Item]] | None = None,
    reviews: Collection[str] | None = None,
) -> tuple[Promise, ...]:
    out: list[Promise] = []
    for some in chunks(items):
        beside = _beside(store, some)
        out += [_promise(store, i, beside.get(i.unit, ()), as_of, after, reviews) for i in some]
    return tuple(out)


def _after(store: Store, states: tuple[str, ...], day: str, reviews: Collection[str] | None = None) -> Sequence[Item]:
    where = [*(linked([s]) for s in states), claims.c.kind.in_(LATER), claims.c.day > day]
    where.extend([] if reviews is None else [claims.c.review.in_(list(reviews))])
    return select_items(store, where, "oldest", MOST)


def _promise(
    store: Store,
    item: Item,
    beside: Sequence[Item],
    as_of: str,
    after: Callable[[tuple[str, ...], str], Sequence[Item]] | None,
    reviews: Collection[str] | None,
) -> Promise:
    states = tuple(f"state|{a}" for a in item.actors if a.isupper())[:2]
    later: Sequence[Item] = ()
    if states and item.day:
        later = after(states, item.day) if after else _after(store, states, item.day, reviews)
    by_id = {i.id: i for i in later}
    u = Undertaking(
        item.id,
        _parties(item),
        str(item.values.get("content") or item.quote),
        item.day,
        item.date,
        _named(item, beside),
    )
    became = state(u, [_later(i) for i in later], as_of)
    return Promise(item, _made_at(item, beside), item.date, became.status, by_id.get(became.by or ""), became.reason)


def _parties(item: Item) -> frozenset[str]:
    return frozenset(a for a in item.actors if a.isupper())


def _later(i: Item) -> Later:
    v = i.values
    meetings = ((fold(v["mechanism"]), v.get("ordinal")),) if v.get("mechanism") else ()
    return Later(i.id, i.kind, _parties(i), i.quote, i.day, i.status, i.date, meetings)


def _named(item: Item, beside: Sequence[Item]) -> tuple[tuple[str, int | None], ...]:
    """Return the rounds of the unit that are planned within the commitment's words: mechanism and number."""
    first = item.evidence[0]
    return tuple(
        (fold(i.values["mechanism"]), i.values.get("ordinal"))
        for i in beside
        if i.status in ("planned", "proposed")
        and i.values.get("mechanism")
        and first.start - 4 <= i.evidence[0].start <= first.end
    )


def _beside(store: Store, items: Sequence[Item]) -> dict[str, list[Item]]:
    """Return by unit the engagements of the units of items, as they stand in the text."""
    out: dict[str, list[Item]] = {}
    of = units.c.id.in_(sorted({i.unit for i in items}))
    for found in select_items(store, [of, claims.c.kind == "engagement"], "text"):
        out.setdefault(found.unit, []).append(found)
    return out


def _made_at(item: Item, beside: Sequence[Item]) -> Item | None:
    """Return the first meeting that the text tells and in which a party takes part: that of the lead."""
    told = [i for i in beside if i.type in MEETINGS and i.status in ("held", "ongoing")]
    return next((i for i in told if set(i.actors) & set(item.actors)), None)
