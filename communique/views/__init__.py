"""Questions to the record, the same for the command line, Python and HTTP. Read-only; every row has its quote."""

from communique.views.basis import Basis, basis
from communique.views.changes import ItemChange, SourceChange, changes
from communique.views.conflicts import Conflict, conflicts
from communique.views.counts import Coverage, counts, entries_list, facets, sources
from communique.views.filters import Filter
from communique.views.find import Page, Units, claim, find, find_units
from communique.views.persons import doubts, person
from communique.views.promises import Promise, due
from communique.views.rows import (
    Block,
    Chair,
    Doubt,
    Entry,
    EntryRow,
    Facet,
    Held,
    Holder,
    Item,
    LevelChange,
    MechanismView,
    PairView,
    PersonView,
    Relation,
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
    "Basis",
    "Block",
    "Chair",
    "Conflict",
    "Coverage",
    "Doubt",
    "Entry",
    "EntryRow",
    "Facet",
    "Filter",
    "Held",
    "Holder",
    "Item",
    "ItemChange",
    "LevelChange",
    "MechanismView",
    "Page",
    "PairView",
    "PersonView",
    "Promise",
    "Relation",
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
    "basis",
    "changes",
    "claim",
    "conflicts",
    "counts",
    "document",
    "doubts",
    "due",
    "entries_list",
    "entry",
    "expectation",
    "facets",
    "find",
    "find_units",
    "mechanism",
    "pair",
    "person",
    "resolve",
    "rounds",
    "show",
    "sources",
    "state",
    "unit",
]
