"""Tables for people: framed by rich on a terminal; elsewhere one row per line, never wrapped or cut."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

import typer
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table


def flat(value: object) -> str:
    """Return a value as one line."""
    return " ".join(str(value).split()) if value is not None else ""


def heading(text: str) -> None:
    """Print a heading."""
    if sys.stdout.isatty():
        Console(highlight=False, emoji=False).print(text, style="bold", markup=False)
    else:
        typer.echo(text)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table. Wide letters count twice, so that columns stand in line."""
    cells = [[flat(v) for v in row] for row in rows]
    if sys.stdout.isatty():
        framed = Table(*columns, box=None, header_style="bold", pad_edge=False)
        for row in cells:
            framed.add_row(*(_escaped(c) for c in row))
        Console(highlight=False, emoji=False).print(framed)
        return
    lines = [list(columns), *cells]
    widths = [max(cell_len(line[i]) for line in lines) for i in range(len(columns))]
    for line in lines:
        padded = [c + " " * (w - cell_len(c)) for c, w in zip(line[:-1], widths, strict=False)]
        typer.echo("  ".join([*padded, line[-1]]).rstrip())


def _escaped(cell: str) -> str:
    return cell.replace("[", "\\[")


def say(text: str) -> None:
    """Say something to the person at the terminal: on standard error, so that it is no part of the answer."""
    typer.echo(text, err=True)
