"""Days told by their number in a journey or a drill: *on the first day he met B; the next day he went to C*."""

from __future__ import annotations

import re
from dataclasses import replace

from communique.claims.context import Context
from communique.claims.draft import Draft
from communique.claims.spans import LASTING
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions import ordinals
from communique.mentions.dates import Resolved
from communique.mentions.partial import parse

OPENS = 12  # letters before such words, at the head of their sentence
LONGEST = 40  # days


@kept
def _pattern(pack: LanguagePack) -> re.Pattern[str] | None:
    return re.compile(pack.mood.days_of) if pack.mood.days_of else None


def settle(context: Context) -> None:
    """Give drafts, in place, the day that the head of their sentence counts in what was told to last some days."""
    pattern = _pattern(context.pack)
    if pattern is None or pattern.search(context.text) is None:
        return
    last: tuple[int, Resolved] | None = None
    for i, s in enumerate(context.marked.scan.sentences):
        m = pattern.search(context.text, s.start, s.end)
        here = [d for d in context.drafts if d.sentence == i and d.status in ("held", "planned")]
        if m is None or m.start() - s.start > OPENS:
            continue
        main = [d for d in context.drafts if d.type in LASTING and d.sentence < i and _days(d)]
        on = m.lastgroup == "next" and last is not None and i - last[0] == 1
        day = _on(last[1], 1) if on and last is not None else _day(main[-1], m, context.pack) if main else None
        if day is None:
            continue
        last = i, day
        for d in here:
            own = d.date_at is not None and d.date_at.start >= s.start  # another one goes on from a sentence before
            if not own or (on and d.date_at is not None and d.date_at.start >= m.start() - 1):
                d.date, d.status = day, "held" if d.status == "planned" and on else d.status


def _days(d: Draft) -> list[str]:
    """The first and the last day of what lasts some days."""
    days = ((d.date.edtf if d.date else None) or "").split("/")
    return days if len(days) == 2 and all(x.count("-") == 2 and x[:4].isdigit() for x in days) else []


def _on(day: Resolved, n: int) -> Resolved | None:
    """The day so many days behind another."""
    first = parse(day.edtf)
    point = first[0].next(n) if first is not None and first[0].year is not None else None
    return replace(day, edtf=point.edtf) if point is not None else None


def _day(main: Draft, m: re.Match[str], pack: LanguagePack) -> Resolved | None:
    """The day that words count in what lasts: by its number, or the last one."""
    if main.date is None or m.lastgroup == "next":
        return None
    first, last = _days(main)
    if m.lastgroup == "end":
        return replace(main.date, edtf=last)
    number = ordinals.number(m.group("nth"), dict(pack.ordinals.digits))
    found = _on(replace(main.date, edtf=first), number - 1) if number and number < LONGEST else None
    return found if found is not None and str(found.edtf) <= last else None
