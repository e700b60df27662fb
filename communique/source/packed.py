"""Packed bytes, unpacked as they are read: gzip members, zstandard frames, and the codings of HTTP.

Nothing is unpacked beyond what is asked for, and an end that comes too early is an error, never silence.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import zstandard

GZIP, ZSTD = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"
DICTIONARY = b"\x5d\x2a\x4d\x18"
CHUNK = 64 * 1024
SLICE = 256
"""Bytes of zstandard unpacked at once: a block of four bytes may hold 128 KB, so this is 8 MB at the most."""
WINDOW = 128 * 1024 * 1024
MOST_DICTIONARY = 8 * 1024 * 1024

Read = Callable[[int], bytes]


class PackedError(Exception):
    """What is wrong with packed bytes, in one phrase."""


def is_packed(head: bytes) -> bool:
    """Tell whether bytes open as gzip or zstandard does (with a dictionary in front, as archives have it)."""
    return head.startswith((GZIP, ZSTD, DICTIONARY))


class Members:
    """A file of packed members, one after the other: ``for member in Members(file.read)``.

    What is left of a member is passed over when the next one is asked for. A member that is broken costs itself
    alone: the next begins where the next sign of one stands.
    """

    def __init__(self, read: Read) -> None:
        self._read = read
        self.input = b""
        self.at = 0
        self.ended = False
        self._dictionary: zstandard.ZstdCompressionDict | None = None

    def more(self) -> bytes:
        """Return the packed bytes at hand, after reading some where there are none."""
        if not self.input and not self.ended:
            self.input = self._read(CHUNK)
            self.ended = not self.input
        return self.input

    def keep(self, rest: bytes) -> None:
        """Give back what was not used of ``more()``."""
        self.at += len(self.input) - len(rest)
        self.input = rest

    def _head(self, size: int) -> bytes:
        while len(self.input) < size and not self.ended:
            more = self._read(CHUNK)
            self.ended = not more
            self.input += more
        return self.input[:size]

    def __iter__(self) -> Iterator[Member]:
        while True:
            head = self._head(4)
            while head and not head.strip(b"\0"):  # tapes are filled up with zeros
                self.keep(self.input.lstrip(b"\0"))
                head = self._head(4)
            if not head:
                return
            if head == DICTIONARY and self._dictionary is None:
                self._dictionary = self._read_dictionary()
                continue
            member = Member(self, head, self._dictionary)
            yield member
            try:
                while member.read(CHUNK):
                    pass
            except PackedError:
                self._next_sign()

    def _read_dictionary(self) -> zstandard.ZstdCompressionDict:
        size = int.from_bytes(self._head(8)[4:], "little")
        data = self._head(8 + size)[8:] if size <= MOST_DICTIONARY else b""
        if len(data) != size or not size:
            raise PackedError("a broken dictionary")
        self.keep(self.input[8 + size :])
        return zstandard.ZstdCompressionDict(inflated(data, "zstd", MOST_DICTIONARY) if data[:4] == ZSTD else data)

    def _next_sign(self) -> None:
        """Go on to where the next member may begin."""
        start = 1
        while True:
            found = [i for sign in (GZIP, ZSTD) if (i := self.input.find(sign, start)) >= 0]
            if found:
                self.keep(self.input[min(found) :])
                return
            self.keep(self.input[-3:] if start == 0 or len(self.input) > 3 else self.input[1:])
            start, before = 0, len(self.input)
            if len(self._head(CHUNK)) == before:
                self.keep(b"")
                return


class Member:
    """One member, unpacked as it is read. ``at`` is where it begins in the packed file."""

    def __init__(self, of: Members, head: bytes, dictionary: zstandard.ZstdCompressionDict | None) -> None:
        self._of = of
        self.at = of.at
        self.whole = False
        self._out = bytearray()
        self._inflate: Callable[[int], bytes] = self._no
        if head.startswith(GZIP):
            self._gzip = zlib.decompressobj(31)
            self._inflate = self._from_gzip
        elif head == ZSTD:
            self._zstd = zstandard.ZstdDecompressor(dict_data=dictionary, max_window_size=WINDOW).decompressobj()
            self._inflate = self._from_zstd

    def read(self, size: int) -> bytes:
        """Return at most ``size`` bytes, none at the end.

        Raises:
            PackedError: the member is broken, or ends too early.
        """
        while len(self._out) < size and not self.whole:
            try:
                self._out += self._inflate(size - len(self._out))
            except (zlib.error, zstandard.ZstdError) as e:
                raise PackedError("broken packing") from e
        taken = bytes(self._out[:size])
        del self._out[:size]
        return taken

    def _no(self, _size: int) -> bytes:
        raise PackedError("neither gzip nor zstandard where a member should begin")

    def _from_gzip(self, size: int) -> bytes:
        data = self._of.more()
        if not data:
            raise PackedError("cut off: the packed bytes end too early")
        out = self._gzip.decompress(data, size)
        self.whole = self._gzip.eof
        self._of.keep(self._gzip.unused_data if self.whole else self._gzip.unconsumed_tail)
        return out

    def _from_zstd(self, _size: int) -> bytes:
        data = self._of.more()
        if not data:
            raise PackedError("cut off: the packed bytes end too early")
        out = self._zstd.decompress(data[:SLICE])
        self.whole = self._zstd.eof
        self._of.keep(self._zstd.unused_data + data[SLICE:])
        return out


class Unpacked(io.RawIOBase):
    """A packed file as one stream of what is in it."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._members = iter(Members(file.read))
        self._member = next(self._members, None)

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill some of the buffer; 0 at the end.

        Raises:
            PackedError: the packing is broken, or ends too early.
        """
        while self._member is not None:
            if data := self._member.read(min(len(buffer), CHUNK)):
                buffer[: len(data)] = data
                return len(data)
            self._member = next(self._members, None)
        return 0


def inflated(data: bytes, coding: str, most: int) -> bytes:
    """Return bytes that a server packed, by the name of the coding (``gzip``, ``deflate``, ``br``, ``zstd``).

    Raises:
        PackedError: broken, cut off, more than ``most`` bytes unpacked, or a coding that is not known.
    """
    name = coding.strip().lower()
    if name in ("", "identity"):
        return data
    if name in ("gzip", "x-gzip", "deflate", "zstd"):
        return _unpacked(data, name, most)
    if name == "br":
        return _from_brotli(data, most)
    raise PackedError(f"packed as {name[:40]!r}, which is not read")


def _unpacked(data: bytes, name: str, most: int) -> bytes:
    if name == "deflate":  # some servers leave out the frame that the standard asks for
        wrapped = data[:1] and data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0
        plain = zlib.decompressobj(15 if wrapped else -15)
        try:
            out = plain.decompress(data, most + 1)
        except zlib.error as e:
            raise PackedError("broken packing") from e
        whole = plain.eof
    else:
        packed = memoryview(data)
        place = 0

        def read(size: int) -> bytes:
            nonlocal place
            place += size
            return bytes(packed[place - size : place])

        out, whole = b"", True
        for member in Members(read):
            if out and len(out) <= most and not is_packed(bytes(packed[member.at : member.at + 4])):
                break  # what stands behind the last member is none of ours
            out += member.read(most + 1 - len(out))
            if len(out) > most:
                break
    if len(out) > most:
        raise PackedError(f"more than {most} bytes unpacked")
    if not whole:
        raise PackedError("cut off: the packed bytes end too early")
    return out


def _from_brotli(data: bytes, most: int) -> bytes:
    import brotli

    unpack = brotli.Decompressor()
    try:
        out = unpack.process(data, output_buffer_limit=most + 1)
        while len(out) <= most and not unpack.is_finished():
            more = unpack.process(b"", output_buffer_limit=most + 1 - len(out))
            if not more:
                raise PackedError("cut off: the packed bytes end too early")
            out += more
    except brotli.error as e:
        raise PackedError("broken packing") from e
    if len(out) > most:
        raise PackedError(f"more than {most} bytes unpacked")
    return bytes(out)
