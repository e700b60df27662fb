"""Find the dates of a text by the grammar of a language pack."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from communique.loader.dategrammar import BLANK, LIMITS, Said
from communique.loader.dates import DatesPack
from communique.mentions.datevalues import Bound, DateMention, Point
from communique.mentions.headings import under_years

_POINT = frozenset(field.name for field in fields(Point))
_COARSER: Mapping[str, tuple[str, ...]] = {"day": ("month", "year"), "month": ("year",), "year": ()}
_MEMBERS = 8  # of a list whose members lack their unit
_REACH = 12  # letters within which a word of occasion or outlook still belongs to a date
_PLAN, _PASSED = 60, 90  # letters: from a span of years back to the word for its plan; from a year to the years since
_LATER = ({"day"}, {"weekday"}, {"day", "month"})  # what may be said of the later of two days
_LEAD = 24  # letters of a word that opens a range
_CLAUSE = re.compile("[,.;:!?\u3002\n]")
_SENTENCE = re.compile(r"[.;!?\u3002\uff1b\n]")
_OPEN = re.compile(BLANK + r"{0,2}\(" + BLANK + "{0,2}")
_CLOSE = re.compile(BLANK + r"{0,2}\)")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?![\w/-]|[.,][0-9]| [a-z])")  # *2018, 2000 soldiers* is a number of them
_WIDE = re.compile("[\uff01-\uff5e]")
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}  # wide forms of ASCII, one to one


def find(text: str, pack: DatesPack) -> list[DateMention]:
    """Return the dates of ``text`` in order, none overlapping another; time is linear in its length."""
    if _WIDE.search(text):
        text = text.translate(_NARROW)
    finder = _Finder(text, pack)
    gate, heads = pack.grammar.gate, pack.grammar.heads
    found: list[DateMention] = []
    at = 0
    while match := gate.search(text, at):
        here = match.start()
        behind = heads[text[here]]
        if behind is not None and text[here + 1 : here + 2] not in behind:
            at = here + 1
            continue
        mentions, at = finder.read(here, found[-1] if found else None)
        if mentions and mentions[-1].kind == "year" and mentions[-1].last is None:
            mentions += finder.more_years(mentions[-1])
            at = mentions[-1].end
        found.extend(mentions)
        at = max(at, here + 1)
    return under_years(text, found)


class _Finder:
    """Reads the mention that begins at a place of one text."""

    def __init__(self, text: str, pack: DatesPack) -> None:
        self.text, self.words, self.grammar = text, pack.around, pack.grammar

    def read(self, at: int, before: DateMention | None) -> tuple[list[DateMention], int]:
        """Return what begins at ``at`` (nothing, one date, or the members of a list) and where to go on."""
        opened = self.grammar.opening.at(self.text, at)
        if opened is not None:
            found = self._opened(opened, before)
            if found:
                return found, found[-1].end
        said = self.grammar.standing.at(self.text, at)
        if said is None:
            return [], at + 1
        if said.role == "skip":
            return [], said.end
        mention = self._anniversary(said) if said.role == "anniversary" else self._whole(said, before)
        return [mention], mention.end

    def more_years(self, year: DateMention) -> list[DateMention]:
        """Further years of a list, bare numbers that rise up to one behind a word: *in 2002, 2003[, 2004 and 2005]*."""
        out: list[DateMention] = []
        ended, last, end = 0, year.first.year or 0, year.end
        while len(out) < _MEMBERS and (joint := self.words.lists.match(self.text, end)):
            joint = self.words.lists.match(self.text, joint.end()) or joint  # *2003, and 2004*
            m = _YEAR.match(self.text, joint.end())
            if m is None or int(m.group()) <= last:
                break
            last, end = int(m.group()), m.end()
            out.append(self._finished(m.start(), end, Point(year=last), None, None))
            ended = len(out) if any(c.isalpha() for c in joint.group()) else ended
        return out[:ended]

    def _opened(self, opened: Said, before: DateMention | None, depth: int = 0) -> list[DateMention]:
        """A range or list whose first member lacks its unit: 9-10 December; 3, 4 and 5 April."""
        for connector, listed in ((self.words.to, False), (self.words.lists, True)):
            joint = connector.match(self.text, opened.end)
            second = self.grammar.following.at(self.text, joint.end()) if joint else None
            if second is not None:
                last, end = self._tail(second)
                first = _opening(opened.fields, last, second.role == "close")
                if first is None:
                    continue
                if not listed:
                    return [self._finished(opened.start, end, first, last, before)]
                first, last = _shared(first, last)
                spanned = joint is not None and self._opens(opened.start) and self.words.joins.match(joint.group())
                if not depth and joint and (spanned or self._runs(joint, first, last)):
                    return [self._finished(opened.start, end, first, last, before)]
                rest = [self._finished(second.start, end, last, None, None)]
            elif joint and listed and depth < _MEMBERS:
                more = self.grammar.opening.at(self.text, joint.end())
                rest = self._opened(more, None, depth + 1) if more and set(more.fields) == {"number"} else []
                lent = _opening(opened.fields, rest[0].first, False) if rest and rest[0].last is None else None
                if lent is None:
                    continue
                first = lent
                rest = [replace(m, first=_shared(first, m.first)[1]) for m in rest]
                if not depth and self._follow([_shared(first, rest[0].first)[0], *(m.first for m in rest)], rest):
                    return [self._finished(opened.start, rest[-1].end, first, rest[-1].first, before)]
            else:
                continue
            return [self._finished(opened.start, opened.end, first, None, before), *rest]
        return []

    def _follow(self, days: list[Point], rest: list[DateMention]) -> bool:
        """Whether the days of a list follow one another, a word of a list before the last: *3, 4 and 5 April*."""
        word = self.words.fold(self.text[rest[-2].end : rest[-1].start].strip()) if len(rest) > 1 else ""
        near = all(
            a.day is not None and b.day == a.day + 1 and (a.month, a.year) == (b.month, b.year)
            for a, b in zip(days, days[1:], strict=False)
        )
        return word in self.words.runs and near and all(m.kind == "day" for m in rest)

    def _whole(self, said: Said, before: DateMention | None) -> DateMention:
        first, end = self._tail(said)
        if before is not None and not first.relative and said.role != "part":
            gap = self.words.lists.fullmatch(self.text, before.end, said.start) if said.start - before.end < 8 else None
            if gap and before.kind != "anniversary" and (before.kind != "year" or self._heads(before, first)):
                first = _shared(before.last or before.first, first)[1]
        found = self._second(first, end, said.start)
        if found is None:
            return self._finished(said.start, end, first, None, before)
        last, end = found
        return self._finished(said.start, end, first, last, before)

    def _heads(self, year: DateMention, first: Point) -> bool:
        """Whether a year may be that of the day behind it: not where it ends a clause (*went in 2010, on 5 May*)."""
        return first.finest == "year" or not self.text[max(0, year.start - 2) : year.start].strip()[-1:].isalnum()

    def _second(self, first: Point, at: int, start: int) -> tuple[Point, int] | None:
        """The other end of a range whose first end stands from ``start`` to ``at``."""
        if first.finest is None:
            return None
        for connector, closed in ((self.words.to, False), (self.words.joins, True)):
            joint = connector.match(self.text, at)
            second = self.grammar.following.at(self.text, joint.end()) if joint else None
            if second is None:
                continue
            last, end = self._tail(second)
            if last.finest is None or (second.role == "close" and last.finest != first.finest):
                continue
            if closed:
                close = self.words.closes.match(self.text, end)
                if close is None and not self._opens(start):
                    continue
                end = close.end() if close else end
            return last, end
        last, end = first, at
        while joint := self.words.lists.match(self.text, end) if self.words.runs else None:
            second = self.grammar.following.at(self.text, joint.end())
            if second is None or (second.role != "close" and set(second.fields) not in _LATER):
                return None
            more, stop = self._tail(second)
            follows = more.finest == last.finest == "day" and last.day is not None and more.day == last.day + 1
            if not follows and not _next_day_of_week(last, more):
                return None
            if self._runs(joint, *_shared(last, more)):
                return more, stop
            last, end = _shared(last, more)[1], stop
        return None

    def _opens(self, start: int) -> bool:
        """Whether a word right before a date says that a range begins: *between 2010 and 2015*."""
        before = self.words.fold(self.text[max(0, start - _LEAD) : start].rstrip())
        return bool(self.words.opens) and before.endswith(self.words.opens)

    def _runs(self, joint: re.Match[str], first: Point, last: Point) -> bool:
        """Whether a word of a list joins a day and the next of its month: *on 5 and 6 March*."""
        days = first.day is not None and last.day is not None and last.day == first.day + 1
        days = days or _next_day_of_week(first, last)
        word = self.words.fold(joint.group().strip())
        return word in self.words.runs and days and (first.month, first.year) == (last.month, last.year)

    def _tail(self, said: Said) -> tuple[Point, int]:
        """What ``said`` says with the parts of the day, clock times and weekdays behind it."""
        point, end = _point(said.fields), said.end
        if point.finest not in ("day", None):
            return point, end
        for _ in range(3):
            at = end
            while at < len(self.text) and at < end + 2 and self.text[at] in " \t\u00a0\u3000":
                at += 1
            more = self.grammar.tail.at(self.text, at)
            if more is None:
                break
            extra = _point(more.fields)
            point = replace(
                point,
                part=extra.part or point.part,
                hour=point.hour if extra.hour is None else extra.hour,
                minute=point.minute if extra.minute is None else extra.minute,
            )
            end = more.end
        if point.hour is not None and (joint := self.words.to.match(self.text, end)):
            until = self.grammar.tail.at(self.text, joint.end())
            end = until.end if until and until.fields.get("hour") is not None else end
        return point, end

    def _anniversary(self, said: Said) -> DateMention:
        """A number of years since a date; the two dates may follow in brackets."""
        count, end = said.fields.get("count"), said.end
        first, last = Point(), None
        bracket = _OPEN.match(self.text, end)
        if bracket:
            inner, _ = self.read(bracket.end(), None)
            close = _CLOSE.match(self.text, inner[0].end) if len(inner) == 1 else None
            if close and inner[0].kind in ("range", "day", "month", "year", "period"):
                first, last, end = inner[0].first, inner[0].last, close.end()
        mention = DateMention(said.start, end, "anniversary", first, last, count=count)
        return replace(mention, occasion=self._occasion(end), ahead=self._ahead(said.start))

    def _finished(
        self, start: int, end: int, first: Point, last: Point | None, before: DateMention | None
    ) -> DateMention:
        """The mention with the words around it that belong to it."""
        floor = before.end if before else 0
        bound: Bound | None = None
        part = (last.part if last else None) or first.part
        kind = "range" if last else _kind(first)
        term = False
        if last is not None:
            first, last = _shared(first, last)
            start = self._lead(start, floor)
        part_year = last is None and (first.half is not None or first.quarter is not None)
        if part_year and self.words.term.match(self.text, end) is not None:
            term = True  # *took over the chair of the second half of the year*
        if kind in ("range", "year") and first.finest == "year":
            period = self.words.period.match(self.text, end)
            if period:
                kind, end = "period", period.end()
            term = self.words.term.match(self.text, end) is not None or bool(
                self.words.term_before.search(self.text, max(floor, start - _REACH), start)
            )
            term = term or (last is not None and self._of_plan(start, end))
        ahead = (
            self._ahead(start, self.words.reach if first.year else _REACH)
            or self.words.ahead.match(self.text, end) is not None
        )
        sits = kind == "year" and last is None and self._sits(start, end)
        if last is None and kind != "part_only":
            start, end, bound = self._bound(start, end, floor)
        origin = last is None and not term and self._origin(start, end, first.year is not None)
        return DateMention(
            start, end, kind, first, last, part, bound, term, occasion=self._occasion(end), ahead=ahead,
            sitting=sits, origin=origin, age=self._age(start, end) if origin else None,
            come=bound == "until" and self.words.fold(self.text[start:end]).startswith(self.words.come),
        )  # fmt: skip

    def _lead(self, start: int, floor: int) -> int:
        for word in self.words.leads:
            at = start - len(word)
            if at >= floor and self.words.fold(self.text[at:start]) == word:
                return at
        return start

    def _bound(self, start: int, end: int, floor: int) -> tuple[int, int, Bound | None]:
        after = self.words.bound.match(self.text, end)
        bound = self.words.bounds.get(self.words.fold(after.group(1))) if after else None
        if after:
            end = after.end()
        for word, prefixed in self.words.prefixes:
            at = start - len(word)
            if at < floor or self.words.fold(self.text[at:start]) != word:
                continue
            if not self.words.fold(self.text[max(0, at - 8) : at]).endswith(self.words.undone):
                return at, end, bound or prefixed
        return (self._lead(start, floor) if bound == "since" else start), end, bound

    def _sits(self, start: int, end: int) -> bool:
        """Whether a year is that of an office which somebody holds in it."""
        if self.words.sitting.match(self.text, end) is not None:
            return True
        return self.words.sitting_before.search(self.text, max(0, start - _PLAN), start) is not None

    def _origin(self, start: int, end: int, year: bool) -> bool:
        """Whether something old began on a date: the words for it stand right behind it or right before it."""
        w, aside = self.words, self.words.origin_aside.match(self.text, end)
        before = year and w.origin_before.search(self.text, max(0, start - _PLAN), start)
        return bool(aside or before or (year and w.origin.match(self.text, end)))

    def _age(self, start: int, end: int) -> int | None:
        """The years that are said to have passed since a date, behind it or else before it."""
        m = self.words.elapsed.search(self.text, end, end + _PASSED)
        floor = max(0, start - _PASSED)
        for stop in _SENTENCE.finditer(self.text, floor, start):
            floor = stop.end()
        m = m or self.words.elapsed.search(self.text, floor, start)
        return int(m.group(m.lastindex or 0)) if m else None

    def _of_plan(self, start: int, end: int) -> bool:
        """Whether a range of years is the span of a plan or text: *the action plan for 2021-2025*."""
        before = self.words.plan_before.search(self.text, max(0, start - _PLAN), start)
        return before is not None or self.words.plan.match(self.text, end) is not None

    def _occasion(self, end: int) -> bool:
        stop = _CLAUSE.search(self.text, end, end + _REACH)
        return self.words.occasion.search(self.text, end, stop.start() if stop else end + _REACH) is not None

    def _ahead(self, start: int, reach: int = _REACH) -> bool:
        floor = max(0, start - reach)
        for stop in _CLAUSE.finditer(self.text, floor, start):
            floor = stop.end()
        return self.words.ahead.search(self.text, floor, start) is not None


def _point(said: Mapping[str, Any]) -> Point:
    """The fields of a form as a point; short years and eras become years."""
    given = {name: value for name, value in said.items() if name in _POINT}
    for name in ("yy", "zero_year"):
        if name in said:
            given["year"] = said[name] + (2000 if said[name] < 50 else 1900)
    if "few" in said:
        given["count"] = said["few"]
    if "era" in said and "count" in given:
        given["year"] = said["era"] + given.pop("count")
    return Point(**given)


def _next_day_of_week(first: Point, last: Point) -> bool:
    """Whether two days are told by the week alone, the one right behind the other: *on Tuesday and Wednesday*."""
    days = replace(first, weekday=None), replace(last, weekday=None)
    return days == (Point(), Point()) and first.weekday is not None and last.weekday == first.weekday % 7 + 1


def _opening(opened: Mapping[str, Any], last: Point, bare: bool) -> Point | None:
    """The first member of a range or list, its number read in the unit of ``last``; None where that cannot be."""
    level = last.finest
    if level is None or getattr(last, level) is None or any(name in opened for name in ("day", level)):
        return None
    if bare and level == "day" and last.month is None and "month" not in opened:
        return None  # two bare numbers are no days
    low, high = LIMITS[level]
    first = _point({**opened, level: opened["number"]})
    if not low <= opened["number"] <= high or any(getattr(first, name) is None for name in _between(first, level)):
        return None
    return None if level == "year" and opened["number"] >= (last.year or 0) else first


def _between(point: Point, level: str) -> tuple[str, ...]:
    """The parts between the coarsest that is said and ``level``: all must be said."""
    said = [name for name in ("year", "month", "day") if getattr(point, name) is not None]
    order = ("year", "month", "day")
    return order[order.index(said[0]) : order.index(level)] if said else ()


DECEMBER = 12


def _shared(first: Point, last: Point) -> tuple[Point, Point]:
    """Two points joined by the text lend each other the coarser parts that one of them leaves out."""
    for name in _COARSER.get(last.finest or "year", ()):
        if getattr(last, name) is None and not (name == "year" and last.relative):
            last = replace(last, **{name: getattr(first, name)})
            if name == "year" and last.year is None:
                last = replace(last, year_rel=first.year_rel, ref=last.ref or first.ref)
    turned = first.month is None and first.day is not None and first.day > (last.day or first.day)
    if turned and last.month is not None and first.year is None and not first.relative:
        month = last.month - 1 or DECEMBER  # *from the 28th to 4 November*
        year = last.year - (month == DECEMBER) if last.year is not None else None
        return replace(first, month=month, year=year, year_rel=first.year_rel or last.year_rel), last
    for name in _COARSER.get(first.finest or "year", ()):
        if getattr(first, name) is None and not first.relative:
            value = getattr(last, name)
            if name == "year" and value is not None and _later(first, last):
                value -= 1
            first = replace(first, **{name: value})
    return first, last


def _later(first: Point, last: Point) -> bool:
    """Whether ``first`` stands later in a year than ``last``: then it belongs to the year before."""
    return (first.month or 0, first.day or 0) > (last.month or 0, last.day or 0) and first.month is not None


def _kind(point: Point) -> str:
    if point.finest is None and point.part is not None or point.finest is None and point.hour is not None:
        return "part_only"
    if point.decade is not None:
        return "decade"
    if point.relative:
        return "relative"
    if point.share is not None:
        return "period"
    return point.finest or "relative"
