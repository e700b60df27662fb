"""One request, with limits: how long, how much, how often it may be sent elsewhere, and where it may go."""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import httpcore

from communique import __version__
from communique.source.guard import Guard, LateError, RefusedError
from communique.source.guard import Pinned as Backend
from communique.source.limits import MEGABYTE
from communique.source.packed import PackedError, inflated

AGENT = f"communique/{__version__} (reads diplomatic news and keeps a record)"
MOVED = {301, 302, 303, 307, 308}
BUSY = {408, 425, 429, 500, 502, 503, 504}


class FetchError(Exception):
    """Why a page could not be fetched, in one phrase.

    Attributes:
        again: whether it may go well another time. after: seconds that the server asks to wait.
    """

    def __init__(self, what: str, again: bool = False, after: float | None = None) -> None:
        super().__init__(what)
        self.again, self.after = again, after


class RestError(FetchError):
    """A request that was not made, because its host asked for rest or its rules cannot be had now."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Limits of one request: seconds for a step (connect, one read) and for the whole, bytes, and redirections."""

    step: float = 15
    whole: float = 60
    most: int = 8 * MEGABYTE
    moves: int = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: ``status`` 200 with its bytes, or 304 (nothing changed) without any.

    ``address`` is where it came from in the end.
    """

    asked: str
    address: str
    status: int
    data: bytes = field(repr=False, default=b"")
    media: str = ""
    charset: str | None = None
    etag: str | None = None
    modified: str | None = None


def address(text: str) -> str:
    """Return an address of the web as it is asked for: without fragment, letters beyond ASCII encoded.

    Raises:
        FetchError: it is none, or carries a name and password.
    """
    try:
        parts = urlsplit(text.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError as e:
        raise FetchError("no address of the web") from e
    if parts.scheme not in ("http", "https") or not host or len(text) > 4000:
        raise FetchError("no address of the web")
    if parts.username is not None or parts.password is not None:
        raise FetchError("an address with a name and password is not asked for")
    try:
        name = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError as e:
        raise FetchError("no name of a host") from e
    if not re.fullmatch(r"[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f:.]{2,45}", name):
        raise FetchError("no name of a host")
    name = f"[{name}]" if ":" in name else name
    name += f":{port}" if port and port != {"http": 80, "https": 443}[parts.scheme] else ""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return urlunsplit((parts.scheme, name, path, query, ""))


def once(
    asked: str,
    guard: Guard,
    bounds: Bounds,
    headers: Mapping[str, str],
    tls: ssl.SSLContext | None = None,
    until: float | None = None,
) -> tuple[int, Mapping[str, str], bytes]:
    """Ask for one address and return status, headers (lower case) and the bytes as they came, still packed.

    Only of a status 200 the bytes are read.

    Raises:
        FetchError: no answer within the limits, or one that may not be asked for.
    """
    until = time.monotonic() + bounds.whole if until is None else until
    timeouts = dict.fromkeys(("connect", "read", "write", "pool"), bounds.step)
    try:
        with (
            httpcore.ConnectionPool(
                ssl_context=tls, max_connections=1, max_keepalive_connections=0, network_backend=Backend(guard, until)
            ) as pool,
            pool.stream("GET", asked, headers=list(headers.items()), extensions={"timeout": timeouts}) as answer,
        ):
            told = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in answer.headers}
            if answer.status != 200:
                return answer.status, told, b""
            size = told.get("content-length", "")
            if size.isdigit() and int(size) > bounds.most:
                raise FetchError(f"{int(size) / MEGABYTE:.0f} MB is more than a page may have")
            data = bytearray()
            for chunk in answer.iter_stream():
                data += chunk
                if len(data) > bounds.most:
                    raise FetchError(f"more than a page may have ({bounds.most / MEGABYTE:g} MB)")
                if time.monotonic() > until:
                    raise LateError
            return answer.status, told, bytes(data)
    except RefusedError as e:
        raise FetchError(f"refused: {e}") from e
    except (LateError, httpcore.TimeoutException) as e:
        raise FetchError(f"no whole answer in {bounds.whole:g} seconds", again=True) from e
    except (httpcore.ProtocolError, httpcore.UnsupportedProtocol) as e:
        raise FetchError(f"a broken answer ({_said(e)})", again=True) from e
    except (httpcore.NetworkError, OSError) as e:
        raise FetchError(f"no answer ({_said(e)})", again=True) from e


def _said(error: Exception) -> str:
    text = " ".join(str(error).split())[:120]
    return "".join(c if c.isprintable() else "?" for c in text) or type(error).__name__


def get(
    asked: str,
    guard: Guard,
    bounds: Bounds,
    headers: Mapping[str, str],
    tls: ssl.SSLContext | None = None,
    turn: Callable[[str], AbstractContextManager[object]] = nullcontext,
) -> Fetched:
    """Ask for an address and follow redirections, each to an address that is checked anew.

    Args:
        headers: of the request; ``If-None-Match`` and the like go to the first address alone.
        turn: what to hold while an address is asked for; raises where it may not be asked for.

    Raises:
        FetchError: as ``once``, or a status other than 200 and 304, or redirections in a circle.
    """
    until = time.monotonic() + bounds.whole
    here = asked
    been = {asked}
    sent = {"User-Agent": AGENT, "Accept-Encoding": "gzip, deflate", "Accept": "*/*", **headers}
    for _ in range(bounds.moves + 1):
        with turn(here):
            until = max(until, time.monotonic() + bounds.whole / 2)  # waiting for the turn is not the server's time
            status, told, data = once(here, guard, bounds, {"Host": urlsplit(here).netloc, **sent}, tls, until)
            if status in BUSY:
                raise FetchError(f"status {status}", again=True, after=_after(told.get("retry-after", "")))
        if status in MOVED:
            here = address(urljoin(here, told.get("location", "")))
            if here in been:
                raise FetchError("sent round in a circle")
            been.add(here)
            sent = {k: v for k, v in sent.items() if not k.startswith("If-")}
            continue
        if status not in (200, 304):
            raise FetchError(f"status {status}")
        try:
            for one in reversed(told.get("content-encoding", "").split(",")[:3]):
                data = inflated(data, one, bounds.most)
        except PackedError as e:
            raise FetchError(str(e)) from e
        media = told.get("content-type", "")
        charset = re.search(r"charset\s{0,3}=\s{0,3}[\"']?([A-Za-z0-9_:.-]{2,40})", media)
        return Fetched(
            asked, here, status, data, media.partition(";")[0].strip().lower(), charset.group(1) if charset else None,
            told.get("etag", "")[:500] or None, told.get("last-modified", "")[:100] or None,
        )  # fmt: skip
    raise FetchError(f"sent elsewhere more than {bounds.moves} times")


def _after(text: str) -> float | None:
    """Return the seconds of a ``Retry-After``: a number, or a moment."""
    from email.utils import parsedate_to_datetime

    if text.strip().isdigit():
        return float(text.strip()[:6])
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None
