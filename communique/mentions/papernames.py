"""Names of texts: what stands in title marks, what ends in the head of a text, and the clause of what it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from communique.mentions.lexicon import Hit
from communique.mentions.meetings import ACRONYM, NOMINAL, QUOTED, TITLE, Chunk, last_head, titled
from communique.mentions.phrasegrammar import PhraseGrammar
from communique.mentions.scan import Scan, Sentence
from communique.model import Mention


def behindless(text: str, start: int, end: int, g: PhraseGrammar) -> int:
    """Return where a stretch ends without a word that only says when or where, behind a noun (*after*, *in*)."""
    if not text.endswith(g.behind, start + 1, end):
        return end
    return next(end - len(w) for w in g.behind if text.endswith(w, start + 1, end))


def titles(scan: Scan, sentence: Sentence, g: PhraseGrammar) -> list[Mention]:
    """Return texts in title marks, quoted names that end in the head of a text, and policies by name.

    A title and the word for what is added to a text behind it are one name (*"A" [protocol]*); a speech has none.
    """
    found = list(TITLE.finditer(scan.text, sentence.start, sentence.end))
    for m in QUOTED.finditer(scan.text, sentence.start, sentence.end):
        head = last_head(g.instruments, scan.text, Chunk(m.start(1), m.end(1)))
        if head and head[1] == m.end(1) and not any(x.start() < m.end() and m.start() < x.end() for x in found):
            found.append(m)
    out = []
    for m in sorted(found, key=lambda m: m.start()):
        if g.spoken and g.spoken.match(scan.text, m.end(), sentence.end):
            continue
        more = g.annexes.match(scan.text, m.end(), sentence.end) if g.annexes else None
        name, end = ((m.start(), more.end()), more.end()) if more else (m.span(1), m.end())
        acronym = ACRONYM.match(scan.text, end, sentence.end)
        out.append(_title(scan, name, (m.start(), acronym.end() if acronym else end), acronym))
    for m in g.policies.finditer(scan.text, sentence.start, sentence.end) if g.policies else ():
        if all(x.end <= m.start() or m.end() <= x.start for x in out):
            out.append(_title(scan, m.span(), m.span(), None))
    return out


def _title(scan: Scan, name: tuple[int, int], span: tuple[int, int], acronym: re.Match[str] | None) -> Mention:
    words = scan.unit.text[name[0] : name[1]]
    value = {"name": words, "acronym": acronym.group(1) if acronym else None, "head": "", "quoted": True}
    return Mention(*span, "instrument", value, "title")


def instrument(
    scan: Scan, sentence: Sentence, chunk: Chunk, head: re.Match[str], hits: Sequence[Hit], g: PhraseGrammar
) -> Mention:
    """Return the text whose name ends with a head, with the number before it, its title in marks and its acronym."""
    text, start = scan.text, chunk.start
    number = g.numbered.search(text, max(sentence.start, start - 28), head.start()) if g.numbered else None
    counted = number is not None and number.end() in (start, head.start())
    if number and counted:
        start = min(start, number.start())
    title = titled(text, sentence.start, start, g)
    start = title.start() if title else _about(scan, sentence, _behind_verb(text, start, head.start(), g), hits, g)
    acronym = ACRONYM.match(text, chunk.end, sentence.end)
    value = {
        "name": title.group(1) if title else scan.unit.text[start : chunk.end],
        "acronym": acronym.group(1) if acronym else None,
        "head": head.group(),
        "quoted": title is not None,
        "numbered": counted,
    }
    return Mention(start, acronym.end() if acronym else chunk.end, "instrument", value, "phrase")


def _behind_verb(text: str, start: int, head: int, g: PhraseGrammar) -> int:
    """Where a name begins behind the verb for what was done with the text (*[issued] a joint statement*)."""
    verb = next((w for w in g.papers if len(w) > 1 and text.startswith(w, start) and start + len(w) <= head), "")
    return start + len(verb)


def last_of(pattern: re.Pattern[str] | None, text: str, chunk: Chunk) -> re.Match[str] | None:
    """Return the last match of a pattern in a stretch."""
    last = None
    for m in pattern.finditer(text, chunk.start, chunk.end) if pattern else ():
        last = m
    return last


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


def clipped(scan: Scan, m: Mention, chunk: Chunk, busy: Sequence[tuple[int, int]], g: PhraseGrammar) -> Mention:
    """Return a text whose long name would begin inside what is named before it, begun behind that.

    So is one with a clause of what it is about, behind what stands before the clause (*the two sides' deal on ...*).
    """
    if m.kind != "instrument" or m.value["quoted"]:
        return m
    clause = max((at for w in g.about if (at := scan.text.find(w, m.start, chunk.start)) >= 0), default=m.start)
    floor = max((b for a, b in busy if a <= m.start < b <= chunk.start or m.start < b <= clause), default=m.start)
    if floor == m.start:
        return m
    return Mention(floor, m.end, m.kind, {**m.value, "name": scan.unit.text[floor : chunk.end]}, m.rule)
