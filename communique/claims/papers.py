"""Papers that stand in a list under the words that they were signed: *they signed the following: 1. A; 2. B*."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from communique.claims import dating, settings
from communique.claims.clause import Clauses
from communique.claims.context import Context
from communique.claims.draft import Draft, Party
from communique.claims.frame import frames
from communique.mentions.dates import Resolved
from communique.model import Mention

HEADS = frozenset({"signing", "adoption"})
COLONS = (":", "\uff1a")
STOPS = (";", "\uff1b")
MET = frozenset({"talks", "visit", "session", "ceremony"})
"""Types of events at which papers are signed."""
LINES = 60
HEAD = 8  # letters of a number or a sign at the head of a line


def listed(context: Context, known: Mapping[int, Resolved]) -> list[Draft]:
    """Return the drafts with one for each paper of such a list, in place of the one of its head.

    The head's sentence ends with a colon; each sentence behind it that begins with the name of a paper goes on with the
    list, and so does the next sentence behind a semicolon. Whom a line names as signing its paper signed it, else those
    of the head. Where words stand apart a head may tell nothing by itself (*the papers signed were:*). ``known`` are
    the dates of the unit by where they stand.
    """
    out, done = list(context.drafts), -1
    for s in range(len(context.marked.scan.sentences)):
        rows = list(_papers(context, s)) if s > done else []
        here = [d for d in out if d.sentence == s and d.type in HEADS] if rows else []
        if _ends(context, s, COLONS):
            told = [d for d in here if not _named(d)]
            head = told[-1] if told else _silent(context, context.clauses(s), known, out) if rows else None
        else:
            told, head = [], _first(context, here) if _ends(context, s, STOPS) else None
            rows = [(i, paper) for i, paper in rows if len(_rest(context, i, paper)) < HEAD]
        if head is None:
            continue
        lines = [i for i, _ in rows]
        done = max(lines, default=s)
        papers = [_one(context, head, i, paper) for i, paper in rows]
        at = next((k for k, d in enumerate(out) if d.sentence > s), len(out))
        out[at:] = papers + [d for d in out[at:] if d.sentence not in lines or d.type not in HEADS]
        out = [d for d in out if not any(d is x for x in told)]
    return out


def _first(context: Context, here: Sequence[Draft]) -> Draft | None:
    """The last of some drafts of a sentence that names a paper, right behind it or behind a colon, which it gets."""
    for d in reversed(here):
        row = (m for m in context.marked.mentions[d.sentence] if m.kind == "instrument" and m.start >= d.end)
        paper = next(row, None) if d.instrument is None else None
        if paper is not None and any(c in context.text[d.end : paper.start] for c in COLONS):
            d.instrument = paper
        if _named(d):
            return d
    return None


def _named(draft: Draft) -> bool:
    """Whether a draft names its paper, and does not only speak of *the following documents*."""
    return draft.instrument is not None and bool(draft.instrument.value["quoted"])


def _ends(context: Context, s: int, signs: tuple[str, ...]) -> bool:
    """Whether a sentence ends with one of some signs."""
    sentence = context.marked.scan.sentences[s]
    return context.text[sentence.start : sentence.end].rstrip().endswith(signs)


def _rest(context: Context, i: int, paper: Mention) -> str:
    """What stands behind a paper in its sentence."""
    return context.text[paper.end : context.marked.scan.sentences[i].end].strip(" .;,\n\uff1b\u3002")


def _papers(context: Context, s: int) -> Iterator[tuple[int, Mention]]:
    """Yield the papers of a list under sentence ``s``, each with the number of its sentence."""
    sentences, text, dates = context.marked.scan.sentences, context.text, context.pack.dates
    numerals = dates.numerals.letters if dates else ""
    for i in range(s + 1, min(s + LINES, len(sentences))):
        x = sentences[i]
        if not any(c.isalpha() for c in text[x.start : x.end]):
            continue  # the number of a line
        paper = next((m for m in context.marked.mentions[i] if m.kind == "instrument"), None)
        lead = text[x.start : paper.start] if paper is not None else ""
        words = any(c.isalpha() and c not in numerals for c in lead) and not context.pack.reading.words_apart
        if paper is None or len(lead) > HEAD or words:
            return
        yield i, paper


def _silent(context: Context, clauses: Clauses, known: Mapping[int, Resolved], told: Sequence[Draft]) -> Draft | None:
    """What a head that names nobody says of the papers behind it: *the papers signed were:*.

    It has the day of what is ``told`` right before it, where it names none.
    """
    s = context.marked.scan.sentences[clauses.index]
    signed = (f.trigger for f in frames(context.text, clauses, context.pack, s) if f.trigger.rule.type == "signing")
    t = next(signed, None) if context.pack.reading.words_apart else None
    if t is None or settings.status(context.plain(clauses.index), clauses, t, 0, t.start, context.pack) != "held":
        return None
    at = dating.date_of(context.text, clauses, t, context.pack, True)
    near = (d for d in reversed(told) if 0 <= clauses.index - d.sentence < 2 and d.type in MET and d.status == "held")
    date = known.get(at.start) if at else next((d.date for d in near), None)
    return Draft("list", "signing", "held", clauses.index, s.part, t.start, t.end, [], date, at)


def _one(context: Context, head: Draft, i: int, paper: Mention) -> Draft:
    """The signing of one paper of the list; it stands in sentence ``i``."""
    sentence, clauses = context.marked.scan.sentences[i], context.clauses(i)
    by = [p for g in clauses.groups if g.marker == "by" for p in context.members(g, clauses)]
    signed: list[tuple[Party, str]] = [(p, "signatory") for p in by] if head.type == "signing" else []
    end = paper.start + len(context.text[paper.start : sentence.end].rstrip(" .;,\n\u3002"))
    more = replace(head, sentence=i, part=sentence.part, instrument=paper, start=paper.start, end=end)
    more.spans, more.roles, more.extra = [(paper.start, end)], signed or list(head.roles), dict(head.extra)
    return more
