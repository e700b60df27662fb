"""What reading did, record by record: none is lost, and each ends as read, unchanged, skipped or failed."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from communique.cli.table import say, table
from communique.errors import CommuniqueError, SourceError
from communique.model import Skipped

NAMED = 20
"""Failures that the summary names, and times that one note is said."""
ALIKE = 3
"""Lines of one file with the same fault that are named."""
NUMBER = re.compile(r"\d+")
STATES = (("reread", "read again, with other packs or a newer version"), ("replaced", "in place of an earlier version"))


@dataclass
class Tally:
    """What reading did so far. ``failures`` are the first of those that failed, ``failed`` says how many there are."""

    states: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    units: int = 0
    misses: int = 0
    failed: int = 0
    failures: list[str] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)
    faults: Counter[tuple[str, str]] = field(default_factory=Counter)
    account: TextIO | None = None

    def done(self) -> int:
        """Return how many sources stand in the record, read now or before."""
        return sum(self.states.values())

    def found(self) -> int:
        """Return how many records there were."""
        return self.done() + self.failed + self.reasons.total()

    def read(self, where: str, state: str) -> None:
        """Count a source that stands in the record: ``added``, ``reread``, ``replaced`` or ``unchanged``."""
        self.states[state] += 1
        self._tell(where, state, "")

    def skip(self, skipped: Skipped) -> None:
        """Count a record that was passed over on purpose."""
        reason = skipped.reason if not skipped.reason.startswith("the same as ") else "the same as another one"
        self.reasons[reason if reason in self.reasons or len(self.reasons) < 100 else "other reasons"] += 1
        self._tell(skipped.where, "skipped", skipped.reason)

    def fail(self, error: SourceError) -> None:
        """Count and say what could not be read; of the lines of one file with the same fault, the first few."""
        self.failed += 1
        row = _row(error)
        if row is not None:
            self.faults[row] += 1
        if row is None or self.faults[row] <= ALIKE:
            if len(self.failures) < NAMED:
                self.failures.append(str(error))
            say(f"failed: {error}")
        elif self.faults[row] == ALIKE + 1:
            say(f"failed: {row[0]}: more lines with the same fault (from here on they are only counted)")
        self._tell(error.where, "failed", f"{error.what}. {error.remedy}" if error.remedy else error.what)

    def note(self, where: str, note: str) -> None:
        """Say something of a source that was read; the same thing not too often."""
        self.notes[note] += 1
        if self.notes[note] < NAMED:
            say(f"note: {where}: {note}")
        elif self.notes[note] == NAMED:
            say(f"note: {where}: {note} (from here on this is only counted)")

    def _tell(self, where: str, outcome: str, reason: str) -> None:
        if self.account is not None:
            line = json.dumps({"where": where, "outcome": outcome, "reason": reason or None}, ensure_ascii=False)
            self.account.write(line + "\n")


def _row(error: SourceError) -> tuple[str, str] | None:
    """The file and the fault, numbers apart, of a line that could not be read; None where no line is named."""
    file, line, number = error.where.rpartition(":")
    return (file, NUMBER.sub("", error.what)) if line and number.isdigit() else None


@contextmanager
def accounted(tally: Tally, path: Path | None) -> Iterator[Tally]:
    """Let a tally write what became of every record into a file, a line of JSON each.

    Raises:
        CommuniqueError: the file cannot be written.
    """
    if path is None:
        yield tally
        return
    try:
        with path.open("w", encoding="utf-8", errors="backslashreplace") as file:
            tally.account = file
            yield tally
    except OSError as e:
        raise CommuniqueError(f"cannot be written ({e.strerror})", where=str(path), remedy="name another file") from e
    finally:
        tally.account = None


def print_tally(tally: Tally) -> None:
    """Print what reading did."""
    rows: list[tuple[str, object]] = [("sources read", sum(tally.states[s] for s in ("added", "reread", "replaced")))]
    rows.extend((f"  {words}", tally.states[s]) for s, words in STATES if tally.states[s])
    rows.append(("sources unchanged", tally.states["unchanged"]))
    if tally.reasons:
        rows.append(("skipped", tally.reasons.total()))
        rows.extend((f"  {reason}", n) for reason, n in sorted(tally.reasons.items(), key=lambda x: (-x[1], x[0])))
    rows.append(("sources failed", tally.failed))
    rows.append(("units", tally.units))
    rows.extend((f"{kind}s", n) for kind, n in sorted(tally.kinds.items()))
    rows.append(("passages that may tell more (--explain lists them)", tally.misses))
    table(("what", "number"), rows)
    for line in tally.failures:
        say(f"not read: {line}")
    if tally.failed > len(tally.failures):
        say(f"not read: {tally.failed - len(tally.failures)} others; --account FILE lists them all")
