"""How far a command has come, for the person at the terminal."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from communique.cli.table import say

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

TOLD = 30
"""Seconds between two lines where there is no terminal."""


class Counter:
    """Progress on standard error: a bar on a terminal, else a line every half minute.

    A Ctrl-C that meets a callback of Python's own (a weak reference let go) is printed by Python and lost; here it is
    remembered, and raised at the next count.

    Args:
        what: what is done, as in ``reading``. total: how many there are, where it is known. things: what they are.
    """

    def __init__(self, what: str, total: int | None = None, things: str = "items") -> None:
        console = Console(stderr=True)
        self._bar = Progress(
            TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=console,
            transient=True, disable=not console.is_terminal,
        )  # fmt: skip
        self._task = self._bar.add_task(what, total=total)
        self._quiet = not console.is_terminal
        self._what, self._things, self._total = what, things, total
        self._count, self._told = 0, time.monotonic()
        self._lost, self._stop = sys.unraisablehook, False

    def __enter__(self) -> Self:
        self._lost, sys.unraisablehook = sys.unraisablehook, self._remember
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()
        sys.unraisablehook = self._lost

    def _remember(self, lost: UnraisableHookArgs) -> None:
        if issubclass(lost.exc_type, KeyboardInterrupt):
            self._stop = True
        else:
            self._lost(lost)

    def __call__(self, many: int = 1) -> None:
        """Count so many more.

        Raises:
            KeyboardInterrupt: Ctrl-C was pressed since, and was lost.
        """
        if self._stop:
            raise KeyboardInterrupt
        self._count += many
        self._bar.advance(self._task, many)
        if self._quiet and time.monotonic() - self._told > TOLD:
            of = f" of {self._total}" if self._total else ""
            say(f"{self._what}: {self._count}{of} {self._things} so far")
            self._told = time.monotonic()
