"""The shape of the packs under ``readings``: how names written in one script read in the language of their bearers."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from communique.loader.gazetteer import Code, Name, Names, Shape

Letters = Annotated[str, BeforeValidator(lambda v: "".join(v.split()) if isinstance(v, str) else v)]


class ReadingCase(Shape):
    """A name and its readings, best first: the first ones of what the table gives; empty where it gives none."""

    name: Name
    reads: Names


class ReadingsPack(Shape):
    """A file of ``readings``: names of people of some states, written in the script of some languages.

    What a table gives is a reconstruction, never what a source printed.

    Attributes:
        written: codes of the languages in whose texts such names stand.
        language: code of the language in which they read.
        countries: states whose people bear such names.
        tones: combining marks of tone: in which letter of a syllable one stands makes no other name.
        alike: letters that are one letter in names.
        unmarked: letters that lose a stroke where marks are left out.
        letters: readings with the letters that have this one reading.
        several: letters with several readings, the usual one first.
        surnames: readings of a letter in the first place of a name, where they differ from those above; of two
            letters, the readings of the first before the second.
        most: how many letters a name has at most.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
    written: Names
    language: Name
    countries: tuple[Code, ...]
    tones: str = ""
    alike: dict[Name, Name] = Field(default_factory=dict)
    unmarked: dict[Name, Name] = Field(default_factory=dict)
    letters: dict[Name, Letters] = Field(default_factory=dict)
    several: dict[Name, Names] = Field(default_factory=dict)
    surnames: dict[Name, Names] = Field(default_factory=dict)
    most: int = 5
    cases: tuple[ReadingCase, ...]

    @model_validator(mode="after")
    def _once(self) -> ReadingsPack:
        seen = set(self.several)
        for reading, letters in self.letters.items():
            for letter in letters:
                if letter in seen:
                    raise ValueError(f"letters: {letter} stands twice (again under {reading})")
                seen.add(letter)
        return self
