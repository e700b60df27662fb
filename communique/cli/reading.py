"""``communique read`` and ``communique forget``."""

from __future__ import annotations

import getpass
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Self

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from communique.cli.explain import explain
from communique.cli.options import DEFAULT, Record, opened
from communique.cli.table import heading, say, table
from communique.engines import Outcome, coder, run
from communique.errors import CommuniqueError, SourceError
from communique.model import Raw
from communique.store import Store

PARTLY = 3


@dataclass
class Tally:
    """What reading did so far."""

    states: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    units: int = 0
    misses: int = 0
    failures: list[str] = field(default_factory=list)
    notes: int = 0

    def done(self) -> int:
        """Return how many sources stand in the record, read now or before."""
        return sum(self.states.values())


def read_into(
    store: Store, targets: Sequence[str], jobs: int = 1, explained: bool = False, verbose: bool = False
) -> Tally:
    """Read sources into a record: each source is one transaction, a failed one is noted and the rest goes on.

    Args:
        explained: print every claim with its rule, and what no rule fitted. verbose: name each source once it is kept.

    Raises:
        CommuniqueError: the record does not answer, or a process died.
    """
    tally = Tally()
    seen: set[tuple[str, str]] = set()
    with _progress() as tick:
        for outcome in run(_fresh(store, targets, tally, seen, tick, explained), jobs):
            _keep(store, outcome, tally, explained, verbose)
            tick()
    if tally.units:
        store.settle()
    return tally


def _fresh(
    store: Store, targets: Sequence[str], tally: Tally, seen: set[tuple[str, str]], tick: Ticker, again: bool
) -> Iterator[Raw]:
    """Yield the sources that are not in the record yet, or all of them ``again``; note the others."""
    from communique.source import open_sources

    for found in open_sources(targets):
        if isinstance(found, SourceError):
            _failed(tally, found)
        elif (found.source, found.digest) in seen or (not again and store.has(found.source, found.digest, coder())):
            tally.states["unchanged"] += 1
        else:
            seen.add((found.source, found.digest))
            yield found
            continue
        tick()


def _keep(store: Store, outcome: Outcome, tally: Tally, explained: bool, verbose: bool) -> None:
    reading, error = outcome.reading, outcome.error
    if reading is not None:
        try:
            added = store.add(reading, outcome.raw, coder())
        except SourceError as e:
            error = e
        else:
            tally.states[added.state] += 1
            tally.units += added.units
            tally.kinds.update(c.kind for c in reading.claims)
            tally.misses += len(reading.misses)
            for note in reading.document.notes:
                tally.notes += 1
                say(f"note: {outcome.raw.origin}: {note}")
            if verbose:
                say(f"{added.state}: {outcome.raw.origin}")
            if explained:
                explain(reading)
            return
    if error is not None:
        store.fail(outcome.raw, str(error), coder())
        _failed(tally, error)


def _failed(tally: Tally, error: SourceError) -> None:
    tally.failures.append(str(error))
    say(f"failed: {error}")


class Ticker:
    """Progress on standard error: a bar on a terminal, else a line every half minute."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self._bar = Progress(
            TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=console,
            transient=True, disable=not console.is_terminal,
        )  # fmt: skip
        self._task = self._bar.add_task("reading", total=None)
        self._quiet = not console.is_terminal
        self._count, self._told = 0, time.monotonic()

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def __call__(self) -> None:
        """Count one source."""
        self._count += 1
        self._bar.advance(self._task)
        if self._quiet and time.monotonic() - self._told > 30:
            say(f"{self._count} sources so far")
            self._told = time.monotonic()


def _progress() -> Ticker:
    return Ticker()


def print_tally(tally: Tally) -> None:
    """Print what reading did."""
    rows: list[tuple[str, object]] = [("sources read", sum(tally.states[s] for s in ("added", "reread", "replaced")))]
    rows.extend((f"  {words}", tally.states[s]) for s, words in STATES if tally.states[s])
    rows.append(("sources unchanged", tally.states["unchanged"]))
    rows.append(("sources failed", len(tally.failures)))
    rows.append(("units", tally.units))
    rows.extend((f"{kind}s", n) for kind, n in sorted(tally.kinds.items()))
    rows.append(("triggers without a rule", tally.misses))
    table(("what", "number"), rows)


STATES = (("reread", "read again, with other packs or a newer version"), ("replaced", "in place of an earlier version"))


def read(
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE...", help="Files, folders, JSON Lines of articles.")],
    record: Record = DEFAULT,
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="Processes that read.")] = 1,
    explain: Annotated[
        bool, typer.Option("--explain", help="List sentences that no rule fitted, and for every claim its rule.")
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Name each source once it is in the record.")] = False,
) -> None:
    """Read pages into the record. Reading the same page twice changes nothing.

    Examples:

      communique read pages/ --record my.db

      communique read articles.jsonl page.html --jobs 2

      communique read pages/ --explain > why.txt

    Exit code: 0 where every source was read, 3 where some failed, 1 where none could be read.
    """
    store = opened(record, create=True)
    before = store.size()
    try:
        tally = read_into(store, sources, jobs, explain, verbose)
    except KeyboardInterrupt:
        say(f"communique: stopped; {_count(store)} sources are in the record, run the same command to go on")
        raise typer.Exit(130) from None
    finally:
        store.close()
    if tally.failures and not tally.done():
        if len(tally.failures) > 1:
            say(f"communique: nothing could be read ({len(tally.failures)} failed)")
        raise typer.Exit(1)
    print_tally(tally)
    if tally.failures:
        raise typer.Exit(PARTLY)
    if not tally.done():
        raise CommuniqueError("nothing to read", where=", ".join(sources), remedy="name files with pages or articles")
    if before == 0 and not tally.kinds:
        say("no item was found in what was read; --explain says more")


def _count(store: Store) -> int:
    from communique.views import counts

    return counts(store).sources


def forget(
    source: Annotated[str, typer.Argument(help="Name, path or address of a source, as 'communique sources' lists it.")],
    record: Record = DEFAULT,
    reason: Annotated[str, typer.Option(help="Why; kept in the log.")] = "",
) -> None:
    """Withdraw what a source brought. People's decisions stay, and the log says what was withdrawn.

    Examples:

      communique forget 002_wrong.txt --reason "another country's page"
    """
    store = opened(record)
    gone = store.forget(source, who=_who(), reason=reason)
    heading(f"forgot {source}: {gone.units} units, {gone.claims} items withdrawn; decisions kept")


def _who() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(read)
    app.command()(forget)
