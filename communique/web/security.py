"""What stands between the network and the pages: host names, headers, methods, answers kept by browsers."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from communique.errors import CommuniqueError
from communique.record import Known
from communique.web.speaking import COOKIE, in_speech, wanted

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


def is_loopback(host: str) -> bool:
    """Tell whether an address to listen on can be reached from this machine only."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def hosts_for(host: str) -> tuple[str, ...]:
    """Return the names under which a server that listens on ``host`` may be asked, beside addresses in digits."""
    own = () if is_loopback(host) else (host.lower(), socket.gethostname().lower(), socket.getfqdn().lower())
    return ("localhost", *own)


def host_of(header: str) -> str:
    """Return the host of a Host header, without its port, in lower case."""
    if header.startswith("["):
        return header[1:].partition("]")[0].lower()
    return header.rpartition(":")[0].lower() if ":" in header else header.lower()


def allowed(header: str, hosts: Iterable[str]) -> bool:
    """Tell whether a Host header may ask here.

    A page of another site that has its own name point here (DNS rebinding) always sends a name, so an address
    in digits is safe and a name must be one of ``hosts``.
    """
    host = host_of(header)
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host in hosts
    return True


def _cookie(headers: Headers, name: str) -> str | None:
    """Return a cookie of a request."""
    for part in headers.get("cookie", "").split(";"):
        key, _, value = part.strip().partition("=")
        if key == name:
            return value
    return None


OWN = ("review", "new", "language")
"""First parts of paths whose pages are for one reader: no browser or proxy keeps them."""


class Guard:
    """Answers hosts of ours only, sets the headers, and says 304 where the record has not changed.

    Only the pages of review take forms, from pages of ours; what they answer is kept by no browser.

    Args:
        app: what answers. hosts: names that may be asked for. mark: returns a word that changes with the record.
        known: returns what is known of names, for those of things in the reader's language.
    """

    def __init__(
        self, app: ASGIApp, hosts: tuple[str, ...], mark: Callable[[], str], known: Callable[[], Known] = Known
    ) -> None:
        self.app, self.hosts, self.mark, self.known = app, hosts, mark, known

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        speech = wanted(_cookie(headers, COOKIE), headers.get("accept-language"))
        own = scope["path"].split("/", 2)[1] in OWN
        api = scope["path"].startswith("/api/")
        refused = self._refused(scope["method"], headers, scope["path"].startswith("/review/"))
        kept = not scope["path"].startswith("/static/")
        etag = await run_in_threadpool(self._etag) if kept and refused is None else ""
        if own:
            etag = ""
        elif etag and not api:
            etag = f'{etag[:-1]}-{speech.code}"'
        head = scope["method"] == "HEAD"

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                out = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    out[name] = value
                if etag and message["status"] == 200:
                    out["etag"] = etag
                if kept:
                    out["cache-control"] = "no-store" if own else "no-cache"
                if kept and not api:
                    out.add_vary_header("Accept-Language, Cookie")
            elif head:
                message = {**message, "body": b""}
            await send(message)

        if refused is not None:
            await refused(scope, receive, answer)
        elif etag and etag in [e.strip() for e in headers.get("if-none-match", "").split(",")]:
            await Response(status_code=304, headers={"etag": etag})(scope, receive, answer)
        else:
            with in_speech(speech, self.known):
                await self.app({**scope, "method": "GET"} if head else scope, receive, answer)

    def _etag(self) -> str:
        try:
            return f'W/"{self.mark()}"'
        except CommuniqueError:
            return ""  # what answers will say so itself

    def _refused(self, method: str, headers: Headers, forms: bool) -> Response | None:
        if not allowed(headers.get("host", ""), self.hosts):
            said = "This address does not serve the record: open it by the address that 'communique serve' printed.\n"
            return PlainTextResponse(said, 421)
        if method == "POST" and forms:
            # Browsers say where a form was sent from; who says nothing is asked for the session's token all the same.
            if headers.get("sec-fetch-site", "same-origin") != "same-origin":
                return PlainTextResponse("This form was sent from a page of another site.\n", 403)
            return None
        if method not in ("GET", "HEAD"):
            return PlainTextResponse("The record is read-only here: GET and HEAD.\n", 405, {"allow": "GET, HEAD"})
        return None
