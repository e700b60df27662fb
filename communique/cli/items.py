"""Items as rows of a table: when, what, who, the words, and what they rest on."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from communique import views
from communique.cli.table import flat, heading, table
from communique.store import Store
from communique.views import Item, MechanismView, RoundRow, SeriesView
from communique.views.context import passages

WHOLE = 10_000
"""Letters on each side of a quote that are more than any sentence has."""

COLUMNS = ("date", "kind", "what", "who", "sentence", "review", "rule", "source", "id")


def row(item: Item) -> Sequence[object]:
    """Return the cells of an item."""
    v = item.values
    what = " ".join(flat(x) for x in (item.type, item.status if item.kind == "engagement" else None) if x)
    if item.kind == "person":
        offices = ", ".join(v.get("offices") or ())
        what = " ".join(x for x in (v.get("name") or "", f"({v['latin']})" if v.get("latin") else "", offices) if x)
    elif item.kind in ("mechanism", "instrument"):
        what = " ".join(x for x in (v.get("name") or "", f"({v['acronym']})" if v.get("acronym") else "") if x)
    elif item.kind == "tie":
        what = flat(v.get("level"))
    elif v.get("mechanism"):
        what += f" {v['mechanism']}" + (f" {v['ordinal']}" if v.get("ordinal") else "")
    return (
        item.date or "-",
        item.kind,
        what or "-",
        ", ".join(item.actors) or "-",
        item.quote,
        item.review,
        item.rule,
        item.source,
        item.id,
    )


def print_items(items: Iterable[Item]) -> None:
    """Print items, one a row."""
    table(COLUMNS, [row(i) for i in items])


def in_sentence(store: Store, items: Sequence[Item], around: int = WHOLE) -> dict[str, str]:
    """Return by id of item its quote in its sentence, the quote between marks where it is not the whole."""
    out = {i.id: i.quote for i in items}
    for item, p in passages(store, items, around).items():
        before, after = ("..." if cut else "" for cut in p.cut)
        marked = f"{before}{p.before}\u00bb{p.quote}\u00ab{p.after}{after}"
        out[item] = flat(marked if p.before.strip() or p.after.strip() else p.quote)
    return out


def hosts(store: Store, row: RoundRow) -> str:
    """Return the hosts of a round, each code with its name in the language of the text."""
    named = [(code, store.known.state_name(code, row.items[0].lang)) for code in row.hosts]
    return ", ".join(code if code == name else f"{code} {name}" for code, name in named) or "-"


def print_rounds(store: Store, series: SeriesView) -> None:
    """Print the rounds of a mechanism in order, with what is missing."""
    told = in_sentence(store, [r.items[0] for r in series.rounds], 40 if sys.stdout.isatty() else WHOLE)
    table(
        ("round", "date", "host", "chair", "place", "status", "outcome", "sentence", "source", "notes"),
        [
            (
                r.ordinal if r.ordinal is not None else "-",
                r.date or "-",
                hosts(store, r),
                ", ".join(r.chairs) or "-",
                r.city or r.country or "-",
                r.status,
                "; ".join(dict.fromkeys(flat(i.quote) for i in r.outcomes)) or "-",
                told[r.items[0].id],
                r.items[0].source,
                ", ".join((*r.flags, *((f"{len(r.items)} tellings",) if len(r.items) > 1 else ()))),
            )
            for r in series.rounds
        ],
    )
    for gap in series.gaps:
        which = f"round {gap.first}" if gap.first == gap.last else f"rounds {gap.first} to {gap.last}"
        heading(f"missing: {which} (nothing read)")
    for c in series.cadence:
        heading(f"cadence: rounds {c.first} to {c.last} about every {c.months} months")
    if series.next:
        heading(views.expectation(store, series))


def print_timeline(store: Store, view: MechanismView) -> None:
    """Print the rounds of a mechanism as a timeline, a line a round."""
    for r in view.series.rounds:
        number = f"{r.ordinal:>3}" if r.ordinal is not None else "  -"
        who = hosts(store, r)
        heading(f"{r.date or '????':<22} o {number}  {who}{' ' * (14 - cell_len(who))} {flat(r.quote)}")
