"""The process that opens a PDF: bytes on standard input, its lines as JSON on standard output. Run by ``pdf.read``."""

from __future__ import annotations

import json
import resource
import sys
from typing import Any

MEMORY, CPU = 2 * 1024**3, 25
MOST_PAGES, MOST_LETTERS, MOST_PIECES = 300, 2_000_000, 100_000
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
        pieces = text.count_rects()
        if letters > MOST_LETTERS or pieces > MOST_PIECES:
            raise RuntimeError("holds more text than a communique may have")
        rows: list[Row] = []
        for n in range(pieces):
            left, foot, right, head = text.get_rect(n)
            words = text.get_text_bounded(left, foot, right, head).replace("\r", "\n").replace("\x02", "")
            words = " ".join(words.split())
            if not words:
                continue
            height = head - foot
            before = rows[-1] if rows else None
            if before and abs(before[4] - foot) < 0.6 * max(height, before[5]) and left >= before[3] - height:
                gap = " " if left - before[3] > 0.2 * height else ""
                before[1] += gap + words
                before[3], before[5] = right, max(before[5], height)
            else:
                rows.append([number, words, left, right, foot, height])
        found += rows
        text.close()
        page.close()
    return found


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
