"""What became of a commitment, as far as later claims say. Silence closes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from communique.record.alike import common
from communique.record.days import bounds
from communique.record.names import fold

RUN = {True: 30, False: 8}
"""Letters of a run of equal words that show that a later text speaks of the same undertaking, in an alphabet or not."""
OPEN, DUE, OVERDUE, FOLLOWED, SUPERSEDED = "open", "due", "overdue", "followed up", "superseded"
DONE = ("held", "ongoing", "cancelled", "postponed")


@dataclass(frozen=True, slots=True)
class Undertaking:
    """A commitment: who is bound or bound together, its words, the day it was told and what it is due by (EDTF)."""

    id: str
    parties: frozenset[str]
    content: str
    made: str
    due: str | None = None
    meetings: tuple[tuple[str, int | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Later:
    """A claim that may say what became of it: an engagement (``status``) or another commitment (``due``)."""

    id: str
    kind: str
    parties: frozenset[str]
    words: str
    day: str
    status: str | None = None
    due: str | None = None
    meetings: tuple[tuple[str, int | None], ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """What a commitment is now, the claim that says so (None where none does), and why in words."""

    status: str
    by: str | None
    reason: str


def state(u: Undertaking, later: Iterable[Later], as_of: str) -> State:
    """Return what became of a commitment by the day ``as_of``.

    A later engagement of the parties follows it up where it is the meeting that was promised, or says the promise's
    words again; a later commitment of the same parties in the same words with another due date supersedes it.
    """
    after = sorted((x for x in later if x.id != u.id and x.day and x.day > u.made), key=lambda x: (x.day, x.id))
    for x in after:
        if u.parties and not u.parties <= x.parties:
            continue
        met = sorted(set(u.meetings) & set(x.meetings), key=str)
        run = common(fold(u.content), fold(x.words))
        told = f"same words ({run})" if len(run) >= RUN[run.isascii()] else None
        if x.kind == "engagement" and x.status in DONE and (met or told):
            return State(FOLLOWED, x.id, told or f"the meeting that was promised ({met[0][0]})")
        if x.kind == "commitment" and told and x.due and x.due != u.due:
            return State(SUPERSEDED, x.id, f"{told}, due {x.due}")
    span = bounds(u.due)
    if span is None:
        return State(OPEN, None, "no day named" if u.due is None else f"due {u.due}, the year is not told")
    if span[1] < as_of:
        return State(OVERDUE, None, f"due {u.due}; nothing read says that it was done")
    return State(DUE, None, f"due {u.due}")
