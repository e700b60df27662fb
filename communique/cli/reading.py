"""``communique read`` and ``communique forget``."""

from __future__ import annotations

import getpass
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from itertools import groupby, islice, zip_longest
from pathlib import Path
from typing import Annotated

import typer

from communique.cli.explain import explain
from communique.cli.options import DEFAULT, Archived, Reach, Record, archive_of, guard_of, opened
from communique.cli.progress import Counter
from communique.cli.table import heading, say
from communique.cli.tally import Tally, accounted, print_tally
from communique.engines import Outcome, coder, run
from communique.errors import CommuniqueError, SourceError
from communique.model import Raw, Skipped
from communique.source import Web
from communique.store import Added, Store

PARTLY = 3
TOGETHER = 50
"""Sources in one transaction where an engine read them."""


def read_into(
    store: Store,
    targets: Sequence[str],
    jobs: int = 1,
    explained: bool = False,
    verbose: bool = False,
    web: Web | None = None,
    account: Path | None = None,
    engine: tuple[str, Path] | None = None,
) -> Tally:
    """Read sources into a record: each source is one transaction, a failed one is noted and the rest goes on.

    Args:
        explained: print every claim with its rule, and what no rule fitted. verbose: name each source once it is kept.
        web: fetches addresses. account: a file that gets a line for what became of every record.
        engine: the name of an engine that reads in ``jobs`` workers, and the folder for its claims.

    Raises:
        CommuniqueError: the record does not answer, or a process or engine failed.
    """
    with accounted(Tally(), account) as tally, Counter("reading", things="sources") as tick:
        if engine is None:
            outcomes = run(_fresh(store, targets, tally, tick, explained, web), jobs)
        else:
            outcomes = _spread(store, targets, tally, tick, explained, web, jobs, engine)
        together = 1 if engine is None else TOGETHER
        for some in iter(lambda: list(islice(outcomes, together)), []):
            keep_all(store, some, tally, explained, verbose)
            for _ in some:
                tick()
    if tally.units:
        store.settle()
    return tally


def _fresh(
    store: Store, targets: Sequence[str], tally: Tally, tick: Counter, again: bool, web: Web | None
) -> Iterator[Raw]:
    """Yield the sources that are not in the record yet, or all of them ``again``; note the others."""
    from communique.source import open_sources

    for found in open_sources(targets, web=web):
        if isinstance(found, SourceError):
            tally.fail(found)
        elif isinstance(found, Skipped):
            tally.skip(found)
        elif not again and store.has(found.source, found.digest, coder()):
            tally.read(found.origin, "unchanged")
        else:
            yield found
            continue
        tick()


def _spread(
    store: Store,
    targets: Sequence[str],
    tally: Tally,
    tick: Counter,
    again: bool,
    web: Web | None,
    jobs: int,
    engine: tuple[str, Path],
) -> Iterator[Outcome]:
    """Yield what an engine read and the record has not, or all of it ``again``; note the rest."""
    from communique.engines.spread import spread

    for fate in spread(targets, engine[1], engine[0], jobs, web):
        if isinstance(fate, SourceError):
            tally.fail(fate)
        elif isinstance(fate, Skipped):
            tally.skip(fate)
        elif not again and store.has(fate.raw.source, fate.raw.digest, coder()):
            tally.read(fate.raw.origin, "unchanged")
        else:
            yield fate
            continue
        tick()


def keep_all(
    store: Store, outcomes: Sequence[Outcome], tally: Tally, explained: bool = False, verbose: bool = False
) -> None:
    """Put what was read of some sources into the record, as many in one transaction as were read in a row."""
    for was_read, row in groupby(outcomes, lambda o: o.reading is not None):
        some, done = list(row), list[Added]()
        if was_read and len(some) > 1:
            with suppress(SourceError):
                done = store.add_all(((o.reading, o.raw) for o in some if o.reading is not None), coder())
        for outcome, added in zip_longest(some, done):
            keep(store, outcome, tally, explained, verbose, added)


def keep(
    store: Store,
    outcome: Outcome,
    tally: Tally,
    explained: bool = False,
    verbose: bool = False,
    added: Added | None = None,
) -> None:
    """Put what was read of one source into the record (unless it was ``added``), or note why it could not be read."""
    reading, error = outcome.reading, outcome.error
    if reading is not None:
        try:
            added = added or store.add(reading, outcome.raw, coder())
        except SourceError as e:
            error = e
        else:
            tally.read(outcome.raw.origin, added.state)
            tally.units += added.units
            tally.kinds.update(c.kind for c in reading.claims)
            tally.misses += len(reading.misses)
            for note in reading.document.notes:
                tally.note(outcome.raw.origin, note)
            if verbose:
                say(f"{added.state}: {outcome.raw.origin}")
            if explained:
                explain(reading)
            return
    if error is not None:
        store.fail(outcome.raw, str(error), coder())
        tally.fail(error)


SOURCES = "Files, folders, addresses: pages (text, HTML, PDF, .eml), JSON Lines, WARC, mbox, feeds, sitemaps."


def read(  # noqa: PLR0913 - a command has the options that it has
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE...", help=SOURCES)],
    record: Record = DEFAULT,
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="Processes that read.")] = 1,
    explain: Annotated[
        bool, typer.Option("--explain", help="List sentences that no rule fitted, and for every claim its rule.")
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Name each source once it is in the record.")] = False,
    archive: Archived = None,
    reach: Reach = None,
    engine: Annotated[
        str | None, typer.Option("--engine", metavar="NAME", help="Read on an engine in --jobs workers: daft.")
    ] = None,
    claims: Annotated[
        Path | None,
        typer.Option(
            "--claims", metavar="FOLDER", help="With --engine: write claims here (default: beside the record)."
        ),
    ] = None,
    account: Annotated[
        Path | None, typer.Option("--account", metavar="FILE", help="Write what became of every record, as JSON Lines.")
    ] = None,
) -> None:
    """Read pages into the record. Reading the same page twice changes nothing.

    What each source is, its form says. Of a feed or sitemap, every page that it lists is fetched, politely: as its
    robots.txt allows, one request at a time. What is fetched is kept beside the record, and reads again without the
    net. Every record is read, skipped or failed; the summary says how many and why.

    Examples:

      communique read pages/ --record my.db

      communique read articles.jsonl page.html news.warc.gz letters.mbox --jobs 2

      communique read https://example.org/rss.xml

      communique read communique.archive --record again.db

      communique read pages/ --explain > why.txt

      communique read year/*.warc.gz --engine daft --jobs 16

    Exit code: 0 where every source was read, 3 where some failed, 1 where none could be read.
    """
    store = opened(record, create=True)
    before = store.size()
    with ExitStack() as stack:
        stack.callback(store.close)
        web = Web(guard_of(reach), stack.enter_context(archive_of(archive, record)))
        try:
            tally = read_into(store, sources, jobs, explain, verbose, web, account, _engine(engine, claims, record))
        except KeyboardInterrupt:
            say(f"communique: stopped; {_count(store)} sources are in the record, run the same command to go on")
            raise typer.Exit(130) from None
    if tally.failed and not tally.done():
        if tally.failed > 1:
            say(f"communique: nothing could be read ({tally.failed} failed)")
        raise typer.Exit(1)
    print_tally(tally)
    if tally.failed:
        raise typer.Exit(PARTLY)
    if not tally.done():
        raise CommuniqueError("nothing to read", where=", ".join(sources), remedy="name files with pages or articles")
    if before == 0 and not tally.kinds:
        say("no item was found in what was read; --explain says more")


def _engine(name: str | None, folder: Path | None, record: str) -> tuple[str, Path] | None:
    if name is None:
        if folder is not None:
            raise CommuniqueError("goes with an engine", where="--claims", remedy="add --engine daft")
        return None
    from communique.engines.spread import engine_of

    engine_of(name)
    return name, folder or Path(DEFAULT if "://" in record else record).with_suffix(".claims")


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
