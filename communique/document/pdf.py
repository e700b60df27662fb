"""PDF: its text as paragraphs. A PDF is opened in a process of its own, with limits of time and memory.

A page of a PDF knows only where letters stand. A paragraph ends where a line ends before it must, where the next one is
set in, stands further below, or is of another size. What stands at the head or foot of most pages is left out.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from communique.document.wrapped import joined, wide
from communique.errors import SourceError

SECONDS = 30
REMEDY = "save its text as a file"
ENDS = re.compile(r"[.!?:;\u3002\uff01\uff1f\uff1a\uff1b\u2026][\"'\u201d\u2019)\]\u300d\uff09]{0,2}$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its words, left and right edge, foot and height, in points."""

    page: int
    text: str
    left: float
    right: float
    foot: float
    height: float


def read(data: bytes, where: str) -> list[str]:
    """Return the paragraphs of a PDF, the title first.

    Raises:
        SourceError: it cannot be opened, holds no text, or takes too long.
    """
    command = [sys.executable, "-m", "communique.document.pdftext"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as e:
        raise SourceError(f"not opened within {SECONDS} seconds", where=where, remedy=REMEDY) from e
    try:
        told = json.loads(done.stdout)
    except ValueError:
        told = {"error": "cannot be opened"}
    if "error" in told:
        raise SourceError(f"the PDF {told['error']}", where=where, remedy=REMEDY)
    found = paragraphs([Line(*row) for row in told["lines"]])
    if not found:
        raise SourceError("the PDF holds no text: it is a picture", where=where, remedy="have its letters read (OCR)")
    return found


def paragraphs(lines: Sequence[Line]) -> list[str]:
    """Return lines as paragraphs."""
    kept = _without_heads(lines)
    if not kept:
        return []
    left, right = _edges(kept)
    found: list[list[str]] = []
    before: Line | None = None
    for line in kept:
        if before is None or _begins(before, line, left, right):
            found.append([])
        found[-1].append(line.text)
        before = line
    return [text for group in found if (text := joined(group))]


def _begins(before: Line, line: Line, left: float, right: float) -> bool:
    """Does a line begin a paragraph?"""
    size = max(before.height, line.height, 1)
    if abs(before.height - line.height) > 0.2 * size:
        return True
    word = next((n for n, c in enumerate(line.text) if wide(c) or c.isspace()), len(line.text))
    letters = word + 1 if word else 3
    short = before.right + letters * (line.right - line.left) / len(line.text) < right
    if line.page != before.page:
        return short or ENDS.search(before.text) is not None and line.left > left + size
    if before.foot - line.foot > 2.1 * size:
        return True
    return short or (line.left > left + size and before.left <= left + size)


def _edges(lines: Sequence[Line]) -> tuple[float, float]:
    """Return where lines begin that are not set in, and where the long ones end."""
    begins, ends = sorted(x.left for x in lines), sorted(x.right for x in lines)
    return begins[len(begins) // 10], ends[-1 - len(ends) // 10]


def _without_heads(lines: Sequence[Line]) -> list[Line]:
    pages: dict[int, list[Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    usual = Counter(round(x.height) for x in lines).most_common(1)[0][0] if lines else 0
    outer = Counter(_bare(x.text) for page in pages.values() for x in {*page[:1], *page[-1:]})
    kept: list[Line] = []
    for page in pages.values():
        for n, line in enumerate(page):
            bare = _bare(line.text)
            at_edge = n == 0 or n == len(page) - 1
            small = len(pages) > 1 and round(line.height) < usual
            repeated = (len(pages) > 2 or small) and outer[bare] * 2 >= len(pages)
            number = len(bare) <= 2 and any(c.isdigit() for c in line.text)
            if not (at_edge and (repeated or number)):
                kept.append(line)
    return kept


def _bare(text: str) -> str:
    return "".join(c for c in text if c.isalpha())
