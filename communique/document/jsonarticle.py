"""One article object of JSON or JSON Lines: its text as the record counts it, and its metadata."""

from __future__ import annotations

import re
from dataclasses import dataclass

from communique.document import published
from communique.errors import SourceError
from communique.model import Raw
from communique.source import jsonlines

TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


@dataclass(frozen=True, slots=True)
class Article:
    """``text`` is title, blank line, text; the other fields are None where the object does not give them."""

    text: str
    url: str | None
    outlet: str | None
    lang: str | None
    published: str | None
    notes: tuple[str, ...]


def article(raw: Raw) -> Article:
    """Return the article of a raw object.

    Raises:
        SourceError: it is no article object, or its text is empty.
    """
    value = jsonlines.parse(raw.data, raw.origin)
    if isinstance(value, SourceError):
        raise value
    notes: list[str] = []
    body = _plain(value["text"], notes)
    if not body.strip():
        raise SourceError("the text is empty", where=raw.origin, remedy="give the article's text")
    title = value.get("title")
    title = " ".join(_plain(title, notes).split("\n")).strip() if isinstance(title, str) else ""
    day = published.from_metadata(value.get("published"))
    if value.get("published") and day is None:
        notes.append("published is no EDTF date and was left out")
    lang = value.get("lang")
    if not (isinstance(lang, str) and TAG.fullmatch(lang)):
        lang = None
    outlet = value.get("outlet")
    outlet = outlet.strip() or None if isinstance(outlet, str) else None
    return Article(f"{title}\n\n{body}" if title else body, raw.url, outlet, lang, day, tuple(dict.fromkeys(notes)))


def _plain(text: str, notes: list[str]) -> str:
    """Line ends as LF; half letters (lone surrogates), which no file can hold, as U+FFFD."""
    whole = text.replace("\r\n", "\n").replace("\r", "\n")
    safe = whole.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if safe != whole:
        notes.append("broken letters (lone surrogates) stand as U+FFFD")
    return safe
