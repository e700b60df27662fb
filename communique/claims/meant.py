"""What a word such as *the meeting* says again of talks told before, so that it is no session of its own."""

from __future__ import annotations

from communique.claims.context import Context
from communique.claims.draft import Draft, dates_agree
from communique.mentions.fold import folded

NEAR = 3
"""Words before the name of a sitting within which the word for its purpose stands (*for the third A*)."""
REACH = 3
"""Sentences back to the talks."""
MEETINGS = frozenset({"talks", "session", "call", "exercise", "ceremony"})


def talks(context: Context, drafts: list[Draft]) -> list[Draft]:
    """Return the drafts of a unit, in the order of its words, without sessions that are talks told before.

    Day, place and who was there go to the talks.
    """
    words = folded(context.pack.phrases.met, context.pack.reading)
    out: list[Draft] = []
    for draft in drafts:
        main = _main(context, out, draft, words) if words else None
        if main is None:
            if _met_for(context, out, draft):
                out.pop()
            out.append(draft)
            continue
        main.place, main.mode = main.place or draft.place, main.mode or draft.mode
        if main.date is None:
            main.date, main.date_at = draft.date, draft.date_at
        names = {p.name for p, _ in main.roles}
        main.roles += [(p, "attendee") for p, _ in draft.roles if p.kind == "person" and p.name not in names]
    return out


def _met_for(context: Context, before: list[Draft], draft: Draft) -> bool:
    """Whether the talks told last are the named sitting for which those met: *A and B met in C for the third D*."""
    last, m = before[-1] if before else None, draft.meeting
    if draft.type != "session" or last is None or last.type != "talks" or m is None or m.value["generic"]:
        return False
    words = folded(context.pack.markers.before.get("for", ()), context.pack.reading)
    told = context.text[last.start : m.start].split()
    same = last.sentence == draft.sentence and len(last.names()) > 1 and last.names() == draft.names()
    return same and bool(set(words) & set(told[-NEAR:]))


def _main(context: Context, before: list[Draft], draft: Draft, words: tuple[str, ...]) -> Draft | None:
    """The talks that a session without a name or number means: the event told last."""
    m = draft.meeting
    if draft.type != "session" or m is None or not m.value["generic"] or m.value["ordinal"]:
        return None
    if not context.text.endswith(words, max(0, m.start - 12), m.end):
        return None
    rows = [
        d for d in before if d.type in MEETINGS and d.part == draft.part and 0 <= draft.sentence - d.sentence <= REACH
    ]
    last = rows[-1] if rows else None
    same = last is not None and last.type == "talks" and last.status == draft.status and dates_agree(last, draft)
    return last if same else None
