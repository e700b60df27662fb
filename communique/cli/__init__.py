"""The command line. Every module of this folder with a ``register`` adds its commands; the folder is walked."""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
from typing import Annotated

import typer

from communique import __version__
from communique.errors import CommuniqueError

app = typer.Typer(
    name="communique",
    help="Reads diplomatic and defence news and keeps the record, with the sentence behind every cell.",
    epilog="Begin with:  communique demo   or   communique read FOLDER && communique show NAME",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"communique {__version__}")
        raise typer.Exit


@app.callback()
def _top(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    pass


for _module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
    _found = importlib.import_module(f"{__name__}.{_module}")
    if hasattr(_found, "register"):
        _found.register(app)


def main() -> None:
    """Run the command line: 0 where all went well, 1 where nothing could be done, 3 where a part failed."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app()
    except CommuniqueError as e:
        typer.echo(f"communique: {e}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        typer.echo("communique: stopped", err=True)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): nothing is wrong, and nobody to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
