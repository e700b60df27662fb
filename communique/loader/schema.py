"""The shape of the packs under ``schema``: the tables in which the record leaves the house and comes in."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from communique.loader.gazetteer import Name, Shape

Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


class ColumnPack(Shape):
    """A column: its name, where its value stands in an item, what it is, and what it says, for the reader of a table.

    ``field`` is the item's field, by default that of the column's name; ``place.city`` is a field of a field. ``is``:
    ``text``, ``word`` (one of ``words``), ``integer``, ``yesno``, ``edtf`` (three columns: the date, its first and its
    last day), ``list`` of texts (of ``words``, if it has any), ``country`` (a state, a bloc, or another actor as
    written), ``parties`` (a list of these), ``people`` (participants), ``states`` (those of participants).
    ``needed``: a row that a person brings must have it.
    """

    name: Word
    field: Name | None = None
    sort: Literal["text", "word", "integer", "yesno", "edtf", "list", "country", "parties", "people", "states"] = Field(
        alias="is"
    )
    words: tuple[Word, ...] = ()
    needed: bool = False
    about: Name


class TablePack(Shape):
    """A file of ``schema``: the columns of the table of one kind of item, in order."""

    kind: Word
    about: Name
    columns: tuple[ColumnPack, ...]

    def fields(self) -> dict[str, type]:
        """Return the fields that an item of this kind may have, with the type of their values."""
        sorts = {"integer": int, "yesno": bool, "list": list, "parties": list, "people": list, "states": list}
        out: dict[str, type] = {}
        for c in self.columns:
            name, dot, _ = (c.field or c.name).partition(".")
            out[name] = dict if dot else sorts.get(c.sort, str)
        return out
