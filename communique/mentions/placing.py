"""Place one point of time: its year and month from the words, publication, the unit, the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from communique.mentions.anchors import STORY, Anchor
from communique.mentions.datevalues import Basis, Mood, Point
from communique.mentions.partial import LEAP, Partial, of_day, parse

_PAGE_DAYS = 62  # the codebook's "within two months"
_COME_DAYS = 100  # of what has come a story names what came in the last months
_NEXT_DAYS = 10  # a bare day that lies ahead is of the month of the day named before, if so near
_MONTH_DAYS = 31
_SOON_DAYS, _LONG_DAYS = 7, 21  # a bare day that comes so soon, and came so long ago, lies ahead
DAYS = {"day": 1, "week": 7}  # of units that days make up
_SLACK = timedelta(days=1)  # local time and the outlet's may differ by a day


@dataclass(frozen=True, slots=True)
class Frame:
    """What one resolution knows: the anchor, the day of publication, the date named before, the mood."""

    anchor: Anchor
    published: Partial | None
    context: Partial | None
    mood: Mood | None


@dataclass(frozen=True, slots=True)
class Meant:
    """First and last part of what a point means (the same for a plain date); ``code`` is EDTF that no parts write."""

    first: Partial
    last: Partial
    basis: Basis | None
    code: str | None = None

    @property
    def edtf(self) -> str:
        """It in EDTF."""
        return self.code or (self.first.edtf if self.first == self.last else f"{self.first.edtf}/{self.last.edtf}")


def meant(point: Point, frame: Frame) -> Meant | None:
    """Return what a point means, or None where the words give no date."""
    if point.decade is not None:
        return _decade(point, frame)
    if point.week_rel is not None and point.weekday is None:
        return _week(point, frame)
    if point.share is not None:
        return _share(point, frame)
    if point.relative:
        placed = _relative(point, frame)
    else:
        said = Partial(point.year, point.month, point.day)
        if not said.exists:
            return None
        placed = (said, "stated") if said.year is not None else place(said, frame)
    return Meant(placed[0], placed[0], placed[1]) if placed and placed[0].exists else None


def place(said: Partial, frame: Frame) -> tuple[Partial, Basis | None]:
    """Return a date without a year with the year (and, for a bare day, the month) that the frame gives it."""
    if said.month is None:
        return _month_of(said, frame)
    if frame.published is not None:
        found = _nearest((said.within(y) for y in _years_near(frame.published)), frame.published, frame.mood)
        if found:
            return found, "published"
    year = _own_year(said, frame)
    if year is not None and said.within(year).exists:
        return said.within(year), "unit"
    page = _page_year(said, frame.anchor)
    return (said.within(page), "page") if page is not None else (said, None)


def month_after(month: Partial, step: int) -> Partial | None:
    """Return the month ``step`` months later; an unknown year stays unknown."""
    if month.month is None:
        return None
    moved = Partial(LEAP if month.year is None else month.year, month.month).next(step)
    return moved._replace(year=None) if moved and month.year is None else moved


def _years_near(published: Partial) -> Iterable[int]:
    year = published.year or LEAP
    return range(year - 8, year + 9) if published.month is not None else (year,)


def _nearest(candidates: Iterable[Partial], published: Partial, mood: Mood | None) -> Partial | None:
    """The candidate next to publication on the side that the mood names."""
    since, until = published.first(), published.last()
    if since is None or until is None:
        return None
    spans = [(c, f, t) for c in candidates if c.exists and (f := c.first()) and (t := c.last())]
    if mood == "held":
        past = [(f, c) for c, f, _ in spans if f - until <= _SLACK]
        return max(past, key=lambda p: p[0])[1] if past else None
    if mood in ("planned", "proposed"):
        future = [(f, c) for c, f, t in spans if t >= since]
        return min(future, key=lambda p: p[0])[1] if future else None
    near = [(max(f - until, since - t, timedelta()), c) for c, f, t in spans]
    return min(near, key=lambda p: p[0])[1] if near else None


def _own_year(said: Partial, frame: Frame) -> int | None:
    """The year that the unit proves: its own, that of the date named before, the only one between its bounds."""
    if frame.anchor.year is not None:
        return frame.anchor.year
    lower, upper = parse(frame.anchor.lower), parse(frame.anchor.upper)
    told = frame.context.year if frame.context is not None and frame.context.month is not None else None
    if told is not None and not (lower and (lower[1].year or 0) > told + STORY):
        return told
    story = parse(frame.anchor.story)
    near = _soon_after(said, story[1] if story else None, upper[0] if upper else None)
    if near is not None:
        return near
    if lower is None or upper is None:
        return None
    since, until = lower[0].first(), upper[1].last()
    if since is None or until is None or until.year - since.year > 2:
        return None
    years = range(since.year, until.year + 1)
    fits = [y for y in years if (a := said.last(y)) and (b := said.first(y)) and a >= since and b <= until]
    return fits[0] if len(fits) == 1 else None


def _soon_after(said: Partial, lower: Partial | None, upper: Partial | None) -> int | None:
    """The year that puts a date within some months of the latest day or month that the unit shows to have come.

    Later than a month after it only where what lies ahead (``upper``) does not begin years after.
    """
    if lower is None or lower.month is None or lower.year is None:
        return None
    first, last = lower.first(), lower.last()
    for year in (lower.year, lower.year + 1) if first and last else ():
        since, until = said.first(year), said.last(year)
        far = upper is not None and (upper.year or 0) > year + 1
        reach = _MONTH_DAYS if far else _COME_DAYS
        if since and until and first and last and first <= until and (since - last).days <= reach:
            return year
    return None


def _page_year(said: Partial, anchor: Anchor) -> int | None:
    """The one year that puts the date within two months of a date on the page; of two, the one within one month."""
    away: dict[int, int] = {}
    for edtf in anchor.page:
        ends = parse(edtf)
        if ends is None or ends[0].year is None or ends[0].month is None:
            continue
        since, until = ends[0].first(), ends[1].last()
        if since is None or until is None:
            continue
        for year in range(since.year - 1, until.year + 2):
            first, last = said.first(year), said.last(year)
            if first and last:
                away[year] = min(away.get(year, _PAGE_DAYS + 1), max((since - last).days, (first - until).days, 0))
    for reach in (_PAGE_DAYS, _PAGE_DAYS // 2):
        years = [year for year, days in away.items() if days <= reach]
        if len(years) == 1:
            return years[0]
    return None


def _month_of(said: Partial, frame: Frame) -> tuple[Partial, Basis | None]:
    """A bare day with its month: next to publication, else to the date named before, else to the dateline's day."""
    base, told = frame.published, frame.context
    if frame.mood in ("planned", "proposed") and told is not None and told.year is not None and told.day is not None:
        found = _nearest(_days_near(told, said), told, frame.mood)
        if found and (a := found.first()) and (b := told.first()) and (a - b).days <= _NEXT_DAYS:
            return found, "unit"
    if base is not None and base.month is not None:
        found = _soon(base, said, told) if frame.mood == "held" else None
        found = found or _nearest(_days_near(base, said), base, frame.mood)
        if found:
            return found, "published"
    wired = parse(frame.anchor.written)
    base = told or (wired[0] if wired else None)
    if base is None or base.month is None:
        return said, None
    known = base if base.year is not None else base.within(LEAP)
    same = known._replace(day=said.day)
    found = same if known.day is None else _nearest(_days_near(known, said), known, None)
    if found is None or not found.exists:
        return said, None
    return (found, "unit") if base.year is not None else (found._replace(year=None), None)


def _soon(base: Partial, said: Partial, told: Partial | None) -> Partial | None:
    """A bare day that comes in the days after publication, and came last some weeks before: it lies ahead.

    Not where the day ``told`` before lies further back: the story goes on from that one.
    """
    before = told.first() if told is not None and told.day is not None and told.year is not None else None
    ahead, back = (_nearest(_days_near(base, said), base, mood) for mood in ("planned", "held"))
    a, b, day = (p.first() if p is not None else None for p in (ahead, back, base))
    if a is None or b is None or day is None or base.day is None:
        return None
    if before is not None and abs((day - before).days) > _SOON_DAYS:
        return None
    return ahead if (a - day).days <= _SOON_DAYS and (day - b).days >= _LONG_DAYS else None


def _days_near(base: Partial, said: Partial) -> list[Partial]:
    months = [Partial(base.year, base.month).next(step) for step in range(-2, 3)]
    return [month._replace(day=said.day) for month in months if month]


def _base_year(point: Point, frame: Frame) -> tuple[int | None, Basis | None]:
    """The year of a point: said, or counted from publication, from the date before, or from the unit's own year."""
    if point.year is not None:
        return point.year, "stated"
    if point.ref == "context":
        known = frame.context.year if frame.context else None
        return (known + (point.year_rel or 0), "unit") if known is not None else (None, None)
    if frame.published is not None and frame.published.year is not None:
        return frame.published.year + (point.year_rel or 0), "published"
    if frame.anchor.year is not None:
        return frame.anchor.year + (point.year_rel or 0), "unit"
    if frame.context is not None and frame.context.year is not None and frame.context.month is not None:
        return frame.context.year + (point.year_rel or 0), "unit"
    return None, None


def _relative(point: Point, frame: Frame) -> tuple[Partial, Basis | None] | None:
    """A point counted from another."""
    if point.weekday is not None:
        return _weekday(point, frame)
    base = frame.context if point.ref == "context" else frame.published
    basis: Basis = "unit" if point.ref == "context" else "published"
    if point.day_rel is not None:
        wired = parse(frame.anchor.written) if base is None and point.ref != "context" else None
        return _day_from(wired[0], point.day_rel, "unit") if wired else _day_from(base, point.day_rel, basis)
    if point.unit is not None:
        return _distant(point, base or frame.published, basis if base else "published")
    if point.month_rel is not None:
        wired = parse(frame.anchor.written or frame.anchor.lead) if base is None else None
        base, basis = (wired[0], "unit") if wired else (base, basis)
        if base is None or base.month is None:
            return (Partial(None, None, point.day), None) if point.day else None
        month = month_after(Partial(base.year, base.month), point.month_rel + 12 * (point.year_rel or 0))
        return (month._replace(day=point.day), basis) if month else None
    year, basis_of_year = _base_year(point, frame)
    said = Partial(year, point.month, point.day)
    if year is None and point.month is not None and point.ref is None and point.year_rel == 0:
        page = _page_year(said, frame.anchor)
        return (said.within(page), "page") if page is not None else (said, None)
    return (said, basis_of_year) if said.exists else None


def _day_from(base: Partial | None, days: int, basis: Basis) -> tuple[Partial, Basis | None] | None:
    if base is None or base.day is None:
        return None
    if base.month is None:
        return (base, None) if days == 0 else None
    moved = (base if base.year is not None else base.within(LEAP)).next(days)
    if moved is None:
        return None
    return (moved, basis) if base.year is not None else (moved._replace(year=None), None)


def _distant(point: Point, base: Partial | None, basis: Basis) -> tuple[Partial, Basis | None] | None:
    """So many days, weeks, months or years before or after; as precise as the unit that is counted."""
    if base is None or point.count is None:
        return None
    steps = point.count * (point.sign or 1)
    if point.unit in DAYS:
        return _day_from(base, steps * DAYS[point.unit], basis)
    if base.year is None:
        return None
    if point.unit == "year":
        found: Partial | None = Partial(base.year + steps)
    elif point.unit == "month":
        found = Partial(base.year, base.month).next(steps) if base.month is not None else None
    else:
        found = None
    return (found, basis) if found else None


def _weekday(point: Point, frame: Frame) -> tuple[Partial, Basis | None] | None:
    today = frame.published.first() if frame.published and frame.published.day is not None else None
    basis: Basis = "published"
    sided = today is not None
    if today is None and frame.published is None:
        wired = parse(frame.anchor.written)
        if wired is not None and wired[0].year is None:
            if frame.anchor.weekday is not None:
                return _weekday_of(point, wired[0], frame, True)
            wired = None
        lead = parse(frame.anchor.lead)
        if wired is None and lead is not None and lead[0].year is None:
            return _weekday_of(point, lead[0], frame, False)
        told = wired or parse(frame.anchor.story)  # the latest day that the unit names: the one next to it is meant
        own = told is not None and told[1].day is not None and frame.anchor.year in (None, told[1].year)
        today, basis, sided = (told[1].first() if told and own else None), "unit", wired is not None
    if today is None or point.weekday is None:
        return None
    away = _away(point, today.isoweekday(), frame.mood, sided)
    found = of_day(today).next(away)
    return (found, basis) if found else None


def _away(point: Point, today: int, mood: Mood | None, sided: bool) -> int:
    """How many days a day of the week lies from a day, which is one itself; ``sided``: that is the day of writing."""
    away = (point.weekday or 0) - today
    if point.week_rel is not None:
        away += 7 * point.week_rel
    elif sided and mood == "held" and away > 0:
        away -= 7
    elif sided and mood in ("planned", "proposed") and away < 0:
        away += 7
    elif (not sided or mood not in ("held", "planned", "proposed")) and abs(away) > 3:
        away -= 7 if away > 0 else -7
    return away


def _weekday_of(point: Point, written: Partial, frame: Frame, sided: bool) -> tuple[Partial, Basis | None] | None:
    """A day of the week beside a day without a year whose own is known; ``sided``: that is the day of writing."""
    if written.month is None or written.day is None:
        return None
    moved = written.within(LEAP).next(_away(point, frame.anchor.weekday or 0, frame.mood, sided))
    return (moved._replace(year=None), None) if moved else None


def _week(point: Point, frame: Frame) -> Meant | None:
    """A week counted from publication: its seven days, its last two, or its month."""
    today: date | None = frame.published.first() if frame.published and frame.published.day is not None else None
    basis: Basis = "published"
    if today is None and frame.published is None:
        wired = parse(frame.anchor.written or frame.anchor.lead)
        today, basis = (wired[0].first() if wired and wired[0].day and wired[0].year else None), "unit"
    if today is None:
        return None
    monday = 7 * (point.week_rel or 0) - today.weekday()
    first, last = of_day(today).next(monday + (5 if point.weekend else 0)), of_day(today).next(monday + 6)
    if point.by_month and first and last and first.month == last.month:
        first = last = Partial(first.year, first.month)
    return Meant(first, last, basis) if first and last else None


def _share(point: Point, frame: Frame) -> Meant | None:
    """A quarter, half or season of a year, or some months at its start or end."""
    year, basis = _base_year(point, frame)
    if year is None or not Partial(year).exists:
        return None
    if point.season is not None:
        return Meant(Partial(year), Partial(year), basis, f"{year:04d}-{point.season}")
    first, last = point.months or (1, 12)
    start, end = Partial(year, first), Partial(year, last)
    return Meant(start, end, basis) if start.exists and end.exists else None


def _decade(point: Point, frame: Frame) -> Meant | None:
    """A decade of a century that is named, counted from now, or (the last one gone) left out."""
    year, basis = _base_year(replace(point, year_rel=None), frame)
    century: int | None
    if point.century is not None:
        century, basis = point.century - 1, "stated"
    elif year is None:
        return None
    else:
        century = year // 100 + (point.century_rel or 0)
        ahead = frame.mood in ("planned", "proposed")
        if point.century_rel is None:
            start = century * 100 + (point.decade or 0)
            century += -1 if start > year and not ahead else 1 if ahead and start + 9 < year else 0
    start = century * 100 + (point.decade or 0)
    first, last = Partial(start), Partial(start + 9)
    return Meant(first, last, basis, f"{start // 10:03d}X") if first.exists and last.exists else None
