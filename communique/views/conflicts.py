"""Where the record disagrees with itself: values that cannot both hold, impossible rounds, two spellings of one man,
corrections, and what may be one thing told as two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from communique.record.ranking import Ranked, Said, clash, last_day_only, rank
from communique.record.series import DOUBLED, OUT_OF_ORDER
from communique.store import Store
from communique.store.chunks import chunks
from communique.store.happenings import TOLD_APART
from communique.store.schema import claims, entries, links, pairs, slips, units
from communique.views.find import select_items
from communique.views.persons import doubts
from communique.views.rows import Item
from communique.views.series import rounds
from communique.views.show import show

WHAT = ("values", "impossible", "spelling", "correction", "double")
INFERRED = ("published", "page", "unit", "inferred")


@dataclass(frozen=True, slots=True)
class Conflict:
    """One disagreement.

    ``what`` is one of ``WHAT``; ``of`` the id of the entry or unit, ``name`` what it is called; ``values`` the
    values of ``field`` with what speaks for each, the likeliest first; ``note`` says it in words.
    """

    what: str
    of: str
    name: str
    field: str
    values: tuple[Ranked, ...]
    note: str
    sources: tuple[str, ...]


def conflicts(store: Store, name: str | None = None, what: str | None = None) -> tuple[Conflict, ...]:
    """Return the disagreements of the record, or of what ``name`` takes part in, in a fixed order.

    Args:
        what: one of ``WHAT``; default: all.
    """
    of = {i.entry for i in show(store, name).items} if name else None
    made = {
        "values": lambda: _values(store, of),
        "impossible": lambda: _impossible(store, of),
        "spelling": lambda: _spellings(store, of),
        "correction": lambda: _corrections(store, of),
        "double": lambda: _doubles(store, of),
    }
    return tuple(c for kind in WHAT if what in (None, kind) for c in made[kind]())


# --- values -------------------------------------------------------------------------------------------------------


def said(items: Sequence[Item], corrections: frozenset[str] = frozenset()) -> dict[str, list[Said]]:
    """Return what items say of each field that is compared. ``corrections`` are ids of units that correct others.

    What a person rejected says nothing.
    """
    out: dict[str, list[Said]] = defaultdict(list)
    for item in items:
        if item.review == "rejected":
            continue
        for field, value in _fields(item).items():
            inferred = field == "date" and item.values.get("date_basis") in INFERRED
            told = item.published or item.not_before or ""
            out[field].append(Said(value, item.id, item.origin, inferred, item.unit in corrections, told, item.review))
    return out


def _fields(item: Item) -> dict[str, Any]:
    v = item.values
    found: dict[str, Any] = {"date": v.get("date"), "founded": v.get("founded"), "since": v.get("since")}
    if item.kind == "person":
        found = {"name": v.get("name"), "latin": v.get("latin")}
    if item.kind == "engagement":
        place = v.get("place") if isinstance(v.get("place"), Mapping) else {}
        parts = [p for p in v.get("participants") or () if isinstance(p, Mapping)]
        hosts = sorted({str(p["country"]) for p in parts if p.get("role") == "host" and p.get("country")})
        found |= {"ordinal": v.get("ordinal"), "status": v.get("status"), "country": (place or {}).get("country")}
        found |= {"city": (place or {}).get("city"), "host": hosts}
    return {k: x for k, x in found.items() if x not in (None, "", [])}


def disagreements(
    store: Store, items: Sequence[Item], corrections: frozenset[str] = frozenset()
) -> dict[str, tuple[Ranked, ...]]:
    """Return the fields of one thing of which two values cannot both hold, with the values in order.

    Two scripts of one language, and the letters of two languages, are no disagreement.
    """
    langs = {i.id: i.lang.partition("-")[0] for i in items}
    out = {}
    for field, told in said(items, corrections).items():
        by_lang: dict[str, dict[str, Any]] = defaultdict(dict)
        for s in told:
            lang = langs[s.item]
            plain = s.value.translate(store.known.letters.get(lang, {})) if isinstance(s.value, str) else s.value
            by_lang[lang if field in ("city", "name") else ""][str(plain)] = plain
        sitting = field == "date" and all(i.kind == "engagement" and i.type == "session" for i in items)
        told_apart = any(clash(field, list(values.values())) for values in by_lang.values())
        if told_apart or (sitting and last_day_only([s.value for s in told])):
            out[field] = rank(told)
    return out


def corrections_of(store: Store) -> frozenset[str]:
    """Return the ids of the units that correct others."""
    asked = select(units.c.id).join(slips, slips.c.unit == units.c.pk).where(slips.c.what == "correction")
    with store.reading() as connection:
        return frozenset(connection.execute(asked).scalars())


def _values(store: Store, of: set[str] | None) -> Iterator[Conflict]:
    asked = select(entries.c.thing).join(claims, claims.c.entry == entries.c.pk).group_by(entries.c.thing)
    with store.reading() as connection:
        things = connection.execute(asked.having(func.count() > 1).order_by(entries.c.thing)).scalars().all()
    correct = corrections_of(store)
    for some in chunks([t for t in things if of is None or t in of]):
        told: dict[str, list[Item]] = defaultdict(list)
        for item in select_items(store, [entries.c.thing.in_(some)], "oldest"):
            told[item.entry].append(item)
        for thing in some:
            for field, values in disagreements(store, told[thing], correct).items():
                name, sources = _name(told[thing]), _sources(told[thing])
                yield Conflict("values", thing, name, field, values, in_words(values), sources)


def in_words(values: Sequence[Ranked]) -> str:
    """Return values with what speaks for each as one line."""
    return "; ".join(
        f"{', '.join(map(str, r.value)) if isinstance(r.value, list) else r.value} ({', '.join(r.reasons)})"
        for r in values
    )


def _name(items: Sequence[Item]) -> str:
    first = items[0]
    return f"{first.type} {first.name}" if first.kind == "engagement" else first.name


def _sources(items: Sequence[Item]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(i.source for i in items))


# --- rounds -------------------------------------------------------------------------------------------------------


def _impossible(store: Store, of: set[str] | None) -> Iterator[Conflict]:
    """Yield rounds dated before their predecessors, and numbers that two sittings bear."""
    asked = select(links.c.key).where(links.c.role == "round").distinct().order_by(links.c.key)
    with store.reading() as connection:
        keys = list(connection.execute(asked).scalars())
    seen: set[tuple[str, str]] = set()
    for key in keys:
        series = rounds(store, key.partition("|")[2].removeprefix("="))
        for r in series.rounds:
            if of is not None and r.entry not in of:
                continue
            for flag in r.flags:
                if not flag.startswith((OUT_OF_ORDER, DOUBLED)) or (r.entry, flag) in seen:
                    continue
                seen.add((r.entry, flag))
                name = f"{r.items[0].values.get('mechanism') or series.name} {r.ordinal}"
                values = rank(said(r.items)["date"])
                yield Conflict("impossible", r.entry, name, "date", values, f"{r.date}: {flag}", _sources(r.items))


# --- one text -----------------------------------------------------------------------------------------------------


def _slips(store: Store, what: str) -> list[Any]:
    asked = (
        select(
            units.c.pk,
            units.c.id,
            units.c.source_name,
            units.c.title,
            units.c.published,
            slips.c["values"].label("said"),
        )
        .join(slips, slips.c.unit == units.c.pk)
        .where(slips.c.what == what)
        .order_by(units.c.source_name, units.c.position, units.c.id, slips.c.seq)
    )
    with store.reading() as connection:
        return list(connection.execute(asked).all())


def _told_of(store: Store, unit: int) -> set[str]:
    asked = select(entries.c.thing).join(claims, claims.c.entry == entries.c.pk).where(claims.c.unit == unit)
    with store.reading() as connection:
        return set(connection.execute(asked).scalars())


def _spellings(store: Store, of: set[str] | None) -> Iterator[Conflict]:
    for r in _slips(store, "spelling"):
        if of is None or of & _told_of(store, r.pk):
            values = tuple(Ranked(v, (), 1, ("in this text",)) for v in r.said)
            note = f"two spellings of one person in one text: {', '.join(r.said)}"
            yield Conflict("spelling", r.id, r.title, "name", values, note, (r.source_name,))


def _corrections(store: Store, of: set[str] | None) -> Iterator[Conflict]:
    """Yield texts that correct others, with those that they name by their titles."""
    for r in _slips(store, "correction"):
        if of is not None and not of & _told_of(store, r.pk):
            continue
        fits: list[ColumnElement[bool]] = [units.c.title == t for t in r.said]
        first: list[str] = []
        if fits:
            asked = (
                select(units.c.source_name)
                .where(or_(*fits), units.c.pk != r.pk)
                .distinct()
                .order_by(units.c.source_name)
            )
            with store.reading() as connection:
                first = sorted(connection.execute(asked).scalars())
        note = f"corrects {', '.join(first)}" if first else "corrects a text that was not read"
        yield Conflict("correction", r.id, r.title, "text", (), note, (r.source_name, *first))


# --- doubles ------------------------------------------------------------------------------------------------------


def _doubles(store: Store, of: set[str] | None) -> Iterator[Conflict]:
    """Yield pairs of entries that may be one, the likeliest first; what one text tells as two is left out."""
    yield from _happenings(store, of)
    for a, b in doubts(store):
        if of is None or of & {a.entry, b.entry}:
            items = select_items(store, [entries.c.thing.in_([a.entry, b.entry])], "oldest", 20)
            values = tuple(Ranked(d.name, (), 1, (d.entry,)) for d in (a, b))
            note = f"may be one person: {a.reason}"
            yield Conflict("double", a.entry, f"{a.name} / {b.name}", "entry", values, note, _sources(items))


def _happenings(store: Store, of: set[str] | None) -> Iterator[Conflict]:
    one, other = entries.alias(), entries.alias()
    asked = (
        select(one.c.thing.label("x"), other.c.thing.label("y"), pairs.c.score, pairs.c.reasons, pairs.c.but)
        .join(one, one.c.pk == pairs.c.a)
        .join(other, other.c.pk == pairs.c.b)
        .where(pairs.c.used.is_(False), pairs.c.verdict != "different", one.c.thing != other.c.thing)
        .where(func.coalesce(pairs.c.but, "") != TOLD_APART)
        .order_by(pairs.c.score.desc(), one.c.thing, other.c.thing)
    )
    with store.reading() as connection:
        found = connection.execute(asked).all()
    seen: set[frozenset[str]] = set()
    for r in found:
        both = frozenset((r.x, r.y))
        if both in seen or (of is not None and not both & of):
            continue
        seen.add(both)
        x, y = sorted(both)
        items = select_items(store, [entries.c.thing.in_([x, y])], "oldest", 20)
        firsts = [next(i for i in items if i.entry == e) for e in (x, y) if any(i.entry == e for i in items)]
        values = tuple(Ranked(i.quote, (i.id,), 1, (i.entry,)) for i in firsts)
        note = f"may be one: {', '.join(r.reasons)}{f', but {r.but}' if r.but else ''}"
        yield Conflict("double", x, " / ".join(_name([i]) for i in firsts), "entry", values, note, _sources(items))
