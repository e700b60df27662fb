"""Noun phrases that name a meeting, a mechanism, an instrument, a delegation, a body or a group."""

from __future__ import annotations

import re
from collections.abc import Sequence

from communique.loader.language import LanguagePack
from communique.mentions import ordinals
from communique.mentions.acronyms import joined, named_by
from communique.mentions.chunks import chunks
from communique.mentions.lexicon import Hit
from communique.mentions.meetings import (
    NAMED,
    NOMINAL,
    PARTIES,
    Chunk,
    last_head,
    meeting,
    quoted,
    unthemed,
)  # fmt: skip
from communique.mentions.papernames import behindless, clipped, instrument, last_of, titles
from communique.mentions.phrasegrammar import PhraseGrammar, ended, grammar, jointly, kind_at
from communique.mentions.scan import Scan, Sentence
from communique.model import Mention

LONGEST = 10
FORMULA = re.compile(r"(?<=\w)\(\s?[0-9]{1,2}\s?\+\s?[0-9]{1,2}\s?\)(?=\w)")
"""How many sit on either side, inside the name of a meeting: *the A-B (10+3) summit*."""
NAMING = NOMINAL | {"verb", "conjunction"}


def _start(hit: Hit) -> int:
    return hit.start


def _counted(
    scan: Scan, sentence: Sentence, numbers: Sequence[ordinals.Ordinal], parties: dict[int, Hit], g: PhraseGrammar
) -> list[tuple[int, int]]:
    """What stands between an ordinal and a head is the name, verbs too: *the fifth fighting-crime meeting*.

    So is what stands behind the states of which it is, an *and* too: *the second A-B ministers' and deputies' meeting*.
    """
    out = []
    for o in numbers:
        at = _past(scan.text, o.end, parties, g)
        head = None if o.congress or g.heads is None else g.heads.search(scan.text, at, sentence.end)
        most = LONGEST if at == o.end else 2 * LONGEST
        if head and head.start() - at <= most and _nominal(scan, sentence, at, head.start(), g):
            out.append((at, head.end()))
    return out


def _past(text: str, at: int, parties: dict[int, Hit], g: PhraseGrammar) -> int:
    """Where a row of states that begins at a place ends, or the place itself."""
    row, longest = 0, max(map(len, g.joiners), default=0)
    while True:
        ends = (k for k in range(longest + 1) if (row and text[at : at + k] in g.joiners) or not k)
        hit = next((h for k in ends if (h := parties.get(at + k)) is not None), None)
        if hit is None:
            return at
        at, row = hit.end, row + 1


def _between(
    scan: Scan, sentence: Sentence, parties: Sequence[Hit], numbers: Sequence[ordinals.Ordinal], g: PhraseGrammar
) -> list[tuple[int, int]]:
    """The name of what two states run together, a joining word in it too: *A-B trade and science committee*."""
    out = []
    for a, b in zip(parties, parties[1:], strict=False):
        if (end := jointly(scan.text, b.end, sentence.end, numbers, g)) is not None and a.end == b.start:
            out.append((a.start, end))
            continue
        dash = not (sign := scan.text[a.end : b.start]).isalnum() and sign in g.joiners
        short = dash or (a.end == b.start and b.end - a.start == 2)
        head = g.joint_body.search(scan.text, b.end, sentence.end) if short and g.joint_body else None
        if head and head.start() - b.end <= 2 * LONGEST:
            glued = sentence.tokens[sentence.token_at(b.end)]  # a word that the tagger knows nothing of
            if short and not dash and glued.start <= a.start and glued.end == head.end():
                out.append((glued.start, head.end()))
            elif _nominal(scan, sentence, b.end, head.start(), g):
                out.append((b.end, head.end()))
    return out


def _nominal(scan: Scan, sentence: Sentence, start: int, end: int, g: PhraseGrammar) -> bool:
    """Whether the words between two places can all stand in a name."""
    words = [t for t in sentence.tokens if t.end > start and t.start < end]
    told = any(scan.text[t.start : t.end].startswith(g.verbs) for t in words)
    return not told and all(t.tag in NAMING for t in words)


def find(
    scan: Scan, sentence: Sentence, taken: Sequence[tuple[int, int]], hits: Sequence[Hit], pack: LanguagePack
) -> list[Mention]:
    """Return the meetings, instruments, delegations, groups and bodies of a sentence, without overlap."""
    g = grammar(pack)
    parties = {h.start: h for h in hits if h.entry.kind in ("state", "bloc")}
    numbers = ordinals.find(scan.text, sentence.start, sentence.end, pack)
    known = [h for h in hits if h.entry.kind in ("mechanism", "loose")]
    out: list[Mention] = titles(scan, sentence, g)
    busy = [*taken, *((m.start, m.end) for m in out)]
    named = [(h.start, h.end) for h in hits if h.entry.kind in NAMED]
    named += [m.span() for m in g.whole.finditer(scan.text, sentence.start, sentence.end)] if g.whole else []
    named += [m.span() for m in g.troops.finditer(scan.text, sentence.start, sentence.end)] if g.troops else []
    if scan.text.find("+", sentence.start, sentence.end) >= 0:
        named += [m.span() for m in FORMULA.finditer(scan.text, sentence.start, sentence.end)]
    counts = (g.together.match(scan.text, h.end, sentence.end) for h in parties.values()) if g.together else ()
    named += [count.span() for count in counts if count]
    named += _counted(scan, sentence, numbers, parties, g)
    named += _between(scan, sentence, sorted(parties.values(), key=_start), numbers, g)
    found = (x for c in chunks(scan, sentence, busy, g, parties, named, numbers) for x in _split(scan, c, parties, g))
    for chunk in (x for c in found for x in _numbered(scan.text, sentence, c, numbers, hits, g)):
        for m in _classify(scan, sentence, _unglued(scan.text, chunk, parties, g), numbers, known, hits, g):
            if named_by(out, m):
                continue
            out = [x for x in out if x.end <= m.start or x.start >= m.end]
            out.append(clipped(scan, m, chunk, busy, g))
    covered = [(m.start, m.end) for m in out if m.kind in ("meeting", "instrument")]
    for h in known:
        if not any(a < h.end and h.start < b for a, b in covered) and not any(
            a < h.end and h.start < b for a, b in taken
        ):
            out.append(
                meeting(scan, sentence, h.start, _word_end(scan.text, h.start, h.end, g), h.start, numbers, h, g, hits)
            )
            out = [m for m in out if m is out[-1] or not (m.start < out[-1].end and out[-1].start < m.end)]
    out = unthemed(out, scan.text, sentence.start, sentence.end, g)
    return joined(sorted(out, key=lambda m: m.start), scan.unit.text)


def _word_end(text: str, start: int, end: int, g: PhraseGrammar) -> int:
    """Where a name ends with one letter more, if that makes a longer word for a meeting of its last word."""
    if end >= len(text) or not text.endswith(g.sessions, start, end + 1):
        return end
    longer = next((w for w in g.sessions if text.endswith(w, start, end + 1)), None)
    return end + 1 if longer and longer[:-1] in g.sessions else end


def _split(scan: Scan, chunk: Chunk, parties: dict[int, Hit], g: PhraseGrammar) -> list[Chunk]:
    """A chunk in two where a verb that the tagger took for a part of a name stands between two parties (*A aids B*)."""
    for at in (p for p in sorted(parties) if chunk.start < p < chunk.end):
        verb = next((w for w in g.parting if scan.text.endswith(w, chunk.start, at)), "")
        if verb and any(chunk.start <= p < at - len(verb) for p in parties):
            return [Chunk(chunk.start, at - len(verb)), *_split(scan, Chunk(at, chunk.end), parties, g)]
    return [chunk]


def _unglued(text: str, chunk: Chunk, parties: dict[int, Hit], g: PhraseGrammar) -> Chunk:
    """A chunk without the verb, or the word for *with* before a state, that the tagger glued to a name.

    It is without the word for those who come along, too (*the minister [and his party]*).
    """
    verb = ""
    if text.endswith(g.retinue, chunk.start + 1, chunk.end):
        more = next(w for w in g.retinue if text.endswith(w, chunk.start + 1, chunk.end))
        chunk = Chunk(chunk.start, chunk.end - len(more))
    if text.startswith(g.parting, chunk.start):
        verb = next(w for w in g.parting if text.startswith(w, chunk.start))
    elif chunk.start + 1 in parties and text[chunk.start] in g.markers:
        verb = text[chunk.start]
    return Chunk(chunk.start + len(verb), chunk.end) if verb and chunk.start + len(verb) < chunk.end - 1 else chunk


def _classify(
    scan: Scan,
    sentence: Sentence,
    chunk: Chunk,
    numbers: list[ordinals.Ordinal],
    known: list[Hit],
    hits: Sequence[Hit],
    g: PhraseGrammar,
) -> list[Mention]:
    text = scan.text
    if quoted(text, chunk) and not ended(text, chunk.start, chunk.end, g.groups):
        chunk = Chunk(chunk.start + 1, chunk.end - 1)
    count = g.counted.search(text, chunk.start, chunk.end) if g.counted else None
    if count and count.end() == chunk.end and kind_at(text, count.start(), g):
        chunk = Chunk(chunk.start, count.start())
    inside = [h for h in known if chunk.start <= h.start and h.end <= chunk.end]
    if ended(text, chunk.start, chunk.end, g.delegations):
        return [Mention(chunk.start, chunk.end, "delegation", {"country": _country(chunk, hits)}, "phrase")]
    paper = Chunk(chunk.start, behindless(text, chunk.start, chunk.end, g))
    last = last_of(g.instruments, text, paper) if ended(text, *paper, g.texts) else None
    if last is not None and last.end() == paper.end:
        return [instrument(scan, sentence, paper, last, hits, g)]
    head = _head(text, sentence, chunk, hits, g)
    if head and head[0] > chunk.start and text.startswith(g.within, head[0]):
        return _classify(scan, sentence, Chunk(chunk.start, head[0]), numbers, known, hits, g)
    if head and (head[1] >= paper.end or not inside):
        counted = any(chunk.start <= o.end and o.start <= chunk.end for o in numbers)  # *the fourth A-B-C summit*
        chunk = chunk if counted else Chunk(_listed(text, chunk, hits, g) or chunk.start, chunk.end)
        return _meeting(scan, sentence, chunk, head, numbers, inside, hits, g)
    if inside:
        h = inside[-1]
        return [meeting(scan, sentence, h.start, _word_end(scan.text, h.start, h.end, g), h.start, numbers, h, g, hits)]
    congress = [o for o in numbers if o.congress and chunk.start < o.start and o.end <= chunk.end]
    if congress and congress[-1].end <= chunk.end and _is_body(chunk.start, congress[-1].start, hits):
        o = congress[-1]
        return [meeting(scan, sentence, chunk.start, o.end, o.start, numbers, None, g, hits)]
    ends = [(h, k) for h, k in ((g.groups, "group"), (g.bodies, "body")) if ended(text, chunk.start, chunk.end, h)]
    body = next((h for h in hits if h.end == chunk.end and h.start >= chunk.start and h.entry.kind == "body"), None)
    if not ends and body is None:
        return []
    if any(h.start == chunk.start and h.end == chunk.end and h.entry.kind == "place" for h in hits):
        return []  # a town is a town, whatever its name ends with
    inner = [h for h in hits if chunk.start <= h.start and h.end <= chunk.end]
    own = [h for h in inner if not text.endswith(g.sent, chunk.start, h.start)]  # not *A* of *B's people in A*
    country = None if text.endswith(g.sent, 0, chunk.start) else _country(chunk, own)
    whole = text[chunk.start : chunk.end]
    if whole.endswith(g.not_bodies):
        return []
    for heads, kind in ends:
        if len(whole) > 1 and (country or whole not in heads[whole[-1]]):
            behind = _listed(text, chunk, hits, g)
            return [Mention(behind or chunk.start, chunk.end, kind, {"country": None if behind else country}, "phrase")]
    if body:
        return [Mention(chunk.start, chunk.end, "body", {"country": country or body.entry.value}, "phrase")]
    return []


def _head(text: str, sentence: Sentence, chunk: Chunk, hits: Sequence[Hit], g: PhraseGrammar) -> tuple[int, int] | None:
    """The head of a meeting's name, if it is a word and no part of a place: *the Great Hall of the Assembly*."""
    head = last_head(g.heads, text, chunk)
    if head is None:
        return None
    head = (head[0], _word_end(text, chunk.start, head[1], g) if head[1] == chunk.end else head[1])
    chair = g.chairs.match(text, head[1] - 1) if g.chairs else None
    if chair and chair.end() > head[1] and ended(text, chunk.start, head[1] - 1, g.bodies):
        return None  # *of Parliament's [speaker]*, whose first letter ends the word for a meeting
    i = sentence.token_at(head[1] - 1)
    cut = i >= 0 and sentence.tokens[i].end > head[1] and sentence.tokens[i].tag == "noun"  # a *patrol*boat
    return None if cut or any(h.entry.kind == "place" and h.start < head[1] < h.end for h in hits) else head


def _numbered(
    text: str,
    sentence: Sentence,
    chunk: Chunk,
    numbers: Sequence[ordinals.Ordinal],
    hits: Sequence[Hit],
    g: PhraseGrammar,
) -> list[Chunk]:
    """A chunk in two where a number stands behind the second of two bodies: *A's navy and B's, third patrol*."""
    number = next((o.start for o in numbers if chunk.start < o.start and o.end <= chunk.end), None)
    if number is None or not text.endswith(tuple(g.joiners), sentence.start, chunk.start):
        return [chunk]
    body = any(ended(text, chunk.start, number, heads) for heads in (g.groups, g.bodies))
    body = body or _is_body(chunk.start, number, hits)
    owned = any(h.start == chunk.start and h.entry.kind == "state" for h in hits)
    parted = body and owned and _head(text, sentence, chunk, hits, g)
    return [Chunk(chunk.start, number), Chunk(number, chunk.end)] if parted else [chunk]


def _met_there(text: str, sentence: Sentence, chunk: Chunk, head: tuple[int, int], g: PhraseGrammar) -> bool:
    """Whether a town and a verb are no name: *they met in A*, in the order *in A met*."""
    i = sentence.token_at(chunk.start)
    town = i >= 0 and sentence.tokens[i].tag == "place" and sentence.tokens[i].end == head[0] > chunk.start
    return town and text[head[0] : head[1]] in g.met and text.endswith(g.at, sentence.start, chunk.start)


def _meeting(
    scan: Scan,
    sentence: Sentence,
    chunk: Chunk,
    head: tuple[int, int],
    numbers: list[ordinals.Ordinal],
    inside: Sequence[Hit],
    hits: Sequence[Hit],
    g: PhraseGrammar,
) -> list[Mention]:
    """The meeting or mechanism that ends with a head, or the body of one state that is none."""
    if not inside and _met_there(scan.text, sentence, chunk, head, g):
        return []
    hit = next((h for h in inside if h.end == head[1] or _sits(scan.text, h.end, head[1], numbers) in g.generic), None)
    own = _of_one_state(scan.text, chunk, head, numbers, hits, g) if hit is None else None
    return [own or meeting(scan, sentence, chunk.start, head[1], head[0], numbers, hit, g, hits)]


def _sits(text: str, start: int, end: int, numbers: Sequence[ordinals.Ordinal]) -> str:
    """What stands behind a known name up to the head, without the number of the sitting."""
    o = next((o for o in numbers if o.start == start and o.end <= end and not o.congress), None)
    return text[o.end if o else start : end]


def _of_one_state(
    text: str,
    chunk: Chunk,
    head: tuple[int, int],
    numbers: Sequence[ordinals.Ordinal],
    hits: Sequence[Hit],
    g: PhraseGrammar,
) -> Mention | None:
    """A group or centre of one state's own is a body of it, and nothing that stands between states."""
    kind = kind_at(text, head[1], g) or ""
    within = [h for h in hits if chunk.start <= h.start and h.end <= head[1]]
    parties = {h.entry.value for h in within if h.entry.kind in PARTIES}
    owners = {h.entry.value for h in within if h.entry.value}
    counted = any(chunk.start <= o.start and o.end <= chunk.end for o in numbers)
    dashed = any(text[h.end] in g.joiners and not text[h.end].isalnum() for h in within)  # *A-Central Asia's centre*
    alone = len(owners) == 1 and not dashed and not any(len(p or "") > 2 for p in parties)
    if kind not in ("group", "centre") or counted or not alone:
        return None
    return Mention(chunk.start, head[1], "group", {"country": next(iter(owners))}, "phrase")


def _listed(text: str, chunk: Chunk, hits: Sequence[Hit], g: PhraseGrammar) -> int | None:
    """Where the noun of several states begins behind their names: *B and C, the three countries' ministers*."""
    states = [h for h in hits if h.entry.kind == "state" and chunk.start <= h.start and h.end < chunk.end]
    if g.together is None or not states or not g.together.match(text, states[-1].end, chunk.end):
        return None
    if len(states) < 2 and not any(h.end == chunk.start - 1 and h.entry.kind == "state" for h in hits):
        return None  # *A, B* stand before the chunk that begins with *C, the three countries'*
    return states[-1].end


def _is_body(start: int, end: int, hits: Sequence[Hit]) -> bool:
    return any(h.start == start and h.end == end and h.entry.kind == "body" for h in hits)


def _country(chunk: Chunk, hits: Sequence[Hit]) -> str | None:
    for h in hits:
        if (
            h.start >= chunk.start
            and h.end <= chunk.end
            and h.entry.kind in ("state", "bloc", "body", "place")
            and h.entry.value
        ):
            return h.entry.value
    return None
