"""Where the names of people begin and end.

Two traditions of writing are known to the engine as shapes, filled by the pack: *joined* names, whose parts
are joined by a particle and written with a known set of letters, and *native* names, a surname and a few
letters. The tagger proposes, the grammar around a name (an office before it, a rank behind it) decides, and
a name that is sure in one place is known in the whole document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from communique.loader.language import LanguagePack
from communique.mentions import honoured, latin
from communique.mentions import nameglue as glue
from communique.mentions.namegrammar import NameGrammar, grammar
from communique.mentions.scan import Scan, Sentence

SURE, LIKELY, WEAK = 2, 1, 0
QUOTES = {"\u201c": "\u201d", "\u300c": "\u300d", "\u300e": "\u300f", '"': '"'}
LONGEST = 16  # letters within which the quotation mark that a name follows is closed


class Name(NamedTuple):
    """A name of a person: ``sure`` tells whether grammar, not only the tagger, supports it."""

    start: int
    end: int
    strength: int


def find(scans: Sequence[Scan], pack: LanguagePack) -> list[list[Name]]:
    """Return the names of every unit of one document, in order, without overlap."""
    g = grammar(pack)
    found = [[*_joined(s, g), *_famous(s, g), *_tagged(s, g), *_between(s, g), *_ranked(s, g)] for s in scans]
    found = [[n._replace(start=honoured.bare(s, n, g)) for n in names] for s, names in zip(scans, found, strict=True)]
    found = [[*names, *_coordinated(s, names, g)] for s, names in zip(scans, found, strict=True)]
    sure = Counter(
        s.text[n.start : n.end] for s, names in zip(scans, found, strict=True) for n in names if n.strength == SURE
    )
    told = {s.text[n.start : n.end] for s, names in zip(scans, found, strict=True) for n in names if n.strength}
    families = {f for w in sure if (f := _family(w, g)) and f not in sure}
    out, things = [], tuple(g.things)
    for s, names in zip(scans, found, strict=True):
        everywhere = [Name(at, at + len(w), SURE) for w in (*sure, *families) for at in _places(s.text, w)]
        names = [_lengthen(_shorten(n, s, sure, g), s, told) for n in names]
        out.append(
            _settle(
                [
                    n
                    for n in [*names, *everywhere]
                    if _inside(n, s)
                    and (w := s.text[n.start : n.end]) not in g.not_names
                    and w not in g.elsewhere
                    and not (things and (w.endswith(things) or _vessel(s.text, n, things)))
                ]
            )
        )
    return out


def _vessel(text: str, n: Name, things: tuple[str, ...]) -> bool:
    """Whether a quoted name is that of a ship or a class of ships: *the frigate "Admiral X"*."""
    for opens, closes in QUOTES.items():
        at = text.rfind(opens, max(0, n.start - LONGEST), n.start)
        close = text.find(closes, at + 1, n.end + LONGEST) if at >= 0 else -1
        if close >= n.end and text.startswith(things, close + 1):
            return True
    return False


def _family(name: str, g: NameGrammar) -> str | None:
    """The last part of a joined name, by which a text goes on; a short one may be any word."""
    at = max(name.rfind(p) for p in g.particles) if g.particles else -1
    return name[at + 1 :] if at > 0 and len(name) - at > 3 else None


def _places(text: str, word: str) -> list[int]:
    out, at = [], text.find(word)
    while at >= 0:
        out.append(at)
        at = text.find(word, at + 1)
    return out


def _inside(name: Name, scan: Scan) -> bool:
    return any(x.start <= name.start and name.end <= x.end for x in scan.sentences)


def _settle(names: list[Name]) -> list[Name]:
    """Keep the strongest of overlapping names, then the longest."""
    kept: list[Name] = []
    for n in sorted(set(names), key=lambda n: (-n.strength, -(n.end - n.start), n.start)):
        if all(n.end <= k.start or n.start >= k.end for k in kept):
            kept.append(n)
    return sorted(kept, key=lambda n: n.start)


def _shorten(name: Name, scan: Scan, sure: Counter[str], g: NameGrammar) -> Name:
    """Cut off what another, surer reading of the document shows to be no part of the name."""
    words = scan.text[name.start : name.end]
    for n in range(len(words) - 1, 1, -1):
        if sure[words[:n]] > sure[words] and name.strength < SURE:
            return Name(name.start, name.start + n, SURE)
    return name


def _lengthen(name: Name, scan: Scan, told: set[str]) -> Name:
    """Give a weak name the letters that a firmer reading of the document shows to be part of it."""
    more = (w for w in told if len(w) > name.end - name.start and scan.text.startswith(w, name.start))
    longest = max(more, key=len, default="") if name.strength == WEAK else ""
    return Name(name.start, name.start + len(longest), LIKELY) if longest else name


def _joined(scan: Scan, g: NameGrammar) -> list[Name]:
    """Names whose parts are joined by a particle."""
    out = []
    for sentence in scan.sentences if g.joined else ():
        assert g.joined is not None
        out += _runs(scan, sentence, g)
        for m in g.joined.finditer(scan.text, sentence.start, sentence.end):
            start, end = _left(m, scan, sentence, g), _right(m, scan, sentence, g)
            if end > start:
                out.append(Name(start, end, SURE))
    return out


def _famous(scan: Scan, g: NameGrammar) -> list[Name]:
    """Names of the pack; a short one only where the tagger, too, sees a word begin and end."""
    out = []
    for sentence in scan.sentences if g.famous else ():
        assert g.famous is not None
        for m in g.famous.finditer(scan.text, sentence.start, sentence.end):
            long = m.end() - m.start() > 2
            if sentence.begins(m.start()) and (long or sentence.is_border(m.end())):
                out.append(Name(m.start(), m.end(), SURE if long else LIKELY))
    return out


def _runs(scan: Scan, sentence: Sentence, g: NameGrammar) -> list[Name]:
    """Names that the tagger cut at a particle: its pieces put together again."""
    out = []
    tokens, text = sentence.tokens, scan.text
    j = -1
    for i in [i for i, t in enumerate(tokens) if t.tag == "person"]:
        if i <= j:
            continue
        j = i
        while tokens[j].tag == "person":
            if j + 1 < len(tokens) and tokens[j + 1].tag == "person" and text[tokens[j].end - 1] in g.particles:
                j += 1
            elif (
                j + 2 < len(tokens)
                and text[tokens[j + 1].start : tokens[j + 1].end] in g.particles
                and tokens[j + 2].tag == "person"
            ):
                j += 2
            else:
                break
        words = text[tokens[i].start : tokens[j].end]
        if any(c in g.particles for c in words[1:-1]):
            m = g.verbs.search(words, 2) if g.verbs else None
            end = tokens[i].start + m.start() if m else tokens[j].end - glue.stuck(words, g)
            end, _ = _before_word(text, tokens[i].start, end, False, g)
            title = g.titled.match(words) if g.titled else None
            out.append(Name(tokens[i].start + (title.end() if title else 0), end, SURE))
    return out


def _left(m: re.Match[str], scan: Scan, sentence: Sentence, g: NameGrammar) -> int:
    """Where a joined name begins: behind an office or rank, else at the tagger's border."""
    first = min(i for i in range(m.start(), m.end()) if scan.text[i] not in g.letters)
    start = m.start()
    for cut in range(first - 1, m.start() - 1, -1):
        for pattern in (g.before, g.polite):
            if pattern and _ends_with(pattern, scan.text, sentence.start, cut):
                return cut
    i = sentence.token_at(first - 1)
    if i >= 0:
        start = max(start, sentence.tokens[i].start) if sentence.tokens[i].tag == "person" else start
        if sentence.tokens[i].tag != "person":
            start = max(start, sentence.tokens[i].start)
    return start


def _ends_with(pattern: re.Pattern[str], text: str, start: int, end: int) -> bool:
    window = text[max(start, end - 12) : end]
    return pattern.search(window) is not None


def _right(m: re.Match[str], scan: Scan, sentence: Sentence, g: NameGrammar) -> int:
    """Where a joined name ends: before a known word, else at the tagger's border."""
    last = max(i for i in range(m.start(), m.end()) if scan.text[i] not in g.letters) + 1
    for cut in range(last + 1, min(last + 8, sentence.end) + 1):
        if cut == sentence.end or not scan.text[cut].isalpha() or scan.text[cut].isascii():
            return cut
        if glue.closed(scan.text, sentence, cut, g):
            return cut
        stop = g.stops.match(scan.text, cut, sentence.end) if g.stops else None
        dated = stop is not None and scan.text[stop.end() : stop.end() + 1].isdigit()
        if (stop and (dated or len(stop.group()) > 1 or stop.group() not in g.letters)) or (
            g.after and g.after.match(scan.text, cut, sentence.end)
        ):
            return cut
    i = sentence.token_at(last)
    return sentence.tokens[i].end if i >= 0 and sentence.tokens[i].tag == "person" else m.end()


def _tagged(scan: Scan, g: NameGrammar) -> list[Name]:
    """Names that the tagger proposes, cut before verbs that it ran into them."""
    out = []
    for sentence in scan.sentences:
        for i, t in [(i, t) for i, t in enumerate(sentence.tokens) if t.tag == "person"]:
            words = scan.text[t.start : t.end]
            if len(words) < 2 or not words.isalpha() or glue.town(scan.text, sentence, i, g):
                continue
            if (len(words) == 2 and words[-1] in g.sides) or (g.verbs and g.verbs.match(words)):
                continue
            row = set(words) <= g.shorts and (len(words) == 2 or len(words) == 3 and glue.offices(scan.text, t.end, g))
            if row or (words[:1] in g.surnames and g.heads and g.heads.fullmatch(words, 1)):
                continue  # two or three states; *Ambassador X*, by the surname alone
            end, sure = t.end, False
            m = g.verbs.search(scan.text, t.start + 2, min(t.end + 4, sentence.end)) if g.verbs else None
            if m and m.start() < t.end:
                end, sure = m.start(), True
            end, sure = _before_word(scan.text, t.start, end, sure, g)
            rest = scan.text[end : min(end + 8, sentence.end)]
            if end == t.end and g.not_after and rest.startswith(g.not_after):
                continue
            if not sure and g.verbs and i + 1 < len(sentence.tokens):
                nxt = g.verbs.search(scan.text, t.end, min(t.end + 6, sentence.end))
                more = scan.text[t.end : nxt.start()] if nxt else ""
                told = len(more) == 1 and _adverb(scan, sentence, i, g)
                glued = nxt is not None and nxt.start() < sentence.tokens[i + 1].end
                if nxt and 0 < len(more) <= 2 and set(more) <= g.letters and (glued or told):
                    end, sure = nxt.start(), True
            if end - t.start == 2 and _truncated(sentence, i, scan, g):
                end += 1
                rest = scan.text[end : min(end + 8, sentence.end)]
            if words[-1] in g.unfinished and i + 1 < len(sentence.tokens):
                nxt_token = sentence.tokens[i + 1]
                end = nxt_token.end if nxt_token.end - nxt_token.start <= 2 else min(t.end + 2, nxt_token.end)
                rest, sure = scan.text[end : min(end + 8, sentence.end)], True
            end -= glue.stuck(words, g) if end == t.end else 0
            rest = scan.text[end : min(end + 8, sentence.end)] if end < t.end else rest
            m = g.bracketed.match(scan.text, end, sentence.end) if g.bracketed and end == t.end else None
            if m and m.end(1) > end:
                end, rest, sure = m.end(1), "", True  # up to the bracket that holds the Latin form
            start = _led(scan, sentence, i, g)
            start += glue.titled(words[: end - t.start], g) if start == t.start else 0
            end = glue.numbered(scan.text, end, (t.end, sentence.end), g)
            rest = scan.text[end : min(end + 8, sentence.end)]
            before = bool(g.before and _ends_with(g.before, scan.text, sentence.start, start))
            end = glue.rest(scan.text, sentence, i, glue.whole(scan.text, sentence, i, end, g), g) if before else end
            rest = scan.text[end : min(end + 8, sentence.end)] if end > t.end else rest
            after = bool(g.after and g.after.match(rest))
            stop = not rest or not rest[0].isalpha() or bool(g.stops and g.stops.match(rest))
            near = scan.text[max(sentence.start, start - 2) : start]
            framed = stop and (not near or not near[-1].isalnum() or bool(g.joins and g.joins.search(near)))
            firm = (before and stop) or (after and (before or words[:1] in g.surnames))
            out.append(Name(start, end, SURE if firm or (sure and before) else LIKELY if framed else WEAK))
    return out


def _before_word(text: str, start: int, end: int, sure: bool, g: NameGrammar) -> tuple[int, bool]:
    """The end of a name before a word that begins with what the tagger took for its last letter, and how sure that is.

    *X yesterday (the 1st)*, where the two letters of a name have swallowed that of the day.
    """
    word = g.stops.match(text, end - 1, end + 8) if g.stops and not sure and end - start > 2 else None
    return (end - 1, True) if word and word.end() > end else (end, sure)


def _adverb(scan: Scan, sentence: Sentence, i: int, g: NameGrammar) -> bool:
    """Whether the tagger took the last letter of a foreign name behind an office for an adverb or a verb."""
    t, nxt = sentence.tokens[i], sentence.tokens[i + 1]
    foreign = (
        nxt.tag in ("adverb", "verb") and nxt.end - nxt.start == 1 and set(scan.text[t.start : t.end]) <= g.letters
    )
    stop = g.stops.fullmatch(scan.text, nxt.start, nxt.end) if g.stops else None
    return foreign and not stop and bool(g.before and _ends_with(g.before, scan.text, sentence.start, t.start))


def _led(scan: Scan, sentence: Sentence, i: int, g: NameGrammar) -> int:
    """Where the name of token ``i`` begins: its first letter may stick to the office before it."""
    t = sentence.tokens[i]
    glued = sentence.tokens[i - 1] if i else t
    head = g.heads.match(scan.text, glued.start, glued.end) if g.heads and i else None
    letters = scan.text[head.end() : glued.end] if head else ""
    return t.start - len(letters) if len(letters) == 1 and letters in g.letters else t.start


NO_LETTER = frozenset({"punctuation", "preposition", "conjunction", "particle", "adverb", "verb"})


def _truncated(sentence: Sentence, i: int, scan: Scan, g: NameGrammar) -> bool:
    """Whether the letter behind a two-letter name is its third letter, judged by what follows that letter."""
    if i + 1 >= len(sentence.tokens) or glue.bracketed_day(scan.text, sentence.tokens[i + 1], g):
        return False
    nxt, first = sentence.tokens[i + 1], scan.text[sentence.tokens[i].start]
    if nxt.end - nxt.start == 1 and nxt.tag == "conjunction" and first in g.surnames and i + 2 < len(sentence.tokens):
        # A joining word joins nothing to what is no name: it is a letter of this one.
        return sentence.tokens[i + 2].tag in ("time", "preposition", "adverb", "verb")
    rest = scan.text[nxt.end : nxt.end + 8]
    if nxt.tag == "particle" and scan.text[nxt.start : nxt.end] in g.letters and not rest[:1].isalnum():
        return True
    if nxt.end - nxt.start != 1 or nxt.tag in NO_LETTER or first not in g.surnames:
        return False
    return bool((g.stops and g.stops.match(rest)) or (g.after and g.after.match(rest)) or not rest[:1].isalnum())


def _between(scan: Scan, g: NameGrammar) -> list[Name]:
    """Native names that the tagger missed: a surname behind an office, with a border behind it."""
    out: list[Name] = []
    if not g.before or not g.surnames:
        return out
    for sentence in scan.sentences:
        for m in g.heads.finditer(scan.text, sentence.start, sentence.end) if g.heads else ():
            i = sentence.token_at(m.end())
            t = sentence.tokens[i] if i >= 0 and m.end() < sentence.end else None
            named = t is not None and t.tag == "person" and t.end - t.start > 1
            if t is None or not named or glue.halved(scan.text[t.start : t.end], g):
                out += _native(scan, sentence, m.end(), g, foreign=True)
        out += [Name(a, b, SURE) for a, b in latin.names(scan, sentence, g.before, g.letters)]
        for m in g.leads.finditer(scan.text, sentence.start, sentence.end) if g.leads else ():
            taker = g.taker.match(scan.text, m.end(), sentence.end) if g.taker else None
            if taker and taker[1] not in g.elsewhere:
                out.append(Name(m.end(), m.end() + len(taker[1]), SURE))
                continue
            i = sentence.token_at(m.end())
            t = sentence.tokens[i] if i >= 0 else None
            if t is not None and t.start == m.end() and t.tag != "person" and t.end - t.start > 1:
                continue
            out += _native(scan, sentence, m.end(), g, foreign=False)
    return out


def _coordinated(scan: Scan, names: Sequence[Name], g: NameGrammar) -> list[Name]:
    """A name that the tagger missed behind *X and*, where X is a sure name."""
    out: list[Name] = []
    taken = {n.start for n in names}
    for n in names:
        m = g.joint.match(scan.text, n.end) if g.joint and n.strength == SURE else None
        sentence = next((s for s in scan.sentences if s.start <= n.start < s.end), None)
        if m and sentence and m.end() not in taken and m.end() < sentence.end:
            found = _native(scan, sentence, m.end(), g, foreign=True)
            out += [Name(f.start, f.end, LIKELY) for f in found]
    return out


def _native(scan: Scan, sentence: Sentence, at: int, g: NameGrammar, foreign: bool) -> list[Name]:
    """A name that begins at ``at``: a surname and what follows it up to a border, or a short foreign name."""
    m = g.surname.match(scan.text, at, sentence.end) if g.surname else None
    surname = m.group() if m else ""
    i = sentence.token_at(at)
    if i >= 0 and sentence.tokens[i].start == at and sentence.tokens[i].tag in ("preposition", "adverb"):
        return []  # a word such as *to* or *all* that is also a surname
    for n in (2, 1, 3) if surname else range(2, 8) if foreign else ():
        end = at + len(surname) + n
        words = scan.text[at:end]
        word = g.stops.match(words) if g.stops else None
        if end > sentence.end or not words.isalpha() or (g.verbs and g.verbs.search(words)):
            continue
        if n > 1 and (words[-1] in g.takes or (len(surname) > 1 and g.stops and g.stops.fullmatch(words[-1]))):
            continue  # *elected B [as] president*
        if word and len(word.group()) > 1:
            break
        if not surname and not set(words) <= g.letters or (len(words) == 2 and words[-1] in g.sides):
            break
        if any(words[:k] in g.elsewhere for k in range(2, len(words))) or words[len(surname) :] in g.nations:
            break  # a state with what is its own, or behind a word that is also a surname
        if g.before and g.before.search(words):
            break
        rest = scan.text[end : min(end + 8, sentence.end)]
        border = not rest or not rest[0].isalnum()
        border = border or (rest[0].isdigit() and not (g.stops and g.stops.fullmatch(words[-1])))
        if border or (g.stops and g.stops.match(rest)) or (g.after and g.after.match(rest)):
            return [Name(at, end, SURE)]
    return []


def _ranked(scan: Scan, g: NameGrammar) -> list[Name]:
    """Native names before a rank, from a word's border on, that the tagger cut wrongly."""
    out: list[Name] = []
    for sentence in scan.sentences if g.surnames else ():
        out += [Name(a, b, SURE) for a, b in honoured.names(scan.text, sentence, g)]
        for m in g.ranks.finditer(scan.text, sentence.start, sentence.end) if g.ranks else ():
            for n in (3, 2, 4):
                start = m.start() - n
                words = scan.text[max(start, 0) : m.start()]
                if sentence.begins(start) and words.isalpha() and words.startswith(g.surnames):
                    if not (g.before and g.before.search(words)):
                        out.append(Name(start, m.start(), SURE))
                    break
    return out
