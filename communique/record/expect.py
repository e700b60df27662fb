"""What the rounds read so far let one expect of the next: when and where. Never a fact, always with its reasons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from communique.record.days import bounds
from communique.record.facts import days
from communique.record.series import Sitting

LAST = 5
"""Intervals and rounds that count: what was the custom long ago says little of the next."""
YEAR = 365.25
FAR = 16
"""Days: a date less precise than this is taken as its year or month."""
HELD = ("held", "ongoing")


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often a series met from one round to another: ``months`` between two rounds, by the middle of them."""

    first: int
    last: int
    months: int


@dataclass(frozen=True, slots=True)
class Expected:
    """The next round as it can be expected. ``announced`` where a source tells of it; else learned from the rounds.

    ``earliest`` and ``latest`` are days; ``reasons`` say in words what it rests on.
    """

    ordinal: int | None
    earliest: str | None
    latest: str | None
    host: str | None
    announced: bool
    reasons: tuple[str, ...]


def cadence(sittings: Sequence[Sitting]) -> tuple[Cadence, ...]:
    """Return how often a series met, by periods in which the interval was about the same."""
    gaps = _gaps(_held(sittings))
    out: list[Cadence] = []
    start = 0
    for i in range(1, len(gaps) + 1):
        if i == len(gaps) or _years(gaps[i][2]) != _years(gaps[start][2]):
            some = gaps[start:i]
            out.append(Cadence(some[0][0], some[-1][1], round(median(g for _, _, g in some))))
            start = i
    return tuple(out)


def _years(months: float) -> int:
    return max(1, round(months / 12)) if months > 9 else 0


def _held(sittings: Sequence[Sitting]) -> list[Sitting]:
    """Return the numbered rounds that took place, each number once, in order."""
    by: dict[int, Sitting] = {}
    for s in sittings:
        if s.ordinal is not None and s.status in HELD and (s.ordinal not in by or s.date):
            by[s.ordinal] = s
    return [by[n] for n in sorted(by)]


def _gaps(held: Sequence[Sitting]) -> list[tuple[int, int, float]]:
    """Return (from, to, months for each round) of neighbours with dates."""
    dated = [(s.ordinal or 0, d) for s in held if (d := days(s.date)) and (d[1] - d[0]).days <= 366]
    out = []
    for (n, x), (m, y) in pairwise(dated):
        if max((x[1] - x[0]).days, (y[1] - y[0]).days) > FAR:  # a year alone: count years
            months = 12.0 * (y[0].year - x[0].year)
        else:
            months = (y[0] - x[0]).days / YEAR * 12
        if months > 0:
            out.append((n, m, months / (m - n)))
    return out


def expected(sittings: Sequence[Sitting]) -> Expected | None:
    """Return the next round that may be expected; None where nothing was read that lets one expect any."""
    held = _held(sittings)
    last = held[-1] if held else None
    host, why_host = _host(held)
    ahead = _announced(sittings, last)
    if ahead is not None:
        span = bounds(ahead.date)
        reasons = [f"announced: {ahead.date or 'no day told'}"]
        if not ahead.hosts and host:
            reasons.extend(why_host)
        announced_host = ahead.hosts[0] if ahead.hosts else host
        first, final = span or (None, None)
        return Expected(ahead.ordinal, first, final, announced_host, True, tuple(reasons))
    if last is None or last.ordinal is None or (span_ := days(last.date)) is None:
        return None
    gaps = [g for _, _, g in _gaps(held)][-LAST:]
    if len(gaps) < 2:
        return None
    usual = sorted(gaps)[1:-1] if len(gaps) == LAST else gaps  # the shortest and the longest may be chance
    low, high = min(usual), max(usual)
    which = f"most of the last {LAST}" if len(usual) < len(gaps) else f"the last {len(gaps)}"
    when = f"{which} intervals were {_words(low)}" + (f" to {_words(high)}" if round(low) != round(high) else "")
    earliest, latest = _after(span_[0], low), _after(span_[1], high)
    return Expected(
        last.ordinal + 1,
        earliest.isoformat(),
        latest.isoformat(),
        host,
        False,
        (f"round {last.ordinal} was {last.date}", when, *why_host),
    )


def _words(months: float) -> str:
    n = round(months)
    return f"{n // 12} year{'s' if n != 12 else ''}" if n and n % 12 == 0 else f"{n} months"


def _after(day: dt.date, months: float) -> dt.date:
    if round(months) % 12 == 0 and (day.month, day.day) in ((1, 1), (12, 31)):
        return day.replace(year=day.year + round(months) // 12)
    return day + dt.timedelta(days=round(months / 12 * YEAR))


def _announced(sittings: Sequence[Sitting], last: Sitting | None) -> Sitting | None:
    """Return the first planned round after the last one held."""
    ahead = [s for s in sittings if s.status == "planned" and s.form in (None, "regular")]
    after = bounds(last.date) if last else None
    fits = [
        s for s in ahead
        if (s.ordinal is not None and (last is None or s.ordinal > (last.ordinal or 0)))
        or (s.ordinal is None and after and (span := bounds(s.date)) and span[0] > after[1])
    ]  # fmt: skip
    return min(fits, key=lambda s: (s.ordinal or 10**6, s.date or "9999", s.entry), default=None)


# --- whose turn it is ---------------------------------------------------------------------------------------------


def _host(held: Sequence[Sitting]) -> tuple[str | None, list[str]]:
    """Return whose turn is next, with the reason and how often the same rule was right before."""
    hosts = {s.ordinal: s.hosts[0] for s in held if s.ordinal is not None and len(s.hosts) == 1}
    if len(hosts) < 3:
        return None, []
    after = max(s.ordinal or 0 for s in held) + 1
    turn = _turn(hosts, after)
    if turn is None:
        return None, []
    tried = [(n, guess[0]) for n in sorted(hosts) if (guess := _turn({k: v for k, v in hosts.items() if k < n}, n))]
    right = sum(hosts[n] == guess for n, guess in tried)
    if not right:
        return None, []
    return turn[0], [turn[1], f"the same rule was right for {right} of {len(tried)} earlier rounds"]


def _turn(hosts: Mapping[int, str], n: int) -> tuple[str, str] | None:
    """Return the host of round ``n`` by the rounds before it.

    Hosts go round: the one of so many rounds ago is next, unless it had its turn since; then the one that has
    waited longest.
    """
    cycle = _cycle(hosts)
    if cycle is None:
        return None
    latest = {host: k for k, host in sorted(hosts.items())}
    again = hosts.get(n - cycle)
    if again is not None and n - latest[again] > cycle // 2:
        return again, f"hosts come round every {cycle} rounds: {again} had round {n - cycle}"
    waited = min(latest, key=lambda host: (latest[host], host))
    since = f"; {again} had round {n - cycle} but round {latest[again]} too" if again else ""
    return waited, f"{waited} has waited longest, since round {latest[waited]}{since}"


def _cycle(hosts: Mapping[int, str]) -> int | None:
    """Return after how many rounds hosts return most often; at least two returns and half of those possible."""
    best: tuple[float, int, int] | None = None
    for length in range(2, max(hosts, default=0)):
        met = [hosts[k] == hosts[k - length] for k in hosts if k - length in hosts]
        if sum(met) >= 2 and (best is None or (sum(met) / len(met), -length) > best[:2]):
            best = (sum(met) / len(met), -length, length)
    return best[2] if best and best[0] >= 0.5 else None
