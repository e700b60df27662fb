"""By when something is to be done: the day that the words of an undertaking give, if it lies ahead."""

from __future__ import annotations

from collections.abc import Sequence

from communique.claims.commitwords import Book
from communique.mentions.dates import Anchor, DateMention, resolve
from communique.mentions.partial import parse
from communique.model import Mention

TOLD = 30
"""Letters beside a date that may say of what was done before that it is the day."""


def due(text: str, mentions: Sequence[Mention], lo: int, hi: int, b: Book, anchor: Anchor) -> str | None:
    """The first date of a stretch that lies ahead and is not that of something done (*the deal signed on 3 May*)."""
    for m in mentions:
        if m.kind == "date" and lo <= m.start < hi and not _done(text, m, lo, hi, b):
            date = resolve(m.value["date"], anchor, "planned", None).edtf
            if date and not _past(date, anchor):
                return date
    return None


def _done(text: str, m: Mention, lo: int, hi: int, b: Book) -> bool:
    """Whether a date is that of something done, by the words right before or behind it."""
    before = b.done_before and b.done_before.search(text, max(lo, m.start - TOLD), m.start)
    return bool(before or (b.done_behind and b.done_behind.match(text, m.end, hi)))


def ahead(frame: DateMention | None, anchor: Anchor) -> str | None:
    """The last day, month or year that a frame names, if it lies ahead."""
    date = resolve(frame, anchor, "planned", None).edtf if frame is not None else None
    date = date.rpartition("/")[2] if date else None
    return date if date and not _past(date, anchor) else None


def _past(date: str, anchor: Anchor) -> bool:
    """Tell whether a date lies before what is known of the day of the unit: nothing can be due by then.

    The latest day or month that a unit without a day of its own shows to have come lies before it, too.
    """
    if anchor.published is None and date == anchor.lower and "-" in date:
        return True
    told, now = parse(date), parse(anchor.published or anchor.lower or (f"{anchor.year:04d}" if anchor.year else None))
    last, first = told[1].last() if told else None, now[0].first() if now else None
    return bool(last and first and last < first)
