"""Many decisions at once: all of them or none, each with its own place in history, log and undo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from communique.errors import CommuniqueError
from communique.store import coding, deciding
from communique.store.coding import Coding
from communique.store.noting import note, now
from communique.store.schema import decisions, log
from communique.store.store import Store


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be decided on an item: ``accept``, ``correct`` (with the corrected fields) or ``reject``."""

    item: str
    action: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Made:
    """A decision that was made with others: its id, its item, what it says, by whom, and whether it stands."""

    id: str
    item: str
    action: str
    values: Mapping[str, Any]
    who: str
    reason: str
    stands: bool


def decide_all(store: Store, wanted: Sequence[Wanted], who: str, reason: str) -> list[str]:
    """Keep a person's decisions on several items in one transaction; return their ids.

    Raises:
        CommuniqueError: one of them cannot be; ``where`` is the id of its item. Then none is made.
    """
    at = now()
    made: list[str] = []
    touched: dict[str, None] = {}
    with store.writing() as connection:
        for one in wanted:
            try:
                id_, unit = deciding.decide(connection, one.item, one.action, who, reason, one.values, at)
            except CommuniqueError as e:
                raise CommuniqueError(e.what, where=one.item, remedy=e.remedy) from e
            made.append(id_)
            touched[unit] = None
            detail = {"who": who, "reason": reason, "decision": id_, "with": made[0]}
            note(connection, one.action, one.item, detail)
        for unit in touched:
            coding.put_anew(Coding(connection, store.known, store.search), unit)
    return made


def made_with(store: Store, decision: str) -> tuple[Made, ...]:
    """Return the decisions that were made in one go of which that of an id is the first; empty where none has it."""
    d, told = decisions.c, log.c.detail
    with store.reading() as connection:
        one = connection.execute(select(decisions).where(d.id == decision)).first()
        if one is None:
            return ()
        mine = (log.c.at >= one.at) & (log.c.action == one.action) & (told["with"].as_string() == decision)
        ids = {decision, *connection.execute(select(told["decision"].as_string()).where(mine)).scalars()}
        found = connection.execute(select(decisions).where(d.id.in_(sorted(ids))).order_by(d.pk)).all()
    return tuple(
        Made(r.id, r.now or r.item, r.action, r._mapping["values"], r.who, r.reason, not r.undone) for r in found
    )


def undo_all(store: Store, words: Iterable[str], who: str, reason: str = "") -> int:
    """Take decisions back in one transaction, by their ids; return how many.

    Raises:
        RecordError: one of them does not stand. Then none is taken back.
    """
    touched: dict[str, None] = {}
    n = 0
    with store.writing() as connection:
        for word in words:
            touched[deciding.undo(connection, word)] = None
            note(connection, "undo", word, {"who": who, "reason": reason})
            n += 1
        for unit in touched:
            coding.put_anew(Coding(connection, store.known, store.search), unit)
    return n
