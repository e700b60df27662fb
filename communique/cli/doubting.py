"""``communique conflicts`` and ``communique due``: what to look at again, and what was promised."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from communique import views
from communique.cli import options as o
from communique.cli.table import say, table
from communique.errors import CommuniqueError
from communique.views.conflicts import WHAT
from communique.views.filters import day_of


def conflicts(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Only what NAME takes part in, as 'communique show' has it.")
    ] = None,
    record: o.Record = o.DEFAULT,
    what: Annotated[
        str | None, typer.Option(help="values, impossible, spelling, correction or double; default: all.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many rows.")] = 200,
) -> None:
    """List where the record disagrees with itself, the likeliest value first.

    values: two tellings of one thing that cannot both hold. impossible: a round dated before its predecessor, or
    two of one number. spelling: one person spelled in two ways in one text. correction: a text that corrects
    another. double: what may be one thing told as two; it is left apart until a person says.

    Examples:

      communique conflicts

      communique conflicts ADMM

      communique conflicts --what double
    """
    if what is not None and what not in WHAT:
        raise CommuniqueError(f"no kind of conflict {what!r}", remedy=f"one of: {', '.join(WHAT)}")
    store = o.opened(record)
    found = views.conflicts(store, name, what)
    if not found:
        held = views.counts(store)
        say(f"no conflict in {held.units} units of {held.sources} sources")
        return
    table(
        ("what", "of", "field", "told", "sources", "id"),
        [(c.what, c.name, c.field, c.note, ", ".join(c.sources), c.of) for c in found[:limit]],
    )
    if len(found) > limit:
        say(f"{limit} of {len(found)}; --limit {len(found)} for all")


def due(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Only what NAME takes part in, as 'communique show' has it.")
    ] = None,
    record: o.Record = o.DEFAULT,
    by: Annotated[str | None, typer.Option(metavar="DATE", help="Due by then: 2021, 2021-07 or 2021-07-06.")] = None,
    as_of: Annotated[str | None, typer.Option(metavar="DAY", help="The day that counts as today.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Those too for which no day is named.")] = False,
) -> None:
    """List commitments with what became of them: open, due, overdue, followed up or superseded.

    What is followed up or superseded names the later text that says so. Silence closes nothing.

    Examples:

      communique due --by 2026

      communique due VN-RU --all
    """
    store = o.opened(record)
    today = day_of(as_of, True) if as_of else dt.date.today().isoformat()  # noqa: DTZ011 - the reader's own day
    found = views.due(store, name, by=by, as_of=today, every=every)
    if not found:
        held = views.counts(store)
        say(f"no commitment with such a date in {held.units} units of {held.sources} sources")
        return
    table(
        ("due", "status", "act", "who", "what", "made at", "why", "source", "id"),
        [
            (
                p.due or "-",
                p.status,
                p.item.type or "-",
                ", ".join(p.item.actors) or "-",
                p.item.quote,
                f"{p.made_at.type} {p.made_at.date or ''} {p.made_at.name}" if p.made_at else "-",
                f"{p.reason}{f': {p.by.source}, {p.by.id}' if p.by else ''}",
                p.item.source,
                p.item.id,
            )
            for p in found
        ],
    )


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(conflicts)
    app.command()(due)
