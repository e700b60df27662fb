"""``communique serve``: the pages and the API."""

from __future__ import annotations

from typing import Annotated

import typer

from communique.cli.options import DEFAULT, Record, opened
from communique.cli.table import say


def serve(
    record: Record = DEFAULT,
    host: Annotated[str, typer.Option(help="Address to listen on; this machine alone by default.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 8000,
) -> None:
    """Serve the record as pages, and as an API under /api, until stopped.

    Examples:

      communique serve --record my.db

      communique serve --port 8080
    """
    from communique import web

    opened(record).close()
    say(f"communique: http://{host}:{port}/  (Ctrl-C stops)")
    web.serve(record, host, port)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(serve)
