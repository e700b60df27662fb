"""How long a thing lasts, and what that says of it: a journey that goes on, a drill that has begun."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from communique.claims.clause import Clauses, Group
from communique.claims.context import Context
from communique.claims.draft import HEADLINES, Draft
from communique.claims.moodwords import begins, grammar
from communique.claims.settings import DONE
from communique.claims.triggers import OFF, Trigger
from communique.loader.language import LanguagePack, Rule
from communique.mentions import ordinals
from communique.mentions.dates import Anchor, Dated, DateMention, Resolved, resolve
from communique.mentions.fold import folded
from communique.mentions.mark import Marked
from communique.mentions.partial import LEAP, parse
from communique.model import Mention

LASTING = frozenset({"visit", "session", "exercise"})
GOES_ON = frozenset({"visit", "exercise"})
TALKS = ("talks", "call")
NEAR = 3  # sentences between a thing's first or last day and its length
FAR = 6  # sentences between its first day and the words until when it goes on
WEEK = 7
SHORTEST = 28  # days of the shortest month
DAY = 10  # letters of a day
LEAD = 12
"""Letters that may stand between the words that something takes place and the date (*on the*)."""
ANNIVERSARY = "anniversary"
LONGEST = 90
"""Days within which a thing that began on one ends on a day whose year is not told."""


def span_of(text: str, clauses: Clauses, kind: str, date: Resolved, pack: LanguagePack) -> Resolved:
    """Return the days of what lasts and begins on one: *on 17 May they began a four-day visit*.

    Where the pattern calls its number ``ending``, the day is the last one: *the two-day meeting closed on 30 May*.
    """
    pattern = grammar(pack).lasting
    rows = pattern.finditer(text, clauses.start, clauses.end) if pattern else ()
    m = next((m for m in rows if kind in _kinds(m)), None)
    words = next((x for x in m.groups() if x), None) if m else None
    days = ordinals.number(words, dict(pack.ordinals.digits)) if words else None
    first = parse(date.edtf)
    if m is None or not days or not 1 < days < 31 or first is None or first[0] != first[1] or first[0].day is None:
        return date
    if first[0].month is None:
        return _of_some_month(date, first[0].day, days) if "ending" not in str(m.lastgroup) else date
    start = first[0] if first[0].year is not None else first[0].within(LEAP)
    other = start.next((1 - days) if "ending" in str(m.lastgroup) else (days - 1))
    if other is None:
        return date
    far = other if first[0].year is not None else other._replace(year=None)
    both = (far.edtf, date.edtf) if "ending" in str(m.lastgroup) else (date.edtf, far.edtf)
    return replace(date, edtf="/".join(map(str, both)))


def stays(text: str, clauses: Clauses, t: Trigger, pack: LanguagePack) -> bool:
    """Whether words give a journey a length and do not say that it is over: *arrived in A for a two-day visit*."""
    g = grammar(pack)
    rows = g.lasting.finditer(text, clauses.start, clauses.end) if g.lasting and t.rule.type == "visit" else ()
    rows = (m for m in rows if "visit" in _kinds(m) and "ending" not in str(m.lastgroup))
    days = (ordinals.number(next((x for x in m.groups() if x), ""), dict(pack.ordinals.digits)) for m in rows)
    long = any(n is not None and n > 1 for n in days)
    lo, _ = clauses.bounds(clauses.segment(t.start))
    return long and not (g.held and g.held.search(text, lo, t.end))


def _of_some_month(date: Resolved, day: int, days: int) -> Resolved:
    """Return the days that begin on a day of no known month, where they end in that month whichever it is."""
    last = day + days - 1
    return replace(date, edtf=f"{date.edtf}/{str(date.edtf)[:-2]}{last:02d}") if last <= SHORTEST else date


def row_of(
    text: str, clauses: Clauses, at: DateMention, date: Resolved, known: Mapping[int, Resolved], pack: LanguagePack
) -> Resolved:
    """Return the span of a thing that is dated by two or more days next to each other, of which ``at`` is the last.

    *Visited A on 5, 6 April*, where no blanks stand between words; words such as *each* make one thing a day of it.
    """
    lo, hi = clauses.bounds(clauses.segment(at.start))
    if pack.reading.words_apart or any(w in text[lo:hi] for w in folded(pack.markers.apart, pack.reading)):
        return date
    joints = folded(pack.dates.lists, pack.reading) if pack.dates else ()
    first, start = parse(date.edtf), at.start
    begun = first
    for m in reversed([m for m in clauses.mentions if m.kind == "date" and lo <= m.start and m.end <= at.start]):
        day = parse(known[m.start].edtf) if m.start in known and text[m.end : start].strip() in joints else None
        if day is None or begun is None or day[0] != day[1] or day[0].day is None or begun[0].day is None:
            break
        if day[0]._replace(day=begun[0].day) != begun[0] or day[0].day + 1 != begun[0].day:
            break
        begun, start = day, m.start
    return date if begun is first or begun is None else replace(date, edtf=f"{begun[0].edtf}/{date.edtf}")


def _kinds(m: re.Match[str]) -> frozenset[str]:
    """What may last as long as a pattern says: it names the kind in its group (``exercise_ending``), else a visit."""
    kind = (m.lastgroup or "visit").partition("_")[0]
    return frozenset({kind}) if kind != "meeting" else frozenset({"session", "exercise"})


def over(span: Resolved, day: Resolved) -> bool:
    """Whether a span of days ended on a day."""
    return (span.edtf or "").endswith(f"/{day.edtf}")


def lies_in(day: str | None, span: str | None) -> bool:
    """Whether a day, as EDTF, lies in a span of days, before its last one."""
    first, _, last = (span or "").partition("/")
    return day is not None and len(day) == len(last) and first <= day < last


def ahead(edtf: str, anchor: Anchor) -> bool:
    """Whether a date lies behind the day of publication."""
    first = edtf.partition("/")[0]
    if first.startswith("X") or not anchor.published:
        return False
    return first[: len(anchor.published)] > anchor.published[: len(first)]


def by_day(status: str, date: Resolved | None, anchor: Anchor, rule: Rule, ended: bool = False) -> str:
    """The status by the day of publication: what lies behind it is planned, a visit goes on that is not ``ended``."""
    if date is None or not date.edtf:
        return status
    aimed = rule.type == "session" and date.basis == "stated" and len(date.edtf) < DAY  # *came in 1996 to attend it*
    if status == "planned" and (rule.type in DONE or aimed) and date.edtf[:4].isdigit():
        told = (anchor.published or anchor.lower or "")[:4]
        return "held" if date.edtf[:4] < told else status  # *in 2014 it was the first to form a partnership*
    told = (anchor.published or anchor.lower or "")[:7]
    if status == "ongoing" and rule.status is None and rule.type in LASTING and _past(date.edtf, anchor):
        return "held"
    if status == "ongoing" and rule.type == "visit" and len(date.edtf) == len(told) == 7 and date.edtf < told:
        return "held"  # *in May, on the occasion of A's visit*
    if status == "ongoing" and rule.status is None and rule.type in LASTING and ahead(date.edtf, anchor):
        return "planned"  # *to be signed next April during A's visit*
    if status != "held":
        return status
    if ahead(date.edtf, anchor):
        return "planned"
    return "ongoing" if rule.type in GOES_ON and not ended and lies_in(anchor.published, date.edtf) else status


def _past(edtf: str, anchor: Anchor) -> bool:
    """Whether the last day of a span of days lies before the day of publication, or before a day known to have come."""
    (first, _, last), now = edtf.partition("/"), anchor.published or anchor.lower or ""
    return first.count("-") == 2 and len(last) == len(now) == DAY and last[:1].isdigit() and last < now


def on_the_way(
    text: str, clauses: Clauses, t: Trigger, args: Mapping[str, Sequence[Group]], pack: LanguagePack
) -> bool:
    """Whether a visit only describes the person behind it and no word says that it is over, or of which day it is."""
    subject = args.get("subject") or ()
    if t.rule.type != "visit" or pack.reading.words_apart or not subject or subject[0].start < t.end:
        return False
    lo, _ = clauses.bounds(clauses.segment(t.start))
    person = subject[0]
    floor = max((g.end for g in clauses.groups if g.start < t.start and g.members[0].kind == "person"), default=lo)
    of = folded(pack.phrases.of, pack.reading)
    g = grammar(pack)
    over = g.held and g.held.search(text, max(lo, floor, t.start - 4), person.start)
    dated = any(m.kind == "date" and t.start <= m.start < person.start for m in clauses.mentions)
    return text.endswith(of, t.end, person.start) and not over and not dated


def years(marked: Marked) -> list[Dated]:
    """The year in the name of a meeting or a drill in the title or the lead: that of the text (*the drill Y-2025*)."""
    first = next((i for i, s in enumerate(marked.scan.sentences) if s.part not in HEADLINES), 0)
    rows = [row for s, row in zip(marked.scan.sentences, marked.mentions, strict=True) if s.part == "title"]
    found = [m for row in (*rows, *marked.mentions[first : first + 1]) for m in row if m.kind == "meeting"]
    return [Dated(m.value["year"], "now") for m in found if m.value["year"]]


def until(context: Context, known: Mapping[int, Resolved], anchor: Anchor) -> None:
    """Give what was told last, and began on a day, the day until which it is said to go on, or its length in days.

    A journey that has no date gets the one on which a later sentence says that it takes place (``when``), and so do
    talks (``met``).
    """
    pattern = grammar(context.pack).lasting
    for i in range(len(context.marked.scan.sentences)) if pattern else ():
        clauses = context.clauses(i)
        for m in pattern.finditer(context.text, clauses.start, clauses.end) if pattern else ():
            earlier = [d for d in context.drafts if (d.sentence, d.start) < (i, m.start())]
            told = [d for d in earlier if d.type in LASTING]
            if told and m.lastgroup == "length":
                _lasts(context, told, i, m)
            rows = [x for x in clauses.mentions if x.kind == "date" and x.start >= m.end()]
            if m.lastgroup in ("when", "met"):
                near = [d for d in earlier if _may_take_place(d, i, context.pack, met=m.lastgroup == "met")]
                _takes_place(near, [x for x in rows if x.start - m.end() <= LEAD], (anchor, known))
            day = next((x for x in rows if x.start - m.end() < 2), None) if m.lastgroup == "until" else None
            last = known.get(day.start) if day is not None else None
            if day is not None:
                told = _told_before(told, day.value["date"])
                _begun_before(context, told, clauses, day, known)
            far = bool(told) and context.pack.reading.words_apart and i - told[-1].sentence > FAR
            if last is None or not last.edtf or not told or told[-1].date is None or far:
                continue
            begun, end = told[-1].date.edtf or "", last.edtf.rpartition("/")[2]
            end = last_day(day.value["date"], begun, end) if day is not None else end
            if begun.count("-") == end.count("-") == 2 and "/" not in begun and begun < end:
                told[-1].date = replace(last, edtf=f"{begun}/{end}")
                told[-1].status = "ongoing" if told[-1].status == "held" else told[-1].status
            main = told[-1]
            for d in (d for d in context.drafts if _closes(d, main, i) and d.names() <= main.names()):
                main.roles += [(p, r) for p, r in d.roles if p.country not in main.countries()]
            context.drafts = [d for d in context.drafts if not _closes(d, main, i)]


def _told_before(told: list[Draft], day: DateMention) -> list[Draft]:
    """The events without one that only has its last day: *the visit of the sailors will last until the 5th*.

    Not where that one is somebody else's.
    """
    own = [d for d in told if d.date_at is day]
    rest = [d for d in told if d.date_at is not day]
    last = rest[-1] if rest else None
    if last is None or any(d.type != last.type for d in own):
        return told
    alike = (d.sentence == last.sentence and d.countries() <= last.countries() | {None} for d in own)
    return rest if all(not d.names() - last.names() for d in own) or all(alike) else told


def _begun_before(
    context: Context, told: list[Draft], clauses: Clauses, last: Mention, known: Mapping[int, Resolved]
) -> None:
    """Give what has no day but its last one the day that its sentence names before (*on the 3rd began .. until*)."""
    main = told[-1] if told else None
    if main is None or main.date_at is not last.value["date"] or main.sentence != clauses.index:
        return
    words = context.text[main.start : last.start]
    if not any(w in words for w in folded(begins(context.pack), context.pack.reading)):
        return
    rows = [x for x in clauses.mentions if x.kind == "date" and x.end <= last.start and x.start in known]
    days = [x for x in rows if (known[x.start].edtf or "").count("-") == 2 and not x.value["date"].bound]
    if days and "/" not in (known[days[-1].start].edtf or ""):
        main.date, main.date_at = known[days[-1].start], days[-1].value["date"]
        main.status = "held" if main.status == "planned" else main.status


def last_day(said: DateMention, begun: str, ends: str) -> str:
    """The day that ends what began on one: the next such day after that where the words print no year."""
    first, point = parse(begun), said.first
    if first is None or first[0].day is None or point.year is not None:
        return ends
    start = first[0] if first[0].year is not None else first[0].within(LEAP)
    days = (start.next(n) for n in range(1, LONGEST))
    if first[0].year is not None and point.weekday and not point.week_rel:  # *until Sunday*
        fits = (d for d in days if d and d.edtf and _weekday(d.edtf) == point.weekday)
    elif point.relative or point.day is None:
        return ends
    else:
        fits = (d for d in days if d and d.day == point.day and point.month in (None, d.month))
    found = next(fits, None)
    if found is None:
        return ends
    return found.edtf if first[0].year is not None else found._replace(year=None).edtf


def _weekday(edtf: str) -> int:
    """The day of the week, Monday the first."""
    return datetime.date.fromisoformat(edtf).isoweekday()


def _may_take_place(d: Draft, sentence: int, pack: LanguagePack, *, met: bool) -> bool:
    """Whether words of when may be about what was told: a journey, or where two ``met`` their talks, sentences before.

    Where no blanks part words, anything that lasts, and in the same sentence (*the drill goes on, the time being*).
    """
    if met or pack.reading.words_apart:
        return d.type in (TALKS if met else ("visit",)) and 0 < sentence - d.sentence <= NEAR
    return d.type in LASTING and 0 <= sentence - d.sentence <= 1


def _takes_place(near: list[Draft], days: list[Mention], against: tuple[Anchor, Mapping[int, Resolved]]) -> None:
    """Give a journey, told shortly before without a date, the days of which a sentence says that it takes place."""
    main, anchor = near[-1] if near else None, against[0]
    at: DateMention | None = days[0].value["date"] if days else None
    if main is None or at is None or at.bound or at.kind == ANNIVERSARY or main.date or main.date_at:
        return
    date = resolve(at, anchor, "planned") if main.status == "planned" else against[1].get(days[0].start)
    if main.status in OFF or date is None or not date.edtf:
        return
    main.date, main.date_at = date, at
    if main.status in ("held", "ongoing"):
        goes_on = lies_in(anchor.published, date.edtf)
        main.status = "planned" if ahead(date.edtf, anchor) else "ongoing" if goes_on else main.status


def _closes(d: Draft, main: Draft, sentence: int) -> bool:
    """Whether a draft is only the end of what lasts, told with its last day."""
    last = (main.date.edtf if main.date else None) or ""
    ends = d.date is not None and bool(d.date.edtf) and last.endswith(f"/{d.date.edtf}")
    return d is not main and d.sentence == sentence and d.type == main.type and ends


def _lasts(context: Context, told: list[Draft], sentence: int, m: re.Match[str]) -> None:
    """Give what was told shortly before as begun, or as ended, on one day the days that it is said to last."""
    mood = context.pack.mood
    days = ordinals.number(m.group("length"), dict(context.pack.ordinals.digits))
    near = [d for d in told if 0 < sentence - d.sentence <= NEAR and d.part not in HEADLINES]
    main = next((d for d in reversed(near) if d.date and (d.date.edtf or "").count("-") == 2), None)
    if main is None or main.date is None or not days:
        return
    words, sides = context.text[main.start : main.end + 2], (mood.ended, begins(context.pack))
    ended, begun = (any(w in words for w in folded(x, context.pack.reading)) for x in sides)
    days *= WEEK if any(context.text.startswith(w, m.end("length")) for w in mood.weeks) else 1
    first = parse(main.date.edtf)
    if ended == begun or first is None or first[0].year is None or not 1 < days < 31:
        return
    other = first[0].next((1 - days) if ended else (days - 1))
    if other is not None:
        both = (other.edtf, main.date.edtf) if ended else (main.date.edtf, other.edtf)
        main.date = replace(main.date, edtf="/".join(map(str, both)))
        main.status = "ongoing" if begun and main.status == "held" else main.status
