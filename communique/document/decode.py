"""Bytes to text: the one place where a coding is decided. A guess counts only where it reads like a language."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from communique.errors import SourceError
from communique.loader.detect import DetectPack

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
LABEL = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
LEAST = 8
SAMPLE = 20_000
REMEDY = "save it as UTF-8"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with LF line ends, and the coding that it was read in."""

    text: str
    encoding: str


def decode(
    data: bytes, packs: Sequence[DetectPack], where: str, *, markup: bool = False, label: str | None = None
) -> Decoded:
    """Return the text of ``data``; ``markup`` lets a ``charset=`` label in the head count, ``label`` came
    beside it.

    Raises:
        SourceError: the bytes are binary, damaged, or in a coding that cannot be told.
    """
    if not data.strip(b" \t\r\n\x0b\x0c"):
        raise SourceError("the page is empty", where=where, remedy="save the page again")
    for bom, name in BOMS:
        if data.startswith(bom):
            text = _strict(data[len(bom) :], name)
            if text is None:
                raise SourceError(f"damaged {name.upper()}", where=where, remedy=REMEDY)
            return _done(text, name, where)
    text = _strict(data, "utf-8")
    if text is not None and not (b"\x00" in data and _guess(data, packs, wide=True)):
        return _done(text, "utf-8", where)
    inside = LABEL.search(data[:4096]) if markup else None
    for told in (label, inside.group(1).decode("ascii") if inside else None):
        labelled = _labelled(data, told) if told else None
        if told and labelled is not None:
            return _done(labelled, told.lower(), where)
    if damage := _damaged(data):
        line, at = damage
        raise SourceError(f"broken UTF-8 (byte 0x{data[at]:02x} at {at})", where=f"{where}:{line}", remedy=REMEDY)
    guess = _guess(data, packs, wide=False)
    if guess is not None:
        return _done(guess[1], guess[0], where)
    raise _binary(data, where)


def _done(text: str, encoding: str, where: str) -> Decoded:
    sample = text[:SAMPLE]
    odd = sum(1 for c in sample if unicodedata.category(c) == "Cc" and c not in "\t\n\r\x0b\x0c")
    if odd > len(sample) * 0.1:
        raise SourceError("binary data, not text", where=where, remedy="name a page of text or HTML")
    if not text.strip():
        raise SourceError("the page is empty", where=where, remedy="save the page again")
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), encoding)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _labelled(data: bytes, name: str) -> str | None:
    """Decode by a page's own label, where it names a text coding."""
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    if not getattr(info, "_is_text_encoding", True):
        return None
    try:
        return data.decode(info.name)
    except (UnicodeError, ValueError):
        return None


def _damaged(data: bytes) -> tuple[int, int] | None:
    """Return line and byte of the first fault, where the bytes are UTF-8 but for a few."""
    head = data[: 4 * SAMPLE]
    text = head.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for c in text if c > "\x7f") - bad
    if not bad or bad * 5 > good:
        if bad:
            return None
        text = data.decode("utf-8", "replace")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as e:
        return data.count(b"\n", 0, e.start) + 1, e.start
    return None


def _guess(data: bytes, packs: Sequence[DetectPack], *, wide: bool) -> tuple[str, str] | None:
    """Return the first coding, by the languages' rank, in which the bytes read like a language, and the text.

    ``wide`` asks for the codings of two bytes a letter alone, of which a few letters prove nothing.
    """
    twos = () if len(data) % 2 else ("utf-16-le", "utf-16-be")
    for pack in sorted(packs, key=lambda p: p.rank):
        for name in twos if wide else (*pack.encodings, *twos):
            text = _strict(data, name)
            if text is not None and wide and sum(1 for c in text[:SAMPLE] if c.isalpha()) < LEAST:
                continue
            if text is not None and likeness(text[:SAMPLE], pack) > 0:
                return name, text
    return None


def likeness(sample: str, pack: DetectPack) -> float:
    """Return how much a sample reads like the pack's language, 0 (no) to 1.

    Letters beyond ASCII must be the language's own, and its common letters must make up their usual share.
    """
    own = [c for c in sample if c.isalpha() and pack.letters.match(c)]
    beyond = [c for c in sample if c > "\x7f" and c.isalpha()]
    strange = sum(1 for c in sample if unicodedata.category(c) in {"Cc", "Cn", "Co"} and c not in "\t\n\r")
    if not own or not pack.common or sample.isascii() or strange > len(sample) * 0.02:
        return 0.0
    if sum(1 for c in beyond if pack.letters.match(c)) < len(beyond) * 0.6:
        return 0.0
    share = sum(1 for c in own if c in pack.common) / len(own)
    return share if share >= pack.common_least else 0.0


def _binary(data: bytes, where: str) -> SourceError:
    head = data[: 4 * SAMPLE]
    odd = sum(1 for b in head if b < 32 and b not in b"\t\n\r\x0b\x0c")
    if odd > len(head) * 0.02:
        return SourceError("binary data, not text", where=where, remedy="name a page of text or HTML")
    return SourceError("neither UTF-8 nor a coding that can be told", where=where, remedy=REMEDY)
