"""``communique brief``."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated

import typer

from communique import briefs, exports
from communique.cli import options as o
from communique.cli.table import say
from communique.loader.briefs import brief_packs


def brief(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="A pair of states (XA-XB), a mechanism, a state or a person.")
    ],
    record: o.Record = o.DEFAULT,
    output: Annotated[
        str,
        typer.Option("--output", "-o", metavar="FILE", help="Ends in .docx, .html, .md or .pdf; - prints Markdown."),
    ] = "-",
    since: o.Since = None,
    until: o.Until = None,
    machine: Annotated[
        bool, typer.Option("--machine", help="Also what no person has accepted, each sentence marked.")
    ] = False,
    pages: Annotated[
        int, typer.Option(min=1, max=briefs.MOST_PAGES, help="At most about so many of A4.")
    ] = briefs.PAGES,
    language: Annotated[
        str | None,
        typer.Option("--language", metavar="CODE", help="Language to write in; default: the first there is."),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day on which it is frozen; default: today.")
    ] = None,
) -> None:
    """Write a brief: two pages on NAME, each sentence composed from the record, with a note to the words behind it.

    It holds the state of the relation, rounds held, what was agreed, open and overdue commitments, where the
    sources disagree, who is who and what comes next, as far as the record has it. Only what a person accepted or
    corrected stands in it, unless --machine is given. It carries its date and a digest of the record: the same
    record and the same day give the same bytes.

    Examples:

      communique brief VN-RU --since 2013 -o brief.docx

      communique brief ADMM --machine --language vi -o brief.pdf

      communique brief VN --pages 5 --as-of 2024-12-31 -o brief.html
    """
    form = "md" if output == "-" else briefs.form_of(Path(output))
    day = as_of or dt.date.today().isoformat()  # noqa: DTZ011 - the reader's own day
    made = briefs.compose(
        o.opened(record),
        name,
        as_of=day,
        since=since,
        until=until,
        lang=language or next(iter(brief_packs())),
        machine=machine,
        pages=pages,
    )
    if output == "-":
        sys.stdout.buffer.write(briefs.render(made, form))
        sys.stdout.buffer.flush()
        return
    size = exports.write(Path(output), [briefs.render(made, form)])
    said = sum(len(s.sentences) for s in made.sections)
    cut = sum(s.left_out for s in made.sections)
    say(f"wrote {output}: {size} bytes, {said} sentences" + (f", {cut} left out for length (--pages)" if cut else ""))
    if not said and not machine:
        say("nothing in it was accepted by a person yet: 'communique review', or --machine")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(brief)
