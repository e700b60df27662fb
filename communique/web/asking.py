"""The filters of the record as parameters of an address, the same for pages and programs."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import Query
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from communique.views import Filter

Kind = Literal["person", "engagement", "mechanism", "instrument", "tie", "commitment", "position"]
Review = Literal["machine", "accepted", "corrected", "rejected"]
What = Literal["values", "impossible", "spelling", "correction", "double"]
Order = Literal["newest", "oldest", "text"]
MOST_START = 10_000_000


def _nothing(value: Any) -> Any:
    """Return None for what a form sends of a field left empty."""
    return None if isinstance(value, str) and not value.strip() else value


Word = Annotated[str | None, BeforeValidator(_nothing)]


class Asked(BaseModel):
    """What is asked for; all that is given must hold. The names are those of the command line."""

    model_config = ConfigDict(extra="forbid")

    text: Word = Field(default=None, max_length=300, description='words in quote or names; "..." holds words together')
    kind: Annotated[Kind | None, BeforeValidator(_nothing)] = Field(default=None, description="kind of item")
    type: Word = Field(default=None, max_length=60, description="type of an engagement, or act of a commitment")
    state: Word = Field(default=None, max_length=100, description="state or bloc that takes part: code or name")
    other: Word = Field(default=None, max_length=100, description="a second state or bloc that takes part")
    person: Word = Field(default=None, max_length=200, description="person: name in any script, or id of the entry")
    mechanism: Word = Field(default=None, max_length=300, description="mechanism: name, acronym, or id of the entry")
    topic: Word = Field(default=None, max_length=60, description="topic of the codebook")
    since: Word = Field(default=None, max_length=30, description="dated, or undated and told, on or after: EDTF")
    until: Word = Field(default=None, max_length=30, description="dated, or undated and told, on or before: EDTF")
    status: Word = Field(default=None, max_length=60, description="status of engagement or mechanism")
    outlet: Word = Field(default=None, max_length=200, description="outlet, as written in the record")
    lang: Word = Field(
        default=None, max_length=35, description="language of the text; without a script, all its scripts"
    )
    source: Word = Field(default=None, max_length=2000, description="name of a source, or id of a unit")
    review: Annotated[Review | None, BeforeValidator(_nothing)] = Field(default=None, description="status of review")
    order: Order = Field(default="newest", description="newest or oldest first, or as in the texts")
    limit: int = Field(default=25, ge=1, le=200, description="at most so many")
    start: int = Field(default=0, ge=0, le=MOST_START, description="leave out so many from the top")

    @model_validator(mode="before")
    @classmethod
    def _as_elsewhere(cls, given: Any) -> Any:
        """Take ``q``, which most addresses of a search have, for ``text``."""
        if isinstance(given, dict) and "q" in given and not given.get("text"):
            return {("text" if k == "q" else k): v for k, v in given.items() if k != "text"}
        return given

    def filter(self) -> Filter:
        """Return the filter of the views, whatever else an address asks."""
        return Filter(**self.model_dump(include=set(Filter.__dataclass_fields__)))

    def given(self) -> dict[str, str]:
        """Return the filters that ask something, by name, in the order of the fields."""
        return self.filter().given()

    def address(self, **change: str | int | None) -> str:
        """Return the address of the search that asks the same but for ``change``; None takes a filter away."""
        asked: dict[str, str | int | None] = dict(self.given())
        for name, standard in (("order", "newest"), ("limit", 25)):
            if getattr(self, name) != standard:
                asked[name] = getattr(self, name)
        asked.update(change)
        kept = {k: v for k, v in asked.items() if v not in (None, "")}
        return f"/find?{urlencode(kept)}" if kept else "/find"


AskedQuery = Annotated[Asked, Query()]


class Slice(BaseModel):
    """Which part of a list."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(default=100, ge=1, le=500, description="at most so many")
    start: int = Field(default=0, ge=0, le=MOST_START, description="leave out so many from the top")


class Disputed(Slice):
    """Which disagreements."""

    name: str | None = Field(default=None, max_length=500, description="only what this name takes part in")
    what: What | None = Field(default=None, description="one kind of conflict")


class Promised(Slice):
    """Which commitments."""

    as_of: dt.date = Field(description="the day that counts as today")
    name: str | None = Field(default=None, max_length=500, description="only what this name takes part in")
    by: str | None = Field(default=None, max_length=40, description="due by then, EDTF")
    every: bool = Field(default=False, description="those too for which no day is named")


SliceQuery = Annotated[Slice, Query()]
DisputedQuery = Annotated[Disputed, Query()]
PromisedQuery = Annotated[Promised, Query()]
