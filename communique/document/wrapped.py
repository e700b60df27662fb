"""Lines that a machine broke, put together again into paragraphs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

NARROWEST, WIDEST = 45, 100
"""How wide lines are that a machine broke, a wide letter counted as two."""
BROKEN = 2
"""Lines that must go on in the next before a text is taken for one with broken lines."""
LIKE = 10
"""How much wider a line may be than the widest that goes on with a small letter."""
ENDING = frozenset("!?:;\u3002\uff01\uff1f\uff1a\uff1b\u201d\u2019\"')")
MARKED = re.compile(r"[-*\u2022\u25e6\u25cf\u00b7\u2013\u2014]|\(?[0-9a-zA-Z]{1,3}[.)]\s")
"""What a line of its own begins with: the mark or the number of an entry in a list."""


def wide(letter: str) -> bool:
    """Tell whether a letter is of a script that sets no blanks between words."""
    return unicodedata.east_asian_width(letter) in ("W", "F")


def joined(lines: Iterable[str]) -> str:
    """Return lines as one: without a blank between letters of a script that has none, else with one."""
    out = ""
    for line in lines:
        words = " ".join(line.split())
        if not words:
            continue
        if out and not (wide(out[-1]) or wide(words[0])):
            out += " "
        out += words
    return out


def width(line: str) -> int:
    """Return how wide a line is, a wide letter counted as two."""
    return len(line) + (0 if line.isascii() else sum(map(wide, line)))


def broken(text: str) -> list[int]:
    """Return where line ends stand in ``text`` that a machine set, so that the next line goes on.

    Only a text is taken for one of broken lines where several go on with a small letter or, in a script without blanks
    between words, end in a letter. Of the other lines those go on that have no room for the next word, or hardly any.
    """
    rows: list[tuple[int, str, str]] = []
    at = 0
    lines = text.split("\n")
    for line, after in zip(lines, lines[1:], strict=False):
        at += len(line) + 1
        if line.strip() and after.strip() and not (line.rstrip()[-1] in ENDING or MARKED.match(after.lstrip())):
            rows.append((at - 1, line.rstrip(), after.strip()))
    plain = [line for _, line, after in rows if _goes_on(line, after)]
    if len(plain) < BROKEN or len(plain) * 4 < sum(line[-1] != "." for _, line, _ in rows):
        return []
    like = max(map(width, plain)) + LIKE
    full = max(w for _, line, _ in rows if (w := width(line)) <= like)
    return [end for end, line, after in rows if _goes_on(line, after, 0) or _full(line, after, full)]


def _goes_on(line: str, after: str, narrowest: int = NARROWEST) -> bool:
    """Whether a line of some width goes on in the next with a small letter, or with one of a script without blanks."""
    if wide(after[0]):
        return NARROWEST <= width(line) <= WIDEST and line[-1].isalpha()
    return narrowest <= width(line) <= WIDEST and after[0].islower() and line[-1] != "."


def _full(line: str, after: str, full: int) -> bool:
    """Whether a line has no room, or hardly any, for the first word of the next."""
    first = 2 if wide(after[0]) else 1 + len(after.split(maxsplit=1)[0])
    room = 0 if wide(after[0]) else full // 6
    return full - room < width(line) + first and width(line) <= full


def paragraphs(text: str, narrowest: int = NARROWEST) -> list[str]:
    """Return the paragraphs of a text whose lines were broken at some width, a blank line between two.

    In a stretch whose lines are all shorter than ``narrowest`` letters, every line stands for itself.
    """
    found: list[str] = []
    for stretch in text.replace("\r\n", "\n").replace("\r", "\n").split("\n\n"):
        lines = [line for line in stretch.split("\n") if line.strip()]
        if not lines:
            continue
        widest = max(map(width, lines))
        if len(lines) > 1 and narrowest <= widest <= WIDEST:
            found.append(joined(lines))
        else:
            found += [" ".join(line.split()) for line in lines]
    return found
