"""The record from Python: ``communique.open(path)``."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any, Self

from communique import briefs, exports, views
from communique.store import Store, open_store


class Record:
    """An open record. Queries take the filters of ``communique.views.Filter`` by name and return frozen rows."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self.store.close()

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
        asked = {"as_of": as_of, "lang": lang, "since": since, "until": until, "machine": machine, "pages": pages}
        made = briefs.compose(self.store, name, **asked)  # type: ignore[arg-type]
        if path is not None:
            exports.write(Path(path), [briefs.render(made, briefs.form_of(Path(path)))])
        return made

    def export(self, path: str | Path, format: str = "jsonl", **filters: Any) -> int:  # noqa: A002 - as on the command line
        """Write an export and return its size in bytes."""
        return exports.export(self.store, format, Path(path), views.Filter(**filters))


def open_record(path: str | Path = "communique.db", *, create: bool = False) -> Record:
    """Open the record in a file.

    Raises:
        RecordError: no such record, or none of ours.
    """
    return Record(open_store(path, create=create))
