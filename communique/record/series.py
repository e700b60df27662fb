"""The rounds of a mechanism in order, with hosts and with what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from communique.record.days import bounds

TOOK_PLACE = ("held", "ongoing")


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


DOUBLED, OUT_OF_ORDER, INFERRED = "doubled", "out of order", "number inferred"


@dataclass(frozen=True, slots=True)
class Round:
    """A sitting in its series. ``flags`` say what is odd: ``DOUBLED``, ``OUT_OF_ORDER``, ``INFERRED``, with why."""

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


def inferred(sittings: Sequence[Sitting]) -> dict[str, tuple[int, str]]:
    """Return the numbers that the order proves: entry of a sitting told without one -> number and why.

    It is proved where just one number is missing between two rounds and just one regular sitting without a number
    lies between their dates.
    """
    dated = [(s, span) for s in sittings if (span := bounds(s.date))]
    numbered = sorted((s.ordinal, span) for s, span in dated if s.ordinal is not None)
    have = {s.ordinal for s in sittings}
    bare = [
        (s, span) for s, span in dated if s.ordinal is None and s.form in (None, "regular") and s.status in TOOK_PLACE
    ]
    out = {}
    for (low, first), (high, last) in pairwise(numbered):
        if high - low != 2 or low + 1 in have:
            continue
        between = [s for s, span in bare if first[1] < span[0] and span[1] < last[0]]
        if len(between) == 1:
            out[between[0].entry] = (low + 1, f"the only one between rounds {low} and {high}")
    return out


def rounds(sittings: Iterable[Sitting]) -> tuple[tuple[Round, ...], tuple[Gap, ...]]:
    """Return the sittings in order, by ordinal, then date, with flags; and the gaps between the ordinals.

    Special, informal and other sittings without a number make no gap; they stand by their date.
    """
    told = list(sittings)
    proved = inferred(told)
    everything = sorted((replace(s, ordinal=proved[s.entry][0]) if s.entry in proved else s for s in told), key=_place)
    numbered = [s for s in everything if s.ordinal is not None]
    line: list[Sitting] = list(numbered)
    for s in everything:
        if s.ordinal is None:
            line.insert(_numberless(line, s), s)
    often = Counter(s.ordinal for s in numbered)
    flags: dict[str, tuple[str, ...]] = {}
    last: tuple[str, Sitting] | None = None
    for s in numbered:
        mine = [DOUBLED] if often[s.ordinal] > 1 else []
        if s.entry in proved:
            mine.append(f"{INFERRED}: {proved[s.entry][1]}")
        span = bounds(s.date)
        if span and last and span[1] < last[0]:
            mine.append(f"{OUT_OF_ORDER}: before round {last[1].ordinal} of {last[1].date}")
        if span and (last is None or span[0] > last[0]):
            last = (span[0], s)
        flags[s.entry] = tuple(mine)
    return tuple(Round(s, flags.get(s.entry, ())) for s in line), gaps([s.ordinal for s in numbered if s.ordinal])


def gaps(ordinals: Sequence[int]) -> tuple[Gap, ...]:
    """Return the runs of numbers that are missing between the first and the last of ``ordinals``."""
    have = sorted(set(ordinals))
    return tuple(Gap(a + 1, b - 1) for a, b in pairwise(have) if b - a > 1)
