"""Measure how the pages answer while people work: twenty of them, each asking once every two seconds.

    python bench/grown.py big.db              a record of a million engagements, once
    python bench/load.py big.db               two minutes of twenty people
    python bench/load.py big.db --seconds 60 --people 40

The server is a process of its own, as ``communique serve`` starts it. Every person asks for one page after another:
the search with words of two letters, names and phrases, with filters and without, what is offered while one types, the
page of a pair, a state, a person, a mechanism, a happening, a document, lists, what is due and what is new. Names are
drawn as in life: some often, most seldom. An answer is measured from the asking to its last byte. Before that each kind
of page is asked for once. The first minute of the twenty is told apart: every process then meets most pages for the
first time, and what it asks for comes from the disk. A desk is open all day.

What is promised: the 95th of a hundred answers of every kind of page within 200 ms.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

import httpx

ROOT = Path(__file__).resolve().parent.parent
MOST_MS = 200.0
EARLY = "early"
WORDS = (
    "会见",
    "会谈",
    "签署",
    "合作",
    "部长",
    "清河",
    "海防务",
    "阮",
    "国防部部长",
    '"合作备忘录"',
    "春山 会见",
    "备忘录 第12号",
)


def _told(client: httpx.Client, kind: str, most: int) -> list[str]:
    out: list[str] = []
    while len(out) < most:
        found = client.get(f"/api/entries/{kind}", params={"limit": 500, "start": len(out)}).json()
        out += [r["id"] for r in found]
        if len(found) < 500:
            break
    return out


class World:
    """What there is to ask for."""

    def __init__(self, client: httpx.Client) -> None:
        facets = client.get("/api/facets").json()
        self.states = [f["value"] for f in facets["state"]]
        self.people, self.mechanisms = _told(client, "person", 5000), _told(client, "mechanism", 2000)
        self.names = [r["name"] for r in client.get("/api/entries/person", params={"limit": 500}).json()]
        items = client.get("/api/find", params={"kind": "engagement", "limit": 200, "start": 4000}).json()["items"]
        self.entries, self.units = [i["entry"] for i in items], [i["unit"] for i in items]

    def ask(self, chance: random.Random) -> tuple[str, str]:
        """Return a kind of page and an address."""

        def some(of: list[str]) -> str:
            return quote(of[int(len(of) * chance.random() ** 2)])

        a, b = sorted(chance.sample(self.states, 2))
        word = quote(chance.choice([*WORDS, *chance.sample(self.names, 12)]))
        year = chance.randint(1996, 2025)
        kinds = {
            "first": "/",
            "search": f"/find?text={word}",
            "search, narrowed": f"/find?text={word}&state={a}&since={year}&until={year + 5}",
            "search, typed": f"/find/part?text={quote(chance.choice(self.names)[: chance.randint(1, 3)])}",
            "search, facets": f"/find?kind=engagement&state={a}&type=talks",
            "names": f"/names?text={quote(chance.choice(self.names)[:2])}",
            "pair": f"/pair/{a}-{b}",
            "state": f"/state/{some(self.states)}",
            "person": f"/person/{some(self.people)}",
            "mechanism": f"/mechanism/{some(self.mechanisms)}",
            "entry": f"/entry/{some(self.entries)}",
            "document": f"/document/{some(self.units)}",
            "list": f"/list/{chance.choice(('person', 'mechanism', 'engagement', 'documents'))}",
            "due": "/due",
            "conflicts": "/conflicts",
            "new": "/new?since=2100-01-01",
        }
        kind = chance.choice(list(kinds))
        return kind, kinds[kind]


def person(
    at: str, world: World, number: int, until: float, counted: float, took: dict[str, list[float]], bad: list[str]
) -> None:
    """Ask once every two seconds until it is time to stop; what was asked before ``counted`` is told apart."""
    chance = random.Random(number)
    time.sleep(chance.random() * 2)
    with httpx.Client(base_url=at, timeout=60, trust_env=False) as client:
        while (began := time.perf_counter()) < until:
            kind, address = world.ask(chance)
            got = client.get(address)
            took[kind if began >= counted else EARLY].append((time.perf_counter() - began) * 1000)
            if got.status_code != 200:
                bad.append(f"{got.status_code} {address}")
            time.sleep(max(0.0, 2.0 - (time.perf_counter() - began)))


def main(words: Iterable[str] | None = None) -> int:
    """Serve, ask, and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("record", type=Path)
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--warm", type=int, default=60, help="seconds at the start that are told apart")
    parser.add_argument("--workers", type=int, default=2, help="processes that answer")
    parser.add_argument("--hold", action="store_true", help="with the file held in memory")
    parser.add_argument("--port", type=int, default=8777)
    options = parser.parse_args(None if words is None else list(words))
    at = f"http://127.0.0.1:{options.port}"
    started = "from communique.cli import main; main()"
    command = [sys.executable, "-c", started, "serve", "--record", str(options.record), "--port", str(options.port)]
    command += ["--workers", str(options.workers), *(["--hold"] if options.hold else [])]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        began = time.perf_counter()
        with httpx.Client(base_url=at, timeout=600, trust_env=False) as client:
            while True:
                try:
                    client.get("/about")
                    break
                except httpx.ConnectError:
                    time.sleep(0.2)
            client.get("/")
            print(f"ready after {time.perf_counter() - began:.1f} s", file=sys.stderr)
            world = World(client)
            counts = client.get("/api/counts").json()
            chance = random.Random(0)
            warmed: set[str] = set()
            while len(warmed) < 16:
                kind, address = world.ask(chance)
                if kind not in warmed:
                    client.get(address)
                    warmed.add(kind)
        took: dict[str, list[float]] = defaultdict(list)
        bad: list[str] = []
        counted = time.perf_counter() + options.warm
        each = (at, world)
        until = counted + options.seconds
        people = [
            threading.Thread(target=person, args=(*each, n, until, counted, took, bad)) for n in range(options.people)
        ]
        for p in people:
            p.start()
        for p in people:
            p.join()
    finally:
        server.terminate()
        server.wait(30)
    print(json.dumps({"engagements": counts["items"].get("engagement"), "units": counts["units"], "wrong": bad[:5]}))
    return 1 if _tell(took, f"the first {options.warm} s") or bad else 0


def _tell(took: dict[str, list[float]], first: str) -> int:
    """Print what came of it; return how many kinds of page took longer than promised."""
    early = took.pop(EARLY, [])
    every = [t for line in took.values() for t in line]
    rows = sorted(took.items(), key=lambda x: -_at(x[1], 95))
    for name, line in [*rows, ("all", every), *([(first, early)] if early else [])]:
        middle, most = statistics.median(line), _at(line, 95)
        print(f"{name:20} {len(line):5} asked   median {middle:7.1f} ms   p95 {most:7.1f} ms")
    return sum(_at(line, 95) > MOST_MS for line in took.values())


def _at(line: list[float], percent: int) -> float:
    return sorted(line)[min(len(line) * percent // 100, len(line) - 1)]


if __name__ == "__main__":
    sys.exit(main())
