"""Which claims people's decisions are about, whoever coded them, and what the decisions make of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from communique.errors import CommuniqueError
from communique.model import Claim
from communique.record.changes import ENOUGH, overlap
from communique.record.days import bounds

REVIEW = {"accept": "accepted", "correct": "corrected", "reject": "rejected"}
DATES = ("date", "since", "due", "founded")
_YEARLESS = re.compile(r"XXXX-\d\d(?:-\d\d)?")


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's decision: on which item of a kind, by which words; ``same_text`` if its text is the one at hand."""

    id: str
    item: str
    kind: str
    start: int
    end: int
    quote: str
    same_text: bool
    action: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decided:
    """A claim as people left it: ``claim`` has the corrected values, ``coded`` those of the machine.

    What a person coded is accepted from the start.
    """

    claim: Claim
    coded: Mapping[str, Any]
    review: str = "machine"


def find(decision: Decision, claims: Sequence[Claim]) -> int | None:
    """Return which claim a decision is about, None where there is none or where two fit alike.

    It is the claim of the same id; else the one of its kind whose evidence overlaps most; of another text the very
    words must stand there again.
    """
    same = next((i for i, c in enumerate(claims) if c.id == decision.item), None)
    if same is not None:
        return same
    fits = []
    for i, c in enumerate(claims):
        if c.kind == decision.kind:
            first = c.evidence[0]
            exact = first.quote == decision.quote
            share = overlap(c, decision.start, decision.end) if decision.same_text else float(exact)
            if share >= ENOUGH:
                fits.append((share, exact, i))
    best = sorted(fits, reverse=True)
    if not best or (len(best) > 1 and best[0][:2] == best[1][:2]):
        return None
    return best[0][2]


def decided(claims: Sequence[Claim], decisions: Sequence[Decision]) -> tuple[list[Decided], dict[str, str | None]]:
    """Return claims as the decisions, oldest first, leave them, and of each decision the item that it is on now."""
    out = [Decided(c, c.values, "accepted" if c.by_hand else "machine") for c in claims]
    now: dict[str, str | None] = {}
    for d in decisions:
        at = find(d, claims)
        now[d.id] = claims[at].id if at is not None else None
        if at is not None:
            was = out[at]
            changed = replace(was.claim, values={**was.claim.values, **d.values}) if d.values else was.claim
            out[at] = Decided(changed, was.coded, REVIEW[d.action])
    return out, now


def checked(
    claim: Mapping[str, Any], given: Mapping[str, Any], fields: Mapping[str, type] | None = None
) -> dict[str, Any]:
    """Return corrected fields of an item whose fields are ``claim``, if they can be.

    Args:
        fields: those that an item of its kind may have, with the type of their values.

    Raises:
        CommuniqueError: no field given, none of the item's, a value of another sort, or a date that is none.
    """
    if not given:
        raise CommuniqueError("no field to correct", remedy="give FIELD=VALUE, as in date=2021-07-06")
    for name, value in given.items():
        kinds = fields or {}
        if name not in claim and name not in kinds:
            known = sorted({*claim, *kinds})
            raise CommuniqueError(f"the item has no field {name!r}", remedy=f"one of: {', '.join(known)}")
        was = claim.get(name)
        sort = kinds.get(name) or (type(was) if was is not None else None)
        if value is not None and sort is not None and type(value) is not sort:
            raise CommuniqueError(
                f"{name} is no {sort.__name__}: {value!r}", remedy=f"write it like {was!r}" if was else "see the item"
            )
        if name in DATES and value is not None and not is_date(value):
            raise CommuniqueError(f"{name} is no date: {value!r}", remedy="2021, 2021-07, 2021-07-06 or a span a/b")
    return dict(given)


def is_date(value: Any) -> bool:
    """Tell whether a value is a date as items have it: EDTF, a span of two, or a day without its year."""
    if not isinstance(value, str):
        return False
    parts = value.split("/")
    return len(parts) <= 2 and all(bounds(p) is not None or _YEARLESS.fullmatch(p) for p in parts)
