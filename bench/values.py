"""How single values of coding compare: names, spans of words, dates, what is given at all. Knows no items."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

Span = tuple[int, int]
_MARKS = re.compile("[\\s\\-.,;:!?()\"'\u00b7\u2013\u2014\u2018\u2019\u201c\u201d\u3001\u3002\u300a\u300b]+")


def plain(value: object) -> str:
    """Return a name without punctuation, blanks and case."""
    return _MARKS.sub("", str(value or "")).lower()


def places(text: str, quote: str | None) -> list[Span]:
    """Return all places where a quote stands in a text, also overlapping ones."""
    if not quote:
        return []
    return [(m.start(), m.start() + len(quote)) for m in re.finditer(f"(?={re.escape(quote)})", text)]


def shared(a: Iterable[Span], b: Sequence[Span], of_longer: float = 0.0) -> float:
    """Return how much of the shorter span two spans share at best; under ``of_longer`` of the longer it is nothing."""
    best = 0.0
    for start, end in a:
        for begin, stop in b:
            common = min(end, stop) - max(start, begin)
            sizes = sorted((end - start, stop - begin))
            if common > 0 and common / sizes[1] >= of_longer:
                best = max(best, common / sizes[0])
    return best


def nested_dates(a: str | None, b: str | None) -> bool:
    """Whether two EDTF dates are equal or one is a coarser form of the other."""
    a, b = a or "", b or ""
    return a == b or bool(a and b and (a.startswith(b) or b.startswith(a)))


def share(part: int, whole: int) -> float:
    """Return a part of a whole, 0 where there is none."""
    return part / whole if whole else 0.0


def given(value: Any) -> bool:
    """Whether a field has a value."""
    return value is not None and value not in ("", [])


def same(a: Any, b: Any) -> bool:
    """Whether two values are equal; nothing and empty are one."""
    return bool((a or None) == (b or None))


def alike(a: Any, b: Any) -> bool:
    """Whether two names are equal, marks and case apart."""
    return plain(a) == plain(b)


def as_list(value: Any) -> list[Any]:
    """Return a list, empty for what is none."""
    return value if isinstance(value, list) else []


def as_mapping(value: Any) -> dict[str, Any]:
    """Return a mapping, empty for what is none."""
    return value if isinstance(value, dict) else {}


def plain_set(value: Any) -> set[str]:
    """Return the plain names of a list."""
    return {plain(x) for x in as_list(value)}
