"""The record from Python: ``communique.open(path)``. Queries give rows, and rows give data frames and charts."""

from __future__ import annotations

import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from communique import briefs, exports, views
from communique.api.charts import Charts
from communique.api.frames import Rows
from communique.engines import coder, run
from communique.errors import SourceError
from communique.imports import Brought, bring
from communique.model import Raw
from communique.source import open_sources
from communique.store import Store, open_store
from communique.views.tables import NAMES

__all__ = ["Charts", "Record", "Rows", "open_demo", "open_record"]


class Record:
    """An open record. Queries take the filters of ``communique.views.Filter`` by name and return frozen rows."""

    def __init__(self, store: Store) -> None:
        self.store = store

    @property
    def charts(self) -> Charts:
        """Charts of what the record holds, as Altair objects."""
        return Charts(self.store)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self.store.close()

    def read(self, *targets: str | Path, jobs: int = 1) -> tuple[str, ...]:
        """Read files and folders into the record and return what failed, a line each; the rest is read.

        Args:
            jobs: processes that read. Several need a script that starts under ``if __name__ == "__main__"``.

        Raises:
            CommuniqueError: the record does not answer, or a process died.
        """
        failed: list[str] = []

        def fresh() -> Any:
            for found in open_sources([str(t) for t in targets]):
                if isinstance(found, Raw):
                    yield found
                else:
                    failed.append(str(found))

        for done in run(fresh(), jobs):
            try:
                if done.reading is None:
                    raise done.error or SourceError("cannot be read", where=done.raw.origin)
                self.store.add(done.reading, done.raw, coder())
            except SourceError as e:
                self.store.fail(done.raw, str(e), coder())
                failed.append(str(e))
        return tuple(failed)

    def rows(self, table: str = "engagement", text: str | None = None, **filters: Any) -> Rows:
        """Return the rows of a table that fit, for loops and data frames.

        Args:
            table: a kind of item, ``participant`` or ``source``. text: words that items must have. filters: the
                fields of ``communique.views.Filter``, as for ``find``.

        Raises:
            CommuniqueError: no such table.
        """
        return Rows(self.store, table, views.Filter(text=text, **filters))

    @property
    def tables(self) -> tuple[str, ...]:
        """The names that ``rows`` takes."""
        return NAMES

    def find(self, text: str | None = None, *, limit: int = 50, start: int = 0, **filters: Any) -> views.Page:
        """Return the items that fit; ``filters`` are the fields of ``Filter``."""
        return views.find(self.store, views.Filter(text=text, **filters), limit=limit, start=start)

    def show(self, name: str) -> views.Shown:
        """Return what the record has of a name, an acronym, a state, a pair of states or an id."""
        return views.show(self.store, name)

    def rounds(self, mechanism: str) -> views.SeriesView:
        """Return the rounds of a mechanism in order, with its gaps."""
        return views.rounds(self.store, mechanism)

    def conflicts(self, name: str | None = None, what: str | None = None) -> tuple[views.Conflict, ...]:
        """Return where the record disagrees with itself; ``what`` is one of ``communique.views.conflicts.WHAT``."""
        return views.conflicts(self.store, name, what)

    def due(
        self, name: str | None = None, *, by: str | None = None, as_of: str, every: bool = False
    ) -> tuple[views.Promise, ...]:
        """Return commitments with what became of them by the day ``as_of``; ``every``: without a due date too."""
        return views.due(self.store, name, by=by, as_of=as_of, every=every)

    def judge(self, one: str, other: str, verdict: str, who: str, reason: str) -> str:
        """Keep a person's word that two entries are the ``same`` or ``different``; return the judgement's id."""
        return self.store.judge(one, other, verdict, who, reason)

    def undo(self, judgement: str, who: str, reason: str = "") -> None:
        """Take back a judgement; everything is as before."""
        self.store.undo(judgement, who, reason)

    def counts(self) -> views.Coverage:
        """Return what the record holds."""
        return views.counts(self.store)

    def brief(
        self,
        name: str,
        path: str | Path | None = None,
        *,
        as_of: str,
        lang: str,
        since: str | None = None,
        until: str | None = None,
        machine: bool = False,
        pages: int = briefs.PAGES,
    ) -> briefs.Brief:
        """Return the brief on a name, and write it to ``path`` in the format of its ending; see ``briefs.compose``."""
        made = briefs.compose(
            self.store, name, as_of=as_of, since=since, until=until, lang=lang, machine=machine, pages=pages
        )
        if path is not None:
            exports.write(Path(path), [briefs.render(made, briefs.form_of(Path(path)))])
        return made

    def export(self, path: str | Path, format: str = "jsonl", **filters: Any) -> int:  # noqa: A002 - as on the command line
        """Write an export and return its size in bytes."""
        return exports.export(self.store, format, Path(path), views.Filter(**filters))

    def release(self, folder: str | Path, about: exports.About | None = None, **filters: Any) -> int:
        """Write a dataset that a paper can cite into a new folder and return its size in bytes.

        Raises:
            CommuniqueError: the folder holds something, or cannot be written.
        """
        return exports.release(self.store, Path(folder), about or exports.About(), views.Filter(**filters))

    def verify(self, folder: str | Path) -> list[str]:
        """Make a release again and return what differs, nothing where it is the same byte for byte.

        Raises:
            CommuniqueError: the folder is no release.
        """
        return list(exports.verify(Path(folder), self.store))

    def bring(self, path: str | Path, who: str, **how: Any) -> Brought:
        """Import a sheet that a person coded, or an export that was edited; ``how`` as ``communique.imports.bring``.

        Raises:
            CommuniqueError: the file cannot be read, or what its rows are cannot be told.
        """
        return bring(self.store, Path(path), who, **how)


def open_record(path: str | Path = "communique.db", *, create: bool = False) -> Record:
    """Open the record in a file.

    Raises:
        RecordError: no such record, or none of ours.
    """
    return Record(open_store(path, create=create))


def open_demo() -> Record:
    """Return a record of the pages that ship with the program, read into a temporary file."""
    from communique.cli.demonstrating import pages

    record = open_record(Path(tempfile.mkdtemp(prefix="communique-")) / "demo.db", create=True)
    record.read(pages())
    return record
