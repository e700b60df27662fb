"""How much a source may hold. Beyond it a file is refused unread: a page of news is a few thousand letters."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds.

    Attributes:
        page: bytes of one page (text, HTML, PDF, one JSON article, one message), unpacked.
        line: bytes of one line of JSON Lines.
        feed: bytes of one feed or sitemap, unpacked.
        entries: addresses that one feed or sitemap may list; sitemaps allow 50,000.
        deep: sitemaps that list sitemaps: how deep.
    """

    page: int = 8 * MEGABYTE
    line: int = 8 * MEGABYTE
    feed: int = 52 * MEGABYTE
    entries: int = 50_000
    deep: int = 3
