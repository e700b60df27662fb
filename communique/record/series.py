"""The rounds of a mechanism in order, with hosts and with what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from communique.record.days import bounds


@dataclass(frozen=True, slots=True)
class Sitting:
    """What one entry says of a round: best values of its tellings, with the entry's id."""

    entry: str
    ordinal: int | None
    date: str | None
    hosts: tuple[str, ...] = ()
    place: str | None = None
    city: str | None = None
    status: str = "held"
    form: str | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """A sitting in its series. ``flags`` are words for what is wrong with it: ``doubled``, ``out of order``."""

    sitting: Sitting
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """Ordinals of which nothing was read, from ``first`` to ``last``."""

    first: int
    last: int


def _place(s: Sitting) -> tuple[int, int, str, str]:
    span = bounds(s.date)
    if s.ordinal is not None:
        return (0, s.ordinal, span[0] if span else "9999", s.entry)
    return (1, 0, span[0] if span else "9999", s.entry)


def _numberless(numbered: list[Sitting], s: Sitting) -> int:
    """Return where a sitting without a number stands: before the first numbered one that is later."""
    span = bounds(s.date)
    if span is None:
        return len(numbered)
    for i, other in enumerate(numbered):
        later = bounds(other.date)
        if later and later[0] > span[0]:
            return i
    return len(numbered)


def same_round(sittings: Iterable[Sitting]) -> dict[str, str]:
    """Return which sittings told without a number are a numbered one: entry -> entry of the numbered.

    A sitting is, if it has no form of its own (special, informal), its date can be that of exactly one numbered
    sitting, and they do not differ in the host. Anything less is left alone.
    """
    everything = list(sittings)
    numbered = [(s, span) for s in everything if s.ordinal is not None and (span := bounds(s.date))]
    out = {}
    for s in everything:
        span = bounds(s.date)
        if s.ordinal is not None or span is None or s.form not in (None, "regular"):
            continue
        fits = [n for n, other in numbered if _within(span, other) or _within(other, span)]
        if len(fits) == 1 and (set(s.hosts) & set(fits[0].hosts) or not s.hosts or not fits[0].hosts):
            out[s.entry] = fits[0].entry
    return out


def _within(inner: tuple[str, str], outer: tuple[str, str]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def rounds(sittings: Iterable[Sitting]) -> tuple[tuple[Round, ...], tuple[Gap, ...]]:
    """Return the sittings in order, by ordinal, then date, with flags; and the gaps between the ordinals.

    Special, informal and other sittings without a number make no gap; they stand by their date.
    """
    everything = sorted(sittings, key=_place)
    numbered = [s for s in everything if s.ordinal is not None]
    line: list[Sitting] = list(numbered)
    for s in everything:
        if s.ordinal is None:
            line.insert(_numberless(line, s), s)
    often = Counter(s.ordinal for s in numbered)
    flags: dict[str, tuple[str, ...]] = {}
    last = ""
    for s in numbered:
        mine = ["doubled"] if often[s.ordinal] > 1 else []
        span = bounds(s.date)
        if span and span[1] < last:
            mine.append("out of order")
        if span:
            last = max(last, span[0])
        flags[s.entry] = tuple(mine)
    return tuple(Round(s, flags.get(s.entry, ())) for s in line), gaps([s.ordinal for s in numbered if s.ordinal])


def gaps(ordinals: Sequence[int]) -> tuple[Gap, ...]:
    """Return the runs of numbers that are missing between the first and the last of ``ordinals``."""
    have = sorted(set(ordinals))
    return tuple(Gap(a + 1, b - 1) for a, b in pairwise(have) if b - a > 1)
