"""Identity by keys: two claims that share a key speak of one thing, and the key says why.

A key is a line of text with its reason. Because sharing is all that counts, the groups are the same in
whatever order claims come, a merge is explained by the key that both sides carry, and it is undone by
taking the key away. Where a key would join what one unit tells apart, it is dropped: unsure is separate.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from communique.model import Claim, Unit
from communique.record.days import bounds, is_day
from communique.record.facts import Facts, facts_of
from communique.record.known import Known
from communique.record.names import fold, is_code
from communique.record.persons import reading_keys

NO_PLACE = "-"
LONGEST = 500
ROUNDS = ("session", "exercise")
"""Types of happenings that are counted."""


@dataclass(frozen=True, slots=True)
class Key:
    """A mark of identity, and in words what sharing it means."""

    key: str
    reason: str


Marks = Mapping[str, tuple[Key, ...]]
"""Keys by folded name: of a unit's persons, or of its mechanisms."""


@dataclass(frozen=True, slots=True)
class Link:
    """A claim names something: a ``state``, ``person``, ``mechanism``, ``topic`` or other ``actor`` in a role."""

    key: str
    role: str


@dataclass(frozen=True, slots=True)
class Grouped:
    """A claim with its keys (never none; the first is the claim's own) and what it names.

    ``facts`` are what an engagement is compared by with others that share no key.
    """

    claim: Claim
    keys: tuple[Key, ...]
    links: tuple[Link, ...]
    facts: Facts | None = None


def digest(text: str, size: int = 20) -> str:
    """Return a short stable digest of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:size]


def short(key: str) -> str:
    """Return a key that an index can hold: of one without end its beginning and a digest."""
    return key if len(key) <= LONGEST else f"{key[: LONGEST - 24]}#{digest(key)}"


def person_keys(unit: Unit, values: Mapping[str, Any]) -> tuple[Key, ...]:
    """Return the marks of a person: name and country within a language, and the Latin form with the country."""
    name, country = fold(values.get("name")), values.get("country") or NO_PLACE
    if not name:
        return ()
    keys = [
        Key(
            f"person|{name}|{country}|{unit.lang.split('-')[0]}",
            f"same name ({values['name']}) and country ({country})",
        )
    ]
    latin = fold(values.get("latin"))
    if latin and country != NO_PLACE and len(latin) > 4:
        keys.append(Key(f"latin|{latin}|{country}", f"same Latin form ({values['latin']}) and country ({country})"))
    return tuple(keys)


def name_keys(known: Known, person: Sequence[Key], values: Mapping[str, Any]) -> tuple[Key, ...]:
    """Return the marks under which a person is found by how the name reads; they join nothing by themselves."""
    printed = values.get("latin") if isinstance(values.get("latin"), str) else None
    return tuple(
        Key(key, f"the name reads {bare}") for p in person[:1] for key, bare in reading_keys(known, p.key, printed)
    )


LABEL = re.compile(r"[\u201c\u300c\"]([^\u201c\u201d\u300c\u300d\"]{2,40})[\u201d\u300d\"].")


def mechanism_keys(known: Known, *names: str | None) -> tuple[Key, ...]:
    """Return the marks of a mechanism: the pack's id where a name or acronym is known, and each name as written.

    The names stay beside the id, so that a record read with other packs is still found by them. Where two names
    belong to two mechanisms of the packs (a sign was lost in print), the first decides and the other is no mark.
    A name that begins with marks (*"A" joint exercise*) is found by what stands in them, too.
    """
    labels = [m.group(1) for n in names if n and (m := LABEL.match(n))]
    given = list(dict.fromkeys(n for n in (*names, *labels) if n and fold(n)))
    ids = {n: found for n in given if (found := known.mechanism(n))}
    mine = next(iter(ids.values()), None)
    keys = [Key(f"mechanism|={mine}", f"{next(iter(ids))} is a name of {mine}")] if mine else []
    return (*keys, *(Key(f"mechanism|{fold(n)}", f"same name ({n})") for n in given if ids.get(n, mine) == mine))


def _actor(value: Any) -> str | None:
    if not isinstance(value, str) or not value:
        return None
    return f"state|{value}" if is_code(value) else f"actor|{fold(value)}"


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _parts(values: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [p for p in _listed(values.get("participants")) if isinstance(p, Mapping)]


def _links(claim: Claim, people: Marks, known: Known, aliases: Marks) -> list[Link]:
    v, out = claim.values, []

    def actor(value: Any, role: str) -> None:
        if isinstance(value, str) and fold(value) in people:
            out.append(Link(people[fold(value)][0].key, role))
        elif key := _actor(value):
            out.append(Link(key, role))

    def mechanism(name: Any, role: str) -> None:
        if isinstance(name, str) and name:
            out.extend(Link(k.key, role) for k in aliases.get(fold(name)) or mechanism_keys(known, name))

    for p in _parts(v):
        actor(p.get("country"), p.get("role") or "attendee")
        actor(p.get("name"), p.get("role") or "attendee")
    place = v.get("place")
    if isinstance(place, Mapping):
        actor(place.get("country"), "place")
    for field, role in (("parties", "party"), ("actors", "actor"), ("counterparties", "counterparty")):
        for value in _listed(v.get(field)):
            actor(value, role)
    for field in ("a", "b"):
        actor(v.get(field), "party")
    actor(v.get("country"), "country")
    actor(v.get("holder"), "holder")
    if claim.kind == "person":
        actor(v.get("name"), "self")
    if claim.kind == "mechanism":
        mechanism(v.get("name"), "self")
        mechanism(v.get("acronym"), "self")
        mechanism(v.get("parent"), "parent")
    mechanism(v.get("mechanism"), "round")
    topics = [*_listed(v.get("topics")), v.get("topic")]
    out.extend(Link(f"topic|{t}", "topic") for t in topics if isinstance(t, str) and t)
    return list(dict.fromkeys(out))


def _frames(claim: Claim, known: Known, aliases: Marks) -> tuple[Key, ...]:
    """Return the marks of the mechanism of which a claim is a round."""
    name = claim.values.get("mechanism")
    if not isinstance(name, str) or not name:
        return ()
    return aliases.get(fold(name)) or mechanism_keys(known, name)


def _whose(frames: Sequence[Key], countries: Sequence[str]) -> str | None:
    """Return between whom a mechanism that no pack knows sits, for many pairs of states use one name.

    Empty where that need not be asked: a pack knows it, or three or more take part. None where it is not told.
    """
    if any(k.key.startswith("mechanism|=") for k in frames) or len(countries) > 2:
        return ""
    return "+".join(countries) if len(countries) == 2 else None


def _engagement_keys(claim: Claim, people: Marks, known: Known, aliases: Marks) -> Iterable[Key]:
    v = claim.values
    kind, date, ordinal = v.get("type"), v.get("date"), v.get("ordinal")
    names = _frames(claim, known, aliases)
    parts = _parts(v)
    countries = sorted({p["country"] for p in parts if p.get("country")})
    whose = _whose(names, countries)
    if kind in ROUNDS and ordinal and v.get("form") in (None, "regular"):
        if whose is not None:
            of = f"{v['mechanism']} of {whose}" if whose else v["mechanism"]
            for key in names:
                yield Key(
                    "|".join(filter(None, ["round", key.key, whose, str(ordinal)])), f"both are round {ordinal} of {of}"
                )
        return
    span = bounds(date)
    if kind == "session" and whose is not None and span and span[0][:7] == span[1][:7]:
        for key in names:
            yield Key(
                "|".join(filter(None, ["sitting", key.key, whose, v.get("form") or "-", date])),
                f"both are the sitting of {v['mechanism']} of {date}",
            )
    if not is_day(date):
        return
    who = sorted({people[fold(p.get("name"))][0].key for p in parts if fold(p.get("name")) in people})
    if not countries or len(countries) + len(who) < 3:
        return  # one person at home on one day may do several things
    frame = "+".join(sorted(k.key for k in names))
    shown = ", ".join(sorted({str(p["name"]) for p in parts if fold(p.get("name")) in people}))
    yield Key(
        "|".join(["day", str(kind), str(date), "+".join(countries), "+".join(who), frame]),
        f"same {kind} of {date}, same parties ({', '.join(countries)}), same persons ({shown})",
    )


def _plain(value: Any, letters: Mapping[int, str]) -> Any:
    """Return a value with every text in it in plain letters."""
    if isinstance(value, str):
        return value.translate(letters)
    if isinstance(value, Mapping):
        return {k: _plain(v, letters) for k, v in value.items()}
    return [_plain(v, letters) for v in value] if isinstance(value, (list, tuple)) else value


def _own_key(unit: Unit, claim: Claim) -> Key:
    spans = [[e.start, e.end, e.field] for e in claim.evidence]
    plain = json.dumps([digest(unit.text), claim.kind, spans, dict(claim.values)], ensure_ascii=False, sort_keys=True)
    return Key(f"own|{digest(plain)}", "the same text, printed again")


def _keys(
    unit: Unit,
    claim: Claim,
    people: Mapping[str, tuple[Key, ...]],
    known: Known,
    aliases: Mapping[str, tuple[Key, ...]],
) -> tuple[Key, ...]:
    v = claim.values
    if claim.kind == "person":
        return (*(mine := person_keys(unit, v)), *name_keys(known, mine, v))
    if claim.kind == "mechanism":
        return mechanism_keys(known, v.get("name"), v.get("acronym"))
    if claim.kind == "instrument" and fold(v.get("name")):
        parties = "+".join(sorted(p for p in _listed(v.get("parties")) if isinstance(p, str))) or NO_PLACE
        return (Key(f"instrument|{fold(v['name'])}|{parties}", f"same name ({v['name']}) and parties ({parties})"),)
    if claim.kind == "tie" and fold(v.get("level")):
        a, b = sorted((str(v.get("a")), str(v.get("b"))))
        return (Key(f"tie|{a}|{b}|{fold(v['level'])}", f"same parties ({a}, {b}) and level ({v['level']})"),)
    if claim.kind == "engagement":
        return tuple(_engagement_keys(claim, people, known, aliases))
    return ()


def _reads(known: Known, keys: Sequence[Key]) -> tuple[str, ...]:
    """Return under what a person's name reads, alike for all the forms that read so."""
    read = [key for k in keys[:1] for key, _ in reading_keys(known, k.key, None)]
    return tuple(dict.fromkeys("|".join(key.split("|", 3)[:3]) for key in read))


def group_unit(
    unit: Unit, claims: Sequence[Claim], known: Known, coded: Sequence[Claim] | None = None
) -> list[Grouped]:
    """Return the claims of one unit with their keys and links, in their order.

    Keys that stand for "the same day, parties and persons" and that two claims of the unit share are dropped:
    the unit tells these as two. ``coded`` are the claims before people corrected them: the same text printed again is
    known by these.
    """
    own = [_own_key(unit, c) for c in coded or claims]
    letters = known.letters.get(unit.lang.partition("-")[0])
    written, claims = claims, [replace(c, values=_plain(c.values, letters)) for c in claims] if letters else claims
    people: dict[str, tuple[Key, ...]] = {}
    aliases: dict[str, tuple[Key, ...]] = {}
    for c in claims:
        if c.kind == "person" and (keys := person_keys(unit, c.values)):
            people.setdefault(fold(c.values.get("name")), keys)
        if c.kind == "mechanism":
            keys = mechanism_keys(known, c.values.get("name"), c.values.get("acronym"))
            for key in keys:
                aliases.setdefault(key.key.partition("|")[2], keys)
    keyed = [(c, _keys(unit, c, people, known, aliases)) for c in claims]
    often = Counter(k.key for _, keys in keyed for k in keys if k.key.startswith(("day|", "sitting|")))
    marks = {name: (*(k.key for k in keys), *_reads(known, keys)) for name, keys in people.items()}
    offices = [o for c in claims if c.kind == "person" for o in _listed(c.values.get("offices")) if isinstance(o, str)]

    def facts(c: Claim) -> Facts | None:
        frames = [k.key for k in _frames(c, known, aliases)]
        return facts_of(unit, c, marks, offices, frames, known) if c.kind == "engagement" else None

    return [
        Grouped(
            original,
            (mark, *(replace(k, key=short(k.key)) for k in dict.fromkeys(keys) if often[k.key] < 2)),
            tuple(replace(k, key=short(k.key)) for k in _links(c, people, known, aliases)),
            facts(c),
        )
        for original, mark, (c, keys) in zip(written, own, keyed, strict=True)
    ]


def first_mark(keys: Iterable[str]) -> str:
    """Return the key that names a thing: the smallest.

    A claim's own key counts only where there is no other, so that another telling does not rename the thing.
    """
    return min(keys, key=lambda k: (k.startswith("own|"), k))


def entry_id(kind: str, mark: str) -> str:
    """Return the stable id of the thing of a kind whose first mark is ``mark``."""
    return "e" + kind[:1] + digest(mark)
