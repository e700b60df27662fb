"""Watching feeds: what is new is fetched, kept, read and put into the record, each article once.

Every step is noted before the next begins: an article is *due*, then *fetched* (its bytes are in the archive), then
*read* (it is in the record). Who is killed in between goes on from there; the record itself takes nothing twice.
"""

from __future__ import annotations

import fcntl
import io
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import fmean
from urllib.parse import urlsplit

from communique.engines.coder import coder
from communique.engines.plan import Feed, Plan
from communique.engines.processes import run
from communique.errors import CommuniqueError, SourceError
from communique.model import Raw, Skipped
from communique.source import Archive, FetchError, Limits, Web
from communique.source import feed as feeds
from communique.source.feed import Entry
from communique.source.fetch import RestError
from communique.source.ledger import FeedState, Item, Ledger
from communique.source.packed import PackedError, Unpacked, is_packed
from communique.source.targets import page
from communique.store import Store

HOSTS = 8
BATCH = 20
TICK = 0.2
LAST, BEFORE, LEAST, FEWEST = 10, 100, 20, 5
"""Articles that a changed layout shows in, those they are held against, and the fewest of either that say something."""
DROP = 0.4
LONGEST_REST = 600.0

Say = Callable[[str], None]


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold an archive for one watch.

    Raises:
        CommuniqueError: another watch holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "watch.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as e:
            raise CommuniqueError("another watch is at work", where=str(folder), remedy="stop it first") from e
        yield


class Watch:
    """A watch over feeds.

    Args:
        plan: what to watch. store: the record. archive: keeps what is fetched. web: fetches; asks each host once at a
            time. say: gets a line for what was read and what failed.
    """

    def __init__(
        self, plan: Plan, store: Store, archive: Archive, web: Web, say: Say, limits: Limits | None = None
    ) -> None:
        self.plan, self.store, self.archive, self.web, self.say = plan, store, archive, web, say
        self.limits = limits or Limits()
        self.ledger = Ledger(archive)
        self._under_way: dict[str, Future[None]] = {}

    def run(self, stop: threading.Event, until: float | None = None) -> None:
        """Watch until ``stop`` is set, or the clock (``time.monotonic``) says ``until``.

        Raises:
            RecordError: the record does not answer.
        """
        with ThreadPoolExecutor(HOSTS, "fetch") as pool:
            try:
                while not stop.is_set() and (until is None or time.monotonic() < until):
                    self._collect()
                    self._ask(pool)
                    if not self._read():
                        stop.wait(TICK)
            finally:
                pool.shutdown(wait=True, cancel_futures=True)
        self._collect()
        while self._read():
            pass

    def idle(self) -> bool:
        """Tell whether nothing is under way, due or waiting."""
        return not self._under_way and not self.ledger.due((), 1) and not self.ledger.waiting(1)

    def _collect(self) -> None:
        for host, future in list(self._under_way.items()):
            if future.done():
                del self._under_way[host]
                if not future.cancelled():
                    future.result()

    def _ask(self, pool: ThreadPoolExecutor) -> None:
        """Give every idle host something to answer: a feed whose time has come, else the article that waits longest."""
        now = time.time()
        for one in self.plan.feed:
            asked, faults = self.ledger.asked_at(one.name)
            wait = min(one.every * 2 ** min(faults, 10), max(one.every, LONGEST_REST))
            host = urlsplit(one.address).netloc
            if host not in self._under_way and now - asked >= wait and len(self._under_way) < HOSTS:
                self._under_way[host] = pool.submit(self._feed, one)
        for address, host in self.ledger.due(self._under_way, HOSTS - len(self._under_way)):
            self._under_way[host] = pool.submit(self._article, address)

    def _feed(self, one: Feed) -> None:
        try:
            found, faults = self._entries(one.address, 0)
            self.ledger.listed(one.name, found, one.again * 3600)
        except FetchError as e:
            self.ledger.asked(one.name, str(e))
            self.say(f"failed: {one.name}: {e}")
        else:
            if faults and not found:
                self.ledger.asked(one.name, faults[0])
                self.say(f"failed: {one.name}: {faults[0]}")
            else:
                self.ledger.asked(one.name, entries=len(found))

    def _entries(self, address: str, depth: int) -> tuple[list[Entry], list[str]]:
        """Return what a feed lists (at most what one may list) and what is wrong with it."""
        got = self.web.get(address, self.limits.feed)
        stream = io.BytesIO(got.data)
        source = io.BufferedReader(Unpacked(stream)) if is_packed(got.data) else stream
        found: list[Entry] = []
        faults: list[str] = []
        try:
            for entry in feeds.read(source, address, got.address, self.limits):
                if isinstance(entry, SourceError):
                    faults.append(entry.what)
                elif not entry.nested:
                    found.append(entry)
                elif depth < self.limits.deep:
                    more, wrong = self._entries(entry.address, depth + 1)
                    found += more[: self.limits.entries - len(found)]
                    faults += wrong
        except PackedError as e:
            faults.append(str(e))
        return found, faults

    def _article(self, address: str) -> None:
        try:
            got = self.web.get(address, self.limits.page)
        except RestError as e:
            self.ledger.put_off(address, e.after or 1)
            return
        except FetchError as e:
            if e.again:
                self.ledger.later(address, str(e), e.after)
            else:
                self.ledger.failed(address, str(e))
                self.say(f"failed: {address}: {e}")
            return
        made = page(got, self.limits)
        if isinstance(made, Raw):
            self.ledger.fetched(address, made.digest)
            return
        why = made.reason if isinstance(made, Skipped) else made.what
        self.ledger.failed(address, why)
        self.say(f"failed: {address}: {why}")

    def _read(self) -> int:
        """Read what is in the archive and not in the record; return how many that were."""
        waiting = self.ledger.waiting(BATCH)
        raws = []
        for address in waiting:
            raw = self.archive.page(address)
            if raw is None:
                self.ledger.later(address, "its bytes are not in the archive", None)
            else:
                raws.append(raw)
        for outcome in run(raws):
            reading, error = outcome.reading, outcome.error
            if reading is not None:
                try:
                    self.store.add(reading, outcome.raw, coder())
                except SourceError as e:
                    error = e
            if error is not None or reading is None:
                self.store.fail(outcome.raw, str(error), coder())
                self.ledger.failed(outcome.raw.source, error.what if error else "nothing came of it")
                self.say(f"failed: {error}")
                continue
            units = reading.document.units
            self.ledger.read(outcome.raw.source, len(units), len(reading.claims), len(units[0].text) if units else 0)
            self.say(f"read: {outcome.raw.source} ({len(units)} units, {len(reading.claims)} items)")
        return len(waiting)


def signs(state: FeedState, now: float) -> list[str]:
    """Return what a person should look at: a layout that seems to have changed, a feed that fails or fell silent."""
    found = []
    if state.reason:
        found.append(f"the feed fails: {state.reason}")
    last, before = state.last[:LAST], state.last[LAST : LAST + BEFORE]
    bad = [x for x in last if x.state == "failed"]
    if len(bad) >= FEWEST and len(bad) * 2 >= len(last):
        found.append(f"layout? {len(bad)} of the last {len(last)} articles failed: {bad[0].reason}")
    good, old = [x for x in last if x.state == "read"], [x for x in before if x.state == "read"]
    if len(good) >= FEWEST and len(old) >= LEAST:
        for what, size in MEASURES.items():
            was, is_now = fmean(size(x) for x in old), fmean(size(x) for x in good)
            if is_now < was * DROP:
                found.append(f"layout? {what} an article fell from {was:.1f} to {is_now:.1f}")
    return found


MEASURES: dict[str, Callable[[Item], int]] = {
    "units": lambda x: x.units,
    "items": lambda x: x.claims,
    "letters": lambda x: x.letters,
}
