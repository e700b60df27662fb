"""``communique account``: who may review in the browser."""

from __future__ import annotations

from typing import Annotated

import typer

from communique.cli import options as o
from communique.cli.table import say, table
from communique.store import accounts

account = typer.Typer(help="Who may review in the browser.", no_args_is_help=True, rich_markup_mode=None)
Name = Annotated[str, typer.Argument(help="Name of the person; it stands at what they decide.")]


@account.command()
def add(
    name: Name,
    record: o.Record = o.DEFAULT,
    role: Annotated[
        str,
        typer.Option(
            help="reader: sees what waits; reviewer: decides; keeper: also takes back what others decided.",
        ),
    ] = "reviewer",
) -> None:
    """Make an account, or give one another password. The password is asked for, twice, and never shown.

    Examples:

      communique account add Mai

      communique account add Lan --role keeper
    """
    store = o.opened(record)
    password = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    accounts.add(store, name, password, role)
    say(f"{name} may sign in under /review as {role}")


@account.command("list")
def listing(record: o.Record = o.DEFAULT) -> None:
    """List the accounts."""
    found = accounts.listed(o.opened(record))
    if found:
        table(("name", "role", "since"), found)
    else:
        say("no account; 'communique account add NAME' makes one")


@account.command()
def remove(name: Name, record: o.Record = o.DEFAULT) -> None:
    """Take an account away and end its sessions. What the person decided stays."""
    accounts.remove(o.opened(record), name)
    say(f"{name} may no longer sign in")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(account, name="account")
