"""The words of a pack that say when, how and whether, compiled."""

from __future__ import annotations

import re
from dataclasses import dataclass

from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import fold
from communique.mentions.words import whole

MOODS = (
    "planned meant thanks awaits performs ongoing held well cancelled postponed denied negated wished said tells "
    "governs hypothetical supposed founding claimed_first told sets_out issued vague resolves perfect"
).split()


@dataclass(frozen=True, eq=False)
class MoodGrammar:
    """The mood words of a pack, compiled."""

    planned: re.Pattern[str] | None
    meant: re.Pattern[str] | None
    thanks: re.Pattern[str] | None
    awaits: re.Pattern[str] | None
    performs: re.Pattern[str] | None
    ongoing: re.Pattern[str] | None
    held: re.Pattern[str] | None
    well: re.Pattern[str] | None
    cancelled: re.Pattern[str] | None
    postponed: re.Pattern[str] | None
    denied: re.Pattern[str] | None
    negated: re.Pattern[str] | None
    wished: re.Pattern[str] | None
    said: re.Pattern[str] | None
    tells: re.Pattern[str] | None
    governs: re.Pattern[str] | None
    hypothetical: re.Pattern[str] | None
    supposed: re.Pattern[str] | None
    founding: re.Pattern[str] | None
    claimed_first: re.Pattern[str] | None
    told: re.Pattern[str] | None
    sets_out: re.Pattern[str] | None
    comes_back: re.Pattern[str] | None
    issued: re.Pattern[str] | None
    vague: re.Pattern[str] | None
    resolves: re.Pattern[str] | None
    perfect: re.Pattern[str] | None
    same: tuple[tuple[str, re.Pattern[str]], ...]
    aside: re.Pattern[str] | None
    dated_by: re.Pattern[str] | None
    founded_on: re.Pattern[str] | None
    attended: re.Pattern[str] | None
    lasting: re.Pattern[str] | None
    then_on: re.Pattern[str] | None
    fronted: re.Pattern[str] | None
    to_come: re.Pattern[str] | None
    present_now: re.Pattern[str] | None
    went: re.Pattern[str] | None
    gone: re.Pattern[str] | None
    results: re.Pattern[str] | None
    first_to: re.Pattern[str] | None
    lately: re.Pattern[str] | None
    capital: re.Pattern[str] | None
    not_place: re.Pattern[str] | None
    building: re.Pattern[str] | None
    residence: re.Pattern[str] | None
    afar: re.Pattern[str] | None
    modes: tuple[tuple[str, re.Pattern[str]], ...]


@kept
def grammar(pack: LanguagePack) -> MoodGrammar:
    """Compile the mood words of a pack."""
    m = pack.mood

    def w(words: list[str]) -> re.Pattern[str] | None:
        ordered = sorted((fold(x, pack.reading) for x in words), key=lambda x: (-len(x), x))
        return re.compile(whole("|".join(ordered), pack.reading.words_apart)) if ordered else None

    words = {f: w(getattr(m, f)) for f in MOODS}
    modes = tuple((k, p) for k, v in m.modes.items() if (p := w(v)))
    return MoodGrammar(
        **words,
        same=tuple((k, p) for k, v in m.same_time.items() if (p := w(v))),
        aside=w(m.dated_aside),
        dated_by=re.compile(f"(?<!\\w)(?:{'|'.join(m.dated_by)})\\s?\\Z") if m.dated_by else None,
        founded_on=re.compile(f"(?:{'|'.join(m.founded_on)})\\Z") if m.founded_on else None,
        attended=re.compile("|".join(m.attended)) if m.attended else None,
        lasting=re.compile("|".join(m.lasting)) if m.lasting else None,
        then_on=re.compile("|".join(m.then_on)) if m.then_on else None,
        fronted=re.compile(rf"\W*(?:{'|'.join(m.fronted)})") if m.fronted else None,
        to_come=re.compile(rf"[ ,]*(?:{'|'.join(m.to_come)})") if m.to_come else None,
        present_now=w(m.present_now),
        went=w(m.went),
        gone=re.compile("|".join(m.gone)) if m.gone else None,
        results=re.compile(f"(?:{'|'.join(m.results)})\\s*$") if m.results else None,
        first_to=re.compile(f"(?:{'|'.join(m.first_to)})\\s*$") if m.first_to else None,
        lately=re.compile("|".join(m.lately)) if m.lately else None,
        comes_back=re.compile("|".join(m.comes_back)) if m.comes_back else None,
        capital=w(pack.markers.capital),
        not_place=w(pack.markers.not_place),
        building=re.compile(f"(?:{'|'.join(pack.markers.building)})\\Z") if pack.markers.building else None,
        residence=w(pack.markers.residence),
        afar=w(pack.markers.afar),
        modes=modes,
    )


def over(text: str, start: int, end: int, pack: LanguagePack) -> bool:
    """Whether a trigger itself says that it is over (*paid a visit*), or the letter behind it, without blanks."""
    held, (lo, hi) = grammar(pack).held, (start, end) if pack.reading.words_apart else (end, end + 1)
    return held is not None and held.search(text, lo, hi) is not None


GIVEN = {"aid": None, "deployment": "planned"}
"""What comes of a gift, or of a force, that is only promised: nothing; a gift that is promised is no event."""


def promised(text: str, actor_end: int, lo: int, kind: str, pack: LanguagePack) -> str | None:
    """Return the status of what goes on, behind a comma, from what somebody decides (*decided to do A, sends B*).

    ``held`` where nothing is decided, or what goes on is neither a gift nor a force. Only where no blanks stand
    between words; ``actor_end``: where who decides ends, ``lo``: where the segment of what goes on begins.
    """
    g = grammar(pack)
    if kind not in GIVEN or pack.reading.words_apart or g.resolves is None:
        return "held"
    m = g.resolves.search(text, actor_end, min(lo, actor_end + 14 * pack.reading.stretch))
    return GIVEN[kind] if m is not None and not (g.held and g.held.search(text, m.end(), lo)) else "held"


def begins(pack: LanguagePack) -> list[str]:
    """The words for a beginning, and for the arrival with which a journey begins."""
    return [*pack.mood.begun, *pack.mood.arrived]
