"""Rows that a name or an office goes on with: *Culture, Sports and Tourism*."""

from __future__ import annotations

from communique.mentions.spaced.line import OFFICE, Line


def listed(line: Line, at: int, classes: int, free: bool = False, known: bool = False) -> int:
    """Return where a row ends that a name goes on with (*, B and C*, *, B, and C*), if a link closes it, else ``at``.

    ``free``: the words of the row may be small ones that no list knows; ``known``: all of them are in a list.
    """
    end = at
    while line.text.startswith(", ", end):
        nxt = line.skip(end + 1)
        if end > at and (begin := _linked(line, nxt)) >= 0:
            return _closed(line, begin, classes) if known and _closed(line, begin, classes) > 0 else at
        caps = not known and nxt >= 0 and line.cased[nxt].isupper()
        stop = line.unit(nxt, classes, caps) if nxt >= 0 and nxt not in line.known else -1
        if free and nxt >= 0 and nxt not in line.known and not caps and (first := line.open_unit(nxt)) > 0:
            grown = line.grow_any(first)
            end = line.grow_any(grown, linked=True)
            if end > grown:
                return end
            continue
        if stop < 0 or line.longest(nxt, OFFICE) is not None:
            return at
        closed = line.grow_right(stop, classes, caps, linked=False)
        end = line.grow_right(closed, classes, caps)
        if end > closed:
            return end
    return end if known and end > at and _office_next(line, end) else at


def _linked(line: Line, at: int) -> int:
    """Where the word behind a link begins, -1 where no link stands at ``at``."""
    stop = line.word.get(at, -1)
    return line.skip(stop) if stop > 0 and line.text[at:stop] in line.vocabulary.links else -1


def _closed(line: Line, at: int, classes: int) -> int:
    """Where the last of a row ends, -1 where something else begins at ``at`` (*..., and Defence Minister X*)."""
    stop = line.unit(at, classes, caps=False) if at not in line.known and line.longest(at, OFFICE) is None else -1
    end = line.grow_right(stop, classes, caps=False) if stop > 0 else -1
    after = line.skip(end) if end > 0 else -1
    return -1 if after >= 0 and line.longest(after, OFFICE) is not None else end


def _office_next(line: Line, at: int) -> bool:
    """Whether a link and another office stand behind ``at`` (*Minister of A, B [and Associate Minister of C]*)."""
    begin = _linked(line, line.skip(at)) if line.text.startswith(" ", at) else -1
    return begin >= 0 and line.longest(begin, OFFICE) is not None
