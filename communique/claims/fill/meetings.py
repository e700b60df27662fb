"""Who sat at a meeting or took part in an exercise whose words name too few."""

from __future__ import annotations

import re

from communique.claims import moodwords
from communique.claims.context import Context
from communique.claims.draft import Draft, Party, Place
from communique.claims.fill.common import missing
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import folded
from communique.model import Mention

OF = 12
"""Letters between a sitting and whose it is, or what it is about (*of*)."""
WORDS = 3
"""Words of a name, at least, by which another is known that begins with it."""
PAIR = 2
"""States of a pair."""
TELLS = 12
"""Letters from who speaks at a meeting to the verb that says so."""


def session(context: Context, draft: Draft, parties: list[Party]) -> None:
    """Who sat: those the meeting's words name, the two of its series, its host, whoever speaks there."""
    m = draft.meeting
    roles = {r for _, r in draft.roles}
    alone = len(parties) == 1 and parties[0].kind == "bloc" and not context.pack.reading.words_apart
    if len(parties) >= 2 or (alone and "head_of_delegation" in roles):
        draft.roles += [(p, "attendee") for p in missing(draft, parties)]
    elif context.pack.reading.words_apart and len(parties) == 1 and parties[0].kind == "bloc":
        if all(r != "attendee" for _, r in draft.roles):
            draft.roles += [(p, "attendee") for p in missing(draft, parties)]
    elif not draft.roles and m is not None and (both := _of_series(context, draft, m)):
        here = draft.place.country if draft.place else None
        draft.roles += [(p, "host" if p.country == here else "attendee") for p in both]
    elif not draft.roles and m is not None and (both := _of_the_two(context, draft, m) or _both_agreed(context, draft)):
        draft.roles += [(p, "attendee") for p in both]
    elif not draft.roles and (host := _hosting(context, draft.place)):
        draft.roles.append((context.state(host), "host"))
    elif not draft.roles and parties:
        draft.roles.append((parties[0], "attendee"))
    elif not draft.roles and m is not None:
        hit = next((h for h in context.marked.hits if h.start == m.start and h.entry.kind == "body"), None)
        if hit and hit.entry.value:
            draft.roles.append((Party(context.raw[hit.start : hit.end], hit.entry.value, "group"), "host"))
    draft.roles += _speaker(context, draft)


@kept
def _speaks(pack: LanguagePack) -> re.Pattern[str] | None:
    """The words between a meeting and who speaks at it."""
    return re.compile(pack.markers.speaks) if pack.markers.speaks else None


def _speaker(context: Context, draft: Draft) -> list[tuple[Party, str]]:
    """Who speaks at a meeting that the words right before name: *at the forum in A, B said*."""
    m, speaks, said = draft.meeting, _speaks(context.pack), moodwords.grammar(context.pack).said
    if speaks is None or said is None or m is None or m.value["generic"] or draft.status != "held":
        return []
    led = speaks.match(context.text, m.end)
    clauses = context.clauses(draft.sentence)
    g = next((g for g in clauses.groups if g.start == led.end() and g.marker is None), None) if led else None
    if g is None or g.members[0].kind != "person" or not said.search(context.text, g.end, g.end + TELLS):
        return []
    return [(p, "attendee") for p in context.members(g, clauses) if p.country and p.country not in draft.countries()]


def _two_of_series(context: Context, draft: Draft, m: Mention) -> list[Party]:
    """The two states that sat before, where a later round is told by its number (*the 17th meeting will be in A*).

    Where it is told to be in a state, that is one of the two.
    """
    ahead = draft.status in ("planned", "postponed", "cancelled")
    gone = bool(draft.extra.get("gone")) and not context.pack.reading.words_apart
    if not (m.value["ordinal"] or m.value.get("other") or ahead or gone) or m.value["parties"]:
        return []
    apart = context.pack.reading.words_apart
    other = bool(m.value.get("other")) and apart
    kinds = ("session", "talks") if other and m.value["generic"] else ("session",)
    told = [d for d in context.drafts if d.type in kinds and d is not draft and d.sentence <= draft.sentence]
    if apart or m.value["generic"]:
        told = [d for d in told if d.countries()]
    states = [p.country for p, _ in told[-1].roles if p.country] if told else []
    two = list(dict.fromkeys(states))
    here = draft.place.country if draft.place else None
    last = told[-1].meeting if told else None
    word = _last_word(context, last.value["name"]) if last is not None else "\0"
    alike = m.value["name"].casefold().endswith(word.casefold()) or (last is not None and _next(context, m, last))
    again = m.value["generic"] or m.value.get("one_off")
    if context.pack.nouns.right and again and last is not None:  # *the next round*
        alike = alike or m.value["name"].casefold().split()[0] == last.value["name"].casefold().split()[0]
    alike = alike or (other and m.value["generic"] and last is None)
    fits = len(two) == 2 or (other and len(two) > 2)
    return [context.state(c) for c in two] if alike and fits and here in (None, *two) else []


def _of_series(context: Context, draft: Draft, m: Mention) -> list[Party]:
    """Those whose series a round is of: told before, in its full name, or in the name of the text that it is on."""
    return _two_of_series(context, draft, m) or in_full(context, m) or _on_text(context, m)


def in_full(context: Context, m: Mention) -> list[Party]:
    """The states in the full name of what is called here by its first words, or whose round this is.

    *The 4th session of the committee was held in 2018*, where the unit names *the committee of A and B*; only where a
    noun stands before what describes it.
    """
    if not context.pack.nouns.right or m.value["parties"]:
        return []
    of = next((x for x in context.marked.row(m) if x.kind == "meeting" and 0 < x.start - m.end <= OF), None)
    called = of if of is not None else m
    name = str(called.value["name"]).casefold()
    if called.value["generic"] or len(name.split()) < WORDS:
        return []
    rows = (x for row in context.marked.mentions for x in row if x.kind == "meeting" and len(x.value["parties"]) > 1)
    full = next((x for x in rows if str(x.value["name"]).casefold().startswith(name)), None)
    return [context.state(c) for c in dict.fromkeys(full.value["parties"]) if c] if full is not None else []


def _on_text(context: Context, m: Mention) -> list[Party]:
    """The states in the name of the text right behind the words for a sitting (*round two on the treaty of A, B*)."""
    if not context.pack.nouns.right:
        return []
    text = next((x for x in context.marked.row(m) if x.kind == "instrument" and 0 < x.start - m.end <= OF), None)
    hits = context.marked.within(text.start, text.end) if text is not None else []
    codes = dict.fromkeys(h.entry.value for h in hits if h.entry.kind in ("state", "bloc") and h.entry.value)
    return [context.state(c) for c in codes] if len(codes) > 1 else []


def _both_agreed(context: Context, draft: Draft) -> list[Party]:
    """The two sides that the words of a sitting, or those right before it, name: *both agreed, the talks are in A*.

    Only where no blanks part words and the sitting's own words name nobody.
    """
    if context.pack.reading.words_apart or draft.meeting is None or draft.meeting.value["parties"]:
        return []
    clauses = context.clauses(draft.sentence)
    lo, _ = clauses.bounds(max(clauses.segment(draft.start) - 1, 0))
    g = next((g for g in reversed(clauses.groups) if lo <= g.start < draft.end and g.members[0].kind == "pair"), None)
    two = context.members(g, clauses) if g is not None else []
    return two if len({p.country for p in two if p.country}) == PAIR else []


def _next(context: Context, m: Mention, last: Mention) -> bool:
    """Whether a round by a bare word is by its number the next to the one told last (*the fourth meeting*)."""
    numbers = m.value["ordinal"], last.value["ordinal"]
    return not context.pack.reading.words_apart and m.value["generic"] and numbers[0] == (numbers[1] or 0) + 1 > 1


def _of_the_two(context: Context, draft: Draft, m: Mention) -> list[Party]:
    """The two states of which the unit tells, where a round without a name of its own, or *of the two*, is told.

    Where it is told to be in a state, that is one of the two; only where no blanks part words.
    """
    last = context.text.startswith(folded(context.pack.phrases.gone, context.pack.reading), m.start)
    if context.pack.reading.words_apart or m.value["parties"] or m.value["known"] or not (m.value["ordinal"] or last):
        return []
    clauses = context.clauses(draft.sentence)
    if not m.value["generic"] and not any(x.kind == "pair" for x in clauses.mentions):
        return []
    before, context.reading = context.reading, draft.sentence
    two = context.pair(clauses, m.start)
    context.reading = before
    here = draft.place.country if draft.place else None
    return list(two) if len(two) == 2 and here in (None, *(p.country for p in two)) else []


def _last_word(context: Context, name: str) -> str:
    """The last word of a name, by which a later round is called; its last letters where no blanks part words.

    Where a noun stands before what describes it, a later round is known by the whole name.
    """
    if not context.pack.reading.words_apart:
        return name[-2:]
    return name if context.pack.nouns.right else name.split()[-1]


def _hosting(context: Context, place: Place | None) -> str | None:
    """The state that a sitting's place names, as its host; *held in A* does not say that A held it."""
    if place is None or place.city is not None or context.pack.reading.words_apart:
        return None
    return place.country


def exercise(context: Context, draft: Draft, parties: list[Party]) -> None:
    """Who exercised: those the exercise's words name, its owner, the state where it is."""
    here = draft.place.country if draft.place else None
    owner = parties[0] if len(parties) == 1 and parties[0].kind == "state" else None
    if owner is not None and not draft.roles and context.pack.reading.words_apart:
        draft.roles.append((owner, "host"))  # *A's yearly drill opened*
        draft.place = draft.place if here else Place(owner.country, draft.place.city if draft.place else None)
    if here and not draft.roles and len(parties) < 2 and not context.pack.reading.words_apart:
        draft.roles.append((context.state(here), "host"))
    if len(parties) >= 2:
        named = {None, *(p.country for p in parties)}
        draft.roles = [(p, r) for p, r in draft.roles if p.kind != "group" or r == "host" or p.country not in named]
        draft.roles += [(p, "attendee") for p in missing(draft, parties)]
