"""Watch feeds that change, of a server that fails at times, with a process that is killed: every article once.

    python bench/soak.py                         fifteen minutes, ten kills
    python bench/soak.py --minutes 1 --kills 3   a short one

Three feeds on three hosts (loopback addresses of one server) get a new article every few seconds; one in eight is
changed later on, one in ten is a copy of another feed's. A feed lists its last forty. For a part of the time a host
answers 503, or hangs up. ``communique watch`` is killed by signal 9 at moments drawn from the seed and started again.
When the time is over nothing new appears, and the watch gets a minute to finish. Then

- every article stands in the record once, in its last version, and nothing else does;
- no earlier version is there twice;
- the time from appearing to being read is told: median and longest, and the longest of those that appeared while their
  host answered and the watch ran.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

HOSTS = ("127.0.0.1", "127.0.0.2", "127.0.0.3")
LISTED = 40
EVERY = 2.0
"""Seconds between two looks at a feed."""


@dataclass
class Article:
    """One article: its versions so far, and when each appeared."""

    host: str
    path: str
    text: str
    versions: list[float] = field(default_factory=list)

    def page(self) -> bytes:
        """Return it as a page."""
        more = f"<p>Correction number {len(self.versions) - 1}.</p>" if len(self.versions) > 1 else ""
        return (
            f"<html><head><title>{self.text[:30]}</title></head><body><article><h1>{self.text[:30]}</h1>"
            f"<p>{self.text}</p>{more}</article></body></html>"
        ).encode()


@dataclass
class World:
    """What the server holds, and how well it is."""

    port: int = 0
    articles: list[Article] = field(default_factory=list)
    ill: dict[str, str] = field(default_factory=dict)
    bad_times: list[tuple[float, float]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def url(self, article: Article) -> str:
        """Return the address of an article."""
        return f"http://{article.host}:{self.port}{article.path}"

    def feed(self, host: str) -> bytes:
        """Return the feed of a host."""
        with self.lock:
            mine = [a for a in self.articles if a.host == host][-LISTED:]
            items = "".join(
                f"<item><link>{self.url(a)}</link><title>{a.path}</title><pubDate>{a.versions[-1]}</pubDate></item>"
                for a in reversed(mine)
            )
        return f"<rss><channel>{items}</channel></rss>".encode()


class Handler(BaseHTTPRequestHandler):
    """Answers as well as its host is."""

    def do_GET(self) -> None:
        """Answer."""
        world: World = self.server.world  # type: ignore[attr-defined]
        host = (self.headers.get("Host") or "").partition(":")[0]
        how = world.ill.get(host)
        if how == "hangs up":
            return
        if self.path == "/rss":
            body = world.feed(host)
        else:
            with world.lock:
                found = [a.page() for a in world.articles if (a.host, a.path) == (host, self.path)]
            body = found[0] if found else b""
        self.send_response_only(503 if how else 200 if body else 404)
        self.send_header("Content-Type", "application/rss+xml" if self.path == "/rss" else "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """The server of a world."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing: clients are killed here."""


class Watcher:
    """The process that watches, with what it said and when."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.said: list[tuple[float, str]] = []
        self.process: subprocess.Popen[str] | None = None
        self.ran: list[list[float]] = []

    def start(self) -> None:
        """Start it."""
        words = ("watch", "feeds.toml", "--record", "soak.db", "--reach", "127.0.0.0/8")
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from communique.cli import main; main()", *words],
            cwd=self.folder, env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
            stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, encoding="utf-8",
        )  # fmt: skip
        self.ran.append([time.time(), float("inf")])
        threading.Thread(target=self._listen, args=(self.process,), daemon=True).start()

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stderr is not None
        with process.stderr:
            for line in process.stderr:
                self.said.append((time.time(), line.rstrip("\n")))

    def end(self, number: signal.Signals) -> int:
        """End it by a signal and return its code."""
        assert self.process is not None
        self.process.send_signal(number)
        code = self.process.wait(90)
        self.ran[-1][1] = time.time()
        return code


def publish(world: World, chance: random.Random, pool: list[str]) -> None:
    """Let something appear: a new article, a copy of one, or a change."""
    with world.lock:
        now = time.time()
        host = chance.choice(HOSTS)
        recent = [a for a in world.articles[-30:] if a.host == host]
        if recent and chance.random() < 0.12:
            chance.choice(recent).versions.append(now)
            return
        text = "".join(chance.sample(pool, 5)) + f" {len(world.articles)}"
        if world.articles and chance.random() < 0.1:
            text = world.articles[-1].text
        world.articles.append(Article(host, f"/a/{len(world.articles)}", text, [now]))


def soak(minutes: float, kills: int, seed: int, pace: float, settle: float = 60) -> tuple[dict[str, object], list[str]]:
    """Soak, and return the figures and what is wrong."""
    from bench.speed import sentences

    chance = random.Random(seed)
    pool = [s for s in sentences([ROOT / "cases" / "demo"]) if len(s) > 15]
    world = World()
    server = Server(("0.0.0.0", 0), Handler)
    world.port = server.server_address[1]
    server.world = world  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        plan = ["pause = 0.05"]
        for n, host in enumerate(HOSTS):
            plan.append(f'[[feed]]\nname = "feed {n}"\naddress = "http://{host}:{world.port}/rss"\nevery = {EVERY}\n')
        (folder / "feeds.toml").write_text("\n".join(plan), encoding="utf-8")
        watcher = Watcher(folder)
        watcher.start()
        began = time.time()
        end = began + minutes * 60
        moments = sorted(chance.uniform(began + 5, end - 3) for _ in range(kills))
        next_ill = began + minutes * 60 * 0.1
        while time.time() < end:
            publish(world, chance, pool)
            time.sleep(chance.expovariate(1 / pace))
            if moments and time.time() >= moments[0]:
                moments.pop(0)
                watcher.end(signal.SIGKILL)
                watcher.start()
            if time.time() >= next_ill:
                length = min(20.0, minutes * 60 * 0.08)
                host = chance.choice(HOSTS)
                world.ill = {host: chance.choice(("busy", "hangs up"))}
                world.bad_times.append((time.time(), time.time() + length))
                threading.Timer(length, world.ill.clear).start()
                next_ill = time.time() + minutes * 60 * 0.2
        world.ill.clear()
        wrong = _settled(world, watcher, folder, settle)
        code = watcher.end(signal.SIGTERM)
        if code != 0:
            wrong.append(f"the watch ended with {code}: {watcher.said[-3:]}")
        server.shutdown()
        server.server_close()
        figures, more = judged(world, watcher, folder)
    return figures, wrong + more


def _settled(world: World, watcher: Watcher, folder: Path, seconds: float) -> list[str]:
    """Wait until everything is read."""
    until = time.time() + seconds
    while time.time() < until:
        if not _missing(world, folder):
            return []
        time.sleep(0.5)
    return [f"not read in time: {_missing(world, folder)[:5]}; the watch says {watcher.said[-3:]}"]


def _held(folder: Path) -> list[tuple[str, str, str]]:
    """Return source, digest and state of everything in the record."""
    import sqlite3

    path = folder / "soak.db"
    if not path.exists():
        return []
    with closing(sqlite3.connect(path, timeout=30)) as db:
        try:
            return db.execute("SELECT source, digest, state FROM sources").fetchall()
        except sqlite3.OperationalError:
            return []


def _missing(world: World, folder: Path) -> list[str]:
    import hashlib

    live = {(source, digest) for source, digest, state in _held(folder) if state == "live"}
    wanted = ((world.url(a), hashlib.sha256(a.page()).hexdigest()) for a in world.articles)
    return [source for source, digest in wanted if (source, digest) not in live]


def judged(world: World, watcher: Watcher, folder: Path) -> tuple[dict[str, object], list[str]]:
    """Return the figures, and what is wrong with the record."""
    rows = _held(folder)
    wrong = []
    live = Counter(source for source, _, state in rows if state == "live")
    known = {world.url(a): a for a in world.articles}
    if doubles := [s for s, n in live.items() if n > 1]:
        wrong.append(f"twice in the record: {doubles[:5]}")
    if strange := sorted(set(live) - set(known)):
        wrong.append(f"nobody published: {strange[:5]}")
    if twice := [k for k, n in Counter((s, d) for s, d, _ in rows).items() if n > 1]:
        wrong.append(f"a version twice: {twice[:5]}")
    waits, well = [], []
    for at, line in watcher.said:
        if not line.startswith("read: "):
            continue
        article = known.get(line.split()[1])
        if article is None:
            continue
        since = [v for v in article.versions if v <= at]
        if since:
            waits.append(at - since[-1])
            ran = any(a <= since[-1] and at <= b for a, b in watcher.ran)
            if ran and not any(a <= at and since[-1] <= b + 5 for a, b in world.bad_times):
                well.append(waits[-1])
    return {
        "articles": len(world.articles),
        "changes": sum(len(a.versions) - 1 for a in world.articles),
        "kills": len(watcher.ran) - 1,
        "bad times": len(world.bad_times),
        "live in the record": sum(live.values()),
        "superseded": sum(1 for _, _, state in rows if state == "superseded"),
        "seconds to read, median": round(statistics.median(waits), 1) if waits else None,
        "seconds to read, longest": round(max(waits), 1) if waits else None,
        "seconds to read, longest while all was well": round(max(well), 1) if well else None,
    }, wrong


def main(words: Iterable[str] | None = None) -> int:
    """Soak and tell; 1 where something was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=15, help="how long (default: 15)")
    parser.add_argument("--kills", type=int, default=10, help="how often the watch is killed (default: 10)")
    parser.add_argument("--pace", type=float, default=2.0, help="seconds between two articles (default: 2)")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(None if words is None else list(words))
    figures, wrong = soak(options.minutes, options.kills, options.seed, options.pace)
    for name, figure in figures.items():
        print(f"{name:46}{figure}")
    for line in wrong:
        print(f"wrong: {line}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
