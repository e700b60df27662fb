"""Names of meetings and mechanisms: what a noun phrase that ends in such a head says of itself."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from communique.loader.anyword import stands
from communique.mentions import ordinals
from communique.mentions.lexicon import Hit
from communique.mentions.phrasegrammar import PhraseGrammar, kind_at
from communique.mentions.scan import Scan, Sentence
from communique.model import Mention

ACRONYM = re.compile(
    r"[\u201d\"\u300b\u300d]?\s?\(\s?(?:[\w\s]{1,6}[::]\s?)?"
    r"([A-Z](?:[A-Za-z]{1,14}|[0-9]{1,2}(?![0-9]))\+?(?:[ -][A-Z][A-Za-z]+){0,3}\s?(?:\+|-?[Pp]lus)?)"
    r"(?:[\s-]{1,2}([0-9]{1,3}))?\s?\)"
)
NOMINAL = frozenset({"noun", "body", "place", "number", "person", "other", "adjective", "position"})
NAMED = frozenset({"state", "bloc", "place", "body", "mechanism"})
PARTIES = frozenset({"state", "bloc", "body"})
QUOTES = {"\u201c": "\u201d", "\u300c": "\u300d", "\u2018": "\u2019", "\u300e": "\u300f"}
QUOTED = re.compile(r"[\u201c\u300c\"]([^\u201c\u201d\u300c\u300d\"\n]{3,40})[\u201d\u300d\"]")
LABEL = re.compile(QUOTED.pattern.replace("{3,40}", "{2,40}"))
"""The name of a drill in marks, which may be shorter than that of a text."""
SERIES_YEAR = re.compile(
    r"(?:[\s\-\u2010-\u2015\uff0d]*(?:19|20)[0-9]{2}|[\-\u2010-\u2015\uff0d][0-9]{2})(?:[A-Z]|\u5e74)?$"
)
SHORT_YEAR = 2
WORD = 2  # letters of a word in marks
ROUND = 3  # digits of a round; four are a year
TITLE = re.compile(r"\u300a([^\u300a\u300b\n]{2,120})\u300b")


class Chunk(NamedTuple):
    """A run of nominal words."""

    start: int
    end: int


def quoted(text: str, chunk: Chunk) -> bool:
    """Whether a run of words begins and ends with marks of quotation."""
    return text[chunk.end - 1] in QUOTES.values() and text[chunk.start] in QUOTES and chunk.end - chunk.start > 3


def last_head(pattern: re.Pattern[str] | None, text: str, chunk: Chunk) -> tuple[int, int] | None:
    """The head that ends last in the chunk and, of these, the longest: heads may overlap."""
    best: tuple[int, int] | None = None
    m = pattern.search(text, chunk.start, chunk.end) if pattern else None
    while pattern and m:
        if best is None or m.end() > best[1]:
            best = m.span()
        m = pattern.search(text, m.start() + 1, chunk.end)
    return best


def _unquoted(name: str, meets: bool, heads: Collection[str]) -> str:
    """The name without the marks around it; of a name that only begins with marks, what stands in them.

    Where it ``meets`` and goes on with more than a head, the marks are a part of it (*"A"'s leaders' summit*).
    """
    close = QUOTES.get(name[:1], "")
    if close and name.endswith(close):
        return name[1:-1].strip()
    if close and close in name:
        marked, rest = name[1 : name.index(close)], name[name.index(close) + 1 :]
        return name if meets and rest not in heads else SERIES_YEAR.sub("", marked)
    return name[1:] if close else name


def _called(text: str, floor: int, start: int, g: PhraseGrammar) -> re.Match[str] | None:
    """The name in marks that is tied to a drill behind it (*the drill of the name "A"*)."""
    word = next((w for w in g.of if text.endswith(w, floor, start)), None)
    rows = LABEL.finditer(text, max(floor, start - 48), start) if word else ()
    return next((m for m in rows if m.end() == start - len(word or "")), None) or _glossed(text, floor, start)


def _glossed(text: str, floor: int, start: int) -> re.Match[str] | None:
    """The name in marks before a drill, told from it by its name in other letters (*"A" (B) joint exercise*)."""
    if text[start - 1 : start] != ")":
        return None
    rows = LABEL.finditer(text, max(floor, start - 48), start)
    return next((m for m in rows if (a := ACRONYM.match(text, m.end() - 1)) and a.end() == start), None)


def titled(text: str, floor: int, start: int, g: PhraseGrammar) -> re.Match[str] | None:
    """The title in marks of a text whose head begins at ``start`` (*a statement titled "A"*)."""
    m = _called(text, floor, start, g)
    return m if m and g.titled and text.endswith(g.titled, floor, m.start()) else None


def _series(label: str, year: str | None) -> tuple[str, str, str | None]:
    """The name of a series, its kind, and the year: the one before it, else the one that its label ends with."""
    plain = SERIES_YEAR.sub("", label)
    told = label[len(plain) :].strip(" -\u2010\u2011\u2012\u2013\u2014\u2015\uff0d")
    return plain, "programme", year or (f"20{told}" if len(told) == SHORT_YEAR else told) or None


def _labelled(raw: str, series: re.Match[str], plain: str, start: int, end: int) -> str:
    """The longest name of a drill: what stands in marks with the words behind it (*"A" joint exercise*).

    Where a year stands in the marks, an acronym behind them, or one word in them, the name is what stands in the marks.
    """
    dated = plain != raw[series.start(1) : series.end(1)] or ACRONYM.match(raw, series.end() - 1, end) is not None
    whole = not dated and len(plain) > WORD and start < series.end() < end
    return raw[series.start() : end] if whole else plain


def _inside(text: str, series: re.Match[str], end: int) -> str | None:
    """The acronym between the name in marks and the head behind it (*"A" (B) joint exercise*)."""
    m = ACRONYM.match(text, series.end(), end)
    return m.group(1).strip() if m else None


def _known_end(text: str, start: int, end: int, hit: Hit | None, spans: list[tuple[int, int]], g: PhraseGrammar) -> int:
    """Where the name ends: with a known name before a plain head, or before the number of its sitting; else ``end``."""
    if hit is None or hit.end <= start:
        return end
    behind = hit.end
    if text.endswith(g.sits, start, behind):  # *the committee's 3rd meeting*
        behind = next((b for a, b in spans if a == behind), behind)
    return hit.end if text[behind:end] in g.generic else end


def _sitting(
    name: str, letters: list[int], spans: list[tuple[int, int]], g: PhraseGrammar, *, counted: bool
) -> tuple[int, str] | None:
    """Where the name of a group ends, and its kind, if the name is that of its sitting: *the working group's meeting*.

    What sits so is a group of the pack, or ends in one of its words ``sits`` (*committee*, *mechanism*), or it stands
    right before the number of the sitting (*the dialogue's 3rd meeting*).
    """
    if not name.endswith(g.sessions):
        return None
    for end in (len(name) - len(w) for w in g.sessions if name.endswith(w)):
        kind = next((v for k, v in g.kinds.items() if v == "group" and name.endswith(k, 0, end)), None)
        if kind is None and (word := next((w for w in g.sits if name.endswith(w, 0, end) and end > len(w)), None)):
            kind = g.kinds.get(word, "group")
        if kind and (counted or kind == "group"):
            return end, kind
    return _sits_there(name, sum(i < spans[-1][0] for i in letters), g) if spans and counted else None


def _met_as(at: int, kind: str | None, hits: Sequence[Hit]) -> bool:
    """Whether a bloc ends at ``at`` that is a party of the dialogue behind it, and does not sit by itself."""
    return kind == "dialogue" and any(h.end == at and h.entry.kind == "bloc" for h in hits)


def _sits_there(name: str, at: int, g: PhraseGrammar) -> tuple[int, str] | None:
    """The same where the number of the sitting stands at ``at``; the level may be told between that and the head."""
    end = next((len(name) - len(w) for w in g.sessions if at and name.endswith(w) and len(name) - len(w) >= at), None)
    kind = next((v for k, v in g.kinds.items() if name.endswith(k, 0, at) and at > len(k)), None)
    twice = kind == "meeting" and end == at and name.endswith(g.sessions, 0, at)  # *the 2nd meeting of the meeting*
    if end is None or kind is None or (kind not in ("dialogue", "framework", "group") and not twice):
        return None
    while at < end and (word := next((w for w in g.levels if name.endswith(w, at, end)), None)):
        end -= len(word)
    return (at, kind) if end == at else None


def _sort(name: str, number: int | None, g: PhraseGrammar) -> str | None:
    """What kind of event a meeting is: a ``session`` or what the pack sorts by the head; None is no event."""
    found = [(len(w), sort) for sort, words in g.sorts if name.endswith(words) for w in words if name.endswith(w)]
    if found:
        return max(found)[1]
    return "session" if number is not None or name.endswith(g.sessions) else None


def _apart(text: str, hits: Sequence[Hit], o: ordinals.Ordinal, g: PhraseGrammar) -> bool:
    """Whether the parties before an ordinal stand as words of their own (*A and B's third talks*), not as one name.

    Two short names run together, and a body of both, right before the ordinal make one name of it, unless a word
    joins the two, or the ordinal is an adverb (*for the first time*).
    """
    end = o.start
    parties = [h for h in hits if h.entry.kind in PARTIES]
    if len({h.entry.value for h in parties}) < 2 or end - (last := max(h.end for h in parties)) > 2:
        return False
    if text[last:end] in g.kinds:  # *the A-B forum's third meeting*
        return False
    short = parties[-1].end - parties[-2].start <= 2 and end == parties[-1].end
    short = short and text[o.start : o.end] not in g.adverbs
    words = [w for w in g.joiners if w.isalpha()]
    between = [text[a.end : b.start].strip() for a, b in zip(parties, parties[1:], strict=False)]
    if parties[-1].entry.kind != "body":
        dashed = end == parties[-1].end and all(x and x in g.joiners and x not in words for x in between)
        return not (short or dashed)
    return any(x in words for x in between) or bool(g.together and g.together.search(text, parties[-1].start, end))


def _first(text: str, start: int, head: int, g: PhraseGrammar) -> int:
    """Where a name begins behind words that begin none (*[set up] the hotline*)."""
    while word := next((w for w in g.not_first if text.startswith(w, start) and start + len(w) < head - 1), None):
        start += len(word)
    return start


def _numbered(text: str, start: int, head: int) -> int:
    """Where a name begins behind the number of a picture that stands right before it."""
    apart = text[start - 1 : start].isspace()
    return start + len(text[start:head]) - len(text[start:head].lstrip("0123456789")) if apart else start


def _else(hit: Hit | None) -> str:
    """The kind of what bears a name without a head: a mission that is known as one, else a meeting."""
    return "organisation" if hit is not None and hit.entry.note == "organisation" else "meeting"


def _compared(text: str, letters: Sequence[int], hits: Sequence[Hit], g: PhraseGrammar) -> str:
    """The name of a meeting as it is compared: blocs by their codes, long words by short ones, no bare head at its end.

    ``letters`` are where the letters of the name stand.
    """
    blocs = {h.start: (h.entry.value or "", h.end) for h in hits if h.entry.kind == "bloc" and h.entry.value}
    out, past = "", 0
    for i in letters:
        if i >= past:
            word, past = blocs.get(i, (text[i], i + 1))
            out += word
    for long, short in g.shortened:
        out = out.replace(long, short)
    return out.removesuffix(next((w for w in g.ends if out.endswith(w)), ""))


def _numbered_or_dated(text: str, end: int, number: int | None, year: str | None) -> tuple[int | None, str | None, int]:
    """The round or the year that stands behind an acronym and a dash, and where it ends (*NAME-14*, *NAME-2025*)."""
    digits = re.match(r"-([0-9]{1,4})", text[end : end + 5])
    if digits is None:
        return number, year, end
    dated = len(digits.group(1)) > ROUND
    return (number if dated else int(digits.group(1))), (digits.group(1) if dated else year), end + digits.end()


def meeting(
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
    congress, rounds = False, tuple[int, ...]()
    spans: list[tuple[int, int]] = []
    for o in numbers:
        if start <= o.start and o.end <= end:
            if number is not None and spans and text[spans[-1][1] : o.start].strip() in g.joiners:
                rounds = (*(rounds or (number,)), o.number)  # *the 3rd and 4th forums*
                spans.append((spans[-1][1], o.start))
            number, congress = o.number, o.congress
            if _apart(text, [h for h in hits if start <= h.start and h.end <= o.start], o, g):
                spans.append((start, o.end))
            elif not o.congress:
                spans.append((o.start, o.end))
        elif o.end <= start and not text[o.end : start].strip():
            number, start = o.number, o.start
            spans.append((o.start, o.end))
    start = max((at + len(w) for w in g.under if (at := text.rfind(w, start, head)) >= 0), default=start)
    start = start if hit else _first(text, _numbered(text, start, head), head, g)
    year = None
    for m in g.year.finditer(text, start, head):
        if m.start() == start:
            spans.append((m.start(), m.end()))
            year = m.group()[:4]
    if (before := g.year.search(text, max(sentence.start, start - 5), start)) and before.end() == start:
        year = before.group()[:4]
    acronym, stop = None, end
    label = QUOTED.match(text, end, sentence.end)
    plain_label = raw[label.start(1) : label.end(1)] if label and hit is None else None
    stop = label.end() if label and hit is None else stop
    m2 = ACRONYM.match(text, end, sentence.end)
    if m2:
        acronym, stop = m2.group(1).strip(), m2.end()
        number = number or (int(m2.group(2)) if m2.group(2) else None)
    elif hit and text[end : end + 1] == "-" and text[end + 1 : end + 3].strip().isdigit():
        number, year, stop = _numbered_or_dated(text, end, number, year)
    letters = [
        i for i in range(start, _known_end(text, start, end, hit, spans, g)) if not any(a <= i < b for a, b in spans)
    ]
    name, fold_name = "".join(raw[i] for i in letters).strip(), "".join(text[i] for i in letters).strip()
    sort = _sort(text[start:end], number, g)
    drill = sort == "exercise" and hit is None
    series = (label or LABEL.search(text, start, end) or _called(text, sentence.start, start, g)) if drill else None
    sits = None if hit or series else _sitting(fold_name, letters, spans, g, counted=number is not None)
    mark = None
    if series:
        mark, kind, year = _series(raw[series.start(1) : series.end(1)], year)
        plain, acronym = _labelled(raw, series, mark, start, end), acronym or _inside(text, series, end)
    elif sits and not _met_as(letters[sits[0] - 1] + 1, kind_at(text, end, g), hits):
        plain, kind = name[: sits[0]], sits[1]
    else:
        plain = plain_label or _unquoted(name, sort == "session", g.kinds)
        kind = kind_at(text, end, g) or _else(hit)
    return Mention(
        start,
        stop,
        "meeting",
        {
            "name": plain,
            "label": mark,
            "acronym": acronym,
            "ordinal": number,
            "rounds": rounds,
            "mkind": kind,
            "known": hit.entry.value if hit else None,
            "generic": plain in g.generic
            or (series is None and fold_name in g.generic)
            or bool(hit is None and g.generic_form and g.generic_form.fullmatch(fold_name)),
            "year": year,
            "congress": congress,
            "parties": tuple(
                dict.fromkeys(
                    h.entry.value
                    for h in hits
                    if h.entry.value and start <= h.start and h.end <= end and h.entry.kind in ("state", "bloc")
                )
            ),
            "one_off": fold_name.endswith(g.one_off) and number is None,
            "sort": sort,
            "series": series is not None,
            "name_end": end,
            "plain": _compared(text, letters, hits, g),
        },
        "phrase",
    )


def unthemed(out: list[Mention], text: str, start: int, end: int, g: PhraseGrammar) -> list[Mention]:
    """Return the mentions without meetings that only the theme of another names (*a forum themed "Our Community"*)."""
    if g.themes is None or not stands(g.theme, text, start, end):
        return out
    themes = [m.span() for m in g.themes.finditer(text, start, end)]
    return [m for m in out if m.kind != "meeting" or not any(a <= m.start and m.end <= b for a, b in themes)]
