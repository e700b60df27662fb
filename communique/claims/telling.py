"""Days that words of saying take for themselves: *the ministry said on Friday*."""

from __future__ import annotations

import re
from collections.abc import Sequence

from communique.claims.clause import Clauses
from communique.claims.clausewords import grammar as clause_grammar
from communique.claims.clausewords import marker_before
from communique.claims.triggers import Trigger, is_relative
from communique.loader.language import LanguagePack
from communique.mentions.dates import DateMention

SAID = 4  # words before a day among which the word of saying stands: *told reporters on Friday*
COARSE = ("year", "month")
NEAR = 6  # letters between a verb and its day


def told_on(text: str, clauses: Clauses, t: Trigger, at: int, tells: re.Pattern[str] | None) -> bool:
    """Return whether a day behind a trigger is that of the telling: *A gave B ten boats, the ministry said on Friday*.

    ``tells`` are the words of saying; the day begins at ``at``.
    """
    lo, _ = clauses.bounds(clauses.segment(at))
    if at < t.end or lo <= t.start or tells is None:
        return False
    words = text[lo:at].split()
    return len(words) > 1 and any(tells.fullmatch(w) for w in words[-SAID:])


def set_apart(text: str, clauses: Clauses, t: Trigger, pack: LanguagePack) -> bool:
    """Return whether a comma parts a trigger from the meeting that it describes: *at the forum, held in A on Monday*.

    Such words begin with the verb, and go on with a word of place, of time or of who did it.
    """
    lo, hi = clauses.bounds(clauses.segment(t.start))
    before = text[lo : t.start].split()
    tied = any(m.kind == "meeting" and 0 < lo - m.end <= 1 for m in clauses.mentions)
    if not pack.reading.words_apart or lo == clauses.start or not tied:
        return False
    if before:  # *the drill, which ended on Monday*
        return len(before) == 1 and before[0] in pack.markers.relative
    after = text[t.end : hi].split()
    led = bool(after) and any(after[0] in pack.markers.before.get(f, ()) for f in ("at", "by", "from", "under"))
    led = led or any(t.words.endswith(f" {w}") for w in pack.markers.before.get("by", ()))
    return led or any(m.kind == "date" and t.end < m.start < t.end + NEAR for m in clauses.mentions)  # *held on 3 May*


def told_before(text: str, date: DateMention, t: Trigger, tells: re.Pattern[str] | None, pack: LanguagePack) -> bool:
    """Return whether a link parts a date from the trigger behind it: *founded on 3 May and enlarged on 6 June*.

    A word of saying parts them, too: *on 3 May the ministry announced that he would go there from 6 June*, *said on
    3 May that it had sent aid in March*.
    """
    between = text[date.end : t.start]
    if between.split()[:1] in ([w] for w in pack.nouns.links) or bool(tells and tells.search(between)):
        return True
    return said_on(text, date, tells)


def said_on(text: str, date: DateMention, tells: re.Pattern[str] | None) -> bool:
    """Return whether a word of saying stands right before a date: *said on 3 May that it had sent aid*."""
    before = text[max(0, date.start - 3 * SAID * SAID) : date.start].split()
    return tells is not None and any(tells.fullmatch(w) for w in before[1 - SAID :])


def linked(text: str, t: Trigger, at: int, pack: LanguagePack) -> bool:
    """Return whether a date behind a trigger begins what a link adds: *signed it, [and in 2010] it took effect*."""
    before, marks = text[t.end : at].rstrip(), pack.markers.before.get("at", ())
    apart = pack.reading.words_apart
    word = next((w for w in sorted(marks, key=len, reverse=True) if before.endswith(f" {w}" if apart else w)), "")
    before = before[: len(before) - len(word)].rstrip()
    return before.endswith(tuple(f" {w}" if apart else w for w in pack.nouns.links if len(w) > 1 or w.isalpha()))


def bare(words: Sequence[str], t: Trigger, pack: LanguagePack) -> bool:
    """Whether only links stand before a trigger, or its verb has the form that stands behind *will*, and a link.

    *Will tour A, [meet B and] lay a wreath*; *will meet A, [and preside over the] signing of B*. ``words`` stand before
    the trigger in its segment.
    """
    if set(words) <= {*pack.nouns.links, *pack.mood.and_then}:
        return True
    row = [*words, *t.words.split()[:1]]
    at = max((i for i, w in enumerate(row) if w in pack.mood.bare), default=-1)
    return at == 0 or (at > 0 and row[at - 1] in (*pack.nouns.links, *pack.mood.and_then))


def set_off(text: str, clauses: Clauses, t: Trigger, actor_end: int, pack: LanguagePack) -> bool:
    """Whether words between two commas describe who acts, and what follows them is told as done (*A, who is to go to B,
    met C*)."""
    seg = clauses.segment(actor_end + 1)
    if not pack.reading.words_apart or text[actor_end : actor_end + 1] != "," or seg >= clauses.segment(t.start):
        return False
    words = text[actor_end + 1 : clauses.bounds(seg)[1]].split()
    described = is_relative(text, clauses, seg, pack) or bool(words and words[0] in pack.nouns.articles)
    return described and t.words.split()[0] not in pack.mood.bare


def without_aside(clauses: Clauses, t: Trigger, near: str, pack: LanguagePack) -> str:
    """The words before a verb without an aside that only names a time: *[during his visit] he attended the forum*."""
    at = t.start - len(near)
    zones = [z for z in clauses.zones if z.kind == "during" and at < z.end <= t.start]
    if pack.reading.words_apart or t.rule.type != "session" or not zones:
        return near
    return near[: max(zones[0].start - at, 0)] + near[zones[-1].end - at :]


def held_there(text: str, clauses: Clauses, t: Trigger, pack: LanguagePack) -> bool:
    """Whether something was agreed at a round that its own words say was held (*agreed to do so at the talks held*)."""
    for m in clauses.mentions:
        if m.kind == "meeting" and (m.end == t.start - 1 or m.start == t.end + 1):
            done = any(text.startswith(f" {w} ", m.end) for w in pack.mood.done)
            return done and marker_before(text, clauses.start, m.start, clause_grammar(pack)) == "at"
    return False
