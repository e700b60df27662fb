"""Items made ready for a page: headline, who, when, where, the sentence with its marks. No HTML here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from communique.model import BY_HAND
from communique.store import Store
from communique.views import Item
from communique.views.context import Passage, hits, passages
from communique.web.speaking import tr
from communique.web.words import day, label, ordinal, path, state

MEETINGS = ("talks", "visit", "call", "message", "signing")


@dataclass(frozen=True, slots=True)
class Who:
    """A party of an item: ``name`` as written (empty where only a state is meant), ``code`` and ``role``."""

    name: str
    code: str
    role: str = ""

    @property
    def href(self) -> str:
        """Where the name leads."""
        return path("show", self.name)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; ``hit`` where the search found it, ``quote`` where it is the evidence."""

    text: str
    quote: bool = False
    hit: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """An item as a list shows it.

    ``when`` is its own date in words; where it has none, ``told`` is when it was told. ``pieces`` are the sentence.
    ``tellings``: how many items it stands for.
    """

    item: Item
    tag: str
    headline: str
    when: str
    told: str
    place: str
    city: str
    who: tuple[Who, ...]
    pieces: tuple[Piece, ...]
    tellings: int = 1

    @property
    def own(self) -> bool:
        """Whether the headline is in the words of the text, not in ours."""
        kind, v = self.item.kind, self.item.values
        return kind != "commitment" and (kind != "engagement" or bool(v.get("mechanism")) or len(self.item.actors) < 2)

    @property
    def entry(self) -> str:
        """Address of the page of the thing it tells of."""
        kind = self.item.kind if self.item.kind in ("person", "mechanism") else "entry"
        return path(kind, self.item.entry)

    @property
    def document(self) -> str:
        """Address of the item in its text."""
        own = self.item.values.get("own") if self.item.rule == BY_HAND else None
        if isinstance(own, Mapping) and own.get("source"):
            # A row entered by hand is shown in the text beside which it was entered.
            return f"/document?{urlencode({'source': str(own['source'])})}#i-{self.item.id}"
        return f"{path('document', self.item.unit)}#i-{self.item.id}"


def who(item: Item) -> tuple[Who, ...]:
    """Return the parties of an item in order, each once."""
    v = item.values
    out: list[Who] = []
    for p in v.get("participants") or ():
        if isinstance(p, Mapping):
            out.append(Who(str(p.get("name") or ""), str(p.get("country") or ""), str(p.get("role") or "")))
    for name, role in (("actors", ""), ("counterparties", "addressed"), ("parties", "party")):
        out.extend(_party(x, role) for x in v.get(name) or ())
    out.extend(_party(v[f], "") for f in ("a", "b", "holder") if v.get(f))
    return tuple(dict.fromkeys(w for w in out if w.name or w.code))


def _party(value: Any, role: str) -> Who:
    if isinstance(value, Mapping):
        return Who(str(value.get("name") or ""), str(value.get("country") or ""), role)
    text = str(value)
    return Who("", text, role) if text.isascii() and text.isupper() and len(text) <= 8 else Who(text, "", role)


def headline(item: Item) -> str:
    """Return a short name of an item that a reader understands without its text."""
    v = item.values
    if item.kind == "engagement":
        if v.get("mechanism"):
            nth = f", {ordinal(v['ordinal'])}" if isinstance(v.get("ordinal"), int) else ""
            return f"{v['mechanism']}{nth}"
        return _at_home(item) or parties(item.actors) or item.quote
    if item.kind == "tie":
        return f"{parties([str(v[f]) for f in ('a', 'b') if v.get(f)])}: {v.get('level') or ''}".strip(": ")
    if item.kind == "commitment":
        return _toward(v.get("actors") or (), v.get("counterparties") or ()) or item.quote
    if item.kind == "position":
        holders = v.get("holder") or ()
        codes = [holders] if isinstance(holders, str) else [str(x) for x in holders]
        return f"{parties(codes) if codes else ''}: {label(v.get('topic'))}".strip(": ")
    return str(v.get("name") or item.quote)


def _at_home(item: Item) -> str:
    """Return for a happening within one state who it is about, not only where."""
    if len(item.actors) != 1:
        return ""
    first = next((w.name for w in who(item) if w.name), "")
    return f"{first}, {state(item.actors[0])}" if first and first != item.actors[0] else ""


def parties(codes: Sequence[str], most: int = 3) -> str:
    """Return states and names in a row: "Vietnam \u2013 Russia", "ASEAN and 10 more"."""
    names = [state(str(c)) for c in dict.fromkeys(codes)]
    if len(names) == 2:
        return " \u2013 ".join(names)
    shown = ", ".join(names[:most])
    return f"{shown} {tr('and %(n)s more') % {'n': len(names) - most}}" if len(names) > most else shown


def _toward(actors: Sequence[Any], others: Sequence[Any]) -> str:
    left, right = parties([str(a) for a in actors]), parties([str(o) for o in others])
    return f"{left} \u2192 {right}" if left and right else left or right


def tag(item: Item) -> str:
    """Return the word for what an item is: the type of an engagement, the act of a commitment, else its kind."""
    return label(item.type) if item.kind in ("engagement", "commitment") and item.type else label(item.kind)


def pieces(found: Passage, query: str | None) -> tuple[Piece, ...]:
    """Return a passage in pieces, with the evidence and the hits of a query marked."""
    text = found.before + found.quote + found.after
    a, b = len(found.before), len(found.before) + len(found.quote)
    marked = hits(text, query)
    edges = sorted({0, a, b, len(text), *(x for span in marked for x in span)})
    out = [
        Piece(text[s:e], a <= s < b, any(hs <= s < he for hs, he in marked))
        for s, e in zip(edges, edges[1:], strict=False)
    ]
    head = [Piece("\u2026")] if found.cut[0] else []
    tail = [Piece("\u2026")] if found.cut[1] else []
    return (*head, *out, *tail)


def card(item: Item, found: Passage | None, query: str | None = None) -> Card:
    """Return an item made ready for a page."""
    where = item.values.get("place")
    where = where if isinstance(where, Mapping) else {}
    told = day(item.published) or (tr("%(day)s or later") % {"day": day(item.not_before)} if item.not_before else "")
    return Card(
        item,
        tag(item),
        headline(item),
        day(item.date),
        told,
        str(where.get("country") or ""),
        str(where.get("city") or ""),
        who(item),
        pieces(found or Passage("", item.quote, ""), query),
    )


def cards(store: Store, items: Iterable[Item], query: str | None = None, around: int = 120) -> tuple[Card, ...]:
    """Return items made ready for a page, with at most ``around`` letters of their sentence on each side."""
    listed = tuple(items)
    beside = passages(store, listed, around)
    return tuple(card(i, beside.get(i.id), query) for i in listed)
