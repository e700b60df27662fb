"""What stands beside a name: offices, ranks, polite words and the state, before it and behind it."""

from __future__ import annotations

import re

from communique.mentions.spaced.line import MEETING, POLITE, RANK, Line, Office
from communique.mentions.spaced.naming import Found, PersonGrammar
from communique.mentions.words import unbracketed

SHORT = re.compile(r" \([A-Z][A-Za-z-]{1,9}\)(?= and |, )")
"""The short name of a body in brackets, before more that a person is."""
APPOSED = re.compile(r"\s?(?:,|-|\u2014|\u2013|\()\s?")

CUTS = frozenset(",;:-\u2013")
OPENING = 48
"""Letters at most of the words that open a clause before somebody who does not act in it."""
BRANCH = 8
"""Letters of a bracket behind a rank."""
GLOSS = 60
"""How many letters a gloss in brackets has at most."""


def before(line: Line, f: Found, by_stop: dict[int, Office], g: PersonGrammar, floor: int) -> None:
    """Read offices, ranks, polite words and the state before a name, from right to left."""
    at = f.start
    while at > floor:
        end = at
        while end > floor and line.text[end - 1] in " .":
            end -= 1
        end = end if end in by_stop else unbracketed(line.cased, floor, end)
        end = _branched(line, end, floor)
        spots = [s for e in (end, end + 1) for s in line.spots_at_end.get(e, ()) if s.classes & (RANK | POLITE)]
        spot = min(spots, key=lambda s: s.start, default=None)
        glossed = by_stop.get(end)
        end = end if glossed is not None else _unglossed(line, end, floor)
        office = by_stop.get(end)
        if office is not None and office.outer >= floor and (spot is None or office.outer <= spot.start):
            f.offices.insert(0, office)
            f.country = f.country or office.country
            at, f.titled = office.outer, True
        elif spot is not None and spot.start >= floor:
            if spot.classes & RANK:
                f.rank = f.rank or line.raw[spot.start : spot.end]
            at, f.titled = spot.start, True
        elif f.country is None and (owner := line.owner_before(_served(line, at, f, g))) and owner.start >= floor:
            # *China's X*, or the state between an office and a name.
            f.country = owner.entry.value if owner.entry.kind in ("state", "bloc") else None
            at = owner.start
            f.titled = f.titled or by_stop.get(owner.end) is not None
        else:
            article = next((a for a in line.vocabulary.articles if line.text.endswith(f", {a} ", floor, at)), None)
            bare = at - len(article) - 1 if article else at
            joint = next((j for j in g.joiners if line.text.endswith(j, floor, bare)), None)
            left = bare - len(joint) if joint else 0
            held = _holder(line, by_stop.get(left))
            chained = joint and f.offices and held is not None and held.outer >= floor
            chained = chained and not (joint == ", " and held is not None and _does(line, held, f, g))
            chained = chained and not (held is not None and _of_two(line, held.country, f.country))
            # *His counterpart, Minister X*; *the president of A, X, ...*
            polite = joint and line.longest_before(left, POLITE) is not None and not _faces(line, left, f, g)
            before = joint == ", " and held is not None and held.outer >= floor and not f.offices
            before = before and not (held is not None and (_does(line, held, f, g) or _in_front(line, held, f, g)))
            if joint == ", " and (opposite := _whence(line, left, floor, g)) is not None:
                f.country = f.country or line.known_at_end[left].entry.value
                at, f.titled = opposite, True
                break
            if not (chained or polite or before):
                break
            if before and held is not None and _predicated(line, held, g):
                f.offices, f.country = [held], f.country or held.country
                break
            at = left
    f.outer = at


def _of_two(line: Line, one: str | None, other: str | None) -> bool:
    """Whether two offices are of two states, which nobody holds (*elected prime minister of A, President X of B*)."""
    states = {h.entry.value for h in line.hits if h.entry.kind == "state"}
    return one != other and one in states and other in states


def _of_somebody(line: Line, start: int) -> bool:
    """Whether a word such as *of*, with an article or without, stands right before a state's name."""
    at = next((start - len(a) - 1 for a in line.vocabulary.articles if line.text.endswith(f" {a} ", 0, start)), start)
    return line.text.endswith(tuple(f" {w} " for w in line.vocabulary.of), line.start, at)


def _served(line: Line, at: int, f: Found, g: PersonGrammar) -> int:
    """Where the branch before a rank begins in which somebody serves (*A [Air Force] General X*), else ``at``."""
    branch = next((b for b in g.branches if line.text.endswith(b, line.start, at)), None) if f.rank else None
    left = at - len(branch) + 1 if branch else at
    owner = line.owner_before(left) if branch else None
    led = owner is not None and _of_somebody(line, owner.start)
    return at if led else left  # *the commander of the A Navy Admiral X*


def _faces(line: Line, left: int, f: Found, g: PersonGrammar) -> bool:
    """Whether a polite word is that of another state's man (*invited by his A counterpart, B Minister X went*)."""
    spot = line.longest_before(left, POLITE)
    if spot is not None and " " in line.text[spot.start : left] and _acts(line, f, g) and _opened(line, spot.start, g):
        return True  # *invited by the host country, A's president X went*
    owner = line.owner_before(spot.start) if spot is not None else None
    own = f.country or next((o.country for o in f.offices if o.country), None)
    return owner is not None and owner.entry.kind == "state" and own not in (None, owner.entry.value)


def _holder(line: Line, office: Office | None) -> Office | None:
    """The office, but for one in the name of a meeting: *at the meeting of ministers of the bloc, Minister X said*."""
    if office is None or line.longest_before(line.back(office.outer), MEETING) is None:
        return office
    return None


def _branched(line: Line, end: int, floor: int) -> int:
    """Where a rank ends that says in brackets of which branch it is, or that it is past: *Colonel (N) X*."""
    opens = line.text.rfind(" (", max(floor, end - BRANCH), end) if line.text[end - 1 : end] == ")" else -1
    return opens if opens > floor and line.longest_before(opens, RANK) is not None else end


def _unglossed(line: Line, end: int, floor: int) -> int:
    """Where what stands before a gloss in brackets ends: *the president of the upper house (the Senate) A*."""
    opens = line.text.rfind("(", max(floor, end - GLOSS), end) if line.text[end - 1 : end] == ")" else -1
    return line.back(opens) if opens > floor else end


def _whence(line: Line, left: int, floor: int, g: PersonGrammar) -> int | None:
    """Where words begin that say of which state somebody across the table is (*his counterpart from A, Minister B*)."""
    hit = line.known_at_end.get(left)
    if hit is None or hit.entry.kind != "state" or g.whence is None:
        return None
    articles = (len(a) + 1 for a in line.vocabulary.articles if line.text.endswith(f" {a} ", floor, hit.start))
    start = hit.start - next(articles, 0)
    m = g.whence.search(line.text, max(floor, start - 32), start)
    return m.start() if m else None


def _does(line: Line, office: Office, f: Found, g: PersonGrammar) -> bool:
    """Whether somebody else than who holds an office does what follows (*receiving the minister of A, X said*)."""
    before = (f" {a} " for a in line.vocabulary.articles)
    led = not f.offices or any(line.text.endswith(a, line.start, office.outer) for a in before)
    led = led or _opened(line, office.outer, g)
    return _acts(line, f, g) and led and line.article(line.start) != office.outer


def _acts(line: Line, f: Found, g: PersonGrammar) -> bool:
    """Whether a verb stands right behind a name."""
    at = line.skip(f.end)
    return at >= 0 and g.verbs is not None and g.verbs.match(line.text, at, line.end) is not None


def _opened(line: Line, at: int, g: PersonGrammar) -> bool:
    """Whether a clause begins with words for another than who acts, which end at ``at`` (*invited by A, B went*)."""
    m = g.opens.search(line.text, max(line.start, at - OPENING), at) if g.opens else None
    if m is None or m.start() == line.start:
        return m is not None
    granted = m.group().rstrip().endswith(tuple(f" {w}" for w in line.vocabulary.of))  # *at the invitation of*
    return granted or line.text[m.start() - 2 : m.start() - 1] in CUTS


def _in_front(line: Line, office: Office, f: Found, g: PersonGrammar) -> bool:
    """Whether an office ends the clause in front of the main one, whose doer a name is: *after talks with the
    minister of A, X left*.
    """
    v, at = line.vocabulary, line.skip(f.end)
    word = line.text[at : line.word.get(at, at)] if at == f.end + 1 else ""
    goes_on = {*v.links, *v.of, *v.to, *v.about, *v.between, *v.about_names}
    told = word.isalpha() and line.cased[at].islower() and word not in goes_on
    return told and line.text.startswith(g.fronts, line.start) and "," not in line.text[line.start : office.stop]


def _predicated(line: Line, office: Office, g: PersonGrammar) -> bool:
    """Whether words before an office say that somebody takes it (*on his election as president of A, X said*)."""
    return line.text.endswith(tuple(f" {w} " for w in g.predicates), line.start, office.outer)


def behind(line: Line, f: Found, posts: list[Office], starts: set[int], g: PersonGrammar) -> None:
    """Read the offices that stand behind a name, between commas or in brackets."""
    by_start = {o.outer: o for o in posts}
    at = _honoured(line, f.end, g)
    found: list[tuple[Office, int]] = []
    while True:
        m = APPOSED.match(line.text, at, line.end)
        gap = m.end() if m else at
        if found and not m:
            joiner = next((j for j in g.joiners if line.text.startswith(j, at)), None)
            gap = at + len(joiner) if joiner else at
        elif not m:
            word = next((w for w in g.apposed if line.text.startswith(w, at)), None)
            gap = at + len(word) if word else at
        if gap == at:
            break
        gap = _linked(line, gap) if found and m else gap
        begin = gap if gap in by_start else line.article(gap)  # *[New] Zealand's minister* is none new
        spot = line.longest(begin, RANK)
        if spot and not found and line.text[spot.end : spot.end + 1] != " ":
            f.rank, at = f.rank or line.raw[spot.start : spot.end], spot.end
            f.titled = True
            f.stop = at
            continue
        office = by_start.get(begin)
        if office is None:
            _bracketed(line, f, gap)
            break
        found.append((office, at))
        gloss = SHORT.match(line.raw, office.stop, line.end)  # *Commander of A's Armed Forces (AAF) and ...*
        at = gloss.end() if gloss else office.stop
    while found and _named_next(line, found[-1][0].stop, starts, bool(f.offices)):
        last, at = found.pop()
        while found and _others(found[-1][0], last, f):
            at = found.pop()[1]  # *X of A, head of the party of B, president of B Y*
        called = line.article(last.stop + 1) > last.stop + 1  # *X, minister of A, and Senator [the Hon] Y*
        while found and f.offices and not called and at == found[-1][0].stop and line.text.startswith(g.chained, at):
            at = found.pop()[1]  # *President X, minister of A and chairman of B Y*: both offices are Y's
    if found:
        f.offices += [o for o, _ in found if all(o.outer != x.outer for x in f.offices)]
        f.country = f.country or next((o.country for o, _ in found if o.country), None)
        f.stop, f.titled = found[-1][0].stop, True
        if line.text[f.stop : f.stop + 1] == ")":
            f.stop += 1
    _taken(line, f, by_start, g)


def _linked(line: Line, at: int) -> int:
    """Where the last of a row begins behind its link (*A, B, [and] C*), else ``at``."""
    stop = line.word.get(at, at)
    return stop + 1 if line.text[at:stop] in line.vocabulary.links and line.text[stop : stop + 1] == " " else at


def _bracketed(line: Line, f: Found, at: int) -> None:
    """Read the state that stands in brackets right behind a name: *Ms X (A)*."""
    hit = line.known.get(at)
    alone = hit is not None and line.text[at - 1] == "(" and line.text[hit.end : hit.end + 1] == ")"
    if hit is not None and alone and hit.entry.kind == "state":
        f.country, f.stop = f.country or hit.entry.value, hit.end + 1


def _others(office: Office, last: Office, f: Found) -> bool:
    """Whether an office is of the state of the one behind it, and whom both are beside is of another."""
    own = f.country or next((o.country for o in f.offices if o.country), None)
    return None not in (own, office.country) and office.country == last.country != own


def _honoured(line: Line, end: int, g: PersonGrammar) -> int:
    """Return where letters of honour behind a name end (*A B, MP*), if more stands behind them."""
    at = end + line.text.startswith(".,", end)  # *A B Jr., minister of C*
    at += next((len(w) for w in g.resting if line.text.startswith(w, at)), 0)
    for _ in range(4):
        begin = at + 2 if line.text.startswith(", ", at) else line.skip(at)
        stop = line.word.get(begin, -1)
        if stop - begin < 2 or not line.cased[begin:stop].isupper() or line.text[begin:stop] not in g.not_names:
            break
        at = stop
    return at if line.text.startswith((", ", " ("), at) else end


def _taken(line: Line, f: Found, posts: dict[int, Office], g: PersonGrammar) -> None:
    """Read the office that somebody is said to take; the words that say so stay free for the rules."""
    said = f.stop + line.text.startswith(", ", f.stop)  # *her predecessor, X, was appointed B*
    word = next((w for w in g.predicates if line.text.startswith(f" {w} ", said)), None)
    at = line.article(said + len(word) + 2) if word else -1
    office = posts.get(at) or posts.get(line.article(at))
    if office is not None and not _named_next(line, office.stop, set(), many=False):
        f.offices.append(office)
        f.country, f.titled = f.country or office.country, True


def _named_next(line: Line, at: int, starts: set[int], many: bool) -> bool:
    """Whether an office belongs to the name behind it; where a name has one before it (``many``), across a comma."""
    if many and line.text.startswith(", ", at):
        nxt = line.skip(at + 1)
        spot = line.longest(nxt, RANK | POLITE) if nxt >= 0 else None
        at = spot.end if spot else at + 1
        if line.text[at : at + 1] == ".":
            at += 1
    while True:
        nxt = line.skip(at)
        if nxt < 0:
            return False
        if nxt in starts:
            return True
        spot = line.longest(nxt, RANK | POLITE)
        hit = line.known.get(nxt)
        if spot is None and (hit is None or hit.entry.kind != "state"):
            return False
        at = spot.end if spot else hit.end if hit else at
        if line.text[at : at + 1] == ".":
            at += 1
