"""Questions to the record, the same for the command line, Python and HTTP. Read-only; every row has its quote."""

from communique.views.agreement import Agreement, agreement
from communique.views.basis import Basis, basis
from communique.views.changes import ItemChange, SourceChange, changes
from communique.views.conflicts import Conflict, conflicts
from communique.views.counts import counts, entries_list, facets, sources
from communique.views.filters import Filter
from communique.views.find import Page, Units, claim, find, find_units
from communique.views.persons import doubts, person
from communique.views.promises import Promise, due
from communique.views.review import Decision, Done, Doubtful, done, history, lost, part, parts, queue, text_of, value_of
from communique.views.rows import (
    Block,
    Coverage,
    Doubt,
    Entry,
    EntryRow,
    Facet,
    Item,
    MechanismView,
    PairView,
    PersonView,
    RoundRow,
    SeriesView,
    SourceRow,
    StateView,
    Telling,
    UnitRow,
    ValueSeen,
)
from communique.views.series import expectation, rounds
from communique.views.show import Shown, resolve, show
from communique.views.things import document, entry, mechanism, pair, state, unit

__all__ = [
    "Agreement",
    "Basis",
    "Block",
    "Conflict",
    "Coverage",
    "Decision",
    "Done",
    "Doubt",
    "Doubtful",
    "Entry",
    "EntryRow",
    "Facet",
    "Filter",
    "Item",
    "ItemChange",
    "MechanismView",
    "Page",
    "PairView",
    "PersonView",
    "Promise",
    "RoundRow",
    "SeriesView",
    "Shown",
    "SourceChange",
    "SourceRow",
    "StateView",
    "Telling",
    "UnitRow",
    "Units",
    "ValueSeen",
    "agreement",
    "basis",
    "changes",
    "claim",
    "conflicts",
    "counts",
    "document",
    "done",
    "doubts",
    "due",
    "entries_list",
    "entry",
    "expectation",
    "facets",
    "find",
    "find_units",
    "history",
    "lost",
    "mechanism",
    "pair",
    "part",
    "parts",
    "person",
    "queue",
    "resolve",
    "rounds",
    "show",
    "sources",
    "state",
    "text_of",
    "unit",
    "value_of",
]
