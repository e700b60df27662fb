"""The shape of the packs under ``briefs``: how a brief says things in one language."""

from __future__ import annotations

import string
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator

from communique.errors import CommuniqueError
from communique.loader import yamlfile
from communique.loader.gazetteer import Name, Shape
from communique.loader.packs import root


def _plain(text: str) -> str:
    """Return a template of which every brace holds one plain word: no attribute, index or format."""
    for _, field, form, conversion in string.Formatter().parse(text):
        if field is not None and (not field.isidentifier() or form or conversion):
            raise ValueError(f"{{{field}}} is no plain word")
    return text


Template = Annotated[Name, AfterValidator(_plain)]
Spaced = Annotated[str, AfterValidator(_plain)]
Templates = dict[str, Spaced]


class BriefCase(Shape):
    """An item of the codebook, the words that state it, and the sentence that a brief makes of it."""

    values: dict[str, Any]
    quote: str = ""
    says: str


class BriefPack(Shape):
    """The words of a brief in one language. Every group is a table of templates or of words of the codebook.

    Attributes:
        locale: as Unicode's locale data name it; dates, lists and names of states are written its way.
        latin: whether the language is written in Latin letters, so that a printed Latin form of a name is preferred.
        quotes: what stands before and after words of a source.
        round: a round of a mechanism, ``numbered`` or ``bare``.
        feed: a line of a calendar or a feed: an ``event`` with its ``parties``, ``marked`` with its state, the title.
        chart: what charts are called, and the words in them.
        engagement: a sentence per type; status: what is put for one that did not yet take place, or not at all.
    """

    code: Name
    locale: Name
    latin: bool
    quotes: tuple[str, str]
    title: Templates
    kinds: Templates
    head: Templates
    sections: Templates
    dates: Templates
    round: Templates
    in_place: Spaced
    people: Templates
    engagement: Templates
    status: Templates
    types: Templates
    tie: Templates
    met: Templates
    mechanism: Templates
    relations: Templates
    commitment: Templates
    acts: Templates
    promise: Templates
    instrument: Template
    instrument_status: Templates
    position: Template
    conflict: Templates
    fields_of: Templates
    expected: Templates
    states: Templates
    feed: Templates
    chart: Templates
    topics: Templates
    cases: tuple[BriefCase, ...]


@lru_cache(maxsize=4)
def brief_packs(folder: Path | None = None) -> dict[str, BriefPack]:
    """Return the languages that a brief can be written in, by code.

    Args:
        folder: of the packs; default: those that ship.

    Raises:
        PackError: a file that does not hold, with file and line.
    """
    found = {}
    for path in sorted(((folder or root()) / "briefs").glob("*.yaml")):
        data, lines = yamlfile.read(path)
        pack = yamlfile.check(BriefPack, data, lines, path)
        found[pack.code] = pack
    return found


def brief_pack(code: str) -> BriefPack:
    """Return how a brief says things in a language.

    Raises:
        CommuniqueError: no brief is written in it.
    """
    packs = brief_packs()
    if code not in packs:
        raise CommuniqueError(f"no brief is written in {code!r}", remedy=f"one of: {', '.join(packs)}")
    return packs[code]
