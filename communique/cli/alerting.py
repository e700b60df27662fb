"""``communique alert``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from communique import feeds
from communique.cli import options as o
from communique.cli.items import print_items
from communique.cli.reading import PARTLY
from communique.cli.table import say
from communique.errors import CommuniqueError
from communique.feeds.alertfile import alerts_file
from communique.feeds.alerts import keep, state_of, told


def alert(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="YAML: searches, and whom to tell of their hits.")],
    record: o.Record = o.DEFAULT,
    state: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="What was found before; default: FILE with .state.json behind it."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would be told; send and note nothing.")
    ] = False,
) -> None:
    """Send word by mail or webhook of what searches find now and did not find at the last check.

    To be run after reading, or by cron. The first check of a search takes stock and tells nothing. A thing is told
    once, however many texts tell it. What could not be delivered is tried again at the next check; the exit code
    is then 3.

    Examples:

      communique alert alerts.yaml --record my.db

      communique alert alerts.yaml --dry-run
    """
    asked = alerts_file(file)
    kept_at = state or file.with_name(f"{file.name}.state.json")
    kept = state_of(kept_at)
    store = o.opened(record)
    failed = 0
    for delivery in feeds.check(store, asked, kept):
        name = delivery.alert.name
        if delivery.first:
            say(f"{name}: {len(delivery.found)} found; from now on what is new is told")
        else:
            say(f"{name}: {delivery.total} new")
        if dry_run:
            print_items(delivery.items)
            continue
        try:
            if delivery.total:
                feeds.deliver(store, asked, delivery)
        except CommuniqueError as e:
            failed += 1
            say(f"{name}: {e}")
            continue
        told(kept, delivery)
        keep(kept_at, kept)
    if failed:
        raise typer.Exit(PARTLY)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(alert)
