"""The shape of the packs under ``levels``: names of the level of a tie, in several languages."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from communique.loader.gazetteer import Name, Shape
from communique.loader.posts import PostForms


class LevelCase(Shape):
    """A level as written and which it is; empty where it is none that is known."""

    lang: Name
    level: Name
    id: str


class LevelsPack(Shape):
    """A file of ``levels``. Of ``levels`` the first that fits stands. No order among them is meant."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
    levels: tuple[PostForms, ...]
    cases: tuple[LevelCase, ...]
