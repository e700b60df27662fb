"""The last day of what is told to have begun on one: *opened on 13 May and closed on the 15th*."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from communique.claims.begun import came_for
from communique.claims.clause import Clauses
from communique.claims.context import Context
from communique.claims.draft import Draft, meeting_key, ordinal
from communique.claims.moodwords import begins, grammar
from communique.claims.spans import LASTING, LONGEST, ahead, last_day, lies_in
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.dates import Anchor, DateMention, Resolved
from communique.mentions.fold import fold
from communique.mentions.partial import LEAP, parse
from communique.mentions.words import words_pattern
from communique.model import Mention

NEAR = 2  # sentences between the first day and the last
REACH = 24  # letters between the words for an end and the day behind them
WORDS = 4  # words before the words for an end that name nothing else (*it is to end*)
DAY = 2  # signs in a date of one day


@kept
def _words(pack: LanguagePack) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """The words of a pack for a beginning and for an end."""
    begun, ended = ([fold(w, pack.reading) for w in x] for x in (begins(pack), pack.mood.ended))
    apart = pack.reading.words_apart
    return words_pattern(begun, apart=apart), words_pattern(ended, apart=apart)


def settle(context: Context, known: Mapping[int, Resolved], anchor: Anchor) -> None:
    """Give the drafts of a unit that began on a day, in place, the last day that their sentence or the next one tells.

    What tells the end is no event of its own.
    """
    begun, ended = _words(context.pack)
    begins = [d for d in context.drafts if begun is not None and _begins(context, d, begun)]
    for i in sorted({d.sentence + n for d in begins for n in range(NEAR + 1)}) if ended is not None else ():
        if i >= len(context.marked.scan.sentences):
            break
        clauses = context.clauses(i)
        for m in ended.finditer(context.text, clauses.start, clauses.end) if ended is not None else ():
            day = _day(context, clauses, m)
            told = [d for d in begins if (d.sentence, d.start) < (i, m.start()) and 0 <= i - d.sentence <= NEAR]
            told = [d for d in told if not _other(context, clauses, m, d)]
            for d in reversed(told if day is not None else []):
                if day is not None and _end(context, d, i, day, (known, anchor)):
                    break
    if begun is not None and ended is not None and context.pack.reading.words_apart:
        _led_back(context, begun, ended)
    _home(context, known, anchor)


@kept
def _goes_home(pack: LanguagePack) -> re.Pattern[str] | None:
    """The words of a pack for going home from a journey."""
    return words_pattern([fold(w, pack.reading) for w in pack.mood.goes_home], apart=pack.reading.words_apart)


def _home(context: Context, known: Mapping[int, Resolved], anchor: Anchor) -> None:
    """Give the one journey that a unit tells to have begun on a day, in place, the day of going home for its last one.

    *A left for B on Monday. He will return home on 8 May*.
    """
    trips = [d for d in context.drafts if d.type == "visit" and _one_day(d) and came_for(context, d)]
    words = _goes_home(context.pack)
    if len(trips) != 1 or words is None:
        return
    journeys = (d for d in context.drafts if d.type == "visit" and d.names())
    others = {d.sentence for d in journeys if not d.names() & trips[0].names()}
    for i in range(trips[0].sentence, len(context.marked.scan.sentences)):
        if i in others:
            continue  # another goes home
        clauses = context.clauses(i)
        for m in words.finditer(context.text, max(clauses.start, trips[0].start), clauses.end):
            day = _day(context, clauses, m)
            if day is not None and _end(context, trips[0], i, day, (known, anchor)):
                return


def _led_back(context: Context, begun: re.Pattern[str], ended: re.Pattern[str]) -> None:
    """Give what is told to have ended on a day the first one, which a sentence soon behind tells.

    *The drill ended on 23 July. The exercise, which had started on 13 July, ...*: what tells the beginning is no event
    of its own.
    """
    days = [d for d in context.drafts if d.type in LASTING and d.status == "held" and _one_day(d)]
    for main in days:
        if not ended.search(context.text, main.start, main.end + 2) or not _one_day(main):
            continue
        for d in days:
            near = 0 <= d.sentence - main.sentence <= NEAR and d.start > main.end and d.type == main.type
            if not near or d.date is None or main.date is None or not d.countries() <= main.countries():
                continue
            first, last, key = str(d.date.edtf), str(main.date.edtf), meeting_key(d.meeting)
            same = key in (None, meeting_key(main.meeting)) and begun.search(context.text, d.start, d.end + 2)
            if same and first < last and _soon(first, last):
                main.date = replace(main.date, edtf=f"{first}/{last}")
                context.drafts = [x for x in context.drafts if x is not d]
                break


def _one_day(d: Draft) -> bool:
    """Whether a draft has one whole day of a known year."""
    edtf = (d.date.edtf if d.date else None) or ""
    return edtf.count("-") == DAY and "/" not in edtf and not edtf.startswith("XXXX")


def opened(context: Context) -> None:
    """Give what is told to have ended on a day, in place, the first day that a later sentence tells of it.

    *The round closed on Friday. It had opened on Tuesday*: what tells the beginning is no event of its own.
    """
    begun, ended = _words(context.pack)
    if begun is None or ended is None or not context.pack.reading.words_apart:
        return
    begins = [d for d in context.drafts if d.type == "session" and _begins(context, d, begun)]
    for first in begins:
        day, key = (first.date.edtf or "" if first.date else ""), meeting_key(first.meeting)
        for main in context.drafts:
            last = (main.date.edtf or "") if main.date else ""
            told = main.type == first.type and key is not None and meeting_key(main.meeting) == key
            told = told and ordinal(main) in (ordinal(first), None) or (told and ordinal(first) is None)
            days = day.count("-") == last.count("-") == DAY and day < last and _soon(day, last)
            if main is first or main.date is None or not told or not days or "/" in day + last:
                continue
            if ended.search(context.text, main.start, main.end) and main.status == first.status == "held":
                main.date = replace(main.date, edtf=f"{day}/{last}")
                context.drafts = [d for d in context.drafts if d is not first]
                break


def _begins(context: Context, d: Draft, begun: re.Pattern[str]) -> bool:
    """Whether a draft is told to have begun on a day."""
    edtf = (d.date.edtf if d.date else None) or ""
    if d.type not in (*LASTING, "talks") or edtf.count("-") != DAY or "/" in edtf or edtf.startswith("XXXX-XX"):
        return False
    hi = context.marked.scan.sentences[d.sentence].end
    since = d.date_at is not None and d.date_at.bound == "since"
    return since or begun.search(context.text, d.start, min(d.end + 2, hi)) is not None


def _day(context: Context, clauses: Clauses, m: re.Match[str]) -> Mention | None:
    """The one day that stands beside words for an end: behind them, or right before them where no blanks part words."""
    apart, text = context.pack.reading.words_apart, context.text
    for x in clauses.mentions:
        if x.kind != "date" or x.value["date"].last is not None or x.value["date"].first.finest not in ("day", None):
            continue
        if x.value["date"].first.finest is None and not x.value["date"].first.relative:
            continue
        if x.start <= m.end() <= x.end and x.end > m.end():
            return x
        gap = (m.end(), x.start) if x.start >= m.end() else (x.end, m.start())
        if gap[0] > gap[1] or set(text[gap[0] : gap[1]]) & set(",;:()"):
            continue
        if gap[1] - gap[0] <= (REACH if apart else 4) and (x.start >= m.end()) == apart:
            return x
    return None


def _other(context: Context, clauses: Clauses, m: re.Match[str], d: Draft) -> bool:
    """Whether the clause of an end tells of another thing than a draft: another meeting, or what no rule knows."""
    lo, hi = clauses.bounds(clauses.segment(m.start()))
    here = [x for x in clauses.mentions if x.kind == "meeting" and lo <= x.start < hi]
    key = meeting_key(d.meeting)
    if any(not x.value["generic"] and meeting_key(x) != key for x in here):
        return True
    if d.sentence == clauses.index:
        return False
    sort, name = (d.meeting.value["sort"], d.meeting.value["name"].lower()) if d.meeting is not None else (None, "")
    if any(sort and x.value["sort"] != sort for x in here):
        return True
    heads = (x.value["name"].lower() for x in here if x.value["generic"] and x.value["sort"] == "session")
    before = context.text[lo : m.start()]
    more = before.split()[WORDS:] if context.pack.reading.words_apart else before[WORDS + WORDS :]
    return bool(more) if not here else any(h not in name for h in heads)


def _end(
    context: Context, main: Draft, sentence: int, day: Mention, against: tuple[Mapping[int, Resolved], Anchor]
) -> bool:
    """Give a draft its last day, where that comes soon after the first, and leave out what only tells of the end.

    Returns whether it has it.
    """
    known, anchor = against
    at: DateMention = day.value["date"]
    begun = (main.date.edtf if main.date else None) or ""
    told = (known[day.start].edtf or "") if day.start in known else ""
    last = last_day(at, begun, told)
    if main.date is None or last.count("-") != DAY or not begun < last or not _soon(begun, last):
        return False
    main.date = replace(main.date, edtf=f"{begun}/{last}")
    if main.status in ("held", "ongoing") and anchor.published:
        on = lies_in(anchor.published, main.date.edtf) or ahead(last, anchor)
        main.status = "ongoing" if on and not ahead(begun, anchor) else main.status if on else "held"
    elif main.status == "held":
        planned = grammar(context.pack).planned
        lo, _ = (c := context.clauses(sentence)).bounds(c.segment(day.start))
        main.status = "ongoing" if planned and planned.search(context.text, lo, day.end) else "held"
    key = meeting_key(main.meeting)
    context.drafts = [
        d
        for d in context.drafts
        if d is main
        or d.type != main.type
        or d.sentence != sentence
        or d.date_at is not at
        or (meeting_key(d.meeting) or key) != key
    ]
    return True


def _soon(begun: str, last: str) -> bool:
    """Whether one day comes in the weeks after another."""
    days = [(p[0] if p[0].year is not None else p[0].within(LEAP)).first() for x in (begun, last) if (p := parse(x))]
    return len(days) == 2 and days[0] is not None and days[1] is not None and (days[1] - days[0]).days < LONGEST
