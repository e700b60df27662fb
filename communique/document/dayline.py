"""Tell a line that prints the day of publication: a full day among labels, and no sentence.

Sites print that day in a hundred ways (*By A. Writer | Mon, 24 Nov 2025 10:20 GMT*). What they
share: the line is short, stands at the head or at the foot of a page, holds a whole day, and around it stand only
a clock, a day of the week and a few labels, parted by signs. So the day and what goes with it are taken out, and the
rest must be labels.
"""

from __future__ import annotations

import re
import unicodedata

from communique.document.lines import FRAME, Span, narrow, trim
from communique.document.rules import Dateline, edtf
from communique.loader.outlet import DayLines

DAY = "\x00"
BESIDE = "\x01"
SIGNS = r"|/:;,()\[\]<>«»=~*\u00b7\u2022\u3010\u3011\u300a\u300b\u2014\u2013\x00\x01"
PARTED = re.compile(rf"[{SIGNS}]+|(?<!\w)-|-(?!\w)|\s{{2,}}")
OPENING = 100
"""Letters in which a paragraph's opening ends."""
LABEL = 6
"""Words of a label; two letters of a script without blanks count as one."""
SMALL = 3
"""Letters of the small words that join the capital ones of a name: *Ministry of Foreign Affairs of the Republic*."""
LAST = 2
"""Words of the last label of a line that ends with a full stop."""
LABELS = 14
"""Words of all labels of a line."""
ABOVE = 4
"""The same of a line above the title."""


LEAST = 5
"""Numbers of a whole day whose month is named by a word: *5 May 2025*."""


def day_of(line: str, forms: DayLines, *, top: bool = False) -> str | None:
    """Return the day (EDTF) that a line prints as that of publication, the earliest of several; else None.

    At the ``top`` of a page, where a title may stand, next to nothing may go with the day.
    """
    if len(line) > FRAME or not _counts(line):
        return None
    line = unicodedata.normalize("NFC", narrow(line)).strip()
    ended = forms.ends.search(line) if forms.ends else None
    days, rest = list[str](), line[: ended.start()] if ended else line
    for form in forms.days:
        found = [(m.span(), day) for m in form.finditer(rest) if (day := edtf(m))]
        for (start, end), day in reversed(found):
            days.append(day)
            rest = rest[:start] + DAY + rest[end:]
    if not days:
        return None
    for form in forms.beside:
        rest = form.sub(BESIDE, rest)
    if ended and not (rest.strip(BESIDE + " ").endswith(DAY) and _told(rest, forms)):
        return None  # a sentence, unless it says no more than when the page was published
    return min(days) if _labels(rest, forms, ABOVE if top else LABELS) else None


def _told(rest: str, forms: DayLines) -> bool:
    """Whether words right before the day say what it is (*published on*)."""
    return any(f.search(rest[: rest.index(DAY)]) for f in forms.told_before)


def leading(title: str, forms: DayLines) -> str | None:
    """Return the whole day (EDTF) that a title begins with: *24 November 2025: press briefing*."""
    head = narrow(title[:OPENING])
    found = (m for form in forms.days if (m := form.match(head))) if _counts(head) else ()
    return next((day for m in found if (day := edtf(m))), None)


def opening(text: str, span: Span, forms: DayLines) -> Dateline | None:
    """Return the opening of a paragraph that holds a whole day and the place: *Place, day (Agency) -*."""
    head = narrow(text[span.start : min(span.end, span.start + OPENING)])
    if not _counts(head):
        return None
    for form in forms.days:
        m = form.search(head)
        day = edtf(m) if m else None
        if m is None or day is None:
            continue
        before = next((f for p in forms.opens if (f := p.fullmatch(head, 0, m.start()))), None)
        behind = next((f for p in forms.closes if (f := p.match(head, m.end()))), None) if before else None
        whole = trim(text, span.start, span.start + behind.end()) if behind else None
        if before is None or behind is None or whole is None or whole.end >= span.end:
            continue
        place = before.groupdict().get("place") or behind.groupdict().get("place")
        if not place and m.start() == 0 and not behind.group()[:1].isalpha():
            continue  # a row of a chronicle
        return Dateline(whole, place.strip() if place and not stamp(place, forms) else None, day)
    return None


def stamp(words: str, forms: DayLines) -> bool:
    """Whether words only go with a day (a clock, a day of the week), so that they are no place."""
    return any(form.fullmatch(words.strip(" ,.")) for form in forms.beside)


def _labels(rest: str, forms: DayLines, most: int) -> bool:
    """Whether what stands around the day are labels: nothing glued to it, nothing that a sentence has."""
    for m in re.finditer(DAY, rest):
        before, behind = rest[: m.start()], rest[m.end() :]
        if any(f.search(before) for f in forms.told_before) or not before:
            pass
        elif _wide(before[-1]) or any(f.search(before) for f in forms.bound):
            return False
        if behind and _wide(behind[0]) and not any(f.match(behind) for f in forms.told_behind):
            return False
        if any(f.match(behind) for f in forms.goes_on):
            return False
    for form in (*forms.told_before, *forms.told_behind):
        rest = form.sub(BESIDE, rest)
    sizes = [size(label) for label in PARTED.split(rest)]
    if rest.endswith(".") and sizes[-1] > LAST:
        return False
    return max(sizes) <= LABEL and sum(sizes) <= most


def size(label: str) -> float:
    """Return how many words a label has, two letters of a script without blanks for one.

    Of a name in capital letters the small words between are not counted.
    """
    wide = sum(map(_wide, label))
    words = [word for word in label.split() if not _wide(word[0])]
    small = [word for word in words[1:-1] if word.islower()]
    joined = all(len(word) <= SMALL for word in small) and all(word[:1].isupper() for word in (*words[:1], *words[-1:]))
    return wide / 2 + len(words) - (len(small) if joined else 0)


def _counts(words: str) -> bool:
    """Whether words hold as many numbers, of any script, as a day and its year have at least (*8/2024*)."""
    return sum(map(str.isnumeric, words)) >= LEAST


def _wide(letter: str) -> bool:
    return letter.isalpha() and unicodedata.east_asian_width(letter) == "W"
