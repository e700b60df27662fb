"""``communique watch``: feeds, for as long as one likes."""

from __future__ import annotations

import datetime as dt
import signal
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from communique.cli.options import DEFAULT, Archived, Reach, Record, archive_of, guard_of, opened
from communique.cli.table import say, table
from communique.errors import CommuniqueError
from communique.source import Archive, Web


def watch(
    plan: Annotated[Path, typer.Argument(metavar="FEEDS.toml", help="The feeds to watch.")],
    record: Record = DEFAULT,
    archive: Archived = None,
    reach: Reach = None,
    report: Annotated[bool, typer.Option("--report", help="Print how every feed is doing, and stop.")] = False,
    minutes: Annotated[
        float | None, typer.Option("--for", metavar="MINUTES", min=0, help="Stop after so long.")
    ] = None,
) -> None:
    """Watch feeds and sitemaps: what is new is fetched, kept and read into the record within a minute or so.

    Every article is read once, however often the watch is stopped; one that changes takes the place of its earlier
    version, which is kept. Stop it with Ctrl-C or SIGTERM. The plan is a TOML file:

      pause = 2                                  # seconds between two requests to one host

      [[feed]]

      name = "paper"

      address = "https://example.org/rss.xml"

      every = 30                                 # seconds between two looks

      again = 24                                 # hours until a listed article is looked at again; 0: never

    Examples:

      communique watch feeds.toml

      communique watch feeds.toml --record team.db --for 60

      communique watch feeds.toml --report
    """
    from communique.engines.plan import load
    from communique.engines.watch import Watch, alone

    wanted = load(plan)
    with ExitStack() as stack:
        kept = stack.enter_context(archive_of(archive, record))
        if report:
            _report(kept)
            return
        store = opened(record, create=True)
        stack.callback(store.close)
        stack.enter_context(alone(kept.folder))
        stop = threading.Event()

        def end(_number: int, _frame: FrameType | None) -> None:
            if stop.is_set():
                raise KeyboardInterrupt
            say("communique: stopping after what is under way; once more to stop at once")
            stop.set()

        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, end)
        web = Web(guard_of(reach), kept, pause=wanted.pause, tries=1, patience=5)
        until = time.monotonic() + minutes * 60 if minutes is not None else None
        Watch(wanted, store, kept, web, say).run(stop, until)


def _report(kept: Archive) -> None:
    from communique.engines.watch import BEFORE, LAST, signs
    from communique.source.archive import is_archive
    from communique.source.ledger import Ledger

    if not is_archive(kept.folder):
        raise CommuniqueError("nothing was watched yet", where=str(kept.folder), remedy="run the watch first")
    now = time.time()
    rows = []
    notes = []
    for state in Ledger(kept).states(LAST + BEFORE):
        waiting = state.states.get("due", 0) + state.states.get("fetched", 0)
        read, failed = state.states.get("read", 0), state.states.get("failed", 0)
        seen = signs(state, now)
        notes += [f"{state.name}: {sign}" for sign in seen]
        good = [x for x in state.last if x.state == "read"]
        mean = [
            f"{sum(v) / len(good):.1f}" if good else "-" for v in ([x.units for x in good], [x.claims for x in good])
        ]
        told = (_moment(state.answered_at), _moment(state.newest))
        rows.append((state.name, *told, state.entries, read, waiting, failed, *mean, "look" if seen else "well"))
    columns = ("feed", "answered", "newest", "listed", "read", "waiting", "failed", "units each", "items each", "state")
    table(columns, rows)
    for note in notes:
        say(note)


def _moment(seconds: float) -> str:
    return dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y-%m-%d %H:%M") if seconds else "never"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(watch)
