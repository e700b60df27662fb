"""EDTF dates as a first and a last day, for ordering and for filters."""

from __future__ import annotations

import calendar
import re

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_SEASON = {"21": (3, 5), "22": (6, 8), "23": (9, 11), "24": (12, 12)}
_DECADE = re.compile(r"(\d{2})(?:(\d)X|XX)")


def _one(date: str) -> tuple[str, str] | None:
    date = date.strip().rstrip("~?%")
    decade = _DECADE.fullmatch(date)
    if decade:
        low, high = (decade[1] + (decade[2] or "0") + "0", decade[1] + (decade[2] or "9") + "9")
        return f"{low}-01-01", f"{high}-12-31"
    date = re.sub(r"-XX(?:-XX)?$", "", date)
    found = _DATE.fullmatch(date)
    if not found:
        return None
    year, month, day = found.groups()
    if month is None:
        return f"{year}-01-01", f"{year}-12-31"
    if month in _SEASON:
        first, last = _SEASON[month]
    elif 1 <= int(month) <= 12:
        first = last = int(month)
    else:
        return None
    if day is not None:
        if not 1 <= int(day) <= 31:
            return None
        return date, date
    end = calendar.monthrange(max(int(year), 1), last)[1]
    return f"{year}-{first:02}-01", f"{year}-{last:02}-{end:02}"


def bounds(date: str | None) -> tuple[str, str] | None:
    """Return the first and the last day (``YYYY-MM-DD``) that an EDTF date can mean; None where it bounds nothing.

    An open end of an interval is taken as the far end of time; a date without a year bounds nothing.
    """
    if not date:
        return None
    if "/" not in date:
        return _one(date)
    start, _, end = date.partition("/")
    first, last = _one(start), _one(end)
    if first is None and last is None:
        return None
    return (first[0] if first else "0000-01-01", last[1] if last else "9999-12-31")


def is_day(date: str | None) -> bool:
    """Tell whether a date is a day, or a span of days, with its year."""
    if not date:
        return False
    return all(re.fullmatch(r"\d{4}-\d{2}-\d{2}", part) for part in date.split("/"))
