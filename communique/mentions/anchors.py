"""What a date is resolved against: the day of publication, what the unit proves, what the page shows."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from communique.mentions.datevalues import DateMention, Point
from communique.mentions.partial import Partial, parse

Side = Literal["past", "now", "sitting", "future", "origin", "none"]
JOURNEY = 31
"""Days that something may last, on one of which the first day of a unit lies."""
STORY = 5
"""Years by which a unit may go on from a date that its story names."""
NEAR = 200
"""Letters from a day that is only told as one of the week within which the lead goes on."""
LATE = 12
"""Years after the last date that has come within which an anniversary is celebrated."""
BRACKET = 2
"""Letters between a year that is counted from now and its number."""
ROUND = 5
"""Fewer years than these are no anniversary from which a year follows."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date with a year that a unit states, and what it says of the time of writing.

    ``side`` is ``past`` (it has come), ``now`` (the text is written on this occasion or in this year), ``sitting``
    (somebody holds an office in this year, which is ``now`` where nothing else is), ``future`` (it lies ahead) or
    ``none`` (it proves nothing: a term of office, a document's number). ``origin`` is a past date on which something
    old began, from which no story goes on.
    """

    edtf: str
    side: Side = "past"


@dataclass(frozen=True, slots=True)
class Anchor:
    """What is known of the time of a unit.

    Attributes:
        published: EDTF, day, month or year.
        year: the one year that the unit itself proves to be its own.
        lower: the latest date that the unit shows to have come; upper: the earliest that lies ahead (EDTF).
        story: the latest date that has come and is no day on which something old began (EDTF).
        page: dates with a year in the other units of its block (EDTF).
        written: the day that its dateline names, for *today* where the day of publication is not known (EDTF).
        lead: the day with a year that its lead names (EDTF): what is told in months or days of the week is near it.
        weekday: which day of the week ``written`` was, by the first one that the text names (1 for Monday).
    """

    published: str | None = None
    year: int | None = None
    lower: str | None = None
    upper: str | None = None
    page: tuple[str, ...] = ()
    written: str | None = None
    lead: str | None = None
    weekday: int | None = None
    story: str | None = None


def anchor_for(
    unit_dates: Iterable[Dated | str], published: str | None = None, page_dates: Iterable[str] = ()
) -> Anchor:
    """Return the anchor of a unit from the dates with years that it and its page state.

    A plain string among ``unit_dates`` is a past date. Dates without a year are passed over.
    """
    lower: tuple[tuple[int, int, int], Partial] | None = None
    story: tuple[tuple[int, int, int], Partial] | None = None
    upper: tuple[tuple[int, int, int], Partial] | None = None
    years: set[int] = set()
    sitting: set[int] = set()
    lead: str | None = None
    for item in unit_dates:
        entry = Dated(item) if isinstance(item, str) else item
        ends = parse(entry.edtf)
        if ends is None or ends[0].year is None or ends[1].year is None or entry.side == "none":
            continue
        if entry.side in ("now", "sitting"):
            (years if entry.side == "now" else sitting).add(ends[1].year)
            lead = lead or (entry.edtf if entry.side == "now" and ends[1].day is not None else None)
        if entry.side == "future":
            key = _key(ends[0])
            upper = (key, ends[0]) if upper is None or key < upper[0] else upper
        else:
            key = _key(ends[1])
            lower = (key, ends[1]) if lower is None or key > lower[0] else lower
            if entry.side != "origin":
                story = (key, ends[1]) if story is None or key > story[0] else story
    year = years.pop() if len(years) == 1 else None
    if year is not None and lower and (lower[1].year or 0) > year + STORY:
        year = None  # much later years have come: *founded on 30 January 1950* at the head is no day of the text
    if not years and year is None and len(sitting) == 1 and not (lower and (lower[1].year or 0) > max(sitting)):
        year = sitting.pop()
    if year is None and lower and upper and lower[1].year == upper[1].year:
        year = lower[1].year
    known = (edtf for edtf in dict.fromkeys(page_dates) if (ends := parse(edtf)) and ends[0].year is not None)
    lead = lead if year is not None and (lead or "").startswith(f"{year:04d}-") else None
    bounds = (lower[1].edtf if lower else None, upper[1].edtf if upper else None)
    return Anchor(published, year, *bounds, tuple(known), lead=lead, story=story[1].edtf if story else None)


def newest(written: str, anchor: Anchor) -> int | None:
    """Return the year of a dateline without one that lies at most a month behind the latest day that has come."""
    lower, day = parse(anchor.story), parse(written)
    came = lower[1].first() if lower is not None and lower[1].day is not None else None
    if came is None or day is None:
        return None
    days = ((y, day[0].first(y)) for y in (came.year, came.year + 1))
    return next((y for y, at in days if at and 0 <= (at - came).days <= JOURNEY), None)


def dated(mentions: Sequence[DateMention], title_end: int = 0) -> list[Dated]:
    """Return what the mentions of a unit that print their year say of its time, each by the words around it.

    A year in the title (before ``title_end``) and the day of the lead, where it prints its year, are the unit's
    own: ``now``. So are what is celebrated and what is said to be the occasion.
    """
    found: list[Dated] = []
    lead = True
    weekday: DateMention | None = None
    first: DateMention | None = None
    for mention in mentions:
        end = mention.last or mention.first
        month = end.months[0 if mention.ahead else 1] if end.months else end.month
        if end.year is not None and (date := Partial(end.year, month, end.day)).exists:
            goes_on = weekday is not None and mention.start - weekday.end < NEAR
            side = _side(mention, lead or goes_on, mention.end <= title_end)
            found.append(Dated(date.edtf, "now" if side == "past" and first and _holds(mention, first) else side))
        if mention.kind != "anniversary" and end.finest in ("day", "month"):
            first = mention if lead and mention.first.day is not None else first
            weekday = mention if lead and mention.first.weekday is not None and mention.last is None else None
            lead = False
    return [*found, *(_passed(mentions, found) or _celebrated(mentions, found))]


def _passed(mentions: Sequence[DateMention], found: Sequence[Dated]) -> list[Dated]:
    """Return the year in which the years that are told have passed since an old date; none before what has come.

    So has the last of a span of years that is as long as an anniversary (*34 years of ties (1992-2026)*).
    """
    if any(d.side == "now" for d in found):
        return []
    told = {m.first.year for m in mentions}
    aged = [(m.first.year, m.age) for m in mentions if m.first.year and m.age is not None and m.age >= ROUND]
    years = {year + age for year, age in aged if year - age not in told}  # that one is the day celebrated
    counts = {m.count for m in mentions if m.kind == "anniversary" and m.last is None}
    for a, b in pairwise(mentions):  # *this year (2026)*
        if b.kind == "year" and b.start - a.end <= BRACKET and a.first.year_rel is not None and b.first.year:
            years.add(b.first.year - a.first.year_rel)
    spans = ((m.first.year, m.last.year) for m in mentions if m.last is not None and counts)
    years |= {last for first, last in spans if first and last and last - first in counts}
    came = max((int(d.edtf[:4]) for d in found if d.side in ("past", "now")), default=0)
    return [Dated(f"{years.pop():04d}", "now")] if len(years) == 1 and min(years) >= came else []


def _celebrated(mentions: Sequence[DateMention], found: Sequence[Dated]) -> list[Dated]:
    """Return the year that an anniversary proves whose first year the unit names (*the 50th ... set up in 1976*).

    Only where one year alone fits: the anniversary does not come before what has come already, nor long after it.
    """
    counts = {
        m.count for m in mentions if m.kind == "anniversary" and m.last is None and m.first.year is None and not m.ahead
    }
    count = counts.pop() if len(counts) == 1 else None
    if count is None or count < ROUND or any(d.side == "now" for d in found):
        return []
    came = [int(d.edtf[:4]) for d in found if d.side in ("past", "origin")]
    ahead = min((int(d.edtf[:4]) for d in found if d.side == "future"), default=max(came, default=0) + LATE + 1)
    fits = {year + count for year in came if max(came) <= year + count < min(ahead, max(came) + LATE + 1)}
    return [Dated(f"{fits.pop():04d}", "now")] if len(fits) == 1 else []


def _holds(span: DateMention, day: DateMention) -> bool:
    """Whether days that print their year hold the unit's first day, which prints none (*8 May*, *6-9 May 2023*)."""
    days = [_day(p, span.last.year) for p in (span.first, span.last)] if span.last is not None else []
    at = _day(day.first, span.last.year) if span.last is not None else None
    if at is None or None in days:
        return False
    first, last = (d for d in days if d is not None)
    return first <= at <= last and (last - first).days <= JOURNEY


def _day(point: Point, year: int | None) -> datetime.date | None:
    """The day of a year that a point names, None where it names none."""
    if point.day is None or point.month is None or not Partial(year, point.month, point.day).exists:
        return None
    return datetime.date(year or 0, point.month, point.day) if point.year in (None, year) else None


def _side(mention: DateMention, lead: bool, title: bool) -> Side:
    """What a mention with a year proves."""
    if mention.term or mention.bound == "since":
        return "none"
    if mention.sitting:
        return "future" if mention.ahead else "sitting"
    if mention.kind == "anniversary" and mention.last is not None or mention.occasion:
        return "now"
    if mention.come and not mention.ahead:
        return "past"
    if mention.bound in ("until", "before") or mention.ahead:
        return "future"
    day = mention.kind in ("day", "range") and mention.first.finest == "day"
    if mention.bound is None and not mention.origin and (lead and day or title and mention.kind != "period"):
        return "now"
    return "origin" if mention.origin else "past"


def _key(date: Partial) -> tuple[int, int, int]:
    return date.year or 0, date.month or 0, date.day or 0
