"""A real server on loopback for tests: answers by path, notes what it was asked, and misbehaves where told to."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from communique.source import Guard, network

LOOPBACK = Guard([network("127.0.0.0/8")])


class Handler(BaseHTTPRequestHandler):
    """Hands every request to what the test put at its path."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        site = self.server.site
        with site.lock:
            site.asked.append((time.monotonic(), self.path, dict(self.headers.items())))
            site.open += 1
            site.most_open = max(site.most_open, site.open)
        try:
            found = site.pages.get(self.path)
            if found is None:
                self.answer(b"", 404)
            elif callable(found):
                found(self)
            else:
                self.answer(found)
        except (BrokenPipeError, ConnectionResetError):
            pass
        finally:
            with site.lock:
                site.open -= 1
            self.close_connection = True

    def answer(self, body: bytes, status: int = 200, media: str = "text/html; charset=utf-8", **headers: str) -> None:
        """Send an answer; an underscore in a header's name is a hyphen."""
        self.send_response_only(status)
        self.send_header("Content-Type", media)
        names = {k.replace("_", "-").lower(): v for k, v in headers.items()}
        if "content-length" not in names:
            self.send_header("Content-Length", str(len(body)))
        for name, value in names.items():
            self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def raw(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.wfile.write(data)
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """A server that knows its site."""

    daemon_threads = True
    site: Site

    def handle_error(self, *_: object) -> None:
        """Say nothing: a test's client goes away when it likes."""


Page = bytes | Callable[[Handler], None]


@dataclass
class Site:
    """What the server holds, and what it was asked."""

    port: int = 0
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[float, str, dict[str, str]]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    open: int = 0
    most_open: int = 0

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """Return the address of a path."""
        return f"http://{host}:{self.port}{path}"

    def paths(self, but: str = "/robots.txt") -> list[str]:
        """Return the paths that were asked for, in order."""
        return [path for _, path, _ in self.asked if path != but]


@contextmanager
def serving() -> Iterator[Site]:
    """Serve an empty site until the end of the ``with``."""
    server = Server(("127.0.0.1", 0), Handler)
    server.site = Site(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server.site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
