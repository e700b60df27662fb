"""``communique import``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from communique.cli import options as o
from communique.cli.progress import Counter
from communique.cli.reading import PARTLY
from communique.cli.table import flat, say, table
from communique.errors import CommuniqueError
from communique.imports import Brought, bring


def import_(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A sheet: .csv, .tsv or .xlsx.")],
    who: Annotated[str, typer.Option("--who", metavar="NAME", help="Who coded or edited it.")],
    kind: Annotated[
        str | None,
        typer.Option(metavar="KIND", help="Kind of the rows, where sheet, file and columns do not tell it."),
    ] = None,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why; kept with each decision.")] = "",
    check: Annotated[bool, typer.Option("--check", help="Say what would be done, and change nothing.")] = False,
    record: o.Record = o.DEFAULT,
) -> None:
    """Bring a spreadsheet into the record: one coded by hand in the codebook's columns, or an export that was edited.

    A row without an id becomes an item coded by NAME, with its quote as evidence. A row with the id of an item is
    compared with it: cells that were changed become a decision of NAME, cells that were not change nothing. accepted
    or rejected in the column review is a decision too. Other columns are kept as your own. Rows with a cell that is
    wrong are named and left out; the rest is taken. Importing the same file again changes nothing.

    Examples:

      communique import meetings.xlsx --who Mai --check

      communique import meetings.csv --kind engagement --who Mai

      communique export --format xlsx -o all.xlsx && communique import all.xlsx --who Mai

    Exit code: 0 where every row was taken, 3 where some were not, 1 where none was.
    """
    path = Path(file)
    if not path.is_file():
        raise CommuniqueError("is no file", where=file, remedy="name a sheet: .csv, .tsv or .xlsx")
    store = o.opened(record, create=not check)
    with Counter("importing") as step:
        done = bring(store, path, who, kind=kind, reason=reason, check=check, step=step)
    _said(done, check)
    if done.missed:
        raise typer.Exit(PARTLY if done.missed < done.rows else 1)


def _said(done: Brought, check: bool) -> None:
    for note in done.notes:
        say(f"note: {flat(note)}")
    for amiss in done.amiss:
        say(f"failed: {flat(str(amiss))}")
    rows: list[tuple[str, object]] = [
        ("rows", done.rows),
        ("coded by hand", done.added),
        ("items edited", done.edited),
        ("  cells changed", done.fields),
        ("rows unchanged", done.same),
        ("rows left out", done.missed),
    ]
    table(("what", "number"), rows)
    if done.own:
        say(f"own columns, kept with their rows: {flat(', '.join(done.own))}")
    if check:
        say("nothing was changed: --check")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import")(import_)
