"""What words take for granted: an event that thanks, a wish or a report names as a fact."""

from __future__ import annotations

import re
from collections.abc import Sequence

from communique.claims import dating, moodwords
from communique.claims.clause import Clauses, Group
from communique.claims.triggers import Trigger
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import fold

NAMES = frozenset({"meeting", "instrument"})
SETS = frozenset({"date", "place", "state"})
GIVEN = frozenset({"message", "aid"})
ASIDE = 12
"""Letters behind a verb in which the word for place, day or doer stands."""
AWAITED = frozenset({"visit", "session", "exercise"})
"""What may be looked forward to as a thing that is fixed."""


def status(told: str | None, text: str, plain: str, clauses: Clauses, t: Trigger, pack: LanguagePack) -> str | None:
    """Return the status of an event that words take for granted, else ``told``: what they say of it themselves.

    *Thanked B for giving vaccines*; *looks forward to attending the summit in May*; *the paper spoken of at the
    summit held in Lima*. Where thanks name nobody who did it, nothing is told.
    """
    g = moodwords.grammar(pack)
    lo, hi = clauses.bounds(clauses.segment(t.start))
    if g.supposed and g.supposed.search(plain, lo, t.start):
        return None
    if (at := _last(g.thanks, plain, lo, t.start)) is not None and not _barred(g, plain[at : t.start]):
        named = any(m.kind in NAMES and at <= m.start < t.start for m in clauses.mentions)
        return "held" if named or doer(text, clauses, t, clauses.groups, pack) else None
    if told == "planned" and noted(text, clauses, t, pack):
        return "held"
    if told == "planned" and (first := _first_to(text, lo, t, g)):
        return first
    if told == "held" and text[: max(lo - 1, 0)].endswith(_agreed(pack)) and t.rule.type in AWAITED:
        return "planned"  # *they agreed, the next round is in A*
    if told is not None:
        return told
    if t.rule.type in AWAITED and (at := _last(g.awaits, plain, lo, t.start)) is not None:
        if dating.dated(clauses, lo, hi) and not _barred(g, plain[at : t.start]):
            return "planned"
    if (start := _described(text, clauses, t, pack)) is not None and not _barred(g, plain[start : t.start]):
        own = any(m.kind == "date" and start <= m.start < t.start for m in clauses.mentions)
        return "held" if own or not _barred(g, plain[lo:start]) else None
    return None


def _first_to(text: str, lo: int, t: Trigger, g: moodwords.MoodGrammar) -> str | None:
    """What words say that tell somebody to be the first to do it: *A, the first minister [to visit B] since 2014*.

    It is under way where they only describe him, else done, or to be done (*will be the first to visit B*).
    """
    m = g.first_to.search(text, lo, t.start) if g.first_to else None
    if m is None or _barred(g, text[lo : m.start()]):
        return None
    only = not text[lo : m.start()].strip() or text[: m.start()].endswith(", ")
    return "ongoing" if only and t.rule.type in AWAITED else "held"


@kept
def _agreed(pack: LanguagePack) -> tuple[str, ...]:
    return tuple(fold(w, pack.reading) for w in pack.mood.agreed) or ("\0",)


def doer(text: str, clauses: Clauses, t: Trigger, groups: Sequence[Group], pack: LanguagePack) -> Group | None:
    """Return who acts where another thanks them for it or awaits it: *A thanked **B** for giving vaccines*."""
    g, (lo, _) = moodwords.grammar(pack), clauses.bounds(clauses.segment(t.start))
    ends = (_last(p, text, lo, t.start) for p in (g.thanks, g.awaits))
    at = max((e for e in ends if e is not None), default=None)
    if at is None:
        return None
    return next((x for x in groups if at <= x.start and x.end <= t.start and x.marker is None), None)


def own_day(at: int, text: str, clauses: Clauses, t: Trigger, pack: LanguagePack) -> bool:
    """Whether a date at ``at`` may be the event's: *on 8 April A congratulated B on the election* dates none."""
    thanked = _last(moodwords.grammar(pack).thanks, text, clauses.bounds(clauses.segment(t.start))[0], t.start)
    return thanked is None or at >= thanked


def noted(text: str, clauses: Clauses, t: Trigger, pack: LanguagePack) -> bool:
    """Whether a trigger says aside what became of the text or meeting right before it: *the pact, signed in May*."""
    if not pack.mood.noted or text[t.start : t.end] not in pack.mood.noted:
        return False
    named = any(m.kind in NAMES and text[m.end : t.start] in (" ", ", ") for m in clauses.mentions)
    behind = text[t.end : t.end + ASIDE].split()
    _, hi = clauses.bounds(clauses.segment(t.start))
    days = [m.value["date"].first for m in clauses.mentions if m.kind == "date" and t.end <= m.start < hi]
    if any((x or 0) > 0 for d in days for x in (d.day_rel, d.week_rel, d.month_rel, d.year_rel)):
        return False  # *the round held next week*
    return named and bool(behind) and behind[0] in (w for words in pack.markers.before.values() for w in words)


Args = dict[str, list[Group]]


def acting(args: Args, text: str, clauses: Clauses, t: Trigger, groups: Sequence[Group], pack: LanguagePack) -> Args:
    """Return the arguments of a trigger with whoever is thanked or awaited as the one who acts.

    To whom a message or help went that somebody gives thanks for needs no words: it went to them.
    """
    if (resolved := _resolved(text, t, groups, pack)) is not None:
        return {"subject": [resolved]} | {
            k: [g for g in v if g is not resolved] for k, v in args.items() if k != "subject"
        }
    who = doer(text, clauses, t, groups, pack)
    if who is None:
        return args
    mine = {"subject": [who]} | {k: v for k, v in args.items() if k != "subject"}
    lo = clauses.bounds(clauses.segment(t.start))[0]
    before = [g for g in groups if lo <= g.start and g.end < who.start and g.marker is None]
    to_them = t.rule.type in GIVEN and not any(args.get(k) for k in ("to", "object"))
    return mine | ({"to": before[-1:]} if to_them and before else {})


def _resolved(text: str, t: Trigger, groups: Sequence[Group], pack: LanguagePack) -> Group | None:
    """Return who is to do what another speaks of (*praised the decision of **A** to send troops*)."""
    if not pack.mood.resolves:
        return None
    word = next((w for w in pack.mood.purpose if text.endswith(f" {w} ", 0, t.start)), None)
    end = t.start - len(word) - 2 if word else -1
    who = next((g for g in groups if g.end == end), None)
    return who if who is not None and text.endswith(_resolves(pack), 0, who.start) else None


@kept
def _resolves(pack: LanguagePack) -> tuple[str, ...]:
    return tuple(f"{fold(w, pack.reading)} " for w in pack.mood.resolves)


def _last(pattern: re.Pattern[str] | None, text: str, lo: int, hi: int) -> int | None:
    """Where the last match ends."""
    at = None
    for m in pattern.finditer(text, lo, hi) if pattern else ():
        at = m.end()
    return at


def _barred(g: moodwords.MoodGrammar, between: str) -> bool:
    return any(p and p.search(between) for p in (g.planned, g.wished, g.governs, g.negated))


def _described(text: str, clauses: Clauses, t: Trigger, pack: LanguagePack) -> int | None:
    """Where the words begin that say when or where something named right behind a trigger took place."""
    of = next((w for w in pack.phrases.of if text.startswith(w, t.end)), None)
    if of is None or not any(m.kind in NAMES and 0 <= m.start - t.end - len(of) <= 2 for m in clauses.mentions):
        return None
    lo, _ = clauses.bounds(clauses.segment(t.start))
    at = None
    for m in reversed([m for m in clauses.mentions if m.kind in SETS and lo <= m.start and m.end <= t.start]):
        if (at or t.start) - m.end > 3:
            break
        at = m.start
    return at
