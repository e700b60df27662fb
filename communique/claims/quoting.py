"""Which words of a sentence tell an event: the evidence of a claim."""

from __future__ import annotations

from collections.abc import Sequence

from communique.claims import lists
from communique.claims.clause import Clauses, Group
from communique.claims.context import Context
from communique.claims.draft import Place
from communique.claims.frame import Frame
from communique.mentions.dates import DateMention
from communique.model import Mention


def quote(
    context: Context,
    clauses: Clauses,
    frame: Frame,
    meeting: Mention | None,
    date: DateMention | None,
    place: Place | None,
) -> tuple[int, int]:
    """Return the shortest stretch that holds trigger, arguments, meeting, and the date if it stands in the segment."""
    lo, hi = clauses.bounds(clauses.segment(frame.trigger.start))
    starts, ends = [frame.trigger.start], [frame.trigger.end]
    rule = frame.trigger.rule
    if rule.type == "proposal" and context.pack.reading.words_apart:
        ends.append(lists.edge(context.text, clauses, frame.trigger))
    told = ("subject", "object", "with", "to", "by", *(("of", "from") if rule.type == "message" else ()))
    groups: Sequence[Group] = [g for f in told for g in frame.args.get(f, ())]
    for g in groups:
        if lo <= g.start < hi:
            first = g.members[0]
            lead = clauses.leaders.get(first.start)
            starts.append(min(first.start, lead.start) if lead else first.start)
            ends.append(g.end)
    for m in (meeting, frame.instrument):
        if m is not None and lo <= m.start < hi:
            starts.append(m.start)
            ends.append(m.end)
    for there in (date, place):
        if there is not None and lo <= there.start < hi:
            starts.append(there.start)
            ends.append(there.end)
    return min(starts), max(ends)
