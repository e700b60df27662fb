"""The process that opens a PDF: bytes on standard input, its lines as JSON on standard output. Run by ``pdf.read``."""

from __future__ import annotations

import json
import resource
import sys
from typing import Any

MEMORY, CPU = 2 * 1024**3, 25
MOST_PAGES, MOST_LETTERS = 300, 500_000
Row = list[Any]


def lines(data: bytes) -> list[Row]:
    """Return page, words, left, right, foot and height of every line.

    Raises:
        RuntimeError: it cannot be opened, or is too long.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    if len(document) > MOST_PAGES:
        raise RuntimeError(f"has more than {MOST_PAGES} pages")
    found: list[Row] = []
    letters = 0
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        letters += text.count_chars()
        if letters > MOST_LETTERS:
            raise RuntimeError(f"has more than {MOST_LETTERS} letters")
        found += _page(number, text)
        text.close()
        page.close()
    return found


def _page(number: int, text: Any) -> list[Row]:
    """Return the lines of a page: letters on one foot, in the order of the file."""
    from ctypes import byref, c_double

    from pypdfium2 import raw

    rows: list[Row] = []
    words = text.get_text_range()
    x, foot = c_double(), c_double()
    for n, letter in enumerate(words):
        if letter in "\r\n\x02" or not raw.FPDFText_GetCharOrigin(text, n, byref(x), byref(foot)):
            continue
        left, low, right, high = text.get_charbox(n, loose=True)
        height, row = high - low, rows[-1] if rows else None
        if row and abs(row[4] - foot.value) < 0.4 * max(row[5], height) and left > row[3] - 3 * height:
            row[1] += letter
            row[3] = max(row[3], right) if letter.strip() else row[3]
            row[5] = max(row[5], height) if letter.strip() else row[5]
        elif letter.strip():
            rows.append([number, letter, left, right, foot.value, height])
    return [[r[0], " ".join(r[1].split()), *r[2:]] for r in rows if r[1].strip()]


def main() -> None:
    """Read, and write what was found or what is wrong."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU, CPU))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        told: dict[str, Any] = {"lines": lines(sys.stdin.buffer.read())}
    except MemoryError:
        told = {"error": "takes too much memory"}
    except Exception as e:  # noqa: BLE001 - whatever the library says of hostile bytes
        said = " ".join(str(e).split())[:120]
        told = {
            "error": "is locked"
            if "assword" in said
            else said
            if said.startswith("has")
            else f"cannot be opened ({said})"
        }
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
