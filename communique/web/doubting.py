"""Disagreements and commitments made ready for their pages: words, addresses, what speaks for each value. No HTML."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from communique.store import Store
from communique.store.schema import claims
from communique.views import Conflict, Item, Promise
from communique.views.find import select_items
from communique.web.cards import Card, cards
from communique.web.comparing import in_words
from communique.web.reasons import said
from communique.web.vocabulary import TYPES
from communique.web.words import label, path, plain

TAGS = {
    "values": "values differ",
    "impossible": "impossible",
    "spelling": "two spellings",
    "correction": "correction",
    "double": "perhaps one",
}
MEANING = {
    "values": "Tellings of one thing that cannot both be right, the likeliest value first.",
    "impossible": "A round dated before the one that it follows, or two rounds of one number.",
    "spelling": "One person spelled in two ways in one text.",
    "correction": "A text that corrects another.",
    "double": "What may be one thing told as two. It stays apart until a person decides.",
}
STATES = ("country", "host")
EACH = 4
"""Texts that are named for one value; the page of the thing names all."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the values that disagree: its words, what speaks for it, and where it leads (empty: nowhere)."""

    text: str
    reasons: str
    href: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A disagreement as its page shows it. ``note`` is for what the sides do not say by themselves."""

    what: str
    tag: str
    name: str
    href: str
    field: str
    sides: tuple[Side, ...]
    note: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """A commitment as its page shows it: the card, its status and why, where it was made and what closed it."""

    promise: Promise
    card: Card
    made_at: Card | None
    by: Card | None


def disputes(store: Store, found: Iterable[Conflict]) -> tuple[Dispute, ...]:
    """Return disagreements made ready for a page."""
    listed = tuple(found)
    ids = {i for c in listed for r in c.values for i in r.items}
    items = {i.id: i for i in select_items(store, [claims.c.id.in_(sorted(ids))], "oldest")} if ids else {}
    out = []
    for c in listed:
        in_text = c.what in ("spelling", "correction")
        double = c.what == "double"
        sides = tuple(
            Side(
                _value(c.field, r.value),
                "" if double else said(", ".join(r.reasons)),
                path("show", r.reasons[0]) if double else "",
                () if double else tuple(items[i] for i in r.items[:EACH] if i in items),
            )
            for r in c.values
        )
        note = "" if c.what in ("values", "spelling") else said(c.note)
        href = path("document" if in_text else "show", c.of)
        out.append(Dispute(c.what, TAGS[c.what], _titled(c.name), href, c.field, sides, note, c.sources))
    return tuple(out)


def _titled(name: str) -> str:
    """Return what a conflict is of, with types of engagements in the reader's language."""
    parts = (p.split(" ", 1) for p in name.split(" / "))
    return " / ".join(" ".join([label(p[0]) if p[0] in TYPES else p[0], *p[1:]]) for p in parts)


def _value(field: str, value: Any) -> str:
    return in_words("parties" if field in STATES else field, value) or plain(value)


def promises(store: Store, found: Iterable[Promise]) -> tuple[Due, ...]:
    """Return commitments made ready for a page."""
    listed = tuple(found)
    items = {i.id: i for p in listed for i in (p.item, p.made_at, p.by) if i}
    made = {c.item.id: c for c in cards(store, items.values())}
    return tuple(
        Due(p, made[p.item.id], made[p.made_at.id] if p.made_at else None, made[p.by.id] if p.by else None)
        for p in listed
    )
