"""The sources as works that a paper cites."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from communique.store import Store
from communique.views import Filter
from communique.views.stream import Step, stream_units

ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


def works(store: Store, asked: Filter, step: Step | None) -> Iterator[dict[str, Any]]:
    """Yield each unit with an item that fits, with its ``key`` and its ``address``; units of one report stay apart."""
    for u in stream_units(store, asked, step):
        address = u["url"] or (u["source"] if ADDRESS.fullmatch(u["source"]) else None)
        yield {**u, "key": key(u), "address": address if address and ADDRESS.fullmatch(address) else None}


def key(u: dict[str, Any]) -> str:
    """Return the key by which a work is cited: outlet and year in plain letters, and the unit's id."""
    plain = unicodedata.normalize("NFKD", u["outlet"] or "").encode("ascii", "ignore").decode().lower()
    outlet = re.sub(r"[^a-z0-9]", "", plain)[:12]
    year = (u["published"] or "")[:4]
    return f"{outlet or 'source'}{year if year.isdigit() else ''}-{u['unit']}"


def parts(date: str | None) -> list[int]:
    """Return year, month and day of an EDTF date as far as it has them; of a span those of its beginning."""
    found = re.match(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", date or "")
    out = []
    for part in found.groups() if found else ():
        if part is None or not int(part):
            break
        out.append(int(part))
    return out
