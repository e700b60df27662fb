"""Options that commands share: the record, and the one set of filters."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from functools import wraps
from inspect import Parameter
from pathlib import Path
from typing import Annotated, Any

import typer

from communique import views
from communique.errors import CommuniqueError
from communique.source import Archive, Guard, network
from communique.store import Store, open_store

Record = Annotated[
    str,
    typer.Option("--record", metavar="PATH", help="The record: a file, or a PostgreSQL address.", show_default=True),
]
Text = Annotated[str | None, typer.Option(help="Words that items must have.")]
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
FILTERS: dict[str, Any] = {
    "text": Text, "kind": Kind, "type": Type, "state": State, "other": Other, "person": Person,
    "mechanism": Mechanism, "topic": Topic, "since": Since, "until": Until, "status": Status, "outlet": Outlet,
    "lang": Lang, "source": FromSource, "review": Review,
}  # fmt: skip
"""The option of each field of ``views.Filter``."""
Archived = Annotated[
    Path | None,
    typer.Option("--archive", metavar="FOLDER", help="Keep what is fetched here (default: beside the record)."),
]
Reach = Annotated[
    list[str] | None,
    typer.Option(
        "--reach", metavar="NETWORK", help="A network beside the public net that may be asked, such as 10.1.2.3/32."
    ),
]
DEFAULT = "communique.db"


def opened(record: str, create: bool = False) -> Store:
    """Return the open record.

    Raises:
        RecordError: it cannot be opened.
    """
    return open_store(record if "://" in record else Path(record), create=create)


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command that has an option for each filter, where ``command`` takes the filter as ``asked``.

    An option that it has itself stays its own. The options stand in the help where ``asked`` stands.
    """
    own = inspect.signature(command, eval_str=True)
    options = [
        Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=option)
        for name, option in FILTERS.items()
        if name not in own.parameters
    ]

    @wraps(command)
    def run(**given: Any) -> None:
        asked = views.Filter(**{option.name: given.pop(option.name) for option in options})
        command(**given, asked=asked)

    parameters = [x for p in own.parameters.values() for x in (options if p.name == "asked" else [p])]
    run.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]
    return run


def archive_of(folder: Path | None, record: str) -> Archive:
    """Return the archive of what is fetched: the folder named, else the one that goes with the record.

    Raises:
        CommuniqueError: it cannot be used.
    """
    beside = Path(DEFAULT if "://" in record else record).with_suffix(".archive")
    return Archive(folder or beside)


def guard_of(reach: Sequence[str] | None) -> Guard:
    """Return the guard of the networks that a person lets requests reach besides the public net.

    Raises:
        CommuniqueError: one is no network.
    """
    try:
        return Guard(network(text) for text in reach or ())
    except ValueError as e:
        raise CommuniqueError(f"no network ({e})", where="--reach", remedy="write it as 10.1.2.0/24") from e
