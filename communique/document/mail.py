"""A message (``.eml``): the newsletter in it, with its subject as title and its day as day of publication."""

from __future__ import annotations

import email.policy
import re
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr

from communique.document import wrapped
from communique.errors import SourceError

ENOUGH = 200
MOST_PARTS = 200
FOOT = re.compile(r"^(?:-- ?|_{10,}|={10,})$")
LINK = re.compile(r"^[<(\[]?https?://\S{1,2000}$")


@dataclass(frozen=True, slots=True)
class Message:
    """What a message holds: ``html`` is given where it has no text of its own. ``day`` is EDTF."""

    subject: str
    day: str | None
    sender: str
    host: str
    lines: tuple[str, ...]
    html: bytes | None
    charset: str | None


def read(data: bytes, where: str) -> Message:
    """Return what a message holds.

    Raises:
        SourceError: it has no text, or too many parts.
    """
    try:
        message = BytesParser(policy=email.policy.default).parsebytes(data)
        parts = 0
        plain = html = None
        for part in message.walk():
            parts += 1
            if parts > MOST_PARTS:
                raise SourceError(f"more than {MOST_PARTS} parts", where=where, remedy="save the newsletter alone")
            if not isinstance(part, EmailMessage) or part.is_multipart() or part.is_attachment():
                continue
            if part.get_content_type() == "text/plain" and plain is None:
                plain = part
            elif part.get_content_type() == "text/html" and html is None:
                html = part
        subject = " ".join(str(message.get("Subject") or "").split())
        name, at = parseaddr(str(message.get("From") or ""))
        text = _text(plain) if plain is not None else ""
        day = _day(message)
    except (ValueError, LookupError, TypeError, AttributeError, IndexError, RecursionError) as e:
        raise SourceError(f"a broken message ({type(e).__name__})", where=where, remedy="save it again") from e
    lines = _lines(text)
    enough = sum(len(line) for line in lines) >= ENOUGH or html is None
    if not enough and html is not None:
        payload = html.get_payload(decode=True)
        charset = html.get_content_charset()
        return Message(subject, day, name or at, _host(at), (), payload if isinstance(payload, bytes) else b"", charset)
    if not lines:
        raise SourceError("the message holds no text", where=where, remedy="save what is attached as a file")
    return Message(subject, day, name or at, _host(at), tuple(lines), None, None)


def _text(part: EmailMessage) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    for name in (part.get_content_charset() or "utf-8", "utf-8", "latin-1"):
        try:
            return data.decode(name)
        except (LookupError, UnicodeError):
            continue
    return ""


def _lines(text: str) -> list[str]:
    kept: list[str] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        if FOOT.match(line):
            if line.startswith("--"):
                break
            line = ""
        kept.append("" if LINK.match(line.strip()) else line)
    return wrapped.paragraphs("\n".join(kept))


def _day(message: EmailMessage) -> str | None:
    date = getattr(message.get("Date"), "datetime", None)
    return date.date().isoformat() if date is not None and date.year > 1970 else None


def _host(at: str) -> str:
    host = at.rpartition("@")[2].lower()
    return host if re.fullmatch(r"[a-z0-9.-]{3,253}", host) else ""
