"""How much a source may hold. Beyond it a file is refused unread: a page of news is a few thousand letters."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds, in bytes: of one page (text, HTML, one JSON article) and of one line of JSON Lines."""

    page: int = 8 * MEGABYTE
    line: int = 8 * MEGABYTE
