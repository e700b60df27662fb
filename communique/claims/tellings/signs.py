"""The signs by which two tellings in one unit are one event, by type, in the order in which they are asked."""

from __future__ import annotations

from communique.claims.draft import Draft
from communique.claims.tellings import journeys, meetings, rites, rounds
from communique.claims.tellings.pair import Sign, apart, called_off, other_days, other_status, pair

FIRST: tuple[Sign, ...] = (apart, other_days, other_status)
"""What makes any two tellings two."""
LAST: tuple[Sign, ...] = (meetings.by_persons, meetings.by_headline, meetings.by_states)
"""What is asked of all types but those whose meeting or text decides."""
OTHER: tuple[Sign, ...] = (*FIRST, *LAST)
"""The signs of a type that has none of its own."""
SIGNS: dict[str, tuple[Sign, ...]] = {
    "session": (*FIRST, rounds.one_round),
    "exercise": (*FIRST, rounds.one_round),
    "adoption": (*FIRST, rites.one_text),
    "signing": (*FIRST, rites.one_text),
    "visit": (
        called_off,
        *FIRST,
        journeys.elsewhere,
        journeys.other_guests,
        journeys.two_ways,
        journeys.one_delegation,
        meetings.same_words,
        journeys.begun,
        meetings.by_persons,
        meetings.by_headline,
        journeys.on_the_way,
        meetings.by_states,
    ),
    "deployment": (*FIRST, journeys.elsewhere, journeys.one_force, *LAST),
    "talks": (*FIRST, meetings.same_words, *LAST),
    "call": (*FIRST, meetings.rung_again, *LAST),
    "message": (*FIRST, meetings.answers, meetings.summed, *LAST),
    "ceremony": (*FIRST, rites.one_rite, *LAST),
    "aid": (*FIRST, rites.one_name, rites.one_gift, *LAST),
    "decision": (*FIRST, rites.one_act, *LAST),
    "establishment": (*FIRST, rites.one_founding, *LAST),
}
"""The first sign that says something decides."""


def same(a: Draft, b: Draft) -> bool:
    """Whether two drafts of one unit tell of one event."""
    if a.type != b.type:
        return False
    both = pair(a, b)
    for sign in SIGNS.get(a.type, OTHER):
        one = sign(both)
        if one is not None:
            return one
    return False
