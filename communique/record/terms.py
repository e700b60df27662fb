"""What was held over time: offices, chairs, levels of a tie. From the first evidence to the last, never for ever."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from communique.record.days import bounds

HELD, BEGAN, CHANGED, ENDED = "held", "began", "changed", "ended"
LATER = "/.."
"""End of an EDTF span of which only the start is known: then or later."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A text's word that something was held.

    ``key`` says what counts as the same thing, ``words`` how the text has it, ``when`` (EDTF, empty where unknown)
    the time of which it is told, ``item`` the item that says so. ``what`` is ``HELD`` (held then), ``BEGAN`` (it
    begins then), ``CHANGED`` (it is taken or left then) or ``ENDED`` (told as past by then).
    """

    key: str
    words: str
    when: str
    item: str
    what: str = HELD


@dataclass(frozen=True, slots=True)
class Term:
    """Something held as far as the evidence reaches: from ``first`` to ``last``, both EDTF, empty where unknown.

    ``words`` are its names as written, the one told most often first. ``began``, ``changed`` and ``ended`` are the
    times told of its beginning, of taking or leaving it, and by which it is told as past. ``items`` say so, by time.
    """

    key: str
    words: tuple[str, ...]
    first: str
    last: str
    began: str = ""
    changed: tuple[str, ...] = ()
    ended: str = ""
    items: tuple[str, ...] = ()


def order(when: str) -> str:
    """Return the first day that a time can mean; the end of days for an unknown one."""
    span = bounds(when or None)
    return span[0] if span else "9999-12-31"


def terms(signs: Iterable[Sign]) -> tuple[Term, ...]:
    """Return what was held, a term for each time that it was, by the first evidence.

    A new term of the same thing begins only where a text tells that it was taken again after another told it as past.
    Nothing is concluded from silence: a term has no end but the last evidence and what a text says.
    """
    by: dict[str, list[Sign]] = defaultdict(list)
    for sign in signs:
        by[sign.key].append(sign)
    found = [_term(run) for mine in by.values() for run in _runs(sorted(mine, key=_place))]
    return tuple(sorted(found, key=lambda t: (order(t.began or t.first), order(t.last), t.key)))


def _place(s: Sign) -> tuple[str, int, str, str]:
    return order(s.when), (BEGAN, CHANGED, HELD, ENDED).index(s.what), s.words, s.item


def _runs(signs: Sequence[Sign]) -> list[list[Sign]]:
    out: list[list[Sign]] = [[]]
    ended = False
    for s in signs:
        if ended and s.what in (BEGAN, CHANGED) and s.when:
            out.append([])
            ended = False
        ended = ended or s.what == ENDED
        out[-1].append(s)
    return out


def _term(signs: Sequence[Sign]) -> Term:
    told = Counter(s.words for s in signs if s.what != ENDED) or Counter(s.words for s in signs)
    ended = next((s.when for s in signs if s.what == ENDED and s.when), "")
    held = [
        s.when for s in signs if s.what in (HELD, BEGAN) and s.when and not (ended and order(s.when) > order(ended))
    ]
    began = Counter(s.when for s in signs if s.what == BEGAN and s.when)
    return Term(
        signs[0].key,
        tuple(sorted(told, key=lambda w: (-told[w], len(w), w))),
        _edge(held[0], 0) if held else "",
        _edge(held[-1], -1) if held else "",
        max(began, key=lambda w: (began[w], len(w), w), default=""),
        tuple(dict.fromkeys(s.when for s in signs if s.what == CHANGED and s.when)),
        ended,
        tuple(dict.fromkeys(s.item for s in signs)),
    )


def _edge(when: str, end: int) -> str:
    """Return the start (0) or the end (-1) of a span of days; of a span with an open end the whole."""
    return when if when.endswith(LATER) else when.split("/")[end] or when


@dataclass(frozen=True, slots=True)
class Change:
    """A change from one thing held to the next. ``when`` is EDTF; ``stated`` where a text gives it.

    Otherwise it lies between the last evidence of the one and the first of the other. Empty where they overlap:
    then nothing that was read tells when. A time that begins with ``../`` is the day by which it was told.
    """

    before: Term
    after: Term
    when: str
    stated: bool


def changes(held: Sequence[Term]) -> tuple[Change, ...]:
    """Return the changes between things of which one is held at a time, in the order of ``terms``.

    What was told of one time only, or of no time, has no order and makes no change.
    """
    dated = [t for t in held if t.began or t.first or t.changed]
    out = []
    for before, after in zip(dated, dated[1:], strict=False):
        if after.began:
            out.append(Change(before, after, after.began, True))
        elif after.changed and order(before.began or before.first) < order(after.changed[0]):
            out.append(Change(before, after, f"../{after.changed[0]}", True))
        elif order(before.began or before.first) >= order(after.began or after.first):
            continue
        elif order(before.last) < order(after.first) and LATER not in before.last + after.first:
            out.append(Change(before, after, f"{before.last}/{after.first}", False))
        else:
            out.append(Change(before, after, "", False))
    return tuple(out)
