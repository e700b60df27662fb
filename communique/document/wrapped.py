"""Lines that a machine broke, put together again into paragraphs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable


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


def paragraphs(text: str, narrowest: int = 45) -> list[str]:
    """Return the paragraphs of a text whose lines were broken at some width, a blank line between two.

    In a stretch whose lines are all shorter than ``narrowest`` letters, every line stands for itself.
    """
    found: list[str] = []
    for stretch in text.replace("\r\n", "\n").replace("\r", "\n").split("\n\n"):
        lines = [line for line in stretch.split("\n") if line.strip()]
        if not lines:
            continue
        widest = max(sum(2 if wide(c) else 1 for c in line) for line in lines)
        if len(lines) > 1 and narrowest <= widest <= 100:
            found.append(joined(lines))
        else:
            found += [" ".join(line.split()) for line in lines]
    return found
