"""From claims to things: which claims speak of one person, one mechanism, one happening, and why. Pure functions."""

from communique.record.changes import ENOUGH, Change, changes, lines, overlap
from communique.record.days import bounds
from communique.record.decided import REVIEW, Decided, Decision, checked, decided, is_date
from communique.record.expect import Cadence, Expected, cadence, expected
from communique.record.keys import Grouped, Key, Link, entry_id, first_mark, group_unit, short
from communique.record.known import Known, KnownMechanism, known_from
from communique.record.names import fold
from communique.record.persons import Judgement, found_by, reconstructed
from communique.record.series import Gap, Round, Sitting, rounds, same_round
from communique.record.slips import Slip
from communique.record.slips import slips as find_slips
from communique.record.terms import Sign, Term, terms

__all__ = [
    "ENOUGH",
    "REVIEW",
    "Cadence",
    "Change",
    "Decided",
    "Decision",
    "Expected",
    "Gap",
    "Grouped",
    "Judgement",
    "Key",
    "Known",
    "KnownMechanism",
    "Link",
    "Round",
    "Sign",
    "Sitting",
    "Slip",
    "Term",
    "bounds",
    "cadence",
    "changes",
    "checked",
    "decided",
    "entry_id",
    "expected",
    "find_slips",
    "first_mark",
    "fold",
    "found_by",
    "group_unit",
    "is_date",
    "known_from",
    "lines",
    "overlap",
    "reconstructed",
    "rounds",
    "same_round",
    "short",
    "terms",
]
