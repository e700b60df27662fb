"""``communique serve``: the pages and the API."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated

import typer

from communique.cli.options import DEFAULT, Record, opened
from communique.cli.table import say


def serve(
    record: Record = DEFAULT,
    host: Annotated[str, typer.Option(help="Address to listen on; this machine alone by default.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 8000,
    name: Annotated[
        list[str] | None, typer.Option(help="Another name under which it is asked: that of a server in front.")
    ] = None,
    user_header: Annotated[
        str, typer.Option(help="Header in which the server in front says who asks, such as X-Remote-User.")
    ] = "",
    user_from: Annotated[
        list[str] | None, typer.Option(help="Address of the server in front; this machine by default.")
    ] = None,
    workers: Annotated[
        int, typer.Option(min=1, max=64, help="Processes that answer: one for every ten people who ask, say.")
    ] = 1,
    hold: Annotated[
        bool, typer.Option("--hold", help="Hold the record's file in memory, whatever else the machine does.")
    ] = False,
) -> None:
    """Serve the record as pages, and as an API under /api, until stopped.

    Examples:

      communique serve --record my.db

      communique serve --port 8080

      communique serve --workers 2 --hold

      communique serve --name records.example.org --user-header X-Remote-User
    """
    from communique import web

    with closing(opened(record)) as store:
        held = store.hold() if hold else None
    say(f"communique: http://{host}:{port}/  (Ctrl-C stops)")
    proxy = web.Proxy(user_header, tuple(user_from or web.Proxy(user_header).peers)) if user_header else None
    web.serve(record, host, port, tuple(n.lower() for n in name or ()), proxy, workers)
    del held


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(serve)
