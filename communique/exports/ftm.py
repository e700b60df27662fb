"""FollowTheMoney entities, one JSON object per line, for OpenAleph: events, persons, states, articles.

An engagement is an ``Event`` with those who take part in it as ``involved`` (its hosts ``organizer``), a person a
``Person``, a state or bloc a ``PublicBody``, a mechanism an ``Organization``, a unit an ``Article``; each with the
quote as its proof's words and the address. Each thing is written once, merged over its tellings. Left out: ties,
instruments, commitments and positions, for which FollowTheMoney has no schema; offsets; rules.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from communique.errors import CommuniqueError
from communique.exports._events import country as country_name
from communique.store import Store
from communique.views import Filter
from communique.views.happenings import Happening, happenings
from communique.views.names import person_entry
from communique.views.stream import Step, stream_units

SUMMARY = "FollowTheMoney entities, for OpenAleph (extra: communique[ftm])"


def pieces(store: Store, asked: Filter, step: Step | None = None) -> Iterator[bytes]:
    """Yield an entity per line.

    Raises:
        CommuniqueError: followthemoney is not installed.
    """
    try:
        from followthemoney import model
    except ImportError as e:
        raise CommuniqueError(
            "FollowTheMoney needs its library",
            remedy="pip install 'communique[ftm]' (it builds PyICU: on Debian, apt-get install libicu-dev pkg-config)",
        ) from e
    for entity in _entities(store, asked, step, model):
        yield (json.dumps(entity.to_dict(), ensure_ascii=False, sort_keys=True) + "\n").encode("utf-8", "replace")


def _entities(store: Store, asked: Filter, step: Step | None, model: Any) -> Iterator[Any]:
    def made(schema: str, id_: str, **values: Any) -> Any:
        entity = model.make_entity(schema)
        entity.id = id_
        for name, found in values.items():
            entity.add(name, [x for x in (found if isinstance(found, list | tuple) else [found]) if x])
        return entity

    states: dict[str, str] = {}
    with store.reading() as connection:

        @lru_cache(maxsize=1 << 15)
        def party(name: str | None, code: str | None) -> str | None:
            if code and (not name or (store.known.state(name) or name) == code):
                states.setdefault(code, country_name(code))
                return _state_id(code)
            return person_entry(connection, name, code) if name else None

        for kind, maker in (("person", _person), ("mechanism", _mechanism)):
            if asked.kind in (None, kind):
                for thing in happenings(store, asked, kind, step):
                    yield maker(made, thing)
        if asked.kind in (None, "engagement"):
            for thing in happenings(store, asked, "engagement", step):
                yield _event(made, thing, party)
    for code, name in sorted(states.items()):
        yield made("PublicBody", _state_id(code), name=name, country=code if len(code) == 2 else None)
    for u in stream_units(store, asked):
        if u["items"]:
            yield made(
                "Article", u["unit"], title=u["title"], fileName=u["source"], sourceUrl=u["url"],
                publisher=u["outlet"], language=u["lang"].split("-")[0], publishedAt=_date(u["published"]),
                contentHash=None,
            )  # fmt: skip


def _state_id(code: str) -> str:
    return f"state-{code}".replace(" ", "-")


def _all(thing: Happening, field: str) -> list[Any]:
    found = [t.values.get(field) for t in thing.tellings]
    flat = [y for x in found for y in (x if isinstance(x, list) else [x])]
    return list(dict.fromkeys(y for y in flat if isinstance(y, str) and y))


def _proofs(thing: Happening) -> dict[str, list[str]]:
    return {
        "proof": list(dict.fromkeys(t.at.unit for t in thing.tellings)),
        "sourceUrl": list(dict.fromkeys(t.at.url for t in thing.tellings if t.at.url)),
    }


def _person(made: Any, thing: Happening) -> Any:
    codes = [c for c in _all(thing, "country") if len(c) == 2]
    return made(
        "Person", thing.id, name=_all(thing, "name"), alias=_all(thing, "latin"), country=codes,
        position=_all(thing, "offices"), title=_all(thing, "rank"), summary=thing.first.quote, **_proofs(thing),
    )  # fmt: skip


def _mechanism(made: Any, thing: Happening) -> Any:
    return made(
        "Organization", thing.id, name=_all(thing, "name"), abbreviation=_all(thing, "acronym"),
        incorporationDate=_date(thing.values.get("founded")), summary=thing.first.quote, **_proofs(thing),
    )  # fmt: skip


def _event(made: Any, thing: Happening, party: Any) -> Any:
    v = thing.values
    people = [(p.get("role"), party(p.get("name"), p.get("country"))) for p in v.get("participants") or ()]
    place = v.get("place") or {}
    dates = str(v.get("date") or "").split("/")
    name = " ".join(str(x) for x in (v.get("type"), v.get("mechanism"), v.get("ordinal")) if x)
    who = ", ".join(dict.fromkeys(str(p.get("name") or p.get("country")) for p in v.get("participants") or ()))
    where = place.get("country")
    return made(
        "Event", thing.id, name=f"{name}: {who}" if who else name, startDate=_date(dates[0]), endDate=_date(dates[-1]),
        involved=[x for role, x in people if x and role != "host"],
        organizer=[x for role, x in people if x and role == "host"],
        location=place.get("city"), country=where if where and len(where) == 2 else None,
        summary=thing.first.quote, keywords=v.get("type"), **_proofs(thing),
    )  # fmt: skip


def _date(date: Any) -> str | None:
    """Return a date as far as FollowTheMoney knows it: a year, a month or a day."""
    text = str(date or "").split("/")[0].rstrip("~?%")
    return text if text[:4].isdigit() and "X" not in text else None
