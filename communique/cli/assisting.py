"""``communique mcp``."""

from __future__ import annotations

import typer

from communique.cli import options as o


def mcp(record: o.Record = o.DEFAULT) -> None:
    """Serve the record to an assistant over the Model Context Protocol, on standard input and output.

    The assistant starts this command itself: name it in its settings. It can search, get a thing by name or id, list
    what happened in order of time, and what is due; each answer has its quotes and its status of review. Nothing can
    be changed. Needs: pip install 'communique[mcp]'.

    Examples:

      communique mcp --record my.db
    """
    from communique.web import assistants

    assistants.server(o.opened(record)).run("stdio")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(mcp)
