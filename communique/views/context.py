"""The words around an item, the places of a search in a text, and the state of the record as one word."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, case, func, select

from communique.store import Store
from communique.store.chunks import chunks
from communique.store.schema import claims, decisions, evidence, log, sources, units
from communique.store.tokens import phrases, plain
from communique.views.rows import Item

# Ends of sentences in any script, and the line's end. A full stop counts only before a blank: 2.5 is one number.
_END = re.compile(r"[\n!?\u3002\uff01\uff1f\u0964]|\.(?=[\s\u201d\u2019\"')]|$)")
_LETTER = r"[0-9a-z\u0370-\u052f]"
_CLOSING = "\u201d\u2019\u300d\u300f\uff09)\"'"


@dataclass(frozen=True, slots=True)
class Passage:
    """A quote with what stands before and after it in its sentence. ``cut`` says whether an end was cut off."""

    before: str
    quote: str
    after: str
    cut: tuple[bool, bool] = (False, False)


def passage(before: str, quote: str, after: str, whole: tuple[bool, bool], around: int = 120) -> Passage:
    """Return the sentence of a quote.

    Args:
        before, after: text of the unit on both sides, as far as it was fetched. whole: whether that reaches the
            unit's start and end. around: at most so many letters are kept on each side.
    """
    starts = [m.end() for m in _END.finditer(before)]
    begin = starts[-1] if starts else 0
    while begin < len(before) and before[begin] in _CLOSING:
        begin += 1
    at_start = bool(starts) or whole[0]
    if quote[-1:] in "\n!?\u3002\uff01\uff1f\u0964":
        end, at_end = 0, True
    else:
        stop = _END.search(after)
        end, at_end = (stop.end(), True) if stop else (len(after), whole[1])
    head, tail = before[begin:], after[:end]
    if len(head) > around:
        head, at_start = head[-around:], False
    if len(tail) > around:
        tail, at_end = tail[:around], False
    return Passage(head.lstrip(), quote, tail.rstrip(), (not at_start, not at_end))


def sentences(text: str, most: int = 1000) -> list[tuple[int, int]]:
    """Return where the sentences of a text stand, in order, without the blanks around them; at most so many."""
    out: list[tuple[int, int]] = []
    at = 0
    while at < len(text) and len(out) < most:
        stop = _END.search(text, at)
        end = stop.end() if stop else len(text)
        while end < len(text) and text[end] in _CLOSING:
            end += 1
        start = at + len(text[at:end]) - len(text[at:end].lstrip())
        if piece := text[start:end].rstrip():
            out.append((start, start + len(piece)))
        at = end
    return out


def passages(store: Store, items: Sequence[Item], around: int = 120) -> dict[str, Passage]:
    """Return by id of item the sentence in which its first quote stands."""
    wide = around + 1
    e = evidence
    near = case((e.c.start > wide, wide), else_=e.c.start)
    out: dict[str, Passage] = {}
    with store.reading() as connection:
        for some in chunks(list(dict.fromkeys(i.id for i in items))):
            asked = (
                select(
                    claims.c.id,
                    e.c.start,
                    e.c.quote,
                    func.substr(units.c.text, case((e.c.start > wide, e.c.start - wide), else_=0) + 1, near),
                    func.substr(units.c.text, e.c.end + 1, wide),
                )
                .join(units, units.c.pk == claims.c.unit)
                .join(e, (e.c.claim == claims.c.pk) & (e.c.seq == 0))
                .where(claims.c.id.in_(some))
            )
            for item, start, quote, before, after in connection.execute(asked):
                whole = (start <= wide, len(after or "") < wide)
                out[item] = passage(before or "", quote, after or "", whole, around)
    return out


def hits(text: str, query: str | None) -> tuple[tuple[int, int], ...]:
    """Return where the words of a query stand in ``text``: spans in order that do not overlap.

    Case, width and diacritics count as little as in the search itself.
    """
    if not query:
        return ()
    folded: list[str] = []
    at: list[int] = []
    for i, letter in enumerate(text):
        small = plain(letter)
        folded.append(small)
        at.extend([i] * len(small))
    line = "".join(folded)
    spans: list[tuple[int, int]] = []
    for words, prefix in phrases(query):
        for m in re.finditer(_joined(words, prefix), line):
            if m.end() > m.start():
                spans.append((at[m.start()], at[m.end() - 1] + 1))
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


def _joined(words: Sequence[str], prefix: bool) -> str:
    """Return the pattern of a phrase of tokens; pairs of letters overlap by one."""
    out = ""
    last = ""
    for word in words:
        paired = bool(last) and not word.isascii() and len(last) == 2 and last[1] == word[0]
        out += re.escape(word[1:]) if paired else (r"[\W_]*" if out else "") + re.escape(word)
        last = word
    spaced = out and (words[0][0].isascii() or _spaced(words[0]))
    return f"(?<!{_LETTER}){out}" + ("" if prefix else f"(?!{_LETTER})") if spaced else out


def _spaced(word: str) -> bool:
    """Whether a word is of a script that parts words by blanks, as far as its case or alphabet tells."""
    return word[0].upper() != word[0] or word.isdigit()


def version(store: Store) -> str:
    """Return a word that changes whenever the record does."""
    with store.reading() as connection:
        return version_of(connection)


def version_of(connection: Connection) -> str:
    """Return the word of ``version`` for the state that a connection sees."""
    marks = connection.execute(
        select(
            select(func.max(sources.c.pk)).scalar_subquery(),
            select(func.max(claims.c.pk)).scalar_subquery(),
            select(func.max(decisions.c.pk)).scalar_subquery(),
            select(func.max(log.c.pk)).scalar_subquery(),
            select(func.max(sources.c.read_at)).scalar_subquery(),
        )
    ).one()
    return hashlib.sha256(repr(tuple(marks)).encode()).hexdigest()[:16]
