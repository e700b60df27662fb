"""Made-up readings of made-up articles, straight from the schema: who met whom, told by several with gaps and slips.

A day has some happenings; each is told by one to three articles within two days, and each article tells one to three
happenings. A telling may leave out the year, the place, a person or the number of a round, spell a name otherwise, or
give no day at all. What is one happening is known, so that joins can be counted: over pairs of claims.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from communique import flow
from communique.model import Claim, Document, Evidence, Unit, item_id, unit_id
from communique.store import Store, open_store
from communique.store.schema import claims, entries, units

STATES = "VN LA KH CN RU US JP KR IN AU SG TH".split()
CITIES = "东港 西港 南港 北港 上城 下城".split()
LETTERS = "伊万彼得奥列格西多罗夫马可波安东尼亚历山大卡洛斯费尔南".strip()
PEOPLE, FORUMS, A_DAY = 6, 60, 4


@dataclass(frozen=True)
class Happening:
    """What happened."""

    id: str
    type: str
    day: dt.date
    who: tuple[tuple[str, str], ...]
    city: str
    forum: str | None = None
    ordinal: int | None = None


def _names(dice: random.Random) -> dict[str, list[str]]:
    return {
        s: ["".join(dice.sample(LETTERS, 3)) + "·" + "".join(dice.sample(LETTERS, 4)) for _ in range(PEOPLE)]
        for s in STATES
    }


def happenings(dice: random.Random) -> Iterator[Happening]:
    """Yield happenings by their days, without end."""
    people, rounds = _names(dice), Counter[str]()
    number, seen = itertools.count(), set[Any]()
    for n in itertools.count():
        day = dt.date(2000, 1, 1) + dt.timedelta(days=n % 9000)
        for _ in range(A_DAY):
            a, b = dice.sample(STATES, 2)
            kind = dice.choice(["talks", "talks", "visit", "call", "message", "session"])
            forum = f"第{dice.randrange(FORUMS)}论坛" if kind == "session" else None
            if forum:
                rounds[forum] += 1
            who = ((a, dice.choice(people[a])), (b, dice.choice(people[b])))
            if (kind, day, frozenset(who)) in seen:  # the same two twice a day: nobody could tell which is meant
                continue
            seen.add((kind, day, frozenset(who)))
            yield Happening(
                f"{next(number):07}", kind, day, who, dice.choice(CITIES), forum, rounds[forum or ""] or None
            )


def _date(h: Happening, dice: random.Random) -> str | None:
    return dice.choices([h.day.isoformat(), f"XXXX-{h.day:%m-%d}", f"{h.day:%Y-%m}", None], [70, 15, 5, 10])[0]


def _telling(h: Happening, dice: random.Random) -> dict[str, Any]:
    roles = {"visit": ("guest", "host"), "message": ("sender", "recipient")}.get(h.type, ("attendee", "attendee"))
    parts = []
    for (state, name), role in zip(h.who, roles, strict=True):
        told = dice.choices([name, name.split("·")[1], None], [85, 8, 7])[0]
        parts.append({"name": told or state, "country": state, "role": role})
    place = (
        {"country": h.who[1][0], "city": h.city} if dice.random() < 0.5 and h.type not in ("call", "message") else None
    )
    return {
        "type": h.type, "status": "held", "date": _date(h, dice), "participants": parts, "place": place,
        "mechanism": h.forum, "ordinal": h.ordinal if dice.random() < 0.7 else None,
    }  # fmt: skip


def _claim(unit: str, text: str, kind: str, values: dict[str, Any], quote: str) -> Claim:
    at = text.index(quote)
    evidence = (Evidence(at, at + len(quote), quote),)
    return Claim(item_id(unit, kind, evidence, values), unit, kind, values, evidence, "made/rule", "made 1")


def article(name: str, told: list[Happening], published: dt.date, dice: random.Random) -> flow.Reading:
    """Return the reading of one article."""
    values = [_telling(h, dice) for h in told]
    lines = [f"{name}之{i}:{'、'.join(p['name'] for p in v['participants'])}。" for i, v in enumerate(values)]
    text = "\n".join([f"第{name}篇", *lines])
    source = f"{name}.txt"
    uid = unit_id(source, "article", text)
    unit = Unit(
        uid, source, "article", f"第{name}篇", text, "zh-Hans", published=published.isoformat(), basis="metadata"
    )
    found = [_claim(uid, text, "engagement", v, line) for v, line in zip(values, lines, strict=True)]
    named = {(p["name"], p["country"]) for v in values for p in v["participants"] if p["name"] != p["country"]}
    for person, country in sorted(named):
        found.append(_claim(uid, text, "person", {"name": person, "country": country, "offices": []}, person))
    digest = hashlib.sha256(text.encode()).hexdigest()
    return flow.Reading(Document(source, f"made/{source}", digest, "text/plain", units=(unit,)), tuple(found), ())


def articles(size: int, seed: int = 7) -> Iterator[tuple[flow.Reading, list[str]]]:
    """Yield readings with the happenings that they tell, claim by claim."""
    dice = random.Random(seed)
    recent: list[Happening] = []
    coming = happenings(dice)
    made = 0
    while made < size:
        first = next(coming)
        recent = [*recent[-4 * A_DAY :], first]
        for _ in range(dice.choice([1, 1, 2, 3])):
            others = [h for h in dice.sample(recent, min(len(recent), dice.choice([0, 0, 1, 2]))) if h is not first]
            told = [first, *others]
            name = f"{made:07}"
            published = first.day + dt.timedelta(days=dice.randrange(2))
            yield article(name, told, published, dice), [h.id for h in told]
            made += 1
            if made == size:
                return


def growth(size: int, at: Path) -> int:
    """Print what adding costs as the record grows, and how many pairs of tellings are rightly one; 1 if any is not."""
    store = open_store(at)
    truth: dict[tuple[str, int], str] = {}
    spent, total = 0.0, 0.0
    for n, (reading, told) in enumerate(articles(size), 1):
        for c, happening in zip(reading.claims, told, strict=False):
            truth[reading.document.source, c.evidence[0].start] = happening
        clock = time.process_time()
        store.add(reading)
        spent += time.process_time() - clock
        if n % 1000 == 0 or n == size:
            print(f"{n:>7} articles: {spent / (n % 1000 or 1000) * 1000:6.1f} ms of processor time each", flush=True)
            total, spent = total + spent, 0.0
    print(f"{size} articles added in {total:.1f} s of processor time; {at.stat().st_size / 1e6:.0f} MB")
    return joins(store, truth)


def joins(store: Store, truth: dict[tuple[str, int], str]) -> int:
    """Print how pairs of claims of one happening are joined; 1 where two happenings became one entry."""
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    asked = (
        select(units.c.source_name, claims.c.start, entries.c.thing)
        .join(units, units.c.pk == claims.c.unit)
        .join(entries, entries.c.pk == claims.c.entry)
        .where(claims.c.kind == "engagement")
    )
    with store.reading() as connection:
        for source, start, thing in connection.execute(asked):
            groups[thing][truth[source, start]] += 1

    def pairs(counts: Counter[str]) -> int:
        return sum(n * (n - 1) // 2 for n in counts.values())

    right = sum(pairs(g) for g in groups.values())
    every = pairs(Counter(truth.values()))
    mixed = [g for g in groups.values() if len(g) > 1]
    print(f"pairs of tellings joined {right}/{every} = {right / max(1, every):.2f}; "
          f"entries of two happenings {len(mixed)} of {len(groups)}")  # fmt: skip
    return 1 if mixed else 0
