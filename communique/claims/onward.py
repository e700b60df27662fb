"""Who goes on acting behind a semicolon, where no blanks stand between words: *X met A; called on B; toured C*."""

from __future__ import annotations

from dataclasses import replace

from communique.claims import moodwords
from communique.claims.clause import Clauses, Group
from communique.claims.context import Context
from communique.claims.frame import Frame
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import folded

TYPES = frozenset({"talks", "call", "visit", "ceremony", "session", "signing", "exercise", "aid", "message"})
KINDS = frozenset({"person", "delegation", "people", "pair", "he", "they", "state", "body", "side"})
SAID = 8
"""Letters behind a name within which a word of saying makes it that of who only tells."""
SOON = 14
"""Letters behind a name within which a word tells that what follows lies ahead."""


@kept
def _said(pack: LanguagePack) -> tuple[str, ...]:
    return tuple(folded(pack.mood.said, pack.reading))


def resumed(context: Context, clauses: Clauses, frame: Frame) -> Frame:
    """Return the frame with whoever acted before the semicolon, where its own sentence names nobody."""
    t = frame.trigger
    if context.pack.reading.words_apart or t.rule.type not in TYPES or "subject" not in t.rule.roles:
        return frame
    if frame.args.get("subject") or frame.args.get("by") or frame.inside or clauses.zone(t.start) >= 0:
        return frame
    if any(g.marker is None and g.end <= t.start for g in clauses.groups):
        return frame
    before = _before(context, clauses)
    if before is None:
        return frame
    return frame._replace(args={**frame.args, "subject": (before,)}, inherited=True)


def ahead(context: Context, clauses: Clauses, frame: Frame) -> bool:
    """Whether who acts is said, before the semicolon, to be going to do all of it."""
    subject = next((g for g in frame.args.get("subject", ()) if g.end < clauses.start), None)
    planned, held = (getattr(moodwords.grammar(context.pack), k) for k in ("planned", "held"))
    if subject is None or planned is None:
        return False
    m = planned.search(context.text, subject.end, subject.end + SOON)
    return m is not None and not (held and held.search(context.text, m.end(), clauses.start))


def _before(context: Context, clauses: Clauses) -> Group | None:
    """Who acts in the sentences that semicolons join to this one, the nearest first."""
    sentences, text, i = context.marked.scan.sentences, context.text, clauses.index
    while i and text[sentences[i - 1].start : sentences[i - 1].end].rstrip().endswith(";"):
        i -= 1
        if "\n" in text[sentences[i].end : sentences[i + 1].start]:
            return None
        earlier = context.clauses(i)
        for g in earlier.groups:
            acts = g.marker is None and g.zone == -1 and g.members[0].kind in KINDS
            if acts and _first(context, earlier, g) and not _tells(context, earlier, g):
                return _alone(context, g)
    return None


def _tells(context: Context, clauses: Clauses, g: Group) -> bool:
    """Whether somebody only says or asks for what follows, or it is a list: *agreed on the following: A; B*."""
    governs, text = moodwords.grammar(context.pack).governs, context.text
    if ":" in text[g.end : clauses.end] or (governs and governs.search(text, g.end, min(clauses.end, g.end + SOON))):
        return True
    return any(w in text[g.end : g.end + SAID] for w in _said(context.pack))


def _alone(context: Context, g: Group) -> Group:
    """Who acts, without those of another state *with* whom it was: *X with Y held talks; called on Z*."""
    words = folded(context.pack.markers.before.get("with", ()), context.pack.reading)
    for k, (a, b) in enumerate(zip(g.members, g.members[1:], strict=False), 1):
        both = [context.people.of(m) for m in (a, b) if m.kind == "person"]
        other = len(both) == 2 and len({p.country if p else None for p in both}) == 2
        if other and context.text[a.end : b.start].strip() in words:
            return replace(g, members=g.members[:k])
    return g


def _first(context: Context, clauses: Clauses, g: Group) -> bool:
    """Whether a group begins its segment, before any verb and any other group."""
    lo, _ = clauses.bounds(g.segment)
    if any(x.segment == g.segment and x.zone == g.zone and x.start < g.start for x in clauses.groups):
        return False
    tokens = context.marked.scan.sentences[clauses.index].tokens
    return not any(t.tag == "verb" and lo <= t.start < g.start for t in tokens)
