"""Dates in a text: ``find`` says what the words say, ``resolve`` says which date is meant."""

from __future__ import annotations

from communique.mentions.anchors import Anchor, Dated, anchor_for, dated
from communique.mentions.datefinder import find
from communique.mentions.datevalues import DateMention, Point, Resolved
from communique.mentions.resolving import resolve, resolve_all

__all__ = [
    "Anchor", "DateMention", "Dated", "Point", "Resolved", "anchor_for", "dated", "find", "resolve",
    "resolve_all",
]  # fmt: skip
