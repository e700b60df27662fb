"""What happened on an occasion has its day and its place: at a meeting, at a drill, after talks."""

from __future__ import annotations

from dataclasses import replace

from communique.claims.context import Context
from communique.claims.draft import HEADLINES, SITTINGS, Draft, dates_agree, meeting_key, ordinal
from communique.mentions.dates import Resolved

HOSTING = frozenset({"session", "talks", "ceremony", "visit", "exercise"})
DAY = 2  # signs in a date of one day
ATTACHED = frozenset(
    {"signing", "adoption", "ceremony", "talks", "upgrade", "appointment", "decision", "establishment"}
)


def happened_at(context: Context, draft: Draft, bare: bool) -> None:
    """Give what happened on an occasion its day and place: the event told last before it, with a party in common.

    A text that nobody is said to have adopted (``bare``) is the session's. A day is given only where the words
    tie the two (*then*, *after the talks*), or where both stand in one paragraph; the place only where the day
    is the same.
    """
    if draft.status != "held" or not _attached(context, draft) or draft.part in HEADLINES:
        return
    told = [
        d
        for d in context.drafts
        if d.sentence < draft.sentence or (d.sentence == draft.sentence and d.start < draft.start)
    ]
    told = [d for d in told if d.type in HOSTING and d.date and d.date.edtf]
    if told and told[-1].type == "session" and told[-1].status == "planned" and not draft.roles and not draft.date:
        return  # *will attend the meeting of 6 May. On its agenda: founding A, adopting B*
    told = [d for d in told if d.status in ("held", "ongoing")]
    if not told:
        return
    main = told[-1]
    whose = main.countries() | set(main.meeting.value["parties"] if main.meeting is not None else ())
    shared = not draft.countries() or bool(draft.countries() & whose)
    if (
        bare
        and draft.type == "adoption"
        and draft.meeting is None
        and main.type == "session"
        and _tied(context, main, draft)
    ):
        draft.meeting = main.meeting
    one = main.date is not None and "/" not in (main.date.edtf or "/")
    if one and draft.date is None and draft.date_at is None and shared and _tied(context, main, draft):
        draft.date, draft.date_at = main.date, main.date_at
        draft.place = draft.place or (main.place if draft.type != "appointment" else None)
    elif draft.place is None and draft.type != "appointment" and draft.date:
        day = draft.date.edtf or ""
        that = [d for d in told if d.date and d.date.edtf == day and (d is main or day.count("-") == DAY)]
        with_them = (d for d in reversed(that) if draft.countries() & d.countries() or (d is main and shared))
        there = next((d for d in with_them if d.place is not None), None)
        there = there or next((d for d in reversed(told) if _amid(context, d, draft)), None)
        draft.place = there.place if there is not None else None


def _amid(context: Context, main: Draft, draft: Draft) -> bool:
    """Whether the day of a draft is one of those of a sitting or a drill with a party in common, which has a place.

    Only where no blanks part words.
    """
    first, _, last = ((main.date.edtf if main.date else None) or "").partition("/")
    day = (draft.date.edtf if draft.date else None) or ""
    one = bool(last) and len(day) == len(first) == len(last) and day.count("-") == DAY
    sits = main.type in ("session", "exercise") and main.place is not None and not context.pack.reading.words_apart
    return sits and one and first <= day <= last and bool(draft.countries() & main.countries())


def _attached(context: Context, draft: Draft) -> bool:
    """Whether something happens, as a rule, on an occasion: so does a session without a name (*they met the press*)."""
    unnamed = draft.type == "session" and draft.meeting is None and not context.pack.reading.words_apart
    drill = draft.type == "exercise" and draft.date is not None and not context.pack.reading.words_apart
    return draft.type in ATTACHED or unnamed or drill


def meanwhile(context: Context, draft: Draft) -> None:
    """Talks that are said to be held during a meeting are held where the meeting told before is."""
    if draft.type not in ("talks", "signing") or draft.place is not None or context.pack.reading.words_apart:
        return
    clauses = context.clauses(draft.sentence)
    zones = [z for z in clauses.zones if z.kind == "during"]
    if not any(m.kind == "meeting" and z.start <= m.start < z.end for z in zones for m in clauses.mentions):
        return
    told = [d for d in context.drafts if d.type == "session" and d.sentence <= draft.sentence and d.place]
    if told and told[-1].place is not None:
        here = told[-1].sentence == draft.sentence
        draft.place = told[-1].place if here else replace(told[-1].place, city=None)


DRILLED = frozenset({"exercise", "talks", "ceremony", "signing", "session"})
"""What some of those who take part in a drill do where it is held."""


def drilled(context: Context, draft: Draft) -> None:
    """What is told behind a drill of some of those who take part, on one of its days, was where the drill was."""
    if draft.type not in DRILLED or draft.status != "held" or draft.place is not None or draft.mode is not None:
        return
    drills = [d for d in context.drafts if d.type == "exercise" and d.place and d.status in ("held", "ongoing")]
    told = [d for d in drills if d is not draft and (d.sentence, d.start) < (draft.sentence, draft.start)]
    told = [d for d in told if draft.date and draft.date.edtf and d.date and d.date.edtf and dates_agree(d, draft)]
    own = draft.countries()
    if told and own and own <= told[-1].countries() and told[-1].place is not None:
        draft.place = replace(told[-1].place, city=None)


def sat(context: Context, draft: Draft, bare: bool) -> None:
    """What a meeting adopted has its day, its place and, where nobody is said to have adopted it, its parties."""
    key = meeting_key(draft.meeting)
    if draft.type != "adoption" or draft.status != "held" or key is None:
        return
    for s in context.drafts:
        if s.type != "session" or s.status != "held" or meeting_key(s.meeting) != key:
            continue
        if ordinal(s) and ordinal(draft) and ordinal(s) != ordinal(draft):
            continue
        if draft.date is None and draft.date_at is None:
            draft.date, draft.date_at = s.date, s.date_at
        draft.place = draft.place or s.place
        if bare:
            draft.roles = [(p, r if r == "chair" else "attendee") for p, r in s.roles] or draft.roles
        return


def opened(context: Context, draft: Draft) -> None:
    """The opening of what a text tells was on its first day, the closing on its last."""
    if draft.type != "ceremony" or draft.status != "held" or draft.meeting is None or draft.date is not None:
        return
    words = context.text[draft.meeting.start : draft.meeting.end]
    phrases = context.pack.phrases
    opens, closes = (words.endswith(tuple(w)) for w in (phrases.opening, phrases.closing))
    apart = context.pack.reading.words_apart
    for main in context.drafts if opens or closes else ():
        there = {main.place.country} if main.place else set()
        stay = main.type == "visit" and draft.countries() <= main.countries() | there
        if apart:
            stay = main.type == "visit" and (stay or draft.sentence - main.sentence == 1)
            if main.sentence > draft.sentence:
                continue
        if not (stay or main.type in SITTINGS) or main.status not in ("held", "ongoing"):
            continue
        first, _, last = (main.date.edtf if main.date and main.date.edtf else "").partition("/")
        day = (last or first) if closes else first
        if day.count("-") == 2 and (last or opens or not main.date_at):
            draft.date, draft.date_at = Resolved(day, main.date.basis if main.date else None), main.date_at
            draft.place = draft.place or main.place
        return


def _tied(context: Context, main: Draft, draft: Draft) -> bool:
    """Whether a draft follows an event at once: in its sentence, its paragraph, or by a word such as *then*."""
    sentences = context.marked.scan.sentences
    s = sentences[draft.sentence]
    if not context.pack.reading.words_apart and before(context, draft):
        return False
    if draft.sentence == main.sentence:
        return True
    if any(context.text.startswith(w, s.start) for words in context.pack.mood.same_time.values() for w in words):
        return True
    between = context.text[sentences[main.sentence].end : s.start]
    if not context.pack.reading.words_apart and _one_day(context, draft):
        return True
    return "\n" not in between and draft.sentence - main.sentence <= 2


def _one_day(context: Context, draft: Draft) -> bool:
    """Whether all that was told as held before an act was held on one day."""
    if draft.type == "talks" or (draft.type == "ceremony" and draft.meeting is None):
        return False
    told = [d for d in context.drafts if d.sentence <= draft.sentence and d.status in ("held", "ongoing") and d.date]
    return len({d.date.edtf for d in told if d.date}) == 1


def before(context: Context, draft: Draft) -> bool:
    """Whether a word says that an act came before, or the act only describes a text (*the pact [that they] signed*)."""
    words = [t for t in context.marked.scan.sentences[draft.sentence].tokens if draft.start <= t.start < draft.end]
    done = any(t.tag == "adverb" and context.text[t.start : t.end] in context.pack.mood.held for t in words)
    of = tuple(context.pack.phrases.of)
    return done or any(t.tag == "verb" and context.text.startswith(of, t.end) for t in words)
