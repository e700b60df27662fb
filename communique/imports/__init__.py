"""A way into the record for what people coded: spreadsheets in the codebook's columns, and exports that were edited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path

from communique.errors import CommuniqueError
from communique.flow import Reading
from communique.imports._edits import Edit, edited, is_ours
from communique.imports._sheets import Sheet, sheets
from communique.loader.packs import load
from communique.model import Claim, Document, Raw, Unit
from communique.record.cells import Fault, Reader
from communique.record.handcoded import Coded, Coder, Line
from communique.store import Store
from communique.store.standing import standing as standing_of
from communique.store.store import CODER
from communique.views.filters import KINDS
from communique.views.standing import standing
from communique.views.tables import NAMES, PEOPLE, tables

__all__ = ["Amiss", "Brought", "bring"]

MEDIA = {".csv": "text/csv", ".tsv": "text/tab-separated-values", ".txt": "text/csv"}
BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AT_ONCE = 400
Step = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Amiss:
    """A row that was not taken: where it stands, the column, what is wrong, the remedy."""

    where: str
    row: int
    column: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: row {self.row}, column {self.column}: {self.what}. {self.remedy}"


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import did.

    Attributes:
        rows: of the file. added: rows that are claims of a person now, or were before. edited: items that were
            corrected, accepted or rejected. fields: cells that were changed in them. same: rows of an export in which
            nothing was changed. amiss: what is wrong; none of these rows was taken.
        own: columns that are the person's own. notes: what else should be said. decisions: ids, to undo them.
    """

    rows: int = 0
    added: int = 0
    edited: int = 0
    fields: int = 0
    same: int = 0
    amiss: tuple[Amiss, ...] = ()
    own: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()

    @property
    def missed(self) -> int:
        """How many rows were not taken."""
        return len({(a.where, a.row) for a in self.amiss})


@dataclass
class _Found:
    """What was read of a file so far."""

    rows: int = 0
    same: int = 0
    ids: set[str] = field(default_factory=set)
    coded: list[Coded] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    amiss: list[Amiss] = field(default_factory=list)
    own: dict[str, None] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def bring(
    store: Store,
    path: Path,
    who: str,
    *,
    kind: str | None = None,
    reason: str = "",
    check: bool = False,
    step: Step | None = None,
) -> Brought:
    """Import a sheet that a person coded or edited.

    A row without an id of this record becomes a claim of the person, accepted; its unit holds what the row quotes. A
    row with one is compared with its item, and the cells that were changed become a decision of the person. A row with
    a cell that is wrong is left out and named; the rest is taken.

    Args:
        who: the person. kind: of the rows, where neither sheet, file nor columns tell it. reason: kept with decisions.
        check: only say what would be done. step: is told of every so many rows done.

    Raises:
        CommuniqueError: the file cannot be read, or what its rows are cannot be told. RecordError: the record does not
            answer.
    """
    if not who.strip():
        raise CommuniqueError("nobody is named who coded it", remedy="give a name")
    found = _Found()
    read = list(sheets(path))
    for sheet in read:
        if (one := _kind(path, sheet, kind)) is not None:
            _read(store, path, sheet, one, who.strip(), found, step)
        else:
            found.notes.append(f"sheet {sheet.name!r} is not imported: its rows follow from the other sheets")
    if not read:
        raise CommuniqueError(
            "has no rows", where=str(path), remedy="write the names of the columns into its first row"
        )
    _say_twice(found)
    made: list[str] = []
    edits = list(found.edits)
    if not check:
        edits = list(_decided(store, path, found, who.strip(), reason, made, step))
        _added(store, path, found, who.strip())
    return Brought(
        found.rows, len(found.coded), len(edits), sum(len(e.values) + (e.action is not None) for e in edits),
        found.same, tuple(found.amiss), tuple(found.own), tuple(found.notes), tuple(made),
    )  # fmt: skip


# --- what the rows are ----------------------------------------------------------------------------------------------


def _kind(path: Path, sheet: Sheet, kind: str | None) -> str | None:
    """Return the kind of a sheet's rows; None for a table that is made of others."""
    if kind is not None:
        if kind not in KINDS:
            raise CommuniqueError(f"no kind {kind!r}", remedy=f"one of: {', '.join(KINDS)}")
        return kind
    for name in (sheet.name, path.stem):
        words = name.lower().replace("_", " ").split()
        if words and (first := words[0]) in NAMES:
            return first if first in KINDS else None
        if words and words[0].removesuffix("s") in KINDS:
            return words[0].removesuffix("s")
    told = set(map(_column, sheet.header))
    fits = {k: len(told & {c.name for c in load().schema[k].columns}) for k in KINDS}
    most = max(fits.values())
    best = [k for k, n in fits.items() if n == most > 1]
    if len(best) != 1:
        where = f"{path}: sheet {sheet.name}" if sheet.name else str(path)
        remedy = f"name their kind with --kind, one of: {', '.join(KINDS)}"
        raise CommuniqueError("cannot tell what its rows are", where=where, remedy=remedy)
    return best[0]


def _column(name: str) -> str:
    return "_".join(name.lower().replace("-", " ").split())


def _lines(path: Path, sheet: Sheet, kind: str, found: _Found) -> Iterator[Line]:
    known = {*tables()[kind].names, "coder"}
    names = [c if (c := _column(name)) in known else name for name in sheet.header]
    where = f"{path}: sheet {sheet.name}" if sheet.name else str(path)
    for name, n in Counter(filter(None, names)).items():
        if n > 1:
            raise CommuniqueError(f"has the column {name!r} {n} times", where=where, remedy="rename all but one")
    missing = [c.name for c in load().schema[kind].columns if c.needed and c.name not in names]
    if missing and "id" not in names:
        remedy = f"add it, or name another kind than {kind} with --kind"
        raise CommuniqueError(f"has no column {', '.join(missing)}", where=where, remedy=remedy)
    for name in (n for n in names if n and n not in known and n not in found.own):
        found.own[name] = None
        if close := get_close_matches(_column(name), known, 1, 0.8):
            found.notes.append(f"column {name!r} is taken as your own; {close[0]!r} is the codebook's")
    for row in sheet.rows:
        cells, own = {}, {}
        for i, text in enumerate(row.cells):
            name = names[i] if i < len(names) else ""
            if name in known:
                cells[name] = text
            elif text and name:
                own[name] = text
            elif text:
                fault = Fault(str(i + 1), "has a cell but no name", "name the column in the first row")
                found.amiss.append(Amiss(where, row.number, *fault))
        short = {n: "" for n in names[len(row.cells) :] if n in known}
        yield Line(sheet.name, row, cells | short, own)


def _read(store: Store, path: Path, sheet: Sheet, kind: str, who: str, found: _Found, step: Step | None) -> None:
    packs = load().schema
    roles = next(c.words for c in packs[PEOPLE].columns if c.name == "role")
    reader = Reader(packs[kind], roles, store.known)
    coder = Coder(reader, path.name, who)
    where = f"{path}: sheet {sheet.name}" if sheet.name else str(path)
    ours: list[Line] = []
    for line in _lines(path, sheet, kind, found):
        found.rows += 1
        if is_ours(line.cells.get("id", "")):
            ours.append(line)
            found.ids.add(line.cells["id"])
            continue
        if any(a.row == line.row.number and a.where == where for a in found.amiss[-1:]):
            continue
        made, faults = coder.coded(line, found.rows)
        found.amiss += [Amiss(where, line.row.number, *f) for f in faults]
        if made is not None:
            found.coded.append(made)
        if step and found.rows % AT_ONCE == 0:
            step(AT_ONCE)
    items = standing(store, (line.cells["id"] for line in ours))
    for one in edited(ours, items, reader):
        if isinstance(one, Edit):
            if one.values or one.action:
                found.edits.append(one)
            else:
                found.same += 1
        else:
            found.amiss += [Amiss(where, one[0].row.number, *f) for f in one[1]]


def _say_twice(found: _Found) -> None:
    seen: dict[str, str] = {}
    for c in found.coded:
        if c.claim.id in seen:
            said = f"{c.claim.rule.rpartition('/')[2]} says the same as {seen[c.claim.id]}: it is kept once"
            found.notes.append(said)
        seen.setdefault(c.claim.id, c.claim.rule.rpartition("/")[2])


# --- into the record ------------------------------------------------------------------------------------------------


def _decided(
    store: Store, path: Path, found: _Found, who: str, reason: str, made: list[str], step: Step | None
) -> Iterator[Edit]:
    """Keep the edits as decisions, each by itself, and yield those that could be kept."""
    for edit in found.edits:
        number, sheet = edit.line.row.number, edit.line.sheet
        where = f"{path}: sheet {sheet}" if sheet else str(path)
        why = reason or f"{path.name}, {sheet + ' ' if sheet else ''}row {number}"
        try:
            if edit.values:
                made.append(store.decide(edit.item, "correct", who, why, edit.values))
            if edit.action:
                made.append(store.decide(edit.item, edit.action, who, why))
        except CommuniqueError as e:
            found.amiss.append(Amiss(where, number, ", ".join(edit.values) or "review", e.what, "see the item"))
            continue
        if step:
            step(1)
        yield edit


def _added(store: Store, path: Path, found: _Found, who: str) -> None:
    """Add new rows as what the sheet says now; rows that came before and have their ids by now stay."""
    if not found.coded:
        return
    origin = str(path)
    units: Sequence[Unit] = [c.unit for c in found.coded]
    claims: Sequence[Claim] = [c.claim for c in found.coded]
    if found.ids:
        before, coded = standing_of(store, path.name, origin, found.ids)
        new = {u.id for u in units}
        units = [*(u for u in before if u.id not in new), *units]
        claims = [*coded, *claims]
    raw = Raw(path.name, path.read_bytes(), MEDIA.get(path.suffix.lower(), BOOK), origin)
    numbered = tuple(replace(u, position=n) for n, u in enumerate(units))
    document = Document(raw.source, raw.origin, raw.digest, raw.media, units=numbered)
    store.add(Reading(document, tuple(claims), ()), raw, f"{who}, by {CODER}")
