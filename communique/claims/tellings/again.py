"""What a sentence says again of an event told before: *this is their third drill*, *took part in this drill*.

A pack gives the words as asides (``mood.adjuncts``): ``same`` begin a clause that only says more of what was told,
``this`` stand before the noun for it.
"""

from __future__ import annotations

import re

from communique.claims import moodwords
from communique.claims.clause import Clauses
from communique.claims.context import Context
from communique.claims.draft import HEADLINES, Draft, dates_agree, meeting_key
from communique.claims.tellings.joined import join
from communique.loader.kept import kept
from communique.loader.language import LanguagePack

REACH = 4
"""Sentences back to the event."""
FAR = 12
"""Sentences back to the visit of which *this is* says more: a text has one main journey."""
MEETINGS = frozenset({"talks", "session", "call"})
TOLD = frozenset({"exercise", "visit", "session", "talks", "call"})


@kept
def _words(pack: LanguagePack) -> dict[str, re.Pattern[str]]:
    """The patterns of a pack for what is the same, and for *this*."""
    rows = {kind: pack.mood.adjuncts.get(kind, []) for kind in ("same", "this")}
    return {kind: re.compile("|".join(f"(?:{p})" for p in patterns)) for kind, patterns in rows.items() if patterns}


def fresh(context: Context, before: int, drafts: list[Draft], clauses: Clauses) -> list[Draft]:
    """Return the drafts of a sentence that tell of something new; what takes part in *this* one joins it.

    ``before`` is how many drafts of the unit were told in earlier sentences.
    """
    words, first = _words(context.pack), context.text[clauses.start : clauses.end]
    if not words:
        return drafts
    out: list[Draft] = []
    aimed = bool(drafts) and _aimed(context, clauses)
    for d in drafts:
        rows = _before([*context.drafts[:before], *out], d) if d.type in TOLD else []
        told = d.type == "message" and d.extra.get("back") and any(_sent(x, d) for x in context.drafts[:before])
        # *A's message says*, of one whose sending was told; what is only asked for
        if told or (aimed and _lies_ahead(d) and not _acts(context, clauses, d.start)):
            continue
        if rows and _same(context, words["same"], clauses, d):
            if d.extra.get("claimed_first"):
                rows[-1].extra["claimed_first"] = True
            if rows[-1].part in HEADLINES and rows[-1].date is None:  # the lead names nobody whom a rule knows
                rows[-1].date, rows[-1].date_at = d.date, d.date_at
            continue
        this = words["this"].search(first) is not None and _this(context, words["this"], clauses, d)
        target = next((x for x in reversed(rows) if this and x.type == d.type and _one(x, d)), None)
        if target is not None:
            if target.status == d.status:
                join(target, d)
            continue
        out.append(d)
    return [d for d in out if not _arrives(d, out)]


def _arrives(d: Draft, drafts: list[Draft]) -> bool:
    """Whether a sentence goes on from somebody's being sent to a state to their visit there: they came for that."""
    if d.type != "deployment" or d.place is None:
        return False
    who = {p.name for p, _ in d.roles}
    trips = (x for x in drafts if x.type == "visit" and x.sentence == d.sentence and x.start >= d.start)
    trips = (x for x in trips if (x.start, x.end) != (d.start, d.end))  # the same words: rather a force than guests
    return any(x.place and x.place.country == d.place.country and {p.name for p, _ in x.roles} >= who for x in trips)


def told_singly(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts without a headline's sum of journeys that a sentence tells one by one (*A and B each go*)."""
    rows: dict[tuple[int, str], list[Draft]] = {}
    for d in drafts:
        if d.type == "visit" and "each" in d.extra:
            rows.setdefault((d.sentence, d.rule), []).append(d)
    return [d for d in drafts if not any(_sum_of(d, row) for row in rows.values())] if rows else drafts


def _sum_of(d: Draft, row: list[Draft]) -> bool:
    """Whether a headline tells of all the journeys of a row at once: the same states go to the same state."""
    if d.part not in HEADLINES or d.type != "visit" or d in row:
        return False
    went, each = _from(d), [_from(x) for x in row]
    there = {x.place.country if x.place else None for x in (d, *row)}
    return len(there) == 1 and went == set().union(*each) and len(went) > 1


def _from(d: Draft) -> set[str | None]:
    """The states of those who travel."""
    return {p.country for p, r in d.roles if r not in ("host", "inviter")}


def _lies_ahead(d: Draft) -> bool:
    """Whether a draft has no day of its own on which it happened."""
    return d.status == "planned" or (d.status == "held" and d.date_at is None)


def _aimed(context: Context, clauses: Clauses) -> bool:
    """Whether a sentence goes on, behind a semicolon, with what somebody asks or hopes for."""
    g, sentences = moodwords.grammar(context.pack), context.marked.scan.sentences
    i = clauses.index
    while i and context.text[sentences[i].start - 1 : sentences[i].start].strip() in ("", ";"):
        before = sentences[i - 1]
        if not context.text[before.start : before.end].rstrip().endswith(";"):
            return False
        words = context.plain(i - 1)
        if g.governs and g.governs.search(words, before.start, before.end):
            return True
        i -= 1
    return False


def _acts(context: Context, clauses: Clauses, at: int) -> bool:
    """Whether a sentence names somebody who acts up to a place: no verb stands before that one."""
    sentence = context.marked.scan.sentences[clauses.index]
    verb = min((t.start for t in sentence.tokens if t.tag == "verb"), default=at)
    return any(x.marker is None and x.zone == -1 and x.start <= min(at, verb) for x in clauses.groups)


def _sent(a: Draft, b: Draft) -> bool:
    """Whether two messages are of the senders of one state."""
    x, y = ([p for p, r in d.roles if r == "sender"] for d in (a, b))
    pairs = ((p, q) for p in x for q in y if p.country == q.country)
    return a.type == b.type and any(p.name == q.name or p.kind != q.kind or p.kind != "group" for p, q in pairs)


def _before(told: list[Draft], d: Draft) -> list[Draft]:
    """The events of the same type that were told shortly before, the last one last."""
    kinds = MEETINGS if d.type in MEETINGS else {d.type}
    reach = FAR if d.type == "visit" else REACH
    rows = [x for x in told if x.type in kinds and x is not d and d.sentence - reach <= x.sentence <= d.sentence]
    return [x for x in rows if (x.sentence, x.start) < (d.sentence, d.start)]


def _same(context: Context, words: re.Pattern[str], clauses: Clauses, d: Draft) -> bool:
    """Whether the clause of a draft, or its whole sentence, opens with words such as *this is*."""
    lo, hi = clauses.bounds(clauses.segment(max(d.end - 1, d.start)))
    aside = {clauses.zones[z].kind for z in {clauses.zone(d.end - 1)} if z >= 0}
    opens = any(words.match(context.text, _letters(context, a), hi) for a in (lo, clauses.start))
    return opens and not aside & {"after", "occasion", "quote"}


def _letters(context: Context, at: int) -> int:
    """Where the letters begin from a place on."""
    while at < len(context.text) and not context.text[at].isalnum():
        at += 1
    return at


def _this(context: Context, words: re.Pattern[str], clauses: Clauses, d: Draft) -> bool:
    """Whether the meeting of a draft is called *this* one, and by no name or number."""
    m = d.meeting
    if m is None or not clauses.start <= d.start < clauses.end:
        return False
    if not clauses.start <= m.start < clauses.end:  # a bare word that points back
        lo, _ = clauses.bounds(clauses.segment(d.end - 1))
        return words.search(context.text, lo, d.end) is not None
    lo, hi = clauses.bounds(clauses.segment(m.start))
    rows = words.finditer(context.text, lo, hi)
    return not m.value["ordinal"] and any(w.end() <= m.end and m.start - w.end() <= 2 for w in rows)


def _one(a: Draft, b: Draft) -> bool:
    """Whether *this* one can be the one told before, by day and name."""
    x, y = meeting_key(a.meeting), meeting_key(b.meeting)
    return dates_agree(a, b) and (x is None or y is None or x in y or y in x)
