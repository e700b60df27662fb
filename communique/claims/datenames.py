"""Dates that belong to the name of a text or a meeting, and tell no day of what happened."""

from __future__ import annotations

import re

from communique.claims.clause import Clauses
from communique.claims.moodwords import grammar
from communique.claims.telling import said_on, told_before
from communique.claims.triggers import Trigger, is_relative
from communique.loader.language import LanguagePack
from communique.mentions.dates import DateMention
from communique.mentions.fold import fold, folded
from communique.model import Mention

SPOKEN = frozenset({"talks", "call"})
SOMEBODY = frozenset({"person", "group", "delegation"})
WHOSE = 40
"""Letters in which somebody is named whose plan it is."""

TERM = 16
"""Letters between a text and the years for which it is made (*for the period*)."""
GAP = 10
"""Letters that may stand between words that open a sentence and their date (*after attending it, on 5 May*)."""


def of_text(text: str, clauses: Clauses, m: Mention, t: Trigger, pack: LanguagePack) -> bool:
    """Whether a date is part of a text's name, or the years that it is for (*the plan for 2028-2030*, *to 2030*).

    Where words do not stand apart: whether a year stands between the verb and the name (*signed the 2026 plan*).
    """
    date: DateMention = m.value["date"]
    if not pack.reading.words_apart:
        names = (x for x in clauses.mentions if x.kind == "instrument" and m.start <= x.start <= m.end + 1)
        return date.kind == "year" and date.last is None and 0 <= m.start - t.end <= 1 and any(names)
    if date.bound == "until" and date.first.finest == "year":
        return True
    if any(x.kind == "instrument" and x.start <= m.start < x.end for x in clauses.mentions):
        return True
    if date.kind == "year" and pack.nouns.right and _of_plan(text, clauses, m, pack):
        return True
    return date.last is not None and date.last.finest == "year"


def of_term(clauses: Clauses, m: Mention) -> bool:
    """Whether years are those for which something is made (*the agreement for 2018-2022*; *goals until 2030*)."""
    date: DateMention = m.value["date"]
    if date.bound == "until" and date.first.finest == "year":
        return True
    if date.last is None or date.last.finest != "year":
        return False
    return any(x.kind == "instrument" and 0 <= m.start - x.end <= TERM for x in clauses.mentions)


def _of_plan(text: str, clauses: Clauses, m: Mention, pack: LanguagePack) -> bool:
    """Whether a year is the one that a plan is for, right behind its name or behind whose it is."""
    x = next((x for x in reversed(clauses.mentions) if x.kind == "instrument" and x.end <= m.start), None)
    if x is None or fold(x.value["head"], pack.reading) not in folded(pack.phrases.plans, pack.reading):
        return False
    between = text[x.end : m.start].strip()
    return not between or (between.startswith(tuple(f"{w} " for w in pack.phrases.of)) and len(between) < WHOSE)


def of_name(clauses: Clauses, at: int) -> bool:
    """Whether a year stands right behind the name of a meeting or a text, to which it belongs."""
    return any(m.kind in ("meeting", "instrument") and 0 <= at - m.end <= 1 for m in clauses.mentions)


def of_event(text: str, date: DateMention, t: Trigger, pack: LanguagePack) -> bool:
    """Whether a date is a day, and not that on which somebody spoke of the event: *on 5 May he said that it ...*."""
    told = date.end <= t.start and told_before(text, date, t, grammar(pack).tells, pack)
    return date.first.finest == "day" and not told


def of_years(text: str, clauses: Clauses, at: int, date: DateMention, t: Trigger, pack: LanguagePack) -> bool:
    """Whether a year or a quarter is what a meeting or a text is of, where the clause tells a day as well.

    *On 5 May they held a meeting on the work of 2021-2025*, *the meeting of the first quarter*; not *in the first
    quarter*.
    """
    if date.last is not None:
        return date.last.finest == "year"
    if date.kind not in ("year", "period"):
        return False
    if date.kind == "year" and of_name(clauses, at):
        return True
    before, seg = pack.markers.before, clauses.segment(at)
    words = (w for k in ("at", "to") for w in folded(before.get(k, ()), pack.reading))
    if not pack.nouns.right or any(text.endswith(f" {w} ", 0, at) for w in words):
        return False
    rows = (m for m in clauses.mentions if m.kind == "meeting" and 0 < at - m.end < WHOSE)
    return any(clauses.segment(m.start) == seg and not m.end <= t.start < at for m in rows)


def of_matter(text: str, t: Trigger, at: int, pack: LanguagePack) -> bool:
    """Whether a day behind people who met is that of what they talked about: *met B to discuss the launch on 5 May*.

    Only where words stand apart; the caller knows of a day before their verb.
    """
    if not pack.reading.words_apart or t.rule.type not in SPOKEN:
        return False
    about = folded(pack.markers.before.get("about", ()), pack.reading)
    return any(f" {w} " in text[t.end : at] for w in about)


def of_stay(text: str, behind: list[DateMention], t: Trigger, pack: LanguagePack) -> list[DateMention]:
    """The dates behind a verb; only the days right behind a word for a journey, if there are such.

    *Docked on 2 May for a [visit from 2 to 5 May]*.
    """
    if t.rule.type != "visit" or len(behind) < 2:
        return behind
    words = tuple(f" {w} " for w in folded(pack.mood.journeys, pack.reading))
    return [d for d in behind[1:] if d.last is not None and text.endswith(words, t.end, d.start)] or behind


def of_somebody(text: str, clauses: Clauses, m: Mention, t: Trigger, pack: LanguagePack) -> bool:
    """Whether a date stands in a clause behind a comma that describes somebody: *A, who took office in 2022, met B*.

    Or it is that on which something was founded, by the words that describe it.
    """
    seg = clauses.segment(m.start)
    if not pack.reading.words_apart:
        founded = grammar(pack).founded_on  # *visited the school founded in 1994*
        of = text.startswith(folded(pack.phrases.of, pack.reading), m.end)
        return of and founded is not None and founded.search(text, clauses.start, m.start) is not None
    if seg == clauses.segment(t.start):
        return False
    lo, _ = clauses.bounds(seg)
    told = any(x.kind in SOMEBODY and 0 < lo - x.end <= 1 for x in clauses.mentions)
    return told and is_relative(text, clauses, seg, pack)


def of_aim(clauses: Clauses, m: Mention, t: Trigger, pack: LanguagePack) -> bool:
    """Whether a day behind a journey is that of what it is for: *[that day] he left to attend the summit of 8 May*.

    Only where an earlier segment names the day of the journey, and no blanks stand between words.
    """
    if pack.reading.words_apart or t.rule.type != "visit" or m.start < t.end:
        return False
    lo, _ = clauses.bounds(clauses.segment(t.start))
    days = (x for x in clauses.mentions if x.kind == "date" and x.start < lo)
    return any(x.value["date"].kind in ("day", "relative") and clauses.zone(x.start) < 0 for x in days)


def passed_over(text: str, t: Trigger, before: DateMention, behind: DateMention, pack: LanguagePack) -> bool:
    """Whether a day before a trigger is of something else, and the date behind it is the trigger's own.

    *Founded on 3 May and enlarged on 6 June*; *on 8 May he left home for a visit to A from 9 to 12 May*.
    """
    if told_before(text, before, t, grammar(pack).tells, pack):
        return True
    day, days = before.last is None and before.first.finest == "day", behind.last is not None
    return t.rule.type == "visit" and day and days and behind.first.finest == "day"


def of_what_was(clauses: Clauses, t: Trigger, at: DateMention) -> bool:
    """Whether a day is that of what something comes after (*after attending the forum on 3 May, he will visit A*)."""
    zones = (z for z in clauses.zones if z.kind == "after" and z.start < at.start <= z.end + GAP)
    return any(clauses.segment(z.start) < clauses.segment(t.start) for z in zones)


def of_telling(text: str, clauses: Clauses, t: Trigger, at: DateMention, tells: re.Pattern[str] | None) -> bool:
    """Whether a day before a trigger is that on which it was told: *on 16 May the ministry said, he will go there*."""
    found = tells.finditer(text, at.end, t.start) if tells and at.end <= t.start else ()
    asides = [z for z in clauses.zones if z.kind == "source"]
    said = any(not any(z.start <= m.start() < z.end for z in asides) for m in found)
    return said or (at.end <= t.start and said_on(text, at, tells))


def of_issue(text: str, clauses: Clauses, t: Trigger, at: DateMention, pack: LanguagePack) -> bool:
    """Whether a day is that on which a text was issued that tells of the event (*on the 3rd it said in a note that*).

    Or the event is said to have been lately, behind the day on which it was reported.
    """
    g = grammar(pack)
    if at.end > t.start or pack.reading.words_apart:
        return False
    lo, _ = clauses.bounds(clauses.segment(t.start))
    issued = g.issued.match(text, at.end, t.start) if g.issued else None
    lately = lo >= at.end and g.vague is not None and g.vague.search(text, lo, t.start) is not None
    return lately or (issued is not None and t.rule.type != "adoption")
