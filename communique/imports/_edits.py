"""Rows of an export that come back: which cells a person changed, as corrections of their items."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from communique.record.cells import CellError, Fault, Reader, letters, put
from communique.record.handcoded import OWN, Line
from communique.views.standing import Standing

OURS = re.compile(r"[a-z][0-9a-f]{20}")
LOCAL_DAY = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})")
ORDERS = ("dmy", "mdy", "ymd")
CUT = 32_767
"""Letters at which a workbook cuts a cell."""
WORDS = {"accepted": "accept", "rejected": "reject"}
UNSAID = ("id", "review", "entry", "origin", "rule", "coder")
"""Columns whose cells are not compared: another reading, or another article, changes them too."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What a person changed of an item: fields with their new values, and the word on it, if that was changed."""

    item: str
    line: Line
    values: dict[str, Any] = field(default_factory=dict)
    action: str | None = None


def is_ours(id_: str) -> bool:
    """Tell whether a cell is the id of an item, and not a number of the person's own."""
    return OURS.fullmatch(id_) is not None


def edited(
    lines: Iterable[Line], found: Mapping[str, Standing], reader: Reader
) -> Iterator[Edit | tuple[Line, list[Fault]]]:
    """Yield for rows with an id what was changed in them, or what is wrong with their cells."""
    seen: dict[str, int] = {}
    lines = list(lines)
    order = _order(lines, found)
    for line in lines:
        id_ = line.cells["id"]
        item = found.get(id_)
        if item is None or item.kind != reader.pack.kind:
            what = f"the record has no {reader.pack.kind} {id_}"
            yield line, [Fault("id", what, "import into the record that it was exported from, or empty the cell")]
        elif id_ in seen:
            yield line, [Fault("id", f"stands in row {seen[id_]} too", "empty the cell of a row that is new")]
        else:
            seen[id_] = line.row.number
            edit, faults = _edit(line, item, reader, order)
            yield (line, faults) if faults else edit


def _edit(line: Line, item: Standing, reader: Reader, order: str) -> tuple[Edit, list[Fault]]:
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    columns = {c.name: c for c in reader.pack.columns}
    for name, text in line.cells.items():
        now = _text(item.cells.get(name))
        if name in UNSAID or _same(text, now, order):
            continue
        column = columns.get(name)
        was_so = any(_same(text, _text(cells.get(name)), order) for cells in item.earlier)
        try:
            if column is None or column.sort == "states":
                if was_so:
                    continue
                raise CellError("is told by the text, or by other columns", "leave it as it was exported")
            if was_so:
                raise CellError(f"was corrected since to {now!r}", "export again, or: communique review undo")
            if not text and column.needed:
                raise CellError("is empty", f"fill it in: {column.about.lower()}")
            top = (column.field or column.name).partition(".")[0]
            was = item.values.get(top)
            changed = {top: values.get(top, was)}
            put(changed, column, reader.value(column, text, was))
            values |= changed
        except CellError as e:
            faults.append(Fault(name, e.what, e.remedy))
    for name, text in line.own.items():
        try:
            letters(name + text)
        except CellError as e:
            faults.append(Fault(name, e.what, e.remedy))
    kept = item.values.get(OWN)
    own = kept if isinstance(kept, dict) else {}
    if new := {n: t for n, t in line.own.items() if t != own.get(n, "")}:
        values[OWN] = {**own, **new}
    said, action = line.cells.get("review", "").lower(), None
    if said and said not in ("machine", item.cells.get("review"), *(c.get("review") for c in item.earlier)):
        action = WORDS.get(said)
        if action is None and not (said == "corrected" and values):
            faults.append(Fault("review", f"{said!r} cannot be typed", "write accepted or rejected"))
    return Edit(line.cells["id"], line, values, action), faults


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return str(cell).replace("\r\n", "\n").replace("\r", "\n").strip()


def _same(text: str, now: str, order: str) -> bool:
    """Tell whether a cell is as it was exported, or as a spreadsheet program shows it."""
    if text == now or (len(now) > CUT and text == now[:CUT].strip()):
        return True
    if now in ("true", "false"):
        return text.lower() == now
    return _day(text, order) == now != ""


def _order(lines: Iterable[Line], found: Mapping[str, Standing]) -> str:
    """Return in which order a spreadsheet program wrote days: that in which most cells are what was exported."""
    counts = dict.fromkeys(ORDERS, 0)
    for line in lines:
        item = found.get(line.cells["id"])
        for name, text in line.cells.items() if item else ():
            now = item.cells.get(name) if item else None
            for order in ORDERS:
                counts[order] += bool(now) and _day(text, order) == now
    return max(ORDERS, key=lambda o: counts[o])


def _day(text: str, order: str) -> str:
    """Return a day that a spreadsheet program wrote in its country's order, empty if it is none."""
    found = LOCAL_DAY.fullmatch(text)
    if not found:
        return ""
    told = dict(zip(order, found.groups(), strict=True))
    year = told["y"] if len(told["y"]) == 4 else f"20{told['y']}"
    return f"{year}-{told['m']:0>2}-{told['d']:0>2}"
