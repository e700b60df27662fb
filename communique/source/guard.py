"""Where a request may go: to public addresses alone, checked after the name was looked up, and then to those very ones.

A name may lead to another machine each time it is asked for. So it is asked once, every address it leads to is
checked, and the connection is made to a checked address: there is no second look-up.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
SHARED = ipaddress.IPv4Network("100.64.0.0/10")


class RefusedError(Exception):
    """A request that is not made: the address is none of the public net."""


class LateError(Exception):
    """The time for a whole request is over."""


def network(text: str) -> Network:
    """Return a network that a person names (``127.0.0.0/8``, ``10.1.2.3``).

    Raises:
        ValueError: it is none.
    """
    return ipaddress.ip_network(text.strip(), strict=False)


def is_public(address: Address) -> bool:
    """Tell whether an address is one of the public net; one that wraps another (IPv4 in IPv6) is judged by that."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and address in TRANSLATED:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address.is_site_local or int(address) >> 32 == 0:
            return False
    elif address in SHARED:
        return False
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_private or address.is_loopback
        or address.is_link_local or address.is_unspecified
    )  # fmt: skip


class Guard:
    """Looks up names and says where a connection may go.

    Args:
        reach: networks besides the public net that may be reached: a mirror in one's own house, or a test's server.
    """

    def __init__(self, reach: Iterable[Network] = ()) -> None:
        self.reach = tuple(reach)

    def allowed(self, address: Address) -> bool:
        """Tell whether an address may be reached."""
        inner = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
        mine = inner or address
        return is_public(address) or any(mine.version == net.version and mine in net for net in self.reach)

    def addresses(self, host: str, port: int) -> list[str]:
        """Return the addresses of a host, all of which may be reached.

        Raises:
            RefusedError: one of them is not of the public net. OSError: the name leads nowhere.
        """
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except UnicodeError as e:
            raise OSError("no name of a host") from e
        told = list(dict.fromkeys(str(x[4][0]) for x in found))
        for text in told:
            try:
                address = ipaddress.ip_address(text.partition("%")[0])
            except ValueError as e:
                raise RefusedError(f"{host} leads to {text}, which is no address") from e
            if not self.allowed(address):
                raise RefusedError(f"{host} leads to {text}, which is not on the public net")
        return told


class Timed(httpcore.NetworkStream):
    """A connection whose every step ends with the time of the whole request."""

    def __init__(self, stream: httpcore.NetworkStream, until: float) -> None:
        self._stream, self._until = stream, until

    def _left(self, timeout: float | None) -> float:
        left = self._until - time.monotonic()
        if left <= 0:
            raise LateError
        return min(left, timeout) if timeout is not None else left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what comes."""
        return self._stream.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send."""
        self._stream.write(buffer, self._left(timeout))

    def close(self) -> None:
        """Close."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Go on in TLS."""
        return Timed(self._stream.start_tls(ssl_context, server_hostname, self._left(timeout)), self._until)

    def get_extra_info(self, info: str) -> Any:
        """Return what is known of the connection."""
        return self._stream.get_extra_info(info)


class Pinned(httpcore.NetworkBackend):
    """Connects to checked addresses only, until a moment of the clock (``time.monotonic``)."""

    def __init__(self, guard: Guard, until: float) -> None:
        self._guard, self._until = guard, until
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first checked address that answers."""
        trouble: Exception | None = None
        for address in self._guard.addresses(host, port)[:4]:
            left = self._until - time.monotonic()
            if left <= 0:
                raise LateError
            try:
                wait = min(left, timeout) if timeout is not None else left
                return Timed(self._plain.connect_tcp(address, port, wait, local_address, socket_options), self._until)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as e:
                trouble = e
        raise trouble or httpcore.ConnectError("no address")

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        """Refuse: no page lives there."""
        raise RefusedError("no address of the web")

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)
