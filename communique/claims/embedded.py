"""Who travels in a clause that stands inside another, where no blanks stand between words.

*A spoke well, of [B's visit to C]*; *the notice about [B's visit to C]*; *A's visit to B and [C's visit to D]*.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from communique.claims.clause import Clauses, Group
from communique.claims.triggers import Trigger
from communique.loader.language import LanguagePack
from communique.mentions.fold import folded

TRAVELS = frozenset({"person", "delegation"})
THERE = frozenset({"state", "place", "body"})
NEAR = 24
"""Letters between who travels and the verb, beside the words for a day and for where he goes."""


def embedded(text: str, clauses: Clauses, found: Sequence[Trigger], pack: LanguagePack) -> list[tuple[int, int, Group]]:
    """Return such clauses: where each begins and ends, and who does what is told in it."""
    out: list[tuple[int, int, Group]] = []
    trips = [] if pack.reading.words_apart else [t for t in found if t.rule.type == "visit" and _goes(t)]
    for g in clauses.groups if trips else ():
        if g.marker not in ("to", "about", "with") or g.members[0].kind not in TRAVELS:
            continue
        _, hi = clauses.bounds(g.segment)
        trip = next((t for t in trips if g.end <= t.start < hi), None)
        if trip is None or not _own(text, clauses, g, trip, found):
            continue
        earlier = any(t.end <= g.start and clauses.segment(t.start) == g.segment for t in trips)
        told = [at for w in folded(pack.mood.said, pack.reading) if (at := text.find(w, trip.end, hi)) >= 0]
        spoken = g.marker != "to" or (told and _names_where(clauses, g, trip, hi))
        if not spoken or (g.marker == "with" and not earlier):
            continue
        end = min(told) if g.marker == "to" else hi
        out = [(a, min(b, g.start) if a < g.start else b, x) for a, b, x in out]
        out.append((g.end, end, replace(g, marker=None)))
    return out


def parted(text: str, clauses: Clauses, found: Sequence[Trigger], pack: LanguagePack) -> Iterator[Group]:
    """Yield the groups of a sentence, where somebody goes parted from whoever goes elsewhere.

    *[A visited B and C] visited D*: *B and C* is no list.
    """
    trips = [t for t in found if t.rule.type == "visit" and _goes(t)]
    for g in clauses.groups:
        last = g.members[-1]
        gone = len(g.members) > 1 and g.members[0].kind in THERE and last.kind in TRAVELS
        if gone and any(t.end == g.start for t in trips):
            alone = replace(g, members=(last,), marker="with")
            trip = next((t for t in trips if g.end <= t.start), None)
            if trip is not None and _own(text, clauses, alone, trip, found):
                yield replace(g, members=g.members[:-1])
                yield alone
                continue
        yield g


def _goes(t: Trigger) -> bool:
    """Whether a trigger tells of a journey, not of what is called off."""
    return t.rule.roles.get("subject") == "guest" and t.rule.status is None


def _own(text: str, clauses: Clauses, g: Group, t: Trigger, found: Sequence[Trigger]) -> bool:
    """Whether nothing but a day, a state and small words stand between somebody and the verb of a journey."""
    between = [m for m in clauses.mentions if g.end <= m.start and m.end <= t.start]
    plain = all(m.kind in ("date", *THERE) for m in between)
    small = t.start - g.end - sum(m.end - m.start for m in between) < NEAR
    others = any(g.end <= x.start and x.end <= t.start and x.rule.type != "visit" for x in found)
    return plain and small and not others and clauses.zone(g.start) == clauses.zone(t.start)


def _names_where(clauses: Clauses, g: Group, t: Trigger, hi: int) -> bool:
    """Whether words between somebody and the verb, or right behind that, name where the journey goes."""
    if any(m.kind in THERE and g.end <= m.start and m.end <= t.start for m in clauses.mentions):
        return True
    return any(m.kind in THERE and 0 <= m.start - t.end <= 1 and m.end <= hi for m in clauses.mentions)
