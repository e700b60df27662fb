"""``communique conflicts``."""

from __future__ import annotations

from typing import Annotated

import typer

from communique import views
from communique.cli import options as o
from communique.cli.table import say, table
from communique.errors import CommuniqueError
from communique.views.conflicts import WHAT


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


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(conflicts)
