"""The values of the date grammar: what is said of a date, and what it was resolved to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Bound = Literal["before", "until", "since", "after"]
Mood = Literal["held", "ongoing", "planned", "proposed"]
Basis = Literal["stated", "published", "unit", "page"]


@dataclass(frozen=True, slots=True)
class Point:
    """What the words say of one date, before it is resolved; None is not said.

    ``*_rel`` are counted from the reference: the day of publication, or, with ``ref`` ``context``, the date
    that the text named before. ``count``, ``unit`` and ``sign`` are a distance from the reference. ``decade``
    is its number within the century (90), a week
    ``by_month`` is told as its month, ``opening`` and ``closing`` a number of months at the start or end of
    a year, ``third`` a third of a month, ``stage`` early, middle or late,
    ``season`` the EDTF number, ``weekday`` 1 for Monday, ``part`` the pack's name of the part of the day.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    century: int | None = None
    decade: int | None = None
    quarter: int | None = None
    half: int | None = None
    season: int | None = None
    opening: int | None = None
    closing: int | None = None
    third: int | None = None
    stage: str | None = None
    weekday: int | None = None
    weekend: bool | None = None
    day_rel: int | None = None
    week_rel: int | None = None
    by_month: bool | None = None
    month_rel: int | None = None
    year_rel: int | None = None
    century_rel: int | None = None
    ref: str | None = None
    count: int | None = None
    unit: str | None = None
    sign: int | None = None
    part: str | None = None
    hour: int | None = None
    minute: int | None = None

    @property
    def finest(self) -> str | None:
        """``day``, ``month`` or ``year``: the finest part that is said in numbers or relative words."""
        if self.day is not None or self.day_rel is not None or self.weekday is not None:
            return "day"
        if self.month is not None or self.month_rel is not None:
            return "month"
        return "year" if self.year is not None or self.year_rel is not None else None

    @property
    def share(self) -> int | None:
        """The quarter, half, season or number of months that is said of a year, whichever it is."""
        parts = (self.quarter, self.half, self.season, self.opening, self.closing)
        return next((part for part in parts if part is not None), None)

    @property
    def months(self) -> tuple[int, int] | None:
        """The first and last month of a quarter, half or some months of a year; None for anything else."""
        if self.opening is not None or self.closing is not None:
            return (1, self.opening) if self.opening is not None else (13 - (self.closing or 0), 12)
        if self.quarter is None and self.half is None:
            return None
        many = 3 if self.quarter is not None else 6
        last = many * (self.quarter or self.half or 1)
        return last - many + 1, last

    @property
    def relative(self) -> bool:
        """Whether it can only be told from the day of publication or from the date named before."""
        said = (self.day_rel, self.week_rel, self.month_rel, self.year_rel, self.century_rel, self.unit, self.weekday)
        return any(part is not None for part in said)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as a text says it: ``text[start:end]`` are its words.

    Attributes:
        kind: ``day``, ``month``, ``year``, ``decade``, ``period`` (quarter, half, season, or a span of years
            said to be a period), ``range``, ``relative``, ``anniversary`` or ``part_only`` (a part of a day alone).
        first: what is said; of a range its first end; of an anniversary the original date, where printed.
        last: the other end of a range; of an anniversary the day that is celebrated, where printed.
        part: the part of the day, as the pack names it.
        bound: what the words around it make of it: ``before``, ``until`` (inclusive), ``since`` (inclusive), ``after``.
        term: whether it is a term of office, which dates no event.
        count: the number of an anniversary.
        occasion: whether the words after it say that the text is written on this occasion.
        ahead: whether the words before it in its clause, or right behind it, say that it lies ahead.
        origin: whether something old began then (*ties since 1992*), so that no story goes on from it.
        age: the years that the words near such a date say have passed since.
        come: whether the words of a bound say that it has come (*as of June 2026*).
        sitting: whether it is the year of an office that somebody holds (*the chair of 2021*).
    """

    start: int
    end: int
    kind: str
    first: Point
    last: Point | None = None
    part: str | None = None
    bound: Bound | None = None
    term: bool = False
    count: int | None = None
    occasion: bool = False
    ahead: bool = False
    sitting: bool = False
    origin: bool = False
    age: int | None = None
    come: bool = False


@dataclass(frozen=True, slots=True)
class Resolved:
    """The date that is meant.

    Attributes:
        edtf: in EDTF, or None where the words give none.
        basis: where its year comes from: ``stated`` in the words, ``published``, the ``unit``, the ``page``;
            None where it has none.
        not_before, not_after: bounds (EDTF) that words or unit prove, where ``edtf`` alone does not say them.
    """

    edtf: str | None = None
    basis: Basis | None = None
    not_before: str | None = None
    not_after: str | None = None


NOTHING = Resolved()
