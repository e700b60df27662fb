"""On which day an event was, and what the day says of its status."""

from __future__ import annotations

from dataclasses import replace

from communique.claims import calledoff, datenames, dating, moodwords, otherdays, presumed, rounds, settings, spans
from communique.claims.carry import arrived
from communique.claims.clause import Clauses
from communique.claims.context import Context
from communique.claims.draft import FACED, HEADLINES, SITTINGS, Draft, Place
from communique.claims.frame import Frame
from communique.claims.triggers import OFF, Trigger
from communique.loader.kept import kept
from communique.loader.language import LanguagePack, Rule
from communique.mentions.dates import Anchor, DateMention, Resolved, resolve
from communique.mentions.datevalues import NOTHING
from communique.mentions.fold import fold, folded
from communique.mentions.resolving import FULL_DAY, days_between
from communique.model import Mention

BEFORE = 12
"""Letters before a verb within which its helping verb stands (*is also flying*)."""
WEEKS = 45  # days ahead within which a day without a year is not that of the year before
DAY = 2  # signs in a date of one day
DATE = 10  # letters of a day
LATER = "/.."
OPENS = 4
"""Letters between a verb and the day right behind it on which it was done (*proposed on 5 May*)."""


def named(context: Context, clauses: Clauses, frame: Frame) -> DateMention | None:
    """Return the date that belongs to a trigger by its place, or None; a round in a list has one of its own."""
    t, text, pack = frame.trigger, context.text, context.pack
    if presumed.noted(text, clauses, t, pack):
        _, hi = clauses.bounds(clauses.segment(t.start))
        own = next((m.value["date"] for m in clauses.mentions if m.kind == "date" and t.end <= m.start < hi), None)
        if own is not None:
            return own  # type: ignore[no-any-return]
    at = dating.date_of(text, clauses, t, pack, frame.last, frame.floor, _describes(text, frame, pack))
    if at is None or "round" in t.rule.need or not presumed.own_day(at.start, text, clauses, t, pack):
        return None
    if t.rule.type == "signing" and at.end <= t.start and _of_signed(text, at.end, t, pack):
        return None  # *on 2 March parliament passed the pact signed with A*
    z = clauses.zones[clauses.zone(t.start)] if pack.reading.words_apart and clauses.zone(t.start) >= 0 else None
    before = z is not None and z.kind == "before" and not z.start <= at.start < z.end + 2
    return None if before else at  # *on 5 May A drilled, days before B meets C*: the talks have another day


def _describes(text: str, frame: Frame, pack: LanguagePack) -> tuple[int, int]:
    """Where the words stand that describe whom somebody meets: *met [who came on 5 May for a visit] B*."""
    t, of = frame.trigger, folded(pack.phrases.of, pack.reading)
    met = frame.args.get("object", ()) if t.rule.type in FACED and not pack.reading.words_apart else ()
    return next(((t.end, g.start) for g in met if t.end < g.start and text.endswith(of, t.end, g.start)), (0, 0))


ACTS = frozenset({"adoption", "decision", "message", "signing"})
"""Types of what does not last, so that no day can be its last one."""
CAPTIONED = frozenset({*HEADLINES, "caption"})
"""Parts of a page in which what has happened is told in the present."""


def _of_signed(text: str, start: int, t: Trigger, pack: LanguagePack) -> bool:
    """Whether a signing only describes a text that is passed or approved by a verb behind ``start``."""
    of = folded(pack.phrases.of, pack.reading)
    if pack.reading.words_apart or not text.startswith(of, t.end):
        return False
    return any(w in text[start : t.start] for w in _passes(pack))


@kept
def _passes(pack: LanguagePack) -> tuple[str, ...]:
    rules = (r for r in pack.rules if r.type == "decision" and "instrument" in r.need)
    return tuple({fold(w, pack.reading) for r in rules for w in r.trigger if "~" not in w})


def to_come(context: Context, at: DateMention, clauses: Clauses, frame: Frame) -> bool:
    """Whether the last word of a date, or those right behind it, say that it lies ahead (*goes on 5 May next*).

    So does a verb of plans in the present with a day of the week, but in a headline or caption (*flies on Friday*, *is
    flying on Friday*).
    """
    g, text, t = moodwords.grammar(context.pack), context.text, frame.trigger
    pattern, verb = g.to_come, text[t.start : t.end].partition(" ")[0]
    now = g.present_now is not None and g.present_now.search(text, max(clauses.start, t.start - BEFORE), t.end)
    day = at.first.weekday is not None and not at.first.week_rel and (verb in context.pack.mood.present or now)
    if (day or (now and 0 in (at.first.week_rel, at.first.month_rel))) and clauses.part not in CAPTIONED:
        return True
    last = max(text.rfind(" ", at.start, at.end), at.start)
    return pattern is not None and any(pattern.match(text, i) for i in (last, at.end))


def _own_day(
    context: Context,
    clauses: Clauses,
    frame: Frame,
    meeting: Mention | None,
    against: tuple[Anchor, dict[int, Resolved]],
    status: str,
    date_at: DateMention | None,
) -> DateMention | None:
    """Return the date that the words name, if it is that of what the trigger tells and not of something beside it."""
    rule, text, pack = frame.trigger.rule, context.text, context.pack
    anchor, known = against
    date_at = rounds.no_trip(context, clauses, frame.trigger, date_at)
    if status in OFF:
        date_at = calledoff.day_of(text, clauses, frame.trigger, date_at, pack)
    if status == "denied" and date_at is not None and calledoff.said_no(text, frame.trigger, date_at, pack):
        date_at = None
    if date_at is not None and frame.inside and not frame.inside[0] <= date_at.start < frame.inside[1]:
        date_at = None  # *received on the 5th the minister B, who came for the talks*: the talks have their own day
    if date_at is not None and _not_its_own(clauses, frame, meeting, date_at, pack.reading.words_apart):
        date_at = None
    if (
        date_at is not None
        and rule.type in SITTINGS
        and otherdays.of_journey(text, clauses, frame.trigger, date_at, status, pack)
    ):
        date_at = None
    if date_at is not None and date_at.bound == "until" and rule.type in ACTS and pack.reading.words_apart:
        date_at = None  # *adopted a resolution extending the mandate until 5 May*
    if date_at is not None and datenames.of_issue(text, clauses, frame.trigger, date_at, pack):
        date_at = None
    if rule.type == "proposal" and date_at is not None and _gone(date_at, anchor, known):
        date_at = None  # *proposed a summit on Tuesday*: a day that is over is not that of what is proposed
    if date_at is not None and status == "ongoing" and otherdays.of_who_met(clauses, frame.trigger, date_at, pack):
        date_at = None
    if date_at is not None and status == "planned" and _not_yet(context, clauses, frame, date_at, anchor):
        date_at = None
    if date_at is not None and status == "planned" and otherdays.said_past(text, date_at, anchor, pack):
        date_at = None
    if date_at is not None and status == "planned" and otherdays.of_main(text, frame.trigger, date_at, pack):
        date_at = None
    return date_at


def happened(
    context: Context,
    clauses: Clauses,
    frame: Frame,
    meeting: Mention | None,
    against: tuple[Anchor, dict[int, Resolved]],
    status: str,
    date_at: DateMention | None,
) -> tuple[str, Resolved | None, DateMention | None]:
    """Return the status, the date and the words that name it.

    ``against`` is what dates are resolved against, and the dates of the unit that are resolved already; ``date_at``
    is the date that the trigger's words name.
    """
    rule, text, pack = frame.trigger.rule, context.text, context.pack
    anchor, known = against
    back = rule.type in SITTINGS and otherdays.comes_back(text, clauses, pack)
    date_at = _own_day(context, clauses, frame, meeting, against, status, date_at)
    date = resolved(date_at, anchor, known, status)
    if pack.reading.words_apart and status in ("held", "ongoing") and date_at is not None and date is not None:
        soon = _soon(date_at, anchor, date)  # *is visiting A from 20 May*, said on the 15th
        status, date = ("planned" if status == "ongoing" and soon is not date else status), soon
    if status == "held" and date_at is not None and date is not None and _came_for(context, clauses, frame):
        days = days_between(date.edtf, anchor.published or anchor.lower)
        if date_at.end <= frame.trigger.start and days is not None and days <= 1:
            return "planned", None, None  # *arrived on Monday for talks with B*
    if date and date.edtf and date.edtf.startswith("XXXX") and meeting is not None and meeting.value["year"]:
        date = Resolved(date.edtf.replace("XXXX", meeting.value["year"]), "unit")
    if status in ("held", "ongoing") and spans.on_the_way(text, clauses, frame.trigger, frame.args, pack):
        own = date_at is not None and frame.inside and frame.inside[0] <= date_at.start < frame.inside[1]
        status, date, date_at = "ongoing", date if own else None, date_at if own else None  # *B, who is on a visit*
    if rule.type in spans.LASTING and date and date.edtf:
        date = spans.row_of(text, clauses, date_at, date, known, pack) if date_at else date
        begun = spans.span_of(text, clauses, rule.type, date, pack)
        status = "ongoing" if status == "held" and begun is not date and not spans.over(begun, date) else status
        date = begun
    if status == "held" and (date is None or not date.edtf) and spans.stays(text, clauses, frame.trigger, pack):
        status = "ongoing"
    status = spans.by_day(
        status, date, anchor, rule, moodwords.over(text, frame.trigger.start, frame.trigger.end, pack)
    )
    if pack.reading.words_apart and status in ("held", "ongoing") and rule.type in ("deployment", *dating.TEXTS):
        status, date = _ever_since(status, date, date_at, rule.type)
    if rule.status and "round" in rule.need:
        return status, date, date_at  # *at the talks he told of the results of the congress*: another day
    after = _same_time(context, clauses, frame, rule) if date is None or date_at is None else None
    if after is None and date is None and date_at is None and status in ("held", "ongoing") and not back:
        date = _later_that_day(context, clauses, frame, against)
    if after and status == "planned" and after != "any" and not pack.reading.words_apart:
        after = None  # *at the meeting it was announced that he will go there*
    if after:
        main = _going_on(context, clauses.index, after, status)
        date = _end_of(main) if main and main.type == "exercise" else main.date if main else date
        if main and main.type == "visit" != rule.type and _some_days(main):
            date = _first_day(context, clauses, frame, main) or (
                None if pack.reading.words_apart else arrived(main, known)
            )
        date = None if main and main.type == "exercise" and status == "planned" else date
    return status, date, date_at


def _came_for(context: Context, clauses: Clauses, frame: Frame) -> bool:
    """Whether talks are what somebody went somewhere for, by the words before them (*flew to A [for talks with] B*)."""
    g, (lo, _), t = moodwords.grammar(context.pack), clauses.bounds(clauses.segment(frame.trigger.start)), frame.trigger
    if t.rule.type != "talks" or g.went is None or not context.pack.reading.words_apart:
        return False
    went = next(g.went.finditer(context.text, lo, t.start), None)
    words = folded(context.pack.markers.before.get("for", ()), context.pack.reading)
    between = context.text[went.end() : t.start + BEFORE].split() if went else []
    return any(w in between for w in words)


def _ever_since(status: str, date: Resolved | None, at: DateMention | None, kind: str) -> tuple[str, Resolved | None]:
    """The status and the open span of what was done ever since a month or a year (*has sent troops since 2014*)."""
    edtf = (date.edtf if date else None) or ""
    if at is None or date is None or at.bound != "since" or at.first.finest == "day" or not edtf or "/" in edtf:
        return status, date
    return ("ongoing" if kind == "deployment" else status), replace(date, edtf=f"{edtf}{LATER}")


def _going_on(context: Context, sentence: int, kind: str, status: str) -> Draft | None:
    """The event that a later sentence goes on from: the last of one day in its paragraph, else the unit's first.

    ``kind`` is the type that the words name (*after the talks*), or ``any``; what lies ahead goes on from such.
    """
    goes = ("session", "talks", "visit", "ceremony", *(() if context.pack.reading.words_apart else ("exercise",)))
    told = [d for d in context.drafts if d.date and d.date.edtf and d.type in goes]
    if status == "held" and kind != "exercise" and not context.pack.reading.words_apart:
        told = [d for d in told if d.status in ("held", "ongoing")]  # *will come in June. After the rite they met*
    if kind == "any" and status == "planned" and not context.pack.reading.words_apart:
        told = [d for d in told if d.status == "planned"]
    one = [d for d in told if d.status == "held" and d.date and "/" not in str(d.date.edtf)]
    sentences = context.marked.scan.sentences
    for d in reversed(one):
        near = "\n" not in context.text[sentences[d.sentence].end : sentences[sentence].start]
        if near and kind in ("any", d.type):
            return d
    drills = (d for d in reversed(told) if d.type == kind == "exercise")
    named = next((d for d in one if d.type == kind), None) or next(drills, None)
    if named is not None or kind == "any":
        return named or next((d for d in told if d.type != "ceremony"), None)
    days = [d for d in one if d.type != "ceremony"] or one or [d for d in told if d.type != "ceremony"]
    return days[0] if days else None  # rather what was on one day than a journey's span


def _some_days(trip: Draft) -> bool:
    """Whether a journey is told with its span, which is no day of what was done on it."""
    return "/" in ((trip.date.edtf if trip.date else None) or "")


def _first_day(context: Context, clauses: Clauses, frame: Frame, trip: Draft) -> Resolved | None:
    """The first day of a journey, where the words before a trigger say that it was on that of the arrival."""
    words = folded(context.pack.mood.on_arrival, context.pack.reading)
    here = any(w in context.text[clauses.start : frame.trigger.start] for w in words)
    return replace(trip.date, edtf=str(trip.date.edtf).partition("/")[0]) if here and trip.date else None


def _end_of(drill: Draft) -> Resolved | None:
    """The last day of what is over when something follows it."""
    first, _, last = ((drill.date.edtf if drill.date else None) or "").partition("/")
    return replace(drill.date, edtf=last or first) if drill.date else None


def _not_its_own(clauses: Clauses, frame: Frame, meeting: Mention | None, at: DateMention, apart: bool) -> bool:
    """Whether a date is not the event's: when it was proposed is not when it is to be; a drill has its own day."""
    rule = frame.trigger.rule
    if rule.type == "proposal" and at.start < (frame.trigger.end + OPENS if apart else frame.trigger.start):
        return True
    there = meeting is not None and not clauses.start <= meeting.start < clauses.end
    return rule.back and rule.type == "exercise" and there


def _gone(at: DateMention, anchor: Anchor, known: dict[int, Resolved]) -> bool:
    """Whether a date, as of what was done, is a day before that of publication or a day of the week told as past."""
    found, published = (known.get(at.start) or NOTHING).edtf or "", anchor.published or ""
    return bool(FULL_DAY.match(found) and FULL_DAY.match(published)) and found[:10] <= published and not at.ahead


def _same_time(context: Context, clauses: Clauses, frame: Frame, rule: Rule) -> str | None:
    if rule.type == "proposal":
        return None  # its day is that of what is proposed
    if not context.pack.reading.words_apart and not presumed.own_day(
        -1, context.text, clauses, frame.trigger, context.pack
    ):
        return None  # *at the meeting he congratulated them on the congress*
    return settings.same_time(context.text, clauses, frame.trigger, context.pack)


def _not_yet(context: Context, clauses: Clauses, frame: Frame, at: DateMention, anchor: Anchor) -> bool:
    """Whether a date is that of the announcement, or of what comes before what lies ahead.

    *On 16 May the ministry announced, he will go there*; *after the forum on 3 May, he will go there*.
    """
    text, pack = context.text, context.pack
    if datenames.of_what_was(clauses, frame.trigger, at):
        return True
    g, t = moodwords.grammar(pack), frame.trigger
    if pack.reading.words_apart:
        near = resolve(at, anchor, None).edtf
        ahead = at.ahead or to_come(context, at, clauses, frame) or bool(near and spans.ahead(near, anchor))
        return not ahead and datenames.of_telling(text, clauses, t, at, g.tells)
    lo, _ = clauses.bounds(clauses.segment(t.start))
    put = g.governs is not None and t.rule.type == "session" and at.end <= t.start  # *on 5 May A proposed to hold it*
    if put and g.governs is not None and g.governs.search(text, at.end, t.start):
        return True
    return g.said is not None and g.said.search(text, at.end, lo) is not None


def _later_that_day(
    context: Context, clauses: Clauses, frame: Frame, against: tuple[Anchor, dict[int, Resolved]]
) -> Resolved | None:
    """The day told last, where a clause names a part of the day alone: *in the afternoon he called on B*.

    It is that of publication where the unit has named no other so far. Only where no blanks stand between words; what
    stands in an aside is no such clause.
    """
    t, text = frame.trigger, context.text
    if context.pack.reading.words_apart or t.rule.type in ("exercise", "deployment", "proposal"):
        return None
    lo, _ = clauses.bounds(clauses.segment(t.start))
    days = [m for m in clauses.mentions if m.kind == "date" and m.start < t.start]
    parts = [m for m in days if m.value["date"].kind == "part_only" and clauses.zone(m.start) < 0]
    if not parts or len(parts) < len(days) or parts[-1].start < lo and text[clauses.start : parts[-1].start].strip():
        return None
    published, known = against[0].published, against[1]
    before = (d for d in context.marked.dates if d.start < t.start and d.kind != "part_only")
    if published and all(d.start in known and known[d.start].edtf == published for d in before):
        return Resolved(published, "published")
    if t.rule.type == "visit":
        return None
    told = [d for d in context.drafts if d.date and d.date.edtf and d.status in ("held", "ongoing")]
    last = told[-1].date if told and told[-1].part == clauses.part else None
    day = (last.edtf or "") if last is not None else ""
    return last if day.count("-") == DAY and "/" not in day else None


def resolved(mention: DateMention | None, anchor: Anchor, known: dict[int, Resolved], status: str) -> Resolved | None:
    """Return what a date of the unit means, of what has that status: what lies ahead looks forward."""
    if mention is None:
        return None
    off = status in OFF and mention.first.year is None and bool(anchor.published)
    if off and mention.first.month is not None:
        return resolve(mention, anchor, None)  # what is off may lie behind or ahead: the nearest such day
    if off and mention.first.day is not None and not mention.first.relative and mention.last is None:
        found = next((d for d in (known.get(mention.start), resolve(mention, anchor, None)) if d and d.edtf), None)
        if found is not None and str(found.edtf).startswith(str(anchor.published)[:7]):
            return found  # a day alone is one of this month: *on the 5th he said, that day's signing was put off*
    if status in ("planned", "proposed", "cancelled", "postponed"):
        before = [d for at, d in known.items() if at < mention.start and d.edtf]
        return resolve(mention, anchor, "planned", before[-1] if before else None)
    return known.get(mention.start)


def _soon(mention: DateMention, anchor: Anchor, found: Resolved) -> Resolved:
    """The day as it is told: one without a year that is weeks away is not that of the year before.

    *The drill runs on 25 and 26 October*, said on the 22nd.
    """
    if (
        mention.first.day is None
        or found.basis != "published"
        or not FULL_DAY.match(found.edtf or "")
        or not FULL_DAY.match(anchor.published or "")
    ):
        return found
    near = resolve(mention, anchor, None)
    days = days_between(anchor.published, near.edtf)
    return near if days is not None and near.edtf != found.edtf and 0 < days <= WEEKS else found


def only_meanwhile(context: Context, clauses: Clauses, frame: Frame, place: Place | None) -> bool:
    """Whether a journey, told before, is only named as the time of something else (*during the visit*)."""
    zone = clauses.zone(frame.trigger.start)
    named = any(g.start < frame.trigger.start for g in frame.args.get("subject", ())) and not frame.inherited
    if context.pack.reading.words_apart or zone < 0 or clauses.zones[zone].kind != "during" or named:
        return False
    told = (
        d
        for d in context.drafts
        if d.type == "visit" and d.part not in HEADLINES and d.status not in ("cancelled", "postponed")
    )
    abroad = (d.place.country for d in told if d.place and d.countries() - {d.place.country})
    if not any(place is None or country == place.country for country in abroad):
        return False
    context.on_trip.add(clauses.index)
    return True
