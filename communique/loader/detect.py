"""The ``detect:`` section of a language pack: how a text in the language is known, and how its bytes may be coded."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class ScriptRule(BaseModel):
    """One script that the language is written in.

    ``lang`` is the tag a unit gets; ``foreign`` names the opencc conversion that leaves text of this script
    as it is, so that a letter which it changes belongs to another script.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    lang: str = Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    foreign: str = Field(pattern=r"^[a-z0-9]{2,10}$")


class DetectCase(BaseModel):
    """A text, written by us, and the tag that it must get among all languages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    lang: str


class DetectPack(BaseModel):
    """How a text in the language is told from others.

    Attributes:
        rank: languages are tried in this order; the first that fits is taken.
        letters: a character class; what it matches speaks for the language.
        unlike: a character class; a text where it outnumbers a tenth of ``letters`` is another language.
        measure: ``words``: share of words that hold a match; ``letters``, for scripts without blanks between
            words: matching letters beside words without one; ``list``: share of words that are in ``words``, for a
            language whose letters tell nothing.
        words: small words that every text in the language is full of, for the measure ``list``; for ``words``, words
            that count like those with a letter of the language, where they are written without a capital.
        least: the least share at which the language is taken, 0 to 1.
        lang: the tag a unit gets where the language has one script.
        scripts: the scripts where it has several; a tie goes to the first.
        common: letters that make up a good part of any real text; they unmask a wrong decoding.
        common_least: the least share of ``common`` among the letters that match, in a right decoding.
        encodings: codings that unlabelled text may have, most likely first.
        cases: texts that are in the language and texts that are not, which the tests execute.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    rank: int
    letters: re.Pattern[str]
    unlike: re.Pattern[str] | None = None
    measure: Literal["letters", "words", "list"] = "letters"
    words: tuple[str, ...] = ()
    least: float = Field(ge=0.0, le=1.0)
    lang: str = ""
    scripts: tuple[ScriptRule, ...] = ()
    common: str = ""
    common_least: float = Field(default=0.0, ge=0.0, le=1.0)
    encodings: tuple[str, ...] = ()
    cases: tuple[DetectCase, ...] = ()
