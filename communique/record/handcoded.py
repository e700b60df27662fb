"""Rows that a person coded as units and claims. The sheet is the source; what a row quotes is the text of its unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from communique.document.language import detect
from communique.loader.packs import load
from communique.model import IMPORTED, Claim, Evidence, Part, Unit, item_id, unit_id
from communique.record.cells import CellError, Fault, Reader, address, date, letters, more

OWN = "own"
SAID_ONCE = ("start", "end", "published_first", "published_last")
"""Columns that say of an item of the record what no new row needs."""
KEPT = ("id", "source", "unit", "entry", "origin", "rule", "review", "role")
"""Columns of an item of the record that are a person's own on a new row."""
PUNCTUATION = ", "


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number as a spreadsheet program shows it, and its cells as text, without blanks at their ends."""

    number: int
    cells: tuple[str, ...]


class Line(NamedTuple):
    """A row: of which sheet (empty where there is but one), its known cells, and those of columns that are its own."""

    sheet: str
    row: Row
    cells: dict[str, str]
    own: dict[str, str]


@dataclass(frozen=True, slots=True)
class Coded:
    """A row as a unit with one claim."""

    unit: Unit
    claim: Claim


class Coder:
    """Turns rows of one kind into claims of a person."""

    def __init__(self, reader: Reader, source: str, who: str) -> None:
        self._reader, self._source, self._who = reader, source, who
        self._languages = [p.detect for p in load().languages.values() if p.detect is not None]

    def coded(self, line: Line, position: int) -> tuple[Coded | None, list[Fault]]:
        """Return a row as a claim, or what is wrong with its cells."""
        values, faults = self._reader.values(line.cells)
        about, more_faults = self._about(line)
        faults += more_faults
        if faults:
            return None, faults
        kind = self._reader.pack.kind
        values = {**{k: v for k, v in about.pop("more").items() if k not in values}, **values}
        if own := {**{k: line.cells[k] for k in KEPT if line.cells.get(k)}, **line.own}:
            values[OWN] = {**_mapping(values.get(OWN)), **own}
        title, said = line.cells.get("title", ""), line.cells.get("quote", "") or _row_as_text(line, self._reader)
        reference = PUNCTUATION.join(
            x for c in ("outlet", "published", "url", "source") if (x := line.cells.get(c, ""))
        )
        text, parts = _put_together((("title", title), ("body", said), ("credit", reference)))
        uid = unit_id(self._source, "article", text)
        unit = Unit(
            uid, self._source, "article", title or reference or self._source, text,
            lang=line.cells.get("lang") or detect(f"{title}\n{said}", self._languages), position=position,
            basis="metadata" if about["published"] else "unknown", parts=parts, **about,
        )  # fmt: skip
        at = next(p.start for p in parts if p.kind == "body")
        evidence = (Evidence(at, at + len(said), said),)
        id_ = item_id(uid, kind, evidence, values)
        who = line.cells.get("coder") or self._who
        return Coded(unit, Claim(id_, uid, kind, values, evidence, rule(line), who)), []

    def _about(self, line: Line) -> tuple[dict[str, Any], list[Fault]]:
        out: dict[str, Any] = {}
        faults = []
        checks = {"url": address, "published": _day, "outlet": _plain, "more": more}
        for column, check in checks.items():
            try:
                out[column] = check(line.cells.get(column, ""))
            except CellError as e:
                faults.append(Fault(column, e.what, e.remedy))
        read = {*checks, *(c.name for c in self._reader.pack.columns)}
        for column, text in [*line.cells.items(), *line.own.items()]:
            try:
                letters("" if column in read else column + text)
            except CellError as e:
                faults.append(Fault(column, e.what, e.remedy))
        return out, faults


def rule(line: Line) -> str:
    """Return what made the claim of a row: which row of which sheet."""
    return f"{IMPORTED}{line.sheet + ' ' if line.sheet else ''}row {line.row.number}"


def _plain(text: str) -> str | None:
    letters(text)
    return text or None


def _day(text: str) -> str | None:
    letters(text)
    return date(text) if text else None


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _row_as_text(line: Line, reader: Reader) -> str:
    """Return what a row without a quote says: its own cells, which are then the words behind the claim."""
    told = [(c.name, line.cells.get(c.name, "")) for c in reader.pack.columns]
    return "\n".join(f"{name}: {text}" for name, text in [*told, *line.own.items()] if text)


def _put_together(said: Iterable[tuple[str, str]]) -> tuple[str, tuple[Part, ...]]:
    text, parts = "", []
    for kind, piece in said:
        if piece:
            text += "\n\n" if text else ""
            parts.append(Part(kind, len(text), len(text) + len(piece)))
            text += piece
    return text, tuple(parts)
