"""PDF files as offices publish them, made for tests: letters at places on pages, in fonts that are not embedded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Words:
    """Words at a place of a page, in points from the lower left."""

    text: str
    x: float
    y: float
    size: float = 12


def pdf(pages: Sequence[Sequence[Words]]) -> bytes:
    """Return a PDF. Every letter is as wide as the font is high where it is wide, else half of that."""
    letters = sorted({c for page in pages for w in page for c in w.text})
    code = {c: n for n, c in enumerate(letters, 1)}
    widths = " ".join(f"{n} [{_width(c)}]" for c, n in code.items())
    more = "/FontDescriptor 5 0 R"
    system = "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000"
    table = "\n".join(f"<{n:04x}> <{c.encode('utf-16-be').hex()}>" for c, n in code.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{len(code)} beginbfchar\n{table}\nendbfchar\n"
        "endcmap end end"
    )
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>"
        % (b" ".join(b"%d 0 R" % (7 + 2 * n) for n in range(len(pages))), len(pages)),
        b"<</Type/Font/Subtype/Type0/BaseFont/Sans/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 6 0 R>>",
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/Sans/CIDSystemInfo{system}/W[{widths}]{more}>>".encode(),
        b"<</Type/FontDescriptor/FontName/Sans/Flags 4/FontBBox[0 -200 1000 800]/Ascent 800/Descent -200/StemV 80>>",
        _stream(cmap.encode()),
    ]
    for n, page in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >>"
            b" /Contents %d 0 R >>" % (8 + 2 * n)
        )
        drawn = "".join(
            f"BT /F {w.size} Tf {w.x} {w.y} Td <{''.join(f'{code[c]:04x}' for c in w.text)}> Tj ET\n" for w in page
        )
        objects.append(_stream(drawn.encode()))
    out, places = bytearray(b"%PDF-1.7\n"), []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def _width(letter: str) -> int:
    return 1000 if letter > "\u2e80" else 500


def _stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def typeset(title: str, paragraphs: Sequence[str], per_line: int, lines: int = 30, foot: str = "") -> bytes:
    """Return a document set like a communique: a large title, paragraphs set in and broken at the right edge."""
    rows: list[Words] = [Words(title, 150, 0, 18)]
    for text in paragraphs:
        left, first = text, True
        while left:
            size = per_line - (2 if first else 0)
            cut = len(left) if len(left) <= size else left.rfind(" ", 0, size + 1)
            cut = cut if cut > 0 else size
            rows.append(Words(left[:cut].strip(), 96 if first else 72, 0))
            left, first = left[cut:].strip(), False
    pages = []
    for n in range(0, len(rows), lines):
        some = rows[n : n + lines]
        page = [Words(w.text, w.x, 760 - 20 * i, w.size) for i, w in enumerate(some)]
        if foot:
            page = [Words(foot, 200, 800, 9), *page, Words(f"- {n // lines + 1} -", 280, 30, 9)]
        pages.append(page)
    return pdf(pages)


def write(path: Path, data: bytes) -> Path:
    """Write a file and return its path."""
    path.write_bytes(data)
    return path
