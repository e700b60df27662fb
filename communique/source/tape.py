"""Bytes read once from front to back, with a look ahead: what a reader of framed records stands on."""

from __future__ import annotations

from collections.abc import Callable

CHUNK = 64 * 1024


class Tape:
    """A stream with a look ahead. Holds no more than what was asked for, and a chunk.

    Attributes:
        at: how many bytes were taken or passed over so far.
    """

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._read = read
        self._held = bytearray()
        self._ended = False
        self.at = 0

    def peek(self, size: int) -> bytes:
        """Return the next ``size`` bytes without taking them; fewer at the end."""
        while len(self._held) < size and not self._ended:
            more = self._read(max(CHUNK, size - len(self._held)))
            self._ended = not more
            self._held += more
        return bytes(self._held[:size])

    def take(self, size: int) -> bytes:
        """Return the next ``size`` bytes, fewer at the end."""
        taken = self.peek(size)
        self._drop(len(taken))
        return taken

    def skip(self, size: int) -> int:
        """Pass over ``size`` bytes and return how many there were."""
        left = size
        while left and self.peek(1):
            some = min(left, len(self._held))
            self._drop(some)
            left -= some
        return size - left

    def give_back(self, data: bytes) -> None:
        """Put bytes that were taken in front again."""
        self._held[:0] = data
        self.at -= len(data)

    def until(self, mark: bytes, most: int) -> bytes | None:
        """Take and return everything up to and with ``mark``; None where ``most`` bytes lack it, which stay."""
        size = 1024
        while True:
            seen = self.peek(size)
            found = seen.find(mark)
            if found >= 0 and found + len(mark) <= most:
                return self.take(found + len(mark))
            if len(seen) < size or size >= most:
                return None
            size = min(size * 4, most)

    def find(self, mark: bytes) -> bool:
        """Pass over everything before ``mark``; True where it is found, else the end is reached."""
        while True:
            seen = self.peek(CHUNK)
            found = seen.find(mark)
            if found >= 0:
                self._drop(found)
                return True
            if len(seen) < CHUNK:
                self._drop(len(seen))
                return False
            self._drop(len(seen) - len(mark) + 1)

    def _drop(self, size: int) -> None:
        del self._held[:size]
        self.at += size
