"""JSON Lines of articles: one object a line, read line by line and never as a whole."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from communique.errors import SourceError
from communique.model import Raw
from communique.source.limits import MEGABYTE, Limits

SHAPE = 'a line is an object such as {"id": "…", "title": "…", "text": "…"}'
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read(file: BinaryIO, where: str, limits: Limits) -> Iterator[Raw | SourceError]:
    """Yield one Raw per line of a JSON Lines file, or a SourceError naming ``file:line``.

    A line without an ``id`` is named ``<file>:<line>``. Blank lines are passed over.

    Raises:
        OSError: the file cannot be read.
    """
    name, number, found = Path(where).name, 0, False
    while line := file.readline(limits.line + 1):
        number += 1
        if number == 1:
            if line.startswith(WIDE):
                yield SourceError("JSON Lines in UTF-16", where=f"{where}:1", remedy="save the file as UTF-8")
                return
            line = line.removeprefix(codecs.BOM_UTF8)
        if len(line) > limits.line and not line.endswith(b"\n"):
            found = True
            while line and not line.endswith(b"\n"):
                line = file.readline(MEGABYTE)
            yield SourceError(
                f"the line is longer than {limits.line / MEGABYTE:g} MB",
                where=f"{where}:{number}",
                remedy="one line is one article",
            )
            continue
        if line := line.strip(b" \t\r\n"):
            found = True
            yield article(line, f"{name}:{number}", f"{where}:{number}")
    if not found:
        yield SourceError("the file holds no line", where=where, remedy=SHAPE)


def article(data: bytes, fallback: str, where: str) -> Raw | SourceError:
    """Return the Raw of one article object; ``fallback`` is its name where it has no ``id``."""
    value = parse(data, where)
    if isinstance(value, SourceError):
        return value
    name = value.get("id", fallback)
    if isinstance(name, int) and not isinstance(name, bool):
        name = str(name)
    if not isinstance(name, str) or not name.strip():
        return SourceError("the id is no string", where=where, remedy="give it as text, or leave it out")
    url = value.get("url")
    name = name.encode("utf-8", "replace").decode("utf-8")
    return Raw(source=name, data=data, media="application/json", origin=where, url=url if _address(url) else None)


def parse(data: bytes, where: str) -> dict[str, Any] | SourceError:
    """Return the object that the bytes hold, with a ``text`` that is a string, or what is wrong with them."""
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as e:
        return SourceError(f"not UTF-8 at byte {e.start}", where=where, remedy="JSON is written in UTF-8")
    except json.JSONDecodeError as e:
        return SourceError(f"not JSON: {e.msg} at letter {e.pos}", where=where, remedy=SHAPE)
    except (ValueError, RecursionError):
        return SourceError("not JSON that can be read: too deep, or a number too long", where=where, remedy=SHAPE)
    if not isinstance(value, dict):
        return SourceError("not an object", where=where, remedy=SHAPE)
    if "text" not in value:
        return SourceError("the object has no text", where=where, remedy=SHAPE)
    if not isinstance(value["text"], str):
        return SourceError("the text is no string", where=where, remedy=SHAPE)
    return value


def _address(url: object) -> bool:
    return isinstance(url, str) and url.startswith(("http://", "https://")) and len(url) < 4096
