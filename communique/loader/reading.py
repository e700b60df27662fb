"""How the letters of a language become sentences and words: the part of a language pack that is read first."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Part(BaseModel):
    """Base of all sections: frozen, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Reading(Part):
    """How letters become sentences and words.

    ``convert`` names an OpenCC conversion that is applied letter by letter (offsets stay); ``narrow`` reads full-width
    signs as their narrow forms; ``tags`` maps the tagger's tags to the engine's (``TAGS``). ``words_apart``: blanks
    stand between words, so that a word is found only as a whole. ``capitals``: names begin with a capital; then
    everything is matched in small letters, patterns of the pack too, and what the pack writes with a capital must have
    one in the text. ``abbreviations`` (without their full stop) end no sentence. ``home`` is the state whose news this
    is where the outlet is not known. ``stretch`` is how many letters say what one sign of a script of syllables says:
    reach is measured in such signs. ``letters``: letters that stand for another one; ``unmarked``: marks on letters
    tell nothing; ``ends``: groups of letters with which a word may end that stand for as many others (the mark of a
    tone on the one or the other of two vowels); the longest is taken, and one that stands for itself is left.
    ``whole`` are nouns that the tagger is not to part, where blanks stand between words those of several syllables of
    which none is a word that tells of an event; ``counts`` what counts a number before it (*day*) that the
    tagger is not to glue to the word behind.
    """

    tagger: Literal["lac", "plain"] = "plain"
    convert: str | None = None
    narrow: bool = False
    letters: dict[str, str] = Field(default_factory=dict)
    unmarked: bool = False
    ends: dict[str, str] = Field(default_factory=dict)
    words_apart: bool = True
    capitals: bool = False
    abbreviations: list[str] = Field(default_factory=list)
    home: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    stretch: int = Field(default=1, ge=1, le=8)
    sentence_ends: str = ".!?\n"
    tags: dict[str, str] = Field(default_factory=dict)
    whole: list[str] = Field(default_factory=list)
    counts: list[str] = Field(default_factory=list)

    @model_validator(mode="after")
    def _as_long(self) -> Self:
        """No offset may move."""
        for a, b in self.ends.items():
            if len(a) != len(b):
                raise ValueError(f"ends: {a} and {b} are not of one length")
        return self
