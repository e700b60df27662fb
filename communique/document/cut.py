"""Cut a unit's text into parts: title, lead, captions, dateline, body, credits, and what is printed again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from communique.document import dayline
from communique.document import rules as read
from communique.document.lines import Span, narrow, repeats, spans, trim
from communique.document.rules import Rules
from communique.model import Part

CAPTION_MOST = 300
HEAD, FOOT = 8, 2
"""Lines at the head and at the foot of a page among which the day of publication is looked for."""
CHANGED = 31
"""Days within which a page is changed; days further apart in lines of their own are a chronicle."""
MARK = 2
"""Letters of a line that is no title in an alphabet."""
ADDRESS = re.compile(r"(?:https?://|www\.)\S+$")
TITLE_MOST = 300
TITLE_LEAST = 2
"""Words of a title below a printed day; two letters of a script without blanks count as one."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A unit's parts and what they print: title, place of the dateline, day of publication (EDTF)."""

    title: str
    parts: tuple[Part, ...]
    dateline: str | None = None
    printed: str | None = None


def article(text: str, rules: Rules, known: Mapping[int, str] | None = None) -> Cut:
    """Cut an article. ``known`` tells the kind of a line (by its number among the lines that are not blank)
    where the page's markup says so.
    """
    lines = spans(text)
    days = _day_lines(text, lines, rules)
    at = next((i for i, s in enumerate(lines) if i not in days and _names(text[s.start : s.end])), None)
    at = next((i for i in range(len(lines)) if i not in days), 0) if at is None else at
    parts = [Part("dateline" if i in days else "body", s.start, s.end) for i, s in enumerate(lines[:at])]
    title, place, head = _head(text, lines[at], rules)
    parts += head
    day = next((d for i, d in days.items() if i < at), None)
    lead = _lead(text, lines, at, rules, {**dict.fromkeys(days, "dateline"), **(known or {})})
    for i, line in enumerate(lines[at + 1 :], at + 1):
        kind = (known or {}).get(i)
        again = _title_again(text, title, line, rules)
        if again is not None:
            parts.append(Part("repeat", line.start, again))
            if (rest := trim(text, again, line.end)) is not None:
                parts += _captioned(text, title, rest, rules)
        elif kind is None and (found := days.get(i) or read.printed(text, line, rules)):
            day = day or found
            place = place or _place(text, line, rules)
            parts.append(Part("dateline", line.start, line.end))
        elif kind == "caption" or (kind is None and i != lead and _is_caption(text, line, rules)):
            parts += _credited(text, line, "caption", rules)
        elif kind is None and read.notice(text, line, rules):
            parts.append(Part("credit", line.start, line.end))
        else:
            opening = (_opening if i - at < HEAD and place is None else read.dateline)(text, line, rules)
            if opening is not None and place is None:
                place, day = opening.place, day or opening.day
            parts += _paragraph(text, line, opening, lines[lead] if lead and lead != i else None, i == lead, rules)
    if day is None and rules.day_lines is not None and not _ends(text, title.end, rules):
        day = dayline.leading(text[title.start : title.end], rules.day_lines)
    return Cut(text[title.start : title.end], tuple(parts), place, day)


def _apart(days: Iterable[str]) -> bool:
    """Whether days lie further apart than the making of a page and its last change."""
    found = [date.fromisoformat(day) for day in days]
    return (max(found) - min(found)).days > CHANGED


def _opening(text: str, line: Span, rules: Rules) -> read.Dateline | None:
    """Return what opens a story before its first word: as an outlet has it, or any whole day with a place."""
    found = read.dateline(text, line, rules)
    if (found is None or found.day is None) and rules.day_lines is not None:
        return dayline.opening(text, line, rules.day_lines) or found
    return found


def _place(text: str, line: Span, rules: Rules) -> str | None:
    """Return the place of a line that prints place and day and nothing else."""
    opening = _opening(text, line, rules)
    whole = opening.place if opening is not None and opening.span.end >= line.end else None
    return whole if whole and not (rules.day_lines and dayline.stamp(whole, rules.day_lines)) else None


def _names(line: str) -> bool:
    """Whether a line may be a title: words, no address and no mark of a language alone (*EN*)."""
    wide = any(c > "\u2e7f" for c in line)
    return sum(c.isalnum() for c in line) > (0 if wide else MARK) and not ADDRESS.match(line)


def _day_lines(text: str, lines: list[Span], rules: Rules) -> dict[int, str]:
    """Return the day (EDTF) of each line at the head or the foot of a page that prints one, by its number.

    Above the title stands such a line only where a title follows.
    """
    if rules.day_lines is None:
        return {}
    found = dict[int, str]()
    body = next((i for i in range(1, len(lines)) if _ends(text, lines[i].end, rules)), len(lines))
    head = min(HEAD, len(lines))
    for i in (*range(head), *range(max(head, len(lines) - FOOT), len(lines))):
        if day := dayline.day_of(text[lines[i].start : lines[i].end], rules.day_lines, top=i == len(found)):
            found[i] = day
    if len(set(found.values())) > 1 and _apart(found.values()):
        return {}  # a list of what happened when
    first = next((i for i in range(len(lines)) if i not in found), 0)
    titled = first < max(body, 1) and dayline.size(text[lines[first].start : lines[first].end]) >= TITLE_LEAST
    return found if titled else {i: day for i, day in found.items() if i >= first}


def _head(text: str, line: Span, rules: Rules) -> tuple[Span, str | None, list[Part]]:
    """Return the title, the place of a dateline before it, and the parts of the title's line.

    A page without a title line begins with a paragraph: its first sentence stands for a title.
    """
    opening = _opening(text, line, rules)
    if opening is not None and not _ends(text, line.end, rules):
        opening = None
    own = trim(text, opening.span.end, line.end) if opening else line
    if own is None or (own == line and line.end - line.start <= TITLE_MOST):
        return line, None, [Part("title", line.start, line.end)]
    most = min(own.end, own.start + TITLE_MOST)
    stop = next((i for i in range(own.start + 1, most) if _ends(text, i, rules)), most)
    title = trim(text, own.start, stop) or own
    rest = trim(text, title.end, own.end)
    parts = [Part("dateline", opening.span.start, opening.span.end)] if opening else []
    parts.append(Part("title", title.start, title.end))
    parts += _credited(text, rest, "body", rules, closing_only=True) if rest else []
    return title, opening.place if opening else None, parts


def _ends(text: str, end: int, rules: Rules) -> bool:
    """Does a sentence end here?"""
    return rules.layout.text.sentence_end.search(narrow(text[max(0, end - 8) : end])) is not None


def teaser(text: str, title: Span, caption: Span | None, lead: list[Span], rules: Rules) -> Cut:
    """Cut a teaser whose lines are told apart already."""
    parts: list[Part] = []
    if caption is not None:
        parts += _captioned(text, title, caption, rules)
    parts.append(Part("title", title.start, title.end))
    place = None
    for line in lead:
        opening = _opening(text, line, rules)
        if opening is not None and place is None:
            place = opening.place
        parts += _paragraph(text, line, opening, None, True, rules)
    return Cut(text[title.start : title.end], tuple(parts), place)


def _captioned(text: str, title: Span, caption: Span, rules: Rules) -> list[Part]:
    """Return a caption and its credit; one that says no more than the title is the title again."""
    end = repeats(text, title, caption)
    own = read.closing(text, caption, rules.photo_credits)
    rest = text[end : caption.end if own is None else own] if end is not None else "x"
    return _credited(text, caption, "caption" if any(c.isalnum() for c in rest) else "repeat", rules)


def _title_again(text: str, title: Span, line: Span, rules: Rules) -> int | None:
    """Return where a repetition of the title ends, its marker included; it fills the line or has the marker."""
    end = repeats(text, title, line)
    if end is None:
        return None
    marker = rules.layout.text.caption_marker
    if marker is not None and (m := marker.match(text, end, line.end)):
        return m.end()
    return end if end >= line.end else None


def _is_caption(text: str, line: Span, rules: Rules) -> bool:
    if line.end - line.start > CAPTION_MOST:
        return False
    begin = read.closing(text, line, rules.photo_credits)
    return begin is not None and begin > line.start


def _lead(text: str, lines: list[Span], title: int, rules: Rules, known: Mapping[int, str]) -> int | None:
    """Return the number of the lead: what the markup says, what is printed again, what a dateline follows."""
    marked = [i for i, kind in known.items() if kind == "lead"]
    if marked:
        return marked[0]
    for i in range(title + 1, len(lines)):
        line = lines[i]
        if _title_again(text, lines[title], line, rules) is not None or read.printed(text, line, rules):
            continue
        if _is_caption(text, line, rules) or _opening(text, line, rules):
            return None
        following = lines[i + 1 : i + 12]
        for later in following:
            opening = read.dateline(text, later, rules)
            if opening or _title_again(text, lines[title], later, rules) is not None:
                return i
            if repeats(text, line, later) is not None:
                return i
        return None
    return None


def _paragraph(
    text: str, line: Span, opening: read.Dateline | None, lead: Span | None, is_lead: bool, rules: Rules
) -> list[Part]:
    """Cut a paragraph into dateline, what repeats the lead, its own words, and closing credits."""
    parts: list[Part] = []
    start = line.start
    if opening is not None:
        parts.append(Part("dateline", opening.span.start, opening.span.end))
        start = opening.span.end
    rest = trim(text, start, line.end)
    if rest is not None and lead is not None and (end := repeats(text, lead, rest)) is not None:
        parts.append(Part("repeat", rest.start, end))
        rest = trim(text, end, line.end)
    if rest is not None:
        parts += _credited(text, rest, "lead" if is_lead else "body", rules, closing_only=True)
    return parts


def _credited(text: str, span: Span, kind: str, rules: Rules, *, closing_only: bool = False) -> list[Part]:
    """Return the span as ``kind``, with the credits at its end apart."""
    patterns = rules.credits if closing_only else (*rules.photo_credits, *rules.credits)
    begin = read.closing(text, span, patterns)
    if begin is None:
        return [Part(kind, span.start, span.end)]
    parts: list[Part] = []
    if (own := trim(text, span.start, begin)) is not None:
        parts.append(Part(kind, own.start, own.end))
    if (credit := trim(text, begin, span.end)) is not None:
        parts.append(Part("credit", credit.start, credit.end))
    return parts
