"""Rows entered by hand: beside a text a person says what a sentence tells, and it becomes a row as one of a sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any
from urllib.parse import urlencode

import orjson
from fastapi import APIRouter, HTTPException, Query, Request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from starlette.responses import RedirectResponse, Response

from communique import views
from communique.flow import Reading
from communique.loader.schema import ColumnPack
from communique.model import BY_HAND, Document, Raw
from communique.record.handcoded import Coded, Coder, Line, Row
from communique.store import Store
from communique.store.store import CODER
from communique.views import UnitRow
from communique.views.context import sentences
from communique.views.entered import PLACE, digest_of, place
from communique.web import fields
from communique.web.api import Name, Record
from communique.web.asking import Kind
from communique.web.fields import Choice, WrongError
from communique.web.render import render
from communique.web.signing import Form, Reviewer, Signed, Trusted, first
from communique.web.speaking import tr
from communique.web.words import field, path, weblink

router = APIRouter(include_in_schema=False)
PREFIX = "field:"
LONGEST = 5000
"""Letters of a quote."""
PLACES = 50
"""Places of a quote among which one is chosen."""
AROUND = 30
"""Letters that are shown on each side of such a place."""
TYPED = 20_000
"""Letters of a field."""


class Asked(BaseModel):
    """Beside which unit a row is entered, and of which kind it is."""

    model_config = ConfigDict(extra="forbid")

    unit: str = Field(max_length=100, description="id of the unit")
    kind: Annotated[Kind, BeforeValidator(lambda v: v or "engagement")] = Field(default="engagement")


AskedQuery = Annotated[Asked, Query()]


@dataclass(frozen=True, slots=True)
class Typed:
    """A field as the form shows it: what may be chosen, what was typed, and what is wrong with it."""

    name: str
    title: str
    needed: bool
    many: bool
    hint: str
    choices: tuple[Choice, ...]
    text: str
    chosen: tuple[str, ...]
    wrong: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a quote in its text, with the letters around it."""

    start: int
    before: str
    quote: str
    after: str


@router.get("/review/row")
def form(request: Request, store: Record, session: Signed, asked: AskedQuery) -> Response:
    """The text with its sentences, and the fields of a row to fill in."""
    return _page(request, session, _unit(store, asked.unit), asked)


@router.post("/review/row")
def enter(request: Request, store: Record, session: Reviewer, form: Trusted, asked: AskedQuery) -> Response:
    """Keep a row that was entered by hand."""
    unit = _unit(store, asked.unit)
    wrong: dict[str, str] = {}
    cells = _cells(store, asked.kind, form, wrong)
    start, quote, places = _quoted(unit, form, wrong)
    if wrong:
        return _page(request, session, unit, asked, form, wrong, places)
    made, faults = _coded(store, session, unit, asked.kind, cells, start, quote)
    if made is None:
        wrong["row"] = " ".join(faults)
        return _page(request, session, unit, asked, form, wrong, places)
    _keep(store, session, unit, made, cells, first(form, "reason"))
    return RedirectResponse(path("review", "item", made.claim.id), 303)


@router.post("/review/row/{item}/undo")
def take_back(store: Record, session: Reviewer, form: Trusted, item: Name) -> Response:
    """Take a row that was entered by hand back: one's own, or as a keeper another's."""
    found, digest = views.claim(store, item), digest_of(store, item)
    if found is None or digest is None:
        raise HTTPException(404, f"The record has no item {item} that was entered by hand")
    if not session.may("keeper") and found.coder != session.who:
        raise HTTPException(403, "Only a keeper takes back what another decided.")
    store.forget(digest, session.who, first(form, "reason"))
    return RedirectResponse(beside(found.values) or "/review", 303)


def beside(values: Mapping[str, Any]) -> str:
    """Return the address of the text beside which a row was entered; empty where its fields name none."""
    own = values.get("own")
    source = own.get("source") if isinstance(own, Mapping) else None
    return f"/document?{urlencode({'source': source})}" if isinstance(source, str) and source else ""


def _unit(store: Store, name: str) -> UnitRow:
    block = views.unit(store, name)
    if block is None:
        raise HTTPException(404, f"The record has no text {name}")
    return block.unit


def _cells(store: Store, kind: str, form: Form, wrong: dict[str, str]) -> dict[str, str]:
    """Return the cells of a row in the codebook's words; what is wrong with one is put into ``wrong``."""
    reads = fields.reader(store, kind)
    out = {}
    for column in fields.columns(kind):
        given = form.get(PREFIX + column.name, [])[:100]
        text = "; ".join(x.strip() for x in given if x.strip()) if _many(column) else first(form, PREFIX + column.name)
        if any(len(x) > TYPED for x in given):
            wrong[column.name] = tr("This text is too long, or holds what is no letter.")
            continue
        try:
            fields.value(reads, column, text)
        except WrongError as e:
            wrong[column.name] = str(e)
        out[column.name] = fields.typed(column, text)
    return out


def _many(column: ColumnPack) -> bool:
    return column.sort == "list" and bool(column.words)


# --- the quote ----------------------------------------------------------------------------------------------------


def _quoted(unit: UnitRow, form: Form, wrong: dict[str, str]) -> tuple[int, str, list[Place]]:
    """Return where the quote begins, the quote as it stands there, and the places to choose from."""
    given = first(form, "quote", LONGEST + 1)
    lines = {str(a): (a, b) for a, b in sentences(unit.text)}
    sentence = lines.get(first(form, "sentence"))
    if not given and sentence:
        return sentence[0], unit.text[slice(*sentence)], []
    if not given:
        wrong["quote"] = tr("No words are quoted: choose a sentence, or type the words that say so.")
    elif len(given) > LONGEST:
        wrong["quote"] = tr("The quote is longer than %(n)s letters: quote only the words that say so.") % {
            "n": LONGEST
        }
    if "quote" in wrong:
        return 0, "", []
    spans = _spans(unit.text, given)
    at = first(form, "at")
    chosen = [s for s in spans if str(s[0]) == at] or spans
    if len(chosen) > 1 and sentence:
        chosen = [s for s in spans if sentence[0] <= s[0] < sentence[1]] or spans
    if len(chosen) == 1:
        a, b = chosen[0]
        return a, unit.text[a:b], []
    if not chosen:
        wrong["quote"] = tr("These words do not stand in the text as they are written here.")
    else:
        wrong["quote"] = tr("These words stand in the text %(n)s times: choose which are meant.") % {"n": len(spans)}
    return 0, "", [_place(unit.text, *s) for s in chosen[:PLACES]]


def _spans(text: str, quote: str) -> list[tuple[int, int]]:
    """Return where words stand in a text, letter for letter but for the blanks and line ends between them."""
    pattern = r"\s+".join(map(re.escape, quote.split()))
    return [m.span() for m in re.finditer(pattern, text)]


def _place(text: str, a: int, b: int) -> Place:
    return Place(a, text[max(a - AROUND, 0) : a], text[a:b], text[b : b + AROUND])


# --- into the record ----------------------------------------------------------------------------------------------


def _coded(
    store: Store, session: Signed, unit: UnitRow, kind: str, cells: Mapping[str, str], start: int, quote: str
) -> tuple[Coded | None, list[str]]:
    about = {
        "quote": quote, "title": unit.title, "outlet": unit.outlet or "", "published": unit.published or "",
        "url": weblink(unit.url) or "", "lang": unit.lang, "source": unit.source, "unit": unit.id,
    }  # fmt: skip
    line = Line("", Row(1, ()), {**cells, **about}, {"start": str(start)})
    made, faults = Coder(fields.reader(store, kind), PLACE, session.who).coded(line, 0)
    if made is None:
        return None, [f"{field(f.column)}: {f.what}. {f.remedy}." for f in faults]
    return Coded(made.unit, replace(made.claim, rule=BY_HAND)), []


def _keep(store: Store, session: Signed, unit: UnitRow, made: Coded, cells: Mapping[str, str], reason: str) -> None:
    c = made.claim
    row = {"kind": c.kind, "unit": unit.id, "source": unit.source, "quote": c.evidence[0].quote, "who": session.who}
    own = c.values["own"]
    data = orjson.dumps({**row, "start": own["start"], "cells": dict(cells)}, option=orjson.OPT_SORT_KEYS)
    raw = Raw(PLACE, data, "application/json", "")
    raw = replace(raw, origin=place(unit.source) + raw.digest)
    document = Document(raw.source, raw.origin, raw.digest, raw.media, units=(made.unit,))
    store.add(Reading(document, (c,), ()), raw, f"{session.who}, by {CODER}", (session.who, reason))


# --- the page -----------------------------------------------------------------------------------------------------


def _typed(column: ColumnPack, form: Form, wrong: Mapping[str, str]) -> Typed:
    given = form.get(PREFIX + column.name, [])
    return Typed(
        column.name, field(column.name), column.needed, _many(column), fields.hint(column), fields.choices(column),
        given[0] if given else "", tuple(given), wrong.get(column.name, ""),
    )  # fmt: skip


def _page(
    request: Request,
    session: Signed,
    unit: UnitRow,
    asked: Asked,
    form: Form | None = None,
    wrong: Mapping[str, str] | None = None,
    places: list[Place] | None = None,
) -> Response:
    given, amiss = form or {}, wrong or {}
    lines = [(a, unit.text[a:b]) for a, b in sentences(unit.text)]
    return render(
        request,
        "review_row.html",
        422 if amiss else 200,
        session=session,
        asked=asked,
        unit=unit,
        lines=lines,
        fields=[_typed(c, given, amiss) for c in fields.columns(asked.kind)],
        wrong=amiss,
        places=places or [],
        quote=first(given, "quote", LONGEST),
        sentence=first(given, "sentence"),
        reason=first(given, "reason"),
    )
