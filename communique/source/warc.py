"""Web archives (WARC), plain or packed by gzip or zstandard: every record is read, skipped or failed, and says why.

The frame of a record is read here, because readers that trust it stop at the first broken record and say nothing
of a file that was cut off (docs/decisions/0016). What stands inside a record is read by ``fastwarc``.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from communique.errors import SourceError
from communique.model import Raw, Skipped
from communique.source.form import media_of
from communique.source.limits import MEGABYTE, Limits
from communique.source.packed import DICTIONARY, Members, PackedError, inflated, is_packed
from communique.source.tape import Tape

OPENS, BEGINS, CLOSES = b"WARC/", b"\nWARC/1.", b"\r\n\r\n"
MOST_HEADER = 64 * 1024
LENGTH = re.compile(rb"(?im)^content-length:[ \t]{0,9}(\d{1,18})[ \t]{0,9}\r?$")
CHUNKED = re.compile(rb"[0-9A-Fa-f]{1,8}[ \t]{0,9}(;[^\r\n]{0,200})?\r?\n")
REMEDY = "archive the page again"


@dataclass(frozen=True, slots=True)
class Framed:
    """A record as it stands in the archive, or what is wrong with it; ``more`` bytes were too many to hold."""

    at: int
    header: bytes
    payload: bytes
    more: int = 0
    fault: str = ""


def read(
    file: BinaryIO, where: str, limits: Limits, start: int = 0, stop: int | None = None, first: int = 0
) -> Iterator[Raw | Skipped | SourceError]:
    """Yield what became of every record of an archive, in order; origins are ``file:number``.

    Args:
        start: the byte at which to begin, and ``first``: the records before it, as ``cuts`` tells them.
        stop: the byte at which to end; None for the end of the file.

    Raises:
        OSError: the file cannot be read.
    """
    number = first
    for framed in _framed(file, limits, start, stop):
        number += 1
        yield _record(framed, f"{where}:{number}", limits)
    if not number:
        yield SourceError("the archive holds no record", where=where, remedy=REMEDY)


def cuts(file: BinaryIO, records: int, limits: Limits) -> Iterator[tuple[int, int]]:
    """Yield where an archive may be cut, about every so many records or pages' worth of bytes: byte, records before.

    It is cut between two records that are whole alone, so that the parts give what the whole gives. What is packed as
    one, or with a dictionary in front, is not cut.
    """
    if _head(file) == DICTIONARY:
        return
    before, count, weight, number = -1, 0, 0, 0
    whole = False
    for framed in _framed(file, limits, 0, None):
        fine = not framed.fault
        if fine and whole and framed.at != before and (count >= records or weight > 2 * limits.page):
            yield framed.at, number
            count = weight = 0
        before, whole = framed.at, fine
        number, count, weight = number + 1, count + 1, weight + len(framed.payload)


def _framed(file: BinaryIO, limits: Limits, start: int, stop: int | None) -> Iterator[Framed]:
    packed = is_packed(_head(file))
    file.seek(start)

    def read(size: int) -> bytes:
        return file.read(size if stop is None else max(0, min(size, stop - file.tell())))

    if packed:
        yield from _packed(read, limits, start)
        return

    def rewind(at: int) -> Tape:
        file.seek(at)
        tape = Tape(read)
        tape.at = at
        return tape

    yield from frames(rewind(start), limits.page + MEGABYTE, rewind)


def _head(file: BinaryIO) -> bytes:
    file.seek(0)
    head = file.read(4)
    file.seek(0)
    return head


def _packed(read: Callable[[int], bytes], limits: Limits, start: int) -> Iterator[Framed]:
    broken = False
    members = Members(read)
    members.at = start
    try:
        for member in members:
            try:
                tape = Tape(member.read)
                if tape.peek(len(OPENS)) != OPENS:
                    if broken:
                        continue  # not a member: the inside of the broken one looked like the sign of one
                    raise PackedError("holds no record")
                broken = False
                for framed in frames(tape, limits.page + MEGABYTE):
                    yield Framed(member.at, framed.header, framed.payload, framed.more, framed.fault)
            except PackedError as e:
                if not broken:
                    yield Framed(member.at, b"", b"", fault=str(e))
                broken = True
    except PackedError as e:
        yield Framed(0, b"", b"", fault=str(e))


def frames(tape: Tape, most: int, rewind: Callable[[int], Tape] | None = None) -> Iterator[Framed]:
    """Yield the records of a tape. A record whose length lies costs itself; the next is looked for behind its header.

    Args:
        most: bytes of a record that are held. rewind: goes back to a place, where the tape can.

    Raises:
        PackedError: the tape is packed and broken.
    """
    while True:
        while tape.peek(1) in (b"\r", b"\n"):
            tape.skip(1)
        at = tape.at
        head = tape.peek(len(OPENS))
        if not head:
            return
        header = tape.until(CLOSES, MOST_HEADER) if head == OPENS else None
        found = LENGTH.search(header) if header else None
        if header is None or found is None:
            fault = "no record where one should begin" if head != OPENS else "a header that is broken or has no end"
            yield Framed(at, header or b"", b"", fault=f"{fault} (byte {at})")
            if not _next(tape):
                return
            continue
        length, begins = int(found.group(1)), tape.at
        payload = tape.take(length) if length <= most else b""
        more = length if length > most else 0
        got = len(payload) if not more else tape.skip(length)
        if got == length and _closed(tape):
            yield Framed(at, header, payload, more)
            continue
        yield Framed(at, header, b"", fault=f"its length does not fit, or it is cut off (byte {at})")
        if more and rewind is not None:
            tape = rewind(begins)
        elif not more:
            tape.give_back(payload)
        if not _next(tape):
            return


def _closed(tape: Tape) -> bool:
    """Tell whether a record ends here: two blank lines, or fewer and then the next one or the end."""
    behind = tape.peek(16)
    rest = behind.lstrip(b"\r\n")
    return not rest or behind.startswith(CLOSES) or (len(rest) < len(behind) and rest.startswith(OPENS[: len(rest)]))


def _next(tape: Tape) -> bool:
    if not tape.find(BEGINS):
        return False
    tape.skip(1)
    return True


def _record(framed: Framed, where: str, limits: Limits) -> Raw | Skipped | SourceError:
    from fastwarc.warc import ArchiveIterator

    if framed.fault:
        return SourceError(framed.fault, where=_named(framed, where), remedy=REMEDY)
    if framed.more or len(framed.payload) > limits.page + MEGABYTE:
        return _huge(framed, where, limits)
    whole = framed.header + framed.payload + CLOSES
    for decode in ("transfer", "none"):
        try:
            made = ArchiveIterator(
                io.BytesIO(whole), parse_http=False, auto_decode="none", fsspec_args=False, stream_detect=False
            )
            record = next(iter(made), None)
            if record is None:
                break
            kind = (record.headers.get("WARC-Type") or "").lower()
            if kind == "response":
                record.parse_http(auto_decode=decode)
            got = _content(record, kind, _named(framed, where), where, limits)
        except OSError as e:
            body = framed.payload.partition(CLOSES)[2]
            if decode == "transfer" and not CHUNKED.match(body):
                continue  # many archives unpack the chunks and leave the header
            said = " ".join(str(e).split())[:120]
            return SourceError(f"cannot be read: {said}", where=_named(framed, where), remedy=REMEDY)
        return got
    return SourceError("a header that is broken", where=where, remedy=REMEDY)


def _named(framed: Framed, where: str) -> str:
    """Return the place of a record with its address, as far as it can be told."""
    found = re.search(rb"(?im)^warc-target-uri:[ \t]{0,9}<?([^\s<>]{1,300})", framed.header)
    return f"{where} ({_printable(found.group(1).decode('utf-8', 'replace'))})" if found else where


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in text)


def _huge(framed: Framed, where: str, limits: Limits) -> Skipped | SourceError:
    size = (framed.more or len(framed.payload)) / MEGABYTE
    what = f"{size:.0f} MB is more than a page may have ({limits.page / MEGABYTE:g} MB)"
    return SourceError(what, where=_named(framed, where), remedy="save the article alone")


SKIPS = {
    "warcinfo": "about the archive, no page",
    "request": "a request, no page",
    "metadata": "metadata, no page",
    "revisit": "seen at an earlier visit already",
    "continuation": "a part of a record in several parts",
}


def _content(record: object, kind: str, named: str, where: str, limits: Limits) -> Raw | Skipped | SourceError:
    headers, http = record.headers, record.http_headers  # type: ignore[attr-defined]
    if kind in SKIPS:
        return Skipped(named, SKIPS[kind])
    url = (headers.get("WARC-Target-URI") or "").strip().strip("<>")
    if kind not in ("response", "resource", "conversion") or not url.startswith(("http://", "https://", "file:")):
        return Skipped(named, "no page of the web")
    media, coding, charset = headers.get("Content-Type") or "", "", None
    if kind == "response":
        status = http.status_code if http is not None else None
        if status is None:
            return SourceError("no answer of a server in it", where=named, remedy=REMEDY)
        if not 200 <= status < 300:
            return Skipped(named, f"status {status}")
        media, coding = http.get("Content-Type") or "", http.get("Content-Encoding") or ""
        charset = record.http_charset  # type: ignore[attr-defined]
    data = record.reader.read(limits.page + 1)  # type: ignore[attr-defined]
    if not data:
        return SourceError("the page is empty", where=named, remedy=REMEDY)
    try:
        for one in reversed(coding.split(",")[:3]):
            data = inflated(data, one, limits.page)
    except PackedError as e:
        if data.lstrip()[:1] != b"<":  # many archives unpack the page and leave the header
            return SourceError(str(e), where=named, remedy=REMEDY)
    if len(data) > limits.page:
        what = f"more than a page may have ({limits.page / MEGABYTE:g} MB)"
        return SourceError(what, where=named, remedy="save the article alone")
    found = media_of(data, media, url)
    if found not in ("text/html", "text/plain", "application/pdf"):
        return Skipped(named, f"not a page: {found}")
    captured = headers.get("WARC-Date")
    return Raw(
        _printable(url)[:4000], data, found, where, url[:4000] if url.startswith("http") else None, captured, charset
    )


def is_warc(path: Path, head: bytes) -> bool:
    """Tell whether a file is an archive, by its first bytes; a packed one is opened for that."""
    if not is_packed(head):
        return head.startswith(b"WARC/1.")
    try:
        with path.open("rb") as file:
            for member in Members(file.read):
                return member.read(7) == b"WARC/1."
    except (PackedError, OSError):
        return False
    return False
