"""What goes on from what was told before: its day, and to whom a message went."""

from __future__ import annotations

from communique.claims import moodwords
from communique.claims.context import Context
from communique.claims.draft import Draft, Party
from communique.mentions.dates import DateMention, Resolved
from communique.mentions.fold import folded
from communique.mentions.resolving import days_between

ANNIVERSARY = "anniversary"
DAY = 2  # signs in a date of one day
LATELY = 60
"""Days before publication from one of which a sentence may go on."""
OPENS = 4
"""Words with which a sentence may open before the noun that it tells of."""
TEXTS = frozenset({"signing", "adoption"})
FOLLOWING = frozenset({"ceremony", "talks", "signing", "adoption", "appointment", "decision"})


def on(context: Context, first: int, known: dict[int, Resolved], published: str | None) -> None:
    """Give the date of the sentence before to drafts of the same paragraph that name none.

    Only of texts a year or a month, or a day long before that on which the unit was ``published``.

    What the pack's ``on_it`` begins (*on this occasion*) was done on the day that the sentence before names; of
    messages between the same two states the next has the day of the last. Behind a semicolon the same type goes on;
    behind a full stop only what follows a dated event at once: a ceremony, talks, a signing.
    """
    sentences = context.marked.scan.sentences
    for draft in context.drafts[first:]:
        if draft.date is not None or draft.sentence == 0 or _on_trip(context, draft):
            continue
        if draft.status not in ("held", "planned") or _only_named(context, draft):
            continue
        if draft.type == "message" and draft.status == "held" and (sent := _sent_with(context, first, draft)):
            draft.date, draft.date_at = sent.date, sent.date_at
            continue
        before, mine = sentences[draft.sentence - 1], sentences[draft.sentence]
        if "\n" in context.text[before.end : mine.start] or before.part != mine.part:
            continue
        if draft.status == "held" and context.text.startswith(
            folded(context.pack.phrases.on_it, context.pack.reading), mine.start
        ):
            draft.date, draft.date_at = _day_before(context, draft.sentence - 1, known)
            continue
        told = [d for d in context.drafts[:first] if d.sentence == draft.sentence - 1 and d.date]
        told = [d for d in told if d.status == draft.status and (d.status == "held" or _one_day(d))]
        told = [d for d in told if d.rule != ANNIVERSARY]
        text = draft.type in TEXTS  # *in 1994 they signed one, and also another*
        told = [d for d in told if (text and d.type in TEXTS) or not _long_ago(d.date, published)]
        # A trip's span is no day of what happened on it.
        told = [d for d in told if d.type != "visit" or "/" not in ((d.date.edtf if d.date else None) or "")]
        began = [d for d in context.drafts[:first] if d.sentence == draft.sentence - 1 and arrived(d, known)]
        if context.text[before.end - 1] == ";":
            told = [d for d in told if d.type == draft.type] or told[:0]
        elif draft.type not in FOLLOWING or mine.start + 40 * context.pack.reading.stretch < draft.start:
            continue
        if told:
            draft.date, draft.date_at = told[-1].date, told[-1].date_at
        elif began and draft.status == "held" and not context.pack.reading.words_apart:
            draft.date, draft.date_at = arrived(began[-1], known), began[-1].date_at
        elif draft.status == "held" and (context.pack.reading.words_apart or draft.type in FOLLOWING):
            day, at = _day_before(context, draft.sentence - 1, known)
            draft.date, draft.date_at = (None, None) if _long_ago(day, published) else (day, at)


def _long_ago(date: Resolved | None, published: str | None) -> bool:
    """Whether a date names no day, or one long before a day of publication: *praised the pact signed in 1993*."""
    first = ((date.edtf if date else None) or "").partition("/")[0]
    if first.count("-") != DAY:
        return True
    ago = days_between(first, published)
    return ago is not None and ago > LATELY


def _only_named(context: Context, draft: Draft) -> bool:
    """Whether a draft is a noun that a clause only speaks of: *some of which came up at the [meeting of A and B]*.

    Only where words stand apart; a noun that opens its sentence, or comes soon, is what the sentence tells.
    """
    pack, before = context.pack, context.text[context.marked.scan.sentences[draft.sentence].start : draft.start]
    first = context.text[draft.start : draft.end].partition(" ")[0]
    articles = tuple(f" {w} " for w in pack.nouns.articles)
    spoken = bool(articles) and f"{before.rstrip()} ".endswith(articles) and first in pack.nouns.meeting_words
    return pack.reading.words_apart and spoken and len(before.split()) > OPENS


def arrived(trip: Draft, known: dict[int, Resolved]) -> Resolved | None:
    """The one day told of a journey of some days as that of its beginning (*arrived on the 3rd for four days*)."""
    at, edtf = trip.date_at, (trip.date.edtf if trip.date else None) or ""
    if trip.type != "visit" or "/" not in edtf or at is None or at.last is not None or trip.status == "planned":
        return None
    day = known.get(at.start)
    return day if day is not None and day.edtf and edtf.startswith(day.edtf) else None


def _sent_with(context: Context, first: int, draft: Draft) -> Draft | None:
    """The message told last, if it has a day and went between the same two states: *X and Y sent each other*, too."""
    last = next((d for d in reversed(context.drafts[:first]) if d.type == "message" and d.part == draft.part), None)
    same = last is not None and len(draft.countries()) > 1 and last.countries() == draft.countries()
    return last if same and last is not None and last.status == "held" and _one_day(last) else None


def _one_day(draft: Draft) -> bool:
    """Whether a draft is dated by one day: what lies ahead goes on from such."""
    edtf = (draft.date.edtf if draft.date else None) or ""
    return edtf.count("-") == DAY and "/" not in edtf


def congratulated(context: Context, first: int) -> None:
    """A message that names nobody goes to who takes an office in the same breath (*on B's election, A sent one*).

    Where no blanks part words, also in the sentence before, of the same paragraph: *B was elected. A congratulated*.
    """
    drafts = context.drafts[first:]
    taken = [x for d in drafts if d.type == "appointment" for x in d.roles if x[1] == "subject"]
    persons = [party for party, _ in taken if party.kind == "person"]
    for draft in drafts:
        if draft.type == "message" and not taken:
            persons = _elected(context, draft, first)
        roles = {role for _, role in draft.roles}
        if draft.type != "message" or "sender" not in roles or "recipient" in roles:
            continue
        senders = {party.name for party, _ in draft.roles}
        told = persons or (_greeted(context, draft, first) if draft.extra.get("back") else [])
        draft.roles += [(party, "recipient") for party in told if party.name not in senders]


def _greeted(context: Context, draft: Draft, first: int) -> list[Party]:
    """Who got the message that was told last, or took an office, in another state: *in his own, C's king wrote*."""
    told, own = [d for d in context.drafts[:first] if d.type in ("message", "appointment")], draft.countries()
    last = next((d for d in reversed(told) if d.type == "message"), told[-1] if told else None)
    roles = last.roles if last is not None else []
    return [p for p, r in roles if r in ("recipient", "subject") and p.kind == "person" and p.country not in own]


def _elected(context: Context, draft: Draft, first: int) -> list[Party]:
    """Who took an office in the sentence before a congratulation, where that is one person."""
    sentences, at = context.marked.scan.sentences, draft.sentence
    before, mine = sentences[max(at - 1, 0)], sentences[at]
    glad = moodwords.grammar(context.pack).thanks
    if context.pack.reading.words_apart or not at or glad is None:
        return []
    if not glad.search(context.text, draft.start, mine.end):
        return []
    told = [d for d in context.drafts[:first] if d.sentence == at - 1 and d.type == "appointment"]
    who = [p for d in told for p, r in d.roles if r == "subject" and p.kind == "person"]
    return who if len(who) == 1 and "\n" not in context.text[before.end : mine.start] else []


def _on_trip(context: Context, draft: Draft) -> bool:
    """Whether a draft's own sentence tells before it of a journey of some days, where no blanks stand between words."""
    if context.pack.reading.words_apart:
        return False
    told = (d for d in context.drafts if d.sentence == draft.sentence and d.start < draft.start and d.type == "visit")
    return any("/" in ((d.date.edtf if d.date else None) or "") for d in told)


def _day_before(
    context: Context, sentence: int, known: dict[int, Resolved]
) -> tuple[Resolved | None, DateMention | None]:
    """The one day that a sentence names, where nothing that a rule reads happened on it (*they set out that day*)."""
    days = [m for m in context.clauses(sentence).mentions if m.kind == "date" and m.value["date"].last is None]
    days = [m for m in days if m.value["date"].kind != ANNIVERSARY]
    date = known.get(days[0].start) if len(days) == 1 else None
    mention: DateMention | None = days[0].value["date"] if days else None
    past = mention is not None and not (mention.ahead or mention.bound or mention.term) and mention.kind == "day"
    return (date, mention) if date and date.edtf and past else (None, None)
