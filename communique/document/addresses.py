"""Of which state a public office is, by the address of its pages.

The last part of an address is the code of a state as ISO 3166-1 has it (RFC 1591), and states keep a part before it
for their own offices. The oldest such endings, of one state's offices alone, have no code.
"""

from __future__ import annotations

from urllib.parse import urlsplit

OFFICIAL = frozenset({"gov", "go", "gob", "gub", "gouv", "govt", "govern", "gv", "gc", "mil"})
"""The part that states keep for their offices and forces."""
WITHOUT_CODE = {"gov": "US", "mil": "US"}
"""Endings that stand for one state without its code."""
OTHER_CODE = {"uk": "GB"}
"""Endings that are not the code of their state."""


def office_of(url: str | None) -> str | None:
    """Return the ISO 3166-1 code of the state whose office has an address, or None where it is no such address."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return None
    parts = host.rstrip(".").split(".")
    if len(parts) > 1 and parts[-1] in WITHOUT_CODE:
        return WITHOUT_CODE[parts[-1]]
    if len(parts) < 2 or parts[-2] not in OFFICIAL or len(parts[-1]) != 2 or not parts[-1].isascii():
        return None
    return OTHER_CODE.get(parts[-1], parts[-1].upper())
