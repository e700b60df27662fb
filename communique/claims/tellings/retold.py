"""Talks that a text tells again as the sitting of a dialogue, or by the states alone, so that they are no second event.

Only where words stand apart. *A and B agreed during talks in C on Monday. Minister X and Minister Y led the 10th
dialogue.*
"""

from __future__ import annotations

from communique.claims.context import Context
from communique.claims.draft import HEADLINES, Draft, dates_agree, ordinal
from communique.claims.tellings.joined import join
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import fold, folded

MET = frozenset({"talks", "session"})
TOLD = frozenset({"held", "ongoing"})
PAPERS = frozenset({"signing", "adoption"})
REACH = 3
"""Sentences between two tellings of one event."""


def merged(context: Context) -> list[Draft]:
    """Return the drafts of a unit without those that tell, by no name of a person, what another tells in full."""
    if not context.pack.reading.words_apart:
        return context.drafts
    out = list(context.drafts)
    for plain in [d for d in out if d.type in MET and _plain(d)]:
        main = next((d for d in out if d is not plain and _one(context, plain, d)), None)
        if main is not None:
            meeting = main.meeting
            join(main, plain)
            main.meeting = meeting
            out = [d for d in out if d is not plain]
    return [d for d in out if not _by_noun(context, d, out)]


def _plain(d: Draft) -> bool:
    """Whether a draft may tell by less what another tells in full: two states alone, or any headline."""
    two = len(d.countries()) > 1 or len(d.names()) > 1
    return d.part in HEADLINES and two or not d.names() and len(d.countries()) == 2


def _by_noun(context: Context, d: Draft, drafts: list[Draft]) -> bool:
    """Whether a draft only speaks of what was told before: *the signing of the pacts will help*, behind *A, B signed*.

    Its words are a noun with articles that say so, it names no day, and no other states than the event told before.
    """
    n, text = context.pack.nouns, context.text
    clauses = context.clauses(d.sentence)
    own = d.date_at is not None and clauses.start <= d.date_at.start < clauses.end
    if d.type not in PAPERS or own or not n.newly:
        return False
    known = tuple(f"{w} " for w in folded(n.articles, context.pack.reading) if w not in n.newly)
    noun = next((w for w in _nouns(context.pack) if text.startswith(w, d.start)), None)
    spoken = noun is not None and text.startswith(known, d.start + len(noun))
    if not (spoken or _done_to(context, d)) or not text.endswith(known, 0, d.start):
        return False
    rows = (x for x in drafts if x.type == d.type and x.sentence < d.sentence and x.part not in HEADLINES)
    return any(d.countries() <= x.countries() and (spoken or d.sentence - x.sentence <= REACH) for x in rows)


def _done_to(context: Context, d: Draft) -> bool:
    """Whether a draft begins with a bare word for a text to which it was done (*[the] documents were signed*)."""
    words = context.text[d.start : d.end].split()[:2]
    plain = folded(context.pack.phrases.plain_texts, context.pack.reading)
    return len(words) > 1 and words[0] in plain and words[1] in folded(context.pack.mood.held, context.pack.reading)


@kept
def _nouns(pack: LanguagePack) -> tuple[str, ...]:
    """The nouns for what is done with a text, with the word behind them (*signing of*)."""
    of = tuple(f" {w}" for w in folded(pack.nouns.of, pack.reading))
    rows = (w for r in pack.rules if r.type in PAPERS for w in folded(r.trigger, pack.reading))
    return tuple(f"{w} " for w in rows if w.endswith(of) and "~" not in w)


def _one(context: Context, plain: Draft, main: Draft) -> bool:
    """Whether ``main`` tells more of the talks or the sitting that ``plain`` tells."""
    headline = plain.part in HEADLINES
    kinds = MET | {"call"} if headline and plain.type == "talks" else MET
    if main.type not in kinds or main.countries() != plain.countries() or not _later_or_fuller(plain, main):
        return False
    if not plain.names() <= main.names():
        return False
    if not (plain.status == main.status or {plain.status, main.status} <= TOLD or headline):
        return False
    near = headline or abs(plain.sentence - main.sentence) <= REACH
    return near and dates_agree(plain, main) and _one_place(plain, main) and _of_office(context, plain, main)


def _later_or_fuller(plain: Draft, main: Draft) -> bool:
    """Whether two drafts are of two types, or the one names people; a round by its number is never told by less."""
    if ordinal(plain) or plain.sentence == main.sentence or main.part in HEADLINES:
        return False
    named = plain.meeting is not None and not plain.meeting.value["generic"]
    if named and not (plain.part in HEADLINES and plain.type != main.type):
        return False
    if plain.type == main.type:
        return plain.type == "talks" and bool(main.names()) and plain.part not in HEADLINES
    return plain.type == "talks" and bool(ordinal(main)) or plain.part in HEADLINES


def _one_place(a: Draft, b: Draft) -> bool:
    """Whether nothing says that two were in two states."""
    there = {d.place.country for d in (a, b) if d.place and d.place.country}
    return len(there) < 2


def _of_office(context: Context, plain: Draft, main: Draft) -> bool:
    """Whether those whom a noun for several names may be those whom the other telling names, by their office.

    *The foreign ministers of A and B met* is told in full where a *foreign minister* meets another: the last two words
    before the pack's *of* stand there, the last of them but for the letter by which it may mean several.
    """
    pack, words = context.pack, context.text[main.start : main.end]
    last = 1 if plain.part in HEADLINES else 2
    of = folded(pack.phrases.of, pack.reading)
    named = (fold(p.name, pack.reading).split() for p, _ in plain.roles if p.kind == "group")
    nouns = (row[: next((i for i, w in enumerate(row) if w in of), len(row))] for row in named)
    return not main.names() or all(" ".join(n[-last:])[:-1] in words for n in nouns)
