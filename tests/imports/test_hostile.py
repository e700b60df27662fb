"""Whatever a file holds, it is read or refused in one line."""

from __future__ import annotations

import contextlib
import io
import tempfile
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from support import KNOWN

from communique.errors import CommuniqueError
from communique.imports._sheets import sheets
from communique.loader.packs import load
from communique.record.cells import CellError, Reader
from communique.views import tables

ENGAGEMENT = load().schema["engagement"]
ROLES = next(c.words for c in load().schema["participant"].columns if c.name == "role")
READER = Reader(ENGAGEMENT, ROLES, KNOWN)
PEOPLE = next(c for c in ENGAGEMENT.columns if c.sort == "people")


def taken(name: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        with contextlib.suppress(CommuniqueError):
            for sheet in sheets(path):
                assert all(isinstance(c, str) for row in sheet.rows for c in row.cells)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace")))
def test_any_bytes_as_csv(data: bytes) -> None:
    taken("x.csv", data)


@cache
def workbook() -> dict[str, bytes]:
    book = openpyxl.Workbook()
    book.active.append(["name", "date", "n"])
    book.active.append(["An", "2021", 3.5])
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as packed:
        return {n: packed.read(n) for n in packed.namelist()}


@settings(deadline=None)
@given(st.data())
def test_a_workbook_with_parts_that_are_broken(data: Any) -> None:
    parts = dict(workbook())
    name = data.draw(st.sampled_from(sorted(parts)))
    part = bytearray(parts[name])
    for at in data.draw(st.lists(st.integers(0, len(part) - 1), min_size=1, max_size=4)):
        part[at] = data.draw(st.integers(0, 255))
    parts[name] = bytes(part)
    if data.draw(st.booleans()):
        del parts[data.draw(st.sampled_from(sorted(parts)))]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for n, piece in parts.items():
            packed.writestr(n, piece)
    taken("x.xlsx", out.getvalue())


@given(st.text(max_size=60))
def test_any_text_is_a_value_or_a_word_on_it(text: str) -> None:
    for column in ENGAGEMENT.columns:
        with contextlib.suppress(CellError):
            READER.value(column, text)


NAME = st.text(st.characters(exclude_characters=";()\uff1b", exclude_categories=("Cs", "Cc")), min_size=1, max_size=8)
PERSON = st.fixed_dictionaries(
    {"name": NAME.map(str.strip).filter(lambda n: n and KNOWN.state(n) is None),
     "country": st.sampled_from(["VN", "RU", "SG", "ASEAN"]), "role": st.sampled_from(ROLES)}
)  # fmt: skip


@given(st.lists(PERSON, min_size=1, max_size=4))
def test_participants_come_back_as_they_left(people: list[dict[str, str]]) -> None:
    assert READER.value(PEOPLE, tables.people(people) or "") == people
