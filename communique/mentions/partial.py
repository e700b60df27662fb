"""Calendar dates of which some parts may be unknown, and their EDTF."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

LEAP = 2000  # stands for an unknown year: every day of a year exists in it
_EDTF = re.compile(r"(\d{4}|XXXX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?")


class Partial(NamedTuple):
    """A year, a month of it, a day of that; None is unknown, and a finer part may be known without a coarser."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def exists(self) -> bool:
        """Whether the calendar has such a date (29 February without a year: yes; 30 February: no)."""
        if self.year is not None and not 1 <= self.year <= 9999:
            return False
        if self.month is not None and not 1 <= self.month <= 12:
            return False
        if self.day is None:
            return self.year is not None or self.month is not None
        return 1 <= self.day <= (monthrange(self.year or LEAP, self.month)[1] if self.month else 31)

    @property
    def edtf(self) -> str:
        """The date in EDTF, unknown parts as X: ``2021-10``, ``XXXX-04-14``, ``XXXX-XX-27``."""
        text = "XXXX" if self.year is None else f"{self.year:04d}"
        if self.month is None and self.day is None:
            return text
        text += "-XX" if self.month is None else f"-{self.month:02d}"
        return text if self.day is None else f"{text}-{self.day:02d}"

    def first(self, year: int | None = None) -> date | None:
        """The first day of it, in ``year`` where its own is unknown; None where that does not exist."""
        return self._day(year, last=False)

    def last(self, year: int | None = None) -> date | None:
        """The last day of it, in ``year`` where its own is unknown; None where that does not exist."""
        return self._day(year, last=True)

    def _day(self, year: int | None, last: bool) -> date | None:
        year = self.year if self.year is not None else year
        if year is None or (self.month is None and self.day is not None):
            return None
        month = self.month or (12 if last else 1)
        try:
            return date(year, month, self.day or (monthrange(year, month)[1] if last else 1))
        except ValueError:
            return None

    def within(self, year: int) -> Partial:
        """This date in ``year``."""
        return Partial(year, self.month, self.day)

    def next(self, steps: int = 1) -> Partial | None:
        """The date so many steps of its own precision later; None where parts are unknown or it leaves the calendar."""
        if self.year is None:
            return None
        if self.day is not None:
            at = self.first()
            try:
                return of_day(at + timedelta(days=steps)) if at else None
            except OverflowError:
                return None
        if self.month is None:
            found = Partial(self.year + steps)
        else:
            years, month = divmod(self.year * 12 + self.month - 1 + steps, 12)
            found = Partial(years, month + 1)
        return found if found.exists else None


def of_day(day: date) -> Partial:
    """Return a full date."""
    return Partial(day.year, day.month, day.day)


@lru_cache(maxsize=4096)
def parse(edtf: str | None) -> tuple[Partial, Partial] | None:
    """Return first and last part of an EDTF date or interval (``..`` and other forms: None)."""
    if not edtf:
        return None
    parts = []
    for piece in edtf.split("/"):
        match = _EDTF.fullmatch(piece)
        if match is None:
            return None
        year, month, day = (None if p is None or "X" in p else int(p) for p in match.groups())
        parts.append(Partial(year, month, day))
    return (parts[0], parts[-1]) if len(parts) <= 2 else None
