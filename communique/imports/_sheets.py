"""Spreadsheets as they come: comma-separated values in any of their forms, and Excel workbooks, row by row as text."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from communique.errors import CommuniqueError
from communique.record.cells import LETTERS
from communique.record.handcoded import Row

MEGABYTE = 1024 * 1024
BYTES, UNPACKED = 256 * MEGABYTE, 1024 * MEGABYTE
ROWS, COLUMNS = 200_000, 500
"""Most rows and columns of a sheet."""
CSV, BOOKS = (".csv", ".tsv", ".txt"), (".xlsx", ".xlsm")
MIDNIGHT = dt.time()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name (empty where a file has none), the names of its columns, and its rows that are not blank."""

    name: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]


def sheets(path: Path) -> Iterator[Sheet]:
    """Yield the sheets of a file that have a header.

    Raises:
        CommuniqueError: it cannot be read, is of no kind that is read, or is too large.
    """
    form = path.suffix.lower()
    if form not in (*CSV, *BOOKS):
        remedy = "save it as CSV (UTF-8) or as an Excel workbook (.xlsx)"
        raise CommuniqueError("is no spreadsheet that is read here", where=str(path), remedy=remedy)
    try:
        size = path.stat().st_size
        if size > BYTES:
            raise CommuniqueError(
                f"is larger than {BYTES // MEGABYTE} megabytes", where=str(path), remedy="split it into several"
            )
        if form in BOOKS:
            yield from _workbook(path)
            return
        data = path.read_bytes()
    except OSError as e:
        raise CommuniqueError(f"cannot be read ({e.strerror or e})", where=str(path), remedy="check its name") from e
    yield from _made(path, "", _csv(path, _text(path, data)))


def _made(path: Path, name: str, lines: Iterator[tuple[str, ...]]) -> Iterator[Sheet]:
    where = f"{path}: sheet {name}" if name else str(path)
    header: tuple[str, ...] = ()
    rows: list[Row] = []
    for number, cells in enumerate(lines, 1):
        if number > ROWS:
            raise CommuniqueError(f"has more than {ROWS:,} rows", where=where, remedy="split it into several")
        if len(cells) > COLUMNS and any(cells[COLUMNS:]):
            raise CommuniqueError(
                f"has more than {COLUMNS} columns", where=f"{where}, row {number}", remedy="leave out what is not coded"
            )
        if not any(cells):
            continue
        if not header:
            header = cells[: max(i for i, c in enumerate(cells, 1) if c)]
            continue
        rows.append(Row(number, cells[:COLUMNS]))
    if header:
        yield Sheet(name, header, tuple(rows))


# --- comma-separated values -----------------------------------------------------------------------------------------


def _text(path: Path, data: bytes) -> str:
    coding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(coding)
    except UnicodeDecodeError as e:
        line = data.count(b"\n", 0, e.start) + 1
        remedy = "save it as 'CSV UTF-8', or as an Excel workbook"
        raise CommuniqueError("is not UTF-8", where=f"{path}: line {line}", remedy=remedy) from e


def _csv(path: Path, text: str) -> Iterator[tuple[str, ...]]:
    sign = ","
    if text[:4].lower() == "sep=" and len(text) > 4:
        sign, text = text[4], "\n" + text.partition("\n")[2]
    else:
        # The sign that parts the header into most columns: spreadsheet programs write all three.
        sign = max(",;\t", key=lambda s: _columns(text[:LETTERS], s))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    try:
        for line in reader:
            yield tuple(map(_clean, line))
    except csv.Error as e:
        where = f"{path}: line {reader.line_num}"
        raise CommuniqueError(f"cannot be read ({e})", where=where, remedy="look for a quotation mark too many") from e


def _columns(text: str, sign: str) -> int:
    with contextlib.suppress(csv.Error):
        return len(next(csv.reader(io.StringIO(text, newline=""), delimiter=sign), []))
    return 0


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


# --- workbooks ------------------------------------------------------------------------------------------------------


def _workbook(path: Path) -> Iterator[Sheet]:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(path) as packed:
            if sum(i.file_size for i in packed.infolist()) > UNPACKED:
                raise CommuniqueError(
                    f"unpacks to more than {UNPACKED // MEGABYTE} megabytes", where=str(path), remedy="split it"
                )
        with path.open("rb") as f, warnings.catch_warnings():
            # It warns of what it leaves out: styles, drop-down lists.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(f, read_only=True, data_only=True, keep_links=False)
            try:
                for sheet in book.worksheets:
                    sheet.reset_dimensions()
                    lines = (tuple(map(_cell, row)) for row in sheet.iter_rows(values_only=True))
                    yield from _made(path, sheet.title, lines)
            finally:
                book.close()
    except (zipfile.BadZipFile, zlib.error, InvalidFileException, LookupError, TypeError, ValueError, SyntaxError,
            AttributeError, EOFError, ArithmeticError, RuntimeError) as e:  # fmt: skip
        remedy = "open it in a spreadsheet program and save it again, or save it as CSV"
        raise CommuniqueError("is no workbook that can be read", where=str(path), remedy=remedy) from e


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == MIDNIGHT:
        return value.date().isoformat()
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    return _clean(str(value))
