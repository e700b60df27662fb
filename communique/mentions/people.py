"""From a name to a person: the chain of offices before it, rank, Latin form and office behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from communique.loader.language import LanguagePack
from communique.mentions import envoys, nameends
from communique.mentions.lexicon import Hit
from communique.mentions.nameparts import lands, of_town, owned_letters, within
from communique.mentions.names import Name
from communique.mentions.officegrammar import OfficeGrammar, grammar
from communique.mentions.scan import Scan, Sentence, Token
from communique.model import Mention

LETTER = r"A-Za-z\u00c0-\u024f\u1e00-\u1eff"
LATIN = re.compile(rf"\s?\(\s?([{LETTER}][{LETTER} .,'\u2018\u2019\u2010-\u2015\u2022\u00b7-]{{1,80}})\)")
OPENING, CLOSING = '\u201c\u2018\u300c\u300e"', '\u201d\u2019\u300d\u300f"'
BRACKET = 16  # letters of an office in a bracket
NOMINAL = {"noun", "place"}
OPEN = {"noun", "body", "place", "position", "time", "number", "person", "other", "adjective"}


@dataclass(frozen=True, slots=True)
class Office:
    """An office as written (offsets without the state in front), and the state that the words give."""

    start: int
    end: int
    country: str | None
    outer: int


def find(scan: Scan, names: Sequence[Name], hits: Sequence[Hit], pack: LanguagePack) -> list[Mention]:
    """Return a ``person`` mention for every name; its span covers offices, rank and Latin form.

    ``value`` holds ``name`` and ``name_span``, ``offices`` (offset pairs), ``country`` or None, ``rank``,
    ``latin``; the country is what the chain itself says.
    """
    g = grammar(pack)
    owners = {h.start: h for h in hits if h.entry.kind in ("state", "bloc", "body")}
    owned = owned_letters(hits)
    places = [h for h in hits if h.entry.kind == "place"]
    towns = {at: h.start for h in places for at in range(h.start + 1, h.end + 1)}
    out: list[Mention] = []
    last_end = 0
    # A state's name that the tagger joined with the office or the town behind it (*[A's ki]ng*, *[A's B]*) is nobody's.
    states, fit = lands(hits), nameends.fitted(scan.text, names, g)
    names = [n for n in fit if not of_town(n, places) and n.end not in states.get(n.start, ())]
    begins, passed = {n.start for n in names}, list[Office]()  # what stands before who sends an envoy is the envoy's
    for name in names:
        if name.start < last_end or within(name, owned) or _quoted(scan.text, name.start, name.end):
            continue
        sentence = next(s for s in scan.sentences if s.start <= name.start < s.end)
        chain = _chain(scan, sentence, name.start, g, owners, max(sentence.start, last_end))
        sends = envoys.sends(scan.text, name.end, begins, g.envoys)
        chain, before, passed = envoys.shared(chain, passed, sends)
        if chain and chain[0].country is None and chain[0].start in towns:
            chain[0] = _of_town(chain[0], towns[chain[0].start], owners)
        if chain and chain[0].country and scan.text.startswith(g.topics, chain[0].start):
            chain[0] = _sent_by(scan, sentence, chain[0], g, owners, max(sentence.start, last_end))
        start = chain[0].outer if chain else _called(scan, sentence, name.start, g)
        country = next((o.country for o in (*chain, *before) if o.country), None)
        end, rank, latin, after = (name.end, None, None, None) if sends else _behind(scan, sentence, name.end, g)
        offices = [(o.start, o.end) for o in (*before, *chain)]
        if after and not any(scan.text[s:e].endswith(scan.text[after[0] : after[1]]) for s, e in offices):
            offices.append(after)
        out.append(
            Mention(
                start,
                end,
                "person",
                {
                    "name": scan.unit.text[name.start : name.end],
                    "name_span": (name.start, name.end),
                    "offices": tuple(offices),
                    "country": country,
                    "rank": rank,
                    "latin": latin,
                    "strength": name.strength,
                },
                "person",
            )
        )
        last_end = end
    return out


def _of_town(office: Office, start: int, owners: dict[int, Hit]) -> Office:
    """The office with the town or province whose body it is in, and the state before that."""
    state = next((h for h in owners.values() if h.end == start and h.entry.kind == "state"), None)
    return replace(
        office, start=start, outer=state.start if state else start, country=state.entry.value if state else None
    )


def _sent_by(
    scan: Scan, sentence: Sentence, office: Office, g: OfficeGrammar, owners: dict[int, Hit], floor: int
) -> Office:
    """The office of somebody who is sent about a state, with who sends them (*A's president's B affairs envoy*)."""
    sender = next((h for h in owners.values() if h.end == office.outer and h.start >= floor), None)
    if sender is not None and sender.end - sender.start == 1:
        return office  # *the A-B relations envoy*
    if sender is not None:
        return replace(office, start=office.outer, outer=sender.start, country=sender.entry.value)
    by = _office(scan, sentence, office.outer, g, owners, floor) if office.outer > floor else None
    return replace(office, start=by.start, outer=by.outer, country=by.country) if by and by.country else office


def _quoted(text: str, start: int, end: int) -> bool:
    """Whether marks of quotation stand right around a name: a ship's, a storm's, an exercise's, no person's."""
    end += len(tail := text[end : end + 6]) - len(tail.lstrip("\u2014\u2013- 0123456789"))  # *the drill "A-2025"*
    return text[start - 1 : start] in OPENING and text[end : end + 1] in CLOSING and start > 0


def _called(scan: Scan, sentence: Sentence, at: int, g: OfficeGrammar) -> int:
    """Where a word before a name begins that says what somebody is and is no office (*suspect*, *scholar*)."""
    word = next((w for w in g.callings if scan.text.endswith(w, sentence.start, at)), "")
    return at - len(word)


def _behind(
    scan: Scan, sentence: Sentence, at: int, g: OfficeGrammar
) -> tuple[int, str | None, str | None, tuple[int, int] | None]:
    """Read rank, Latin form and office behind a name, in whatever order they stand."""
    rank = latin = None
    after: tuple[int, int] | None = None
    while at < sentence.end:
        m = LATIN.match(scan.text, at, sentence.end)
        if m and latin is None:
            latin, at = scan.unit.text[m.start(1) : m.end(1)].strip(), m.end()
            continue
        m = g.polite.match(scan.text, at, sentence.end) if g.polite else None
        if m and (at := m.end()):
            continue
        m = g.rank.match(scan.text, at, sentence.end) if g.rank else None
        if m:
            rank = rank or scan.unit.text[m.start() : m.end()]
            at = m.end()
            if scan.text.startswith(g.joiners, at) and g.rank and g.rank.match(scan.text, at + 1, sentence.end):
                at += 1
            continue
        m = g.head.match(scan.text, at, sentence.end) if g.head and after is None else None
        if m and not _does(sentence, m) and not envoys.listed(scan.text, m.start(), g.envoys, g.glue):
            after, at = (m.start(), m.end()), m.end()
            continue
        break
    return at, rank, latin, after


def _does(sentence: Sentence, m: re.Match[str]) -> bool:
    """Whether the tagger takes a word for an office as what somebody does (*represents*)."""
    i = sentence.token_at(m.start())
    return i >= 0 and sentence.tokens[i].tag == "verb" and sentence.tokens[i].end == m.end()


def _chain(
    scan: Scan, sentence: Sentence, end: int, g: OfficeGrammar, owners: dict[int, Hit], floor: int
) -> list[Office]:
    """Read the offices that stand right before ``end``, the first one first."""
    out: list[Office] = []
    if (ruler := _ruler(scan.text, end, g, owners, floor)) is not None:
        return [ruler]
    m = g.polite_at_end.search(scan.text, max(floor, end - 8), end) if g.polite_at_end else None
    end = m.start() if m else end
    end -= _after_colon(scan.text, end, sentence, floor, g)
    if (also := _bracketed(scan.text, end, g, floor)) is not None:
        out, end = [also], also.outer
    while end > floor:
        office = _office(scan, sentence, end, g, owners, floor)
        if office is None or (out and office.country and envoys.anothers(out[0].country, office.country)):
            break  # *the crown prince of A and the minister of B, X*: the first office is somebody else's
        out.insert(0, office)
        end = office.outer
        joint = next((j for j in g.joiners if scan.text.endswith(j, floor, end)), None)
        if joint is None:
            break
        end -= len(joint)
    return out


def _ruler(text: str, end: int, g: OfficeGrammar, owners: dict[int, Hit], floor: int) -> Office | None:
    """What somebody is called right behind a state by a word that names a state elsewhere (*A's sultan*)."""
    word = next((w for w in g.titles if text.endswith(w, floor, end)), None)
    at = end - len(word or "")
    of = next((h for h in owners.values() if h.end == at and h.entry.kind == "state"), None) if word else None
    return Office(at, end, of.entry.value, of.start) if of is not None else None


def _bracketed(text: str, end: int, g: OfficeGrammar, floor: int) -> Office | None:
    """The office that stands in a bracket between another one and a name: *deputy premier (and minister of A) B*."""
    at = text.rfind("(", max(floor, end - BRACKET), end) if text[end - 1 : end] == ")" else -1
    if at <= floor or g.head_at_end is None or not g.head_at_end.search(text, floor, at):
        return None
    start = at + 1 + max((len(j) for j in g.joiners if text.startswith(j, at + 1)), default=0)
    return Office(start, end - 1, None, at) if g.head_at_end.search(text, start, end - 1) else None


def _after_colon(text: str, at: int, sentence: Sentence, floor: int, g: OfficeGrammar) -> int:
    """The length of a colon that stands between an office and its name in a row of persons (*A, president: B*)."""
    row = floor > sentence.start and text[at - 1 : at] == ":" and text[floor : floor + 1] in g.glue
    return int(row and g.head_at_end is not None and g.head_at_end.search(text, floor, at - 1) is not None)


def _office(
    scan: Scan, sentence: Sentence, end: int, g: OfficeGrammar, owners: dict[int, Hit], floor: int
) -> Office | None:
    """Read one office that ends at ``end``: the head noun, then its body leftwards over nominal words."""
    text = scan.text
    m = g.head_at_end.search(text, max(floor, end - 14), end) if g.head_at_end else None
    if m is None:
        return None
    start = m.start()
    if (i := sentence.token_at(start)) < 0:
        return None
    start = min(_walk(scan, sentence, i, g, owners, floor), m.start())
    outer, country = start, None
    # The state in front, and what of it belongs to the office.
    hit = owners.get(start)
    if hit and start > floor and (pair := owners.get(start - 1)) and hit.end == start + 1 == pair.end + 1:
        start = outer = pair.start  # *the president of the A-B friendship association*: of one of the two
    elif hit and (there := _gone_to(text, hit, g)):
        start = outer = there  # *who visits [A], the minister*: not A's
    elif hit and (both := envoys.paired(hit, owners)) is not None:
        start = outer = both  # *the [A-B friendship group's] chairman*
    elif hit and hit.end <= end:
        country = hit.entry.value
        rest = text[hit.end : end]
        if hit.entry.kind == "state" and not _is_named_body(rest, g):
            start = hit.end
            if start == end:
                return None
            for word in (*g.sides, *g.of):
                if text.startswith(word, start) and start + len(word) < end:
                    start += len(word)
    if country is None:
        inner = [h for h in owners.values() if start <= h.start and h.end <= end and h.entry.kind == "state"]
        sent = [h for h in inner if not _driven(text, h.start, g)]
        country = sent[0].entry.value if sent and len(inner) > 1 else country
    rank = g.rank.match(text, start, end) if g.rank else None
    joint = next((j for j in g.joiners if rank and text.startswith(j, rank.end())), "")
    if rank and joint and rank.end() + len(joint) < end:
        start = rank.end() + len(joint)  # the rank of the person named before
    year = g.year.match(text, start, end)
    start = year.end() if year and year.end() < end else start
    for word in g.weak:
        if text.startswith(word, start) and start + len(word) < end:
            start += len(word)
            break
    if start >= end:
        return None
    return Office(start, end, country, outer)


def _gone_to(text: str, hit: Hit, g: OfficeGrammar) -> int:
    """Where the words behind a state begin to which somebody goes (*who visits [A], the minister*); 0 if none does."""
    of = next((w for w in g.of if text.startswith(w, hit.end)), None)
    return hit.end + len(of) if of and hit.entry.kind == "state" and text.endswith(g.trips, 0, hit.start) else 0


def _is_named_body(rest: str, g: OfficeGrammar) -> bool:
    """Whether the state in front belongs to the name of the body (a party, a front, a society)."""
    return not rest.startswith(g.organs) and any(k in rest for k in g.keeps)


def _walk(scan: Scan, sentence: Sentence, i: int, g: OfficeGrammar, owners: dict[int, Hit], floor: int) -> int:
    """Go left from token ``i`` as long as words may belong to the office; return where it begins."""
    text, tokens = scan.text, sentence.tokens
    begin = tokens[i].start
    if begin < floor:
        return floor
    while i >= 0:
        near = next((h for h in owners.values() if h.start >= floor and h.start < begin <= h.end), None)
        if near is not None:
            begin = near.start
            if near.entry.kind == "state" and near.end >= begin and not _driven(text, begin, g):
                return begin
            i = _token(sentence, i, begin)
            glued = text[tokens[i].start : begin]
            if glued in g.joints:
                return begin  # the tagger glued a joining word to the owner
            sent = any(h.end == tokens[i].start for h in owners.values())  # *[A] ambassador to B*
            begin -= max((len(w) for w in g.inner if w and glued.endswith(w) and (sent or glued != w)), default=0)
            continue
        if i == 0 or tokens[i - 1].start < floor or _ends_at(scan, sentence, i, begin, owners, g):
            break
        step = _step(scan, sentence, i, g, owners, floor)
        if step is None:
            break
        begin = step
        i = _token(sentence, i, begin)
    joint = next((j for j in g.joiners if text.endswith(j, floor, begin)), "")
    there = next((h for h in owners.values() if h.end == begin - len(joint) and h.start >= floor), None)
    if joint and there and text.startswith(tuple(g.inner), begin) and _driven(text, there.start, g):
        # *ambassador to A and to B*: one office in two states.
        begin = max(there.start - len(w) for w in g.inner if text.endswith(w, 0, there.start))
        own = next((h for h in owners.values() if h.end == begin and h.start >= floor), None)
        return own.start if own and own.entry.kind == "state" else begin
    if tokens[i].start < begin:
        before = next((h for h in owners.values() if h.end == begin and h.start >= floor), None)
        begin = before.start if before and before.entry.kind == "state" else begin
    # A token that begins before a state name or behind an owner: start at the owner inside it.
    for at in range(begin + 1, tokens[i].end):
        if at in owners and owners[at].entry.kind == "state":
            if tokens[i].tag not in ("noun", "body") or text[begin:at] in g.joints:
                return at
    return begin


def _token(sentence: Sentence, i: int, at: int) -> int:
    while i > 0 and sentence.tokens[i].start > at:
        i -= 1
    return i


def _ends_at(scan: Scan, sentence: Sentence, i: int, begin: int, owners: dict[int, Hit], g: OfficeGrammar) -> bool:
    """Whether the office begins at the state that stands at ``begin``."""
    own, t = owners.get(begin), sentence.tokens[i - 1]
    if own is None or own.entry.kind != "state":
        return False
    sided = scan.text.startswith(g.sides, own.end) and t.tag in ("noun", "body")
    return scan.text[t.start : t.end] not in g.inner and not sided


def _step(scan: Scan, sentence: Sentence, i: int, g: OfficeGrammar, owners: dict[int, Hit], floor: int) -> int | None:
    """Where the office begins if the token before ``i`` belongs to it; None if it does not."""
    text, tokens = scan.text, sentence.tokens
    t = tokens[i - 1]
    words = text[t.start : t.end]
    owned = any(h.start <= t.start and t.end <= h.end for h in owners.values())
    if words in g.leads and not owned:
        return None
    if words in g.inner or words in g.weak or owned or (t.tag in OPEN and not words.startswith(g.joiners)):
        return t.start
    if words == ")":
        j = i - 1
        while j > 0 and text[tokens[j].start] != "(" and i - j < 6:
            j -= 1
        return tokens[j].start if text[tokens[j].start] == "(" else None
    if words in g.of:
        m = g.modifier.search(text, max(floor, t.start - 24), t.end) if g.modifier else None
        if m and m.end() == t.end:
            return m.start()
        return next((h.start for h in owners.values() if h.end == t.start and h.entry.kind == "state"), None)
    if i > 1 and (
        words in g.glue
        and (_glued(scan, sentence, i, g) or tokens[i].tag == tokens[i - 2].tag == "number")
        or words in g.joints
        and _whole(scan, i, tokens, g, owners)
    ):
        return tokens[i - 2].start
    return None


def _whole(scan: Scan, i: int, tokens: Sequence[Token], g: OfficeGrammar, owners: dict[int, Hit]) -> bool:
    """Whether nothing but nouns stands between a state or a body and the joiner before token ``i``.

    Then the office, which may open a clause, has one body with two tasks (*A's minister of relations and cooperation*).
    """
    ends = {h.end for h in owners.values()}
    if tokens[i].tag not in ("noun", "body", "place") or (tokens[i].tag == "place" and tokens[i].start in owners):
        return False
    row, opens = False, not (g.head_at_end and g.head_at_end.search(scan.text[tokens[i].start : tokens[i].end]))
    for j in range(i - 2, max(i - 6, -1), -1):
        t = tokens[j]
        words = scan.text[t.start : t.end]
        if row and t.tag in ("preposition", "verb"):
            return True  # *led by the minister of A, B and C*
        rowed = words in g.glue and j < i - 2
        row = row or rowed
        if not rowed and (t.tag not in NOMINAL or t.start in owners or g.head_at_end and g.head_at_end.search(words)):
            return False
        if t.start in ends or any(t.start < e < t.end for e in ends):
            return True
        if opens and not row and (j == 0 or tokens[j - 1].tag == "punctuation"):
            return True
    return False


def _driven(text: str, at: int, g: OfficeGrammar) -> bool:
    """Whether a word such as *ambassador to* stands right before a state's name, so that the office goes on."""
    return any(text.endswith(w, 0, at) for w in g.inner if w)


def _glued(scan: Scan, sentence: Sentence, i: int, g: OfficeGrammar) -> bool:
    """Whether a joiner stands inside a body's name (*Ministry of Industry and Trade*), not between two things."""
    left, right = sentence.tokens[i - 2], sentence.tokens[i]
    before = sentence.tokens[i - 3].tag if i >= 3 else ""
    if (
        right.tag not in ("noun", "body")
        or left.tag not in ("noun", "body")
        and not (left.tag == "verb" and before in ("noun", "body"))
    ):
        return False
    words = scan.text[left.start : left.end]
    return not (g.head_at_end and g.head_at_end.search(words))
