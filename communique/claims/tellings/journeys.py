"""Whether two tellings are of one visit, or of one force that is sent."""

from __future__ import annotations

from communique.claims.draft import Draft
from communique.claims.tellings.pair import Pair

TEAM = 3
"""Letters of the name of a state by itself."""
NAMED = 7
"""Letters that the names of two groups have in common where they are one force."""


def travellers(d: Draft) -> set[str]:
    """The names of those who travel: who invited them says nothing of whether two tellings are of one visit."""
    return {p.name for p, r in d.roles if p.kind == "person" and r not in ("host", "inviter")}


def elsewhere(p: Pair) -> bool | None:
    """Two, where they go to different buildings, or to different states of a list."""
    return False if p.a.extra.get("site") != p.b.extra.get("site") else None


def other_guests(p: Pair) -> bool | None:
    """Two, where those who travel are of other states."""
    x, y = ({who.country for who, r in d.roles if r != "host" and who.country} for d in (p.a, p.b))
    return None if not x or not y or x & y else False


def two_ways(p: Pair) -> bool | None:
    """Two, where one is a tour of a house on the journey, or they go to two states."""
    a, b = p.a, p.b
    x, y = (str(d.extra.get("tour") or " ").strip() for d in (a, b))
    there = p.lands()
    hosts = [{who.country for who, r in d.roles if r == "host"} for d in (a, b)]
    if p.headline:
        return None
    if p.here:
        to = [h or {d.place.country if d.place else None} for h, d in zip(hosts, (a, b), strict=True)]
        several = len(there) > 1 or (None not in to[0] | to[1] and any(len(h) > 1 for h in hosts))
        onward = several and not to[0] & to[1]  # *will go to A, and visit B*
        return False if onward or (x and y and x not in y and y not in x) else None
    long = any(len(h) > 1 and (d.place is None or d.place.country in h) for h, d in zip(hosts, (b, a), strict=True))
    # *Long*: a journey to several states, and one of them.
    two = (len(there) > 1 and not long) or bool(a.extra.get("tour")) != bool(b.extra.get("tour"))
    return False if two else None


def one_delegation(p: Pair) -> bool | None:
    """One, where the visit of a delegation is that of who leads it: the same states, and days that are told of both."""
    a, b = p.a, p.b
    if p.here or bool(travellers(a)) == bool(travellers(b)):
        return None
    there = a.place is not None and b.place is not None and a.place.country == b.place.country is not None
    came = [{who.country for who, r in d.roles if r not in ("host", "inviter")} for d in (a, b)]
    forces = any(d.extra.get("join") for d in (a, b))
    one = there and not forces and came[0] == came[1] != {None} and bool(came[0]) and bool(a.date and b.date)
    return one or None


def begun(p: Pair) -> bool | None:
    """One, where one says how the other began: *the ships arrived at the port, and began a visit to the town*."""
    a, b = p.a, p.b
    if (a.names() and b.names()) or p.crossed or p.gap > 1 or not p.nested():
        return None
    x, y = ({who.country for who, r in d.roles if r != "host"} for d in (a, b))
    to = [d.place.country if d.place else None for d in (a, b)]
    days = [d.date.edtf if d.date else None for d in (a, b)]
    begins = bool(a.extra.get("abroad")) != bool(b.extra.get("abroad")) or "port" in f"{a.rule}{b.rule}"
    begins = begins or (p.here and {a.status, b.status} == {"held", "ongoing"})
    return (x == y and to[0] == to[1] and None not in (*to, *days) and begins) or None


def on_the_way(p: Pair) -> bool | None:
    """One, where one of them tells less than a journey: by nobody in particular, or to nowhere."""
    if p.headline:
        return None
    a, b = p.a, p.b
    return bare(a, b) or bare(b, a) or _one_way(a, b) or _one_way(b, a) or None


def bare(a: Draft, b: Draft) -> bool:
    """Whether a visit of nobody in particular, on no day, can be that of a person: *the first visit in ten years*."""
    if a.names() or (a.date and a.date.edtf) or not b.names() or a.place is None or not a.countries() <= b.countries():
        return False
    return a.place.country in {p.country for p, r in b.roles if r == "host"} | {b.place.country if b.place else None}


def _one_way(a: Draft, b: Draft) -> bool:
    """Whether a visit to nowhere in particular is its sentence's journey: *it arrived in A and began its visit*."""
    goes = {p.name for p, r in a.roles if r != "host"}
    nowhere = a.place is None and all(r != "host" for _, r in a.roles)
    return nowhere and a.sentence == b.sentence and bool(goes) and goes == {p.name for p, r in b.roles if r != "host"}


def one_force(p: Pair) -> bool | None:
    """One, where two groups are one by how their names begin: *the 10th contingent, 208 soldiers of it*.

    A shorter name is one, too, where it is the same in full and goes to no other state.
    """
    if p.here:
        return p.nested() if p.crossed else None
    x, y = ([who.name for who, r in d.roles if r == "subject" and who.kind != "person"] for d in (p.a, p.b))
    if not len(x) == len(y) == 1:
        return None
    if x == y and len(x[0]) > TEAM and len(p.lands()) == 1:
        return True
    return (x[0][:NAMED] == y[0][:NAMED] and len(x[0]) > NAMED < len(y[0])) or None
