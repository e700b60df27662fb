"""Resolve a date against its anchor, in the order of the codebook (section 2)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace

from communique.mentions.anchors import Anchor
from communique.mentions.datevalues import NOTHING, Basis, DateMention, Mood, Point, Resolved
from communique.mentions.partial import LEAP, Partial, parse
from communique.mentions.placing import Frame, Meant, meant, month_after

FULL_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SPAN = 27  # days of a span in which no day of a month comes twice
BESIDE, CLAUSE = 9, 40  # letters between a year and the anniversary celebrated in it, and one that is to come
_BARE = ("anniversary", "period", "decade")


def days_between(first: str | None, last: str | None) -> int | None:
    """Return how many days lie from one day (EDTF) to another, by the first of each; None where one is no whole day."""
    days = [datetime.date.fromisoformat(m.group()) for x in (first, last) if (m := FULL_DAY.match(x or ""))]
    return (days[1] - days[0]).days if len(days) == 2 else None


def resolve_all(mentions: Sequence[DateMention], anchor: Anchor, mood: Mood | None = "held") -> list[Resolved]:
    """Resolve the mentions of one text in order, each with the dates before it as its context."""
    found: list[Resolved] = []
    context: Resolved | None = None
    day: Resolved | None = None
    single: Resolved | None = None
    told: Resolved | None = None  # what lies ahead is no day that a story goes on from
    before: DateMention | None = None
    old: Resolved | None = None
    span: Resolved | None = None  # the days told last, of which a bare day may be one
    for mention in mentions:
        mention = _celebrated(mention, before)
        before = mention
        last = told or day if mention.first.finest is None or mention.first.relative else day
        if mention.first.relative and single is not None and last is not None and _within(single, last):
            last = single  # *the same day* is the day told within the span, not the span
        inside = _inside(mention, span) if mood == "held" and not mention.ahead else None
        resolved = inside or resolve(
            mention,
            anchor,
            "planned" if mention.ahead and mood == "held" else mood,
            old if old is not None and mention.first.ref == "context" else context,
            last,
        )
        old = resolved if mention.origin and mention.first.year is not None else None
        if mention.origin:  # ties begun long ago: only *the same year* goes on from there
            found.append(resolved)
            continue
        if resolved.edtf and mention.kind not in _BARE and not mention.term:
            context = resolved
            ends = parse(resolved.edtf)
            if ends and ends[1].day is not None and mention.bound != "since":
                span = (
                    resolved if ends[0] != ends[1] else span if span is not None and _within(resolved, span) else None
                )
                day = resolved
                single = resolved if ends[0] == ends[1] and not mention.ahead else single
                told = told if mention.ahead or mention.bound else resolved
        found.append(resolved)
    return _agreed(found)


def _celebrated(mention: DateMention, before: DateMention | None) -> DateMention:
    """An anniversary that is celebrated in a year named right before it: *in 2022 will mark 50 years of ties*."""
    year = before.first.year if before is not None and before.last is None and before.kind == "year" else None
    if mention.kind != "anniversary" or mention.count is None or mention.first.year is not None or year is None:
        return mention
    assert before is not None
    return (
        replace(mention, first=replace(mention.first, year=year - mention.count))
        if mention.start - before.end < (CLAUSE if mention.ahead else BESIDE)
        else mention
    )


def _within(day: Resolved, span: Resolved) -> bool:
    """Whether a day lies in a span of days."""
    first, _, last = (span.edtf or "").partition("/")
    return bool(last) and first <= (day.edtf or "") <= last


def _agreed(found: Sequence[Resolved]) -> list[Resolved]:
    """Give a day and month without a year the year with which the text names the same day elsewhere, if it is one."""
    years: dict[str, set[str]] = {}
    for d in found:
        if d.edtf and FULL_DAY.fullmatch(d.edtf):
            years.setdefault(d.edtf[4:], set()).add(d.edtf[:4])
    out = []
    for d in found:
        year = years.get(d.edtf[4:], set()) if d.edtf and d.edtf.startswith("XXXX-") else set()
        out.append(Resolved(next(iter(year)) + (d.edtf or "")[4:], "unit") if len(year) == 1 else d)
    return out


def resolve(
    mention: DateMention,
    anchor: Anchor,
    mood: Mood | None = "held",
    context: Resolved | None = None,
    day: Resolved | None = None,
) -> Resolved:
    """Return the date that a mention means.

    Args:
        mention: from ``find``.
        anchor: from ``anchor_for``.
        mood: whether the event was held or lies ahead; None where that is not known (then the nearest date).
        context: the date that the text named before, for "the same year".
        day: the day that it named before, for "the same day" and for days without a month; else ``context``.
    """
    if day is not None and mention.first.finest in ("day", None):
        context = day
    published, before = parse(anchor.published), parse(context.edtf) if context else None
    frame = Frame(anchor, published[0] if published else None, before[1] if before else None, mood)
    if mention.kind == "anniversary":
        return _anniversary(mention, frame)
    if mention.kind == "part_only":
        one = before is not None and before[0] == before[1] and before[0].day is not None
        return Resolved(context.edtf, context.basis) if one and context else NOTHING
    if mention.last is not None:
        return _range(mention.first, mention.last, frame)
    found = meant(mention.first, frame)
    return _bounded(mention, found, frame) if found else NOTHING


def _inside(mention: DateMention, span: Resolved | None) -> Resolved | None:
    """The day of a span told right before that a bare day names: *visited A from 7 to 9 February; on the 8th ...*."""
    said = mention.first
    ends = parse(span.edtf) if span is not None else None
    first, last = (e.first() for e in ends) if ends and ends[0].year and ends[0] != ends[1] else (None, None)
    bare = (
        mention.last is None and said.day is not None and said.month is None and said.year is None and not said.relative
    )
    if not bare or first is None or last is None or ends is None or ends[1].day is None or (last - first).days > SPAN:
        return None
    days = (first + datetime.timedelta(n) for n in range((last - first).days + 1))
    found = next((d for d in days if d.day == said.day), None)
    basis = span.basis if span is not None and span.basis == "published" else "unit"
    return Resolved(found.isoformat(), basis) if found else None


def _bounded(mention: DateMention, found: Meant, frame: Frame) -> Resolved:
    """What is meant, with the bounds that the words or the unit give."""
    edtf = found.edtf
    if mention.bound == "before" and mention.first.stage == "late":  # *before the end of 2025* is in 2025
        return Resolved(edtf, found.basis, None, found.last.edtf)
    if mention.bound in ("before", "after"):
        step = found.first.next(-1) if mention.bound == "before" else found.last.next()
        limit = step.edtf if step else None
        if mention.bound == "before":
            return Resolved(None, found.basis, None, limit)
        return Resolved(None, found.basis, limit, None)
    if mention.bound == "since":
        return Resolved(edtf, found.basis, found.first.edtf, None)
    if mention.bound == "until":
        return Resolved(edtf, found.basis, None, found.last.edtf)
    if mention.first.third is not None and found.first.month is not None:
        return Resolved(edtf, found.basis, *_third(found.first, mention.first.third))
    if found.first.year is None:
        return Resolved(edtf, found.basis, *_limits(found.first, frame.anchor))
    return Resolved(edtf, found.basis)


def _third(month: Partial, third: int) -> tuple[str | None, str | None]:
    """The bounds of the first ten, the second ten, the last days of a month."""
    if month.year is None:
        return None, None
    last = month.last()
    start = month._replace(day=third * 10 - 9)
    end = month._replace(day=third * 10 if third < 3 else last.day if last else None)
    return start.edtf, end.edtf


def _limits(said: Partial, anchor: Anchor) -> tuple[str | None, str | None]:
    """The first and the last such date within what the unit proves; a bare day has the unit's own bounds."""
    found: list[str | None] = []
    for limit, step in ((anchor.lower, 1), (anchor.upper, -1)):
        ends = parse(limit)
        if ends is None or ends[0].year is None:
            found.append(None)
        elif said.month is None:
            found.append(limit)
        else:
            near = said.within(ends[0].year)
            edge = ends[1].last() if step > 0 else ends[0].first()
            day = near.last() if step > 0 else near.first()
            if edge and day and ends[0].month is not None and (day < edge if step > 0 else day > edge):
                near = said.within(ends[0].year + step)
            found.append(near.edtf if near.exists else limit)
    return found[0], found[1]


def _range(first: Point, last: Point, frame: Frame) -> Resolved:
    """Both ends, the one that the mood fixes first and the other beside it."""
    if first.finest is None or last.finest is None:
        return NOTHING
    ahead = frame.mood in ("planned", "proposed")
    fixed = meant(last if ahead else first, frame)
    if fixed is None:
        return NOTHING
    other = first if ahead else last
    a: Meant | None
    b: Meant | None
    near = _weekday_beside(other, fixed.last if ahead else fixed.first, ahead) if first.weekday else None
    if near is None and first.weekday and last.weekday and fixed.first.year is None:
        near = _days_on(fixed.first, (last.weekday - first.weekday) % 7, ahead)
    if near is not None:
        basis, twin = fixed.basis, Meant(near, near, fixed.basis)
        a, b = (twin, fixed) if ahead else (fixed, twin)
    elif other.relative or other.year is not None or fixed.edtf != (fixed.last if ahead else fixed.first).edtf:
        beside = meant(other, frame)
        basis = beside.basis if beside and fixed.basis == "stated" else fixed.basis
        a, b = (beside, fixed) if ahead else (fixed, beside)
    else:
        basis = fixed.basis
        moved = _beside(Partial(None, other.month, other.day), fixed.last if ahead else fixed.first, ahead)
        moved_to = Meant(moved, moved, basis) if moved else None
        a, b = (moved_to, fixed) if ahead else (fixed, moved_to)
    if a is None or b is None:
        return NOTHING
    start, end = a.first, b.last
    begun, ended = start.first(), end.last()
    if not start.exists or not end.exists or (begun and ended and begun > ended):
        return NOTHING
    edtf = start.edtf if start == end else f"{start.edtf}/{end.edtf}"
    return Resolved(edtf, basis, *(_limits(start, frame.anchor) if start.year is None else (None, None)))


def _weekday_beside(said: Point, fixed: Partial, before: bool) -> Partial | None:
    """The first such weekday on or after a day, or with ``before`` the last on or before it; None without a day."""
    at = fixed.first()
    if said.weekday is None or said.week_rel is not None or fixed.day is None or at is None:
        return None
    apart = said.weekday - at.isoweekday()
    return fixed.next(-(-apart % 7) if before else apart % 7)


def _days_on(fixed: Partial, days: int, before: bool) -> Partial | None:
    """The day so many days after one without a year, or with ``before`` before it."""
    at = fixed.within(LEAP).next(-days if before else days)
    return at._replace(year=None) if at is not None else None


def _beside(said: Partial, fixed: Partial, before: bool) -> Partial | None:
    """The first ``said`` on or after ``fixed``, or with ``before`` the last one on or before it."""
    step = -1 if before else 1
    if said.month is None:
        month: Partial | None = Partial(fixed.year, fixed.month)
        turned = said.day is not None and fixed.day is not None and (said.day - fixed.day) * step < 0
        if month and month.month is not None and turned:
            month = month_after(month, step)
        found = month._replace(day=said.day) if month else None
    else:
        year = fixed.year
        turned = ((said.month, said.day or 0) < (fixed.month or 0, fixed.day or 0 if said.day else 0)) != before
        same = (said.month, said.day) == (fixed.month, fixed.day)
        if year is not None and turned and not same:
            year += step
        found = Partial(year, said.month, said.day)
    return found if found and found.exists else None


def _anniversary(mention: DateMention, frame: Frame) -> Resolved:
    """The original date: printed, or the year that follows from the number of years and a known year."""
    if mention.last is not None or mention.first.year is not None:
        origin = mention.first
        if origin.year is None and mention.last is not None and mention.last.year is not None and mention.count:
            origin = replace(origin, year=mention.last.year - mention.count)
        found = meant(origin, frame)
        return Resolved(found.edtf, "stated") if found and found.first.year is not None else NOTHING
    if mention.count is None:
        return NOTHING
    base: tuple[int | None, Basis] = (frame.anchor.year, "unit")
    if frame.published is not None and frame.published.year is not None:
        base = (frame.published.year, "published")
    year = Partial(base[0] - mention.count) if base[0] is not None else None
    return Resolved(year.edtf, base[1]) if year and year.exists else NOTHING
