"""Feeds (RSS, Atom) and sitemaps: the addresses of pages that they list, read as a stream by the names of elements."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO
from urllib.parse import urljoin

from communique.errors import SourceError
from communique.source.limits import Limits

ITEMS = {"item", "entry", "url", "sitemap"}
DATES = ("updated", "lastmod", "modified", "published", "pubDate", "date", "publication_date")
REMEDY = "look at it in a browser: it may have moved"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a feed.

    Attributes:
        address: of the page (of another sitemap where ``nested``).
        mark: changes when the feed says that the page changed: a digest of its dates and title.
        number: its place in the feed, from 1.
    """

    address: str
    mark: str
    number: int
    nested: bool = False


def read(file: BinaryIO, where: str, base: str | None, limits: Limits) -> Iterator[Entry | SourceError]:
    """Yield what a feed or sitemap lists, in its order, each address once; ``base`` completes relative addresses.

    What is broken in the markup is passed over as far as it can be; an entry without an address is an error.
    """
    from lxml import etree

    number = 0
    seen: set[bytes] = set()
    try:
        events = etree.iterparse(
            file, events=("end",), recover=True, huge_tree=False, no_network=True, resolve_entities=False,
            load_dtd=False, remove_comments=True, remove_pis=True,
        )  # fmt: skip
        for _, element in events:
            kind = _name(element)
            if kind not in ITEMS:
                continue
            number += 1
            if number > limits.entries:
                yield SourceError(
                    f"more than {limits.entries} entries", where=where, remedy="name its parts one by one"
                )
                return
            found = _entry(element, kind, number, base)
            if found is None:
                yield SourceError("an entry without an address", where=f"{where}:{number}", remedy=REMEDY)
            elif (key := hashlib.blake2b(found.address.encode(), digest_size=8).digest()) not in seen:
                seen.add(key)
                yield found
            _forget(element)
    except (etree.LxmlError, ValueError, SyntaxError) as e:
        if not number:
            said = " ".join(str(e).split())[:120]
            yield SourceError(f"no feed that can be read: {said}", where=where, remedy=REMEDY)
            return
        yield SourceError(f"the feed breaks off after {number} entries", where=where, remedy=REMEDY)
    if not number:
        yield SourceError("the feed lists nothing", where=where, remedy=REMEDY)


def _entry(element: Any, kind: str, number: int, base: str | None) -> Entry | None:
    address, told = "", []
    for part in element:
        name = _name(part)
        words = " ".join((part.text or "").split())
        if name == "link" and part.get("href"):
            if part.get("rel", "alternate") == "alternate" and not address:
                address = part.get("href").strip()
        elif name in ("link", "loc") and words:
            address = words
        elif name == "guid" and not address and part.get("isPermaLink", "true") == "true" and "://" in words:
            address = words
        if name in DATES or name == "title":
            told.append(words)
    address = _whole(address, base)
    mark = hashlib.sha256("\x1f".join(told).encode("utf-8", "replace")).hexdigest()[:16]
    return Entry(address, mark, number, kind == "sitemap") if address else None


def _whole(address: str, base: str | None) -> str:
    if not address or len(address) > 4000:
        return ""
    try:
        whole = urljoin(base, address) if base else address
    except ValueError:
        return ""
    whole = whole.partition("#")[0]
    return whole if whole.startswith(("http://", "https://")) else ""


def _name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _forget(element: Any) -> None:
    """Let go of an element and of those before it, so that a long feed takes no more memory than a short one."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]
