"""The plan of a watch: a TOML file that names feeds and how often to ask them."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from communique.errors import CommuniqueError
from communique.source.fetch import FetchError
from communique.source.fetch import address as whole

EXAMPLE = '[[feed]]\nname = "paper"\naddress = "https://example.org/rss.xml"'


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Feed(_Frozen):
    """One feed or sitemap.

    Attributes:
        name: what the report calls it.
        address: where it stands.
        every: seconds between two looks, 30 unless given.
        again: hours after which an article that is still listed is looked at again, for silent changes; 0 for never.
    """

    name: str = Field(min_length=1, max_length=80)
    address: str
    every: float = Field(default=30, ge=1, le=86_400)
    again: float = Field(default=24, ge=0, le=1000)

    @field_validator("address")
    @classmethod
    def _web(cls, value: str) -> str:
        try:
            return whole(value)
        except FetchError as e:
            raise ValueError(f"{value!r}: {e}") from e


class Plan(_Frozen):
    """What to watch.

    Attributes:
        pause: seconds between two requests to one host, at the least.
        feed: the feeds, each a table ``[[feed]]``.
    """

    pause: float = Field(default=2, ge=0, le=3600)
    feed: tuple[Feed, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _apart(self) -> Plan:
        names = [f.name for f in self.feed]
        if twice := sorted({n for n in names if names.count(n) > 1}):
            raise ValueError(f"two feeds are named {twice[0]!r}")
        return self


def load(path: Path) -> Plan:
    """Return the plan of a file.

    Raises:
        CommuniqueError: it cannot be read, or does not hold; says where and what.
    """
    try:
        with path.open("rb") as file:
            return Plan.model_validate(tomllib.load(file))
    except OSError as e:
        raise CommuniqueError(f"cannot be read: {e.strerror}", where=str(path), remedy="check the name") from e
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        raise CommuniqueError(f"no TOML: {e}", where=str(path), remedy=f"write it as: {EXAMPLE!r}") from e
    except ValidationError as e:
        first = e.errors()[0]
        at = ".".join(str(x) for x in first["loc"])
        what = f"{at}: {first['msg']}" if at else first["msg"]
        raise CommuniqueError(what, where=str(path), remedy=f"a plan begins with: {EXAMPLE!r}") from e
