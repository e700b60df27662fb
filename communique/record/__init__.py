"""From claims to things: which claims speak of one person, one mechanism, one happening, and why. Pure functions."""

from communique.record.changes import ENOUGH, Change, changes, lines, overlap
from communique.record.days import bounds
from communique.record.keys import Grouped, Key, Link, entry_id, first_mark, group_unit, short
from communique.record.known import Known, KnownMechanism, known_from
from communique.record.names import fold
from communique.record.persons import Judgement, found_by, reconstructed
from communique.record.series import Gap, Round, Sitting, rounds, same_round

__all__ = [
    "ENOUGH",
    "Change",
    "Gap",
    "Grouped",
    "Judgement",
    "Key",
    "Known",
    "KnownMechanism",
    "Link",
    "Round",
    "Sitting",
    "bounds",
    "changes",
    "entry_id",
    "first_mark",
    "fold",
    "found_by",
    "group_unit",
    "known_from",
    "lines",
    "overlap",
    "reconstructed",
    "rounds",
    "same_round",
    "short",
]
