"""What does not take place after all, and its day: that for which it was planned, not that of calling it off."""

from __future__ import annotations

import re

from communique.claims.clause import Clauses
from communique.claims.clausewords import grammar as clause_grammar
from communique.claims.context import Context
from communique.claims.frame import Frame
from communique.claims.moodwords import grammar
from communique.claims.telling import told_on
from communique.claims.triggers import OFF, Trigger
from communique.loader.kept import kept
from communique.loader.language import LanguagePack, Rule
from communique.mentions.dates import DateMention
from communique.mentions.fold import folded

NAMED = ("object", "to", "of", "by", "place", "subject", "with")
OPENS = 4
"""Letters before a noun that opens its sentence."""
TAIL = 20
"""Letters of a later part of a sentence among which it says that what the sentence speaks of is off."""
LEAD = 40
"""Letters before a date among which the word stands that says it was planned for that day."""


def day_of(text: str, clauses: Clauses, t: Trigger, at: DateMention | None, pack: LanguagePack) -> DateMention | None:
    """Return the date of what is cancelled or postponed, of which ``at`` is the date by its place.

    *On 2 May the palace said A had called off the trip, **planned for 5 June***; *on 2 May A called off the trip*
    has none. Until when something is put off is not its day.
    """
    g = grammar(pack)
    if not pack.reading.words_apart:
        told = at is not None and at.end <= t.start and g.said is not None and g.said.search(text, at.end, t.start)
        return (_meant(text, clauses, at, t, pack) or at) if told and at is not None else at
    dates = [m for m in clauses.mentions if m.kind == "date" and not m.value["date"].term]
    floor = clauses.start
    for m in dates:
        lo = max(floor, m.start - LEAD, text.rfind(",", 0, m.start))
        if any(p and p.search(text, lo, m.start) for p in (g.meant, g.planned)):
            found: DateMention = m.value["date"]
            return found
        floor = m.end
    if at is None or at.bound == "until":
        return None
    early = at.first.finest == "day" and at.end <= t.start
    early = early and any(p and p.search(text, at.end, t.end) for p in (g.cancelled, g.postponed))
    return None if early else at


def _meant(text: str, clauses: Clauses, told: DateMention, t: Trigger, pack: LanguagePack) -> DateMention | None:
    """The day right behind the words that it was meant for then, behind the day on which that was told."""
    meant, days = grammar(pack).meant, (m for m in clauses.mentions if m.kind == "date" and told.end < m.start < t.end)
    rows: list[DateMention] = [
        m.value["date"]
        for m in days
        if meant and (w := meant.search(text, told.end, m.start)) and m.start - w.end() < 2
    ]
    return rows[0] if rows else None


def said_no(text: str, t: Trigger, at: DateMention, pack: LanguagePack) -> bool:
    """Whether a day is that on which something was denied (*on 5 May A denied that it had sent a ship*)."""
    denied = grammar(pack).denied
    return denied is not None and at.end <= t.start and denied.search(text, at.end, t.start) is not None


def fell_through(text: str, clauses: Clauses, t: Trigger, status: str, pack: LanguagePack) -> str | None:
    """Return the status of what is off by the rest of its sentence.

    What was meant to be (*was due on 26 May, but cancelled the trip*), or what a sentence speaks of from its first
    word on (*the visit of A, planned for May, was cancelled*).
    """
    g, later = grammar(pack), clauses.bounds(clauses.segment(t.start))[1]
    off = (("cancelled", g.cancelled), ("postponed", g.postponed))
    if status == "planned" and g.meant is not None and g.meant.search(text, clauses.start, t.start):
        if not pack.reading.words_apart and text.startswith(folded(pack.phrases.of, pack.reading), t.end):
            later = t.end  # *the drill [that was to be held in May] was called off*
        return next((name for name, p in off if p and p.search(text, later, clauses.end)), None)
    if aside := _aside(text, clauses, t, pack):
        return next((name for name, p in off if p and p.search(text, aside, min(aside + TAIL, clauses.end))), None)
    if not pack.reading.words_apart or t.start - clauses.start > OPENS or "of" not in t.rule.roles:
        return None
    starts = [i + 1 for i in range(later - 1, clauses.end) if text[i] == ","]
    return next((name for i in starts for name, p in off if p and p.search(text, i, min(i + TAIL, clauses.end))), None)


def _aside(text: str, clauses: Clauses, t: Trigger, pack: LanguagePack) -> int | None:
    """Where words end, behind a trigger, that say for when what is off was planned (*, due on 5 May, was put off*)."""
    pattern = clause_grammar(pack).planned_for
    m = pattern.search(text, t.end, clauses.end) if pattern else None
    return m.end() if m else None


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
    mood, reading = context.pack.mood, context.pack.reading
    trip = t.rule.type == "visit" and t.words.split()[0] in folded(mood.journeys, reading)
    if pattern is None or not (trip or t.words.endswith(folded(mood.meant_for, reading) or ("\0",))):
        return None
    seg = clauses.segment(t.start)
    told = [
        g.end
        for f in NAMED
        for g in frame.args.get(f, ())
        if g.start >= t.end and g.segment == seg and (g.marker or g.start - t.end <= OPENS)
    ]
    m = pattern.match(context.text, max([t.end, *told]), clauses.end)
    if m is None or m.lastgroup is None:
        return None
    days = (x for x in clauses.mentions if x.kind == "date" and m.start() <= x.start)
    return m.lastgroup, next((x.value["date"] for x in days if not _told(context, clauses, frame, x.start)), None)


def _told(context: Context, clauses: Clauses, frame: Frame, at: int) -> bool:
    """Whether a day is that of the telling (*has been put off, the ministry said on Monday*)."""
    return told_on(context.text, clauses, frame.trigger, at, grammar(context.pack).tells)


def off_again(context: Context, rule: Rule, sentence: int) -> bool:
    """Call off what was just said to lie ahead, where a clause names nobody: *but the visit was cancelled*."""
    last = context.drafts[-1] if context.drafts else None
    if last is None or rule.status not in OFF:
        return False
    ahead = last.type == rule.type and last.status == "planned" and last.sentence >= sentence - 1
    last.status = str(rule.status) if ahead else last.status
    return ahead
