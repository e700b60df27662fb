"""Who travels, where somebody is received on a journey: *A received B, who is on a working visit to A's state*."""

from __future__ import annotations

from collections.abc import Sequence

from communique.claims.clause import Clauses
from communique.claims.draft import Draft
from communique.claims.frame import Frame

CAME = ("guest", "head_of_delegation")
MET = frozenset({"talks", "ceremony"})
ASIDES = ("occasion", "during")


def travels(told: Sequence[Draft], made: Sequence[Draft], clauses: Clauses, frame: Frame) -> None:
    """Give a journey that follows a meeting to whoever was met, where it goes to the state of the one who met them.

    ``told`` is what the sentence told before, ``made`` what the frame gives. Nobody travels to their own state.
    """
    zone = clauses.zone(frame.trigger.start)
    aside = zone >= 0 and clauses.zones[zone].kind in ASIDES
    for draft in made:
        here = draft.place.country if draft.place else None
        came = [p for p, r in draft.roles if r in CAME]
        if draft.type != "visit" or here is None or not came or any(p.country != here for p in came):
            continue
        if not (aside or draft.form or draft.status == "ongoing"):
            continue  # *met the ambassador and visited a village*
        met = [(p, r) for d in told if d.type in MET for p, r in d.roles if p.country != here and p.kind != "state"]
        if met:
            rest = [(p, r) for p, r in draft.roles if r not in CAME]
            draft.roles = [*((p, "head_of_delegation" if r == CAME[1] else "guest") for p, r in met), *rest]
