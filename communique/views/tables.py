"""The record as tables: one tidy table for each kind of item, row by row, in the order of the texts.

Which columns a table has is data (``packs/schema``); every format that holds tables writes these very cells.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from typing import Any

from communique.errors import CommuniqueError
from communique.loader.packs import load
from communique.loader.schema import ColumnPack
from communique.record import bounds
from communique.resting import resting
from communique.store import Store
from communique.views.filters import KINDS, Filter
from communique.views.stream import Page, Place, Step, pages, stream_units

ITEM, PEOPLE, UNITS = "item", "participant", "source"
NAMES = (*KINDS, PEOPLE, UNITS)
"""Every table, in order: those of the kinds, the participants of engagements, and the units with their sources."""
ENDLESS = ("0000-01-01", "9999-12-31")

Cells = list[Any]
Columns = list[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        name: as in the codebook. type: ``text``, ``integer``, ``yesno``, ``edtf`` or ``day``. about: what it says.
        words: the only values it has, if they are few. sort: what the pack calls it. field: where its value stands.
    """

    name: str
    type: str
    about: str
    words: tuple[str, ...] = ()
    sort: str = "text"
    field: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what a row is, and its columns."""

    name: str
    about: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(c.name for c in self.columns)


def tables() -> dict[str, Table]:
    """Return the tables by name, in order."""
    packs = load().schema
    behind = packs[ITEM].columns
    more = ColumnPack.model_validate({"name": "more", "is": "text", "about": "Further fields of the item, as JSON"})
    out = {}
    for name in NAMES:
        pack = packs[name]
        if name in KINDS:
            own = ColumnPack.model_validate({"name": "id", "is": "text", "about": f"Stable id of the {name}"})
            found = (own, *pack.columns, *behind, more)
        else:
            found = pack.columns
        out[name] = Table(name, pack.about, tuple(c for p in found for c in _columns(p)))
    return out


def _columns(pack: ColumnPack) -> Iterator[Column]:
    field = pack.field or pack.name
    if pack.sort == "edtf":
        yield Column(pack.name, "edtf", f"{pack.about} (EDTF)", (), "edtf", field)
        yield Column(f"{pack.name}_first", "day", f"First day that {pack.name} can mean", (), "first", field)
        yield Column(f"{pack.name}_last", "day", f"Last day that {pack.name} can mean", (), "last", field)
        return
    kind = pack.sort if pack.sort in ("integer", "yesno") else "text"
    yield Column(pack.name, kind, pack.about, pack.words, pack.sort, field)


def table(name: str) -> Table:
    """Return the table of a name.

    Raises:
        CommuniqueError: there is none.
    """
    known = tables()
    if name not in known:
        raise CommuniqueError(f"no table {name!r}", remedy=f"one of: {', '.join(known)}")
    return known[name]


# --- cells ----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1 << 16)
def days(date: str | None) -> tuple[str | None, str | None]:
    """Return the first and last day that an EDTF date can mean; None at an open end, and where it bounds nothing."""
    span = bounds(date)
    if span is None:
        return None, None
    return _day(span[0]), _day(span[1])


def _day(day: str) -> str | None:
    """Return a day, or None where it stands for an open end, or no calendar has it."""
    try:
        return None if day in ENDLESS else dt.date.fromisoformat(day).isoformat()
    except ValueError:
        return None


def plain(value: Any) -> str:
    """Return a value as JSON, the same for equal values."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _text(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else _said(value)


def _said(value: Any) -> str | None:
    if isinstance(value, list):
        return "; ".join(v if isinstance(v, str) else plain(v) for v in value) or None
    return plain(value)


def _integer(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _yesno(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def people(value: Any) -> str | None:
    """Return participants as one cell: ``name (country, role); …``; what is not known is left out."""
    if not value:
        return None
    told = value if isinstance(value, list) else ()
    return "; ".join([_party(p.get("name"), p.get("country"), p.get("role")) for p in told if isinstance(p, dict)])


@lru_cache(maxsize=1 << 16)
def _party(name: str | None, country: str | None, role: str | None) -> str:
    inner = f"{country}, {role}" if country and role else country or role
    return f"{name or ''} ({inner})" if inner else name or ""


def states(value: Any) -> str | None:
    """Return the countries of participants as one cell, each once, in order."""
    told = {p.get("country"): None for p in value if isinstance(p, dict)} if isinstance(value, list) else {}
    return "; ".join([str(c) for c in told if c]) or None


_CELL: Mapping[str, Callable[[Any], Any]] = {
    "integer": _integer, "yesno": _yesno, "people": people, "states": states,
    "text": _text, "word": _text, "edtf": _text, "list": _text, "country": _text, "parties": _text,
}  # fmt: skip


def rows(store: Store, name: str, asked: Filter | None = None, step: Step | None = None) -> Iterator[Cells]:
    """Yield the cells of a table's rows, of the items that fit a filter, in the order of the texts.

    Nothing is held in memory but the few hundred rows at hand. ``step`` is told of every so many items done.

    Raises:
        CommuniqueError: no such table, or a filter that cannot be understood. RecordError: the record does not answer.
    """
    for columns in batches(store, name, asked, step):
        yield from map(list, zip(*columns, strict=True))


def batches(store: Store, name: str, asked: Filter | None = None, step: Step | None = None) -> Iterator[Columns]:
    """Yield a table as columns of some thousand cells at a time; otherwise as ``rows``."""
    asked = asked or Filter()
    if name == UNITS:
        return _units(store, table(name), asked, step)
    kind = kind_of(name)
    if asked.kind not in (None, kind):
        return iter(())
    return resting(columns(name, pages(store, asked, kind, step)))


def kind_of(name: str) -> str:
    """Return the kind of the items of which a table tells that is none of the units."""
    return "engagement" if name == PEOPLE else name


def columns(name: str, found: Iterable[Page]) -> Iterator[Columns]:
    """Yield the rows that pages of items make in a table, as columns."""
    return _participants(found) if name == PEOPLE else _items(table(name), found)


def _items(made: Table, found: Iterable[Page]) -> Iterator[Columns]:
    own = [c for c in made.columns if c.name not in _OF_ALL]
    covered = frozenset(c.field.partition(".")[0] for c in own)
    for page in found:
        values = page.values
        told = _fields(values)
        start, _, ids, rule, coder, review, entry, quote, end, _ = page.columns
        at: Any = Place._make(zip(*page.places, strict=True))
        rest: Sequence[str | None] = [None] * len(values)
        if told.keys() - covered:
            rest = [plain(more) if (more := {k: x for k, x in v.items() if k not in covered}) else None for v in values]
        blank = [None] * len(values)
        cells = [_column(c, told, blank) for c in own]
        spans = _spans(at.published)
        yield [
            ids, *cells, quote, start, end, at.source, at.url, at.title, at.outlet, at.lang, at.published, *spans,
            at.role, at.unit, entry, at.origin, rule, coder, review, rest,
        ]  # fmt: skip


_OF_ALL = frozenset((
    "id", "quote", "start", "end", "source", "url", "title", "outlet", "lang", "published", "published_first",
    "published_last", "role", "unit", "entry", "origin", "rule", "coder", "review", "more",
))  # fmt: skip


def _fields(values: Sequence[dict[str, Any]]) -> dict[str, Sequence[Any]]:
    """Return the fields that any of some items has, each as a column."""
    shapes = set(map(tuple, values))
    if len(shapes) == 1:
        # As a rule all items of a kind have the same fields in one order: their values are the columns.
        return dict(zip(shapes.pop(), zip(*map(dict.values, values), strict=True), strict=True))
    # What all have is fetched without asking whether it is there: that is the greater part.
    every = set.intersection(*map(set, shapes)) if shapes else set()
    return {
        f: list(map(itemgetter(f), values)) if f in every else [v.get(f) for v in values]
        for f in dict.fromkeys(f for shape in shapes for f in shape)
    }


def _column(column: Column, told: dict[str, Sequence[Any]], blank: Sequence[None]) -> Sequence[Any]:
    """Return a column of items from their fields. Most cells need no change; what is found is kept with the fields."""
    field, _, part = column.field.partition(".")
    if field not in told:
        return blank
    if column.sort in ("first", "last"):
        if (key := f"{field} span") not in told:
            told[key] = _spans(x if isinstance(x, str) else None for x in told[field])
        return told[key][column.sort == "last"]  # type: ignore[no-any-return]
    found = told[field]
    if part:
        found = [x.get(part) if isinstance(x, dict) else None for x in found]
    if set(map(type, found)) <= _AS_IT_IS[column.type]:
        return found
    make = _CELL[column.sort]
    return [None if x is None else make(x) for x in found]


_NONE = type(None)
_AS_IT_IS = {
    "integer": {int, _NONE}, "yesno": {bool, _NONE}, "text": {str, _NONE}, "edtf": {str, _NONE}, "day": {str, _NONE},
}  # fmt: skip


def _spans(dates: Iterable[str | None]) -> tuple[list[str | None], list[str | None]]:
    """Return the first and the last days of dates; most days are told several times."""
    dates = list(dates)
    known = {d: days(d) for d in set(dates)}
    both = [known[d] for d in dates]
    return [x[0] for x in both], [x[1] for x in both]


def cells(page: Page, name: str, values: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the cells of a page's items by column, as they are where the items' fields are ``values``."""
    made = table(name)
    for columns in _items(made, iter([page._replace(values=values)])):
        yield from (dict(zip(made.names, row, strict=True)) for row in zip(*columns, strict=True))


def _participants(found: Iterable[Page]) -> Iterator[Columns]:
    fields = ("name", "country", "role", "capacity", "level", "track")
    for page in found:
        made = []
        for id_, entry, v in zip(page.columns[2], page.columns[6], page.values, strict=True):
            date = _text(v.get("date"))
            for n, p in enumerate(v.get("participants") or (), 1):
                made.append(
                    (id_, n, *(_text(p.get(f)) for f in fields), _text(v.get("type")), date, *days(date), entry)
                )
        yield list(zip(*made, strict=True))


def _units(store: Store, made: Table, asked: Filter, step: Step | None) -> Iterator[Columns]:
    found = stream_units(store, asked, step)
    while page := list(islice(found, 1000)):
        first, last = _spans(u["published"] for u in page)
        own = {"published_first": first, "published_last": last}
        yield [own[n] if n in own else [u[n] for u in page] for n in made.names]
