"""Who may act in a rule; organs that act without a name: *Parliament passed the bill*, *the cabinet approved it*."""

from __future__ import annotations

import re
from collections import Counter

from communique.claims.clause import Clauses, Group
from communique.claims.context import Context
from communique.claims.draft import Party
from communique.claims.frame import Frame
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.words import whole


@kept
def _patterns(pack: LanguagePack) -> dict[str, re.Pattern[str]]:
    """The organs of each rule that has any, compiled."""
    apart = pack.reading.words_apart
    return {r.id: re.compile(whole("|".join(r.organ), apart)) for r in pack.rules if r.organ}


@kept
def _subjects(pack: LanguagePack) -> dict[str, tuple[re.Pattern[str] | None, re.Pattern[str] | None]]:
    """What the words of who acts must not, and must, hold in each rule that says so."""
    apart = pack.reading.words_apart

    def one(words: list[str]) -> re.Pattern[str] | None:
        return re.compile(whole("|".join(words), apart)) if words else None

    told = (r for r in pack.rules if r.unless_subject or r.only_subject)
    return {r.id: (one(r.unless_subject), one(r.only_subject)) for r in told}


def fits(context: Context, clauses: Clauses, frame: Frame) -> bool:
    """Return whether who acts is of the kind that the rule is about, by the words up to the end of the subject."""
    unless, only = _subjects(context.pack).get(frame.trigger.rule.id, (None, None))
    if unless is None and only is None:
        return True
    subject = next(iter(frame.args.get("subject", ())), None)
    lo = clauses.bounds(subject.segment)[0] if subject else 0
    lo = clauses.start if context.pack.reading.words_apart else lo  # *during talks on 5 May, A congratulated B*
    words = context.text[lo : max(subject.end, _told_till(context, clauses, frame, subject))] if subject else ""
    return not (unless and unless.search(words)) and (only is None or only.search(words) is not None)


def _of(context: Context, start: int, end: int) -> str | None:
    """Whose organ it is, where a state or a town stands beside it: *A's parliament*, *lawmakers in A*."""
    text, named = context.text, [h for h in context.marked.hits if h.entry.kind in ("state", "place") and h.entry.value]
    ends = ("", " ", *(f"{w} " for w in context.pack.nouns.possessives))
    links = tuple(f" {w} " for f in ("at", "of") for w in context.pack.markers.before.get(f, ()))
    for h in named:
        if h.end <= start and text[h.end : start] in ends:
            return h.entry.value
        if h.start >= end and text[end : h.start] in links:
            return h.entry.value
    return None


def _told_till(context: Context, clauses: Clauses, frame: Frame, subject: Group) -> int:
    """Where the noun behind a state ends that no list knows, at the latest: *A's four jets landed in B*."""
    at, last = frame.trigger.start, subject.members[-1]
    mine = last.kind in ("state", "body") and subject.end <= at and clauses.segment(at) == subject.segment
    others = any(m.kind != "date" and subject.end <= m.start < at for m in clauses.mentions)
    return at if mine and not others and frame.floor <= subject.end and not context.pack.reading.words_apart else 0


def acting(context: Context, clauses: Clauses, frame: Frame) -> Party | None:
    """Return the organ that stands before a trigger whose rule knows it, where the clause names nobody else.

    Its state is the home of the text, else the one that the unit names most.
    """
    pattern = _patterns(context.pack).get(frame.trigger.rule.id)
    named = [g for f in ("subject", "by") for g in frame.args.get(f, ()) if not frame.inherited or f == "by"]
    if pattern is None or any(context.members(g, clauses) for g in named):
        return None
    lo, hi = clauses.bounds(clauses.segment(frame.trigger.start))
    found = [*pattern.finditer(context.text, lo, frame.trigger.start)]
    found = found or [*pattern.finditer(context.text, frame.trigger.end, hi)][:1]
    if not found:
        return None
    told = Counter(h.entry.value for h in context.marked.hits if h.entry.kind == "state" and h.entry.value)
    start = found[-1].start()
    for before in reversed(found[:-1]):
        start = before.start() if before.end() == start else start  # *A's parliament's upper house*
    own = _of(context, start, found[-1].end())
    country = own or context.home or next((c for c, _ in told.most_common(1)), None)
    return Party(context.raw[found[-1].start() : found[-1].end()], country, "group")
