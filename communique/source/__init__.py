"""The first stage: files and folders become raw pages, bytes with a name. Nothing is decoded here but JSON Lines."""

from communique.source.limits import Limits
from communique.source.targets import open_sources

__all__ = ["Limits", "open_sources"]
