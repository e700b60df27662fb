"""Noun phrases that name a meeting, a mechanism, an instrument, a delegation, a body or a group."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions import ordinals
from communique.mentions.fold import fold
from communique.mentions.lexicon import Hit
from communique.mentions.names import _words
from communique.mentions.scan import Scan, Sentence
from communique.model import Mention

ACRONYM = re.compile(
    r"[\u201d\"\u300b\u300d]?\s?\(\s?(?:[\w\s]{1,6}[::]\s?)?"
    r"([A-Z][A-Za-z]{1,14}(?:[ -][A-Z][A-Za-z]+){0,3}\s?(?:\+|-?[Pp]lus)?)"
    r"(?:[\s-]{1,2}([0-9]{1,3}))?\s?\)"
)
NOMINAL = frozenset({"noun", "body", "place", "number", "person", "other", "adjective", "position"})
NAMED = frozenset({"state", "bloc", "place", "body", "mechanism"})
QUOTES = {"\u201c": "\u201d", "\u300c": "\u300d", "\u2018": "\u2019", "\u300e": "\u300f"}
QUOTED = re.compile(r"[\u201c\u300c\"]([^\u201c\u201d\u300c\u300d\"\n]{3,40})[\u201d\u300d\"]")
TITLE = re.compile(r"\u300a([^\u300a\u300b\n]{2,120})\u300b")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of nominal words."""

    start: int
    end: int


@dataclass(frozen=True, eq=False)
class PhraseGrammar:
    """Heads and joiners of a pack, compiled."""

    heads: re.Pattern[str] | None
    instruments: re.Pattern[str] | None
    delegations: re.Pattern[str] | None
    groups: re.Pattern[str] | None
    bodies: re.Pattern[str] | None
    not_bodies: tuple[str, ...]
    kinds: dict[str, str]
    sessions: tuple[str, ...]
    sorts: tuple[tuple[str, tuple[str, ...]], ...]
    generic: frozenset[str]
    generic_form: re.Pattern[str] | None
    one_off: tuple[str, ...]
    joiners: frozenset[str]
    inner: frozenset[str]
    about: tuple[str, ...]
    of: tuple[str, ...]
    year: re.Pattern[str]
    numbered: re.Pattern[str] | None


@kept
def grammar(pack: LanguagePack) -> PhraseGrammar:
    """Compile the phrase grammar of a pack."""
    p = pack.phrases

    def f(words: Sequence[str]) -> list[str]:
        return [fold(w, pack.reading) for w in words]

    heads = {fold(k, pack.reading): v for k, v in p.mechanism_heads.items()}
    return PhraseGrammar(
        heads=_words([*heads, *f(p.session_heads)]),
        instruments=_words(f(p.instrument_heads)),
        delegations=_words(f(p.delegation_heads), r"\Z"),
        groups=_words(f(p.group_heads), r"\Z"),
        bodies=_words(f(pack.offices.bodies.heads), r"\Z") if pack.offices else None,
        not_bodies=tuple(f(pack.offices.bodies.not_bodies)) if pack.offices else (),
        kinds=heads,
        sessions=tuple(f(p.session_heads)),
        sorts=tuple((k, tuple(f(v))) for k, v in p.sorts.items()),
        generic=frozenset(f([*p.not_mechanism, *p.meeting])),
        generic_form=re.compile("|".join(p.generic_forms)) if p.generic_forms else None,
        one_off=tuple(f(p.one_off)),
        joiners=frozenset(f(p.pair_joiners)),
        inner=frozenset(f(p.meeting_inner)),
        about=tuple(f(p.about)),
        of=tuple(f(p.of)),
        numbered=re.compile(p.numbered) if p.numbered else None,
        year=re.compile(p.year) if p.year else re.compile(r"(?!)"),
    )


def chunks(
    scan: Scan,
    sentence: Sentence,
    taken: Sequence[tuple[int, int]],
    g: PhraseGrammar,
    parties: dict[int, Hit],
    named: Sequence[tuple[int, int]] = (),
) -> list[Chunk]:
    """Return the maximal runs of nominal words that touch nothing in ``taken``; what is ``named`` is nominal."""
    text, tokens = scan.text, sentence.tokens
    out: list[Chunk] = []
    start = end = -1
    i, n = 0, len(tokens)
    busy = sorted(taken)
    covered = {c for a, b in named for c in range(a, b)}
    while i < n:
        t = tokens[i]
        words = text[t.start : t.end]
        block = next((b for b in busy if b[0] < t.end and t.start < b[1]), None)
        if block is not None:
            if start >= 0:
                out.append(Chunk(start, min(end, block[0])) if block[0] > start else Chunk(start, end))
                start = -1
            while i < n and tokens[i].end <= block[1]:
                i += 1
            if i < n and tokens[i].start < block[1]:
                if tokens[i].end > block[1]:
                    start, end = block[1], tokens[i].end
                i += 1
            continue
        ok = t.tag in NOMINAL or words in g.inner or all(c in covered for c in range(t.start, t.end))
        if not ok and words in QUOTES:
            close = text.find(QUOTES[words], t.end, min(sentence.end, t.end + 40))
            if close > 0:
                if start < 0:
                    start = t.start
                end = close + 1
                while i < n and tokens[i].start < end:
                    i += 1
                continue
        if not ok and start >= 0 and words in g.joiners and _pair(text, end, t.end, parties):
            ok = True
        if ok:
            if start < 0:
                start = t.start
            end = t.end
        elif start >= 0:
            out.append(Chunk(start, end))
            start = -1
        i += 1
    if start >= 0:
        out.append(Chunk(start, end))
    return out


def _pair(text: str, left: int, right: int, parties: dict[int, Hit]) -> bool:
    """Whether a joiner stands between two states or blocs."""
    return right in parties and any(h.end == left for h in parties.values())


def find(
    scan: Scan, sentence: Sentence, taken: Sequence[tuple[int, int]], hits: Sequence[Hit], pack: LanguagePack
) -> list[Mention]:
    """Return the meetings, instruments, delegations, groups and bodies of a sentence, without overlap."""
    g = grammar(pack)
    parties = {h.start: h for h in hits if h.entry.kind in ("state", "bloc")}
    numbers = ordinals.find(scan.text, sentence.start, sentence.end, pack)
    known = [h for h in hits if h.entry.kind in ("mechanism", "loose")]
    out: list[Mention] = _titles(scan, sentence, g)
    busy = [*taken, *((m.start, m.end) for m in out)]
    for chunk in chunks(scan, sentence, busy, g, parties, [(h.start, h.end) for h in hits if h.entry.kind in NAMED]):
        for m in _classify(scan, sentence, chunk, numbers, known, hits, g):
            out = [x for x in out if x.end <= m.start or x.start >= m.end]
            out.append(m)
    covered = [(m.start, m.end) for m in out if m.kind in ("meeting", "instrument")]
    for h in known:
        if not any(a < h.end and h.start < b for a, b in covered) and not any(
            a < h.end and h.start < b for a, b in taken
        ):
            out.append(_meeting(scan, sentence, h.start, h.end, h.start, numbers, h, g, hits))
            out = [m for m in out if m is out[-1] or not (m.start < out[-1].end and out[-1].start < m.end)]
    return _joined(sorted(out, key=lambda m: m.start))


def _joined(rows: list[Mention]) -> list[Mention]:
    """Put a named body and a plain meeting right behind its acronym together: *the committee (GBC) meeting*."""
    out: list[Mention] = []
    for m in rows:
        last = out[-1] if out else None
        if last and last.kind == m.kind == "meeting" and last.end == m.start and last.value["acronym"]:
            if m.value["generic"] or m.value["one_off"]:
                number = m.value["ordinal"] or last.value["ordinal"]
                value = {**last.value, "sort": m.value["sort"], "ordinal": number}
                out[-1] = Mention(last.start, m.end, "meeting", value, "phrase")
                continue
        out.append(m)
    return out


def _titles(scan: Scan, sentence: Sentence, g: PhraseGrammar) -> list[Mention]:
    """Texts in title marks, and quoted names that end in the head of a text."""
    found = list(TITLE.finditer(scan.text, sentence.start, sentence.end))
    for m in QUOTED.finditer(scan.text, sentence.start, sentence.end):
        head = _head(g.instruments, scan.text, Chunk(m.start(1), m.end(1)))
        if head and head[1] == m.end(1) and not any(x.start() < m.end() and m.start() < x.end() for x in found):
            found.append(m)
    out = []
    for m in sorted(found, key=lambda m: m.start()):
        acronym = ACRONYM.match(scan.text, m.end(), sentence.end)
        value = {
            "name": scan.unit.text[m.start(1) : m.end(1)],
            "acronym": acronym.group(1) if acronym else None,
            "head": "",
            "quoted": True,
        }
        out.append(Mention(m.start(), acronym.end() if acronym else m.end(), "instrument", value, "title"))
    return out


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
    if text[chunk.end - 1] in QUOTES.values() and text[chunk.start] in QUOTES and chunk.end - chunk.start > 3:
        chunk = Chunk(chunk.start + 1, chunk.end - 1)
    inside = [h for h in known if chunk.start <= h.start and h.end <= chunk.end]
    for pattern, kind in ((g.delegations, "delegation"), (g.instruments, "instrument")):
        last = _last(pattern, text, chunk)
        if last is None or (kind == "instrument" and last.end() < chunk.end - 2):
            continue
        if kind == "delegation" and last.end() == chunk.end:
            return [Mention(chunk.start, chunk.end, kind, {"country": _country(chunk, hits)}, "phrase")]
        if kind == "instrument" and last.end() == chunk.end:
            start = chunk.start
            number = g.numbered.search(text, max(sentence.start, start - 28), last.start()) if g.numbered else None
            if number and number.end() in (start, last.start()):
                start = min(start, number.start())
            start = _about(scan, sentence, start, hits, g)
            acronym = ACRONYM.match(text, chunk.end, sentence.end)
            value = {
                "name": scan.unit.text[start : chunk.end],
                "acronym": acronym.group(1) if acronym else None,
                "head": last.group(),
                "quoted": False,
            }
            return [Mention(start, acronym.end() if acronym else chunk.end, kind, value, "phrase")]
    head = _head(g.heads, text, chunk)
    if head and (head[1] == chunk.end or not inside):
        hit = next(
            (h for h in inside if h.end == head[1] or (h.end == head[0] and text[head[0] : head[1]] in g.generic)), None
        )
        return [_meeting(scan, sentence, chunk.start, head[1], head[0], numbers, hit, g, hits)]
    if inside:
        h = inside[-1]
        return [_meeting(scan, sentence, h.start, h.end, h.start, numbers, h, g, hits)]
    congress = [o for o in numbers if o.congress and chunk.start < o.start and o.end <= chunk.end]
    if congress and congress[-1].end <= chunk.end and _is_body(chunk.start, congress[-1].start, hits):
        o = congress[-1]
        return [_meeting(scan, sentence, chunk.start, o.end, o.start, numbers, None, g, hits)]
    country = _country(chunk, hits)
    whole = text[chunk.start : chunk.end]
    if whole.endswith(g.not_bodies):
        return []
    for pattern, kind in ((g.groups, "group"), (g.bodies, "body")):
        m = pattern.search(whole) if pattern else None
        if m and (country or m.start() > 0) and len(whole) > 1:
            return [Mention(chunk.start, chunk.end, kind, {"country": country}, "phrase")]
    body = next((h for h in hits if h.entry.kind == "body" and h.end == chunk.end and h.start >= chunk.start), None)
    if body:
        return [Mention(chunk.start, chunk.end, "body", {"country": country or body.entry.value}, "phrase")]
    return []


def _head(pattern: re.Pattern[str] | None, text: str, chunk: Chunk) -> tuple[int, int] | None:
    """The head that ends last in the chunk and, of these, the longest: heads may overlap."""
    best: tuple[int, int] | None = None
    for at in range(chunk.start, chunk.end):
        m = pattern.match(text, at, chunk.end) if pattern else None
        if m and (best is None or m.end() > best[1]):
            best = (m.start(), m.end())
    return best


def _is_body(start: int, end: int, hits: Sequence[Hit]) -> bool:
    return any(h.start == start and h.end == end and h.entry.kind == "body" for h in hits)


def _last(pattern: re.Pattern[str] | None, text: str, chunk: Chunk) -> re.Match[str] | None:
    last = None
    for m in pattern.finditer(text, chunk.start, chunk.end) if pattern else ():
        last = m
    return last


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


def _about(scan: Scan, sentence: Sentence, start: int, hits: Sequence[Hit], g: PhraseGrammar) -> int:
    """Take in ``on ...`` and ``to ...`` clauses before an instrument's head, up to the clause's border."""
    text = scan.text
    word = next((w for w in g.of if text.endswith(w, sentence.start, start)), None)
    if word is None:
        return start
    owner = next((h for h in hits if h.end == start - len(word) and h.entry.kind in ("state", "bloc", "body")), None)
    if owner and owner.start >= sentence.start:
        return owner.start
    floor = max(sentence.start, start - 60, *(text.rfind(c, sentence.start, start) + 1 for c in ",:;"))
    for word in g.about:
        at = text.rfind(word, floor, start)
        if at >= 0:
            i = sentence.token_at(at)
            while i > 0 and sentence.tokens[i - 1].tag in NOMINAL and sentence.tokens[i - 1].start >= floor:
                i -= 1
            return sentence.tokens[i].start if i >= 0 else at
    return start


def _sort(name: str, number: int | None, g: PhraseGrammar) -> str | None:
    """What kind of event a meeting is: a ``session`` or what the pack sorts by the head; None is no event."""
    found = [(len(w), sort) for sort, words in g.sorts for w in words if name.endswith(w)]
    if found:
        return max(found)[1]
    return "session" if number is not None or name.endswith(g.sessions) else None


def _meeting(
    scan: Scan,
    sentence: Sentence,
    start: int,
    end: int,
    head: int,
    numbers: list[ordinals.Ordinal],
    hit: Hit | None,
    g: PhraseGrammar,
    hits: Sequence[Hit] = (),
) -> Mention:
    """A named or generic meeting: name without ordinal and year, acronym, ordinal, kind."""
    text, raw = scan.text, scan.unit.text
    number: int | None = None
    congress = False
    spans: list[tuple[int, int]] = []
    for o in numbers:
        if start <= o.start and o.end <= end:
            number, congress = o.number, o.congress
            left = {
                h.entry.value
                for h in hits
                if start <= h.start and h.end <= o.start and h.entry.kind in ("state", "bloc")
            }
            if len(left) > 1:
                spans.append((start, o.end))
            elif not o.congress:
                spans.append((o.start, o.end))
        elif o.end <= start and not text[o.end : start].strip():
            number, start = o.number, o.start
            spans.append((o.start, o.end))
    year = None
    for m in g.year.finditer(text, start, head):
        if m.start() == start:
            spans.append((m.start(), m.end()))
            year = m.group()[:4]
    before = g.year.search(text, max(sentence.start, start - 5), start)
    if before and before.end() == start:
        year = before.group()[:4]
    acronym, stop = None, end
    label = QUOTED.match(text, end, sentence.end)
    if label and hit is None:
        plain_label = raw[label.start(1) : label.end(1)]
        stop = label.end()
    else:
        plain_label = None
    m2 = ACRONYM.match(text, end, sentence.end)
    if m2:
        acronym, stop = m2.group(1).strip(), m2.end()
        number = number or (int(m2.group(2)) if m2.group(2) else None)
    elif hit and text[end : end + 1] == "-" and text[end + 1 : end + 3].strip().isdigit():
        digits = re.match(r"-([0-9]{1,3})", text[end : end + 4])
        if digits:
            number, stop = int(digits.group(1)), end + digits.end()
    name = "".join(raw[i] for i in range(start, end) if not any(a <= i < b for a, b in spans)).strip()
    fold_name = "".join(text[i] for i in range(start, end) if not any(a <= i < b for a, b in spans)).strip()
    plain = name.strip()
    if plain[:1] in QUOTES and plain[-1:] == QUOTES[plain[:1]]:
        plain = plain[1:-1].strip()
    elif plain[:1] in QUOTES and QUOTES[plain[:1]] in plain:
        plain = re.sub(r"[\s-]*(?:19|20)[0-9]{2}$", "", plain[1 : plain.index(QUOTES[plain[0]])])
    if plain_label:
        plain = plain_label
    kind = next((g.kinds[k] for k in sorted(g.kinds, key=len, reverse=True) if text[:end].endswith(k)), "meeting")
    return Mention(
        start,
        stop,
        "meeting",
        {
            "name": plain,
            "acronym": acronym,
            "ordinal": number,
            "mkind": kind,
            "known": hit.entry.value if hit else None,
            "generic": plain in g.generic or bool(g.generic_form and g.generic_form.fullmatch(fold_name)),
            "year": year,
            "congress": congress,
            "parties": tuple(
                dict.fromkeys(
                    h.entry.value
                    for h in hits
                    if h.entry.value and start <= h.start and h.end <= end and h.entry.kind in ("state", "bloc")
                )
            ),
            "one_off": plain.endswith(g.one_off) and number is None,
            "sort": _sort(text[start:end], number, g),
            "name_end": end,
        },
        "phrase",
    )
