"""A person's word that two entries are one, or are not: kept beside what the machine found, and undone as easily."""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import Connection, func, insert, or_, select, update

from communique.errors import RecordError
from communique.store import happenings
from communique.store.schema import claims, entries, entry_keys, judgements

VERDICTS = ("same", "different")


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
    connection.execute(insert(judgements).values(**row, undone=False))
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


def _entry(connection: Connection, name: str) -> Any:
    item = select(claims.c.entry).where(claims.c.id == name)
    asked = select(entries).where(or_(entries.c.id == name, entries.c.pk.in_(item)))
    found = connection.execute(asked.limit(1)).first()
    if found is None:
        raise RecordError(f"no entry or item {name!r}", remedy="'communique find' lists them")
    return found
