"""Items as a table in which many are decided at once: each decision stands by itself, all of them or none are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Query, Request
from pydantic import BeforeValidator, Field
from starlette.responses import RedirectResponse, Response

from communique import views
from communique.errors import CommuniqueError
from communique.loader.schema import ColumnPack
from communique.record.cells import put
from communique.store import Store
from communique.store.schema import claims
from communique.store.several import Made, Wanted, decide_all, made_with, undo_all
from communique.views.find import select_items
from communique.views.standing import standing
from communique.web import fields
from communique.web.api import Record
from communique.web.asking import Asked, Kind, Word
from communique.web.cards import Card, cards
from communique.web.fields import WrongError
from communique.web.render import render
from communique.web.signing import Form, Reviewer, Signed, Trusted, first
from communique.web.speaking import tr
from communique.web.words import field

router = APIRouter(include_in_schema=False)
MOST = 200
"""Items that are decided at once."""
NAMED = 5
"""Rows that a message names; of more it says how many."""
TYPED = 20_000
"""Letters of a value."""


def _or_engagement(value: Any) -> Any:
    return value if not isinstance(value, str) or value.strip() else "engagement"


class Sheet(Asked):
    """What the grid shows: the filters of a search, one kind, and what was done last."""

    kind: Annotated[Kind, BeforeValidator(_or_engagement)] = "engagement"
    limit: int = Field(default=50, ge=1, le=MOST, description="at most so many")
    done: Word = Field(default=None, max_length=40, description="one of the decisions made last")
    same: int = Field(default=0, ge=0, le=MOST, description="how many of the chosen were so already")

    def address(self, **change: str | int | None) -> str:
        """Return the address of the grid that shows the same but for ``change``; None takes a filter away."""
        asked: dict[str, str | int | None] = dict(self.given())
        for name, standard in (("order", "newest"), ("limit", 50), ("start", 0)):
            if getattr(self, name) != standard:
                asked[name] = getattr(self, name)
        asked.update(change)
        kept = {k: v for k, v in asked.items() if v not in (None, "")}
        return f"/review/grid?{urlencode(kept)}"


SheetQuery = Annotated[Sheet, Query()]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its column, what stands in it, whether that are words of the text, and whether it is a day."""

    name: str
    text: str
    verbatim: bool
    day: bool


@dataclass(frozen=True, slots=True)
class Row:
    """An item as a row: its number, as a card, and its cells in the order of the columns."""

    number: int
    card: Card
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What was done last, how many of it still stand, the names of the items, and whether this person may undo it."""

    made: tuple[Made, ...]
    stands: int
    names: Mapping[str, str]
    may_undo: bool


@router.get("/review/grid")
def grid(request: Request, store: Record, session: Signed, asked: SheetQuery) -> Response:
    """Items of a kind that fit a filter, a row an item."""
    return _grid(request, store, session, asked)


@router.post("/review/grid")
def change(request: Request, store: Record, session: Reviewer, form: Trusted, asked: SheetQuery) -> Response:
    """Decide at once on all rows that are ticked."""
    try:
        wanted, same = _wanted(store, asked, form)
        made = decide_all(store, wanted, session.who, first(form, "reason")) if wanted else []
    except WrongError as e:
        return _grid(request, store, session, asked, str(e), form)
    except CommuniqueError as e:
        named = _name(_numbers(store, asked), e.where) if e.where else ""
        said = f"{named}: {e.what}. {e.remedy}" if named else str(e)
        return _grid(request, store, session, asked, said, form)
    return RedirectResponse(asked.address(done=made[0] if made else None, same=same or None) + "#done", 303)


@router.post("/review/grid/undo")
def undo(store: Record, session: Reviewer, form: Trusted, asked: SheetQuery) -> Response:
    """Take back all that was decided in one go."""
    made = made_with(store, first(form, "decision"))
    if not made:
        raise HTTPException(404, "The record has no such decision")
    if not _may_undo(session, made):
        raise HTTPException(403, "Only a keeper takes back what another decided.")
    undo_all(store, [m.id for m in made if m.stands], session.who, first(form, "reason"))
    return RedirectResponse(asked.address(done=made[0].id) + "#done", 303)


def _may_undo(session: Signed, made: tuple[Made, ...]) -> bool:
    return session.may("keeper") or all(m.who == session.who for m in made)


def _wanted(store: Store, asked: Sheet, form: Form) -> tuple[list[Wanted], int]:
    """Return what a form asks to be decided, and on how many ticked items that stands already.

    Raises:
        WrongError: it cannot be done; says of which row and why.
    """
    ticked = list(dict.fromkeys(x for x in form.get("item", ()) if x))
    if not ticked:
        raise WrongError(tr("No row is ticked: tick at least one."))
    if len(ticked) > MOST:
        raise WrongError(tr("More than %(n)s rows are ticked: do it in several steps.") % {"n": MOST})
    action = first(form, "action")
    if action in ("accept", "reject"):
        return [Wanted(i, action) for i in ticked], 0
    column = next((c for c in fields.columns(asked.kind) if c.name == first(form, "field")), None)
    if column is None:
        raise WrongError(tr("No field is chosen: choose the one that is to get the value."))
    text = first(form, "value", TYPED)
    if not text and not first(form, "empty"):
        raise WrongError(tr("No value is given. To empty the field, tick the box beside it."))
    return _corrections(store, asked, ticked, column, "" if first(form, "empty") else text)


def _corrections(
    store: Store, asked: Sheet, ticked: list[str], column: ColumnPack, text: str
) -> tuple[list[Wanted], int]:
    reads, found = fields.reader(store, asked.kind), standing(store, ticked)
    top = (column.field or column.name).partition(".")[0]
    wanted, wrong, same = [], {}, 0
    for item in ticked:
        if item not in found or found[item].kind != asked.kind:
            wrong[item] = tr("it is no longer in the record as this kind of item; open the page again.")
            continue
        was = found[item].values.get(top)
        try:
            changed = {top: was}
            put(changed, column, fields.value(reads, column, text, was))
        except WrongError as e:
            wrong[item] = str(e)
            continue
        if changed[top] == was:
            same += 1
        else:
            wanted.append(Wanted(item, "correct", changed))
    if wrong:
        raise WrongError(_all_wrong(store, asked, wrong))
    return wanted, same


def _all_wrong(store: Store, asked: Sheet, wrong: Mapping[str, str]) -> str:
    """Return what is wrong with which rows; what is wrong with several alike is said once."""
    numbers = _numbers(store, asked)
    by_what: dict[str, list[str]] = {}
    for item, what in wrong.items():
        by_what.setdefault(what, []).append(_name(numbers, item))
    said = []
    for what, rows in by_what.items():
        more = tr("and %(n)s more") % {"n": len(rows) - NAMED} if len(rows) > NAMED else ""
        said.append(f"{', '.join(rows[:NAMED])}{' ' + more if more else ''}: {what}")
    return f"{' '.join(said)} {tr('Nothing was changed.')}"


def _numbers(store: Store, asked: Sheet) -> dict[str, tuple[int, str]]:
    """Return the number and the name of the rows that are shown, by their items."""
    page = _page(store, asked)
    return {c.item.id: (n, c.headline) for n, c in enumerate(cards(store, page.items), page.start + 1)}


def _name(numbers: Mapping[str, tuple[int, str]], item: str) -> str:
    if item not in numbers:
        return tr("Item %(id)s") % {"id": item[:40]}
    n, name = numbers[item]
    return tr("Row %(n)s (%(name)s)") % {"n": n, "name": name if len(name) <= 40 else name[:40] + "\u2026"}


def _names(store: Store, made: tuple[Made, ...]) -> dict[str, str]:
    ids = [m.item for m in made][:MOST]
    return {c.item.id: c.headline for c in cards(store, select_items(store, [claims.c.id.in_(ids)]))}


def _page(store: Store, asked: Sheet) -> views.Page:
    # Asked of the record itself: a desk of a large record shows for a moment what was before the last decision.
    return views.find(store, asked.filter(), order=asked.order, limit=asked.limit, start=asked.start)


def _rows(store: Store, page: views.Page, columns: tuple[ColumnPack, ...]) -> list[Row]:
    cells = standing(store, [i.id for i in page.items])
    out = []
    for n, card in enumerate(cards(store, page.items), page.start + 1):
        told = cells[card.item.id].cells if card.item.id in cells else {}
        verbatim = ("text", "people")
        mine = (Cell(c.name, fields.shown(c, told.get(c.name)), c.sort in verbatim, c.sort == "edtf") for c in columns)
        out.append(Row(n, card, tuple(mine)))
    return out


def _grid(
    request: Request, store: Store, session: Signed, asked: Sheet, said: str = "", form: Form | None = None
) -> Response:
    given = form or {}
    page, columns = _page(store, asked), fields.in_a_row(asked.kind)
    made = made_with(store, asked.done) if asked.done and not said else ()
    told = Told(made, sum(m.stands for m in made), _names(store, made), _may_undo(session, made)) if made else None
    return render(
        request,
        "review_grid.html",
        422 if said else 200,
        session=session,
        asked=asked,
        given=asked.given(),
        page=page,
        columns=columns,
        rows=_rows(store, page, columns),
        settable=[(c.name, field(c.name), fields.hint(c), fields.choices(c)) for c in fields.columns(asked.kind)],
        told=told,
        said=said,
        ticked=set(given.get("item", ())),
        typed={name: first(given, name, TYPED) for name in ("field", "value", "empty", "reason")},
    )
