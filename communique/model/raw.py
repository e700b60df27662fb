"""What a source gives: bytes with a name, before anything is understood."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Raw:
    """One page or article as it came.

    Attributes:
        source: the name that the codebook calls ``source``: the file's name, the article's
            ``id`` in JSON Lines, or the address.
        data: the bytes, verbatim (for JSON Lines, the bytes of the one line).
        media: ``text/plain``, ``text/html``, ``application/json`` (one article object),
            ``application/pdf`` or ``message/rfc822``.
        origin: where it was found, for messages and for recognising a changed article:
            ``path`` or ``path:line``.
        url: the address, where known.
        captured: when it was fetched, where an archive says so (as the archive writes it). Of two captures of
            one address the later one in the archive takes the place of the earlier.
        charset: the coding that the server named beside the page.
    """

    source: str
    data: bytes = field(repr=False)
    media: str
    origin: str
    url: str | None = None
    captured: str | None = None
    charset: str | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record that was passed over on purpose: where it stands, and why. ``reason`` is one of a few phrases."""

    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"
