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
        media: ``text/plain``, ``text/html`` or ``application/json`` (one article object).
        origin: where it was found, for messages and for recognising a changed article:
            ``path`` or ``path:line``.
        url: the address, where known.
    """

    source: str
    data: bytes = field(repr=False)
    media: str
    origin: str
    url: str | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()
