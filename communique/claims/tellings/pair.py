"""Two tellings that are compared, and what is asked of every pair before what is peculiar to a type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from communique.claims.draft import HEADLINES, SITTINGS, Draft, dates_agree


@dataclass(frozen=True, slots=True)
class Pair:
    """Two drafts of one type in one unit. ``headline``: a title or a caption tells the one, a sentence the other."""

    a: Draft
    b: Draft
    headline: bool

    @property
    def here(self) -> bool:
        """Whether one sentence tells both."""
        return self.a.sentence == self.b.sentence

    @property
    def crossed(self) -> bool:
        """Whether one sentence tells both by words that overlap."""
        return self.here and self.a.start < self.b.end and self.b.start < self.a.end

    @property
    def gap(self) -> int:
        """Sentences between the two."""
        return abs(self.a.sentence - self.b.sentence)

    def nested(self) -> bool:
        """Whether the states of the one are all among those of the other."""
        x, y = self.a.countries(), self.b.countries()
        return x <= y or y <= x

    def lands(self) -> set[str]:
        """The states in which the two were, as far as they say."""
        return {d.place.country for d in (self.a, self.b) if d.place and d.place.country}


YEAR, MONTH = 4, 7
"""Letters of a date up to its year, and up to its month."""
MET = frozenset({"talks", "call", "visit"})
"""Types of which a text tells the time before this one."""
Sign = Callable[[Pair], bool | None]
"""One telling and another: True, they are one event; False, they are two; None, this sign says nothing."""


def pair(a: Draft, b: Draft) -> Pair:
    """Return two drafts as a pair."""
    return Pair(a, b, a.sentence != b.sentence and (a.part in HEADLINES or b.part in HEADLINES))


def called_off(p: Pair) -> bool | None:
    """One, where a visit is called off twice in a sentence: *was due on 26 May but cancelled the trip on the 24th*."""
    off = p.a.status == p.b.status and p.a.status in ("cancelled", "postponed")
    return True if off and p.here and p.a.names() == p.b.names() else None


def apart(p: Pair) -> bool | None:
    """Two, where one verb says of several that it was done to each: *met the minister of A and of B, respectively*.

    So they are where one is told as the time before: *they met; the last time they met was in May*.
    """
    x, y = p.a.extra.get("each"), p.b.extra.get("each")
    before = p.a.type in MET and bool(p.a.extra.get("gone")) != bool(p.b.extra.get("gone"))
    each = p.here and p.a.rule == p.b.rule and None not in (x, y) and x != y
    return False if each or (before and not p.here) else None


def other_days(p: Pair) -> bool | None:
    """Two, where their dates differ."""
    return None if dates_agree(p.a, p.b) or _same_month(p.a, p.b) else False


def other_status(p: Pair) -> bool | None:
    """Two, where their statuses cannot be those of one event."""
    a, b = p.a, p.b
    statuses = {a.status, b.status}
    off = bool(statuses & {"cancelled", "postponed"}) and len(statuses) == 2
    one = (
        len(statuses) == 1
        or p.headline
        or to_come(a, b)
        or _before(a, b)
        or (off and not _two_lands(a, b))
        or statuses <= {"held", "ongoing"}
        or (statuses <= {"planned", "ongoing"} and (_same_days(a, b) or _joins(a) == _joins(b)))
    )
    return None if one else False


def _joins(d: Draft) -> bool:
    return bool(d.extra.get("join"))


def _same_days(a: Draft, b: Draft) -> bool:
    """Whether two events have the same days."""
    return a.date is not None and b.date is not None and a.date.edtf == b.date.edtf is not None


def _same_month(a: Draft, b: Draft) -> bool:
    """Whether a visit told by a month without its year is the one planned for days of that month.

    *B will visit C on 2 to 4 July. When B visits C in July*.
    """
    if a.type != "visit" or {a.status, b.status} != {"planned", "held"}:
        return False
    planned, other = (a, b) if a.status == "planned" else (b, a)
    at, day, month = other.date_at, planned.date, other.date
    if at is None or at.last is not None or at.first.relative or at.first.year or at.first.finest != "month":
        return False
    here = planned.place is not None and other.place is not None and planned.place.country == other.place.country
    if not here or day is None or month is None or not day.edtf or not month.edtf or len(month.edtf) != MONTH:
        return False
    return len(day.edtf) > MONTH and day.edtf[YEAR:MONTH] == month.edtf[YEAR:]


def to_come(a: Draft, b: Draft) -> bool:
    """Whether what reads as held is the planned one told again: *it will be the first since*, *the drill in May*."""
    planned, other = (a, b) if a.status == "planned" else (b, a)
    if planned.status != "planned" or other.status != "held":
        return False
    x, y = (d.date.edtf if d.date else None for d in (planned, other))
    if a.type == "visit":  # without a day, or of the same days
        here = planned.place is not None and other.place is not None and planned.place.country == other.place.country
        return here and (not other.date or (planned.date is not None and x == y is not None) or _same_month(a, b))
    if a.type not in SITTINGS:
        return False
    once = a.sentence == b.sentence and _one_mention(a, b)
    year = x == y and len(x or "") == len("YYYY")  # by no more than its year
    return once or year or bool(x and y and x != y and x.startswith(y))  # by the month of the day on which it will be


def _before(a: Draft, b: Draft) -> bool:
    """Whether a sentence says what was before a sitting that is told as held: *before the meeting opened, A met B*."""
    planned, other = (a, b) if a.status == "planned" else (b, a)
    told = a.type in SITTINGS and planned.status == "planned" and other.status == "held"
    return told and planned.sentence > other.sentence and planned.date_at is None and _one_mention(a, b)


def _one_mention(a: Draft, b: Draft) -> bool:
    return a.meeting is not None and b.meeting is not None and a.meeting.start == b.meeting.start


def _two_lands(a: Draft, b: Draft) -> bool:
    """Whether two visits go to different states."""
    return a.type == "visit" and bool(a.place and b.place and a.place.country != b.place.country)
