"""What is being put together before it becomes a claim."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from communique.mentions.dates import DateMention, Resolved
from communique.model import Mention

HEADLINES = frozenset({"title", "caption"})
"""The parts of a unit that tell in short what its body tells."""
SITTINGS = frozenset({"session", "exercise"})
"""Types of events that have rounds, and may last."""
CAME = frozenset({"guest", "head_of_delegation"})
"""Roles of those who came to others."""
FACED = frozenset({"talks", "call"})
"""Types of events at which two sides face each other."""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who takes part: name as written (or as the unit names them), country, and how they were named."""

    name: str
    country: str | None
    kind: str
    leader: bool = False
    capacity: str | None = None
    level: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where: country and the narrowest place below it as written, with the words that say so."""

    country: str | None
    city: str | None
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class Draft:
    """An engagement in the making. Only ``claims.engage`` and ``claims.tellings`` change one."""

    rule: str
    type: str
    status: str
    sentence: int
    part: str
    start: int
    end: int
    roles: list[tuple[Party, str]] = field(default_factory=list)
    date: Resolved | None = None
    date_at: DateMention | None = None
    place: Place | None = None
    mode: str | None = None
    meeting: Mention | None = None
    instrument: Mention | None = None
    form: str | None = None
    topics: tuple[str, ...] = ()
    spans: list[tuple[int, int]] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)

    def names(self) -> set[str]:
        """Names of the persons who take part."""
        return {p.name for p, _ in self.roles if p.kind == "person"}

    def countries(self) -> set[str]:
        """Countries of all who take part."""
        return {p.country for p, _ in self.roles if p.country}

    def again(self, roles: list[tuple[Party, str]], meeting: Mention | None, span: tuple[int, int]) -> Draft:
        """A draft like this one, of others, of another meeting and told by other words."""
        return replace(self, roles=roles, meeting=meeting, spans=[span], extra=dict(self.extra))


def meeting_key(m: Mention | None) -> str | None:
    """What tells a meeting from another: the pack's id, else its acronym, its name in marks or its name."""
    if m is None or m.value.get("generic"):
        return None
    key: str = m.value["known"] or m.value["acronym"] or m.value.get("label") or m.value["name"]
    return key.lower()


def ordinal(d: Draft) -> int | None:
    """The ordinal of the round, if any."""
    return d.extra["ordinal"] if "ordinal" in d.extra else (d.meeting.value["ordinal"] if d.meeting else None)


UNKNOWN = "XXXX"
"""What stands for a year that is not known: of such a day the rest decides."""
YEAR = re.compile(r"\b[0-9]{4}(?=-)")


def dates_agree(a: Draft, b: Draft) -> bool:
    """Whether two events can have been on one day, as far as their dates say."""
    x, y = (d.date.edtf if d.date else None for d in (a, b))
    if not x or not y:
        return True
    if x.startswith(UNKNOWN) != y.startswith(UNKNOWN):
        x, y = (YEAR.sub(UNKNOWN, z) for z in (x, y))
    return x == y or x.startswith(y) or y.startswith(x) or ("/" in x and _inside(y, x)) or ("/" in y and _inside(x, y))


def _inside(day: str, span: str) -> bool:
    first, _, last = span.partition("/")
    return first[: len(day)] <= day <= last[: len(day)] if day.count("-") == first.count("-") else False
