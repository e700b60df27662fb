"""Days told in the order of what they date: *on 2 and 5 May he will visit A and B, respectively*."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from communique.claims.clause import Clauses
from communique.claims.context import Context
from communique.claims.draft import Draft, Place
from communique.claims.frame import Frame
from communique.claims.when import resolved
from communique.mentions.dates import Anchor, Resolved
from communique.mentions.fold import folded
from communique.model import Mention

Days = list[tuple[Mention, Resolved]]
LEG = 10
"""Letters between a state and the days of the journey there (*from*, *on*)."""
LEGS = frozenset({"day", "range", "relative", "month"})


def dated(
    context: Context, clauses: Clauses, frame: Frame, drafts: list[Draft], against: tuple[Anchor, dict[int, Resolved]]
) -> list[Draft]:
    """Return the drafts of a clause, each with its own day where a list of as many days stands before its verb.

    One journey to as many states as days is as many journeys. ``against`` is what dates are resolved against, and
    those of the unit that are resolved already. Where blanks stand between words, each day stands behind whom it is of.
    """
    lo, hi = clauses.bounds(clauses.segment(frame.trigger.start))
    each = folded(context.pack.markers.apart, context.pack.reading)
    if context.pack.reading.words_apart and len(drafts) == 1 and drafts[0].type == "visit":
        return _legs(context, clauses, frame, drafts[0], against)
    if context.pack.reading.words_apart and len(drafts) > 1:
        return _in_turn(context, clauses, frame, drafts, against)
    if context.pack.reading.words_apart or not drafts or not any(w in context.text[lo:hi] for w in each):
        return drafts
    days = _days(context, clauses, (lo, frame.trigger.start), drafts[0].status, against)
    if len(days) > 1 and len(drafts) == 1:
        drafts = _journeys(drafts[0], len(days)) or drafts
    if len(days) != len(drafts) or len(days) < 2:
        return drafts
    return [
        replace(d, date=date, date_at=m.value["date"], extra=dict(d.extra), roles=list(d.roles))
        for d, (m, date) in zip(drafts, days, strict=True)
    ]


def _in_turn(
    context: Context,
    clauses: Clauses,
    frame: Frame,
    drafts: list[Draft],
    against: tuple[Anchor, dict[int, Resolved]],
) -> list[Draft]:
    """Return the drafts each with the day behind whom it was with: *met A on 5 May and B on 6 May*."""
    met = sorted((g for k in ("object", "with") for g in frame.args.get(k, ())), key=lambda g: g.start)
    if len(met) != len(drafts) or any(g.start < frame.trigger.end for g in met):
        return drafts
    days = [m for m in clauses.mentions if m.kind == "date" and m.value["date"].kind in ("day", "relative")]
    out = list(drafts)
    for k, (g, d) in enumerate(zip(met, drafts, strict=True)):
        stop = met[k + 1].start if k + 1 < len(met) else clauses.end
        own = [m for m in days if g.end <= m.start < stop]
        date = resolved(own[0].value["date"], *against, d.status) if len(own) == 1 else None
        if date is None or not date.edtf:
            return drafts
        out[k] = replace(d, date=date, date_at=own[0].value["date"], extra=dict(d.extra), roles=list(d.roles))
    return out


def _legs(
    context: Context, clauses: Clauses, frame: Frame, draft: Draft, against: tuple[Anchor, dict[int, Resolved]]
) -> list[Draft]:
    """A journey to each of several states that has its own days right behind it, else the draft as it is.

    *Visited A on 5 May and B from 6 to 8 May*.
    """
    hosts = {p.country for p, r in draft.roles if r == "host" and p.kind == "state" and p.country}
    rows = [m for m in clauses.mentions if m.kind == "state" and m.start >= frame.trigger.start]
    rows = [m for m in rows if m.value["country"] in hosts]
    if len(hosts) < 2 or len(rows) != len(hosts):
        return [draft]
    out = []
    for m, stop in zip(rows, [*(x.start for x in rows[1:]), clauses.end], strict=True):
        days = [x for x in clauses.mentions if x.kind == "date" and m.end <= x.start < stop]
        near = len(days) == 1 and days[0].start - m.end <= LEG and days[0].value["date"].kind in LEGS
        date = resolved(days[0].value["date"], *against, draft.status) if near else None
        if date is None or not date.edtf:
            return [draft]
        code = m.value["country"]
        roles = [(p, r) for p, r in draft.roles if r != "host" or p.country == code]
        place = Place(code, None, m.start, m.end)
        at = days[0].value["date"]
        out.append(replace(draft, date=date, date_at=at, place=place, roles=roles, extra={**draft.extra, "legs": []}))
    return out


def _days(
    context: Context,
    clauses: Clauses,
    within: tuple[int, int],
    status: str,
    against: tuple[Anchor, dict[int, Resolved]],
) -> Days:
    """The days of the one list of them between two places; two that stand as one span are two."""
    joints = folded(context.pack.markers.joints, context.pack.reading)
    rows = [m for m in clauses.mentions if m.kind == "date" and within[0] <= m.start < within[1]]
    pairs = zip(rows, rows[1:], strict=False)
    if any(context.text[a.end : b.start].strip() not in joints for a, b in pairs):
        return []
    found = [(m, date) for m in rows if (date := resolved(m.value["date"], *against, status)) and date.edtf]
    return _both(context, *found[0]) if len(found) == len(rows) == 1 else found if len(found) == len(rows) else []


def _both(context: Context, m: Mention, date: Resolved) -> Days:
    """The two days of a span that a word such as *and* joins."""
    runs = folded(context.pack.dates.runs, context.pack.reading) if context.pack.dates else []
    ends = (date.edtf or "").split("/")
    if len(ends) != 2 or not any(w in context.text[m.start : m.end] for w in runs):
        return []
    return [(m, replace(date, edtf=end)) for end in ends]


def _journeys(draft: Draft, days: int) -> list[Draft]:
    """A journey to several states as one to each of them, where they are as many as the days."""
    hosts: Sequence[str] = list(dict.fromkeys(p.country for p, r in draft.roles if r == "host" and p.country))
    if draft.type != "visit" or len(hosts) != days:
        return []
    rest = [(p, r) for p, r in draft.roles if r != "host"]
    mine = [[(p, r) for p, r in draft.roles if r == "host" and p.country == code] for code in hosts]
    return [
        replace(draft, roles=[*rest, *own], place=Place(code, None, draft.start, draft.end), extra={**draft.extra})
        for code, own in zip(hosts, mine, strict=True)
    ]
