"""What stands between two states: who met whom last, at which level and when, whose turn it is, what lies ahead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from communique.views.rows import Item, PairView

MEETINGS = ("talks", "visit", "session", "call")
AT_A_PLACE = ("talks", "visit", "session")
HELD = ("held", "ongoing")
AHEAD = ("planned", "proposed", "postponed")
LEVELS = (
    "head_of_state", "party_chief", "head_of_government", "speaker", "deputy_head_of_government", "minister",
    "chief_of_staff", "vice_minister", "director",
)  # fmt: skip
"""Levels of offices, the highest first; what a text tells beside these comes after them."""
MOST_PEOPLE = 6


@dataclass(frozen=True, slots=True)
class Hosting:
    """Where the two met of late.

    ``last`` is the latest meeting in one of the two states and ``host`` that state; ``turns`` how many meetings in a
    row changed sides; ``next`` whose turn it would be if they go on to take turns, None where they did not.
    """

    last: Item
    host: str
    turns: int
    next: str | None


@dataclass(frozen=True, slots=True)
class Met:
    """One of each side, as written, and the latest meeting in which both took part."""

    one: str
    other: str
    item: Item


@dataclass(frozen=True, slots=True)
class Between:
    """What a pair's page shows first.

    ``years`` is year -> level -> meetings held, latest year first; ``levels`` are those that occur, highest first.
    ``ahead`` are meetings planned, proposed or put off of which nothing read tells that they were held.
    """

    years: Mapping[str, Mapping[str, tuple[Item, ...]]]
    levels: tuple[str, ...]
    hosting: Hosting | None
    met: tuple[Met, ...]
    ahead: tuple[Item, ...]


def between(pair: PairView) -> Between:
    """Return what stands between two states, of the items of their pair, which are the latest first."""
    held = [i for i in _once(pair.engagements) if i.type in MEETINGS and i.status in HELD]
    years: dict[str, dict[str, list[Item]]] = defaultdict(lambda: defaultdict(list))
    for item in held:
        years[item.day[:4]][level(item)].append(item)
    found = {name for by in years.values() for name in by}
    return Between(
        {y: {name: tuple(items) for name, items in by.items()} for y, by in years.items()},
        tuple(sorted(found, key=lambda n: (n == "", LEVELS.index(n) if n in LEVELS else len(LEVELS), n))),
        _hosting(held, pair.a, pair.b),
        tuple(_met(held, pair.a, pair.b)),
        tuple(_ahead(pair.engagements)),
    )


def level(item: Item) -> str:
    """Return the level at which a meeting was held: the highest that both sides reach, as told; empty where untold."""
    by: dict[str, list[str]] = defaultdict(list)
    for p in _parts(item):
        if p.get("level") in LEVELS and p.get("country"):
            by[str(p["country"])].append(str(p["level"]))
    tops = [min(LEVELS.index(x) for x in told) for told in by.values()]
    return LEVELS[max(tops)] if tops else ""


def _parts(item: Item) -> list[Mapping[str, object]]:
    return [p for p in item.values.get("participants") or () if isinstance(p, Mapping)]


def _once(items: Iterable[Item]) -> Iterator[Item]:
    """Yield one item of each thing, the one that says most."""
    by: dict[str, Item] = {}
    for item in items:
        best = by.setdefault(item.entry, item)
        if _says(item) > _says(best):
            by[item.entry] = item
    yield from sorted(by.values(), key=lambda i: i.day, reverse=True)


def _says(item: Item) -> tuple[int, int, int]:
    return len(item.date or ""), bool(item.values.get("place")), len(_parts(item))


def _host(item: Item, sides: tuple[str, str]) -> str | None:
    place = item.values.get("place")
    there = place.get("country") if isinstance(place, Mapping) else None
    if there in sides:
        return str(there)
    hosts = {p.get("country") for p in _parts(item) if p.get("role") == "host"} & set(sides)
    return str(hosts.pop()) if len(hosts) == 1 and not there else None


def _hosting(held: Sequence[Item], a: str, b: str) -> Hosting | None:
    line: list[tuple[Item, str]] = []
    for item in held:
        states = {x for x in item.actors if x.isupper()}
        host = _host(item, (a, b))
        if item.type in AT_A_PLACE and item.date and states <= {a, b} and host and item.values.get("mode") != "online":
            line.append((item, host))
    if not line:
        return None
    turns = 0
    for (_, one), (_, before) in zip(line, line[1:], strict=False):
        if one == before:
            break
        turns += 1
    last, host = line[0]
    return Hosting(last, host, turns, (b if host == a else a) if turns else None)


def _met(held: Sequence[Item], a: str, b: str) -> Iterator[Met]:
    seen: set[tuple[str, str]] = set()
    for item in held:
        sides: dict[str, list[str]] = {a: [], b: []}
        for p in _parts(item):
            name, country = str(p.get("name") or ""), str(p.get("country") or "")
            if country in sides and name and name != country:
                sides[country].append(name)
        for both in product(sides[a][:MOST_PEOPLE], sides[b][:MOST_PEOPLE]):
            if both not in seen:
                seen.add(both)
                yield Met(*both, item)


def _ahead(items: Sequence[Item]) -> Iterator[Item]:
    """Yield what is planned or invited to and was not held since: another telling of the thing would say so."""
    status: dict[str, set[str | None]] = defaultdict(set)
    for item in items:
        status[item.entry].add(item.status)
    seen: set[str] = set()
    for item in items:
        told = status[item.entry]
        if item.entry not in seen and told <= set(AHEAD) and item.status in AHEAD:
            seen.add(item.entry)
            yield item
