"""Names in a row: behind an office of several (*the ministers of A, NAME, and B, NAME*), or each with its state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from communique.mentions.lexicon import Hit
from communique.mentions.names import LIKELY, SURE
from communique.mentions.spaced import offices
from communique.mentions.spaced.line import BODY, POLITE, WORD, Line, Office
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


def of_states(line: Line, found: Sequence[Found]) -> None:
    """Believe names that stand in a row each with the state it is of, in place: *X Y of A, Z W of B and V U of C*."""
    joints = (",", ", and", *line.vocabulary.links)
    last: tuple[Found, Hit] | None = None
    for f in found:
        state = state_behind(line, f.end) if " " in line.text[f.start : f.end] else None
        if state and last and line.text[last[1].end : f.start].strip(" )") in joints:
            for x, own in (last, (f, state)):
                x.strength = SURE
                x.country = x.country or own.entry.value
        last = (f, state) if state else None


def in_row(line: Line, f: Found, before: Sequence[Found]) -> int:
    """How sure a name is that stands with its state behind another that has its own: *X of A and Y of B*.

    The other is then as sure.
    """
    last = next((x for x in reversed(before) if x.end < f.start), None)
    own, other = state_behind(line, f.end), state_behind(line, last.end) if last else None
    if last is None or own is None or other is None or " " not in line.text[f.start : f.end]:
        return 0
    if line.text[other.end : f.start].strip(" )") not in (",", *line.vocabulary.links, ", and"):
        return 0
    if not last.strength and " " not in line.text[last.start : last.end]:
        return 0
    last.strength = last.strength or LIKELY
    return LIKELY


def state_behind(line: Line, at: int) -> Hit | None:
    """The state that *of* or a bracket ties to a name that ends at ``at``."""
    of = next((w for w in line.vocabulary.of if line.text.startswith(f" {w} ", at)), None)
    hit = line.known.get(at + len(of) + 2 if of else at + 2)
    if hit is None or hit.entry.kind != "state":
        return None
    return hit if of or (line.text.startswith(" (", at) and line.text.startswith(")", hit.end)) else None


def shared(line: Line, found: Sequence[Found], g: PersonGrammar) -> None:
    """Give the office of several to each of those whom it stands before: *Foreign Ministers X of A and Y*."""
    for spot in [s for rows in line.spots.values() for s in rows if s.classes & POLITE]:
        first = line.word_at_end.get(spot.end, spot.end)
        one = next((w for w in g.heads if line.text.startswith(w, first)), "")
        if line.text[first : spot.end] not in g.several or not one:
            continue
        starts = (a for a, _ in line.tokens if spot.start <= a <= first)
        start = next((a for a in starts if line.text[a : first + len(one)] in g.heads), first)
        office = _whole(line, offices.one(line, start, first + len(one), g), spot.end)
        last: Found | None = None
        for f in found:
            if f.start < spot.end or f.offices:
                continue
            begins = f.outer <= spot.start if last is None else _goes_on(line, last, f)
            if not begins:
                break
            _given(line, f, office)
            last = f


def _whole(line: Line, office: Office, end: int) -> Office:
    """The office of one of several, as its words stand: with those behind it for several (*Ministers of Trade*)."""
    more = line.tied(end, line.vocabulary.of, WORD | BODY, caps=False)
    hit = line.known_at_end.get(more) if more > end else None
    return replace(office, end=more, stop=more) if more > end and hit is None else office


def _given(line: Line, f: Found, office: Office) -> None:
    """Give a name the office that several share, and its state."""
    state = state_behind(line, f.end)
    f.offices, f.strength = [office], SURE
    f.country = f.country or (state.entry.value if state else office.country)


def _goes_on(line: Line, last: Found, f: Found) -> bool:
    """Whether only a joint, and the state of the first, stand between two names of a row."""
    state = state_behind(line, last.end)
    between = line.text[state.end if state else last.end : f.outer].strip(" )")
    return between in (",", ", and", *line.vocabulary.links)
