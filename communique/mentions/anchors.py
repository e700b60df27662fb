"""What a date is resolved against: the day of publication, what the unit proves, what the page shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from communique.mentions.datevalues import DateMention
from communique.mentions.partial import Partial, parse

Side = Literal["past", "now", "sitting", "future", "none"]
STORY = 5
"""Years by which a unit may go on from a date that its story names."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date with a year that a unit states, and what it says of the time of writing.

    ``side`` is ``past`` (it has come), ``now`` (the text is written on this occasion or in this year), ``sitting``
    (somebody holds an office in this year, which is ``now`` where nothing else is), ``future`` (it lies ahead) or
    ``none`` (it proves nothing: a term of office, a document's number).
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
        page: dates with a year in the other units of its block (EDTF).
        written: the day that its dateline names, for *today* where the day of publication is not known (EDTF).
    """

    published: str | None = None
    year: int | None = None
    lower: str | None = None
    upper: str | None = None
    page: tuple[str, ...] = ()
    written: str | None = None


def anchor_for(
    unit_dates: Iterable[Dated | str], published: str | None = None, page_dates: Iterable[str] = ()
) -> Anchor:
    """Return the anchor of a unit from the dates with years that it and its page state.

    A plain string among ``unit_dates`` is a past date. Dates without a year are passed over.
    """
    lower: tuple[tuple[int, int, int], Partial] | None = None
    upper: tuple[tuple[int, int, int], Partial] | None = None
    years: set[int] = set()
    sitting: set[int] = set()
    for item in unit_dates:
        entry = Dated(item) if isinstance(item, str) else item
        ends = parse(entry.edtf)
        if ends is None or ends[0].year is None or ends[1].year is None or entry.side == "none":
            continue
        if entry.side in ("now", "sitting"):
            (years if entry.side == "now" else sitting).add(ends[1].year)
        if entry.side == "future":
            key = _key(ends[0])
            upper = (key, ends[0]) if upper is None or key < upper[0] else upper
        else:
            key = _key(ends[1])
            lower = (key, ends[1]) if lower is None or key > lower[0] else lower
    year = years.pop() if len(years) == 1 else None
    if year is not None and lower and (lower[1].year or 0) > year + STORY:
        year = None  # much later years have come: *founded on 30 January 1950* at the head is no day of the text
    if not years and year is None and len(sitting) == 1 and not (lower and (lower[1].year or 0) > max(sitting)):
        year = sitting.pop()
    if year is None and lower and upper and lower[1].year == upper[1].year:
        year = lower[1].year
    known = (edtf for edtf in dict.fromkeys(page_dates) if (ends := parse(edtf)) and ends[0].year is not None)
    return Anchor(published, year, lower[1].edtf if lower else None, upper[1].edtf if upper else None, tuple(known))


def dated(mentions: Sequence[DateMention], title_end: int = 0) -> list[Dated]:
    """Return what the mentions of a unit that print their year say of its time, each by the words around it.

    A year in the title (before ``title_end``) and the day of the lead, where it prints its year, are the unit's
    own: ``now``. So are what is celebrated and what is said to be the occasion.
    """
    found: list[Dated] = []
    lead = True
    for mention in mentions:
        end = mention.last or mention.first
        if end.year is not None and (date := Partial(end.year, end.month, end.day)).exists:
            found.append(Dated(date.edtf, _side(mention, lead, mention.end <= title_end)))
        if mention.kind != "anniversary" and end.finest in ("day", "month"):
            lead = False
    return found


def _side(mention: DateMention, lead: bool, title: bool) -> Side:
    """What a mention with a year proves."""
    if mention.term or mention.bound == "since":
        return "none"
    if mention.sitting:
        return "future" if mention.ahead else "sitting"
    if mention.kind == "anniversary" and mention.last is not None or mention.occasion:
        return "now"
    if mention.bound in ("until", "before") or mention.ahead:
        return "future"
    day = mention.kind in ("day", "range") and mention.first.finest == "day"
    if mention.bound is None and (lead and day or title and mention.kind != "period"):
        return "now"
    return "past"


def _key(date: Partial) -> tuple[int, int, int]:
    return date.year or 0, date.month or 0, date.day or 0
