"""A document made ready for its page: paragraphs in pieces, each piece with the items whose evidence it is."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from communique.model import Evidence
from communique.views import Block, Item, UnitRow

MOST = 400_000  # letters of one unit that a page shows; the whole is under /api and in the source itself


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text. ``items`` are those whose evidence covers it, the closest-fitting first.

    ``begins`` are the items of which evidence begins here; ``whole`` says that it states the first item, and is
    not only where one of its fields stands.
    """

    text: str
    items: tuple[Item, ...] = ()
    begins: tuple[str, ...] = ()
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text and which part of the page it is (``title``, ``lead``, ``body``, ...)."""

    kind: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A unit as its page shows it. ``left`` counts the letters that are not shown."""

    unit: UnitRow
    items: tuple[Item, ...]
    paragraphs: tuple[Paragraph, ...]
    left: int


@dataclass(frozen=True, slots=True)
class _Cover:
    start: int
    end: int
    item: Item
    whole: bool


def _lines(unit: UnitRow, end: int) -> list[tuple[str, int, int]]:
    """Return the lines of a text that are not blank, each as (part, start, end)."""
    text = unit.text[:end]
    parts = sorted(unit.parts, key=lambda p: p[1])
    starts = [p[1] for p in parts]
    out: list[tuple[str, int, int]] = []
    at = 0
    for line in text.split("\n"):
        stop = at + len(line)
        cuts = sorted({at, stop, *(x for _, s, e in parts for x in (s, e) if at < x < stop)}) if parts else [at, stop]
        for a, b in zip(cuts, cuts[1:], strict=False):
            if not text[a:b].strip():
                continue
            i = bisect_right(starts, a) - 1
            inside = i >= 0 and a < parts[i][2]
            out.append((parts[i][0] if inside else "body", a, b))
        at = stop + 1
    return out


def _covers(items: Sequence[Item], end: int) -> list[_Cover]:
    found = [
        _Cover(e.start, min(e.end, end), item, n == 0)
        for item in items
        for n, e in enumerate(item.evidence)
        if e.start < end
    ]
    return sorted(found, key=lambda c: (c.start, c.end))


def _spans(text: str, start: int, end: int, covers: Sequence[_Cover], seen: set[str]) -> tuple[Span, ...]:
    mine = [c for c in covers if c.start < end and c.end > start]
    edges = sorted({start, end, *(x for c in mine for x in (c.start, c.end) if start < x < end)})
    out = []
    for a, b in zip(edges, edges[1:], strict=False):
        over = sorted((c for c in mine if c.start <= a and c.end >= b), key=lambda c: (c.end - c.start, not c.whole))
        over_items = tuple({c.item.id: c.item for c in over}.values())
        begins = []
        for c in over:
            # The anchor of an item stands where the words that state it begin, once in the document.
            if c.whole and c.item.id not in seen:
                seen.add(c.item.id)
                begins.append(c.item.id)
        out.append(Span(text[a:b], over_items, tuple(begins), over[0].whole if over else True))
    return tuple(out)


def reading(block: Block, most: int = MOST) -> Reading:
    """Return a unit with its items made ready for a page; of a very long text at most ``most`` letters."""
    unit = block.unit
    end = min(len(unit.text), most)
    covers = _covers(block.items, end)
    lines = _lines(unit, end)
    by_line: dict[int, list[_Cover]] = defaultdict(list)
    starts = [a for _, a, _ in lines]
    for c in covers:
        i = max(bisect_right(starts, c.start) - 1, 0)
        while i < len(lines) and lines[i][1] < c.end:
            by_line[i].append(c)
            i += 1
    seen: set[str] = set()
    paragraphs = tuple(
        Paragraph(kind, _spans(unit.text, a, b, by_line[i], seen)) for i, (kind, a, b) in enumerate(lines)
    )
    return Reading(unit, block.items, paragraphs, len(unit.text) - end)


def with_entered(blocks: Sequence[Block], entered: Sequence[Item]) -> list[Block]:
    """Return units with the items that people entered beside them, each where its words stand now.

    What was entered beside another version of a text is put where its words stand once; it is left out where they
    are gone, and found by search alone.
    """
    out = []
    for block in blocks:
        mine = []
        for item in entered:
            own = item.values.get("own")
            at = _where(block.unit, item.quote, own if isinstance(own, Mapping) else {})
            if at is not None:
                mine.append(replace(item, evidence=(Evidence(at, at + len(item.quote), item.quote),)))
        both = sorted((*block.items, *mine), key=lambda i: (i.evidence[0].start, i.kind, i.id)) if mine else block.items
        out.append(Block(block.unit, tuple(both)))
    return out


def _where(unit: UnitRow, quote: str, own: Mapping[str, object]) -> int | None:
    """Return where a quote stands in a unit, None where it does not, or where nobody can tell which place is meant."""
    start = str(own.get("start") or "")[:9]
    if own.get("unit") == unit.id and start.isascii() and start.isdigit() and unit.text.startswith(quote, int(start)):
        return int(start)
    at = unit.text.find(quote)
    return at if at >= 0 and unit.text.find(quote, at + 1) < 0 else None
