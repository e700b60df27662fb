"""Errors that a person can act on: what is wrong, where, and the remedy, in one line."""

from __future__ import annotations


class CommuniqueError(Exception):
    """Something a person must know. ``str()`` is one line: ``where: what. remedy``."""

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what, self.where, self.remedy = what, where, remedy
        line = f"{where}: {what}" if where else what
        super().__init__(f"{line}. {remedy}" if remedy else line)


class SourceError(CommuniqueError):
    """A source that cannot be read. The rest goes on; the exit code says so."""


class PackError(CommuniqueError):
    """A pack that does not hold; ``where`` is ``file:line``."""


class RecordError(CommuniqueError):
    """A record file that cannot be opened or used."""
