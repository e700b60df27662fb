"""Noun phrases where blanks stand between words: meetings, texts, delegations, bodies, groups, places nobody lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique.loader.language import LanguagePack
from communique.mentions import ordinals
from communique.mentions.meetings import ACRONYM, unthemed
from communique.mentions.phrasegrammar import PhraseGrammar, kind_of
from communique.mentions.phrasegrammar import grammar as phrase_grammar
from communique.mentions.spaced import again, rows
from communique.mentions.spaced.forces import aboard, hull, sent, ship
from communique.mentions.spaced.line import (
    BODY,
    DELEGATION,
    GROUP,
    MEETING,
    MEETING_WORD,
    OFFICE,
    STOP,
    TEXT,
    TEXT_WORD,
    WORD,
    Line,
    Spot,
)
from communique.mentions.spaced.linked import of_state, of_whom, quoted_before, row_before
from communique.mentions.spaced.meetings import meeting, sort_is_drill
from communique.mentions.spaced.textnames import onward, syllables, text_word
from communique.mentions.spaced.towns import nowhere
from communique.model import Mention

YEAR = re.compile(r"(?<![0-9\-/])(?:19|20)[0-9]{2}(?![0-9])")
MODEL = re.compile(r"(?<=[a-z])-[0-9]{1,4}[a-z]{0,3}\b")  # *a C-130*
ABOUT_WORDS = 16
STANDING = ("group", "network", "hotline", "framework")
MEET = ("meeting", "dialogue", "framework")
SITS = ("group", "dialogue")
ORDER = {"mechanism": 0}
TITLE = re.compile(r"\u201c([^\u201c\u201d\n]{4,140})\u201d|\"([^\"\n]{4,140})\"")
COUNTED = re.compile(r"[^\d,;:(]{0,18}[0-9][0-9.,]*\s")
"""What a sentence begins with whose subject is so many of a kind (*some 120 soldiers ...*)."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase that may become a mention: where its head stands, and what it would be."""

    start: int
    end: int
    head: Spot
    kind: str


def find(line: Line, taken: Sequence[tuple[int, int]], pack: LanguagePack) -> list[Mention]:
    """Return the noun phrases of a sentence that touch nothing in ``taken``, the longest of those that overlap."""
    g, n = phrase_grammar(pack), pack.nouns
    numbers = ordinals.find(line.text, line.start, line.end, pack)
    for o in numbers:
        _number(line, o.start, o.end)
    for year in YEAR.finditer(line.text, line.start, line.end):
        _number(line, year.start(), year.end())
    for joint in g.joint_forms.finditer(line.text, line.start, line.end) if g.joint_forms else ():
        _spot(line, joint.start(), joint.end(), MEETING)
    busy = list(taken)
    out: list[Mention] = []
    rows = [c for x in _candidates(line, n.left, n.right, g, numbers) if (c := _fitted(line, x, busy)) is not None]
    for c in sorted(
        rows, key=lambda c: (_order(line, c, n.right, g), c.start - c.end, c.kind != "instrument", c.start)
    ):
        if any(c.start < b and a < c.end for a, b in busy):
            # Where words follow their head, the next phrase may begin behind one (*A's navy [joint patrol]*).
            # ... and where they stand before it, it may begin behind a known one (*the A [working group]*).
            group = c.kind == "meeting" and kind_of(line.text[c.head.start : c.head.end], g) == "group"
            short = _fitted(line, c, busy) if n.right and c.kind == "group" or n.left and group else None
            if short is None or short.start != c.start and not group:
                continue
            c = short
        m = _text(line, c, busy) if c.kind == "instrument" else _mention(line, c, numbers, g, pack)
        if m is not None:
            if any(m.start < b and a < m.end for a, b in busy):
                continue
            out.append(m)
            busy.append((m.start, m.end))
    out += [m for m in again.elided(line, numbers, g) if not any(m.start < b and a < m.end for a, b in busy)]
    out = unthemed(out, line.text, line.start, line.end, g)
    return sorted([*out, *nowhere(line, busy, pack)], key=lambda m: m.start)


def _order(line: Line, c: Candidate, right: bool, g: PhraseGrammar) -> int:
    """What is known comes first, but for the group whose name holds it (*the group of experts of A*)."""
    if right and c.kind == "meeting" and kind_of(line.text[c.head.start : c.head.end], g) == "group":
        if any(h.entry.kind == "mechanism" and c.head.end < h.start < c.end for h in line.known.values()):
            return -1
    own = line.known.get(c.start) if c.kind == "instrument" and c.start < c.head.start else None
    if own is not None and own.entry.kind == "mechanism" and own.entry.note == "organisation":
        return -1  # *[the council of A's] resolution 12*
    return ORDER.get(c.kind, 1)


def _number(line: Line, start: int, end: int) -> None:
    _spot(line, start, end, MEETING_WORD)


def _spot(line: Line, start: int, end: int, classes: int) -> None:
    spot = Spot(start, end, classes)
    line.spots.setdefault(start, []).insert(0, spot)
    line.spots_at_end.setdefault(end, []).insert(0, spot)


def _candidates(
    line: Line, left: bool, right: bool, g: PhraseGrammar, numbers: Sequence[ordinals.Ordinal]
) -> Iterator[Candidate]:
    """Every head with all that may belong to it."""
    inside = [(h.start, h.end) for h in line.known.values() if h.entry.kind == "mechanism"]
    for a, b in inside:
        if not any(c <= a and b <= d and (c, d) != (a, b) for c, d in inside):
            whole = line.known[a].entry.note == "organisation"  # *the council on A* has met about A
            other = line.paired(b) if right and (head := line.longest(a, MEETING)) is not None else b
            if other > b and head is not None:  # *the ministers' meeting A-[B]* is not that of A
                yield Candidate(a, other, head, "meeting")
                continue
            yield Candidate(a, b if whole else _known_more(line, b), Spot(a, b, 0), "mechanism")
    for head in line.heads(MEETING):
        if any(a <= head.start and head.end <= b for a, b in inside) or again.other(line, head, g):
            continue
        if (found := _met(line, head, left, right, g, numbers)) is not None:
            yield found
    for head in line.heads(TEXT):
        start = line.grow_left(head.start, WORD | TEXT_WORD | MEETING_WORD, caps=True) if left else head.start
        end = line.grow_right(head.end, WORD | TEXT_WORD, caps=True) if right else head.end
        end = syllables(line, end) if right and line.cased[head.start].isupper() else end
        stop = _subject(line, _numbered(line, end, g.numbered), head)
        stop = line.paired(stop) if right and stop in line.known_at_end else stop
        named = left and stop > end and line.cased[head.start].isupper()
        stop = rows.listed(line, stop, WORD | TEXT_WORD) if named else stop
        yield Candidate(start, stop, head, "instrument")
    yield from _parties(line, left, right)
    for post in line.posts:
        met = line.longest_before(line.back(post.outer), MEETING) if right else None
        if post.country and (met is None or line.text[met.start : met.end] in g.one_off):
            yield Candidate(post.outer, post.stop, Spot(post.start, post.end, OFFICE), "office")


def _met(
    line: Line, head: Spot, left: bool, right: bool, g: PhraseGrammar, numbers: Sequence[ordinals.Ordinal]
) -> Candidate | None:
    """The name of a meeting or a standing body around its head; None where another body's sitting is numbered."""
    v, word = line.vocabulary, line.text[head.start : head.end]
    once = right and word in g.one_off  # whom it is held for is no part of its name
    classes = WORD | MEETING_WORD | BODY | OFFICE | (0 if once else GROUP)
    start = line.grow_left(head.start, classes, caps=True) if left else head.start
    start = row_before(line, quoted_before(line, start, head.start), head.start, numbers) if left else start
    end = line.grow_right(head.end, classes, caps=True) if right else head.end
    if not right and sort_is_drill(word, g):
        end = line.grow_right(head.end, MEETING_WORD, caps=True, linked=False)  # *exercise Dawn Bridge*
    sits = right and word in g.sits
    if sits and any(kind_of(line.text[x.start : x.end], g) in SITS for x in _inside(line, end, head)):
        return None  # *the 3rd session [of the committee]*
    kind = kind_of(word, g)
    owned = kind == "dialogue" and any(h.start >= start and h.end <= head.start for h in line.hits)
    standing = kind in STANDING or owned
    named = right and kind in STANDING and head.start > line.start and line.cased[head.start].isupper()
    end = line.grow_any(end) if named else end
    joint = left and kind == "group" and word not in g.kinds and line.cased[head.start].isupper()
    for _ in range(2 if joint else kind == ("centre" if left else "organisation")):
        end = line.tied(end, v.of, classes | GROUP if joint else classes, caps=True)
    end = of_whom(line, end, head, kind == "framework") if left and kind in MEET else end
    more = line.tied(end, v.about, classes, caps=True, free=standing)
    more = rows.listed(line, more, WORD | MEETING_WORD, free=named) if more > end else more
    return Candidate(start, more if standing else _more(line, more, end), head, "meeting")


def _parties(line: Line, left: bool, right: bool) -> Iterator[Candidate]:
    """The delegations, groups and bodies around their heads."""
    v = line.vocabulary
    states = [(h.start, h.end) for h in line.known.values() if h.entry.kind == "state"]
    for kind, flag, caps in (("delegation", DELEGATION, True), ("group", GROUP, right), ("body", BODY, True)):
        for head in line.heads(flag):
            if any(a < head.start and head.end <= b for a, b in states):
                continue  # *the People's Republic of A*
            start = line.grow_left(head.start, WORD | BODY | OFFICE, caps=caps) if left else head.start
            start = of_state(line, start, WORD | BODY | OFFICE) if left and kind == "group" else start
            more = MEETING_WORD if kind == "delegation" else 0
            numbered = line.number(head.start, head.end, head.end)  # *Region 3*
            end = (
                _row(line, line.grow_right(numbered, WORD | BODY | DELEGATION | more, caps=caps), kind)
                if right
                else ship(line, head.end, line.raw[head.start : head.end])
            )
            first = line.text[head.start : line.word.get(head.start, head.start)]
            end = hull(line, end) if right and kind == "group" and first in v.numbered else end
            end = _numbered(line, end, MODEL) if right and kind == "group" else end
            for _ in range(3):
                tied = line.tied(end, v.of, WORD | BODY, caps=caps)
                if tied == end:
                    break
                end = tied
            yield Candidate(start, end, head, kind)


def _row(line: Line, end: int, kind: str) -> int:
    """Where a group ends that several bodies of a state own (*leaders of the Party, the State of A*), else ``end``."""
    at = end
    while kind == "group" and line.text.startswith(", ", at) and end not in line.known_at_end:
        nxt = line.skip(at + 1)
        spot = line.longest(nxt, WORD | BODY) if nxt >= 0 and nxt not in line.known else None
        if spot is None:
            break
        at = line.grow_right(spot.end, WORD | BODY, caps=False)
        hit = line.known_at_end.get(at)
        if hit is not None and hit.entry.kind == "state":
            return at
    return end


def _known_more(line: Line, end: int) -> int:
    """Where the name of a known mechanism ends that goes on with its subject, if that is written as a name."""
    more = line.tied(end, line.vocabulary.about, WORD | MEETING_WORD, caps=True)
    more = rows.listed(line, more, WORD | MEETING_WORD) if more > end else more
    return _more(line, more, end)


def _inside(line: Line, end: int, head: Spot) -> list[Spot]:
    """The heads of meetings that a phrase has taken in behind its own."""
    return [x for at in range(head.end, end) if (x := line.longest(at, MEETING)) is not None]


def _more(line: Line, end: int, before: int) -> int:
    """A subject counts where it is written as a name."""
    nxt = line.skip(before)
    word = line.skip(line.word.get(nxt, -1)) if nxt >= 0 else -1
    return end if end > before and word >= 0 and line.cased[word].isupper() else before


def _numbered(line: Line, end: int, pattern: re.Pattern[str] | None) -> int:
    """Where a text's name ends with its number (*Decision No. 5*)."""
    m = pattern.match(line.text, end, line.end) if pattern else None
    return m.end() if m else end


def _town(line: Line, at: int) -> bool:
    """Whether a town begins here: where a text was signed is no part of its name."""
    hit = line.known.get(at)
    return hit is not None and hit.entry.kind == "place" and hit.entry.value not in (None, "none")


def _subject(line: Line, end: int, head: Spot) -> int:
    """Where a text's name ends when it goes on with its subject (*on training and exchanges*).

    A head with a capital takes more: *Agreement on Visa Exemption for Holders of Diplomatic Passports*.
    """
    v = line.vocabulary
    named, pending = line.cased[head.start].isupper(), False
    for _ in range(8 if named else 2):
        words = (*v.about, *v.of, *(v.about_names if named else ()))
        word = next((w for w in words if line.text.startswith(f" {w} ", end)), None)
        nearly = end + len(word or "") + 2
        both = any(line.text.startswith(f"{w} ", nearly) for w in v.both)
        if word in v.about_names and not both and not line.cased[line.article(nearly)].isupper():
            return end
        if word is None:
            return end
        if word in v.about_names and _town(line, line.article(end + len(word) + 2)):
            return end
        at, stop = line.article(end + len(word) + 2), end
        pairs = tuple(w for w in v.between if w not in v.of)
        both_of = word.startswith(pairs)
        pending = both_of or pending  # the second of two bodies is still to come
        for _ in range(ABOUT_WORDS * (2 if both_of else 1)):  # two bodies have names of their own
            nxt = at = line.article(at) if named else at
            last = line.known[nxt].end if nxt in line.known else text_word(line, nxt)
            if line.text[nxt:last] in v.links:
                if line.longest(line.skip(last), TEXT) is not None:
                    break
                if not (both_of or pending) and line.article(line.skip(last)) != line.skip(last):
                    break  # *the Guidelines on A and the Programme on B* are two
                pending = False
            elif nxt < 0 or last < 0 or (_stops(line, nxt, last) and not _kept(line, nxt, both_of, named)):
                break
            elif stop > end and line.text[nxt:last] in pairs and not both_of:
                break  # *on trade [between A and B]*
            else:
                stop = last
            at = onward(line, last)
            if at < 0:
                break
        if stop == end:
            return end
        end = stop
    return end


def _kept(line: Line, at: int, both: bool, named: bool) -> bool:
    """Whether a word with a capital that ends names elsewhere goes on one here: of a body, or of a field of texts."""
    return line.cased[at].isupper() and (both or (named and line.longest(at, TEXT_WORD) is not None))


def _stops(line: Line, start: int, end: int) -> bool:
    """Whether a word that ends names stands here."""
    return any(s.classes & STOP and s.end >= end for s in line.spots.get(start, ()))


def _fitted(line: Line, c: Candidate, busy: Sequence[tuple[int, int]]) -> Candidate | None:
    """The candidate without what lies in a span taken before; None where its head does."""
    start, end = c.start, c.end
    for a, b in busy:
        if b <= start or a >= end:
            continue
        if b <= c.head.start:
            start = b
        elif a >= c.head.end:
            end = a
        else:
            return None
    while start < c.head.start and not line.text[start].isalnum() and line.text[start] not in '\u201c"':
        start += 1
    for sign in line.vocabulary.possessives:
        if line.text.startswith(sign + " ", start):
            start += len(sign) + 1
    if end < c.end:
        ties = (*line.vocabulary.of, *line.vocabulary.about, *line.vocabulary.about_names)
        word = next((w for w in ties if line.text.startswith(f" {w} ", end - len(w) - 2)), None)
        end = end - len(word) - 2 if word else end
    while end > c.head.end and not line.text[end - 1].isalnum() and line.text[end - 1] not in '\u201d"+':
        end -= 1
    return Candidate(start, end, c.head, c.kind)


def _mention(
    line: Line, c: Candidate, numbers: list[ordinals.Ordinal], g: PhraseGrammar, pack: LanguagePack
) -> Mention | None:
    """What a candidate is, or None where it is nothing that a rule could use."""
    if c.kind in ("meeting", "mechanism"):
        return meeting(line, c.start, c.end, c.head, c.kind == "mechanism", numbers, g, pack)
    country = _country(line, c.start, c.end)
    hit = line.known.get(c.start)
    if hit is not None and hit.end >= c.end and hit.entry.kind in ("state", "bloc"):
        return None
    if c.kind == "office":
        return Mention(c.start, c.end, "group", {"country": country, "single": True}, "phrase")
    if c.kind in ("delegation", "group"):
        counted = COUNTED.fullmatch(line.text, line.start, c.start) is not None or sent(line, (c.start, c.end), g)
        more = c.end - c.start > c.head.end - c.head.start or counted or aboard(line, (c.start, c.end), pack)
        return (
            Mention(c.start, c.end, c.kind, {"country": country}, "phrase") if more or c.kind == "delegation" else None
        )
    if line.text[c.start : c.end] in g.not_bodies or (country is None and c.end - c.start == c.head.end - c.head.start):
        return None
    return Mention(c.start, c.end, "body", {"country": country}, "phrase")


def _text(line: Line, c: Candidate, busy: Sequence[tuple[int, int]]) -> Mention | None:
    """The text that a candidate names, with what stands behind its acronym as far as nothing else has it."""
    hit = line.known.get(c.start)
    if hit is not None and hit.end >= c.end and hit.entry.kind in ("state", "bloc"):
        return None
    name = line.raw[c.start : c.end]
    acronym = ACRONYM.match(line.cased, c.end, line.end)
    more = _subject(line, acronym.end(), c.head) if acronym else c.end
    whole = _fitted(line, Candidate(c.start, more, c.head, c.kind), busy) if acronym and more > acronym.end() else None
    if acronym and whole and whole.end > acronym.end():  # *a memorandum (M) on training*
        end, name = whole.end, name + line.raw[acronym.end() : whole.end]
        value = {"name": name, "acronym": acronym.group(1), "head": line.raw[c.head.start : c.head.end]}
        return Mention(c.start, end, "instrument", {**value, "quoted": False}, "phrase")
    value = {
        "name": name.strip('\u201c\u201d"'),
        "acronym": acronym.group(1) if acronym else None,
        "head": line.raw[c.head.start : c.head.end],
        "quoted": False,
    }
    return Mention(c.start, acronym.end() if acronym else c.end, "instrument", value, "phrase")


def _country(line: Line, start: int, end: int) -> str | None:
    for h in line.hits:
        if start <= h.start and h.end <= end and h.entry.value and h.entry.kind != "mechanism":
            return h.entry.value
    return None
