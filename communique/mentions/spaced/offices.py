"""Offices in a sentence: a head noun, the words of the office on either side, and the state that it belongs to."""

from __future__ import annotations

import re
from collections.abc import Container

from communique.mentions.lexicon import Hit
from communique.mentions.spaced import rows
from communique.mentions.spaced.line import BODY, OFFICE, POLITE, RANK, WORD, Line, Office, Spot
from communique.mentions.spaced.naming import PersonGrammar

GLOSS = re.compile(r" \([^()]{2,40}\)(?= )")
"""Other words for an office, in brackets behind it."""
FIELD = re.compile(r" \([A-Z][A-Za-z]+(?:(?: and| &|,)? [A-Z][a-z]+){0,4}\)(?= [A-Z]|,)")
"""What an office is for, in brackets."""
NAME = 3
"""Words of an area and a name, at least; an area alone has fewer."""
SHORTEST = 3
"""Letters of a word in the name of a body."""
HOUSES = frozenset({"place", "body"})
"""Names in which an office names nobody (*President House*)."""


def offices(line: Line, left: bool, right: bool, areas: tuple[tuple[str, ...], Container[str]]) -> list[Office]:
    """Return the offices of a sentence in order, none overlapping another.

    Args:
        line: the sentence.
        left: whether bare words stand on the left of a head (*deputy defence minister*).
        right: whether they stand on its right.
        areas: words before the name of a town or an area, and family names.
    """
    out: list[Office] = []
    for head in line.heads(OFFICE):
        housed = any(h.start < head.start and head.end <= h.end for h in line.hits if h.entry.kind in HOUSES)
        if housed or (out and head.start < out[-1].stop):
            continue
        office = _office(line, head.start, head.end, left, right, areas)
        while left and out and office.outer <= out[-1].outer and out[-1].end < head.start:
            out.pop()  # *deputy* is an office, and the first word of *deputy foreign minister*
        if out and office.outer < out[-1].stop:
            office = Office(max(office.outer, head.start), head.start, office.end, office.stop, office.country)
        out.append(office)
    return out


def one(line: Line, start: int, end: int, g: PersonGrammar) -> Office:
    """The office whose head stands from ``start`` to ``end``, as it grows to the left."""
    return _office(line, start, end, g.left, False, (g.areas, g.surnames))


def _office(
    line: Line, start: int, end: int, left: bool, right: bool, areas: tuple[tuple[str, ...], Container[str]]
) -> Office:
    country: str | None = None
    begun, head_end = start, end
    if left:
        start = _firm_before(line, _of_two(line, line.grow_left(start, WORD | OFFICE, caps=False, owners=False)), end)
        hit = line.known.get(start)
        if (own := _next_state(line, hit, end)) is not None:
            start, hit = own.start, own
        if hit and hit.end < end and hit.entry.kind == "state":
            country, start = _owned(line, hit, end)
        elif hit and hit.end < end:
            country = hit.entry.value
    outer = start
    owner = line.owner_before(start) or (_owner_over(line, start) if country is None else None)
    if owner is not None:
        country, outer = country or owner.entry.value, owner.start
        start = owner.start if owner.entry.kind == "bloc" and line.text[owner.end] == " " else start
    elif country is not None and (hit := line.known_at_end.get(line.back(start))) and hit.entry.value == country:
        outer = hit.start
    v = line.vocabulary
    if right:
        end = line.grow_right(end, WORD | BODY, caps=False)
    for _ in range(3):
        more = max(line.tied(end, v.of, WORD | BODY, caps=False), _body(line, end))
        if more == end:
            break
        end = line.grow_right(more, WORD | BODY, caps=False)
    end = _unit(line, head_end) if end == head_end and line.text[start:head_end] in v.bare else end
    stop, found = _glossed(line, end)
    if found is not None:
        return Office(outer, start, end, stop, country or found)
    if end > head_end and line.longest_before(end, BODY):
        end = line.tied(end, v.about, WORD, caps=False)  # *chair of the committee on defence*
    if end > head_end:
        end = rows.listed(line, end, WORD, known=True)  # *Minister of Culture, Sports and Tourism*
    rank = line.longest_before(end, RANK)
    if rank is not None and rank.start > head_end and line.longest_before(end, OFFICE) is None:
        end = line.back(rank.start)
    end, stop, found = _owner_behind(line, end, max(start, outer), head_end)
    country = country or found
    if right and stop == end:
        area = _area(line, end, *areas)
        end = stop = area if area > end else _firm(line, outer, end, head_end, areas[1])
        seat = next((h for h in line.hits if h.entry.kind == "place" and head_end < h.start and h.end == end), None)
        country = country or (seat.entry.value if seat else None)  # *the governor of the province A*
    if end == stop == head_end:
        end = stop = _apart(line, end, start == begun)
    end, stop, country = _sent(line, (start, head_end, max(start, outer)), (end, stop, country))
    return Office(outer, start, end, stop, country)


def _sent(line: Line, begins: tuple[int, int, int], found: tuple[int, int, str | None]) -> tuple[int, int, str | None]:
    """Where an office ends with the state or body to which its holder is sent: its end, its stop, its state.

    ``begins``: where it begins, where its head ends, and where it begins with its owner.
    """
    (start, head, floor), (end, stop, country) = begins, found
    more = _posted(line, start, stop, country)
    more = _based(line, start, stop) if more == stop else more
    more = stop if _goes_to(line, start, end, more) else more
    other = (s for s in _spots(line) if s.classes & OFFICE and stop < s.start <= more and not _housed(line, s))
    if more == stop or next(other, None) is not None:
        return found
    last = line.tied(more, line.vocabulary.of, WORD | BODY, caps=False) if country is None else more
    behind = _owner_behind(line, last, floor, head) if last > more else None
    return behind if behind and behind[2] else (more, more, country)  # *Minister for Defence of A*


def _owned(line: Line, hit: Hit, end: int) -> tuple[str | None, int]:
    """Whose an office behind a state is, and where it begins; nobody's behind two states (*A-B minister-level*)."""
    start = line.skip(hit.end)
    if start >= 0:
        return hit.entry.value, start
    last = max((h.end for h in line.known.values() if hit.start <= h.start and h.end < end), default=hit.end)
    return None, max(line.skip(last), last)


def _next_state(line: Line, hit: Hit | None, end: int) -> Hit | None:
    """The state right behind a town that stands before an office, over a blank or a dash: *(Jakarta) A's minister*."""
    at = hit.end if hit and hit.entry.kind == "place" else end
    while at < end and not line.text[at].isalnum():
        at += 1
    own = line.known.get(at) if at < end else None
    return own if own and own.entry.kind == "state" and own.end < end else None


def _unit(line: Line, end: int) -> int:
    """Where the name of a unit ends that stands bare behind a head, else ``end``.

    It closes with a word for a body or a field, and a comma or a rank stands behind it: *Commander Amber Area, X*.
    """
    at, last = line.skip(end + line.text.startswith(", ", end)), end
    while at > last and at == last + 1 + line.text.startswith(", ", last) * (last == end) and _capital(line, at):
        last = line.word[at]
        at = line.skip(last)
    closed = last > end and line.longest_before(last, WORD | BODY) is not None
    ranked = at > last and line.longest(at, RANK) is not None
    return last if closed and (ranked or line.text.startswith(", ", last)) else end


def _capital(line: Line, at: int) -> bool:
    """Whether a word with a capital begins at ``at`` that is no rank."""
    return at in line.word and line.cased[at].isupper() and line.longest(at, RANK) is None


def _glossed(line: Line, end: int) -> tuple[int, str | None]:
    """Where the state ends that owns an office behind other words for it, and which: *secretary (minister) of A*."""
    gloss = GLOSS.match(line.text, end, line.end) if end not in line.known_at_end else None
    more = line.tied(gloss.end(), line.vocabulary.of, WORD | BODY, caps=False) if gloss else end
    return more, _owner_behind(line, more, gloss.end(), gloss.end())[2] if gloss and more > gloss.end() else None


def _apart(line: Line, at: int, bare: bool) -> int:
    """Where a field in brackets and, behind a bare head, a body between commas end: *Secretary (X), Ministry of Y*."""
    field = FIELD.match(line.raw, at, line.end)
    of = field and (line.longest(at + 2, WORD) or line.known.get(at + 2))
    at = field.end() if field and of else at
    begin = at + 2 if bare and line.text.startswith(", ", at) else -1
    body = line.longest(begin, BODY) if begin > 0 and line.cased[begin].isupper() else None
    if body is None:
        return at
    more = line.tied(body.end, line.vocabulary.of, WORD | BODY, caps=False)
    return more if more > body.end or " " in line.text[begin:more] else at


def _based(line: Line, start: int, stop: int) -> int:
    """Where the town ends in which one works who is sent, before the name (*A's ambassador in B, X*), else ``stop``."""
    v = line.vocabulary
    if not any(w in line.text[start:stop] for w in v.posted):
        return stop
    more = line.tied(stop, v.at, 0, caps=False)
    hit = line.known_at_end.get(more) if more > stop else None
    after = more + 1 + line.text.startswith(",", more)
    named = hit is not None and hit.entry.kind in ("place", "state") and line.text[after - 1 : after] == " "
    return more if named and line.cased[after : after + 1].isupper() else stop


def _posted(line: Line, start: int, stop: int, country: str | None) -> int:
    """Where the states end to which somebody is sent (*ambassador to A and accredited to B*), else ``stop``."""
    v = line.vocabulary
    more = line.tied(stop, v.to, WORD | BODY, caps=False)
    town = country is not None and (hit := line.known_at_end.get(more)) is not None and hit.entry.kind == "place"
    if more == stop:
        return _town(line, start, stop)
    posted = any(w in line.text[start:stop] for w in v.posted)  # *A's high commissioner to the town B, X*
    if town and not posted and not line.capital(line.skip(more)):
        return stop  # *met the minister of A in the town B*
    more = line.tied(more, tuple(w for w in v.to if " " in w), WORD | BODY, caps=False)
    return rows.listed(line, more, WORD, known=True)


def _area(line: Line, at: int, rows: tuple[str, ...], families: Container[str]) -> int:
    """Where the name of an area that no list knows ends behind the word for it (*governor of the state of X*).

    It has one word where a name of two words at least stands behind it.
    """
    text = line.text
    begins = (at + len(w) + 2 for w in rows if text.startswith(f" {w} ", at))
    last = line.longest_before(at, WORD)
    own = last is not None and text[last.start : at] in rows  # *the mayor of the town X*
    begin = next(begins, at + 1 if own else -1)
    end = line.word.get(begin, at)
    if begin < 0 or begin in line.known or not line.capital(begin) or text[begin:end] in families:
        return at
    ends, nxt = [end], line.skip(end)
    while nxt == ends[-1] + 1 and nxt not in line.known and line.capital(nxt):
        ends.append(line.word.get(nxt, nxt))
        nxt = line.skip(ends[-1])
    closed = line.text[ends[-1] : ends[-1] + 2] in (", ", " (") and len(ends) < NAME
    return ends[-1] if closed else end if len(ends) >= NAME else at


def _firm_before(line: Line, start: int, end: int) -> int:
    """Where the name of a body begins that no list knows, before its officer's head (*[Amber Bank of] Trade chairman*).

    It has capitals only, but for the words that tie it; one of its words is a word for a body.
    """
    first, at = start, line.back(start)
    while at > line.start and (token := line.word_at_end.get(at)) is not None and token in line.word:
        if line.text[token:at] in line.vocabulary.of and line.cased[first].isupper():
            at = line.back(token)
            continue
        known = at in line.known_at_end or line.longest(token, OFFICE | RANK | POLITE) is not None
        if known or not line.cased[token].isupper() or at - token < SHORTEST or line.text[at : at + 1] != " ":
            break
        first, at = token, line.back(token)
        if at + 1 < first:
            break
    body = first < start and any(s.classes & BODY and first < s.end <= end for s in _within(line, first, end))
    return first if body and first > line.start else start


def _within(line: Line, lo: int, hi: int) -> list[Spot]:
    return [s for at, rows in line.spots.items() if lo <= at < hi for s in rows]


def _firm(line: Line, start: int, end: int, head: int, families: Container[str]) -> int:
    """Where the name of a body ends that no list knows, in an office behind a name (*X, head of the firm [Y]*).

    It has two words at most, and nobody's name stands behind it: a mark or a link does, or the line ends.
    """
    stop = _name_end(line, end, families)
    beside = line.text[:start].endswith((", ", "- ", "\u2013 ", "("))
    return stop if end > head and beside and line.longest_before(end, BODY) is not None else end


def _town(line: Line, start: int, stop: int) -> int:
    """Where a town ends that no list knows, behind an office and its state: *X, A's consul general in [Y]*."""
    hit, v = line.known_at_end.get(stop), line.vocabulary
    beside = line.text[:start].endswith((", ", "- ", "\u2013 ", "("))
    if hit is None or hit.entry.kind != "state" or not beside:
        return stop
    tie = next((len(w) + 1 for w in (*v.at, *v.to) if line.text.startswith(f" {w} ", stop)), 0)
    end = _name_end(line, stop + tie, ()) if tie else stop
    return end if end > stop + tie else stop


def _name_end(line: Line, end: int, families: Container[str]) -> int:
    """Where one or two words with a capital behind ``end`` end that no list knows, closed by a mark or a link."""
    at, stop = line.skip(end), end
    for _ in range(NAME - 1):
        known = at in line.known or at not in line.word or line.longest(at, OFFICE | RANK | BODY) is not None
        if at != stop + 1 or known or not line.capital(at) or line.text[at : line.word[at]] in families:
            break
        stop = line.word[at]
        while line.text[stop : stop + 1] == "-" and stop + 1 in line.word:
            stop = line.word[stop + 1]  # *X-y-z*
        at = line.skip(stop)
    linked = at == stop + 1 and line.text[at : line.word.get(at, at)] in line.vocabulary.links
    closed = stop >= line.end or line.text[stop : stop + 1] in (",", ".", ";", ")") or linked
    return stop if closed else end


def _of_two(line: Line, start: int) -> int:
    """Return where an office begins that has two fields before its head, with capitals: *Trade and Industry Minister*.

    ``start`` where the first of the two belongs to something else (*the ministry of trade and Industry Minister X*).
    """
    first = line.before_link(line.back(start), WORD) if line.cased[start].isupper() else -1
    if first < line.start:
        return start
    first = line.grow_left(first, WORD, caps=False, owners=False)
    tied = tuple(f" {w} " for w in (*line.vocabulary.of, *line.vocabulary.to, *line.vocabulary.about))
    return start if line.text.endswith(tied, line.start, first) else first


def _goes_to(line: Line, start: int, end: int, at: int) -> bool:
    """Whether a state that ends at ``at`` is where the holder of an office goes, who is posted in none."""
    hit, posted = line.known_at_end.get(at), line.vocabulary.posted
    state = hit is not None and hit.entry.kind == "state" and hit.start >= end
    return bool(posted) and state and not any(w in line.text[start:end] for w in posted)


def _owner_over(line: Line, start: int) -> Hit | None:
    """The state that owns an office, before a word that says how new it is: *A's new defence minister*."""
    words = (a for a in line.vocabulary.articles if line.text.endswith(f" {a} ", line.start, start))
    at = start - max((len(w) + 1 for w in words), default=0)
    owner = line.owner_before(at) if at < start else None
    owned = owner is not None and line.text[owner.end : at].strip() in line.vocabulary.possessives
    return owner if owned else None


def _housed(line: Line, s: Spot) -> bool:
    """Whether a word is a part of the name of a body (*the [prime minister]'s office*)."""
    wider = line.longest(s.start, WORD)
    return wider is not None and wider.end > s.end


def _spots(line: Line) -> list[Spot]:
    return [s for rows in line.spots.values() for s in rows]


def _body(line: Line, end: int) -> int:
    """Return where a body with a name of its own ends behind *of* (*Commander of the Amber Task Group*), else ``end``.

    Words with a capital that no list knows belong to it as far as a word for a body closes them.
    """
    more = line.tied(end, line.vocabulary.of, WORD | BODY, caps=True)
    heads = [
        s.end for rows in line.spots.values() for s in rows if s.classes & BODY and end < s.start and s.end <= more
    ]
    return max(heads, default=end)


def _owner_behind(line: Line, end: int, start: int, head: int) -> tuple[int, int, str | None]:
    """Where an office ends without the state that its last word is, where with it, and the state.

    What belongs to the head of the office, which ends at ``head``, stays.
    """
    stop = end
    hit = line.known_at_end.get(end)
    inner = next((h for h in line.known.values() if h.start >= start and h.end <= end and h.entry.value), None)
    country = inner.entry.value if inner and inner.entry.kind in ("state", "bloc", "body") else None
    if hit and hit.entry.kind == "state" and hit.start > start:
        country = hit.entry.value
        if any(k in line.text[start : hit.start] for k in line.vocabulary.keeps):
            return stop, stop, country  # *the president of the Red Cross of A*: the state is part of the name
        end = hit.start
        while end > start and not line.text[end - 1].isalnum():
            end -= 1
        for word in sorted((*line.vocabulary.of, *line.vocabulary.articles), key=len):
            if line.text.endswith(" " + word, start, end) and end - len(word) > min(head, end - 1):
                end -= len(word) + 1
        for word in line.vocabulary.of:
            if line.text.endswith(" " + word, start, end):
                end -= len(word) + 1
    return end, stop, country
