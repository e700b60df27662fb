"""Names behind an office of several: *the foreign ministers of A, NAME, and B, NAME*, or *of A and B NAME and NAME*."""

from __future__ import annotations

from collections.abc import Sequence

from communique.mentions.lexicon import Hit
from communique.mentions.names import SURE
from communique.mentions.spaced.line import Line
from communique.mentions.spaced.naming import Found, PersonGrammar

LINKS = 10
"""Letters at most between two of a row (*, and the*)."""


def named(line: Line, found: Sequence[Found], g: PersonGrammar) -> None:
    """Give names their states, in place, where an office of several states stands before them in one of two ways."""
    for m in g.many.finditer(line.text, line.start, line.end) if g.many else ():
        states = sorted((h for h in line.known.values() if h.entry.kind == "state" and h.start >= m.end()), key=_start)
        names = [f for f in found if f.start >= m.end()]
        turns, at = _in_turn(line, m.end(), states, names), m.start()
        for k, (state, f) in enumerate(turns or _in_rows(line, m.end(), states, names)):
            f.country, f.strength = state.entry.value, SURE
            f.outer = m.start() if not k else _behind_joint(line, at, state.start, g) if turns else f.outer
            at = f.end


def _behind_joint(line: Line, at: int, start: int, g: PersonGrammar) -> int:
    """Where what stands behind the joint of a row begins, up to a state: *, and [of] B*."""
    joint = max((w for w in g.joiners if line.text.startswith(w, at)), key=len, default="")
    return at + len(joint) if joint and at + len(joint) <= start else start


def _start(h: Hit) -> int:
    return h.start


def _joined(line: Line, a: int, b: int) -> bool:
    """Whether only a comma, a link or an article stands between two places."""
    between = line.text[a:b]
    return 0 < b - a <= LINKS and not set(between) & set(".;:()") and all(len(w) < 4 for w in between.split())


def _in_turn(line: Line, at: int, states: Sequence[Hit], names: Sequence[Found]) -> list[tuple[Hit, Found]]:
    """The pairs of *A, NAME, and B, NAME*: two or more."""
    out: list[tuple[Hit, Found]] = []
    for state, f in zip(states, names, strict=False):
        tied = state.start - at <= LINKS and (not out or _joined(line, at, state.start))
        if not tied or line.text[state.end : f.start].strip(" ") not in (",", ""):
            break
        out.append((state, f))
        at = f.end
    return out if len(out) > 1 else []


def _in_rows(line: Line, at: int, states: Sequence[Hit], names: Sequence[Found]) -> list[tuple[Hit, Found]]:
    """The pairs of *A, B and C NAME, NAME and NAME*: as many states as names."""
    row = _row(line, at, [(h.start, h.end) for h in states])
    if row < 2 or len(names) < row or not _beside(line, states[row - 1].end, names[0].start):
        return []
    same = _row(line, names[0].start, [(f.start, f.end) for f in names]) == row
    return list(zip(states[:row], names[:row], strict=True)) if same else []


def _beside(line: Line, a: int, b: int) -> bool:
    return line.text[a:b].strip(" ") in ("", ",")


def _row(line: Line, at: int, spans: Sequence[tuple[int, int]]) -> int:
    """How many spans stand in one row from a place on."""
    count = 0
    for a, b in spans:
        if (count and not _joined(line, at, a)) or (not count and a - at > LINKS):
            break
        count, at = count + 1, b
    return count
