"""Fetching as a guest: robots.txt is obeyed, a host gets one request at a time with a pause, who is busy gets rest."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from communique.source import fetch
from communique.source.fetch import AGENT, Bounds, Fetched, FetchError, RestError
from communique.source.guard import Guard

if TYPE_CHECKING:
    from communique.source.archive import Archive

NAME = "communique"
ROBOTS_KEPT, ROBOTS_AGAIN = 24 * 3600.0, 600.0
MOST_ROBOTS = 512 * 1024
LONGEST_PAUSE, LONGEST_REST, LONGEST_ASKED = 300.0, 600.0, 24 * 3600.0


@dataclass
class _Host:
    """What is known of one host: when it may be asked again, and its rules."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    free: float = 0.0
    rest: float = 0.0
    faults: int = 0
    rules: Any = None
    until: float = 0.0
    closed: str = ""
    asking: threading.Lock = field(default_factory=threading.Lock)


class Web:
    """The public net, asked politely. May be used by several threads.

    Args:
        guard: where requests may go. archive: keeps what came, and what it is asked by the next time.
        pause: seconds between two requests to one host, at the least. tries: how often a busy host is asked.
        patience: seconds that a request may wait for a host that asked for rest.
    """

    def __init__(
        self,
        guard: Guard | None = None,
        archive: Archive | None = None,
        *,
        pause: float = 2.0,
        bounds: Bounds | None = None,
        tries: int = 3,
        patience: float = 60.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.guard, self.archive = guard or Guard(), archive
        self.pause, self.bounds, self.tries, self.patience = pause, bounds or Bounds(), tries, patience
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()
        self._tls: Any = None

    def get(self, asked: str, most: int | None = None) -> Fetched:
        """Return what stands at an address now: fetched, or from the archive where the server says it is the same.

        Raises:
            FetchError: it cannot be had, or may not be asked for.
        """
        where = fetch.address(asked)
        before = self.archive.last(where) if self.archive else None
        headers = {}
        if before and before.etag:
            headers["If-None-Match"] = before.etag
        if before and before.modified:
            headers["If-Modified-Since"] = before.modified
        bounds = replace(self.bounds, most=most) if most else self.bounds
        got = self._patiently(where, bounds, headers)
        if got.status == 304:
            data = self.archive.bytes_of(before.digest) if self.archive and before else None
            if before is None or data is None:
                raise FetchError("said to be unchanged, and was never seen", again=True)
            return replace(got, data=data, media=before.media, charset=before.charset)
        if self.archive:
            self.archive.keep(got)
        return got

    def _patiently(self, where: str, bounds: Bounds, headers: dict[str, str]) -> Fetched:
        for n in range(1, self.tries + 1):
            try:
                return fetch.get(where, self.guard, bounds, headers, self._context(where), self._turn)
            except FetchError as e:
                if not e.again or n == self.tries:
                    raise
                self._sleep(min(self.patience, self.pause * 2**n))
        raise FetchError("never asked")

    def _context(self, where: str) -> Any:
        if self._tls is None and where.startswith("https:"):
            import ssl

            self._tls = ssl.create_default_context()
            if not self._tls.get_ca_certs():
                import certifi

                self._tls.load_verify_locations(certifi.where())
        return self._tls

    def _host(self, where: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(urlsplit(where).netloc, _Host())

    @contextmanager
    def _turn(self, where: str) -> Iterator[None]:
        """Hold the host of an address, after its pause, where its rules let the address be asked for."""
        host = self._host(where)
        self._read_rules(where, host)
        if host.closed:
            raise RestError(f"left alone: {host.closed}", again=True, after=max(1.0, host.until - time.monotonic()))
        if host.rules is not None and not host.rules.can_fetch(where, AGENT.partition("/")[0]):
            raise FetchError("not to be fetched, says its robots.txt")
        with self._held(host):
            yield

    @contextmanager
    def _held(self, host: _Host) -> Iterator[None]:
        rest = host.rest - time.monotonic()
        if rest > self.patience:
            raise RestError("the host asked for rest", again=True, after=rest)
        if rest > 0:
            self._sleep(rest)
        with host.lock:
            wait = host.free - time.monotonic()
            if wait > 0:
                self._sleep(wait)
            try:
                yield
            except FetchError as e:
                self._rest(host, e)
                raise
            else:
                host.faults = 0
            finally:
                host.free = time.monotonic() + self._pause_of(host)

    def _rest(self, host: _Host, error: FetchError) -> None:
        if error.again:
            host.faults += 1
            mine = min(LONGEST_REST, self.pause * 2 ** min(host.faults, 10))
            host.rest = time.monotonic() + max(mine, min(error.after or 0.0, LONGEST_ASKED))

    def _pause_of(self, host: _Host) -> float:
        asked = host.rules.crawl_delay(NAME) if host.rules is not None else None
        return max(self.pause, min(float(asked or 0), LONGEST_PAUSE))

    def _read_rules(self, where: str, host: _Host) -> None:
        from protego import Protego

        with host.asking:
            if time.monotonic() < host.until:
                return
            parts = urlsplit(where)
            robots = f"{parts.scheme}://{parts.netloc}/robots.txt"
            bounds = replace(self.bounds, most=MOST_ROBOTS)
            host.closed, host.until = "", time.monotonic() + ROBOTS_KEPT

            @contextmanager
            def turn(here: str) -> Iterator[None]:
                with self._held(self._host(here)):
                    yield

            try:
                got = fetch.get(robots, self.guard, bounds, {}, self._context(robots), turn)
                host.rules = Protego.parse(got.data.decode("utf-8", "replace"))
            except FetchError as e:
                if str(e).startswith("status 4") and not e.again:
                    host.rules = None  # there are no rules: everything may be fetched
                    return
                if not e.again:
                    host.until = 0.0
                    raise
                host.closed = f"its robots.txt cannot be had ({e})"
                host.until = time.monotonic() + min(ROBOTS_AGAIN, self.pause * 2 ** min(host.faults, 10))
            except Exception as e:  # noqa: BLE001 - rules that no reader understands are no leave to fetch
                host.closed = f"its robots.txt cannot be read ({type(e).__name__})"
                host.until = time.monotonic() + ROBOTS_AGAIN
