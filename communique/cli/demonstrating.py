"""``communique demo``: the pages that ship with the program, read and shown."""

from __future__ import annotations

import shlex
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from communique import views
from communique.cli.items import in_sentence, print_timeline
from communique.cli.options import opened
from communique.cli.reading import PARTLY, read_into
from communique.cli.table import flat, heading, table
from communique.cli.tally import print_tally
from communique.errors import CommuniqueError
from communique.store import Store

ROWS = 12
NAME = "communique"


def pages() -> Path:
    """Return the folder of the demo pages.

    Raises:
        CommuniqueError: it is not there.
    """
    here = Path(__file__).resolve().parent.parent
    for folder in (here / "demo", here.parent / "cases" / "demo"):
        if folder.is_dir():
            return folder
    raise CommuniqueError("the demo pages are missing", where=str(here), remedy="install communique again")


def demo(
    record: Annotated[
        str | None, typer.Option("--record", metavar="PATH", help="Keep the record here (default: a temporary file).")
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="Processes that read.")] = 1,
) -> None:
    """Read the demo pages into a record of their own and show what was found.

    Examples:

      communique demo

      communique demo --record demo.db
    """
    where = record or str(Path(tempfile.mkdtemp(prefix="communique-")) / "demo.db")
    store = opened(where, create=True)
    tally = read_into(store, [str(pages())], jobs)
    heading("What was read")
    print_tally(tally)
    _units(store)
    _engagements(store)
    _people(store)
    series = _mechanisms(store)
    _commitments(store)
    heading(f"\nTo open it in the browser:  {_program()} serve --record {where}")
    if series:
        heading(f"To ask it:                  {_program()} show {shlex.quote(series)} --record {where}")
    store.close()
    if tally.failed:
        raise typer.Exit(PARTLY if tally.done() else 1)


def _program() -> str:
    """How the program is called from here: by its name where the shell finds it, else by its path."""
    called = Path(sys.argv[0])
    found = called.is_file() and called.stem == NAME and shutil.which(NAME) is None
    return shlex.quote(str(called)) if found else NAME


def _title(what: str, shown: int, total: int) -> None:
    heading(f"\n{what}: {total}" + (f" (the first {shown})" if shown < total else ""))


def _units(store: Store) -> None:
    found = views.find_units(store, limit=ROWS)
    _title("Units", len(found.units), found.total)
    table(
        ("told", "role", "items", "title", "source"),
        [(u.published or u.not_before or "-", u.role, u.items, u.title, u.source) for u in found.units],
    )


def _engagements(store: Store) -> None:
    page = views.find(store, views.Filter(kind="engagement"), limit=ROWS)
    _title("Engagements", len(page.items), page.total)
    table(
        ("date", "type", "status", "who", "round", "sentence"),
        [(i.date or "-", i.type, i.status, ", ".join(i.actors) or "-", _round(i), i.quote) for i in page.items],
    )


def _round(item: views.Item) -> str:
    return flat(" ".join(str(x) for x in (item.values.get("mechanism"), item.values.get("ordinal")) if x)) or "-"


def _people(store: Store) -> None:
    people = views.entries_list(store, "person", limit=ROWS)
    _title("People", len(people), views.counts(store).entries.get("person", 0))
    rows = []
    for p in people:
        view = views.person(store, p.id)
        office = view.offices[0].name if view and view.offices else "-"
        rows.append((p.name, view.latin or "-" if view else "-", p.country or "-", office, p.items))
    table(("name", "latin", "country", "office", "tellings"), rows)


def _mechanisms(store: Store) -> str:
    """Print the series with most rounds; return the short name of the first, or nothing."""
    found = views.entries_list(store, "mechanism", limit=200)
    series = [(m, views.rounds(store, m.id)) for m in found]
    series.sort(key=lambda x: (-len(x[1].rounds), x[0].name))
    _title("Mechanisms", min(ROWS, len(found)), views.counts(store).entries.get("mechanism", 0))
    table(
        ("name", "also", "tellings", "rounds"),
        [(m.name, ", ".join(m.also) or "-", m.items, len(s.rounds)) for m, s in series[:ROWS]],
    )
    if series and series[0][1].rounds:
        view = views.mechanism(store, series[0][0].id)
        if view:
            heading(f"\n{view.name}: its rounds")
            print_timeline(store, view)
            return min((view.name, *series[0][0].also), key=len)
    return ""


def _commitments(store: Store) -> None:
    page = views.find(store, views.Filter(kind="commitment"), limit=ROWS)
    _title("Commitments", len(page.items), page.total)
    table(
        ("who", "to whom", "act", "what", "due", "topics"),
        [
            (
                ", ".join(i.values.get("actors") or ()) or "-",
                ", ".join(i.values.get("counterparties") or ()) or "-",
                i.type,
                i.values.get("content") or i.quote,
                i.date or "-",
                ", ".join(i.values.get("topics") or ()) or "-",
            )
            for i in page.items
        ],
    )
    if page.items:
        i = page.items[0]
        heading(f"\nOne commitment with its sentence ({i.source}, {i.title}):")
        heading(f"  {', '.join(i.values.get('actors') or ())} {i.type}: {flat(i.values.get('content') or i.quote)}")
        heading(f"  {in_sentence(store, [i])[i.id]}")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(demo)
