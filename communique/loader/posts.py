"""The shape of the packs under ``posts``: public posts that papers name in several languages."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field, StringConstraints, field_validator

from communique.loader.gazetteer import Name, Names, Shape


class PostForms(Shape):
    """A grade (*minister*) or a field (*defence*) with a regular expression for each language.

    ``alone``: the grade names the post without a field.
    """

    id: Name
    alone: bool = False
    forms: dict[Name, Name]

    @field_validator("forms")
    @classmethod
    def _compile(cls, forms: dict[str, str]) -> dict[str, str]:
        for pattern in forms.values():
            try:
                re.compile(pattern)
            except re.error as e:
                raise ValueError(f"{pattern!r}: {e}") from e
        return forms


class PostCase(Shape):
    """An office as written and the post that it is; empty where it is none that is known."""

    lang: Name
    office: Name
    post: Names
    former: bool = False


class PostsPack(Shape):
    """A file of ``posts``. Of ``grades`` and of ``fields`` the first that fits an office stands.

    ``former`` is for each language a regular expression of what marks an office as no longer held.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
    grades: tuple[PostForms, ...]
    fields: tuple[PostForms, ...] = Field(default=())
    former: dict[Name, Name] = Field(default_factory=dict)
    cases: tuple[PostCase, ...]
