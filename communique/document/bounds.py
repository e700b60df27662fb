"""The bounds of a unit in time: the latest day that the text shows to have come already (codebook, section 1).

The dates are found and resolved by a later stage, which hands them in; here is only what they prove.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from communique.model import Document, Unit

Told = tuple[int, str, str]
Day = tuple[int, int, int]
PIECE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?[?~%]?")


def with_bounds(document: Document, dates: Mapping[str, Sequence[Told]]) -> Document:
    """Return the document with ``not_before`` and ``not_after`` where its dates prove them.

    ``dates`` gives per unit id what its text tells: where a date stands, the date (EDTF, with its year), and its
    side: ``past`` (it has come), ``now`` (the text is written on the occasion, which proves its year), ``future``
    (it lies ahead); any other word proves nothing. A date that has its year from ``published`` alone proves
    nothing either. A teaser that tells no date has the bound of its block: the latest that the other teasers
    show to have come. The block is made when the page is called up, long after the article, so it proves
    nothing of the article.
    """
    own = {unit.id: _come(dates.get(unit.id, ()), unit.published) for unit in document.units}
    block = [unit.id for unit in document.units if unit.role == "teaser"]
    ahead = min((day for x in block if (day := _ahead(dates.get(x, ())))), default=None)
    # What one teaser still expects, another's date on the same day hardly shows to have come.
    latest = max((day for x in block if (day := own[x]) and not (ahead and not _before(day, ahead))), default=None)
    return replace(
        document,
        units=tuple(_bounded(unit, own[unit.id], latest, dates.get(unit.id, ())) for unit in document.units),
    )


def _bounded(unit: Unit, own: Day | None, block: Day | None, dates: Iterable[Told]) -> Unit:
    ahead = _ahead(dates)
    if own is None and unit.role == "teaser" and not (ahead and block and _before(ahead, block)):
        own = block
    if unit.published or (ahead and own and _before(ahead, own)):
        ahead = None
    return replace(unit, not_before=_edtf(own), not_after=_edtf(ahead))


def _come(dates: Iterable[Told], published: str | None) -> Day | None:
    """Return the latest date that has come; none can have come after the day of publication."""
    limit = _ends(published or "")[1]
    found: list[Day] = []
    for _, date, side in dates:
        start, end = _ends(date)
        # Of days in a row the first alone has surely come: the text may be written on it.
        if start and end and start[2] and end[2]:
            end = start
        if end and side == "now":
            end = (end[0], 0, 0)
        if end and side in {"past", "now"} and not (limit and _before(limit, end)):
            found.append(end)
    return max(found, default=None)


def _ahead(dates: Iterable[Told]) -> Day | None:
    return min((start for _, date, side in dates if side == "future" and (start := _ends(date)[0])), default=None)


def _before(a: Day, b: Day) -> bool:
    """Is ``a`` wholly before ``b``? A date that only names its year or month is not before a day within it."""
    for x, y in zip(a, b, strict=True):
        if not x or not y or x == y:
            if not x or not y:
                return False
            continue
        return x < y
    return False


def _ends(date: str) -> tuple[Day | None, Day | None]:
    """Return the first and the last date of an EDTF date or interval, 0 for what it does not say."""
    pieces = date.split("/")
    return _day(pieces[0]), _day(pieces[-1])


def _day(piece: str) -> Day | None:
    m = PIECE.fullmatch(piece)
    if m is None:
        return None
    year, month, day = (int(x) if x else 0 for x in m.groups())
    return (year, month, day) if month <= 12 else (year, 0, 0)


def _edtf(day: Day | None) -> str | None:
    if day is None:
        return None
    year, month, of_month = day
    text = f"{year:04d}"
    if month:
        text += f"-{month:02d}"
    return f"{text}-{of_month:02d}" if month and of_month else text
