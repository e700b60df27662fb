"""Commitments: who binds whom to what, split by object (codebook, section 6)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from communique.claims.build import claim
from communique.claims.clause import Clauses, Group
from communique.claims.commitwords import Book, book
from communique.claims.context import Context
from communique.claims.draft import HEADLINES, Draft, Party
from communique.claims.due import ahead, due
from communique.claims.undertaken import MEANT, Said, aside, closed, of_things, vague, within
from communique.mentions.dates import Anchor, DateMention, resolve
from communique.mentions.fold import folded
from communique.model import Claim, Mention

REACH = 12
NEAR = 12
LONGEST_ITEM = 60
NAMING = frozenset({"person", "meeting", "instrument", "group", "body"})
SHORTEST = 10  # letters, where words stand apart
ITEM = re.compile(r"(?:[a-z0-9]{1,2}[.)]|[-\u2022\u2013])\s")


VERB = 12  # letters of a verb and an article before the name of what is planned
PLANS = frozenset({"session", "talks", "visit", "exercise", "ceremony", "deployment", "upgrade"})
COMING = frozenset({"agree", "propose", "pledge", "hope"})
"""What is agreed, proposed or promised by name as an event is that event, and no commitment beside it."""
SPLIT = frozenset({"agree", "propose", "direct", "pledge"})
"""Acts whose undertakings stand in rows of clauses."""


def commitments(context: Context, anchor: Anchor) -> list[Claim]:
    """Return the commitments of a unit."""
    b = book(context.pack)
    out: list[Claim] = []
    if b.opener is None:
        return out
    context.he = None  # who spoke last in what was read so far
    taken = [(d.start, d.end) for d in context.drafts if d.type == "proposal"]
    coming = [d for d in context.drafts if d.status in ("planned", "denied") and d.type in PLANS or d.type == "upgrade"]
    planned = [(_named_from(d) if b.apart else d.start, d.end) for d in coming]
    state, text = _State(), context.text
    lists = _item_lines(context) if b.apart else frozenset()
    for i, sentence in enumerate(context.marked.scan.sentences):
        if sentence.part in HEADLINES:
            continue
        context.reading = i
        clauses = context.clauses(i)
        rows = list(closed(context, clauses, b))
        state.said = None if rows else state.said
        for said, start, body, end in rows or _segments(context, clauses, b, state):
            if any(s < end and start < e and (min(e, end) - max(s, start)) * 2 > end - start for s, e in taken):
                continue
            mine = [(s, e) for s, e in planned if min(e, end) - max(s, start) >= (end - start) // 2]
            # *Promised A and will send B*: what is planned behind a link is not what was promised before it.
            if said.rule.act in COMING and any(
                not (b.apart and b.second and b.second.match(text, end, e)) for s, e in mine
            ):
                continue
            made = _claim(context, clauses, said, start, body, end, b, anchor)
            if said is not state.leads:
                state.leads, state.by = said, made.values["due"] if _past_date(clauses, body) > body else None
                if state.until is not None and said.leading:
                    state.by = resolve(state.until, anchor, "planned", None).edtf
                    made = _claim(context, clauses, said, start, body, end, b, anchor, state.by)
            elif made.values["due"] is None and state.by is not None:
                made = _claim(context, clauses, said, start, body, end, b, anchor, state.by)
            state.framed = state.framed or state.speaker
            state.frame = state.frame if state.speaker == state.framed else None
            if made.values["due"] is None and (frame := ahead(state.frame, anchor)) is not None:
                made = _claim(context, clauses, said, start, body, end, b, anchor, frame)
            out.append(made)
        last = context.text[sentence.end - 1]
        if last != ";" and not (
            b.apart and state.said is not None and (last == ":" or state.said.listing and i in lists)
        ):
            state.said = None
    context.reading = None
    return out


@dataclass(slots=True)
class _State:
    """What is open while a unit is read: the commitment, who spoke last, and until when a list holds."""

    said: Said | None = None
    speaker: tuple[Party, ...] = ()
    leads: Said | None = None
    by: str | None = None
    until: DateMention | None = None
    frame: DateMention | None = None  # by when the words that opened a speech want it done
    framed: tuple[Party, ...] = ()  # whose speech that is


def _segments(context: Context, clauses: Clauses, b: Book, state: _State) -> Iterable[tuple[Said, int, int, int]]:
    text = context.text
    for k, lo, hi in _bounds(text, clauses, b):
        while lo < hi and text[lo].isspace():
            lo += 1
        end = hi
        while end > lo and not text[end - 1].isalnum() and text[end - 1] not in ")\u300b\u201d":
            end -= 1
        if end <= lo:
            continue
        whole = [g for g in clauses.groups if g.segment == k and g.zone == -1]
        here = [g for g in whole if lo <= g.start < hi]
        colon = text[hi - 1] == ":"
        opened, at = _open(context, clauses, b, lo, end, whole, state.speaker)
        if opened is not None and within(opened, at - lo, state.said):
            opened = None
        if opened is None and (not k or state.said is None) and b.asides and b.asides.fullmatch(text, lo, end):
            dates = [m.value["date"] for m in clauses.mentions if m.kind == "date" and lo <= m.start < end]
            state.frame, state.framed = (dates[-1], ()) if dates else (state.frame, state.framed)
        if opened is not None:
            alone = not b.apart and (at >= end - 1 or any(0 <= g.start - at < 3 and g.end == end for g in here))
            state.said = Said(opened.rule, opened.actors, opened.others, colon, alone)
            state.speaker = opened.actors or state.speaker
            context.he = next((p for p in state.speaker if p.kind == "person"), context.he)
            state.until = None
            if colon or alone or at >= end - 1 or (b.asides and b.asides.fullmatch(text, at, end)):
                continue
        elif state.said is not None and state.said.leading and (until := _only_date(clauses, lo, end)):
            state.until = until
            continue
        elif state.said is not None and aside(context, clauses, lo, end, b):
            continue
        elif state.said is not None and colon and b.apart:
            state.said = replace(state.said, listing=True)
            continue
        elif state.said is not None and (
            state.said.listing or _goes_on(context, clauses, _past_date(clauses, lo), end, here, b, state.said)
        ):
            pass
        else:
            near = NEAR * context.pack.reading.stretch
            first = next((g for g in here if g.marker is None and (b.apart or g.start - lo <= near)), None)
            if first is not None:
                state.said = None
            # *He said, believing A would do well, that ...*: of whom something is said does not speak, nor does what
            # is somebody's (*the friendship of A and B*).
            owns = first is not None and not b.apart and text.startswith(tuple(context.pack.phrases.of), first.end)
            if first is not None and not (
                owns or text.startswith(folded(context.pack.mood.said, context.pack.reading), lo)
            ):
                state.speaker = tuple(context.members(first, clauses)) or state.speaker
                context.he = next((p for p in state.speaker if p.kind == "person"), context.he)
            continue
        said = state.said
        if said is None or not said.actors or vague(text, lo, end, b) or (b.apart and end - lo < SHORTEST):
            continue
        yield said, lo, lo if opened is None else at, end


def _named_from(draft: Draft) -> int:
    """Where the words begin that name what is planned: its verb and its meeting, without those who plan it."""
    m = draft.meeting
    return m.start - VERB if m is not None and draft.start < m.start - VERB and m.end <= draft.end else draft.start


def _item_lines(context: Context) -> frozenset[int]:
    """The sentences behind which a list of lines goes on: the next one is an item of it (*b) ...*)."""
    sentences = context.marked.scan.sentences
    return frozenset(
        i - 1 for i, s in enumerate(sentences) if i and ITEM.match(context.text, s.start, s.end) is not None
    )


def _bounds(text: str, clauses: Clauses, b: Book) -> Iterable[tuple[int, int, int]]:
    """The segments of a sentence, parted also where a link joins a second opener (*welcomed A and proposed B*)."""
    for k in range(len(clauses.cuts) + 1):
        lo, hi = clauses.bounds(k)
        for m in b.second.finditer(text, lo, hi) if b.second else ():
            if m.start() > lo + 3 and clauses.zone(m.start()) < 0:
                yield from _parts(text, clauses, b, k, lo, m.start())
                lo = m.start(1)
        yield from _parts(text, clauses, b, k, lo, hi)


def _parts(text: str, clauses: Clauses, b: Book, k: int, lo: int, hi: int) -> Iterable[tuple[int, int, int]]:
    """The same, parted where a second undertaking begins behind an opener (*agreed to A and to B*)."""
    opened = b.opener.search(text, lo, hi) if b.opener and b.parts else None
    for m in b.parts.finditer(text, opened.end() + 12, hi) if b.parts and opened else ():
        if clauses.zone(m.start()) < 0 and not any(x.start < m.end() and m.start() < x.end for x in clauses.mentions):
            yield k, lo, m.start()
            lo = m.start()
    yield k, lo, hi


def _open(
    context: Context, clauses: Clauses, b: Book, lo: int, hi: int, here: list[Group], speaker: tuple[Party, ...]
) -> tuple[Said | None, int]:
    """Whether a segment opens a commitment, and where its content begins: the first opener that fits decides."""
    text = context.text
    if b.opener is None:
        return None, hi
    for m in _openers(b.opener, text, lo, hi, b.apart):
        if _aside(clauses, m.start()):
            continue
        before = [g for g in here if lo <= g.start and g.end <= m.start() and g.marker in (None, "by")]
        edge = before[0].end if before else lo
        far = m.start() - edge > REACH * context.pack.reading.stretch
        if far or (not b.apart and of_things(context, clauses, before, lo, m.start())):
            continue
        following = next((x for x in clauses.mentions if x.start >= m.end()), None)
        for rule in b.rules[m.group()]:
            modal, unless = b.modal[rule.id], b.unless[rule.id]
            if (modal and not modal.search(text, m.end(), hi)) or (unless and unless.search(text, lo, hi)):
                continue
            if rule.act == "welcome" and _greeted(following, m.end()):
                continue
            nearest = before[-1] if before and not b.apart and before[-1].end == m.start() else None
            first = nearest or (before[0] if before else None)
            actors = tuple(context.members(first, clauses)) if first else speaker
            if rule.who in ("own", "both") and b.apart and len(before) > 1:
                # *X stressed that the two sides should*: one speaks, others are spoken of.
                speaker, actors = actors, tuple(context.members(before[-1], clauses))
            if rule.who == "pair" and len({p.country for p in actors}) < 2:
                continue
            if rule.who in ("own", "both"):
                named = {p.country for p in actors}
                voice = {p.country for p in speaker}
                if not speaker or len(voice) != 1 or not before and rule.who == "both":
                    continue
                if (rule.who == "own") != (named == voice):
                    continue
                actors = speaker
            elif not actors:
                actors = _meeting_parties(context, clauses, lo, m.start())
            others = _others(context, clauses, here, m.span(), actors)
            if rule.who == "other" and not others:
                continue
            if rule.who == "mine" and (others or not any(0 <= g.start - m.end() < 3 for g in here)):
                continue
            return Said(rule, actors, others), m.end() - b.kept[m.group()]
    return None, hi


def _openers(opener: re.Pattern[str], text: str, lo: int, hi: int, apart: bool) -> Iterable[re.Match[str]]:
    """The openers of a stretch; where no blanks part words, one that begins inside another, too (*[also] will*)."""
    if apart:
        yield from opener.finditer(text, lo, hi)
        return
    while (m := opener.search(text, lo, hi)) is not None:
        yield m
        lo = m.start() + 1


def _aside(clauses: Clauses, at: int) -> bool:
    """Whether a place lies inside a name or in an aside."""
    named = any(x.start <= at < x.end for x in clauses.mentions if x.kind in NAMING)
    return named or clauses.zone(at) >= 0


def _others(
    context: Context, clauses: Clauses, here: list[Group], opener: tuple[int, int], actors: tuple[Party, ...]
) -> tuple[Party, ...]:
    """The other side: whom the segment names with *to* or *with* before the opener, or behind it."""
    before = [g for g in here if g.end <= opener[0] and g.marker in ("to", "with")]
    named = book(context.pack).not_others
    for g in [*before, *(g for g in here if g.start >= opener[1])]:
        if named and named.match(context.text, g.end):
            continue
        found = tuple(p for p in context.members(g, clauses) if p.country not in {a.country for a in actors})
        if found:
            return found
    return ()


def _greeted(following: Mention | None, at: int) -> bool:
    """Whether somebody is welcomed, not something."""
    return following is not None and following.kind in ("person", "delegation") and following.start - at < 3


def _meeting_parties(context: Context, clauses: Clauses, lo: int, hi: int) -> tuple[Party, ...]:
    m = next((m for m in clauses.mentions if m.kind == "meeting" and lo <= m.start < hi), None)
    return context.pair() if m is not None else ()


def _past_date(clauses: Clauses, at: int) -> int:
    """Where the words begin behind a date at ``at``, else ``at``."""
    return next((m.end for m in clauses.mentions if m.kind == "date" and m.start == at), at)


def _only_date(clauses: Clauses, lo: int, hi: int) -> DateMention | None:
    """The date of a segment that holds little else: *from now until 2018*."""
    return next(
        (m.value["date"] for m in clauses.mentions if m.kind == "date" and lo <= m.start < hi <= m.end + 4), None
    )


def _goes_on(context: Context, clauses: Clauses, lo: int, hi: int, here: list[Group], b: Book, said: Said) -> bool:
    """Whether a segment adds another undertaking to the open one: it begins with an action and has no new actor.

    Behind an opener that ended its segment the actor of the action may stand first.
    """
    text = context.text
    if b.link and (link := b.link.match(text, lo, hi)):
        lo = link.end()
    actor = next((g for g in here if g.marker is None and g.start - lo < 4), None)
    if actor is not None and b.starts and b.starts.match(text, lo, actor.start):
        actor = None  # *strengthen young officers' exchanges*: whom the action is about
    if actor is not None:
        return said.leading and (said.rule.act in MEANT or bool(b.should and b.should.match(text, actor.end, hi)))
    if b.starts and b.starts.match(text, lo, hi):
        return True
    if not b.apart:
        return said.rule.act in SPLIT and _acts(context, clauses, lo, hi, b)
    # A bare noun phrase: the next item of a list.
    return hi - lo < LONGEST_ITEM and not (b.verbs and b.verbs.search(text, lo, hi))


def _acts(context: Context, clauses: Clauses, lo: int, hi: int, b: Book) -> bool:
    """Whether a segment begins with a verb, perhaps behind an adverb, that says what is to be done."""
    sentence = context.marked.scan.sentences[clauses.index]
    i = sentence.token_at(lo)
    if i < 0 or sentence.tokens[i].start != lo or (b.not_starts and b.not_starts.match(context.text, lo, hi)):
        return False
    while sentence.tokens[i].tag == "adverb" and i + 1 < len(sentence.tokens):
        i += 1
    t = sentence.tokens[i]
    told = b.not_starts and b.not_starts.match(context.text, t.start, hi)
    return t.tag == "verb" and t.end - t.start > 1 and t.end < hi and not told


def _claim(
    context: Context,
    clauses: Clauses,
    said: Said,
    start: int,
    body: int,
    end: int,
    b: Book,
    anchor: Anchor,
    by: str | None = None,
) -> Claim:
    """The claim of the segment ``start`` to ``end``, whose content begins at ``body``; ``by`` is the list's date."""
    text, raw = context.text, context.raw
    act = said.rule.act
    if said.rule.behind and (then := b.modal[said.rule.id]) and (word := then.search(text, body, end)):
        body = word.start()
    first = body + text.startswith(" ", body)
    if b.apart and b.trim and (on := _past_date(clauses, first)) > first and b.trim.match(text, on + 1, end):
        body = on + 1  # *agreed on 3 May to open a line*
    while b.trim and (lead := b.trim.match(text, body, end)):
        body = lead.end()
    topics = [t for t, p in b.topics if p.search(text, body, end)] or ["other"]
    actors = _codes(context, said.actors)
    others = [c for c in _codes(context, said.others) if c not in actors]
    if not others and len(actors) == 1 and said.rule.act != "direct":
        others = [p.country for p in context.pair() if p.country and p.country not in actors][:1]
    values: dict[str, Any] = {
        "actors": actors,
        "counterparties": others if len(actors) == 1 else [],
        "act": act,
        "content": raw[body:end].strip(",: \u3000") or raw[start:end],
        "topics": topics[:3],
        "due": due(text, clauses.mentions, body, end, b, anchor) or by,
    }
    unit = context.marked.scan.unit
    return claim(unit, "commitment", values, [(start, end, None)], f"{context.pack.code}/{said.rule.id}")


def _codes(context: Context, parties: Iterable[Party]) -> list[str]:
    """For whom parties speak: their states; nobody but himself speaks who is at home by his name alone."""
    own = {p.name for p in parties if p.kind == "person" and p.country == context.home and context.people.plain(p.name)}
    return list(dict.fromkeys(p.name if p.name in own else p.country or p.name for p in parties))
