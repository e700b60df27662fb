"""What the words behind a journey say of it: that it was called off, or put off, and for which day it was meant."""

from __future__ import annotations

import re

from communique.claims.clause import Clauses
from communique.claims.context import Context
from communique.claims.frame import Frame
from communique.claims.moodwords import grammar
from communique.claims.telling import told_on
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.dates import DateMention
from communique.mentions.fold import folded

NAMED = ("object", "to", "of", "by", "place")


@kept
def _pattern(pack: LanguagePack) -> re.Pattern[str] | None:
    """What stands behind a noun for a journey and those who make it, where it is off."""
    forms = pack.mood.fell_through
    return re.compile("|".join(forms)) if forms else None


def journey(context: Context, clauses: Clauses, frame: Frame) -> tuple[str, DateMention | None] | None:
    """Return the status of a journey that the rest of its sentence calls off, and the day it was meant for, or None.

    *A's visit to B, planned for 5 May, has been put off*: only where a noun tells of it, never a verb.
    """
    t, pattern = frame.trigger, _pattern(context.pack)
    if (
        pattern is None
        or t.rule.type != "visit"
        or t.words.split()[0] not in folded(context.pack.mood.journeys, context.pack.reading)
    ):
        return None
    seg = clauses.segment(t.start)
    told = [g.end for f in NAMED for g in frame.args.get(f, ()) if g.start >= t.end and g.segment == seg]
    m = pattern.match(context.text, max([t.end, *told]), clauses.end)
    if m is None or m.lastgroup is None:
        return None
    days = (x for x in clauses.mentions if x.kind == "date" and m.start() <= x.start)
    return m.lastgroup, next((x.value["date"] for x in days if not _told(context, clauses, frame, x.start)), None)


def _told(context: Context, clauses: Clauses, frame: Frame, at: int) -> bool:
    """Whether a day is that of the telling (*has been put off, the ministry said on Monday*)."""
    return told_on(context.text, clauses, frame.trigger, at, grammar(context.pack).tells)
