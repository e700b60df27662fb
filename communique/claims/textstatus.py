"""What became of a text that a unit names: still to be settled, proposed, adopted, in force."""

from __future__ import annotations

import re
from collections.abc import Sequence

from communique.claims.context import Context
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.model import Mention

REACH = 8
"""How many signs behind a name may tell what became of a text."""
BORDERS = ",;\u3002\n"
OPEN = frozenset({"planned", "proposed"})


@kept
def _words(pack: LanguagePack) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The words of each status, which are patterns; where blanks stand between words they are whole ones."""
    left, right = (r"(?<!\w)", r"(?!\w)") if pack.reading.words_apart else ("", "")
    rows = pack.phrases.instrument_status.items()
    return tuple((status, re.compile(f"{left}(?:{'|'.join(words)}){right}")) for status, words in rows)


@kept
def _clauses(pack: LanguagePack) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands before a text that is still to be settled, and behind one that has come into force."""
    p = pack.phrases
    return re.compile(rf"(?:{p.texts_to_come or '(?!)'})\Z"), re.compile(p.texts_in_force or "(?!)")


def status(context: Context, rows: Sequence[Mention]) -> str | None:
    """The status of a text by all places ``rows`` that name it: the first that tells one, else how it was signed."""
    told = (_told(context, m) for m in rows)
    return next((s for s in told if s), None) or _signed(context, rows)


def of_place(context: Context, m: Mention) -> str | None:
    """The status that the clause of one place gives."""
    return _told(context, m)


def _signed(context: Context, rows: Sequence[Mention]) -> str | None:
    """The status of a text whose own words do not tell it, as one of a list that was signed or adopted."""
    starts = {m.start for m in rows}
    texts = (d for d in context.drafts if d.type in ("signing", "adoption") and d.status == "held" and d.instrument)
    return "adopted" if any(d.instrument and d.instrument.start in starts for d in texts) else None


def _told(context: Context, m: Mention) -> str | None:
    text = context.text
    x = next(s for s in context.marked.scan.sentences if s.start <= m.start < s.end)
    lo = max(x.start, *(text.rfind(c, x.start, m.start) + 1 for c in BORDERS))
    hi = min((at for c in BORDERS if (at := text.find(c, m.end, x.end)) >= 0), default=x.end)
    to_come, forced = _clauses(context.pack)
    if forced.match(text, m.end, hi):
        return "in_force"
    at = next((m.end + len(w) for w in (" ", *context.pack.phrases.of) if text.startswith(w, m.end)), m.end)
    beside = next((name for name, words in _words(context.pack) if words.match(text, at, hi)), None)
    if beside is not None:
        return beside
    if to_come.search(text, lo, m.start) or _planned(context, m):
        return "under_negotiation"
    before = [(w.start(), name) for name, words in _words(context.pack) for w in words.finditer(text, lo, m.start)]
    if before:
        return max(before)[1]  # the nearest word
    near = min(hi, m.end + REACH)
    far = min(hi, m.end + REACH * context.pack.reading.stretch)
    for name, words in _words(context.pack):
        if words.search(text, m.end, far if name == "in_force" else near):
            return name
    return None


def _planned(context: Context, m: Mention) -> bool:
    """Whether a text is one that somebody is to sign."""
    return any(
        d.type == "signing" and d.status in OPEN and d.instrument is not None and d.instrument.start == m.start
        for d in context.drafts
    )
