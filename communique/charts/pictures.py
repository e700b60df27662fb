"""From the rows of a chart to an Altair chart: one hue, shapes and words for the rest, each mark a link."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from communique.briefs.frame import shown
from communique.charts.rows import Picture, Row
from communique.errors import CommuniqueError

if TYPE_CHECKING:
    import altair

WIDTH = 720
INK, SOFT, HUE, PALE = "#1b1b1b", "#767676", "#0b5a66", "#d6e6e8"
REMEDY = "pip install 'communique[charts]'"
STEP = 34
SHAPES = {"held": "circle", "planned": "diamond", "dropped": "cross"}
DARK = 0.3
"""From this part of the most on, a cell is so dark that its number is white."""
YEARS = 30
LINK = {"href": "href:N", "tooltip": "description:N", "description": "description:N"}
"""What makes a mark lead somewhere and say what it is; other marks say nothing of their own."""
LABEL = 34
"""Letters of a label, and no more."""


def altair_chart(picture: Picture, desk: str = "") -> altair.Chart | altair.LayerChart | altair.VConcatChart:
    """Return the chart of rows, to be shown, changed or saved as any other.

    ``desk`` is the address of the pages, put before the link of every mark.

    Raises:
        CommuniqueError: Altair is not installed.
    """
    _altair()
    from communique.charts.maps import outlines, world

    make = {"timeline": _timeline, "network": _network, "matrix": _matrix, "years": _years, "places": world}
    rows, beside = (tuple(_at(desk, r) for r in some) for some in (picture.rows, picture.beside))
    made = make[picture.kind](replace(picture, rows=rows, beside=beside))
    if picture.kind == "places":
        made = made.properties(datasets=outlines())
    return made.properties(title=shown(picture.title), background="white").configure(  # type: ignore[no-any-return]
        font="sans-serif",
        axis={"labelColor": INK, "titleColor": INK, "labelFontSize": 11, "gridColor": "#e4e4e4", "labelLimit": 220},
        title={"anchor": "start", "color": INK, "fontSize": 14},
        view={"stroke": None},
    )


def _at(desk: str, row: Row) -> Row:
    return row | {k: desk + row[k] for k in ("href", "href_before") if k in row}


def _altair() -> Any:
    try:
        import altair
    except ImportError as e:
        raise CommuniqueError("Altair is not installed", remedy=REMEDY) from e
    return altair


def _data(rows: Any) -> Any:
    return _altair().InlineData([{k: shown(v) if isinstance(v, str) else v for k, v in row.items()} for row in rows])


def _short(text: str) -> str:
    return text if len(text) <= LABEL else text[: LABEL - 1] + "\u2026"


# --- when ---------------------------------------------------------------------------------------------------------


def _timeline(picture: Picture) -> Any:
    """Return points in time, a line for each type: held are full, planned hollow, called off crosses; with numbers."""
    alt = _altair()
    rows = [
        {
            **{k: r[k] for k in ("first", "last", "type", "href")},
            "state": picture.labels[r["status"]],
            "held": r["status"] == "held",
            "number": str(r["round"]) if r["round"] is not None else "",
            "description": f"{r['date']}: {r['what']}, {r['who']} ({r['status_said']}, {r['reports']})",
        }
        for r in picture.rows
    ]
    base = alt.Chart(_data(rows)).encode(y=alt.Y("type:N", title=None, sort=None, scale=alt.Scale(paddingInner=0.4)))
    time = alt.X(
        "first:T",
        title=None,
        scale=alt.Scale(type="utc"),
        axis=alt.Axis(format="%Y", tickCount={"interval": "year", "step": _every(rows)}),
    )
    spans = base.mark_rule(strokeWidth=7, color=PALE, strokeCap="round", aria=False).encode(x=time, x2="last:T")
    shape = alt.Shape(
        "state:N",
        scale=alt.Scale(domain=[picture.labels[s] for s in SHAPES], range=list(SHAPES.values())),
        legend=alt.Legend(title=None, orient="top"),
    )
    full = alt.condition("datum.held", alt.value(HUE), alt.value("white"))
    points = base.mark_point(size=90, stroke=HUE, strokeWidth=1.5, opacity=0.9).encode(
        x=time, shape=shape, fill=full, **LINK
    )
    numbers = base.mark_text(dy=-12, fontSize=10, color=INK, aria=False).encode(x=time, text="number:N")
    return (spans + points + numbers).properties(width=WIDTH, height=alt.Step(STEP))


def _every(rows: list[Row]) -> int:
    years = [int(r[k][:4]) for r in rows for k in ("first", "last")]
    return max(1, (max(years) - min(years)) // 14) if years else 1


# --- who with whom ------------------------------------------------------------------------------------------------


def places_of(picture: Picture) -> dict[str, tuple[float, float]]:
    """Return where each state of a network stands: the same for all years, by who met whom ever."""
    try:
        import networkx
    except ImportError as e:
        raise CommuniqueError("networkx is not installed", remedy=REMEDY) from e
    graph: Any = networkx.Graph()
    graph.add_nodes_from(b["code"] for b in picture.beside if "code" in b)
    graph.add_weighted_edges_from((b["a"], b["b"], b["often"] ** 0.5) for b in picture.beside if "a" in b)
    found = networkx.spring_layout(graph, seed=7, k=3.5 / max(len(graph), 1) ** 0.5, iterations=200)
    across, down = (_spread({code: float(at[axis]) for code, at in found.items()}) for axis in (0, 1))
    return {code: (across[code], down[code]) for code in found}


def _spread(places: dict[str, float]) -> dict[str, float]:
    """Return places on one axis so that they fill it from -1 to 1."""
    low, high = min(places.values(), default=0.0), max(places.values(), default=0.0)
    return {code: round(2 * (at - low) / (high - low) - 1, 3) if high > low else 0.0 for code, at in places.items()}


def _network(picture: Picture) -> Any:
    alt = _altair()
    at = places_of(picture)
    lines = [
        {
            "x": at[r["a"]][0], "y": at[r["a"]][1], "x2": at[r["b"]][0], "y2": at[r["b"]][1], "often": r["often"],
            "href": r["href"], "description": f"{r['a_name']} \u2013 {r['b_name']}: {r['often']}, {r['last']}",
        }
        for r in picture.rows
    ]  # fmt: skip
    met = {r[side] for r in picture.rows for side in ("a", "b")}
    nodes = [
        {
            "x": at[n["code"]][0], "y": at[n["code"]][1], "name": _short(n["name"]), "often": n["often"],
            "href": n["href"], "there": n["code"] in met, "description": f"{n['name']}: {n['often']}",
        }
        for n in picture.beside
        if "code" in n
    ]  # fmt: skip
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-1.15, 1.15]))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-1.15, 1.15]))
    most = max((b["often"] for b in picture.beside if "a" in b), default=1)
    busiest = max((n["often"] for n in nodes), default=1)
    width = alt.StrokeWidth(
        "often:Q",
        scale=alt.Scale(domain=[1, max(most, 2)], range=[1, 10]),
        legend=alt.Legend(title=None, orient="top", values=_ticks(most)),
    )
    edges = (
        alt.Chart(_data(lines))
        .mark_rule(color=HUE, opacity=0.45)
        .encode(x=x, y=y, x2="x2:Q", y2="y2:Q", strokeWidth=width, **LINK)
    )
    dots = (
        alt.Chart(_data(nodes))
        .mark_circle(color=INK, stroke="white")
        .encode(
            x=x,
            y=y,
            size=alt.Size("often:Q", scale=alt.Scale(domain=[0, busiest], range=[30, 500]), legend=None),
            opacity=alt.condition("datum.there", alt.value(1), alt.value(0.3)),
            **LINK,
        )
    )
    label = {"dy": -14, "fontSize": 11}
    halo = (
        alt.Chart(_data(nodes))
        .mark_text(**label, stroke="white", strokeWidth=3, opacity=0.85, aria=False)
        .encode(x=x, y=y, text="name:N")
    )
    names = alt.Chart(_data(nodes)).mark_text(**label, color=INK, aria=False).encode(x=x, y=y, text="name:N")
    return (edges + dots + halo + names).properties(width=WIDTH, height=560)


def _ticks(most: int) -> list[int]:
    return sorted({1, max(most // 2, 1), most})


def _matrix(picture: Picture) -> Any:
    alt = _altair()
    order = [_short(n["name"]) for n in picture.beside if "code" in n]
    field = {"often": "often", "last": "last_year", "level": "level"}[picture.measure]
    cells = [
        {
            "one": _short(r[x]), "other": _short(r[y]), "often": r["often"], "text": str(r[field]), "href": r["href"],
            "description": f"{r['a_name']} \u2013 {r['b_name']}: {r['often']}, {r['last']}, {r['level']}",
        }
        for r in picture.rows
        for x, y in (("a_name", "b_name"), ("b_name", "a_name"))
    ]  # fmt: skip
    most = max((r["often"] for r in picture.rows), default=1)
    base = alt.Chart(_data(cells)).encode(
        x=alt.X(
            "one:N", sort=order, title=None, axis=alt.Axis(orient="top", labelAngle=-60), scale=alt.Scale(domain=order)
        ),
        y=alt.Y("other:N", sort=order, title=None, scale=alt.Scale(domain=order)),
    )
    shade = _shade("often:Q", most)
    wide = picture.measure == "level"
    dark = alt.condition(f"datum.often > {most * DARK}", alt.value("white"), alt.value(INK))
    grid = base.mark_rect(stroke="#cfcfcf").encode(color=shade, **LINK)
    text = base.mark_text(fontSize=8 if wide else 11, limit=70, aria=False).encode(text="text:N", color=dark)
    step = {"width": alt.Step(74 if wide else 36), "height": alt.Step(26)}
    return (grid + text).properties(**step)


# --- how many a year ----------------------------------------------------------------------------------------------


def _years(picture: Picture) -> Any:
    """Return a grid of years and types above the reports that were read; what is long ago stands in one column."""
    alt = _altair()
    known = sorted({r["year"] for r in (*picture.rows, *picture.beside)})
    first = max(int(known[0]), int(known[-1]) - YEARS + 1) if known else 0
    before = picture.labels["before"].format(year=first)
    span = [str(y).zfill(4) for y in range(first, int(known[-1]) + 1)] if known else []
    span = [before, *span] if known and int(known[0]) < first else span
    cells: dict[tuple[str, str], Row] = {}
    for r in picture.rows:
        year = r["year"] if int(r["year"]) >= first else before
        cell = cells.setdefault((year, r["type"]), {"year": year, "type": r["type"], "n": 0, "href": r["href"]})
        cell["n"] += r["happenings"]
        cell["href"] = r["href"] if year != before else r["href_before"].format(year=first - 1)
        cell["description"] = f"{year}: {r['type']}, {cell['n']}"
    read: Counter[str] = Counter()
    for row in picture.beside:
        read[row["year"] if int(row["year"]) >= first else before] += row["reports"]
    most = max((c["n"] for c in cells.values()), default=1)
    axis = alt.X("year:N", sort=span, scale=alt.Scale(domain=span), title=None, axis=alt.Axis(labelAngle=-60))
    base: Any = alt.Chart(_data(cells.values())).encode(x=axis, y=alt.Y("type:N", title=None))
    dark = alt.condition(f"datum.n > {most * DARK}", alt.value("white"), alt.value(INK))
    grid = base.mark_rect(stroke="#cfcfcf").encode(color=_shade("n:Q", most), **LINK)
    text = base.mark_text(fontSize=11, aria=False).encode(text="n:Q", color=dark)
    bars: Any = alt.Chart(_data({"year": y, "n": n, "description": f"{y}: {n}"} for y, n in sorted(read.items())))
    coverage = bars.mark_bar(color=SOFT).encode(
        x=axis,
        y=alt.Y("n:Q", title=picture.labels["reports"], axis=alt.Axis(tickCount=2, format="d")),
        description="description:N",
        tooltip="description:N",
    )
    step = alt.Step(max(21, min(44, WIDTH // max(len(span), 1))))
    above = (grid + text).properties(width=step, height=alt.Step(24))
    return alt.vconcat(above, coverage.properties(width=step, height=60), spacing=12)


def _shade(field: str, most: int) -> Any:
    alt = _altair()
    scale = alt.Scale(type="sqrt", domain=[0, max(most, 2)], range=[PALE, HUE], interpolate="rgb")
    return alt.Color(field, scale=scale, legend=None)
