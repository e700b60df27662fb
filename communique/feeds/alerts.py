"""Word of new hits: a mail or a webhook when something came into the record that a search had not found before.

What was found before stands in a file of its own, so that a record that others read is not written to. A thing counts
once, however many tell it. What could not be delivered is tried again at the next check.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import smtplib
import ssl
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from communique import __version__
from communique.briefs.frame import linked, shown
from communique.briefs.words import Words
from communique.errors import CommuniqueError
from communique.feeds.alertfile import Alert, AlertsFile, Post
from communique.feeds.atom import body, headline
from communique.loader.briefs import brief_pack, brief_packs
from communique.store import Store
from communique.views import Item
from communique.views.news import of_things, things

MOST_TOLD = 50
"""So many hits are told one by one; of more only how many."""
PATIENCE = 20
"""Seconds that a server may take to answer."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What is to be told of an alert: one item for each new thing, the newest first.

    ``total`` are all new things; ``found`` all that the search finds now. ``first``: the search was never asked
    before, so that nothing is told of it.
    """

    alert: Alert
    items: tuple[Item, ...]
    total: int
    found: frozenset[str]
    first: bool


def state_of(path: Path) -> dict[str, Any]:
    """Return what was found before, by the name of the alert.

    Raises:
        CommuniqueError: the file is none of ours.
    """
    if not path.exists():
        return {}
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        return {str(k): {"search": v["search"], "seen": set(v["seen"])} for k, v in read["alerts"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as e:
        raise CommuniqueError(
            "what was found before cannot be read", where=str(path), remedy="move the file away to begin anew"
        ) from e


def keep(path: Path, state: Mapping[str, Any]) -> None:
    """Write down what was found, as a whole or not at all.

    Raises:
        CommuniqueError: it cannot be written.
    """
    plain = {k: {"search": v["search"], "seen": sorted(v["seen"])} for k, v in sorted(state.items())}
    temporary = None
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as f:
            json.dump({"version": 1, "alerts": plain}, f, ensure_ascii=False)
        Path(temporary).replace(path)
    except OSError as e:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise CommuniqueError(
            f"cannot be written ({e.strerror})", where=str(path), remedy="check that the folder exists and its rights"
        ) from e


def check(store: Store, asked: AlertsFile, state: Mapping[str, Any]) -> Iterator[Delivery]:
    """Yield for each alert what it has not found before.

    Raises:
        CommuniqueError: a search that cannot be understood, by the name of its alert.
    """
    for alert in asked.alerts:
        try:
            found = things(store, alert.search)
        except CommuniqueError as e:
            raise CommuniqueError(f"alert {alert.name!r}: {e}", remedy="mend its search") from e
        before = state.get(alert.name)
        if before is None or before["search"] != alert.search.given():
            yield Delivery(alert, (), 0, found, True)
            continue
        new = found - before["seen"]
        yield Delivery(alert, _one_each(of_things(store, alert.search, new)), len(new), found, False)


def _one_each(items: tuple[Item, ...]) -> tuple[Item, ...]:
    by: dict[str, Item] = {}
    for item in items:
        if item.entry not in by or len(item.quote) > len(by[item.entry].quote):
            by[item.entry] = item
    return tuple(sorted(by.values(), key=lambda i: (i.day, i.id), reverse=True))[:MOST_TOLD]


def told(state: dict[str, Any], delivery: Delivery) -> None:
    """Note in ``state`` that what a delivery holds was told."""
    before = set() if delivery.first else state[delivery.alert.name]["seen"]
    state[delivery.alert.name] = {"search": delivery.alert.search.given(), "seen": before | delivery.found}


def deliver(store: Store, asked: AlertsFile, delivery: Delivery) -> None:
    """Send word of new hits by all the ways that an alert names.

    Raises:
        CommuniqueError: a server did not take it; it names the server.
    """
    words = Words(brief_pack(delivery.alert.language or next(iter(brief_packs()))), store.known)
    if delivery.alert.mail:
        if asked.smtp is None:
            raise CommuniqueError(
                f"alert {delivery.alert.name!r} sends mail by no server", remedy="name one under smtp:"
            )
        _post(asked.smtp, letter(words, asked, delivery))
    if delivery.alert.webhook:
        _call(delivery.alert, payload(words, asked, delivery))


# --- mail ---------------------------------------------------------------------------------------------------------


def letter(words: Words, asked: AlertsFile, delivery: Delivery) -> EmailMessage:
    """Return the mail of a delivery: plain text, each hit with its words and addresses."""
    feed = words.pack.feed
    out = []
    for item in delivery.items:
        lines = [headline(words, item), body(words, item), linked(item.url), _at_desk(asked, f"/item/{item.id}")]
        out.append("\n".join(shown(line) for part in lines for line in part.split("\n") if line))
    if delivery.total > len(delivery.items):
        out.append(feed["more"].format(n=delivery.total - len(delivery.items)))
    out.append("\n".join(x for x in ("-- ", search_address(asked, delivery.alert), feed["why"].format(
        name=delivery.alert.name)) if x))  # fmt: skip
    message = EmailMessage()
    subject = feed["subject"].format(name=delivery.alert.name, n=delivery.total)
    message["Subject"] = shown(subject)
    if asked.smtp:
        message["From"] = asked.smtp.sender
        _, address = parseaddr(asked.smtp.sender)
        message["Message-ID"] = f"<{_mark(delivery)}@{address.rpartition('@')[2]}>"
    message["To"] = ", ".join(delivery.alert.mail)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("\n\n".join(out) + "\n")
    return message


def _post(post: Post, message: EmailMessage) -> None:
    try:
        kind = smtplib.SMTP_SSL if post.security == "tls" else smtplib.SMTP
        tls: dict[str, Any] = {"context": ssl.create_default_context()}
        with kind(post.host, post.port, timeout=PATIENCE, **(tls if post.security == "tls" else {})) as server:
            if post.security == "starttls":
                server.starttls(**tls)
            if post.user:
                server.login(post.user, _secret(post.password_file))
            server.send_message(message)
    except (OSError, smtplib.SMTPException) as e:
        where = f"{post.host}:{post.port}"
        raise CommuniqueError(f"the mail was not taken ({e})", where=where, remedy="check smtp: in the file") from e


# --- webhook ------------------------------------------------------------------------------------------------------


def payload(words: Words, asked: AlertsFile, delivery: Delivery) -> dict[str, Any]:
    """Return what a webhook is sent, as JSON has it."""
    return {
        "alert": delivery.alert.name,
        "id": _mark(delivery),
        "search": delivery.alert.search.given(),
        "page": search_address(asked, delivery.alert) or None,
        "total": delivery.total,
        "hits": [
            {
                "item": i.id,
                "entry": i.entry,
                "kind": i.kind,
                "headline": headline(words, i),
                "quote": i.quote,
                "outlet": i.outlet or i.source,
                "published": i.published,
                "title": i.title,
                "url": i.url,
                "page": _at_desk(asked, f"/item/{i.id}") or None,
                "review": i.review,
            }
            for i in delivery.items
        ],
    }


class _Straight(urllib.request.HTTPRedirectHandler):
    """Follows nobody elsewhere: what is sent is meant for the address that was named."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def _call(alert: Alert, said: Mapping[str, Any]) -> None:
    assert alert.webhook
    data = json.dumps(said, ensure_ascii=False).encode()
    headers = {"content-type": "application/json", "user-agent": f"communique/{__version__}"}
    if alert.secret_file:
        signed = hmac.new(_secret(alert.secret_file).encode(), data, hashlib.sha256).hexdigest()
        headers["x-communique-signature"] = f"sha256={signed}"
    request = urllib.request.Request(alert.webhook, data, headers, method="POST")  # noqa: S310 - the file's own check
    try:
        with urllib.request.build_opener(_Straight).open(request, timeout=PATIENCE) as answer:
            answer.read(1024)
    except (OSError, ValueError) as e:
        raise CommuniqueError(
            f"the webhook was not taken ({e})", where=alert.webhook, remedy="check its address and what listens there"
        ) from e


# --- what both need -----------------------------------------------------------------------------------------------


def _secret(path: Path | None) -> str:
    if path is None:
        raise CommuniqueError("a user without a password", remedy="name a password_file")
    try:
        return path.read_text(encoding="utf-8").split("\n", 1)[0].strip()
    except (OSError, UnicodeDecodeError) as e:
        raise CommuniqueError("the secret cannot be read", where=str(path), remedy="check the file and rights") from e


def _mark(delivery: Delivery) -> str:
    """Return a word for a delivery, the same where the same is told again."""
    plain = "\x1f".join((delivery.alert.name, *(i.entry for i in delivery.items), str(delivery.total)))
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _at_desk(asked: AlertsFile, path: str) -> str:
    return asked.desk.rstrip("/") + quote(path) if asked.desk else ""


def search_address(asked: AlertsFile, alert: Alert) -> str:
    """Return the address of the page of an alert's search, empty where the file names no desk."""
    page = _at_desk(asked, "/find")
    return f"{page}?{urlencode(alert.search.given())}" if page else ""
