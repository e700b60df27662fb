"""Values that disagree: which of them cannot both hold, and which has more on its side."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from communique.record.days import bounds
from communique.record.facts import days, in_any_year, yearless
from communique.record.names import fold

CALLED_OFF = ("cancelled", "postponed", "denied")
CHECKED = ("accepted", "corrected")
"""Statuses of review by which a person stands for a value; the later counts more."""
TOOK_PLACE = ("held", "ongoing")


@dataclass(frozen=True, slots=True)
class Said:
    """A value that one item gives: ``origin`` of its report, whether it was ``inferred`` (a year from the day of
    publication, say), whether the text ``corrects`` another, the day on which it was told, and the status of
    ``review``: whether a person stands for it."""

    value: Any
    item: str
    origin: str
    inferred: bool = False
    corrects: bool = False
    told: str = ""
    review: str = "machine"


@dataclass(frozen=True, slots=True)
class Ranked:
    """A value with the items that give it, how many reports these are, and what speaks for it in words."""

    value: Any
    items: tuple[str, ...]
    origins: int
    reasons: tuple[str, ...]


def rank(said: Iterable[Said]) -> tuple[Ranked, ...]:
    """Return the values, each once, the one with most on its side first.

    What a person corrected before what a person accepted, and that before what nobody looked at. A correction before
    what it may correct, of several the latest; stated before inferred; told by more reports before told by fewer; the
    more precise first. Copies of one report count once.
    """
    by: dict[str, list[Said]] = defaultdict(list)
    for s in said:
        by[json.dumps(s.value, ensure_ascii=False, sort_keys=True)].append(s)

    def key(plain: str) -> tuple[Any, ...]:
        told = by[plain]
        latest = max((s.told for s in told if s.corrects), default="")
        corrects = any(s.corrects for s in told)
        seen = max(CHECKED.index(s.review) if s.review in CHECKED else -1 for s in told)
        return (
            seen,
            corrects,
            latest,
            not all(s.inferred for s in told),
            len({s.origin for s in told}),
            len(plain),
            plain,
        )

    return tuple(_ranked(by[plain]) for plain in sorted(by, key=key, reverse=True))


def _ranked(told: Sequence[Said]) -> Ranked:
    origins = len({s.origin for s in told})
    reasons = [f"{word} by a person" for word in reversed(CHECKED) if any(s.review == word for s in told)][:1]
    if corrections := sorted(s.told for s in told if s.corrects):
        reasons.append(f"correction{f' of {corrections[-1]}' if corrections[-1] else ''}")
    reasons.append("inferred" if all(s.inferred for s in told) else "stated")
    reasons.append(f"{origins} report{'s' if origins != 1 else ''}")
    return Ranked(told[0].value, tuple(sorted(s.item for s in told)), origins, tuple(reasons))


def _dates_clash(a: str, b: str) -> bool:
    """Tell whether two dates cannot be those of one day or span; a day's difference can be one of clocks."""
    if yearless(a) or yearless(b):
        x, y = in_any_year(a), in_any_year(b)
    else:
        x, y = days(a), days(b)
    return bool(x and y and max((y[0] - x[1]).days, (x[0] - y[1]).days) > 1)


def last_day_only(values: Sequence[Any]) -> bool:
    """Tell whether one value is a span of days and another its last day alone.

    What sits for two days opens on the first: *held on 9-10 May* and *held on 10 May* cannot both be the whole of it.
    """
    spans = [v.partition("/")[::2] for v in values if isinstance(v, str) and "/" in v]
    whole = [(first, last) for first, last in spans if len(first) == len(last) == len("YYYY-MM-DD")]
    return any(first < last and last in values for first, last in whole)


def _years_clash(a: str, b: str) -> bool:
    x, y = bounds(a), bounds(b)
    return bool(x and y and (x[1] < y[0] or y[1] < x[0]))


def _states_clash(a: str, b: str) -> bool:
    return (a in CALLED_OFF and b in TOOK_PLACE) or (b in CALLED_OFF and a in TOOK_PLACE)


def _differ(a: Any, b: Any) -> bool:
    return bool(a != b)


def _names_differ(a: str, b: str) -> bool:
    return fold(a) not in fold(b) and fold(b) not in fold(a)


CLASH: Mapping[str, Callable[[Any, Any], bool]] = {
    "date": _dates_clash,
    "founded": _years_clash,
    "since": _years_clash,
    "status": _states_clash,
    "ordinal": _differ,
    "country": _differ,
    "host": lambda a, b: not set(a) & set(b),
    "city": _names_differ,
    "name": _differ,
    "latin": _names_differ,
}
"""For each field that is compared, whether two values cannot both hold."""


def clash(field: str, values: Sequence[Any]) -> bool:
    """Tell whether two of the values of a field cannot both hold."""
    return any(CLASH[field](a, b) for i, a in enumerate(values) for b in values[i + 1 :])
