"""The fields that a person may fill in: which a kind has, what stands in them, what is wrong with what was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from communique.loader.packs import load
from communique.loader.schema import ColumnPack
from communique.record.cells import LETTERS, SIGNS, CellError, Reader
from communique.store import Store
from communique.views.tables import PEOPLE
from communique.web.speaking import tr
from communique.web.words import field, label, state

IN_A_ROW = {
    "engagement": (
        "type", "status", "date", "place_country", "place_city", "mechanism", "ordinal", "participants",
    ),
}  # fmt: skip
"""Columns that a row of the grid shows, where these are not all of its kind."""
SHOWN = 60
"""Letters of what was typed that a message repeats."""


class WrongError(Exception):
    """What is wrong with what was typed, as a sentence in the reader's language."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A word of the codebook and how it reads."""

    value: str
    name: str


def columns(kind: str) -> tuple[ColumnPack, ...]:
    """Return the columns of a kind that a person may fill in."""
    return tuple(c for c in load().schema[kind].columns if c.sort != "states")


def in_a_row(kind: str) -> tuple[ColumnPack, ...]:
    """Return the columns of a kind that a row of the grid shows."""
    shown = IN_A_ROW.get(kind)
    return tuple(c for c in columns(kind) if shown is None or c.name in shown)


def roles() -> tuple[str, ...]:
    """Return the words for what a participant does."""
    return next(c.words for c in load().schema[PEOPLE].columns if c.name == "role")


def reader(store: Store, kind: str) -> Reader:
    """Return what reads the cells of a kind."""
    return Reader(load().schema[kind], roles(), store.known)


def choices(column: ColumnPack) -> tuple[Choice, ...]:
    """Return the words from which a value is chosen; empty where it is typed."""
    if column.sort == "yesno":
        return Choice("true", tr("yes")), Choice("false", tr("no"))
    return tuple(Choice(w, label(w)) for w in column.words)


def hint(column: ColumnPack) -> str:
    """Return how a value is written, empty where that needs no word."""
    if column.sort == "edtf":
        return tr("2021, 2021-07, 2021-07-06, or 2021-07-06/2021-07-08")
    if column.sort == "people":
        return tr("name (country, role); name (country, role)")
    if column.sort == "country":
        return tr("code or name")
    if column.sort in ("list", "parties"):
        return tr("several with ; between them")
    return ""


def shown(column: ColumnPack, cell: Any) -> str:
    """Return what stands in a cell as a reader reads it."""
    text = "" if cell is None else str(cell)
    if not text:
        return ""
    if column.sort == "yesno":
        return tr("yes") if cell is True else tr("no")
    if column.sort == "word":
        return label(text)
    if column.sort == "country":
        return state(text)
    if column.sort == "parties":
        return "; ".join(state(x) for x in text.split("; "))
    if column.sort == "list" and column.words:
        return "; ".join(label(x) for x in text.split("; "))
    if column.sort == "people":
        return _roles_in(text, {r: label(r) for r in roles()})
    return text


def typed(column: ColumnPack, text: str) -> str:
    """Return what was typed in the codebook's words, where it was typed as the pages show them."""
    if column.sort == "people":
        return _roles_in(text, {label(r).casefold(): r for r in roles()})
    words = {c.name.casefold(): c.value for c in choices(column)}
    if not words:
        return text
    many = column.sort == "list"
    parts = [p.strip() for p in SIGNS.split(text)] if many else [text.strip()]
    return "; ".join(words.get(p.casefold(), p) for p in parts if p)


def _roles_in(text: str, words: Mapping[str, str]) -> str:
    """Return participants with their roles in other words."""
    out = []
    for part in SIGNS.split(text):
        name, opened, inner = part.strip().rpartition("(")
        if opened and inner.endswith(")"):
            said = [x.strip() for x in inner[:-1].split(",")]
            out.append(f"{name}({', '.join(words.get(x.casefold(), x) for x in said)})")
        else:
            out.append(part.strip())
    return "; ".join(p for p in out if p)


def value(reads: Reader, column: ColumnPack, text: str, was: Any = None) -> Any:
    """Return the value that a text stands for; ``was`` is the field's value before.

    Raises:
        WrongError: it stands for none, or must not be empty.
    """
    if not text and column.needed:
        raise WrongError(tr("%(field)s cannot be left empty.") % {"field": _begin(field(column.name))})
    try:
        return reads.value(column, typed(column, text), was)
    except CellError as e:
        raise WrongError(_wrong(column, text)) from e


def _wrong(column: ColumnPack, text: str) -> str:
    said = text if len(text) <= SHOWN else text[:SHOWN] + "\u2026"
    if len(text) > LETTERS or "\x00" in text or any("\ud800" <= c <= "\udfff" for c in text):
        return tr("This text is too long, or holds what is no letter.")
    named = {"text": said, "field": field(column.name), "words": _listed([c.name for c in choices(column)])}
    if column.sort == "integer":
        return tr("“%(text)s” is no whole number: write it in figures, like 15.") % named
    if column.sort == "edtf":
        return tr("“%(text)s” is no date: write 2021, 2021-07, 2021-07-06, or 2021-07-06/2021-07-08.") % named
    if column.sort in ("country", "parties"):
        return tr("“%(text)s” names no state that is known: write its code of two letters, or its name.") % named
    if column.sort == "people":
        named["words"] = _listed([label(r) for r in roles()])
        return tr("Write participants as: name (country, role); name (country, role). Roles are: %(words)s.") % named
    if named["words"]:
        return tr("“%(text)s” is no word of the codebook for %(field)s. It is one of: %(words)s.") % named
    return tr("“%(text)s” cannot be kept as %(field)s.") % named


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words)


def _begin(text: str) -> str:
    return text[:1].upper() + text[1:]
