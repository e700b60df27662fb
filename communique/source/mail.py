"""Mailboxes (mbox): one message after the other. A single message (``.eml``) is a page like any other."""

from __future__ import annotations

import email.parser
from collections.abc import Iterator
from typing import BinaryIO

from communique.errors import SourceError
from communique.model import Raw
from communique.source.limits import MEGABYTE, Limits

MESSAGE = "message/rfc822"


def read(file: BinaryIO, where: str, limits: Limits) -> Iterator[Raw | SourceError]:
    """Yield the messages of a mailbox, in order; origins are ``file:number``.

    A message begins at a line ``From …`` that stands first or below a blank line.

    Raises:
        OSError: the file cannot be read.
    """
    number, size, blank = 0, 0, True
    held: list[bytes] = []
    while line := file.readline(MEGABYTE):
        if blank and line.startswith(b"From "):
            if number:
                yield _message(held, size, where, number, limits)
            number, size, held = number + 1, 0, []
        elif number:
            size += len(line)
            if size <= limits.page:
                held.append(line[1:] if line.startswith(b">From ") else line)
        blank = not line.strip()
    if number:
        yield _message(held, size, where, number, limits)
    else:
        yield SourceError("the mailbox holds no message", where=where, remedy="a message begins with a line 'From …'")


def _message(held: list[bytes], size: int, where: str, number: int, limits: Limits) -> Raw | SourceError:
    if size > limits.page:
        what = f"{size / MEGABYTE:.0f} MB is more than a message may have ({limits.page / MEGABYTE:g} MB)"
        return SourceError(what, where=f"{where}:{number}", remedy="save the newsletter without what is attached")
    data = b"".join(held)
    if not data.strip():
        return SourceError("the message is empty", where=f"{where}:{number}", remedy="export the mailbox again")
    return Raw(name(data) or f"{where}:{number}", data, MESSAGE, f"{where}:{number}")


def name(data: bytes) -> str | None:
    """Return the Message-ID of a message, None where it has none that can be printed."""
    found = email.parser.BytesHeaderParser().parsebytes(data[:MEGABYTE]).get("Message-ID")
    told = "".join(str(found).split()).strip("<>") if found else ""
    return told[:500] if told.isprintable() and told.isascii() and "@" in told else None
