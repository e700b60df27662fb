"""Items as events of another ontology, by the rules of a pack (``packs/events``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from communique.errors import CommuniqueError
from communique.loader.events import EventRule, EventsPack
from communique.loader.packs import load
from communique.store import Store
from communique.views import Filter
from communique.views.happenings import Happening, happenings
from communique.views.stream import Step

KINDS = ("engagement", "commitment")
SOURCES = ("guest", "sender", "donor", "proposer", "head_of_delegation")
TARGETS = ("recipient", "beneficiary")
ASIDE = ("via", "inviter")
State = Callable[[str], str | None]
NOTHING = "None"
"""What these tables write where there is nothing."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody in an event: the name (of a state in English), the country's code, sector, office, name as written."""

    name: str
    country: str
    sector: str = ""
    title: str = ""
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """An event: its rule, who does it, and to whom."""

    rule: EventRule
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]


def pack(name: str) -> EventsPack:
    """Return the rules of an ontology.

    Raises:
        CommuniqueError: there is no such pack.
    """
    found = next((p for p in load().events if p.id == name), None)
    if found is None:
        raise CommuniqueError(f"the pack events/{name}.yaml is missing", remedy="install communique again")
    return found


def _no_state(_: str) -> str | None:
    return None


def event(rules: EventsPack, item: Mapping[str, Any], state: State = _no_state) -> Event | None:
    """Return the event that an item is, or None where the rules have none for it.

    ``state`` tells the code of a state by its name in any language; its name is then that in English.
    """
    rule = next((r for r in rules.rules if _fits(r, item)), None)
    if rule is None or rule.event is None:
        return None
    if "act" in item:
        return Event(rule, _named(item.get("actors")), _named(item.get("counterparties")))
    people = [p for p in item.get("participants") or () if p.get("role") not in ASIDE]
    ends = ("host",) if rule.hosted else TARGETS
    to = [p for p in people if p.get("role") in ends]
    others = [p for p in people if p not in to]
    begins = [p for p in others if p.get("role") in SOURCES] if to else others
    sides = (begins or others or to, to if begins or others else [])
    return Event(rule, *(_actors(rules, side, state) for side in sides))


def _fits(rule: EventRule, item: Mapping[str, Any]) -> bool:
    for words, field in (
        (rule.types, "type"),
        (rule.acts, "act"),
        (rule.statuses, "status"),
        (rule.scopes, "scope"),
        (rule.modes, "mode"),
    ):
        if words and item.get(field) not in words:
            return False
    people = item.get("participants") or ()
    if not set(rule.roles) <= {p.get("role") for p in people}:
        return False
    several = len({p.get("country") or p.get("name") for p in people} - {None}) > 1
    return rule.joint is None or rule.joint is several


def _named(names: Any) -> tuple[Actor, ...]:
    return tuple(Actor(country(str(n)), str(n), raw=str(n)) for n in names or ())


def _actors(rules: EventsPack, people: list[Any], state: State) -> tuple[Actor, ...]:
    out = []
    for p in people:
        sector = rules.sectors.get(str(p.get("track")), "") or rules.sectors.get(str(p.get("level")), "")
        raw, code = str(p.get("name") or p.get("country") or ""), str(p.get("country") or "")
        name = country(code) if code and (raw == code or state(raw) == code) else raw
        out.append(Actor(name, code, sector, str(p.get("capacity") or ""), raw))
    return tuple(dict.fromkeys(a for a in out if a.name))


def events(store: Store, rules: EventsPack, asked: Filter, step: Step | None) -> Iterator[tuple[Happening, str, Event]]:
    """Yield the happenings that are events, each with its day. What has no day, not even of its telling, is none."""
    for kind in KINDS:
        if asked.kind not in (None, kind):
            continue
        for happening in happenings(store, asked, kind, step):
            found = event(rules, happening.values, store.known.state)
            if found is not None and found.actors and (day := day_of(happening)):
                yield happening, day, found


def day_of(happening: Happening) -> str:
    """Return the day of an event: the first that its date can mean, else that of the first telling; empty if none."""
    days = happening.days
    if days and not days[0].startswith("0000"):
        return days[0]
    return min((t.at.told for t in happening.tellings if t.at.told), default="")


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    from babel.core import get_global

    return {
        new[0]: old
        for old, new in sorted(get_global("territory_aliases").items())
        if len(old) == 3 and old.isalpha() and len(new) == 1
    }


@lru_cache(maxsize=1)
def _names() -> Mapping[str, str]:
    from babel import Locale

    found: Mapping[str, str] = Locale.parse("en_US").territories
    return found


def alpha3(code: str) -> str:
    """Return the three letters of a country (ISO 3166-1), ``IGO`` for a bloc, empty where nothing is known."""
    return _codes().get(code) or ("IGO" if code.isupper() and code.isascii() and len(code) > 2 else "")


def country(code: str) -> str:
    """Return the name of a country in English, or the code itself."""
    return _names().get(code, code) if len(code) == 2 else code


def place(happening: Happening) -> tuple[str, str]:
    """Return city and country code of a happening, empty where not told."""
    found = happening.values.get("place") or {}
    return str(found.get("city") or ""), str(found.get("country") or "")


def cell(value: str) -> str:
    """Return a cell of a table with tabs."""
    return " ".join(value.split()) or NOTHING
