"""Words for the search: runs of letters written without spaces become pairs, everything else words.

Both a text and a query are cut here, so that the index holds plain tokens whatever the database is.
Case, width and diacritics are folded away.
"""

from __future__ import annotations

import re
import unicodedata

# Letters of scripts that set no spaces between words: Thai to Lao, Burmese, Khmer, kana, Han and its extensions.
_DENSE = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3005, 0x3007),
    (0x3040, 0x30FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
_CLASS = "".join(f"\\U{a:08x}-\\U{b:08x}" for a, b in _DENSE)
_RUN = re.compile(rf"[{_CLASS}]+|[^\W_{_CLASS}]+")
_DENSE_RUN = re.compile(f"[{_CLASS}]+")
_STROKED = str.maketrans({"\u0111": "d", "\u0110": "d", "\u00f8": "o", "\u0142": "l"})


def plain(text: str) -> str:
    """Return ``text`` without case, width and the diacritics of Latin, Greek and Cyrillic letters."""
    wide = unicodedata.normalize("NFKC", text).casefold().translate(_STROKED)
    if wide.isascii():
        return wide
    parts = unicodedata.normalize("NFD", wide)
    return unicodedata.normalize("NFC", "".join(c for c in parts if not "\u0300" <= c <= "\u036f"))


def runs(text: str) -> list[tuple[str, bool]]:
    """Return the runs of ``text`` in order, each with whether it is of a script without spaces."""
    return [(m[0], bool(_DENSE_RUN.fullmatch(m[0]))) for m in _RUN.finditer(plain(text))]


def tokens(text: str) -> list[str]:
    """Return the tokens of a text: words; of a run without spaces every pair, then its last letter alone."""
    out: list[str] = []
    for run, dense in runs(text):
        if dense:
            out.extend(run[i : i + 2] for i in range(len(run)))
        else:
            out.append(run)
    return out


def phrases(query: str) -> list[tuple[list[str], bool]]:
    """Return what a query asks for: phrases of tokens that all must stand, each with whether its end is a prefix.

    Quotation marks hold words together; otherwise blanks part them. A single letter at the end is a prefix.
    """
    out = []
    for quoted, word in re.findall(r'["\u201c\u201d]([^"\u201c\u201d]+)["\u201c\u201d]|([^\s"\u201c\u201d]+)', query):
        phrase: list[str] = []
        cut = runs(quoted or word)
        for i, (run, dense) in enumerate(cut):
            whole = [run[j : j + 2] for j in range(len(run))] if dense else [run]
            open_end = dense and i == len(cut) - 1 and len(run) > 1
            phrase.extend(whole[:-1] if open_end else whole)
        if phrase:
            out.append((phrase, len(cut[-1][0]) == 1))
    return out
