"""Who acts in a clause that stands inside another, where no blanks stand between words.

*A spoke well, of [B's visit to C]*; *the notice about [B's visit to C]*; *A's visit to B and [C's visit to D]*;
*A met [who came to the forum] B*.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from communique.claims.clause import Clauses, Group
from communique.claims.draft import FACED
from communique.claims.triggers import Trigger
from communique.loader.language import LanguagePack
from communique.mentions.fold import folded

TRAVELS = frozenset({"person", "delegation"})
ATTEND = frozenset({"person", "delegation", "group", "body"})
THERE = frozenset({"state", "place", "body"})
JOINS = frozenset({"session", "exercise"})
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
    return out if pack.reading.words_apart else [*out, *_joined(text, clauses, found, pack)]


def _joined(
    text: str, clauses: Clauses, found: Sequence[Trigger], pack: LanguagePack
) -> Iterator[tuple[int, int, Group]]:
    """Yield who stands right behind a meeting to which they came: *[who took part in the drill] the fleet*."""
    joins = [t for t in found if t.rule.type in JOINS and t.rule.roles.get("subject") == "attendee" and _meets(t)]
    of = folded(pack.phrases.of, pack.reading) if joins else ()
    starts = {g.start: g for g in clauses.groups if g.members[0].kind in ATTEND} if joins else {}
    for m in (m for m in clauses.mentions if starts and m.kind == "meeting"):
        who = next((g for w in of if text.startswith(w, m.end) and (g := starts.get(m.end + len(w)))), None)
        for t in joins if who is not None else ():
            if who and 0 <= m.start - t.end <= NEAR and clauses.segment(t.start) == clauses.segment(m.start):
                yield t.start, who.start, replace(who, marker=None)


def _meets(t: Trigger) -> bool:
    """Whether a rule asks for a meeting that somebody goes to."""
    return "meeting" in t.rule.need and not t.rule.theme


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
        if not pack.reading.words_apart and any(t.end == g.start for t in trips):
            yield from _then_met(text, clauses, g, found)
            continue
        yield g


def _then_met(text: str, clauses: Clauses, g: Group, found: Sequence[Trigger]) -> Iterator[Group]:
    """Yield a group where a journey goes, parted from who was met there: *A visited B [and] had talks with C*."""
    alone = g.members[0].kind in THERE and g.marker is None
    behind = next((x for x in clauses.groups if x.start >= g.end and x.segment == g.segment), g)
    met = replace(g, members=g.members[-1:], marker="with") if len(g.members) > 1 else behind
    talks = met.marker == "with" and met.members[0].kind in TRAVELS
    if not alone or not talks or not any(t.rule.type in FACED and _own(text, clauses, met, t, found) for t in found):
        yield g
        return
    yield replace(g, members=g.members if met is behind else g.members[:-1], marker="to")
    if met is not behind:
        yield met


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
