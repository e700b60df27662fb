"""Measure how a record answers, and what adding costs, when it has grown to a million engagements.

    python bench/record.py                        a million engagements: an hour or so, most of it making the record
    python bench/record.py --engagements 20000    a small one: half a minute
    python bench/record.py --keep big.db          keep the record; where the file is there already, only ask it
    python bench/record.py --record ADDRESS       in a PostgreSQL database (.ci/postgres gives one)

The articles are made up from the codebook's schema: states, persons with offices, mechanisms with rounds told many
times over, talks, signings, commitments; some are told of a thousand times and most a few times, as in life. They go
in through the same door as every article (``Store.add``), a thousand to a transaction while the record is made, one
to a transaction where adding is measured.

Measured are, each in a process that has answered before, with the names drawn evenly from all there are, and again
from the tenth that is told of most:

- ``show`` of a mechanism: everything that names it, and its rounds;
- ``find`` with three filters: fifty items and the number of all;
- a person's page: the query, and the page as the server sends it;
- adding 1,000 articles, one by one, to an empty record and to the full one, in turns.

What is promised: medians under 150 ms, and adding to the full record at most twice as dear as to an empty one.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from communique import views  # noqa: E402
from communique.model import Claim, Document, Evidence, Unit, item_id, unit_id  # noqa: E402
from communique.record import Known, KnownMechanism  # noqa: E402
from communique.store import Store, open_store  # noqa: E402

PER_ARTICLE = 5
MOST_MS, MOST_TIMES = 150.0, 2.0
SAID = "双方就防务合作深入交换意见，一致同意继续落实已签署的各项文件，加强人员培训、军医、维和与海上搜救领域的交流。"
SURNAMES = (
    "阮陈黎范黄武潘邓裴杜胡吴杨李王张刘赵周徐孙马朱林何郭罗梁宋郑谢韩唐冯于董萧程曹袁许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶"
)
GIVEN = "文明国强德胜光荣志永春海山清河平安建军永福长江进勇世界金龙玉成庆华家宝天宇振东立新思远克俭守义维民向阳"
TOPICS = ("maritime_security", "peacekeeping", "hadr", "military_medicine", "defence_industry", "cyber", "border")
OFFICES = ("国防部部长", "国防部副部长", "总参谋长", "副总参谋长", "外交部部长", "大使", "海军司令", "对外局局长")


@dataclass(frozen=True)
class Telling:
    """Stands for ``communique.flow.Reading``."""

    document: Document
    claims: tuple[Claim, ...]
    misses: tuple[Any, ...] = ()


@dataclass(frozen=True)
class World:
    """Who and what the articles tell of. The same for the same number of engagements."""

    states: tuple[str, ...]
    people: tuple[tuple[str, str, str], ...]
    mechanisms: tuple[tuple[str, tuple[str, ...]], ...]
    known: Known

    @classmethod
    def of(cls, engagements: int) -> World:
        """Return a world in which a person is told of fifty times and a mechanism a few hundred times on average."""
        chance = random.Random(1)
        states = tuple(f"{a}{b}" for a in "QXZWKJ" for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")[:150]
        names = {s: {"zh": (f"{chance.choice(SURNAMES)}{chance.choice(GIVEN)}{s}国",)} for s in states}
        people = tuple(
            (chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, 2)), chance.choice(states), chance.choice(OFFICES))
            for _ in range(max(engagements // 50, 20))
        )
        series = tuple(
            (f"第{n}海防务对话会", tuple(chance.sample(states, chance.choice((2, 2, 5, 10)))))
            for n in range(max(engagements // 800, 5))
        )
        mechanisms = tuple(KnownMechanism(f"m{n}", {"zh": (name,)}, (f"MQ{n}",)) for n, (name, _) in enumerate(series))
        return cls(states, people, series, Known.of(names, mechanisms))


def some(chance: random.Random, most: int) -> int:
    """Return a number below ``most``; small ones far more often, as names in the news are."""
    return int(most * chance.random() ** 3)


@dataclass
class Page:
    """An article while it is written: its text, and items with where their words stand."""

    text: str
    items: list[tuple[str, int, str, dict[str, Any]]] = field(default_factory=list)

    def say(self, kind: str, quote: str, values: dict[str, Any]) -> None:
        """Write words that state an item."""
        self.items.append((kind, len(self.text), quote, values))
        self.text += quote + "。"


def article(world: World, number: int) -> Telling:
    """Return one article: five engagements, the persons in them, a mechanism and a commitment."""
    chance = random.Random(number * 7919)
    day = f"{chance.randint(1995, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    title = f"第{number}号电讯"
    page = Page(f"{title}\n\n")
    two = [world.people[some(chance, len(world.people))] for _ in range(2)]
    for name, state, office in two:
        page.say("person", f"{state}{office}{name}", _person(name, state, office))
    name, parties = world.mechanisms[some(chance, len(world.mechanisms))]
    for _ in range(PER_ARTICLE - 3):
        page.say(*_round(chance, name, parties))
    page.say(*_talks(two, day, f"{day}，{two[0][2]}{two[0][0]}会见{two[1][2]}{two[1][0]}"))
    other = world.people[some(chance, len(world.people))]
    page.say(*_talks([two[0], other], day, f"{two[0][0]}还会见{other[0]}"))
    a, b = two[0][1], chance.choice(world.states)
    page.say("engagement", f"两国签署第{number % 977}号合作备忘录", _engagement("signing", day, [(a, a), (b, b)]))
    page.say("mechanism", name, {"name": name, "acronym": None, "mkind": "dialogue", "parties": list(parties)})
    content = f"在{chance.choice(TOPICS)}领域继续合作"
    page.say("commitment", content, _commitment(chance, two, content))
    page.text += "\n" + SAID * 6
    return _telling(page, f"{number:07}.txt", title, day)


def _person(name: str, state: str, office: str) -> dict[str, Any]:
    return {"name": name, "latin": None, "country": state, "offices": [office], "rank": None}


def _engagement(kind: str, date: str, who: Iterable[tuple[str, str]], **more: Any) -> dict[str, Any]:
    return {
        "type": kind, "status": "held", "scope": "bilateral", "date": date, "date_text": date, "place": None,
        "mode": None, "mechanism": None, "ordinal": None, **more,
        "participants": [{"name": n, "country": c, "role": "attendee"} for n, c in who],
    }  # fmt: skip


def _talks(two: Sequence[tuple[str, str, str]], day: str, quote: str) -> tuple[str, str, dict[str, Any]]:
    place = {"country": two[0][1], "city": None}
    return "engagement", quote, _engagement("talks", day, [(n, s) for n, s, _ in two], place=place)


def _round(chance: random.Random, name: str, parties: tuple[str, ...]) -> tuple[str, str, dict[str, Any]]:
    ordinal = chance.randint(1, 25)
    host = parties[ordinal % len(parties)]
    values = _engagement(
        "session", f"{1999 + ordinal}", [(host, host)], mechanism=name, ordinal=ordinal,
        place={"country": host, "city": None}, topics=[TOPICS[ordinal % len(TOPICS)]],
    )  # fmt: skip
    return "engagement", f"第{ordinal}届{name}在{host}举行", values


def _commitment(chance: random.Random, two: Sequence[tuple[str, str, str]], content: str) -> dict[str, Any]:
    return {
        "actors": [s for _, s, _ in two], "counterparties": [], "act": "agree", "content": content,
        "topics": [chance.choice(TOPICS)], "due": None,
    }  # fmt: skip


def _telling(page: Page, source: str, title: str, day: str) -> Telling:
    uid = unit_id(source, "article", page.text)
    unit = Unit(uid, source, "article", title, page.text, "zh-Hans", outlet="desk", published=day, basis="metadata")
    claims = []
    for kind, at, quote, values in page.items:
        evidence = (Evidence(at, at + len(quote), quote),)
        claims.append(Claim(item_id(uid, kind, evidence, values), uid, kind, values, evidence, "bench/rule", "bench 1"))
    digest = sha256(page.text.encode()).hexdigest()
    return Telling(Document(source, f"pages/{source}", digest, "text/plain", units=(unit,)), tuple(claims))


# --- making it ------------------------------------------------------------------------------------------------------


def fill(store: Store, world: World, number: int, say: Callable[[str], None]) -> None:
    """Add articles until the record holds ``number``, a thousand to a transaction."""
    have = views.counts(store).sources
    began = time.perf_counter()
    for start in range(have, number, 1000):
        store.add_all((article(world, n), None) for n in range(start, min(start + 1000, number)))  # type: ignore[misc]
        if start % 20_000 == 0:
            say(f"{start + 1000:,} of {number:,} articles, {time.perf_counter() - began:.0f} s")
    store.settle()


# --- measuring it ---------------------------------------------------------------------------------------------------


def timed(step: Callable[[], Any]) -> float:
    """Return the milliseconds that a step takes."""
    began = time.perf_counter()
    step()
    return (time.perf_counter() - began) * 1000


def asked(store: Store, world: World, number: int) -> Iterator[tuple[str, list[float]]]:
    """Ask the record and yield for every question its times in milliseconds."""
    import warnings

    from communique.web.app import create_app

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from fastapi.testclient import TestClient

    chance = random.Random(2)

    def mechanisms(share: float) -> list[str]:
        most = max(int(len(world.mechanisms) * share), 1)
        return [world.mechanisms[chance.randrange(most)][0] for _ in range(number)]

    def people(share: float) -> list[str]:
        most = max(int(len(world.people) * share), 1)
        drawn = (world.people[chance.randrange(most)] for _ in range(number * 2))
        keys = (views.find(store, views.Filter(person=n, state=s, kind="person"), limit=1).items for n, s, _ in drawn)
        return [k[0].entry for k in keys if k][:number]

    filters = _filters(chance, world, number)
    client = TestClient(create_app(store), base_url="http://127.0.0.1")
    for share, words in ((1.0, ""), (0.1, ", of the tenth told of most")):
        yield f"show of a mechanism{words}", [timed(lambda n=n: views.show(store, n)) for n in mechanisms(share)]
        entries = people(share)
        yield f"a person, the query{words}", [timed(lambda e=e: views.person(store, e)) for e in entries]
        yield f"a person's page{words}", [timed(lambda e=e: client.get(f"/person/{e}")) for e in entries]
    for name, some_filters in filters.items():
        yield f"find {name}", [timed(lambda f=f: views.find(store, f)) for f in some_filters]


def _filters(chance: random.Random, world: World, number: int) -> dict[str, list[views.Filter]]:
    def state() -> str:
        return world.people[some(chance, len(world.people))][1]

    def mechanism() -> str:
        return chance.choice(world.mechanisms)[0]

    def person() -> str:
        return chance.choice(world.people)[0]

    draws: dict[str, Callable[[], views.Filter]] = {
        "kind, state, since": lambda: views.Filter(kind="engagement", state=state(), since="2020"),
        "state, with, type": lambda: views.Filter(state=state(), other=state(), type="talks"),
        "mechanism, status, until": lambda: views.Filter(mechanism=mechanism(), status="held", until="2010"),
        "topic, kind, since": lambda: views.Filter(topic=chance.choice(TOPICS), kind="commitment", since="2024"),
        "person, type, state": lambda: views.Filter(person=person(), type="talks", state=state()),
        "words, kind, state": lambda: views.Filter(text=person(), kind="engagement", state=state()),
    }
    return {name: [draw() for _ in range(number)] for name, draw in draws.items()}


def adding(full: Store, empty: Callable[[], Store], world: World, start: int, rounds: int) -> tuple[float, float]:
    """Return the milliseconds that an article costs, of 1,000, in an empty record and in the full one: medians."""
    times: dict[str, list[float]] = {"empty": [], "full": []}
    size = 1000 // rounds
    small = empty()
    for n in range(rounds):
        pages = [article(world, start + n * size + i) for i in range(size)]
        for name, store in (("empty", small), ("full", full)):
            times[name].append(timed(lambda s=store, p=pages: [s.add(x) for x in p]) / size)
    small.close()
    return statistics.median(times["empty"]), statistics.median(times["full"])


def main(words: Iterable[str] | None = None) -> int:
    """Make the record, ask it, and print; with --check, 1 where a promise does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engagements", type=int, default=1_000_000, help="how many (default: a million)")
    parser.add_argument("--times", type=int, default=40, help="how often each question is asked (default: 40)")
    parser.add_argument("--keep", type=Path, help="keep the record in this file, or ask the one that is there")
    parser.add_argument("--record", help="put it at this address instead of into a file")
    parser.add_argument("--check", action="store_true", help="fail where a promise does not hold")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args(None if words is None else list(words))
    world = World.of(options.engagements)
    with tempfile.TemporaryDirectory() as folder:
        address = options.record or options.keep or Path(folder) / "big.db"
        with closing(open_store(address, known=world.known)) as store:
            fill(store, world, options.engagements // PER_ARTICLE, lambda s: print(s, file=sys.stderr, flush=True))
            figures, promises = measure(store, world, options.times, Path(folder))
    if options.json:
        print(json.dumps({**figures, "kept": promises}, ensure_ascii=False))
    broken = [what for what, holds in promises.items() if not holds]
    for what in broken:
        print(f"not kept: {what}", file=sys.stderr)
    return int(bool(broken) and options.check)


def measure(store: Store, world: World, number: int, folder: Path) -> tuple[dict[str, float], dict[str, bool]]:
    """Ask and add; print a table as it goes, and return the figures and which promises hold."""
    figures: dict[str, float] = {}
    promises: dict[str, bool] = {}
    held = views.counts(store)
    print(f"{held.items.get('engagement', 0):,} engagements, {held.sources:,} articles")
    print(f"{'':58}{'median ms':>10}{'worst ms':>10}")
    for name, times in asked(store, world, number):
        figures[name] = round(statistics.median(times), 1)
        print(f"{name:58}{figures[name]:10.1f}{max(times):10.1f}", flush=True)
        if "told of most" not in name:
            promises[f"{name}: under {MOST_MS:.0f} ms"] = figures[name] < MOST_MS
    start = held.sources + held.failed + random.randrange(10**6, 10**8)
    empty, full = adding(store, lambda: open_store(folder / "empty.db", known=world.known), world, start, 10)
    figures |= {"adding an article, empty": round(empty, 2), "adding an article, full": round(full, 2)}
    print(f"{'adding an article to an empty record':58}{empty:10.2f}")
    print(f"{'adding an article to this record':58}{full:10.2f}   {full / empty:.2f} times")
    promises[f"adding at most {MOST_TIMES:g} times as dear"] = full <= MOST_TIMES * empty
    return figures, promises


if __name__ == "__main__":
    sys.exit(main())
