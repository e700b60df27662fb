"""``communique export``."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from communique import exports, views
from communique.cli import options as o
from communique.cli.progress import Counter
from communique.cli.reading import PARTLY
from communique.cli.table import say
from communique.views.stream import count

MUCH = 200_000
"""Items for which more processes are worth their start."""


@o.filtered
def export(
    typed: typer.Context,
    record: o.Record = o.DEFAULT,
    format: Annotated[  # noqa: A002 - the option's name
        str, typer.Option("--format", help="The form of the file; the list is above.")
    ] = "jsonl",
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="FILE", help="The file, or a folder for several tables; - is standard output."
        ),
    ] = "-",
    table: Annotated[
        str | None,
        typer.Option(help="Which table, for csv and parquet: a kind, participant or source.", metavar="TABLE"),
    ] = None,
    nodes: Annotated[
        str | None, typer.Option(help="Of a graph: states, persons or mechanisms.", metavar="NODES")
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            min=1, metavar="N", help="Processes that make a table (default: one a core, where there is much to write)."
        ),
    ] = None,
    *,
    asked: views.Filter,
) -> None:
    """Write the record to a file."""
    if typed.args:
        known = next((w for w in typed.args if w in exports.formats()), None)
        meant = f"--format {known}" if known else "-o FILE for the file, --record PATH for the record"
        typed.fail(f"export takes options alone, no word such as {typed.args[0]!r}; did you mean {meant}?")
    store = o.opened(record)
    chosen: dict[str, str] = {"nodes": nodes} if nodes else {}
    total = exports.total(store, format, asked, table)
    if jobs is None:
        jobs = os.cpu_count() or 1 if (total or count(store, asked)) >= MUCH else 1
    with Counter("exporting", total) as step:
        if output == "-":
            for piece in exports.pieces(store, format, asked, table=table, step=step, jobs=jobs, **chosen):
                sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
            return
        size = exports.export(store, format, Path(output), asked, table=table, step=step, jobs=jobs, **chosen)
    say(f"wrote {output}: {size} bytes")


def _help() -> str:
    lines = "\n".join(f"  {name:9}{found.SUMMARY}" for name, found in exports.formats().items())
    return f"""Write the record, or what filters leave of it, to a file. Equal records give equal bytes.

The formats are:

\b
{lines}

A format of tables writes one table to a file (--kind or --table says which), or all of them to a folder.

Examples:

  communique export --format jsonl -o record.jsonl

  communique export --format csv --kind engagement --state VN --since 2020 -o vn.csv

  communique export --format parquet -o tables/

  communique export --format gexf --nodes persons -o who-met-whom.gexf
"""


export.__doc__ = _help()


@o.filtered
def release(
    output: Annotated[str, typer.Option("--output", "-o", metavar="FOLDER", help="A new folder for the release.")],
    record: o.Record = o.DEFAULT,
    title: Annotated[str, typer.Option(help="Title of the dataset.")] = exports.About().title,
    author: Annotated[list[str] | None, typer.Option(help="An author; give it once for each.")] = None,
    version: Annotated[str, typer.Option(help="Version of the dataset.")] = "1",
    licence: Annotated[str, typer.Option(help="Licence, by its SPDX name.")] = exports.About().licence,
    date: Annotated[str | None, typer.Option(metavar="DATE", help="Day of release, if it is to be named.")] = None,
    texts: Annotated[
        bool, typer.Option("--texts", help="Put the texts of the articles in too: you need the right to do so.")
    ] = False,
    *,
    asked: views.Filter,
) -> None:
    """Write a dataset that a paper can cite: a folder that says what is in it, how it was made, and proves it.

    Tables, codebook, coverage, review, agreement, digests of all inputs, README and CITATION.cff, as a Frictionless
    Data Package. The same record gives the same bytes; communique verify says whether it does.

    Examples:

      communique release -o admm-2024/ --title "ADMM rounds" --author "Mai Le" --mechanism ADMM

      communique release -o all/ --version 2 --date 2026-05-01
    """
    store = o.opened(record)
    about = exports.About(title, tuple(author or ()), version, licence, date, texts)
    with Counter("releasing") as step:
        size = exports.release(store, Path(output), about, asked, step)
    say(f"wrote {output}: {size} bytes")


def verify(
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="A folder of communique release.")],
    record: o.Record = o.DEFAULT,
    files: Annotated[bool, typer.Option("--files", help="Look at the files alone, without the record.")] = False,
) -> None:
    """Make a release again from the record and say what differs, down to the byte.

    Without the record, --files tells whether the files are those that were released.

    Examples:

      communique verify admm-2024/

      communique verify admm-2024/ --files

    Exit code: 0 where all is the same, 3 where something differs.
    """
    with Counter("verifying") as step:
        found = exports.verify(Path(folder), None if files else o.opened(record), step)
    for line in found:
        say(line)
    if found:
        raise typer.Exit(PARTLY)
    say(f"{folder}: {'every file is as it was released' if files else 'the same release, byte for byte'}")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(context_settings={"allow_extra_args": True})(export)
    for command in (release, verify):
        app.command()(command)
