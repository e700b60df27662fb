"""Words that a link or a row ties to the head of a phrase that stands behind them: *A's [foreign and] ministers*."""

from __future__ import annotations

from collections.abc import Sequence

from communique.mentions.lexicon import Hit
from communique.mentions.ordinals import Ordinal
from communique.mentions.spaced.line import BODY, GROUP, MEETING, MEETING_WORD, OFFICE, WORD, Line, Spot

ROW = 4  # pieces of a name at most that commas part
QUOTED = 48
MARKS = ("\u201c", "\u201d", '"')
WHO = GROUP | OFFICE | WORD


def of_state(line: Line, start: int, classes: int) -> int:
    """Return where a group begins two of whose words are linked and a state's: *the A [foreign and] defence ministers*.

    ``start`` where no state stands before both.
    """
    word = _link_before(line, start)
    spot = line.longest_before(line.back(word), WORD) if word >= 0 else None
    if spot is None or spot.classes & (OFFICE | BODY):
        return start
    at = line.grow_left(spot.start, classes, caps=False)
    return at if at < spot.start and _state(line.known.get(at)) else start


def _link_before(line: Line, start: int) -> int:
    """Where the link begins that stands right before a phrase, -1 where none does."""
    end = line.back(start)
    word = line.word_at_end.get(end, -1)
    return word if word >= 0 and line.text[word:end] in line.vocabulary.links else -1


def _state(hit: Hit | None) -> bool:
    return hit is not None and hit.entry.kind in ("state", "bloc")


def row_before(line: Line, start: int, head: int, numbers: Sequence[Ordinal]) -> int:
    """Return where the name of a meeting begins whose words are a row: *the 8th A-B Political, Cyber and C Dialogue*.

    ``start`` is where it begins by its last words, ``head`` its head; only where the row has a link, its words have
    capitals, and what it begins with is a state, a bloc or the number of a round.
    """
    words = line.text[start:head].split()
    if not any(w in line.vocabulary.links for w in words) or not line.cased[start].isupper():
        return start
    at = start
    for _ in range(ROW):
        if not line.text.endswith(", ", line.start, at):
            return start
        end = at - 2
        begin = line.unit_before(end, WORD | MEETING_WORD, caps=True)
        if begin < line.start or not line.cased[begin].isupper():
            return start
        at = line.grow_left(begin, WORD | MEETING_WORD | BODY, caps=True)
        owned = any(at <= h.start and h.end <= begin and _state(h) for h in line.hits)
        if owned or any(o.start == at for o in numbers):
            return at
    return start


def of_whom(line: Line, end: int, head: Spot, frame: bool = False) -> int:
    """Return where a meeting's name ends that says in capitals who meet: *the Conference of Ministers of A*.

    ``end`` where its head has no capital, where nobody is named behind *of*, or where what meets is itself a mechanism,
    unless the head is that of a ``frame`` (*the Mechanism of Consultation and Coordination*).
    """
    if end != head.end or not line.cased[head.start].isupper():
        return end
    word = next((w for w in line.vocabulary.of if line.text.startswith(f" {w} ", end)), None)
    begin = line.article(end + len(word) + 2) if word else -1
    if begin < 0 or begin in line.known or not line.cased[begin].isupper():
        return end
    if not line.longest(begin, WHO) and (line.title or not line.capital(begin)):
        return end
    at = end
    for _ in range(3):
        more = line.tied(at, line.vocabulary.of, WORD | BODY | OFFICE | GROUP, caps=True)
        if more == at:
            break
        at = more
    sits = not frame and any(line.longest(i, MEETING) for i in range(end, at))  # *the meeting of the commission*
    return end if sits else at


def quoted_before(line: Line, start: int, head: int) -> int:
    """Return where a name begins whose first words stand in marks right before its head: *the "A - B" Summit*.

    ``start`` where the head has no capital or what stands in the marks is no name.
    """
    close = start - 2
    if start != head or not line.cased[head].isupper() or line.text[close : close + 1] not in MARKS:
        return start
    at = max(line.text.rfind(mark, max(line.start, close - QUOTED), close) for mark in MARKS)
    return at if at >= 0 and line.cased[at + 1].isupper() else start
