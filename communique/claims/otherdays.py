"""Days in a sentence that are not of what a trigger tells: of leaving, of whoever is met, of the telling."""

from __future__ import annotations

from communique.claims.clause import Clauses
from communique.claims.moodwords import grammar
from communique.claims.triggers import Trigger, relative
from communique.loader.language import LanguagePack
from communique.mentions.dates import Anchor, DateMention, resolve
from communique.mentions.resolving import days_between

TOLD = 12
"""Days before publication on one of which something was told that lies ahead, if the next such day is as far off."""


def of_journey(text: str, clauses: Clauses, t: Trigger, at: DateMention, status: str, pack: LanguagePack) -> bool:
    """Whether a day is that of leaving for a sitting that lies ahead, or of coming back: *on the 9th he set out for A*.

    The one stands before the words for it.
    """
    g = grammar(pack)
    if at.last is not None:
        return False
    leaves = g.sets_out if status == "planned" and at.end <= t.start else None
    if leaves is not None and leaves.search(text, at.end, t.start):
        return True
    return comes_back(text, clauses, pack)


def comes_back(text: str, clauses: Clauses, pack: LanguagePack) -> bool:
    """Whether a sentence tells of coming back from a journey."""
    pattern = grammar(pack).comes_back
    return pattern is not None and pattern.search(text, clauses.start, clauses.end) is not None


def of_main(text: str, t: Trigger, at: DateMention, pack: LanguagePack) -> bool:
    """Whether a day is that of the main clause: *arrived on Monday for a visit during which he will meet B*."""
    pattern = relative(pack) if pack.reading.words_apart and at.last is None and at.bound is None else None
    between = text[at.end : t.start]
    last = max((m.end() for m in pattern.finditer(between)), default=None) if pattern else None
    return last is not None and at.first.finest == "day" and not set(between[last:]) & set(pack.markers.cuts)


def of_who_met(clauses: Clauses, t: Trigger, at: DateMention, pack: LanguagePack) -> bool:
    """Whether a day is that on which somebody was met who is on a journey: *on Friday A met B, who is on a visit*.

    Only where words stand apart: the day stands in an earlier clause, and is no beginning or span of days.
    """
    lo, _ = clauses.bounds(clauses.segment(t.start))
    one = at.last is None and at.bound is None and at.first.finest == "day"
    told = t.rule.type == "visit" and clauses.zone(t.start) < 0  # *during his visit, on Friday, A met B* has the day
    return pack.reading.words_apart and told and one and at.end <= lo


def said_past(text: str, at: DateMention, anchor: Anchor, pack: LanguagePack) -> bool:
    """Whether a date that is to be of what lies ahead is over: *last May it decided to send*; *on the 3rd it wrote*.

    A day of some days ago, without a year, whose next one is far off, is that of the telling.
    """
    gone = grammar(pack).gone
    if gone is not None and (gone.match(text, at.start) or gone.match(text, at.end)):
        return True
    said, now = at.first, anchor.published or ""
    if at.ahead or at.last is not None or said.relative or said.day is None or said.year is not None:
        return False
    ago = days_between(resolve(at, anchor, "held").edtf, now)
    off = days_between(now, resolve(at, anchor, "planned").edtf)
    return ago is not None and off is not None and ago <= TOLD < off
