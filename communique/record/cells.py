"""From the text of a cell to the value of a field, or a word on what is wrong with it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple

import orjson

from communique.loader.schema import ColumnPack, TablePack
from communique.record.decided import is_date
from communique.record.known import Known

LETTERS = 100_000
"""Most letters of a cell."""
SIGNS = re.compile("[;\uff1b]")
WHOLE = re.compile(r"(-?\d{1,9})(?:\.0+)?")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
YES, NO = ("true", "yes", "1", "x"), ("false", "no", "0")
ATTENDEE = "attendee"


class CellError(Exception):
    """What is wrong with a cell, and the remedy."""

    def __init__(self, what: str, remedy: str) -> None:
        self.what, self.remedy = what, remedy
        super().__init__(what)


class Fault(NamedTuple):
    """A cell that is wrong: its column, what is wrong, the remedy."""

    column: str
    what: str
    remedy: str


class Reader:
    """Reads the cells of one kind of row."""

    def __init__(self, pack: TablePack, roles: Sequence[str], known: Known) -> None:
        self.pack, self._roles, self._known = pack, tuple(roles), known

    def values(self, cells: Mapping[str, str]) -> tuple[dict[str, Any], list[Fault]]:
        """Return the fields of a new row, all of its kind, and what is wrong with its cells."""
        out: dict[str, Any] = {}
        faults: list[Fault] = []
        for c in self.pack.columns:
            if c.sort == "states":
                continue
            text = cells.get(c.name, "")
            try:
                if not text and c.needed:
                    raise CellError("is empty", f"fill it in: {c.about.lower()}")
                value = self.value(c, text or self._instead(c, cells))
            except CellError as e:
                faults.append(Fault(c.name, e.what, e.remedy))
                continue
            put(out, c, value)
        return out, faults

    def _instead(self, column: ColumnPack, cells: Mapping[str, str]) -> str:
        """Return what stands for an empty cell: the first and last day for a date, the states for participants."""
        if column.sort == "edtf":
            first, last = cells.get(f"{column.name}_first", ""), cells.get(f"{column.name}_last", "")
            return first if first == last or not last else f"{first}/{last}"
        return cells.get("states", "") if column.sort == "people" else ""

    def value(self, column: ColumnPack, text: str, was: Any = None) -> Any:
        """Return the value that a text stands for; ``was`` is the one that it takes the place of.

        Raises:
            CellError: it stands for none.
        """
        letters(text)
        if not text:
            return [] if column.sort in ("list", "parties", "people") else None
        if column.sort == "word":
            return word(text, column.words)
        if column.sort == "integer":
            return whole(text)
        if column.sort == "yesno":
            return yesno(text)
        if column.sort == "edtf":
            return date(text)
        if column.sort == "country":
            return self.country(text)
        if column.sort == "people":
            return self.people(text, was if isinstance(was, list) else [])
        if column.sort in ("list", "parties"):
            found = [x for p in SIGNS.split(text) if (x := p.strip())]
            if column.sort == "parties":
                return [self.country(x) for x in found]
            return [word(x, column.words) for x in found] if column.words else found
        return text

    def country(self, text: str) -> str:
        """Return the code of a state or bloc, or the actor as written."""
        code = self._known.state(text)
        if code is None and len(text) == 2 and text.isascii():
            raise CellError(f"no country has the code {text!r}", "write its ISO 3166-1 code, or its name")
        return code or text

    def people(self, text: str, was: Sequence[Any]) -> list[dict[str, Any]]:
        """Return participants from ``name (country, role); ...``; who was there before keeps what no cell shows."""
        before = {p.get("name"): p for p in was if isinstance(p, dict)}
        out = []
        for part in SIGNS.split(text):
            if not (told := part.strip()):
                continue
            name, country, role = told, None, None
            if told.endswith(")") and "(" in told:
                name, _, inner = told[:-1].rpartition("(")
                name = name.strip()
                for x in filter(None, (x.strip() for x in inner.split(","))):
                    if x.lower().replace(" ", "_") in self._roles:
                        role = x.lower().replace(" ", "_")
                    elif country is None:
                        country = self.country(x)
                    else:
                        close = ", ".join(self._roles)
                        raise CellError(f"{x!r} is no role", f"write name (country, role); a role is one of: {close}")
            if not name and country is None:
                raise CellError(f"nobody is named in {told!r}", "write name (country, role); name (country, role)")
            country = country or self._known.state(name)
            kept = before.get(name, {})
            out.append(
                {**kept, "name": name or country, "country": country, "role": role or kept.get("role", ATTENDEE)}
            )
        return out


def put(values: dict[str, Any], column: ColumnPack, value: Any) -> None:
    """Put a value into its field; of a field of parts (a place) the rest stays, and without any it is None."""
    field, dot, part = (column.field or column.name).partition(".")
    if not dot:
        values[field] = value
        return
    whole_ = {**(values.get(field) or {}), part: value}
    values[field] = whole_ if any(x is not None for x in whole_.values()) else None


def letters(text: str) -> None:
    """Refuse a text that no database keeps.

    Raises:
        CellError: it is too long, or holds what is no letter.
    """
    if len(text) > LETTERS:
        raise CellError(f"has more than {LETTERS:,} letters", "put long texts into pages, and read these")
    if "\x00" in text or any("\ud800" <= c <= "\udfff" for c in text):
        raise CellError("holds what is no letter", "type it anew")


def word(text: str, words: Sequence[str]) -> str:
    """Return one of ``words``, in whatever case and with blanks.

    Raises:
        CellError: it is none of them.
    """
    plain = text.strip().lower().replace(" ", "_").replace("-", "_")
    if plain in words:
        return plain
    close = get_close_matches(plain[:40], words, 1)
    meant = f"perhaps {close[0]}; " if close else ""
    raise CellError(f"{shown(text)} is no word of the codebook", f"{meant}one of: {', '.join(words)}")


def whole(text: str) -> int:
    """Return a number.

    Raises:
        CellError: it is none.
    """
    found = WHOLE.fullmatch(text)
    if not found:
        raise CellError(f"{shown(text)} is no whole number", "write it in figures, like 15")
    return int(found[1])


def yesno(text: str) -> bool:
    """Return yes or no.

    Raises:
        CellError: it is neither.
    """
    plain = text.lower()
    if plain not in YES and plain not in NO:
        raise CellError(f"{shown(text)} is neither yes nor no", "write true or false")
    return plain in YES


def date(text: str) -> str:
    """Return an EDTF date.

    Raises:
        CellError: it is none, or a day that no calendar has.
    """
    remedy = "write 2021, 2021-07, 2021-07-06, or a span like 2021-07-06/2021-07-08"
    if not is_date(text):
        raise CellError(f"{shown(text)} is no date", remedy)
    for day in DAY.findall(text):
        try:
            dt.date.fromisoformat(day)
        except ValueError:
            raise CellError(f"no calendar has the day {day}", remedy) from None
    return text


def address(text: str) -> str | None:
    """Return an address on the web.

    Raises:
        CellError: it is none.
    """
    letters(text)
    if text and not text.startswith(("http://", "https://")):
        raise CellError(
            f"{shown(text)} is no address", "write it with https:// in front; what is none goes into source"
        )
    return text or None


def more(text: str) -> dict[str, Any]:
    """Return the further fields that the column ``more`` holds.

    Raises:
        CellError: it is no JSON object.
    """
    letters(text)
    try:
        found = orjson.loads(text) if text and "\\u0000" not in text else {}
    except ValueError as e:
        raise CellError("is no JSON", "leave it as it was exported, or empty") from e
    if not isinstance(found, dict):
        raise CellError("is no JSON object", "leave it as it was exported, or empty")
    return found


def shown(text: str) -> str:
    """Return a text as a message names it."""
    return repr(text if len(text) <= 60 else text[:60] + "\u2026")
