"""The tables as one Excel workbook: a sheet for each kind, its header in words of the codebook, nothing a formula.

Every cell is text, a number or yes/no; days are text (``2021-07-06``), as Excel knows none before 1900. A sheet that
is full goes on in another (``engagement 2``). Left out: as in ``csv``; a cell is cut at
32,767 letters.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from communique.store import Store
from communique.views import Filter
from communique.views.stream import Step
from communique.views.tables import PEOPLE, rows, tables

SUMMARY = "an Excel workbook with a sheet for each kind"
LONGEST, MOST = 32_767, 1_048_575
PIECE = 1 << 20
EPOCH = dt.datetime(1980, 1, 1)  # noqa: DTZ001 - a workbook must name a time; no clock enters an export


def pieces(store: Store, asked: Filter, step: Step | None = None) -> Iterator[bytes]:
    """Yield the workbook, which is made row by row in a temporary file. A filter of one kind leaves its sheet."""
    import xlsxwriter

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.xlsx"
        options = {"constant_memory": True, "tmpdir": folder}
        with xlsxwriter.Workbook(str(path), options) as book:
            book.set_properties({"created": EPOCH})
            bold = book.add_format({"bold": True})
            for name, made in tables().items():
                if asked.kind in (None, name) or (asked.kind, name) == ("engagement", PEOPLE):
                    said = [(c.name, c.about) for c in made.columns]
                    _sheets(book, name, said, rows(store, name, asked, step), bold)
        with path.open("rb") as f:
            while piece := f.read(PIECE):
                yield piece


def _sheets(book: Any, name: str, said: list[tuple[str, str]], found: Iterator[list[Any]], bold: Any) -> None:
    sheet: Any = None
    at, number = MOST, 0
    for cells in found:
        if at == MOST:
            number += 1
            sheet, at = _sheet(book, name if number == 1 else f"{name} {number}", said, bold), 0
        at += 1
        for column, value in enumerate(cells):
            if value is None:
                continue
            if value is True or value is False:
                sheet.write_boolean(at, column, value)
            elif isinstance(value, int):
                sheet.write_number(at, column, value)
            elif value:
                sheet.write_string(at, column, value[:LONGEST])
    if sheet is None:
        _sheet(book, name, said, bold)


def _sheet(book: Any, title: str, said: list[tuple[str, str]], bold: Any) -> Any:
    sheet = book.add_worksheet(title)
    sheet.freeze_panes(1, 1)
    for column, (name, _) in enumerate(said):
        sheet.set_column(column, column, 14)
        sheet.write_string(0, column, name, bold)
    return sheet
