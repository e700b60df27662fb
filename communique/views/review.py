"""What a person should look at first, and what people decided of an item."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from communique.errors import CommuniqueError
from communique.loader.packs import load
from communique.record import REVIEW
from communique.store import Store
from communique.store.chunks import chunks
from communique.store.schema import claims, decisions, entries, judgements, log, units
from communique.views.conflicts import INFERRED, conflicts
from communique.views.find import select_items
from communique.views.rows import Item

WEIGHT = {"double": 4.0, "values": 3.0, "impossible": 3.0, "spelling": 2.0, "inferred": 1.0, "alone": 1.0}
REFUTED = 4.0
"""What a rule adds all of whose items people corrected or rejected."""
LOOKED_AT = 2000
"""Items that no conflict names and that are looked at; of more, the newest."""


@dataclass(frozen=True, slots=True)
class Doubtful:
    """An item that waits for a person: how doubtful it is, why, and the entries that it may be one with."""

    item: Item
    score: float
    reasons: tuple[str, ...]
    maybe: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided: ``stands`` until it is undone; ``item`` is that which it is on now, if any."""

    id: str
    at: str
    who: str
    action: str
    item: str | None
    quote: str
    values: dict[str, Any]
    reason: str
    stands: bool


@dataclass
class _Doubt:
    reasons: dict[str, float] = field(default_factory=dict)
    maybe: set[str] = field(default_factory=set)


def queue(store: Store, limit: int = 50) -> tuple[Doubtful, ...]:
    """Return the items on which no person has decided, the most doubtful first, in a fixed order.

    What may be one with another thing, what others contradict, and what a rule made whose items people had to correct,
    come before what one report alone tells and before dates that are inferred.
    """
    by_entry: dict[str, _Doubt] = defaultdict(_Doubt)
    by_unit: dict[str, _Doubt] = defaultdict(_Doubt)
    for c in conflicts(store):
        if c.what == "double":
            both = sorted({e for v in c.values for e in v.reasons})
            for e in both:
                by_entry[e].reasons[c.note] = WEIGHT["double"]
                by_entry[e].maybe |= set(both) - {e}
        elif c.what in ("values", "impossible"):
            by_entry[c.of].reasons[f"{c.field}: {c.note}"] = WEIGHT[c.what]
        elif c.what == "spelling":
            by_unit[c.of].reasons[c.note] = WEIGHT["spelling"]
    found = _waiting(store, by_entry, by_unit)
    alone, weak = _alone(store, {i.entry for i in found}), _weak(store)
    out = []
    for item in found:
        reasons = dict(by_entry[item.entry].reasons) if item.entry in by_entry else {}
        if item.unit in by_unit and item.kind == "person":
            reasons |= by_unit[item.unit].reasons
        if item.rule in weak:
            wrong, of = weak[item.rule]
            reasons[f"people corrected or rejected {wrong} of {of} items of this rule"] = REFUTED * wrong / (of + 1)
        if item.date and item.values.get("date_basis") in INFERRED:
            reasons["the date is inferred"] = WEIGHT["inferred"]
        if item.entry in alone:
            reasons["one report alone tells it"] = WEIGHT["alone"]
        maybe = tuple(sorted(by_entry[item.entry].maybe)) if item.entry in by_entry else ()
        told = tuple(sorted(reasons, key=lambda r: (-reasons[r], r)))
        out.append(Doubtful(item, round(sum(reasons.values()), 2), told, maybe))
    return tuple(sorted(out, key=lambda d: (-d.score, d.item.source, d.item.evidence[0].start, d.item.id))[:limit])


def _waiting(store: Store, of: Iterable[str], in_units: Iterable[str]) -> list[Item]:
    machine = claims.c.review == "machine"
    found: dict[str, Item] = {}
    for some in chunks(sorted(of)):
        found |= {i.id: i for i in select_items(store, [entries.c.thing.in_(some), machine])}
    for some in chunks(sorted(in_units)):
        found |= {i.id: i for i in select_items(store, [units.c.id.in_(some), claims.c.kind == "person", machine])}
    found |= {i.id: i for i in select_items(store, [machine], limit=LOOKED_AT)}
    return list(found.values())


def _alone(store: Store, things: Iterable[str]) -> set[str]:
    """Return the things that one report alone tells."""
    out: set[str] = set()
    with store.reading() as connection:
        for some in chunks(sorted(things)):
            asked = (
                select(entries.c.thing)
                .join(claims, claims.c.entry == entries.c.pk)
                .join(units, units.c.pk == claims.c.unit)
                .where(entries.c.thing.in_(some))
                .group_by(entries.c.thing)
                .having(func.count(units.c.origin.distinct()) == 1)
            )
            out |= set(connection.execute(asked).scalars())
    return out


def _weak(store: Store) -> dict[str, tuple[int, int]]:
    """Return of the rules whose items people corrected or rejected: how many these are, and of how many decided."""
    asked = select(claims.c.rule, claims.c.review, func.count().label("n")).where(claims.c.review != "machine")
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    with store.reading() as connection:
        for rule, review, n in connection.execute(asked.group_by(claims.c.rule, claims.c.review)):
            counts[rule][review] = n
    wrong = {rule: n["corrected"] + n["rejected"] for rule, n in counts.items()}
    return {rule: (bad, sum(counts[rule].values())) for rule, bad in wrong.items() if bad}


def value_of(item: Item, name: str, text: str) -> Any:
    """Return the value of a field of an item from the text that a person typed.

    JSON where it is a list of objects, a place or a number; words with commas between them for a list of words;
    nothing empties the field.

    Raises:
        CommuniqueError: it should be JSON and is none.
    """
    was = item.values.get(name)
    if was is None and load().schema[item.kind].fields().get(name) is list:
        was = []
    if not text:
        return [] if isinstance(was, list) else None
    if isinstance(was, list) and not text.startswith("[") and all(isinstance(x, str) for x in was):
        return [x.strip() for x in text.split(",") if x.strip()]
    if isinstance(was, list | dict | int) or name in ("ordinal", "place"):
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as e:
            raise CommuniqueError(f"{name} cannot be read: {text!r}", remedy=f"write JSON, like {was!r}") from e
    return text


def text_of(value: Any) -> str:
    """Return a value as the text that ``value_of`` reads."""
    if value is None or value == []:
        return ""
    if isinstance(value, list) and all(isinstance(x, str) and x.strip() == x and "," not in x for x in value):
        return ", ".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def part(store: Store, entry: str) -> Item | None:
    """Return the first item of an entry by its own id, which may be a part of a thing; None if it has none."""
    found = select_items(store, [entries.c.id == entry], "oldest", 1)
    return found[0] if found else None


def parts(store: Store, item: Item) -> tuple[str, ...]:
    """Return the ids of the other entries that were found to be one thing with that of an item."""
    own = select(claims.c.entry).where(claims.c.id == item.id)
    asked = select(entries.c.id).where(entries.c.thing == item.entry, entries.c.pk.not_in(own)).order_by(entries.c.id)
    with store.reading() as connection:
        return tuple(connection.execute(asked).scalars())


def lost(store: Store) -> tuple[Decision, ...]:
    """Return the decisions whose item no longer stands in its text, or that two items fit alike: they wait too."""
    read = select(units.c.id)
    asked = decisions.c.now.is_(None) & decisions.c.undone.is_(False) & decisions.c.now_unit.in_(read)
    return _decisions(store, asked)


def history(store: Store, item: Item) -> tuple[Decision, ...]:
    """Return what people decided of an item and of the thing it belongs to, oldest first, undone or not."""
    own = _decisions(store, (decisions.c.now == item.id) | (decisions.c.item == item.id))
    marks = select(entries.c.mark).where(entries.c.thing == item.entry)
    j = judgements.c
    asked = select(judgements).where(j.one.in_(marks) | j.other.in_(marks)).order_by(j.pk)
    with store.reading() as connection:
        words = tuple(
            Decision(r.id, r.at, r.who, "merge" if r.verdict == "same" else "split", None, "",
                     {"of": [r.one, r.other]}, r.reason, not r.undone)
            for r in connection.execute(asked)
        )  # fmt: skip
    return tuple(sorted((*own, *words), key=lambda d: d.at))


def _decisions(store: Store, where: Any) -> tuple[Decision, ...]:
    with store.reading() as connection:
        found = connection.execute(select(decisions).where(where).order_by(decisions.c.pk)).all()
    return tuple(
        Decision(r.id, r.at, r.who, r.action, r.now, r.quote, r._mapping["values"], r.reason, not r.undone)
        for r in found
        if r.action in REVIEW
    )


@dataclass(frozen=True, slots=True)
class Done:
    """A line of the log: what was done, to what, by whom and why."""

    at: str
    action: str
    what: str
    who: str
    reason: str


def done(store: Store, limit: int = 100) -> tuple[Done, ...]:
    """Return what people did to the record, the latest first."""
    asked = select(log).where(log.c.action.not_in(("reread", "replaced"))).order_by(log.c.pk.desc()).limit(limit)
    with store.reading() as connection:
        found = connection.execute(asked).all()
    return tuple(
        Done(r.at, r.action, r.what, str(r.detail.get("who") or ""), str(r.detail.get("reason") or "")) for r in found
    )


def decided_by(store: Store, word: str) -> str | None:
    """Return who made a decision or a judgement, by its id; None if there is none."""
    with store.reading() as connection:
        for table in (decisions, judgements):
            if found := connection.execute(select(table.c.who).where(table.c.id == word)).scalar():
                return str(found)
    return None
