"""Frozen values that the stages hand to each other. No stage is imported from here."""

from communique.model.claim import BY_HAND, IMPORTED, Claim, Evidence, item_id
from communique.model.mention import Mention
from communique.model.raw import Raw, Skipped
from communique.model.unit import Document, Part, Unit, unit_id

__all__ = [
    "BY_HAND",
    "IMPORTED",
    "Claim",
    "Document",
    "Evidence",
    "Mention",
    "Part",
    "Raw",
    "Skipped",
    "Unit",
    "item_id",
    "unit_id",
]
