"""What the tellings of one thing say, value by value, with who gave which and where they differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from communique.views import Entry
from communique.web.words import day, field, label, plain, state

LEFT_OUT = ("type", "quote", "date_text", "participants")
FIRST = ("date", "since", "due", "place", "mode", "mechanism", "ordinal", "status", "form", "topics")
DATES = ("date", "since", "due", "founded", "not_before", "not_after", "made_on")
WORDS = ("status", "scope", "mode", "form", "topics", "mkind", "lifecycle", "act", "grade", "topic", "voice", "points")
STATES = ("country", "parties", "actors", "counterparties", "a", "b", "holder")
COARSER = "less exact"
# Of these several values can all be right: aliases, names of a meeting, lists, and a status that changes from one
# telling to the next.
SEVERAL = (
    "name", "acronym", "latin", "mechanism", "content", "status", "lifecycle", "offices", "rank", "topics", "parties",
    "points", "quantities", "assets", "places", "parent",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """One value and the numbers (from 1) of the tellings that give it. ``note`` is ``less exact`` or empty."""

    text: str
    by: tuple[int, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A field with every value told of it; ``differs`` where the tellings cannot all be right."""

    field: str
    told: tuple[Told, ...]
    differs: bool


def in_words(name: str, value: Any) -> str:
    """Return the value of a field as a reader would say it."""
    if name in DATES and isinstance(value, str):
        return day(value)
    if name in WORDS:
        return ", ".join(label(str(v)) for v in (value if isinstance(value, list | tuple) else (value,)))
    if name in STATES:
        values = value if isinstance(value, list | tuple) else (value,)
        return ", ".join(state(v) if isinstance(v, str) else plain(v) for v in values)
    if name == "place" and isinstance(value, Mapping):
        return ", ".join(x for x in (str(value.get("city") or ""), state(value.get("country"))) if x)
    return plain(value)


def _covers(exact: Any, coarse: Any) -> bool:
    """Whether ``coarse`` says the same as ``exact``, only less of it."""
    if isinstance(exact, str) and isinstance(coarse, str):
        return exact.startswith(coarse) and exact != coarse
    if isinstance(exact, Mapping) and isinstance(coarse, Mapping):
        return exact != coarse and all(v in (None, "", exact.get(k)) for k, v in coarse.items())
    return False


def lines(entry: Entry) -> tuple[Line, ...]:
    """Return the fields of a thing, those first that say when and where; who took part stands apart."""
    numbers = {t.item.id: n for n, t in enumerate(entry.tellings, 1)}
    by_field: dict[str, list[tuple[Any, tuple[int, ...]]]] = {}
    for seen in entry.values:
        if seen.field in LEFT_OUT:
            continue
        by_field.setdefault(seen.field, []).append((seen.value, tuple(sorted(numbers[i] for i in seen.items))))
    out = []
    for name, values in sorted(by_field.items(), key=lambda kv: FIRST.index(kv[0]) if kv[0] in FIRST else len(FIRST)):
        several = name in SEVERAL
        told = []
        exact = 0
        for value, by in values:
            coarser = not several and any(_covers(other, value) for other, _ in values)
            exact += not coarser
            told.append(Told(in_words(name, value), by, COARSER if coarser else ""))
        out.append(Line(field(name), tuple(told), exact > 1 and not several))
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Party:
    """Someone who took part, and the numbers of the tellings that say so."""

    name: str
    code: str
    role: str
    capacity: str
    by: tuple[int, ...]


def taking_part(entry: Entry) -> tuple[Party, ...]:
    """Return everybody who is told to have taken part, those told most often first."""
    found: dict[tuple[str, str, str], list[int]] = {}
    capacity: dict[tuple[str, str, str], str] = {}
    for n, telling in enumerate(entry.tellings, 1):
        for p in telling.item.values.get("participants") or ():
            if isinstance(p, Mapping):
                key = (str(p.get("name") or ""), str(p.get("country") or ""), str(p.get("role") or ""))
                if n not in found.setdefault(key, []):
                    found[key].append(n)
                if p.get("capacity"):
                    capacity[key] = str(p["capacity"])
    ranked = sorted(found.items(), key=lambda kv: -len(kv[1]))
    return tuple(Party(*key, capacity.get(key, ""), tuple(by)) for key, by in ranked)
