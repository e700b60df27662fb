"""The shape of the packs under ``events``: how items become events of another project's ontology."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from communique.loader.gazetteer import Name, Shape


class EventRule(Shape):
    """What an item must be, and which event it is then; without ``event`` it is none and is left out.

    ``types``, ``acts``, ``statuses``, ``scopes``, ``modes``: one of them. ``roles``: all of them are taken. ``joint``:
    whether several states take part. ``hosted``: guests are the actors and hosts the recipients. ``back``: the event
    from the recipients to the actors, where each has its own.
    """

    types: tuple[Name, ...] = ()
    acts: tuple[Name, ...] = ()
    statuses: tuple[Name, ...] = ()
    scopes: tuple[Name, ...] = ()
    modes: tuple[Name, ...] = ()
    roles: tuple[Name, ...] = ()
    joint: bool | None = None
    event: Name | None = None
    back: Name | None = None
    mode: Name | None = None
    contexts: tuple[Name, ...] = ()
    hosted: bool = False


class EventCase(Shape):
    """The fields of an item, the event that it is (none: left out), and the names on both sides."""

    item: dict[str, Any]
    event: Name | None = None
    mode: Name | None = None
    actors: tuple[Name, ...] = ()
    recipients: tuple[Name, ...] = ()


class EventsPack(Shape):
    """A file of ``events``: the first rule that fits stands; ``scores`` and ``labels`` are those of its events.

    ``contexts`` are by topic of the codebook, ``sectors`` by track or level of a participant.
    """

    id: Name
    rules: tuple[EventRule, ...]
    scores: dict[Name, float] = Field(default_factory=dict)
    labels: dict[Name, Name] = Field(default_factory=dict)
    contexts: dict[Name, tuple[Name, ...]] = Field(default_factory=dict)
    sectors: dict[Name, Name] = Field(default_factory=dict)
    cases: tuple[EventCase, ...]
