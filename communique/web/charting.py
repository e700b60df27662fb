"""Charts over HTTP: a page with the picture and its rows, and each as a file."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import RedirectResponse, Response

from communique import charts
from communique.briefs.naming import name_of
from communique.errors import CommuniqueError
from communique.loader.briefs import brief_pack
from communique.store import Store
from communique.views import Filter
from communique.views.context import version
from communique.web.api import Record
from communique.web.feeding import Subscribed, as_file, language
from communique.web.render import render
from communique.web.speaking import tr

router = APIRouter(include_in_schema=False)
KINDS = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8"}
HEADS = {
    "date": "date", "type": "type", "status_said": "status", "what": "what", "who": "who", "reports": "reports",
    "review": "seen", "quote": "words", "outlet": "outlet", "a_name": "one", "b_name": "other", "often": "how often",
    "last": "last", "last_what": "what it was", "level": "highest level", "year": "year", "happenings": "how many",
    "state": "state", "cities": "places",
}  # fmt: skip
"""Columns that the table of a page has, and their heads."""
NAMED = {"timeline": "what", "network": "a_name", "matrix": "a_name", "years": "year", "places": "state"}
"""The column that leads to the page of a row."""
MOST_ROWS = 500
KEPT = 64


class ChartAsked(Subscribed):
    """What is asked of a chart: a search; ``year`` is the last of a network, ``measure`` what a matrix shows."""

    year: Annotated[str | None, Field(max_length=4, pattern=r"^([0-9]{4})?$")] = None
    measure: Literal["often", "last", "level"] = "often"
    format: Literal["svg", "png", "csv"] | None = None

    def query(self, **change: str | None) -> str:
        """Return the parameters of the same chart but for ``change``; None takes one away."""
        own = {"year": self.year, "measure": self.measure if self.measure != "often" else None}
        asked = self.given() | own | {"language": self.language} | change
        return urlencode({k: v for k, v in asked.items() if v})


@lru_cache(maxsize=KEPT)
def _drawn(
    store: Store, mark: str, kind: str, asked: Filter, lang: str, year: str | None, measure: str
) -> tuple[charts.Picture, bytes | None, str]:
    """Return a chart as long as the record has not changed: its rows, the picture, and why there is none."""
    try:
        picture = charts.picture(store, kind, asked, lang=lang, until=year, measure=measure)
    except charts.TooManyError as e:
        words = brief_pack(lang)
        title = words.chart["title"].format(chart=words.chart[kind], name=name_of(store, asked, lang))
        return charts.Picture(kind, title, (), (), "", words.chart, (), measure), None, str(e)
    try:
        return picture, charts.svg(picture), ""
    except CommuniqueError as e:
        return picture, None, str(e)


@router.get("/chart")
def every_chart() -> Response:
    """Lead to the first of the charts."""
    return RedirectResponse("/chart/network", 303)


@router.get("/chart/{kind}")
def chart(
    request: Request,
    store: Record,
    kind: Literal["timeline", "network", "matrix", "years", "places"],
    asked: Annotated[ChartAsked, Query()],
) -> Response:
    """A chart with its rows as a table beside it; with ``format`` the file itself."""
    lang = language(asked.language)
    year = asked.year if kind == "network" else None
    measure = asked.measure if kind == "matrix" else "often"
    search = asked.filter()
    picture, drawn, why = _drawn(store, version(store), kind, search, lang, year or None, measure)
    if asked.format and why:
        raise CommuniqueError(why)
    if asked.format:
        made = {"svg": lambda: drawn or charts.svg(picture), "png": lambda: charts.png(picture)}
        data = made.get(asked.format, lambda: charts.table(picture))()
        return Response(data, media_type=KINDS[asked.format], headers=as_file(f"{kind}.{asked.format}"))
    words = brief_pack(lang).chart
    years = sorted({r["year"] for r in picture.beside if "year" in r}) if kind == "network" else []
    return render(
        request,
        "chart.html",
        picture=picture,
        drawn=drawn.decode() if drawn else None,
        why=why,
        kind=kind,
        tabs=[(k, words[k], f"/chart/{k}?{asked.query(year=None, measure=None)}") for k in charts.KINDS],
        measures=[(m, words[m], f"/chart/matrix?{asked.query(measure=m)}") for m in charts.MEASURES],
        files=[(f, f"/chart/{kind}?{asked.query(format=f)}") for f in KINDS],
        columns=[(c, tr(HEADS[c])) for c in picture.columns if c in HEADS and (kind, c) != ("timeline", "last")],
        named=NAMED[kind],
        rows=picture.rows[:MOST_ROWS],
        years=years,
        asked=asked,
        given=search.given(),
        find=f"/find?{urlencode(search.given())}",
        words=words,
        lang=lang,
    )
