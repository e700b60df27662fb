"""Walk what a person named: files, folders, archives, mailboxes, feeds, addresses. What each is, its form says."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from communique.errors import SourceError
from communique.model import Raw, Skipped
from communique.source import archive, feed, form, jsonlines, mail, parquet, warc
from communique.source.fetch import Fetched, FetchError
from communique.source.limits import MEGABYTE, Limits
from communique.source.lump import PARQUET, WARC, Lump
from communique.source.packed import PackedError, Unpacked, is_packed
from communique.source.seen import Seen
from communique.source.web import Web

Found = Raw | Skipped | SourceError
PAGES = ("text/plain", "text/html", "application/json", "application/pdf", "message/rfc822")
OTHER = "a kind of file that is not read"


def plain(name: str | os.PathLike[str]) -> str:
    """Return a file name as it can be printed in one line and written as UTF-8."""
    text = os.fspath(name).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(c if c.isprintable() else "?" for c in text)


def open_sources(targets: Sequence[str], *, limits: Limits | None = None, web: Web | None = None) -> Iterator[Found]:
    """Yield what became of every record of what is named, one at a time, in the order named; folders in sorted order.

    A record is a page, a line of JSON Lines, a record of an archive, a message, an entry of a feed. Each is a Raw to
    be read, or Skipped with its reason, or a SourceError in its place; the rest goes on. Hidden files are not records.

    Args:
        web: fetches addresses, and what feeds list; without it they are errors.
    """
    with Seen() as seen:
        for item in walk(targets, limits or Limits(), web):
            assert not isinstance(item, Lump)
            if isinstance(item, Raw):
                fate = seen.judge(item.source, item.digest, item.origin, item.captured is not None)
                yield item if fate is None else fate
            else:
                yield item


def walk(targets: Sequence[str], limits: Limits, web: Web | None, apart: bool = False) -> Iterator[Found | Lump]:
    """Yield what is named as ``open_sources`` does, but what comes twice comes twice.

    Args:
        apart: yield large files of many records whole, to be read in parts.
    """
    for target in targets:
        yield from _target(target, limits, web, apart)


def _target(target: str, limits: Limits, web: Web | None, apart: bool) -> Iterator[Found | Lump]:
    if "://" in target:
        if web is None:
            yield SourceError("addresses are not fetched here", where=plain(target), remedy="save the page as a file")
        else:
            yield from _address(target, limits, web, 0)
        return
    path = Path(target)
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as e:
        yield _unreadable(path, e)
        return
    if stat.S_ISDIR(mode):
        yield from _archived(path) if archive.is_archive(path) else _folder(path, limits, web, apart)
    else:
        yield from _file(path, limits, web, apart)


def _archived(folder: Path) -> Iterator[Found]:
    found = False
    with archive.Archive(folder) as kept:
        for item in kept.pages(plain(folder)):
            found = True
            yield item
    if not found:
        yield SourceError("the archive holds no page", where=plain(folder), remedy="fetch some first")


def _folder(folder: Path, limits: Limits, web: Web | None, apart: bool) -> Iterator[Found | Lump]:
    found = False
    trouble: list[OSError] = []
    for here, folders, files in os.walk(folder, onerror=trouble.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        while trouble:
            yield _unreadable(Path(trouble[0].filename or folder), trouble.pop(0))
            found = True
        for name in sorted(files):
            if name.startswith("."):
                continue
            path = Path(here, name)
            if form.kind_of(name) is None:
                yield Skipped(plain(path), OTHER)
                continue
            found = True
            yield from _file(path, limits, web, apart)
    for error in trouble:
        yield _unreadable(Path(error.filename or folder), error)
        found = True
    if not found:
        kinds = ", ".join(sorted(form.KINDS))
        yield SourceError("the folder holds no page", where=plain(folder), remedy=f"pages are files in {kinds}")


def _file(path: Path, limits: Limits, web: Web | None, apart: bool) -> Iterator[Found | Lump]:
    where = plain(path)
    try:
        info = path.stat()
        if not stat.S_ISREG(info.st_mode):
            yield SourceError("not a regular file", where=where, remedy="name a file or a folder")
            return
        if info.st_size == 0:
            yield SourceError("the file is empty", where=where, remedy="save the page again")
            return
        with path.open("rb") as file:
            yield from _opened(file, path, where, limits, web, apart)
    except (OSError, ValueError) as e:
        yield _unreadable(path, e)
    except PackedError as e:
        yield SourceError(str(e), where=where, remedy="pack it again")


def _opened(
    file: BinaryIO, path: Path, where: str, limits: Limits, web: Web | None, apart: bool
) -> Iterator[Found | Lump]:
    head = file.read(4096)
    kind = form.kind_of(path.name)
    file.seek(0)
    if warc.is_warc(path, head) or (kind == form.WARC and not is_packed(head)):
        lump = Lump(WARC, os.fspath(path), where)
        yield from [lump] if apart else warc.read(file, where, limits)
        return
    if kind == form.PARQUET or head.startswith(b"PAR1"):
        lump = Lump(PARQUET, os.fspath(path), where)
        yield from [lump] if apart else parquet.read(path, where, limits)
        return
    stream = io.BufferedReader(Unpacked(file), 65536) if is_packed(head) else file
    sample = stream.peek(4096)[:4096] if isinstance(stream, io.BufferedReader) else head
    if kind in (None, form.FEED, "text/plain"):
        found = form.media_of(sample, kind or "", path.name)
        kind = found if kind != "text/plain" or found in ("application/pdf", form.FEED) else kind
    if kind in STREAMS:
        yield from STREAMS[kind](stream, where, limits)
    elif kind == form.FEED:
        if form.feed_like(sample):
            yield from _listed(stream, where, None, limits, web, 0)
        else:
            yield Skipped(where, OTHER)
    elif kind not in PAGES:
        yield Skipped(where, OTHER)
    else:
        yield _page(stream, 0 if stream is not file else path.stat().st_size, where, kind, limits)


def _page(stream: BinaryIO, size: int, where: str, kind: str, limits: Limits) -> Found:
    data = stream.read(limits.page + 1) if size <= limits.page else b""
    if size > limits.page or len(data) > limits.page:
        return SourceError(
            f"{max(size, len(data)) / MEGABYTE:.0f} MB is more than a page may have ({limits.page / MEGABYTE:g} MB)",
            where=where,
            remedy="split it into one file per page, or into JSON Lines",
        )
    if kind == "application/json":
        return jsonlines.article(data, Path(where).name, where)
    return Raw(source=Path(where).name, data=data, media=kind, origin=where)


def _address(target: str, limits: Limits, web: Web, depth: int) -> Iterator[Found]:
    """Fetch an address: a page is a page; of a feed or sitemap every entry is fetched."""
    where = plain(target)
    try:
        got = web.get(target, limits.feed if depth or _may_be_feed(target) else limits.page)
    except FetchError as e:
        yield SourceError(str(e), where=where, remedy="try again later" if e.again else "check it in a browser")
        return
    try:
        stream = io.BufferedReader(Unpacked(io.BytesIO(got.data)) if is_packed(got.data) else io.BytesIO(got.data))
        if form.feed_like(stream.peek(4096)):
            yield from _listed(stream, where, got.address, limits, web, depth)
        else:
            yield page(got, limits)
    except PackedError as e:
        yield SourceError(str(e), where=where, remedy="check it in a browser")


def page(got: Fetched, limits: Limits | None = None) -> Found:
    """Return what was fetched as a page to read, or why it is none."""
    bounds = limits or Limits()
    where = plain(got.asked)
    if not got.data.strip():
        return SourceError("the page is empty", where=where, remedy="check it in a browser")
    if len(got.data) > bounds.page:
        what = f"more than a page may have ({bounds.page / MEGABYTE:g} MB)"
        return SourceError(what, where=where, remedy="save the article alone")
    kind = form.media_of(got.data, got.media, got.address)
    if kind == "application/json":
        return jsonlines.article(got.data, where, where)
    if kind not in PAGES:
        return Skipped(where, f"not a page: {plain(kind)[:60]}")
    return Raw(where, got.data, kind, where, got.address, charset=got.charset)


def _may_be_feed(target: str) -> bool:
    return any(word in target.lower() for word in ("rss", "feed", "atom", "sitemap", ".xml"))


def _listed(
    stream: BinaryIO, where: str, base: str | None, limits: Limits, web: Web | None, depth: int
) -> Iterator[Found]:
    """Fetch what a feed or sitemap lists."""
    for entry in feed.read(stream, where, base, limits):
        if isinstance(entry, SourceError):
            yield entry
        elif web is None:
            named = plain(entry.address)
            yield SourceError("addresses are not fetched here", where=named, remedy="save the page as a file")
        elif not entry.nested:
            yield from _address(entry.address, limits, web, limits.deep)
        elif depth < limits.deep:
            yield from _address(entry.address, limits, web, depth + 1)
        else:
            yield SourceError("a sitemap too deep", where=plain(entry.address), remedy="name it by itself")


STREAMS: dict[str, Callable[[BinaryIO, str, Limits], Iterator[Raw | SourceError]]] = {
    form.JSONL: jsonlines.read,
    form.MBOX: mail.read,
}


def _unreadable(path: Path, error: Exception) -> SourceError:
    if isinstance(error, FileNotFoundError):
        return SourceError("there is no such file or folder", where=plain(path), remedy="check the name")
    reason = (getattr(error, "strerror", None) or str(error)).lower()
    return SourceError(f"cannot be read: {reason}", where=plain(path), remedy="check its permissions")
