"""Nouns that stand for several states: their joint forces, the leaders of a list, people of states without a name."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from communique.claims.draft import Draft, Party
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import folded
from communique.mentions.lexicon import Hit
from communique.mentions.mark import Marked
from communique.model import Mention

PAIR = 2
OWNED = 4  # words at most between a state and what is its own
LIST = 10  # letters that may stand between a list of states and what is theirs


def states_of(marked: Marked, m: Mention, pack: LanguagePack) -> list[str]:
    """Return the codes of the states for which a noun stands; none where it is of one state, or of nobody known."""
    if pack.reading.words_apart:
        return _each(marked, m, pack)
    return _joint(marked, m, pack) or _each(marked, m, pack) or _listed(marked, m, pack)


def sides(
    meeting: Mention | None, m: Mention, text: str, state: Callable[[str], Party], pack: LanguagePack
) -> list[Party]:
    """Return the states whose meeting a unit is about, for *the sides*, where they are more than two.

    Not for words that say how many (*the two sides*); only where words stand apart.
    """
    codes = list(dict.fromkeys(c for c in meeting.value["parties"] if c)) if meeting is not None else []
    counted = {w.split(" ")[-1] for w in folded(pack.nouns.both, pack.reading)}
    if len(codes) < 3 or not pack.reading.words_apart or counted & set(text[m.start : m.end].split(" ")):
        return []
    return [state(c) for c in codes]


def lives(text: str, m: Mention, beside: Mention | None, pack: LanguagePack) -> str | None:
    """Return the state of the area named right behind a group, where that is known: *the people of X, B province, A*.

    Only words that say what an area is may stand between; a state alone must stand in brackets, or the group's own
    words must end with an area.
    """
    if beside is None or beside.kind not in ("place", "state"):
        return None
    between = text[m.end : beside.start]
    area = between.strip(" ,(")
    words = folded((*pack.nouns.places, *pack.markers.capital), pack.reading)
    own = any(f" {w} " in text[m.start : m.end] for w in folded(pack.nouns.places, pack.reading))
    told = beside.kind == "place" or between == " (" or (own and between == ", ")
    if "\n" in between or not told or (area and area not in words):
        return None
    country = beside.value.get("country")
    return str(country) if country else None


def serves(marked: Marked, m: Mention, of: tuple[str, ...], owners: tuple[str, ...]) -> str | None:
    """Return the state of the body of which somebody is said to be: *Director B of the A Ministry of Finance*.

    So is the state that stands there itself (*General B of A*), where it owns nothing by one of ``owners`` (*told B of
    A's plan*). ``of`` are the words that may stand between, with their blanks.
    """
    row = marked.row(m)
    body = next((x for x in row if x.start > m.start and x.kind in ("body", "state")), None)
    tied = body is not None and marked.scan.text[m.end : body.start] in of
    tied = tied and body is not None and not marked.scan.text.startswith(owners or ("\0",), body.end)
    return str(body.value["country"]) if body is not None and tied and body.value.get("country") else None


def owned_by(marked: Marked, m: Mention, pack: LanguagePack) -> str | None:
    """Return the state whose a noun is by a word before it, a number between: *A's 12th battalion*."""
    text, ends = marked.scan.text, tuple(folded(pack.nouns.possessives, pack.reading))
    states = [h for h in marked.hits if h.entry.kind in ("state", "bloc") and 0 < m.start - h.end <= 3 * LIST]
    for h in reversed(states):
        between = text[h.end : m.start]
        whose = next((w for w in ends if between.startswith(w + " ")), None)
        if whose is not None and len(between.split()) <= OWNED and not any(c in between for c in ",;:()"):
            return h.entry.value
    return _counted_of(marked, m, pack)


@kept
def _members(pack: LanguagePack) -> re.Pattern[str] | None:
    return re.compile(pack.phrases.counted_of) if pack.phrases.counted_of else None


def _counted_of(marked: Marked, m: Mention, pack: LanguagePack) -> str | None:
    """The state of those of whom a noun is so many: *the first group of 70 members of an A company*."""
    pattern, row = _members(pack), marked.row(m)
    counted = pattern.match(marked.scan.text, m.end) if pattern else None
    x = next((x for x in row if counted and x.start == counted.end() and x.kind in ("group", "body", "state")), None)
    return str(x.value["country"]) if x is not None and x.value.get("country") else None


@dataclass(frozen=True)
class Grammar:
    """The words for several states: a count of them, what begins with such a word, what stands before theirs."""

    together: re.Pattern[str] | None
    begins: tuple[str, ...]
    before: tuple[str, ...]
    all: tuple[str, ...]


@kept
def grammar(pack: LanguagePack) -> Grammar:
    """Return the words of a pack for several states."""
    many = pack.phrases.many
    return Grammar(
        re.compile(pack.markers.together) if pack.markers.together else None,
        tuple(w[:-1] for w in many if w.endswith("~")),
        () if pack.reading.words_apart else tuple(w + of for w in many for of in pack.phrases.of),
        () if pack.reading.words_apart else tuple(pack.phrases.all_members),
    )


def unnamed(marked: Marked, m: Mention, pack: LanguagePack) -> bool:
    """Whether a noun is of several states that are not named (*several states' leaders*, *the ships of 35 states*)."""
    g, text = grammar(pack), marked.scan.text
    counted = g.together.match(text, m.start, m.end) if g.together and not pack.reading.words_apart else None
    several = counted is not None and pack.ordinals.digits.get(text[m.start], 3) > 2
    return several or text.startswith(g.begins, m.start, m.end) or text.endswith((*g.before, *g.all), 0, m.start)


def _listed(marked: Marked, m: Mention, pack: LanguagePack) -> list[str]:
    """The states of the list right before a noun that is said to be theirs (*the ships of A, B and other states*)."""
    if not marked.scan.text.endswith(grammar(pack).before, 0, m.start):
        return []
    hits = [h for h in marked.hits if h.entry.kind in ("state", "bloc") and h.entry.value and h.end <= m.start]
    rows = _rows(marked, hits, pack)
    near = bool(rows) and m.start - rows[-1][-1].end <= LIST
    return list(dict.fromkeys(h.entry.value for h in rows[-1] if h.entry.value)) if near else []


def counted(marked: Marked, m: Mention, pack: LanguagePack) -> int:
    """Of how many states a noun is said to be, three at least (*the six states' ministers*); else 0."""
    together = grammar(pack).together
    several = together.match(marked.scan.text, m.start, m.end) if together and not pack.reading.words_apart else None
    many = pack.ordinals.digits.get(several.group()[0], 0) if several else 0
    return many if many > PAIR else 0


def met(drafts: Sequence[Draft], many: int, blocs: Collection[str | None]) -> list[str]:
    """The states of the last event of just as many, where ``many`` is not 0 (*the six states' presidents*)."""
    told = [d for d in reversed(drafts) if d.type in ("session", "talks", "exercise")] if many else []
    rows = ([c for c in dict.fromkeys(p.country for p, _ in d.roles) if c and c not in blocs] for d in told)
    return next((row for row in rows if len(row) == many), [])


def _joint(marked: Marked, m: Mention, pack: LanguagePack) -> list[str]:
    """The states whose joint force or office a noun means (*A-B's coast guards*, *the three states' ministers*)."""
    text, together = marked.scan.text, grammar(pack).together
    posted = tuple(pack.states.frames.before) if pack.states else ()
    inside = [h for h in marked.within(m.start, m.end) if h.entry.kind == "state" and h.entry.value]
    pair = [h for h in inside if not text.endswith(posted, 0, h.start)]
    beside = all(a.end == b.start for a, b in zip(pair, pair[1:], strict=False))
    if len(pair) > 1 and pair[0].start == m.start and beside:
        return [c for h in pair if (c := h.entry.value)]
    many = counted(marked, m, pack) if together and not pair else 0
    if not many:
        return []
    before = [h for h in marked.hits if h.entry.kind == "state" and h.entry.value and h.start < m.end]
    lists = (list(dict.fromkeys(h.entry.value for h in r if h.entry.value)) for r in _rows(marked, before, pack)[::-1])
    return next((codes for codes in lists if len(codes) == many), [])


def _rows(marked: Marked, hits: list[Hit], pack: LanguagePack) -> list[list[Hit]]:
    """States that stand in one list together, list by list (*A, B and C*)."""
    rows: list[list[Hit]] = []
    for h in hits:
        near = rows and marked.scan.text[rows[-1][-1].end : h.start] in ("", *pack.markers.joints)
        rows = [*rows[:-1], [*rows[-1], h]] if near else [*rows, [h]]
    return rows


def _each(marked: Marked, m: Mention, pack: LanguagePack) -> list[str]:
    """The states that a noun for people of several states names (*the leaders of A and B*)."""
    text = marked.scan.text
    kinds = ("state",) if pack.reading.words_apart else ("state", "bloc")
    inside = [h for h in marked.within(m.start, m.end) if h.entry.kind in kinds]
    if len(inside) < 2:
        return []
    joined = folded(pack.markers.joints, pack.reading)
    if m.kind != "group" and (len(inside) != 2 or text[inside[0].end : inside[1].start] not in joined):
        return []
    pairs = zip(inside, inside[1:], strict=False)
    ends = [i for i, (a, b) in enumerate(pairs, 1) if text[a.end : b.start].strip() not in joined]
    row = inside[: ends[0]] if ends and not pack.reading.words_apart else inside  # *of A and B [to C]*
    codes = list(dict.fromkeys(h.entry.value for h in row if h.entry.value))
    if len(codes) < 2 or (ends and (row is inside or inside[0].start != m.start)):
        return []
    return codes


def two(marked: Marked, m: Mention, pack: LanguagePack) -> list[Party]:
    """Return two bodies that the tagger took for one (*A's ministry and B's ministry*); only without blanks."""
    if pack.reading.words_apart:
        return []
    text, raw = marked.scan.text, marked.scan.unit.text
    inside = [h for h in marked.within(m.start, m.end) if h.entry.kind == "state"]
    if len(inside) != PAIR or inside[0].start != m.start or inside[0].entry.value == inside[1].entry.value:
        return []
    at = inside[1].start
    joints = folded(pack.markers.joints, pack.reading)
    joint = next((w for w in joints if text.endswith(w, inside[0].end + 1, at)), None)
    parts = ((m.start, at - len(joint or "")), (at, m.end))
    names = [(raw[a:b], h.entry.value) for (a, b), h in zip(parts, inside, strict=True)]
    return [Party(name, code, "group") for name, code in names] if joint else []
