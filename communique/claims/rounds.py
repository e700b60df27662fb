"""Which meeting an event is a round of: the one that its clause names, or the one that a word points back to."""

from __future__ import annotations

from dataclasses import replace

from communique.claims.clause import Clauses
from communique.claims.clausewords import grammar, marker_before
from communique.claims.context import Context
from communique.claims.draft import Party
from communique.claims.frame import Frame
from communique.claims.triggers import Trigger
from communique.loader.language import Rule
from communique.mentions import ordinals
from communique.mentions.dates import DateMention
from communique.mentions.fold import folded
from communique.model import Mention

BESIDE = ("date", "state", "bloc", "place")
"""What may stand between an organ and the verb for its sitting."""
MET = frozenset({"session", "exercise", "visit", "talks", "ceremony"})
"""Types of what a number alone may be the next of (*the third*)."""
REACH, DESCRIBED = 40, 3  # letters and words before a noun among which one says that it is new
NEAR = 32  # letters between what is told to lie ahead and who leads it


def given(context: Context, clauses: Clauses, frame: Frame, rule: Rule) -> tuple[Mention, ...]:
    """Return the meetings of a frame; where the rule looks back, the one that the event told last was a round of."""
    if frame.meetings or not rule.back:
        return frame.meetings
    last = context.drafts[-1] if context.drafts else None
    if last is None or last.type != rule.type:
        return ()
    here = last.meeting if last.start < frame.trigger.start and last.sentence == clauses.index else None
    past = [x for x in (*context.past, here) if x is not None and x.value["sort"] == rule.sort]
    return (past[-1],) if past else ()


def to_come(context: Context, frame: Frame, rule: Rule) -> bool:
    """Whether only who takes part is told, of what was told last and lies ahead."""
    last = context.drafts[-1] if context.drafts else None
    if last is None or last.status != "planned":
        return False
    subject = frame.args.get("subject", ())
    behind = bool(subject) and subject[0].start >= frame.trigger.end and last.type == rule.type
    again = all(m.value["generic"] and not m.value["ordinal"] for m in frame.meetings) and last.type == rule.type
    again = (
        again and bool(frame.meetings) and 0 < frame.trigger.start - last.end < NEAR
    )  # *and B will chair the meeting*
    near = again and not context.pack.reading.words_apart
    return near or (rule.back and not frame.meetings) or (behind and rule.type in ("exercise", "session"))


def each(meetings: tuple[Mention, ...], meeting: Mention | None) -> list[Mention | None]:
    """One event for each named meeting that is coordinated with the others."""
    named = [m for m in meetings if not m.value["generic"] or m.value["ordinal"]]
    if meeting is not None and len(named) < 2 and (both := meeting.value.get("rounds")):  # *the 3rd and 4th forums*
        return [replace(meeting, value={**meeting.value, "ordinal": n}) for n in both]
    return list(named) if len(named) > 1 else [meeting]


def sitting(context: Context, frame: Frame, m: Mention) -> Mention | None:
    """*The committee held its 29th meeting*: the round is one of the body that holds it."""
    if (holder := _holder(context, frame, m)) is not None:
        value = {**holder.value, "sort": m.value["sort"], "ordinal": m.value["ordinal"]}
        return Mention(holder.start, m.end, "meeting", value, "phrase")
    subject = frame.args.get("subject", ())
    body = subject[0].members[0] if subject and not frame.inherited else None
    if body is None or body.kind not in ("body", "group") or not (m.value["generic"] and m.value["ordinal"]):
        return None
    hits = context.marked.within(body.start, body.end)
    parties = tuple(dict.fromkeys(h.entry.value for h in hits if h.entry.kind in ("state", "bloc") and h.entry.value))
    if len(parties) < 2:
        return None
    name = context.raw[body.start : body.end]
    return Mention(
        body.start, m.end, "meeting", {**m.value, "name": name, "generic": False, "parties": parties}, "phrase"
    )


def _holder(context: Context, frame: Frame, m: Mention) -> Mention | None:
    """The body right before a verb that holds a meeting, numbered or not: *the committee held its annual session*."""
    t, text, pack = frame.trigger, context.text, context.pack
    if not pack.reading.words_apart:
        return _organ(context, frame, m)
    if not m.value["generic"]:
        return None
    before = [x for x in context.marked.row(m) if x.end <= t.start and x.kind != "date"]
    x = before[-1] if before else None
    while x is not None and x.kind in ("state", "bloc"):  # *the committee between A and B*
        before.pop()
        x = before[-1] if before else None
    named = x is not None and x.kind == "meeting" and not x.value["generic"]
    sits = named and x is not None and x.value["mkind"] == "group"
    sits = sits or (named and x is not None and x.value["mkind"] == "organisation" and len(x.value["parties"]) == 1)
    return x if sits and x is not None and not set(text[x.end : t.start]) & set(",;:") else None


def _organ(context: Context, frame: Frame, m: Mention) -> Mention | None:
    """The same where no blanks part words: the organ of one bloc or of several states that begins the clause.

    What the meeting is about, and where it is, may stand between.
    """
    rows = [x for x in context.marked.row(m) if x.end <= frame.trigger.start and x.kind not in BESIDE]
    x = rows[-1] if rows and (m.value["generic"] or m.value["one_off"]) and m.start >= frame.trigger.end else None
    if x is None or x.kind != "meeting" or x.value["generic"] or not x.value["parties"] or frame.args.get("subject"):
        return None
    sits = x.value["mkind"] == "organisation" or (x.value["mkind"] == "group" and len(x.value["parties"]) > 1)
    return x if sits and not set(context.text[x.end : frame.trigger.start]) & set(",;:") else None


def _whose(context: Context, m: Mention) -> Mention | None:
    """The meeting of what is named right behind it: *a special meeting of the A committee*."""
    text, pack = context.text, context.pack
    if not pack.reading.words_apart or not m.value["generic"]:
        return None
    word = next((w for w in pack.phrases.of if text.startswith(f" {w} ", m.end)), None)
    at = m.end + len(word) + 2 if word else -1
    at = next((at + len(a) + 1 for a in pack.nouns.articles if at > 0 and text.startswith(f"{a} ", at)), at)
    x = next((x for x in context.marked.row(m) if x.start == at and x.kind == "meeting"), None)
    if x is None or x.value["generic"] or x.value["one_off"]:
        return None
    value = {**x.value, "sort": m.value["sort"], "ordinal": m.value["ordinal"] or x.value["ordinal"]}
    return Mention(m.start, x.end, "meeting", value, "phrase")


def _number(context: Context, m: Mention) -> int | None:
    """The number of the sitting that stands before the name of a series: *the second ministerial meeting of X*."""
    before = [x for x in context.marked.row(m) if x.kind == "meeting" and x.end < m.start]
    if not before or not context.pack.reading.words_apart or not before[-1].value["generic"]:
        return None
    small = {*context.pack.phrases.of, *context.pack.nouns.articles}
    between = context.text[before[-1].end : m.start].split()
    number: int | None = before[-1].value["ordinal"]
    return number if between and between[0] in context.pack.phrases.of and set(between) <= small else None


def named(context: Context, m: Mention, fresh: bool = False) -> Mention:
    """A generic word for a meeting (*the meeting*, *the first one*) points back to the last named one like it.

    ``fresh``: the clause convenes a meeting, so that a bare word is a new one.
    """
    if (whose := _whose(context, m)) is not None:
        return whose
    gone = m.value["ordinal"] is None and _gone(context, m)
    coming = m.value["ordinal"] is None and _coming(context, m)
    turn = bool(m.value.get("turn")) and (gone or coming)
    if (not m.value["generic"] and gone and context.pack.reading.words_apart) or turn:
        mine = _like(context, m) or m  # *the previous round of consultations* is one of the consultations told before
        return Mention(m.start, m.end, m.kind, {**mine.value, "ordinal": None, "other": True}, m.rule)
    if not m.value["generic"] and m.value["ordinal"] is None and (number := _number(context, m)):
        return replace(m, value={**m.value, "ordinal": number})
    newly = _newly(context, m)
    if not m.value["generic"] or ((fresh or newly) and m.value["ordinal"] is None and not coming):
        return m
    if not m.value["name"] and m.value["ordinal"] is None and not gone and not coming:
        return _body(context, m)
    past = [x for x in context.past if x.value["sort"] in (m.value["sort"], None)]
    told = next((d for d in reversed(context.drafts) if d.type in MET), None) if not m.value["name"] else None
    if not past and gone and context.pack.reading.words_apart:
        return replace(m, value={**m.value, "other": True})  # *the previous meeting*, where the one told has no name
    if not past or (told is not None and told.type != m.value["sort"]):
        return m
    word = m.value["name"]
    alike = [x for x in past if x.value["name"].endswith(word) or context.raw.endswith(word, x.start, x.end)]
    last = (alike or past)[-1]
    if coming:
        return Mention(m.start, m.end, m.kind, {**last.value, "ordinal": None, "other": True}, m.rule)
    if gone:
        return Mention(m.start, m.end, m.kind, {**last.value, "ordinal": None, "other": True}, m.rule)
    sits = context.text.endswith(folded(context.pack.phrases.plenary, context.pack.reading), m.start, m.end)
    if m.value["ordinal"] is None or (sits and last.value["ordinal"] is not None):
        return last
    keep = {k: last.value[k] for k in ("name", "acronym", "known", "mkind", "generic", "parties", "one_off", "series")}
    return Mention(m.start, m.end, m.kind, {**m.value, **keep}, m.rule)


def _newly(context: Context, m: Mention) -> bool:
    """Whether words before a meeting say that it was not told of before, some that describe it aside (*a two-week*)."""
    nouns = context.pack.nouns
    before = context.text[max(0, m.start - REACH) : m.start].replace(",", " , ").split()
    words = before[-DESCRIBED:] if context.pack.reading.words_apart else before[-1:]
    near = next((w for w in reversed(words) if w in nouns.newly or w in nouns.articles or not w[0].isalnum()), None)
    return near in nouns.newly


def _like(context: Context, m: Mention) -> Mention | None:
    """The meeting told last whose name ends with the word with which a bare name for a round ends, in small letters."""
    name = m.value["name"]
    last = next(reversed(context.past), None) if name == name.lower() else None
    if m.value.get("turn") and last is not None and last.value["sort"] == m.value["sort"]:
        return last
    same = last is not None and last.value["name"].lower().split()[-1:] == name.split()[-1:]
    return last if same and last is not None and last.value["sort"] == m.value["sort"] else None


def _body(context: Context, m: Mention) -> Mention:
    """The body that a bare word calls again (*the commission met in A*): the last one whose name ends in it."""
    word = context.text[m.start : m.end].rpartition(" ")[2]
    rows = (x for row in context.marked.mentions for x in row if x.kind == "meeting" and x.end < m.start)
    named = [x for x in rows if not x.value["generic"]]
    opens = any(s.start == m.start for s in context.marked.scan.sentences)  # *It was set up in 1982*
    alike = [x for x in named[-1:] if opens and x.value["mkind"] == "group"]
    alike = [x for x in named if word in x.value["name"].lower().split()] or alike
    if not alike:
        return m
    value = {**alike[-1].value, "ordinal": None, "sort": "session", "other": True}
    return Mention(m.start, m.end, m.kind, value, m.rule)


def _coming(context: Context, m: Mention) -> bool:
    """Whether words say of a round that it is the one to come: *the next meeting*."""
    text, words = context.text, context.pack.phrases.coming
    before = context.pack.reading.words_apart and any(text.endswith(f" {w} ", 0, m.start) for w in words)
    return before or any(text.startswith(w, m.start) for w in words)


def _gone(context: Context, m: Mention) -> bool:
    """Whether words say of a round that it is the one before: *the last meeting*."""
    text, words = context.text, context.pack.phrases.gone
    before = context.pack.reading.words_apart and any(text.endswith(f" {w} ", 0, m.start) for w in words)
    return before or any(text.startswith(w, m.start) for w in words)


def addressed(context: Context, clauses: Clauses, frame: Frame) -> Party | None:
    """The gathering that a message goes to (*to the party's congress*), as a party of the state that its name has.

    One whose name has no state, or several, is a party of none where no blanks stand between words.
    """
    lo, _ = clauses.bounds(clauses.segment(frame.trigger.start))
    g = grammar(context.pack)
    for m in clauses.mentions:
        here = m.kind == "meeting" and lo <= m.start and m.end <= frame.trigger.start
        if not here or marker_before(context.text, lo, m.start, g) != "to":
            continue
        told = named(context, m)
        inside = context.marked.within(told.start, told.end)
        owners = {h.entry.value for h in inside if h.entry.kind in ("state", "bloc", "body") and h.entry.value}
        if len(owners) == 1 or not context.pack.reading.words_apart:
            owner = owners.pop() if len(owners) == 1 else None
            return Party(context.raw[told.start : told.end], owner, "group")
    return None


def about(context: Context, clauses: Clauses, frame: Frame) -> Mention | None:
    """The meeting that adopted a text, the mission or mechanism of a deployment or an appointment."""
    rule, t = frame.trigger.rule, frame.trigger
    rows = [m for m in clauses.mentions if m.kind == "meeting"]
    if rule.type == "exercise" and rule.inside:  # *they patrolled together for the 5th time*
        return next((m for m in rows if m.start <= t.start < m.end and not m.value["generic"]), None)
    if rule.type == "adoption":
        lo, _ = clauses.bounds(clauses.segment(t.start))
        apart = context.pack.reading.words_apart
        sits = [
            m
            for m in rows
            if m.value["sort"] == "session" or (not apart and m.value["mkind"] in ("organisation", "meeting"))
        ]
        before = [m for m in sits if lo <= m.start and m.end <= t.start]
        return named(context, before[-1]) if before else _of_text(context, frame)
    kinds = {"deployment": ("organisation", "framework"), "appointment": ("meeting", "dialogue", "organisation")}
    wanted = kinds.get(rule.type, ())
    if rule.type == "appointment":
        lo, hi = clauses.bounds(clauses.segment(t.start))
        rows = [m for m in rows if lo <= m.start < hi]
    fits = [m for m in rows if m.value["mkind"] in wanted and not m.value["generic"]]
    _, hi = clauses.bounds(clauses.segment(t.start))
    behind = [m for m in fits if t.end <= m.start < hi and m.value["mkind"] == "organisation"]
    near = behind if rule.type == "deployment" and not context.pack.reading.words_apart else []
    return next(iter([*near, *fits]), None)  # rather the mission that one is sent to than what the sentence is about


def _of_text(context: Context, frame: Frame) -> Mention | None:
    """The round whose number and name a text bears (*the joint statement of the 15th meeting of ministers*)."""
    text = frame.instrument
    if text is None or text.value["quoted"] or context.pack.reading.words_apart:
        return None
    number = next(iter(ordinals.find(context.text, text.start, text.end, context.pack)), None)
    known = {h.entry.value for h in context.marked.within(text.start, text.end)}
    past = [x for x in context.past if x.value["known"] and x.value["known"] in known]
    if number is None or not past:
        return None
    return Mention(text.start, text.end, "meeting", {**past[-1].value, "ordinal": number.number}, "phrase")


def no_trip(context: Context, clauses: Clauses, t: Trigger, date: DateMention | None) -> DateMention | None:
    """A trip's span is the date of the visit, not of what happened on it.

    What stands behind the verb of a meeting is its own (*went to A to attend the meeting held from the 5th to the
    7th*), where blanks stand between words if no comma parts them.
    """
    rule = t.rule
    if date is None or date.last is None or rule.type == "visit":
        return date
    between = context.text[t.end : date.start] if context.pack.reading.words_apart else ""
    if rule.type == "session" and date.start >= t.end and "," not in between:
        return date
    trips = (d for d in context.drafts if d.type == "visit" and d.sentence == clauses.index)
    if rule.type == "exercise" and not context.pack.reading.words_apart:
        trips = (d for d in trips if d.names())  # ships that visit A and drill there do so on these days
    return None if any(d.date_at is date for d in trips) else date


def many(frame: Frame, roles: list[tuple[Party, str]]) -> bool:
    """Whether a gathering of several states' people is told (*the ministers of A, B and C met*), which is no talks."""
    first = frame.args["subject"][0].members[0] if frame.args.get("subject") else None
    behind = any(g.start >= frame.trigger.end for f in ("object", "to", "with") for g in frame.args.get(f, ()))
    several = len({p.country for p, _ in roles}) > 2 and not behind
    return frame.trigger.rule.type == "talks" and several and first is not None and first.kind == "group"


def named_till(frame: Frame, meeting: Mention | None) -> int:
    """Where the words that name an event end, so that its being called off may follow; 0 where it has no name."""
    t = frame.trigger
    told = [g for groups in frame.args.values() for g in groups]
    noun = bool(told) and t.rule.type in ("call", "talks") and all(g.start >= t.end for g in told)
    if meeting is None and not noun:
        return 0
    return max([t.end, meeting.end if meeting else 0, *(g.end for g in told if noun)])


def gone(context: Context, clauses: Clauses, t: Trigger) -> bool:
    """Whether words before a verb say that it tells of the time before this one (*the last time they met was in May*).

    Only where no blanks stand between words.
    """
    lo, _ = clauses.bounds(clauses.segment(t.start))
    words = context.text[lo : t.start]
    return not context.pack.reading.words_apart and any(w in words for w in context.pack.phrases.gone)
