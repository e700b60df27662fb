"""Walk what a person named: files, folders, JSON Lines."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from communique.errors import SourceError
from communique.model import Raw
from communique.source import jsonlines
from communique.source.limits import MEGABYTE, Limits

KINDS = {
    ".txt": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".json": "application/json",
    ".jsonl": "application/x-ndjson",
    ".ndjson": "application/x-ndjson",
}
Note = Callable[[str], None]


def _silent(_: str) -> None:
    return None


def plain(name: str | os.PathLike[str]) -> str:
    """Return a file name as it can be printed in one line and written as UTF-8."""
    text = os.fspath(name).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(c if c.isprintable() else "?" for c in text)


def open_sources(
    targets: Sequence[str], *, limits: Limits | None = None, note: Note = _silent
) -> Iterator[Raw | SourceError]:
    """Yield the pages of files and folders, one at a time, in the order named; a folder in sorted order.

    What cannot be read is yielded as a SourceError in its place, and the rest goes on. A JSON Lines file
    yields one Raw per line. ``note`` gets one line for each thing passed over (a hidden file is not
    mentioned): a file of a kind that is not read, a page that is there twice.
    """
    bounds = limits or Limits()
    seen: dict[str, tuple[bytes, str]] = {}
    for target in targets:
        for item in _target(target, bounds, note):
            if isinstance(item, SourceError):
                yield item
                continue
            digest = hashlib.sha256(item.data).digest()
            if item.source not in seen:
                seen[item.source] = (digest, item.origin)
                yield item
            elif seen[item.source][0] == digest:
                note(f"{item.origin}: the same as {seen[item.source][1]}, passed over")
            else:
                yield SourceError(
                    f"{item.source!r} names another page already ({seen[item.source][1]})",
                    where=item.origin,
                    remedy="rename one of the two",
                )


def _target(target: str, limits: Limits, note: Note) -> Iterator[Raw | SourceError]:
    if "://" in target:
        yield SourceError("addresses are not read yet", where=plain(target), remedy="save the page as a file")
        return
    path = Path(target)
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as e:
        yield _unreadable(path, e)
        return
    if stat.S_ISDIR(mode):
        yield from _folder(path, limits, note)
    else:
        yield from _file(path, KINDS.get(path.suffix.lower(), ""), limits)


def _folder(folder: Path, limits: Limits, note: Note) -> Iterator[Raw | SourceError]:
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
            kind = KINDS.get(path.suffix.lower())
            if kind is None:
                note(f"{plain(path)}: a kind of file that is not read ({', '.join(sorted(KINDS))}), passed over")
                continue
            found = True
            yield from _file(path, kind, limits)
    for error in trouble:
        yield _unreadable(Path(error.filename or folder), error)
        found = True
    if not found:
        yield SourceError(
            "the folder holds no page", where=plain(folder), remedy=f"pages are files in {', '.join(sorted(KINDS))}"
        )


def _file(path: Path, kind: str, limits: Limits) -> Iterator[Raw | SourceError]:
    where = plain(path)
    try:
        info = path.stat()
        if not stat.S_ISREG(info.st_mode):
            yield SourceError("not a regular file", where=where, remedy="name a file or a folder")
            return
        if info.st_size == 0:
            yield SourceError("the file is empty", where=where, remedy="save the page again")
            return
        if kind == "application/x-ndjson":
            yield from jsonlines.read(path, where, limits)
            return
        data = b""
        if info.st_size <= limits.page:
            with path.open("rb") as file:
                data = file.read(limits.page + 1)
        if info.st_size > limits.page or len(data) > limits.page:
            yield SourceError(
                f"{max(info.st_size, len(data)) / MEGABYTE:.0f} MB is more than a page may have"
                f" ({limits.page / MEGABYTE:g} MB)",
                where=where,
                remedy="split it into one file per page, or into JSON Lines",
            )
            return
    except (OSError, ValueError) as e:
        yield _unreadable(path, e)
        return
    kind = kind or ("text/html" if data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" else "text/plain")
    if kind == "application/json":
        yield jsonlines.article(data, Path(where).name, where)
    else:
        yield Raw(source=Path(where).name, data=data, media=kind, origin=where)


def _unreadable(path: Path, error: Exception) -> SourceError:
    if isinstance(error, FileNotFoundError):
        return SourceError("there is no such file or folder", where=plain(path), remedy="check the name")
    reason = (getattr(error, "strerror", None) or str(error)).lower()
    return SourceError(f"cannot be read: {reason}", where=plain(path), remedy="check its permissions")
