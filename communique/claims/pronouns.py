"""Whom *he* means where no blanks part words: an officer without a name, whom somebody meets in a clause."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from communique.claims.clause import Group
from communique.claims.draft import Party
from communique.claims.persons import Person
from communique.claims.posts import ends_in_post
from communique.loader.language import LanguagePack
from communique.model import Mention


def met_by(
    text: str,
    named: Sequence[Mention],
    lo: int,
    m: Mention,
    who: Callable[[Mention], Person | None],
    pack: LanguagePack,
) -> Mention | None:
    """Return whom the one who acts in a clause meets: *while X of A is there, Y of B will meet **her***.

    ``named`` are the persons of the sentence before the word ``m``, ``lo`` is where its clause begins, and ``who``
    tells who somebody is.
    """
    acts = next((x for x in reversed(named) if x.start >= lo), None)
    if acts is None or not text.endswith(tuple(pack.markers.before.get("with", ())), lo, m.start):
        return None
    mine = who(acts)
    own = mine.country if mine is not None else None
    others = [x for x in named if x.end <= lo and (p := who(x)) is not None and p.country not in (None, own)]
    return others[-1] if own and others else None


def officer(party: Party, group: Group, pack: LanguagePack) -> bool:
    """Whether a party is one officer of a state who is told by his office alone (*A's foreign minister*)."""
    one = party.kind == "group" and party.country is not None and group.members[0].kind == "group"
    return one and not pack.reading.words_apart and ends_in_post(party.name, pack)
