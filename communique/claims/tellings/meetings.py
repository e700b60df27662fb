"""Whether two tellings are of one meeting, call or message, by who takes part."""

from __future__ import annotations

from communique.claims.draft import Draft
from communique.claims.tellings.journeys import travellers
from communique.claims.tellings.pair import Pair

FACE_TO_FACE = ("talks", "call")
ONE_JOURNEY = ("visit", "ceremony")
"""Types in which those of other states beside the same person make no other event."""
SELDOM = ("visit", "upgrade", "establishment")
"""Types of which a text tells one between two states."""


def same_words(p: Pair) -> bool | None:
    """One, where one verb is read twice and the one reading names nobody."""
    a, b = p.a, p.b
    if not p.crossed or (a.names() and b.names()):
        return None
    there = [d.place.country if d.place else None for d in (a, b)]
    one = there[0] == there[1] and bool(a.names() or b.names()) and a.countries() == b.countries()
    return one or None


def rung_again(p: Pair) -> bool | None:
    """One, where a later sentence says of the call of two states what else was said, by no name and no day."""
    later = max((p.a, p.b), key=lambda d: (d.sentence, d.start))
    again = later.date_at is None and not later.names()
    return (again and p.a.countries() == p.b.countries() and len(p.a.countries()) == 2) or None


def answers(p: Pair) -> bool | None:
    """Two, where one message answers the other: who sends the one gets the other."""
    if p.headline:
        return None
    sent, got = ({who.name for who, r in d.roles if r == role} for d, role in ((p.a, "sender"), (p.b, "recipient")))
    return False if sent and sent == got else None


def summed(p: Pair) -> bool | None:
    """One, where a message sums up what is then told person by person: *A's leaders have sent messages to B*."""
    first, then = (p.a, p.b) if p.a.sentence < p.b.sentence else (p.b, p.a)
    later = then.sentence > first.sentence
    return (later and not first.names() and bool(then.names()) and first.countries() == then.countries()) or None


def by_persons(p: Pair) -> bool | None:
    """Two tellings that have persons in common, and no others on both sides, by the states they name."""
    a, b = p.a, p.b
    people = a.names() & b.names()
    x, y = (travellers(d) if d.type == "visit" else d.names() for d in (a, b))
    others = (x - people and y - people) and (not p.headline or _replaced(a, b, people))
    if not people or others or _other_side(p, people):
        return None
    return p.nested() or a.type in ONE_JOURNEY


def _replaced(a: Draft, b: Draft, people: set[str]) -> bool:
    """Whether somebody else of the same state met the same person: *minister A met B; then general C received him*."""
    x, y = ({(p.country, r) for p, r in d.roles if p.kind == "person" and p.name not in people} for d in (a, b))
    return a.type in FACE_TO_FACE and any(c for c, r in x) and {c for c, _ in x} == {c for c, _ in y} != {None}


def _other_side(p: Pair, people: set[str]) -> bool:
    """Whether those who are in both met others of other states in each: *he met B's ministers, and C's envoys*."""
    x, y = ({who.country for who, _ in d.roles if who.name not in people} for d in (p.a, p.b))
    return p.a.type in FACE_TO_FACE and not p.here and bool(x and y) and not x & y and None not in x | y


def by_headline(p: Pair) -> bool | None:
    """A headline and a sentence with a state in common: one, where the one names no person and no other state."""
    a, b = p.a, p.b
    if not p.headline or not a.countries() & b.countries():
        return None
    return p.nested() and (not a.names() or not b.names())


def by_states(p: Pair) -> bool:
    """Two tellings of which neither names a person: one, where they name the same states near each other."""
    a, b = p.a, p.b
    if a.names() or b.names():
        return False
    near = p.here or p.headline or a.type in SELDOM
    return near and a.countries() == b.countries() and bool(a.countries())
