"""A map of where things happened: land without borders, a circle for each state; near view where most of it is near."""

from __future__ import annotations

import csv
import json
import math
from functools import cache
from pathlib import Path
from typing import Any

from communique.charts.pictures import HUE, INK, LINK, WIDTH, _altair, _data, _short, _ticks
from communique.charts.rows import Picture, Row

HERE = Path(__file__).parent
TURNED = 100
"""Degrees of longitude that stand in the middle of the map."""
HIGH, NEAR_HIGH = 330, 380
NEAR = 60.0
"""Degrees: where most of what is told lies within so many, it is drawn once more, larger."""
MOST_OF_IT = 0.5
CLEAR = (0.14, 0.045)
"""So much of the width and height a label keeps free of others."""


@cache
def points() -> dict[str, tuple[float, float]]:
    """Return a point (longitude, latitude) for each state or territory by its code."""
    with (HERE / "places.csv").open(encoding="utf-8", newline="") as f:
        return {r["code"]: (float(r["lon"]), float(r["lat"])) for r in csv.DictReader(f)}


@cache
def outlines() -> dict[str, Any]:
    """Return the data that a map names: given once, as Altair copies what stands within."""
    return {"land": json.loads((HERE / "land.json").read_text(encoding="utf-8"))}


def world(picture: Picture) -> Any:
    """Return the map of a picture's rows; what has no place on it is in the rows alone."""
    at = points()
    found = [r for r in picture.rows if r["code"] in at]
    far = _map(found, (360.0, 180.0), HIGH, {"type": "equalEarth", "rotate": [-TURNED, 0, 0]})
    box = _near(found)
    if box is None:
        return far
    west, south, east, north = box
    inside = [r for r in found if _within(at[r["code"]], box)]
    middle = [(west + east) / 2, (south + north) / 2]
    scale = min(WIDTH / math.radians(east - west), NEAR_HIGH / (_mercator(north) - _mercator(south)))
    shown = {"type": "mercator", "center": middle, "scale": scale, "translate": [WIDTH / 2, NEAR_HIGH / 2]}
    return _altair().vconcat(far, _map(inside, (east - west, north - south), NEAR_HIGH, shown), spacing=10)


def _mercator(lat: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))


def _within(point: tuple[float, float], box: tuple[float, float, float, float]) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _near(rows: list[Row]) -> tuple[float, float, float, float] | None:
    """Return the box (west, south, east, north) around the state told of most, where more than half is near it."""
    at = points()
    total = sum(r["happenings"] for r in rows)
    if len(rows) < 4:
        return None
    lon, lat = at[max(rows, key=lambda r: r["happenings"])["code"]]
    box = (lon - NEAR / 2, max(lat - NEAR / 3, -75), lon + NEAR / 2, min(lat + NEAR / 3, 75))
    inside = [r for r in rows if _within(at[r["code"]], box)]
    return box if len(inside) > 2 and sum(r["happenings"] for r in inside) >= total * MOST_OF_IT else None


def _map(rows: list[Row], size: tuple[float, float], high: int, projection: dict[str, Any]) -> Any:
    alt = _altair()
    at = points()
    free: list[tuple[float, float]] = []
    drawn = []
    for r in rows:
        lon, lat = at[r["code"]]
        here = lon / size[0], lat / size[1]
        clear = all(abs(here[0] - x) > CLEAR[0] or abs(here[1] - y) > CLEAR[1] for x, y in free)
        free += [here] if clear else []
        drawn.append(
            {
                "lon": lon,
                "lat": lat,
                "happenings": r["happenings"],
                "href": r["href"],
                "label": f"{_short(r['state'])} {r['happenings']}" if clear else "",
                "description": f"{r['state']}: {r['happenings']}, {r['last']}",
            }
        )
    land = alt.Chart(alt.NamedData("land", format=alt.TopoDataFormat(type="topojson", feature="land")))
    outline = land.mark_geoshape(fill="#eeeeea", stroke="#c4c4bd", strokeWidth=0.5, clip=True, aria=False)
    layers = [outline]
    if drawn:
        most = max(r["happenings"] for r in drawn)
        base: Any = alt.Chart(_data(drawn)).encode(longitude="lon:Q", latitude="lat:Q")
        area = alt.Size(
            "happenings:Q",
            scale=alt.Scale(domain=[0, most], range=[20, 900]),
            legend=alt.Legend(title=None, orient="bottom", values=_ticks(most)),
        )
        layers.append(base.mark_circle(color=HUE, opacity=0.6, stroke="white", clip=True).encode(size=area, **LINK))
        label = {"fontSize": 10, "dy": -9}
        layers.append(base.mark_text(**label, stroke="white", strokeWidth=2.5, aria=False).encode(text="label:N"))
        layers.append(base.mark_text(**label, color=INK, aria=False).encode(text="label:N"))
    return alt.layer(*layers).project(**projection).properties(width=WIDTH, height=high)
