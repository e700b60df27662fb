"""What the outlet packs say about one page: the layout of its outlet, and the forms that all agencies print."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from communique.document.lines import FRAME, Span, narrow, trim
from communique.errors import PackError
from communique.loader.anyword import any_word, needed, stands
from communique.loader.outlet import DayLines, Layout, OutletPack

Pattern = re.Pattern[str]
Find = Callable[[str], re.Match[str] | None]
SIGNS_IN = 40_000
TEN = 10
ERA = re.compile(r"since\d{4}")


@dataclass(frozen=True, slots=True)
class Rules:
    """The forms that a page is read by."""

    outlet: OutletPack
    layout: Layout
    datelines: tuple[Pattern, ...]
    printed: tuple[Pattern, ...]
    credits: tuple[Pattern, ...]
    photo_credits: tuple[Pattern, ...]
    notices: tuple[Pattern, ...]
    day_lines: DayLines | None = None


@dataclass(frozen=True, slots=True)
class Dateline:
    """How a paragraph opens: its span, the place, and the day that it prints (EDTF), where it does."""

    span: Span
    place: str | None
    day: str | None = None


def choose(packs: Sequence[OutletPack], text: str, url: str | None) -> OutletPack:
    """Return the outlet of a page: by its address, else by the signs in its text, else the generic pack.

    Raises:
        PackError: there is no generic pack.
    """
    host = (urlsplit(url).hostname or "") if url else ""
    for pack in packs:
        if any(host == h or host.endswith("." + h) for h in pack.hosts):
            return pack
    sample = narrow(text[:SIGNS_IN])
    scores = [(sum(pack.signed(sample)), -i, pack) for i, pack in enumerate(packs)]
    best = max(scores, key=lambda s: s[:2], default=None)
    if best and best[0]:
        return best[2]
    for pack in packs:
        if pack.generic:
            return pack
    raise PackError("no outlet pack is generic", where="packs/outlets", remedy="mark one with generic: true")


def rules_for(packs: Sequence[OutletPack], outlet: OutletPack, published: str | None) -> Rules:
    """Return the rules of ``outlet`` for a page of that day; its own forms come first, then all others'."""
    ordered = [outlet, *(p for p in packs if p.code != outlet.code)]
    return Rules(
        outlet=outlet,
        layout=layout_on(outlet, published),
        datelines=tuple(x for p in ordered for x in p.datelines),
        printed=tuple(x for p in ordered for x in p.printed),
        credits=tuple(x for p in ordered for x in p.credits),
        photo_credits=tuple(x for p in ordered for x in p.photo_credits),
        notices=tuple(x for p in ordered for x in p.notices),
        day_lines=next((p.day_lines for p in ordered if p.day_lines), None),
    )


def layout_on(outlet: OutletPack, published: str | None) -> Layout:
    """Return the layout that pages of that day had; the one in use now where the day is unknown."""
    try:
        day = datetime.date.fromisoformat(published or "")
    except ValueError:
        return outlet.layouts[0]
    dated = sorted((x for x in outlet.layouts if x.valid_until and x.valid_until >= day), key=_until)
    return dated[0] if dated else outlet.layouts[0]


def _until(layout: Layout) -> datetime.date:
    return layout.valid_until or datetime.date.max


def dateline(text: str, span: Span, rules: Rules) -> Dateline | None:
    """Return the dateline that opens a paragraph."""
    head = narrow(text[span.start : min(span.end, span.start + FRAME)])
    for pattern in rules.datelines:
        m = pattern.match(head)
        whole = trim(text, span.start, span.start + m.end()) if m else None
        if m and whole:
            place = text[span.start + m.start("place") : span.start + m.end("place")].strip() or None
            return Dateline(whole, place, edtf(m))
    return None


def notice(text: str, span: Span, rules: Rules) -> bool:
    """Return whether a line is a notice of the page's, no content of the story."""
    if span.end - span.start > FRAME:
        return False
    line = narrow(text[span.start : span.end]).strip()
    return any(p.fullmatch(line) for p in rules.notices)


def closing(text: str, span: Span, patterns: tuple[Pattern, ...]) -> int | None:
    """Return where the credits begin that close a paragraph, None if there are none."""
    end, found = span.end, False
    for _ in range(4):
        start = max(span.start, end - FRAME)
        tail = narrow(text[start:end])
        gate, rows, others = _fitting(patterns, tail.endswith(")"), "\n" in tail)
        if gate.search(tail):
            others += tuple(find for find, must in rows if stands(must, tail, 0, FRAME))
        hits = [m.start() for find in others if (m := _last(find, tail))]
        if not hits:
            break
        found = True
        rest = trim(text, span.start, start + min(hits))
        if rest is None:
            return span.start
        end = rest.end
    return end if found else None


@lru_cache(maxsize=128)
def _fitting(
    patterns: tuple[Pattern, ...], bracket: bool, lines: bool
) -> tuple[Pattern, tuple[tuple[Find, tuple[str, ...]], ...], tuple[Find, ...]]:
    """What finds the letters that some patterns need, how to find each of these with its letters, and the others.

    One that ends with a bracket fits only where the text does; of one line, a whole line is looked for at its head.
    """
    once = {p.pattern: p for p in patterns}
    fit = {words: p for words, p in once.items() if bracket or not words.endswith(r"\)$")}
    finds = {words: p.search if lines or words[:5] != "(?m:^" else p.match for words, p in fit.items()}
    rows = tuple((find, must) for words, find in finds.items() if all(must := needed(words)))
    others = tuple(find for words, find in finds.items() if not all(needed(words)))
    return re.compile(any_word(w for _, must in rows for w in must)), rows, others


def _last(find: Find, tail: str) -> re.Match[str] | None:
    m = find(tail)
    return m if m and m.end() == len(tail) and m.start() < m.end() else None


def printed(text: str, span: Span, rules: Rules) -> str | None:
    """Return the day (EDTF) that a line prints as the day of publication."""
    if span.end - span.start > FRAME:
        return None
    line = unicodedata.normalize("NFC", narrow(text[span.start : span.end]))
    for pattern in rules.printed:
        if m := pattern.fullmatch(line):
            return edtf(m)
    return None


def edtf(m: re.Match[str]) -> str | None:
    """Return year, month and day groups as EDTF, None where they are no day; groups m1 to m12 are named months.

    A group ``since1911`` holds a year counted from that one.
    """
    groups = m.groupdict()
    named = next((str(n) for n in range(1, 13) if groups.get(f"m{n}")), None)
    groups["month"] = groups.get("month") or named
    era = next((k for k, v in groups.items() if v and ERA.fullmatch(k)), None)
    try:
        year, month, day = (_number(groups[k]) if groups.get(k) else None for k in ("year", "month", "day"))
        if era is not None:
            year = _number(str(groups[era])) + int(era.removeprefix("since"))
        if year is None:
            return None
        if month is None or day is None:
            return f"{year:04d}" if month is None else f"{year:04d}-{datetime.date(year, month, 1).month:02d}"
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def _number(word: str) -> int:
    """Return a number in digits of any script, in places (*2025*) or with a word for ten (as in *two-ten-four*)."""
    worth = [int(unicodedata.numeric(letter)) for letter in word]
    if TEN not in worth:
        return int("".join(map(str, worth)))
    at = worth.index(TEN)
    return (worth[at - 1] if at else 1) * TEN + sum(worth[at + 1 :])
