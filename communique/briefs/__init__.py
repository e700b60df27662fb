"""Briefs: what the record has of two states, a mechanism, a state or a person, on two pages, every sentence cited.

A brief is composed by templates from rows, never written freely. It is made once (``compose``) and looks the same in
every format (``FORMATS``): each is a function from a brief to the bytes of a file.
"""

from __future__ import annotations

import importlib
from pathlib import Path

from communique.briefs.compose import MOST_PAGES, PAGES, compose
from communique.briefs.frame import Brief, Note, Section, Sentence, linked, marked, readable
from communique.briefs.page import numbered
from communique.errors import CommuniqueError

FORMATS = {"docx": "word", "html": "page", "md": "markdown", "pdf": "paper"}
"""Ending of the file -> the module that makes it."""

__all__ = [
    "FORMATS",
    "MOST_PAGES",
    "PAGES",
    "Brief",
    "Note",
    "Section",
    "Sentence",
    "compose",
    "form_of",
    "linked",
    "marked",
    "numbered",
    "readable",
    "render",
]


def form_of(path: Path) -> str:
    """Return the format that the ending of a file names.

    Raises:
        CommuniqueError: it names none.
    """
    form = path.suffix.lower().removeprefix(".")
    if form not in FORMATS:
        raise CommuniqueError(
            f"no brief is written as {path.suffix or 'a file without ending'}",
            where=str(path),
            remedy=f"name a file that ends in {', '.join('.' + f for f in FORMATS)}",
        )
    return form


def render(brief: Brief, form: str) -> bytes:
    """Return a brief as the bytes of a file; ``form`` is one of ``FORMATS``.

    Raises:
        CommuniqueError: what the format needs is not installed.
    """
    made: bytes = importlib.import_module(f"{__name__}.{FORMATS[form]}").render(brief)
    return made
