"""Options that commands share: the record, and the one set of filters."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from communique.store import Store, open_store

Record = Annotated[
    str,
    typer.Option("--record", metavar="PATH", help="The record: a file, or a PostgreSQL address.", show_default=True),
]
Kind = Annotated[
    str | None,
    typer.Option(help="person, engagement, mechanism, instrument, tie, commitment or position.", metavar="KIND"),
]
Type = Annotated[str | None, typer.Option("--type", help="Type of engagement, or act of a commitment.")]
State = Annotated[str | None, typer.Option(help="A state or bloc that takes part: code or name.")]
Other = Annotated[str | None, typer.Option("--with", help="A second state or bloc that takes part.")]
Person = Annotated[str | None, typer.Option(help="A person, by name or id.")]
Mechanism = Annotated[str | None, typer.Option(help="A mechanism, by name, acronym or id.")]
Topic = Annotated[str | None, typer.Option(help="A topic of the codebook, such as peacekeeping.")]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="On or after: 2021, 2021-07 or 2021-07-06.")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="On or before.")]
Status = Annotated[str | None, typer.Option(help="held, ongoing, planned, proposed, cancelled, ...")]
Outlet = Annotated[str | None, typer.Option(help="Outlet that printed it.")]
Lang = Annotated[str | None, typer.Option(help="Language of the text; a language covers all its scripts.")]
FromSource = Annotated[str | None, typer.Option("--source", help="Name of one source, or id of one unit.")]
Review = Annotated[str | None, typer.Option(help="machine, accepted, corrected or rejected.")]
DEFAULT = "communique.db"


def opened(record: str, create: bool = False) -> Store:
    """Return the open record.

    Raises:
        RecordError: it cannot be opened.
    """
    return open_store(record if "://" in record else Path(record), create=create)
