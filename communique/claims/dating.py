"""Which date of a sentence belongs to a trigger."""

from __future__ import annotations

from communique.claims import datenames
from communique.claims.clause import Clauses
from communique.claims.moodwords import grammar
from communique.claims.telling import COARSE, linked, told_on
from communique.claims.triggers import OFF, Trigger
from communique.loader.language import LanguagePack
from communique.mentions.dates import DateMention
from communique.model import Mention

MOMENTS = frozenset({"talks", "call", "ceremony", "signing", "message", "adoption", "aid", "appointment"})
TEXTS = frozenset({"signing", "adoption"})
ASIDE = frozenset({"bracket", "quote", "occasion", "after", "source"})
MET = frozenset({"visit", "talks", "session", "ceremony", "call"})
RELATIONS = frozenset({"establishment", "upgrade"})
NAMED_BY = 60  # letters before a year or a month in which words say that it dates something else
OPENS = 4  # letters before a day that opens a sentence (*on*)


def dated(clauses: Clauses, lo: int, hi: int) -> bool:
    """Whether a date begins between two places of a sentence."""
    return any(m.kind == "date" and lo <= m.start < hi for m in clauses.mentions)


def date_of(
    text: str,
    clauses: Clauses,
    t: Trigger,
    pack: LanguagePack,
    last: bool = False,
    floor: int = 0,
    but: tuple[int, int] = (0, 0),
) -> DateMention | None:
    """Return the date that belongs to a trigger: in its segment before it, then before that, then behind it.

    Where words stand apart, commas also part the members of a list: behind the ``last`` trigger of a sentence the
    date may stand in a later segment. A day between a verb, which ends at ``floor``, and one that it aims at is the
    first one's (*arrived on 5 May to attend the summit*). What stands between the ends of ``but`` is of something else.
    """
    dates, g, zone = [], grammar(pack), clauses.zone(t.start)
    kind = clauses.zones[zone].kind if zone >= 0 else ""
    tight, eve = kind == "occasion", kind == "before"  # *on 10 June, on the eve of the summit, A met B*
    for m in clauses.mentions:
        if m.kind != "date" or but[0] <= m.start < but[1]:
            continue
        d: DateMention = m.value["date"]
        z = clauses.zone(m.start)
        if d.kind in ("anniversary", "part_only") or d.term or (z != zone and (eve or _aside(clauses, z, t))):
            continue
        if tight and (z != zone or not _near(m, t, pack)):
            continue
        aside = g.aside.match(text, m.end, clauses.end) if g.aside and t.rule.status not in OFF else None
        if t.rule.type in TEXTS and datenames.of_text(text, clauses, m, t, pack):
            continue
        lent = aside is not None and (aside.end() <= t.start or datenames.of_aim(clauses, m, t, pack))
        if lent or _attributive(text, clauses, m.start, m.end, t) or datenames.of_somebody(text, clauses, m, t, pack):
            continue
        if t.rule.type in MET and pack.reading.words_apart and datenames.of_term(clauses, m):
            continue
        coarse = g.dated_by is not None and d.kind in ("month", "year")
        taken = (
            g.dated_by.search(text, max(clauses.start, m.start - NAMED_BY), m.start) if g.dated_by and coarse else None
        )
        if taken and not (t.start < taken.end() and taken.start() < t.end):
            continue
        dates.append((m.start, d))
    if pack.reading.words_apart:
        dates = [(at, d) for at, d in dates if not told_on(text, clauses, t, at, g.tells)]
    if pack.reading.words_apart and any(datenames.of_event(text, d, t, pack) for _, d in dates):
        dates = [(at, d) for at, d in dates if not datenames.of_years(text, clauses, at, d, t, pack)]
    lo, hi = clauses.bounds(clauses.segment(t.start))
    dates = _fitting(dates, t, hi) if pack.reading.words_apart else dates
    if pack.reading.words_apart and (bracket := noted(text, clauses, t, hi)):
        return bracket
    aimed = pack.reading.words_apart and floor > lo and grammar(pack).planned is not None
    aimed = aimed and text[: t.start].rstrip().endswith(tuple(f" {w}" for w in pack.mood.purpose) or ("\0",))
    same = [d for at, d in dates if lo <= at < t.start and not (aimed and at >= floor and d.first.finest not in COARSE)]
    earlier = [(at, d) for at, d in dates if at < lo]
    behind = [d for at, d in dates if t.start <= at < hi and not (earlier and linked(text, t, at, pack))]
    behind = datenames.of_stay(text, behind, t, pack)
    behind = behind[1:] if behind and earlier and _of_noun(behind[0], earlier[-1][1], t, pack) else behind
    if same and not (behind and pack.reading.words_apart and datenames.passed_over(text, t, same[-1], behind[0], pack)):
        return same[-1]
    opened = bool(earlier) and earlier[0][0] - clauses.start <= OPENS
    if behind and not (opened and datenames.of_matter(text, t, behind[0].start, pack)):
        return behind[0]
    if earlier:
        return None if g.then_on and g.then_on.match(text, lo, t.end) else earlier[-1][1]
    later = [d for at, d in dates if at >= hi] if last and pack.reading.words_apart else []
    return later[0] if len(later) == 1 else _behind_name(text, clauses, lo, hi, t)


def _fitting(dates: list[tuple[int, DateMention]], t: Trigger, hi: int) -> list[tuple[int, DateMention]]:
    """The dates of a sentence that one of such a type may have, where it names several.

    What is proposed has one behind the verb (*on 3 May A invited B to come in June*), what is done in a moment none of
    something that lasts.
    """
    if t.rule.type == "proposal" and any(t.end <= at < hi for at, _ in dates):
        return [(at, d) for at, d in dates if at >= t.end]
    if t.rule.type in MOMENTS and any(not _goes_on(d) and at < hi for at, d in dates):
        return [(at, d) for at, d in dates if not _goes_on(d)]
    return dates


def _goes_on(d: DateMention) -> bool:
    """Whether a date is that of something that lasts: some days, or the day since when."""
    return d.last is not None or (d.bound == "since" and d.first.finest == "day")


def _of_noun(year: DateMention, before: DateMention, t: Trigger, pack: LanguagePack) -> bool:
    """Whether a year right behind a verb is part of the noun that follows (*on 5 May they held [the 2026 reception]*).

    Only where no blanks stand between words, and a day stands before.
    """
    beside = year.kind == "year" and year.last is None and 0 <= year.start - t.end <= 1
    return beside and not pack.reading.words_apart and before.kind in ("day", "relative")


def _aside(clauses: Clauses, zone: int, t: Trigger) -> bool:
    """Whether a zone with a date is an aside, or tells before what a trigger outside it happened."""
    z = clauses.zones[zone] if zone >= 0 else None
    return z is not None and (z.kind in ASIDE or (z.kind == "before" and not z.start <= t.start < z.end))


def _near(m: Mention, t: Trigger, pack: LanguagePack) -> bool:
    """Whether a date in an aside of an occasion stands close before a trigger, or behind it where words stand apart."""
    behind = m.start >= t.end and pack.reading.words_apart
    return behind or 0 <= t.start - m.end <= 14 * pack.reading.stretch


def noted(text: str, clauses: Clauses, t: Trigger, hi: int) -> DateMention | None:
    """The date that stands alone in brackets right behind whom or what a trigger names (*B's visit (May 2011)*)."""
    dates = [m for m in clauses.mentions if m.kind == "date" and t.end <= m.start < hi]
    first = next((m for m in dates if text[m.start - 1] == "(" and text[m.end : m.end + 1] == ")"), None)
    if first is None or first.value["date"].kind == "anniversary":
        return None
    commas = (i for i in range(t.end, first.start) if text[i] == ",")
    if any(not any(m.start <= i < m.end + (m.kind == "place") for m in clauses.mentions) for i in commas):
        return None
    edge = first.start - 2
    behind = {m.kind for m in clauses.mentions if m.end == edge} - {"meeting"}
    noted = (t.rule.type in RELATIONS and first is dates[0]) or (behind and t.rule.type in ("visit", "talks", "call"))
    noted = noted or (t.rule.type == "session" and not behind.isdisjoint(("place", "state")))  # *in the town B (5 May)*
    return first.value["date"] if noted else None


def _behind_name(text: str, clauses: Clauses, lo: int, hi: int, t: Trigger) -> DateMention | None:
    """The date in brackets right behind the name of a meeting: *the seventh exchange (April 2022)*."""
    ends = {m.end for m in clauses.mentions if m.kind == "meeting" and lo <= m.start < hi}
    dates = (m for m in clauses.mentions if m.kind == "date" and lo <= m.start < hi)
    apart = 2 if t.rule.type == "session" else 1  # a blank may stand before the bracket
    dates = (m for m in dates if text[m.start - 1] == "(" and {m.start - 1, m.start - apart} & ends)
    found = (m.value["date"] for m in dates)
    return next((d for d in found if not d.term and d.kind != "anniversary"), None)


def _attributive(text: str, clauses: Clauses, start: int, end: int, t: Trigger) -> bool:
    """Whether a date belongs to the name behind it (*the 2019 dialogue*), not to the event."""
    return any(
        m.kind in ("meeting", "instrument") and m.start <= end and m.end > end and m.start >= start
        for m in clauses.mentions
    ) and any(m.kind == "date" and m.start != start for m in clauses.mentions)
