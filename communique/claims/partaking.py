"""Who takes part in a drill or a conference by a list that some of them stand in: *ten nations, including A and B*."""

from __future__ import annotations

import re

from communique.claims.clause import Clauses
from communique.claims.context import Context
from communique.claims.draft import HEADLINES, Draft
from communique.claims.triggers import OFF
from communique.loader.kept import kept
from communique.loader.language import LanguagePack

GATHERED = frozenset({"exercise", "session"})
STATES = frozenset({"state", "bloc"})
REACH = 3
"""Sentences back to the event in which a later sentence says that they take part."""
NEAR = 5
"""Letters between the words before a list and its first name (*the*)."""


@kept
def _patterns(pack: LanguagePack) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """The words before such a list, and the verbs by which a sentence of its own says that they take part."""
    m = pack.markers
    return re.compile(m.members) if m.members else None, re.compile(m.partaking) if m.partaking else None


def listed(context: Context) -> None:
    """Give the drills and sittings of a unit, in place, the states of such lists: behind them, or shortly after."""
    members, partaking = _patterns(context.pack)
    for i in range(len(context.marked.scan.sentences)) if members else ():
        clauses = context.clauses(i)
        found = members.finditer(context.text, clauses.start, clauses.end) if members else ()
        rows = [(m.start(), g) for m in found for g in clauses.groups if 0 <= g.start - m.end() <= NEAR]
        rows = [(at, g) for at, g in rows if all(x.kind in STATES for x in g.members)]
        for at, group in rows if sum(len(g.members) for _, g in rows) > 1 else ():
            listed_here = {x.value["country"] for _, g in rows for x in g.members}
            target = _target(context, clauses, at, listed_here, partaking)
            if target is not None:
                new = [p for p in context.members(group, clauses) if p.country not in target.countries()]
                target.roles += [(p, "attendee") for p in new if p.country]


def _target(
    context: Context, clauses: Clauses, at: int, states: set[str], partaking: re.Pattern[str] | None
) -> Draft | None:
    """The event of the list's own sentence that stands before it, else the last one told, if the sentence says so.

    One that stands behind the list has one of its states already.
    """
    told = [d for d in context.drafts if d.type in GATHERED and d.status not in OFF and d.sentence <= clauses.index]
    here = [d for d in context.drafts if d.sentence == clauses.index]
    if here:
        before = (d for d in reversed(here) if d in told and (_begins(d) < at or d.countries() & states))
        return next(before, None)
    if any(x.kind in ("person", "he") and x.start < at for x in clauses.mentions):
        return None  # *the king received officers from A and B, who take part in a course*
    near = [d for d in told if clauses.index - d.sentence <= REACH and d.part not in HEADLINES]
    says = partaking is not None and partaking.search(context.text, clauses.start, clauses.end) is not None
    return near[-1] if near and says else None


def _begins(d: Draft) -> int:
    """Where the words for an event begin, its name included."""
    return min(d.start, d.meeting.start) if d.meeting is not None else d.start
