"""A chart as a file: SVG that a page may hold, PNG, and its rows as CSV. Drawn here; nothing is fetched."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from functools import lru_cache
from typing import Any

from lxml import etree

from communique.briefs.frame import shown
from communique.charts.pictures import REMEDY, altair_chart
from communique.charts.rows import Picture
from communique.errors import CommuniqueError

LINK = "{http://www.w3.org/1999/xlink}href"
ELEMENTS = frozenset({"svg", "g", "path", "text", "tspan", "rect", "line", "circle", "a", "defs", "clipPath", "title"})
DESK = "https://desk.invalid"
"""Stands for the desk while a chart is drawn: what draws it makes every address one with a host."""
SCALE = 2.0
"""Pixels of a PNG for each of the chart."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def svg(picture: Picture) -> bytes:
    """Return a chart as SVG without script, style or an address outside; its links lead to pages of the desk.

    Raises:
        CommuniqueError: what draws it is not installed, or could not.
    """
    spec = altair_chart(picture, DESK).to_dict()
    try:
        drawn: str = _drawer().vegalite_to_svg(spec, allowed_base_urls=[])
    except ValueError as e:
        raise CommuniqueError(f"the chart cannot be drawn ({str(e)[:200]})", remedy="ask for less") from e
    ids: dict[str, str] = {}
    drawn = re.sub(r"(?<=[\"#])clip\d+", lambda m: ids.setdefault(m[0], f"clip{len(ids)}"), drawn)
    root = etree.fromstring(drawn.encode(), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    _clean(root)
    root.set("role", "group")
    root.set("aria-label", shown(picture.title))
    made: bytes = etree.tostring(root, encoding="utf-8")
    return made


def _clean(root: etree._Element) -> None:
    """Leave only what a picture needs: whatever a text holds, it can run nothing."""
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or etree.QName(element).localname not in ELEMENTS:
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
            continue
        for name in list(element.attrib):
            plain = etree.QName(name).localname.lower()
            if plain.startswith("on") or plain in ("style", "target"):
                del element.attrib[name]
        address = element.attrib.pop(LINK, "")
        element.attrib.pop("href", None)
        if etree.QName(element).localname == "a" and address.startswith(f"{DESK}/"):
            element.set("href", address.removeprefix(DESK))
            element.set("tabindex", "-1")  # the table beside has the same links, in order
            said = next((e.get("aria-label") for e in element.iter() if e.get("aria-label")), None)
            if said:
                element.set("aria-label", said)


def png(picture: Picture) -> bytes:
    """Return a chart as PNG.

    Raises:
        CommuniqueError: what draws it is not installed, or no font has its letters.
    """
    drawn = svg(picture)
    letters = {c for c in etree.fromstring(drawn).itertext() for c in c if ord(c) > 0x2FF and c.isalnum()}
    for script in {unicodedata.name(c, "?").split()[0]: c for c in sorted(letters)}.values():
        if not _has_font(script):
            raise CommuniqueError(
                f"no font has the letter {script!r}: it would vanish",
                remedy="on Debian: apt-get install fonts-noto-cjk",
            )
    made: bytes = _drawer().svg_to_png(drawn.decode(), scale=SCALE)
    return made


@lru_cache(maxsize=64)
def _has_font(letter: str) -> bool:
    """Tell whether a letter leaves a trace when it is drawn."""
    page = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">{}</svg>'
    text = f'<text y="15" font-family="sans-serif">{letter}</text>'
    empty, drawn = (_drawer().svg_to_png(page.format(t)) for t in ("", text))
    return bool(empty != drawn)


def table(picture: Picture) -> bytes:
    """Return the rows of a chart as CSV (RFC 4180, UTF-8); no cell is taken for a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(picture.columns)
    for row in picture.rows:
        writer.writerow([_cell(row.get(c)) for c in picture.columns])
    return out.getvalue().encode()


def _cell(value: Any) -> str:
    text = "" if value is None else " ".join(str(value).split())
    return f"'{text}" if text.startswith(FORMULA) else text


def _drawer() -> Any:
    try:
        import vl_convert
    except ImportError as e:
        raise CommuniqueError("no chart can be drawn here", remedy=REMEDY) from e
    return vl_convert
