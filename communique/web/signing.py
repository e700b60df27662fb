"""Signing in: forms, cookies, and who asks. Every form that changes the record carries the session's token."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from communique.store import Store, accounts
from communique.store.accounts import Session, TooManyError
from communique.web.api import Record
from communique.web.render import render

router = APIRouter(include_in_schema=False)
SESSION, FORM = "communique_session", "communique_form"
NAME = 60
"""Letters of the name of who asks."""
LARGEST = 200_000
"""Bytes of a form."""
STALE = "This form was not sent from a page of yours, or its session ended: open the page again and send it anew."
Form = dict[str, list[str]]


class NotSignedInError(Exception):
    """Nobody is signed in."""


def to_sign_in(request: Request, error: Exception) -> Response:
    """Lead to the page on which to sign in."""
    return RedirectResponse("/review/sign-in", 303)


@dataclass(frozen=True, slots=True)
class Proxy:
    """A server that stands in front and says in a ``header`` who asks. Only those at ``peers`` are believed.

    ``secret`` is of this process: the token in the forms of who was signed in there is made from it.
    """

    header: str
    peers: tuple[str, ...] = ("127.0.0.1", "::1")
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def session(self, request: Request, store: Store) -> Session | None:
        """Return who the server in front says is asking."""
        name = request.headers.get(self.header, "").strip()
        if not name or len(name) > NAME or not name.isprintable():
            return None
        if request.client is None or request.client.host not in self.peers:
            return None
        token = hmac.new(self.secret, name.encode("utf-8", "replace"), "sha256").hexdigest()
        return Session(name, token, accounts.role_of(store, name))


def signed(request: Request, store: Record) -> Session:
    """Return who is signed in: here, or at the server in front where one is trusted.

    Raises:
        NotSignedInError: nobody is.
    """
    proxy: Proxy | None = request.app.state.proxy
    if proxy is not None:
        there = proxy.session(request, store)
        if there is None:
            raise HTTPException(403, "The server in front does not say who is asking.")
        return there
    word = request.cookies.get(SESSION)
    found = accounts.session(store, word) if word else None
    if found is None:
        raise NotSignedInError
    return found


Signed = Annotated[Session, Depends(signed)]


def reviewer(session: Signed) -> Session:
    """Return who is signed in and may decide.

    Raises:
        HTTPException: the role does not allow it.
    """
    if not session.may("reviewer"):
        raise HTTPException(403, "A reader sees what waits and does not decide: ask a keeper for another role.")
    return session


Reviewer = Annotated[Session, Depends(reviewer)]


async def sent(request: Request) -> Form:
    """Return the fields of a form that was sent.

    Raises:
        HTTPException: it is too large or no form.
    """
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            raise HTTPException(413, "This form is too large.")
    out: Form = {}
    try:
        for name, value in parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=2000):
            out.setdefault(name, []).append(value.replace("\r\n", "\n"))
    except ValueError as e:
        raise HTTPException(400, "This is no form.") from e
    return out


Sent = Annotated[Form, Depends(sent)]


def first(form: Form, name: str, most: int = 2000) -> str:
    """Return the text of a field, without blanks around it."""
    return form.get(name, [""])[0].strip()[:most]


def _same(a: str, b: str) -> bool:
    return bool(a) and hmac.compare_digest(a.encode("utf-8", "replace"), b.encode("utf-8", "replace"))


def trusted(session: Signed, form: Sent) -> Form:
    """Return a form that was sent from a page of the person who is signed in.

    Raises:
        NotSignedInError: nobody is. HTTPException: the session's token is missing or another's.
    """
    if not _same(first(form, "token"), session.token):
        raise HTTPException(403, STALE)
    return form


Trusted = Annotated[Form, Depends(trusted)]


def _cookie(request: Request, answer: Response, name: str, value: str, lasts: int) -> None:
    secure = request.url.scheme == "https"
    answer.set_cookie(name, value, max_age=lasts, path="/review", httponly=True, samesite="strict", secure=secure)


def _page(request: Request, status: int = 200, said: str = "", name: str = "") -> Response:
    word = secrets.token_urlsafe(32)
    answer = render(request, "sign_in.html", status, said=said, name=name, token=word)
    _cookie(request, answer, FORM, word, 3600)
    return answer


@router.get("/review/sign-in")
def sign_in_page(request: Request) -> Response:
    """The page on which to sign in."""
    return _page(request)


@router.post("/review/sign-in")
def sign_in(request: Request, store: Record, form: Sent) -> Response:
    """Begin a session, if name and password fit."""
    if not _same(first(form, "token"), request.cookies.get(FORM, "")):
        raise HTTPException(403, STALE)
    name, password = first(form, "name"), form.get("password", [""])[0]
    address = request.client.host if request.client else ""
    try:
        word = accounts.sign_in(store, name, password, address)
    except TooManyError as e:
        return _page(request, 429, str(e), name)
    if word is None:
        return _page(request, 401, "Name and password do not fit.", name)
    answer = RedirectResponse("/review", 303)
    _cookie(request, answer, SESSION, word, accounts.LASTS)
    answer.delete_cookie(FORM, path="/review")
    return answer


@router.post("/review/sign-out")
def sign_out(request: Request, store: Record, form: Trusted) -> Response:
    """End the session."""
    accounts.sign_out(store, request.cookies.get(SESSION, ""))
    answer = RedirectResponse("/review/sign-in", 303)
    answer.delete_cookie(SESSION, path="/review")
    return answer
