"""Web archives as crawlers write them, made for tests: good, broken, huge, empty and hostile records."""

from __future__ import annotations

import gzip
import itertools
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import zstandard

DATE = "2024-05-06T07:08:09Z"


def http(body: bytes, status: str = "200 OK", media: str = "text/html; charset=utf-8", *more: str) -> bytes:
    """Return an answer of a server."""
    head = [f"HTTP/1.1 {status}", f"Content-Type: {media}", *more]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def record(url: str, block: bytes, kind: str = "response", length: object = None, date: str = DATE) -> bytes:
    """Return a record, with another length than its own where asked."""
    media = {"response": "application/http; msgtype=response", "request": "application/http; msgtype=request"}
    head = (
        "WARC/1.1",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        f"WARC-Date: {date}",
        "WARC-Record-ID: <urn:uuid:5e1f0c7e-0000-4000-8000-000000000000>",
        f"Content-Type: {media.get(kind, 'application/warc-fields')}",
        f"Content-Length: {len(block) if length is None else length}",
    )
    return "\r\n".join(head).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def page(number: int) -> bytes:
    """Return a page of some hundred letters; no two are alike."""
    return (
        f"<html><head><title>Rescue drill number {number}</title></head><body><article>"
        f"<h1>Rescue drill number {number}</h1><p>The navies of two neighbours held rescue drill number {number} in "
        f"the bay on Monday, with {number % 7 + 2} ships and {number % 90 + 10} sailors, the ministry said.</p>"
        f"<p>The next drill, number {number + 1}, will be held in spring, its spokesman told the press.</p></article>"
        "</body></html>"
    ).encode()


Made = tuple[bytes, str]
"""A record and what must become of it: ``read``, ``skipped`` or ``failed``."""


def kinds(huge: int) -> list[Callable[[str, int], Made]]:
    """Return makers of records that are no plain page; ``huge`` bytes are more than a page may have."""
    bomb = gzip.compress(b"\0" * (huge * 8))
    return [
        lambda url, n: (record(url, http(b"")), "failed"),
        lambda url, n: (record(url, http(b"<p>" + b"x" * huge)), "failed"),
        lambda url, n: (record(url, http(bomb, "200 OK", "text/html", "Content-Encoding: gzip")), "failed"),
        lambda url, n: (
            record(url, http(gzip.compress(page(n))[:-9], "200 OK", "text/html", "Content-Encoding: gzip")),
            "failed",
        ),
        lambda url, n: (record(url, b"no answer of a server\r\n\r\n"), "failed"),
        lambda url, n: (record(url, http(page(n)), length=7), "failed"),
        lambda url, n: (record(url, http(page(n)), length=10**17), "failed"),
        lambda url, n: (record(url, http(page(n)), length=-1), "failed"),
        lambda url, n: (record(url, http(page(n), "404 Not Found")), "skipped"),
        lambda url, n: (record(url, http(b"\x89PNG\r\n\x1a\n", media="image/png")), "skipped"),
        lambda url, n: (record(url, b"GET / HTTP/1.1\r\n\r\n", "request"), "skipped"),
        lambda url, n: (record(url, b"", "revisit"), "skipped"),
        lambda url, n: (record(url, http(b'<?xml version="1.0"?><rss><channel/></rss>')), "skipped"),
    ]


def many(number: int, huge: int, seed: int = 1) -> Iterator[tuple[str, bytes, str]]:
    """Yield address, record and fate of a whole archive: four of five are plain pages."""
    chance = random.Random(seed)
    odd = itertools.cycle(kinds(huge))
    yield "", record("", b"software: test\r\n", "warcinfo"), "skipped"
    for n in range(number):
        url = f"https://news.example/{n}.html"
        made = next(odd)(url, n) if chance.random() < 0.2 else (record(url, http(page(n))), "read")
        yield url, *made


def write(path: Path, records: Iterator[bytes]) -> Path:
    """Write an archive; packed record by record where the name says so."""
    with path.open("wb") as file:
        for data in records:
            if path.suffix == ".gz":
                data = gzip.compress(data, 1)
            elif path.suffix == ".zst":
                data = zstandard.ZstdCompressor(level=1).compress(data)
            file.write(data)
    return path
