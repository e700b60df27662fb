"""People's decisions on items: kept beside what the machine coded, found again after every reading, taken back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, func, insert, or_, select, update

from communique.errors import RecordError
from communique.loader.packs import load
from communique.model import Claim
from communique.record import REVIEW, Decided, Decision, checked, decided
from communique.store import rows
from communique.store.schema import decisions

OWN = "own"
"""The field of an item in which columns stand that are a person's own."""


def on(connection: Connection, unit: str, before: str, found: Sequence[Claim]) -> list[Decided]:
    """Return the claims of a unit as people's decisions leave them, and note on which item each decision is now.

    Args:
        before: id of the unit that stood at its place before, the same where the text is the same.
    """
    d = decisions.c
    here = or_(d.unit.in_((unit, before)), d.now_unit.in_((unit, before)))
    asked = select(decisions).where(here, d.undone.is_(False)).order_by(d.pk)
    made = [
        Decision(r.id, r.item if r.unit == unit else r.now or r.item, r.item_kind, r.start, r.end, r.quote,
                 r.unit == unit, r.action, r._mapping["values"])
        for r in connection.execute(asked) if r.action in REVIEW
    ]  # fmt: skip
    out, now = decided(found, made)
    for id_, item in now.items():
        connection.execute(update(decisions).where(d.id == id_).values(now=item, now_unit=unit))
    return out


def decide(
    connection: Connection, item: str, action: str, who: str, reason: str, values: Mapping[str, Any], at: str
) -> tuple[str, str]:
    """Keep a decision on an item; return its id and the id of the item's unit.

    Raises:
        RecordError: no such item or no such action. CommuniqueError: what it corrects cannot be so.
    """
    if action not in REVIEW:
        raise RecordError(f"no decision {action!r}", remedy=f"one of: {', '.join(REVIEW)}")
    found = connection.execute(rows.item_of(item)).first()
    if found is None:
        raise RecordError(f"no item {item!r}", remedy="'communique find' lists items")
    given = checked(found.fields, values, _fields(found.kind)) if action == "correct" else {}
    nth = connection.execute(select(func.count()).select_from(decisions).where(decisions.c.item == item)).scalar_one()
    plain = "\x1f".join((item, action, who, at, json.dumps(given, sort_keys=True), str(nth)))
    id_ = "d" + hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:20]
    row = {
        "id": id_, "at": at, "who": who, "action": action, "item": item, "item_kind": found.kind,
        "unit": found.unit_id, "source": found.source_name, "position": found.position, "start": found.start,
        "end": found.end, "quote": found.quote, "values": given, "reason": reason, "undone": False,
        "now": item, "now_unit": found.unit_id,
    }  # fmt: skip
    connection.execute(insert(decisions).values(row))
    return id_, str(found.unit_id)


def _fields(kind: str) -> dict[str, type]:
    return {**load().schema[kind].fields(), OWN: dict}


def undo(connection: Connection, decision: str) -> str:
    """Take a decision back and return the id of the unit that its item is in.

    Raises:
        RecordError: there is none of that id that stands.
    """
    d = decisions.c
    found = connection.execute(select(d.now_unit).where(d.id == decision, d.undone.is_(False))).first()
    if found is None:
        raise RecordError(f"no decision {decision!r} that stands", remedy="undo one that was made")
    connection.execute(update(decisions).where(d.id == decision).values(undone=True))
    return str(found.now_unit)
