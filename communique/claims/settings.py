"""When, how and whether: what the words around a trigger say of an event."""

from __future__ import annotations

import re
from collections.abc import Iterable

from communique.claims import dating
from communique.claims.clause import Clauses
from communique.claims.draft import SITTINGS
from communique.claims.moodwords import MoodGrammar, grammar, promised
from communique.claims.telling import bare, held_there, set_apart, set_off, without_aside
from communique.claims.triggers import Trigger, is_relative
from communique.loader.language import LanguagePack
from communique.model import Mention

NAMED = frozenset({"place", "person", "meeting", "instrument", "state", "body", "group", "delegation"})
DONE = frozenset({"signing", "adoption", "establishment", "appointment"})
WHEN = frozenset({"occasion", "after", "during"})
PERSONAL = frozenset({"talks", "call"})
LASTING = frozenset({"visit", "session", "exercise", "deployment"})  # what can be under way
PARTIES = 4
"""Words, names aside, that may stand between talks and their verb (*A, the minister of B, and C*)."""


def plain(text: str, clauses: Clauses) -> str:
    """Return the text with the names of the sentence blanked, so that no word is looked for inside a name."""
    out = list(text[clauses.start : clauses.end])
    for m in clauses.mentions:
        if m.kind == "date":
            date = m.value["date"]
            named = date.kind in ("day", "month") and not date.first.relative
        else:
            named = m.kind in NAMED
        if named:
            out[m.start - clauses.start : m.end - clauses.start] = " " * (m.end - m.start)
    for z in clauses.zones:
        if z.kind in ("invite", "source"):
            out[z.start - clauses.start : z.end - clauses.start] = " " * (z.end - z.start)
    return text[: clauses.start] + "".join(out) + text[clauses.end :]


def status(text: str, clauses: Clauses, t: Trigger, actor_end: int, floor: int, pack: LanguagePack) -> str | None:
    """Return the status of the event that ``t`` names, or None where nothing happened or is planned.

    ``text`` is the text with the names of the sentence blanked, as :func:`plain` gives it.
    Words between the actor (ending at ``actor_end``) and the trigger decide first, then the segment; ``floor``
    is where the trigger before ends.
    """
    g = grammar(pack)
    lo, hi = clauses.bounds(clauses.segment(t.start))
    start = max(lo, min(actor_end, t.start))
    middle = max(start, min(floor, t.start))
    text = _aside_blank(g, text, clauses, t)
    said = _without(t.rule.ba, text[start : t.start])
    serial, near = said[: middle - start], said[middle - start :]  # *will come and attend*: the verb before
    tail, zone = text[t.end : min(hi, t.end + 6 * pack.reading.stretch)].lstrip(), clauses.zone(t.start)
    kind = clauses.zones[zone].kind if zone >= 0 else ""
    if off := _off(g, text, clauses, t, _called(g, serial, pack) + near, tail):
        return off
    if _told_of(text, clauses, t, pack):
        return "held"
    if (g.negated and g.negated.search(near)) or (g.hypothetical and g.hypothetical.match(text, t.end, hi)):
        return None
    if now := _by_verb(g, text, clauses, t, near, tail, pack):
        return now
    done = bool(g.held and g.held.search(near + tail[:2]))
    well = bool(g.well and g.well.search(near + tail[:2]))
    wide = text[_scope(text, clauses, t, zone, pack) : t.start]
    done = done or (well and not (g.governs and g.governs.search(text, lo, t.start)))
    governed = bool(g.governs and g.governs.search(wide)) and not done
    if g.planned and (g.planned.search(near) or _to_come(g.planned, text, t, pack)):
        return None if governed and not dating.dated(clauses, clauses.start, hi) else "planned"
    if g.planned and g.planned.search(serial) and not (done or governed):
        return "planned"
    aside = clauses.zones[zone].start - middle if kind == "during" and pack.reading.words_apart else 0
    if g.wished and g.wished.search(near[max(0, aside) :]):
        return None
    if kind == "before":
        return "planned"
    if kind == "during":
        around = clauses.zones[zone]
        whole = pack.reading.words_apart and t.rule.type == "session"
        behind = (m for m in clauses.mentions if 0 < m.start - around.end < 3 and _in_bracket(text, m))
        noted = next((m.start + 1 for m in behind), 0)
        span = (clauses.start, clauses.end) if whole else (around.start, max(around.end, noted))
        return "held" if dating.dated(clauses, *span) or t.rule.type not in LASTING else "ongoing"
    if kind in ("occasion", "after"):
        soon = kind == "occasion" and not pack.reading.words_apart and g.planned
        begins = clauses.zones[zone].start
        return "planned" if soon and soon.search(_without(t.rule.ba, text[begins : t.start])) else "held"
    before = _without(t.rule.ba, text[lo:start])
    aimed = bool(t.rule.ba and g.wished and g.wished.search(before)) and not done
    if aimed or (g.planned and g.planned.search(before) and not done):
        return None if governed or (aimed and not dating.dated(clauses, lo, t.start)) else "planned"
    if governed:
        edge = hi if pack.reading.words_apart and t.rule.type == "session" else t.end
        some = t.rule.type in ("visit", "session", "exercise")
        return "planned" if some and dating.dated(clauses, lo, edge) else None
    words = text[lo : t.start].split()
    linked = pack.nouns.right and bool(words) and words[-1] in pack.nouns.links  # *will attend A, B and visit C*
    row = not pack.reading.words_apart or linked or bare(words, t, pack)
    row = row and not set_off(text, clauses, t, actor_end, pack)
    if row and not done and clauses.start <= actor_end < lo:
        if _goes_on(g, text, actor_end, lo, pack):
            kept = t.rule.type != "aid" or pack.reading.words_apart or dating.dated(clauses, lo, hi)
            return "planned" if kept else None  # a gift that is promised is no event
        if (only := promised(text, actor_end, lo, t.rule.type, pack)) != "held":
            return only
    return None if not done and _reported(g, text, clauses, lo, t, pack.reading.words_apart) else "held"


def _to_come(planned: re.Pattern[str], text: str, t: Trigger, pack: LanguagePack) -> bool:
    """Whether the words of a trigger say that it lies ahead (*to visit*, but not *took the chance to visit*)."""
    if pack.reading.words_apart:
        return planned.search(text, t.start, t.end) is not None
    return planned.search(text[t.start : t.end]) is not None


def _without(words: Iterable[str], text: str) -> str:
    """Return a text with blanks for words that mark what something is done to, and look like what lies ahead."""
    for word in words:
        text = re.sub(word, lambda m: " " * len(m.group()), text)
    return text


def _aside_blank(g: MoodGrammar, text: str, clauses: Clauses, t: Trigger) -> str:
    """Return the text without asides before a trigger that tell when, where those speak of what lies ahead or a wish.

    *Met as the two sides will soon celebrate*: the meeting is over.
    """
    for z in clauses.zones:
        when = z.kind in WHEN and z.end <= t.start
        if when and any(p and p.search(text, z.start, z.end) for p in (g.planned, g.wished)):
            text = text[: z.start] + " " * (z.end - z.start) + text[z.end :]
    return text


def _scope(text: str, clauses: Clauses, t: Trigger, zone: int, pack: LanguagePack) -> int:
    """Where the words begin that may govern a trigger: with its aside, or with the words that describe a name.

    *He promised it on a visit, where he met A*: what describes is no part of the promise.
    """
    if zone >= 0 and clauses.zones[zone].kind:
        return clauses.zones[zone].start
    seg = clauses.segment(t.start)
    lo, _ = clauses.bounds(seg)
    planned = grammar(pack).planned
    tied = pack.reading.words_apart and (is_relative(text, clauses, seg, pack) or set_apart(text, clauses, t, pack))
    return lo if tied and not (planned and planned.search(text, lo, t.start)) else clauses.start


def _by_verb(
    g: MoodGrammar, text: str, clauses: Clauses, t: Trigger, near: str, tail: str, pack: LanguagePack
) -> str | None:
    """Whether the words of the verb itself say that it is under way, or those right behind it that it lies ahead."""
    own = text[t.start : t.end] if pack.reading.words_apart else ""
    if g.ongoing and t.rule.type in LASTING and g.ongoing.search(without_aside(clauses, t, near, pack) + own):
        return "ongoing"
    begun = max((text.rfind(w, clauses.start, t.start) for w in t.rule.ongoing), default=-1)
    lo, _ = clauses.bounds(clauses.segment(max(begun, clauses.start)))
    own_lo, _ = clauses.bounds(clauses.segment(t.start))
    at = (lo, begun) if own_lo <= lo else (own_lo, t.start)
    if begun >= 0 and g.planned and not pack.reading.words_apart and g.planned.search(text, *at):
        return "planned"  # *will set out for A on a visit*; *arrived in A, and then will visit B*
    if begun >= 0 and not (not pack.reading.words_apart and g.well and g.well.search(text, begun, t.start)):
        return "ongoing"  # *left A, and ended well a visit* is over
    # *The forum that A organises will sit*: where what belongs to a noun stands behind it.
    if t.rule.type in SITTINGS and g.sets_out and g.sets_out.search(text, clauses.start, t.start):
        if not (g.held and g.held.search(near + tail[:2])) and not dating.dated(clauses, t.start - len(near), t.start):
            return "planned"  # *set out for A to attend the summit*
    later = pack.nouns.right and pack.reading.words_apart and g.planned is not None and g.planned.match(tail)
    return "planned" if later or _verb_behind(g, text, clauses, t, near, pack) else None


def _verb_behind(g: MoodGrammar, text: str, clauses: Clauses, t: Trigger, near: str, pack: LanguagePack) -> bool:
    """Whether the verb behind a noun and its parties says that it lies ahead: *talks between A and B will be held*."""
    first = t.words.split()[0]
    noun = first in pack.nouns.meeting_words or any(w.endswith(f" {first}") for w in pack.phrases.met)
    if not pack.reading.words_apart or t.rule.type != "talks" or not noun or (g.held and g.held.search(near)):
        return False
    m = g.planned.search(text, t.end, clauses.bounds(clauses.segment(t.start))[1]) if g.planned else None
    return m is not None and len(text[t.end : m.start()].split()) <= PARTIES


def _reported(g: MoodGrammar, text: str, clauses: Clauses, lo: int, t: Trigger, apart: bool) -> bool:
    """Whether what stands in a trigger's segment, which names no day, is part of what somebody said."""
    if t.rule.type in PERSONAL and sum(m.kind == "person" and lo <= m.start < t.end for m in clauses.mentions) > 1:
        return False  # *the ministry said A met B*
    if g.perfect and g.perfect.search(text[t.start : t.end]):
        return False  # *he said he got a call from A*
    if any(m.kind == "date" and t.end <= m.start and _in_bracket(text, m) for m in clauses.mentions):
        return False  # *praised the visit of A (2023) and the talks of B and C (2024)*: what has a day is a fact
    said = next(g.said.finditer(text, clauses.start, lo), None) if g.said else None
    if said is None or (g.performs and g.performs.match(text, said.start(), t.end)):
        return False
    if apart or dating.dated(clauses, lo, t.start):
        return not dating.dated(clauses, lo, t.start)
    # *X said, on 5 May, A met B*: a comma may part the day from the rest.
    days = (m for m in clauses.mentions if m.kind == "date" and said.end() <= m.start < lo)
    return all(clauses.zone(m.start) >= 0 or m.value["date"].bound or m.value["date"].kind == "part_only" for m in days)


def _in_bracket(text: str, m: Mention) -> bool:
    """Whether a mention begins right behind a bracket that opens."""
    return text[m.start - 1] == "("


def _called(g: MoodGrammar, serial: str, pack: LanguagePack) -> str:
    """The end of the words before, if they call something off (*cancelled the drill planned for May*)."""
    tail = serial.rstrip()[-4 * pack.reading.stretch :]
    return tail if any(p and p.search(tail) for p in (g.cancelled, g.postponed)) else ""


def _goes_on(g: MoodGrammar, text: str, actor_end: int, lo: int, pack: LanguagePack) -> bool:
    """Whether the actor of an earlier segment is right away said to be going to do what follows (*will do A, do B*).

    Where words stand apart, the verb that follows is the first of its segment.
    """
    m = g.planned.search(text, actor_end, lo) if g.planned else None
    if m is None or m.end() > actor_end + 14 * pack.reading.stretch:
        return False
    return not (g.said and g.said.search(text, actor_end, m.start())) and not (
        g.held and g.held.search(text, m.end(), lo)
    )


def opens_ahead(text: str, clauses: Clauses, t: Trigger, pack: LanguagePack) -> bool:
    """Whether the sentence opens with words for what lies ahead, and none behind them says that it happened."""
    g = grammar(pack)
    m = g.fronted.match(text, clauses.start, t.start) if g.fronted and clauses.zone(t.start) < 0 else None
    return m is not None and not (g.held and g.held.search(text, m.end(), t.start))


def _told_of(text: str, clauses: Clauses, t: Trigger, pack: LanguagePack) -> bool:
    """Whether something is told as having come of it (*what was agreed in the talks*), or a year dates it right before

    the trigger and the trigger stands right before its noun (*the 2011-signed pact*).
    """
    g, session = grammar(pack), pack.reading.words_apart and t.rule.type == "session"
    if g.told and g.told.match(text, t.end, clauses.end):
        return True
    lo, hi = clauses.bounds(clauses.segment(t.start))
    ends = [t.start, *(i for i in range(t.start, t.end) if text[i] == " ")]  # *recent* may be part of the trigger
    if (g.results and any(g.results.search(text, lo, x) for x in ends)) or (
        g.lately and g.lately.match(text, t.end, hi)
    ):
        return True
    noted = pack.reading.words_apart and dating.noted(text, clauses, t, hi)
    if noted and not (g.planned and g.planned.search(text, lo, hi)):
        return True  # *agreed to carry out the results of A's visit (May 2023)*
    if session and held_there(text, clauses, t, pack):
        return not (g.planned and g.planned.search(text, t.end, clauses.end))
    year = next((m for m in clauses.mentions if m.kind == "date" and 0 <= t.start - m.end <= 1), None)
    of = any(text.startswith(w, t.end) for w in pack.phrases.of)
    return of and year is not None and year.value["date"].first.year is not None and not year.value["date"].ahead


def _off(g: MoodGrammar, text: str, clauses: Clauses, t: Trigger, near: str, tail: str) -> str | None:
    """Whether the words around a trigger call the event off, put it off or deny it."""
    for name, pattern in (("cancelled", g.cancelled), ("postponed", g.postponed)):
        if pattern and (pattern.search(near) or pattern.match(tail)):
            return name
    if g.denied and (g.denied.search(text, clauses.start, t.start) or g.denied.search(text, t.end, clauses.end)):
        return "denied"
    return None


def claimed_first(text: str, start: int, end: int, pack: LanguagePack) -> bool:
    """Whether the words say that it was the first of its kind."""
    pattern = grammar(pack).claimed_first
    return bool(pattern and pattern.search(text, start, end))


def called_off(text: str, clauses: Clauses, at: int, pack: LanguagePack) -> str | None:
    """Whether the words right behind a meeting say that it was cancelled or postponed."""
    g = grammar(pack)
    tail = text[at : min(clauses.end, at + (9 if pack.reading.words_apart else 7) * pack.reading.stretch)]
    for name, pattern in (("cancelled", g.cancelled), ("postponed", g.postponed)):
        if pattern and pattern.search(tail):
            return name
    return None


def mode_of(text: str, clauses: Clauses, pack: LanguagePack) -> str | None:
    """Return ``online``, ``hybrid`` or ``in_person`` where the sentence says so."""
    for mode, pattern in grammar(pack).modes:
        if pattern.search(text, clauses.start, clauses.end):
            return mode
    return None


def same_time(text: str, clauses: Clauses, t: Trigger, pack: LanguagePack) -> str | None:
    """Return the type of what was told before, with or right after which the clause says it happened, or ``any``."""
    lo, end = clauses.bounds(clauses.segment(t.start))
    hi = end if pack.reading.words_apart else max(lo, t.start)
    return next((kind for kind, p in grammar(pack).same if p.search(text, clauses.start, hi)), None)
