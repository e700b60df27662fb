"""A person's word that two entries are one, or are not: kept beside what the machine found, and undone as easily.

The word is about two keys. It is anchored to items that carry them too, so that it follows these where a newer reading,
or a correction, gives them other keys.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, insert, or_, select, update

from communique.errors import RecordError
from communique.model import Claim
from communique.record.decided import Decision, find
from communique.store import happenings
from communique.store.chunks import chunks
from communique.store.schema import anchors, claims, entries, entry_keys, evidence, judgements, units

VERDICTS = ("same", "different")
ANCHORS = 8
"""Items of an entry to which a word on it is anchored."""


@dataclass(frozen=True, slots=True)
class Told:
    """A unit that was read: its id, that of the unit that stood there before, and its claims as they were coded."""

    unit: str
    before: str
    claims: Sequence[Claim]


def judge(connection: Connection, one: str, other: str, verdict: str, who: str, reason: str, at: str) -> str:
    """Keep a judgement on two entries, by their ids or by ids of items, draw again, and return its id.

    Raises:
        RecordError: no such entry, another kind, a verdict that is none, or two that one key makes one.
    """
    if verdict not in VERDICTS:
        raise RecordError(f"no judgement {verdict!r}", remedy=f"one of: {', '.join(VERDICTS)}")
    a, b = _entry(connection, one), _entry(connection, other)
    if a.pk == b.pk:
        raise RecordError(
            f"{one} and {other} are one by a key that both carry", remedy="correct the item that is wrong"
        )
    if a.kind != b.kind:
        raise RecordError(f"{one} is of kind {a.kind}, {other} of kind {b.kind}", remedy="name two of one kind")
    keys = sorted((a.mark, b.mark))
    nth = connection.execute(select(func.count()).select_from(judgements)).scalar_one()
    plain = "\x1f".join((*keys, verdict, who, at, str(nth)))
    id_ = "j" + hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:20]
    row = {"id": id_, "at": at, "who": who, "verdict": verdict, "one": keys[0], "other": keys[1], "reason": reason}
    made = insert(judgements).values(**row, undone=False).returning(judgements.c.pk)
    pk = connection.execute(made).scalar_one()
    for side, (entry, named) in (("one", (a, one)), ("other", (b, other))):
        _anchor(connection, pk, side if a.mark == keys[0] else _OTHER[side], entry.pk, named)
    happenings.settle(connection, [a.pk, b.pk])
    return id_


def undo(connection: Connection, judgement: str) -> None:
    """Take a judgement back; what it joined or parted is drawn as before.

    Raises:
        RecordError: there is no such judgement that stands.
    """
    found = connection.execute(
        select(judgements.c.one, judgements.c.other).where(judgements.c.id == judgement, judgements.c.undone.is_(False))
    ).first()
    if found is None:
        raise RecordError(f"no judgement {judgement!r} that stands", remedy="undo one that was made")
    connection.execute(update(judgements).where(judgements.c.id == judgement).values(undone=True))
    asked = select(entry_keys.c.entry).where(entry_keys.c.key.in_([found.one, found.other]))
    happenings.settle(connection, connection.execute(asked).scalars().all())


_OTHER = {"one": "other", "other": "one"}


def _anchor(connection: Connection, judgement: int, side: str, entry: int, named: str) -> None:
    """Anchor one side of a judgement to items of an entry, to that which was named first of all."""
    asked = (
        select(
            claims.c.id, claims.c.kind, units.c.id.label("unit_id"), evidence.c.start, evidence.c.end, evidence.c.quote
        )
        .join(units, units.c.pk == claims.c.unit)
        .join(evidence, (evidence.c.claim == claims.c.pk) & (evidence.c.seq == 0))
        .where(claims.c.entry == entry)
        .order_by(claims.c.id != named, claims.c.id)
        .limit(ANCHORS)
    )
    rows = [
        {
            "judgement": judgement, "side": side, "unit": r.unit_id, "item": r.id, "item_kind": r.kind,
            "start": r.start, "end": r.end, "quote": r.quote, "now": r.id, "now_unit": r.unit_id,
        }
        for r in connection.execute(asked)
    ]  # fmt: skip
    connection.execute(insert(anchors), rows)


def follow(connection: Connection, told: Sequence[Told]) -> None:
    """Have judgements follow the items of units that were read: where nothing has a judgement's key any more, the key
    becomes one that its item has now.

    Args:
        told: the units. Their claims are in the record and have their entries.
    """
    found = {t.unit: t for t in told}
    stood = {t.before: t for t in reversed(told)} | found
    mine: list[Row[Any]] = []
    for some in chunks(sorted(stood)):
        asked = select(anchors).join(judgements, judgements.c.pk == anchors.c.judgement)
        asked = asked.where(anchors.c.now_unit.in_(some), judgements.c.undone.is_(False))
        mine += connection.execute(asked.order_by(anchors.c.pk)).all()
    lost = set()
    for r in mine:
        t = stood[r.now_unit]
        same = r.unit == t.unit
        d = Decision("", r.item if same else r.now or r.item, r.item_kind, r.start, r.end, r.quote, same, "")
        at = find(d, t.claims)
        now = t.claims[at].id if at is not None else None
        if (now, t.unit) != (r.now, r.now_unit):
            connection.execute(update(anchors).where(anchors.c.pk == r.pk).values(now=now, now_unit=t.unit))
        if now is not None and (r.judgement, r.side) not in lost and _move(connection, r.judgement, r.side, now):
            lost.add((r.judgement, r.side))


def _move(connection: Connection, judgement: int, side: str, item: str) -> bool:
    """Give a side of a judgement the mark of an item's entry where nothing has its key; tell whether it was so."""
    key = judgements.c[side]
    held = select(entry_keys.c.key).where(entry_keys.c.key == key).exists()
    if connection.execute(select(judgements.c.pk).where(judgements.c.pk == judgement, held)).first():
        return False
    mark = select(entries.c.mark).join(claims, claims.c.entry == entries.c.pk).where(claims.c.id == item)
    now = connection.execute(mark.order_by(claims.c.pk).limit(1)).scalar()
    if now is not None:
        connection.execute(update(judgements).where(judgements.c.pk == judgement).values({side: now}))
    return now is not None


def _entry(connection: Connection, name: str) -> Any:
    item = select(claims.c.entry).where(claims.c.id == name)
    asked = select(entries).where(or_(entries.c.id == name, entries.c.pk.in_(item)))
    found = connection.execute(asked.limit(1)).first()
    if found is None:
        raise RecordError(f"no entry or item {name!r}", remedy="'communique find' lists them")
    return found
