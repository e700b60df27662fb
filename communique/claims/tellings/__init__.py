"""One item per event per unit: what title, caption, lead and body tell again becomes one draft.

``signs`` is the table of what makes two tellings one, by type; ``joined`` adds the one to the other; ``parts`` takes in
what is told of an event as if it were one of its own. ``again`` and ``retold`` look at the words: *this is their
third drill* tells no new one.
"""

from __future__ import annotations

from communique.claims.draft import HEADLINES, Draft
from communique.claims.tellings.joined import join
from communique.claims.tellings.parts import absorbed
from communique.claims.tellings.signs import same


def merge(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts with repeats joined; the telling that says most leads, headlines follow."""
    out: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.part in HEADLINES, d.sentence, d.start)):
        match = next((o for o in out if same(o, draft)), None)
        if match is None:
            out.append(draft)
        else:
            join(match, draft)
    return sorted(absorbed(out), key=lambda d: (d.sentence, d.start))
