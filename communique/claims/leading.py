"""Who leads which delegation: the words between the two, and those behind the leader that only say so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from communique.model import Mention


class Leading(Protocol):
    """What a clause grammar knows of leading."""

    @property
    def led(self) -> re.Pattern[str] | None:
        """Between a leader and the delegation (*A's delegation*)."""

    @property
    def led_by(self) -> re.Pattern[str] | None:
        """Between a delegation and its leader (*the delegation led by A*)."""

    @property
    def led_end(self) -> re.Pattern[str] | None:
        """Behind that leader."""

    @property
    def leads(self) -> re.Pattern[str] | None:
        """The verb between a leader and the delegation (*A led the delegation*)."""

    @property
    def apart(self) -> bool:
        """Whether blanks stand between words."""


def leaders(text: str, mentions: Sequence[Mention], g: Leading) -> tuple[dict[int, Mention], dict[int, Mention]]:
    """Return leaders by the delegation's start, and delegations by the start of the leader before them."""
    found: dict[int, Mention] = {}
    followers: dict[int, Mention] = {}
    actors = [m for m in mentions if m.kind != "date"]
    days = [m for m in mentions if m.kind == "date"]
    for a, b in zip(actors, actors[1:], strict=False):
        day = next((d for d in days if 0 <= d.start - a.end <= 1 and d.end <= b.start), None)
        between = text[day.end if day else a.end : b.start]  # *A from the 1st to the 4th led the delegation*
        if a.kind == "person" and b.kind in ("delegation", "group", "body") and not _other(a, b):
            if g.led and g.led.fullmatch(between):
                found[b.start] = a
            elif g.leads and (
                g.leads.fullmatch(between.strip()) or g.apart and g.leads.fullmatch(between.rstrip() + " ")
            ):
                followers[a.start] = b
        elif a.kind == "delegation" and b.kind == "person" and g.led_by and g.led_by.fullmatch(between):
            found[a.start] = b
    return found, followers


def _other(a: Mention, b: Mention) -> bool:
    """Whether nobody leads those behind them: somebody with an office, or those of another state (*A and B's king*)."""
    own, theirs = a.value["country"], b.value.get("country")
    apart = b.kind == "group" and own is not None and theirs is not None and own != theirs
    return bool(b.value.get("single")) or apart


def ends(text: str, leaders: dict[int, Mention], g: Leading) -> dict[int, int]:
    """Where the words behind a leader that only say that he leads begin and end (*A's team, B leading it, met C*)."""
    rows = (g.led_end.match(text, m.end) for m in leaders.values()) if g.led_end else ()
    return {m.start(): m.end() for m in rows if m is not None}
