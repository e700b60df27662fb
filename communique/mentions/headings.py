"""Years that stand as headings over the lines of a chronology, and are those of the days under them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from communique.mentions.datevalues import DateMention

_ALONE = re.compile(r"^[^\w\n]*((?:19|20)[0-9]{2})[^\w\n]*$", re.MULTILINE)
_WORDS = 12  # letters that a heading may have besides its year
_UNDER = frozenset({"day", "month", "range"})


def under_years(text: str, found: Sequence[DateMention]) -> list[DateMention]:
    """Return the dates of a text, those without a year under a line that is only a year with that year.

    Only where at least two such lines, in the order of time or against it, make the text a chronology.
    """
    heads = _headings(text, found)
    years = [year for _, year in heads]
    if len(set(years)) < 2 or years not in (sorted(years), sorted(years, reverse=True)):
        return list(found)
    places = [at for at, _ in heads]
    out = []
    for m in found:
        i = bisect_right(places, m.start) - 1
        bare = m.first.year is None and not m.first.relative and (m.last is None or m.last.year is None)
        if i < 0 or m.kind not in _UNDER or not bare or m.first.month is None:
            out.append(m)
            continue
        last = replace(m.last, year=years[i]) if m.last is not None else None
        out.append(replace(m, first=replace(m.first, year=years[i]), last=last))
    return out


def _headings(text: str, found: Sequence[DateMention]) -> list[tuple[int, int]]:
    """Where each line ends that is only a year, in digits or as a date of the text, and the year."""
    heads = {m.end(): int(m.group(1)) for m in _ALONE.finditer(text)}
    for d in found:
        if d.kind != "year" or d.last is not None or d.first.year is None:
            continue
        lo, hi = text.rfind("\n", 0, d.start) + 1, text.find("\n", d.end)
        hi = len(text) if hi < 0 else hi
        short = hi - lo - (d.end - d.start) < _WORDS
        if short and not any(c.isalnum() for c in text[lo : d.start] + text[d.end : hi]):
            heads[hi] = d.first.year
    return sorted(heads.items())
